/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"

#include "import_priv.h"

/*
 * Rows as bytes, for a plan (import_plan.c) and for the journal: a row is its
 * line, what is bad about it, how many fields it has, their lengths, and then
 * the fields, each with its NUL. Numbers are written seven bits to a byte, as
 * most are short.
 */

struct spool {
	struct str held; /* rows of which it is not known yet */
	struct str rows; /* to be handed out */
	size_t at;
	const char **fields;
	size_t *lens;
	size_t cap_fields;
};

struct spool *
spool_new(void)
{
	struct spool *sp = xcalloc(1, sizeof(*sp));

	sp->held = (struct str)STR_INIT;
	sp->rows = (struct str)STR_INIT;
	return sp;
}

void
spool_free(struct spool *sp)
{
	if (sp == NULL)
		return;
	str_done(&sp->held);
	str_done(&sp->rows);
	free(sp->fields);
	free(sp->lens);
	free(sp);
}

void
pack_number(struct str *out, uint64_t n)
{
	while (n >= 128) {
		str_addc(out, (char)(n | 128));
		n >>= 7;
	}
	str_addc(out, (char)n);
}

bool
unpack_number(const char *s, size_t size, size_t *at, uint64_t *n)
{
	unsigned shift;

	*n = 0;
	for (shift = 0; shift < 64 && *at < size; shift += 7) {
		unsigned char c = (unsigned char)s[(*at)++];

		*n |= (uint64_t)(c & 127) << shift;
		if (c < 128)
			return true;
	}
	return false;
}

/* A reader mostly has a row's fields in one piece, each with its NUL. */
static void
hold_fields(struct str *out, const struct sheet_row *row)
{
	const char *from;
	size_t i, n;

	for (i = 0; i < row->n;) {
		from = row->fields[i];
		n = row->lens[i++] + 1;
		while (i < row->n && row->fields[i] == from + n)
			n += row->lens[i++] + 1;
		str_addn(out, from, n);
	}
}

void
spool_hold(struct spool *sp, const struct sheet_row *row)
{
	size_t i, bad = row->bad != NULL ? strlen(row->bad) + 1 : 0;

	pack_number(&sp->held, (uint64_t)row->line);
	pack_number(&sp->held, bad);
	str_addn(&sp->held, row->bad != NULL ? row->bad : "", bad);
	pack_number(&sp->held, row->n);
	for (i = 0; i < row->n; i++)
		pack_number(&sp->held, row->lens[i]);
	hold_fields(&sp->held, row);
}

struct slice
spool_held(const struct spool *sp)
{
	return (struct slice){ .s = sp->held.s, .n = sp->held.len };
}

void
spool_drop(struct spool *sp)
{
	str_cut(&sp->held, 0);
}

void
spool_add(struct spool *sp, const char *rows, size_t n)
{
	str_addn(&sp->rows, rows, n);
}

void
spool_empty(struct spool *sp)
{
	str_cut(&sp->rows, 0);
	sp->at = 0;
}

void
spool_rewind(struct spool *sp)
{
	sp->at = 0;
}

static int
damaged(struct err *err)
{
	return err_set(err, ERR_DB, "",
	    _("What an import wrote down before it began is damaged"));
}

static void
make_room(struct spool *sp, size_t n)
{
	if (sp->cap_fields >= n)
		return;
	sp->cap_fields = n;
	sp->fields = xreallocarray(sp->fields, n, sizeof(*sp->fields));
	sp->lens = xreallocarray(sp->lens, n, sizeof(*sp->lens));
}

/* The head of a row; false when there is not as much. */
static bool
read_head(struct spool *sp, struct sheet_row *row, uint64_t *n)
{
	const char *s = sp->rows.s;
	size_t size = sp->rows.len;
	uint64_t line, bad, len;
	size_t i;

	if (!unpack_number(s, size, &sp->at, &line) ||
	    !unpack_number(s, size, &sp->at, &bad) || bad > size - sp->at)
		return false;
	*row = (struct sheet_row){ .line = (int64_t)line,
		.bad = bad > 0 ? s + sp->at : NULL };
	sp->at += bad;
	if (!unpack_number(s, size, &sp->at, n) || *n > size - sp->at)
		return false;
	make_room(sp, *n);
	for (i = 0; i < *n; i++) {
		if (!unpack_number(s, size, &sp->at, &len))
			return false;
		sp->lens[i] = len;
	}
	return true;
}

int
spool_next(struct spool *sp, struct sheet_row *row, struct err *err)
{
	uint64_t n;
	size_t i;

	if (sp->at == sp->rows.len)
		return 0;
	if (!read_head(sp, row, &n))
		return damaged(err);
	for (i = 0; i < n; i++) {
		if (sp->lens[i] >= sp->rows.len - sp->at)
			return damaged(err);
		sp->fields[i] = sp->rows.s + sp->at;
		sp->at += sp->lens[i] + 1;
	}
	row->fields = sp->fields;
	row->lens = sp->lens;
	row->n = n;
	return 1;
}
