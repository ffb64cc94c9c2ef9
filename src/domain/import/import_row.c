/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"

#include "import_priv.h"

/* Rows become values here, or are refused. */

enum value_type {
	V_TEXT,
	V_NUMBER, /* of a parcel, a payment, an item */
	V_ID,
	V_STATE,
	V_REFUND,
	V_TIME,
	V_MONEY,
	V_COUNT,
	V_PLATFORM,
	V_FLAG,
	V_DUE,
};

static const uint8_t value_types[F_MAX] = {
	[F_ORDER_NO] = V_ID,
	[F_SUB_ORDER_NO] = V_ID,
	[F_WAYBILL] = V_NUMBER,
	[F_PAYMENT_NO] = V_NUMBER,
	[F_ITEM_NO] = V_NUMBER,
	[F_STATE] = V_STATE,
	[F_REFUND_STATE] = V_REFUND,
	[F_CREATED_AT] = V_TIME,
	[F_PAID_AT] = V_TIME,
	[F_SHIPPED_AT] = V_TIME,
	[F_FINISHED_AT] = V_TIME,
	[F_TOTAL] = V_MONEY,
	[F_GOODS_TOTAL] = V_MONEY,
	[F_POSTAGE] = V_MONEY,
	[F_PAID] = V_MONEY,
	[F_REFUND] = V_MONEY,
	[F_SETTLED] = V_MONEY,
	[F_PRICE] = V_MONEY,
	[F_LINE_TOTAL] = V_MONEY,
	[F_LINE_PAID] = V_MONEY,
	[F_LINE_REFUND] = V_MONEY,
	[F_QTY] = V_COUNT,
	[F_WEIGHT] = V_COUNT,
	[F_REORDER_AT] = V_COUNT,
	[F_TARGET_LEVEL] = V_COUNT,
	[F_COST] = V_MONEY,
	[F_LINE_DISCOUNT] = V_MONEY,
	[F_SHIP_STATE] = V_STATE,
	[F_CANCELLED_AT] = V_TIME,
	[F_PLATFORM] = V_PLATFORM,
	[F_NICK_PLATFORM] = V_PLATFORM,
	[F_FLAG] = V_FLAG,
	[F_SHIP_BY] = V_DUE,
};

struct slice
slice_of(const char *s)
{
	return (struct slice){ .s = s, .n = strlen(s) };
}

bool
slice_same(struct slice a, const char *s, size_t n)
{
	return a.n == n && memcmp(a.s, s, n) == 0;
}

const char *
slice_text(struct arena *arena, struct slice s)
{
	return s.s[s.n] == '\0' ? s.s : arena_strndup(arena, s.s, s.n);
}

struct db_val
slice_val(struct slice s)
{
	return (struct db_val){
		.type = DB_TEXT, .len = s.n, .t = s.n != 0 ? s.s : ""
	};
}

struct db_val
slice_null(struct slice s)
{
	return (struct db_val){
		.type = s.n != 0 ? DB_TEXT : DB_NULL, .len = s.n, .t = s.s
	};
}

/* Could field_clean() take nothing away here, at the beginning? */
static bool
plain_head(const unsigned char *s, size_t n)
{
	if (s[0] < 0x80)
		return s[0] > ' ' && s[0] != '=' && s[0] != '\'';
	if (n < 3)
		return false;
	return !(s[0] == 0xC2 && s[1] == 0xA0) &&
	       !(s[0] == 0xE2 && (s[1] == 0x80 || s[1] == 0x81)) &&
	       !(s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80) &&
	       !(s[0] == 0xEF && s[1] == 0xBB);
}

static bool
plain_tail(const unsigned char *end, size_t n)
{
	if (end[-1] < 0x80)
		return end[-1] > ' ';
	if (n < 3)
		return false;
	return !(end[-2] == 0xC2) && !(end[-3] == 0xE2 && end[-2] <= 0x81) &&
	       !(end[-3] == 0xE3 && end[-2] == 0x80 && end[-1] == 0x80) &&
	       !(end[-3] == 0xEF && end[-2] == 0xBB);
}

/* For a sentence: not too long, and cut at a whole character. */
const char *
shown_short(struct job *j, struct slice v)
{
	char *buf = arena_alloc(&j->scratch, 64);

	copy_text(buf, 64, slice_text(&j->scratch, v));
	return buf;
}

/*
 * What field_clean() makes of it, without writing into the row: a refused row
 * is given back as it was. Nearly all fields are clean, or ="digits", or
 * 'digits, and are not copied.
 */
struct slice
slice_clean(struct arena *scratch, const char *s, size_t n)
{
	char *copy;

	if (n == 0)
		return (struct slice){ .s = "" };
	if (n > 6 && plain_head((const unsigned char *)s, n) &&
	    plain_tail((const unsigned char *)s + n, n))
		return (struct slice){ .s = s, .n = n };
	if (n > 3 && s[0] == '=' && s[1] == '"' && s[n - 1] == '"' &&
	    all_digits(s + 2, n - 3))
		return (struct slice){ .s = s + 2, .n = n - 3 };
	if (s[0] == '\'' && all_digits(s + 1, n - 1))
		return (struct slice){ .s = s + 1, .n = n - 1 };
	if (all_digits(s, n))
		return (struct slice){ .s = s, .n = n };
	copy = arena_strndup(scratch, s, n);
	copy = field_clean(copy, &n);
	return (struct slice){ .s = copy, .n = n };
}

/* Digits and at most two behind a point: what nearly all amounts are. */
static bool
quick_money(struct slice v, int64_t *fen)
{
	size_t whole = v.n, i;
	int64_t n = 0;

	if (v.n > 12 || v.n == 0)
		return false;
	if (v.n > 3 && v.s[v.n - 3] == '.')
		whole = v.n - 3;
	for (i = 0; i < v.n; i++) {
		if (i == whole)
			continue;
		if (v.s[i] < '0' || v.s[i] > '9')
			return false;
		n = n * 10 + (v.s[i] - '0');
	}
	*fen = whole == v.n ? n * 100 : n;
	return true;
}

/* In fen. What a year of such orders comes to can still be added up. */
#define MONEY_MOST INT64_C(1000000000000)
#define COUNT_MOST 100000000

static bool
money_read(struct job *j, struct imp_row *row, enum imp_field field)
{
	const struct layout *l = row->file->layout;
	struct slice v = row->f[field];
	const char *text;

	if (quick_money(v, &row->n[field]))
		return true;
	text = slice_text(&j->scratch, v);
	if ((field == F_LINE_REFUND || field == F_REFUND) &&
	    refund_word(j, row->file, text) == 0) {
		row->n[field] = 0;
		return true;
	}
	if (l->currency != NULL)
		return foreign_money(
		    text, l->decimal_comma, &row->n[field], row->currency);
	return money_parse(text, &row->n[field]) == 0;
}

bool
row_money(struct job *j, struct imp_row *row, enum imp_field field)
{
	if (money_read(j, row, field) && row->n[field] >= 0 &&
	    row->n[field] <= MONEY_MOST) {
		if (row->file->layout->currency == NULL ||
		    in_yuan(j, &row->n[field], row->currency))
			return true;
		reject(j, row->file, row->raw, field,
		    _("Nobody has said what one %s is worth in yuan: write "
		      "it among the settings (F10, currency_rates), as in USD "
		      "7.12, and import the file again"),
		    row->currency);
		return false;
	}
	reject(j, row->file, row->raw, field,
	    _("\"%s\" is not an amount of money"),
	    shown_short(j, row->f[field]));
	return false;
}

/* "2*29.90": how many, and what one costs. */
static const char *
split_price(struct job *j, struct imp_row *row, const char *text)
{
	const char *by = strchr(text, '*');
	int64_t price;

	if (by == NULL || money_parse(by + 1, &price) < 0 || price < 0 ||
	    price > MONEY_MOST)
		return text;
	if (!(row->file->has & BIT(F_PRICE))) {
		row->n[F_PRICE] = price;
		row->has |= BIT(F_PRICE);
	}
	return arena_strndup(&j->scratch, text, (size_t)(by - text));
}

bool
row_number(struct job *j, struct imp_row *row, enum imp_field field)
{
	const char *text = slice_text(&j->scratch, row->f[field]);

	if (field == F_QTY)
		text = split_price(j, row, text);
	if (count_parse(text, &row->n[field]) == 0 && row->n[field] >= 0 &&
	    row->n[field] <= COUNT_MOST)
		return true;
	reject(j, row->file, row->raw, field,
	    _("\"%s\" is not a number of pieces"),
	    shown_short(j, row->f[field]));
	return false;
}

bool
file_time(struct arena *a, const char *text, int64_t *t)
{
	size_t n = strlen(text);

	if ((n == 8 || n == 14) && all_digits(text, n))
		text = arena_printf(a, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s", text,
		    text + 4, text + 6, n > 8 ? text + 8 : "00",
		    n > 8 ? text + 10 : "00", n > 8 ? text + 12 : "00");
	return time_parse(text, t) == 0 && *t > 0;
}

static bool
is_time(struct job *j, struct imp_row *row, enum imp_field field)
{
	const char *text = slice_text(&j->scratch, row->f[field]);

	return file_time(&j->scratch, text, &row->n[field]) ||
	       (row->file->layout->dates != DATES_YMD &&
		   foreign_time(
		       text, row->file->layout->dates, &row->n[field]));
}

static bool
row_time(struct job *j, struct imp_row *row, enum imp_field field)
{
	if (is_time(j, row, field))
		return true;
	/* What a database without a time writes. */
	if (row->f[field].n >= 10 &&
	    memcmp(row->f[field].s, "0000-00-00", 10) == 0) {
		row->has &= ~BIT(field);
		row->n[field] = 0;
		return true;
	}
	reject(j, row->file, row->raw, field,
	    _("\"%s\" is not a time as in 2026-11-30 14:00:00"),
	    shown_short(j, row->f[field]));
	return false;
}

/* A day lasts until its end. Some write "within 48 hours", which the shop's own
 * setting says as well: no order is refused for that. */
static bool
row_due(struct job *j, struct imp_row *row, enum imp_field field)
{
	if (!is_time(j, row, field)) {
		row->has &= ~BIT(field);
		row->n[field] = 0;
	} else if (memchr(row->f[field].s, ':', row->f[field].n) == NULL) {
		row->n[field] = day_start(time_day(row->n[field]) + 1) - 1;
	}
	return true;
}

/* They are whatever others call them, but nothing that lost its digits. */
static bool
row_whole_number(struct job *j, struct imp_row *row, enum imp_field field)
{
	struct slice v = row->f[field];
	const char *why = v.n > 0 && memchr(v.s, '+', v.n) != NULL
			      ? id_is_amount(j, v)
			      : NULL;

	if (why != NULL)
		reject(j, row->file, row->raw, field, "%s", why);
	return why == NULL;
}

static bool
row_id(struct job *j, struct imp_row *row, enum imp_field field)
{
	const char *strip = row->file->layout->strip, *why;
	struct slice v = row->f[field];
	size_t i;

	if (strip != NULL && v.n > strlen(strip) &&
	    memcmp(v.s, strip, strlen(strip)) == 0) {
		v.s += strlen(strip);
		v.n -= strlen(strip);
		row->f[field] = v;
	}
	why = id_damage(
	    j, row->file, row->raw, field_column(row->file, field), v);
	if (why != NULL) {
		reject(j, row->file, row->raw, field, "%s", why);
		return false;
	}
	for (i = 0; i < v.n; i++)
		if (!isalnum((unsigned char)v.s[i]) && v.s[i] != '-' &&
		    v.s[i] != '_')
			break;
	if (i == v.n && v.n <= 40)
		return true;
	reject(j, row->file, row->raw, field,
	    _("\"%s\" is not an order number"), shown_short(j, v));
	return false;
}

bool
row_value(struct job *j, struct imp_row *row, enum imp_field field)
{
	switch ((enum value_type)value_types[field]) {
	case V_TEXT:
		return true;
	case V_NUMBER:
		return row_whole_number(j, row, field);
	case V_ID:
		return row_id(j, row, field);
	case V_STATE:
		return row_state(j, row, field);
	case V_REFUND:
		return row_refund(j, row, field);
	case V_TIME:
		return row_time(j, row, field);
	case V_MONEY:
		return row_money(j, row, field);
	case V_COUNT:
		return row_number(j, row, field);
	case V_PLATFORM:
		return row_platform(j, row, field);
	case V_FLAG:
		return row_flag(j, row, field);
	case V_DUE:
		return row_due(j, row, field);
	}
	return true;
}

/* Is all there that must be? Says which is not. */
bool
row_needs(struct job *j, const struct imp_row *row, uint64_t fields)
{
	uint64_t missing = fields & ~row->has;
	int field;

	for (field = 0; missing != 0 && field < F_MAX; field++) {
		if (!(missing & BIT(field)))
			continue;
		reject(j, row->file, row->raw, (enum imp_field)field,
		    _("This is empty"));
		return false;
	}
	return true;
}

static bool
row_whole(struct job *j, struct imp_row *row)
{
	if (!row_needs(j, row, row->file->must))
		return false;
	if ((row->has & BIT(F_QTY)) && row->n[F_QTY] == 0 &&
	    !file_is(row->file, "stock")) {
		reject(j, row->file, row->raw, F_QTY,
		    _("The quantity is nothing"));
		return false;
	}
	return true;
}

/* What the order's state tells of a refund, when the row itself says less. */
static void
refund_of_state(struct imp_row *row)
{
	if ((row->has & BIT(F_REFUND_STATE)) &&
	    row->n[F_REFUND_STATE] >= row->refund)
		return;
	row->n[F_REFUND_STATE] = row->refund;
	row->has |= BIT(F_REFUND_STATE);
}

void
row_bind(struct imp_row *row, struct imp_file *f)
{
	int i;

	*row = (struct imp_row){ .file = f };
	if (f->layout != NULL)
		row->platform = row->nick_platform = f->layout->platform;
	for (i = 0; i < F_MAX; i++)
		row->f[i].s = "";
}

void
row_slices(struct job *j, struct imp_row *row, const struct sheet_row *raw)
{
	const struct imp_file *f = row->file;
	size_t i;

	row->raw = raw;
	row->has = 0;
	row->refund = -1;
	row->platform = row->nick_platform = f->layout->platform;
	row->on = NULL;
	memset(row->n, 0, sizeof(row->n));
	for (i = 0; i < f->nmap; i++) {
		enum imp_field field = (enum imp_field)f->map[i].field;
		size_t at = f->map[i].at;

		if (raw->bad == NULL && at < raw->n && raw->lens[at] > 0)
			row->f[field] = slice_clean(
			    &j->scratch, raw->fields[at], raw->lens[at]);
		else
			row->f[field] = (struct slice){ .s = "" };
		if (row->f[field].n > 0)
			row->has |= BIT(field);
	}
	if (f->layout->currency != NULL)
		currency_of(row);
}

bool
row_read(struct job *j, struct imp_row *row, const struct sheet_row *raw)
{
	const struct imp_file *f = row->file;
	size_t i;

	row_slices(j, row, raw);
	if (raw->bad != NULL) {
		reject(j, f, raw, F_MAX, "%s", raw->bad);
		return false;
	}
	for (i = 0; i < f->nmap; i++) {
		enum imp_field field = (enum imp_field)f->map[i].field;

		if ((row->has & BIT(field)) && value_types[field] != V_TEXT &&
		    !row_value(j, row, field))
			return false;
	}
	if (row->refund >= 0)
		refund_of_state(row);
	if (f->derives)
		row_derive(j, row);
	return row_whole(j, row);
}

bool
field_is_figure(enum imp_field field)
{
	return value_types[field] == V_MONEY || value_types[field] == V_COUNT;
}

const char *
row_show(struct arena *arena, const struct imp_row *row, enum imp_field field)
{
	static const char *const refunds[] = { N_("none"), N_("asked for"),
		N_("paid back"), N_("taken back") };
	int64_t n = row->n[field];
	char buf[MONEY_SIZE + TIME_SIZE];

	switch ((enum value_type)value_types[field]) {
	case V_TEXT:
	case V_NUMBER:
	case V_ID:
	case V_PLATFORM:
		break;
	case V_STATE:
		if (field == F_SHIP_STATE && n < ORDER_PART_SHIPPED)
			return arena_strdup(arena, _("not shipped yet"));
		return arena_strdup(arena, order_state_text(n));
	case V_REFUND:
		return arena_strdup(arena, _(refunds[n & 3]));
	case V_FLAG:
		return arena_strdup(arena, _(order_flags[n]));
	case V_TIME:
	case V_DUE:
		return arena_strdup(arena, time_full(n, buf));
	case V_MONEY:
		return arena_strdup(arena, money_show(n, buf));
	case V_COUNT:
		return arena_strdup(arena, count_show(n, buf));
	}
	return arena_strndup(arena, row->f[field].s, row->f[field].n);
}
