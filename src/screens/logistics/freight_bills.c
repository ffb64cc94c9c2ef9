/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Couriers' bills; what is wrong in them is another list. */

struct state {
	struct list list;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Taken"), 10, 0, 1, 0, 0 },
	{ N_("Courier"), 10, 1, 0, 0, 0 },
	{ N_("Bill"), 14, 4, 0, COLUMN_ENDS, 0 },
	{ N_("Lines"), 7, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Billed"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Due"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Wrong"), 6, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Unsettled"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Who"), 8, 1, 3, 0, 0 },
	{ .title = NULL },
};

struct taking {
	char courier[64], bill_no[64];
	int64_t batch;
};

static const struct field take_fields[] = {
	{ FIELD_CHARS(struct taking, courier, FIELD_TEXT,
	    N_("Courier"), FIELD_REQUIRED),
	    .hint = N_("name, other name or code") },
	{ FIELD_CHARS(struct taking, bill_no, FIELD_TEXT, N_("Bill"), 0),
	    .hint = N_("empty: as its file is called") },
	{ FIELD_NUM(struct taking, batch, FIELD_COUNT, N_("Import"), 0),
	    .hint = N_("0: the newest") },
	{ .name = NULL },
};
/* clang-format on */

enum {
	COL_AT,
	COL_COURIER,
	COL_BILL,
	COL_N,
	COL_AMOUNT,
	COL_DUE,
	COL_WRONG,
	COL_OPEN,
	COL_STAFF
};

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct freight_bill *b = row;

	switch (col) {
	case COL_AT:
		show_when(buf, size, b->at);
		break;
	case COL_COURIER:
		copy_text(buf, size, b->courier);
		break;
	case COL_BILL:
		copy_text(buf, size, b->bill_no);
		break;
	case COL_N:
		show_count(buf, size, b->n);
		break;
	case COL_AMOUNT:
		show_money(buf, size, b->amount);
		break;
	case COL_DUE:
		show_money(buf, size, b->due);
		break;
	case COL_WRONG:
		show_count(buf, size, b->wrong_n);
		break;
	case COL_OPEN:
		if (b->open_n > 0)
			*style = STYLE_WARN;
		show_count(buf, size, b->open_n);
		break;
	case COL_STAFF:
		copy_text(buf, size, b->staff);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return freight_bill_page(session_of(arg), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct freight_bill),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No bills yet. F9 imports a courier's file, n makes a "
		    "bill of it."),
};

static int
cmd_open(struct screen *sc)
{
	const struct freight_bill *b = list_row(sc);
	const struct freight_arg arg = { .id = b->id };

	return ui_open(sc->ui, "freight-lines", &arg);
}

static int
cmd_wrong(struct screen *sc)
{
	return ui_open(sc->ui, "freight-lines", &(struct freight_arg){ 0 });
}

struct posting {
	struct session *s;
	int64_t id;
};

static int
post(void *arg, const void *record)
{
	const struct taking *t = record;
	struct posting *p = arg;

	return freight_bill_take(
	    p->s, t->courier, t->bill_no, t->batch, &p->id);
}

static int
cmd_take(struct screen *sc)
{
	struct posting p = { .s = session_of(sc) };
	struct taking t = { .batch = 0 };
	struct freight_arg arg;
	int rc;

	rc = ui_form(
	    sc->ui, _("A bill of an imported file"), take_fields, &t, post, &p);
	if (rc <= 0 || (rc = list_refresh(sc)) < 0)
		return rc;
	arg = (struct freight_arg){ .id = p.id };
	return ui_open(sc->ui, "freight-lines", &arg);
}

static int
cmd_drop(struct screen *sc)
{
	const struct freight_bill *b = list_row(sc);
	char n[MONEY_SIZE], name[64];
	int rc;

	copy_text(name, sizeof(name), b->bill_no);
	if (!ui_confirm(sc->ui, _("Take away"),
		_("Take away the bill %s with its %s lines?\nThe imported "
		  "file stays, so that it can be taken again."),
		b->bill_no, count_show(b->n, n)))
		return 0;
	rc = freight_bill_drop(session_of(sc), b->id);
	if (rc < 0 || (rc = list_refresh(sc)) < 0)
		return rc;
	ui_say(sc->ui, _("The bill %s is taken away."), name);
	return 0;
}

static const char *const fields[] = { "at", "courier", "bill_no", "n", "amount",
	"due", "wrong_n", "open_n", "staff" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "freight_bills",
	.fields = fields,
	.hint = N_("courier or bill"),
	.enter = cmd_open,
};

static int
open_bills(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "freight-bills");
	return list_restart(sc);
}

static const struct cmd cmds[] = {
	{ "bill-open", "Enter", N_("Lines"),
	    N_("The lines of a bill, those that are wrong first"),
	    PERM_FREIGHT_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "bill-take", "n a", N_("New bill"),
	    N_("Make a bill of an imported file, and check it"),
	    PERM_FREIGHT_EDIT, 0, cmd_take },
	{ "bill-wrong", "w", N_("All wrong"),
	    N_("What is wrong in all bills, and open"), PERM_FREIGHT_VIEW, 0,
	    cmd_wrong },
	{ "bill-drop", "Del", N_("Take away"),
	    N_("Take the newest bill away, as if it had not been taken"),
	    PERM_FREIGHT_EDIT, CMD_NEEDS_ROW, cmd_drop },
	{ "bill-find", "/", N_("Find"), N_("Find a bill"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_freight_bills = {
	.name = "freight-bills",
	.title = N_("Couriers' bills"),
	.go = "",
	.does = N_("Check what couriers ask to be paid"),
	.perm = PERM_FREIGHT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_bills,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
