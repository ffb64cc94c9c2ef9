/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/domain/reminders.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shopdb.h"
#include "shopmgr/domain/stock_report.h"
#include "shopmgr/domain/stocktake.h"

/*
 * What people name and the shop finds: by its number or its name, in a shop
 * with a month of trade. What is not there is said to be missing, and whatever
 * fails is told.
 */

static int
audit_order(struct session *s, const char *name, int64_t *id)
{
	const char *kind;
	int rc = audit_find(s, name, &kind, id);

	if (rc == 0)
		assert_string_equal(kind, "order");
	return rc;
}

static int
audit_product(struct session *s, const char *name, int64_t *id)
{
	const char *kind;
	int rc = audit_find(s, name, &kind, id);

	if (rc == 0)
		assert_string_equal(kind, "variant");
	return rc;
}

static int
audit_person(struct session *s, const char *name, int64_t *id)
{
	const char *kind;
	int rc = audit_find(s, name, &kind, id);

	if (rc == 0)
		assert_string_equal(kind, "staff");
	return rc;
}

static int
quote_text(struct session *s, const char *name, int64_t *id)
{
	return text_by_name(s, "quote", name, id);
}

static const struct {
	int (*find)(struct session *s, const char *name, int64_t *id);
	const char *table, *column;
	int missing;
	const char *field; /* of the refusal */
} ways[] = {
	{ audit_order, "orders", "order_no", ERR_INVALID, "record" },
	{ audit_product, "variant", "sku_code", ERR_INVALID, "record" },
	{ audit_person, "staff", "login", ERR_INVALID, "record" },
	{ grade_by_name, "grade", "name", ERR_NOTFOUND, "grade" },
	{ quotation_by_no, "quotation", "quote_no", ERR_NOTFOUND, "quote_no" },
	{ stocktake_by_no, "stocktake", "count_no", ERR_NOTFOUND, "count_no" },
	{ production_by_no, "production", "production_no", ERR_NOTFOUND, "" },
	{ review_rule_by_name, "review_rule", "name", ERR_NOTFOUND, "name" },
	{ quote_text, "text_template", "name", ERR_NOTFOUND, "name" },
};
#define WAYS (sizeof(ways) / sizeof(ways[0]))

static struct session *
trade(void)
{
	struct session *s = fixture_faulty("owner");
	char *logins;

	if (shopdb_demo(s, &logins) < 0)
		fail_msg("%s", session_err(s)->text);
	free(logins);
	return s;
}

/* The newest of the table: its number, and what it is called. */
static int64_t
newest(struct session *s, const char *table, const char *column, char name[80])
{
	struct str sql = STR_INIT;
	struct db_rows *rows;
	int64_t id;

	str_addf(&sql,
	    "SELECT id, %s FROM %s ORDER BY id DESC LIMIT 1 /*scan*/", column,
	    table);
	assert_int_equal(db_query(s->db, sql.s, DB_NOARGS, &rows), 0);
	if (db_next(rows) <= 0)
		fail_msg("there is no %s", table);
	id = db_int(rows, 0);
	copy_text(name, 80, db_text(rows, 1));
	db_done(rows);
	str_done(&sql);
	return id;
}

static void
things_are_found_by_name(void **state)
{
	struct session *s = trade();
	int64_t id, found;
	char name[80];
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < WAYS; i++) {
		id = newest(s, ways[i].table, ways[i].column, name);
		FOR_EACH_FAULT(f)
		{
			found = 0;
			fault_arm(&f);
			rc = ways[i].find(s, name, &found);
			fault_disarm(&f);
			if (f.hit ? rc == 0 : rc < 0 || found != id)
				fail_msg("%s %s: %d %s", ways[i].table, name,
				    rc, s->err.text);
		}
		rc = ways[i].find(s, "no such", &found);
		if (rc != ways[i].missing ||
		    strcmp(s->err.field, ways[i].field) != 0)
			fail_msg("%s: %d %s", ways[i].table, rc, s->err.field);
	}
	fixture_end(s);
}

static void
reports_have_names(void **state)
{
	(void)state;
	assert_int_equal(stock_report_named("no such"), -1);
	assert_int_equal(stock_report_named("stock-ledger"), REPORT_LEDGER);
}

static void
texts_are_refused_by_field(void **state)
{
	static const struct {
		struct text_template_edit e;
		const char *field;
	} bad[] = {
		{ { .kind = "no", .name = "a", .text = "b" }, "kind" },
		{ { .kind = "unpaid", .name = " ", .text = "b" }, "name" },
		{ { .kind = "unpaid", .name = "\xff", .text = "b" }, "name" },
		{ { .kind = "unpaid", .name = "a", .text = "\n " }, "text" },
		{ { .kind = "unpaid", .name = "a", .text = "{valid}" },
		    "text" },
		{ { .kind = "quote", .name = "a", .text = "{order_no}" },
		    "text" },
	};
	struct session *s = fixture_session("owner");
	int64_t id;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(text_add(s, &bad[i].e, &id), ERR_INVALID);
		assert_string_equal(s->err.field, bad[i].field);
	}
	fixture_end(s);
}

static void
grades_are_refused_by_field(void **state)
{
	static const struct {
		struct grade_edit e;
		const char *field;
	} bad[] = {
		{ { .name = " ", .permille = 900 }, "name" },
		{ { .name = "a", .from_paid = -1, .permille = 900 },
		    "from_paid" },
		{ { .name = "a", .permille = -1 }, "permille" },
		{ { .name = "a", .permille = 1001 }, "permille" },
	};
	struct session *s = fixture_session("owner");
	int64_t id;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(grade_add(s, &bad[i].e, &id), ERR_INVALID);
		assert_string_equal(s->err.field, bad[i].field);
	}
	fixture_end(s);
}

static void
attributes_are_refused_by_field(void **state)
{
	static const struct {
		struct attr_def_edit e;
		const char *field;
	} bad[] = {
		{ { .name = "a", .title = "b\nc", .type = "text" }, "title" },
		{ { .name = "a", .title = "", .type = "text" }, "title" },
		{ { .name = "A b", .title = "b", .type = "text" }, "name" },
		{ { .name = "a", .title = "b", .type = "colour" }, "type" },
		{ { .name = "a",
		      .title = "b",
		      .type = "length",
		      .unit = "mile" },
		    "unit" },
		{ { .name = "a",
		      .title = "b",
		      .type = "number",
		      .least = 2,
		      .most = 1 },
		    "most" },
		{ { .name = "a", .title = "b", .type = "choice" }, "choices" },
		{ { .product = "no such",
		      .name = "a",
		      .title = "b",
		      .type = "text" },
		    "product" },
	};
	struct session *s = fixture_session("owner");
	int64_t id;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(attr_def_add(s, &bad[i].e, &id), ERR_INVALID);
		assert_string_equal(s->err.field, bad[i].field);
	}
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(things_are_found_by_name),
		cmocka_unit_test(reports_have_names),
		cmocka_unit_test(texts_are_refused_by_field),
		cmocka_unit_test(grades_are_refused_by_field),
		cmocka_unit_test(attributes_are_refused_by_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
