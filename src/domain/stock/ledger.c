/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"

#include "../core/refs_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"

static const struct {
	const char *kind, *text;
} kinds[] = {
	{ "receipt", N_("receipt") },
	{ "issue", N_("issue") },
	{ "adjust", N_("adjustment") },
	{ "transfer", N_("transfer") },
	{ "ship", N_("shipment") },
	{ "put", N_("put away") },
	{ "move", N_("moved") },
	{ "defect", N_("good or defective") },
	{ "scrap", N_("scrapped") },
	{ "count", N_("stocktake") },
	{ "return", N_("sales return") },
	{ "send", N_("sent to a warehouse") },
	{ "arrive", N_("came from a warehouse") },
	{ "supplier", N_("purchase return") },
	{ "cost", N_("freight added") },
};

const char *
stock_kind_text(const char *kind)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return _(kinds[i].text);
	return kind;
}

static void
take_move(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct stock_move *m = out;
	int c = 0;

	m->id = db_int(rows, c++);
	m->slip_id = db_int(rows, c++);
	m->slip_no = row_text(rows, c++, arena);
	m->kind = row_text(rows, c++, arena);
	m->at = db_int(rows, c++);
	m->sku_code = row_text(rows, c++, arena);
	m->name = row_text(rows, c++, arena);
	m->warehouse = row_text(rows, c++, arena);
	m->bin = row_text(rows, c++, arena);
	m->qty = db_int(rows, c++);
	m->value = db_int(rows, c++);
	m->on_hand_after = db_int(rows, c++);
	m->value_after = db_int(rows, c++);
	m->order_no = row_text(rows, c++, arena);
	m->reason = row_text(rows, c++, arena);
	m->supplier = row_text(rows, c++, arena);
	m->staff = row_text(rows, c++, arena);
	m->reversed = !db_isnull(rows, c++);
}

#define MOVE_SELECT \
	"SELECT m.id, m.slip_id, sl.slip_no, sl.kind, m.at, v.sku_code," \
	" v.name, w.name, m.bin, m.qty, m.value, m.on_hand_after," \
	" m.value_after, o.order_no, sl.reason, sl.supplier, st.name, back.id" \
	" FROM stock_move m" \
	" LEFT JOIN stock_slip sl ON sl.id = m.slip_id" \
	" LEFT JOIN variant v ON v.id = m.variant_id" \
	" LEFT JOIN warehouse w ON w.id = m.warehouse_id" \
	" LEFT JOIN orders o ON o.id = sl.order_id" \
	" LEFT JOIN staff st ON st.id = sl.staff_id" \
	" LEFT JOIN stock_slip back ON back.reverses_id = m.slip_id"

static const char sql_warehouses[] = "SELECT id FROM warehouse /*scan*/";

/* Each warehouse has a variant's moves in order; the page is of them all. */
static int
variant_refs(struct session *s, int64_t variant_id, enum page_dir dir,
    const struct query_key *key, size_t limit, struct refs *refs)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_warehouses, DB_NOARGS, &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		struct query q =
		    QUERY("SELECT m.id, m.id FROM stock_move m WHERE 1 = 1");

		query_and(&q, "m.variant_id =", db_i(variant_id));
		query_and(&q, "m.warehouse_id =", db_i(db_int(rows, 0)));
		query_page(&q, key, 1, true, dir, limit);
		rc = refs_query(s, refs, q.sql, q.args, q.nargs);
		if (rc < 0)
			break;
	}
	db_done(rows);
	return rc;
}

static const char sql_move[] = MOVE_SELECT " WHERE m.id = $1";

static int
move_add(struct session *s, int64_t id, struct page *out)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_move, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		take_move(rows, page_add(out), &out->arena);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
variant_moves(struct session *s, int64_t variant_id, enum page_dir dir,
    const struct query_key *key, size_t limit, struct page *out)
{
	bool back = dir == PAGE_BEFORE || dir == PAGE_LAST;
	struct refs refs = { 0 };
	size_t i;
	int rc;

	rc = variant_refs(s, variant_id, dir, key, limit, &refs);
	refs_settle(&refs, !back, limit);
	page_init(out, sizeof(struct stock_move), refs.n);
	for (i = 0; rc == 0 && i < refs.n; i++)
		rc = move_add(s, refs.v[i].id, out);
	refs_done(&refs);
	if (rc < 0)
		page_free(out);
	else if (back)
		page_reverse(out);
	return rc;
}

static void
hide_costs(struct session *s, struct page *page)
{
	struct stock_move *m = page->rows;
	size_t i;

	if (session_may(s, PERM_COST_VIEW))
		return;
	for (i = 0; i < page->n; i++)
		m[i].value = m[i].value_after = 0;
}

int
ledger_page(struct session *s, int64_t variant_id, enum page_dir dir,
    const struct stock_move *from, size_t limit, struct page *out)
{
	struct query q = QUERY(MOVE_SELECT " WHERE 1 = 1");
	const struct query_key key = { "m.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	if (variant_id != 0) {
		rc = variant_moves(s, variant_id, dir, &key, limit, out);
	} else {
		query_page(&q, &key, 1, true, dir, limit);
		rc = query_fetch(s->db, &q, dir, sizeof(struct stock_move),
		    limit, take_move, out);
	}
	if (rc == 0)
		hide_costs(s, out);
	return rc;
}

#define SLIP_MOVES_MAX 10000

int
slip_moves(struct session *s, int64_t slip_id, struct page *out)
{
	struct query q = QUERY(MOVE_SELECT " WHERE 1 = 1");
	const struct query_key key = { "m.id", db_i(0) };
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_and(&q, "m.slip_id =", db_i(slip_id));
	query_page(&q, &key, 1, false, PAGE_FIRST, SLIP_MOVES_MAX);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct stock_move),
	    SLIP_MOVES_MAX, take_move, out);
	if (rc == 0)
		hide_costs(s, out);
	return rc;
}

static const char sql_slip_by_no[] =
    "SELECT id FROM stock_slip WHERE slip_no = $1";

int
stock_slip_by_no(struct session *s, const char *slip_no, int64_t *id)
{
	char typed[32];
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	rc = ERR_NOTFOUND;
	if (trim_text(typed, sizeof(typed), slip_no))
		rc = db_get1(s->db, sql_slip_by_no, DB_ARGS(db_t(typed)), id);
	if (rc == ERR_NOTFOUND)
		rc = err_set(&s->err, ERR_NOTFOUND, "slip_no",
		    _("There is no slip %.40s"), slip_no);
	return rc;
}
