/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "quotations.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* One quotation whole. */

struct state {
	struct list list;
	int64_t id;
	struct page page; /* the quotation, a row */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU"), 12, 1, 0, 0, 0 },
	{ N_("Item"), 16, 4, 0, COLUMN_ENDS, 0 },
	{ N_("Qty"), 5, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Price"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("List price"), 10, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Amount"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Available"), 9, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Note"), 8, 2, 4, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct quotation_line *l = row;

	switch (col) {
	case 0:
		copy_text(buf, size, l->sku_code);
		break;
	case 1:
		copy_text(buf, size, l->name);
		break;
	case 2:
		show_count(buf, size, l->qty);
		break;
	case 3:
		show_money(buf, size, l->price);
		break;
	case 4:
		show_money(buf, size, l->list);
		break;
	case 5:
		show_money(buf, size, l->amount);
		break;
	case 6:
		if (l->available < l->qty)
			*style = STYLE_WARN;
		show_count(buf, size, l->available);
		break;
	case 7:
		copy_text(buf, size, l->note);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return list_window(quotation_lines(session_of(sc), st->id, out), dir,
	    from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct quotation_line),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No goods yet. e adds some."),
};

/* What files tell of the columns. */
static const char *const fields[] = { "sku_code", "name", "qty", "price",
	"list", "amount", "available", "note" };

static const struct list_kind kind = {
	.record = "quotation_lines",
	.fields = fields,
};

static const struct quotation *
quote_of(const struct screen *sc)
{
	const struct state *st = sc->state;

	return page_row(&st->page, 0);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	struct page page = { 0 };
	int rc = quotation_get(session_of(sc), st->id, &page);

	if (rc < 0)
		return rc;
	page_free(&st->page);
	st->page = page;
	return list_refresh(sc);
}

static int
open_quotation(struct screen *sc, const void *arg)
{
	const struct order_arg *a = arg;
	struct state *st = sc->state;

	st->id = a->id;
	list_open(sc, &kind, &source, "quotation");
	return refresh(sc);
}

static void
close_quotation(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->page);
	list_close(sc);
}

#define HALVES 4 /* lines with two facts, */
#define FACTS  8 /* and with one: a name and an address are read whole */

/* What it came to. */
static const char *
state_text(const struct quotation *q, char *buf, size_t size)
{
	snprintf(buf, size, "%s%s%s",
	    q->expired ? _("run out") : quotation_state_text(q->state),
	    q->order_no[0] != '\0' ? "  " : "", q->order_no);
	return buf;
}

static void
draw_facts(struct canvas *c, struct rect r, const struct quotation *q)
{
	const char *left[] = { _("State"), _("Buyer"), _("Phone"), _("Channel"),
		_("Name"), _("Address"), _("Note"), NULL };
	const char *right[] = { _("Total"), _("Postage"), _("Valid until"),
		_("Staff"), NULL };
	struct rect half = { r.y, r.x, HALVES, r.w / 2 - 2 };
	char buf[600];
	struct facts f;

	facts_begin(&f, c, half, left);
	fact(&f, left[0], state_text(q, buf, sizeof(buf)),
	    q->expired ? STYLE_WARN : STYLE_ACCENT);
	fact(&f, left[1], q->nick, STYLE_STRONG);
	fact(&f, left[2], q->phone, STYLE_TEXT);
	fact(&f, left[3],
	    q->channel[0] != '\0' ? reminder_channel_text(q->channel) : "",
	    STYLE_TEXT);
	half.x = r.x + r.w / 2;
	facts_begin(&f, c, half, right);
	fact(
	    &f, right[0], show_money(buf, sizeof(buf), q->total), STYLE_STRONG);
	fact(
	    &f, right[1], show_money(buf, sizeof(buf), q->postage), STYLE_TEXT);
	fact(&f, right[2], show_day(buf, sizeof(buf), q->valid_until),
	    q->expired ? STYLE_WARN : STYLE_TEXT);
	fact(&f, right[3], q->staff, STYLE_TEXT);
	facts_begin(
	    &f, c, (struct rect){ r.y + HALVES, r.x, r.h - HALVES, r.w }, left);
	fact(&f, left[4], q->name, STYLE_TEXT);
	snprintf(buf, sizeof(buf), "%s%s%s%s", q->province, q->city,
	    q->district, q->address);
	fact_wrap(&f, left[5], buf, STYLE_TEXT, 2);
	fact(&f, left[6], q->reason[0] != '\0' ? q->reason : q->note,
	    q->reason[0] != '\0' ? STYLE_WARN : STYLE_TEXT);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	draw_facts(
	    c, (struct rect){ r.y, r.x + 1, FACTS, r.w - 2 }, quote_of(sc));
	list_draw(
	    sc, c, (struct rect){ r.y + FACTS + 1, r.x, r.h - FACTS - 1, r.w });
}

static const char *
subtitle(struct screen *sc)
{
	return quote_of(sc)->quote_no;
}

struct follow {
	struct session *s;
	int64_t id;
};
struct follow_form {
	char note[200];
	int64_t valid_until;
};

static const struct field follow_fields[] = {
	{ FIELD_CHARS(
	    struct follow_form, note, FIELD_TEXT, N_("What was said"), 0) },
	{ FIELD_NUM(struct follow_form, valid_until, FIELD_DATE,
	      N_("Valid until"), 0),
	    .hint = N_("+7; empty: as it was") },
	{ .name = NULL },
};

static int
save_follow(void *arg, const void *record)
{
	const struct follow_form *form = record;
	const struct follow *f = arg;

	return quotation_follow(f->s, f->id, form->note, form->valid_until);
}

int
act_quote_follow(struct screen *sc, const struct quotation *q)
{
	struct follow f = { session_of(sc), q->id };
	struct follow_form form = { .note = "" };
	char no[64], title[128];
	int rc;

	copy_text(no, sizeof(no), q->quote_no);
	snprintf(title, sizeof(title), _("Follow up %s"), no);
	rc = ui_form(sc->ui, title, follow_fields, &form, save_follow, &f);
	if (rc > 0)
		ui_say(sc->ui, _("%s is followed up."), no);
	return rc < 0 ? rc : 0;
}

int
act_quote_lose(struct screen *sc, const struct quotation *q)
{
	char reason[200] = "", no[64];
	int64_t id = q->id;
	int rc;

	copy_text(no, sizeof(no), q->quote_no);
	if (!ui_ask(sc->ui, _("Why did nothing come of it?"), reason,
		sizeof(reason)))
		return 0;
	if ((rc = quotation_lose(session_of(sc), id, reason)) < 0)
		return rc;
	ui_say(sc->ui, _("%s is lost."), no);
	return 0;
}

#define PERIOD 30 /* days */

int
act_quote_figures(struct screen *sc)
{
	int64_t now = time_now();
	const struct quotation_figures *f;
	struct str text = STR_INIT;
	char amount[40];
	struct page page;
	size_t i;
	int rc = quotation_figures(
	    session_of(sc), day_start(time_day(now) - PERIOD + 1), 0, &page);

	if (rc < 0)
		return rc;
	for (i = 0; i < page.n; i++) {
		f = page_row(&page, i);
		show_money(amount, sizeof(amount), f->amount);
		str_addf(&text,
		    _("%s: %lld enquiries, %lld quoted, %lld ordered "
		      "(%lld %%) for %s, %lld lost\n"),
		    f->name[0] != '\0' ? f->name : _("In all"),
		    (long long)f->asked, (long long)f->quoted,
		    (long long)f->ordered,
		    (long long)(f->asked > 0 ? f->ordered * 100 / f->asked : 0),
		    amount, (long long)f->lost);
	}
	page_free(&page);
	ui_text(sc->ui, _("Enquiries of the last 30 days"), text.s);
	str_done(&text);
	return 0;
}

static int
cmd_edit(struct screen *sc)
{
	const struct state *st = sc->state;

	return ui_open(sc->ui, "order-new",
	    &(struct sheet_arg){ .quote = true, .quote_id = st->id });
}

static int
cmd_send(struct screen *sc)
{
	const struct state *st = sc->state;
	int rc = quotation_send(session_of(sc), st->id);

	if (rc < 0)
		return rc;
	ui_say(sc->ui, _("%s is quoted; t has the text for the chat."),
	    quote_of(sc)->quote_no);
	return refresh(sc);
}

static int
cmd_order(struct screen *sc)
{
	const struct quotation *q = quote_of(sc);
	struct ui *ui = sc->ui;
	int64_t order = q->order_id;
	int rc;

	if (order == 0) {
		if (!ui_confirm(ui, _("Order"),
			_("Make an unpaid order of %s?"), q->quote_no))
			return 0;
		rc = quotation_order(session_of(sc), q->id, &order);
		if (rc < 0)
			return rc;
	}
	return ui_open(ui, "order", &(struct order_arg){ .id = order });
}

static int
cmd_follow(struct screen *sc)
{
	int rc = act_quote_follow(sc, quote_of(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_lose(struct screen *sc)
{
	int rc = act_quote_lose(sc, quote_of(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_reopen(struct screen *sc)
{
	const struct state *st = sc->state;
	int rc = quotation_reopen(session_of(sc), st->id);

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_text(struct screen *sc)
{
	const struct state *st = sc->state;
	char text[TEXT_SIZE];
	int rc = quotation_text(session_of(sc), st->id, 0, text);

	if (rc == 0)
		ui_text(sc->ui, _("To paste in the chat"), text);
	return rc;
}

static int
cmd_print(struct screen *sc)
{
	const struct state *st = sc->state;

	return act_print_by_id(sc, st->id, print_quotation);
}

static int
cmd_history(struct screen *sc)
{
	const struct state *st = sc->state;

	return open_history(sc, "quotation", st->id, quote_of(sc)->quote_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct quotation *q = quote_of(sc);
	bool open =
	    q->state == QUOTATION_ENQUIRY || q->state == QUOTATION_QUOTED;
	bool now = true;

	if (cmd->run == cmd_edit || cmd->run == cmd_lose)
		now = open;
	else if (cmd->run == cmd_send)
		now = q->state == QUOTATION_ENQUIRY;
	else if (cmd->run == cmd_follow)
		now = q->state == QUOTATION_QUOTED;
	else if (cmd->run == cmd_reopen)
		now = q->state == QUOTATION_LOST;
	else if (cmd->run == cmd_order)
		now = open || q->order_id != 0;
	if (cmd->run == cmd_order && q->order_id != 0)
		return N_("Order");
	return now ? cmd->label : NULL;
}

static const struct cmd cmds[] = {
	{ "quote-order", "Enter", N_("Make order"),
	    N_("Make an order of it, or open the one it became"),
	    PERM_ORDER_ADD, 0, cmd_order },
	{ "quote-edit", "e", N_("Edit"), N_("Change goods, prices, the buyer"),
	    PERM_ORDER_ADD, 0, cmd_edit },
	{ "quote-send", "s", N_("Quoted"),
	    N_("It was told to the buyer, and holds from now on"),
	    PERM_ORDER_ADD, 0, cmd_send },
	{ "quote-text", "t", N_("Chat text"), N_("The text to paste in a chat"),
	    PERM_ORDER_VIEW, 0, cmd_text },
	{ "quote-follow", "f", N_("Follow up"),
	    N_("The buyer was asked again; say until when it holds"),
	    PERM_ORDER_ADD, 0, cmd_follow },
	{ "quote-lose", "l", N_("Lost"), N_("Say why nothing came of it"),
	    PERM_ORDER_ADD, 0, cmd_lose },
	{ "quote-reopen", "R", N_("Reopen"),
	    N_("What was lost is an enquiry again"), PERM_ORDER_ADD, 0,
	    cmd_reopen },
	{ "quote-print", "P", N_("Print"), N_("Print the quotation"),
	    PERM_ORDER_ADD, 0, cmd_print },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_quotation = {
	.name = "quotation",
	.title = N_("Quotation"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_quotation,
	.close = close_quotation,
	.refresh = refresh,
	.key = list_key,
	.draw = draw,
	.has_row = list_has_row,
	.subtitle = subtitle,
	.label = label,
};
