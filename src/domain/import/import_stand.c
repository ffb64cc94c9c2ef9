/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/audit.h"

#include "../core/row_priv.h"
#include "import_undo.h"

/* What stands on an import, so that it can not be taken back any more. */

#define LISTED \
	"'variant', 'customer', 'company', 'courier', 'bin'" \
	", 'freight-template', 'warehouse', 'material', 'grade'" \
	", 'review-rule', 'gift-rule', 'text', 'attr', 'setting'"

/* Each: kind, label, op (or ''), who. $1 the import, $2 the entry of the log
 * from which on there may be work, $3 how many. */
static const char *const sql_standing[] = {
	/* Somebody worked on an order that it made, */
	"SELECT 'order', o.order_no, a.op, coalesce(st.name, '')"
	" FROM import_made m JOIN orders o ON o.id >= m.first AND o.id <= m.last"
	" AND o.batch_id = m.batch_id JOIN audit a ON a.kind = 'order'"
	" AND a.subject = o.id AND a.id >= $2 AND a.op" WORK_OPS
	" LEFT JOIN staff st ON st.id = a.staff_id"
	" WHERE m.batch_id = $1 AND m.kind = 'order' LIMIT $3",
	/* or changed; */
	"SELECT 'order', o.order_no, a.op, coalesce(st.name, '')"
	" FROM (SELECT DISTINCT subject FROM import_change"
	" WHERE batch_id = $1 AND kind = 'order' AND image <> '') c"
	" JOIN audit a ON a.kind = 'order' AND a.subject = c.subject"
	" AND a.id >= $2 AND a.op" WORK_OPS " JOIN orders o ON o.id = c.subject"
	" LEFT JOIN staff st ON st.id = a.staff_id LIMIT $3 /*scan*/",
	/* a later import changed it; */
	"SELECT 'order', o.order_no, '', ''"
	" FROM import_change c JOIN import_batch b ON b.id = c.batch_id"
	" JOIN orders o ON o.id = c.subject"
	" WHERE c.batch_id > $1 AND $2 = $2 AND c.kind = 'order'"
	" AND c.image <> '' AND b.state IN (1, 2, 3)"
	" AND (o.batch_id = $1 OR EXISTS (SELECT 1 FROM import_change d"
	" WHERE d.batch_id = $1 AND d.kind = 'order'"
	" AND d.subject = c.subject AND d.image <> '')) LIMIT $3 /*scan*/",
	/* or products, customers and companies of lists. */
	"SELECT c.kind, " LABEL_OF("c.kind",
	    "c.subject") ","
			 " a.op, coalesce(st.name, '')"
			 " FROM (SELECT DISTINCT kind, subject FROM import_change"
			 " WHERE batch_id = $1 AND kind IN (" LISTED ")"
			 " AND image <> '') c JOIN audit a ON a.kind = c.kind"
			 " AND a.subject = c.subject AND a.id >= $2 AND a.op" WORK_OPS
			 " LEFT JOIN staff st ON st.id = a.staff_id LIMIT $3 /*scan*/ /*sort*/",
	"SELECT c.kind, " LABEL_OF("c.kind",
	    "c.subject") ","
			 " '', '' FROM import_change c JOIN import_batch b ON b.id = c.batch_id"
			 " WHERE c.batch_id > $1 AND $2 = $2 AND c.kind IN (" LISTED
			 ")"
			 " AND c.image <> '' AND b.state IN (1, 2, 3)"
			 " AND EXISTS (SELECT 1 FROM import_change d WHERE d.batch_id = $1"
			 " AND d.kind = c.kind AND d.subject = c.subject AND d.image <> '')"
			 " LIMIT $3 /*scan*/",
	/* Somebody worked on a product of a list, or it was received. */
	"SELECT 'variant', v.sku_code, a.op, coalesce(st.name, '')"
	" FROM import_made m JOIN import_batch b ON b.id = m.batch_id"
	" AND b.kind = 'products' JOIN variant v ON v.id >= m.first"
	" AND v.id <= m.last JOIN audit a ON a.kind = 'variant'"
	" AND a.subject = v.id AND a.id >= $2 AND a.op" WORK_OPS
	" LEFT JOIN staff st ON st.id = a.staff_id"
	" WHERE m.batch_id = $1 AND m.kind = 'variant' LIMIT $3",
	/* Somebody, or a later file, worked on a freight template. */
	"SELECT 'freight-template', t.name, a.op, coalesce(st.name, '')"
	" FROM import_made m JOIN freight_template t ON t.id >= m.first"
	" AND t.id <= m.last JOIN audit a ON a.kind = 'freight-template'"
	" AND a.subject = t.id AND a.id >= $2 AND a.op" WORK_OPS
	" LEFT JOIN staff st ON st.id = a.staff_id"
	" WHERE m.batch_id = $1 AND m.kind = 'freight-template' LIMIT $3",
	"SELECT 'freight-template', t.name, '', '' FROM import_made m"
	" JOIN freight_template t ON t.id >= m.first AND t.id <= m.last"
	" JOIN import_change c ON c.kind = 'freight-template'"
	" AND c.subject = t.id AND c.batch_id > $1 AND c.image <> ''"
	" JOIN import_batch b ON b.id = c.batch_id AND b.state IN (1, 2, 3)"
	" WHERE m.batch_id = $1 AND $2 = $2 AND m.kind = 'freight-template'"
	" LIMIT $3 /*scan*/",
	/* What it made a kit of was sold as one. */
	"SELECT 'kit', v.sku_code, '', '' FROM import_change c"
	" JOIN variant v ON v.id = c.subject AND v.kit_sold = 1"
	" WHERE c.batch_id = $1 AND $2 = $2 AND c.kind = 'variant'"
	" AND c.what = 'kit' AND c.image = 'kit' LIMIT $3",
	/* Goods that it brought have moved since. */
	"SELECT 'variant', v.sku_code, '', '' FROM import_made m"
	" JOIN stock_slip s ON s.id >= m.first AND s.id <= m.last"
	" AND s.kind = 'receipt' JOIN stock_move a ON a.slip_id = s.id"
	" JOIN variant v ON v.id = a.variant_id"
	" WHERE m.batch_id = $1 AND $2 = $2 AND m.kind = 'slip'"
	" AND EXISTS (SELECT 1 FROM stock_move b WHERE b.variant_id ="
	" a.variant_id AND b.warehouse_id = a.warehouse_id AND b.id > a.id)"
	" LIMIT $3",
	/* Somebody settled a line of the statement; */
	"SELECT 'statement', l.ref, 'statement-match', coalesce(st.name, '')"
	" FROM statement_line l JOIN staff st ON st.id = l.matched_by"
	" WHERE l.batch_id = $1 AND $2 = $2 LIMIT $3",
	/* a courier's bill was made of its rows; */
	"SELECT 'freight-bill', f.bill_no, '', '' FROM freight_bill f"
	" WHERE f.batch_id = $1 AND $2 = $2 LIMIT $3 /*scan*/",
	/* an order of our own is done, as its parcel arrived. */
	"SELECT 'parcel', p.waybill_no, '', '' FROM track_event e"
	" JOIN parcel p ON p.id = e.parcel_id JOIN orders o ON o.id = p.order_id"
	" WHERE e.batch_id = $1 AND $2 = $2 AND e.state = 4 AND o.origin <> 0"
	" AND o.state = 5 LIMIT $3",
};
#define NSTANDING (sizeof(sql_standing) / sizeof(sql_standing[0]))

static const char *
in_words(const char *kind, const char *op, const char *who, struct arena *a)
{
	if (op[0] != '\0')
		/* TRANSLATORS: what was done, by whom */
		return arena_printf(a, _("%s by %s"), audit_op_text(op), who);
	if (strcmp(kind, "variant") == 0)
		return _("its stock or its data were changed later");
	if (strcmp(kind, "kit") == 0)
		return _("it was sold as a kit");
	if (strcmp(kind, "freight-bill") == 0)
		return _("a courier's bill was made of its rows");
	if (strcmp(kind, "parcel") == 0)
		return _("it arrived, and its order is done");
	return _("a later import changed it");
}

/* The same was done twice: it is told once. */
static bool
is_told(const struct page *out, const struct import_stands *is)
{
	const struct import_stands *one;
	size_t i;

	for (i = 0; i < out->n; i++) {
		one = page_row(out, i);
		if (strcmp(one->label, is->label) == 0 &&
		    strcmp(one->what, is->what) == 0)
			return true;
	}
	return false;
}

static int
add(struct session *s, const char *sql, int64_t batch, int64_t from,
    size_t limit, struct page *out)
{
	struct import_stands *one, is = { .id = 0 };
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql,
	    DB_ARGS(db_i(batch), db_i(from), db_i((int64_t)(limit - out->n))),
	    &rows);
	if (rc < 0)
		return rc;
	while (out->n < limit && (rc = db_next(rows)) > 0) {
		is.kind = row_text(rows, 0, &out->arena);
		is.label =
		    record_label(is.kind, row_text(rows, 1, &out->arena));
		is.what = in_words(is.kind, row_text(rows, 2, &out->arena),
		    row_text(rows, 3, &out->arena), &out->arena);
		if (is_told(out, &is))
			continue;
		one = page_add(out);
		*one = is;
		one->id = (int64_t)out->n;
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Rows that it kept, and that a later one replaced. */
static int
add_replaced(struct session *s, int64_t batch, size_t limit, struct page *out)
{
	struct import_stands *one;
	int64_t by = 0;
	int rc;

	if (out->n == limit || (rc = staged_replaced(s, batch, &by)) < 0 ||
	    by == 0)
		return out->n == limit ? 0 : rc;
	one = page_add(out);
	one->id = (int64_t)out->n;
	one->kind = "import";
	one->label = arena_printf(&out->arena, "%lld", (long long)by);
	one->what = _("a later import took the place of its rows");
	return 0;
}

static const char sql_from[] =
    "SELECT audit_from FROM import_batch WHERE id = $1";

int
import_standing(
    struct session *s, int64_t batch, size_t limit, struct page *out)
{
	int64_t from = 0;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0 ||
	    (rc = db_get1(s->db, sql_from, DB_ARGS(db_i(batch)), &from)) < 0)
		return rc;
	page_init(out, sizeof(struct import_stands), limit);
	for (i = 0; rc == 0 && i < NSTANDING && out->n < limit; i++)
		rc = add(s, sql_standing[i], batch, from, limit, out);
	if (rc == 0)
		rc = add_replaced(s, batch, limit, out);
	if (rc < 0)
		page_free(out);
	return rc;
}
