/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "payments.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Money for orders: what came, what is to come, what no statement knows. */

enum view { TAB_ANY, TAB_DUE, TAB_OVERDUE, TAB_RECEIVED, TAB_UNMATCHED, TABS };

struct state {
	struct list list;
	enum view tab;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Time"), 10, 0, 0, 0, 0 },
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Method"), 9, 1, 0, 0, 0 },
	{ N_("Amount"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("State"), 9, 0, 0, 0, 0 },
	{ N_("To be paid by"), 13, 0, 1, 0, 0 },
	{ N_("Payment no."), 16, 1, 3, 0, 0 },
	{ N_("Who"), 8, 1, 4, 0, 0 },
	{ N_("Note"), 12, 2, 2, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static bool
is_overdue(const struct payment *p)
{
	return p->state == 0 && p->undone == 0 && p->due_at < time_now();
}

static const char *
state_text(const struct payment *p)
{
	if (p->undone != 0)
		return _("cancelled");
	if (p->state != 0 && p->amount < 0)
		return _("paid back");
	return is_overdue(p) ? _("overdue") : payment_state_text(p->state);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct payment *p = row;
	char day[TIME_SIZE];

	if (p->undone != 0)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		show_when(buf, size, p->at);
		break;
	case 1:
		copy_text(buf, size, p->order_no);
		break;
	case 2:
		copy_text(buf, size, payment_method_text(p->method));
		break;
	case 3:
		show_money(buf, size, p->amount);
		break;
	case 4:
		if (is_overdue(p))
			*style = STYLE_WARN;
		copy_text(buf, size, state_text(p));
		break;
	case 5:
		if (p->due_at != 0)
			copy_text(
			    buf, size, day_text(time_day(p->due_at), day));
		break;
	case 6:
		copy_text(buf, size, p->ref);
		break;
	case 7:
		copy_text(buf, size, p->staff);
		break;
	case 8:
		copy_text(buf, size, p->note);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct payment_filter filter = {
		.due = st->tab == TAB_DUE || st->tab == TAB_OVERDUE,
		.until = st->tab == TAB_OVERDUE ? time_now() : 0,
		.received = st->tab == TAB_RECEIVED,
		.unmatched = st->tab == TAB_UNMATCHED,
	};

	return payment_page(session_of(sc), &filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct payment),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const struct {
	const char *label, *empty;
} tabs[TABS] = {
	[TAB_ANY] = { N_("All"),
	    N_("No payment is written down yet. n writes one.") },
	[TAB_DUE] = { N_("Still to come"), N_("Nothing is still to come.") },
	[TAB_OVERDUE] = { N_("Overdue"), N_("Nothing is overdue.") },
	[TAB_RECEIVED] = { N_("Received"), N_("Nothing came yet.") },
	[TAB_UNMATCHED] = { N_("Not in statements"),
	    N_("The statements tell of everything that came.") },
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return _(tabs[st->tab].empty);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[TABS];
	unsigned i;

	for (i = 0; i < TABS; i++)
		words[i] = (struct tab){ _(tabs[i].label), -1 };
	draw_tabs(c, r.y, r.x, r.w, words, TABS, st->tab);
}

static int
cmd_open(struct screen *sc)
{
	const struct payment *p = list_row(sc);

	return ui_open(
	    sc->ui, "order", &(struct order_arg){ .id = p->order_id });
}

/* What files tell of the columns. */
static const char *const fields[] = { "at", "order_no", "method", "amount",
	"state", "due_at", "ref", "staff", "note" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "payments",
	.fields = fields,
	.hint = N_("order, method, number, note, who"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
open_payments(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "payments");
	return list_restart(sc);
}

static int
turn(struct screen *sc, unsigned by)
{
	struct state *st = sc->state;

	st->tab = (enum view)((st->tab + by) % TABS);
	list_seek_end(sc);
	return list_restart(sc);
}

static int
cmd_next(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_before(struct screen *sc)
{
	return turn(sc, TABS - 1);
}

static int
cmd_new(struct screen *sc)
{
	int rc = act_payment_add(sc, NULL);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
act(struct screen *sc, int (*what)(struct screen *, int64_t id))
{
	const struct payment *p = list_row(sc);
	int rc = what(sc, p->id);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_receive(struct screen *sc)
{
	return act(sc, act_payment_receive);
}

static int
cmd_reverse(struct screen *sc)
{
	return act(sc, act_payment_reverse);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct payment *p = list_row(sc);
	bool good = p != NULL && p->undone == 0;

	if (cmd->run == cmd_receive)
		return good && p->state == 0 ? cmd->label : NULL;
	if (cmd->run == cmd_reverse)
		return good ? cmd->label : NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "payment-order", "Enter", N_("Order"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "payment-new", "n", N_("New"),
	    N_("Write down what came for an order, or is still to come"),
	    PERM_PAYMENT_EDIT, 0, cmd_new },
	{ "payment-receive", "r", N_("It came"),
	    N_("What was due has been received"), PERM_PAYMENT_EDIT,
	    CMD_NEEDS_ROW, cmd_receive },
	{ "payment-reverse", "Del", N_("Take back"),
	    N_("Cancel a payment by a counter-entry"), PERM_PAYMENT_EDIT,
	    CMD_NEEDS_ROW, cmd_reverse },
	{ "payment-find", "/", N_("Find"),
	    N_("Find a payment by what its row says"), PERM_NONE, 0,
	    cmd_list_find },
	{ "payment-next", "Tab Right", N_("Next tab"), N_("The next list"),
	    PERM_NONE, 0, cmd_next },
	{ "payment-before", "Shift-Tab Left", NULL, N_("The list before"),
	    PERM_NONE, 0, cmd_before },
	{ .name = NULL },
};

const struct screen_ops screen_payments = {
	.name = "payments",
	.title = N_("Payments of orders"),
	.go = "",
	.does = N_("What buyers paid, owe, and owe too long"),
	.perm = PERM_PAYMENT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_payments,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
