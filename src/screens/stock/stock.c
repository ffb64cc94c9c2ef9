/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/panes.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../orders/order_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/figures.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "stock_acts.h"

/* Goods and how many of them there are. */

struct state {
	struct list list;
	struct variant_filter filter;
	int64_t low;
	struct narrowing narrowing;
	char bin[BIN_SIZE]; /* what filter.bin is */
	char category[200]; /* what filter.category is */
};

enum stock_cell {
	CELL_SKU,
	CELL_NAME,
	CELL_ON_HAND,
	CELL_RESERVED,
	CELL_AVAILABLE,
	CELL_STATE,
	CELL_BIN,
	CELL_PRICE,
	CELL_REORDER,
	CELL_TARGET,
	CELL_WEIGHT,
	CELL_PRODUCT,
	CELL_BARCODES,
	CELL_CATEGORY,
	CELL_BRAND,
	CELL_COST,
	CELL_VALUE,
};

/* clang-format off */
#define COLUMNS \
	[CELL_SKU] = { N_("SKU"), 12, 0, 0, COLUMN_WHOLE, STOCK_SORT_SKU }, \
	[CELL_NAME] = { N_("Product name"), 16, 6, 0, COLUMN_ENDS, \
	    STOCK_SORT_NAME }, \
	[CELL_ON_HAND] = { N_("On hand"), 6, 0, 0, COLUMN_RIGHT, \
	    STOCK_SORT_ON_HAND }, \
	[CELL_RESERVED] = { N_("Reserved"), 5, 0, 2, COLUMN_RIGHT, \
	    STOCK_SORT_RESERVED }, \
	[CELL_AVAILABLE] = { N_("Available"), 6, 0, 0, COLUMN_RIGHT, \
	    STOCK_SORT_AVAILABLE }, \
	[CELL_STATE] = { N_("State"), 4, 0, 0, 0, 0 }, \
	[CELL_BIN] = { N_("Bin"), 7, 0, 1, 0, STOCK_SORT_BIN }, \
	[CELL_PRICE] = { N_("Price"), 9, 0, 3, COLUMN_RIGHT, \
	    STOCK_SORT_PRICE }, \
	[CELL_REORDER] = { N_("Reorder at"), 6, 0, 6, \
	    COLUMN_RIGHT | COLUMN_OFF, 0 }, \
	[CELL_TARGET] = { N_("Fill up to"), 6, 0, 6, \
	    COLUMN_RIGHT | COLUMN_OFF, 0 }, \
	[CELL_WEIGHT] = { N_("Weight"), 7, 0, 6, \
	    COLUMN_RIGHT | COLUMN_OFF, 0 }, \
	[CELL_PRODUCT] = { N_("Product"), 12, 2, 6, COLUMN_OFF, 0 }, \
	[CELL_BARCODES] = { N_("Barcodes"), 13, 1, 6, COLUMN_OFF, 0 }, \
	[CELL_CATEGORY] = { N_("Category"), 12, 1, 6, COLUMN_OFF, 0 }, \
	[CELL_BRAND] = { N_("Brand"), 8, 1, 6, COLUMN_OFF, 0 }
static const struct column columns[] = { COLUMNS, { .title = NULL } };
static const struct column cost_columns[] = { COLUMNS,
	[CELL_COST] = { N_("Cost"), 9, 0, 4, COLUMN_RIGHT, STOCK_SORT_COST },
	[CELL_VALUE] = { N_("Value"), 12, 0, 5, COLUMN_RIGHT,
	    STOCK_SORT_VALUE },
	{ .title = NULL } };
/* clang-format on */

/* How the stock stands, in a word: the colour only repeats it. */
static const char *
stock_word(const struct variant *v, enum style *style)
{
	if (!v->active) {
		*style = STYLE_DIM;
		return _("out of use");
	}
	if (v->available < 0) {
		*style = STYLE_BAD;
		return _("short");
	}
	if (v->low) {
		*style = STYLE_WARN;
		return _("low");
	}
	if (v->on_hand == 0 && (!v->kit || v->available == 0)) {
		*style = STYLE_DIM;
		return _("none");
	}
	if (v->kit) {
		*style = STYLE_ACCENT;
		return C_("in a list", "kit");
	}
	return "";
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct variant *v = row;

	switch ((enum stock_cell)col) {
	case CELL_SKU:
		copy_text(buf, size, v->sku_code);
		break;
	case CELL_NAME:
		copy_text(buf, size, v->name);
		break;
	case CELL_ON_HAND:
		show_count(buf, size, v->on_hand);
		break;
	case CELL_RESERVED:
		show_count(buf, size, v->reserved);
		break;
	case CELL_AVAILABLE:
		if (v->available < 0)
			*style = STYLE_BAD;
		show_count(buf, size, v->available);
		break;
	case CELL_STATE:
		copy_text(buf, size, stock_word(v, style));
		break;
	case CELL_BIN:
		copy_text(buf, size, v->bin);
		break;
	case CELL_PRICE:
		show_money(buf, size, v->price);
		break;
	case CELL_REORDER:
		show_count(buf, size, v->reorder_at);
		break;
	case CELL_TARGET:
		show_count(buf, size, v->target_level);
		break;
	case CELL_WEIGHT:
		show_weight(buf, size, v->weight);
		break;
	case CELL_PRODUCT:
		copy_text(buf, size, v->product);
		break;
	case CELL_BARCODES:
		copy_text(buf, size, v->barcodes);
		break;
	case CELL_CATEGORY:
		copy_text(buf, size, v->category);
		break;
	case CELL_BRAND:
		copy_text(buf, size, v->brand);
		break;
	case CELL_COST:
		show_money_or_none(buf, size, v->unit_cost);
		break;
	case CELL_VALUE:
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

	if (filter.prefix != NULL) { /* sought among all */
		filter.low_only = false;
		filter.bin = NULL;
		filter.category = NULL;
	} else
		filter.sort = (enum stock_sort)list_sort(sc, &filter.desc);
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

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return _("No SKU and no name begins like this.");
	if (st->filter.bin != NULL)
		return _("Nothing lies in this bin. w shows all products.");
	if (st->filter.category != NULL)
		return _("Nothing is in this category. w shows all products.");
	if (st->filter.low_only)
		return _("Nothing is low. w shows all products.");
	return _("No products yet. n makes one, F9 imports a list.");
}

static int
restart(struct screen *sc)
{
	struct state *st = sc->state;

	st->filter.order = VARIANT_BY_NAME;
	st->filter.prefix = NULL;
	if (list_sought(sc)[0] == '\0')
		return list_restart(sc);
	table_set_empty(st->list.table, empty(sc));
	return narrow_variants(
	    st->list.table, &st->filter, &st->narrowing, list_sought(sc));
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc;

	rc = figures_low_stock(session_of(sc), &st->low);
	return rc < 0 ? rc : list_refresh(sc);
}

/* Stand on the product with this code, alone in the list. */
static void
look_for(struct screen *sc, const char *code)
{
	const struct variant *v;
	struct page page = { 0 };
	int64_t id;

	list_seek(sc, code);
	if (variant_by_code(session_of(sc), code, &id) == 0 &&
	    variant_get(session_of(sc), id, &page) == 0) {
		v = page_row(&page, 0);
		list_seek(sc, v->sku_code);
		page_free(&page);
	}
}

static void
look_into(struct state *st, const char *bin)
{
	copy_text(st->bin, sizeof(st->bin), bin);
	st->filter.bin = bin[0] != '\0' ? st->bin : NULL;
	if (bin[0] != '\0')
		st->filter.low_only = false;
}

static void
look_among(struct state *st, const char *category)
{
	copy_text(st->category, sizeof(st->category), category);
	st->filter.category = category[0] != '\0' ? st->category : NULL;
}

static const struct list_kind kind;

static int
open_stock(struct screen *sc, const void *arg)
{
	const struct stock_arg *a = arg;
	struct state *st = sc->state;
	bool costs = session_may(session_of(sc), PERM_COST_VIEW);
	int rc;

	list_open(sc, &kind, costs ? &cost_source : &source, "stock");
	rc = figures_low_stock(session_of(sc), &st->low);
	if (rc < 0)
		return rc;
	if (a != NULL) {
		st->filter.low_only = a->low_only;
		if (a->code != NULL)
			look_for(sc, a->code);
		if (a->category != NULL)
			look_among(st, a->category);
	}
	return restart(sc);
}

static int
cmd_open(struct screen *sc)
{
	const struct variant *v = list_row(sc);
	const struct product_arg arg = { .variant_id = v->id };

	return ui_open(sc->ui, "product", &arg);
}

static int
cmd_kit(struct screen *sc)
{
	const struct variant *v = list_row(sc);
	const struct kit_arg arg = { .variant_id = v->id, .name = v->name };

	return ui_open(sc->ui, "kit", &arg);
}

static int
cmd_ledger(struct screen *sc)
{
	const struct variant *v = list_row(sc);
	struct ledger_arg arg = { .variant_id = v->id, .name = v->name };

	return ui_open(sc->ui, "ledger", &arg);
}

static int
scan(struct screen *sc, const char *code)
{
	char bin[BIN_SIZE];
	int64_t id;
	int rc;

	if (variant_by_code(session_of(sc), code, &id) == 0) {
		look_into(sc->state, "");
		look_among(sc->state, "");
		look_for(sc, code);
	} else if (bin_by_code(session_of(sc), code, bin) == 0) {
		look_into(sc->state, bin);
		list_seek_end(sc);
	} else
		return scan_anywhere(sc, code);
	rc = restart(sc);
	return rc < 0 ? rc : 1;
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[4] = { { _("All"), -1 }, { _("Low"), st->low } };
	size_t n = 2, at = st->filter.low_only;

	if (st->filter.category != NULL) {
		at = n;
		words[n++] = (struct tab){ st->category, -1 };
	}
	if (st->filter.bin != NULL) {
		at = n;
		words[n++] = (struct tab){ st->bin, -1 };
	}
	draw_tabs(c, r.y, r.x, r.w, words, n, at);
}

static void
pane(struct screen *sc, struct canvas *c, struct rect r, const void *row)
{
	draw_variant_pane(session_of(sc), c, r, row);
}

/* What files tell of the columns. */
static const char *const fields[] = {
	[CELL_SKU] = "sku_code",
	[CELL_NAME] = "name",
	[CELL_ON_HAND] = "on_hand",
	[CELL_RESERVED] = "reserved",
	[CELL_AVAILABLE] = "available",
	[CELL_STATE] = "low",
	[CELL_BIN] = "bin",
	[CELL_PRICE] = "price",
	[CELL_REORDER] = "reorder_at",
	[CELL_TARGET] = "target_level",
	[CELL_WEIGHT] = "weight",
	[CELL_PRODUCT] = "product",
	[CELL_BARCODES] = "barcodes",
	[CELL_CATEGORY] = "category",
	[CELL_BRAND] = "brand",
	[CELL_COST] = "unit_cost",
	[CELL_VALUE] = "value",
};

static const struct list_kind kind = {
	.record = "products",
	.fields = fields,
	.own_export = true,
	.hint = N_("the beginning of an SKU or a name"),
	.own_order = true,
	.restart = restart,
	.enter = cmd_open,
	.scan = scan,
	.empty = empty,
	.head = head,
	.pane_from = 160,
	.pane = pane,
};

static int
cmd_low(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->filter.bin != NULL || st->filter.category != NULL) {
		look_into(st, ""); /* all again */
		look_among(st, "");
	} else
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
	const struct list *l = sc->state;
	size_t n = list_marked(sc);
	int64_t *ids;
	int rc;

	if (n == 0)
		return act(sc, act_receive);
	ids = xcalloc(n, sizeof(*ids));
	table_marked(l->table, ids, n);
	rc = act_receive_many(sc, ids, n);
	free(ids);
	return rc;
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

/* Of one product, the levels are among the rest of it. */
static int
cmd_levels(struct screen *sc)
{
	return list_marked(sc) > 0 ? act_levels_many(sc)
				   : act(sc, act_variant_edit);
}

static int
cmd_bin(struct screen *sc)
{
	return list_marked(sc) > 0 ? act_transfer_many(sc)
				   : act(sc, act_transfer);
}

static int
cmd_bad(struct screen *sc)
{
	int rc = act_bad(sc, list_row_id(list_row(sc)));

	return rc <= 0 ? rc : refresh(sc);
}

static int
cmd_labels(struct screen *sc)
{
	return act_print_goods(sc, list_row_id(list_row(sc)));
}

static int
cmd_history(struct screen *sc)
{
	const struct variant *v = list_row(sc);

	return open_history(sc, "variant", v->id, v->sku_code);
}

static int
cmd_categories(struct screen *sc)
{
	return ui_open(sc->ui, "categories", NULL);
}

static int
cmd_unmapped(struct screen *sc)
{
	return ui_open(sc->ui, "unmapped", NULL);
}

static int
cmd_export(struct screen *sc)
{
	return act_export_list(sc);
}

static const struct cmd cmds[] = {
	{ "stock-open", "Enter", N_("Open"),
	    N_("See the product whole: stock, suppliers, items, variants"),
	    PERM_PRODUCT_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "stock-ledger", "l", N_("Ledger"),
	    N_("See every move of this product"), PERM_STOCK_VIEW,
	    CMD_NEEDS_ROW, cmd_ledger },
	{ "stock-find", "/", N_("Find"),
	    N_("Jump to a product by the beginning of its name or SKU"),
	    PERM_PRODUCT_VIEW, 0, cmd_list_find },
	{ "stock-receive", "+ =", N_("Receive"),
	    N_("Take goods in; those that are selected by one slip"),
	    PERM_STOCK_RECEIVE, CMD_MANY, cmd_receive },
	{ "stock-adjust", "a", N_("Adjust"),
	    N_("Correct the quantity on hand, with the reason"),
	    PERM_STOCK_ADJUST, CMD_NEEDS_ROW, cmd_adjust },
	{ "stock-issue", "-", N_("Issue"),
	    N_("Take goods out for another reason than an order"),
	    PERM_STOCK_ADJUST, CMD_NEEDS_ROW, cmd_issue },
	{ "stock-bin", "t", N_("Bin"), N_("Put the goods in another bin"),
	    PERM_STOCK_ADJUST, CMD_NEEDS_ROW | CMD_MANY, cmd_bin },
	{ "stock-new", "n", N_("New"), N_("Add a product to the catalogue"),
	    PERM_PRODUCT_EDIT, 0, cmd_new },
	{ "stock-edit", "e", N_("Edit"), N_("Change the product"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "stock-low", "w", N_("Low only"),
	    N_("Only what should be bought again, or all"), PERM_STOCK_VIEW, 0,
	    cmd_low },
	{ "stock-levels", "f", N_("Levels"),
	    N_("Set when to buy again, and how much to fill up to"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW | CMD_MANY, cmd_levels },
	{ "stock-export", "x", N_("Export"),
	    N_("Write the products that are selected, or all"), PERM_EXPORT,
	    CMD_MANY, cmd_export },
	{ "stock-category", "c", N_("Categories"),
	    N_("Choose a category, to see its products alone"),
	    PERM_PRODUCT_VIEW, 0, cmd_categories },
	{ "stock-unmapped", "u", N_("Unmapped"),
	    N_("See the items of platforms that have no product yet"),
	    PERM_PRODUCT_VIEW, 0, cmd_unmapped },
	{ "stock-bad", "b", NULL,
	    N_("Set goods aside as defective, scrap or issue them: one slip"),
	    PERM_STOCK_ADJUST, CMD_NEEDS_ROW | CMD_MANY, cmd_bad },
	{ "stock-labels", "L", NULL,
	    N_("Print labels for the products: name, code, bars, price"),
	    PERM_PRODUCT_VIEW, CMD_NEEDS_ROW | CMD_MANY, cmd_labels },
	{ "stock-kit", "K", NULL,
	    N_("See what the kit is made up of, or make it one"),
	    PERM_PRODUCT_VIEW, CMD_NEEDS_ROW, cmd_kit },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_stock = {
	.name = "stock",
	.title = N_("Stock"),
	.go = "F4",
	.does = N_("What is on hand; in, out and adjust"),
	.perm = PERM_PRODUCT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_stock,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
