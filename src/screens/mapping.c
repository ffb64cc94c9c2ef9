/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/line.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"
#include "stock_acts.h"

/* Which product is this item of a platform? Typing narrows the list; what has
 * the same code comes first. */

struct state {
	struct list list;
	int64_t listing_id;
	char title[300], attrs[200], code[64];
	struct variant_filter filter;
	struct narrowing narrowing;
	struct line find;
	char find_text[64];
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU"), 14, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Product name"), 20, 6, 0, COLUMN_ENDS, 0 },
	{ N_("Barcode"), 13, 0, 2, 0, 0 },
	{ N_("Available"), 9, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Price"), 9, 0, 3, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct variant *v = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, v->sku_code);
		break;
	case 1:
		copy_text(buf, size, v->name);
		break;
	case 2:
		copy_text(buf, size, v->barcodes);
		break;
	case 3:
		show_count(buf, size, v->available);
		break;
	case 4:
		show_money(buf, size, v->price);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return variant_page(session_of(sc), &st->filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct variant),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty =
	    N_("No product begins like this. F4, then n, makes a new one."),
};

static int
narrow(struct screen *sc)
{
	struct state *st = sc->state;

	return narrow_variants(
	    st->list.table, &st->filter, &st->narrowing, st->find_text);
}

/* What to begin with: its code, the beginning of its title, or all there is. */
static int
propose(struct screen *sc)
{
	struct state *st = sc->state;
	char word[64];
	int rc;

	line_set(&st->find, st->code);
	rc = narrow(sc);
	if (rc < 0 || list_has_row(sc))
		return rc;
	snprintf(word, sizeof(word), "%.*s",
	    (int)text_fit(st->title, 8, &(int){ 0 }), st->title);
	line_set(&st->find, word);
	rc = narrow(sc);
	if (rc < 0 || list_has_row(sc))
		return rc;
	line_set(&st->find, "");
	return narrow(sc);
}

static int
open_mapping(struct screen *sc, const void *arg)
{
	const struct map_arg *a = arg;
	struct state *st = sc->state;

	st->listing_id = a->listing_id;
	copy_text(st->title, sizeof(st->title), a->title);
	copy_text(st->attrs, sizeof(st->attrs), a->attrs);
	copy_text(st->code, sizeof(st->code), a->code);
	line_init(&st->find, st->find_text, sizeof(st->find_text));
	st->list.table = table_new(&source, sc);
	return propose(sc);
}

static void
close_mapping(struct screen *sc)
{
	struct state *st = sc->state;

	line_done(&st->find);
	list_close(sc);
}

static int
map_to(struct screen *sc, int64_t variant_id)
{
	struct state *st = sc->state;
	char n[MONEY_SIZE];
	int64_t released;
	int rc;

	rc = listing_map(session_of(sc), st->listing_id, variant_id, &released);
	if (rc < 0)
		return rc;
	ui_close(sc->ui);
	if (released > 0)
		ui_say(sc->ui,
		    ngettext("Mapped. %s order can go now.",
			"Mapped. %s orders can go now.",
			(unsigned long)released),
		    count_show(released, n));
	else
		ui_say(sc->ui, "%s", _("Mapped."));
	return 0;
}

static int
key_mapping(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	int64_t id;
	int rc;

	switch (k->code) {
	case KEY_SCAN:
		rc = variant_by_code(session_of(sc), k->text, &id);
		rc = rc < 0 ? rc : map_to(sc, id);
		return rc < 0 ? rc : 1;
	case KEY_UP_:
	case KEY_DOWN_:
	case KEY_PGUP:
	case KEY_PGDN:
		return table_key(st->list.table, k);
	default:
		if (!line_key(&st->find, k))
			return 0;
		rc = narrow(sc);
		return rc < 0 ? rc : 1;
	}
}

static void
draw_mapping(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	const char *labels[] = { _("Platform item"), _("Code there"),
		_("Product"), NULL };
	struct facts f;
	char text[560];

	facts_begin(&f, c, (struct rect){ r.y, r.x + 1, 6, r.w - 2 }, labels);
	snprintf(text, sizeof(text), "%s  %s", st->title, st->attrs);
	fact_wrap(&f, labels[0], text, STYLE_STRONG, 2);
	fact(&f, labels[1], st->code[0] != '\0' ? st->code : _("none"),
	    STYLE_TEXT);
	canvas_text(c, f.y, f.r.x, f.label_w, STYLE_LABEL, labels[2]);
	line_draw(&st->find, c, f.y, f.r.x + f.label_w, 32, true);
	canvas_text(c, f.y, f.r.x + f.label_w + 34, f.r.w - f.label_w - 34,
	    STYLE_DIM, _("SKU or name, or scan it"));
	table_draw(st->list.table, c,
	    (struct rect){ f.y + 2, r.x, r.y + r.h - f.y - 2, r.w });
}

/* The same code is the same thing; anything else is somebody's word. */
static int
cmd_map(struct screen *sc)
{
	const struct variant *v = list_row(sc);
	struct state *st = sc->state;
	int64_t id = v->id;

	if (strcmp(v->sku_code, st->code) != 0 &&
	    !ui_confirm(sc->ui, _("Map"), _("%s %s\nis the product\n%s  %s?"),
		st->title, st->attrs, v->sku_code, v->name))
		return 0;
	return map_to(sc, id);
}

static bool
typing(struct screen *sc)
{
	(void)sc;
	return true;
}

static const struct cmd cmds[] = {
	{ "map-to", "Enter", N_("Map"),
	    N_("This product it is; orders that waited can go"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW, cmd_map },
	{ .name = NULL },
};

const struct screen_ops screen_mapping = {
	.name = "map",
	.title = N_("Map item"),
	.perm = PERM_PRODUCT_EDIT,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_mapping,
	.close = close_mapping,
	.refresh = list_refresh,
	.key = key_mapping,
	.draw = draw_mapping,
	.has_row = list_has_row,
	.typing = typing,
};
