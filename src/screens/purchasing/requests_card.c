/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/card.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "purchase.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/requests.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* One purchase request with its lines. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU code"), 10, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 14, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Qty"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Supplier"), 12, 2, 0, 0, 0 },
	{ N_("Price"), 9, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("In order"), 10, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Why"), 14, 3, 2, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct request_line *l = row;

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
		if (l->company_id == 0)
			*style = STYLE_WARN;
		copy_text(buf, size,
		    l->company_id != 0 ? l->company : _("nobody yet"));
		break;
	case 4:
		show_money_or_none(buf, size, l->price);
		break;
	case 5:
		copy_text(buf, size, l->purchase_no);
		break;
	case 6:
		copy_text(buf, size, l->why);
		break;
	}
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct request_line),
	.fetch = card_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No lines yet. a adds a product."),
};

static const struct request *
own(const struct screen *sc)
{
	return card_own(sc);
}

static int
cmd_edit_line(struct screen *sc)
{
	int rc = act_request_line(sc, own(sc), list_row(sc));

	return rc < 0 ? rc : card_refresh(sc);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct request *q = own(sc);
	char text[300], when[64];

	snprintf(text, sizeof(text), "%s · %s · %s · %s %s", q->request_no,
	    q->warehouse, request_state_text(q->state), q->staff,
	    show_when(when, sizeof(when), q->at));
	canvas_text(c, r.y, r.x, r.w, STYLE_STRONG, text);
}

/* What files tell of the columns. */
static const char *const fields[] = { "sku_code", "name", "qty", "company",
	"price", "purchase_no", "why" };

static const struct list_kind kind = {
	.record = "request_lines",
	.fields = fields,
	.enter = cmd_edit_line,
	.head = head,
};

/* What was said of it, and by whom it was decided. */
static int
draw_words(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct request *q = own(sc);
	const char *labels[] = { _("Note"), _("Decided by"), _("Reason"),
		NULL };
	struct facts f;
	char buf[160], when[64];

	facts_begin(&f, c, r, labels);
	if (q->note[0] != '\0')
		fact_wrap(&f, _("Note"), q->note, STYLE_TEXT, 2);
	if (q->decided_at != 0) {
		snprintf(buf, sizeof(buf), "%s %s", q->decided_by,
		    show_when(when, sizeof(when), q->decided_at));
		fact(&f, _("Decided by"), buf, STYLE_TEXT);
	}
	if (q->reason[0] != '\0')
		fact_wrap(&f, _("Reason"), q->reason, STYLE_WARN, 2);
	return f.y - r.y;
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct request *))
{
	int rc = what(sc, own(sc));

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_add_line(struct screen *sc)
{
	int rc = act_request_line(sc, own(sc), NULL);

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_edit(struct screen *sc)
{
	return act(sc, act_request_edit);
}

static int
cmd_approve(struct screen *sc)
{
	const struct request *r = own(sc);
	int rc = act_request_approve(sc, &r->id, 1, r->request_no);

	return rc < 0 ? rc : card_refresh(sc);
}

static int
cmd_refuse(struct screen *sc)
{
	return act(sc, act_request_refuse);
}

static int
cmd_order(struct screen *sc)
{
	const struct request_line *l = list_row(sc);

	if (l->purchase_id == 0) {
		ui_say(sc->ui, "%s", _("It is in no order yet."));
		return 0;
	}
	return ui_open(
	    sc->ui, "purchase", &(struct purchase_arg){ .id = l->purchase_id });
}

static int
cmd_history(struct screen *sc)
{
	return open_history(sc, "request", own(sc)->id, own(sc)->request_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return request_label(cmd, own(sc));
}

static const struct cmd cmds[] = {
	{ "request-edit-line", "Enter e", N_("Edit line"),
	    N_("Change a line: pieces, supplier, why"), PERM_PURCHASE_REQUEST,
	    CMD_NEEDS_ROW, cmd_edit_line },
	{ "request-add-line", "a", N_("Add"), N_("One more product"),
	    PERM_PURCHASE_REQUEST, 0, cmd_add_line },
	{ "request-edit", "E", N_("Edit"), N_("Change warehouse and note"),
	    PERM_PURCHASE_REQUEST, 0, cmd_edit },
	{ "request-approve", "A", N_("Approve"),
	    N_("Approve it: an order for each supplier is written"),
	    PERM_PURCHASE_ORDER, 0, cmd_approve },
	{ "request-refuse", "X", N_("Refuse"),
	    N_("Refuse it with a reason, or take the own one back"),
	    PERM_PURCHASE_REQUEST, 0, cmd_refuse },
	{ "request-order", "v", N_("See order"),
	    N_("The order that the line is in"), PERM_PURCHASE_VIEW,
	    CMD_NEEDS_ROW, cmd_order },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

static const struct card_kind card = {
	.get = request_get,
	.lines = request_lines,
	.facts = draw_words,
	.list = &kind,
	.source = &source,
	.view = "request-lines",
};

static int
open_card(struct screen *sc, const void *arg)
{
	const struct purchase_arg *a = arg;

	return card_open(sc, &card, a->id);
}

const struct screen_ops screen_request = {
	.name = "request",
	.title = N_("Purchase request"),
	.perm = PERM_PURCHASE_REQUEST,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct card),
	.open = open_card,
	.close = card_close,
	.refresh = card_refresh,
	.key = list_key,
	.draw = card_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
