/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../logistics/freight_priv.h"
#include "../orders/order_priv.h"
#include "../orders/order_rows.h"
#include "record_priv.h"

#define F(name, label, type) \
	{ \
#name, label, type, offsetof(struct order, name), NULL \
	}
static const struct rec_field order_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(order_no, N_("Order no."), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(struct order, state),
	    order_state_name },
	F(held, N_("On hold"), REC_BOOL),
	F(holds, N_("Reasons of hold"), REC_WORD),
	F(created_at, N_("Created"), REC_TIME),
	F(paid_at, N_("Paid at"), REC_TIME),
	F(shipped_at, N_("Shipped at"), REC_TIME),
	F(finished_at, N_("Finished at"), REC_TIME),
	F(platform, N_("Platform"), REC_WORD),
	F(shop, N_("Shop"), REC_TEXT),
	F(nick, N_("Nick"), REC_TEXT),
	F(receiver, N_("Receiver"), REC_TEXT),
	F(phone, N_("Phone"), REC_TEXT),
	F(province, N_("Province"), REC_TEXT),
	F(city, N_("City"), REC_TEXT),
	F(district, N_("District"), REC_TEXT),
	F(address, N_("Address"), REC_TEXT),
	F(goods, N_("Goods"), REC_TEXT),
	F(qty, N_("Pieces"), REC_INT),
	F(total, N_("Total"), REC_MONEY),
	F(postage, N_("Postage"), REC_MONEY),
	F(paid, N_("Paid"), REC_MONEY),
	F(refund, N_("Refund"), REC_MONEY),
	F(settled, N_("Settled"), REC_MONEY),
	F(flag, N_("Flag"), REC_INT),
	F(buyer_note, N_("Buyer's note"), REC_TEXT),
	{ "remark", N_("Remark"), REC_TEXT, offsetof(struct order, memo),
	    NULL },
	F(waybill_no, N_("Waybill no."), REC_TEXT),
	F(courier, N_("Courier"), REC_TEXT),
	F(payment_no, N_("Payment no."), REC_TEXT),
	F(close_reason, N_("Closed because"), REC_TEXT),
	F(nick_platform, N_("Nick is of"), REC_WORD),
	{ "origin", N_("Origin"), REC_CODE, offsetof(struct order, origin),
	    order_origin_name },
	F(agent, N_("Agent"), REC_TEXT),
	{ "delivery", N_("Delivery"), REC_CODE,
	    offsetof(struct order, delivery), order_delivery_name },
	F(promised_at, N_("Promised for"), REC_TIME),
	F(cod, N_("Cash on delivery"), REC_BOOL),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	{ "merged_into", N_("Goes with order"), REC_TEXT,
	    offsetof(struct order, lead_no), NULL },
	F(parts, N_("Parts"), REC_INT),
	{ "done", N_("Done so far"), REC_WORD,
	    offsetof(struct order, done_names), NULL },
	FIELD_END,
};
static const struct rec_field page_fields[] = {
	F(ship_by, N_("Deadline"), REC_TIME),
	FIELD_END,
};
#undef F

/* What the lists' own indexes can do. */
static const struct rec_field order_filters[] = {
	{ "tab", NULL, REC_TEXT, 0, NULL },
	{ "since", NULL, REC_TIME, 0, NULL },
	{ "until", NULL, REC_TIME, 0, NULL },
	{ "customer", NULL, REC_TEXT, 0, NULL },
	{ "sort", NULL, REC_TEXT, 0, NULL },
	{ "is", NULL, REC_TEXT, 0, NULL },
	{ "not", NULL, REC_TEXT, 0, NULL },
	{ "hold", NULL, REC_TEXT, 0, NULL },
	{ "least", NULL, REC_MONEY, 0, NULL },
	{ "most", NULL, REC_MONEY, 0, NULL },
	{ "late", NULL, REC_BOOL, 0, NULL },
	FIELD_END,
};
/* The first is looked for in the rows if it is to be blank. */
static const char *const order_done[] = { "province", "tab", "since", "until",
	"customer", "sort", "is", "not", "hold", "least", "most", "late",
	NULL };

/* By the names of the fields, as far as there are any. */
static const char *const order_sorts[ORDER_SORT_MAX] = {
	[ORDER_SORT_NO] = "order_no",
	[ORDER_SORT_CREATED] = "created_at",
	[ORDER_SORT_PAID_AT] = "paid_at",
	[ORDER_SORT_SHIP_BY] = "ship_by",
	[ORDER_SORT_SHIPPED_AT] = "shipped_at",
	[ORDER_SORT_PAID] = "paid",
	[ORDER_SORT_TOTAL] = "total",
	[ORDER_SORT_NICK] = "nick",
	[ORDER_SORT_RECEIVER] = "receiver",
	[ORDER_SORT_PLACE] = "province",
	[ORDER_SORT_COURIER] = "courier",
	[ORDER_SORT_WAYBILL] = "waybill_no",
};

static const char *const tab_names[TAB_MAX] = {
	[TAB_ALL] = "all",
	[TAB_UNPAID] = "unpaid",
	[TAB_TO_SHIP] = "to_ship",
	[TAB_HELD] = "held",
	[TAB_PART] = "part_shipped",
	[TAB_SHIPPED] = "shipped",
	[TAB_DONE] = "done",
	[TAB_CLOSED] = "closed",
};

static int
want_tab(struct session *s, const char *name, enum order_tab *tab)
{
	size_t t;

	if (name == NULL)
		return 0;
	for (t = 0; t < TAB_MAX; t++) {
		if (strcmp(tab_names[t], name) != 0)
			continue;
		*tab = (enum order_tab)t;
		return 0;
	}
	return err_set(&s->err, ERR_INVALID, "tab",
	    _("There is no tab %s: all, unpaid, to_ship, held, part_shipped, "
	      "shipped, done or closed"),
	    name);
}

static const char sql_customer[] =
    "SELECT id FROM customer WHERE nick = $1 ORDER BY nick, id LIMIT 1";

static int
want_customer(struct session *s, const char *nick, int64_t *id)
{
	int rc;

	if (nick == NULL)
		return 0;
	rc = db_get1(s->db, sql_customer, DB_ARGS(db_t(nick)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "customer",
		    _("There is no customer %s"), nick);
	return rc;
}

/* A state is also a tab, as long as it is only in one. */
static enum order_tab
tab_of_state(const char *state)
{
	size_t t;

	for (t = TAB_UNPAID; state != NULL && t < TAB_MAX; t++)
		if (t != TAB_TO_SHIP && t != TAB_HELD && t != TAB_PART &&
		    strcmp(tab_names[t], state) == 0)
			return (enum order_tab)t;
	return TAB_ALL;
}

/* "packed printed": bits of what was done. */
static int
want_bits(struct session *s, const struct rec_filter *filters, size_t nfilters,
    const char *field, int64_t *bits)
{
	const char *value = rec_want(filters, nfilters, field);
	char word[32];
	int64_t bit;
	size_t n;

	while (value != NULL && value[strspn(value, " ")] != '\0') {
		value += strspn(value, " ");
		n = strcspn(value, " ");
		snprintf(word, sizeof(word), "%.*s", (int)n, value);
		value += n;
		if ((bit = order_done_by_name(word)) == 0)
			return err_set(&s->err, ERR_INVALID, field,
			    _("%s is nothing that is done: reviewed, "
			      "confirmed, printed, picked, checked, weighed, "
			      "packed, handed or waved"),
			    word);
		*bits |= bit;
	}
	return 0;
}

static int
want_amount(struct session *s, const struct rec_filter *filters,
    size_t nfilters, const char *field, int64_t *fen)
{
	const char *value = rec_want(filters, nfilters, field);

	if (value != NULL && money_parse(value, fen) < 0)
		return err_set(
		    &s->err, ERR_INVALID, field, _("%s is no amount"), value);
	return 0;
}

static int
want_sieve(struct session *s, const struct rec_filter *filters, size_t nfilters,
    struct order_sieve *v)
{
	const char *hold = rec_want(filters, nfilters, "hold");
	const char *province = rec_want(filters, nfilters, "province");
	int rc;

	if (province != NULL && province[0] != '\0' &&
	    province_brief(province, v->province) == 0)
		return err_set(&s->err, ERR_INVALID, "province",
		    _("%s is no province"), province);
	if ((rc = want_bits(s, filters, nfilters, "is", &v->done)) < 0 ||
	    (rc = want_bits(s, filters, nfilters, "not", &v->undone)) < 0 ||
	    (rc = want_amount(s, filters, nfilters, "least", &v->least)) < 0 ||
	    (rc = want_amount(s, filters, nfilters, "most", &v->most)) < 0)
		return rc;
	if (hold != NULL && !hold_known(hold))
		return err_set(&s->err, ERR_INVALID, "hold",
		    _("%s is no reason of a hold"), hold);
	copy_text(v->hold, sizeof(v->hold), hold != NULL ? hold : "");
	return rec_want_yes(s, filters, nfilters, "late", &v->late);
}

static int
order_want(struct session *s, const struct rec_filter *filters, size_t nfilters,
    struct order_filter *f)
{
	const char *state = rec_want(filters, nfilters, "state");
	int sort, rc;

	if (state != NULL && order_state_by_name(state) == 0)
		return err_set(&s->err, ERR_INVALID, "state",
		    _("There is no state %s: unpaid, paid, part_shipped, "
		      "shipped, done or closed"),
		    state);
	f->tab = tab_of_state(state);
	rc = rec_want_sort(
	    s, filters, nfilters, order_sorts, ORDER_SORT_MAX, &sort, &f->desc);
	f->sort = (enum order_sort)sort;
	if (rc < 0 ||
	    (rc = want_tab(s, rec_want(filters, nfilters, "tab"), &f->tab)) <
		0 ||
	    (rc = rec_want_time(s, filters, nfilters, "since", &f->since)) <
		0 ||
	    (rc = rec_want_time(s, filters, nfilters, "until", &f->until)) <
		0 ||
	    (rc = want_sieve(s, filters, nfilters, &f->sieve)) < 0)
		return rc;
	return want_customer(
	    s, rec_want(filters, nfilters, "customer"), &f->customer_id);
}

static int
order_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return order_page(s, arg, dir, from, limit, out);
}

/* Somebody who knows the number gets that order, not a walk over all. */
static const char sql_numbered[] =
    "SELECT id FROM orders WHERE order_no = $1 ORDER BY shop_id";

static int
numbered(struct session *s, const struct rec_sift *sift, const char *order_no,
    enum page_dir dir, size_t limit, struct page *out)
{
	struct db_rows *rows;
	struct page one;
	int rc;

	if ((rc = rec_check(s, sift)) < 0 ||
	    (rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	page_init(out, sizeof(struct order), limit);
	/* All of them were in the first page. */
	if (dir == PAGE_AFTER || dir == PAGE_BEFORE)
		return 0;
	rc = db_query(s->db, sql_numbered, DB_ARGS(db_t(order_no)), &rows);
	if (rc < 0) {
		page_free(out);
		return rc;
	}
	while (out->n < limit && (rc = db_next(rows)) > 0) {
		if ((rc = order_row(s, db_int(rows, 0), &one)) < 0)
			break;
		if (rec_fits(sift, page_row(&one, 0)))
			rec_keep(sift->kind, page_row(&one, 0), out);
		page_free(&one);
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}

static int
order_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct order_filter f = { .tab = TAB_ALL };
	const char *no = rec_want(filters, nfilters, "order_no");
	const char *province = rec_want(filters, nfilters, "province");
	const bool blank = province != NULL && province[0] == '\0';
	const struct rec_sift sift = { &rec_orders, filters, nfilters,
		order_done + (blank ? 1 : 0), order_read, &f };
	int rc;

	if ((rc = order_want(s, filters, nfilters, &f)) < 0)
		return rc;
	if (no != NULL && f.sieve.province[0] == '\0')
		return numbered(s, &sift, no, dir, limit, out);
	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
order_rec_get(struct session *s, int64_t id, struct page *out)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	return order_row(s, id, out);
}

/* Where the rows of an export go, and what is put together for each. */
struct walk {
	struct session *s;
	const struct rec_sift *sift;
	bool sifting;
	int (*row)(void *arg, const void *row);
	void *arg;
	struct str goods;
	struct arena masked; /* of the row */
};

static int
walk_row(struct walk *w, const struct db_rows *rows)
{
	struct order o = { .id = 0 };
	char holds[100], done[100];
	int rc;

	order_take(rows, &o, NULL);
	if (o.line_n > 1) {
		str_cut(&w->goods, 0);
		str_addf(&w->goods, "%s +%" PRId64, o.goods, o.line_n - 1);
		o.goods = w->goods.s;
	}
	if (o.held) {
		if ((rc = hold_names(w->s, o.id, holds, sizeof(holds))) < 0)
			return rc;
		o.holds = holds;
	}
	o.done_names = order_done_names(o.done, done, sizeof(done));
	arena_reset(&w->masked);
	contact_hide_order(w->s, &o, &w->masked);
	if (w->sifting && !rec_fits(w->sift, &o))
		return 0;
	return w->row(w->arg, &o);
}

static int
walk_all(struct walk *w, const struct order_filter *f)
{
	struct query q = QUERY(ORDER_SELECT " WHERE 1 = 1");
	struct db_rows *rows;
	int rc, end = 0;

	if (f->since != 0)
		query_and(&q, "o.created_at >=", db_i(f->since));
	if (f->until != 0)
		query_and(&q, "o.created_at <", db_i(f->until));
	query_lit(&q, " ORDER BY o.created_at, o.id /*scan*/");
	rc = db_query(w->s->db, q.sql, q.args, q.nargs, &rows);
	if (rc < 0)
		return rc;
	while (end == 0 && (rc = db_next(rows)) > 0)
		end = walk_row(w, rows);
	db_done(rows);
	return end != 0 ? end : rc;
}

/* Every tab's orders in one list are few, as are those that can be sorted:
 * pages do. */
static int
walk_pages(struct walk *w, struct order_filter *f)
{
	struct page pages[2] = { { 0 }, { 0 } };
	const struct order *from = NULL;
	int now = 0, rc, end = 0;
	size_t i;

	f->oldest_first = true;
	do {
		struct page *p = &pages[now];

		page_free(p);
		rc = order_page(w->s, f, from != NULL ? PAGE_AFTER : PAGE_FIRST,
		    from, 500, p);
		for (i = 0; rc == 0 && end == 0 && i < p->n; i++)
			if (!w->sifting || rec_fits(w->sift, page_row(p, i)))
				end = w->row(w->arg, page_row(p, i));
		if (rc < 0 || end != 0 || p->n == 0)
			break;
		from = page_row(p, p->n - 1);
		now = !now;
	} while (true);
	page_free(&pages[0]);
	page_free(&pages[1]);
	return end != 0 ? end : rc;
}

static int
order_rec_each(struct session *s, const struct rec_filter *filters,
    size_t nfilters, int (*row)(void *arg, const void *row), void *arg)
{
	struct order_filter f = { .tab = TAB_ALL };
	const struct rec_sift sift = { &rec_orders, filters, nfilters,
		order_done, order_read, &f };
	struct walk w = {
		.s = s, .sift = &sift, .row = row, .arg = arg, .goods = STR_INIT
	};
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = order_want(s, filters, nfilters, &f)) < 0 ||
	    (rc = rec_check(s, &sift)) < 0)
		return rc;
	w.sifting = rc > 0;
	if (f.tab == TAB_ALL && f.customer_id == 0 &&
	    f.sort == ORDER_SORT_OWN && order_sieve_is_open(&f.sieve))
		rc = walk_all(&w, &f);
	else
		rc = walk_pages(&w, &f);
	str_done(&w.goods);
	arena_done(&w.masked);
	return rc;
}

const struct rec_kind rec_orders = {
	.name = "orders",
	.fields = order_fields,
	.row_size = sizeof(struct order),
	.page = order_rec_page,
	.get = order_rec_get,
	.filters = order_filters,
	.each = order_rec_each,
	.more = page_fields,
};
