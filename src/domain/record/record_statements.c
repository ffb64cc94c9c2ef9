/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* Orders against statements, and what platforms hold, as rows. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}

#define ROW struct statement_order
static const struct rec_field order_fields[] = {
	F(order_no, N_("Order number"), REC_TEXT),
	F(shop, N_("Shop"), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    order_state_name },
	F(paid_at, N_("Paid at"), REC_TIME),
	F(shipped_at, N_("Shipped at"), REC_TIME),
	F(paid, N_("Paid"), REC_MONEY),
	F(refund, N_("Refund"), REC_MONEY),
	F(came, N_("Came"), REC_MONEY),
	F(went, N_("Went"), REC_MONEY),
	FIELD_END,
};
#undef ROW
static const struct rec_field order_filters[] = {
	{ "differs", NULL, REC_BOOL, 0, NULL },
	{ "since", NULL, REC_TIME, 0, NULL },
	{ "until", NULL, REC_TIME, 0, NULL },
	FIELD_END,
};

struct asked {
	enum statement_orders which;
	struct statement_period period;
};

static int
read_orders(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct asked *a = arg;

	return statement_orders(s, a->which, &a->period, dir, from, limit, out);
}

#define PERIOD (90 * 86400)

static int
orders(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "differs", "since", "until", NULL };
	struct asked a = { .which = STATEMENT_MISSING };
	const struct rec_sift sift = { &rec_statement_orders, filters, n, done,
		read_orders, &a };
	bool differs;
	int rc;

	if ((rc = rec_want_yes(s, filters, n, "differs", &differs)) < 0 ||
	    (rc = rec_want_time(s, filters, n, "since", &a.period.since)) < 0 ||
	    (rc = rec_want_time(s, filters, n, "until", &a.period.until)) < 0)
		return rc;
	if (differs)
		a.which = STATEMENT_DIFFERS;
	if (a.period.until == 0)
		a.period.until = time_now() + 1;
	if (a.period.since == 0)
		a.period.since = a.period.until - PERIOD;
	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_statement_orders = {
	.name = "statement_orders",
	.fields = order_fields,
	.row_size = sizeof(struct statement_order),
	.page = orders,
	.get = statement_order_get,
	.filters = order_filters,
};

#define ROW struct statement_held
static const struct rec_field held_fields[] = {
	F(shop, N_("Shop"), REC_TEXT),
	F(platform, N_("Platform"), REC_WORD),
	F(orders, N_("Orders"), REC_INT),
	F(amount, N_("Amount"), REC_MONEY),
	FIELD_END,
};
#undef ROW

/* As many as there are shops, which one page has. */
static int
read_held(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct statement_held *last = from, *row;
	size_t i, n = 0;
	int rc;

	(void)arg;
	if ((rc = statement_held(s, out)) < 0)
		return rc;
	for (i = 0; i < out->n && n < limit; i++) {
		row = page_row(out, i);
		if ((dir == PAGE_AFTER && row->shop_id <= last->shop_id) ||
		    (dir == PAGE_BEFORE && row->shop_id >= last->shop_id))
			continue;
		memmove((char *)out->rows + n++ * out->row_size, row,
		    out->row_size);
	}
	out->n = n;
	return 0;
}

static int
held(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	const struct rec_sift sift = { &rec_held_money, filters, n, NULL,
		read_held, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
held_get(struct session *s, int64_t id, struct page *out)
{
	const struct statement_held below = { .shop_id = id - 1 };
	int rc = read_held(s, NULL, PAGE_AFTER, &below, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_held_money = {
	.name = "held_money",
	.fields = held_fields,
	.row_size = sizeof(struct statement_held),
	.page = held,
	.get = held_get,
};
