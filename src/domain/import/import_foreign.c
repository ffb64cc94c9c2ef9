/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/settings.h"

#include "../core/rates_priv.h"
#include "import_priv.h"

/* Amounts and days as they are written abroad. */

/* What stands before or behind an amount; the longer first. */
static const struct {
	const char *text, *code;
} currencies[] = {
	{ "US $", "USD" }, { "AU $", "AUD" }, { "C $", "CAD" },
	{ "US$", "USD" }, { "AU$", "AUD" }, { "CA$", "CAD" }, { "NZ$", "NZD" },
	{ "HK$", "HKD" }, { "NT$", "TWD" }, { "A$", "AUD" }, { "C$", "CAD" },
	{ "€", "EUR" }, { "£", "GBP" }, { "¥", "CNY" }, { "￥", "CNY" },
	{ "$", "" }, /* whoever's it is */
};

#define NCURRENCIES (sizeof(currencies) / sizeof(currencies[0]))

static void
skip_blanks(const char **s)
{
	for (;;) {
		if (**s == ' ' || **s == '\t')
			(*s)++;
		else if (strncmp(*s, "\u00a0", 2) == 0)
			*s += 2;
		else
			return;
	}
}

/* "EUR", "$": over it, and its code if it says one. */
static void
take_currency(const char **s, char code[4])
{
	size_t i, n;

	skip_blanks(s);
	for (i = 0; i < NCURRENCIES; i++) {
		n = strlen(currencies[i].text);
		if (strncmp(*s, currencies[i].text, n) != 0)
			continue;
		if (currencies[i].code[0] != '\0')
			copy_text(code, 4, currencies[i].code);
		*s += n;
		skip_blanks(s);
		return;
	}
	if (isupper((unsigned char)(*s)[0]) &&
	    isupper((unsigned char)(*s)[1]) &&
	    isupper((unsigned char)(*s)[2]) &&
	    !isalpha((unsigned char)(*s)[3])) {
		memcpy(code, *s, 3);
		code[3] = '\0';
		*s += 3;
		skip_blanks(s);
	}
}

/*
 * "1,299.00" and "1.299,00" to "1299.00": what stands before the last one or
 * two digits is the point, if nothing else is; a lone "," before three digits
 * is one where such decimals are used.
 */
static bool
plain_digits(const char *s, size_t n, bool comma, char out[32])
{
	size_t i, len = 0, point = n;

	for (i = 0; i < n; i++)
		if ((s[i] == ',' || s[i] == '.') && n - i - 1 <= 2)
			point = i;
	if (point == n && comma) {
		const char *only = memchr(s, ',', n);

		if (only != NULL && memchr(s, '.', n) != NULL)
			return false;
		if (only != NULL)
			point = (size_t)(only - s);
	}
	for (i = 0; i < n; i++) {
		if (i == point)
			out[len++] = '.';
		else if (s[i] != ',' && s[i] != '.' && s[i] != '\'')
			out[len++] = s[i];
		else if (i + 4 > (point < n ? point : n))
			return false; /* thousands are three digits */
		if (len >= 30)
			return false;
	}
	out[len] = '\0';
	return len > 0;
}

bool
foreign_money(
    const char *text, bool decimal_comma, int64_t *amount, char code[4])
{
	bool minus = false;
	char plain[32];
	size_t n;

	skip_blanks(&text);
	if (*text == '-') {
		minus = true;
		text++;
	}
	take_currency(&text, code);
	if (*text == '-' && !minus) {
		minus = true;
		text++;
	}
	n = strspn(text, "0123456789.,'");
	if (n == 0 || !plain_digits(text, n, decimal_comma, plain))
		return false;
	text += n;
	take_currency(&text, code);
	if (*text != '\0' || money_parse(plain, amount) < 0)
		return false;
	if (minus)
		*amount = -*amount;
	return true;
}

void
currency_of(struct imp_row *row)
{
	const struct layout *l = row->file->layout;
	struct slice v = row->f[F_CURRENCY];

	/* The rows below an order's first one go on in its currency. */
	if (l->shape != SHAPE_FILL || row->currency[0] == '\0')
		copy_text(row->currency, sizeof(row->currency), l->currency);
	if (v.n == 3) {
		memcpy(row->currency, v.s, 3);
		row->currency[3] = '\0';
	}
}

/* What one is worth, as somebody wrote it down; NULL: nobody did. */
static struct rate *
rate_of(struct formats *fmt, const char *code)
{
	size_t i;

	for (i = fmt->nrates; i-- > 0;)
		if (strcasecmp(fmt->rates[i].code, code) == 0)
			return &fmt->rates[i];
	return NULL;
}

static void
tell_rate(struct job *j, struct rate *r)
{
	r->told = true;
	warn(j, _("Amounts in %s were counted at %lld.%04lld yuan"), r->code,
	    (long long)(r->yuan / RATE_UNITS),
	    (long long)(r->yuan % RATE_UNITS));
}

bool
in_yuan(struct job *j, int64_t *amount, const char *code)
{
	struct rate *r;

	if (strcasecmp(code, "CNY") == 0 || strcasecmp(code, "RMB") == 0 ||
	    *amount == 0)
		return true;
	if ((r = rate_of(&j->fmt, code)) == NULL)
		return false;
	if (!r->told)
		tell_rate(j, r);
	*amount =
	    (*amount / RATE_UNITS) * r->yuan +
	    ((*amount % RATE_UNITS) * r->yuan + RATE_UNITS / 2) / RATE_UNITS;
	return true;
}

/* Behind those of files, so that they go before them. */
int
rates_load(struct job *j)
{
	char text[SETTING_VALUE], code[4];
	struct formats *fmt = &j->fmt;
	const char *at = text;
	int64_t yuan;
	int rc;

	rc = setting_text(j->s, SETTING_CURRENCY_RATES, text, sizeof(text));
	while (rc == 0 && rates_next(&at, code, &yuan) > 0) {
		fmt->rates = xreallocarray(
		    fmt->rates, fmt->nrates + 1, sizeof(*fmt->rates));
		fmt->rates[fmt->nrates] = (struct rate){ .yuan = yuan };
		copy_text(fmt->rates[fmt->nrates++].code, 4, code);
	}
	return rc;
}

/* "Sep", "Mai", "déc": a month of 1 to 12, and over the word. */
static int
take_month(const char **s)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may",
		"jun", "jul", "aug", "sep", "oct", "nov", "dec", "mrz", "mai",
		"okt", "dez" };
	static const int others[] = { 3, 5, 10, 12 };
	int i, month = 0;

	for (i = 0; i < 16 && month == 0; i++)
		if (strncasecmp(*s, months[i], 3) == 0)
			month = i < 12 ? i + 1 : others[i - 12];
	if (month != 0)
		while (isalpha((unsigned char)**s) || **s == '.')
			(*s)++;
	return month;
}

static int
take_number(const char **s, int most)
{
	int n = 0, digits = 0;

	for (; isdigit((unsigned char)**s) && digits < 4; digits++)
		n = n * 10 + (*(*s)++ - '0');
	return digits > 0 && n <= most ? n : -1;
}

/* The parts as they stand; 0 for the one that is a month's name. */
static bool
take_day(const char *s, int part[3], int *named, const char **rest)
{
	int i;

	*named = -1;
	for (i = 0; i < 3; i++) {
		if (isdigit((unsigned char)*s)) {
			part[i] = take_number(&s, 9999);
		} else if ((part[i] = take_month(&s)) > 0 && *named < 0) {
			*named = i;
		} else {
			return false;
		}
		if (i < 2 && *s != '\0' && strchr("/-. ", *s) != NULL) {
			s++;
			s += *s == ' ';
		} else if (i < 2) {
			return false;
		}
	}
	*rest = s;
	return *s == '\0' || *s == ' ' || *s == 'T';
}

bool
foreign_time(const char *text, enum date_order order, int64_t *t)
{
	char plain[TIME_SIZE * 2];
	int part[3], named, month, day, n;
	const char *rest;

	if (!take_day(text, part, &named, &rest))
		return false;
	/* Where the month is a name, it tells where the day is. */
	month = named >= 0 ? named : order == DATES_MDY ? 0 : 1;
	day = month == 0 ? 1 : 0;
	if (part[2] < 100)
		part[2] += 2000;
	n = snprintf(plain, sizeof(plain), "%04d-%02d-%02d%s", part[2],
	    part[month], part[day], rest);
	return month < 2 && n > 0 && (size_t)n < sizeof(plain) &&
	       time_parse(plain, t) == 0 && *t > 0;
}
