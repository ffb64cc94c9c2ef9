/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "import_priv.h"

/*
 * Where every row repeats its order's columns, a file that somebody sorted by
 * something else has rows of one order apart. Such a file is looked over once
 * before: the rows of orders that come again further down are kept, and handed
 * out together where the first of them stands. Nearly no file has any.
 */

#define KEPT_MOST ((size_t)32 << 20) /* bytes */

struct held {
	struct held *next;
	struct sheet_row row;
};

struct apart {
	struct held *first, **last;
	bool out; /* it was handed out */
};

struct regroup {
	struct lean orders; /* -> index in v, from 1 */
	struct apart *v;
	size_t n, bytes;
	const struct held *next; /* to be handed out */
	struct arena arena;
	struct arena scratch;
	size_t column; /* of the order number */
};

void
regroup_free(struct regroup *g)
{
	if (g == NULL)
		return;
	lean_done(&g->orders);
	free(g->v);
	arena_done(&g->arena);
	arena_done(&g->scratch);
	free(g);
}

void
regroup_rewind(struct regroup *g)
{
	size_t i;

	if (g == NULL)
		return;
	g->next = NULL;
	for (i = 0; i < g->n; i++)
		g->v[i].out = false;
}

static uint64_t
order_key(struct regroup *g, const struct sheet_row *row, uint32_t *check)
{
	struct slice no = { .s = "" };

	arena_reset(&g->scratch);
	if (g->column < row->n)
		no = slice_clean(
		    &g->scratch, row->fields[g->column], row->lens[g->column]);
	*check = (uint32_t)hash_bytes(no.s, no.n, 1) | 1;
	return no.n > 0 ? hash_bytes(no.s, no.n, 2) : 0;
}

static int
next_row(struct job *j, struct imp_file *f, struct sheet_row *row)
{
	int rc;

	if ((rc = job_tick(j, 0)) < 0)
		return rc;
	do {
		rc = sheet_next(f->sheet, row);
	} while (rc > 0 && row->line <= f->header_line);
	return rc;
}

/* Which orders come again. */
static int
find_apart(struct job *j, struct imp_file *f, struct regroup *g)
{
	struct lean seen = { 0 };
	struct sheet_row row;
	uint64_t key, last = 0;
	uint32_t check, *at;
	int rc;

	while ((rc = next_row(j, f, &row)) > 0) {
		key = order_key(g, &row, &check);
		if (key == 0 || key == last)
			continue;
		last = key;
		at = lean_put(&seen, key, check);
		if (*at == 0) {
			*at = 1;
			continue;
		}
		at = lean_put(&g->orders, key, check);
		if (*at == 0)
			*at = (uint32_t)++g->n;
	}
	lean_done(&seen);
	return rc;
}

static struct apart *
apart_of(struct regroup *g, const struct sheet_row *row)
{
	uint32_t check, *at;
	uint64_t key = order_key(g, row, &check);

	if (key == 0 || (at = lean_get(&g->orders, key, check)) == NULL)
		return NULL;
	return &g->v[*at - 1];
}

static void
hold(struct regroup *g, struct apart *a, const struct sheet_row *row)
{
	struct held *h = arena_alloc(&g->arena, sizeof(*h));
	const char **fields =
	    arena_alloc(&g->arena, (row->n + 1) * sizeof(*fields));
	size_t *lens = arena_alloc(&g->arena, (row->n + 1) * sizeof(*lens));
	size_t i;

	for (i = 0; i < row->n; i++) {
		fields[i] =
		    arena_strndup(&g->arena, row->fields[i], row->lens[i]);
		lens[i] = row->lens[i];
		g->bytes += lens[i] + 1 + sizeof(*fields) + sizeof(*lens);
	}
	g->bytes += sizeof(*h);
	h->row = *row;
	h->row.fields = fields;
	h->row.lens = lens;
	if (row->bad != NULL)
		h->row.bad = arena_strdup(&g->arena, row->bad);
	if (a->first == NULL)
		a->last = &a->first;
	*a->last = h;
	a->last = &h->next;
}

static int
hold_apart(struct job *j, struct imp_file *f, struct regroup *g)
{
	struct sheet_row row;
	struct apart *a;
	int rc;

	g->v = xcalloc(g->n, sizeof(*g->v));
	while ((rc = next_row(j, f, &row)) > 0) {
		if ((a = apart_of(g, &row)) == NULL)
			continue;
		hold(g, a, &row);
		if (g->bytes > KEPT_MOST)
			return err_set(&j->s->err, ERR_INVALID, "file",
			    _("%s: the rows of too many orders stand apart; "
			      "sort it by the column \"%s\""),
			    f->name, field_header(f, F_ORDER_NO));
	}
	return rc;
}

int
regroup_scan(struct job *j, struct imp_file *f)
{
	struct regroup *g = xcalloc(1, sizeof(*g));
	size_t i;
	int rc;

	f->regroup = g;
	for (i = 0; i < f->nmap; i++)
		if (f->map[i].field == F_ORDER_NO)
			g->column = f->map[i].at;
	if ((rc = find_apart(j, f, g)) < 0 || (rc = sheet_rewind(f->sheet)) < 0)
		return rc;
	if (g->n == 0) {
		regroup_free(g);
		f->regroup = NULL;
		return 0;
	}
	rc = hold_apart(j, f, g);
	return rc < 0 ? rc : sheet_rewind(f->sheet);
}

int
regroup_next(struct imp_file *f, struct sheet_row *row)
{
	struct regroup *g = f->regroup;
	struct apart *a;
	int64_t bytes;
	int rc;

	if (g->next == NULL) {
		do {
			rc = sheet_next(f->sheet, row);
			a = rc > 0 && row->line > f->header_line
				? apart_of(g, row)
				: NULL;
		} while (rc > 0 && (row->line <= f->header_line ||
				       (a != NULL && a->out)));
		if (rc <= 0 || a == NULL)
			return rc;
		a->out = true;
		g->next = a->first;
	}
	bytes = row->bytes;
	*row = g->next->row;
	row->bytes = bytes > row->bytes ? bytes : row->bytes;
	g->next = g->next->next;
	return 1;
}
