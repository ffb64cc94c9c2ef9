/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "order_acts.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* The people behind the orders, who bought last on top. */

#define FIND_MAX 200

struct state {
	struct list list;
	struct finder finder;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Nick"), 10, 2, 0, 0, 0 },
	{ N_("Receiver"), 8, 1, 0, 0, 0 },
	{ N_("Phone"), 11, 0, 2, COLUMN_WHOLE, 0 },
	{ N_("Place"), 8, 0, 4, 0, 0 },
	{ N_("Orders"), 6, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Paid sum"), 12, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Average"), 10, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("First"), 10, 0, 5, 0, 0 },
	{ N_("Last"), 10, 0, 1, 0, 0 },
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
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct customer *row = from;
	struct screen *sc = arg;
	struct state *st = sc->state;
	int rc;

	if (!st->finder.on || st->finder.text[0] == '\0')
		return customer_page(session_of(sc), dir, from, limit, out);
	rc = customer_find(session_of(sc), st->finder.text, FIND_MAX, out);
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

/* In the language of the moment. */
static void
say_empty(struct state *st)
{
	table_set_empty(st->list.table,
	    st->finder.on
		? _("Nobody fits. Nick, name, its pinyin initials, or phone.")
		: _("No customers yet: they come with the orders. F9 imports "
		    "the files of a platform."));
}

static int
restart(struct screen *sc)
{
	struct state *st = sc->state;

	say_empty(st);
	return table_restart(st->list.table);
}

static int
open_customers(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	finder_init(&st->finder);
	st->list.table = table_new(&source, sc);
	return restart(sc);
}

static void
close_customers(struct screen *sc)
{
	struct state *st = sc->state;

	finder_done(&st->finder);
	list_close(sc);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;

	say_empty(st);
	return table_reload(st->list.table);
}

static int
cmd_open(struct screen *sc)
{
	const struct customer *cu = list_row(sc);
	struct customer_arg arg = { .id = cu->id };

	return ui_open(sc->ui, "customer", &arg);
}

static int
find_key(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	int rc = finder_key(&st->finder, st->list.table, k);

	if (rc == FIND_CHANGED || rc == FIND_END)
		rc = restart(sc);
	else if (rc == FIND_OPEN)
		rc = cmd_open(sc);
	else if (rc == FIND_OTHER)
		return 0;
	return rc < 0 ? rc : 1;
}

static int
key_customers(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	int rc;

	if (!st->finder.on)
		return list_key(sc, k);
	rc = k->code == KEY_SCAN ? scan_open(sc, k->text) : 0;
	return rc != 0 ? rc : find_key(sc, k);
}

static void
draw_customers(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	struct rect head = { r.y, r.x + 1, 1, r.w - 2 };

	if (st->finder.on)
		finder_draw(&st->finder, c, head, _("Find"),
		    _("nick, name, initials, phone"));
	else
		canvas_text(c, head.y, head.x, head.w, STYLE_DIM,
		    _("sorted by the last order"));
	list_draw(sc, c, (struct rect){ r.y + 2, r.x, r.h - 2, r.w });
}

static int
cmd_find(struct screen *sc)
{
	struct state *st = sc->state;

	finder_begin(&st->finder, "");
	return restart(sc);
}

static int
cmd_export(struct screen *sc)
{
	return act_export(sc, "customers", NULL, 0);
}

static bool
typing(struct screen *sc)
{
	struct state *st = sc->state;

	return st->finder.on;
}

static const struct cmd cmds[] = {
	{ "customer-open", "Enter", N_("Open"),
	    N_("See the customer and all orders"), PERM_CUSTOMER_VIEW,
	    CMD_NEEDS_ROW, cmd_open },
	{ "customer-find", "/", N_("Find"),
	    N_("Find a customer by nick, name or phone"), PERM_CUSTOMER_VIEW, 0,
	    cmd_find },
	{ "customer-export", "x", N_("Export"),
	    N_("Write the customers to a file"), PERM_EXPORT, 0, cmd_export },
	{ .name = NULL },
};

const struct screen_ops screen_customers = {
	.name = "customers",
	.title = N_("Customers"),
	.go = "F5",
	.perm = PERM_CUSTOMER_VIEW,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_customers,
	.close = close_customers,
	.refresh = refresh,
	.key = key_customers,
	.draw = draw_customers,
	.has_row = list_has_row,
	.typing = typing,
};
