/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/figures.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* What is to be done, by this person, now; and how the day goes. Every figure
 * opens the list behind it. */

#define DAYS      14
#define LATE_MAX  100 /* looked at for lateness */
#define COUNT_MAX 100 /* counted; beyond that "99+" */
#define TODO_W    36
#define CONTENT_W 140 /* wider, and the eye loses the row */

enum todo_kind {
	TODO_SHIP,
	TODO_HELD,
	TODO_PART,
	TODO_MAP,
	TODO_LOW,
	TODO_UNPAID,
	TODO_EXPORT,
	TODO_PACKED,
	TODO_MAX
};

struct todo {
	enum todo_kind kind;
	int64_t n;
	bool many; /* n or more */
};

struct state {
	struct todo todo[TODO_MAX];
	size_t ntodo;
	int64_t late;
	bool late_many;
	bool orders; /* the person may see them */
	int64_t counts[TAB_MAX];
	struct page waiting; /* to ship, oldest first */
	struct page days;
	size_t at; /* among the todo, then those that wait */
	size_t top, seen;
};

static const struct {
	const char *label;
	unsigned perm;
	bool always; /* also when there is nothing */
} kinds[TODO_MAX] = {
	[TODO_SHIP] = { N_("To ship"), PERM_ORDER_VIEW, true },
	[TODO_HELD] = { N_("On hold"), PERM_ORDER_VIEW, true },
	[TODO_PART] = { N_("Partly"), PERM_ORDER_VIEW, false },
	[TODO_MAP] = { N_("Items to map"), PERM_PRODUCT_EDIT, false },
	[TODO_LOW] = { N_("Low stock"), PERM_STOCK_RECEIVE, true },
	[TODO_UNPAID] = { N_("Unpaid"), PERM_ORDER_EDIT, true },
	[TODO_EXPORT] = { N_("To export"), PERM_EXPORT, true },
	[TODO_PACKED] = { N_("Shipped today"), PERM_ORDER_VIEW, true },
};

/* Rows of a page that was asked for at most COUNT_MAX of them. */
static void
count_page(struct todo *t, struct page *page)
{
	t->many = page->n == COUNT_MAX;
	t->n = (int64_t)(t->many ? page->n - 1 : page->n);
	page_free(page);
}

static const struct day_figure *
day(const struct state *st, size_t back)
{
	static const struct day_figure none;

	return st->days.n > back ? page_row(&st->days, st->days.n - 1 - back)
				 : &none;
}

static int
count(struct session *s, const struct state *st, struct todo *t)
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
	case TODO_PART:
		t->n = st->counts[TAB_PART];
		break;
	case TODO_UNPAID:
		t->n = st->counts[TAB_UNPAID];
		break;
	case TODO_PACKED:
		t->n = day(st, 0)->shipped_n;
		break;
	case TODO_LOW:
		rc = figures_low_stock(s, &t->n);
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
load_orders(struct session *s, struct state *st)
{
	struct order_filter filter = { .tab = TAB_TO_SHIP };
	size_t i;
	int rc;

	if ((rc = order_counts(s, st->counts)) < 0 ||
	    (rc = figures_days(s, time_day(time_now()), DAYS, &st->days)) < 0 ||
	    (rc = order_page(
		 s, &filter, PAGE_FIRST, NULL, LATE_MAX, &st->waiting)) < 0)
		return rc;
	st->late = 0;
	for (i = 0; i < st->waiting.n; i++)
		st->late += order_is_late(page_row(&st->waiting, i));
	st->late_many = st->late == LATE_MAX;
	return 0;
}

/* What the cursor is on, to be found again when the lists have changed. */
struct mark {
	int64_t order_id; /* 0: on a line of the todo */
	enum todo_kind kind;
};

static struct mark
mark_row(const struct state *st)
{
	const struct order *o;

	if (st->at < st->ntodo)
		return (struct mark){ .kind = st->todo[st->at].kind };
	if (st->at - st->ntodo >= st->waiting.n)
		return (struct mark){ .kind = TODO_SHIP };
	o = page_row(&st->waiting, st->at - st->ntodo);
	return (struct mark){ .order_id = o->id };
}

static void
find_mark(struct state *st, struct mark m)
{
	const struct order *o;
	size_t i;

	for (i = 0; m.order_id == 0 && i < st->ntodo; i++)
		if (st->todo[i].kind == m.kind)
			st->at = i;
	for (i = 0; m.order_id != 0 && i < st->waiting.n; i++) {
		o = page_row(&st->waiting, i);
		if (o->id == m.order_id)
			st->at = st->ntodo + i;
	}
	if (st->at >= st->ntodo + st->waiting.n && st->at > 0)
		st->at = st->ntodo + st->waiting.n - 1;
}

static int
refresh(struct screen *sc)
{
	struct session *s = session_of(sc);
	struct state *st = sc->state;
	struct mark mark = mark_row(st);
	struct todo t;
	int rc, i;

	page_free(&st->waiting);
	page_free(&st->days);
	st->ntodo = 0;
	st->orders = session_may(s, PERM_ORDER_VIEW);
	if (st->orders && (rc = load_orders(s, st)) < 0)
		return rc;
	for (i = 0; i < TODO_MAX; i++) {
		if (!session_may(s, (enum perm)kinds[i].perm))
			continue;
		t = (struct todo){ .kind = (enum todo_kind)i };
		if ((rc = count(s, st, &t)) < 0)
			return rc;
		if (t.n > 0 || kinds[i].always)
			st->todo[st->ntodo++] = t;
	}
	find_mark(st, mark);
	return 0;
}

static int
open_front(struct screen *sc, const void *arg)
{
	(void)arg;
	return refresh(sc);
}

static void
close_front(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->waiting);
	page_free(&st->days);
}

static int
key_front(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	size_t n = st->ntodo + st->waiting.n;
	size_t page = st->seen > 1 ? st->seen - 1 : 1;

	switch (k->code) {
	case KEY_SCAN:
		return scan_anywhere(sc, k->text);
	case KEY_UP_:
	case 'k':
		st->at -= st->at > 0;
		return 1;
	case KEY_DOWN_:
	case 'j':
		st->at += st->at + 1 < n;
		return 1;
	case KEY_PGUP:
		st->at = st->at > page ? st->at - page : 0;
		return 1;
	case KEY_PGDN:
		st->at = st->at + page < n ? st->at + page : n > 0 ? n - 1 : 0;
		return 1;
	case KEY_HOME_:
		st->at = 0;
		return 1;
	case KEY_END_:
		st->at = n > 0 ? n - 1 : 0;
		return 1;
	default:
		return 0;
	}
}

static void
draw_todo(const struct state *st, struct canvas *c, struct rect r)
{
	char n[MONEY_SIZE + 2], extra[64];
	const struct todo *t;
	enum style style;
	size_t i;
	int y;

	canvas_text(c, r.y, r.x + 1, r.w - 1, STYLE_LABEL, _("TO DO"));
	for (i = 0; i < st->ntodo && (int)i + 1 < r.h; i++) {
		t = &st->todo[i];
		y = r.y + 1 + (int)i;
		style = st->at == i ? STYLE_SELECTED : STYLE_TEXT;
		if (st->at == i)
			canvas_fill(c, (struct rect){ y, r.x, 1, r.w }, style);
		canvas_text(
		    c, y, r.x + 1, 1, style, st->at == i ? cursor_mark() : "");
		canvas_text(c, y, r.x + 3, 13, style, _(kinds[t->kind].label));
		show_count(n, sizeof(n), t->n);
		if (t->many)
			snprintf(n + strlen(n), 2, "+");
		canvas_right(c, y, r.x + 16, 6, style, n);
		if (t->kind != TODO_SHIP || st->late == 0)
			continue;
		snprintf(extra, sizeof(extra),
		    st->late_many ? _("%s or more overdue") : _("%s overdue"),
		    show_count(n, sizeof(n), st->late));
		canvas_text(c, y, r.x + 24, r.w - 24,
		    st->at == i ? style : STYLE_WARN, extra);
	}
}

/* Of a day: what is shown of it. */
enum figure { FIG_ORDERS, FIG_PAID, FIG_SALES, FIG_SHIPPED, FIG_MAX };

static int64_t
figure(const struct day_figure *d, enum figure which)
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
	case FIG_MAX:
		break;
	}
	return 0;
}

static void
draw_figure(const struct state *st, struct canvas *c, int y, struct rect r,
    enum figure which, const char *label)
{
	char buf[32], spark[4 * DAYS + 8];
	int64_t now = figure(day(st, 0), which);
	int64_t before = figure(day(st, 1), which);
	int64_t v[DAYS] = { 0 };
	size_t i, n = DAYS, room;

	canvas_text(c, y, r.x, 8, STYLE_TEXT, label);
	if (which == FIG_SALES)
		show_money(buf, sizeof(buf), now);
	else
		show_count(buf, sizeof(buf), now);
	canvas_right(c, y, r.x + 8, 11, STYLE_STRONG, buf);
	canvas_right(c, y, r.x + 20, 8, now < before ? STYLE_DIM : STYLE_GOOD,
	    show_change(buf, sizeof(buf), now, before));
	room = (size_t)(r.w - 29) / (size_t)width_ambiguous;
	if (n > room)
		n = room;
	for (i = 0; i < n; i++)
		v[i] = figure(day(st, n - 1 - i), which);
	canvas_text(c, y, r.x + 29, r.w - 29, STYLE_ACCENT,
	    show_spark(spark, sizeof(spark), v, n));
}

static void
draw_today(const struct state *st, struct canvas *c, struct rect r)
{
	const char *labels[FIG_MAX] = { _("Orders"), _("Payments"), _("Sales"),
		_("Parcels") };
	int i;

	canvas_text(c, r.y, r.x, 12, STYLE_LABEL, _("TODAY"));
	canvas_right(c, r.y, r.x + 14, 14, STYLE_LABEL, _("vs yesterday"));
	canvas_text(c, r.y, r.x + 29, r.w - 29, STYLE_LABEL, _("last 14 days"));
	for (i = 0; i < FIG_MAX; i++)
		draw_figure(st, c, r.y + 1 + i, r, (enum figure)i, labels[i]);
}

static void
draw_waiting_row(const struct state *st, struct canvas *c, int y, struct rect r,
    size_t i, int no_w)
{
	const struct order *o = page_row(&st->waiting, i);
	bool selected = st->at == st->ntodo + i;
	enum style row = selected ? STYLE_SELECTED : STYLE_TEXT, due;
	char buf[96];
	int x = r.x + 3, buyer_w = r.w >= 100 ? 16 : 9, rest;

	due = row;
	if (selected)
		canvas_fill(c, (struct rect){ y, r.x, 1, r.w }, row);
	canvas_text(c, y, r.x + 1, 1, row, selected ? cursor_mark() : "");
	canvas_text(c, y, x, 10, row, show_when(buf, sizeof(buf), o->paid_at));
	x += 11;
	canvas_text(c, y, x, no_w, row, o->order_no);
	x += no_w + 2;
	canvas_text(c, y, x, buyer_w, row, show_buyer(o));
	x += buyer_w + 2;
	if (r.w >= 100) {
		canvas_text(c, y, x, 10, row, show_city(buf, sizeof(buf), o));
		x += 12;
	}
	show_due(buf, sizeof(buf), o, &due);
	rest = r.x + r.w - 1 - x;
	canvas_ends(c, y, x, rest - 12, row, o->goods);
	canvas_right(c, y, x + rest - 11, 11, selected ? row : due, buf);
}

/* Order numbers are whole: as wide as the widest of them. */
static int
number_width(const struct state *st)
{
	const struct order *o;
	int w = 0;
	size_t i;

	for (i = 0; i < st->waiting.n; i++) {
		o = page_row(&st->waiting, i);
		if (text_width(o->order_no) > w)
			w = text_width(o->order_no);
	}
	return w;
}

static void
draw_waiting(struct state *st, struct canvas *c, struct rect r)
{
	size_t i, h = r.h > 1 ? (size_t)r.h - 1 : 0, at;
	int no_w = number_width(st);

	canvas_text(
	    c, r.y, r.x + 1, r.w - 1, STYLE_LABEL, _("TO SHIP, OLDEST FIRST"));
	st->seen = h;
	at = st->at >= st->ntodo ? st->at - st->ntodo : 0;
	if (at < st->top)
		st->top = at;
	if (h > 0 && at >= st->top + h)
		st->top = at + 1 - h;
	for (i = st->top; i < st->waiting.n && i < st->top + h; i++)
		draw_waiting_row(
		    st, c, r.y + 1 + (int)(i - st->top), r, i, no_w);
	if (st->waiting.n > 0)
		return;
	canvas_wrap(c, (struct rect){ r.y + 2, r.x + 3, 3, r.w - 6 }, STYLE_DIM,
	    st->counts[TAB_ALL] == 0
		? _("No orders yet. F9 imports the files of a platform.")
		: _("Nothing waits to be shipped. F9 imports new orders."));
}

static void
draw_front(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	int left = r.w >= 110 ? 50 : TODO_W, h = (int)st->ntodo + 1;

	if (r.w > CONTENT_W)
		r.w = CONTENT_W;
	draw_todo(st, c, (struct rect){ r.y, r.x, h, left - 2 });
	if (!st->orders)
		return;
	draw_today(st, c, (struct rect){ r.y, r.x + left, h, r.w - left - 1 });
	if (h < FIG_MAX + 1)
		h = FIG_MAX + 1;
	draw_waiting(
	    st, c, (struct rect){ r.y + h + 1, r.x, r.h - h - 1, r.w });
}

static bool
has_row(struct screen *sc)
{
	struct state *st = sc->state;

	return st->at < st->ntodo + st->waiting.n;
}

static int
cmd_open(struct screen *sc)
{
	static const int tabs[TODO_MAX] = {
		[TODO_SHIP] = TAB_TO_SHIP,
		[TODO_HELD] = TAB_HELD,
		[TODO_PART] = TAB_PART,
		[TODO_UNPAID] = TAB_UNPAID,
	};
	struct parcels_arg parcels = { .unexported = true };
	struct stock_arg stock = { .low_only = true };
	struct state *st = sc->state;
	const struct order *o;
	enum todo_kind kind;

	if (st->at >= st->ntodo) {
		o = page_row(&st->waiting, st->at - st->ntodo);
		return ui_open(
		    sc->ui, "order", &(struct order_arg){ .id = o->id });
	}
	kind = st->todo[st->at].kind;
	switch (kind) {
	case TODO_LOW:
		return ui_open(sc->ui, "stock", &stock);
	case TODO_MAP:
		return ui_open(sc->ui, "unmapped", NULL);
	case TODO_EXPORT:
		return ui_open(sc->ui, "parcels", &parcels);
	case TODO_PACKED:
		parcels.unexported = false;
		return ui_open(sc->ui, "parcels", &parcels);
	case TODO_SHIP:
	case TODO_HELD:
	case TODO_PART:
	case TODO_UNPAID:
		return ui_open(sc->ui, "orders",
		    &(struct orders_arg){ .tab = tabs[kind] });
	case TODO_MAX:
		break;
	}
	return 0;
}

static int
cmd_find(struct screen *sc)
{
	return ui_open(sc->ui, "orders", &(struct orders_arg){ .find = "" });
}

static int
cmd_import(struct screen *sc)
{
	return ui_open(sc->ui, "import", NULL);
}

static const struct cmd cmds[] = {
	{ "front-open", "Enter", N_("Open"),
	    N_("Open the list or the order behind the line"), PERM_NONE,
	    CMD_NEEDS_ROW, cmd_open },
	{ "front-find", "/", N_("Find"),
	    N_("Find an order by number, waybill, phone, nick or name"),
	    PERM_ORDER_VIEW, 0, cmd_find },
	{ "front-import", "i", NULL, N_("Import files of a platform"),
	    PERM_IMPORT, 0, cmd_import },
	{ "my-password", "P", NULL, N_("Change my own password"), PERM_NONE, 0,
	    cmd_password },
	{ .name = NULL },
};

const struct screen_ops screen_front = {
	.name = "front",
	.title = N_("Front"),
	.perm = PERM_NONE,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_front,
	.close = close_front,
	.refresh = refresh,
	.key = key_front,
	.draw = draw_front,
	.has_row = has_row,
};
