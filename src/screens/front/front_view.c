/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "front_priv.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/chart.h"

#define TODO_W    36
#define DUE_W     12 /* "超时 15 小时" */
#define TODO_WIDE 50
#define TODAY_W   45
#define BESIDE_X  (TODO_WIDE + TODAY_W) /* where a picture may stand */
#define CONTENT_W 140                   /* wider, and the eye loses the row */
#define SPARK     14                    /* days */
#define ROW_H     11 /* of a row of pictures, with its title */
#define TALL      (ROW_H + 21)

const char *
front_todo_text(enum todo_kind kind)
{
	static const char *const words[TODO_MAX] = {
		[TODO_SHIP] = N_("To ship"),
		[TODO_HELD] = N_("On hold"),
		[TODO_CHANGED] = N_("Have changed"),
		[TODO_PART] = N_("Partly"),
		[TODO_MAP] = N_("Items to map"),
		[TODO_BELOW] = N_("Below zero"),
		[TODO_LOW] = N_("Low stock"),
		[TODO_UNPAID] = N_("Unpaid"),
		[TODO_EXPORT] = N_("To export"),
		[TODO_PACKED] = N_("Shipped today"),
	};

	return _(words[kind]);
}

static void
draw_todo_line(
    const struct state *st, struct canvas *c, struct rect r, size_t i)
{
	const struct todo *t = &st->todo[i];
	enum style style = st->at == i ? STYLE_SELECTED : STYLE_TEXT;
	char n[MONEY_SIZE + 2], extra[64];

	if (st->at == i)
		canvas_fill(c, r, style);
	canvas_text(
	    c, r.y, r.x + 1, 1, style, st->at == i ? cursor_mark() : "");
	canvas_text(c, r.y, r.x + 3, 13, style, front_todo_text(t->kind));
	show_count(n, sizeof(n), t->n);
	if (t->many)
		snprintf(n + strlen(n), 2, "+");
	canvas_right(c, r.y, r.x + 16, 6, style, n);
	if (t->kind == TODO_CHANGED)
		canvas_text(c, r.y, r.x + 24, r.w - 24,
		    st->at == i ? style : STYLE_DIM, _("by import"));
	if (t->kind != TODO_SHIP || st->late == 0)
		return;
	snprintf(extra, sizeof(extra),
	    st->late_many ? _("%s+ late") : _("%s overdue"),
	    show_count(n, sizeof(n), st->late));
	canvas_text(c, r.y, r.x + 24, r.w - 24,
	    st->at == i ? style : STYLE_WARN, extra);
}

static void
draw_todo(const struct state *st, struct canvas *c, struct rect r)
{
	size_t i;

	canvas_text(c, r.y, r.x + 1, r.w - 1, STYLE_LABEL, _("TO DO"));
	for (i = 0; i < st->ntodo && (int)i + 1 < r.h; i++)
		draw_todo_line(
		    st, c, (struct rect){ r.y + 1 + (int)i, r.x, 1, r.w }, i);
}

/* A figure of today, against yesterday's at this time, and how it went. */
static void
draw_figure(const struct state *st, struct canvas *c, struct rect r,
    enum figure which, const char *label)
{
	int64_t now = front_figure(st, 0, which);
	int64_t before = front_then(st, which);
	int64_t v[SPARK];
	char buf[32];
	size_t i;

	canvas_text(c, r.y, r.x, 8, STYLE_TEXT, label);
	if (which == FIG_SALES)
		show_money(buf, sizeof(buf), now);
	else
		show_count(buf, sizeof(buf), now);
	canvas_right(c, r.y, r.x + 8, 11, STYLE_STRONG, buf);
	if (which == FIG_MINE) /* of other days it is not asked */
		return;
	canvas_right(c, r.y, r.x + 20, 8, now < before ? STYLE_DIM : STYLE_GOOD,
	    show_change(buf, sizeof(buf), now, before));
	for (i = 0; i < SPARK; i++)
		v[i] = front_figure(st, SPARK - 1 - i, which);
	chart_spark(c, r.y, r.x + 29, r.w - 29, STYLE_ACCENT, v, SPARK);
}

/* When today's orders came, hour by hour until now. */
static void
draw_hours(const struct state *st, struct canvas *c, struct rect r)
{
	int64_t now = time_now(), today = time_day(now), v[24] = { 0 };
	const struct hour_figure *h;
	size_t i;

	for (i = 0; i < st->hours.n; i++) {
		h = page_row(&st->hours, i);
		if (h->day == today)
			v[h->hour] = h->created_n;
	}
	for (i = 0; i < 24; i++)
		if ((int64_t)i > (now - day_start(today)) / 3600)
			v[i] = CHART_GAP;
	canvas_text(c, r.y, r.x, 9, STYLE_TEXT, _("By hour"));
	chart_spark(c, r.y, r.x + 10, r.w - 10, STYLE_ACCENT, v, 24);
	canvas_text(c, r.y, r.x + 35, r.w - 35, STYLE_DIM, "0–23");
}

static void
draw_today(const struct state *st, struct canvas *c, struct rect r)
{
	static const struct {
		enum figure which;
		const char *label;
	} sales[] = { { FIG_ORDERS, N_("Orders") },
		{ FIG_PAID, N_("Payments") }, { FIG_SALES, N_("Sales") },
		{ FIG_SHIPPED, N_("Parcels") } },
	  floor[] = { { FIG_MINE, N_("Mine") }, { FIG_SHIPPED, N_("Parcels") },
		  { FIG_PAID, N_("Payments") }, { FIG_ORDERS, N_("Orders") } };
	char now[TIME_SIZE], vs[48];
	int i;

	snprintf(vs, sizeof(vs), _("vs yest. %.5s"),
	    time_full(time_now(), now) + strlen("2024-05-28 "));
	canvas_text(c, r.y, r.x, 12, STYLE_LABEL, _("TODAY"));
	canvas_right(c, r.y, r.x + 13, 15, STYLE_LABEL, vs);
	canvas_text(c, r.y, r.x + 29, r.w - 29, STYLE_LABEL, _("last 14 days"));
	for (i = 0; i < 4; i++)
		draw_figure(st, c, (struct rect){ r.y + 1 + i, r.x, 1, r.w },
		    st->audience == FOR_FLOOR ? floor[i].which : sales[i].which,
		    _(st->audience == FOR_FLOOR ? floor[i].label
						: sales[i].label));
	if (r.h > 5)
		draw_hours(st, c, (struct rect){ r.y + 5, r.x, 1, r.w });
}

/* The list */

/* Why it does not go; beside it, since when and whose it is. */
static void
draw_order(struct canvas *c, struct rect r, const struct state *st,
    const struct order *o, enum style row, int no_w)
{
	int x = r.x + 3, buyer_w = r.w >= 100 ? 16 : 9, rest;
	bool selected = row == STYLE_SELECTED;
	enum style due = row;
	char buf[200];

	canvas_text(
	    c, r.y, x, 10, row, show_when(buf, sizeof(buf), o->goes_at));
	x += 11;
	canvas_text(c, r.y, x, no_w, row, o->order_no);
	x += no_w + 2;
	canvas_text(c, r.y, x, buyer_w, row, show_buyer(o));
	x += buyer_w + 2;
	if (r.w >= 100 && st->list == LIST_SHIP) {
		canvas_text(c, r.y, x, 10, row, show_city(buf, sizeof(buf), o));
		x += 12;
	}
	rest = r.x + r.w - 1 - x;
	if (st->list == LIST_HELD)
		canvas_text(c, r.y, x, rest - DUE_W - 1,
		    selected ? row : STYLE_WARN,
		    show_holds(buf, sizeof(buf), o->holds));
	else
		canvas_ends(c, r.y, x, rest - DUE_W - 1, row, o->goods);
	show_due(buf, sizeof(buf), o, &due);
	canvas_right(
	    c, r.y, x + rest - DUE_W, DUE_W, selected ? row : due, buf);
}

static void
draw_variant(
    struct canvas *c, struct rect r, const struct variant *v, enum style row)
{
	int x = r.x + r.w - 1 - 36;
	int64_t lacks = v->target_level - v->available - v->in_transit;
	char n[MONEY_SIZE];

	canvas_text(c, r.y, r.x + 3, 16, row, v->sku_code);
	canvas_ends(c, r.y, r.x + 21, x - r.x - 22, row, v->name);
	canvas_right(c, r.y, x, 11, row == STYLE_SELECTED ? row : STYLE_WARN,
	    show_count(n, sizeof(n), v->available));
	canvas_right(
	    c, r.y, x + 12, 11, row, show_count(n, sizeof(n), v->reorder_at));
	canvas_right(c, r.y, x + 24, 12, row,
	    lacks > 0 ? show_count(n, sizeof(n), lacks) : "");
}

static void
draw_listing(
    struct canvas *c, struct rect r, const struct listing *l, enum style row)
{
	int shop_w = 24, attrs_w = r.w >= 100 ? 30 : 14;
	int x = r.x + r.w - 1 - shop_w;
	char shop[200];

	canvas_ends(c, r.y, r.x + 3, x - attrs_w - r.x - 5, row, l->title);
	canvas_text(c, r.y, x - attrs_w - 1, attrs_w, row, l->attrs);
	snprintf(
	    shop, sizeof(shop), "%s · %s", platform_text(l->platform), l->shop);
	canvas_right(c, r.y, x, shop_w, row, shop);
}

/* Order numbers are whole: as wide as the widest of them. */
static int
number_width(const struct state *st)
{
	const struct order *o;
	int w = 0;
	size_t i;

	for (i = 0; front_has_orders(st) && i < st->rows.n; i++) {
		o = page_row(&st->rows, i);
		if (text_width(o->order_no) > w)
			w = text_width(o->order_no);
	}
	return w;
}

static void
draw_row(
    const struct state *st, struct canvas *c, struct rect r, size_t i, int no_w)
{
	bool selected = st->at == st->ntodo + i;
	enum style row = selected ? STYLE_SELECTED : STYLE_TEXT;

	if (selected)
		canvas_fill(c, r, row);
	canvas_text(c, r.y, r.x + 1, 1, row, selected ? cursor_mark() : "");
	switch (st->list) {
	case LIST_SHIP:
	case LIST_HELD:
		draw_order(c, r, st, page_row(&st->rows, i), row, no_w);
		break;
	case LIST_LOW:
		draw_variant(c, r, page_row(&st->rows, i), row);
		break;
	case LIST_UNMAPPED:
		draw_listing(c, r, page_row(&st->rows, i), row);
		break;
	}
}

static void
draw_empty(const struct state *st, struct canvas *c, struct rect r)
{
	const char *text = "";

	switch (st->list) {
	case LIST_SHIP:
		text = _("Nothing waits to be shipped. F9 imports new orders.");
		break;
	case LIST_HELD:
		text = _("No order is on hold.");
		break;
	case LIST_LOW:
		text = _("Nothing is short: all goods are above their reorder "
			 "point.");
		break;
	case LIST_UNMAPPED:
		text = _("Every title has its product.");
		break;
	}
	if (front_has_orders(st) && st->counts[TAB_ALL] == 0)
		text = _("No orders yet. F9 imports the files of a platform.");
	canvas_wrap(c, r, STYLE_DIM, text);
}

static void
draw_heading(const struct state *st, struct canvas *c, struct rect r)
{
	static const char *const titles[] = {
		[LIST_SHIP] = N_("TO SHIP, OLDEST FIRST"),
		[LIST_HELD] = N_("ON HOLD, OLDEST FIRST"),
		[LIST_LOW] = N_("TO BUY AGAIN"),
		[LIST_UNMAPPED] = N_("TITLES WITHOUT A PRODUCT"),
	};
	int x = r.x + r.w - 1 - 36;

	canvas_text(c, r.y, r.x + 1, r.w - 1, STYLE_LABEL, _(titles[st->list]));
	if (st->list != LIST_LOW || st->rows.n == 0)
		return;
	canvas_right(c, r.y, x, 11, STYLE_LABEL, _("Available"));
	canvas_right(c, r.y, x + 12, 11, STYLE_LABEL, _("Reorder at"));
	canvas_right(c, r.y, x + 24, 12, STYLE_LABEL, _("To buy"));
}

static void
draw_list(struct state *st, struct canvas *c, struct rect r)
{
	size_t i, h = r.h > 1 ? (size_t)r.h - 1 : 0, at;
	int no_w = number_width(st);

	draw_heading(st, c, r);
	st->seen = h;
	at = st->at >= st->ntodo ? st->at - st->ntodo : 0;
	if (at < st->top)
		st->top = at;
	if (h > 0 && at >= st->top + h)
		st->top = at + 1 - h;
	for (i = st->top; i < st->rows.n && i < st->top + h; i++)
		draw_row(st, c,
		    (struct rect){ r.y + 1 + (int)(i - st->top), r.x, 1, r.w },
		    i, no_w);
	if (st->rows.n == 0)
		draw_empty(
		    st, c, (struct rect){ r.y + 2, r.x + 3, 3, r.w - 6 });
}

/* What is to be done at the left, how the day goes at the right. */
static void
draw_top(const struct state *st, struct canvas *c, struct rect r, bool tall)
{
	int left = r.w >= 110 ? TODO_WIDE : TODO_W, today = r.w - left - 1;

	draw_todo(st, c, (struct rect){ r.y, r.x, r.h, left - 2 });
	if (r.w >= BESIDE_X + 24 && front_has_orders(st) &&
	    front_chart_beside(st, c,
		(struct rect){ r.y, r.x + BESIDE_X, r.h, r.w - BESIDE_X - 1 },
		tall))
		today = TODAY_W;
	if (front_has_orders(st))
		draw_today(st, c, (struct rect){ r.y, r.x + left, r.h, today });
	else
		front_chart_beside(
		    st, c, (struct rect){ r.y, r.x + left, r.h, today }, tall);
}

void
front_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	bool tall = r.h >= TALL && front_has_orders(st);
	int h = (int)st->ntodo + 1;

	if (r.w > CONTENT_W)
		r.w = CONTENT_W;
	if (h < 6)
		h = 6;
	draw_top(st, c, (struct rect){ r.y, r.x, h, r.w }, tall);
	h++;
	if (tall) {
		front_chart_row(
		    st, c, (struct rect){ r.y + h, r.x + 1, ROW_H, r.w - 2 });
		h += ROW_H + 1;
	}
	draw_list(st, c, (struct rect){ r.y + h, r.x, r.h - h, r.w });
}
