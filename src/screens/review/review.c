/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../orders/order_acts.h"
#include "review_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The orders that wait for somebody's word, with the rule that stopped them and
 * what it saw; and those that no rule has looked at yet. */

struct state {
	struct list list;
	bool waiting;
	int64_t nheld, nwaiting;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("What was seen"), 18, 6, 0, 0, 0 },
	{ N_("Paid"), 9, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Buyer"), 10, 1, 2, 0, 0 },
	{ N_("Ship by"), 11, 0, 3, 0, 0 },
	{ N_("Goods"), 16, 3, 4, COLUMN_ENDS, 0 },
	{ N_("Message"), 14, 2, 5, 0, 0 },
	{ N_("Remark"), 14, 2, 6, 0, 0 },
	{ N_("Shop"), 8, 0, 7, 0, 0 },
	{ N_("Paid at"), 11, 0, 8, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct review_item *it = row;

	switch (col) {
	case 0:
		copy_text(buf, size, it->order_no);
		break;
	case 1:
		copy_text(
		    buf, size, it->held ? it->saw : _("not reviewed yet"));
		*style = it->held ? STYLE_WARN : STYLE_DIM;
		break;
	case 2:
		show_money(buf, size, it->paid);
		break;
	case 3:
		copy_text(buf, size, it->nick);
		break;
	case 4:
		show_when(buf, size, it->ship_by);
		if (it->ship_by < time_now())
			*style = STYLE_BAD;
		break;
	case 5:
		copy_text(buf, size, it->goods);
		break;
	case 6:
		copy_text(buf, size, it->buyer_note);
		break;
	case 7:
		copy_text(buf, size, it->memo);
		break;
	case 8:
		copy_text(buf, size, it->shop);
		break;
	case 9:
		show_when(buf, size, it->paid_at);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return review_page(session_of(sc), st->waiting, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct review_item),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab tabs[] = { { _("Stopped by rules"), st->nheld },
		{ _("Not reviewed"), st->nwaiting } };

	draw_tabs(c, r.y, r.x, r.w, tabs, 2, st->waiting ? 1 : 0);
}

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->waiting ? _("Every paid order was reviewed.")
			   : _("No order waits for your word. r looks at those "
			       "that were paid.");
}

static const char *const fields[] = { "order_no", "saw", "paid", "nick",
	"ship_by", "goods", "buyer_note", "memo", "shop", "paid_at" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "review",
	.fields = fields,
	.hint = N_("order no., buyer, what was seen"),
	.empty = empty,
	.head = head,
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = order_holds_end(session_of(sc));

	if (rc == 0)
		rc = review_count(session_of(sc), &st->nheld, &st->nwaiting);
	return rc < 0 ? rc : list_refresh(sc);
}

static int
open_review(struct screen *sc, const void *arg)
{
	struct review_counts n;
	int rc;

	(void)arg;
	list_open(sc, &kind, &source, "review");
	rc = review_as_usual(session_of(sc), &n);
	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_open(struct screen *sc)
{
	const struct review_item *it = list_row(sc);

	return ui_open(sc->ui, "order", &(struct order_arg){ .id = it->id });
}

static int
pass(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	(void)arg;
	(void)err;
	return review_pass(session_of(sc), id, "");
}

static void
name(struct screen *sc, int64_t id, char *buf, size_t size)
{
	const struct state *st = sc->state;
	const struct review_item *it = table_row(st->list.table, id);

	if (it != NULL)
		copy_text(buf, size, it->order_no);
	else
		snprintf(buf, size, "%" PRId64, id);
}

static void
said_pass(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu order may go now.", "%zu orders may go now.", n), n);
}

static int
cmd_pass(struct screen *sc)
{
	const struct review_item *it = list_row(sc);
	const struct list_job job = { _("Passing orders"), pass, name,
		said_pass, NULL };
	char no[64];
	int rc;

	if (list_marked(sc) > 0) {
		rc = list_each(sc, &job);
		return rc < 0 ? rc : refresh(sc);
	}
	copy_text(no, sizeof(no), it->order_no);
	if ((rc = review_pass(session_of(sc), it->id, "")) < 0)
		return rc;
	ui_say(sc->ui, _("Order %s may go now."), no);
	return refresh(sc);
}

static int
cmd_hold(struct screen *sc)
{
	const struct review_item *it = list_row(sc);
	int rc = act_hold_until(sc, it->id, it->order_no, true);

	return rc <= 0 ? rc : refresh(sc);
}

static bool
goes_on(void *arg, const struct review_counts *so_far)
{
	struct screen *sc = arg;

	return !ui_progress(
	    sc->ui, _("Reviewing"), so_far->passed + so_far->held, 0);
}

static int
cmd_run(struct screen *sc)
{
	const struct review_goes_on on = { goes_on, sc };
	struct review_counts n;
	int rc = review_run(session_of(sc), &on, &n);

	if (rc < 0)
		return rc;
	rc = refresh(sc);
	ui_say(sc->ui, _("Reviewed: %lld passed, %lld stopped."),
	    (long long)n.passed, (long long)n.held);
	return rc;
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->waiting = !st->waiting;
	list_seek_end(sc);
	return list_restart(sc);
}

static int
cmd_rules(struct screen *sc)
{
	return ui_open(sc->ui, "review-rules", NULL);
}

static int
cmd_history(struct screen *sc)
{
	const struct review_item *it = list_row(sc);

	return open_history(sc, "order", it->id, it->order_no);
}

static const struct cmd cmds[] = {
	{ "review-open", "Enter", N_("Open"), N_("Look at the order"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "review-pass", "p", N_("Pass"), N_("Somebody looked: it may go"),
	    PERM_ORDER_REVIEW, CMD_NEEDS_ROW | CMD_MANY, cmd_pass },
	{ "review-hold", "h", N_("Hold"),
	    N_("Somebody looked: it must not go, for a reason"),
	    PERM_ORDER_REVIEW, CMD_NEEDS_ROW, cmd_hold },
	{ "review-run", "r", N_("Review"),
	    N_("Look at the paid orders by the rules"), PERM_ORDER_REVIEW, 0,
	    cmd_run },
	{ "review-tab", "Tab", N_("Others"),
	    N_("Those that were stopped, or those not reviewed yet"), PERM_NONE,
	    0, cmd_tab },
	{ "review-rules", "u", N_("Rules"), N_("The rules of review"),
	    PERM_ORDER_VIEW, 0, cmd_rules },
	{ "review-find", "/", N_("Find"), N_("Find an order in this list"),
	    PERM_NONE, 0, cmd_list_find },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_review = {
	.name = "review",
	.title = N_("Review"),
	.go = "",
	.does = N_("Let go the orders that rules stopped"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_review,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
