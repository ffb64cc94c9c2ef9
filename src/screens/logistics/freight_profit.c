/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/tui/chart.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What parcels brought and cost, one by one or summed up with bars. */

enum { TAB_PARCELS, TAB_LOSSES, TAB_SUMS, TABS = TAB_SUMS + GROUP_MAX };
#define BARS 60

struct state {
	struct list list;
	int tab;
	int days;         /* the period, back from today */
	struct page sums; /* of the tab, if it is one of those */
	size_t top;       /* first bar shown */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Shipped at"), 10, 0, 2, 0, 0 },
	{ N_("Waybill no."), 16, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Courier"), 10, 1, 0, 0, 0 },
	{ N_("Province"), 8, 0, 1, 0, 0 },
	{ N_("Weight"), 9, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Postage"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Freight"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Material"), 8, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("Left over"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Freight by"), 9, 0, 5, 0, 0 },
	{ N_("Order number"), 19, 0, 6, COLUMN_WHOLE, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_AT,
	COL_WAYBILL,
	COL_COURIER,
	COL_PROVINCE,
	COL_WEIGHT,
	COL_POSTAGE,
	COL_FREIGHT,
	COL_MATERIAL,
	COL_PROFIT,
	COL_BY,
	COL_ORDER
};

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct freight_profit *p = row;

	switch (col) {
	case COL_AT:
		show_when(buf, size, p->shipped_at);
		break;
	case COL_WAYBILL:
		copy_text(buf, size, p->waybill_no);
		break;
	case COL_COURIER:
		copy_text(buf, size, p->courier);
		break;
	case COL_PROVINCE:
		copy_text(buf, size, p->province);
		break;
	case COL_WEIGHT:
		if (p->weight > 0)
			show_weight(buf, size, p->weight);
		break;
	case COL_POSTAGE:
		show_money(buf, size, p->postage);
		break;
	case COL_FREIGHT:
		if (p->known)
			show_money(buf, size, p->freight);
		break;
	case COL_MATERIAL:
		show_money_or_none(buf, size, p->material);
		break;
	case COL_PROFIT:
		if (!p->known)
			break;
		if (p->profit < 0)
			*style = STYLE_BAD;
		show_money(buf, size, p->profit);
		break;
	case COL_BY:
		copy_text(buf, size,
		    p->billed  ? _("bill")
		    : p->known ? _("template")
			       : "");
		break;
	case COL_ORDER:
		copy_text(buf, size, p->order_no);
		break;
	}
}

static struct freight_profit_filter
filter_of(const struct state *st)
{
	return (struct freight_profit_filter){
		.since = day_start(time_day(time_now()) - st->days + 1),
		.loss = st->tab == TAB_LOSSES,
	};
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct freight_profit_filter f = filter_of(sc->state);

	return freight_profit_page(session_of(sc), &f, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct freight_profit),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->tab == TAB_LOSSES ? _("No parcel of the period cost more "
					 "than it brought.")
				     : _("No parcels in this period.");
}

static int
read_sums(struct screen *sc)
{
	struct state *st = sc->state;
	const struct freight_profit_filter f = filter_of(st);
	struct page page;
	int rc;

	if (st->tab < TAB_SUMS)
		return 0;
	rc = freight_sums(session_of(sc), &f,
	    (enum freight_group)(st->tab - TAB_SUMS), &page);
	if (rc < 0)
		return rc;
	page_free(&st->sums);
	st->sums = page;
	return 0;
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab tabs[TABS] = { { _("Parcels"), -1 }, { _("Losses"), -1 } };
	char days[60];
	int i, w;

	for (i = 0; i < GROUP_MAX; i++)
		tabs[TAB_SUMS + i] = (struct tab){ freight_group_text(i), -1 };
	snprintf(days, sizeof(days),
	    ngettext("last %d day", "last %d days", (unsigned long)st->days),
	    st->days);
	w = text_width(days);
	draw_tabs(c, r.y, r.x, r.w - w - 2, tabs, TABS, (size_t)st->tab);
	canvas_text(c, r.y, r.x + r.w - w, w, STYLE_DIM, days);
}

static const struct list_kind kind;

static int
open_profit(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	st->days = 30;
	list_open(sc, &kind, &source, "freight-profit");
	return list_restart(sc);
}

static void
close_profit(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->sums);
	list_close(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = read_sums(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

/* "12,345.00  1,204  8,210.00": freight, parcels, what is left over. */
static void
bar_text(const struct freight_sum *s, char *buf, size_t size)
{
	char freight[MONEY_SIZE], n[MONEY_SIZE], left[MONEY_SIZE];

	snprintf(buf, size, "%10s %7s %11s", money_show(s->freight, freight),
	    count_show(s->n, n), money_show(s->profit, left));
}

static void
draw_sums(const struct state *st, struct canvas *c, struct rect r)
{
	struct chart_bar bars[BARS];
	char texts[BARS][100];
	const struct freight_sum *s;
	size_t n = 0, i;

	r.x += 1;
	r.w -= 2;
	canvas_text(c, r.y, r.x, r.w, STYLE_DIM,
	    _("Bars: freight. Figures: freight, parcels, postage less freight "
	      "and material."));
	for (i = st->top; i < st->sums.n && n < BARS && (int)n < r.h - 2;
	     i++, n++) {
		s = page_row(&st->sums, i);
		bar_text(s, texts[n], sizeof(texts[n]));
		bars[n] = (struct chart_bar){
			.label = s->name[0] != '\0' ? s->name : _("unknown"),
			.value = s->freight,
			.text = texts[n],
			.style = s->profit < 0 ? STYLE_WARN : STYLE_TEXT,
		};
	}
	if (n == 0)
		canvas_text(c, r.y + 2, r.x, r.w, STYLE_TEXT,
		    _("No parcels in this period."));
	r.y += 2;
	r.h -= 2;
	chart_bars(c, r, bars, n);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct rect line = r;

	if (st->tab < TAB_SUMS) {
		list_draw(sc, c, r);
		return;
	}
	line.h = 1;
	head(sc, c, line);
	r.y += 2;
	r.h -= 2;
	draw_sums(st, c, r);
}

static int
key(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	size_t n = st->sums.n;

	if (st->tab < TAB_SUMS)
		return list_key(sc, k);
	if (k->code == KEY_DOWN_ && st->top + 1 < n)
		st->top++;
	else if (k->code == KEY_UP_ && st->top > 0)
		st->top--;
	else
		return 0;
	return 1;
}

static int
turn(struct screen *sc, int by)
{
	struct state *st = sc->state;
	int rc;

	st->tab = (st->tab + TABS + by) % TABS;
	st->top = 0;
	list_seek_end(sc);
	if ((rc = read_sums(sc)) < 0)
		return rc;
	return list_restart(sc);
}

static int
cmd_tab(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_back(struct screen *sc)
{
	return turn(sc, -1);
}

static int
cmd_days(struct screen *sc)
{
	static const int periods[] = { 1, 7, 30, 90, 365 };
	const char *choices[] = { _("today"), _("7 days"), _("30 days"),
		_("90 days"), _("a year") };
	struct state *st = sc->state;
	int at = ui_pick(sc->ui, _("Period"), choices, 5, 2);

	if (at < 0)
		return 0;
	st->days = periods[at];
	return turn(sc, 0);
}

static int
cmd_order(struct screen *sc)
{
	const struct freight_profit *p = list_row(sc);

	return scan_anywhere(sc, p->waybill_no);
}

static bool
has_row(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->tab < TAB_SUMS && list_has_row(sc);
}

static const char *const fields[] = { "shipped_at", "waybill_no", "courier",
	"province", "weight", "postage", "freight", "material", "profit",
	"billed", "order_no" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "freight_profit",
	.fields = fields,
	.hint = N_("waybill, courier, province or order"),
	.enter = cmd_order,
	.empty = empty,
	.head = head,
};

static const struct cmd cmds[] = {
	{ "profit-order", "Enter", N_("Order"),
	    N_("Open the order that is in the parcel"), PERM_ORDER_VIEW,
	    CMD_NEEDS_ROW, cmd_order },
	{ "profit-tab", "Tab Right", N_("Next tab"),
	    N_("Parcel by parcel, or by courier, province and day"), PERM_NONE,
	    0, cmd_tab },
	{ "profit-tab-back", "Shift-Tab Left", NULL,
	    N_("Parcel by parcel, or by courier, province and day"), PERM_NONE,
	    0, cmd_back },
	{ "profit-days", "p", N_("Period"), N_("Of how many days"), PERM_NONE,
	    0, cmd_days },
	{ "profit-find", "/", N_("Find"), N_("Find a parcel"), PERM_NONE,
	    CMD_NEEDS_ROW, cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_freight_profit = {
	.name = "freight-profit",
	.title = N_("Freight of parcels"),
	.go = "",
	.does = N_("Postage taken, beside freight paid"),
	.perm = PERM_FREIGHT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_profit,
	.close = close_profit,
	.refresh = refresh,
	.key = key,
	.draw = draw,
	.has_row = has_row,
	.typing = list_typing,
};
