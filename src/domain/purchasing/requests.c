/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/codes_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "purchase_priv.h"
#include "requests_priv.h"

/* Purchase requests, as they are read. */

static const struct code states_v[] = {
	[REQUEST_ASKED] = { "asked", N_("to be decided") },
	[REQUEST_APPROVED] = { "approved", N_("approved, supplier missing") },
	[REQUEST_ORDERED] = { "ordered", N_("in orders") },
	[REQUEST_REFUSED] = { "refused", N_("refused") },
};
static const struct codes states = CODES(states_v);

const char *
request_state_name(int64_t state)
{
	return code_name(&states, state);
}

const char *
request_state_text(int64_t state)
{
	return code_text(&states, state);
}

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct request *r = out;

	r->id = db_int(rows, 0);
	r->version = db_int(rows, 1);
	r->request_no = row_text(rows, 2, arena);
	r->state = db_int(rows, 3);
	r->warehouse_id = db_int(rows, 4);
	r->warehouse = row_text(rows, 5, arena);
	r->note = row_text(rows, 6, arena);
	r->staff_id = db_int(rows, 7);
	r->staff = row_text(rows, 8, arena);
	r->at = db_int(rows, 9);
	r->decided_by = row_text(rows, 10, arena);
	r->decided_at = db_int(rows, 11);
	r->reason = row_text(rows, 12, arena);
	r->lines = db_int(rows, 13);
	r->pieces = db_int(rows, 14);
	r->left = db_int(rows, 15);
}

#define LINES " FROM purchase_request_line l WHERE l.request_id = r.id"
#define SELECT \
	"SELECT r.id, r.version, r.request_no, r.state, r.warehouse_id," \
	" w.name, r.note, r.staff_id, st.name, r.at, d.name, r.decided_at," \
	" r.reason, (SELECT count(*)" LINES "), (SELECT coalesce(sum(l.qty)," \
	" 0)" LINES "), (SELECT count(*)" LINES " AND l.purchase_id IS NULL)" \
	" FROM purchase_request r JOIN warehouse w ON w.id = r.warehouse_id" \
	" JOIN staff st ON st.id = r.staff_id" \
	" LEFT JOIN staff d ON d.id = r.decided_by WHERE 1 = 1"

int
request_page(struct session *s, enum request_state state, enum page_dir dir,
    const struct request *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key key = { "r.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_REQUEST)) < 0)
		return rc;
	if (state != REQUEST_ALL)
		query_and(&q, "r.state =", db_i(state));
	query_page(&q, &key, 1, true, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct request), limit, take, out);
}

int
request_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_REQUEST)) < 0)
		return rc;
	query_and(&q, "r.id =", db_i(id));
	rc = query_fetch(
	    s->db, &q, PAGE_FIRST, sizeof(struct request), 1, take, out);
	if (rc == 0 && out->n == 0) {
		page_free(out);
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such purchase request"));
	}
	return rc;
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct request_line *l = out;

	l->id = l->line_no = db_int(rows, 0);
	l->request_id = db_int(rows, 1);
	l->variant_id = db_int(rows, 2);
	l->sku_code = row_text(rows, 3, arena);
	l->name = row_text(rows, 4, arena);
	l->company_id = db_int(rows, 5);
	l->company = row_text(rows, 6, arena);
	l->qty = db_int(rows, 7);
	l->price = db_int(rows, 8);
	l->why = row_text(rows, 9, arena);
	l->purchase_id = db_int(rows, 10);
	l->purchase_no = row_text(rows, 11, arena);
}

int
request_lines(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(
	    "SELECT l.line_no, l.request_id, l.variant_id, v.sku_code, v.name,"
	    " l.company_id, c.name, l.qty, i.price, l.why, l.purchase_id,"
	    " p.purchase_no FROM purchase_request_line l"
	    " JOIN variant v ON v.id = l.variant_id"
	    " LEFT JOIN company c ON c.id = l.company_id"
	    " LEFT JOIN supplier_item i ON i.variant_id = l.variant_id"
	    " AND i.company_id = l.company_id"
	    " LEFT JOIN purchase p ON p.id = l.purchase_id WHERE 1 = 1");
	const struct query_key key = { "l.line_no", db_i(0) };
	struct request_line *l;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_REQUEST)) < 0)
		return rc;
	query_and(&q, "l.request_id =", db_i(id));
	query_page(&q, &key, 1, false, PAGE_FIRST, REQUEST_LINES);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct request_line),
	    REQUEST_LINES, take_line, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (i = 0, l = out->rows; i < out->n; i++)
		l[i].price = 0;
	return 0;
}

static const char sql_by_no[] =
    "SELECT id FROM purchase_request WHERE request_no = $1";

int
request_by_no(struct session *s, const char *no, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_REQUEST)) < 0)
		return rc;
	rc = purchase_number(s, sql_by_no, "PR", no, id);
	if (rc == ERR_NOTFOUND)
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no purchase request %s"), no);
	return rc;
}

static const char sql_count[] =
    "SELECT count(*) FROM purchase_request WHERE state = $1";

int
request_counts(struct session *s, int64_t n[REQUEST_ORDERED])
{
	int64_t found[REQUEST_ORDERED];
	int i, rc = session_need(s, PERM_PURCHASE_REQUEST);

	for (i = 0; rc == 0 && i < REQUEST_ORDERED; i++)
		rc = db_get1(s->db, sql_count, DB_ARGS(db_i(i)), &found[i]);
	if (rc == 0)
		memcpy(n, found, sizeof(found));
	return rc;
}
