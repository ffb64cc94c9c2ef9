/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "order_acts.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* The items of the platforms, first of all those that have no product yet:
 * the orders that hold them wait. */

struct state {
	struct list list;
	bool all; /* also those that are mapped */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Platform item"), 22, 6, 0, COLUMN_ENDS, 0 },
	{ N_("Specification"), 12, 2, 1, 0, 0 },
	{ N_("Code there"), 12, 1, 2, 0, 0 },
	{ N_("Shop"), 8, 1, 3, 0, 0 },
	{ N_("Product"), 12, 2, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct listing *l = row;

	switch (col) {
	case 0:
		copy_text(buf, size, l->title);
		break;
	case 1:
		copy_text(buf, size, l->attrs);
		break;
	case 2:
		copy_text(buf, size, l->sku_code);
		break;
	case 3:
		copy_text(buf, size, l->shop);
		break;
	case 4:
		if (l->variant_id == 0)
			*style = STYLE_BAD;
		copy_text(buf, size,
		    l->variant_id != 0 ? l->variant_sku : _("none yet"));
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return listing_page(session_of(sc), !st->all, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct listing),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

/* In the language of the moment. */
static void
say_empty(struct state *st)
{
	table_set_empty(st->list.table,
	    st->all ? _("No items yet: they come with the orders. F9 imports "
			"the files of a platform.")
		    : _("Every item of the platforms has its product."));
}

static int
restart(struct screen *sc)
{
	struct state *st = sc->state;

	say_empty(st);
	return table_restart(st->list.table);
}

static int
open_listings(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	st->list.table = table_new(&source, sc);
	return restart(sc);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;

	say_empty(st);
	return table_reload(st->list.table);
}

static void
draw_listings(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	struct tab words[] = { { _("Unmapped"), -1 }, { _("All"), -1 } };

	draw_tabs(c, r.y, r.x + 1, r.w - 2, words, 2, st->all ? 1 : 0);
	table_draw(
	    st->list.table, c, (struct rect){ r.y + 2, r.x, r.h - 2, r.w });
}

static int
cmd_map(struct screen *sc)
{
	const struct listing *l = list_row(sc);
	struct map_arg arg = {
		.listing_id = l->id,
		.title = l->title,
		.attrs = l->attrs,
		.code = l->sku_code,
	};

	return ui_open(sc->ui, "map", &arg);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->all = !st->all;
	return restart(sc);
}

static const struct cmd cmds[] = {
	{ "listing-map", "Enter u", N_("Map"),
	    N_("Say which product an item of the platform is"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW, cmd_map },
	{ "listing-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("Only those without a product, or all"), PERM_NONE, 0, cmd_tab },
	{ .name = NULL },
};

const struct screen_ops screen_listings = {
	.name = "unmapped",
	.title = N_("Unmapped"),
	.go = "F8",
	.perm = PERM_PRODUCT_VIEW,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_listings,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = draw_listings,
	.has_row = list_has_row,
};
