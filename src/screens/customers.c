/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "order_acts.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/tui/line.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* The people behind the orders, who bought last on top. */

#define FIND_MAX 200

struct state {
	struct table *table;
	bool finding;
	struct line find;
	char find_text[64];
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Nick"), 10, 2, 0, 0 },
	{ N_("Receiver"), 8, 1, 0, 0 },
	{ N_("Phone"), 11, 0, 2, COLUMN_WHOLE },
	{ N_("City"), 8, 0, 4, 0 },
	{ N_("Orders"), 6, 0, 0, COLUMN_RIGHT },
	{ N_("Paid sum"), 12, 0, 0, COLUMN_RIGHT },
	{ N_("Average"), 10, 0, 3, COLUMN_RIGHT },
	{ N_("First"), 10, 0, 5, 0 },
	{ N_("Last"), 10, 0, 1, 0 },
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

	if (!st->finding || st->find_text[0] == '\0')
		return customer_page(session_of(sc), dir, from, limit, out);
	rc = customer_find(session_of(sc), st->find_text, FIND_MAX, out);
	if (rc == 0)
		page_window(out, dir, row != NULL ? row->id : 0, limit);
	return rc;
}

static int64_t
row_id(const void *row)
{
	const struct customer *cu = row;

	return cu->id;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct customer),
	.fetch = fetch,
	.id = row_id,
	.cell = cell,
};

/* In the language of the moment. */
static void
say_empty(struct state *st)
{
	table_set_empty(st->table,
	    st->finding
		? _("Nobody fits. Nick, name, its pinyin initials, or phone.")
		: _("No customers yet: they come with the orders. F9 imports "
		    "the files of a platform."));
}

static int
restart(struct screen *sc)
{
	struct state *st = sc->state;

	say_empty(st);
	return table_restart(st->table);
}

static int
open_customers(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	line_init(&st->find, st->find_text, sizeof(st->find_text));
	st->table = table_new(&source, sc);
	return restart(sc);
}

static void
close_customers(struct screen *sc)
{
	struct state *st = sc->state;

	line_done(&st->find);
	table_free(st->table);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;

	say_empty(st);
	return table_reload(st->table);
}

static bool
has_row(struct screen *sc)
{
	struct state *st = sc->state;

	return table_selected(st->table) != NULL;
}

static int
cmd_open(struct screen *sc)
{
	struct state *st = sc->state;
	const struct customer *cu = table_selected(st->table);
	struct customer_arg arg = { .id = cu->id };

	return ui_open(sc->ui, "customer", &arg);
}

static int
find_key(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	int rc;

	switch (k->code) {
	case KEY_ESC_:
		st->finding = false;
		break;
	case KEY_ENTER_:
		rc = has_row(sc) ? cmd_open(sc) : 0;
		return rc < 0 ? rc : 1;
	case KEY_SCAN:
		return scan_anywhere(sc, k->text);
	case KEY_UP_:
	case KEY_DOWN_:
	case KEY_PGUP:
	case KEY_PGDN:
		return table_key(st->table, k);
	default:
		if (!line_key(&st->find, k))
			return 0;
		break;
	}
	rc = restart(sc);
	return rc < 0 ? rc : 1;
}

static int
key_customers(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	if (st->finding)
		return find_key(sc, k);
	if (k->code == KEY_SCAN)
		return scan_anywhere(sc, k->text);
	return table_key(st->table, k);
}

static void
draw_customers(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	const char *label = _("Find");
	int x = r.x + 1, w = r.w - 2, used = text_width(label) + 2;

	if (st->finding) {
		canvas_text(c, r.y, x, w, STYLE_LABEL, label);
		line_draw(&st->find, c, r.y, x + used, 32, true);
		canvas_text(c, r.y, x + used + 34, w - used - 34, STYLE_DIM,
		    _("nick, name, initials, phone"));
	} else {
		canvas_text(
		    c, r.y, x, w, STYLE_DIM, _("sorted by the last order"));
	}
	table_draw(st->table, c, (struct rect){ r.y + 2, r.x, r.h - 2, r.w });
}

static int
cmd_find(struct screen *sc)
{
	struct state *st = sc->state;

	st->finding = true;
	line_set(&st->find, "");
	return restart(sc);
}

static int
cmd_export(struct screen *sc)
{
	return act_export(sc, "customers", NULL, 0);
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
	.has_row = has_row,
};
