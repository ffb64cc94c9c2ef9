/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/domain/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shipping.h"

static const struct pack_close yto = {
	.courier = "圆通", .waybill_no = "YT8812345678901", .weight = 1520
};

static int
scan(struct session *s, struct packing *p, const char *code)
{
	return pack_scan(s, p, code, NULL);
}

static struct packing *
opened(struct session *s, const char *code)
{
	struct packing *p = NULL;

	assert_int_equal(pack_open(s, code, &p), 0);
	return p;
}

static struct packing *
packed(struct session *s, const char *code)
{
	struct packing *p = opened(s, code);
	const struct pack_line *l;
	size_t n, i;

	l = pack_lines(p, &n);
	for (i = 0; i < n; i++)
		while (l[i].have < l[i].need)
			assert_true(scan(s, p, l[i].sku_code) >= 0);
	return p;
}

/* Many clerks with the same order in their hands. */
#define CLERKS 4

static int
race(const char *path, int i, int ready, int go)
{
	struct pack_close c = yto;
	struct packing *p;
	struct session *s;
	struct err err;
	char byte = 0;
	int rc;

	c.waybill_no[14] = (char)('0' + i);
	if (session_open(&s, path, &err) < 0 || session_become(s, 1) < 0 ||
	    pack_open(s, "9001", &p) < 0 ||
	    pack_scan(s, p, "A", NULL) != PACK_COMPLETE)
		return 3;
	if (write(ready, &byte, 1) != 1 || read(go, &byte, 1) != 1)
		return 3;
	rc = pack_ship(s, p, &c, NULL);
	if (rc == ERR_STATE &&
	    strstr(session_err(s)->text, "already shipped by") != NULL)
		rc = 1;
	else if (rc != 0)
		fprintf(stderr, "%d %s\n", rc, session_err(s)->text);
	pack_free(p);
	session_close(s);
	return rc == 0 || rc == 1 ? rc : 2;
}

static void
of_many_clerks_exactly_one_ships(void **state)
{
	const char *path = fixture_shop("race.db");
	int ready[2], go[2], i, status, won = 0, told = 0;
	struct session *s;
	struct err err;
	char bytes[CLERKS];

	(void)state;
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	fixture_variant(s, "A", 9, 100);
	fixture_order(s, "9001", 1, "A", NULL);
	session_close(s);
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(go), 0);
	fflush(NULL);
	for (i = 0; i < CLERKS; i++)
		if (fork() == 0)
			_exit(race(path, i, ready[1], go[0]));
	for (i = 0; i < CLERKS; i++)
		assert_int_equal(read(ready[0], bytes, 1), 1);
	assert_int_equal(write(go[1], bytes, CLERKS), CLERKS);
	for (i = 0; i < CLERKS; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		won += WEXITSTATUS(status) == 0;
		told += WEXITSTATUS(status) == 1;
	}
	assert_int_equal(won, 1);
	assert_int_equal(told, CLERKS - 1);
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"), 1);
	assert_int_equal(fixture_int(s, "SELECT sum(on_hand) FROM stock"), 8);
	fixture_verify(s);
	session_close(s);
}

static void
shipping_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct packing *p;
		int64_t id;
		int rc;

		fixture_variant(s, "A", 5, 100);
		fixture_variant(s, "B", 5, 200);
		id = fixture_order(s, "1001", 2, "A", "B", NULL);
		p = packed(s, "1001");
		fault_arm(&f);
		rc = pack_ship(s, p, &yto, NULL);
		fault_disarm(&f);
		pack_free(p);
		assert_int_equal(
		    fixture_int(s, "SELECT sum(on_hand) FROM stock"),
		    rc == 0 ? 6 : 10);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM reservation"),
		    rc == 0 ? 0 : 2);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM parcel"), rc == 0);
		assert_int_equal(fixture_int(s, "SELECT state FROM orders"),
		    rc == 0 ? ORDER_SHIPPED : ORDER_PAID);
		assert_int_equal(fixture_audited(s, "order-ship", id), rc == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

static void
opening_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct packing *p = NULL;
		int rc;

		fixture_variant(s, "A", 5, 100);
		fixture_order(s, "1001", 1, "A", NULL);
		fault_arm(&f);
		rc = pack_open(s, "1001", &p);
		if (rc == 0)
			rc = scan(s, p, "A") == PACK_COMPLETE ? 0 : ERR_DB;
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		pack_free(p);
		p = packed(s, "1001");
		pack_free(p);
		fixture_end(s);
	}
}

static void
parcels_are_listed_newest_first(void **state)
{
	struct session *s = fixture_session("clerk");
	struct parcel_filter all = { .platform = NULL };
	struct parcel_filter some = { .unexported = true,
		.platform = "taobao" };
	struct page page, next;
	char no[16];
	int i;

	(void)state;
	fixture_variant(s, "A", 50, 100);
	for (i = 0; i < 5; i++) {
		struct pack_close c = yto;
		struct packing *p;

		snprintf(no, sizeof(no), "70%02d", i);
		fixture_order(s, no, 1, "A", NULL);
		p = packed(s, no);
		c.waybill_no[14] = (char)('0' + i);
		assert_int_equal(pack_ship(s, p, &c, NULL), 0);
		pack_free(p);
	}
	assert_int_equal(parcel_page(s, &all, PAGE_FIRST, NULL, 2, &page), 0);
	assert_int_equal(page.n, 2);
	assert_string_equal(
	    ((const struct parcel *)page_row(&page, 0))->order_no, "7004");
	assert_int_equal(
	    parcel_page(s, &all, PAGE_AFTER, page_row(&page, 1), 5, &next), 0);
	assert_int_equal(next.n, 3);
	page_free(&page);
	page_free(&next);
	assert_int_equal(parcel_page(s, &some, PAGE_LAST, NULL, 1, &page), 0);
	assert_string_equal(
	    ((const struct parcel *)page_row(&page, 0))->order_no, "7000");
	page_free(&page);
	some.platform = "pdd";
	assert_int_equal(parcel_page(s, &some, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	all.until = time_now() + 60;
	all.exported = true;
	assert_int_equal(parcel_page(s, &all, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	all.exported = false;
	assert_int_equal(parcel_page(s, &all, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 5);
	page_free(&page);
	all.since = time_now() + 60;
	assert_int_equal(parcel_page(s, &all, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 0);
	page_free(&page);
	fixture_role(s, "buyer");
	assert_int_equal(
	    parcel_page(s, &all, PAGE_FIRST, NULL, 9, &page), ERR_DENIED);
	fixture_end(s);
}

static void
labels_tell_their_courier(void **state)
{
	static const struct {
		const char *waybill, *courier, *is;
	} labels[] = {
		{ "YT1234567890123", "顺丰速运", "圆通速递" },
		{ " yt1234567890123 ", "顺丰速运", "圆通速递" },
		{ "YT1234567890123", "圆通速递", "" }, /* its own */
		{ "DPK123456789012", "顺丰速运", "" }, /* two have such */
		{ "QQ-1", "顺丰速运", "" },            /* nobody has */
		{ "YT1234567890123", "丹鸟",
		    "" }, /* all fit who has no shape */
	};
	struct session *s = fixture_session("clerk");
	char name[64];

	(void)state;
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		assert_int_equal(courier_by_waybill(s, labels[i].waybill,
				     labels[i].courier, name),
		    0);
		assert_string_equal(name, labels[i].is);
	}
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_tell_their_courier),
		cmocka_unit_test(of_many_clerks_exactly_one_ships),
		cmocka_unit_test(shipping_survives_every_failure),
		cmocka_unit_test(opening_survives_every_failure),
		cmocka_unit_test(parcels_are_listed_newest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
