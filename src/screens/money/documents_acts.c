/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "payments.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* Issue a paper about an order, cancel it, print it again. */

/* clang-format off */
static const struct field invoice_fields[] = {
	{ FIELD_CHARS(struct document_edit, title, FIELD_TEXT,
	    N_("Made out to"), 0), .hint = N_("empty: a person") },
	{ FIELD_CHARS(struct document_edit, tax_no, FIELD_TEXT,
	    N_("Tax number"), 0) },
	{ .name = NULL },
};
/* clang-format on */

struct issuing {
	struct session *s;
	int64_t order_id, id;
};

static int
issue(void *arg, const void *record)
{
	struct issuing *to = arg;

	return document_issue(to->s, to->order_id, record, &to->id);
}

#define KINDS 2

int
act_document_issue(struct screen *sc, const struct order *o)
{
	struct issuing to = { .s = session_of(sc), .order_id = o->id };
	struct document_edit e = { .title = "" };
	const char *words[KINDS];
	char title[128];
	int at, rc;

	for (at = 0; at < KINDS; at++)
		words[at] = document_kind_text(document_kinds[at]);
	snprintf(title, sizeof(title), _("Paper for %s"), o->order_no);
	at = ui_pick(sc->ui, title, words, KINDS, 0);
	if (at < 0)
		return 0;
	e.kind = document_kinds[at];
	rc = at == 0 ? issue(&to, &e)
		     : ui_form(sc->ui, title, invoice_fields, &e, issue, &to);
	if (rc < 0 || to.id == 0)
		return rc;
	return act_document_print(sc, to.id);
}

int
act_document_print(struct screen *sc, int64_t id)
{
	return act_print_by_id(sc, id, print_document);
}

int
act_document_cancel(struct screen *sc, int64_t id, const char *doc_no)
{
	char why[200] = "", no[32], label[200];
	int rc;

	copy_text(no, sizeof(no), doc_no);
	snprintf(label, sizeof(label), _("Why is %s cancelled?"), no);
	if (!ui_ask(sc->ui, label, why, sizeof(why)))
		return 0;
	if ((rc = document_cancel(session_of(sc), id, why)) < 0)
		return rc;
	ui_say(sc->ui, _("%s is cancelled."), no);
	return 0;
}
