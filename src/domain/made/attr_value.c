/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/attrs.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "attrs_priv.h"

/* What people type for an attribute, and the one form that is kept. */

const char *const attr_types[] = { "length", "number", "day", "choice", "text",
	NULL };
const char *const attr_type_texts[] = { N_("length"), N_("number"), N_("day"),
	N_("choice"), N_("text"), NULL };

const char *
attr_type_text(const char *type)
{
	size_t i;

	for (i = 0; i < ATTR_TYPES; i++)
		if (strcmp(attr_types[i], type) == 0)
			return _(attr_type_texts[i]);
	return type;
}

enum attr_type
attr_type_of(const char *name)
{
	enum attr_type t = ATTR_LENGTH;

	while (t < ATTR_TEXT && strcmp(attr_types[t], name) != 0)
		t++;
	return t;
}

/* Micrometres, as fractions: 尺 is a third of a metre. */
static const struct unit {
	const char *name;
	int64_t um, of;
} units[] = {
	{ "mm", 1000, 1 },
	{ "毫米", 1000, 1 },
	{ "cm", 10000, 1 },
	{ "厘米", 10000, 1 },
	{ "公分", 10000, 1 },
	{ "dm", 100000, 1 },
	{ "分米", 100000, 1 },
	{ "m", 1000000, 1 },
	{ "米", 1000000, 1 },
	{ "公尺", 1000000, 1 },
	{ "市尺", 1000000, 3 },
	{ "尺", 1000000, 3 },
	{ "市寸", 100000, 3 },
	{ "寸", 100000, 3 },
	{ "英寸", 25400, 1 },
	{ "in", 25400, 1 },
};

#define LENGTH_MAX 1000000 /* mm, and of a unit */

static const struct unit *
unit_at(const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strlen(units[i].name) == len &&
		    memcmp(units[i].name, p, len) == 0)
			return &units[i];
	return NULL;
}

bool
attr_unit_known(const char *unit)
{
	return unit_at(unit, strlen(unit)) != NULL;
}

/* Full-width digits, signs and letters as ASCII, small letters, no blanks. */
static bool
flatten(char *out, size_t size, const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (isspace(c))
			continue;
		/* U+FF01..U+FF5E are ef bc 81 .. ef bd 9e. */
		if (c == 0xef &&
		    ((unsigned char)text[1] == 0xbc ||
			(unsigned char)text[1] == 0xbd) &&
		    text[2] != '\0') {
			unsigned char low = (unsigned char)text[2];

			c = (unsigned char)((unsigned char)text[1] == 0xbc
						? low - 0x80 + 0x20
						: low - 0x80 + 0x60);
			text += 2;
		}
		if (n + 1 >= size)
			return false;
		out[n++] = (char)tolower(c);
	}
	out[n] = '\0';
	return true;
}

/* A number with up to six decimals, in millionths. */
static bool
number(const char **at, int64_t *millionths, int *digits)
{
	const char *p = *at;
	int64_t n = 0;
	int decimals = -1;

	for (*digits = 0;
	     isdigit((unsigned char)*p) || (*p == '.' && decimals < 0); p++) {
		if (*p == '.') {
			decimals = 0;
			continue;
		}
		if (n > 100000000000LL || decimals == 6)
			return false;
		n = n * 10 + (*p - '0');
		decimals += decimals >= 0;
		++*digits;
	}
	for (decimals = decimals < 0 ? 0 : decimals; decimals < 6; decimals++) {
		if (n > 100000000000000LL)
			return false;
		n *= 10;
	}
	*at = p;
	*millionths = n;
	return *digits > 0;
}

/* "1米24": what stands behind metres without a unit are their decimals. */
static int64_t
decimals_of(int64_t millionths, int digits)
{
	for (; digits > 0; digits--)
		millionths /= 10;
	return millionths;
}

#define METRE 1000000
#define NANO  1000000000LL

/* Parts add up, "1m24cm"; in billionths of a millimetre they are exact. */
static bool
length_parse(const char *text, const char *unit, int64_t *mm)
{
	const struct unit *u, *last = NULL;
	int64_t n, sum = 0, third = 0;
	size_t len;
	int digits, parts = 0;

	while (*text != '\0') {
		bool point;
		const char *begin = text;

		if (!number(&text, &n, &digits))
			return false;
		point = memchr(begin, '.', (size_t)(text - begin)) != NULL;
		len = strcspn(text, "0123456789.");
		u = unit_at(
		    len > 0 ? text : unit, len > 0 ? len : strlen(unit));
		if (len == 0 && last != NULL) {
			if (point || last->um != METRE || parts != 1)
				return false;
			n = decimals_of(n, digits);
			u = last;
		} else if (last != NULL && u != NULL && u->um >= last->um) {
			return false; /* 1m24cm, not 24cm1m */
		}
		if (u == NULL || n / 1000000 > LENGTH_MAX)
			return false;
		text += len;
		last = u;
		parts++;
		*(u->of == 1 ? &sum : &third) += n * u->um;
		if (sum / NANO > LENGTH_MAX || third / NANO > LENGTH_MAX * 3)
			return false;
	}
	if (last == NULL || sum % NANO != 0)
		return false; /* finer than a millimetre */
	*mm = sum / NANO + (third + NANO * 3 / 2) / (NANO * 3);
	return *mm <= LENGTH_MAX;
}

static int
limits(struct session *s, const struct attr_def *d, int64_t n)
{
	char least[64], most[64], raw[32];

	if ((d->least == 0 && d->most == 0) || (n >= d->least && n <= d->most))
		return 0;
	snprintf(raw, sizeof(raw), "%" PRId64, d->least);
	attr_words(d->type, d->unit, raw, least, sizeof(least));
	snprintf(raw, sizeof(raw), "%" PRId64, d->most);
	attr_words(d->type, d->unit, raw, most, sizeof(most));
	return err_set(&s->err, ERR_INVALID, d->name,
	    _("%s must be between %s and %s"), d->title, least, most);
}

static int
parse_number(struct session *s, const struct attr_def *d, const char *flat,
    char value[ATTR_VALUE])
{
	size_t len = strspn(flat, "0123456789");
	int64_t n;

	if (len == 0 || len > 12 ||
	    (flat[len] != '\0' && strcmp(flat + len, d->unit) != 0))
		return err_set(&s->err, ERR_INVALID, d->name,
		    _("%s: a whole number is wanted"), d->title);
	n = strtoll(flat, NULL, 10);
	snprintf(value, ATTR_VALUE, "%" PRId64, n);
	return limits(s, d, n);
}

static int
parse_length(struct session *s, const struct attr_def *d, const char *flat,
    char value[ATTR_VALUE])
{
	int64_t mm;

	if (!length_parse(flat, d->unit[0] != '\0' ? d->unit : "cm", &mm))
		return err_set(&s->err, ERR_INVALID, d->name,
		    _("%s: a length is wanted, such as 1.24m, 124cm, 1240mm "
		      "or 4尺"),
		    d->title);
	snprintf(value, ATTR_VALUE, "%" PRId64, mm);
	return limits(s, d, mm);
}

/* 11月20日 as 11-20, 2026年11月20日 as 2026-11-20; the rest is day_parse()'s.
 */
static void
plain_day(char *out, size_t size, const char *flat)
{
	static const struct {
		const char *word, *sign;
	} words[] = { { "年", "-" }, { "月", "-" }, { "日", "" },
		{ "号", "" } };
	size_t n = 0, i;

	while (*flat != '\0' && n + 4 < size) {
		for (i = 0; i < 4; i++)
			if (strncmp(flat, words[i].word, 3) == 0)
				break;
		/* 月底 and 周日 are words of their own. */
		if (i < 4 && n > 0 && isdigit((unsigned char)out[n - 1])) {
			if (words[i].sign[0] != '\0')
				out[n++] = '-';
			flat += 3;
		} else {
			out[n++] = *flat++;
		}
	}
	out[n] = '\0';
}

static int
parse_day(struct session *s, const struct attr_def *d, const char *flat,
    char value[ATTR_VALUE])
{
	int64_t today = time_day(time_now()), day;
	char plain[ATTR_VALUE] = "";

	plain_day(plain, sizeof(plain), flat);
	if (day_parse(plain, today, &day) < 0)
		return err_set(&s->err, ERR_INVALID, d->name,
		    _("%s: a day is wanted, such as 11月20日, 周五 or +3"),
		    d->title);
	if (day < today)
		return err_set(&s->err, ERR_INVALID, d->name,
		    _("%s: that day is over"), d->title);
	snprintf(value, ATTR_VALUE, "%" PRId64, day_start(day));
	return 0;
}

/* One of ";a;b;". */
static int
parse_choice(struct session *s, const struct attr_def *d, const char *text,
    char value[ATTR_VALUE])
{
	char want[ATTR_VALUE + 2];
	struct str all = STR_INIT;
	size_t i, n = strlen(d->choices);

	snprintf(want, sizeof(want), ";%s;", text);
	if (text[0] != '\0' && strchr(text, ';') == NULL &&
	    strstr(d->choices, want) != NULL) {
		copy_text(value, ATTR_VALUE, text);
		return 0;
	}
	for (i = 1; i + 1 < n; i++) /* without the ; at both ends */
		if (d->choices[i] == ';')
			str_add(&all, _(", "));
		else
			str_addc(&all, d->choices[i]);
	err_set(&s->err, ERR_INVALID, d->name, _("%s: one of %s is wanted"),
	    d->title, all.s);
	str_done(&all);
	return ERR_INVALID;
}

int
attr_parse(struct session *s, const struct attr_def *d, const char *text,
    char value[ATTR_VALUE])
{
	char typed[ATTR_VALUE] = "", flat[ATTR_VALUE] = "";

	if (!utf8_valid(text, strlen(text)) || strpbrk(text, "\r\n\t") != NULL)
		return err_set(&s->err, ERR_INVALID, d->name,
		    _("%s: one line of text is wanted"), d->title);
	if (!trim_text(typed, sizeof(typed), text) ||
	    !flatten(flat, sizeof(flat), typed))
		return err_set(&s->err, ERR_INVALID, d->name,
		    _("%s: this is too long"), d->title);
	if (typed[0] == '\0')
		return err_set(&s->err, ERR_INVALID, d->name,
		    _("%s: nothing was typed"), d->title);
	switch (attr_type_of(d->type)) {
	case ATTR_LENGTH:
		return parse_length(s, d, flat, value);
	case ATTR_NUMBER:
		return parse_number(s, d, flat, value);
	case ATTR_DAY:
		return parse_day(s, d, flat, value);
	case ATTR_CHOICE:
		return parse_choice(s, d, typed, value);
	case ATTR_TEXT:
	case ATTR_TYPES:
		break;
	}
	copy_text(value, ATTR_VALUE, typed);
	return 0;
}

/* Millimetres as people say them: "1.24 m (1240 mm)", "35 cm", "8 mm". */
static void
length_words(int64_t mm, char *buf, size_t n)
{
	char m[32];
	size_t len;

	if (mm >= 1000) {
		snprintf(m, sizeof(m), "%" PRId64 ".%03" PRId64, mm / 1000,
		    mm % 1000);
		for (len = strlen(m); m[len - 1] == '0'; len--)
			m[len - 1] = '\0';
		if (m[len - 1] == '.')
			m[len - 1] = '\0';
		/* TRANSLATORS: metres and millimetres: "1.24 m (1240 mm)" */
		snprintf(buf, n, _("%s m (%" PRId64 " mm)"), m, mm);
	} else if (mm % 10 == 0) {
		snprintf(buf, n, _("%" PRId64 " cm"), mm / 10);
	} else {
		snprintf(buf, n, _("%" PRId64 " mm"), mm);
	}
}

char *
attr_words(
    const char *type, const char *unit, const char *value, char *buf, size_t n)
{
	char text[TIME_SIZE];
	int64_t day;

	switch (attr_type_of(type)) {
	case ATTR_LENGTH:
		if (value[0] != '\0') {
			length_words(strtoll(value, NULL, 10), buf, n);
			return buf;
		}
		break;
	case ATTR_NUMBER:
		snprintf(buf, n, "%s%s%s", value,
		    value[0] != '\0' && unit[0] != '\0' ? " " : "",
		    value[0] != '\0' ? unit : "");
		return buf;
	case ATTR_DAY:
		if (value[0] != '\0') {
			day = time_day(strtoll(value, NULL, 10));
			snprintf(buf, n, "%s %s", day_text(day, text),
			    day_week(day));
			return buf;
		}
		break;
	case ATTR_CHOICE:
	case ATTR_TEXT:
	case ATTR_TYPES:
		break;
	}
	copy_text(buf, n, value);
	return buf;
}
