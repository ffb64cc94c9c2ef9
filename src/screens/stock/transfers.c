/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/transfers.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* From one warehouse to another, by how far they are; the newest first. */

struct state {
	struct list list;
	struct transfer_filter filter;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Transfer"), 10, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("State"), 10, 1, 3, 0, 0 },
	{ N_("From warehouse"), 10, 1, 0, 0, 0 },
	{ N_("Into warehouse"), 10, 1, 0, 0, 0 },
	{ N_("Products"), 8, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Pieces"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Under way"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Sent at"), 10, 0, 0, 0, 0 },
	{ N_("Arrived at"), 10, 0, 4, 0, 0 },
	{ N_("Who"), 8, 1, 5, 0, 0 },
	{ N_("Note"), 10, 3, 6, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_NO,
	COL_STATE,
	COL_FROM,
	COL_TO,
	COL_LINES,
	COL_QTY,
	COL_OPEN,
	COL_SENT,
	COL_ARRIVED,
	COL_STAFF,
	COL_NOTE
};

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct transfer *t = row;
	const char *const texts[] = {
		[COL_NO] = t->transfer_no,
		[COL_STATE] = transfer_state_text(t->state),
		[COL_FROM] = t->from,
		[COL_TO] = t->to,
		[COL_STAFF] = t->staff,
		[COL_NOTE] = t->note,
	};

	switch (col) {
	case COL_LINES:
		show_count(buf, size, t->lines);
		break;
	case COL_QTY:
		show_count(buf, size, t->qty);
		break;
	case COL_OPEN:
		if (t->open > 0) {
			*style = STYLE_ACCENT;
			show_count(buf, size, t->open);
		}
		break;
	case COL_SENT:
		if (t->sent_at != 0)
			show_when(buf, size, t->sent_at);
		break;
	case COL_ARRIVED:
		if (t->arrived_at != 0)
			show_when(buf, size, t->arrived_at);
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

	return transfer_page(
	    session_of(sc), &st->filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct transfer),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("There are none here."),
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[TRANSFER_STATES + 1];
	int i;

	words[0] = (struct tab){ _("All"), -1 };
	for (i = 0; i < TRANSFER_STATES; i++)
		words[i + 1] = (struct tab){ transfer_state_text(i), -1 };
	draw_tabs(c, r.y, r.x, r.w, words, TRANSFER_STATES + 1,
	    (size_t)(st->filter.state + 1));
}

static int
cmd_open(struct screen *sc)
{
	return ui_open(sc->ui, "transfer",
	    &(struct transfer_arg){ .id = list_row_id(list_row(sc)) });
}

/* What files tell of the columns. */
static const char *const fields[] = { "transfer_no", "state", "from", "to",
	"lines", "quantity", "under_way", "sent_at", "arrived_at", "staff",
	"note" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "transfers",
	.fields = fields,
	.hint = N_("number, warehouse, note, who"),
	.enter = cmd_open,
	.head = head,
};

static int
open_transfers(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	st->filter.state = -1;
	list_open(sc, &kind, &source, "transfers");
	return list_restart(sc);
}

static int
turn(struct screen *sc, int by)
{
	struct state *st = sc->state;

	st->filter.state =
	    (st->filter.state + 1 + by) % (TRANSFER_STATES + 1) - 1;
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
	return turn(sc, TRANSFER_STATES);
}

static int
cmd_new(struct screen *sc)
{
	int64_t id = 0;
	int rc = act_transfer_new(sc, &id);

	if (rc < 0 || id == 0 || (rc = list_restart(sc)) < 0)
		return rc;
	return ui_open(sc->ui, "transfer", &(struct transfer_arg){ .id = id });
}

static int
cmd_send(struct screen *sc)
{
	int rc = act_transfer_send(sc, list_row(sc));

	return rc < 0 ? rc : list_refresh(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return transfer_label(cmd, list_row(sc));
}

static const struct cmd cmds[] = {
	{ "transfer-open", "Enter", N_("Open"), N_("Its lines"),
	    PERM_STOCK_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "transfer-new", "n", N_("New"),
	    N_("Write what is to go to another warehouse"), PERM_STOCK_MOVE, 0,
	    cmd_new },
	{ "transfer-send", "O", N_("Send"),
	    N_("The goods leave, and are in transit"), PERM_STOCK_MOVE,
	    CMD_NEEDS_ROW, cmd_send },
	{ "transfer-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next state"), PERM_NONE, 0, cmd_next_tab },
	{ "transfer-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "transfer-find", "/", N_("Find"), N_("Find a transfer"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_transfers = {
	.name = "transfers",
	.title = N_("Transfers"),
	.go = "",
	.does = N_("Move goods between warehouses"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_transfers,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
