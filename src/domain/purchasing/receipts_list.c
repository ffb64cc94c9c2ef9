/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "receipts_priv.h"

/* What came and went back, line by line. */

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct receipt_row *r = out;

	r->slip_id = db_int(rows, 0);
	r->purchase_id = db_int(rows, 1);
	r->line_no = db_int(rows, 2);
	r->id = purchase_line_id(r->slip_id, r->line_no);
	r->slip_no = row_text(rows, 3, arena);
	r->kind = row_text(rows, 4, arena);
	r->at = db_int(rows, 5);
	r->purchase_no = row_text(rows, 6, arena);
	r->company = row_text(rows, 7, arena);
	r->warehouse = row_text(rows, 8, arena);
	r->sku_code = row_text(rows, 9, arena);
	r->name = row_text(rows, 10, arena);
	r->qty = db_int(rows, 11);
	r->bad = db_int(rows, 12);
	r->value = db_int(rows, 13);
	r->staff = row_text(rows, 14, arena);
	r->reversed = db_int(rows, 15);
}

int
receipt_page(struct session *s, int64_t purchase_id, enum page_dir dir,
    const struct receipt_row *from, size_t limit, struct page *out)
{
	struct query q = QUERY(
	    "SELECT l.slip_id, l.purchase_id, l.line_no, a.slip_no, a.kind,"
	    " a.at, p.purchase_no, c.name, w.name, v.sku_code, v.name, l.qty,"
	    " l.bad, l.value, st.name, a.reverses_id IS NOT NULL"
	    " OR EXISTS (SELECT 1 FROM stock_slip b WHERE b.reverses_id = a.id)"
	    " FROM purchase_slip_line l JOIN stock_slip a ON a.id = l.slip_id"
	    " JOIN purchase p ON p.id = l.purchase_id"
	    " JOIN company c ON c.id = p.company_id"
	    " JOIN warehouse w ON w.id = p.warehouse_id"
	    " JOIN purchase_line pl ON pl.purchase_id = l.purchase_id"
	    " AND pl.line_no = l.line_no"
	    " JOIN variant v ON v.id = pl.variant_id"
	    " JOIN staff st ON st.id = a.staff_id WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "l.slip_id", db_i(from != NULL ? from->slip_id : 0) },
		{ "l.purchase_id", db_i(from != NULL ? from->purchase_id : 0) },
		{ "l.line_no", db_i(from != NULL ? from->line_no : 0) },
	};
	const struct query_key of_order[] = { keys[0], keys[2] };
	struct receipt_row *r;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	if (purchase_id != 0) {
		query_and(&q, "l.purchase_id =", db_i(purchase_id));
		query_page(&q, of_order, 2, true, dir, limit);
	} else {
		query_page(&q, keys, 3, true, dir, limit);
	}
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct receipt_row), limit, take, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (i = 0, r = out->rows; i < out->n; i++)
		r[i].value = 0;
	return 0;
}
