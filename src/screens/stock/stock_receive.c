/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "stock_acts.h"

/* One receipt of the products that are selected, without an order: opening
 * stock, a gift of a supplier's. */

#define LINES 200

struct coming {
	struct screen *sc;
	struct arena arena;
	struct stock_line *v;
	const char **name;
	size_t n;
	int64_t pieces, worth;
};

/* clang-format off */
#define LINE struct stock_line
static const struct field line_fields[] = {
	{ FIELD_NUM(LINE, qty, FIELD_COUNT, N_("Pieces"), 0) },
	{ FIELD_NUM(LINE, cost, FIELD_MONEY, N_("Cost"), 0),
	    .hint = N_("yuan each; 0: a gift") },
	{ FIELD_CHARS(LINE, bin, FIELD_TEXT, N_("Bin"), 0),
	    .hint = N_("empty: of itself") },
	{ .name = NULL },
};

#define DOC struct stock_doc
static const struct field head_fields[] = {
	{ FIELD_CHARS(DOC, supplier, FIELD_TEXT, N_("Supplier"), 0) },
	{ FIELD_CHARS(DOC, warehouse, FIELD_TEXT, N_("Warehouse"), 0),
	    .hint = N_("empty: the main one") },
	{ FIELD_NUM(DOC, freight, FIELD_MONEY, N_("Freight"), 0),
	    .hint = N_("yuan") },
	{ FIELD_CHARS(DOC, reason, FIELD_TEXT, N_("Note"), 0),
	    .hint = N_("opening stock, a gift") },
	{ .name = NULL },
};
/* clang-format on */

static int
read_goods(struct coming *c, const int64_t *ids)
{
	struct stock_line *l;
	const struct variant *v;
	struct page page;
	size_t i;
	int rc;

	c->v = arena_alloc(&c->arena, c->n * sizeof(*c->v));
	c->name = arena_alloc(&c->arena, c->n * sizeof(*c->name));
	for (i = 0; i < c->n; i++) {
		if ((rc = variant_get(session_of(c->sc), ids[i], &page)) < 0)
			return rc;
		v = page_row(&page, 0);
		l = &c->v[i];
		copy_text(l->sku, sizeof(l->sku), v->sku_code);
		l->cost = v->unit_cost;
		c->name[i] = arena_strdup(&c->arena, v->name);
		page_free(&page);
	}
	return 0;
}

/* The domain looks at all of them together. */
static int
no_check(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return 0;
}

/* One more look: 1 they came so, 0 a line was changed, -1 given up. */
static int
look(struct coming *c, int *at)
{
	const char **words =
	    arena_alloc(&c->arena, (c->n + 1) * sizeof(*words));
	char money[MONEY_SIZE];
	size_t i;

	for (c->pieces = c->worth = 0, i = 0; i < c->n; i++) {
		const struct stock_line *l = &c->v[i];

		c->pieces += l->qty;
		c->worth += l->qty * l->cost;
		words[i + 1] = arena_printf(&c->arena, "%lld × %s  %s  %s",
		    (long long)l->qty, money_show(l->cost, money), l->sku,
		    c->name[i]);
	}
	words[0] = arena_printf(&c->arena,
	    ngettext("Take in: %lld piece for %s",
		"Take in: %lld pieces for %s", (unsigned long)c->pieces),
	    (long long)c->pieces, money_show(c->worth, money));
	*at = ui_pick(c->sc->ui, _("What came? Choose a line to change it."),
	    words, c->n + 1, *at);
	if (*at <= 0)
		return *at < 0 ? -1 : 1;
	i = (size_t)*at - 1;
	return ui_form(c->sc->ui, c->v[i].sku, line_fields, &c->v[i], no_check,
		   NULL) < 0
		   ? -1
		   : 0;
}

struct save {
	struct coming *c;
	int64_t slip_id;
};

static int
save_slip(void *arg, const void *record)
{
	struct save *save = arg;
	struct coming *c = save->c;
	struct stock_doc doc = *(const struct stock_doc *)record;
	size_t i;

	doc.lines = arena_alloc(&c->arena, c->n * sizeof(*doc.lines));
	for (doc.n = i = 0; i < c->n; i++)
		if (c->v[i].qty != 0)
			doc.lines[doc.n++] = c->v[i];
	return stock_write(
	    session_of(c->sc), STOCK_RECEIVE, &doc, &save->slip_id);
}

/* To the slip, where its labels are printed. */
static int
post(struct coming *c)
{
	struct save save = { .c = c };
	struct stock_doc doc = { .n = 0 };
	int rc;

	if (c->pieces == 0) {
		ui_complain(c->sc->ui, "%s",
		    _("Nothing came yet: choose a line and say how many "
		      "pieces."));
		return 0;
	}
	rc = ui_form(
	    c->sc->ui, _("Receive goods"), head_fields, &doc, save_slip, &save);
	if (rc <= 0)
		return rc;
	rc = ui_open(c->sc->ui, "slip", &(struct slip_arg){ save.slip_id });
	ui_say(c->sc->ui,
	    ngettext("%lld piece is in the ledger; L prints its label.",
		"%lld pieces are in the ledger; L prints their labels.",
		(unsigned long)c->pieces),
	    (long long)c->pieces);
	return rc < 0 ? rc : 1;
}

int
act_receive_many(struct screen *sc, const int64_t *ids, size_t n)
{
	struct coming c = { .sc = sc, .n = n };
	int rc, at = 1, looked = 0, done = 0;

	if (n > LINES) {
		ui_complain(sc->ui,
		    _("Select no more than %d products for one slip."), LINES);
		return 0;
	}
	rc = read_goods(&c, ids);
	while (rc == 0 && done == 0 && (looked = look(&c, &at)) >= 0)
		done = looked > 0 ? post(&c) : 0;
	arena_done(&c.arena);
	return rc < 0 ? rc : done;
}
