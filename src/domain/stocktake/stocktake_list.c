/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../purchasing/purchase_priv.h"
#include "stocktake_priv.h"

/* Counts, their lines, and what they found. */

static void
take_count(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct stocktake *t = out;
	int c = 0;

	t->id = db_int(rows, c++);
	t->version = db_int(rows, c++);
	t->count_no = row_text(rows, c++, arena);
	t->kind = db_int(rows, c++);
	t->state = db_int(rows, c++);
	t->blind = db_int(rows, c++);
	t->warehouse_id = db_int(rows, c++);
	t->warehouse = row_text(rows, c++, arena);
	t->note = row_text(rows, c++, arena);
	t->staff = row_text(rows, c++, arena);
	t->at = db_int(rows, c++);
	t->counted_at = db_int(rows, c++);
	t->posted_at = db_int(rows, c++);
	t->posted_by = row_text(rows, c++, arena);
	t->slip_id = db_int(rows, c++);
	t->slip_no = row_text(rows, c++, arena);
	t->reversed = row_text(rows, c++, arena);
	t->lines = db_int(rows, c++);
	t->counted = db_int(rows, c++);
	t->again = db_int(rows, c++);
	t->gain = db_int(rows, c++);
	t->loss = db_int(rows, c++);
}

#define COUNT_SELECT \
	"SELECT t.id, t.version, t.count_no, t.kind, t.state, t.blind," \
	" t.warehouse_id, w.name, t.note, a.name, t.at, t.counted_at," \
	" t.posted_at, p.name, t.slip_id, x.slip_no, r.slip_no, t.line_n," \
	" t.counted_n, (SELECT count(*) FROM stocktake_line l" \
	" WHERE l.stocktake_id = t.id AND l.state = 2), t.gain, t.loss" \
	" FROM stocktake t JOIN warehouse w ON w.id = t.warehouse_id" \
	" JOIN staff a ON a.id = t.staff_id" \
	" LEFT JOIN staff p ON p.id = t.posted_by" \
	" LEFT JOIN stock_slip x ON x.id = t.slip_id" \
	" LEFT JOIN stock_slip r ON r.reverses_id = t.slip_id WHERE 1 = 1"

/* Nothing of what a blind count hides. */
static void
hide_sums(const struct session *s, struct page *page)
{
	struct stocktake *t = page->rows;
	size_t i;

	for (i = 0; i < page->n; i++) {
		if (!session_may(s, PERM_COST_VIEW) ||
		    (t[i].blind && t[i].state == STOCKTAKE_COUNTING))
			t[i].gain = t[i].loss = 0;
		t[i].net = t[i].gain - t[i].loss;
	}
}

static int
fetch(struct session *s, const struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	int rc = query_fetch(
	    s->db, q, dir, sizeof(struct stocktake), limit, take_count, out);

	if (rc == 0)
		hide_sums(s, out);
	return rc;
}

int
stocktake_page(struct session *s, enum stocktake_state state, enum page_dir dir,
    const struct stocktake *from, size_t limit, struct page *out)
{
	struct query q = QUERY(COUNT_SELECT);
	const struct query_key key = { "t.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_COUNT)) < 0)
		return rc;
	if (state != STOCKTAKE_ALL)
		query_and(&q, "t.state =", db_i(state));
	query_page(&q, &key, 1, true, dir, limit);
	return fetch(s, &q, dir, limit, out);
}

int
stocktake_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(COUNT_SELECT);
	int rc;

	if ((rc = session_need(s, PERM_COUNT)) < 0)
		return rc;
	query_and(&q, "t.id =", db_i(id));
	rc = fetch(s, &q, PAGE_FIRST, 1, out);
	return page_one(s, rc, out, "count_no", _("There is no such count"));
}

static const char sql_by_no[] = "SELECT id FROM stocktake WHERE count_no = $1";

int
stocktake_by_no(struct session *s, const char *no, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_COUNT)) < 0)
		return rc;
	rc = purchase_number(s, sql_by_no, "CT", no, id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "count_no",
		    _("There is no count %.40s"), no);
	return rc;
}

static const char sql_counts[] =
    "SELECT count(*) FROM stocktake WHERE state = $1";

int
stocktake_counts(struct session *s, int64_t n[STOCKTAKE_ALL])
{
	int i, rc = session_need(s, PERM_COUNT);

	for (i = 0; rc == 0 && i < STOCKTAKE_ALL; i++)
		rc = db_get1(s->db, sql_counts, DB_ARGS(db_i(i)), &n[i]);
	return rc;
}

/* Blind: nothing before the count is closed, nor what is counted again. */
static bool
is_shown(bool blind, int64_t state, int64_t line_state)
{
	return !blind ||
	       (state != STOCKTAKE_COUNTING && line_state != LINE_AGAIN);
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct stocktake_line *l = out;
	int c = 0;

	l->id = db_int(rows, c++);
	l->stocktake_id = db_int(rows, c++);
	l->bin_id = db_int(rows, c++);
	l->variant_id = db_int(rows, c++);
	l->count_no = row_text(rows, c++, arena);
	l->bin = row_text(rows, c++, arena);
	l->sku_code = row_text(rows, c++, arena);
	l->name = row_text(rows, c++, arena);
	l->state = db_int(rows, c++);
	l->book = db_int(rows, c++);
	l->counted = db_int(rows, c++);
	l->first = db_int(rows, c++);
	l->value = db_int(rows, c++);
	l->reason = row_text(rows, c++, arena);
	l->staff = row_text(rows, c++, arena);
	l->at = db_int(rows, c++);
	l->weight = db_int(rows, c++);
	l->picked = db_int(rows, c++);
	l->shown =
	    is_shown(db_int(rows, c) != 0, db_int(rows, c + 1), l->state);
	if (!l->shown)
		l->book = l->picked = l->value = 0;
	if (!l->shown && l->state == LINE_AGAIN)
		l->counted = 0;
	if (l->shown && l->state != LINE_TO_COUNT)
		l->off = l->counted - l->book;
	l->book += l->picked;
}

/* What is not counted yet has the books of now. */
#define LINE_SELECT \
	"SELECT l.id, l.stocktake_id, l.bin_id, l.variant_id, t.count_no," \
	" b.code, v.sku_code, v.name, l.state, CASE l.state WHEN 0" \
	" THEN coalesce((SELECT qty FROM bin_stock n WHERE n.bin_id = b.id" \
	" AND n.variant_id = v.id), 0) ELSE l.book END, l.counted, l.first," \
	" l.value, l.reason, p.name, l.at, l.weight, l.picked, t.blind," \
	" t.state" \
	" FROM stocktake_line l JOIN stocktake t ON t.id = l.stocktake_id" \
	" JOIN bin b ON b.id = l.bin_id JOIN variant v ON v.id = l.variant_id" \
	" LEFT JOIN staff p ON p.id = l.staff_id WHERE 1 = 1"

static int
fetch_lines(struct session *s, const struct query *q, enum page_dir dir,
    size_t limit, struct page *out)
{
	struct stocktake_line *l;
	size_t i;
	int rc = query_fetch(s->db, q, dir, sizeof(struct stocktake_line),
	    limit, take_line, out);

	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (l = out->rows, i = 0; i < out->n; i++)
		l[i].value = 0;
	return 0;
}

static void
add_which(struct query *q, const struct stocktake_filter *f)
{
	if (f->stocktake_id != 0)
		query_and(q, "l.stocktake_id =", db_i(f->stocktake_id));
	/* Never by a difference that is hidden. */
	if (f->which == LINES_OFF)
		query_lit(q, " AND l.state > 0 AND l.counted <> l.book"
			     " AND (t.blind = 0 OR t.state > 0)");
	else if (f->which == LINES_OPEN)
		query_lit(q, " AND l.state = 0");
	else if (f->which == LINES_AGAIN)
		query_lit(q, " AND l.state = 2");
}

int
stocktake_line_page(struct session *s, const struct stocktake_filter *f,
    enum page_dir dir, const struct stocktake_line *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(LINE_SELECT);
	const struct query_key keys[] = {
		{ "l.weight", db_i(from != NULL ? from->weight : 0) },
		{ "l.id", db_i(from != NULL ? from->id : 0) },
	};
	bool by_value = f->by_value && f->stocktake_id != 0;
	struct stocktake_now t;
	int rc;

	if ((rc = session_need(s, PERM_COUNT)) < 0)
		return rc;
	if (by_value && (rc = stocktake_read(s, f->stocktake_id, &t)) < 0)
		return rc;
	/* Who counts walks along the bins, and sees no differences. */
	if (by_value && f->which != LINES_OFF &&
	    (t.state == STOCKTAKE_COUNTING || f->which == LINES_OPEN ||
		f->which == LINES_AGAIN))
		by_value = false;
	if (by_value && t.blind && t.state == STOCKTAKE_COUNTING)
		by_value = false;
	add_which(&q, f);
	if (by_value)
		query_page(&q, keys, 2, true, dir, limit);
	else
		query_page(&q, keys + 1, 1, false, dir, limit);
	return fetch_lines(s, &q, dir, limit, out);
}

int
stocktake_line_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(LINE_SELECT);
	int rc;

	if ((rc = session_need(s, PERM_COUNT)) < 0)
		return rc;
	query_and(&q, "l.id =", db_i(id));
	rc = fetch_lines(s, &q, PAGE_FIRST, 1, out);
	return page_one(s, rc, out, "", _("There is no such line of a count"));
}

static const char sql_report[] =
    "SELECT l.reason, count(*), sum(l.counted - l.book),"
    " sum(CASE WHEN l.value > 0 THEN l.value ELSE 0 END),"
    " sum(CASE WHEN l.value < 0 THEN -l.value ELSE 0 END)"
    " FROM stocktake_line l JOIN stocktake t ON t.id = l.stocktake_id"
    " WHERE l.stocktake_id = $1 AND l.state > 0 AND l.counted <> l.book"
    " AND (t.blind = 0 OR t.state > 0) GROUP BY l.reason"
    " ORDER BY 5 DESC, 1 LIMIT $2 /*sort*/";
#define REASONS 200

int
stocktake_report(struct session *s, int64_t id, struct page *out)
{
	bool worth = session_may(s, PERM_COST_VIEW);
	struct stocktake_sum *sum;
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_COUNT)) < 0)
		return rc;
	rc = db_query(
	    s->db, sql_report, DB_ARGS(db_i(id), db_i(REASONS)), &rows);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(*sum), REASONS);
	while ((rc = db_next(rows)) > 0) {
		sum = page_add(out);
		sum->id = (int64_t)out->n;
		sum->reason = row_text(rows, 0, &out->arena);
		sum->lines = db_int(rows, 1);
		sum->pieces = db_int(rows, 2);
		sum->gain = worth ? db_int(rows, 3) : 0;
		sum->loss = worth ? db_int(rows, 4) : 0;
		sum->net = sum->gain - sum->loss;
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc;
}
