/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/low_stock.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "receipts_priv.h"

/* What can go back to who sold it. */

#define RETURNABLES 2000

#define COLUMNS \
	"SELECT v.id, w.id, v.sku_code, v.name, w.name," \
	" coalesce(st.defective, 0), coalesce(st.on_hand - st.defective, 0)," \
	" p.id, l.line_no, p.purchase_no, p.company_id, c.name, l.received," \
	" l.bad, l.returned, l.price, p.ordered_at"
static const char sql_lines[] =
    COLUMNS " FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id"
	    " JOIN variant v ON v.id = l.variant_id"
	    " JOIN warehouse w ON w.id = p.warehouse_id"
	    " JOIN company c ON c.id = p.company_id"
	    " LEFT JOIN stock st ON st.variant_id = v.id"
	    " AND st.warehouse_id = w.id WHERE l.purchase_id = $1"
	    " AND l.received > l.returned ORDER BY l.line_no";
/* From the few bins of defective goods: those that came so, else the newest. */
static const char sql_bad[] =
    COLUMNS " FROM (SELECT DISTINCT h.variant_id, b.warehouse_id FROM bin b"
	    " JOIN bin_stock h ON h.bin_id = b.id AND h.qty > 0"
	    " WHERE b.kind = 2) AS d JOIN variant v ON v.id = d.variant_id"
	    " JOIN warehouse w ON w.id = d.warehouse_id"
	    " JOIN stock st ON st.variant_id = v.id AND st.warehouse_id = w.id"
	    " LEFT JOIN purchase p ON p.id = (SELECT x.purchase_id"
	    " FROM purchase_line x JOIN purchase y ON y.id = x.purchase_id"
	    " WHERE x.variant_id = v.id AND y.warehouse_id = w.id"
	    " AND x.received > x.returned"
	    " ORDER BY x.bad > x.returned DESC, x.purchase_id DESC LIMIT 1)"
	    " LEFT JOIN purchase_line l ON l.purchase_id = p.id"
	    " AND l.variant_id = v.id LEFT JOIN company c"
	    " ON c.id = p.company_id WHERE $1 = 0 OR p.company_id = $1"
	    " ORDER BY v.sku_code, w.id /*scan*/ /*sort*/";

static void
take(const struct db_rows *rows, struct returnable *r, struct arena *arena)
{
	r->variant_id = db_int(rows, 0);
	r->warehouse_id = db_int(rows, 1);
	r->id = low_stock_id(r->variant_id, r->warehouse_id);
	r->sku_code = row_text(rows, 2, arena);
	r->name = row_text(rows, 3, arena);
	r->warehouse = row_text(rows, 4, arena);
	r->defective = db_int(rows, 5);
	r->good = db_int(rows, 6);
	r->purchase_id = db_int(rows, 7);
	r->line_no = db_int(rows, 8);
	r->purchase_no = row_text(rows, 9, arena);
	r->company_id = db_int(rows, 10);
	r->company = row_text(rows, 11, arena);
	r->received = db_int(rows, 12);
	r->bad = db_int(rows, 13);
	r->returned = db_int(rows, 14);
	r->price = db_int(rows, 15);
	r->at = db_int(rows, 16);
}

static int
read_all(struct session *s, const char *sql, int64_t of, struct page *out)
{
	bool costs = session_may(s, PERM_COST_VIEW);
	struct returnable *r;
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0 ||
	    (rc = db_query(s->db, sql, DB_ARGS(db_i(of)), &rows)) < 0)
		return rc;
	page_init(out, sizeof(struct returnable), RETURNABLES);
	while (out->n < RETURNABLES && (rc = db_next(rows)) > 0) {
		r = page_add(out);
		take(rows, r, &out->arena);
		if (!costs)
			r->price = 0;
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}

int
returnable_lines(struct session *s, int64_t purchase_id, struct page *out)
{
	return read_all(s, sql_lines, purchase_id, out);
}

int
returnable_bad(struct session *s, int64_t company_id, struct page *out)
{
	return read_all(s, sql_bad, company_id, out);
}
