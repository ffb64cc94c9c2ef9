/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "review_priv.h"

/*
 * What each kind of rule sees in an order. What it saw goes into the note of
 * the hold, which many may read: so it tells no name, no phone, no address.
 */

void
review_take(
    const struct db_rows *rows, struct review_order *o, struct arena *arena)
{
	*o = (struct review_order){
		.id = db_int(rows, 0),
		.shop_id = db_int(rows, 1),
		.created_at = db_int(rows, 2),
		.paid_at = db_int(rows, 3),
		.amount = db_int(rows, 4),
		.cod = db_int(rows, 5),
		.customer_id = db_int(rows, 6),
		.warehouse_id = db_int(rows, 7),
		.memo = row_text(rows, 8, arena),
		.note = row_text(rows, 9, arena),
		.name = row_text(rows, 10, arena),
		.phone = row_text(rows, 11, arena),
		.province = row_text(rows, 12, arena),
		.city = row_text(rows, 13, arena),
		.district = row_text(rows, 14, arena),
		.address = row_text(rows, 15, arena),
		.courier_id = db_int(rows, 16),
		.by_rule = db_int(rows, 17) != 0,
	};
}

/* The first of the words that stands in @text; NULL: none does. */
static const char *
word_in(const struct review_test *t, const char *text)
{
	size_t i;

	for (i = 0; i < t->nwords; i++)
		if (strstr(text, t->words[i]) != NULL)
			return t->words[i];
	return NULL;
}

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static int
look_text(const struct review_test *t, const char *text, struct str *saw)
{
	const char *word;

	if (is_blank(text))
		return 0;
	if (t->nwords == 0) {
		str_add(saw, t->what == REVIEW_NOTE
				 ? _("the buyer left a message")
				 : _("there is a remark"));
		return 1;
	}
	if ((word = word_in(t, text)) == NULL)
		return 0;
	str_add(saw, word);
	return 1;
}

static int
look_title(struct session *s, struct review_tests *all,
    const struct review_test *t, const struct review_order *o, struct str *saw)
{
	const char *word, *title;
	size_t i;
	int rc;

	for (i = 0; i < o->nlines; i++) {
		rc = review_title(s, all, o->lines[i].listing_id, &title);
		if (rc < 0)
			return rc;
		if ((word = word_in(t, title)) != NULL) {
			str_add(saw, word);
			return 1;
		}
	}
	return 0;
}

/* ASCII or full width, or 一 to 十: houses are numbered in all of them. */
static bool
has_number(const char *text)
{
	static const char *const numbers[] = { "一", "二", "三", "四", "五",
		"六", "七", "八", "九", "十", "号" };
	size_t len = strlen(text), at = 0, i;
	uint32_t cp;

	while (at < len) {
		at += utf8_decode(text + at, len - at, &cp);
		if ((cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19))
			return true;
	}
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (strstr(text, numbers[i]) != NULL)
			return true;
	return false;
}

/* How many characters, and whether any is Chinese. */
static int64_t
letters(const char *text, bool *chinese)
{
	size_t len = strlen(text), at = 0;
	int64_t n = 0;
	uint32_t cp;

	*chinese = false;
	while (at < len) {
		at += utf8_decode(text + at, len - at, &cp);
		if (cp != ' ')
			n++;
		if (cp >= 0x4E00 && cp <= 0x9FFF)
			*chinese = true;
	}
	return n;
}

static void
add_saw(struct str *saw, size_t from, const char *text)
{
	if (saw->len > from)
		str_add(saw, _(", "));
	str_add(saw, text);
}

/* What somebody hid on purpose is not vague. */
static int
look_vague(
    const struct review_test *t, const struct review_order *o, struct str *saw)
{
	size_t from = saw->len;
	bool chinese;
	int64_t n;

	if (strchr(o->address, '*') != NULL)
		return 0;
	n = letters(o->address, &chinese);
	if (n < t->a)
		add_saw(saw, from, _("the address is short"));
	if (n > 0 && !has_number(o->address))
		add_saw(saw, from, _("no number"));
	if (chinese && t->nwords > 0 && word_in(t, o->address) == NULL)
		add_saw(saw, from, _("no street"));
	return saw->len > from;
}

static int
look_masked(
    const struct review_test *t, const struct review_order *o, struct str *saw)
{
	size_t from = saw->len;
	const char *word = word_in(t, o->name);

	if (is_blank(o->name) || is_blank(o->phone))
		add_saw(saw, from, _("name or phone is missing"));
	if (strchr(o->name, '*') != NULL || strchr(o->phone, '*') != NULL ||
	    strchr(o->address, '*') != NULL)
		add_saw(saw, from, _("name, phone or address is hidden"));
	if (word != NULL)
		add_saw(saw, from, word);
	return saw->len > from;
}

/* Those that were paid, up to as many as make the difference. */
static const char sql_same[] =
    "SELECT count(*) FROM (SELECT 1 FROM receiver r"
    " JOIN orders o ON o.receiver_id = r.id WHERE r.customer_id = $1"
    " AND o.created_at > $2 AND o.created_at < $3 AND o.state BETWEEN 2 AND 5"
    " LIMIT $4) x";

static int
look_same(struct session *s, const struct review_test *t,
    const struct review_order *o, struct str *saw)
{
	int64_t n, apart = t->b * 3600;
	int rc;

	if (o->customer_id == 0)
		return 0;
	rc = db_get1(s->db, sql_same,
	    DB_ARGS(db_i(o->customer_id), db_i(o->created_at - apart),
		db_i(o->created_at + apart), db_i(t->a)),
	    &n);
	if (rc < 0 || n < t->a)
		return rc;
	str_addf(
	    saw, _("%lld orders in %lld h"), (long long)n, (long long)t->b);
	return 1;
}

static int
look_amount(
    const struct review_test *t, const struct review_order *o, struct str *saw)
{
	char buf[MONEY_SIZE];

	if (t->what == REVIEW_AMOUNT_OVER ? o->amount <= t->a
					  : o->amount >= t->a)
		return 0;
	str_add(saw, money_plain(o->amount, buf));
	return 1;
}

static int
look_stock(struct session *s, struct review_tests *all,
    const struct review_order *o, struct str *saw)
{
	const char *title;
	int64_t missing;
	size_t i;
	int rc;

	for (i = 0; i < o->nlines; i++) {
		const struct review_line *l = &o->lines[i];

		if (l->variant_id == 0 || l->qty <= 0)
			continue;
		rc = review_missing(s, all, o, l->variant_id, &missing);
		if (rc < 0)
			return rc;
		if (missing <= 0)
			continue;
		if ((rc = review_title(s, all, l->listing_id, &title)) < 0)
			return rc;
		str_addf(saw, _("%s: %lld missing"), title,
		    (long long)(missing < l->qty ? missing : l->qty));
		return 1;
	}
	return 0;
}

static int
look_place(
    const struct review_test *t, const struct review_order *o, struct str *saw)
{
	const char *const parts[] = { o->province, o->city, o->district,
		o->address };
	const char *word;
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if ((word = word_in(t, parts[i])) != NULL) {
			str_add(saw, word);
			return 1;
		}
	return 0;
}

static int
look_unmapped(struct session *s, struct review_tests *all,
    const struct review_order *o, struct str *saw)
{
	const char *title;
	size_t i;
	int rc;

	for (i = 0; i < o->nlines; i++) {
		if (o->lines[i].variant_id != 0)
			continue;
		rc = review_title(s, all, o->lines[i].listing_id, &title);
		if (rc < 0)
			return rc;
		str_add(saw, title);
		return 1;
	}
	return 0;
}

static int
look_grams(struct session *s, struct review_tests *all,
    const struct review_test *t, const struct review_order *o, struct str *saw)
{
	int64_t grams = o->grams, each;
	size_t i;
	int rc;

	for (i = 0; o->grams == 0 && i < o->nlines; i++) {
		rc = review_grams(s, all, o->lines[i].variant_id, &each);
		if (rc < 0)
			return rc;
		grams += each * o->lines[i].qty;
	}
	if (grams <= t->a)
		return 0;
	str_addf(saw, "%" PRId64 " g", grams);
	return 1;
}

bool
review_wants_lines(enum review_what what)
{
	return what == REVIEW_GRAMS_OVER || what == REVIEW_TITLE ||
	       what == REVIEW_STOCK || what == REVIEW_UNMAPPED;
}

int
review_look(struct session *s, struct review_tests *all,
    const struct review_test *t, struct review_order *o, struct arena *arena,
    struct str *saw)
{
	int rc;

	if (t->shop_id != 0 && t->shop_id != o->shop_id)
		return 0;
	if (!o->read && review_wants_lines(t->what) &&
	    (rc = review_lines(s, o, 1, arena)) < 0)
		return rc;
	switch (t->what) {
	case REVIEW_NOTE:
		return look_text(t, o->note, saw);
	case REVIEW_MEMO:
		return look_text(t, o->memo, saw);
	case REVIEW_TITLE:
		return look_title(s, all, t, o, saw);
	case REVIEW_VAGUE:
		return look_vague(t, o, saw);
	case REVIEW_MASKED:
		return look_masked(t, o, saw);
	case REVIEW_SAME_BUYER:
		return look_same(s, t, o, saw);
	case REVIEW_AMOUNT_OVER:
	case REVIEW_AMOUNT_UNDER:
		return look_amount(t, o, saw);
	case REVIEW_COD:
		return o->cod != 0;
	case REVIEW_GRAMS_OVER:
		return look_grams(s, all, t, o, saw);
	case REVIEW_ANY:
		return 1;
	case REVIEW_STOCK:
		return look_stock(s, all, o, saw);
	case REVIEW_PLACE:
		return look_place(t, o, saw);
	case REVIEW_UNMAPPED:
		return look_unmapped(s, all, o, saw);
	case REVIEW_MAX:
		break;
	}
	return 0;
}
