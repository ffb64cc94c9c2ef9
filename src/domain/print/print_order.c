/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"

#include "print_priv.h"

/* The papers of an order: the courier's label and the slip in the parcel. */

/* As platforms hide people: 张**, 138****5678. Whoever lives so gets nothing.
 */
static bool
is_hidden(const char *text)
{
	return strchr(text, '*') != NULL || strstr(text, "＊") != NULL;
}

static const char *
not_to_go(const struct print_order *o)
{
	if (o->held)
		return _("on hold");
	if (o->state == ORDER_UNPAID)
		return _("not paid");
	if (o->state == ORDER_CLOSED)
		return _("closed");
	return o->nlines == 0 ? _("its items are not imported") : NULL;
}

static const char *
no_label(const struct print_order *o)
{
	struct err err;

	if (o->receiver[0] == '\0' || o->address[0] == '\0')
		return _("no address");
	if (is_hidden(o->receiver) || is_hidden(o->phone) ||
	    is_hidden(o->address))
		return _("the platform masks the address");
	if (o->waybill[0] != '\0' &&
	    paper_encodes(PAPER_CODE128, o->waybill, 90, &err) < 0)
		return _("its waybill is no barcode");
	return not_to_go(o);
}

#define LEFT_EDGE 5
#define INNER     90

static void
put(struct printing *pr, int y, int h, int pt, bool bold, const char *text)
{
	const struct paper_style style = {
		.pt = pt, .min_pt = 8, .bold = bold
	};

	paper_text(pr->paper, (struct paper_box){ LEFT_EDGE, y, INNER, h },
	    &style, text);
}

/* What is in it, for the clerk: names as far as there is room. */
static void
label_goods(struct printing *pr, const struct print_order *o)
{
	const struct paper_style small = { .pt = 9, .one_line = true };
	int y = 124;
	size_t i;

	for (i = 0; i < o->nlines && y < 158; i++, y += 5) {
		const struct print_line *l = &o->lines[i];

		paper_text(pr->paper, (struct paper_box){ LEFT_EDGE, y, 78, 5 },
		    &small,
		    arena_printf(&pr->arena, "%s%s%s", l->name,
			l->attrs[0] != '\0' ? "  " : "", l->attrs));
		paper_text(pr->paper, (struct paper_box){ 84, y, 11, 5 },
		    &(const struct paper_style){
			.pt = 10, .align = PAPER_RIGHT, .bold = true },
		    arena_printf(&pr->arena, "×%" PRId64, l->qty));
	}
	if (i < o->nlines)
		paper_text(pr->paper, (struct paper_box){ LEFT_EDGE, y, 78, 5 },
		    &small,
		    arena_printf(&pr->arena, _("and %zu more"), o->nlines - i));
}

/* What the courier has to be paid at the door, and no less. */
static void
label_collect(struct printing *pr, const struct print_order *o)
{
	char amount[MONEY_SIZE];

	if (o->collect > 0)
		paper_text(pr->paper, (struct paper_box){ 46, 166, 49, 9 },
		    &(const struct paper_style){ .pt = 14,
			.min_pt = 9,
			.bold = true,
			.align = PAPER_RIGHT,
			.one_line = true },
		    arena_printf(&pr->arena, _("Collect ¥%s"),
			money_show(o->collect, amount)));
}

static void
label(struct printing *pr, const struct print_order *o)
{
	struct paper *p = pr->paper;
	const char *code = o->waybill[0] != '\0' ? o->waybill : o->order_no;

	paper_page(p);
	paper_frame(p, (struct paper_box){ 3, 3, 94, 174 }, 0.3);
	put(pr, 5, 9, 16, true,
	    o->courier[0] != '\0' ? o->courier : _("Courier: __________"));
	paper_text(p, (struct paper_box){ LEFT_EDGE, 15, INNER, 14 },
	    &(const struct paper_style){ .pt = 24,
		.min_pt = 12,
		.bold = true,
		.align = PAPER_CENTRE,
		.one_line = true },
	    arena_printf(&pr->arena, "%s %s", o->province, o->city));
	paper_line(p, 3, 30, 97, 30, 0.3);
	paper_code(p, (struct paper_box){ LEFT_EDGE, 32, INNER, 18 },
	    PAPER_CODE128, code);
	paper_text(p, (struct paper_box){ LEFT_EDGE, 51, INNER, 6 },
	    &(const struct paper_style){
		.pt = 12, .bold = true, .align = PAPER_CENTRE },
	    o->waybill[0] != '\0'
		? o->waybill
		: arena_printf(
		      &pr->arena, _("Order %s, no waybill yet"), o->order_no));
	paper_line(p, 3, 59, 97, 59, 0.3);
	put(pr, 61, 8, 15, true,
	    arena_printf(&pr->arena, "%s  %s", o->receiver, o->phone));
	put(pr, 70, 28, 14, true,
	    arena_printf(&pr->arena, "%s %s %s %s", o->province, o->city,
		o->district, o->address));
	paper_line(p, 3, 99, 97, 99, 0.3);
	paper_text(p, (struct paper_box){ LEFT_EDGE, 101, 64, 20 },
	    &(const struct paper_style){ .pt = 9, .min_pt = 8 },
	    arena_printf(&pr->arena, _("From %s\n%s"), o->shop, o->buyer_note));
	paper_code(
	    p, (struct paper_box){ 74, 100, 21, 21 }, PAPER_QR, o->order_no);
	paper_line(p, 3, 122, 97, 122, 0.3);
	label_goods(pr, o);
	paper_line(p, 3, 164, 97, 164, 0.3);
	put(pr, 166, 5, 9, false,
	    arena_printf(&pr->arena, _("Order no. %s"), o->order_no));
	label_collect(pr, o);
}

int
print_labels(struct session *s, const int64_t *orders, size_t n,
    const struct print_job *job, struct print_said *said)
{
	static const struct print_kind kind = {
		.stem = "labels",
		.title = N_("Labels"),
		.format = &paper_label,
		.one = label,
		.refused = no_label,
	};

	return print_orders(s, orders, n, &kind, job, said);
}

static const struct paper_col slip_cols[] = {
	{ .title = "", .width = 8, .flags = PAPER_TICK, .align = PAPER_CENTRE },
	{ .title = N_("Item") },
	{ .title = N_("SKU"), .width = 28 },
	{ .title = N_("Bin"), .width = 20, .flags = PAPER_ONE_LINE },
	{ .title = N_("Qty"), .width = 14, .align = PAPER_RIGHT },
};

static void
slip(struct printing *pr, const struct print_order *o)
{
	struct paper *p = pr->paper;
	char when[TIME_SIZE], amount[MONEY_SIZE];
	int64_t pieces = 0;
	size_t i;

	paper_section(p, NULL, o->order_no);
	paper_title(p, _("Packing slip"), o->order_no);
	paper_facts(p, 2);
	paper_fact(p, _("Shop"), o->shop);
	if (o->paid_at != 0)
		paper_fact(p, _("Paid at"), time_full(o->paid_at, when));
	paper_fact(p, _("Buyer"), o->nick);
	paper_fact(p, _("Receiver"), o->receiver);
	if (o->collect > 0)
		paper_fact(p, _("Cash on delivery"),
		    arena_printf(
			&pr->arena, "¥%s", money_show(o->collect, amount)));
	if (o->buyer_note[0] != '\0')
		paper_fact_wide(p, _("Buyer's note"), o->buyer_note);
	paper_table(p, slip_cols, sizeof(slip_cols) / sizeof(slip_cols[0]));
	for (i = 0; i < o->nlines; i++) {
		const struct print_line *l = &o->lines[i];

		pieces += l->qty;
		paper_row(
		    p, (const char *const[]){ "",
			   arena_printf(&pr->arena, "%s%s%s", l->name,
			       l->attrs[0] != '\0' ? "  " : "", l->attrs),
			   l->sku_code, l->bin,
			   arena_printf(&pr->arena, "%" PRId64, l->qty) });
	}
	paper_total(p, (const char *const[]){ NULL, _("In all"), "", "",
			   arena_printf(&pr->arena, "%" PRId64, pieces) });
	paper_table_end(p);
}

int
print_slips(struct session *s, const int64_t *orders, size_t n,
    const struct print_job *job, struct print_said *said)
{
	static const struct print_kind kind = {
		.stem = "slips",
		.title = N_("Packing slips"),
		.format = &paper_a5,
		.one = slip,
		.refused = not_to_go,
	};

	return print_orders(s, orders, n, &kind, job, said);
}
