/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "purchase.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "supplier_acts.h"

/* Orders to suppliers by how far they are; late ones are on top. */

struct state {
	struct list list;
	struct purchase_filter filter;
	char company[NAME_ROOM]; /* whose they are; "": all */
	int64_t n[PURCHASE_RECEIVED], late;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Order no."), 10, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Supplier"), 14, 3, 0, 0, 0 },
	{ N_("State"), 10, 1, 3, 0, 0 },
	{ N_("Expected"), 12, 0, 0, 0, 0 },
	{ N_("Pieces"), 6, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Arrived"), 8, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Total"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Ordered"), 10, 0, 4, 0, 0 },
	{ N_("Warehouse"), 9, 1, 5, 0, 0 },
	{ N_("Who"), 7, 1, 6, 0, 0 },
	{ N_("Note"), 10, 2, 7, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_NO,
	COL_COMPANY,
	COL_STATE,
	COL_EXPECTED,
	COL_PIECES,
	COL_RECEIVED,
	COL_TOTAL,
	COL_ORDERED,
	COL_WAREHOUSE,
	COL_STAFF,
	COL_NOTE
};

static void
text_cell(const struct purchase *p, int col, char *buf, size_t size)
{
	const char *const texts[] = {
		[COL_NO] = p->purchase_no,
		[COL_COMPANY] = p->company,
		[COL_STATE] = purchase_state_text(p->state),
		[COL_WAREHOUSE] = p->warehouse,
		[COL_STAFF] = p->staff,
		[COL_NOTE] = p->reason[0] != '\0' ? p->reason : p->note,
	};

	copy_text(buf, size, texts[col]);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct purchase *p = row;

	switch (col) {
	case COL_EXPECTED:
		purchase_due(buf, size, p, style);
		break;
	case COL_PIECES:
		show_count(buf, size, p->pieces);
		break;
	case COL_RECEIVED:
		purchase_here(buf, size, p, style);
		break;
	case COL_TOTAL:
		show_money_or_none(buf, size, p->total + p->freight);
		break;
	case COL_ORDERED:
		if (p->ordered_at != 0)
			show_when(buf, size, p->ordered_at);
		break;
	default:
		text_cell(p, col, buf, size);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return purchase_page(
	    session_of(sc), &st->filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct purchase),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->filter.state == PURCHASE_DRAFT
		   ? _("Nothing is to be ordered. n begins an order; approved "
		       "requests come here by themselves.")
		   : _("There are none here.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[PURCHASE_ALL + 1];
	int i;

	for (i = 0; i < PURCHASE_ALL; i++)
		words[i] = (struct tab){ purchase_state_text(i),
			i < PURCHASE_RECEIVED ? st->n[i] : -1 };
	words[PURCHASE_ALL] = (struct tab){ _("All"), -1 };
	draw_tabs(c, r.y, r.x, r.w, words, PURCHASE_ALL + 1, st->filter.state);
}

static const char *
subtitle(struct screen *sc)
{
	static char text[NAME_ROOM + 60];
	const struct state *st = sc->state;
	char late[48] = "";

	if (st->late > 0)
		snprintf(
		    late, sizeof(late), _("%lld late"), (long long)st->late);
	snprintf(text, sizeof(text), "%s%s%s", st->company,
	    st->company[0] != '\0' && late[0] != '\0' ? " · " : "", late);
	return text;
}

static int
cmd_open(struct screen *sc)
{
	const struct purchase *p = list_row(sc);

	return ui_open(
	    sc->ui, "purchase", &(struct purchase_arg){ .id = p->id });
}

/* What files tell of the columns. */
static const char *const fields[] = { "purchase_no", "company", "state",
	"expected_at;late", "pieces", "received;scanned", "total;freight",
	"ordered_at", "warehouse", "staff", "note;reason" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "purchases",
	.fields = fields,
	.hint = N_("number, supplier, warehouse, note"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
counts(struct screen *sc)
{
	struct state *st = sc->state;

	return purchase_counts(session_of(sc), st->n, &st->late);
}

static int
open_purchases(struct screen *sc, const void *arg)
{
	const struct supplier_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	list_open(sc, &kind, &source, "purchases");
	if ((rc = counts(sc)) < 0)
		return rc;
	if (a != NULL) {
		st->filter.state = PURCHASE_ALL;
		st->filter.company_id = a->id;
		copy_text(st->company, sizeof(st->company), a->name);
	} else if (st->n[PURCHASE_DRAFT] == 0) {
		st->filter.state = PURCHASE_ORDERED;
	}
	return list_restart(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = counts(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
turn(struct screen *sc, unsigned by)
{
	struct state *st = sc->state;

	st->filter.state =
	    (enum purchase_state)((st->filter.state + by) % (PURCHASE_ALL + 1));
	return list_restart(sc);
}

static int
cmd_next_tab(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	return turn(sc, PURCHASE_ALL);
}

static int
cmd_filter(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = pick_supplier(sc, _("Whose orders?"), &st->filter.company_id,
	    st->company, sizeof(st->company));

	return rc <= 0 ? rc : list_restart(sc);
}

/* To the card of one that was made just now. */
static int
go(struct screen *sc, int64_t id)
{
	struct state *st = sc->state;
	int rc;

	st->filter.state = PURCHASE_DRAFT;
	if ((rc = counts(sc)) < 0 || (rc = list_restart(sc)) < 0)
		return rc;
	return ui_open(sc->ui, "purchase", &(struct purchase_arg){ .id = id });
}

static int
cmd_new(struct screen *sc)
{
	int64_t id = 0;
	int rc = act_purchase_new(sc, &id);

	return rc < 0 || id == 0 ? rc : go(sc, id);
}

static int
cmd_copy(struct screen *sc)
{
	int64_t id = 0;
	int rc = act_purchase_copy(sc, list_row(sc), &id);

	return rc < 0 || id == 0 ? rc : go(sc, id);
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct purchase *))
{
	int rc = what(sc, list_row(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_order(struct screen *sc)
{
	return act(sc, act_purchase_order);
}

#define MARKS 50

/* Those that are selected. */
static int
cmd_join(struct screen *sc)
{
	const struct list *l = sc->state;
	size_t n = list_marked(sc);
	int64_t ids[MARKS];
	int rc;

	if (n < 2 || n > MARKS) {
		ui_complain(sc->ui,
		    _("Select 2 to %d orders to the same supplier."), MARKS);
		return 0;
	}
	table_marked(l->table, ids, n);
	if ((rc = act_purchase_join(sc, ids, n)) <= 0)
		return rc;
	for (; n > 0; n--)
		table_mark_id(l->table, ids[n - 1], false);
	return refresh(sc);
}

static int
cmd_cancel(struct screen *sc)
{
	return act(sc, act_purchase_cancel);
}

static int
cmd_print(struct screen *sc)
{
	const struct purchase *p = list_row(sc);

	return act_print_by_id(sc, p->id, print_purchase);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	if (cmd->run == cmd_join)
		return list_marked(sc) > 1 ? cmd->label : NULL;
	return purchase_label(cmd, list_row(sc));
}

static const struct cmd cmds[] = {
	{ "purchase-open", "Enter", N_("Open"), N_("Its lines"),
	    PERM_PURCHASE_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "purchase-new", "n", N_("New"), N_("Begin an order to a supplier"),
	    PERM_PURCHASE_ORDER, 0, cmd_new },
	{ "purchase-order", "O", N_("Order it"),
	    N_("It was sent to the supplier: its goods are on their way"),
	    PERM_PURCHASE_ORDER, CMD_NEEDS_ROW, cmd_order },
	{ "purchase-print", "P", N_("Print"), N_("The order, for the supplier"),
	    PERM_PURCHASE_ORDER, CMD_NEEDS_ROW, cmd_print },
	{ "purchase-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next state"), PERM_NONE, 0, cmd_next_tab },
	{ "purchase-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "purchase-find", "/", N_("Find"), N_("Find an order to a supplier"),
	    PERM_NONE, 0, cmd_list_find },
	{ "purchase-filter", "f", N_("Supplier"), N_("Only one supplier's"),
	    PERM_COMPANY_VIEW, 0, cmd_filter },
	{ "purchase-copy", "y", N_("Copy"),
	    N_("Begin the same order again, at today's prices"),
	    PERM_PURCHASE_ORDER, CMD_NEEDS_ROW, cmd_copy },
	{ "purchase-join", "J", N_("Join"),
	    N_("Make one order of those that are selected, to one supplier"),
	    PERM_PURCHASE_ORDER, CMD_NEEDS_ROW | CMD_MANY, cmd_join },
	{ "purchase-cancel", "X", N_("Cancel"),
	    N_("Cancel it; of which nothing has come"), PERM_PURCHASE_ORDER,
	    CMD_NEEDS_ROW, cmd_cancel },
	{ .name = NULL },
};

const struct screen_ops screen_purchases = {
	.name = "purchases",
	.title = N_("Purchase orders"),
	.go = "",
	.does = N_("Order from suppliers, and follow it up"),
	.perm = PERM_PURCHASE_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_purchases,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.subtitle = subtitle,
	.label = label,
};
