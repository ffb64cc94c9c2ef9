/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fault.h"
#include "fixture.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shipping.h"

/* What the lists ask for: parcels by their numbers, files of chosen rows. */

static void
ship(struct session *s, const char *order_no, const char *waybill)
{
	struct pack_close c = { .courier = "YTO" };
	const struct pack_line *l;
	struct packing *p;
	size_t n, i;

	snprintf(c.waybill_no, sizeof(c.waybill_no), "%s", waybill);
	assert_int_equal(pack_open(s, order_no, &p), 0);
	l = pack_lines(p, &n);
	for (i = 0; i < n; i++)
		while (l[i].have < l[i].need)
			assert_true(pack_scan(s, p, l[i].sku_code, NULL) >= 0);
	assert_int_equal(pack_ship(s, p, &c, NULL), 0);
	pack_free(p);
}

static struct session *
shop(void)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "PAN", 50, 1250);
	fixture_order(s, "4119203366520877702", 1, "PAN", NULL);
	fixture_order(s, "4119203366520877703", 1, "PAN", NULL);
	fixture_order(s, "700100", 1, "PAN", NULL);
	ship(s, "4119203366520877702", "YT8812345678901");
	ship(s, "4119203366520877703", "YT8812345678902");
	ship(s, "700100", "YT9912345678903");
	return s;
}

/* How many fit, and the waybill of the first. */
static size_t
found(struct session *s, const char *text, size_t limit, char first[64])
{
	struct page page = { 0 };
	size_t n;

	assert_int_equal(parcel_find(s, text, limit, &page), 0);
	n = page.n;
	first[0] = '\0';
	if (n > 0) {
		const struct parcel *p = page_row(&page, 0);

		snprintf(first, 64, "%s", p->waybill_no);
	}
	page_free(&page);
	return n;
}

static void
a_parcel_is_found_by_its_numbers(void **state)
{
	struct session *s = shop();
	struct page page;
	char first[64];

	(void)state;
	assert_int_equal(found(s, "YT8812345678902", 10, first), 1);
	assert_string_equal(first, "YT8812345678902");
	assert_int_equal(found(s, " yt88 ", 10, first), 2);
	assert_string_equal(first, "YT8812345678902"); /* newest first */
	assert_int_equal(found(s, "yt", 2, first), 2);
	assert_int_equal(found(s, "7001", 10, first), 1);
	assert_string_equal(first, "YT9912345678903");
	assert_int_equal(found(s, "41192033665208777", 10, first), 2);
	assert_int_equal(found(s, "", 10, first), 0);
	assert_int_equal(found(s, "12345678", 10, first), 0);
	fixture_role(s, "buyer");
	assert_int_equal(parcel_find(s, "YT", 10, &page), ERR_DENIED);
	fixture_end(s);
}

static void
finding_parcels_survives_every_failure(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct page page = { 0 };

		fault_arm(&f);
		if (parcel_find(s, "YT", 10, &page) == 0)
			page_free(&page);
		fault_disarm(&f);
		fixture_end(s);
	}
}

static char *
file_text(const char *path)
{
	static char text[20000];
	FILE *file = fopen(path, "r");
	size_t n;

	assert_non_null(file);
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	fclose(file);
	return text;
}

static void
chosen_rows_become_a_file(void **state)
{
	struct session *s = shop();
	int64_t ids[3], rows = -1;
	struct export_options opt = { .ids = ids, .nids = 3 };
	const char *path = fixture_path("chosen.csv"), *text;

	(void)state;
	assert_int_equal(order_by_no(s, "700100", &ids[0]), 0);
	ids[1] = 999999; /* gone: left out */
	assert_int_equal(order_by_no(s, "4119203366520877702", &ids[2]), 0);
	assert_int_equal(export_run(s, "orders", path, &opt, &rows), 0);
	assert_int_equal(rows, 2);
	text = file_text(path);
	assert_non_null(strstr(text, "\n700100,"));
	assert_true(strstr(text, "700100") < strstr(text, "520877702"));
	assert_null(strstr(text, "520877703"));
	opt.nids = 0; /* none is not all */
	assert_int_equal(export_run(s, "orders", path, &opt, &rows), 0);
	assert_int_equal(rows, 0);
	opt.nids = 1;
	fixture_role(s, "clerk");
	if (!session_may(s, PERM_EXPORT))
		assert_int_equal(
		    export_run(s, "orders", path, &opt, &rows), ERR_DENIED);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_parcel_is_found_by_its_numbers),
		cmocka_unit_test(finding_parcels_survives_every_failure),
		cmocka_unit_test(chosen_rows_become_a_file),
	};

	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
