/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "shopmgr/base/time.h"

/* 2024-05-28 09:12:33 in Shanghai. */
#define THEN INT64_C(1716858753)

static int
set_zone(const char *name)
{
	return time_zone_set(name);
}

static void
times_are_read_as_platforms_write_them(void **state)
{
	static const struct {
		const char *text, *full;
	} cases[] = {
		{ "2024-05-28 09:12:33", "2024-05-28 09:12:33" },
		{ " 2024-05-28  09:12:33 ", "2024-05-28 09:12:33" },
		{ "\t2024-05-28 09:12:33", "2024-05-28 09:12:33" },
		{ "2016/5/23 22:02", "2016-05-23 22:02:00" },
		{ "2016-5-3 2:02", "2016-05-03 02:02:00" },
		{ "2024/5/30", "2024-05-30 00:00:00" },
		{ "2024.5.30", "2024-05-30 00:00:00" },
		{ "2024年5月30日", "2024-05-30 00:00:00" },
		{ "2024年05月30日 08:09:10", "2024-05-30 08:09:10" },
		{ "2024-02-29 23:59:59", "2024-02-29 23:59:59" },
		{ "2024-05-28 09:12:33.999", "2024-05-28 09:12:33" },
		{ "43272.94", "2018-06-21 22:33:36" },
		{ "43272", "2018-06-21 00:00:00" },
		{ "43272.999999", "2018-06-22 00:00:00" },
		{ "45440.383715277777", "2024-05-28 09:12:33" },
		{ "2025-03-20 05:20:57 -0700", "2025-03-20 20:20:57" },
		{ "2024-05-28T09:12:33+08:00", "2024-05-28 09:12:33" },
		{ "2024-05-28T01:12:33Z", "2024-05-28 09:12:33" },
		{ "2024-05-28T01:12:33.120Z", "2024-05-28 09:12:33" },
		{ "2024-05-28T09:12:33", "2024-05-28 09:12:33" },
		{ "2024-12-31 23:59:59 -0300", "2025-01-01 10:59:59" },
		{ "1900-01-01", "1900-01-01 00:00:00" },
		{ "9999-12-31 23:59:59", "9999-12-31 23:59:59" },
	};
	char buf[TIME_SIZE];
	int64_t t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		t = 0;
		if (time_parse(cases[i].text, &t) != 0)
			fail_msg("\"%s\" is refused", cases[i].text);
		assert_string_equal(time_full(t, buf), cases[i].full);
	}
	assert_int_equal(time_parse("2024-05-28 09:12:33", &t), 0);
	assert_int_equal(t, THEN);
}

static void
what_is_no_time_is_refused(void **state)
{
	static const char *const cases[] = { "", " ", "abc", "2024", "2024-05",
		"2024-13-01", "2024-00-01", "2024-01-00", "2024-02-30",
		"2023-02-29", "1900-02-29", "2024-04-31 00:00:00",
		"2024-05-28 24:00:00", "2024-05-28 09:60:00",
		"2024-05-28 09:12:60", "2024-05-28 09", "2024-05-28 9:1",
		"2024-05-28 09:12:33x", "2024-05-28 09:12:33 x",
		"2024-05-28 09:12:33 +8", "2024-05-28 09:12:33 +99:00",
		"2024-05/28", "0000-00-00 00:00:00", "1899-12-31", "5", "1000",
		"43272.", "43272.x", "43272.5.5", "9999999",
		"12345678901234567", "-43272", "2024年5月30", "2024-05-28T",
		"2024-05-28 09:12:33.", "28-05-2024", "5/28/2024",
		"2024-05-28 09:12:3\xff", "２０２４-05-28" };
	int64_t t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		t = 77;
		if (time_parse(cases[i], &t) != ERR_INVALID || t != 77)
			fail_msg(
			    "\"%s\" is read as %lld", cases[i], (long long)t);
	}
}

/* Every zone against the C library's own, over the hours of many years. */
static void
agree_with_mktime(const char *zone, int64_t step)
{
	char buf[TIME_SIZE], own[TIME_SIZE];
	int64_t t, back;
	struct tm tm;
	time_t at;

	assert_int_equal(set_zone(zone), 0);
	for (t = -INT64_C(2000000000); t < INT64_C(4000000000); t += step) {
		at = (time_t)t;
		assert_non_null(localtime_r(&at, &tm));
		if (t == 0)
			continue;
		snprintf(own, sizeof(own), "%04d-%02d-%02d %02d:%02d:%02d",
		    (tm.tm_year + 1900) % 10000, (tm.tm_mon + 1) % 100,
		    tm.tm_mday % 100, tm.tm_hour % 100, tm.tm_min % 100,
		    tm.tm_sec % 100);
		assert_string_equal(time_full(t, buf), own);
		assert_int_equal(time_parse(own, &back), 0);
		/* What comes twice is the first of the two. */
		if (back != t) {
			assert_true(back < t);
			assert_string_equal(time_full(back, buf), own);
		}
	}
}

static void
zones_with_summer_time_are_right(void **state)
{
	(void)state;
	agree_with_mktime("Europe/Berlin", 7 * 3600 + 1);
	agree_with_mktime("America/New_York", 11 * 3600 + 7);
	agree_with_mktime("Australia/Lord_Howe", 13 * 3600 + 11);
	agree_with_mktime("Asia/Shanghai", 5 * 3600 + 3);
	agree_with_mktime("UTC", 99999);
	agree_with_mktime("Pacific/Apia", 17 * 3600 + 1);
}

static void
hours_that_come_twice_or_not_at_all(void **state)
{
	int64_t before, twice, after, gap;
	char buf[TIME_SIZE];

	(void)state;
	assert_int_equal(set_zone("Europe/Berlin"), 0);
	assert_int_equal(time_parse("2024-10-27 01:30:00", &before), 0);
	assert_int_equal(time_parse("2024-10-27 02:30:00", &twice), 0);
	assert_int_equal(time_parse("2024-10-27 03:30:00", &after), 0);
	assert_int_equal(twice - before, 3600);
	assert_int_equal(after - twice, 7200);
	assert_int_equal(time_parse("2024-03-31 02:30:00", &gap), 0);
	assert_string_equal(time_full(gap, buf), "2024-03-31 03:30:00");
	assert_string_equal(time_iso(gap, buf), "2024-03-31T03:30:00+02:00");
	assert_int_equal(set_zone("America/New_York"), 0);
	assert_string_equal(time_iso(THEN, buf), "2024-05-27T21:12:33-04:00");
	assert_int_equal(set_zone("Asia/Kolkata"), 0);
	assert_string_equal(time_iso(THEN, buf), "2024-05-28T06:42:33+05:30");
}

static void
unknown_zones_are_refused_and_change_nothing(void **state)
{
	static const char *const wrong[] = { "", "Asia/Atlantis", "/etc/passwd",
		"../../../etc/passwd", ":Asia/Tokyo", "Asia", "tzdata.zi",
		"CST-8" };
	char buf[TIME_SIZE];
	size_t i;

	(void)state;
	assert_int_equal(set_zone("Asia/Shanghai"), 0);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(time_zone_known(wrong[i]));
		assert_int_equal(time_zone_set(wrong[i]), ERR_INVALID);
	}
	assert_string_equal(time_full(THEN, buf), "2024-05-28 09:12:33");
}

static void
shanghai_is_there_without_tzdata(void **state)
{
	char buf[TIME_SIZE];

	(void)state;
	setenv("TZDIR", "/nowhere", 1);
	assert_true(time_zone_known("Asia/Shanghai"));
	assert_false(time_zone_known("Europe/Berlin"));
	assert_int_equal(set_zone("Asia/Shanghai"), 0);
	assert_string_equal(time_iso(THEN, buf), "2024-05-28T09:12:33+08:00");
	assert_int_equal(set_zone("UTC"), 0);
	assert_string_equal(time_iso(THEN, buf), "2024-05-28T01:12:33+00:00");
	unsetenv("TZDIR");
	assert_int_equal(set_zone("Asia/Shanghai"), 0);
}

static void
not_yet_is_no_text(void **state)
{
	char buf[TIME_SIZE];

	(void)state;
	assert_string_equal(time_full(0, buf), "");
	assert_string_equal(time_iso(0, buf), "");
	assert_string_equal(time_short(0, THEN, buf), "");
}

static void
lists_show_times_short(void **state)
{
	char buf[TIME_SIZE];
	int64_t now, t;

	(void)state;
	assert_int_equal(time_parse("2024-05-28 14:05:00", &now), 0);
	assert_int_equal(time_parse("2024-05-28 00:00:00", &t), 0);
	assert_string_equal(time_short(t, now, buf), "00:00");
	assert_string_equal(time_short(now + 9 * 3600, now, buf), "23:05");
	assert_string_equal(time_short(t - 1, now, buf), "yesterday");
	assert_string_equal(time_short(t - 86401, now, buf), "05-26");
	assert_string_equal(time_short(t + 86400, now, buf), "05-29");
	assert_int_equal(time_parse("2023-12-31 23:59:59", &t), 0);
	assert_string_equal(time_short(t, now, buf), "2023-12-31");
	/* Yesterday is yesterday, also across the new year. */
	assert_string_equal(time_short(t, t + 3600, buf), "yesterday");
}

static void
distances_are_in_one_unit(void **state)
{
	char buf[TIME_SIZE], about[64];
	int64_t a, b;

	(void)state;
	assert_string_equal(time_span(0, buf), "0 s");
	assert_string_equal(time_span(59, buf), "59 s");
	assert_string_equal(time_span(60, buf), "1 min");
	assert_string_equal(time_span(3599, buf), "59 min");
	assert_string_equal(time_span(7200, buf), "2 h");
	assert_string_equal(time_span(-7200, buf), "2 h");
	assert_string_equal(time_span(2 * 86400 - 1, buf), "47 h");
	assert_string_equal(time_span(3 * 86400, buf), "3 d");
	assert_string_equal(time_span(INT64_MAX, buf), "2147483647 d");
	/* What was to come on the 19th is 3 days late on the 22nd, at any
	 * hour, as the calendar has it. */
	assert_int_equal(time_parse("2026-11-19 23:59:59", &a), 0);
	assert_int_equal(time_parse("2026-11-22 00:00:00", &b), 0);
	assert_string_equal(time_apart(a, b, buf), "3 d");
	assert_string_equal(time_apart(b, a, buf), "3 d");
	assert_non_null(
	    strstr(day_about(time_day(a), time_day(b), about, sizeof(about)),
		"3 d ago"));
	assert_int_equal(time_parse("2026-11-21 00:00:01", &a), 0);
	assert_string_equal(time_apart(a, b, buf), "23 h");
	assert_string_equal(time_span(INT64_MIN, buf), "2147483647 d");
}

static void
days_are_the_shops(void **state)
{
	char buf[TIME_SIZE];
	int64_t day;

	(void)state;
	assert_int_equal(time_day(0), 0);
	assert_int_equal(time_day(16 * 3600 - 1), 0);
	assert_int_equal(time_day(16 * 3600), 1);
	assert_int_equal(time_day(-8 * 3600 - 1), -1);
	for (day = -30000; day < 80000; day += 7) {
		assert_int_equal(time_day(day_start(day)), day);
		assert_int_equal(time_day(day_start(day) - 1), day - 1);
	}
	assert_string_equal(day_text(time_day(THEN), buf), "2024-05-28");
	assert_string_equal(day_text(0, buf), "1970-01-01");
	assert_string_equal(day_text(-1, buf), "1969-12-31");
}

static void
times_out_of_reason_are_still_texts(void **state)
{
	char buf[TIME_SIZE];

	(void)state;
	assert_string_equal(time_full(INT64_MAX, buf), "9999-12-31 23:59:59");
	assert_int_equal(strlen(time_full(INT64_MIN, buf)), 19);
	assert_int_equal(strlen(time_iso(INT64_MIN, buf)), 25);
	assert_string_equal(day_text(INT64_MAX, buf), "9999-12-31");
	assert_string_equal(day_text(INT64_MIN, buf), "0001-01-01");
	assert_string_equal(time_short(INT64_MAX, THEN, buf), "9999-12-31");
	assert_true(day_start(INT64_MAX) > 0);
	assert_true(time_day(INT64_MAX) > 0);
}

static void
now_can_stand_still(void **state)
{
	int64_t real = (int64_t)time(NULL);

	(void)state;
	setenv("SHOPMGR_NOW", "1716858753", 1);
	assert_int_equal(time_now(), THEN);
	setenv("SHOPMGR_NOW", "2024-05-28 09:12:33", 1);
	assert_int_equal(time_now(), THEN);
	setenv("SHOPMGR_NOW", "soon", 1);
	assert_in_range(time_now(), real, real + 60);
	unsetenv("SHOPMGR_NOW");
	assert_in_range(time_now(), real, real + 60);
	assert_true(time_ticks() > 0);
}

/* The common form may not cost what mktime() does: a generous bound. */
static void
the_common_form_is_fast(void **state)
{
	char text[] = "2024-05-28 09:12:33";
	int64_t t, sum = 0, start = time_ticks();
	int i;

	(void)state;
	for (i = 0; i < 1000000; i++) {
		text[9] = (char)('0' + i % 9);
		text[8] = (char)('0' + i % 3);
		if (time_parse(text, &t) == 0)
			sum += t;
	}
	assert_true(sum > 0);
	assert_true(time_ticks() - start < INT64_C(2000000000));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read_as_platforms_write_them),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(zones_with_summer_time_are_right),
		cmocka_unit_test(hours_that_come_twice_or_not_at_all),
		cmocka_unit_test(unknown_zones_are_refused_and_change_nothing),
		cmocka_unit_test(shanghai_is_there_without_tzdata),
		cmocka_unit_test(not_yet_is_no_text),
		cmocka_unit_test(lists_show_times_short),
		cmocka_unit_test(distances_are_in_one_unit),
		cmocka_unit_test(days_are_the_shops),
		cmocka_unit_test(times_out_of_reason_are_still_texts),
		cmocka_unit_test(now_can_stand_still),
		cmocka_unit_test(the_common_form_is_fast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
