/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/card.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/transfers.h"
#include "shopmgr/tui/key.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* One transfer with its lines. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU code"), 12, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 14, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Bin"), 8, 1, 2, 0, 0 },
	{ N_("Qty"), 6, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Sent out"), 6, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Arrived"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Lost on the way"), 6, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Under way"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct transfer_line *l = row;
	const int64_t counts[] = { [3] = l->qty,
		[4] = l->sent,
		[5] = l->arrived,
		[6] = l->lost,
		[7] = l->open };

	switch (col) {
	case 0:
		copy_text(buf, size, l->sku_code);
		break;
	case 1:
		copy_text(buf, size, l->name);
		break;
	case 2:
		copy_text(buf, size, l->bin);
		break;
	default:
		if (col == 6 && l->lost > 0)
			*style = STYLE_BAD;
		if (counts[col] != 0)
			show_count(buf, size, counts[col]);
		break;
	}
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct transfer_line),
	.fetch = card_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const struct transfer *
own(const struct screen *sc)
{
	return card_own(sc);
}

/* What files tell of the columns. */
static const char *const fields[] = { "sku_code", "name", "bin", "qty", "sent",
	"arrived", "lost", "open" };

static const struct list_kind kind = {
	.record = "transfer_lines",
	.fields = fields,

};

/* Under way, what is scanned has arrived. */
static int
key(struct screen *sc, const struct key *k)
{
	int rc;

	if (k->code != KEY_SCAN || own(sc) == NULL ||
	    own(sc)->state != TRANSFER_SENT)
		return list_key(sc, k);
	rc = act_transfer_arrive(sc, own(sc), k->text);
	if (rc == 0)
		rc = card_refresh(sc);
	return rc < 0 ? rc : 1;
}

/* Returns the lines it took. */
static int
draw_facts(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct transfer *t = own(sc);
	const char *labels[] = { _("Way"), _("Written at"), _("Sent at"),
		_("Arrived at"), _("Note"), NULL };
	char buf[200], when[64];
	struct facts f;
	int x = r.x;

	x += canvas_text(c, r.y, x, r.w, STYLE_STRONG, t->transfer_no) + 2;
	canvas_text(c, r.y, x, r.x + r.w - x, STYLE_ACCENT,
	    transfer_state_text(t->state));
	facts_begin(&f, c, (struct rect){ r.y + 1, r.x, r.h - 1, r.w }, labels);
	snprintf(buf, sizeof(buf), "%s → %s", t->from, t->to);
	fact(&f, _("Way"), buf, STYLE_STRONG);
	snprintf(buf, sizeof(buf), "%s  %s",
	    show_moment(when, sizeof(when), t->at), t->staff);
	fact(&f, _("Written at"), buf, STYLE_TEXT);
	if (t->sent_at != 0)
		fact(&f, _("Sent at"),
		    show_moment(when, sizeof(when), t->sent_at), STYLE_TEXT);
	if (t->arrived_at != 0)
		fact(&f, _("Arrived at"),
		    show_moment(when, sizeof(when), t->arrived_at), STYLE_TEXT);
	if (t->note[0] != '\0')
		fact_wrap(&f, _("Note"), t->note, STYLE_TEXT, 2);
	return f.y - r.y;
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct transfer *))
{
	int rc = what(sc, own(sc));

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_edit_line(struct screen *sc)
{
	int rc = act_transfer_line(sc, own(sc), list_row(sc));

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_add_line(struct screen *sc)
{
	int rc = act_transfer_line(sc, own(sc), NULL);

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_edit(struct screen *sc)
{
	return act(sc, act_transfer_head);
}

static int
cmd_send(struct screen *sc)
{
	return act(sc, act_transfer_send);
}

static int
cmd_arrive(struct screen *sc)
{
	int rc = act_transfer_arrive(sc, own(sc), NULL);

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_some(struct screen *sc)
{
	const struct transfer_line *l = list_row(sc);
	char sku[64];
	int rc;

	copy_text(sku, sizeof(sku), l->sku_code);
	rc = act_transfer_arrive(sc, own(sc), sku);
	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_lose(struct screen *sc)
{
	return act(sc, act_transfer_lose);
}

static int
cmd_cancel(struct screen *sc)
{
	return act(sc, act_transfer_cancel);
}

/* Its newest slip: what was sent, or what arrived. */
static int
cmd_print(struct screen *sc)
{
	const struct slip_filter filter = { .transfer_id = own(sc)->id };
	struct page page;
	int64_t id = 0;
	int rc = slip_page(session_of(sc), &filter, PAGE_FIRST, NULL, 1, &page);

	if (rc < 0)
		return rc;
	if (page.n > 0)
		id = list_row_id(page_row(&page, 0));
	page_free(&page);
	return id != 0 ? act_print_by_id(sc, id, print_stock_slip) : 0;
}

static int
cmd_history(struct screen *sc)
{
	return open_history(sc, "transfer", own(sc)->id, own(sc)->transfer_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return transfer_label(cmd, own(sc));
}

static const struct cmd cmds[] = {
	{ "transfer-edit-line", "Enter e", N_("Edit line"),
	    N_("Change how many of it go"), PERM_STOCK_MOVE, CMD_NEEDS_ROW,
	    cmd_edit_line },
	{ "transfer-add-line", "a", N_("Add"), N_("One more product"),
	    PERM_STOCK_MOVE, 0, cmd_add_line },
	{ "transfer-edit", "E", N_("Edit"), N_("Change the way and the note"),
	    PERM_STOCK_MOVE, 0, cmd_edit },
	{ "transfer-send", "O", N_("Send"),
	    N_("The goods leave, and are in transit"), PERM_STOCK_MOVE, 0,
	    cmd_send },
	{ "transfer-arrive", "A", N_("All there"),
	    N_("All that is under way has arrived"), PERM_STOCK_MOVE, 0,
	    cmd_arrive },
	{ "transfer-some", "r", N_("Some there"),
	    N_("Pieces of this line have arrived; or scan them"),
	    PERM_STOCK_MOVE, CMD_NEEDS_ROW, cmd_some },
	{ "transfer-lose", "l", N_("Never came"),
	    N_("Write off what never arrives"), PERM_STOCK_MOVE, 0, cmd_lose },
	{ "transfer-print", "P", N_("Print"), N_("Its slip, to be signed"),
	    PERM_STOCK_VIEW, 0, cmd_print },
	{ "transfer-cancel", "X", N_("Call off"),
	    N_("Cancel it: goods under way are back where they came from"),
	    PERM_STOCK_MOVE, 0, cmd_cancel },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

static const struct card_kind card = {
	.get = transfer_get,
	.lines = transfer_lines,
	.facts = draw_facts,
	.list = &kind,
	.source = &source,
	.view = "transfer",
};

static int
open_transfer(struct screen *sc, const void *arg)
{
	const struct transfer_arg *a = arg;

	return card_open(sc, &card, a->id);
}

const struct screen_ops screen_transfer = {
	.name = "transfer",
	.title = N_("Transfer"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct card),
	.open = open_transfer,
	.close = card_close,
	.refresh = card_refresh,
	.key = key,
	.draw = card_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
