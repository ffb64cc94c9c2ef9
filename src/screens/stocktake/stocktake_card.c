/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/card.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "stocktake.h"

/* One count with its lines, what is furthest off first; and what it found, by
 * reason. */

struct state {
	struct card card;
	enum stocktake_lines tab;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Bin"), 8, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("SKU code"), 10, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 12, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Books"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Counted"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Off"), 6, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Value"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("State"), 12, 1, 1, 0, 0 },
	{ N_("Reason"), 10, 2, 2, 0, 0 },
	{ N_("Who"), 8, 1, 3, 0, 0 },
	{ N_("First count"), 9, 0, 4, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_BIN,
	COL_SKU,
	COL_NAME,
	COL_BOOK,
	COL_COUNTED,
	COL_OFF,
	COL_VALUE,
	COL_STATE,
	COL_REASON,
	COL_STAFF,
	COL_FIRST
};

static void
text_cell(const struct stocktake_line *l, int col, char *buf, size_t size)
{
	const char *const texts[] = {
		[COL_BIN] = l->bin[0] != '\0' ? l->bin : _("no bin"),
		[COL_SKU] = l->sku_code,
		[COL_NAME] = l->name,
		[COL_STATE] = stocktake_line_state_text(l->state),
		[COL_REASON] = l->reason,
		[COL_STAFF] = l->staff,
	};

	copy_text(buf, size, texts[col]);
}

/* "10-3": what is picked and not shipped is not in the bin any more. */
static void
books(const struct stocktake_line *l, char *buf, size_t size)
{
	if (l->picked == 0)
		snprintf(buf, size, "%lld", (long long)l->book);
	else
		snprintf(buf, size, "%lld%+lld", (long long)l->book,
		    (long long)-l->picked);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stocktake_line *l = row;
	const bool hidden = !l->shown && l->state == LINE_AGAIN;

	switch (col) {
	case COL_BOOK:
		if (l->shown)
			books(l, buf, size);
		break;
	case COL_COUNTED:
		if (l->state != LINE_TO_COUNT && !hidden)
			snprintf(buf, size, "%lld", (long long)l->counted);
		break;
	case COL_OFF:
		if (l->off < 0)
			*style = STYLE_BAD;
		else if (l->off > 0)
			*style = STYLE_GOOD;
		if (l->off != 0)
			show_signed(buf, size, l->off);
		break;
	case COL_VALUE:
		show_money_or_none(buf, size, l->value);
		break;
	case COL_FIRST:
		if (l->state == LINE_RECOUNTED)
			snprintf(buf, size, "%lld", (long long)l->first);
		break;
	default:
		if (col == COL_STATE && l->state == LINE_AGAIN)
			*style = STYLE_WARN;
		text_cell(l, col, buf, size);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct stocktake_filter f = {
		.stocktake_id = st->card.id, .which = st->tab, .by_value = true
	};

	return stocktake_line_page(session_of(sc), &f, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct stocktake_line),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const struct stocktake *
own(const struct screen *sc)
{
	return card_own(sc);
}

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->tab == LINES_OFF
		   ? _("No difference, or none that may be seen yet.")
		   : _("There are none here.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct stocktake *t = own(sc);
	const struct tab words[LINES_KINDS] = {
		{ _("All"), t->lines },
		{ _("Differences"), -1 },
		{ _("Not counted"), t->lines - t->counted - t->again },
		{ _("Count again"), t->again },
	};

	draw_tabs(c, r.y, r.x, r.w, words, LINES_KINDS, st->tab);
}

static int
cmd_reason(struct screen *sc)
{
	int rc = act_count_reason(sc, list_row(sc));

	return rc < 0 ? rc : card_refresh(sc);
}

/* What files tell of the columns. */
static const char *const fields[] = { "bin", "sku_code", "name", "book;picked",
	"counted", "off", "value", "state", "reason", "staff", "first" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "count_lines",
	.fields = fields,
	.hint = N_("bin, code, item, reason"),
	.enter = cmd_reason,
	.empty = empty,
	.head = head,
};

/* What it comes to is for those who may know what goods cost. */
static void
say_sums(struct screen *sc, const struct stocktake *t, char *buf, size_t size)
{
	char gain[MONEY_SIZE], loss[MONEY_SIZE], net[MONEY_SIZE];

	if (!session_may(session_of(sc), PERM_COST_VIEW)) {
		snprintf(buf, size, _("Counted %lld of %lld"),
		    (long long)t->counted, (long long)t->lines);
		return;
	}
	money_show(t->gain, gain);
	money_show(t->loss, loss);
	money_show(t->net, net);
	snprintf(buf, size,
	    _("Counted %lld of %lld · gain %s · loss %s · net %s"),
	    (long long)t->counted, (long long)t->lines, gain, loss, net);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct stocktake *t = own(sc);
	char text[300];

	if (t == NULL)
		return;
	snprintf(text, sizeof(text), "%s · %s · %s · %s%s%s", t->count_no,
	    stocktake_kind_text(t->kind), stocktake_state_text(t->state),
	    t->warehouse, t->slip_no[0] != '\0' ? " · " : "", t->slip_no);
	canvas_text(c, r.y, r.x + 1, r.w - 2, STYLE_STRONG, text);
	say_sums(sc, t, text, sizeof(text));
	canvas_text(c, r.y + 1, r.x + 1, r.w - 2, STYLE_DIM, text);
	list_draw(sc, c, (struct rect){ r.y + 2, r.x, r.h - 2, r.w });
}

static int
turn(struct screen *sc, unsigned by)
{
	struct state *st = sc->state;

	st->tab = (enum stocktake_lines)((st->tab + by) % LINES_KINDS);
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
	return turn(sc, LINES_KINDS - 1);
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct stocktake *))
{
	int rc = what(sc, own(sc));

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_scan(struct screen *sc)
{
	return act_count_scan(sc, own(sc));
}

static int
cmd_sheet(struct screen *sc)
{
	return act_print_by_id(sc, own(sc)->id, print_count_sheet);
}

static int
cmd_type(struct screen *sc)
{
	int rc = act_count_type(sc, own(sc), list_row(sc));

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_close(struct screen *sc)
{
	return act(sc, act_count_close);
}

static int
cmd_recount(struct screen *sc)
{
	return act(sc, act_count_recount);
}

static int
cmd_recount_line(struct screen *sc)
{
	const struct stocktake_line *l = list_row(sc);
	int rc = stocktake_recount_line(session_of(sc), l->id);

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_post(struct screen *sc)
{
	return act(sc, act_count_post);
}

static int
cmd_reverse(struct screen *sc)
{
	return act(sc, act_count_reverse);
}

static int
cmd_cancel(struct screen *sc)
{
	return act(sc, act_count_cancel);
}

static int
cmd_report(struct screen *sc)
{
	const struct state *st = sc->state;

	return ui_open(
	    sc->ui, "count-report", &(struct count_arg){ .id = st->card.id });
}

static int
cmd_history(struct screen *sc)
{
	return open_history(sc, "stocktake", own(sc)->id, own(sc)->count_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return count_label(cmd, own(sc));
}

static const struct cmd cmds[] = {
	{ "count-scan", "s", N_("Count"), N_("Count by scan, bin by bin"),
	    PERM_COUNT, 0, cmd_scan },
	{ "count-close", "c", N_("Finish"),
	    N_("All is counted: what is far off is counted again"), PERM_COUNT,
	    0, cmd_close },
	{ "count-post", "P", N_("Post"),
	    N_("The books follow the count, by one slip"), PERM_COUNT_POST, 0,
	    cmd_post },
	{ "count-reason", "Enter e", N_("Reason"), N_("Why it is off"),
	    PERM_COUNT, CMD_NEEDS_ROW, cmd_reason },
	{ "count-recount-line", "a", N_("Recount"), N_("Count this line again"),
	    PERM_COUNT, CMD_NEEDS_ROW, cmd_recount_line },
	{ "count-recount", "A", N_("All again"),
	    N_("Count again what is off by so much and more"), PERM_COUNT, 0,
	    cmd_recount },
	{ "count-report", "v", N_("Variances"), N_("Gain and loss by reason"),
	    PERM_COUNT, 0, cmd_report },
	{ "count-next-tab", "Tab Right", N_("Next tab"),
	    N_("All, differences, not counted, to be counted again"), PERM_NONE,
	    0, cmd_next_tab },
	{ "count-prev-tab", "Shift-Tab Left", NULL, N_("The tab before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "count-find-line", "/", N_("Find"), N_("Find a line of the count"),
	    PERM_NONE, 0, cmd_list_find },
	{ "count-sheet", "p", N_("Sheet"),
	    N_("Print what is left to be counted, to be written on"),
	    PERM_COUNT, 0, cmd_sheet },
	{ "count-type", "t", N_("Type in"),
	    N_("Type the numbers of a sheet, line by line from this one on"),
	    PERM_COUNT, CMD_NEEDS_ROW, cmd_type },
	{ "count-reverse", "B", N_("Take back"),
	    N_("Take the slip back by a counter-slip"), PERM_STOCK_ADJUST, 0,
	    cmd_reverse },
	{ "count-cancel", "X", N_("Give up"), N_("Give a count up"),
	    PERM_COUNT_POST, 0, cmd_cancel },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

static const struct card_kind card = {
	.get = stocktake_get,
	.list = &kind,
	.source = &source,
	.view = "count-lines",
};

static int
open_card(struct screen *sc, const void *arg)
{
	const struct count_arg *a = arg;

	return card_open(sc, &card, a->id);
}

const struct screen_ops screen_count = {
	.name = "count",
	.title = N_("Stocktake"),
	.perm = PERM_COUNT,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_card,
	.close = card_close,
	.refresh = card_refresh,
	.key = list_key,
	.draw = draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
