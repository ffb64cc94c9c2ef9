/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* Everything that was done, by whom and when. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("When"), 19, 0, 0, 0, 0 },
	{ N_("Who"), 8, 1, 0, 0, 0 },
	{ N_("Action"), 16, 1, 0, 0, 0 },
	{ N_("Detail"), 14, 6, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct audit_row *a = row;

	(void)style;
	switch (col) {
	case 0:
		show_moment(buf, size, a->at);
		break;
	case 1:
		copy_text(buf, size,
		    a->staff[0] != '\0' ? a->staff : _("the program"));
		break;
	case 2:
		copy_text(buf, size, audit_op_text(a->op));
		break;
	case 3:
		copy_text(buf, size, a->detail);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;

	return audit_list(session_of(sc), NULL, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct audit_row),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("Nothing was done yet."),
};

static int
open_audit(struct screen *sc, const void *arg)
{
	struct list *l = sc->state;

	(void)arg;
	l->table = table_new(&source, sc);
	return list_refresh(sc);
}

/* An order's row leads to the order. */
static int
cmd_open(struct screen *sc)
{
	const struct audit_row *a = list_row(sc);
	struct order_arg order = { .id = a->subject };
	struct customer_arg customer = { .id = a->subject };

	if (strcmp(a->kind, "order") == 0)
		return ui_open(sc->ui, "order", &order);
	if (strcmp(a->kind, "customer") == 0)
		return ui_open(sc->ui, "customer", &customer);
	ui_text(sc->ui, audit_op_text(a->op), a->detail);
	return 0;
}

static const struct cmd cmds[] = {
	{ "audit-open", "Enter", N_("Open"), N_("Open the record it was about"),
	    PERM_AUDIT_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ .name = NULL },
};

const struct screen_ops screen_audit = {
	.name = "audit",
	.title = N_("Log"),
	.go = "F12",
	.perm = PERM_AUDIT_VIEW,
	.cmds = cmds,
	.size = sizeof(struct list),
	.open = open_audit,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
};
