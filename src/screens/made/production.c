/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "confirm_acts.h"
#include "production.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Production orders by how far they are; what is due is on top. */

struct state {
	struct list list;
	enum production_state tab;
	int64_t n[PRODUCTION_RECEIVED];
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("No."), 9, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("State"), 12, 0, 4, 0, 0 },
	{ N_("Item"), 14, 4, 0, COLUMN_ENDS, 0 },
	{ N_("Qty"), 5, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Due by"), 12, 0, 0, 0, 0 },
	{ N_("Maker"), 10, 2, 1, 0, 0 },
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Agent"), 8, 1, 2, 0, 0 },
	{ N_("Note"), 10, 2, 3, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

void
production_due(
    const struct production *p, char *buf, size_t size, enum style *style)
{
	char span[TIME_SIZE], day[TIME_SIZE];

	buf[0] = '\0';
	if (p->due_at == 0)
		return;
	if (p->late) {
		*style = STYLE_BAD;
		snprintf(buf, size, _("%s late"),
		    time_apart(p->due_at, time_now(), span));
		return;
	}
	copy_text(buf, size, day_text(time_day(p->due_at), day));
}

static bool
is_stopped(const struct production *p)
{
	return p->state < PRODUCTION_RECEIVED && p->order_state != ORDER_PAID &&
	       p->order_state != ORDER_PART_SHIPPED;
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct production *p = row;

	if (is_stopped(p))
		*style = STYLE_BAD;
	switch (col) {
	case 0:
		copy_text(buf, size, p->production_no);
		break;
	case 1:
		copy_text(buf, size,
		    is_stopped(p) ? order_state_text(p->order_state)
				  : production_state_text(p->state));
		break;
	case 2:
		copy_text(buf, size, p->item);
		break;
	case 3:
		show_count(buf, size, p->qty);
		break;
	case 4:
		production_due(p, buf, size, style);
		break;
	case 5:
		copy_text(buf, size, p->maker);
		break;
	case 6:
		copy_text(buf, size, p->order_no);
		break;
	case 7:
		copy_text(buf, size, p->agent);
		break;
	case 8:
		copy_text(buf, size, p->note);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return production_page(session_of(sc), st->tab, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct production),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->tab == PRODUCTION_NEW
		   ? _("Nothing is to be placed. Paid orders of what is made "
		       "to order come here by themselves.")
		   : _("There are none here.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[PRODUCTION_ALL + 1];
	int i;

	for (i = 0; i < PRODUCTION_ALL; i++)
		words[i] = (struct tab){ production_state_text(i),
			i < PRODUCTION_RECEIVED ? st->n[i] : -1 };
	words[PRODUCTION_ALL] = (struct tab){ _("All"), -1 };
	draw_tabs(c, r.y, r.x, r.w, words, PRODUCTION_ALL + 1, st->tab);
}

/* What files tell of the columns. */
static const char *const fields[] = { "production_no", "state", "item", "qty",
	"due_at", "maker", "order_no", "agent", "note" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "production",
	.fields = fields,
	.hint = N_("number, item, maker, order, agent"),
	.empty = empty,
	.head = head,
};

static int
counts(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = production_open(session_of(sc), NULL);

	return rc < 0 ? rc : production_counts(session_of(sc), st->n);
}

static int
open_production(struct screen *sc, const void *arg)
{
	int rc;

	(void)arg;
	list_open(sc, &kind, &source, "production");
	rc = counts(sc);
	return rc < 0 ? rc : list_restart(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = counts(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
turn(struct screen *sc, unsigned by)
{
	struct state *st = sc->state;

	st->tab =
	    (enum production_state)((st->tab + by) % (PRODUCTION_ALL + 1));
	return list_restart(sc);
}

static int
cmd_next_tab(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	return turn(sc, PRODUCTION_ALL);
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct production *))
{
	int rc = what(sc, list_row(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_place(struct screen *sc)
{
	return act(sc, act_place);
}

static int
cmd_made(struct screen *sc)
{
	return act(sc, act_made);
}

static int
cmd_receive(struct screen *sc)
{
	return act(sc, act_take_in);
}

static int
cmd_cancel(struct screen *sc)
{
	return act(sc, act_production_cancel);
}

static int
cmd_open(struct screen *sc)
{
	const struct production *p = list_row(sc);

	return ui_open(
	    sc->ui, "production-order", &(struct order_arg){ .id = p->id });
}

static int
cmd_type(struct screen *sc)
{
	const struct production *p = list_row(sc);

	return ui_open(
	    sc->ui, "confirm", &(struct order_arg){ .id = p->order_id });
}

const char *
production_label(const struct cmd *cmd, const struct production *p)
{
	const struct {
		const char *name;
		bool now;
	} acts[] = {
		{ "production-place",
		    p != NULL && p->state <= PRODUCTION_PLACED },
		{ "production-made",
		    p != NULL && p->state == PRODUCTION_PLACED },
		{ "production-receive",
		    p != NULL && (p->state == PRODUCTION_PLACED ||
				     p->state == PRODUCTION_MADE) },
		{ "production-cancel",
		    p != NULL && p->state < PRODUCTION_RECEIVED },
	};
	size_t i;

	for (i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (strcmp(acts[i].name, cmd->name) == 0)
			return acts[i].now ? cmd->label : NULL;
	return cmd->label;
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return production_label(cmd, list_row(sc));
}

static int
cmd_print(struct screen *sc)
{
	return act_print_by_id(sc, list_row_id(list_row(sc)), print_production);
}

static const struct cmd cmds[] = {
	{ "production-card", "Enter", N_("Open"),
	    N_("Everything that its sheet says"), PERM_ORDER_VIEW,
	    CMD_NEEDS_ROW, cmd_open },
	{ "production-place", "p", N_("Place it"),
	    N_("Place it with a maker, or anew what was corrected"),
	    PERM_PRODUCTION_EDIT, CMD_NEEDS_ROW, cmd_place },
	{ "production-type", "t", N_("Type in"),
	    N_("Type or confirm what is to be made"), PERM_ORDER_VIEW,
	    CMD_NEEDS_ROW, cmd_type },
	{ "production-made", "m", N_("Made"), N_("The maker has made it"),
	    PERM_PRODUCTION_EDIT, CMD_NEEDS_ROW, cmd_made },
	{ "production-receive", "r", N_("Take in"),
	    N_("Take the goods in, so that they can be shipped"),
	    PERM_PRODUCTION_EDIT, CMD_NEEDS_ROW, cmd_receive },
	{ "production-next-tab", "Tab Right", N_("Next tab"),
	    N_("The next state"), PERM_NONE, 0, cmd_next_tab },
	{ "production-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "production-find", "/", N_("Find"),
	    N_("Find a production order by what its row says"), PERM_ORDER_VIEW,
	    0, cmd_list_find },
	{ "production-print", "P", N_("Print"),
	    N_("What is to be made, for its maker"), PERM_ORDER_VIEW,
	    CMD_NEEDS_ROW, cmd_print },
	{ "production-cancel", "X", N_("Void"),
	    N_("Cancel it; its line is to be placed anew"),
	    PERM_PRODUCTION_EDIT, CMD_NEEDS_ROW, cmd_cancel },
	{ .name = NULL },
};

const struct screen_ops screen_production = {
	.name = "production",
	.title = N_("Production orders"),
	.go = "",
	.does = N_("Goods made to order, until they come"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_production,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
