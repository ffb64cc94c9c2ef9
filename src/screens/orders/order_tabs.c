/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "order_tabs.h"
#include "order_view.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/tracking.h"

/* The parts of an order's card that are lists. */

/* clang-format off */
static const struct column line_columns[] = {
	{ "", 2, 0, 0, 0, 0 },
	{ N_("Items"), 18, 6, 0, COLUMN_ENDS, 0 },
	{ N_("SKU"), 10, 2, 0, 0, 0 },
	{ N_("Qty"), 5, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Pcs sent"), 8, 0, 5, COLUMN_RIGHT, 0 },
	{ N_("Price"), 9, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Paid"), 10, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Available"), 9, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Bin"), 8, 0, 4, 0, 0 },
	{ .title = NULL },
};
static const struct column parcel_columns[] = {
	{ N_("Waybill no."), 15, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Courier"), 10, 1, 0, 0, 0 },
	{ N_("Shipped at"), 10, 0, 0, 0, 0 },
	{ N_("State"), 11, 0, 0, 0, 0 },
	{ N_("Last news"), 12, 4, 0, 0, 0 },
	{ N_("Weight"), 9, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Hands"), 8, 2, 1, 0, 0 },
	{ N_("Slip"), 10, 0, 3, 0, 0 },
	{ N_("Part"), 4, 0, 6, COLUMN_RIGHT, 0 },
	{ N_("Freight"), 8, 0, 5, COLUMN_RIGHT, 0 },
	{ N_("Handed over"), 11, 0, 4, 0, 0 },
	{ .title = NULL },
};
static const struct column hold_columns[] = {
	{ N_("Reason"), 14, 1, 0, 0, 0 },
	{ N_("Since"), 11, 0, 0, 0, 0 },
	{ N_("By"), 8, 0, 2, 0, 0 },
	{ N_("Note"), 20, 3, 1, 0, 0 },
	{ N_("Cleared"), 11, 0, 0, 0, 0 },
	{ N_("Cleared by"), 10, 0, 3, 0, 0 },
	{ N_("Until"), 11, 0, 4, 0, 0 },
	{ .title = NULL },
};
static const struct column history_columns[] = {
	{ N_("When"), 11, 0, 0, 0, 0 },
	{ N_("Who"), 8, 1, 0, 0, 0 },
	{ N_("Action"), 14, 1, 0, 0, 0 },
	{ N_("Detail"), 10, 5, 1, 0, 0 },
	{ .title = NULL },
};
static const struct column payment_columns[] = {
	{ N_("Method"), 12, 1, 0, 0, 0 },
	{ N_("Amount"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("When"), 11, 0, 0, 0, 0 },
	{ N_("Number"), 16, 1, 2, 0, 0 },
	{ N_("By"), 8, 0, 3, 0, 0 },
	{ N_("Note"), 10, 3, 1, 0, 0 },
	{ .title = NULL },
};
static const struct column paper_columns[] = {
	{ N_("Number"), 12, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Paper"), 14, 1, 0, 0, 0 },
	{ N_("When"), 11, 0, 0, 0, 0 },
	{ N_("Amount"), 10, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("By"), 8, 0, 3, 0, 0 },
	{ N_("Note"), 10, 3, 1, 0, 0 },
	{ .title = NULL },
};
static const struct column link_columns[] = {
	{ N_("How"), 18, 1, 0, 0, 0 },
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("State"), 12, 1, 0, 0, 0 },
	{ N_("Pieces"), 6, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Paid"), 10, 0, 1, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
static const struct column attr_columns[] = {
	{ N_("Item"), 10, 2, 2, COLUMN_ENDS, 0 },
	{ N_("What"), 8, 1, 0, 0, 0 },
	{ N_("Typed"), 16, 3, 0, 0, 0 },
	{ N_("Second time"), 12, 3, 1, 0, 0 },
	{ N_("State"), 14, 0, 0, 0, 0 },
	{ N_("Typed by"), 8, 1, 3, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
line_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order_line *l = row;

	switch (col) {
	case 0:
		copy_text(buf, size,
		    l->variant_id == 0 ? "!"
		    : l->gift != 0     ? C_("sign", "G")
		    : l->kit == -1     ? C_("sign", "K")
				       : "");
		if (l->variant_id != 0)
			break;
		*style = STYLE_BAD;
		break;
	case 1:
		if (l->variant_id != 0)
			snprintf(buf, size, "%s%s", l->kit > 0 ? "└ " : "",
			    l->variant_name);
		else
			snprintf(buf, size, "%s %s", l->title, l->attrs);
		break;
	case 2:
		copy_text(buf, size,
		    l->variant_id != 0 ? l->sku_code : _("not mapped"));
		if (l->variant_id == 0)
			*style = STYLE_BAD;
		break;
	case 3:
		show_count(buf, size, l->qty);
		break;
	case 4:
		if (l->sent != 0)
			show_count(buf, size, l->sent);
		break;
	case 5:
		if (l->kit <= 0)
			show_money(buf, size, l->price);
		break;
	case 6:
		show_money_or_none(buf, size, l->paid);
		break;
	case 7:
		if (l->variant_id != 0)
			show_count(buf, size, l->available);
		if (l->available < 0)
			*style = STYLE_WARN;
		break;
	case 8:
		copy_text(buf, size, l->bin);
		break;
	}
}

/* Who picked, checked, packed and shipped it; each name once in a row. */
static void
hands(const struct order_parcel *p, char *buf, size_t size)
{
	const char *const who[] = { p->picker, p->checker, p->packer,
		p->shipper };
	const char *last = "";
	size_t i, len = 0;

	buf[0] = '\0';
	for (i = 0; i < sizeof(who) / sizeof(who[0]) && len < size; i++) {
		if (who[i][0] == '\0' || strcmp(who[i], last) == 0)
			continue;
		len += (size_t)snprintf(buf + len, size - len, "%s%s",
		    len > 0 ? " → " : "", who[i]);
		last = who[i];
	}
}

static void
parcel_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct card_parcel *c = row;
	const struct order_parcel *p = &c->own;

	switch (col) {
	case 0:
		copy_text(buf, size, p->waybill_no);
		break;
	case 1:
		copy_text(buf, size, p->courier);
		break;
	case 2:
		show_when(buf, size, p->shipped_at);
		break;
	case 3:
		if (p->track > TRACK_SIGNED)
			*style = STYLE_WARN;
		copy_text(buf, size, track_text(p->track));
		break;
	case 4:
		copy_text(buf, size, c->news);
		break;
	case 5:
		show_weight(buf, size, p->weight);
		break;
	case 6:
		hands(p, buf, size);
		break;
	case 7:
		copy_text(buf, size, p->slip_no);
		break;
	case 8:
		if (p->part != 0)
			show_count(buf, size, p->part);
		break;
	case 9:
		show_money_or_none(buf, size, p->freight);
		break;
	case 10:
		show_when(buf, size, p->handed_at);
		break;
	}
}

static void
hold_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order_hold *h = row;

	if (h->cleared_at == 0)
		*style = STYLE_BAD;
	switch (col) {
	case 0:
		copy_text(buf, size, order_hold_text(h->reason));
		break;
	case 1:
		show_when(buf, size, h->at);
		break;
	case 2:
		copy_text(buf, size, h->staff);
		break;
	case 3:
		copy_text(buf, size, h->note);
		break;
	case 4:
		if (h->cleared_at != 0)
			show_when(buf, size, h->cleared_at);
		else
			copy_text(buf, size, _("open"));
		break;
	case 5:
		copy_text(buf, size, h->cleared_by);
		break;
	case 6:
		show_when(buf, size, h->until_at);
		break;
	}
}

/* What is still due is not there yet. */
static void
payment_cell(
    const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order_entry *e = row;

	if (e->state == 0)
		*style = STYLE_WARN;
	switch (col) {
	case 0:
		copy_text(buf, size, payment_method_text(e->kind));
		break;
	case 1:
		show_money(buf, size, e->amount);
		break;
	case 2:
		show_when(buf, size, e->at);
		break;
	case 3:
		copy_text(buf, size, e->ref);
		break;
	case 4:
		copy_text(buf, size, e->staff);
		break;
	case 5:
		if (e->state == 0)
			snprintf(buf, size, _("due %s"), e->note);
		else
			copy_text(buf, size, e->note);
		break;
	}
}

static void
paper_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order_entry *e = row;

	if (e->state == 0)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, e->ref);
		break;
	case 1:
		copy_text(buf, size, document_kind_text(e->kind));
		break;
	case 2:
		show_when(buf, size, e->at);
		break;
	case 3:
		show_money_or_none(buf, size, e->amount);
		break;
	case 4:
		copy_text(buf, size, e->staff);
		break;
	case 5:
		if (e->state == 0)
			snprintf(buf, size, _("cancelled: %s"), e->note);
		break;
	}
}

static void
link_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order_link *l = row;

	switch (col) {
	case 0:
		copy_text(buf, size, order_link_text(l->how));
		break;
	case 1:
		copy_text(buf, size, l->order_no);
		break;
	case 2:
		copy_text(buf, size,
		    l->held ? _("On hold") : order_state_text(l->state));
		if (l->held)
			*style = STYLE_BAD;
		break;
	case 3:
		show_count(buf, size, l->qty);
		break;
	case 4:
		show_money_or_none(buf, size, l->paid);
		break;
	}
}

static void
attr_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct line_attr *a = row;

	if (a->state == ATTR_DIFFERS)
		*style = STYLE_BAD;
	else if (a->state != ATTR_AGREED && a->critical)
		*style = STYLE_WARN;
	switch (col) {
	case 0:
		copy_text(buf, size, a->item);
		break;
	case 1:
		copy_text(buf, size, a->title);
		break;
	case 2:
		copy_text(buf, size, a->words);
		break;
	case 3:
		copy_text(buf, size, a->again_words);
		break;
	case 4:
		copy_text(buf, size, attr_state_text(a->state));
		break;
	case 5:
		copy_text(buf, size, a->typist);
		break;
	}
}

/* The rows that the card holds, to a table's own page. */

static int
copy_window(const struct page *all, const size_t *texts, size_t ntexts,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	page_copy(out, all, texts, ntexts);
	return list_window(0, dir, from, limit, out);
}

static int
fetch_lines(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const size_t texts[] = {
		offsetof(struct order_line, title),
		offsetof(struct order_line, attrs),
		offsetof(struct order_line, sku_code),
		offsetof(struct order_line, variant_name),
		offsetof(struct order_line, listing_sku),
		offsetof(struct order_line, bin),
	};
	const struct screen *sc = arg;
	const struct card_state *st = sc->state;

	return copy_window(&st->card.lines, texts,
	    sizeof(texts) / sizeof(*texts), dir, from, limit, out);
}

/* What its courier told last; "" when that was nothing. */
static int
newest(struct session *s, int64_t parcel_id, struct arena *arena,
    const char **news)
{
	const struct track_event *e;
	struct page events;
	char when[TIME_SIZE];
	int rc = track_events(s, parcel_id, &events);

	*news = "";
	if (rc < 0)
		return rc;
	if (events.n > 0) {
		e = page_row(&events, 0);
		*news = arena_printf(arena, "%s %s",
		    show_when(when, sizeof(when), e->at), e->text);
	}
	page_free(&events);
	return 0;
}

static int
fetch_parcels(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct card_state *st = sc->state;
	const struct card_parcel *last = from;
	struct card_parcel *p;
	int rc = 0;
	size_t i;

	page_init(out, sizeof(*p), st->card.parcels.n);
	for (i = 0; rc == 0 && i < st->card.parcels.n; i++) {
		p = page_add(out);
		p->own = *(const struct order_parcel *)page_row(
		    &st->card.parcels, i);
		p->own.waybill_no =
		    arena_strdup(&out->arena, p->own.waybill_no);
		p->own.courier = arena_strdup(&out->arena, p->own.courier);
		p->own.picker = arena_strdup(&out->arena, p->own.picker);
		p->own.checker = arena_strdup(&out->arena, p->own.checker);
		p->own.packer = arena_strdup(&out->arena, p->own.packer);
		p->own.shipper = arena_strdup(&out->arena, p->own.shipper);
		p->own.slip_no = arena_strdup(&out->arena, p->own.slip_no);
		rc = newest(session_of(sc), p->own.id, &out->arena, &p->news);
	}
	if (rc < 0)
		page_free(out);
	else
		page_window(out, dir, last != NULL ? last->own.id : 0, limit);
	return rc;
}

static int
fetch_holds(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const size_t texts[] = {
		offsetof(struct order_hold, reason),
		offsetof(struct order_hold, note),
		offsetof(struct order_hold, staff),
		offsetof(struct order_hold, cleared_by),
	};
	const struct screen *sc = arg;
	const struct card_state *st = sc->state;

	return copy_window(&st->card.holds, texts,
	    sizeof(texts) / sizeof(*texts), dir, from, limit, out);
}

static int
fetch_entries(const struct page *all, enum page_dir dir, const void *from,
    size_t limit, struct page *out)
{
	static const size_t texts[] = {
		offsetof(struct order_entry, kind),
		offsetof(struct order_entry, ref),
		offsetof(struct order_entry, note),
		offsetof(struct order_entry, staff),
	};

	return copy_window(
	    all, texts, sizeof(texts) / sizeof(*texts), dir, from, limit, out);
}

static int
fetch_payments(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct card_state *st = sc->state;

	return fetch_entries(&st->more.payments, dir, from, limit, out);
}

static int
fetch_papers(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct card_state *st = sc->state;

	return fetch_entries(&st->more.documents, dir, from, limit, out);
}

static int
fetch_links(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const size_t texts[] = {
		offsetof(struct order_link, how),
		offsetof(struct order_link, order_no),
	};
	const struct screen *sc = arg;
	const struct card_state *st = sc->state;

	return copy_window(&st->more.links, texts,
	    sizeof(texts) / sizeof(*texts), dir, from, limit, out);
}

static int
fetch_attrs(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct card_state *st = sc->state;

	return list_window(
	    line_attrs(session_of(sc), st->id, out), dir, from, limit, out);
}

static int
fetch_history(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct card_state *st = sc->state;

	return audit_page(
	    session_of(sc), "order", st->id, dir, from, limit, out);
}

const struct card_part card_parts[CARD_MAX] = {
	[CARD_LINES] = { N_("Items"),
	    { line_columns, sizeof(struct order_line), fetch_lines, list_row_id,
		line_cell, N_("The file with the items is not imported yet."),
		NULL } },
	[CARD_PARCELS] = { N_("Parcels"),
	    { parcel_columns, sizeof(struct card_parcel), fetch_parcels,
		list_row_id, parcel_cell,
		N_("No parcel yet. p packs the order."), NULL } },
	[CARD_HOLDS] = { N_("Holds"),
	    { hold_columns, sizeof(struct order_hold), fetch_holds, list_row_id,
		hold_cell, N_("The order was never on hold."), NULL } },
	[CARD_HISTORY] = { N_("History"),
	    { history_columns, sizeof(struct audit_row), fetch_history,
		list_row_id, order_history_cell,
		N_("Nothing was done by hand yet."), NULL } },
	[CARD_PAYMENTS] = { N_("Money"),
	    { payment_columns, sizeof(struct order_entry), fetch_payments,
		list_row_id, payment_cell,
		N_("No payment is written down for this order. t writes one."),
		NULL } },
	[CARD_PAPERS] = { N_("Papers"),
	    { paper_columns, sizeof(struct order_entry), fetch_papers,
		list_row_id, paper_cell,
		N_("No paper was issued for this order. i issues one."),
		NULL } },
	[CARD_LINKS] = { N_("Linked"),
	    { link_columns, sizeof(struct order_link), fetch_links, list_row_id,
		link_cell, N_("This order has to do with no other."), NULL } },
	[CARD_ATTRS] = { N_("Custom"),
	    { attr_columns, sizeof(struct line_attr), fetch_attrs, list_row_id,
		attr_cell, N_("Nothing of this order is made to order."),
		NULL } },
};
