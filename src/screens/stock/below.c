/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What is below zero: more left than the books had, to be put right. */

struct state {
	struct list list;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU code"), 12, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 16, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Warehouse"), 10, 1, 0, 0, 0 },
	{ N_("Bin"), 9, 1, 2, 0, 0 },
	{ N_("On hand"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Reserved"), 9, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("In transit"), 10, 0, 3, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stock_here *h = row;

	switch (col) {
	case 0:
		copy_text(buf, size, h->sku_code);
		break;
	case 1:
		copy_text(buf, size, h->name);
		break;
	case 2:
		copy_text(buf, size, h->warehouse);
		break;
	case 3:
		copy_text(buf, size, h->bin);
		break;
	case 4:
		*style = STYLE_BAD;
		show_count(buf, size, h->on_hand);
		break;
	case 5:
		show_count(buf, size, h->reserved);
		break;
	case 6:
		show_count(buf, size, h->in_transit);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return stock_below_page(session_of(arg), dir, from, limit, out);
}

/* A product may be short in several warehouses. */
static int64_t
row_id(const void *row)
{
	const struct stock_here *h = row;

	return h->id << 16 | h->warehouse_id;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct stock_here),
	.fetch = fetch,
	.id = row_id,
	.cell = cell,
	.empty = N_("Nothing is below zero."),
};

static int
cmd_open(struct screen *sc)
{
	const struct stock_here *h = list_row(sc);

	return ui_open(
	    sc->ui, "product", &(struct product_arg){ .variant_id = h->id });
}

static int
cmd_ledger(struct screen *sc)
{
	const struct stock_here *h = list_row(sc);

	return ui_open(sc->ui, "ledger",
	    &(struct ledger_arg){ .variant_id = h->id, .name = h->name });
}

/* What files tell of the columns. */
static const char *const fields[] = { "sku_code", "name", "warehouse", "bin",
	"on_hand", "reserved", "in_transit" };

static const struct list_kind kind = {
	.record = "below_zero",
	.fields = fields,
	.enter = cmd_open,
};

static int
open_below(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "below");
	return list_restart(sc);
}

static const struct cmd cmds[] = {
	{ "below-open", "Enter", N_("Open"),
	    N_("See the product whole: stock, suppliers, items, variants"),
	    PERM_PRODUCT_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "below-ledger", "l", N_("Ledger"),
	    N_("See every move of this product"), PERM_STOCK_VIEW,
	    CMD_NEEDS_ROW, cmd_ledger },
	{ .name = NULL },
};

const struct screen_ops screen_below = {
	.name = "below",
	.title = N_("Below zero"),
	.go = "",
	.does = N_("What was taken though it was not there"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_below,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
