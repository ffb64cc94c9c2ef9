/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../orders/order_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/propose.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The items of the platforms, first of all those that have no product yet:
 * the orders that hold them wait. Beside each stands what it probably is. */

struct state {
	struct list list;
	bool all;                  /* also those that are mapped */
	struct proposer *proposer; /* NULL: not needed yet */
	bool stale;                /* an item may have been mapped meanwhile */
};

/* A row with its proposal, which is found when it is drawn: those that are only
 * looked through need none. */
struct item {
	struct listing l; /* first: what files are written of */
	struct item_guess {
		struct state *st;
		bool known;
		struct proposal p; /* variant_id 0: none */
		char sku[64], name[NAME_ROOM];
	} * guess;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Platform item"), 20, 6, 0, COLUMN_ENDS, LISTING_SORT_TITLE },
	{ N_("Specification"), 12, 2, 2, 0, 0 },
	{ N_("Code there"), 11, 1, 3, 0, LISTING_SORT_SKU },
	{ N_("Shop"), 8, 1, 4, 0, LISTING_SORT_SHOP },
	{ N_("Product"), 15, 2, 0, 0, LISTING_SORT_MAPPED },
	{ N_("Platform"), 9, 0, 5, COLUMN_OFF, 0 },
	{ N_("Product name"), 16, 3, 5, COLUMN_OFF | COLUMN_ENDS, 0 },
	{ N_("Because of"), 14, 0, 1, 0, 0 },
	{ .title = NULL },
};
/* Why it is proposed stands beside what is. */
static const int shown[] = { 0, 1, 2, 3, 4, 7, -1 };
/* clang-format on */

static const struct proposal *
guess(const struct item *it)
{
	struct proposal some[PROPOSALS_MAX];
	struct item_guess *g = it->guess;

	if (g->known || g->st->proposer == NULL)
		return g->p.variant_id != 0 ? &g->p : NULL;
	if (it->l.variant_id == 0 &&
	    listing_propose(g->st->proposer, &it->l, some) > 0) {
		g->p = some[0];
		copy_text(g->sku, sizeof(g->sku), some[0].sku_code);
		copy_text(g->name, sizeof(g->name), some[0].name);
		g->p.sku_code = g->sku;
		g->p.name = g->name;
	}
	g->known = true;
	return g->p.variant_id != 0 ? &g->p : NULL;
}

/* What it is; else what it may be, with how sure that is. */
static void
product_cell(const struct item *it, char *buf, size_t size, enum style *style)
{
	const struct proposal *p = guess(it);

	if (it->l.variant_id != 0) {
		copy_text(buf, size, it->l.variant_sku);
		return;
	}
	*style = p != NULL ? STYLE_WARN : STYLE_BAD;
	if (p == NULL)
		copy_text(buf, size, _("none yet"));
	else
		snprintf(
		    buf, size, "%s %lld %%", p->sku_code, (long long)p->sure);
}

static void
ground_cell(const struct item *it, char *buf, size_t size, enum style *style)
{
	const struct proposal *p = guess(it);

	*style = STYLE_DIM;
	if (p != NULL)
		copy_text(buf, size, proposal_text(p->ground));
}

/* What is known without a guess. */
static void
known_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct listing *l = &((const struct item *)row)->l;

	(void)style;
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
		copy_text(buf, size, l->variant_id != 0 ? l->variant_sku : "");
		break;
	case 5:
		copy_text(buf, size, platform_text(l->platform));
		break;
	case 6:
		copy_text(buf, size, l->variant_name);
		break;
	}
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	if (col == 4)
		product_cell(row, buf, size, style);
	else if (col == 7)
		ground_cell(row, buf, size, style);
	else
		known_cell(row, col, buf, size, style);
}

/* The rows as the list wants them, each with room for a proposal. */
static void
take(struct page *out, const struct page *found, struct state *st)
{
	const struct listing *l;
	struct item *it;
	size_t i;

	page_init(out, sizeof(*it), found->n);
	for (i = 0; i < found->n; i++) {
		l = page_row(found, i);
		it = page_add(out);
		it->l = *l;
		it->l.platform = arena_strdup(&out->arena, l->platform);
		it->l.shop = arena_strdup(&out->arena, l->shop);
		it->l.title = arena_strdup(&out->arena, l->title);
		it->l.attrs = arena_strdup(&out->arena, l->attrs);
		it->l.sku_code = arena_strdup(&out->arena, l->sku_code);
		it->l.item_no = arena_strdup(&out->arena, l->item_no);
		it->l.variant_sku = arena_strdup(&out->arena, l->variant_sku);
		it->l.variant_name = arena_strdup(&out->arena, l->variant_name);
		it->guess = arena_alloc(&out->arena, sizeof(*it->guess));
		it->guess->st = st;
	}
}

/* Read once, when there is something to propose for. */
static int
need_proposer(const struct screen *sc, const struct page *found)
{
	struct state *st = sc->state;

	if (found->n == 0 || st->proposer != NULL)
		return 0;
	return proposer_new(session_of(sc), &st->proposer);
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	struct state *st = sc->state;
	const struct item *last = from;
	struct listing_filter filter = { .unmapped_only = !st->all };
	struct page found;
	int rc;

	filter.sort = (enum listing_sort)list_sort(sc, &filter.desc);
	rc = listing_list(session_of(sc), &filter, dir,
	    last != NULL ? &last->l : NULL, limit, &found);
	if (rc < 0)
		return rc;
	if ((rc = need_proposer(sc, &found)) == 0)
		take(out, &found, st);
	page_free(&found);
	return rc;
}

/* For looking through rows, however many. */
static const struct table_source known = {
	.columns = columns,
	.row_size = sizeof(struct item),
	.cell = known_cell,
};

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(arg, &known, fetch_all, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct item),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.shown = shown,
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

/* Proposals are made anew when they are needed. */
static void
learn(struct screen *sc)
{
	struct state *st = sc->state;

	proposer_free(st->proposer);
	st->proposer = NULL;
	st->stale = false;
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->proposer != NULL &&
	    (st->stale || !proposer_fits(session_of(sc), st->proposer)))
		learn(sc);
	return list_refresh(sc);
}

static void
close_listings(struct screen *sc)
{
	learn(sc);
	list_close(sc);
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

/* What many mappings come to. */
struct mapped {
	int64_t variant_id; /* all to this one; 0: each to its proposal */
	int64_t released;
};

/* The product proposed for an item, also of one far away in the list. */
static int
proposed(struct screen *sc, int64_t id, int64_t *variant_id, struct err *err)
{
	struct state *st = sc->state;
	struct proposal some[PROPOSALS_MAX];
	struct page page;
	int rc;

	if ((rc = listing_get(session_of(sc), id, &page)) < 0)
		return rc;
	if (listing_propose(st->proposer, page_row(&page, 0), some) > 0)
		*variant_id = some[0].variant_id;
	else
		rc = err_set(err, ERR_INVALID, "",
		    _("There is no proposal for it: u picks its product"));
	page_free(&page);
	return rc;
}

static int
map_one(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	struct mapped *m = arg;
	int64_t variant_id = m->variant_id, released = 0;
	int rc = 0;

	if (variant_id == 0)
		rc = proposed(sc, id, &variant_id, err);
	if (rc == 0)
		rc = listing_map(session_of(sc), id, variant_id, &released);
	if (rc == 0)
		m->released += released;
	return rc;
}

/* The domain knows no item by its number alone: the list does. */
static void
name(struct screen *sc, int64_t id, char *buf, size_t size)
{
	const struct state *st = sc->state;
	const struct item *it = table_row(st->list.table, id);

	if (it != NULL)
		snprintf(buf, size, "%s %s", it->l.title, it->l.attrs);
	else
		copy_text(buf, size, _("an item further away in the list"));
}

static void
said(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu item is mapped.", "%zu items are mapped.", n), n);
}

static void
say_released(struct screen *sc, int64_t released)
{
	char n[MONEY_SIZE];

	if (released > 0)
		ui_say(sc->ui,
		    ngettext("Mapped. %s order can go now.",
			"Mapped. %s orders can go now.",
			(unsigned long)released),
		    count_show(released, n));
	else
		ui_say(sc->ui, "%s", _("Mapped."));
}

/* What was mapped is a ground for the next. */
static int
map_all(struct screen *sc, struct mapped *m)
{
	const struct list_job job = { _("Mapping"), map_one, name, said, m };
	char done[200], free_n[MONEY_SIZE];
	size_t n = list_marked(sc);
	int rc = list_each(sc, &job);

	learn(sc);
	if (rc == 0)
		rc = list_refresh(sc);
	if (rc == 0 && m->released > 0 && list_marked(sc) == 0) {
		said(done, sizeof(done), n);
		ui_say(sc->ui,
		    ngettext("%s %s order can go now.",
			"%s %s orders can go now.", (unsigned long)m->released),
		    done, count_show(m->released, free_n));
	}
	return rc;
}

/* All that are selected are the same product. */
static int
map_many(struct screen *sc)
{
	const struct item *it = list_row(sc);
	char typed[64] = "", label[200];
	size_t n = list_marked(sc);
	struct page found = { 0 };
	struct mapped m = { 0 };
	int rc, at;

	if (it != NULL)
		copy_text(typed, sizeof(typed), it->l.sku_code);
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
		m.variant_id =
		    ((const struct variant *)page_row(&found, (size_t)at))->id;
	page_free(&found);
	return at >= 0 ? map_all(sc, &m) : 0;
}

static int
cmd_pick(struct screen *sc)
{
	struct state *st = sc->state;
	const struct item *it = list_row(sc);
	struct map_arg arg = { .listing_id = 0 };

	if (list_marked(sc) > 0)
		return map_many(sc);
	arg.listing_id = it->l.id;
	arg.title = it->l.title;
	arg.attrs = it->l.attrs;
	arg.code = it->l.sku_code;
	arg.item_no = it->l.item_no;
	st->stale = true;
	return ui_open(sc->ui, "map", &arg);
}

static int
accept_many(struct screen *sc)
{
	struct mapped m = { 0 };
	size_t n = list_marked(sc);

	if (!ui_confirm(sc->ui, _("Map"),
		ngettext("Map %zu item to the product proposed for it?",
		    "Map %zu items, each to the product proposed for it?", n),
		n))
		return 0;
	return map_all(sc, &m);
}

/* The same code is the same thing; anything else is somebody's word. */
static int
cmd_accept(struct screen *sc)
{
	const struct item *it = list_row(sc);
	const struct proposal *p = guess(it);
	int64_t id = it->l.id, variant_id, released;
	int rc;

	if (list_marked(sc) > 0)
		return accept_many(sc);
	if (p == NULL)
		return cmd_pick(sc);
	variant_id = p->variant_id;
	if (p->ground != PROPOSAL_CODE &&
	    !ui_confirm(sc->ui, _("Map"), _("%s %s\nis the product\n%s  %s?"),
		it->l.title, it->l.attrs, p->sku_code, p->name))
		return 0;
	rc = listing_map(session_of(sc), id, variant_id, &released);
	if (rc < 0)
		return rc;
	learn(sc);
	if ((rc = list_refresh(sc)) == 0)
		say_released(sc, released);
	return rc;
}

/* Its title may be that of others, too, in another shop. */
static void
whole(const void *row, char *buf, size_t size)
{
	const struct listing *l = &((const struct item *)row)->l;

	snprintf(buf, size, "%s%s%s%s%s  %s · %s", l->title,
	    l->attrs[0] != '\0' ? "  " : "", l->attrs,
	    l->sku_code[0] != '\0' ? "  " : "", l->sku_code,
	    platform_text(l->platform), l->shop);
}

/* What files tell of the columns. */
static const char *const fields[] = { "title", "attrs", "sku_code", "shop",
	"variant_sku", "platform", "variant_name", "" };

static const struct list_kind kind = {
	.record = "listings",
	.fields = fields,
	.hint = N_("words of the item, code, shop or product"),
	.enter = cmd_accept,
	.empty = empty,
	.head = head,
	.whole = whole,
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
	{ "listing-map", "Enter", N_("Map"),
	    N_("It is the product proposed; without one: pick it"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW | CMD_MANY, cmd_accept },
	{ "listing-pick", "u", N_("Pick"),
	    N_("Say which product an item of the platform is"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW | CMD_MANY, cmd_pick },
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
	.does = N_("Say which goods a listing sells"),
	.perm = PERM_PRODUCT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_listings,
	.close = close_listings,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
