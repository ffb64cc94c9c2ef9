/* SPDX-License-Identifier: MIT */
#include "import_priv.h"

/*
 * What an import made, so that it can be taken away again: ids that were given
 * inside one transaction follow each other, so first and last tell all of them.
 * Where nobody else made one in between, the next transaction's join them.
 */

const char *const made_kinds[MADE_MAX] = {
	[MADE_SHOP] = "shop",
	[MADE_COURIER] = "courier",
	[MADE_PRODUCT] = "product",
	[MADE_VARIANT] = "variant",
	[MADE_LISTING] = "listing",
	[MADE_CUSTOMER] = "customer",
	[MADE_RECEIVER] = "receiver",
	[MADE_ORDER] = "order",
	[MADE_HOLD] = "hold",
	[MADE_SLIP] = "slip",
	[MADE_COMPANY] = "company",
	[MADE_CATEGORY] = "category",
	[MADE_BIN] = "bin",
	[MADE_TEMPLATE] = "freight-template",
	[MADE_WAREHOUSE] = "warehouse",
	[MADE_MATERIAL] = "material",
	[MADE_GRADE] = "grade",
	[MADE_REVIEW_RULE] = "review-rule",
	[MADE_GIFT_RULE] = "gift-rule",
	[MADE_TEXT] = "text",
	[MADE_ATTR] = "attr",
};

static const char *const sql_last[MADE_MAX] = {
	[MADE_SHOP] = "SELECT coalesce(max(id), 0) FROM shop",
	[MADE_COURIER] = "SELECT coalesce(max(id), 0) FROM courier",
	[MADE_PRODUCT] = "SELECT coalesce(max(id), 0) FROM product",
	[MADE_VARIANT] = "SELECT coalesce(max(id), 0) FROM variant",
	[MADE_LISTING] = "SELECT coalesce(max(id), 0) FROM listing",
	[MADE_CUSTOMER] = "SELECT coalesce(max(id), 0) FROM customer",
	[MADE_RECEIVER] = "SELECT coalesce(max(id), 0) FROM receiver",
	[MADE_ORDER] = "SELECT coalesce(max(id), 0) FROM orders",
	[MADE_HOLD] = "SELECT coalesce(max(id), 0) FROM order_hold",
	[MADE_SLIP] = "SELECT coalesce(max(id), 0) FROM stock_slip",
	[MADE_COMPANY] = "SELECT coalesce(max(id), 0) FROM company",
	[MADE_CATEGORY] = "SELECT coalesce(max(id), 0) FROM category",
	[MADE_BIN] = "SELECT coalesce(max(id), 0) FROM bin",
	[MADE_TEMPLATE] = "SELECT coalesce(max(id), 0) FROM freight_template",
	[MADE_WAREHOUSE] = "SELECT coalesce(max(id), 0) FROM warehouse",
	[MADE_MATERIAL] = "SELECT coalesce(max(id), 0) FROM material",
	[MADE_GRADE] = "SELECT coalesce(max(id), 0) FROM grade",
	[MADE_REVIEW_RULE] = "SELECT coalesce(max(id), 0) FROM review_rule",
	[MADE_GIFT_RULE] = "SELECT coalesce(max(id), 0) FROM gift_rule",
	[MADE_TEXT] = "SELECT coalesce(max(id), 0) FROM text_template",
	[MADE_ATTR] = "SELECT coalesce(max(id), 0) FROM attr_def",
};

int
made_before(struct job *j)
{
	int i, rc = 0;

	for (i = 0; rc == 0 && i < MADE_MAX; i++)
		rc =
		    db_get1(j->s->db, sql_last[i], DB_NOARGS, &j->made_from[i]);
	return rc;
}

static const char sql_join[] =
    "UPDATE import_made SET last = $4 WHERE batch_id = $1 AND kind = $2"
    " AND last = $3 - 1 /*scan*/";
static const char sql_add[] =
    "INSERT INTO import_made (batch_id, kind, first, last)"
    " VALUES ($1, $2, $3, $4)";

int
made_after(struct job *j)
{
	int64_t last, joined;
	int i, rc = 0;

	for (i = 0; rc == 0 && i < MADE_MAX; i++) {
		int64_t first = j->made_from[i] + 1;

		if ((rc = db_get1(j->s->db, sql_last[i], DB_NOARGS, &last)) <
			0 ||
		    last < first)
			continue;
		const struct db_val vals[] = { db_i(j->batch),
			db_t(made_kinds[i]), db_i(first), db_i(last) };

		rc = db_exec(j->txn, sql_join, vals, 4, &joined);
		if (rc == 0 && joined == 0)
			rc = db_exec(j->txn, sql_add, vals, 4, NULL);
	}
	return rc;
}
