/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/refs_priv.h"
#include "../core/session_priv.h"
#include "order_priv.h"
#include "order_rows.h"
#include "order_sort.h"

static const struct {
	const char *name, *text;
} states[] = {
	[ORDER_UNPAID] = { "unpaid", N_("awaiting payment") },
	[ORDER_PAID] = { "paid", N_("paid, to ship") },
	[ORDER_PART_SHIPPED] = { "part_shipped", N_("partly shipped") },
	[ORDER_SHIPPED] = { "shipped", N_("shipped") },
	[ORDER_DONE] = { "done", N_("completed") },
	[ORDER_CLOSED] = { "closed", N_("closed") },
};

#define NSTATES (int64_t)(sizeof(states) / sizeof(states[0]))

const char *
order_state_name(int64_t state)
{
	return state > 0 && state < NSTATES ? states[state].name : "";
}

const char *
order_state_text(int64_t state)
{
	return state > 0 && state < NSTATES ? _(states[state].text) : "";
}

int
order_state_by_name(const char *name)
{
	int i;

	for (i = 1; i < NSTATES; i++)
		if (strcmp(states[i].name, name) == 0)
			return i;
	return 0;
}

static const struct tab {
	size_t nplaces;
	struct order_place places[2];
} tabs[TAB_MAX] = {
	[TAB_ALL] = { .nplaces = 0 },
	[TAB_UNPAID] = { 1, { { ORDER_UNPAID, 0 } } },
	[TAB_TO_SHIP] = { 1, { { ORDER_PAID, 0 } } },
	[TAB_HELD] = { 2, { { ORDER_PAID, 1 }, { ORDER_PART_SHIPPED, 1 } } },
	[TAB_PART] = { 1, { { ORDER_PART_SHIPPED, 0 } } },
	[TAB_SHIPPED] = { 1, { { ORDER_SHIPPED, 0 } } },
	[TAB_DONE] = { 1, { { ORDER_DONE, 0 } } },
	[TAB_CLOSED] = { 1, { { ORDER_CLOSED, 0 } } },
};

static bool
newest_first(const struct order_filter *f)
{
	if (f->sort == ORDER_SORT_CREATED)
		return f->desc;
	return f->tab != TAB_TO_SHIP && !f->oldest_first;
}

static void
add_period(struct query *q, const struct order_filter *f)
{
	if (f->since != 0)
		query_and(q, "o.created_at >=", db_i(f->since));
	if (f->until != 0)
		query_and(q, "o.created_at <", db_i(f->until));
}

static void
add_place(struct query *q, const struct order_place *p)
{
	query_and(q, "o.state =", db_i(p->state));
	query_and(q, "o.held =", db_i(p->held));
}

static void
add_page(struct query *q, const struct order_filter *f, enum page_dir dir,
    const struct order *from, size_t limit)
{
	const struct query_key keys[] = {
		{ "o.created_at", db_i(from != NULL ? from->created_at : 0) },
		{ "o.id", db_i(from != NULL ? from->id : 0) },
	};

	query_page(q, keys, 2, newest_first(f), dir, limit);
}

/* The page's orders one after the other, for lists that are several. */
static int
page_of_refs(struct session *s, const struct order_filter *f, struct refs *refs,
    enum page_dir dir, size_t limit, struct page *out)
{
	bool back = dir == PAGE_BEFORE || dir == PAGE_LAST;
	int rc;

	refs_settle(refs, newest_first(f) != back, limit);
	rc = order_load(s, refs, out);
	if (rc == 0 && back)
		page_reverse(out);
	return rc;
}

/* A customer's orders hang on receivers, and are few enough to sort. */
static int
customer_refs(struct session *s, const struct order_filter *f,
    enum page_dir dir, const struct order *from, size_t limit,
    const struct order_place *place, struct refs *refs)
{
	struct query q = QUERY("SELECT o.created_at, o.id FROM receiver r"
			       " JOIN orders o ON o.receiver_id = r.id /*sort*/"
			       " WHERE 1 = 1");

	query_and(&q, "r.customer_id =", db_i(f->customer_id));
	if (place != NULL)
		add_place(&q, place);
	add_period(&q, f);
	add_page(&q, f, dir, from, limit);
	return refs_query(s, refs, q.sql, q.args, q.nargs);
}

static int
place_refs(struct session *s, const struct order_filter *f, enum page_dir dir,
    const struct order *from, size_t limit, const struct order_place *place,
    struct refs *refs)
{
	struct query q =
	    QUERY("SELECT o.created_at, o.id FROM orders o WHERE 1 = 1");

	if (f->customer_id != 0)
		return customer_refs(s, f, dir, from, limit, place, refs);
	add_place(&q, place);
	add_period(&q, f);
	add_page(&q, f, dir, from, limit);
	return refs_query(s, refs, q.sql, q.args, q.nargs);
}

static int
page_of_many(struct session *s, const struct order_filter *f, enum page_dir dir,
    const struct order *from, size_t limit, struct page *out)
{
	const struct tab *tab = &tabs[f->tab];
	struct refs refs = { 0 };
	size_t i;
	int rc = 0;

	if (tab->nplaces == 0)
		rc = customer_refs(s, f, dir, from, limit, NULL, &refs);
	for (i = 0; rc == 0 && i < tab->nplaces; i++)
		rc = place_refs(s, f, dir, from, limit, &tab->places[i], &refs);
	if (rc == 0)
		rc = page_of_refs(s, f, &refs, dir, limit, out);
	refs_done(&refs);
	return rc;
}

int
order_page(struct session *s, const struct order_filter *filter,
    enum page_dir dir, const struct order *from, size_t limit, struct page *out)
{
	const struct tab *tab = &tabs[filter->tab];
	struct query q = QUERY(ORDER_SELECT " WHERE 1 = 1");
	struct order_filter sifted = *filter;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (filter->sort != ORDER_SORT_OWN &&
	    filter->sort != ORDER_SORT_CREATED)
		return order_sorted(s, filter, tab->places, tab->nplaces, dir,
		    from, limit, out);
	if (!order_sieve_is_open(&filter->sieve)) {
		sifted.sort = ORDER_SORT_CREATED;
		sifted.desc = newest_first(filter);
		return order_sorted(s, &sifted, tab->places, tab->nplaces, dir,
		    from, limit, out);
	}
	if (filter->customer_id != 0 || tab->nplaces > 1)
		return page_of_many(s, filter, dir, from, limit, out);
	if (tab->nplaces == 1)
		add_place(&q, &tab->places[0]);
	add_period(&q, filter);
	add_page(&q, filter, dir, from, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct order), limit, order_take, out);
	return rc < 0 ? rc : order_fill(s, out);
}

static const char sql_counts[] =
    "SELECT state, held, n FROM order_count /*scan*/";

int
order_counts(struct session *s, int64_t n[TAB_MAX])
{
	int64_t counts[TAB_MAX] = { 0 };
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if ((rc = db_query(s->db, sql_counts, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		size_t t, i;

		counts[TAB_ALL] += db_int(rows, 2);
		for (t = 0; t < TAB_MAX; t++)
			for (i = 0; i < tabs[t].nplaces; i++)
				if (tabs[t].places[i].state ==
					db_int(rows, 0) &&
				    tabs[t].places[i].held == db_int(rows, 1))
					counts[t] += db_int(rows, 2);
	}
	db_done(rows);
	if (rc == 0)
		memcpy(n, counts, sizeof(counts));
	return rc;
}
