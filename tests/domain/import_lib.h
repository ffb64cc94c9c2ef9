/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DOMAIN_IMPORT_LIB_H
#define TESTS_DOMAIN_IMPORT_LIB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/settings.h"

/* What the tests of the importer share. */

#define SAMPLES     "tests/samples/"
#define ORDERS_2012 SAMPLES "taobao/ExportOrderList_2012_30col.gbk.csv"
#define ORDERS_2021 SAMPLES "taobao/ExportOrderList_2021_71col.gbk.csv"
#define ITEMS_2021  SAMPLES "taobao/ExportOrderDetailList_2021_18col.gbk.csv"
#define ORDERS_2026 SAMPLES "taobao/orders_2026_xlsx_saved_as.utf8bom.csv"
#define ITEMS_2026  SAMPLES "taobao/items_2026_xlsx_saved_as.gbk.csv"
#define ORDERS_2017 SAMPLES "masked/ExportOrderList201707080100.csv"
#define ITEMS_2017  SAMPLES "masked/ExportOrderDetailList201707080100.csv"

/* The last import that was taken. */
static struct import *taken;

static inline void
let_go(void)
{
	import_free(taken);
	taken = NULL;
}

static inline int
try_import(struct session *s, const struct import_options *opt,
    const char *kind, const char *a, const char *b)
{
	const char *files[] = { a, b };

	let_go();
	return import_run(s, kind, files, b != NULL ? 2 : 1, opt, &taken);
}

/* Foreign money counts one to one, so that figures are those of the files. */
static inline void
at_par(struct session *s)
{
	assert_int_equal(
	    setting_save(s, "currency_rates", "USD 1, CAD 1, EUR 1"), 0);
}

/* Import one file or two; it must work, and the books must hold after it. */
static inline const struct import_summary *
take(struct session *s, const char *kind, const char *a, const char *b)
{
	int rc = try_import(s, NULL, kind, a, b);

	if (rc < 0)
		fail_msg("import: %d %s: %s", rc, s->err.field, s->err.text);
	fixture_verify(s);
	return import_summary(taken);
}

static inline void
counts(const struct import_summary *sum, int64_t new_n, int64_t updated,
    int64_t unchanged, int64_t rejected)
{
	if (sum->new_n != new_n || sum->updated_n != updated ||
	    sum->unchanged_n != unchanged || sum->rejected_n != rejected)
		fail_msg("new %d updated %d unchanged %d rejected %d",
		    (int)sum->new_n, (int)sum->updated_n, (int)sum->unchanged_n,
		    (int)sum->rejected_n);
}

static inline void
add_query(struct session *s, struct str *out, const char *sql)
{
	struct db_rows *rows;

	assert_int_equal(db_query(s->db, sql, DB_NOARGS, &rows), 0);
	while (db_next(rows) == 1) {
		str_add(out, db_isnull(rows, 0) ? "NULL" : db_text(rows, 0));
		str_addc(out, '\n');
	}
	db_done(rows);
}

/* One text of a query's first column. */
static inline const char *
text_of(struct session *s, const char *sql)
{
	static char buf[4000];
	struct str out = STR_INIT;
	struct str marked = STR_INIT;

	str_addf(&marked, "%s /*scan*/ /*sort*/", sql);
	add_query(s, &out, marked.s);
	if (out.len > 0)
		str_cut(&out, out.len - 1);
	snprintf(buf, sizeof(buf), "%s", out.s);
	str_done(&out);
	str_done(&marked);
	return buf;
}

/* Every row of every table, as it is. Caller frees. */
static inline char *
everything(struct session *s)
{
	struct str tables = STR_INIT, cols = STR_INIT, sql = STR_INIT;
	struct str out = STR_INIT;
	char *name, *rest;

	add_query(s, &tables,
	    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT "
	    "LIKE 'sqlite_%' ORDER BY name /*scan*/ /*sort*/");
	for (name = strtok_r(tables.s, "\n", &rest); name != NULL;
	     name = strtok_r(NULL, "\n", &rest)) {
		str_cut(&cols, 0);
		str_cut(&sql, 0);
		str_addf(&sql,
		    "SELECT group_concat('quote(\"' || name || '\")', "
		    "'||''|''||') FROM pragma_table_info('%s') "
		    "/*scan*/ /*sort*/",
		    name);
		add_query(s, &cols, sql.s);
		str_cut(&cols, cols.len - 1);
		str_cut(&sql, 0);
		str_addf(&sql,
		    "SELECT '%s: ' || %s FROM %s ORDER BY 1 /*scan*/ /*sort*/",
		    name, cols.s, name);
		add_query(s, &out, sql.s);
	}
	str_done(&tables);
	str_done(&cols);
	str_done(&sql);
	return str_take(&out);
}

/* What the shop knows, without numbers that depend on how it came about. */
static inline char *
knowledge(struct session *s)
{
	static const char *const queries[] = {
		"SELECT 'order ' || order_no || '|' || s.name || '|' || o.state "
		"|| '|' || o.held || '|' || o.created_at || '|' || o.paid_at || '|' "
		"|| o.shipped_at || '|' || o.finished_at || '|' || o.total || '|' || "
		"o.postage || '|' || o.paid || '|' || o.refund || '|' || o.settled || "
		"'|' || ifnull(goods, '') || '|' || ifnull(buyer_note, '') || "
		"'|' || ifnull(memo, '') || '|' || ifnull(payment_no, '') || "
		"'|' || ifnull(waybill_no, '') || '|' || ifnull(c.name, '') || "
		"'|' || ifnull(close_reason, '') || '|' || ifnull(r.name, '') "
		"|| '|' || ifnull(r.phone, '') || '|' || ifnull(province, '') "
		"|| '|' || ifnull(city, '') || '|' || ifnull(district, '') || "
		"'|' || ifnull(address, '') || '|' || ifnull(u.identity, '') "
		"FROM orders o JOIN shop s ON s.id = shop_id LEFT JOIN "
		"receiver r ON r.id = receiver_id LEFT JOIN customer u ON "
		"u.id = customer_id LEFT JOIN courier c ON c.id = courier_id "
		"ORDER BY 1 /*scan*/ /*sort*/",
		"SELECT 'line ' || order_no || '|' || sub_order_no || '|' || "
		"title || '|' || attrs || '|' || ifnull(v.sku_code, '-') || "
		"'|' || l.qty || '|' || l.price || '|' || l.paid || '|' || "
		"refund_state || '|' || l.refund FROM order_line l JOIN orders "
		"o ON o.id = order_id JOIN listing i ON i.id = listing_id LEFT "
		"JOIN variant v ON v.id = l.variant_id ORDER BY 1 "
		"/*scan*/ /*sort*/",
		"SELECT 'customer ' || identity || '|' || nick || '|' || name "
		"|| '|' || phone || '|' || pinyin || '|' || first_at || '|' || "
		"last_at || '|' || order_n || '|' || paid_n || '|' || paid "
		"FROM customer ORDER BY 1 /*scan*/ /*sort*/",
		"SELECT 'hold ' || order_no || '|' || reason FROM order_hold h "
		"JOIN orders o ON o.id = order_id WHERE cleared_at = 0 AND held = 1 ORDER "
		"BY 1 /*scan*/ /*sort*/",
		"SELECT 'promise ' || order_no || '|' || sku_code || '|' || "
		"qty FROM reservation r JOIN orders o ON o.id = order_id JOIN "
		"variant v ON v.id = variant_id ORDER BY 1 /*scan*/ /*sort*/",
		"SELECT 'stock ' || sku_code || '|' || on_hand || '|' || "
		"reserved || '|' || value FROM stock JOIN variant v ON v.id = "
		"variant_id WHERE on_hand <> 0 OR reserved <> 0 ORDER BY 1 "
		"/*scan*/ /*sort*/",
		NULL,
	};
	struct str out = STR_INIT;
	size_t i;

	for (i = 0; queries[i] != NULL; i++)
		add_query(s, &out, queries[i]);
	return str_take(&out);
}

static inline void
same_text(char *a, char *b)
{
	size_t i, line = 0;

	for (i = 0; a[i] != '\0' && a[i] == b[i]; i++)
		if (a[i] == '\n')
			line = i + 1;
	if (a[i] != b[i])
		fail_msg("differs:\n%.300s\nfrom:\n%.300s", a + line, b + line);
	free(a);
	free(b);
}

#endif
