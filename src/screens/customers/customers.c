/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/panes.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../orders/order_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The people behind the orders, who bought last on top. */

#define FIND_MAX 200

struct state {
	struct list list;
	struct page orders; /* of the one in the pane */
	int64_t of;         /* 0: none is held */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Nick"), 10, 2, 0, 0, CUSTOMER_SORT_NICK },
	{ N_("Receiver"), 8, 1, 0, 0, CUSTOMER_SORT_NAME },
	{ N_("Phone"), 11, 0, 2, COLUMN_WHOLE, 0 },
	{ N_("Place"), 8, 0, 4, 0, CUSTOMER_SORT_PLACE },
	{ N_("Orders"), 6, 0, 0, COLUMN_RIGHT, CUSTOMER_SORT_ORDERS },
	{ N_("Paid sum"), 12, 0, 0, COLUMN_RIGHT, CUSTOMER_SORT_PAID },
	{ N_("Average"), 10, 0, 3, COLUMN_RIGHT, CUSTOMER_SORT_AVERAGE },
	{ N_("First"), 10, 0, 5, COLUMN_DOWN, CUSTOMER_SORT_FIRST },
	{ N_("Last"), 10, 0, 1, COLUMN_DOWN, CUSTOMER_SORT_LAST },
	{ N_("Province"), 8, 0, 6, COLUMN_OFF, 0 },
	{ N_("Note"), 12, 3, 6, COLUMN_OFF, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct customer *cu = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, cu->nick);
		break;
	case 1:
		copy_text(buf, size, cu->name);
		break;
	case 2:
		copy_text(buf, size, cu->phone);
		break;
	case 3:
		copy_text(
		    buf, size, cu->city[0] != '\0' ? cu->city : cu->province);
		break;
	case 4:
		show_count(buf, size, cu->order_n);
		break;
	case 5:
		show_money(buf, size, cu->paid);
		break;
	case 6:
		show_money_or_none(buf, size, cu->average);
		break;
	case 7:
		show_when(buf, size, cu->first_at);
		break;
	case 8:
		show_when(buf, size, cu->last_at);
		break;
	case 9:
		copy_text(buf, size, cu->province);
		break;
	case 10:
		copy_text(buf, size, cu->note);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct customer *row = from;
	struct screen *sc = arg;
	struct customer_filter filter = { .desc = false };
	int rc;

	if (list_sought(sc)[0] == '\0') {
		filter.sort = (enum customer_sort)list_sort(sc, &filter.desc);
		return customer_list(
		    session_of(sc), &filter, dir, from, limit, out);
	}
	rc = customer_find(session_of(sc), list_sought(sc), FIND_MAX, out);
	if (rc == 0)
		page_window(out, dir, row != NULL ? row->id : 0, limit);
	return rc;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct customer),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return _("Nobody fits. Nick, name, its pinyin initials, or "
			 "phone.");
	return _("No customers yet: they come with the orders. F9 imports the "
		 "files of a platform.");
}

static const struct list_kind kind;

static int
open_customers(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "customers");
	return list_restart(sc);
}

static void
pane_drop(struct state *st)
{
	page_free(&st->orders);
	st->of = 0;
}

static void
close_customers(struct screen *sc)
{
	pane_drop(sc->state);
	list_close(sc);
}

static int
refresh(struct screen *sc)
{
	pane_drop(sc->state);
	return list_refresh(sc);
}

static int
cmd_open(struct screen *sc)
{
	const struct customer *cu = list_row(sc);
	struct customer_arg arg = { .id = cu->id };

	return ui_open(sc->ui, "customer", &arg);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	bool desc;

	if (list_sort(sc, &desc) == 0)
		canvas_text(
		    c, r.y, r.x, r.w, STYLE_DIM, _("sorted by the last order"));
}

#define PANE_ORDERS 30

/* The orders of the selected one, read when another is selected. */
static void
pane(struct screen *sc, struct canvas *c, struct rect r, const void *row)
{
	struct state *st = sc->state;
	const struct customer *cu = row;
	struct order_filter filter = { .tab = TAB_ALL, .customer_id = cu->id };

	if (cu->id != st->of) {
		pane_drop(st);
		if (order_page(session_of(sc), &filter, PAGE_FIRST, NULL,
			PANE_ORDERS, &st->orders) < 0)
			return;
		st->of = cu->id;
	}
	draw_customer_pane(c, r, cu, &st->orders);
}

/* What files tell of the columns. */
static const char *const fields[] = { "nick;platform", "name", "phone",
	"province;city", "order_n", "paid", "average_order_value", "first_at",
	"last_at", "province", "note" };

static const struct list_kind kind = {
	.record = "customers",
	.fields = fields,
	.own_export = true,
	.hint = N_("nick, name, initials, phone"),
	.own_order = true,
	.enter = cmd_open,
	.empty = empty,
	.head = head,
	.pane_from = 150,
	.pane = pane,
};

static int
cmd_export(struct screen *sc)
{
	return act_export_list(sc);
}

static const struct cmd cmds[] = {
	{ "customer-open", "Enter", N_("Open"),
	    N_("See the customer and all orders"), PERM_CUSTOMER_VIEW,
	    CMD_NEEDS_ROW, cmd_open },
	{ "customer-find", "/", N_("Find"),
	    N_("Find a customer by nick, name or phone"), PERM_CUSTOMER_VIEW, 0,
	    cmd_list_find },
	{ "customer-export", "x", N_("Export"),
	    N_("Write the customers that are selected, or all"), PERM_EXPORT,
	    CMD_MANY, cmd_export },
	{ .name = NULL },
};

const struct screen_ops screen_customers = {
	.name = "customers",
	.title = N_("Customers"),
	.go = "F5",
	.does = N_("Buyers, what they bought, their notes"),
	.perm = PERM_CUSTOMER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_customers,
	.close = close_customers,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
