/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

#include "zone_priv.h"

/* The years 1 to 9999: what can be written with four digits. */
#define TIME_MIN (-INT64_C(62135596800))
#define TIME_MAX INT64_C(253402300799)

static int64_t
clamp(int64_t t)
{
	return t < TIME_MIN ? TIME_MIN : t > TIME_MAX ? TIME_MAX : t;
}

static int64_t travelled_to; /* 0: nowhere */

void
time_travel(int64_t to)
{
	travelled_to = to;
}

int64_t
time_now(void)
{
	const char *fixed = getenv("SHOPMGR_NOW");
	struct timespec now;
	int64_t t;
	char *end;

	if (travelled_to != 0)
		return travelled_to;
	if (fixed != NULL && fixed[0] != '\0') {
		t = strtoll(fixed, &end, 10);
		if (*end == '\0')
			return clamp(t);
		if (time_parse(fixed, &t) == 0)
			return t;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}

int64_t
time_ticks(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

struct civil {
	int year, month, day, hour, minute, second;
};

static bool
is_date(int year, int month, int day)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return year >= 1900 && year <= 9999 && month >= 1 && month <= 12 &&
	       day >= 1 && day <= days[month - 1] + (leap && month == 2);
}

static bool
is_civil(const struct civil *c)
{
	return is_date(c->year, c->month, c->day) && c->hour < 24 &&
	       c->minute < 60 && c->second < 60;
}

static int64_t
seconds_of(const struct civil *c)
{
	return days_of(c->year, c->month, c->day) * DAY + c->hour * 3600 +
	       c->minute * 60 + c->second;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
two(const char *s)
{
	return (s[0] - '0') * 10 + (s[1] - '0');
}

/* Exactly "2024-05-28 09:12:33"; nearly every time there is. */
static bool
parse_common(const char *s, struct civil *c)
{
	static const char form[] = "dddd-dd-dd dd:dd:dd";
	size_t i;

	for (i = 0; i < sizeof(form); i++)
		if (form[i] == 'd' ? !is_digit(s[i]) : s[i] != form[i])
			return false;
	c->year = two(s) * 100 + two(s + 2);
	c->month = two(s + 5);
	c->day = two(s + 8);
	c->hour = two(s + 11);
	c->minute = two(s + 14);
	c->second = two(s + 17);
	return true;
}

static void
skip_blanks(const char **s)
{
	for (;;) {
		if (**s == ' ' || (**s >= '\t' && **s <= '\r'))
			(*s)++;
		else if (strncmp(*s, "\u3000", 3) == 0)
			*s += 3;
		else
			return;
	}
}

/* A number of @min to @max digits. */
static bool
take_digits(const char **s, int min, int max, int *out)
{
	int n, v = 0;

	for (n = 0; n < max && is_digit(**s); n++, (*s)++)
		v = v * 10 + (**s - '0');
	*out = v;
	return n >= min && !is_digit(**s);
}

static bool
take(const char **s, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*s, word, n) != 0)
		return false;
	*s += n;
	return true;
}

/* "2024-05-28", "2024/5/28", "2024.5.28", "2024年5月28日" */
static bool
take_date(const char **s, struct civil *c)
{
	char sep[2] = "";

	if (!take_digits(s, 4, 4, &c->year))
		return false;
	if (take(s, "年"))
		return take_digits(s, 1, 2, &c->month) && take(s, "月") &&
		       take_digits(s, 1, 2, &c->day) && take(s, "日");
	if (**s != '-' && **s != '/' && **s != '.')
		return false;
	sep[0] = *(*s)++;
	return take_digits(s, 1, 2, &c->month) && take(s, sep) &&
	       take_digits(s, 1, 2, &c->day);
}

/* "9:12", "09:12:33", "09:12:33.123" */
static bool
take_clock(const char **s, struct civil *c)
{
	if (!take_digits(s, 1, 2, &c->hour) || !take(s, ":") ||
	    !take_digits(s, 2, 2, &c->minute))
		return false;
	if (!take(s, ":"))
		return true;
	if (!take_digits(s, 2, 2, &c->second))
		return false;
	if (!take(s, "."))
		return true;
	if (!is_digit(**s))
		return false;
	while (is_digit(**s))
		(*s)++;
	return true;
}

/* "Z", "+08:00", "-0700": seconds east. */
static bool
take_offset(const char **s, int64_t *out)
{
	int hours, minutes, east;

	if (take(s, "Z")) {
		*out = 0;
		return true;
	}
	east = **s == '-' ? -1 : 1;
	(*s)++;
	if (!is_digit((*s)[0]) || !is_digit((*s)[1]))
		return false;
	hours = two(*s);
	*s += 2;
	take(s, ":");
	if (!take_digits(s, 2, 2, &minutes) || hours > 15 || minutes > 59)
		return false;
	*out = east * (hours * 3600 + minutes * 60);
	return true;
}

static int
parse_any(const char *s, int64_t *t)
{
	struct civil c = { 0 };
	bool has_offset = false;
	int64_t east = 0, v;

	if (!take_date(&s, &c))
		return ERR_INVALID;
	if (*s == 'T' && is_digit(s[1]))
		s++;
	else
		skip_blanks(&s);
	if (*s != '\0') {
		if (!take_clock(&s, &c))
			return ERR_INVALID;
		skip_blanks(&s);
		has_offset = *s == 'Z' || *s == '+' || *s == '-';
		if (has_offset && !take_offset(&s, &east))
			return ERR_INVALID;
		skip_blanks(&s);
	}
	if (*s != '\0' || !is_civil(&c))
		return ERR_INVALID;
	v = seconds_of(&c);
	*t = has_offset ? v - east : zone_from_local(v);
	return 0;
}

/*
 * "43272.94": days since the last but one of 1899, as spreadsheets count.
 * Between 1970 and 2200 only, for most bare numbers are no times.
 */
static int
parse_serial(const char *s, int64_t *t)
{
	int64_t part = 0, scale = 1;
	int days;

	if (!take_digits(&s, 5, 6, &days) || days < 25569 || days > 109575)
		return ERR_INVALID;
	if (take(&s, ".")) {
		if (!is_digit(*s))
			return ERR_INVALID;
		for (; is_digit(*s); s++) {
			if (scale < INT64_C(1000000000000)) {
				part = part * 10 + (*s - '0');
				scale *= 10;
			}
		}
	}
	skip_blanks(&s);
	if (*s != '\0')
		return ERR_INVALID;
	part = (part * DAY + scale / 2) / scale;
	*t = zone_from_local((days - 25569) * DAY + part);
	return 0;
}

int
time_parse(const char *s, int64_t *t)
{
	struct civil c;

	if (parse_common(s, &c) && is_civil(&c)) {
		*t = zone_from_local(seconds_of(&c));
		return 0;
	}
	skip_blanks(&s);
	return parse_serial(s, t) == 0 ? 0 : parse_any(s, t);
}

static void
put_digits(char *p, int n, int v)
{
	while (n-- > 0) {
		p[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

/* "2024-05-28" */
static void
put_date(char *p, int64_t day)
{
	int y, m, d;

	date_of(day, &y, &m, &d);
	put_digits(p, 4, y);
	p[4] = '-';
	put_digits(p + 5, 2, m);
	p[7] = '-';
	put_digits(p + 8, 2, d);
	p[10] = '\0';
}

/* "2024-05-28 09:12:33" */
static void
put_full(char *p, int64_t local)
{
	int64_t day = floor_div(local, DAY);
	int sec = (int)(local - day * DAY);

	put_date(p, day);
	p[10] = ' ';
	put_digits(p + 11, 2, sec / 3600);
	p[13] = ':';
	put_digits(p + 14, 2, sec / 60 % 60);
	p[16] = ':';
	put_digits(p + 17, 2, sec % 60);
	p[19] = '\0';
}

static int64_t
to_local(int64_t t)
{
	t = clamp(t);
	return clamp(t + zone_offset(t));
}

char *
time_full(int64_t t, char buf[TIME_SIZE])
{
	if (t == 0)
		buf[0] = '\0';
	else
		put_full(buf, to_local(t));
	return buf;
}

char *
time_iso(int64_t t, char buf[TIME_SIZE])
{
	int64_t east;

	if (t == 0) {
		buf[0] = '\0';
		return buf;
	}
	east = zone_offset(clamp(t));
	put_full(buf, to_local(t));
	buf[10] = 'T';
	buf[19] = east < 0 ? '-' : '+';
	east = (east < 0 ? -east : east) / 60;
	put_digits(buf + 20, 2, (int)(east / 60));
	buf[22] = ':';
	put_digits(buf + 23, 2, (int)(east % 60));
	buf[25] = '\0';
	return buf;
}

char *
time_short(int64_t t, int64_t now, char buf[TIME_SIZE])
{
	char full[TIME_SIZE], today[TIME_SIZE];
	int64_t days;

	buf[0] = '\0';
	if (t == 0)
		return buf;
	put_full(full, to_local(t));
	put_full(today, to_local(now));
	days = time_day(now) - time_day(t);
	if (days == 0)
		snprintf(buf, TIME_SIZE, "%.5s", full + 11);
	else if (days == 1)
		snprintf(buf, TIME_SIZE, "%.24s", _("yesterday"));
	else if (strncmp(full, today, 5) == 0)
		snprintf(buf, TIME_SIZE, "%.5s", full + 5);
	else
		snprintf(buf, TIME_SIZE, "%.10s", full);
	return buf;
}

char *
time_span(int64_t seconds, char buf[TIME_SIZE])
{
	int64_t s = seconds < -INT64_MAX ? INT64_MAX : llabs(seconds);

	if (s < 60)
		snprintf(buf, TIME_SIZE, _("%d s"), (int)s);
	else if (s < 3600)
		snprintf(buf, TIME_SIZE, _("%d min"), (int)(s / 60));
	else if (s < 2 * DAY)
		snprintf(buf, TIME_SIZE, _("%d h"), (int)(s / 3600));
	else if (s / DAY < INT_MAX)
		snprintf(buf, TIME_SIZE, _("%d d"), (int)(s / DAY));
	else
		snprintf(buf, TIME_SIZE, _("%d d"), INT_MAX);
	return buf;
}

char *
time_apart(int64_t a, int64_t b, char buf[TIME_SIZE])
{
	int64_t far = a < b ? b - a : a - b;

	if (far >= 2 * DAY)
		far = llabs(time_day(a) - time_day(b)) * DAY;
	return time_span(far, buf);
}

int64_t
time_day(int64_t t)
{
	return floor_div(to_local(t), DAY);
}

static int64_t
clamp_day(int64_t day)
{
	if (day < TIME_MIN / DAY)
		return TIME_MIN / DAY;
	return day > TIME_MAX / DAY ? TIME_MAX / DAY : day;
}

int64_t
day_start(int64_t day)
{
	return zone_from_local(clamp_day(day) * DAY);
}

char *
day_text(int64_t day, char buf[TIME_SIZE])
{
	put_date(buf, clamp_day(day));
	return buf;
}
