/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "payments.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What people write down of money. */

struct pay_form {
	char order_no[64];
	char method[64]; /* in words */
	int64_t amount;
	int64_t at, due_at; /* days */
	char ref[64], note[500];
};

/* Of a known order all but the first. */
static const struct field pay_fields[] = {
	{ FIELD_CHARS(struct pay_form, order_no, FIELD_TEXT, N_("Order number"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct pay_form, method, FIELD_PICK, N_("Method"), 0),
	    .choices = payment_method_words },
	{ FIELD_NUM(struct pay_form, amount, FIELD_MONEY, N_("Amount"),
	      FIELD_REQUIRED),
	    .hint = N_("below nothing: it went back") },
	{ FIELD_NUM(struct pay_form, at, FIELD_DATE, N_("Came on"), FIELD_PAST),
	    .hint = N_("empty: now") },
	{ FIELD_NUM(
	      struct pay_form, due_at, FIELD_DATE, N_("To be paid by"), 0),
	    .hint = N_("an instalment that is still to come") },
	{ FIELD_CHARS(struct pay_form, ref, FIELD_TEXT, N_("Payment no."), 0) },
	{ FIELD_CHARS(struct pay_form, note, FIELD_TEXT, N_("Note"), 0) },
	{ .name = NULL },
};

struct pay_save {
	struct session *s;
	int64_t order_id; /* 0: by its number */
};

static int
save_payment(void *arg, const void *record)
{
	const struct pay_form *form = record;
	const struct pay_save *save = arg;
	struct payment_edit e = { .amount = form->amount };
	int64_t order = save->order_id, id;
	size_t i;
	int rc;

	if (order == 0 &&
	    (rc = order_by_no(save->s, form->order_no, &order)) < 0)
		return rc;
	for (i = 0; payment_methods[i] != NULL; i++)
		if (strcmp(payment_method_words[i], form->method) == 0)
			copy_text(
			    e.method, sizeof(e.method), payment_methods[i]);
	if (form->at != 0 && form->at != time_day(time_now()))
		e.at = day_start(form->at);
	if (form->due_at != 0)
		e.due_at = day_start(form->due_at + 1) - 1;
	copy_text(e.ref, sizeof(e.ref), form->ref);
	copy_text(e.note, sizeof(e.note), form->note);
	return payment_add(save->s, order, &e, &id);
}

/* What came by now, and what is left; *@open is that. */
static int
how_it_stands(
    struct session *s, int64_t order, char *buf, size_t size, int64_t *open)
{
	char came[MONEY_SIZE], left[MONEY_SIZE];
	struct payment_sums sums;
	int rc;

	if ((rc = payment_sums(s, order, &sums)) < 0)
		return rc;
	*open = sums.owed > sums.due ? sums.owed - sums.due : 0;
	snprintf(buf, size, _("%s came, %s is still owed"),
	    money_show(sums.received, came), money_show(sums.owed, left));
	return 0;
}

/* What a courier collects comes so. */
static void
usual_method(const struct order *o, char *words, size_t size)
{
	size_t i = 0;

	while (o != NULL && o->cod != 0 && payment_methods[i] != NULL &&
	       strcmp(payment_methods[i], "cod") != 0)
		i++;
	copy_text(words, size, payment_method_words[i]);
}

int
act_payment_add(struct screen *sc, const struct order *o)
{
	struct pay_save save = { session_of(sc), o != NULL ? o->id : 0 };
	struct pay_form form = { .amount = 0 };
	char title[200], stands[120];
	int rc = 0;

	usual_method(o, form.method, sizeof(form.method));
	copy_text(title, sizeof(title), _("A payment"));
	if (o != NULL) {
		rc = how_it_stands(
		    save.s, o->id, stands, sizeof(stands), &form.amount);
		snprintf(title, sizeof(title), _("Payment for %s: %s"),
		    o->order_no, stands);
	}
	if (rc < 0)
		return rc;
	rc = ui_form(sc->ui, title, pay_fields + (o != NULL), &form,
	    save_payment, &save);
	if (rc <= 0)
		return rc;
	if (o == NULL &&
	    (rc = order_by_no(save.s, form.order_no, &save.order_id)) < 0)
		return rc;
	if ((rc = how_it_stands(save.s, save.order_id, stands, sizeof(stands),
		 &form.amount)) < 0)
		return rc;
	ui_say(sc->ui, _("The payment is kept: %s."), stands);
	return 0;
}

int
act_payment_receive(struct screen *sc, int64_t id)
{
	char no[64] = "";
	int rc;

	if (!ui_ask(sc->ui, _("Its number, if it has one:"), no, sizeof(no)))
		return 0;
	if ((rc = payment_receive(session_of(sc), id, 0, no)) < 0)
		return rc;
	ui_say(sc->ui, "%s", _("The payment came."));
	return 0;
}

int
act_payment_reverse(struct screen *sc, int64_t id)
{
	char why[200] = "";
	int64_t counter;
	int rc;

	if (!ui_ask(
		sc->ui, _("Why is the payment cancelled?"), why, sizeof(why)))
		return 0;
	if ((rc = payment_reverse(session_of(sc), id, why, &counter)) < 0)
		return rc;
	ui_say(sc->ui, "%s", _("The payment is cancelled by a counter-entry."));
	return 0;
}
