/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../sale/quotations.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* One customer, and every order there is of them. */

struct state {
	struct list list;
	int64_t id;
	struct page page; /* the customer, a row */
	struct customer_grade grade;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Ordered"), 10, 0, 0, COLUMN_DOWN, ORDER_SORT_CREATED },
	{ N_("State"), 10, 0, 0, 0, 0 },
	{ N_("Items"), 14, 4, 1, COLUMN_ENDS, 0 },
	{ N_("Pieces"), 6, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Paid"), 10, 0, 0, COLUMN_RIGHT, ORDER_SORT_PAID },
	{ N_("Refund"), 9, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Waybill no."), 16, 0, 4, COLUMN_WHOLE | COLUMN_OFF, 0 },
	{ N_("Remark"), 12, 3, 4, COLUMN_OFF, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order *o = row;

	switch (col) {
	case 0:
		copy_text(buf, size, o->order_no);
		break;
	case 1:
		show_when(buf, size, o->created_at);
		break;
	case 2:
		if (o->held)
			*style = STYLE_BAD;
		copy_text(buf, size, show_state(o));
		break;
	case 3:
		copy_text(buf, size, o->goods);
		break;
	case 4:
		show_count(buf, size, o->qty);
		break;
	case 5:
		show_money_or_none(buf, size, o->paid);
		break;
	case 6:
		show_money_or_none(buf, size, o->refund);
		break;
	case 7:
		copy_text(buf, size, o->waybill_no);
		break;
	case 8:
		copy_text(buf, size, o->memo);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	struct order_filter filter = { .tab = TAB_ALL, .customer_id = st->id };

	filter.sort = (enum order_sort)list_sort(sc, &filter.desc);
	return order_page(session_of(sc), &filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct order),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("This customer has no orders."),
};

static int
load(struct screen *sc)
{
	struct state *st = sc->state;
	struct page page = { 0 };
	int rc;

	rc = customer_get(session_of(sc), st->id, &page);
	if (rc < 0)
		return rc;
	rc = customer_grade(session_of(sc), st->id, &st->grade);
	if (rc < 0) {
		page_free(&page);
		return rc;
	}
	page_free(&st->page);
	st->page = page;
	return 0;
}

static int
refresh(struct screen *sc)
{
	int rc = load(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static const struct list_kind kind;

static int
open_customer(struct screen *sc, const void *arg)
{
	const struct customer_arg *a = arg;
	struct state *st = sc->state;

	st->id = a->id;
	list_open(sc, &kind, &source, "customer");
	return refresh(sc);
}

static void
close_customer(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->page);
	list_close(sc);
}

static void
draw_facts(struct canvas *c, struct rect r, const struct customer *cu,
    const struct customer_grade *g)
{
	const char *left[] = { _("Nick"), _("Receiver"), _("Phone"), _("Place"),
		_("Note"), NULL };
	const char *right[] = { _("Orders"), _("Paid sum"), _("Average"),
		_("First"), _("Last"), _("Grade"), NULL };
	struct rect half = { r.y, r.x, r.h, r.w / 2 - 2 };
	char buf[200];
	struct facts f;

	facts_begin(&f, c, half, left);
	fact(&f, left[0], cu->nick, STYLE_STRONG);
	fact(&f, left[1], cu->name, STYLE_TEXT);
	fact(&f, left[2], cu->phone, STYLE_TEXT);
	snprintf(buf, sizeof(buf), "%s %s", cu->province, cu->city);
	fact(&f, left[3], buf, STYLE_TEXT);
	fact(&f, left[4], cu->note, STYLE_TEXT);
	half.x = r.x + r.w / 2;
	facts_begin(&f, c, half, right);
	fact(&f, right[0], show_count(buf, sizeof(buf), cu->order_n),
	    STYLE_TEXT);
	fact(
	    &f, right[1], show_money(buf, sizeof(buf), cu->paid), STYLE_STRONG);
	fact(&f, right[2], show_money(buf, sizeof(buf), cu->average),
	    STYLE_TEXT);
	fact(&f, right[3], show_moment(buf, sizeof(buf), cu->first_at),
	    STYLE_TEXT);
	fact(&f, right[4], show_moment(buf, sizeof(buf), cu->last_at),
	    STYLE_TEXT);
	/* What was paid for may be more than what was given. */
	if (strcmp(g->name, g->proposed) == 0)
		copy_text(buf, sizeof(buf), g->name);
	else
		snprintf(buf, sizeof(buf), _("%s (proposed: %s)"),
		    g->name[0] != '\0' ? g->name : "–", g->proposed);
	if (r.h > 5)
		fact(&f, right[5], buf, STYLE_TEXT);
}

static void
draw_customer(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;

	int h =
	    st->grade.name[0] != '\0' || st->grade.proposed[0] != '\0' ? 6 : 5;

	draw_facts(c, (struct rect){ r.y, r.x + 1, h, r.w - 2 },
	    page_row(&st->page, 0), &st->grade);
	list_draw(sc, c, (struct rect){ r.y + h, r.x, r.h - h, r.w });
}

static const char *
subtitle(struct screen *sc)
{
	struct state *st = sc->state;
	const struct customer *cu = page_row(&st->page, 0);

	return cu->nick[0] != '\0' ? cu->nick : cu->name;
}

static int
cmd_open(struct screen *sc)
{
	const struct order *o = list_row(sc);
	struct order_arg arg = { .id = o->id };

	return ui_open(sc->ui, "order", &arg);
}

/* What files tell of the columns. */
static const char *const fields[] = { "order_no", "created_at", "state",
	"goods", "qty", "paid", "refund", "waybill_no", "remark" };

static const struct list_kind kind = {
	.record = "orders",
	.fields = fields,
	.fetch = fetch,
	.hint = N_("number, state, items, waybill, remark"),
	.enter = cmd_open,
};

static int
cmd_reveal(struct screen *sc)
{
	struct state *st = sc->state;

	return act_reveal(sc, "customer", st->id);
}

static int
cmd_history(struct screen *sc)
{
	struct state *st = sc->state;

	return open_history(sc, "customer", st->id, subtitle(sc));
}

static int
cmd_order_new(struct screen *sc)
{
	const struct state *st = sc->state;

	return ui_open(
	    sc->ui, "order-new", &(struct sheet_arg){ .customer_id = st->id });
}

static int
cmd_quote(struct screen *sc)
{
	const struct state *st = sc->state;

	return ui_open(sc->ui, "order-new",
	    &(struct sheet_arg){ .quote = true, .customer_id = st->id });
}

static int
cmd_grade(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = act_customer_grade(sc, st->id);

	return rc < 0 ? rc : refresh(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	if (cmd->run == cmd_reveal)
		return may_reveal(sc) ? cmd->label : NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "order-open", "Enter", N_("Open"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "customer-order", "/", N_("Find"),
	    N_("Find one of the customer's orders"), PERM_ORDER_VIEW, 0,
	    cmd_list_find },
	{ "order-new", "n", N_("New order"), N_("Write an order by hand"),
	    PERM_ORDER_ADD, 0, cmd_order_new },
	{ "customer-quote", "q", N_("Quote"),
	    N_("Take down what this customer asks for"), PERM_ORDER_ADD, 0,
	    cmd_quote },
	{ "customer-grade", "g", N_("Grade"),
	    N_("Give the customer a grade of members"), PERM_SALE_EDIT, 0,
	    cmd_grade },
	{ "contact-reveal", "v", N_("Reveal"),
	    N_("Read the masked name, phone and address; that is recorded"),
	    PERM_CONTACT_REVEAL, 0, cmd_reveal },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_customer = {
	.name = "customer",
	.title = N_("Customer"),
	.perm = PERM_CUSTOMER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_customer,
	.close = close_customer,
	.refresh = refresh,
	.key = list_key,
	.draw = draw_customer,
	.has_row = list_has_row,
	.typing = list_typing,
	.subtitle = subtitle,
	.label = label,
};
