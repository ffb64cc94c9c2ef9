/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/tui/table.h"
#include "stocktake.h"

/* What a count found, by reason. */

struct state {
	struct list list;
	int64_t id;
	char title[32];
	int64_t gain, loss;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Reason"), 16, 2, 0, 0, 0 },
	{ N_("Line count"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Pieces"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Gain"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Stock loss"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Net"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stocktake_sum *sum = row;
	const int64_t fen[] = { sum->gain, sum->loss, sum->net };

	if (col == 0)
		copy_text(buf, size,
		    sum->reason[0] != '\0' ? sum->reason
					   : _("no reason given"));
	else if (col == 1)
		show_count(buf, size, sum->lines);
	else if (col == 2)
		show_signed(buf, size, sum->pieces);
	else
		show_money_or_none(buf, size, fen[col - 3]);
	if (col == 5 && sum->net < 0)
		*style = STYLE_BAD;
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return list_window(stocktake_report(session_of(sc), st->id, out), dir,
	    from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct stocktake_sum),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No difference, or none that may be seen yet."),
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char text[200], gain[MONEY_SIZE], loss[MONEY_SIZE], net[MONEY_SIZE];

	money_show(st->gain, gain);
	money_show(st->loss, loss);
	money_show(st->gain - st->loss, net);
	snprintf(text, sizeof(text), _("%s · gain %s · loss %s · net %s"),
	    st->title, gain, loss, net);
	canvas_text(c, r.y, r.x, r.w, STYLE_STRONG, text);
}

/* What files tell of the columns. */
static const char *const fields[] = { "reason", "lines", "pieces", "gain",
	"loss", "net" };

static const struct list_kind kind = {
	.record = "count_sums",
	.fields = fields,
	.head = head,
};

static int
read_own(struct screen *sc)
{
	struct state *st = sc->state;
	const struct stocktake *t;
	struct page page;
	int rc = stocktake_get(session_of(sc), st->id, &page);

	if (rc < 0)
		return rc;
	t = page_row(&page, 0);
	copy_text(st->title, sizeof(st->title), t->count_no);
	st->gain = t->gain;
	st->loss = t->loss;
	page_free(&page);
	return 0;
}

static int
open_report(struct screen *sc, const void *arg)
{
	const struct count_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	st->id = a->id;
	list_open(sc, &kind, &source, "count-report");
	rc = read_own(sc);
	return rc < 0 ? rc : list_restart(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = read_own(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static const struct cmd cmds[] = {
	{ .name = NULL },
};

const struct screen_ops screen_count_report = {
	.name = "count-report",
	.title = N_("Variance report"),
	.perm = PERM_COUNT,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_report,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
