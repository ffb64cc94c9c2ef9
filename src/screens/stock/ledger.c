/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* A product's ledger: every move, the newest first, never changed. */

struct state {
	struct list list;
	int64_t variant_id; /* 0: all products */
	char name[240];
	struct table_source source;
};

/* clang-format off */
#define COLUMNS(drop) \
	{ N_("When"), 11, 0, 0, 0, 0 }, \
	{ N_("Slip"), 10, 0, 2, COLUMN_WHOLE, 0 }, \
	{ N_("Kind"), 8, 0, 0, 0, 0 }, \
	{ N_("Qty"), 8, 0, 0, COLUMN_RIGHT, 0 }, \
	{ N_("On hand"), 8, 0, 0, COLUMN_RIGHT, 0 }, \
	{ N_("Order or reason"), 19, 6, 1, 0, 0 }, \
	{ N_("Bin"), 7, 0, 4, 0, 0 }, \
	{ N_("Who"), 8, 1, 3, 0, 0 }, \
	{ N_("Warehouse"), 9, 0, drop, 0, 0 }
#define VALUES \
	{ N_("Value"), 11, 0, 5, COLUMN_RIGHT, 0 }, \
	{ N_("Value after"), 12, 0, 7, COLUMN_RIGHT, 0 }
#define END { .title = NULL }
/* By whether there are several warehouses, which then must be told apart at any
 * width, and whether costs may be seen. */
static const struct column one[] = { COLUMNS(6), END };
static const struct column one_costs[] = { COLUMNS(6), VALUES, END };
static const struct column several[] = { COLUMNS(0), END };
static const struct column several_costs[] = { COLUMNS(0), VALUES, END };
/* clang-format on */

/* What the move was for: the order, or the words on the slip. */
static void
purpose(const struct stock_move *m, char *buf, size_t size)
{
	if (m->order_no[0] != '\0')
		copy_text(buf, size, m->order_no);
	else if (strcmp(m->kind, "transfer") == 0 ||
		 (strcmp(m->kind, "move") == 0 && m->qty > 0))
		snprintf(buf, size, "→ %s %s", m->bin, m->reason);
	else if (strcmp(m->kind, "move") == 0)
		snprintf(buf, size, "%s → %s", m->bin, m->reason);
	else if (m->supplier[0] != '\0' && m->reason[0] != '\0')
		snprintf(buf, size, "%s · %s", m->supplier, m->reason);
	else
		copy_text(buf, size,
		    m->supplier[0] != '\0' ? m->supplier : m->reason);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stock_move *m = row;

	if (m->reversed)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		show_when(buf, size, m->at);
		break;
	case 1:
		copy_text(buf, size, m->slip_no);
		break;
	case 2:
		if (m->reversed)
			copy_text(buf, size, _("reversed"));
		else
			copy_text(buf, size, stock_kind_text(m->kind));
		break;
	case 3:
		show_signed(buf, size, m->qty);
		break;
	case 4:
		show_count(buf, size, m->on_hand_after);
		break;
	case 5:
		purpose(m, buf, size);
		break;
	case 6:
		copy_text(buf, size, m->bin);
		break;
	case 7:
		copy_text(buf, size, m->staff);
		break;
	case 8:
		copy_text(buf, size, m->warehouse);
		break;
	case 9:
		show_money(buf, size, m->value);
		break;
	case 10:
		show_money(buf, size, m->value_after);
		break;
	}
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return ledger_page(
	    session_of(sc), st->variant_id, dir, from, limit, out);
}

static int fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out);

static const struct table_source source = {
	.row_size = sizeof(struct stock_move),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static int
choose_columns(struct screen *sc)
{
	bool costs = session_may(session_of(sc), PERM_COST_VIEW);
	struct state *st = sc->state;
	struct page page;
	int rc = warehouse_page(session_of(sc), PAGE_FIRST, NULL, 2, &page);

	if (rc < 0)
		return rc;
	st->source = source;
	st->source.columns = page.n > 1 ? (costs ? several_costs : several)
					: (costs ? one_costs : one);
	page_free(&page);
	return 0;
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return list_sieve(arg, &st->source, fetch_all, dir, from, limit, out);
}

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return list_nothing_fits(sc);
	return _("Nothing has moved yet. + in the stock list receives goods.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;

	canvas_text(c, r.y, r.x, r.w, STYLE_STRONG,
	    st->variant_id != 0 ? st->name : _("All products"));
}

/* What files tell of the columns. */
static const char *const fields[] = { "at", "slip_no", "kind", "qty",
	"on_hand_after", "order_no;reason", "bin", "staff", "warehouse",
	"value", "value_after" };

static const struct list_kind kind = {
	.record = "ledger",
	.fields = fields,
	.hint = N_("slip, kind, order, reason, who"),
	.empty = empty,
	.head = head,
};

static int
open_ledger(struct screen *sc, const void *arg)
{
	const struct ledger_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	if (a != NULL) {
		st->variant_id = a->variant_id;
		copy_text(st->name, sizeof(st->name), a->name);
	}
	if ((rc = choose_columns(sc)) < 0)
		return rc;
	list_open(sc, &kind, &st->source, "ledger");
	return list_restart(sc);
}

static int
cmd_reverse(struct screen *sc)
{
	const struct stock_move *m = list_row(sc);
	struct page page;
	int rc = slip_get(session_of(sc), m->slip_id, &page);

	if (rc < 0)
		return rc;
	rc = act_slip_reverse(sc, page_row(&page, 0));
	page_free(&page);
	if (rc <= 0)
		return rc;
	/* The counter-slip is the newest of all. */
	list_seek_end(sc);
	return list_restart(sc);
}

static int
cmd_print(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->variant_id == 0) {
		ui_complain(sc->ui, "%s",
		    _("Open the ledger of one product to print it."));
		return 0;
	}
	return act_print_by_id(sc, st->variant_id, print_ledger);
}

static const struct cmd cmds[] = {
	{ "slip-find", "/", N_("Find"),
	    N_("Find a move by slip, order, reason or who did it"),
	    PERM_STOCK_VIEW, 0, cmd_list_find },
	{ "slip-reverse", "R", N_("Take back"),
	    N_("Reverse this slip by a counter-slip"), PERM_STOCK_ADJUST,
	    CMD_NEEDS_ROW, cmd_reverse },
	{ "ledger-print", "P", N_("Print"),
	    N_("The ledger of this product on paper"), PERM_STOCK_VIEW, 0,
	    cmd_print },
	{ .name = NULL },
};

const struct screen_ops screen_ledger = {
	.name = "ledger",
	.title = N_("Ledger"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_ledger,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
