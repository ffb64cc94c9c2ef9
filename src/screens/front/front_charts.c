/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "../core/show.h"
#include "front_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/chart.h"

#define HEAT_W    54
#define FORTNIGHT 14

static void
title(struct canvas *c, struct rect *r, const char *text)
{
	canvas_text(c, r->y, r->x, r->w, STYLE_LABEL, text);
	r->y++;
	r->h--;
}

/* "11-22" */
static void
short_day(int64_t day, char buf[TIME_SIZE])
{
	char text[TIME_SIZE];

	day_text(day, text);
	copy_text(buf, TIME_SIZE, text + 5);
}

static char *
whole_yuan(int64_t fen, char *buf, size_t size)
{
	return show_count(buf, size, fen / 100);
}

static char *
in_full(int64_t n, char *buf, size_t size)
{
	return show_count(buf, size, n);
}

static void
draw_sales(const struct state *st, struct canvas *c, struct rect r)
{
	int64_t today = time_day(time_now()), v[DAYS];
	char days[DAYS][TIME_SIZE];
	const char *ticks[DAYS];
	const struct chart_line line = { _("Sales"), v, STYLE_ACCENT };
	const struct chart_axis axis = { whole_yuan, ticks, true };
	int i;

	for (i = 0; i < DAYS; i++) {
		v[i] = front_figure(st, (size_t)(DAYS - 1 - i), FIG_SALES);
		short_day(today - DAYS + 1 + i, days[i]);
		ticks[i] = days[i];
	}
	title(c, &r, _("SALES OF 30 DAYS, YUAN"));
	chart_lines(c, r, &line, 1, DAYS, &axis);
}

/* A fortnight of what this person is about. */
static void
draw_fortnight(const struct state *st, struct canvas *c, struct rect r)
{
	bool parcels = st->audience == FOR_FLOOR;
	char days[FORTNIGHT][TIME_SIZE], values[FORTNIGHT][MONEY_SIZE];
	struct chart_bar bar[FORTNIGHT];
	int64_t today = time_day(time_now()), n;
	int i;

	for (i = 0; i < FORTNIGHT; i++) {
		n = front_figure(st, (size_t)(FORTNIGHT - 1 - i),
		    parcels ? FIG_SHIPPED : FIG_ORDERS);
		short_day(today - FORTNIGHT + 1 + i, days[i]);
		bar[i] = (struct chart_bar){ .label = days[i],
			.value = n,
			.text = count_show(n, values[i]),
			.style = STYLE_ACCENT };
	}
	title(
	    c, &r, parcels ? _("PARCELS OF 14 DAYS") : _("ORDERS OF 14 DAYS"));
	chart_columns(c, r, bar, FORTNIGHT);
}

/* 1970-01-01 was a Thursday; weeks begin with Monday. */
static int64_t
weekday(int64_t day)
{
	return (day + 3) % 7;
}

static void
draw_heat(const struct state *st, struct canvas *c, struct rect r)
{
	const char *const days[] = { _("Mon"), _("Tue"), _("Wed"), _("Thu"),
		_("Fri"), _("Sat"), _("Sun") };
	const struct hour_figure *h;
	const char *hours[24];
	char names[24][8];
	int64_t v[7 * 24] = { 0 };
	size_t i;

	for (i = 0; i < 24; i++) {
		snprintf(names[i], sizeof(names[i]), "%zu", i);
		hours[i] = i % 3 == 0 ? names[i] : NULL;
	}
	for (i = 0; i < st->hours.n; i++) {
		h = page_row(&st->hours, i);
		v[weekday(h->day) * 24 + h->hour] += h->created_n;
	}
	title(c, &r, _("WHEN ORDERS COME, 4 WEEKS"));
	chart_heat(c, r,
	    &(struct chart_heat){ .rows = 7,
		.cols = 24,
		.v = v,
		.row_labels = days,
		.col_labels = hours,
		.text = in_full });
}

static void
draw_packers(const struct state *st, struct canvas *c, struct rect r)
{
	struct chart_bar bar[RANKS];
	char values[RANKS][MONEY_SIZE];
	const struct packer_figure *p;
	size_t i;

	for (i = 0; i < st->packers.n; i++) {
		p = page_row(&st->packers, i);
		bar[i] = (struct chart_bar){ .label = p->name,
			.value = p->shipped_n,
			.text = count_show(p->shipped_n, values[i]),
			.style = p->mine ? STYLE_GOOD : STYLE_ACCENT };
	}
	title(c, &r, _("PARCELS BY PACKER, TODAY"));
	if (st->packers.n > 0)
		chart_bars(c, r, bar, st->packers.n);
	else
		canvas_wrap(
		    c, r, STYLE_DIM, _("No parcel was sent today yet."));
}

static void
draw_shops(const struct state *st, struct canvas *c, struct rect r)
{
	struct chart_bar bar[RANKS];
	char values[RANKS][MONEY_SIZE];
	const struct shop_figure *f;
	size_t i;

	for (i = 0; i < st->shops.n; i++) {
		f = page_row(&st->shops, i);
		bar[i] = (struct chart_bar){ .label = f->shop,
			.value = f->paid,
			.text = whole_yuan(f->paid, values[i], MONEY_SIZE),
			.style = STYLE_ACCENT };
	}
	title(c, &r, _("SALES BY SHOP, 30 DAYS, YUAN"));
	chart_bars(c, r, bar, st->shops.n);
}

/* What is left of what must be bought again, against the point at which it
 * must. */
static void
draw_short(const struct state *st, struct canvas *c, struct rect r)
{
	struct chart_bar bar[RANKS];
	char values[RANKS][2 * MONEY_SIZE + 4], n[2][MONEY_SIZE];
	const struct variant *v;
	size_t i;

	for (i = 0; i < st->rows.n && i < RANKS; i++) {
		v = page_row(&st->rows, i);
		snprintf(values[i], sizeof(values[i]), "%s / %s",
		    count_show(v->available, n[0]),
		    count_show(v->reorder_at, n[1]));
		bar[i] = (struct chart_bar){ .label = v->sku_code,
			.value = v->available,
			.text = values[i],
			.style = v->available > 0 ? STYLE_WARN : STYLE_BAD };
	}
	title(c, &r, _("LEFT / REORDER AT"));
	chart_bars(c, r, bar, i);
}

bool
front_chart_beside(
    const struct state *st, struct canvas *c, struct rect r, bool row_follows)
{
	switch (st->audience) {
	case FOR_MANAGER:
	case FOR_SALES:
		if (row_follows && st->shops.n > 1)
			draw_shops(st, c, r);
		else if (row_follows && st->packers.n > 0)
			draw_packers(st, c, r);
		else if (row_follows)
			return false;
		else
			draw_fortnight(st, c, r);
		return true;
	case FOR_FLOOR:
		if (row_follows && st->packers.n == 0)
			return false;
		draw_packers(st, c, r);
		return true;
	case FOR_BUYER:
		if (st->rows.n == 0)
			return false;
		draw_short(st, c, r);
		return true;
	case FOR_EDITOR:
	case AUDIENCES:
		break;
	}
	return false;
}

void
front_chart_row(const struct state *st, struct canvas *c, struct rect r)
{
	bool two = r.w >= 2 * HEAT_W - 4;
	int w = two ? r.w - HEAT_W - 3 : r.w;

	if (st->audience == FOR_MANAGER)
		draw_sales(st, c, (struct rect){ r.y, r.x, r.h, w });
	else
		draw_fortnight(st, c, (struct rect){ r.y, r.x, r.h, w });
	if (two)
		draw_heat(
		    st, c, (struct rect){ r.y, r.x + w + 3, r.h, HEAT_W });
}
