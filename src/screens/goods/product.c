/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../stock/stock_acts.h"
#include "product.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/tui/ui.h"

/* One product whole: a variant, and what hangs on it. */

static int
load(struct screen *sc)
{
	struct product_state *st = sc->state;
	struct page page;
	int rc = variant_get(session_of(sc), st->id, &page);

	if (rc < 0)
		return rc;
	page_free(&st->page);
	st->page = page;
	return 0;
}

static int
refresh(struct screen *sc)
{
	struct product_state *st = sc->state;
	int rc, i;

	rc = load(sc);
	for (i = 0; rc == 0 && i < PRODUCT_TABS; i++)
		if (product_sees(session_of(sc), (enum product_tab)i))
			rc = table_reload(st->table[i]);
	return rc;
}

static int
open_product(struct screen *sc, const void *arg)
{
	const struct product_arg *a = arg;
	struct product_state *st = sc->state;
	int i, rc;

	st->id = a->variant_id;
	for (i = 0; i < PRODUCT_TABS; i++)
		st->table[i] = table_new(&product_parts[i].source, sc);
	if ((rc = refresh(sc)) == 0 && product_of(st)->kit)
		st->tab = PRODUCT_PARTS; /* it has no stock itself */
	return rc;
}

static void
close_product(struct screen *sc)
{
	struct product_state *st = sc->state;
	int i;

	page_free(&st->page);
	for (i = 0; i < PRODUCT_TABS; i++)
		table_free(st->table[i]);
}

/* The tabs that this person may see, in their order. */
static size_t
tabs_of(struct screen *sc, enum product_tab tabs[PRODUCT_TABS])
{
	size_t n = 0;
	int i;

	for (i = 0; i < PRODUCT_TABS; i++)
		if (product_sees(session_of(sc), (enum product_tab)i))
			tabs[n++] = (enum product_tab)i;
	return n;
}

static void
turn(struct screen *sc, int by)
{
	struct product_state *st = sc->state;
	enum product_tab tabs[PRODUCT_TABS];
	size_t n = tabs_of(sc, tabs), at = 0;

	while (at + 1 < n && tabs[at] != st->tab)
		at++;
	st->tab = tabs[(at + n + (size_t)(by + (int)n)) % n];
}

static int
key_product(struct screen *sc, const struct key *k)
{
	struct product_state *st = sc->state;
	enum product_tab tabs[PRODUCT_TABS];
	size_t n = tabs_of(sc, tabs);

	if (k->code == KEY_SCAN)
		return scan_anywhere(sc, k->text);
	if (k->code >= '1' && k->code < '1' + n) {
		st->tab = tabs[k->code - '1'];
		return 1;
	}
	return table_key(st->table[st->tab], k);
}

/* Of what is no kit, the kits that it is in. */
static const char *
tab_label(const struct product_state *st, enum product_tab tab)
{
	if (tab == PRODUCT_PARTS && !product_of(st)->kit)
		return _("In kits");
	return _(product_parts[tab].label);
}

static void
draw_product(struct screen *sc, struct canvas *c, struct rect r)
{
	struct product_state *st = sc->state;
	struct rect in = { r.y, r.x + 1, r.h, r.w - 2 };
	enum product_tab tabs[PRODUCT_TABS];
	struct tab words[PRODUCT_TABS];
	size_t n = tabs_of(sc, tabs), i, at = 0;

	if (st->page.n == 0)
		return;
	in.y += draw_product_identity(c, in, product_of(st));
	in.y += draw_product_facts(session_of(sc), c, in, product_of(st));
	for (i = 0; i < n; i++) {
		words[i] = (struct tab){ tab_label(st, tabs[i]), -1 };
		if (tabs[i] == st->tab)
			at = i;
	}
	draw_tabs(c, in.y, in.x, in.w, words, n, at);
	table_draw(st->table[st->tab], c,
	    (struct rect){ in.y + 1, r.x, r.y + r.h - in.y - 1, r.w });
}

static const char *
subtitle(struct screen *sc)
{
	struct product_state *st = sc->state;

	return st->page.n > 0 ? product_of(st)->sku_code : "";
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct variant *))
{
	struct product_state *st = sc->state;
	int rc = what(sc, product_of(st));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_edit(struct screen *sc)
{
	return act(sc, act_variant_edit);
}

static int
cmd_another(struct screen *sc)
{
	return act(sc, act_variant_another);
}

static int
cmd_turn(struct screen *sc)
{
	return act(sc, act_variant_turn);
}

static int
cmd_receive(struct screen *sc)
{
	return act(sc, act_receive);
}

static int
cmd_offer(struct screen *sc)
{
	struct product_state *st = sc->state;
	int rc = act_offer(sc, product_of(st)->sku_code, NULL, NULL);

	if (rc < 0)
		return rc;
	st->tab = PRODUCT_SUPPLIERS;
	return refresh(sc);
}

static int
cmd_offer_drop(struct screen *sc)
{
	struct product_state *st = sc->state;
	const struct supplier_item *i =
	    table_selected(st->table[PRODUCT_SUPPLIERS]);
	int rc;

	if (st->tab != PRODUCT_SUPPLIERS || i == NULL)
		return 0;
	rc = act_offer_drop(sc, i);
	return rc < 0 ? rc : refresh(sc);
}

static int
open_variant(struct screen *sc, int64_t id)
{
	const struct product_arg arg = { .variant_id = id };

	return ui_open(sc->ui, "product", &arg);
}

static int
open_ledger(struct screen *sc)
{
	struct product_state *st = sc->state;
	const struct ledger_arg arg = { .variant_id = st->id,
		.name = product_of(st)->name };

	return ui_open(sc->ui, "ledger", &arg);
}

static int
open_item(struct screen *sc, const struct listing *l)
{
	const struct map_arg arg = { .listing_id = l->id,
		.title = l->title,
		.attrs = l->attrs,
		.code = l->sku_code,
		.item_no = l->item_no };

	return ui_open(sc->ui, "map", &arg);
}

static int
edit_offer(struct screen *sc, const struct supplier_item *i)
{
	int rc;

	if (!session_may(session_of(sc), PERM_COMPANY_EDIT) ||
	    !session_may(session_of(sc), PERM_COST_VIEW))
		return 0;
	rc = act_offer(sc, NULL, NULL, i);
	return rc < 0 ? rc : refresh(sc);
}

/* The row one is on: what it stands for. */
static int
cmd_open(struct screen *sc)
{
	struct product_state *st = sc->state;
	const void *row = table_selected(st->table[st->tab]);

	if (row == NULL)
		return 0;
	switch (st->tab) {
	case PRODUCT_STOCK:
	case PRODUCT_LEDGER:
		return open_ledger(sc);
	case PRODUCT_SUPPLIERS:
		return edit_offer(sc, row);
	case PRODUCT_ITEMS:
		return open_item(sc, row);
	case PRODUCT_PARTS:
	case PRODUCT_VARIANTS:
		return open_variant(sc, list_row_id(row));
	case PRODUCT_PRICES:
	case PRODUCT_TABS:
		break;
	}
	return 0;
}

static int
cmd_ledger(struct screen *sc)
{
	return open_ledger(sc);
}

static int
cmd_kit(struct screen *sc)
{
	struct product_state *st = sc->state;
	const struct kit_arg arg = { .variant_id = st->id,
		.name = product_of(st)->name };

	return ui_open(sc->ui, "kit", &arg);
}

static int
cmd_next_tab(struct screen *sc)
{
	turn(sc, 1);
	return 0;
}

static int
cmd_prev_tab(struct screen *sc)
{
	turn(sc, -1);
	return 0;
}

static int
cmd_history(struct screen *sc)
{
	struct product_state *st = sc->state;

	return open_history(sc, "variant", st->id, product_of(st)->sku_code);
}

/* What there is to be done on this tab, with this product. */
static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct product_state *st = sc->state;
	bool row = table_selected(st->table[st->tab]) != NULL;

	if (cmd->run == cmd_open)
		return row && st->tab != PRODUCT_PRICES ? cmd->label : NULL;
	if (cmd->run == cmd_offer_drop)
		return row && st->tab == PRODUCT_SUPPLIERS ? cmd->label : NULL;
	if (cmd->run == cmd_kit)
		return st->tab == PRODUCT_PARTS ? cmd->label : NULL;
	if (cmd->run == cmd_turn && st->page.n > 0 && !product_of(st)->active)
		return _("Use again");
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "product-edit", "e", N_("Edit"), N_("Change the product"),
	    PERM_PRODUCT_EDIT, 0, cmd_edit },
	{ "product-open", "Enter", N_("Open"),
	    N_("Open what the row is: ledger, offer, item, product"), PERM_NONE,
	    0, cmd_open },
	{ "product-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next part of the card; the digits go to one directly"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "product-prev-tab", "Shift-Tab Left", NULL,
	    N_("The part of the card before"), PERM_NONE, 0, cmd_prev_tab },
	{ "product-kit", "K", N_("Kit"),
	    N_("See what the kit is made up of, or make it one"), PERM_NONE, 0,
	    cmd_kit },
	{ "product-variant", "n", N_("Variant"),
	    N_("Add one more variant of this product"), PERM_PRODUCT_EDIT, 0,
	    cmd_another },
	{ "product-offer", "o", N_("Offer"),
	    N_("Write down what a supplier sells it for"), PERM_COMPANY_EDIT, 0,
	    cmd_offer },
	{ "product-offer-drop", "X", N_("Take away"),
	    N_("The supplier does not sell it any more"), PERM_COMPANY_EDIT, 0,
	    cmd_offer_drop },
	{ "product-receive", "+ =", N_("Receive"), N_("Take goods in"),
	    PERM_STOCK_RECEIVE, 0, cmd_receive },
	{ "product-ledger", "l", N_("Ledger"),
	    N_("See every move of this product"), PERM_STOCK_VIEW, 0,
	    cmd_ledger },
	{ "product-turn", "d", N_("Out of use"),
	    N_("Neither buy it nor map it newly, or again"), PERM_PRODUCT_EDIT,
	    0, cmd_turn },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_product = {
	.name = "product",
	.title = N_("Product"),
	.perm = PERM_PRODUCT_VIEW,
	.cmds = cmds,
	.size = sizeof(struct product_state),
	.open = open_product,
	.close = close_product,
	.refresh = refresh,
	.key = key_product,
	.draw = draw_product,
	.subtitle = subtitle,
	.label = label,
};
