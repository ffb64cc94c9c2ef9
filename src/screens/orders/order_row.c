/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../money/payments.h"
#include "order_acts.h"
#include "order_tabs.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/tui/ui.h"

/* What can be done with a row of the card's lists; and what the card shows
 * beside the order itself. */

/* By whom it goes, or had best, and for how much; @name: who was said. */
static void
say_courier(struct card_state *st, const char *name, const struct page *quotes)
{
	const struct freight_quote *q = NULL;
	char fee[MONEY_SIZE];
	size_t i;

	for (i = 0; q == NULL && i < quotes->n; i++) {
		q = page_row(quotes, i);
		if (strcmp(q->courier, name) != 0)
			q = NULL;
	}
	if (q == NULL)
		copy_text(st->courier, sizeof(st->courier), name);
	else if (q->days > 0)
		snprintf(st->courier, sizeof(st->courier),
		    ngettext("%s %s, %d day", "%s %s, %d days",
			(unsigned long)q->days),
		    q->courier, money_show(q->fee, fee), (int)q->days);
	else
		snprintf(st->courier, sizeof(st->courier), "%s %s", q->courier,
		    money_show(q->fee, fee));
}

/* Where a courier has no price there is none to propose. */
static int
load_courier(struct session *s, struct card_state *st)
{
	const struct freight_goods g = { .order_id = st->id };
	struct page page = { 0 };
	char name[64];
	int rc;

	st->courier[0] = '\0';
	if ((rc = freight_propose(s, st->id, 0, name)) < 0 ||
	    (rc = freight_quote(s, &g, &page)) < 0)
		return rc == ERR_INVALID || rc == ERR_STATE ? 0 : rc;
	say_courier(st, name, &page);
	page_free(&page);
	return 0;
}

int
order_card_rest(struct session *s, struct card_state *st)
{
	struct page attrs;
	int rc = line_attrs(s, st->id, &attrs);

	if (rc < 0)
		return rc;
	st->nattrs = (int64_t)attrs.n;
	page_free(&attrs);
	return load_courier(s, st);
}

/* The item one is on, if it has no product; else the first such. */
int
order_row_map(struct screen *sc)
{
	struct card_state *st = sc->state;
	const struct order_line *l = table_selected(st->table[CARD_LINES]);
	struct map_arg arg;

	if (st->tab != CARD_LINES || l == NULL || l->variant_id != 0)
		return act_map(sc, &st->card.order);
	arg = (struct map_arg){
		.listing_id = l->listing_id,
		.title = l->title,
		.attrs = l->attrs,
		.code = l->listing_sku,
	};
	return ui_open(sc->ui, "map", &arg);
}

static const void *
row_of(const struct card_state *st)
{
	return table_selected(st->table[st->tab]);
}

/* All of a hold, for what is cut in the list. */
static int
tell_hold(struct screen *sc, const struct order_hold *h)
{
	struct str text = STR_INIT;
	char at[64], until[64] = "", cleared[64] = "";

	if (h->until_at != 0)
		show_moment(until, sizeof(until), h->until_at);
	if (h->cleared_at != 0)
		show_moment(cleared, sizeof(cleared), h->cleared_at);
	show_facts(
	    &text, (const char *const[]){ _("Since"),
		       show_moment(at, sizeof(at), h->at), _("By"), h->staff,
		       _("Note"), h->note, _("Until"), until, _("Cleared"),
		       cleared, _("Cleared by"), h->cleared_by, NULL });
	ui_tell(sc->ui, order_hold_text(h->reason), text.s);
	str_done(&text);
	return 0;
}

int
order_row_go(struct screen *sc)
{
	struct card_state *st = sc->state;
	const void *row = row_of(st);
	const struct card_parcel *p = row;
	const struct order_entry *e = row;
	const struct order_line *l = row;

	if (row == NULL)
		return 0;
	switch (st->tab) {
	case CARD_LINES:
		return l->variant_id != 0 ? scan_anywhere(sc, l->sku_code)
					  : order_row_map(sc);
	case CARD_PARCELS:
		return show_track_events(
		    sc, p->own.id, p->own.courier, p->own.waybill_no);
	case CARD_PAYMENTS:
		return e->state == 0 ? act_payment_receive(sc, e->id) : 0;
	case CARD_PAPERS:
		return act_document_print(sc, list_row_id(row));
	case CARD_LINKS:
		return ui_open(sc->ui, "order",
		    &(struct order_arg){ .id = list_row_id(row) });
	case CARD_ATTRS:
		return act_confirm(sc, &st->card.order);
	case CARD_HOLDS:
		return tell_hold(sc, row);
	case CARD_HISTORY:
		tell_entry(sc, row, st->card.order.order_no);
		break;
	case CARD_MAX:
		break;
	}
	return 0;
}

const char *
order_row_label(const struct card_state *st)
{
	const void *row = row_of(st);
	const struct order_line *l = row;
	const struct order_entry *e = row;

	if (row == NULL)
		return NULL;
	switch (st->tab) {
	case CARD_LINES:
		return l->variant_id != 0 ? N_("Stock") : N_("Map");
	case CARD_PARCELS:
		return N_("Events");
	case CARD_PAYMENTS:
		return e->state == 0 ? N_("It came") : NULL;
	case CARD_PAPERS:
		return N_("Print");
	case CARD_LINKS:
		return N_("Open");
	case CARD_ATTRS:
		return N_("Type in");
	case CARD_HOLDS:
	case CARD_HISTORY:
		return N_("Entry");
	case CARD_MAX:
		break;
	}
	return NULL;
}

const char *
order_row_undo_label(const struct card_state *st)
{
	if (st->tab == CARD_PAYMENTS)
		return st->more.payments.n > 0 ? N_("Take back") : NULL;
	return st->tab == CARD_PAPERS && st->more.documents.n > 0 ? N_("Void")
								  : NULL;
}

int
order_row_undo(struct screen *sc)
{
	struct card_state *st = sc->state;
	const struct order_entry *e = row_of(st);
	int rc = 0;

	if (e == NULL)
		return 0;
	if (st->tab == CARD_PAYMENTS)
		rc = act_payment_reverse(sc, e->id);
	else if (st->tab == CARD_PAPERS)
		rc = act_document_cancel(sc, e->id, e->ref);
	return rc;
}
