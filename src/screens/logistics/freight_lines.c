/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Lines of bills that are wrong, what is done about them, and what they come
 * to. Opened from a bill, only its own. */

struct state {
	struct list list;
	struct freight_line_filter filter;
	struct freight_totals totals;
	char bill[160]; /* whose lines they are; "": of all */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Waybill no."), 16, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Finding"), 11, 1, 0, 0, 0 },
	{ N_("Billed"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Due"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Difference"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("They weigh"), 10, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("We weigh"), 10, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Province"), 8, 0, 3, 0, 0 },
	{ N_("Courier"), 10, 1, 4, 0, 0 },
	{ N_("Bill"), 12, 1, 5, COLUMN_ENDS, 0 },
	{ N_("Order number"), 19, 0, 6, COLUMN_WHOLE, 0 },
	{ N_("Dealt with"), 9, 0, 1, 0, 0 },
	{ N_("Remark"), 10, 2, 7, COLUMN_OFF, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_WAYBILL,
	COL_FINDING,
	COL_AMOUNT,
	COL_DUE,
	COL_MORE,
	COL_THEIRS,
	COL_OURS,
	COL_PROVINCE,
	COL_COURIER,
	COL_BILL,
	COL_ORDER,
	COL_SETTLED,
	COL_NOTE
};

static void
money_cell(const struct freight_line *l, int col, char *buf, size_t size,
    enum style *style)
{
	if (col == COL_AMOUNT)
		show_money(buf, size, l->amount);
	else if (col == COL_DUE && l->rated)
		show_money(buf, size, l->due);
	else if (col == COL_MORE && (l->rated || l->state == BILL_UNKNOWN)) {
		if (l->amount > l->due)
			*style = STYLE_BAD;
		show_money(buf, size, l->amount - l->due);
	}
}

static void
text_cell(const struct freight_line *l, int col, char *buf, size_t size)
{
	const char *const texts[] = {
		[COL_WAYBILL] = l->waybill_no,
		[COL_FINDING] = freight_line_state_text(l->state),
		[COL_PROVINCE] = l->province,
		[COL_COURIER] = l->courier,
		[COL_BILL] = l->bill_no,
		[COL_ORDER] = l->order_no,
		[COL_SETTLED] = freight_settled_text(l->settled),
		[COL_NOTE] = l->note,
	};

	if (texts[col] != NULL)
		copy_text(buf, size, texts[col]);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct freight_line *l = row;

	if (l->state == BILL_AGREES || l->settled[0] != '\0')
		*style = STYLE_DIM;
	switch (col) {
	case COL_AMOUNT:
	case COL_DUE:
	case COL_MORE:
		money_cell(l, col, buf, size, style);
		break;
	case COL_THEIRS:
		show_weight(buf, size, l->weight);
		break;
	case COL_OURS:
		if (l->ours > 0)
			show_weight(buf, size, l->ours);
		break;
	default:
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

	return freight_line_page(
	    session_of(sc), &st->filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct freight_line),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->filter.tab == LINE_OPEN
		   ? _("Nothing is wrong that was not seen to.")
		   : _("There are no such lines.");
}

static int
read_totals(struct screen *sc)
{
	struct state *st = sc->state;

	return freight_line_totals(session_of(sc), &st->filter, &st->totals);
}

static int
read_bill(struct screen *sc)
{
	struct state *st = sc->state;
	const struct freight_bill *b;
	struct page page;
	int rc;

	if (st->filter.bill_id == 0)
		return 0;
	rc = freight_bill_get(session_of(sc), st->filter.bill_id, &page);
	if (rc < 0)
		return rc;
	b = page_row(&page, 0);
	snprintf(st->bill, sizeof(st->bill), "%s · %s", b->courier, b->bill_no);
	page_free(&page);
	return 0;
}

static const struct list_kind kind;

static int
open_lines(struct screen *sc, const void *arg)
{
	const struct freight_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	st->filter.bill_id = a != NULL ? a->id : 0;
	list_open(sc, &kind, &source, "freight-lines");
	if ((rc = read_bill(sc)) < 0 || (rc = read_totals(sc)) < 0)
		return rc;
	return list_restart(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = read_totals(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->bill;
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab tabs[] = { { _("Unsettled"), -1 }, { _("Disputed"), -1 },
		{ _("Credited"), -1 }, { _("Paid out"), -1 },
		{ _("All"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, tabs,
	    st->filter.bill_id != 0 ? LINE_TABS : LINE_ALL,
	    (size_t)st->filter.tab);
}

/* Beneath the list, what it comes to. */
static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char n[MONEY_SIZE], billed[MONEY_SIZE], due[MONEY_SIZE],
	    more[MONEY_SIZE];
	char text[200];
	struct rect upper = r;

	if (r.h > 6) {
		snprintf(text, sizeof(text),
		    _("%s lines: billed %s, due %s, difference %s"),
		    count_show(st->totals.n, n),
		    money_show(st->totals.amount, billed),
		    money_show(st->totals.due, due),
		    money_show(st->totals.amount - st->totals.due, more));
		canvas_text(
		    c, r.y + r.h - 1, r.x + 1, r.w - 2, STYLE_STRONG, text);
		upper.h -= 1;
	}
	list_draw(sc, c, upper);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;
	int n = st->filter.bill_id != 0 ? LINE_TABS : LINE_ALL;
	int rc;

	st->filter.tab = (enum freight_line_tab)(((int)st->filter.tab + 1) % n);
	list_seek_end(sc);
	if ((rc = read_totals(sc)) < 0)
		return rc;
	return list_restart(sc);
}

static int
cmd_back(struct screen *sc)
{
	struct state *st = sc->state;
	int n = st->filter.bill_id != 0 ? LINE_TABS : LINE_ALL;
	int rc;

	st->filter.tab =
	    (enum freight_line_tab)(((int)st->filter.tab + n - 1) % n);
	list_seek_end(sc);
	if ((rc = read_totals(sc)) < 0)
		return rc;
	return list_restart(sc);
}

/* What is done about all that are selected. */
struct settling {
	const char *how;
	char note[200];
};

static int
settle_one(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct settling *s = arg;

	(void)err;
	return freight_line_settle(session_of(sc), id, s->how, s->note);
}

static void
name(struct screen *sc, int64_t id, char *buf, size_t size)
{
	const struct state *st = sc->state;
	const struct freight_line *l = table_row(st->list.table, id);

	copy_text(buf, size,
	    l != NULL ? l->waybill_no : _("a line further away in the list"));
}

static void
said(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu line is settled.", "%zu lines are settled.", n), n);
}

static int
settle(struct screen *sc, const char *how, const char *ask)
{
	struct settling s = { .how = how };
	const struct list_job job = { _("Settling"), settle_one, name, said,
		&s };
	const struct freight_line *l = list_row(sc);
	size_t n = list_marked(sc);
	int64_t id = l->id;
	int rc;

	if (ask != NULL && !ui_ask(sc->ui, ask, s.note, sizeof(s.note)))
		return 0;
	if (n > 0)
		rc = list_each(sc, &job);
	else
		rc = freight_line_settle(session_of(sc), id, how, s.note);
	if (rc < 0 || (rc = refresh(sc)) < 0)
		return rc;
	if (n == 0)
		ui_say(sc->ui, "%s",
		    how[0] != '\0' ? freight_settled_text(how) : _("open"));
	return 0;
}

static int
cmd_dispute(struct screen *sc)
{
	return settle(sc, "disputed", _("What do you tell the courier?"));
}

static int
cmd_paid(struct screen *sc)
{
	return settle(sc, "paid", NULL);
}

static int
cmd_credited(struct screen *sc)
{
	return settle(sc, "credited", _("By which credit note?"));
}

static int
cmd_reopen(struct screen *sc)
{
	return settle(sc, "", NULL);
}

static int
cmd_order(struct screen *sc)
{
	const struct freight_line *l = list_row(sc);

	if (l->order_no[0] == '\0') {
		ui_say(sc->ui, "%s",
		    _("No parcel of this shop has that waybill."));
		return 0;
	}
	return scan_anywhere(sc, l->waybill_no);
}

static const char *const fields[] = { "waybill_no", "finding", "amount", "due",
	"", "weight", "ours", "province", "courier", "bill_no", "order_no",
	"settled", "note" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "freight_lines",
	.fields = fields,
	.hint = N_("waybill, province, bill or order"),
	.enter = cmd_order,
	.empty = empty,
	.head = head,
};

static const struct cmd cmds[] = {
	{ "line-order", "Enter", N_("Order"),
	    N_("Open the order that is in the parcel"), PERM_ORDER_VIEW,
	    CMD_NEEDS_ROW, cmd_order },
	{ "line-dispute", "d", N_("Dispute"),
	    N_("The courier is told that this is wrong"), PERM_FREIGHT_EDIT,
	    CMD_NEEDS_ROW | CMD_MANY, cmd_dispute },
	{ "line-paid", "p", N_("Pay"), N_("It is paid as it was billed"),
	    PERM_FREIGHT_EDIT, CMD_NEEDS_ROW | CMD_MANY, cmd_paid },
	{ "line-credited", "c", N_("Credited"),
	    N_("The courier gave back what was too much"), PERM_FREIGHT_EDIT,
	    CMD_NEEDS_ROW | CMD_MANY, cmd_credited },
	{ "line-reopen", "u", N_("Open again"),
	    N_("Nothing was done about it after all"), PERM_FREIGHT_EDIT,
	    CMD_NEEDS_ROW | CMD_MANY, cmd_reopen },
	{ "line-find", "/", N_("Find"), N_("Find a line by its waybill"),
	    PERM_NONE, 0, cmd_list_find },
	{ "line-tab", "Tab Right", N_("Next tab"),
	    N_("What is open, disputed, credited or paid"), PERM_NONE, 0,
	    cmd_tab },
	{ "line-tab-back", "Shift-Tab Left", NULL,
	    N_("What is open, disputed, credited or paid"), PERM_NONE, 0,
	    cmd_back },
	{ .name = NULL },
};

const struct screen_ops screen_freight_lines = {
	.name = "freight-lines",
	.title = N_("Lines of bills"),
	.perm = PERM_FREIGHT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_lines,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = draw,
	.has_row = list_has_row,
	.subtitle = subtitle,
	.typing = list_typing,
};
