/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receiving.h"
#include "shopmgr/domain/shopdb.h"

/* Goods at the door, kept scan by scan, then received once. */

static int64_t order;
static struct receiving_now now;
static struct receipt_said said;
static const struct receipt_doc plain = { .freight = RECEIPT_FREIGHT_KNOWN };

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

/* 20 PAN and 10 LID are to come. */
static struct session *
fill(struct session *s)
{
	static const struct purchase_line_edit lines[] = {
		{ .sku_code = "PAN", .qty = 20, .price = 1000 },
		{ .sku_code = "LID", .qty = 10, .price = 300 },
	};
	const struct purchase_edit e = { .company = "甲厂", .freight = 500 };
	const struct company_edit co = { .name = "甲厂",
		.supplier = "yes",
		.carrier = "no",
		.buyer = "no" };
	int64_t id;

	fixture_variant(s, "PAN", 0, 0);
	fixture_variant(s, "LID", 0, 0);
	fixture_variant(s, "KNIFE", 3, 2000);
	must(s, company_add(s, &co, &id));
	must(s, purchase_add(s, &e, lines, 2, &order));
	must(s, purchase_order(s, order));
	return s;
}

static int
scan(struct session *s, const char *code)
{
	struct receipt_scan what;

	return receiving_scan(s, order, code, &what, &now);
}

/* "PAN 3/1 LID 2/0": what is kept of the order. */
static const char *
kept(struct session *s)
{
	static char text[200];
	const struct receiving_line *l;
	struct page page, lines;
	size_t i, n = 0;

	text[0] = '\0';
	must(s, receiving_page(
		    s, RECEIVING_OPEN, order, PAGE_FIRST, NULL, 9, &page));
	assert_true(page.n <= 1);
	if (page.n == 1) {
		const struct receiving *r = page_row(&page, 0);

		must(s, receiving_lines(s, r->id, &lines));
		for (i = 0, l = lines.rows; i < lines.n; i++)
			n += (size_t)snprintf(text + n, sizeof(text) - n,
			    "%s%s %d/%d", n > 0 ? " " : "", l[i].sku_code,
			    (int)l[i].qty, (int)l[i].bad);
		page_free(&lines);
	}
	page_free(&page);
	return text;
}

static void
each_scan_is_kept_for_whoever_goes_on(void **state)
{
	struct session *s = fill(fixture_session("owner"));

	(void)state;
	must(s, scan(s, "PAN"));
	must(s, scan(s, " PAN "));
	assert_int_equal(now.qty, 2);
	fixture_role(s, "clerk");
	must(s, scan(s, "6*LID"));
	must(s, scan(s, "PAN"));
	must(s, receiving_bad(s, now.id, 1, &now));
	assert_string_equal(kept(s), "PAN 3/1 LID 6/0");
	/* There are fewer after all, and then none. */
	must(s, scan(s, "4*LID"));
	must(s, scan(s, "0*PAN"));
	assert_string_equal(kept(s), "PAN 0/0 LID 4/0");
	assert_int_equal(receiving_bad(s, now.id, 1, &now), ERR_STATE);
	assert_int_equal(fixture_int(s, "SELECT sum(on_hand) FROM stock"), 3);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit"
					" WHERE op = 'purchase-scan'"),
	    7);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_is_not_of_the_order_is_not_kept(void **state)
{
	struct session *s = fill(fixture_session("owner"));

	(void)state;
	assert_int_equal(scan(s, "KNIFE"), ERR_INVALID);
	assert_int_equal(scan(s, "WHAT"), ERR_INVALID);
	assert_int_equal(scan(s, "99999999999*PAN"), ERR_INVALID);
	assert_string_equal(kept(s), "");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM receiving"), 0);
	fixture_end(s);
}

static void
what_was_scanned_is_received_once(void **state)
{
	struct session *s = fill(fixture_session("owner"));
	int64_t id;

	(void)state;
	must(s, scan(s, "12*PAN"));
	must(s, receiving_bad(s, now.id, 1, &now));
	must(s, scan(s, "10*LID"));
	id = now.id;
	/* Somebody at another terminal saw less. */
	assert_int_equal(receiving_post(s, id, now.version - 1, &plain, &said),
	    ERR_CONFLICT);
	must(s, receiving_post(s, id, now.version, &plain, &said));
	assert_int_equal(said.pieces, 22);
	assert_int_equal(said.bad, 1);
	assert_int_equal(said.open, 8);
	assert_int_equal(
	    receiving_post(s, id, now.version, &plain, &said), ERR_STATE);
	assert_non_null(strstr(s->err.text, said.slip_no));
	assert_int_equal(receiving_drop(s, id, 0), ERR_STATE);
	assert_int_equal(receiving_bad(s, id, 1, &now), ERR_STATE);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(on_hand) FROM stock"), 3 + 22);
	/* What comes then is another delivery. */
	must(s, scan(s, "PAN"));
	assert_int_not_equal(now.id, id);
	assert_string_equal(kept(s), "PAN 1/0");
	fixture_verify(s);
	fixture_end(s);
}

static void
more_than_may_come_is_kept_and_received_when_it_is_allowed(void **state)
{
	struct session *s = fill(fixture_session("owner"));
	struct receipt_doc doc = plain;

	(void)state;
	must(s, scan(s, "30*PAN"));
	assert_int_equal(receiving_post(s, now.id, 0, &doc, &said), ERR_STATE);
	assert_string_equal(s->err.field, "qty");
	assert_string_equal(kept(s), "PAN 30/0");
	doc.over = true;
	must(s, receiving_post(s, now.id, 0, &doc, &said));
	assert_int_equal(said.pieces, 30);
	fixture_verify(s);
	fixture_end(s);
}

static void
thrown_away_it_is_gone_and_scans_begin_anew(void **state)
{
	struct session *s = fill(fixture_session("owner"));

	(void)state;
	must(s, scan(s, "PAN"));
	must(s, scan(s, "PAN"));
	assert_int_equal(
	    receiving_drop(s, now.id, now.version - 1), ERR_CONFLICT);
	must(s, receiving_drop(s, now.id, now.version));
	assert_string_equal(kept(s), "");
	assert_int_equal(
	    receiving_post(s, now.id, 0, &plain, &said), ERR_STATE);
	assert_int_equal(
	    receiving_post(s, 4711, 0, &plain, &said), ERR_NOTFOUND);
	must(s, scan(s, "PAN"));
	assert_int_equal(now.qty, 1);
	must(s, scan(s, "0*PAN"));
	assert_int_equal(
	    receiving_post(s, now.id, 0, &plain, &said), ERR_STATE);
	fixture_verify(s);
	fixture_end(s);
}

static void
an_order_does_not_end_while_its_goods_are_scanned(void **state)
{
	struct session *s = fill(fixture_session("owner"));
	struct page page;

	(void)state;
	must(s, scan(s, "3*PAN"));
	assert_int_equal(purchase_cancel(s, order, "too late"), ERR_STATE);
	assert_non_null(strstr(s->err.text, "PO-000001"));
	must(s, purchase_get(s, order, &page));
	assert_int_equal(
	    ((const struct purchase *)page_row(&page, 0))->scanned, 3);
	page_free(&page);
	must(s, receiving_post(s, now.id, 0, &plain, &said));
	must(s, scan(s, "PAN"));
	assert_int_equal(purchase_close(s, order, "enough"), ERR_STATE);
	must(s, receiving_drop(s, now.id, 0));
	must(s, purchase_close(s, order, "enough"));
	assert_int_equal(scan(s, "PAN"), ERR_STATE);
	fixture_verify(s);
	fixture_end(s);
}

static void
behind(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_script(txn, sql), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static void
listen(void *arg, bool bad, const char *text)
{
	if (bad)
		str_addf(arg, "%s\n", text);
}

static void
finds(struct session *s, const char *what)
{
	struct str heard = STR_INIT;

	assert_true(shopdb_verify(s, listen, &heard) > 0);
	if (strstr(heard.s, what) == NULL)
		fail_msg("%s, not %s", heard.s, what);
	str_done(&heard);
}

static void
verify_tells_what_was_not_received_as_scanned(void **state)
{
	struct session *s = fill(fixture_session("owner"));

	(void)state;
	must(s, scan(s, "3*PAN"));
	must(s, receiving_post(s, now.id, 0, &plain, &said));
	behind(s, "UPDATE receiving_line SET qty = 4");
	finds(s, "IN-000002: 4 pieces were scanned, the slip says 3");
	behind(s, "UPDATE receiving_line SET qty = 3");
	must(s, scan(s, "PAN"));
	fixture_verify(s);
	behind(s, "UPDATE purchase SET state = 5");
	finds(s, "PO-000001: goods of it are scanned");
	fixture_end(s);
}

static int
fault_scan(struct session *s)
{
	return scan(s, "5*PAN");
}

static int
fault_bad(struct session *s)
{
	return receiving_bad(s, now.id, 1, &now);
}

static int
fault_post(struct session *s)
{
	return receiving_post(s, now.id, 0, &plain, &said);
}

static int
fault_drop(struct session *s)
{
	return receiving_drop(s, now.id, 0);
}

/* Everything that such a verb may change. */
static int64_t
whole(struct session *s)
{
	return fixture_int(s,
	    "SELECT (SELECT coalesce(sum(version * 7 + state), 0) FROM"
	    " receiving) + 1000 * (SELECT coalesce(sum(qty * 3 + bad), 0) FROM"
	    " receiving_line) + 1000000 * (SELECT count(*) FROM audit)"
	    " + 100000000 * (SELECT coalesce(sum(on_hand), 0) FROM stock)");
}

static void
faults_leave_old_or_new(void **state)
{
	int (*const verbs[])(struct session *) = { fault_scan, fault_bad,
		fault_post, fault_scan, fault_drop };
	struct session *s = fill(fixture_faulty("owner"));
	int64_t before;
	size_t i;
	int rc = -1;

	(void)state;
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		before = whole(s);
		FOR_EACH_FAULT(f)
		{
			const struct receiving_now was = now;

			fault_arm(&f);
			rc = verbs[i](s);
			fault_disarm(&f);
			if (rc == 0)
				break;
			now = was;
			assert_true(f.hit);
			assert_int_equal(whole(s), before);
		}
		must(s, rc);
	}
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_scan_is_kept_for_whoever_goes_on),
		cmocka_unit_test(what_is_not_of_the_order_is_not_kept),
		cmocka_unit_test(what_was_scanned_is_received_once),
		cmocka_unit_test(
		    more_than_may_come_is_kept_and_received_when_it_is_allowed),
		cmocka_unit_test(thrown_away_it_is_gone_and_scans_begin_anew),
		cmocka_unit_test(
		    an_order_does_not_end_while_its_goods_are_scanned),
		cmocka_unit_test(verify_tells_what_was_not_received_as_scanned),
		cmocka_unit_test(faults_leave_old_or_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
