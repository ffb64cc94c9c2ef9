/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

#include "typed_priv.h"
#include "zone_priv.h"

/* Days as people say them. */

#define TYPED_MAX  64
#define FIRST_YEAR 1900
#define LAST_YEAR  9999
#define N(a)       (sizeof(a) / sizeof((a)[0]))

static int
month_days(int64_t year, int month)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (leap && month == 2);
}

static bool
date(int64_t year, int month, int day, int64_t *out)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 ||
	    day < 1 || day > month_days(year, month))
		return false;
	*out = days_of(year, month, day);
	return true;
}

/* Monday is 0. */
static int
weekday(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7);
}

/* So many months on; the day is the last of a month that is too short. */
static bool
months_on(int64_t from, int64_t months, int64_t *out)
{
	int year, month, day;
	int64_t n, y;

	date_of(from, &year, &month, &day);
	n = (int64_t)year * 12 + month - 1 + months;
	y = floor_div(n, 12);
	month = (int)(n - y * 12) + 1;
	if (y < FIRST_YEAR || y > LAST_YEAR)
		return false;
	if (day > month_days(y, month))
		day = month_days(y, month);
	return date(y, month, day, out);
}

static bool
month_end(int64_t from, int months, int64_t *out)
{
	int year, month, day;

	if (!months_on(from, months, out))
		return false;
	date_of(*out, &year, &month, &day);
	return date(year, month, month_days(year, month), out);
}

static bool
in_range(int64_t day)
{
	return day >= days_of(FIRST_YEAR, 1, 1) &&
	       day <= days_of(LAST_YEAR, 12, 31);
}

/* Steps over a word, and the blanks behind it. */
static bool
take(const char **s, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*s, word, n) != 0)
		return false;
	*s += n;
	*s += strspn(*s, " ");
	return true;
}

/* One to @max digits. */
static bool
take_number(const char **s, int max, int *out)
{
	int n = 0, v = 0;

	while (n < max && **s >= '0' && **s <= '9') {
		v = v * 10 + *(*s)++ - '0';
		n++;
	}
	*out = v;
	return n > 0 && !(**s >= '0' && **s <= '9');
}

/* Whole dates and parts of one */

static bool
take_separator(const char **s, char *sep)
{
	if (*sep == '\0' && **s != '\0' && strchr("-/.", **s) != NULL)
		*sep = **s;
	if (*sep == '\0' || **s != *sep)
		return false;
	(*s)++;
	return true;
}

/* "11-30", "11/30", "11月30日": the next one to come. */
static bool
month_and_day(const char *s, int64_t today, int64_t *out)
{
	int year, month, day, now, i;
	char sep = '\0';

	if (!take_number(&s, 2, &month))
		return false;
	if (!take(&s, "月") && !take_separator(&s, &sep))
		return false;
	if (!take_number(&s, 2, &day))
		return false;
	if (sep == '\0' && !take(&s, "日"))
		take(&s, "号");
	if (*s != '\0')
		return false;
	date_of(today, &now, &i, &i);
	/* The 29th of February may be eight years off. */
	for (year = now; year <= now + 8; year++)
		if (date(year, month, day, out) && *out >= today)
			return true;
	return false;
}

/* "2026-11-30", "2026年11月30日", "20261130" */
static bool
whole_date(const char *s, int64_t *out)
{
	int year, month, day;
	char sep = '\0';

	if (strspn(s, "0123456789") == 8 && take_number(&s, 8, &year))
		return *s == '\0' &&
		       date(year / 10000, year / 100 % 100, year % 100, out);
	if (!take_number(&s, 4, &year))
		return false;
	if (take(&s, "年")) {
		if (!take_number(&s, 2, &month) || !take(&s, "月") ||
		    !take_number(&s, 2, &day))
			return false;
		if (!take(&s, "日"))
			take(&s, "号");
	} else if (!take_separator(&s, &sep) || !take_number(&s, 2, &month) ||
		   !take_separator(&s, &sep) || !take_number(&s, 2, &day))
		return false;
	return *s == '\0' && date(year, month, day, out);
}

/* "30", "30号": the next one to come, in this month or a later one. */
static bool
day_of_month(const char *s, int64_t today, int64_t *out)
{
	int year, month, day, i;

	if (!take_number(&s, 2, &day))
		return false;
	if (!take(&s, "日"))
		take(&s, "号");
	if (*s != '\0')
		return false;
	date_of(today, &year, &month, &i);
	for (i = 0; i < 3; i++, month++) {
		if (month > 12) {
			month = 1;
			year++;
		}
		if (date(year, month, day, out) && *out >= today)
			return true;
	}
	return false;
}

/* So many days, weeks, months, years from today */

static bool
move(int64_t today, int64_t by, char unit, int64_t *out)
{
	switch (unit) {
	case 'd':
		*out = today + by;
		return true;
	case 'w':
		*out = today + by * 7;
		return true;
	case 'm':
		return months_on(today, by, out);
	default:
		return months_on(today, by * 12, out);
	}
}

/* "+3", "-7", "+2w", "+1m", "+1y" */
static bool
signed_distance(const char *s, int64_t today, int64_t *out)
{
	int sign = *s == '-' ? -1 : 1, n;
	char unit = 'd';

	if (*s != '+' && *s != '-')
		return false;
	s++;
	s += strspn(s, " ");
	if (!take_number(&s, 5, &n))
		return false;
	s += strspn(s, " ");
	if (*s != '\0' && strchr("dwmy", *s) != NULL)
		unit = *s++;
	return *s == '\0' && move(today, (int64_t)sign * n, unit, out);
}

static bool
take_count(const char **s, int *n)
{
	static const char *const words[] = { "一", "二", "三", "四", "五", "六",
		"七", "八", "九", "十" };
	size_t i;

	if (take_number(s, 5, n))
		return true;
	if (take(s, "两")) {
		*n = 2;
		return true;
	}
	for (i = 0; i < N(words); i++) {
		if (take(s, words[i])) {
			*n = (int)i + 1;
			return true;
		}
	}
	return false;
}

/* "3天后", "两周前", "1个月后" */
static bool
chinese_distance(const char *s, int64_t today, int64_t *out)
{
	static const struct {
		const char *word;
		char unit;
	} units[] = { { "天", 'd' }, { "日", 'd' }, { "周", 'w' },
		{ "星期", 'w' }, { "礼拜", 'w' }, { "月", 'm' },
		{ "年", 'y' } };
	size_t i;
	int n;

	if (!take_count(&s, &n))
		return false;
	s += strspn(s, " ");
	take(&s, "个");
	for (i = 0; i < N(units) && !take(&s, units[i].word); i++)
		;
	if (i == N(units))
		return false;
	if (!take(&s, "以"))
		take(&s, "之");
	if (strcmp(s, "前") == 0)
		n = -n;
	else if (strcmp(s, "后") != 0)
		return false;
	return move(today, n, units[i].unit, out);
}

/* Days of the week */

static bool
take_english_day(const char **s, int *day)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday" };
	size_t len = strcspn(*s, " "), i;

	for (i = 0; i < N(names) && len >= 3; i++) {
		if (strncmp(*s, names[i], len) == 0) {
			*s += len;
			*day = (int)i;
			return true;
		}
	}
	return false;
}

static bool
take_chinese_day(const char **s, int *day)
{
	static const char *const weeks[] = { "周", "星期", "礼拜" };
	static const char *const names[] = { "一", "二", "三", "四", "五", "六",
		"日", "天", "1", "2", "3", "4", "5", "6", "7" };
	size_t i;

	for (i = 0; i < N(weeks) && !take(s, weeks[i]); i++)
		;
	if (i == N(weeks))
		return false;
	for (i = 0; i < N(names); i++) {
		if (!take(s, names[i]))
			continue;
		*day = i < 7 ? (int)i : i == 7 ? 6 : (int)i - 8;
		return true;
	}
	return false;
}

/*
 * "fri", "周五": the next one to come. With a word for the week it is the one
 * in that week, which begins on Monday, as the Chinese words mean it.
 */
static bool
day_of_week(const char *s, int64_t today, int64_t *out)
{
	static const struct {
		const char *word;
		int weeks;
	} which[] = { { "next ", 1 }, { "下个", 1 }, { "下", 1 },
		{ "this ", 0 }, { "本", 0 }, { "这", 0 }, { "last ", -1 },
		{ "上个", -1 }, { "上", -1 } };
	int64_t monday = today - weekday(today);
	int day;
	size_t i;

	for (i = 0; i < N(which) && !take(&s, which[i].word); i++)
		;
	if ((!take_english_day(&s, &day) && !take_chinese_day(&s, &day)) ||
	    *s != '\0')
		return false;
	if (i < N(which))
		*out = monday + (int64_t)which[i].weeks * 7 + day;
	else
		*out = today + (day - weekday(today) + 7) % 7;
	return true;
}

/* Words */

static bool
named_day(const char *s, int64_t today, int64_t *out)
{
	static const struct {
		const char *word;
		int days;
	} words[] = { { "today", 0 }, { "tomorrow", 1 }, { "yesterday", -1 },
		{ "今天", 0 }, { "今日", 0 }, { "明天", 1 }, { "明日", 1 },
		{ "后天", 2 }, { "大后天", 3 }, { "昨天", -1 }, { "昨日", -1 },
		{ "前天", -2 }, { "大前天", -3 } };
	static const struct {
		const char *word;
		int months;
	} ends[] = { { "月底", 0 }, { "本月底", 0 }, { "这个月底", 0 },
		{ "month end", 0 }, { "下月底", 1 }, { "下个月底", 1 },
		{ "next month end", 1 }, { "上月底", -1 }, { "上个月底", -1 } };
	int year, rest;
	size_t i;

	for (i = 0; i < N(words); i++) {
		if (strcmp(s, words[i].word) == 0) {
			*out = today + words[i].days;
			return true;
		}
	}
	for (i = 0; i < N(ends); i++) {
		if (strcmp(s, ends[i].word) == 0)
			return month_end(today, ends[i].months, out);
	}
	if (strcmp(s, "年底") != 0 && strcmp(s, "year end") != 0)
		return false;
	date_of(today, &year, &rest, &rest);
	return date(year, 12, 31, out);
}

int
day_parse(const char *typed, int64_t today, int64_t *day)
{
	char text[TYPED_MAX];
	const char *s = text;
	int64_t out = 0;
	size_t n;

	if (!in_range(today) || !typed_plain(typed, text, sizeof(text)))
		return ERR_INVALID;
	s += strspn(s, " ");
	for (n = strlen(s); n > 0 && s[n - 1] == ' '; n--)
		text[s - text + (ptrdiff_t)n - 1] = '\0';
	if (!named_day(s, today, &out) && !signed_distance(s, today, &out) &&
	    !chinese_distance(s, today, &out) && !day_of_week(s, today, &out) &&
	    !whole_date(s, &out) && !month_and_day(s, today, &out) &&
	    !day_of_month(s, today, &out))
		return ERR_INVALID;
	if (!in_range(out))
		return ERR_INVALID;
	*day = out;
	return 0;
}

/* The last such day there was. */
static int64_t
last_such(int64_t day, int64_t today)
{
	char text[TIME_SIZE], before[TIME_SIZE];
	int64_t past = day - 365;

	if (day <= today)
		return day;
	if (day <= today + 7)
		return day - 7;
	day_text(day, text);
	snprintf(before, sizeof(before), "%ld%s", strtol(text, NULL, 10) - 1,
	    text + strcspn(text, "-"));
	/* The 29th of February has none. */
	return day_parse(before, today, &past) < 0 ? day - 365 : past;
}

int
day_parse_past(const char *typed, int64_t today, int64_t *day)
{
	int64_t out, another;
	int rc = day_parse(typed, today, &out);

	if (rc < 0)
		return rc;
	/* With its year it is the same whenever it is typed. */
	if (day_parse(typed, today - 2000, &another) < 0 || another != out)
		out = last_such(out, today);
	*day = out;
	return 0;
}

const char *
day_week(int64_t day)
{
	static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"),
		N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };

	return _(names[weekday(day)]);
}

char *
day_about(int64_t day, int64_t today, char *buf, size_t size)
{
	char date_[TIME_SIZE];
	int64_t off = day - today, far = off < 0 ? -off : off;

	day_text(day, date_);
	if (far > 99999)
		snprintf(buf, size, "%s %s", date_, day_week(day));
	else if (off == 0)
		snprintf(buf, size, _("%s %s · today"), date_, day_week(day));
	else if (off > 0)
		snprintf(buf, size, _("%s %s · in %d d"), date_, day_week(day),
		    (int)far);
	else
		snprintf(buf, size, _("%s %s · %d d ago"), date_, day_week(day),
		    (int)far);
	return buf;
}
