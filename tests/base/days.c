/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

/* Days as people type them. */

#define N(a) (sizeof(a) / sizeof((a)[0]))

struct want {
	const char *today, *typed, *day; /* day NULL: refused */
};

static int64_t
day_of(const char *text)
{
	int64_t t;

	assert_int_equal(time_parse(text, &t), 0);
	return time_day(t);
}

static void
check(const struct want *want, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct want *w = &want[i];
		int64_t day = 0;
		char got[TIME_SIZE] = "";
		int rc = day_parse(w->typed, day_of(w->today), &day);

		if (rc == 0)
			day_text(day, got);
		if (strcmp(got, w->day != NULL ? w->day : "") != 0)
			fail_msg("\"%s\" on %s: %s, not %s", w->typed, w->today,
			    got, w->day != NULL ? w->day : "refused");
	}
}

/* 22 November 2026 is a Sunday. */
#define SUN "2026-11-22"

static void
dates_and_parts_of_dates(void **state)
{
	static const struct want want[] = {
		{ SUN, "2026-11-30", "2026-11-30" },
		{ SUN, "2026/1/5", "2026-01-05" },
		{ SUN, "2026.1.5", "2026-01-05" },
		{ SUN, "20270105", "2027-01-05" },
		{ SUN, "2026年11月30日", "2026-11-30" },
		{ SUN, "2026年11月30", "2026-11-30" },
		{ SUN, "２０２６－１１－３０", "2026-11-30" },
		{ SUN, " 11-30 ", "2026-11-30" },
		{ SUN, "11/30", "2026-11-30" },
		{ SUN, "11.30", "2026-11-30" },
		{ SUN, "11月30日", "2026-11-30" },
		{ SUN, "11月30号", "2026-11-30" },
		{ SUN, "11-22", "2026-11-22" },
		{ SUN, "11-21", "2027-11-21" },
		{ SUN, "1-5", "2027-01-05" },
		{ SUN, "30", "2026-11-30" },
		{ SUN, "30号", "2026-11-30" },
		{ SUN, "22", "2026-11-22" },
		{ SUN, "21", "2026-12-21" },
		{ SUN, "31", "2026-12-31" },
		{ "2026-12-31", "1", "2027-01-01" },
		{ "2027-01-31", "30", "2027-03-30" },
		/* The next 29th of February may be far. */
		{ SUN, "2-29", "2028-02-29" },
		{ "2097-01-01", "2-29", "2104-02-29" },
		{ "2028-02-29", "2-29", "2028-02-29" },
		{ SUN, "2028-02-29", "2028-02-29" },
		{ SUN, "2027-02-29", NULL },
		{ SUN, "2100-02-29", NULL },
		{ SUN, "2-30", NULL },
		{ SUN, "13-1", NULL },
		{ SUN, "0-1", NULL },
		{ SUN, "0", NULL },
		{ SUN, "32", NULL },
		{ SUN, "2026-11", NULL },
		{ SUN, "2026-11/30", NULL },
		{ SUN, "1899-12-31", NULL },
		{ SUN, "9999-12-31", "9999-12-31" },
		{ SUN, "", NULL },
		{ SUN, " ", NULL },
		{ SUN, "soon", NULL },
		{ SUN, "11-30 x", NULL },
		{ SUN, "2026-11-30 12:00", NULL },
	};

	(void)state;
	check(want, N(want));
}

static void
days_from_today(void **state)
{
	static const struct want want[] = {
		{ SUN, "today", SUN },
		{ SUN, "Today", SUN },
		{ SUN, "tomorrow", "2026-11-23" },
		{ SUN, "yesterday", "2026-11-21" },
		{ SUN, "今天", SUN },
		{ SUN, "明天", "2026-11-23" },
		{ SUN, "后天", "2026-11-24" },
		{ SUN, "大后天", "2026-11-25" },
		{ SUN, "昨天", "2026-11-21" },
		{ SUN, "前天", "2026-11-20" },
		{ SUN, "+3", "2026-11-25" },
		{ SUN, "+ 3", "2026-11-25" },
		{ SUN, "＋３", "2026-11-25" },
		{ SUN, "-7", "2026-11-15" },
		{ SUN, "+0", SUN },
		{ SUN, "+3d", "2026-11-25" },
		{ SUN, "+2w", "2026-12-06" },
		{ SUN, "-1w", "2026-11-15" },
		{ SUN, "+1m", "2026-12-22" },
		{ SUN, "+2m", "2027-01-22" },
		{ SUN, "-11m", "2025-12-22" },
		{ SUN, "+1y", "2027-11-22" },
		{ SUN, "3天后", "2026-11-25" },
		{ SUN, "3 天后", "2026-11-25" },
		{ SUN, "三天后", "2026-11-25" },
		{ SUN, "3天以后", "2026-11-25" },
		{ SUN, "3天前", "2026-11-19" },
		{ SUN, "两周后", "2026-12-06" },
		{ SUN, "1个月后", "2026-12-22" },
		{ SUN, "1年后", "2027-11-22" },
		{ "2026-12-31", "+1", "2027-01-01" },
		{ "2027-01-01", "-1", "2026-12-31" },
		{ "2028-02-28", "+1", "2028-02-29" },
		{ "2026-02-28", "+1", "2026-03-01" },
		/* Months end where the month ends. */
		{ "2026-01-31", "+1m", "2026-02-28" },
		{ "2028-01-31", "+1m", "2028-02-29" },
		{ "2026-12-31", "+2m", "2027-02-28" },
		{ "2026-03-31", "-1m", "2026-02-28" },
		{ "2028-02-29", "+1y", "2029-02-28" },
		{ "2028-02-29", "+4y", "2032-02-29" },
		{ SUN, "+99999", "2300-09-06" },
		{ SUN, "+100000", NULL },
		{ SUN, "+99999y", NULL },
		{ SUN, "-99999m", NULL },
		{ SUN, "-99999", NULL },
		{ SUN, "+", NULL },
		{ SUN, "+x", NULL },
		{ SUN, "+3x", NULL },
		{ SUN, "3天", NULL },
		{ SUN, "天后", NULL },
	};

	(void)state;
	check(want, N(want));
}

static void
days_of_the_week(void **state)
{
	static const struct want want[] = {
		{ SUN, "sun", SUN },
		{ SUN, "fri", "2026-11-27" },
		{ SUN, "Friday", "2026-11-27" },
		{ SUN, "mon", "2026-11-23" },
		{ SUN, "周五", "2026-11-27" },
		{ SUN, "星期五", "2026-11-27" },
		{ SUN, "礼拜五", "2026-11-27" },
		{ SUN, "周日", SUN },
		{ SUN, "周天", SUN },
		{ SUN, "周5", "2026-11-27" },
		{ "2026-11-25", "fri", "2026-11-27" },
		{ "2026-11-25", "tue", "2026-12-01" },
		/* Weeks begin on Monday. */
		{ "2026-11-25", "next fri", "2026-12-04" },
		{ "2026-11-25", "下周五", "2026-12-04" },
		{ "2026-11-25", "下个星期五", "2026-12-04" },
		{ "2026-11-25", "本周一", "2026-11-23" },
		{ "2026-11-25", "this mon", "2026-11-23" },
		{ "2026-11-25", "上周日", SUN },
		{ "2026-11-25", "last fri", "2026-11-20" },
		{ SUN, "下周五", "2026-11-27" },
		{ SUN, "next fri", "2026-11-27" },
		{ "2026-12-30", "下周一", "2027-01-04" },
		{ SUN, "月底", "2026-11-30" },
		{ SUN, "month end", "2026-11-30" },
		{ SUN, "下月底", "2026-12-31" },
		{ "2026-12-31", "下月底", "2027-01-31" },
		{ "2028-01-31", "下个月底", "2028-02-29" },
		{ "2028-02-01", "月底", "2028-02-29" },
		{ SUN, "年底", "2026-12-31" },
		{ SUN, "fr", NULL },
		{ SUN, "frx", NULL },
		{ SUN, "fri x", NULL },
		{ SUN, "周八", NULL },
		{ SUN, "周", NULL },
		{ SUN, "下周", NULL },
		{ SUN, "next", NULL },
	};

	(void)state;
	check(want, N(want));
}

/* Over twelve years, day by day: what each word means of it. */
static void
every_day_has_its_neighbours(void **state)
{
	int64_t today = day_of("2024-01-01"), last = day_of("2036-01-01");

	(void)state;
	for (; today < last; today++) {
		char text[TIME_SIZE], end[TIME_SIZE];
		int64_t day;
		int n = (int)(today % 31) + 1;

		assert_int_equal(day_parse(day_text(today, text), 0, &day), 0);
		assert_int_equal(day, today);
		assert_int_equal(day_parse(text + 5, today, &day), 0);
		assert_int_equal(day, today);
		assert_int_equal(day_parse("周三", today, &day), 0);
		assert_in_range(day, today, today + 6);
		assert_int_equal(((day + 3) % 7 + 7) % 7, 2);
		assert_int_equal(day_parse("下周三", today, &day), 0);
		assert_in_range(day, today + 1, today + 13);
		assert_int_equal(day_parse("月底", today, &day), 0);
		assert_in_range(day, today, today + 30);
		day_text(day + 1, end);
		assert_string_equal(end + 8, "01");
		snprintf(text, sizeof(text), "%d", n);
		assert_int_equal(day_parse(text, today, &day), 0);
		assert_in_range(day, today, today + 61);
		assert_int_equal(day_parse("+1m", today, &day), 0);
		assert_in_range(day, today + 28, today + 31);
		assert_int_equal(day_parse("-1m", today, &day), 0);
		assert_in_range(day, today - 31, today - 28);
	}
}

static void
a_day_is_told_with_its_distance(void **state)
{
	int64_t today = day_of(SUN);
	char buf[64];

	(void)state;
	i18n_init("en");
	assert_string_equal(day_about(today + 8, today, buf, sizeof(buf)),
	    "2026-11-30 Mon · in 8 d");
	assert_string_equal(day_about(today, today, buf, sizeof(buf)),
	    "2026-11-22 Sun · today");
	assert_string_equal(day_about(today - 2, today, buf, sizeof(buf)),
	    "2026-11-20 Fri · 2 d ago");
	assert_string_equal(day_about(today + 2000000, today, buf, sizeof(buf)),
	    "7502-09-16 Tue");
	i18n_init("zh_CN");
	assert_string_equal(day_about(today + 8, today, buf, sizeof(buf)),
	    "2026-11-30 周一 · 8 天后");
	assert_string_equal(day_about(today, today, buf, sizeof(buf)),
	    "2026-11-22 周日 · 今天");
	assert_string_equal(day_about(today - 2, today, buf, sizeof(buf)),
	    "2026-11-20 周五 · 2 天前");
	i18n_init("en");
}

/* What is past is looked for among the days there were. */
static void
a_day_of_the_past_is_the_last_such(void **state)
{
	static const struct {
		const char *typed, *past;
	} days[] = {
		{ "2027-12-31", "2027-12-31" }, /* the year was meant */
		{ "2026-11-23", "2026-11-23" },
		{ "2025-01-01", "2025-01-01" },
		{ "today", "2026-11-22" },
		{ "mon", "2026-11-16" },
		{ "sun", "2026-11-22" },
		{ "+8", "2025-11-30" },
		{ "11-01", "2026-11-01" },
		{ "12-31", "2025-12-31" },
	};
	int64_t today = day_of("2026-11-22"), day;
	char got[TIME_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < N(days); i++) {
		assert_int_equal(day_parse_past(days[i].typed, today, &day), 0);
		assert_string_equal(day_text(day, got), days[i].past);
	}
	/* A leap day has none the year before. */
	assert_int_equal(day_parse_past("2-29", day_of("2027-11-22"), &day), 0);
	assert_string_equal(day_text(day, got), "2027-03-01");
	assert_true(day_parse_past("some day", today, &day) < 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_and_parts_of_dates),
		cmocka_unit_test(days_from_today),
		cmocka_unit_test(days_of_the_week),
		cmocka_unit_test(every_day_has_its_neighbours),
		cmocka_unit_test(a_day_is_told_with_its_distance),
		cmocka_unit_test(a_day_of_the_past_is_the_last_such),
	};

	if (time_zone_set("Asia/Shanghai") < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
