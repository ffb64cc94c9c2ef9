/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/figures.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"
#include "stock_acts.h"

/* Goods and how many of them there are. */

struct state {
	struct list list;
	struct variant_filter filter;
	enum variant_order order; /* of the whole list */
	int64_t low;
	struct finder finder;
	struct narrowing narrowing;
};

/* clang-format off */
#define COLUMNS \
	{ N_("SKU"), 12, 0, 0, COLUMN_WHOLE, 0 }, \
	{ N_("Product name"), 16, 6, 0, COLUMN_ENDS, 0 }, \
	{ N_("On hand"), 6, 0, 0, COLUMN_RIGHT, 0 }, \
	{ N_("Reserved"), 5, 0, 2, COLUMN_RIGHT, 0 }, \
	{ N_("Available"), 6, 0, 0, COLUMN_RIGHT, 0 }, \
	{ N_("State"), 4, 0, 0, 0, 0 }, \
	{ N_("Bin"), 7, 0, 1, 0, 0 }, \
	{ N_("Price"), 9, 0, 3, COLUMN_RIGHT, 0 }
static const struct column columns[] = { COLUMNS, { .title = NULL } };
static const struct column cost_columns[] = { COLUMNS,
	{ N_("Cost"), 9, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("Value"), 12, 0, 5, COLUMN_RIGHT, 0 },
	{ .title = NULL } };
/* clang-format on */

/* How the stock stands, in a word: the colour only repeats it. */
static const char *
stock_word(const struct variant *v, enum style *style)
{
	if (v->available < 0) {
		*style = STYLE_BAD;
		return _("short");
	}
	if (v->low) {
		*style = STYLE_WARN;
		return _("low");
	}
	if (v->on_hand == 0) {
		*style = STYLE_DIM;
		return _("none");
	}
	return "";
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct variant *v = row;

	switch (col) {
	case 0:
		copy_text(buf, size, v->sku_code);
		break;
	case 1:
		copy_text(buf, size, v->name);
		break;
	case 2:
		show_count(buf, size, v->on_hand);
		break;
	case 3:
		show_count(buf, size, v->reserved);
		break;
	case 4:
		if (v->available < 0)
			*style = STYLE_BAD;
		show_count(buf, size, v->available);
		break;
	case 5:
		copy_text(buf, size, stock_word(v, style));
		break;
	case 6:
		copy_text(buf, size, v->bin);
		break;
	case 7:
		show_money(buf, size, v->price);
		break;
	case 8:
		show_money_or_none(buf, size, v->unit_cost);
		break;
	case 9:
		show_money_or_none(buf, size, v->value);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct screen *sc = arg;
	struct state *st = sc->state;
	struct variant_filter filter = st->filter;

	if (filter.prefix != NULL) /* what is sought is sought among all */
		filter.low_only = false;
	return variant_page(session_of(sc), &filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct variant),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};
static const struct table_source cost_source = {
	.columns = cost_columns,
	.row_size = sizeof(struct variant),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static void
say_empty(struct state *st)
{
	const char *text =
	    _("No products yet. n makes one, F9 imports a list.");

	if (st->finder.on)
		text = _("No SKU and no name begins like this.");
	else if (st->filter.low_only)
		text = _("Nothing is low. w shows all products.");
	table_set_empty(st->list.table, text);
}

static int
restart(struct screen *sc)
{
	struct state *st = sc->state;

	say_empty(st);
	st->filter.order = st->order;
	return narrow_variants(st->list.table, &st->filter, &st->narrowing,
	    st->finder.on ? st->finder.text : "");
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc;

	rc = figures_low_stock(session_of(sc), &st->low);
	say_empty(st);
	return rc < 0 ? rc : table_reload(st->list.table);
}

/* Stand on the product with this code, alone in the list. */
static void
look_for(struct screen *sc, const char *code)
{
	struct state *st = sc->state;
	const struct variant *v;
	struct page page = { 0 };
	int64_t id;

	finder_begin(&st->finder, code);
	if (variant_by_code(session_of(sc), code, &id) == 0 &&
	    variant_get(session_of(sc), id, &page) == 0) {
		v = page_row(&page, 0);
		finder_begin(&st->finder, v->sku_code);
		page_free(&page);
	}
}

static int
open_stock(struct screen *sc, const void *arg)
{
	const struct stock_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	finder_init(&st->finder);
	st->list.table =
	    table_new(session_may(session_of(sc), PERM_COST_VIEW) ? &cost_source
								  : &source,
		sc);
	rc = figures_low_stock(session_of(sc), &st->low);
	if (rc < 0)
		return rc;
	if (a != NULL) {
		st->filter.low_only = a->low_only;
		if (a->code != NULL)
			look_for(sc, a->code);
	}
	return restart(sc);
}

static void
close_stock(struct screen *sc)
{
	struct state *st = sc->state;

	finder_done(&st->finder);
	list_close(sc);
}

static int
cmd_ledger(struct screen *sc)
{
	const struct variant *v = list_row(sc);
	struct ledger_arg arg = { .variant_id = v->id, .name = v->name };

	return ui_open(sc->ui, "ledger", &arg);
}

static int
find_key(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	int rc;

	if (k->code == KEY_SCAN) {
		look_for(sc, k->text);
		rc = FIND_CHANGED;
	} else {
		rc = finder_key(&st->finder, st->list.table, k);
	}
	if (rc == FIND_CHANGED || rc == FIND_END)
		rc = restart(sc);
	else if (rc == FIND_OPEN)
		rc = cmd_ledger(sc);
	else if (rc == FIND_OTHER)
		return 0;
	return rc < 0 ? rc : 1;
}

static int
key_stock(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	return st->finder.on ? find_key(sc, k) : list_key(sc, k);
}

static void
draw_stock(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	struct rect head = { r.y, r.x + 1, 1, r.w - 2 };
	struct tab words[] = { { _("All"), -1 }, { _("Low"), st->low } };

	if (st->finder.on) {
		finder_draw(&st->finder, c, head, _("Find"),
		    _("the beginning of an SKU or a name"));
	} else {
		draw_tabs(c, head.y, head.x, head.w, words, 2,
		    st->filter.low_only ? 1 : 0);
		canvas_right(c, head.y, r.w / 2, r.w - r.w / 2 - 1, STYLE_DIM,
		    st->order == VARIANT_BY_SKU ? _("sorted by SKU")
						: _("sorted by name"));
	}
	list_draw(sc, c, (struct rect){ r.y + 2, r.x, r.h - 2, r.w });
}

static int
cmd_find(struct screen *sc)
{
	struct state *st = sc->state;

	finder_begin(&st->finder, "");
	return restart(sc);
}

static int
cmd_sort(struct screen *sc)
{
	struct state *st = sc->state;

	st->order =
	    st->order == VARIANT_BY_SKU ? VARIANT_BY_NAME : VARIANT_BY_SKU;
	return restart(sc);
}

static int
cmd_low(struct screen *sc)
{
	struct state *st = sc->state;

	st->filter.low_only = !st->filter.low_only;
	return restart(sc);
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct variant *))
{
	int rc = what(sc, list_row(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_new(struct screen *sc)
{
	int rc = act_variant_new(sc);

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_edit(struct screen *sc)
{
	return act(sc, act_variant_edit);
}

static int
cmd_receive(struct screen *sc)
{
	return act(sc, act_receive);
}

static int
cmd_adjust(struct screen *sc)
{
	return act(sc, act_adjust);
}

static int
cmd_issue(struct screen *sc)
{
	return act(sc, act_issue);
}

static int
cmd_transfer(struct screen *sc)
{
	return act(sc, act_transfer);
}

static int
cmd_unmapped(struct screen *sc)
{
	return ui_open(sc->ui, "unmapped", NULL);
}

static bool
typing(struct screen *sc)
{
	struct state *st = sc->state;

	return st->finder.on;
}

static const struct cmd cmds[] = {
	{ "stock-ledger", "Enter l", N_("Ledger"),
	    N_("See every move of this product"), PERM_STOCK_VIEW,
	    CMD_NEEDS_ROW, cmd_ledger },
	{ "stock-find", "/", N_("Find"),
	    N_("Jump to a product by the beginning of its name or SKU"),
	    PERM_PRODUCT_VIEW, 0, cmd_find },
	{ "stock-receive", "+ =", N_("Receive"), N_("Take goods in"),
	    PERM_STOCK_RECEIVE, 0, cmd_receive },
	{ "stock-adjust", "a", N_("Adjust"),
	    N_("Correct the quantity on hand, with the reason"),
	    PERM_STOCK_ADJUST, CMD_NEEDS_ROW, cmd_adjust },
	{ "stock-issue", "-", N_("Issue"),
	    N_("Take goods out for another reason than an order"),
	    PERM_STOCK_ADJUST, CMD_NEEDS_ROW, cmd_issue },
	{ "stock-bin", "t", N_("Bin"), N_("Put the goods in another bin"),
	    PERM_STOCK_ADJUST, CMD_NEEDS_ROW, cmd_transfer },
	{ "stock-new", "n", N_("New"), N_("Add a product to the catalogue"),
	    PERM_PRODUCT_EDIT, 0, cmd_new },
	{ "stock-edit", "e", N_("Edit"), N_("Change the product"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "stock-low", "w", N_("Low only"),
	    N_("Only what should be bought again, or all"), PERM_STOCK_VIEW, 0,
	    cmd_low },
	{ "stock-sort", "s", N_("Sort"), N_("Sort by name or by SKU"),
	    PERM_PRODUCT_VIEW, 0, cmd_sort },
	{ "stock-unmapped", "u", N_("Unmapped"),
	    N_("See the items of platforms that have no product yet"),
	    PERM_PRODUCT_VIEW, 0, cmd_unmapped },
	{ .name = NULL },
};

const struct screen_ops screen_stock = {
	.name = "stock",
	.title = N_("Stock"),
	.go = "F4",
	.perm = PERM_PRODUCT_VIEW,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_stock,
	.close = close_stock,
	.refresh = refresh,
	.key = key_stock,
	.draw = draw_stock,
	.has_row = list_has_row,
	.typing = typing,
};
