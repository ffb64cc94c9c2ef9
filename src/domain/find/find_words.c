/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/search.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "find_priv.h"

/*
 * Words, by the index. It only says where to look: whether a text fits is seen
 * on the text itself, which may have changed since it was indexed.
 */

#define MS   INT64_C(1000000)
#define ASK  24   /* numbers asked for at a time */
#define SAME 2000 /* orders of one second that are looked at */
#define LONG 3600000

/* Milliseconds there are left. */
static int
time_left(const struct find_words *w)
{
	int64_t left;

	if (w->until == 0)
		return LONG;
	left = (w->until - time_ticks()) / MS;
	return left > 0 ? (int)left : 0;
}

/* The texts of a row, from column @from to @to, with lines between. */
static void
join(struct str *out, const struct db_rows *rows, int from, int to)
{
	int col;

	str_cut(out, 0);
	for (col = from; col <= to; col++) {
		const char *text = db_text(rows, col);

		if (text == NULL || text[0] == '\0')
			continue;
		if (out->len > 0)
			str_addc(out, '\n');
		str_add(out, text);
	}
}

/* What a number of a list turns out to be; @id in, what to add out. */
typedef int fits_fn(struct session *s, struct find_words *w, int64_t number,
    void *arg, bool *full);

/* Ask the index for numbers and hand them to @fits, until it is full. */
static int
each_hit(struct session *s, struct find_words *w, enum find_list list,
    fits_fn *fits, void *arg)
{
	int64_t numbers[ASK], before = 0, next = 0;
	bool full = false;
	size_t i, n;
	int rc;

	do {
		if (s->search == NULL)
			return 0;
		rc = search_query(s->search, list, w->text, before,
		    time_left(w), numbers, ASK, &n, &next);
		if (rc < 0)
			return find_search_failed(s, rc);
		for (i = 0; i < n && !full; i++)
			if ((rc = fits(s, w, numbers[i], arg, &full)) < 0)
				return rc;
		before = n == ASK ? numbers[n - 1] : next;
		if (!full && before != 0 && w->until != 0 &&
		    time_ticks() >= w->until) {
			w->cut = true;
			return 0;
		}
	} while (!full && before != 0);
	return 0;
}

static const char sql_second[] =
    "SELECT id, buyer_note, memo FROM orders WHERE created_at = $1"
    " ORDER BY id DESC LIMIT $2";

static int
orders_of_second(
    struct session *s, struct find_words *w, int64_t at, void *arg, bool *full)
{
	struct str text = STR_INIT;
	struct refs *refs = arg;
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_second, DB_ARGS(db_i(at), db_i(SAME)), &rows);
	if (rc < 0)
		return rc;
	while (refs->n < w->limit && (rc = db_next(rows)) > 0) {
		join(&text, rows, 1, 2);
		if (search_fits(text.s, w->text, NULL, NULL))
			refs_add(refs, at, db_int(rows, 0));
	}
	db_done(rows);
	str_done(&text);
	*full = refs->n == w->limit;
	return rc < 0 ? rc : 0;
}

int
find_words_orders(struct session *s, struct find_words *w, struct refs *out)
{
	if (!search_asks(w->text))
		return 0;
	return each_hit(s, w, LIST_REMARKS, orders_of_second, out);
}

struct ids {
	enum find_list list;
	int64_t *v;
	size_t n;
};

static const char *const sql_texts[] = {
	[LIST_NOTES] = "SELECT id, note, NULL, NULL FROM customer"
		       " WHERE id = $1",
	[LIST_VARIANTS] = "SELECT v.id, v.sku_code, v.name, p.name"
			  " FROM variant v"
			  " LEFT JOIN product p ON p.id = v.product_id"
			  " WHERE v.id = $1",
	[LIST_LISTINGS] = "SELECT variant_id, title, attrs, NULL FROM listing"
			  " WHERE id = $1 AND variant_id IS NOT NULL",
};

static int
id_of_number(struct session *s, struct find_words *w, int64_t number, void *arg,
    bool *full)
{
	struct str text = STR_INIT;
	struct ids *ids = arg;
	struct db_rows *rows;
	size_t i;
	int rc;

	rc =
	    db_query(s->db, sql_texts[ids->list], DB_ARGS(db_i(number)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		join(&text, rows, 1, 3);
		for (i = 0; i < ids->n; i++)
			if (ids->v[i] == db_int(rows, 0))
				break;
		if (i == ids->n && search_fits(text.s, w->text, NULL, NULL))
			ids->v[ids->n++] = db_int(rows, 0);
	}
	db_done(rows);
	str_done(&text);
	*full = ids->n == w->limit;
	return rc < 0 ? rc : 0;
}

int
find_words_ids(struct session *s, struct find_words *w, enum find_list list,
    int64_t *ids, size_t *n)
{
	struct ids found = { .list = list, .v = ids };
	int rc = 0;

	if (w->limit > 0 && search_asks(w->text))
		rc = each_hit(s, w, list, id_of_number, &found);
	*n = found.n;
	return rc;
}

#define BEFORE 10 /* columns in front of the hit */
#define PIECE  60

char *
find_piece(struct arena *arena, const char *text, const char *query)
{
	size_t at = 0, len = 0, from, end, whole = strlen(text);
	char *piece, *p;
	int w = 0, used;

	search_fits(text, query, &at, &len);
	for (from = at; from > 0 && w < BEFORE;) {
		size_t prev = text_prev(text, whole, from);
		uint32_t cp;

		utf8_decode(text + prev, whole - prev, &cp);
		w += cp_width(cp);
		from = prev;
	}
	end = from + text_fit(text + from, PIECE, &used);
	piece = arena_printf(arena, "%s%.*s%s", from > 0 ? "…" : "",
	    (int)(end - from), text + from, end < whole ? "…" : "");
	for (p = piece; *p != '\0'; p++)
		if (*p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	return piece;
}
