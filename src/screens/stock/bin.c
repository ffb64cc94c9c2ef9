/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "stock_acts.h"

/* What lies in one bin. */

struct state {
	struct list list;
	int64_t id, warehouse_id;
	char code[BIN_CODE], warehouse[NAME_ROOM];
	char title[120];
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU code"), 12, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 20, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Pieces"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Picked from there"), 12, 1, 1, 0, 0 },
	{ .title = NULL },
};

static const struct field move_fields[] = {
	{ FIELD_CHARS(struct stock_line, sku, FIELD_TEXT, N_("SKU"),
	    FIELD_FIXED) },
	{ FIELD_NUM(struct stock_line, qty, FIELD_COUNT, N_("Qty"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct stock_line, to_bin, FIELD_TEXT, N_("To bin"),
	    FIELD_REQUIRED) },
	{ .name = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct bin_goods *g = row;

	switch (col) {
	case 0:
		copy_text(buf, size, g->sku_code);
		break;
	case 1:
		copy_text(buf, size, g->name);
		break;
	case 2:
		if (g->qty < 0)
			*style = STYLE_BAD;
		show_count(buf, size, g->qty);
		break;
	case 3:
		copy_text(buf, size, g->home ? _("yes") : "");
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return bin_goods_page(session_of(sc), st->id, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct bin_goods),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("Nothing lies here."),
};

static int
cmd_open(struct screen *sc)
{
	return ui_open(sc->ui, "product",
	    &(struct product_arg){ .variant_id = list_row_id(list_row(sc)) });
}

/* What files tell of the columns. */
static const char *const fields[] = { "sku_code", "name", "qty", "home" };

static const struct list_kind kind = {
	.record = "bin_goods",
	.fields = fields,
	.enter = cmd_open,
};

static int
open_bin(struct screen *sc, const void *arg)
{
	const struct bin_arg *a = arg;
	struct state *st = sc->state;
	const struct bin *b;
	struct page page;
	int rc;

	st->id = a->id;
	list_open(sc, &kind, &source, "bin");
	if ((rc = bin_get(session_of(sc), st->id, &page)) < 0)
		return rc;
	b = page_row(&page, 0);
	st->warehouse_id = b->warehouse_id;
	copy_text(st->code, sizeof(st->code), b->code);
	copy_text(st->warehouse, sizeof(st->warehouse), b->warehouse);
	snprintf(st->title, sizeof(st->title), "%s · %s",
	    b->code[0] != '\0' ? b->code : _("no bin"), b->warehouse);
	page_free(&page);
	return list_restart(sc);
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->title;
}

struct goal {
	char bin[BIN_CODE];
	bool make; /* the first makes it, the others find it */
};

static int
move(struct screen *sc, struct stock_line line, bool make)
{
	const struct state *st = sc->state;
	struct stock_doc doc = { .lines = &line, .n = 1, .new_bins = make };
	int64_t slip_id;

	copy_text(doc.warehouse, sizeof(doc.warehouse), st->warehouse);
	copy_text(line.bin, sizeof(line.bin), st->code);
	return stock_write(session_of(sc), STOCK_MOVE, &doc, &slip_id);
}

static int
save_move(void *arg, const void *record)
{
	const struct stock_line *line = record;
	struct screen *sc = arg;
	const struct state *st = sc->state;
	bool make;

	if (!act_bin_wanted(sc, st->warehouse_id, line->to_bin, &make))
		return ERR_CANCELLED;
	return move(sc, *line, make);
}

static int
move_one(struct screen *sc, const struct bin_goods *g)
{
	struct stock_line line = { .qty = g->qty };
	int rc;

	copy_text(line.sku, sizeof(line.sku), g->sku_code);
	rc = ui_form(
	    sc->ui, _("To another bin"), move_fields, &line, save_move, sc);
	if (rc <= 0)
		return rc;
	ui_say(sc->ui, _("%s lies in bin %s now."), line.sku, line.to_bin);
	return list_refresh(sc);
}

static void
name(struct screen *sc, int64_t id, char *buf, size_t size)
{
	struct page page = { 0 };

	buf[0] = '\0';
	if (variant_get(session_of(sc), id, &page) < 0)
		return;
	copy_text(
	    buf, size, ((const struct variant *)page_row(&page, 0))->sku_code);
	page_free(&page);
}

/* All there is of it. */
static int
move_all(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct goal *to = arg;
	struct stock_line line = { .qty = 0 };

	(void)err;
	name(sc, id, line.sku, sizeof(line.sku));
	copy_text(line.to_bin, sizeof(line.to_bin), to->bin);
	return move(sc, line, to->make);
}

static void
said(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu product has another bin now.",
		"%zu products have another bin now.", n),
	    n);
}

static int
cmd_move(struct screen *sc)
{
	const struct state *st = sc->state;
	const struct bin_goods *g = list_row(sc);
	struct goal to = { .make = false };
	const struct list_job job = { _("Writing slips"), move_all, name, said,
		&to };
	char label[200];
	size_t n = list_marked(sc);

	/* A slip without a bin takes them from where they are picked. */
	if (st->code[0] == '\0' && !g->home) {
		ui_complain(sc->ui,
		    _("%s is picked from a bin: correct it on the stock list."),
		    g->sku_code);
		return 0;
	}
	if (n == 0)
		return move_one(sc, g);
	snprintf(label, sizeof(label),
	    ngettext("Put %zu product in which bin?",
		"Put %zu products in which bin?", n),
	    n);
	if (!ui_ask(sc->ui, label, to.bin, sizeof(to.bin)) ||
	    !act_bin_wanted(sc, st->warehouse_id, to.bin, &to.make))
		return 0;
	return list_each(sc, &job);
}

static const struct cmd cmds[] = {
	{ "bin-product", "Enter", N_("Open"),
	    N_("See the product whole: stock, suppliers, items, variants"),
	    PERM_PRODUCT_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "bin-move", "t", N_("Move"),
	    N_("Move pieces, or all that is selected, to another bin"),
	    PERM_STOCK_MOVE, CMD_NEEDS_ROW | CMD_MANY, cmd_move },
	{ .name = NULL },
};

const struct screen_ops screen_bin = {
	.name = "bin",
	.title = N_("Bin"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_bin,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.subtitle = subtitle,
};
