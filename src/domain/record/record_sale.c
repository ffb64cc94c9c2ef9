/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/quotations.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* Quotations, grades and what members pay, as rows. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}

#define ROW struct quotation
static const struct rec_field quotation_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(quote_no, N_("Quotation no."), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    quotation_state_name },
	F(expired, N_("Run out"), REC_BOOL),
	F(at, N_("Time"), REC_TIME),
	F(quoted_at, N_("Quoted at"), REC_TIME),
	F(valid_until, N_("Valid until"), REC_TIME),
	F(followed_at, N_("Followed up at"), REC_TIME),
	F(ended_at, N_("Ended at"), REC_TIME),
	F(platform, N_("Platform"), REC_WORD),
	F(shop, N_("Shop"), REC_TEXT),
	F(channel, N_("Channel"), REC_TEXT),
	F(nick, N_("Buyer"), REC_TEXT),
	F(name, N_("Name"), REC_TEXT),
	F(phone, N_("Phone"), REC_TEXT),
	F(province, N_("Province"), REC_TEXT),
	F(city, N_("City"), REC_TEXT),
	F(district, N_("District"), REC_TEXT),
	F(address, N_("Address"), REC_TEXT),
	F(goods, N_("Goods"), REC_TEXT),
	F(postage, N_("Postage"), REC_MONEY),
	F(total, N_("Total"), REC_MONEY),
	F(order_no, N_("Order no."), REC_TEXT),
	F(reason, N_("Why lost"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	F(staff, N_("Staff"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static const struct {
	const char *name;
	enum quotation_tab tab;
} tabs[] = {
	{ "enquiry", QUOTE_TAB_ENQUIRY },
	{ "quoted", QUOTE_TAB_QUOTED },
	{ "due", QUOTE_TAB_DUE },
	{ "ordered", QUOTE_TAB_ORDERED },
	{ "lost", QUOTE_TAB_LOST },
};

static int
want_tab(struct session *s, const struct rec_filter *filters, size_t nfilters,
    struct quotation_filter *f)
{
	const char *want = rec_want(filters, nfilters, "state");
	size_t i;

	if (want == NULL)
		return 0;
	for (i = 0; i < sizeof(tabs) / sizeof(tabs[0]); i++)
		if (strcmp(tabs[i].name, want) == 0) {
			f->tab = tabs[i].tab;
			return 0;
		}
	return err_set(&s->err, ERR_INVALID, "state",
	    _("%s is no state of a quotation: enquiry, quoted, due, ordered or "
	      "lost"),
	    want);
}

static int
quotation_read_rows(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return quotation_page(s, arg, dir, from, limit, out);
}

static int
quotation_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "state", NULL };
	struct quotation_filter f = { .tab = QUOTE_TAB_ALL };
	const struct rec_sift sift = { &rec_quotations, filters, nfilters, done,
		quotation_read_rows, &f };
	int rc = want_tab(s, filters, nfilters, &f);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_quotations = {
	.name = "quotations",
	.fields = quotation_fields,
	.row_size = sizeof(struct quotation),
	.page = quotation_rec_page,
	.get = quotation_get,
};

static const char *const none[] = { NULL };

#define ROW struct grade
static const struct rec_field grade_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(name, N_("Grade"), REC_TEXT),
	F(from_paid, N_("Paid from"), REC_MONEY),
	F(permille, N_("Per mille"), REC_INT),
	F(prices, N_("Own prices"), REC_INT),
	FIELD_END,
};
#undef ROW

static int
grade_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	struct page all;
	int rc = grade_page(s, &all);

	(void)arg;
	return rc < 0 ? rc
		      : rec_part(s, &rec_grades, &all, dir, from, limit, out);
}

static int
grade_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_grades, filters, nfilters, none,
		grade_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_grades = {
	.name = "grades",
	.fields = grade_fields,
	.row_size = sizeof(struct grade),
	.page = grade_rec_page,
	.get = grade_get,
};

/* The first columns are those that member_price_take() reads. */
#define ROW struct member_price
static const struct rec_field price_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(sku_code, N_("SKU"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(grade, N_("Grade"), REC_TEXT),
	F(price, N_("Member price"), REC_MONEY),
	F(list, N_("List price"), REC_MONEY),
	FIELD_END,
};
#undef ROW

static int
price_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	static const struct member_price_filter all;

	(void)arg;
	return member_price_page(s, &all, dir, from, limit, out);
}

static int
price_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_member_prices, filters, nfilters,
		none, price_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_member_prices = {
	.name = "member-prices",
	.fields = price_fields,
	.row_size = sizeof(struct member_price),
	.page = price_rec_page,
	.get = member_price_get,
};
