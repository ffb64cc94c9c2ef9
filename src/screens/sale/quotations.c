/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "quotations.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Enquiries and quotations, a tab each state. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("Quotation"), 9, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("State"), 8, 0, 0, 0, 0 },
	{ N_("Buyer"), 12, 2, 0, 0, 0 },
	{ N_("Items"), 14, 4, 0, COLUMN_ENDS, 0 },
	{ N_("Total"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Valid until"), 11, 0, 0, 0, 0 },
	{ N_("Asked"), 10, 0, 2, 0, 0 },
	{ N_("Staff"), 8, 0, 3, 0, 0 },
	{ N_("Channel"), 8, 0, 4, 0, 0 },
	{ N_("Order"), 10, 0, 5, 0, 0 },
	{ N_("Why lost"), 10, 2, 6, COLUMN_OFF, 0 },
	{ .title = NULL },
};
/* clang-format on */

char *
show_day(char *buf, size_t size, int64_t t)
{
	char day[TIME_SIZE] = "";

	if (t != 0)
		day_text(time_day(t), day);
	copy_text(buf, size, day);
	return buf;
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct quotation *q = row;

	switch (col) {
	case 0:
		copy_text(buf, size, q->quote_no);
		break;
	case 1:
		if (q->expired)
			*style = STYLE_WARN;
		copy_text(buf, size,
		    q->expired ? _("run out") : quotation_state_text(q->state));
		break;
	case 2:
		copy_text(buf, size, q->nick[0] != '\0' ? q->nick : q->name);
		break;
	case 3:
		copy_text(buf, size, q->goods);
		break;
	case 4:
		show_money(buf, size, q->total);
		break;
	case 5:
		if (q->expired)
			*style = STYLE_WARN;
		show_day(buf, size, q->valid_until);
		break;
	case 6:
		show_when(buf, size, q->at);
		break;
	case 7:
		copy_text(buf, size, q->staff);
		break;
	case 8:
		copy_text(buf, size,
		    q->channel[0] != '\0' ? reminder_channel_text(q->channel)
					  : "");
		break;
	case 9:
		copy_text(buf, size, q->order_no);
		break;
	case 10:
		copy_text(buf, size, q->reason);
		break;
	}
}

struct state {
	struct list list;
	struct quotation_filter filter;
	int64_t n[QUOTE_TAB_MAX];
};

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return quotation_page(
	    session_of(sc), &st->filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct quotation),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *const tabs[QUOTE_TAB_MAX] = {
	[QUOTE_TAB_ALL] = N_("All"),
	[QUOTE_TAB_ENQUIRY] = N_("Enquiries"),
	[QUOTE_TAB_QUOTED] = N_("Quoted"),
	[QUOTE_TAB_DUE] = N_("Run out"),
	[QUOTE_TAB_ORDERED] = N_("Became orders"),
	[QUOTE_TAB_LOST] = N_("Lost"),
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->filter.tab == QUOTE_TAB_DUE
		   ? _("Nothing that was quoted runs out today.")
		   : _("Nobody has asked for anything here. n takes an enquiry "
		       "down.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[QUOTE_TAB_MAX];
	size_t i;

	for (i = 0; i < QUOTE_TAB_MAX; i++)
		words[i] = (struct tab){ _(tabs[i]), st->n[i] };
	draw_tabs(
	    c, r.y, r.x, r.w, words, QUOTE_TAB_MAX, (size_t)st->filter.tab);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = quotation_counts(session_of(sc), st->n);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_open(struct screen *sc)
{
	const struct quotation *q = list_row(sc);

	return ui_open(sc->ui, "quotation", &(struct order_arg){ .id = q->id });
}

static const char *const fields[] = { "quote_no", "state;expired", "nick;name",
	"goods", "total", "valid_until", "at", "staff", "channel", "order_no",
	"reason" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "quotations",
	.fields = fields,
	.hint = N_("number, buyer, items, order"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
open_quotations(struct screen *sc, const void *arg)
{
	const struct customer_arg *a = arg;
	struct state *st = sc->state;
	int rc = quotation_counts(session_of(sc), st->n);

	if (rc < 0)
		return rc;
	if (a != NULL)
		st->filter.customer_id = a->id;
	list_open(sc, &kind, &source, "quotations");
	return list_restart(sc);
}

static int
turn_to(struct screen *sc, unsigned tab)
{
	struct state *st = sc->state;

	st->filter.tab = (enum quotation_tab)(tab % QUOTE_TAB_MAX);
	list_seek_end(sc);
	return list_restart(sc);
}

static int
cmd_next(struct screen *sc)
{
	const struct state *st = sc->state;

	return turn_to(sc, st->filter.tab + 1);
}

static int
cmd_before(struct screen *sc)
{
	const struct state *st = sc->state;

	return turn_to(sc, st->filter.tab + QUOTE_TAB_MAX - 1);
}

static int
key(struct screen *sc, const struct key *k)
{
	int rc;

	if (!list_typing(sc) && k->code >= '1' &&
	    k->code < '1' + QUOTE_TAB_MAX) {
		rc = turn_to(sc, k->code - '1');
		return rc < 0 ? rc : 1;
	}
	return list_key(sc, k);
}

static int
cmd_new(struct screen *sc)
{
	const struct state *st = sc->state;

	return ui_open(sc->ui, "order-new",
	    &(struct sheet_arg){
		.quote = true, .customer_id = st->filter.customer_id });
}

static int
cmd_follow(struct screen *sc)
{
	int rc = act_quote_follow(sc, list_row(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_lose(struct screen *sc)
{
	int rc = act_quote_lose(sc, list_row(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_figures(struct screen *sc)
{
	return act_quote_figures(sc);
}

static int
cmd_history(struct screen *sc)
{
	const struct quotation *q = list_row(sc);

	return open_history(sc, "quotation", q->id, q->quote_no);
}

static const struct cmd cmds[] = {
	{ "quote-open", "Enter", N_("Open"), N_("Open the quotation's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "quote-find", "/", N_("Find"), N_("Find a quotation"),
	    PERM_ORDER_VIEW, 0, cmd_list_find },
	{ "quote-new", "n", N_("New"), N_("Take down what somebody asks for"),
	    PERM_ORDER_ADD, 0, cmd_new },
	{ "quote-follow", "f", N_("Follow up"),
	    N_("The buyer was asked again; say until when it holds"),
	    PERM_ORDER_ADD, CMD_NEEDS_ROW, cmd_follow },
	{ "quote-lose", "l", N_("Lost"), N_("Say why nothing came of it"),
	    PERM_ORDER_ADD, CMD_NEEDS_ROW, cmd_lose },
	{ "quote-figures", "i", N_("Figures"),
	    N_("How many enquiries became orders, by who took them"),
	    PERM_ORDER_VIEW, 0, cmd_figures },
	{ "quote-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next state; the digits 1 to 6 go to one directly"),
	    PERM_NONE, 0, cmd_next },
	{ "quote-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_before },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_quotations = {
	.name = "quotations",
	.title = N_("Quotations"),
	.go = "",
	.does = N_("Offer prices, follow up, make orders"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_quotations,
	.close = list_close,
	.refresh = refresh,
	.key = key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
