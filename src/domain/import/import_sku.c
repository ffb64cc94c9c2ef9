/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"

#include "../goods/kits_priv.h"
#include "../orders/order_priv.h"
#include "../stock/stock_priv.h"
#include "import_line.h"
#include "import_priv.h"

/*
 * The buyer changed what he bought: the order file says it of the order, in the
 * words of the item ("颜色分类:白色") or by its merchant code, and goes on
 * listing the line as it was. So the line keeps its item, and gets the product
 * of the other one.
 */

struct skus {
	struct map of; /* order -> index */
	struct arena arena;
	struct slice *v;
	size_t n;
};

void
skus_wish(struct job *j, int64_t order_id, struct slice text)
{
	struct skus *k;
	bool fresh;

	if (text.n == 0)
		return;
	if (j->skus == NULL)
		j->skus = xcalloc(1, sizeof(*j->skus));
	k = j->skus;
	*map_put(&k->of, &order_id, sizeof(order_id), &fresh) = (int64_t)k->n;
	k->v = xreallocarray(k->v, k->n + 1, sizeof(*k->v));
	k->v[k->n++] =
	    (struct slice){ .s = arena_strndup(&k->arena, text.s, text.n),
		    .n = text.n };
}

void
skus_done(struct job *j)
{
	if (j->skus == NULL)
		return;
	map_done(&j->skus->of);
	arena_done(&j->skus->arena);
	free(j->skus->v);
	free(j->skus);
	j->skus = NULL;
}

/* "颜色分类：白色 ; 尺码：L" as "白色;L;": without what is said of, and blanks.
 */
static struct slice
bare(struct arena *a, struct slice v)
{
	static const char *const between[] = { "；", "，", ";", "," };
	static const char *const names[] = { "：", ":" };
	char *buf = arena_alloc(a, v.n + 2);
	size_t i = 0, k, n = 0, from = 0;

	while (i < v.n) {
		for (k = 0; k < 6; k++) {
			const char *sign = k < 4 ? between[k] : names[k - 4];

			if (v.n - i >= strlen(sign) &&
			    memcmp(v.s + i, sign, strlen(sign)) == 0)
				break;
		}
		if (k < 4) {
			i += strlen(between[k]);
			buf[n++] = ';';
			from = n;
		} else if (k < 6) {
			i += strlen(names[k - 4]);
			n = from;
		} else if (v.s[i] == ' ') {
			i++;
		} else {
			buf[n++] = v.s[i++];
		}
	}
	if (n > from)
		buf[n++] = ';';
	return (struct slice){ .s = buf, .n = n };
}

/* Is it what the buyer wants? */
static bool
is_wish(
    struct arena *a, struct slice wish, struct slice attrs, struct slice code)
{
	struct slice x, y;

	if (code.n > 0 && slice_same(wish, code.s, code.n))
		return true;
	x = bare(a, wish);
	y = bare(a, attrs);
	return x.n > 0 && slice_same(x, y.s, y.n);
}

/* A line of which nothing is sent, and what it is going to be; 0: not known. */
struct wanted {
	struct line l;
	int64_t shop;
	struct slice title, attrs, code;
	int64_t to;
};

static struct slice
cell(const struct db_rows *rows, int col, struct arena *a)
{
	size_t n = db_len(rows, col);

	return (struct slice){ .s = arena_strndup(a, db_text(rows, col), n),
		.n = n };
}

static const char sql_lines[] =
    "SELECT l.line_no, l.listing_id, l.variant_id, l.qty, l.price, l.paid,"
    " l.refund_state, l.refund, l.sub_order_no, i.shop_id, i.title, i.attrs,"
    " i.sku_code FROM order_line l JOIN listing i ON i.id = l.listing_id"
    " WHERE l.order_id = $1 AND l.gift = 0 AND l.kit <= 0 AND l.cost IS NULL"
    " AND (l.sent = 0 OR (l.kit = -1 AND NOT EXISTS (SELECT 1"
    " FROM order_line p WHERE p.order_id = $1 AND p.kit = l.line_no"
    " AND p.sent > 0))) ORDER BY l.line_no";

static int
lines_of(struct job *j, int64_t id, struct wanted **out, size_t *n)
{
	struct arena *a = &j->scratch;
	struct wanted *v = NULL;
	struct db_rows *rows;
	int rc;

	*n = 0;
	rc = db_query(j->s->db, sql_lines, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		v = xreallocarray(v, *n + 1, sizeof(*v));
		v[(*n)++] = (struct wanted){
			.l = { .line_no = db_int(rows, 0),
			    .listing = { .id = db_int(rows, 1),
				.variant_id = db_int(rows, 2) },
			    .qty = db_int(rows, 3),
			    .price = db_int(rows, 4),
			    .paid = db_int(rows, 5),
			    .refund_state = db_int(rows, 6),
			    .refund = db_int(rows, 7),
			    .sub_order_no = cell(rows, 8, a) },
			.shop = db_int(rows, 9),
			.title = cell(rows, 10, a),
			.attrs = cell(rows, 11, a),
			.code = cell(rows, 12, a),
		};
	}
	db_done(rows);
	*out = v;
	return rc;
}

static const char sql_others[] =
    "SELECT variant_id, attrs, sku_code FROM listing WHERE shop_id = $1"
    " AND title = $2 AND variant_id IS NOT NULL ORDER BY attrs, sku_code";

/* Another one of the same item. */
static int
look_at_item(struct job *j, struct slice wish, struct wanted *w)
{
	struct arena *a = &j->scratch;
	struct db_rows *rows;
	int rc;

	if (is_wish(a, wish, w->attrs, w->code)) {
		w->to = w->l.listing.variant_id;
		return 0;
	}
	rc = db_query(j->s->db, sql_others,
	    DB_ARGS(db_i(w->shop), slice_val(w->title)), &rows);
	if (rc < 0)
		return rc;
	while (w->to == 0 && (rc = db_next(rows)) > 0)
		if (is_wish(a, wish, cell(rows, 1, a), cell(rows, 2, a)))
			w->to = db_int(rows, 0);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_by_code[] = "SELECT id FROM variant WHERE sku_code = $1";

/* The one line that it can be of, or NULL. */
static int
choose(struct job *j, struct slice wish, struct wanted *v, size_t n,
    struct wanted **out)
{
	size_t i;
	int rc = 0;

	*out = NULL;
	for (i = 0; rc == 0 && i < n; i++) {
		if ((rc = look_at_item(j, wish, &v[i])) < 0 || v[i].to == 0)
			continue;
		if (*out != NULL) {
			*out = NULL;
			return 0;
		}
		*out = &v[i];
	}
	if (rc < 0 || *out != NULL || n != 1)
		return rc;
	rc = db_fetch1(j->txn, sql_by_code, DB_ARGS(slice_val(wish)), &v[0].to);
	if (rc == ERR_NOTFOUND)
		return 0;
	*out = &v[0];
	return rc;
}

static const char sql_codes[] =
    "SELECT coalesce((SELECT sku_code FROM variant WHERE id = $1), ''),"
    " sku_code FROM variant WHERE id = $2";

static int
note_sku(struct job *j, const struct order_now *now, const struct wanted *w)
{
	struct noted note = { .kind = "order",
		.subject = now->id,
		.what = "lines",
		.urgent = 1 };
	struct str image = STR_INIT;
	struct db_rows *rows;
	int rc;

	rc = db_query(j->s->db, sql_codes,
	    DB_ARGS(db_i(w->l.listing.variant_id), db_i(w->to)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		note.before = arena_strdup(&j->scratch, db_text(rows, 0));
		note.after = arena_strdup(&j->scratch, db_text(rows, 1));
	}
	db_done(rows);
	if (rc > 0)
		rc = op_note(j->s, &op_import, j->txn, "order", now->id,
		    "line %" PRId64 ": %s -> %s", w->l.line_no, note.before,
		    note.after);
	if (rc < 0 || order_is_fresh(j, now->id))
		return rc;
	line_image(&image, &w->l);
	note.image = image.s;
	rc = change_note(j, &note);
	str_done(&image);
	return rc;
}

static const char sql_set[] =
    "UPDATE order_line SET variant_id = $3 WHERE order_id = $1"
    " AND line_no = $2";

static int
follow(struct job *j, const struct order_now *now, const struct wanted *w)
{
	int rc;

	if ((rc = note_sku(j, now, w)) < 0 ||
	    (rc = stock_unreserve(j->s, j->txn, now->id)) < 0 ||
	    (rc = kits_fold(j->s, j->txn, now->id, w->l.line_no, w->to)) < 0)
		return rc;
	return db_exec(j->txn, sql_set,
	    DB_ARGS(db_i(now->id), db_i(w->l.line_no), db_i(w->to)), NULL);
}

static const char sql_told[] =
    "SELECT count(*) FROM order_hold WHERE order_id = $1 AND note = $2";

/* Once: who released it saw to it. */
static int
tell(struct job *j, int64_t id, const char *code, struct slice wish,
    const char **note)
{
	const char *text =
	    arena_printf(&j->scratch, "%s %.*s", code, (int)wish.n, wish.s);
	int64_t n;
	int rc = db_fetch1(j->txn, sql_told, DB_ARGS(db_i(id), db_t(text)), &n);

	if (rc == 0 && n == 0)
		*note = text;
	return rc;
}

int
skus_follow(struct job *j, const struct order_now *now, const char **note)
{
	const int64_t *at =
	    j->skus != NULL ? map_get(&j->skus->of, &now->id, sizeof(now->id))
			    : NULL;
	struct wanted *v = NULL, *w = NULL;
	struct slice wish;
	size_t n;
	int rc;

	*note = "";
	if (at == NULL)
		return 0;
	wish = j->skus->v[*at];
	if ((rc = lines_of(j, now->id, &v, &n)) < 0 ||
	    (rc = choose(j, wish, v, n, &w)) < 0)
		w = NULL;
	else if (w == NULL)
		rc = tell(j, now->id, SAID_SKU_UNKNOWN, wish, note);
	else if (w->to != w->l.listing.variant_id &&
		 (rc = follow(j, now, w)) == 0)
		rc = tell(j, now->id, SAID_SKU, wish, note);
	free(v);
	return rc;
}
