/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../stock/stock_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/propose.h"
#include "shopmgr/tui/line.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Which product is this item of a platform? First there are proposals with
 * their grounds; typing looks among all products. */

struct state {
	struct list list;
	int64_t listing_id;
	char title[300], attrs[200], code[64], item_no[64];
	struct proposer *proposer;
	struct proposal some[PROPOSALS_MAX];
	size_t nsome;
	struct variant_filter filter;
	struct narrowing narrowing;
	struct line find;
	char find_text[64];
};

struct choice {
	int64_t id;
	struct variant v;
	const char *why; /* "97 % code alike", or "" */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU"), 14, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Product name"), 20, 6, 0, COLUMN_ENDS, 0 },
	{ N_("Barcode"), 13, 0, 5, 0, 0 },
	{ N_("Available"), 9, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Price"), 9, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("Because of"), 20, 0, 3, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct choice *choice = row;
	const struct variant *v = &choice->v;

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
	case 5:
		*style = STYLE_DIM;
		copy_text(buf, size, choice->why);
		break;
	}
}

static void
add_choice(struct page *out, const struct variant *v, const char *why)
{
	struct choice *choice = page_add(out);

	choice->id = v->id;
	choice->v = *v;
	choice->v.sku_code = arena_strdup(&out->arena, v->sku_code);
	choice->v.name = arena_strdup(&out->arena, v->name);
	choice->v.barcodes = arena_strdup(&out->arena, v->barcodes);
	choice->why = arena_strdup(&out->arena, why);
}

/* One that has gone meanwhile is left out. */
static int
add_proposal(struct session *s, struct page *out, const struct proposal *p)
{
	struct page page;
	char why[80];
	int rc;

	if ((rc = variant_get(s, p->variant_id, &page)) < 0)
		return rc == ERR_NOTFOUND ? 0 : rc;
	snprintf(why, sizeof(why), "%lld %% %s", (long long)p->sure,
	    proposal_text(p->ground));
	add_choice(out, page_row(&page, 0), why);
	page_free(&page);
	return 0;
}

/* All there are, few as they are. */
static int
fetch_proposals(const struct screen *sc, enum page_dir dir, struct page *out)
{
	const struct state *st = sc->state;
	bool all = dir == PAGE_FIRST || dir == PAGE_LAST;
	size_t i;
	int rc = 0;

	page_init(out, sizeof(struct choice), st->nsome);
	for (i = 0; all && rc == 0 && i < st->nsome; i++)
		rc = add_proposal(session_of(sc), out, &st->some[i]);
	if (rc < 0)
		page_free(out);
	return rc;
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct choice *last = from;
	struct page found;
	size_t i;
	int rc;

	if (st->find_text[0] == '\0' && st->nsome > 0)
		return fetch_proposals(sc, dir, out);
	rc = variant_page(session_of(sc), &st->filter, dir,
	    last != NULL ? &last->v : NULL, limit, &found);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(struct choice), found.n);
	for (i = 0; i < found.n; i++)
		add_choice(out, page_row(&found, i), "");
	page_free(&found);
	return 0;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct choice),
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

static int
propose(struct screen *sc)
{
	struct state *st = sc->state;
	const struct listing item = { .title = st->title,
		.attrs = st->attrs,
		.sku_code = st->code,
		.item_no = st->item_no };
	int rc;

	if ((rc = proposer_new(session_of(sc), &st->proposer)) < 0)
		return rc;
	st->nsome = listing_propose(st->proposer, &item, st->some);
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
	copy_text(st->item_no, sizeof(st->item_no),
	    a->item_no != NULL ? a->item_no : "");
	line_init(&st->find, st->find_text, sizeof(st->find_text));
	st->list.table = table_new(&source, sc);
	return propose(sc);
}

static void
close_mapping(struct screen *sc)
{
	struct state *st = sc->state;

	line_done(&st->find);
	proposer_free(st->proposer);
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
	    STYLE_DIM,
	    st->nsome > 0 && st->find_text[0] == '\0'
		? _("proposals; another: type SKU or name, or scan")
		: _("SKU or name, or scan it"));
	table_draw(st->list.table, c,
	    (struct rect){ f.y + 2, r.x, r.y + r.h - f.y - 2, r.w });
}

/* The same code is the same thing; anything else is somebody's word. */
static int
cmd_map(struct screen *sc)
{
	const struct variant *v = &((const struct choice *)list_row(sc))->v;
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
