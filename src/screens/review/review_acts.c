/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../orders/order_acts.h"
#include "review_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

const char *const yes_no[] = { N_("yes"), N_("no"), NULL };

const char *
yes_text(bool yes)
{
	return yes_no[yes ? 0 : 1];
}

bool
is_yes(const char *text)
{
	return strcmp(text, yes_no[0]) == 0;
}

int
text_index(const char *const *texts, const char *text)
{
	int i;

	for (i = 0; texts[i] != NULL; i++)
		if (strcmp(texts[i], text) == 0)
			return i;
	return -1;
}

struct hold_form {
	char note[200];
	char until[40];
};

static const struct field hold_fields[] = {
	{ FIELD_CHARS(struct hold_form, note, FIELD_TEXT, N_("Note"), 0) },
	{ FIELD_CHARS(struct hold_form, until, FIELD_TEXT, N_("Until"), 0),
	    .hint = N_("+2h, 14:00, promised; empty: for good") },
	{ .name = NULL },
};

struct hold_save {
	struct session *s;
	int64_t id, until;
	const char *reason;
	bool reviewed;
};

static int
save_hold(void *arg, const void *record)
{
	const struct hold_form *form = record;
	struct hold_save *to = arg;
	int rc = order_hold_when(to->s, to->id, form->until, &to->until);

	if (rc < 0)
		return rc;
	return to->reviewed ? review_hold(to->s, to->id, to->reason, form->note,
				  to->until)
			    : order_hold_until(to->s, to->id, to->reason,
				  form->note, to->until);
}

int
act_hold_until(
    struct screen *sc, int64_t id, const char *order_no, bool reviewed)
{
	struct hold_save to = {
		.s = session_of(sc), .id = id, .reviewed = reviewed
	};
	struct hold_form form = { .note = "" };
	char title[160], no[64], when[40];
	int rc;

	copy_text(no, sizeof(no), order_no);
	to.reason = act_ask_reason(sc);
	if (to.reason == NULL)
		return 0;
	snprintf(title, sizeof(title), _("Hold order %s: %s"), no,
	    order_hold_text(to.reason));
	rc = ui_form(sc->ui, title, hold_fields, &form, save_hold, &to);
	if (rc <= 0)
		return rc;
	if (to.until == 0)
		ui_say(sc->ui, _("Order %s is on hold: %s."), no,
		    order_hold_text(to.reason));
	else
		ui_say(sc->ui, _("Order %s is on hold until %s: %s."), no,
		    show_when(when, sizeof(when), to.until),
		    order_hold_text(to.reason));
	return 1;
}
