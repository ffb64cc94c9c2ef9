/* SPDX-License-Identifier: MIT */
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
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

static void
run(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static void
pack(
    struct session *s, const char *no, const char *courier, const char *waybill)
{
	struct pack_close close = { .weight = 500 };
	struct packing *p;

	copy_text(close.courier, sizeof(close.courier), courier);
	copy_text(close.waybill_no, sizeof(close.waybill_no), waybill);
	assert_int_equal(pack_open(s, no, &p), 0);
	assert_int_equal(pack_scan(s, p, "PAN", NULL), PACK_COMPLETE);
	assert_int_equal(pack_ship(s, p, &close, NULL), 0);
	pack_free(p);
}

/* Three parcels, two of them with YTO. */
static struct session *
shop_of(struct session *s)
{
	fixture_variant(s, "PAN", 20, 5000);
	fixture_order(s, "1", 1, "PAN", NULL);
	fixture_order(s, "2", 1, "PAN", NULL);
	fixture_order(s, "3", 1, "PAN", NULL);
	pack(s, "1", "YTO", "YT0000000001");
	pack(s, "2", "YTO", "YT0000000002");
	pack(s, "3", "SF", "SF0000000003");
	return s;
}

static struct session *
shop(void)
{
	return shop_of(fixture_session("warehouse"));
}

static int64_t
opened(struct session *s, const char *courier)
{
	int64_t id = 0;

	assert_int_equal(manifest_open(s, courier, &id), 0);
	return id;
}

static void
says(struct session *s, const char *words)
{
	if (strstr(session_err(s)->text, words) == NULL)
		fail_msg("%s: no word of %s", session_err(s)->text, words);
}

static int64_t
missing(struct session *s, int64_t id)
{
	struct page page;
	int64_t n;

	assert_int_equal(
	    manifest_missing(s, id, PAGE_FIRST, NULL, 50, &page), 0);
	n = (int64_t)page.n;
	page_free(&page);
	return n;
}

static void
parcels_are_scanned_and_handed_over(void **state)
{
	struct session *s = shop();
	const struct manifest *m;
	struct page page;
	int64_t id;

	(void)state;
	fixture_role(s, "clerk");
	id = opened(s, "圆通");
	assert_int_equal(opened(s, "YTO"), id); /* the one that is open */
	assert_int_equal(missing(s, id), 2);
	assert_int_equal(manifest_scan(s, id, " yt0000000001\n"), 0);
	assert_int_equal(missing(s, id), 1);
	assert_int_equal(manifest_close(s, id, " "), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "driver");
	assert_int_equal(manifest_close(s, id, "老王"), 0);
	assert_int_equal(manifest_get(s, id, &page), 0);
	m = page_row(&page, 0);
	assert_string_equal(m->manifest_no, "M-000001");
	assert_string_equal(m->driver, "老王");
	assert_int_equal(m->parcels, 1);
	assert_int_equal(m->weight, 500);
	assert_true(m->closed_at > 0);
	page_free(&page);
	assert_int_equal(
	    fixture_int(s, "SELECT done & 128 FROM orders WHERE id = 1"), 128);
	assert_int_equal(
	    fixture_int(s, "SELECT done & 128 FROM orders WHERE id = 2"), 0);
	assert_int_equal(fixture_audited(s, "manifest-scan", id), 1);
	assert_int_equal(manifest_scan(s, id, "YT0000000002"), ERR_STATE);
	assert_int_not_equal(opened(s, "YTO"), id);
	fixture_role(s, "warehouse");
	fixture_verify(s);
	fixture_end(s);
}

static void
what_must_not_go_stops(void **state)
{
	struct session *s = shop();
	int64_t id = opened(s, "YTO"), first;

	(void)state;
	assert_int_equal(manifest_scan(s, id, "nothing"), ERR_NOTFOUND);
	assert_int_equal(manifest_scan(s, id, "SF0000000003"), ERR_STATE);
	assert_int_equal(manifest_scan(s, id, "YT0000000001"), 0);
	assert_int_equal(manifest_scan(s, id, "YT0000000001"), ERR_CONFLICT);
	run(s, "UPDATE order_line SET refund_state = 1 WHERE order_id = 2");
	assert_int_equal(manifest_scan(s, id, "YT0000000002"), ERR_STATE);
	says(s, "STOP YT0000000002");
	run(s, "UPDATE order_line SET refund_state = 0");
	run(s, "INSERT INTO order_hold (order_id, reason, at, staff_id) "
	       "VALUES (2, 'address', 1, 1)");
	assert_int_equal(manifest_scan(s, id, "YT0000000002"), ERR_STATE);
	says(s, order_hold_text("address"));
	run(s, "DELETE FROM order_hold");
	run(s, "INSERT INTO track_case (parcel_id, kind, at) "
	       "VALUES (2, 'intercept', 1)");
	assert_int_equal(manifest_scan(s, id, "YT0000000002"), ERR_STATE);
	says(s, "intercepted");
	run(s, "DELETE FROM track_case");
	assert_int_equal(manifest_close(s, id, "老王"), 0);
	first = id;
	id = opened(s, "YTO");
	assert_int_not_equal(id, first);
	assert_int_equal(manifest_scan(s, id, "YT0000000001"), ERR_STATE);
	says(s, "M-000001"); /* by whom, when, on which */
	assert_int_equal(manifest_close(s, id, "老王"), ERR_STATE); /* empty */
	fixture_end(s);
}

static void
a_hold_after_the_scan_stops_at_the_end(void **state)
{
	struct session *s = shop();
	int64_t id = opened(s, "YTO");

	(void)state;
	assert_int_equal(manifest_scan(s, id, "YT0000000001"), 0);
	assert_int_equal(manifest_scan(s, id, "YT0000000002"), 0);
	run(s, "UPDATE order_line SET refund_state = 1 WHERE order_id = 2");
	assert_int_equal(manifest_close(s, id, "老王"), ERR_STATE);
	says(s, "YT0000000002");
	assert_int_equal(manifest_unscan(s, id, "YT0000000002"), 0);
	assert_int_equal(manifest_unscan(s, id, "YT0000000002"), ERR_STATE);
	assert_int_equal(manifest_close(s, id, "老王"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM parcel WHERE handed_at > 0"),
	    1);
	fixture_verify(s);
	fixture_end(s);
}

static void
all_of_a_courier_go_at_once(void **state)
{
	struct session *s = shop();
	int64_t id = opened(s, "YTO"), n, left;

	(void)state;
	run(s, "UPDATE order_line SET refund_state = 1 WHERE order_id = 2");
	assert_int_equal(manifest_all(s, id, &n, &left), 0);
	assert_int_equal(n, 1);
	assert_int_equal(left, 1);
	assert_int_equal(missing(s, id), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_closed_one_is_opened_again_by_a_counter_entry(void **state)
{
	struct session *s = shop();
	int64_t id = opened(s, "YTO"), n, left;

	(void)state;
	assert_int_equal(manifest_all(s, id, &n, &left), 0);
	assert_int_equal(manifest_reopen(s, id, "x"), ERR_STATE);
	assert_int_equal(manifest_close(s, id, "老王"), 0);
	assert_int_equal(manifest_reopen(s, id, ""), ERR_INVALID);
	opened(s, "YTO");
	assert_int_equal(manifest_reopen(s, id, "the wrong van"), ERR_STATE);
	run(s, "DELETE FROM manifest WHERE closed_at = 0");
	assert_int_equal(manifest_reopen(s, id, "the wrong van"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT max(handed_at) FROM parcel"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT max(done & 128) FROM orders"), 0);
	assert_int_equal(fixture_audited(s, "manifest-reopen", id), 1);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_waits_for_the_scale_is_not_handed_over(void **state)
{
	struct pack_close close = { .courier = "YTO",
		.waybill_no = "YT0000000009" };
	struct session *s = shop();
	int64_t id = opened(s, "YTO");
	struct packing *p;

	(void)state;
	fixture_order(s, "9", 1, "PAN", NULL);
	assert_int_equal(pack_open(s, "9", &p), 0);
	assert_int_equal(pack_scan(s, p, "PAN", NULL), PACK_COMPLETE);
	assert_int_equal(pack_keep(s, p, &close, NULL), 0);
	pack_free(p);
	assert_int_equal(manifest_scan(s, id, "YT0000000009"), ERR_STATE);
	says(s, "scale");
	fixture_end(s);
}

#define SUMS \
	"SELECT (SELECT count(*) FROM manifest) * 1000" \
	" + (SELECT count(*) FROM parcel WHERE manifest_id IS NOT NULL) * 100" \
	" + (SELECT count(*) FROM parcel WHERE handed_at > 0) * 10" \
	" + (SELECT count(*) FROM orders WHERE done & 128 <> 0)"

static void
nothing_is_left_half_done(void **state)
{
	static const char *const ops[] = { "manifest-open", "manifest-scan",
		"manifest-unscan", "manifest-all", "manifest-close",
		"manifest-reopen" };
	char sql[100];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		snprintf(sql, sizeof(sql),
		    "SELECT count(*) FROM audit WHERE op = '%s'", ops[i]);
		FOR_EACH_FAULT(f)
		{
			struct session *s =
			    shop_of(fixture_faulty("warehouse"));
			int64_t id = i > 0 ? opened(s, "YTO") : 0, n, left;
			int64_t was, before;
			int rc;

			if (i == 2 || i > 3)
				assert_int_equal(
				    manifest_scan(s, id, "YT0000000001"), 0);
			if (i > 4)
				assert_int_equal(
				    manifest_close(s, id, "老王"), 0);
			was = fixture_int(s, SUMS);
			before = fixture_int(s, sql);
			fault_arm(&f);
			rc = i == 0   ? manifest_open(s, "YTO", &id)
			     : i == 1 ? manifest_scan(s, id, "YT0000000001")
			     : i == 2 ? manifest_unscan(s, id, "YT0000000001")
			     : i == 3 ? manifest_all(s, id, &n, &left)
			     : i == 4 ? manifest_close(s, id, "老王")
				      : manifest_reopen(s, id, "again");
			fault_disarm(&f);
			assert_int_equal(fixture_int(s, SUMS) == was, rc < 0);
			assert_int_equal(fixture_int(s, sql) == before, rc < 0);
			fixture_end(s);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parcels_are_scanned_and_handed_over),
		cmocka_unit_test(what_must_not_go_stops),
		cmocka_unit_test(a_hold_after_the_scan_stops_at_the_end),
		cmocka_unit_test(all_of_a_courier_go_at_once),
		cmocka_unit_test(
		    a_closed_one_is_opened_again_by_a_counter_entry),
		cmocka_unit_test(what_waits_for_the_scale_is_not_handed_over),
		cmocka_unit_test(nothing_is_left_half_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
