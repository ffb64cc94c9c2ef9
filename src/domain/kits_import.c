/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/io/sheet_in.h"

#include "session_priv.h"
#include "stock_priv.h"

/* A list of kits out of a file. */

#define ROWS_MAX 100000
#define ROOM     1024 /* refused rows that are told */

enum { COL_KIT, COL_PART, COL_QTY, COLS };

/* What files call the columns: our own exports first. */
static const char *const names[COLS][6] = {
	[COL_KIT] = { "kit_sku", "组合装编码", "kit", "套装编码", "组合装",
	    NULL },
	[COL_PART] = { "part_sku", "配件编码", "part", "单品编码", "配件",
	    NULL },
	[COL_QTY] = { "qty", "数量", "quantity", "件数", NULL },
};

struct part {
	struct kit_piece piece;
	int64_t kit_id;
	size_t seq; /* as the file has them */
	bool bad;
};
struct parts {
	struct part *v;
	size_t n, cap;
	size_t col[COLS];
	struct kits_taken *out;
};

static void
refuse(struct parts *p, int64_t line, const char *code, const char *why)
{
	struct page *page = &p->out->refused;
	struct kit_refused *r;

	if (page->n == page->cap)
		return;
	r = page_add(page);
	r->line = line;
	r->code = arena_strdup(&page->arena, code);
	r->why = arena_strdup(&page->arena, why);
}

/* A cell as it is meant; "" where the row has none. */
static const char *
cell(const struct sheet_row *row, size_t col)
{
	size_t len;

	if (col >= row->n)
		return "";
	len = row->lens[col];
	return field_clean((char *)row->fields[col], &len);
}

static bool
find_columns(struct parts *p, const struct sheet_row *row)
{
	size_t found = 0, i, k, c;

	for (c = 0; c < COLS; c++)
		for (p->col[c] = row->n, k = 0;
		     names[c][k] != NULL && p->col[c] == row->n; k++)
			for (i = 0; i < row->n; i++)
				if (strcasecmp(cell(row, i), names[c][k]) ==
				    0) {
					p->col[c] = i;
					found++;
					break;
				}
	return found == COLS;
}

/* A code that no product has is the row's fault, and no failure. */
static int
look_up(struct session *s, struct parts *p, const struct sheet_row *row,
    const char *code, int64_t *id)
{
	int rc = code_variant(s, code, id);

	if (rc != ERR_NOTFOUND)
		return rc;
	*id = 0;
	refuse(p, row->line, code, s->err.text);
	return 0;
}

static int
take_row(struct session *s, struct parts *p, const struct sheet_row *row)
{
	struct part one = { .seq = p->n };
	const char *qty = cell(row, p->col[COL_QTY]);
	char *end;
	int rc;

	if (row->bad != NULL) {
		refuse(p, row->line, "", row->bad);
		return 0;
	}
	if ((rc = look_up(s, p, row, cell(row, p->col[COL_KIT]), &one.kit_id)) <
		0 ||
	    one.kit_id == 0 ||
	    (rc = look_up(s, p, row, cell(row, p->col[COL_PART]),
		 &one.piece.part_id)) < 0)
		return rc;
	one.piece.qty = strtoll(qty, &end, 10);
	one.bad = one.piece.part_id == 0 || qty[0] == '\0' || *end != '\0';
	if (one.bad && one.piece.part_id != 0)
		refuse(p, row->line, qty, _("That is no number of pieces"));
	if (p->n == p->cap) {
		p->cap = p->cap == 0 ? 64 : p->cap * 2;
		p->v = xreallocarray(p->v, p->cap, sizeof(p->v[0]));
	}
	p->v[p->n++] = one;
	return 0;
}

static int
read_file(struct session *s, struct parts *p, const char *path)
{
	struct sheet *sheet;
	struct sheet_row row;
	int rc;

	if ((rc = sheet_open(&sheet, path, &s->err)) < 0)
		return rc;
	if ((rc = sheet_next(sheet, &row)) >= 0 &&
	    (rc == 0 || !find_columns(p, &row)))
		rc = err_set(&s->err, ERR_INVALID, "file",
		    _("The list needs the columns kit_sku, part_sku and qty"));
	while (rc >= 0 && (rc = sheet_next(sheet, &row)) > 0) {
		if (p->n == ROWS_MAX)
			rc = err_set(&s->err, ERR_INVALID, "file",
			    _("The list has more than %d rows"), ROWS_MAX);
		else
			rc = take_row(s, p, &row);
	}
	sheet_close(sheet);
	return rc < 0 ? rc : 0;
}

static int
by_kit(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	if (x->kit_id != y->kit_id)
		return x->kit_id < y->kit_id ? -1 : 1;
	return x->seq < y->seq ? -1 : 1;
}

static bool
same_parts(const struct page *now, const struct kit_piece *v, size_t n)
{
	const struct kit_part *p;
	size_t i, k;

	for (i = 0; i < now->n; i++) {
		p = page_row(now, i);
		for (k = 0; k < n; k++)
			if (v[k].part_id == p->id && v[k].qty == p->qty)
				break;
		if (k == n)
			return false;
	}
	return now->n == n;
}

/* One kit; what the shop refuses of it is told with its code. */
static int
set_kit(struct session *s, struct parts *p, const struct part *of, size_t n)
{
	struct kit_piece v[KIT_PARTS_MAX + 1];
	struct page now;
	size_t i, many = n <= KIT_PARTS_MAX ? n : KIT_PARTS_MAX + 1;
	bool same;
	int rc;

	for (i = 0; i < many; i++) {
		if (of[i].bad)
			return 0; /* told already */
		v[i] = of[i].piece;
	}
	if ((rc = kit_parts(s, of->kit_id, &now)) < 0)
		return rc;
	same = same_parts(&now, v, many);
	page_free(&now);
	p->out->same += same;
	if (same)
		return 0;
	rc = kit_set(s, of->kit_id, v, many);
	p->out->set += rc == 0;
	if (rc != ERR_INVALID && rc != ERR_STATE)
		return rc;
	refuse(p, 0, "", s->err.text);
	return 0;
}

int
kits_import(struct session *s, const char *path, struct kits_taken *out)
{
	struct parts p = { .out = out };
	size_t from, n;
	int rc;

	*out = (struct kits_taken){ .set = 0 };
	if ((rc = session_need(s, PERM_PRODUCT_EDIT)) < 0)
		return rc;
	page_init(&out->refused, sizeof(struct kit_refused), ROOM);
	rc = read_file(s, &p, path);
	if (rc == 0 && p.n > 1)
		qsort(p.v, p.n, sizeof(p.v[0]), by_kit);
	for (from = 0; rc == 0 && from < p.n; from += n) {
		for (n = 1;
		     from + n < p.n && p.v[from + n].kit_id == p.v[from].kit_id;
		     n++)
			;
		rc = set_kit(s, &p, &p.v[from], n);
	}
	free(p.v);
	if (rc < 0)
		page_free(&out->refused);
	return rc;
}
