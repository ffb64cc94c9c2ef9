/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "xlsx_cell.h"
#include "xlsx_in.h"
#include "xml.h"

/*
 * Which number formats are dates. A cell names a line of cellXfs, that names a
 * format, and a format is built in or written out in numFmts.
 */

#define MOST_FORMATS 65536 /* as many as Excel has */
#define MOST_BYTES   ((int64_t)64 << 20)

struct styles {
	struct xlsx *book;
	unsigned char *custom; /* kind by format; 0xFF: not written out */
	size_t cap;
	bool in_cells;
};

static void
on_format(struct styles *st, const char **atts)
{
	const char *id = xml_att(atts, "numFmtId");
	const char *code = xml_att(atts, "formatCode");
	long n = id != NULL ? strtol(id, NULL, 10) : -1;

	if (n < 0 || n >= MOST_FORMATS || code == NULL)
		return;
	if (st->custom == NULL) {
		st->custom = xmalloc(MOST_FORMATS);
		memset(st->custom, 0xFF, MOST_FORMATS);
	}
	st->custom[n] = (unsigned char)number_kind_code(code);
}

static void
on_cell_format(struct styles *st, const char **atts)
{
	struct xlsx *book = st->book;
	const char *id = xml_att(atts, "numFmtId");
	long n = id != NULL ? strtol(id, NULL, 10) : 0;
	unsigned kind = number_kind_builtin(n);

	if (n >= 0 && n < MOST_FORMATS && st->custom != NULL &&
	    st->custom[n] != 0xFF)
		kind = st->custom[n];
	if (book->nkinds == MOST_FORMATS)
		return;
	if (book->nkinds == st->cap) {
		st->cap = st->cap ? st->cap * 2 : 64;
		book->kinds = xrealloc(book->kinds, st->cap);
	}
	book->kinds[book->nkinds++] = (unsigned char)kind;
}

static void
on_start(struct xml *x, const char *name, const char **atts)
{
	struct styles *st = x->arg;

	if (strcmp(name, "cellXfs") == 0)
		st->in_cells = true;
	else if (strcmp(name, "numFmt") == 0 && !st->in_cells)
		on_format(st, atts);
	else if (strcmp(name, "xf") == 0 && st->in_cells)
		on_cell_format(st, atts);
}

static void
on_end(struct xml *x, const char *name)
{
	x->stop = strcmp(name, "cellXfs") == 0;
}

int
xlsx_styles(struct xlsx *book, const char *part, struct err *err)
{
	struct styles st = { .book = book };
	struct xml x = { .start = on_start, .end = on_end, .arg = &st };
	int rc = xml_read(&x, book->zip, part, MOST_BYTES, err);

	free(st.custom);
	return rc == ERR_NOTFOUND ? 0 : rc;
}
