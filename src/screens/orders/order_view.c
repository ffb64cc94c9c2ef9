/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/show.h"
#include "order_view.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

/* What has to happen before this hold is gone, and by whom. */
static const char *
hold_way_out(const struct session *s, const struct order_hold *h)
{
	bool unmapped = strcmp(h->reason, "unmapped") == 0;

	if (unmapped && session_may(s, PERM_PRODUCT_EDIT))
		return _("u maps the item to a product");
	if (unmapped)
		return _("the warehouse manager maps the item");
	if (session_may(s, PERM_ORDER_RELEASE))
		return _("r clears it");
	return _("an agent or the store manager clears it");
}

int
draw_order_holds(struct session *s, struct canvas *c, struct rect r,
    const struct order_card *card)
{
	const struct order_hold *h;
	char text[600], when[32], until[80], end[32];
	int y = 0;
	size_t i;

	for (i = 0; i < card->holds.n && y < r.h; i++) {
		h = page_row(&card->holds, i);
		if (h->cleared_at != 0)
			continue;
		show_when(when, sizeof(when), h->at);
		until[0] = '\0';
		if (h->until_at != 0)
			snprintf(until, sizeof(until), _(" · until %s"),
			    show_when(end, sizeof(end), h->until_at));
		snprintf(text, sizeof(text), "! %s%s%s — %s %s%s · %s",
		    order_hold_text(h->reason),
		    h->note[0] != '\0' ? C_("label", ": ") : "", h->note, when,
		    h->staff, until, hold_way_out(s, h));
		y += canvas_wrap(c, (struct rect){ r.y + y, r.x, r.h - y, r.w },
		    STYLE_BAD, text);
	}
	return y;
}

static void
facts_who(struct facts *f, const struct order *o)
{
	char qty[MONEY_SIZE];

	fact(f, _("Buyer"), o->nick[0] != '\0' ? o->nick : _("not named"),
	    o->nick[0] != '\0' ? STYLE_TEXT : STYLE_DIM);
	fact(f, _("Receiver"), o->receiver, STYLE_TEXT);
	fact(f, _("Phone"), o->phone, STYLE_TEXT);
	fact(f, _("Pieces"), show_count(qty, sizeof(qty), o->qty), STYLE_TEXT);
}

/* "goes with 1001" and "in 2 parts": what is out of the ordinary. */
static void
facts_parcel(struct facts *f, const struct order *o)
{
	char text[200], day[TIME_SIZE];

	if (o->lead_id != 0)
		snprintf(text, sizeof(text), _("goes with %s"), o->lead_no);
	else
		snprintf(text, sizeof(text),
		    ngettext("%d other goes with it", "%d others go with it",
			(unsigned long)o->followers),
		    (int)o->followers);
	if (o->lead_id != 0 || o->followers != 0)
		fact(f, _("Parcel"), text, STYLE_ACCENT);
	snprintf(text, sizeof(text), _("in %d parts"), (int)o->parts);
	if (o->parts != 0)
		fact(f, _("Parcel"), text, STYLE_ACCENT);
	if (o->delivery != DELIVERY_COURIER)
		fact(f, _("Delivery"), order_delivery_text(o->delivery),
		    STYLE_ACCENT);
	if (o->promised_at != 0)
		fact(f, _("Promised"), day_text(time_day(o->promised_at), day),
		    STYLE_TEXT);
	if (o->warehouse[0] != '\0')
		fact(f, _("Warehouse"), o->warehouse, STYLE_TEXT);
}

/* Where it comes from and how far it is. */
static void
facts_ours(struct facts *f, const struct order *o)
{
	if (o->origin != ORDER_PLATFORM)
		fact(
		    f, _("Origin"), order_origin_text(o->origin), STYLE_ACCENT);
	if (o->agent[0] != '\0')
		fact(f, _("Agent"), o->agent, STYLE_TEXT);
	if (o->cod != 0)
		fact(f, _("Payment"), _("cash on delivery"), STYLE_WARN);
	facts_parcel(f, o);
}

static void
facts_done(struct facts *f, const struct order *o)
{
	char text[300] = "";
	size_t len = 0;
	int64_t bit;

	for (bit = 1; order_done_text(bit) != NULL; bit *= 2) {
		if ((o->done & bit) == 0)
			continue;
		copy_text(text + len, sizeof(text) - len,
		    len > 0 ? C_("list", ", ") : "");
		len = strlen(text);
		copy_text(text + len, sizeof(text) - len, order_done_text(bit));
		len = strlen(text);
	}
	if (len > 0)
		fact_wrap(f, _("Done so far"), text, STYLE_TEXT, 2);
}

/* What may need several lines. */
static void
facts_long(struct facts *f, const struct order *o)
{
	char text[1200], flag[64];

	facts_done(f, o);
	fact_wrap(f, _("Address"), show_address(text, sizeof(text), o),
	    STYLE_TEXT, 4);
	if (o->buyer_note[0] != '\0')
		fact_wrap(f, _("Buyer says"), o->buyer_note, STYLE_WARN, 4);
	if (o->memo[0] == '\0' && o->flag == 0)
		return;
	snprintf(flag, sizeof(flag), o->flag != 0 ? "⚑ %s " : "%s",
	    flag_text(o->flag));
	snprintf(text, sizeof(text), "%s%s", flag, o->memo);
	fact_wrap(f, _("Remark"), text, STYLE_WARN, 4);
}

static void
facts_money(struct facts *f, const struct order *o)
{
	char buf[160], total[MONEY_SIZE], postage[MONEY_SIZE];

	if (o->postage != 0)
		snprintf(buf, sizeof(buf), _("%s, postage %s"),
		    money_show(o->total, total),
		    money_show(o->postage, postage));
	else
		show_money(buf, sizeof(buf), o->total);
	fact(f, _("To pay"), buf, STYLE_TEXT);
	fact(f, _("Paid"), show_money(buf, sizeof(buf), o->paid), STYLE_STRONG);
	if (o->refund != 0)
		fact(f, _("Refund"), show_money(buf, sizeof(buf), o->refund),
		    STYLE_WARN);
}

/* It goes to the floor before its money comes. */
static bool
goes_unpaid(const struct order *o)
{
	return o->cod != 0 || o->origin == ORDER_BUSINESS ||
	       o->origin == ORDER_REISSUE;
}

static void
facts_how(struct facts *f, const struct order *o)
{
	char buf[200], due[64];
	enum style style = STYLE_TEXT;

	snprintf(
	    buf, sizeof(buf), "%s · %s", platform_text(o->platform), o->shop);
	fact(f, _("Shop"), buf, STYLE_TEXT);
	fact(f, _("Ordered"), show_moment(buf, sizeof(buf), o->created_at),
	    STYLE_TEXT);
	if (o->goes_at != 0 && goes_unpaid(o))
		fact(f, _("Cleared at"),
		    show_moment(buf, sizeof(buf), o->goes_at), STYLE_TEXT);
	if (o->paid_at != 0)
		fact(f, _("Paid at"), show_moment(buf, sizeof(buf), o->paid_at),
		    STYLE_TEXT);
	show_due(due, sizeof(due), o, &style);
	if (due[0] != '\0')
		fact(f, _("Deadline"), due, style);
	if (o->shipped_at != 0)
		fact(f, _("Shipped at"),
		    show_moment(buf, sizeof(buf), o->shipped_at), STYLE_TEXT);
	if (o->finished_at != 0)
		fact(f, _("Finished at"),
		    show_moment(buf, sizeof(buf), o->finished_at), STYLE_TEXT);
	if (o->close_reason[0] != '\0')
		fact(f, _("Closed for"), o->close_reason, STYLE_TEXT);
	facts_money(f, o);
}

/* Every label there is, so that the values stand under each other. */
#define LABELS \
	{ \
		_("Buyer"), _("Receiver"), _("Phone"), _("Pieces"), \
		    _("Address"), _("Buyer says"), _("Remark"), _("Shop"), \
		    _("Ordered"), _("Paid at"), _("Cleared at"), \
		    _("Deadline"), _("Shipped at"), _("Finished at"), \
		    _("Closed for"), _("To pay"), _("Paid"), _("Refund"), \
		    _("Origin"), _("Agent"), _("Payment"), _("Parcel"), \
		    _("Delivery"), _("Promised"), _("Warehouse"), \
		    _("Done so far"), _("Proposed"), _("Courier"), NULL \
	}

int
draw_order_facts(struct canvas *c, struct rect r, const struct order_card *card,
    const char *courier)
{
	const char *labels[] = LABELS;
	struct facts left, right, rest;
	struct rect half = r;

	half.w = r.w / 2 - 2;
	facts_begin(&left, c, half, labels);
	facts_who(&left, &card->order);
	facts_ours(&left, &card->order);
	/* Somebody, or a rule, said by whom; else it is the cheapest. */
	if (courier[0] != '\0')
		fact(&left,
		    card->order.courier[0] != '\0' ? _("Courier")
						   : _("Proposed"),
		    courier, STYLE_TEXT);
	half.x = r.x + r.w / 2;
	half.w = r.w - r.w / 2;
	facts_begin(&right, c, half, labels);
	facts_how(&right, &card->order);
	rest = left;
	rest.r = r;
	rest.y = left.y > right.y ? left.y : right.y;
	facts_long(&rest, &card->order);
	return rest.y - r.y;
}

static int
pane_lines(struct canvas *c, struct rect r, const struct order_card *card)
{
	const struct order_line *l;
	char qty[40], n[MONEY_SIZE];
	size_t i;
	int y, in;

	for (i = 0, y = r.y; i < card->lines.n && y < r.y + r.h; i++, y++) {
		l = page_row(&card->lines, i);
		snprintf(qty, sizeof(qty), "× %s", count_show(l->qty, n));
		in = l->kit > 0 ? 2 : 0;
		canvas_ends(c, y, r.x + in, r.w - 8 - in,
		    l->variant_id != 0 ? STYLE_TEXT : STYLE_BAD,
		    l->variant_id != 0 ? l->variant_name : l->title);
		canvas_right(c, y, r.x + r.w - 7, 7, STYLE_STRONG, qty);
	}
	return y - r.y;
}

void
draw_order_pane(struct session *s, struct canvas *c, struct rect r,
    const struct order_card *card)
{
	const char *labels[] = LABELS;
	const struct order *o = &card->order;
	int bottom = r.y + r.h, w;
	struct facts f;

	w = canvas_text(c, r.y, r.x, r.w, STYLE_STRONG, o->order_no);
	canvas_right(c, r.y, r.x + w + 1, r.w - w - 1, STYLE_ACCENT,
	    o->held ? _("On hold") : order_state_text(o->state));
	r.y += 1;
	r.h -= 1;
	r.y += draw_order_holds(s, c, r, card) + 1;
	r.h = bottom - r.y;
	r.y += pane_lines(c, r, card) + 1;
	r.h = bottom - r.y;
	if (r.h <= 0)
		return;
	facts_begin(&f, c, r, labels);
	facts_who(&f, o);
	facts_ours(&f, o);
	facts_long(&f, o);
	facts_how(&f, o);
}

void
order_history_cell(
    const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct audit_row *a = row;

	(void)style;
	switch (col) {
	case 0:
		show_when(buf, size, a->at);
		break;
	case 1:
		copy_text(buf, size, a->staff);
		break;
	case 2:
		copy_text(buf, size, audit_op_text(a->op));
		break;
	case 3:
		show_detail(buf, size, a);
		break;
	}
}
