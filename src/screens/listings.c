/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
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
	{ N_("Platform item"), 22, 6, 0, COLUMN_ENDS, LISTING_SORT_TITLE },
	{ N_("Specification"), 12, 2, 1, 0, 0 },
	{ N_("Code there"), 12, 1, 2, 0, LISTING_SORT_SKU },
	{ N_("Shop"), 8, 1, 3, 0, LISTING_SORT_SHOP },
	{ N_("Product"), 12, 2, 0, 0, LISTING_SORT_MAPPED },
	{ N_("Platform"), 9, 0, 4, COLUMN_OFF, 0 },
	{ N_("Product name"), 16, 3, 4, COLUMN_OFF | COLUMN_ENDS, 0 },
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
	case 5:
		copy_text(buf, size, platform_text(l->platform));
		break;
	case 6:
		copy_text(buf, size, l->variant_name);
		break;
	}
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	struct listing_filter filter = { .unmapped_only = !st->all };

	filter.sort = (enum listing_sort)list_sort(sc, &filter.desc);
	return listing_list(session_of(sc), &filter, dir, from, limit, out);
}

static const struct table_source source;

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct screen *sc = arg;

	if (list_sought(sc)[0] == '\0')
		return fetch_all(sc, dir, from, limit, out);
	return list_sieve(sc, &source, fetch_all, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct listing),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return list_nothing_fits(sc);
	return st->all ? _("No items yet: they come with the orders. F9 "
			   "imports the files of a platform.")
		       : _("Every item of the platforms has its product.");
}

static const struct list_kind kind;

static int
open_listings(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "unmapped");
	return list_restart(sc);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[] = { { _("Unmapped"), -1 }, { _("All"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, 2, st->all ? 1 : 0);
}

#define CHOICES 200

/* Products whose code or name begins with @typed; 0: none. */
static int
look_up(struct screen *sc, const char *typed, struct page *out)
{
	static const enum variant_order orders[] = { VARIANT_BY_SKU,
		VARIANT_BY_SKU, VARIANT_BY_NAME };
	struct variant_filter filter = { .prefix = typed };
	char upper[64];
	size_t i;
	int rc;

	for (i = 0; i == 0 || typed[i - 1] != '\0'; i++)
		upper[i] = (char)toupper((unsigned char)typed[i]);
	for (i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
		filter.order = orders[i];
		filter.prefix = i == 1 ? upper : typed;
		rc = variant_page(
		    session_of(sc), &filter, PAGE_FIRST, NULL, CHOICES, out);
		if (rc < 0 || out->n > 0)
			return rc < 0 ? rc : 1;
		page_free(out);
	}
	return 0;
}

/* Which of them; -1: given up. */
static int
pick(struct screen *sc, const struct page *found)
{
	char(*words)[300] = xcalloc(found->n, sizeof(*words));
	const char **choices = xcalloc(found->n, sizeof(*choices));
	const struct variant *v;
	size_t i;
	int at;

	for (i = 0; i < found->n; i++) {
		v = page_row(found, i);
		snprintf(
		    words[i], sizeof(words[i]), "%s  %s", v->sku_code, v->name);
		choices[i] = words[i];
	}
	at = ui_pick(sc->ui, _("Map to"), choices, found->n, 0);
	free(choices);
	free(words);
	return at;
}

static int
map_one(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const int64_t *variant_id = arg;

	(void)err;
	return listing_map(session_of(sc), id, *variant_id, NULL);
}

/* The domain knows no item by its number alone: the list does. */
static void
name(struct screen *sc, int64_t id, char *buf, size_t size)
{
	const struct state *st = sc->state;
	const struct listing *l = table_row(st->list.table, id);

	if (l != NULL)
		snprintf(buf, size, "%s %s", l->title, l->attrs);
	else
		copy_text(buf, size, _("an item further away in the list"));
}

static void
said(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu item is mapped.", "%zu items are mapped.", n), n);
}

/* All that are selected are the same product. */
static int
map_many(struct screen *sc)
{
	const struct listing *l = list_row(sc);
	char typed[64] = "", label[200];
	size_t n = list_marked(sc);
	struct page found = { 0 };
	int64_t variant_id;
	const struct list_job job = { _("Mapping"), map_one, name, said,
		&variant_id };
	int rc, at;

	if (l != NULL)
		copy_text(typed, sizeof(typed), l->sku_code);
	snprintf(label, sizeof(label),
	    ngettext("Which product is %zu item? The beginning of its SKU or "
		     "name:",
		"Which product are %zu items? The beginning of its SKU or "
		"name:",
		n),
	    n);
	if (!ui_ask(sc->ui, label, typed, sizeof(typed)))
		return 0;
	rc = look_up(sc, typed, &found);
	if (rc == 0)
		ui_complain(
		    sc->ui, "%s", _("No SKU and no name begins like this."));
	if (rc <= 0)
		return rc;
	at = pick(sc, &found);
	if (at >= 0)
		variant_id =
		    ((const struct variant *)page_row(&found, (size_t)at))->id;
	page_free(&found);
	return at >= 0 ? list_each(sc, &job) : 0;
}

static int
cmd_map(struct screen *sc)
{
	const struct listing *l = list_row(sc);
	struct map_arg arg = { .listing_id = 0 };

	if (list_marked(sc) > 0)
		return map_many(sc);
	arg.listing_id = l->id;
	arg.title = l->title;
	arg.attrs = l->attrs;
	arg.code = l->sku_code;
	return ui_open(sc->ui, "map", &arg);
}

static const struct list_kind kind = {
	.hint = N_("words of the item, code, shop or product"),
	.enter = cmd_map,
	.empty = empty,
	.head = head,
};

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->all = !st->all;
	list_seek_end(sc);
	return list_restart(sc);
}

static const struct cmd cmds[] = {
	{ "listing-map", "Enter u", N_("Map"),
	    N_("Say which product an item of the platform is"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW | CMD_MANY, cmd_map },
	{ "listing-find", "/", N_("Find"),
	    N_("Find an item by words of its title, code, shop or product"),
	    PERM_PRODUCT_VIEW, 0, cmd_list_find },
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
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_listings,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
