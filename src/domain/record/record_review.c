/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/reminders.h"
#include "shopmgr/domain/review.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* Review, gifts and reminders, as rows. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}

int
rec_part(struct session *s, const struct rec_kind *kind, struct page *all,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	const int64_t beyond = from != NULL ? *(const int64_t *)from : 0;
	size_t first = 0, end = all->n, i;

	(void)s;
	for (i = 0; i < all->n && (dir == PAGE_AFTER || dir == PAGE_BEFORE);
	     i++) {
		if (*(const int64_t *)page_row(all, i) != beyond)
			continue;
		if (dir == PAGE_AFTER)
			first = i + 1;
		else
			end = i;
		break;
	}
	if ((dir == PAGE_BEFORE || dir == PAGE_LAST) && end - first > limit)
		first = end - limit;
	page_init(out, kind->row_size, limit);
	for (i = first; i < end && out->n < limit; i++)
		rec_keep(kind, page_row(all, i), out);
	page_free(all);
	return 0;
}

static const char *const none[] = { NULL };

#define ROW struct review_item
static const struct rec_field review_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(shop, N_("Shop"), REC_TEXT),
	F(nick, N_("Buyer"), REC_TEXT),
	F(paid, N_("Paid"), REC_MONEY),
	F(paid_at, N_("Paid at"), REC_TIME),
	F(ship_by, N_("Ship by"), REC_TIME),
	F(saw, N_("What was seen"), REC_TEXT),
	F(goods, N_("Goods"), REC_TEXT),
	F(buyer_note, N_("Buyer note"), REC_TEXT),
	F(memo, N_("Remark"), REC_TEXT),
	F(at, N_("Stopped at"), REC_TIME),
	F(held, N_("Held"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
review_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return review_page(s, *(const bool *)arg, dir, from, limit, out);
}

static int
review_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "waiting", NULL };
	bool waiting = false;
	const struct rec_sift sift = { &rec_review, filters, nfilters, done,
		review_read, &waiting };
	int rc = rec_want_yes(s, filters, nfilters, "waiting", &waiting);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

static int
review_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct review_item before = { .id = id - 1 };
	int rc = review_page(s, false, PAGE_AFTER, &before, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

static const struct rec_field review_filters[] = {
	{ "waiting", N_("Not reviewed yet"), REC_BOOL, 0, NULL },
	FIELD_END,
};

const struct rec_kind rec_review = {
	.name = "review",
	.fields = review_fields,
	.row_size = sizeof(struct review_item),
	.page = review_rec_page,
	.get = review_rec_get,
	.filters = review_filters,
};

#define ROW struct review_rule
static const struct rec_field review_rule_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(seq, N_("Turn"), REC_INT),
	F(active, N_("Used"), REC_BOOL),
	F(name, N_("Rule name"), REC_TEXT),
	F(what, N_("Looks for"), REC_WORD),
	F(value, N_("Criteria"), REC_TEXT),
	F(shop, N_("Shop"), REC_TEXT),
	F(action, N_("Then"), REC_WORD),
	F(courier, N_("Courier"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
review_rule_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	struct page all;
	int rc = review_rule_page(s, &all);

	(void)arg;
	return rc < 0 ? rc
		      : rec_part(
			    s, &rec_review_rules, &all, dir, from, limit, out);
}

static int
review_rule_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_review_rules, filters, nfilters,
		none, review_rule_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_review_rules = {
	.name = "review-rules",
	.fields = review_rule_fields,
	.row_size = sizeof(struct review_rule),
	.page = review_rule_rec_page,
	.get = review_rule_get,
};

#define ROW struct gift_rule
static const struct rec_field gift_rule_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(seq, N_("Turn"), REC_INT),
	F(active, N_("Used"), REC_BOOL),
	F(name, N_("Rule name"), REC_TEXT),
	F(shop, N_("Shop"), REC_TEXT),
	F(since, N_("Since"), REC_TIME),
	F(until, N_("Ends"), REC_TIME),
	F(min_paid, N_("Paid from"), REC_MONEY),
	F(sku, N_("Bought"), REC_TEXT),
	F(min_qty, N_("Pieces from"), REC_INT),
	F(gift_sku, N_("Gift"), REC_TEXT),
	F(gift, N_("Gift's name"), REC_TEXT),
	F(gift_qty, N_("Pieces"), REC_INT),
	F(each_time, N_("Each time"), REC_BOOL),
	F(alone, N_("Alone"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
gift_rule_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	struct page all;
	int rc = gift_rule_page(s, &all);

	(void)arg;
	return rc < 0
		   ? rc
		   : rec_part(s, &rec_gift_rules, &all, dir, from, limit, out);
}

static int
gift_rule_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_gift_rules, filters, nfilters, none,
		gift_rule_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_gift_rules = {
	.name = "gift-rules",
	.fields = gift_rule_fields,
	.row_size = sizeof(struct gift_rule),
	.page = gift_rule_rec_page,
	.get = gift_rule_get,
};

#define ROW struct text_template
static const struct rec_field text_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(kind, N_("Kind"), REC_WORD),
	F(name, N_("Text name"), REC_TEXT),
	F(text, N_("Text"), REC_TEXT),
	F(active, N_("Used"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
text_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	struct page all;
	int rc = text_page(s, NULL, &all);

	(void)arg;
	return rc < 0 ? rc
		      : rec_part(s, &rec_texts, &all, dir, from, limit, out);
}

static int
text_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_texts, filters, nfilters, none,
		text_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_texts = {
	.name = "texts",
	.fields = text_fields,
	.row_size = sizeof(struct text_template),
	.page = text_rec_page,
	.get = text_get,
};

#define ROW struct unpaid
static const struct rec_field unpaid_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(platform, N_("Platform"), REC_TEXT),
	F(shop, N_("Shop"), REC_TEXT),
	F(nick, N_("Buyer"), REC_TEXT),
	F(goods, N_("Goods"), REC_TEXT),
	F(total, N_("Total"), REC_MONEY),
	F(created_at, N_("Created"), REC_TIME),
	F(reminded, N_("Reminded"), REC_INT),
	F(last_at, N_("Last time"), REC_TIME),
	F(by, N_("Staff"), REC_TEXT),
	F(channel, N_("Channel"), REC_TEXT),
	F(result, N_("Result"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	F(next_at, N_("Not before"), REC_TIME),
	FIELD_END,
};
#undef ROW

static int
unpaid_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return unpaid_page(s, *(const bool *)arg, dir, from, limit, out);
}

static int
unpaid_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "due", NULL };
	bool due = false;
	const struct rec_sift sift = { &rec_unpaid, filters, nfilters, done,
		unpaid_read, &due };
	int rc = rec_want_yes(s, filters, nfilters, "due", &due);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

static int
unpaid_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct unpaid *u;
	struct page page;
	size_t i;
	int rc;

	/* Those of a few days, and only to go on from one. */
	if ((rc = unpaid_page(s, false, PAGE_FIRST, NULL, SORT_MAX, &page)) < 0)
		return rc;
	page_init(out, sizeof(*u), 1);
	for (i = 0; i < page.n && out->n == 0; i++) {
		u = page_row(&page, i);
		if (u->id == id)
			rec_keep(&rec_unpaid, u, out);
	}
	page_free(&page);
	return rec_only(s, id, out);
}

static const struct rec_field unpaid_filters[] = {
	{ "due", N_("To be reminded now"), REC_BOOL, 0, NULL },
	FIELD_END,
};

const struct rec_kind rec_unpaid = {
	.name = "unpaid",
	.fields = unpaid_fields,
	.row_size = sizeof(struct unpaid),
	.page = unpaid_rec_page,
	.get = unpaid_rec_get,
	.filters = unpaid_filters,
};

#define ROW struct reminder
static const struct rec_field reminder_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(at, N_("Time"), REC_TIME),
	F(order_no, N_("Order no."), REC_TEXT),
	F(nick, N_("Buyer"), REC_TEXT),
	F(staff, N_("Staff"), REC_TEXT),
	F(channel, N_("Channel"), REC_TEXT),
	F(text_name, N_("Text used"), REC_TEXT),
	F(text, N_("Text"), REC_TEXT),
	F(result, N_("Result"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	F(result_at, N_("Answered"), REC_TIME),
	F(next_at, N_("Not before"), REC_TIME),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    order_state_name },
	F(paid_at, N_("Paid at"), REC_TIME),
	FIELD_END,
};
#undef ROW

static int
reminder_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return reminder_page(s, 0, dir, from, limit, out);
}

static int
reminder_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_reminders, filters, nfilters, none,
		reminder_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
reminder_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct reminder above = { .id = id + 1 };
	int rc = reminder_page(s, 0, PAGE_AFTER, &above, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_reminders = {
	.name = "reminders",
	.fields = reminder_fields,
	.row_size = sizeof(struct reminder),
	.page = reminder_rec_page,
	.get = reminder_rec_get,
};
