/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdio.h>

#include "../core/screens_priv.h"
#include "order_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/split.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* An order in two parcels, and in one again. */

/* The first lines; longer orders and more parts are for "order split". */
#define FORM_LINES 8

struct split_form {
	int64_t qty[FORM_LINES]; /* what goes in the second parcel */
};

struct splitting {
	struct session *s;
	int64_t id;
	size_t n;
	int64_t line_no[FORM_LINES];
	char warning[200];
};

static int
save_split(void *arg, const void *record)
{
	const struct split_form *f = record;
	struct split_piece pieces[FORM_LINES];
	struct splitting *sp = arg;
	size_t i, n = 0;

	for (i = 0; i < sp->n; i++)
		if (f->qty[i] != 0)
			pieces[n++] = (struct split_piece){ sp->line_no[i], 2,
				f->qty[i], NULL };
	return order_split(sp->s, sp->id, pieces, n, sp->warning);
}

/* A number for each item, called as it is. */
static void
split_fields(const struct order_card *card, struct splitting *sp,
    struct field fields[FORM_LINES + 1], char labels[FORM_LINES][64])
{
	/* cppcheck-suppress nullPointer */
	static const struct field qty = { FIELD_NUM(
	    struct order_price, price, FIELD_COUNT, N_("Pieces"), 0) };
	const struct order_line *l;
	size_t i;

	for (i = 0; i < card->lines.n && sp->n < FORM_LINES; i++) {
		l = page_row(&card->lines, i);
		if (l->variant_id == 0)
			continue;
		snprintf(labels[sp->n], 64, "%s ×%lld", l->sku_code,
		    (long long)l->qty);
		fields[sp->n] = qty;
		fields[sp->n].name = "qty";
		fields[sp->n].label = labels[sp->n];
		fields[sp->n].offset =
		    offsetof(struct split_form, qty) + sp->n * sizeof(int64_t);
		sp->line_no[sp->n++] = l->line_no;
	}
	fields[sp->n] = (struct field){ .name = NULL };
}

static int
unsplit(struct screen *sc, int64_t id, const char *no)
{
	int rc;

	if (!ui_confirm(sc->ui, _("Undo splitting"),
		_("Send order %s in one parcel again?"), no))
		return 0;
	if ((rc = order_unsplit(session_of(sc), id)) < 0)
		return rc;
	ui_say(sc->ui, _("Order %s goes in one parcel."), no);
	return 0;
}

int
act_split(struct screen *sc, const struct order *o)
{
	struct splitting sp = { .s = session_of(sc), .id = o->id };
	struct split_form form = { .qty = { 0 } };
	struct field fields[FORM_LINES + 1];
	char labels[FORM_LINES][64], no[64], title[128];
	struct order_card card;
	int rc;

	copy_text(no, sizeof(no), o->order_no);
	if (o->parts != 0)
		return unsplit(sc, sp.id, no);
	if ((rc = order_card(sp.s, sp.id, &card)) < 0)
		return rc;
	split_fields(&card, &sp, fields, labels);
	order_card_free(&card);
	snprintf(
	    title, sizeof(title), _("What of %s goes in a second parcel?"), no);
	rc = ui_form(sc->ui, title, fields, &form, save_split, &sp);
	if (rc > 0 && sp.warning[0] != '\0')
		ui_say(sc->ui, "%s", sp.warning);
	else if (rc > 0)
		ui_say(sc->ui, _("Order %s goes in two parcels."), no);
	return rc < 0 ? rc : 0;
}
