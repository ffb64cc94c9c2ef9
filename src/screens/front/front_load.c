/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "front_priv.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shipping.h"

/* Everything here is a kept figure or the first page of a list: it costs the
 * same in a shop of any size. */

static const struct {
	unsigned perm;
	bool always; /* also when there is nothing */
} kinds[TODO_MAX] = {
	[TODO_SHIP] = { PERM_ORDER_VIEW, true },
	[TODO_HELD] = { PERM_ORDER_VIEW, true },
	[TODO_CHANGED] = { PERM_IMPORT, false },
	[TODO_PART] = { PERM_ORDER_VIEW, false },
	[TODO_MAP] = { PERM_PRODUCT_EDIT, false },
	[TODO_BELOW] = { PERM_STOCK_ADJUST, false },
	[TODO_LOW] = { PERM_STOCK_RECEIVE, true },
	[TODO_UNPAID] = { PERM_ORDER_EDIT, true },
	[TODO_EXPORT] = { PERM_EXPORT, true },
	[TODO_PACKED] = { PERM_ORDER_VIEW, true },
};

/* Their own work first; what they may not see is left out. */
static const enum todo_kind first[AUDIENCES][TODO_MAX] = {
	[FOR_MANAGER] = { TODO_SHIP, TODO_HELD, TODO_CHANGED, TODO_PART,
	    TODO_MAP, TODO_BELOW, TODO_LOW, TODO_UNPAID, TODO_EXPORT,
	    TODO_PACKED },
	[FOR_SALES] = { TODO_HELD, TODO_CHANGED, TODO_UNPAID, TODO_SHIP,
	    TODO_PART, TODO_MAP, TODO_BELOW, TODO_LOW, TODO_EXPORT,
	    TODO_PACKED },
	[FOR_FLOOR] = { TODO_SHIP, TODO_EXPORT, TODO_PACKED, TODO_HELD,
	    TODO_CHANGED, TODO_PART, TODO_BELOW, TODO_LOW, TODO_MAP,
	    TODO_UNPAID },
	[FOR_BUYER] = { TODO_LOW, TODO_BELOW, TODO_MAP, TODO_SHIP, TODO_HELD,
	    TODO_CHANGED, TODO_PART, TODO_UNPAID, TODO_EXPORT, TODO_PACKED },
	[FOR_EDITOR] = { TODO_MAP, TODO_BELOW, TODO_LOW, TODO_SHIP, TODO_HELD,
	    TODO_CHANGED, TODO_PART, TODO_UNPAID, TODO_EXPORT, TODO_PACKED },
};

static enum audience
audience_of(const struct session *s)
{
	if (!session_may(s, PERM_ORDER_VIEW))
		return session_may(s, PERM_STOCK_RECEIVE) ? FOR_BUYER
							  : FOR_EDITOR;
	if (session_may(s, PERM_SETTING_EDIT))
		return FOR_MANAGER;
	return session_may(s, PERM_ORDER_EDIT) ? FOR_SALES : FOR_FLOOR;
}

static int64_t
figure_of(const struct day_figure *d, enum figure which)
{
	switch (which) {
	case FIG_ORDERS:
		return d->created_n;
	case FIG_PAID:
		return d->paid_n;
	case FIG_SALES:
		return d->paid;
	case FIG_SHIPPED:
		return d->shipped_n;
	case FIG_MINE:
		break;
	}
	return 0;
}

int64_t
front_then(const struct state *st, enum figure which)
{
	return figure_of(&st->then, which);
}

int64_t
front_figure(const struct state *st, size_t back, enum figure which)
{
	static const struct day_figure none;
	const struct packer_figure *p;
	size_t i;

	if (which != FIG_MINE)
		return figure_of(st->days.n > back ? page_row(&st->days,
							 st->days.n - 1 - back)
						   : &none,
		    which);
	for (i = 0; back == 0 && i < st->packers.n; i++) {
		p = page_row(&st->packers, i);
		if (p->mine)
			return p->shipped_n;
	}
	return 0;
}

/* Rows of a page that was asked for at most COUNT_MAX of them. */
static void
count_page(struct todo *t, struct page *page)
{
	t->many = page->n == COUNT_MAX;
	t->n = (int64_t)(t->many ? page->n - 1 : page->n);
	page_free(page);
}

/* Orders that the newest import changed and that wait for a look since. */
static int
count_changed(struct session *s, struct state *st, struct todo *t)
{
	int rc;

	if (!front_has_orders(st))
		return 0;
	rc = import_waiting(s, COUNT_MAX, &st->changed_by, &t->n);
	t->many = t->n == COUNT_MAX;
	t->n -= t->many;
	return rc;
}

static int
count(struct session *s, struct state *st, struct todo *t)
{
	struct parcel_filter unexported = { .unexported = true };
	struct page page = { 0 };
	int rc = 0;

	switch (t->kind) {
	case TODO_SHIP:
		t->n = st->counts[TAB_TO_SHIP];
		break;
	case TODO_HELD:
		t->n = st->counts[TAB_HELD];
		break;
	case TODO_CHANGED:
		rc = count_changed(s, st, t);
		break;
	case TODO_PART:
		t->n = st->counts[TAB_PART];
		break;
	case TODO_UNPAID:
		t->n = st->counts[TAB_UNPAID];
		break;
	case TODO_PACKED:
		t->n = front_figure(st, 0, FIG_SHIPPED);
		break;
	case TODO_LOW:
		rc = figures_low_stock(s, &t->n);
		break;
	case TODO_BELOW:
		rc = stock_below_page(s, PAGE_FIRST, NULL, COUNT_MAX, &page);
		if (rc == 0)
			count_page(t, &page);
		break;
	case TODO_MAP:
		rc = listing_page(s, true, PAGE_FIRST, NULL, COUNT_MAX, &page);
		if (rc == 0)
			count_page(t, &page);
		break;
	case TODO_EXPORT:
		rc = parcel_page(
		    s, &unexported, PAGE_FIRST, NULL, COUNT_MAX, &page);
		if (rc == 0)
			count_page(t, &page);
		break;
	case TODO_MAX:
		break;
	}
	return rc;
}

static int
load_todo(struct session *s, struct state *st)
{
	enum todo_kind kind;
	struct todo t;
	int rc, i;

	st->ntodo = 0;
	for (i = 0; i < TODO_MAX; i++) {
		kind = first[st->audience][i];
		if (!session_may(s, (enum perm)kinds[kind].perm))
			continue;
		t = (struct todo){ .kind = kind };
		if ((rc = count(s, st, &t)) < 0)
			return rc;
		if (t.n > 0 || kinds[kind].always || i == 0)
			st->todo[st->ntodo++] = t;
	}
	return 0;
}

/* How many of those that wait longest are late. */
static void
count_late(struct state *st, const struct page *waiting)
{
	size_t i;

	st->late = 0;
	for (i = 0; i < waiting->n; i++)
		st->late += order_is_late(page_row(waiting, i));
	st->late_many = st->late == LIST_MAX;
}

static int
load_orders(struct session *s, struct state *st)
{
	const struct order_filter ship = { .tab = TAB_TO_SHIP };
	const struct order_filter held = { .tab = TAB_HELD,
		.oldest_first = true };
	struct page waiting;
	int rc;

	rc = order_page(s, &ship, PAGE_FIRST, NULL, LIST_MAX, &waiting);
	if (rc < 0)
		return rc;
	count_late(st, &waiting);
	if (st->list == LIST_SHIP) {
		st->rows = waiting;
		return 0;
	}
	page_free(&waiting);
	return order_page(s, &held, PAGE_FIRST, NULL, LIST_MAX, &st->rows);
}

static int
load_figures(struct session *s, struct state *st)
{
	int64_t now = time_now(), today = time_day(now);
	int64_t then = day_start(today - 1) + now - day_start(today);
	int rc;

	if ((rc = order_counts(s, st->counts)) < 0 ||
	    (rc = figures_then(s, then, &st->then)) < 0 ||
	    (rc = figures_days(s, today, DAYS, &st->days)) < 0 ||
	    (rc = figures_hours(s, today, (size_t)WEEKS * 7, &st->hours)) < 0 ||
	    (rc = figures_packers(s, today, RANKS, &st->packers)) < 0)
		return rc;
	return figures_shops(s, today, DAYS, RANKS, &st->shops);
}

static int
load_list(struct session *s, struct state *st)
{
	const struct variant_filter low = { .low_only = true };

	/* A role may be made that sees neither orders nor goods. */
	if (!front_has_orders(st) && !session_may(s, PERM_PRODUCT_VIEW))
		return 0;
	switch (st->list) {
	case LIST_SHIP:
	case LIST_HELD:
		return load_orders(s, st);
	case LIST_LOW:
		return variant_page(
		    s, &low, PAGE_FIRST, NULL, LIST_MAX, &st->rows);
	case LIST_UNMAPPED:
		return listing_page(
		    s, true, PAGE_FIRST, NULL, LIST_MAX, &st->rows);
	}
	return 0;
}

/* What the cursor is on, to be found again when the lists have changed. */
struct mark {
	int64_t row_id; /* 0: on a line of the todo */
	enum todo_kind kind;
};

/* Rows of all kinds begin with their id. */
static int64_t
row_id(const struct state *st, size_t i)
{
	return *(const int64_t *)page_row(&st->rows, i);
}

static struct mark
mark_row(const struct state *st)
{
	if (st->at < st->ntodo)
		return (struct mark){ .kind = st->todo[st->at].kind };
	if (st->at - st->ntodo >= st->rows.n)
		return (struct mark){ .kind = TODO_MAX };
	return (struct mark){ .row_id = row_id(st, st->at - st->ntodo) };
}

static void
find_mark(struct state *st, struct mark m)
{
	size_t i;

	for (i = 0; m.row_id == 0 && i < st->ntodo; i++)
		if (st->todo[i].kind == m.kind)
			st->at = i;
	for (i = 0; m.row_id != 0 && i < st->rows.n; i++)
		if (row_id(st, i) == m.row_id)
			st->at = st->ntodo + i;
	if (st->at >= st->ntodo + st->rows.n && st->at > 0)
		st->at = st->ntodo + st->rows.n - 1;
}

void
front_free(struct state *st)
{
	page_free(&st->rows);
	page_free(&st->days);
	page_free(&st->hours);
	page_free(&st->packers);
	page_free(&st->shops);
}

int
front_load(struct screen *sc)
{
	static const enum list_kind lists[AUDIENCES] = {
		[FOR_MANAGER] = LIST_SHIP,
		[FOR_SALES] = LIST_HELD,
		[FOR_FLOOR] = LIST_SHIP,
		[FOR_BUYER] = LIST_LOW,
		[FOR_EDITOR] = LIST_UNMAPPED,
	};
	struct session *s = session_of(sc);
	struct state *st = sc->state;
	struct mark mark = mark_row(st);
	int rc;

	front_free(st);
	st->audience = audience_of(s);
	st->list = lists[st->audience];
	if (front_has_orders(st) && (rc = load_figures(s, st)) < 0)
		return rc;
	if ((rc = load_list(s, st)) < 0 || (rc = load_todo(s, st)) < 0)
		return rc;
	find_mark(st, mark);
	return 0;
}
