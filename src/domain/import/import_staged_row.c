/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"

#include "staged_priv.h"

/*
 * The values of a row that is kept: each is read by its type, and written as
 * the program writes it everywhere, so that the same said otherwise is the
 * same.
 */

#define ID_MOST     64
#define COUNT_MOST  INT64_C(100000000000)
#define NUMBER_MOST INT64_C(1000000000000) /* in ten-thousandths */
#define MONEY_MOST  INT64_C(1000000000000)
#define ONE         INT64_C(10000)

void
kept_bind(struct kept_row *row, const struct imp_file *f)
{
	size_t i;

	*row = (struct kept_row){ .file = f, .layout = f->kept };
	for (i = 0; i < KEPT_FIELDS; i++)
		row->v[i].s = "";
}

void
kept_refuse(
    struct job *j, const struct kept_row *row, int field, const char *fmt, ...)
{
	char reason[600];
	va_list ap;

	va_start(ap, fmt);
	format_text(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	reject_column(j, row->file, row->raw,
	    field < 0 ? "" : kept_header(row->file, (size_t)field), reason);
}

/* For a sentence: not too long, and cut at a whole character. */
static const char *
shown(struct job *j, struct slice v)
{
	char *buf = arena_alloc(&j->scratch, 64);

	copy_text(buf, 64, slice_text(&j->scratch, v));
	return buf;
}

static void
set(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	row->v[i] = slice_of(arena_strdup(&j->scratch, text));
}

/* One of noughts only has no digits that could be lost. */
static bool
is_round(const char *text, size_t n)
{
	size_t digits = n;

	while (digits > 0 && text[digits - 1] == '0')
		digits--;
	return strspn(text, "0123456789") == n && digits <= 11;
}

/* "T200P4119…": Alipay writes in front of an order's number whose it is. */
static size_t
alipay_prefix(const char *text)
{
	size_t n = text[0] == 'T' ? strspn(text + 1, "0123456789") + 1 : 0;

	return n > 1 && text[n] == 'P' ? n + 1 : 0;
}

static bool
read_id(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	struct slice v = row->v[i];
	const char *why = NULL;
	size_t skip = 0, n;

	if (row->layout->fields[i].type == KEPT_ORDER)
		skip = alipay_prefix(text);
	if (row->layout->fields[i].type == KEPT_WAYBILL &&
	    strncasecmp(text, "No:", 3) == 0)
		skip = 3;
	text += skip;
	n = strlen(text);
	/* Where it stands in the row tells how it was written. */
	if (!is_round(text, n))
		why = id_damage(j, row->file, row->raw,
		    (size_t)row->file->kept_at[i],
		    (struct slice){ v.s + skip, n });
	if (why != NULL) {
		kept_refuse(j, row, (int)i, "%s", why);
		return false;
	}
	if (n == 0 || n > ID_MOST ||
	    strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "abcdefghijklmnopqrstuvwxyz-_.|:/#*") != n) {
		kept_refuse(j, row, (int)i, _("\"%s\" is not a number of it"),
		    shown(j, row->v[i]));
		return false;
	}
	set(j, row, i, text);
	return true;
}

static bool
read_money(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	bool below = row->layout->fields[i].type == KEPT_AMOUNT;
	int64_t fen;
	char buf[MONEY_SIZE];

	if (money_parse(text, &fen) < 0 || fen > MONEY_MOST ||
	    fen < (below ? -MONEY_MOST : 0)) {
		kept_refuse(j, row, (int)i,
		    _("\"%s\" is not an amount of money"), shown(j, row->v[i]));
		return false;
	}
	row->n[i] = fen;
	set(j, row, i, money_plain(fen, buf));
	return true;
}

bool
number_read(const char *text, int64_t *n)
{
	int64_t v = 0, unit = ONE;
	bool point = false;
	size_t digits = 0;

	for (; *text != '\0'; text++) {
		if (*text == ',' && !point && digits > 0)
			continue;
		if (*text == '.' && !point) {
			point = true;
			continue;
		}
		if (!isdigit((unsigned char)*text))
			return false;
		if (point && unit == 1) {
			if (*text != '0')
				return false;
			continue;
		}
		v = v * 10 + (*text - '0');
		digits++;
		if (point)
			unit /= 10;
		if (v > NUMBER_MOST)
			return false;
	}
	*n = v * unit;
	return digits > 0 && *n <= NUMBER_MOST;
}

/* "1.5" of ten-thousandths, without noughts behind. */
static void
number_text(int64_t n, char buf[MONEY_SIZE])
{
	size_t len;

	snprintf(buf, MONEY_SIZE, "%" PRId64 ".%04" PRId64, n / ONE, n % ONE);
	len = strlen(buf);
	while (buf[len - 1] == '0')
		buf[--len] = '\0';
	if (buf[len - 1] == '.')
		buf[len - 1] = '\0';
}

/* The number before the unit @text ends with, if it is one of those. */
static const char *
before_unit(struct job *j, const char *text, const char *const *units)
{
	size_t n = strlen(text), len;

	for (; *units != NULL; units++) {
		len = strlen(*units);
		if (n <= len || strcasecmp(text + n - len, *units) != 0)
			continue;
		for (n -= len; n > 0 && text[n - 1] == ' '; n--)
			;
		return arena_strndup(&j->scratch, text, n);
	}
	return NULL;
}

static bool
read_count(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	static const char *const units[] = { "人", "次", "件", "个", NULL };
	const char *bare = before_unit(j, text, units);
	char buf[MONEY_SIZE];
	int64_t n;

	if (!number_read(bare != NULL ? bare : text, &n) || n % ONE != 0 ||
	    n / ONE > COUNT_MOST) {
		kept_refuse(j, row, (int)i, _("\"%s\" is not a whole number"),
		    shown(j, row->v[i]));
		return false;
	}
	row->n[i] = n / ONE;
	snprintf(buf, sizeof(buf), "%" PRId64, row->n[i]);
	set(j, row, i, buf);
	return true;
}

static bool
read_number(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	char buf[MONEY_SIZE];

	if (!number_read(text, &row->n[i])) {
		kept_refuse(j, row, (int)i, _("\"%s\" is not a number"),
		    shown(j, row->v[i]));
		return false;
	}
	number_text(row->n[i], buf);
	set(j, row, i, buf);
	return true;
}

static bool
read_weight(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	static const char *const kg[] = { "kg", "公斤", "千克", NULL };
	static const char *const gram[] = { "g", "克", NULL };
	bool grams = row->layout->fields[i].type == KEPT_GRAM;
	const char *bare = before_unit(j, text, kg);
	char buf[MONEY_SIZE];
	int64_t n;

	if (bare != NULL)
		grams = false;
	else if ((bare = before_unit(j, text, gram)) != NULL)
		grams = true;
	else
		bare = text;
	if (!number_read(bare, &n)) {
		kept_refuse(j, row, (int)i, _("\"%s\" is not a weight"),
		    shown(j, row->v[i]));
		return false;
	}
	/* A scale has no more than grams. */
	row->n[i] = grams ? (n + ONE / 2) / ONE : (n + 5) / 10;
	snprintf(buf, sizeof(buf), "%" PRId64, row->n[i]);
	set(j, row, i, buf);
	return true;
}

/* A share without its sign is one of 1. */
static bool
read_percent(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	static const char *const signs[] = { "%", "％", NULL };
	const char *bare = before_unit(j, text, signs);
	char buf[MONEY_SIZE];
	int64_t n;

	if (!number_read(bare != NULL ? bare : text, &n)) {
		kept_refuse(j, row, (int)i, _("\"%s\" is not a percentage"),
		    shown(j, row->v[i]));
		return false;
	}
	if (bare == NULL && n <= ONE)
		n *= 100;
	row->n[i] = n;
	number_text(n, buf);
	set(j, row, i, buf);
	return true;
}

/* "7小时41分52秒", "11秒", "2:30", "11.5": seconds in ten-thousandths. */
static bool
duration_read(struct job *j, const char *text, int64_t *out)
{
	static const struct {
		const char *word;
		int64_t seconds;
	} units[] = { { "天", 86400 }, { "小时", 3600 }, { "时", 3600 },
		{ "分钟", 60 }, { "分", 60 }, { "秒", 1 } };
	int64_t sum = 0, n, last = INT64_MAX;
	size_t len, k;

	if (strchr(text, ':') != NULL) {
		for (; *text != '\0'; text += text[0] == ':') {
			len = strcspn(text, ":");
			if (!number_read(
				arena_strndup(&j->scratch, text, len), &n) ||
			    sum > INT64_C(10000000000))
				return false;
			sum = sum * 60 + n;
			text += len;
		}
		*out = sum;
		return true;
	}
	if (number_read(text, out))
		return true;
	while (*text != '\0') {
		len = strspn(text, "0123456789.");
		if (!number_read(arena_strndup(&j->scratch, text, len), &n) ||
		    n > INT64_C(1000000000))
			return false;
		text += len;
		for (k = 0; k < 6; k++)
			if (strncmp(text, units[k].word,
				strlen(units[k].word)) == 0)
				break;
		if (k == 6 || units[k].seconds >= last)
			return false;
		last = units[k].seconds;
		sum += n * last;
		text += strlen(units[k].word);
	}
	*out = sum;
	return last != INT64_MAX;
}

/* "7.5", "7小时30分" */
static bool
read_hours(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	bool plain = number_read(text, &row->n[i]);
	char buf[MONEY_SIZE];

	if (!plain && !duration_read(j, text, &row->n[i])) {
		kept_refuse(j, row, (int)i, _("\"%s\" is not a length of time"),
		    shown(j, row->v[i]));
		return false;
	}
	if (!plain)
		row->n[i] = (row->n[i] + 1800) / 3600;
	number_text(row->n[i], buf);
	set(j, row, i, buf);
	return true;
}

static bool
read_duration(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	char buf[MONEY_SIZE];

	if (!duration_read(j, text, &row->n[i])) {
		kept_refuse(j, row, (int)i, _("\"%s\" is not a length of time"),
		    shown(j, row->v[i]));
		return false;
	}
	number_text(row->n[i], buf);
	set(j, row, i, buf);
	return true;
}

/* "20240528" too. */
static bool
day_read(struct job *j, const char *text, size_t n, int64_t *t)
{
	return file_time(&j->scratch, arena_strndup(&j->scratch, text, n), t);
}

static bool
bad_time(struct job *j, struct kept_row *row, size_t i)
{
	kept_refuse(j, row, (int)i,
	    _("\"%s\" is not a time as in 2026-11-30 14:00:00"),
	    shown(j, row->v[i]));
	return false;
}

static bool
read_time(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	char buf[TIME_SIZE];
	int64_t t;

	if (!day_read(j, text, strlen(text), &t))
		return bad_time(j, row, i);
	row->n[i] = t;
	set(j, row, i,
	    row->layout->fields[i].type == KEPT_TIME
		? time_full(t, buf)
		: day_text(time_day(t), buf));
	return true;
}

/* "2024-05-01 ~ 2024-05-07" is kept as "2024-05-01..2024-05-07". */
static bool
read_period(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	static const char *const seps[] = { "~", "～", "至", "..", " - " };
	char from[TIME_SIZE], until[TIME_SIZE];
	const char *at = NULL, *to;
	int64_t a, b;
	size_t k, n;

	for (k = 0; k < 5 && at == NULL; k++)
		at = strstr(text, seps[k]);
	if (at == NULL)
		return read_time(j, row, i, text);
	to = at + strlen(seps[k - 1]);
	to += strspn(to, " ");
	for (n = (size_t)(at - text); n > 0 && text[n - 1] == ' '; n--)
		;
	if (!day_read(j, text, n, &a) || !day_read(j, to, strlen(to), &b) ||
	    b < a)
		return bad_time(j, row, i);
	row->n[i] = a;
	day_text(time_day(a), from);
	day_text(time_day(b), until);
	set(j, row, i,
	    time_day(a) == time_day(b)
		? from
		: arena_printf(&j->scratch, "%s..%s", from, until));
	return true;
}

static bool
read_refund(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	static const char *const names[] = { "asked", "back", "taken_back" };
	bool known;

	row->n[i] = refund_kept(&j->kept, text, &known);
	if (!known) {
		kept_refuse(j, row, (int)i,
		    _("\"%s\" is no state of a refund that is known"),
		    shown(j, row->v[i]));
		return false;
	}
	set(j, row, i, names[row->n[i]]);
	return true;
}

static bool
read_valuation(struct job *j, struct kept_row *row, size_t i, const char *text)
{
	static const struct {
		const char *text;
		const char *name;
	} words[] = { { "件", "piece" }, { "重", "weight" },
		{ "体积", "volume" }, { "piece", "piece" },
		{ "weight", "weight" }, { "volume", "volume" } };
	size_t k;

	for (k = 0; k < 6; k++)
		if (strstr(text, words[k].text) != NULL)
			break;
	if (strlen(text) == 1 && strchr("013", text[0]) != NULL)
		k = text[0] == '0' ? 0 : text[0] == '1' ? 1 : 2;
	if (k == 6) {
		kept_refuse(j, row, (int)i,
		    _("\"%s\": freight goes by piece, by weight or by volume"),
		    shown(j, row->v[i]));
		return false;
	}
	set(j, row, i, words[k].name);
	return true;
}

static bool
read_value(struct job *j, struct kept_row *row, size_t i)
{
	const char *text = slice_text(&j->scratch, row->v[i]);

	switch (row->layout->fields[i].type) {
	case KEPT_ID:
	case KEPT_ORDER:
	case KEPT_WAYBILL:
		return read_id(j, row, i, text);
	case KEPT_MONEY:
	case KEPT_AMOUNT:
		return read_money(j, row, i, text);
	case KEPT_COUNT:
		return read_count(j, row, i, text);
	case KEPT_NUMBER:
		return read_number(j, row, i, text);
	case KEPT_KG:
	case KEPT_GRAM:
		return read_weight(j, row, i, text);
	case KEPT_PERCENT:
		return read_percent(j, row, i, text);
	case KEPT_DURATION:
		return read_duration(j, row, i, text);
	case KEPT_HOURS:
		return read_hours(j, row, i, text);
	case KEPT_TIME:
	case KEPT_DAY:
		return read_time(j, row, i, text);
	case KEPT_PERIOD:
		return read_period(j, row, i, text);
	case KEPT_REFUND:
		return read_refund(j, row, i, text);
	case KEPT_VALUATION:
		return read_valuation(j, row, i, text);
	case KEPT_TEXT:
	case KEPT_NICK:
	case KEPT_NAME:
	case KEPT_SHOP:
	case KEPT_TYPES:
		break;
	}
	return true;
}

bool
kept_read(struct job *j, struct kept_row *row, const struct sheet_row *raw)
{
	const struct kept_layout *l = row->layout;
	size_t i;

	row->raw = raw;
	if (raw->bad != NULL) {
		kept_refuse(j, row, -1, "%s", raw->bad);
		return false;
	}
	for (i = 0; i < l->nfields; i++) {
		int at = row->file->kept_at[i];

		row->n[i] = 0;
		row->v[i] = (struct slice){ .s = "" };
		if (at >= 0 && (size_t)at < raw->n)
			row->v[i] = kept_said(j, &l->fields[i],
			    slice_clean(
				&j->scratch, raw->fields[at], raw->lens[at]));
		if (row->v[i].n == 0 && l->fields[i].must) {
			kept_refuse(j, row, (int)i, _("This is empty"));
			return false;
		}
	}
	for (i = 0; i < l->nfields; i++)
		if (row->v[i].n > 0 && !read_value(j, row, i))
			return false;
	return true;
}
