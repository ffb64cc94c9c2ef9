/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "statements.h"

/* Statements against orders, from both sides: lines that are for no order yet;
 * orders for which no money came, or other money; what platforms still hold. */

enum view {
	VIEW_OPEN,
	VIEW_LINES,
	VIEW_MISSING,
	VIEW_DIFFERS,
	VIEW_HELD,
	VIEWS
};

struct state {
	struct list list;
	enum view tab;
	int days; /* the period of orders, back from now */
};

/* clang-format off */
static const struct column line_columns[] = {
	{ N_("Time"), 10, 0, 0, 0, 0 },
	{ N_("Source"), 8, 0, 3, 0, 0 },
	{ N_("Kind"), 10, 1, 2, 0, 0 },
	{ N_("Amount"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Reconciled"), 10, 0, 0, 0, 0 },
	{ N_("Text"), 14, 3, 1, 0, 0 },
	{ N_("Payment no."), 20, 0, 5, 0, 0 },
	{ N_("Who"), 8, 1, 4, 0, 0 },
	{ .title = NULL },
};
static const struct column order_columns_of[] = {
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Paid at"), 10, 0, 0, 0, 0 },
	{ N_("Paid"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Refund"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Came"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Went"), 9, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("State"), 12, 0, 2, 0, 0 },
	{ N_("Shop"), 12, 1, 3, 0, 0 },
	{ .title = NULL },
};
static const struct column held_columns[] = {
	{ N_("Shop"), 20, 1, 0, 0, 0 },
	{ N_("Platform"), 12, 1, 0, 0, 0 },
	{ N_("Orders"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Amount"), 14, 0, 0, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
line_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct statement_line *l = row;

	switch (col) {
	case 0:
		show_when(buf, size, l->at);
		break;
	case 1:
		copy_text(buf, size, statement_source_text(l->source));
		break;
	case 2:
		copy_text(buf, size, l->kind);
		break;
	case 3:
		show_money(buf, size, l->amount);
		break;
	case 4: /* what the statement says is no more than that */
		copy_text(
		    buf, size, l->order_id != 0 ? l->order_no : l->said_no);
		if (l->order_id == 0)
			*style = STYLE_DIM;
		break;
	case 5:
		if (l->how[0] == '\0')
			*style = STYLE_WARN;
		copy_text(buf, size, statement_how_text(l->how));
		break;
	case 6:
		copy_text(buf, size, l->note[0] != '\0' ? l->note : l->text);
		break;
	case 7:
		copy_text(buf, size, l->ref);
		break;
	case 8:
		copy_text(buf, size, l->staff);
		break;
	}
}

static void
statement_order_cell(
    const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct statement_order *o = row;

	switch (col) {
	case 0:
		copy_text(buf, size, o->order_no);
		break;
	case 1:
		show_when(buf, size, o->paid_at);
		break;
	case 2:
		show_money(buf, size, o->paid);
		break;
	case 3:
		show_money_or_none(buf, size, o->refund);
		break;
	case 4:
		*style = STYLE_WARN;
		show_money(buf, size, o->came);
		break;
	case 5:
		show_money_or_none(buf, size, o->went);
		break;
	case 6:
		copy_text(buf, size, order_state_text(o->state));
		break;
	case 7:
		copy_text(buf, size, o->shop);
		break;
	}
}

static void
held_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct statement_held *h = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, h->shop);
		break;
	case 1:
		copy_text(buf, size, platform_text(h->platform));
		break;
	case 2:
		show_count(buf, size, h->orders);
		break;
	case 3:
		show_money(buf, size, h->amount);
		break;
	}
}

static int
fetch_lines(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return statement_page(
	    session_of(sc), st->tab == VIEW_OPEN, dir, from, limit, out);
}

static int
fetch_orders(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct statement_period period = {
		.since = day_start(time_day(time_now()) - st->days + 1),
		.until = time_now() + 1,
	};

	return statement_orders(session_of(sc),
	    st->tab == VIEW_MISSING ? STATEMENT_MISSING : STATEMENT_DIFFERS,
	    &period, dir, from, limit, out);
}

static int
fetch_held(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_window(
	    statement_held(session_of(arg), out), dir, from, limit, out);
}

static const struct table_source line_source, order_source, held_source;

static int
sieve_lines(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(
	    arg, &line_source, fetch_lines, dir, from, limit, out);
}

static int
sieve_orders(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(
	    arg, &order_source, fetch_orders, dir, from, limit, out);
}

static int
sieve_held(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(arg, &held_source, fetch_held, dir, from, limit, out);
}

static const struct table_source line_source = {
	.columns = line_columns,
	.row_size = sizeof(struct statement_line),
	.fetch = sieve_lines,
	.id = list_row_id,
	.cell = line_cell,
};
static const struct table_source order_source = {
	.columns = order_columns_of,
	.row_size = sizeof(struct statement_order),
	.fetch = sieve_orders,
	.id = list_row_id,
	.cell = statement_order_cell,
};
static const struct table_source held_source = {
	.columns = held_columns,
	.row_size = sizeof(struct statement_held),
	.fetch = sieve_held,
	.id = list_row_id,
	.cell = held_cell,
};

static const char *empty(struct screen *sc);
static void head(struct screen *sc, struct canvas *c, struct rect r);
static int cmd_open(struct screen *sc);

/* What files tell of the columns. */
static const char *const line_fields[] = { "at", "source", "kind", "amount",
	"order_no;said_no", "how", "text;note", "ref", "staff" };
static const char *const order_fields[] = { "order_no", "paid_at", "paid",
	"refund", "came", "went", "state", "shop" };
static const char *const held_fields[] = { "shop", "platform", "orders",
	"amount" };

static const struct list_kind line_kind = {
	.record = "statements",
	.fields = line_fields,
	.hint = N_("order, amount, text, number"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};
static const struct list_kind order_kind = {
	.record = "statement_orders",
	.fields = order_fields,
	.hint = N_("order, amount, shop"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};
static const struct list_kind held_kind = {
	.record = "held_money",
	.fields = held_fields,
	.hint = N_("shop or platform"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

/* clang-format off */
static const struct {
	const char *label, *empty, *view;
	const struct table_source *source;
	const struct list_kind *kind;
} tabs[VIEWS] = {
	[VIEW_OPEN] = { N_("To match"),
	    N_("All money that came is for an order, or explained. F9 imports "
	       "a statement."),
	    "statement-lines", &line_source, &line_kind },
	[VIEW_LINES] = { N_("All lines"),
	    N_("No statement is here yet. F9 imports one."),
	    "statement-lines", &line_source, &line_kind },
	[VIEW_MISSING] = { N_("No money"),
	    N_("Money came for every completed order of the period."),
	    "statement-orders", &order_source, &order_kind },
	[VIEW_DIFFERS] = { N_("Other amount"),
	    N_("Whatever came in the period is what was paid."),
	    "statement-orders", &order_source, &order_kind },
	[VIEW_HELD] = { N_("With platforms"),
	    N_("The platforms hold no money of ours."),
	    "statement-held", &held_source, &held_kind },
};
/* clang-format on */

static bool
has_lines(const struct state *st)
{
	return st->tab <= VIEW_LINES;
}

static bool
has_orders(const struct state *st)
{
	return st->tab == VIEW_MISSING || st->tab == VIEW_DIFFERS;
}

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->list.finder.on ? list_nothing_fits(sc)
				  : _(tabs[st->tab].empty);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[VIEWS];
	char days[60] = "";
	unsigned i;
	int w;

	for (i = 0; i < VIEWS; i++)
		words[i] = (struct tab){ _(tabs[i].label), -1 };
	if (has_orders(st))
		snprintf(days, sizeof(days),
		    ngettext(
			"last %d day", "last %d days", (unsigned long)st->days),
		    st->days);
	w = text_width(days);
	draw_tabs(c, r.y, r.x, r.w - w - 2, words, VIEWS, st->tab);
	canvas_text(c, r.y, r.x + r.w - w, w, STYLE_DIM, days);
}

static int
show(struct screen *sc, enum view tab)
{
	struct state *st = sc->state;

	st->tab = tab;
	list_open(sc, tabs[tab].kind, tabs[tab].source, tabs[tab].view);
	return list_restart(sc);
}

/* What was imported since is taken in by whoever looks. */
static int
open_statements(struct screen *sc, const void *arg)
{
	struct statement_taken n;
	struct state *st = sc->state;
	int rc;

	(void)arg;
	st->days = 90;
	if ((rc = statement_take(session_of(sc), &n)) < 0 ||
	    (rc = show(sc, VIEW_OPEN)) < 0 || n.lines + n.late == 0)
		return rc;
	if (n.lines == 0)
		ui_say(sc->ui,
		    ngettext("%lld earlier line has found its order",
			"%lld earlier lines have found their orders",
			(unsigned long)n.late),
		    (long long)n.late);
	else
		ui_say(sc->ui,
		    _("%lld new lines, %lld of them matched with orders"),
		    (long long)n.lines, (long long)n.matched);
	return 0;
}

static int
cmd_open(struct screen *sc)
{
	const struct state *st = sc->state;
	const struct statement_line *l = list_row(sc);

	if (st->tab == VIEW_HELD) {
		const struct statement_held *h = list_row(sc);

		return ui_open(sc->ui, "orders",
		    &(struct orders_arg){ .tab = TAB_SHIPPED,
			.shop_id = h->shop_id,
			.shop = h->shop });
	}
	if (has_lines(st) && l->order_id == 0) {
		ui_say(
		    sc->ui, "%s", _("The line has no order yet: m finds one."));
		return 0;
	}
	return ui_open(sc->ui, "order",
	    &(struct order_arg){
		.id = has_lines(st) ? l->order_id : list_row_id(l) });
}

static int
turn(struct screen *sc, unsigned by)
{
	const struct state *st = sc->state;

	list_seek_end(sc);
	return show(sc, (enum view)((st->tab + by) % VIEWS));
}

static int
cmd_next(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_before(struct screen *sc)
{
	return turn(sc, VIEWS - 1);
}

static int
key(struct screen *sc, const struct key *k)
{
	int rc;

	if (!list_typing(sc) && k->code >= '1' && k->code < '1' + VIEWS) {
		rc = show(sc, (enum view)(k->code - '1'));
		return rc < 0 ? rc : 1;
	}
	return list_key(sc, k);
}

/* Rows of the other lists are no lines. */
static bool
is_line(struct screen *sc)
{
	const struct state *st = sc->state;

	if (!has_lines(st))
		ui_say(sc->ui, "%s",
		    _("Only lines of statements are matched or explained: Tab "
		      "goes to them."));
	return has_lines(st);
}

static int
act(struct screen *sc,
    int (*what)(struct screen *, const struct statement_line *))
{
	int rc;

	if (!is_line(sc))
		return 0;
	rc = what(sc, list_row(sc));
	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_match(struct screen *sc)
{
	if (list_marked(sc) == 0)
		return act(sc, act_statement_match);
	return is_line(sc) ? act_statement_match_many(sc) : 0;
}

static int
cmd_explain(struct screen *sc)
{
	return act(sc, act_statement_explain);
}

static int
cmd_reopen(struct screen *sc)
{
	return act(sc, act_statement_reopen);
}

static int
cmd_days(struct screen *sc)
{
	static const int periods[] = { 7, 30, 90, 365 };
	const char *choices[] = { _("7 days"), _("30 days"), _("90 days"),
		_("a year") };
	struct state *st = sc->state;
	int at = ui_pick(sc->ui, _("Period"), choices, 4, 2);

	if (at < 0)
		return 0;
	st->days = periods[at];
	return list_restart(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;
	const struct statement_line *l =
	    has_lines(st) && st->list.table != NULL ? list_row(sc) : NULL;

	if (cmd->run == cmd_match || cmd->run == cmd_explain)
		return l != NULL && l->how[0] == '\0' ? cmd->label : NULL;
	if (cmd->run == cmd_reopen)
		return l != NULL && l->how[0] != '\0' ? cmd->label : NULL;
	if (cmd->run == cmd_days)
		return has_orders(st) ? cmd->label : NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "statement-open", "Enter", N_("Order"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "statement-match", "m", N_("Match"),
	    N_("Say which order a line is for; of those selected: each that "
	       "fits only one"),
	    PERM_PAYMENT_CHECK, CMD_NEEDS_ROW | CMD_MANY, cmd_match },
	{ "statement-explain", "e", N_("Explain"),
	    N_("Say what money is that is for no order"), PERM_PAYMENT_CHECK,
	    CMD_NEEDS_ROW, cmd_explain },
	{ "statement-reopen", "u", N_("Undo"),
	    N_("The line is neither matched nor explained any more"),
	    PERM_PAYMENT_CHECK, CMD_NEEDS_ROW, cmd_reopen },
	{ "statement-days", "p", N_("Period"), N_("Orders of how many days"),
	    PERM_NONE, 0, cmd_days },
	{ "statement-find", "/", N_("Find"), N_("Find a row by what it says"),
	    PERM_NONE, 0, cmd_list_find },
	{ "statement-next", "Tab Right", N_("Next tab"),
	    N_("The next list; the digits 1 to 5 go to one directly"),
	    PERM_NONE, 0, cmd_next },
	{ "statement-before", "Shift-Tab Left", NULL, N_("The list before"),
	    PERM_NONE, 0, cmd_before },
	{ .name = NULL },
};

const struct screen_ops screen_statements = {
	.name = "statements",
	.title = N_("Statements"),
	.go = "",
	.does = N_("Match what platforms paid with orders"),
	.perm = PERM_PAYMENT_CHECK,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_statements,
	.close = list_close,
	.refresh = list_refresh,
	.key = key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
