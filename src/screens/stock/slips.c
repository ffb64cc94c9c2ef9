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
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Slips by kind, the newest first. */

/* Those with tabs first; the others are chosen from a list. */
static const char *const kinds[] = { "", "receipt", "issue", "adjust", "scrap",
	"count", "return", "put", "move", "defect", "send", "arrive",
	"supplier", "cost", "transfer", "ship" };
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))
#define TABS  7

struct state {
	struct list list;
	size_t kind;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Slip no."), 11, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Kind"), 12, 2, 0, 0, 0 },
	{ N_("Time"), 10, 0, 0, 0, 0 },
	{ N_("Products"), 8, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Pieces"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Supplier or reason"), 16, 2, 0, 0, 0 },
	{ N_("Written for"), 19, 0, 3, COLUMN_WHOLE, 0 },
	{ N_("Value"), 11, 0, 5, COLUMN_RIGHT, 0 },
	{ N_("Warehouse"), 9, 1, 6, 0, 0 },
	{ N_("Reversed by"), 11, 0, 4, 0, 0 },
	{ N_("Who"), 8, 1, 2, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_NO,
	COL_KIND,
	COL_AT,
	COL_LINES,
	COL_QTY,
	COL_WHY,
	COL_FOR,
	COL_VALUE,
	COL_WAREHOUSE,
	COL_REVERSED,
	COL_STAFF
};

/* What it was written for: the order, purchase, transfer, stocktake, or the
 * slip it takes back. */
static const char *
meant_for(const struct stock_slip *l)
{
	const char *const nos[] = { l->reverses, l->order_no, l->purchase_no,
		l->transfer_no, l->count_no };
	size_t i;

	for (i = 0; i < sizeof(nos) / sizeof(nos[0]); i++)
		if (nos[i][0] != '\0')
			return nos[i];
	return "";
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stock_slip *l = row;
	const char *const texts[] = {
		[COL_NO] = l->slip_no,
		[COL_KIND] = stock_kind_text(l->kind),
		[COL_WHY] = l->supplier[0] != '\0' ? l->supplier : l->reason,
		[COL_FOR] = meant_for(l),
		[COL_WAREHOUSE] = l->warehouse,
		[COL_REVERSED] = l->reversed,
		[COL_STAFF] = l->staff,
	};

	if (l->reversed[0] != '\0')
		*style = STYLE_DIM;
	switch (col) {
	case COL_AT:
		show_when(buf, size, l->at);
		break;
	case COL_LINES:
		show_count(buf, size, l->lines);
		break;
	case COL_QTY:
		show_signed(buf, size, l->qty);
		break;
	case COL_VALUE:
		show_money_or_none(buf, size, l->value);
		break;
	default:
		copy_text(buf, size, texts[col]);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct slip_filter filter = { .kind = kinds[st->kind] };

	return slip_page(session_of(sc), &filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct stock_slip),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("There are none here."),
};

static const char *
kind_words(size_t i)
{
	return i == 0 ? _("All") : stock_kind_text(kinds[i]);
}

/* The last tab is the kind that was chosen, if it has none of its own. */
static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[TABS + 1];
	size_t i, n = TABS;

	for (i = 0; i < TABS; i++)
		words[i] = (struct tab){ kind_words(i), -1 };
	if (st->kind >= TABS)
		words[n++] = (struct tab){ kind_words(st->kind), -1 };
	draw_tabs(
	    c, r.y, r.x, r.w, words, n, st->kind < TABS ? st->kind : TABS);
}

static int
cmd_open(struct screen *sc)
{
	return ui_open(sc->ui, "slip",
	    &(struct slip_arg){ .id = list_row_id(list_row(sc)) });
}

/* What files tell of the columns. */
static const char *const fields[] = { "slip_no", "kind", "at", "lines",
	"quantity", "supplier;reason",
	"order_no;purchase_no;transfer_no;count_no;reverses", "value",
	"warehouse", "reversed", "staff" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "slips",
	.fields = fields,
	.hint = N_("slip, supplier, reason, order, who"),
	.enter = cmd_open,
	.head = head,
};

static int
open_slips(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "slips");
	return list_restart(sc);
}

static int
turn(struct screen *sc, size_t by)
{
	struct state *st = sc->state;

	st->kind = st->kind < TABS ? (st->kind + by) % TABS : 0;
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
	return turn(sc, TABS - 1);
}

static int
cmd_kind(struct screen *sc)
{
	struct state *st = sc->state;
	const char *words[KINDS];
	size_t i;
	int at;

	for (i = 0; i < KINDS; i++)
		words[i] = kind_words(i);
	at = ui_pick(
	    sc->ui, _("Slips of which kind?"), words, KINDS, (int)st->kind);
	if (at < 0)
		return 0;
	st->kind = (size_t)at;
	return list_restart(sc);
}

static int
cmd_reverse(struct screen *sc)
{
	int rc = act_slip_reverse(sc, list_row(sc));

	if (rc <= 0)
		return rc;
	/* The counter-slip is the newest of all. */
	list_seek_end(sc);
	return list_restart(sc);
}

static int
cmd_print(struct screen *sc)
{
	return act_print_by_id(sc, list_row_id(list_row(sc)), print_stock_slip);
}

static const struct cmd cmds[] = {
	{ "slip-open", "Enter", N_("Open"), N_("Its lines"), PERM_STOCK_VIEW,
	    CMD_NEEDS_ROW, cmd_open },
	{ "slip-print", "P", N_("Print"), N_("The slip, to be signed"),
	    PERM_STOCK_VIEW, CMD_NEEDS_ROW, cmd_print },
	{ "slip-reverse", "R", N_("Take back"),
	    N_("Reverse this slip by a counter-slip"), PERM_STOCK_ADJUST,
	    CMD_NEEDS_ROW, cmd_reverse },
	{ "slip-next-tab", "Tab Right", N_("Next tab"), N_("The next kind"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "slip-prev-tab", "Shift-Tab Left", NULL, N_("The kind before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "slip-kind", "f", N_("Kind"), N_("See the slips of any kind"),
	    PERM_NONE, 0, cmd_kind },
	{ "slip-find", "/", N_("Find"), N_("Find a slip"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_slips = {
	.name = "slips",
	.title = N_("Stock slips"),
	.go = "",
	.does = N_("Every paper that moved stock"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_slips,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
