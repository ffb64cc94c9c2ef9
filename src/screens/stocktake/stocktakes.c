/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "stocktake.h"

/* Counts of the stock by how far they are. */

struct state {
	struct list list;
	enum stocktake_state tab;
	int64_t n[STOCKTAKE_ALL];
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Count no."), 10, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Kind"), 12, 0, 0, 0, 0 },
	{ N_("State"), 10, 1, 0, 0, 0 },
	{ N_("Counted"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Recount"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Net"), 11, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Time"), 11, 0, 2, 0, 0 },
	{ N_("Who"), 8, 1, 3, 0, 0 },
	{ N_("Warehouse"), 9, 1, 4, 0, 0 },
	{ N_("Slip"), 10, 0, 5, COLUMN_WHOLE, 0 },
	{ N_("Note"), 10, 2, 6, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_NO,
	COL_KIND,
	COL_STATE,
	COL_COUNTED,
	COL_AGAIN,
	COL_NET,
	COL_AT,
	COL_STAFF,
	COL_WAREHOUSE,
	COL_SLIP,
	COL_NOTE
};

static void
text_cell(const struct stocktake *t, int col, char *buf, size_t size)
{
	const char *const texts[] = {
		[COL_NO] = t->count_no,
		[COL_KIND] = stocktake_kind_text(t->kind),
		[COL_STATE] = stocktake_state_text(t->state),
		[COL_STAFF] = t->staff,
		[COL_WAREHOUSE] = t->warehouse,
		[COL_SLIP] = t->slip_no,
		[COL_NOTE] = t->note,
	};

	copy_text(buf, size, texts[col]);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stocktake *t = row;

	switch (col) {
	case COL_COUNTED:
		snprintf(buf, size, "%lld/%lld", (long long)t->counted,
		    (long long)t->lines);
		break;
	case COL_AGAIN:
		if (t->again > 0)
			*style = STYLE_WARN;
		show_count(buf, size, t->again);
		break;
	case COL_NET:
		show_money_or_none(buf, size, t->net);
		break;
	case COL_AT:
		show_when(buf, size, t->at);
		break;
	default:
		text_cell(t, col, buf, size);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return stocktake_page(session_of(sc), st->tab, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct stocktake),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty =
	    N_("No count here. n begins one; one goes on selling meanwhile."),
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[STOCKTAKE_ALL + 1];
	int i;

	for (i = 0; i < STOCKTAKE_ALL; i++)
		words[i] = (struct tab){ stocktake_state_text(i), st->n[i] };
	words[STOCKTAKE_ALL] = (struct tab){ _("All"), -1 };
	draw_tabs(c, r.y, r.x, r.w, words, STOCKTAKE_ALL + 1, st->tab);
}

static int
go(struct screen *sc, int64_t id)
{
	return ui_open(sc->ui, "count", &(struct count_arg){ .id = id });
}

static int
cmd_open(struct screen *sc)
{
	return go(sc, ((const struct stocktake *)list_row(sc))->id);
}

/* What files tell of the columns. */
static const char *const fields[] = { "count_no", "kind", "state",
	"counted;lines", "again", "net;gain;loss", "at", "staff", "warehouse",
	"slip_no", "note" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "counts",
	.fields = fields,
	.hint = N_("number, kind, warehouse, note"),
	.enter = cmd_open,
	.head = head,
};

static int
open_counts(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;
	int rc;

	(void)arg;
	list_open(sc, &kind, &source, "counts");
	if ((rc = stocktake_counts(session_of(sc), st->n)) < 0)
		return rc;
	if (st->n[STOCKTAKE_COUNTING] == 0 && st->n[STOCKTAKE_COUNTED] > 0)
		st->tab = STOCKTAKE_COUNTED;
	return list_restart(sc);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = stocktake_counts(session_of(sc), st->n);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
turn(struct screen *sc, unsigned by)
{
	struct state *st = sc->state;

	st->tab = (enum stocktake_state)((st->tab + by) % (STOCKTAKE_ALL + 1));
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
	return turn(sc, STOCKTAKE_ALL);
}

static int
cmd_new(struct screen *sc)
{
	int64_t id = 0;
	int rc = act_count_new(sc, &id);

	if (rc < 0 || id == 0)
		return rc;
	((struct state *)sc->state)->tab = STOCKTAKE_COUNTING;
	rc = refresh(sc);
	return rc < 0 ? rc : go(sc, id);
}

static int
cmd_scan(struct screen *sc)
{
	return act_count_scan(sc, list_row(sc));
}

static int
cmd_cancel(struct screen *sc)
{
	int rc = act_count_cancel(sc, list_row(sc));

	return rc < 0 ? rc : refresh(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return count_label(cmd, list_row(sc));
}

static const struct cmd cmds[] = {
	{ "count-open", "Enter", N_("Open"), N_("Its lines and differences"),
	    PERM_COUNT, CMD_NEEDS_ROW, cmd_open },
	{ "count-new", "n", N_("New"), N_("Begin to count"), PERM_COUNT, 0,
	    cmd_new },
	{ "count-scan", "s", N_("Count"), N_("Count by scan, bin by bin"),
	    PERM_COUNT, CMD_NEEDS_ROW, cmd_scan },
	{ "count-next-tab", "Tab Right", N_("Next tab"), N_("The next state"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "count-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "count-find", "/", N_("Find"), N_("Find a count"), PERM_NONE, 0,
	    cmd_list_find },
	{ "count-cancel", "X", N_("Give up"), N_("Give a count up"),
	    PERM_COUNT_POST, CMD_NEEDS_ROW, cmd_cancel },
	{ .name = NULL },
};

const struct screen_ops screen_counts = {
	.name = "counts",
	.title = N_("Stocktakes"),
	.go = "",
	.does = N_("Count the shelves, book what differs"),
	.perm = PERM_COUNT,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_counts,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
