/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "confirm_acts.h"
#include "production.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/ui.h"

/* One production order whole, as its sheet says. */

struct state {
	int64_t id;
	bool loaded;
	struct production_sheet sheet;
};

static const struct production *
own(const struct state *st)
{
	return st->loaded ? page_row(&st->sheet.own, 0) : NULL;
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	struct production_sheet sheet;
	int rc = production_sheet(session_of(sc), st->id, &sheet);

	if (rc < 0)
		return rc;
	if (st->loaded)
		production_sheet_free(&st->sheet);
	st->sheet = sheet;
	st->loaded = true;
	return 0;
}

static int
open_card(struct screen *sc, const void *arg)
{
	const struct order_arg *a = arg;
	struct state *st = sc->state;

	st->id = a->id;
	return refresh(sc);
}

static void
close_card(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->loaded)
		production_sheet_free(&st->sheet);
}

static int
draw_top(struct canvas *c, struct rect r, const struct state *st)
{
	const struct production *p = own(st);
	enum style style = STYLE_DIM;
	char due[64];
	int x = r.x;

	x += canvas_text(c, r.y, x, r.w, STYLE_STRONG, p->production_no) + 2;
	x += canvas_text(c, r.y, x, r.x + r.w - x, STYLE_ACCENT,
		 production_state_text(p->state)) +
	     2;
	production_due(p, due, sizeof(due), &style);
	canvas_text(c, r.y, x, r.x + r.w - x, style, due);
	if (!st->sheet.changed)
		return 1;
	canvas_text(c, r.y + 1, r.x, r.w, STYLE_BAD,
	    _("! Corrected after it was placed: p places it anew."));
	return 2;
}

#define LABELS \
	{ \
		_("Item"), _("Qty"), _("Maker"), _("Due by"), \
		    _("Order number"), _("Shop"), _("Buyer"), _("Delivery"), \
		    _("Promised"), _("Agent"), _("Placed at"), _("Made at"), \
		    _("Ended at"), _("Note"), _("Remark"), _("Buyer says"), \
		    NULL \
	}

static void
some(struct facts *f, const char *label, const char *value)
{
	if (value[0] != '\0')
		fact(f, label, value, STYLE_TEXT);
}

static void
moment(struct facts *f, const char *label, int64_t at)
{
	char buf[64];

	if (at != 0)
		fact(f, label, show_moment(buf, sizeof(buf), at), STYLE_TEXT);
}

static int
draw_facts(struct canvas *c, struct rect r, const struct state *st)
{
	const struct production *p = own(st);
	const char *labels[] = LABELS;
	struct rect half = r;
	struct facts f, g;
	char buf[64];

	half.w = r.w / 2 - 2;
	facts_begin(&f, c, half, labels);
	fact(&f, _("Item"), p->item, STYLE_STRONG);
	fact(&f, _("Qty"), show_count(buf, sizeof(buf), p->qty), STYLE_STRONG);
	some(&f, _("Maker"), p->maker);
	some(&f, _("Note"), p->note);
	moment(&f, _("Placed at"), p->placed_at);
	moment(&f, _("Made at"), p->made_at);
	moment(&f, _("Ended at"), p->ended_at);
	half.x = r.x + r.w / 2;
	half.w = r.w - r.w / 2;
	facts_begin(&g, c, half, labels);
	fact(&g, _("Order number"), p->order_no, STYLE_TEXT);
	some(&g, _("Shop"), st->sheet.shop);
	some(&g, _("Buyer"), st->sheet.nick);
	some(&g, _("Agent"), p->agent);
	some(&g, _("Delivery"), st->sheet.delivery);
	moment(&g, _("Promised"), st->sheet.promised_at);
	f.y = f.y > g.y ? f.y : g.y;
	f.r = r;
	if (st->sheet.memo[0] != '\0')
		fact_wrap(&f, _("Remark"), st->sheet.memo, STYLE_WARN, 3);
	if (st->sheet.buyer_note[0] != '\0')
		fact_wrap(
		    &f, _("Buyer says"), st->sheet.buyer_note, STYLE_WARN, 3);
	return f.y - r.y;
}

/* What is to be made: the whole width, each with how it was typed. */
static void
draw_attrs(struct canvas *c, struct rect r, const struct page *attrs)
{
	const struct line_attr *a;
	char text[300];
	int y, w;
	size_t i;

	canvas_text(c, r.y, r.x, r.w, STYLE_ACCENT, _("Made to order as"));
	for (i = 0, y = r.y + 1; i < attrs->n && y < r.y + r.h; i++, y++) {
		a = page_row(attrs, i);
		canvas_text(c, y, r.x, 12, STYLE_DIM, a->title);
		if (a->state == ATTR_DIFFERS)
			snprintf(text, sizeof(text), "%s ≠ %s", a->words,
			    a->again_words);
		else
			copy_text(text, sizeof(text), a->words);
		w = canvas_text(c, y, r.x + 13, r.w - 32,
		    a->state == ATTR_DIFFERS ? STYLE_BAD : STYLE_STRONG, text);
		if (a->state != ATTR_AGREED && a->critical)
			canvas_text(c, y, r.x + 14 + w, r.w - 14 - w,
			    STYLE_WARN, attr_state_text(a->state));
	}
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct rect in = { r.y, r.x + 1, r.h, r.w - 2 };
	int bottom = r.y + r.h;

	if (!st->loaded)
		return;
	in.y += draw_top(c, in, st) + 1;
	in.h = bottom - in.y;
	in.y += draw_facts(c, in, st) + 1;
	in.h = bottom - in.y;
	if (in.h > 1)
		draw_attrs(c, in, &st->sheet.attrs);
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct production *))
{
	int rc = what(sc, own(sc->state));

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
cmd_type(struct screen *sc)
{
	return ui_open(sc->ui, "confirm",
	    &(struct order_arg){ .id = own(sc->state)->order_id });
}

static int
cmd_order(struct screen *sc)
{
	return ui_open(sc->ui, "order",
	    &(struct order_arg){ .id = own(sc->state)->order_id });
}

static int
cmd_history(struct screen *sc)
{
	const struct production *p = own(sc->state);

	return open_history(sc, "production", p->id, p->production_no);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	return production_label(cmd, own(sc->state));
}

static int
cmd_print(struct screen *sc)
{
	return act_print_by_id(sc, own(sc->state)->id, print_production);
}

static const struct cmd cmds[] = {
	{ "production-place", "p", N_("Place it"),
	    N_("Place it with a maker, or anew what was corrected"),
	    PERM_PRODUCTION_EDIT, 0, cmd_place },
	{ "production-type", "t", N_("Type in"),
	    N_("Type or confirm what is to be made"), PERM_ORDER_VIEW, 0,
	    cmd_type },
	{ "production-made", "m", N_("Made"), N_("The maker has made it"),
	    PERM_PRODUCTION_EDIT, 0, cmd_made },
	{ "production-receive", "r", N_("Take in"),
	    N_("Take the goods in, so that they can be shipped"),
	    PERM_PRODUCTION_EDIT, 0, cmd_receive },
	{ "production-of", "o", N_("Order"), N_("See the order"),
	    PERM_ORDER_VIEW, 0, cmd_order },
	{ "production-print", "P", N_("Print"),
	    N_("What is to be made, for its maker"), PERM_ORDER_VIEW, 0,
	    cmd_print },
	{ "production-cancel", "X", N_("Void"),
	    N_("Cancel it; its line is to be placed anew"),
	    PERM_PRODUCTION_EDIT, 0, cmd_cancel },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_production_order = {
	.name = "production-order",
	.title = N_("Production order"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_card,
	.close = close_card,
	.refresh = refresh,
	.draw = draw,
	.label = label,
};
