/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/codes_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "receipts_priv.h"

/* What is scanned at the door, as it is read. */

static const struct code states_v[] = {
	[RECEIVING_OPEN] = { "open", N_("being scanned") },
	[RECEIVING_DONE] = { "received", N_("received") },
	[RECEIVING_DROPPED] = { "dropped", N_("thrown away") },
};
static const struct codes states = CODES(states_v);

const char *
receiving_state_name(int64_t state)
{
	return code_name(&states, state);
}

const char *
receiving_state_text(int64_t state)
{
	return code_text(&states, state);
}

enum receiving_state
receiving_state_by_name(const char *name)
{
	int i = code_by_name(&states, name);

	return i < 0 ? RECEIVING_ALL : (enum receiving_state)i;
}

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct receiving *r = out;

	r->id = db_int(rows, 0);
	r->version = db_int(rows, 1);
	r->purchase_id = db_int(rows, 2);
	r->purchase_no = row_text(rows, 3, arena);
	r->company = row_text(rows, 4, arena);
	r->warehouse = row_text(rows, 5, arena);
	r->state = db_int(rows, 6);
	r->line_no = db_int(rows, 7);
	r->pieces = db_int(rows, 8);
	r->bad = db_int(rows, 9);
	r->staff = row_text(rows, 10, arena);
	r->at = db_int(rows, 11);
	r->last_by = row_text(rows, 12, arena);
	r->last_at = db_int(rows, 13);
	r->slip_no = row_text(rows, 14, arena);
}

#define SUM(of) \
	"coalesce((SELECT sum(l." of ") FROM receiving_line l" \
	" WHERE l.receiving_id = r.id), 0)"
#define SELECT \
	"SELECT r.id, r.version, r.purchase_id, p.purchase_no, c.name," \
	" w.name, r.state, r.line_no, " SUM("qty") ", " SUM( \
	    "bad") ", a.name, r.at, b.name, r.last_at, x.slip_no" \
		   " FROM receiving r JOIN purchase p ON p.id = r.purchase_id" \
		   " JOIN company c ON c.id = p.company_id" \
		   " JOIN warehouse w ON w.id = p.warehouse_id" \
		   " JOIN staff a ON a.id = r.staff_id" \
		   " JOIN staff b ON b.id = r.last_by" \
		   " LEFT JOIN stock_slip x ON x.id = r.slip_id WHERE 1 = 1"

int
receiving_page(struct session *s, enum receiving_state state,
    int64_t purchase_id, enum page_dir dir, const struct receiving *from,
    size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key key = { "r.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	if (state != RECEIVING_ALL)
		query_and(&q, "r.state =", db_i(state));
	if (purchase_id != 0) {
		query_and(&q, "r.purchase_id =", db_i(purchase_id));
		/* There are few of an order. */
		query_lit(&q, " /*sort*/");
	}
	query_page(&q, &key, 1, true, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct receiving), limit, take, out);
}

int
receiving_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	query_and(&q, "r.id =", db_i(id));
	rc = query_fetch(
	    s->db, &q, PAGE_FIRST, sizeof(struct receiving), 1, take, out);
	return page_one(
	    s, rc, out, "receiving", _("Nothing is scanned under this number"));
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct receiving_line *l = out;

	l->id = db_int(rows, 0);
	l->sku_code = row_text(rows, 1, arena);
	l->name = row_text(rows, 2, arena);
	l->qty = db_int(rows, 3);
	l->bad = db_int(rows, 4);
	l->staff = row_text(rows, 5, arena);
	l->at = db_int(rows, 6);
}

int
receiving_lines(struct session *s, int64_t id, struct page *out)
{
	struct query q =
	    QUERY("SELECT l.line_no, v.sku_code, v.name, l.qty, l.bad, a.name,"
		  " l.at FROM receiving r"
		  " JOIN receiving_line l ON l.receiving_id = r.id"
		  " JOIN purchase_line p ON p.purchase_id = r.purchase_id"
		  " AND p.line_no = l.line_no"
		  " JOIN variant v ON v.id = p.variant_id"
		  " JOIN staff a ON a.id = l.staff_id WHERE 1 = 1");
	const struct query_key key = { "l.line_no", db_i(0) };
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	query_and(&q, "r.id =", db_i(id));
	query_page(&q, &key, 1, false, PAGE_FIRST, PURCHASE_LINES);
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct receiving_line),
	    PURCHASE_LINES, take_line, out);
}
