/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "transfers_priv.h"

/* Transfers, newest first. */

static void
take_transfer(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct transfer *t = out;
	int c = 0;

	t->id = db_int(rows, c++);
	t->version = db_int(rows, c++);
	t->transfer_no = row_text(rows, c++, arena);
	t->from_id = db_int(rows, c++);
	t->to_id = db_int(rows, c++);
	t->state = db_int(rows, c++);
	t->from = row_text(rows, c++, arena);
	t->to = row_text(rows, c++, arena);
	t->note = row_text(rows, c++, arena);
	t->staff = row_text(rows, c++, arena);
	t->at = db_int(rows, c++);
	t->sent_at = db_int(rows, c++);
	t->arrived_at = db_int(rows, c++);
	t->lines = db_int(rows, c++);
	t->qty = db_int(rows, c++);
	t->open = db_int(rows, c++);
	t->value = db_int(rows, c++);
}

#define OF_LINES(what) \
	"(SELECT " what " FROM transfer_line l WHERE l.transfer_id = t.id)"
#define TRANSFER_SELECT \
	"SELECT t.id, t.version, t.transfer_no, t.from_id, t.to_id, t.state," \
	" a.name, b.name, t.note, st.name, t.at, t.sent_at, t.arrived_at," \
	" " OF_LINES("count(*)") ", " OF_LINES("sum(l.qty)") ", " OF_LINES( \
	    "sum(l.sent - l.arrived - l.lost)") ", " OF_LINES("sum(l.value)") " FROM transfer t JOIN warehouse a ON a.id = t.from_id" \
									      " JOIN warehouse b ON b.id = t.to_id" \
									      " JOIN staff st ON st.id = t.staff_id WHERE 1 = 1"

static int
fetch(struct session *s, const struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct transfer *t;
	size_t i;
	int rc;

	rc = query_fetch(
	    s->db, q, dir, sizeof(struct transfer), limit, take_transfer, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (t = out->rows, i = 0; i < out->n; i++)
		t[i].value = 0;
	return 0;
}

int
transfer_page(struct session *s, const struct transfer_filter *f,
    enum page_dir dir, const struct transfer *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(TRANSFER_SELECT);
	const struct query_key key = { "t.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	if (f->state >= 0)
		query_and(&q, "t.state =", db_i(f->state));
	if (f->warehouse_id != 0) {
		query_and(&q, "(t.from_id =", db_i(f->warehouse_id));
		query_lit(&q, " OR t.to_id = ");
		query_add_val(&q, db_i(f->warehouse_id));
		query_lit(&q, ")");
	}
	query_page(&q, &key, 1, true, dir, limit);
	return fetch(s, &q, dir, limit, out);
}

int
transfer_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(TRANSFER_SELECT);
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_and(&q, "t.id =", db_i(id));
	rc = fetch(s, &q, PAGE_FIRST, 1, out);
	return page_one(
	    s, rc, out, "transfer_no", _("There is no such transfer"));
}

static const char sql_by_no[] =
    "SELECT id FROM transfer WHERE transfer_no = $1";

int
transfer_by_no(struct session *s, const char *no, int64_t *id)
{
	char typed[32];
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	rc = ERR_NOTFOUND;
	if (trim_text(typed, sizeof(typed), no))
		rc = db_get1(s->db, sql_by_no, DB_ARGS(db_t(typed)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "transfer_no",
		    _("There is no transfer %.40s"), no);
	return rc;
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct transfer_line *l = out;
	int c = 0;

	l->id = db_int(rows, c++);
	l->sku_code = row_text(rows, c++, arena);
	l->name = row_text(rows, c++, arena);
	l->bin = row_text(rows, c++, arena);
	l->qty = db_int(rows, c++);
	l->sent = db_int(rows, c++);
	l->arrived = db_int(rows, c++);
	l->lost = db_int(rows, c++);
	l->open = l->sent - l->arrived - l->lost;
	l->value = db_int(rows, c++);
}

#define LINES_MAX 10000

int
transfer_lines(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT l.variant_id, v.sku_code, v.name, st.bin, l.qty,"
		  " l.sent, l.arrived, l.lost, l.value FROM transfer_line l"
		  " JOIN transfer t ON t.id = l.transfer_id"
		  " JOIN variant v ON v.id = l.variant_id"
		  " LEFT JOIN stock st ON st.variant_id = l.variant_id"
		  " AND st.warehouse_id = t.from_id WHERE 1 = 1");
	const struct query_key key = { "l.variant_id", db_i(0) };
	struct transfer_line *l;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_and(&q, "l.transfer_id =", db_i(id));
	query_page(&q, &key, 1, false, PAGE_FIRST, LINES_MAX);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct transfer_line),
	    LINES_MAX, take_line, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (l = out->rows, i = 0; i < out->n; i++)
		l[i].value = 0;
	return 0;
}
