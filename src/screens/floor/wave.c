/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/waves.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

/* One wave: what is picked where, and for which orders. */

struct state {
	struct list list;
	int64_t id;
	bool orders; /* the second tab */
	struct page wave;
	char title[128];
};

enum { LINE_BIN, LINE_SKU, LINE_NAME, LINE_NEED, LINE_PICKED, LINE_SORTED };
enum { ORDER_SLOT, ORDER_NO, ORDER_STATE, ORDER_NEED, ORDER_SORTED, ORDER_AT };

/* clang-format off */
static const struct column line_columns[] = {
	[LINE_BIN] = { N_("Bin"), 10, 0, 0, COLUMN_WHOLE, 0 },
	[LINE_SKU] = { N_("SKU"), 12, 0, 0, COLUMN_WHOLE, 0 },
	[LINE_NAME] = { N_("Product name"), 16, 6, 0, COLUMN_ENDS, 0 },
	[LINE_NEED] = { N_("Pieces"), 6, 0, 0, COLUMN_RIGHT, 0 },
	[LINE_PICKED] = { N_("Picked"), 6, 0, 0, COLUMN_RIGHT, 0 },
	[LINE_SORTED] = { N_("Sorted"), 6, 0, 1, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
static const struct column order_columns[] = {
	[ORDER_SLOT] = { N_("Slot"), 4, 0, 0, COLUMN_RIGHT, 0 },
	[ORDER_NO] = { N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	[ORDER_STATE] = { N_("State"), 20, 4, 0, 0, 0 },
	[ORDER_NEED] = { N_("Pieces"), 6, 0, 0, COLUMN_RIGHT, 0 },
	[ORDER_SORTED] = { N_("Sorted"), 6, 0, 1, COLUMN_RIGHT, 0 },
	[ORDER_AT] = { N_("When"), 11, 0, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
line_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct wave_line *l = row;

	switch (col) {
	case LINE_BIN:
		copy_text(buf, size, l->bin);
		break;
	case LINE_SKU:
		copy_text(buf, size, l->sku_code);
		break;
	case LINE_NAME:
		copy_text(buf, size, l->name);
		break;
	case LINE_NEED:
		show_count(buf, size, l->need);
		break;
	case LINE_PICKED:
		if (l->picked < l->need)
			*style = STYLE_WARN;
		show_count(buf, size, l->picked);
		break;
	case LINE_SORTED:
		show_count(buf, size, l->sorted);
		break;
	}
}

/* "kicked out: refund asked for". */
static void
order_state(const struct wave_order *o, char *buf, size_t size)
{
	if (o->state == 2)
		snprintf(buf, size, _("kicked out: %s"), o->why);
	else
		copy_text(buf, size, wave_slot_text(o->state));
}

static void
order_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct wave_order *o = row;

	switch (col) {
	case ORDER_SLOT:
		show_count(buf, size, o->slot);
		break;
	case ORDER_NO:
		copy_text(buf, size, o->order_no);
		break;
	case ORDER_STATE:
		if (o->state != 0)
			*style = o->state == 2 ? STYLE_BAD : STYLE_GOOD;
		order_state(o, buf, size);
		break;
	case ORDER_NEED:
		show_count(buf, size, o->need);
		break;
	case ORDER_SORTED:
		show_count(buf, size, o->sorted);
		break;
	case ORDER_AT:
		if (o->at != 0)
			show_when(buf, size, o->at);
		break;
	}
}

static int
fetch_lines(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct wave_line *l = from;
	int rc = wave_lines(session_of(sc), st->id, out);

	if (rc == 0)
		page_window(out, dir, l != NULL ? l->variant_id : 0, limit);
	return rc;
}

static int
fetch_orders(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct wave_order *o = from;
	int rc = wave_orders(session_of(sc), st->id, out);

	if (rc == 0)
		page_window(out, dir, o != NULL ? o->row : 0, limit);
	return rc;
}

static const struct table_source line_source = {
	.columns = line_columns,
	.row_size = sizeof(struct wave_line),
	.fetch = fetch_lines,
	.id = list_row_id,
	.cell = line_cell,
};
static const struct table_source order_source = {
	.columns = order_columns,
	.row_size = sizeof(struct wave_order),
	.fetch = fetch_orders,
	.id = list_row_id,
	.cell = order_cell,
};

static const struct wave *
wave_of(const struct screen *sc)
{
	const struct state *st = sc->state;

	return page_row(&st->wave, 0);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct wave *w = wave_of(sc);
	const struct tab words[] = { { _("Goods to pick"), w->need },
		{ _("Orders"), w->slots } };

	draw_tabs(c, r.y, r.x, r.w, words, 2, st->orders);
}

static int
cmd_open(struct screen *sc)
{
	struct state *st = sc->state;
	const struct wave_order *o = list_row(sc);
	const struct wave_line *l = list_row(sc);

	if (st->orders) {
		const struct order_arg arg = { .id = o->order_id };

		return ui_open(sc->ui, "order", &arg);
	}
	return scan_anywhere(sc, l->sku_code) < 0 ? -1 : 0;
}

/* What files tell of the columns. */
static const char *const line_fields[] = { "bin", "sku_code", "name", "need",
	"picked", "sorted" };
static const char *const order_fields[] = { "slot", "order_no", "state;why",
	"need", "sorted", "at" };

static const struct list_kind line_kind = {
	.record = "wave_lines",
	.fields = line_fields,
	.enter = cmd_open,
	.head = head,
};
static const struct list_kind order_kind = {
	.record = "wave_orders",
	.fields = order_fields,
	.enter = cmd_open,
	.head = head,
};

static int
read_wave(struct screen *sc)
{
	struct state *st = sc->state;
	const struct wave *w;
	struct page page;
	int rc;

	if ((rc = wave_get(session_of(sc), st->id, &page)) < 0)
		return rc;
	page_free(&st->wave);
	st->wave = page;
	w = wave_of(sc);
	/* TRANSLATORS: wave number, kind, state, picked, needed */
	snprintf(st->title, sizeof(st->title), _("%s · %s · %s · %lld / %lld"),
	    w->wave_no, wave_kind_text(w->kind), wave_state_text(w->state),
	    (long long)w->picked, (long long)w->need);
	return 0;
}

static int
show_tab(struct screen *sc)
{
	struct state *st = sc->state;

	list_open(sc, st->orders ? &order_kind : &line_kind,
	    st->orders ? &order_source : &line_source,
	    st->orders ? "wave-orders" : "wave-lines");
	return list_restart(sc);
}

static int
open_wave(struct screen *sc, const void *arg)
{
	const struct wave_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	st->id = a->id;
	rc = read_wave(sc);
	return rc < 0 ? rc : show_tab(sc);
}

static void
close_wave(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->wave);
	list_close(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = read_wave(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->orders = !st->orders;
	return show_tab(sc);
}

static int
cmd_pick(struct screen *sc)
{
	const struct state *st = sc->state;
	const struct wave_arg arg = { .id = st->id };

	return ui_open(sc->ui, "wave-pick", &arg);
}

/* By the printed list, without a scanner. */
static int
cmd_picked(struct screen *sc)
{
	const struct wave *w = wave_of(sc);
	int64_t id = w->id, pieces;
	int rc;

	if (!ui_confirm(sc->ui, _("Picked"),
		ngettext(
		    "Is all of the list picked, the last %lld piece of %s?",
		    "Is all of the list picked, the last %lld pieces of %s?",
		    (unsigned long)(w->need - w->picked)),
		(long long)(w->need - w->picked), w->wave_no))
		return 0;
	if ((rc = wave_picked(session_of(sc), id, &pieces)) < 0)
		return rc;
	ui_say(sc->ui,
	    ngettext("%lld piece is picked.", "%lld pieces are picked.",
		(unsigned long)pieces),
	    (long long)pieces);
	return refresh(sc);
}

static int
cmd_sort(struct screen *sc)
{
	const struct state *st = sc->state;
	const struct wave_arg arg = { .id = st->id };

	return ui_open(sc->ui, "wave-sort", &arg);
}

static int
cmd_history(struct screen *sc)
{
	const struct wave *w = wave_of(sc);

	return open_history(sc, "wave", w->id, w->wave_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct wave *w = wave_of(sc);

	if (cmd->run == cmd_pick || cmd->run == cmd_picked)
		return w->state == WAVE_OPEN ? cmd->label : NULL;
	if (cmd->run == cmd_sort)
		return w->kind == WAVE_SEVERAL && w->state <= WAVE_PICKED
			   ? cmd->label
			   : NULL;
	return cmd->label;
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->title;
}

static int
cmd_print(struct screen *sc)
{
	const struct state *st = sc->state;

	return act_print_by_id(sc, st->id, print_picks);
}

static const struct cmd cmds[] = {
	{ "wave-row", "Enter", N_("Open"), N_("Open the order or the product"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "wave-pick", "p", N_("Pick goods"), N_("Pick the wave by scan"),
	    PERM_ORDER_SHIP, 0, cmd_pick },
	{ "wave-sort", "s", N_("Sort goods"),
	    N_("Sort what was picked into the slots, by scan"), PERM_ORDER_SHIP,
	    0, cmd_sort },
	{ "wave-print", "P", N_("Print"), N_("The pick list, bin by bin"),
	    PERM_ORDER_SHIP, 0, cmd_print },
	{ "wave-picked", "K", N_("Picked"),
	    N_("All of the printed list is picked, without scanning"),
	    PERM_ORDER_SHIP, 0, cmd_picked },
	{ "wave-part", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("The goods of the wave, or its orders"), PERM_NONE, 0, cmd_tab },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_wave = {
	.name = "wave",
	.title = N_("Wave"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_wave,
	.close = close_wave,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.subtitle = subtitle,
	.label = label,
};
