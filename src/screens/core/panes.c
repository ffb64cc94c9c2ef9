/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "panes.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "show.h"

static void
fact_count(struct facts *f, const char *label, int64_t n, enum style style)
{
	char buf[64];

	fact(f, label, show_count(buf, sizeof(buf), n), style);
}

static void
fact_money(struct facts *f, const char *label, int64_t fen)
{
	char buf[64];

	fact(f, label, show_money(buf, sizeof(buf), fen), STYLE_TEXT);
}

void
draw_variant_pane(
    struct session *s, struct canvas *c, struct rect r, const struct variant *v)
{
	const char *labels[] = { _("Product"), _("Barcodes"), _("On hand"),
		_("Reserved"), _("Available"), _("Bin"), _("Reorder at"),
		_("Fill up to"), _("Weight"), _("Price"), _("Cost"), _("Value"),
		NULL };
	struct facts f;
	char buf[64];
	int y = r.y;

	y += canvas_text(c, y, r.x, r.w, STYLE_STRONG, v->sku_code) > 0;
	y += canvas_wrap(
		 c, (struct rect){ y, r.x, 3, r.w }, STYLE_TEXT, v->name) +
	     1;
	facts_begin(&f, c, (struct rect){ y, r.x, r.y + r.h - y, r.w }, labels);
	fact_wrap(&f, labels[0], v->product, STYLE_TEXT, 3);
	fact_wrap(&f, labels[1], v->barcodes, STYLE_TEXT, 3);
	fact_count(&f, labels[2], v->on_hand, STYLE_STRONG);
	fact_count(&f, labels[3], v->reserved, STYLE_TEXT);
	fact_count(&f, labels[4], v->available,
	    v->available < 0 ? STYLE_BAD : STYLE_STRONG);
	fact(&f, labels[5], v->bin, STYLE_TEXT);
	fact_count(
	    &f, labels[6], v->reorder_at, v->low ? STYLE_WARN : STYLE_TEXT);
	fact_count(&f, labels[7], v->target_level, STYLE_TEXT);
	fact(&f, labels[8], show_weight(buf, sizeof(buf), v->weight),
	    STYLE_TEXT);
	fact_money(&f, labels[9], v->price);
	if (!session_may(s, PERM_COST_VIEW))
		return;
	fact_money(&f, labels[10], v->unit_cost);
	fact_money(&f, labels[11], v->value);
}

static int
draw_order_line(
    struct canvas *c, struct rect r, const struct order *o, enum style style)
{
	char when[64], paid[64];
	int x = r.x;

	canvas_text(c, r.y, x, 12, STYLE_DIM,
	    show_when(when, sizeof(when), o->created_at));
	x = r.x + 13;
	canvas_text(c, r.y, x, 10, style, show_state(o));
	canvas_right(c, r.y, x + 10, r.w - 23, STYLE_TEXT,
	    show_money_or_none(paid, sizeof(paid), o->paid));
	return canvas_ends(c, r.y + 1, r.x + 2, r.w - 2, STYLE_TEXT, o->goods);
}

void
draw_customer_pane(struct canvas *c, struct rect r, const struct customer *cu,
    const struct page *orders)
{
	const char *labels[] = { _("Receiver"), _("Phone"), _("Place"),
		_("Note"), NULL };
	int bottom = r.y + r.h;
	char place[300];
	struct facts f;
	size_t i;

	canvas_text(c, r.y, r.x, r.w, STYLE_STRONG,
	    cu->nick[0] != '\0' ? cu->nick : cu->name);
	facts_begin(&f, c, (struct rect){ r.y + 2, r.x, r.h - 2, r.w }, labels);
	fact(&f, labels[0], cu->name, STYLE_TEXT);
	fact(&f, labels[1], cu->phone, STYLE_TEXT);
	snprintf(place, sizeof(place), "%s %s", cu->province, cu->city);
	fact(&f, labels[2], place, STYLE_TEXT);
	if (cu->note[0] != '\0')
		fact_wrap(&f, labels[3], cu->note, STYLE_TEXT, 4);
	r.y = f.y + 1;
	for (i = 0; i < orders->n && r.y + 2 <= bottom; i++, r.y += 2) {
		const struct order *o = page_row(orders, i);

		draw_order_line(c, r, o, o->held ? STYLE_BAD : STYLE_TEXT);
	}
}
