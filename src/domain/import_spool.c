/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"

#include "import_priv.h"

/*
 * Rows put aside while a file is sifted (see import_sift.c), in a temporary
 * file: a row is a head, the lengths of its fields, what is bad about it, and
 * the fields, each with its NUL.
 */

struct spool_head {
	int64_t line, bytes;
	size_t n, bad, size; /* fields; bytes of bad with NUL; of all fields */
};

struct spool {
	FILE *file;
	struct str held; /* rows of which it is not known yet */
	char *mem;       /* of the row handed out */
	size_t cap;
	const char **fields;
	size_t *lens;
	size_t cap_fields;
};

struct spool *
spool_new(void)
{
	struct spool *sp = xcalloc(1, sizeof(*sp));

	sp->held = (struct str)STR_INIT;
	return sp;
}

void
spool_free(struct spool *sp)
{
	if (sp == NULL)
		return;
	if (sp->file != NULL)
		fclose(sp->file);
	str_done(&sp->held);
	free(sp->mem);
	free(sp->fields);
	free(sp->lens);
	free(sp);
}

void
spool_hold(struct spool *sp, const struct sheet_row *row)
{
	struct spool_head h = { .line = row->line,
		.bytes = row->bytes,
		.n = row->n,
		.bad = row->bad != NULL ? strlen(row->bad) + 1 : 0 };
	size_t i;

	for (i = 0; i < row->n; i++)
		h.size += row->lens[i] + 1;
	str_addn(&sp->held, (const char *)&h, sizeof(h));
	str_addn(&sp->held, (const char *)row->lens, h.n * sizeof(*row->lens));
	str_addn(&sp->held, row->bad != NULL ? row->bad : "", h.bad);
	for (i = 0; i < row->n; i++) {
		str_addn(&sp->held, row->fields[i], row->lens[i]);
		str_addc(&sp->held, '\0');
	}
}

void
spool_drop(struct spool *sp)
{
	str_cut(&sp->held, 0);
}

static int
spool_fails(struct err *err)
{
	return err_set(err, ERR_IO, "",
	    _("The temporary folder cannot be used: %s"), strerror(errno));
}

int
spool_keep(struct spool *sp, struct err *err)
{
	size_t len = sp->held.len;

	if (len == 0)
		return 0;
	if (sp->file == NULL && (sp->file = tmpfile()) == NULL)
		return spool_fails(err);
	if (fwrite(sp->held.s, 1, len, sp->file) != len)
		return spool_fails(err);
	spool_drop(sp);
	return 0;
}

int
spool_rewind(struct spool *sp, struct err *err)
{
	if (sp->file == NULL)
		return 0;
	if (fflush(sp->file) != 0 || fseeko(sp->file, 0, SEEK_SET) != 0)
		return spool_fails(err);
	return 0;
}

static void
make_room(struct spool *sp, const struct spool_head *h)
{
	if (sp->cap < h->bad + h->size) {
		sp->cap = h->bad + h->size;
		sp->mem = xrealloc(sp->mem, sp->cap);
	}
	if (sp->cap_fields < h->n) {
		sp->cap_fields = h->n;
		sp->fields =
		    xreallocarray(sp->fields, h->n, sizeof(*sp->fields));
		sp->lens = xreallocarray(sp->lens, h->n, sizeof(*sp->lens));
	}
}

int
spool_next(struct spool *sp, struct sheet_row *row, struct err *err)
{
	struct spool_head h;
	size_t i, at;

	if (sp->file == NULL)
		return 0;
	if (fread(&h, sizeof(h), 1, sp->file) != 1)
		return ferror(sp->file) ? spool_fails(err) : 0;
	make_room(sp, &h);
	if (fread(sp->lens, sizeof(*sp->lens), h.n, sp->file) != h.n ||
	    fread(sp->mem, 1, h.bad + h.size, sp->file) != h.bad + h.size)
		return spool_fails(err);
	for (i = 0, at = h.bad; i < h.n; at += sp->lens[i++] + 1)
		sp->fields[i] = sp->mem + at;
	*row = (struct sheet_row){ .fields = sp->fields,
		.lens = sp->lens,
		.n = h.n,
		.line = h.line,
		.bytes = h.bytes,
		.bad = h.bad != 0 ? sp->mem : NULL };
	return 1;
}
