/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "payments.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Numbered papers: delivery notices and sales invoices. */

enum { TAB_ANY, TAB_DELIVERY, TAB_INVOICE, TABS };

struct state {
	struct list list;
	unsigned tab;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Number"), 10, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Paper"), 15, 0, 3, 0, 0 },
	{ N_("Issued at"), 10, 0, 0, 0, 0 },
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Amount"), 11, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Made out to"), 14, 2, 1, 0, 0 },
	{ N_("Tax number"), 18, 0, 4, COLUMN_WHOLE, 0 },
	{ N_("Who"), 8, 1, 2, 0, 0 },
	{ N_("Cancelled for"), 12, 3, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct document *d = row;

	if (d->cancelled_at != 0)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, d->doc_no);
		break;
	case 1:
		copy_text(buf, size, document_kind_text(d->kind));
		break;
	case 2:
		show_when(buf, size, d->at);
		break;
	case 3:
		copy_text(buf, size, d->order_no);
		break;
	case 4:
		show_money(buf, size, d->total);
		break;
	case 5:
		copy_text(buf, size, d->title);
		break;
	case 6:
		copy_text(buf, size, d->tax_no);
		break;
	case 7:
		copy_text(buf, size, d->staff);
		break;
	case 8:
		if (d->cancelled_at != 0)
			*style = STYLE_WARN;
		copy_text(buf, size, d->reason);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct document_filter filter = {
		.kind = st->tab != TAB_ANY
			    ? document_kinds[st->tab - TAB_DELIVERY]
			    : NULL,
	};

	return document_page(session_of(sc), &filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct document),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No such paper was issued yet. i on an order's card "
		    "issues one."),
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab words[TABS] = { { _("All"), -1 },
		{ _("Delivery notices"), -1 }, { _("Sales invoices"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, TABS, st->tab);
}

static int
cmd_open(struct screen *sc)
{
	const struct document *d = list_row(sc);

	return ui_open(
	    sc->ui, "order", &(struct order_arg){ .id = d->order_id });
}

/* What files tell of the columns. */
static const char *const fields[] = { "doc_no", "kind", "at", "order_no",
	"total", "title", "tax_no", "staff", "cancelled_at;reason" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "documents",
	.fields = fields,
	.hint = N_("number, order, company, who"),
	.enter = cmd_open,
	.head = head,
};

static int
open_documents(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "documents");
	return list_restart(sc);
}

static int
turn(struct screen *sc, unsigned by)
{
	struct state *st = sc->state;

	st->tab = (st->tab + by) % TABS;
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
cmd_print(struct screen *sc)
{
	return act_document_print(sc, list_row_id(list_row(sc)));
}

static int
cmd_cancel(struct screen *sc)
{
	const struct document *d = list_row(sc);
	int rc = act_document_cancel(sc, d->id, d->doc_no);

	return rc < 0 ? rc : list_refresh(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct document *d = list_row(sc);

	if (cmd->run == cmd_cancel)
		return d != NULL && d->cancelled_at == 0 ? cmd->label : NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "document-order", "Enter", N_("Order"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "document-print", "P", N_("Print"),
	    N_("Print it again, as it was issued"), PERM_DOCUMENT_ISSUE,
	    CMD_NEEDS_ROW, cmd_print },
	{ "document-cancel", "X", N_("Void"),
	    N_("Cancel a paper; its number is not used again"),
	    PERM_DOCUMENT_ISSUE, CMD_NEEDS_ROW, cmd_cancel },
	{ "document-find", "/", N_("Find"),
	    N_("Find a paper by number, order, company or who"), PERM_NONE, 0,
	    cmd_list_find },
	{ "document-next", "Tab Right", N_("Next tab"), N_("The next list"),
	    PERM_NONE, 0, cmd_next },
	{ "document-before", "Shift-Tab Left", NULL, N_("The list before"),
	    PERM_NONE, 0, cmd_before },
	{ .name = NULL },
};

const struct screen_ops screen_documents = {
	.name = "documents",
	.title = N_("Numbered papers"),
	.go = "",
	.does = N_("Delivery notes and sales slips by number"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_documents,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
