/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "../core/screens_priv.h"
#include "confirm_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What is done to one production order. */

struct save {
	struct session *s;
	int64_t id;
};

/* clang-format off */
static const struct field place_fields[] = {
	{ FIELD_CHARS(struct production_edit, maker, FIELD_TEXT,
	    N_("Maker"), FIELD_REQUIRED) },
	{ FIELD_NUM(struct production_edit, due, FIELD_DATE,
	    N_("Due by"), 0), .hint = N_("empty: when the order must ship") },
	{ FIELD_CHARS(struct production_edit, note, FIELD_TEXT,
	    N_("Note"), 0) },
	{ .name = NULL },
};
/* clang-format on */

static int
save_place(void *arg, const void *record)
{
	const struct save *save = arg;

	return production_place(save->s, save->id, record);
}

int
act_place(struct screen *sc, const struct production *p)
{
	struct save save = { .s = session_of(sc), .id = p->id };
	struct production_edit edit = { .due = 0 };
	char title[100], no[32];
	int rc;

	copy_text(no, sizeof(no), p->production_no);
	copy_text(edit.maker, sizeof(edit.maker), p->maker);
	copy_text(edit.note, sizeof(edit.note), p->note);
	if (p->placed_at != 0 && p->due_at > time_now())
		edit.due = time_day(p->due_at);
	snprintf(title, sizeof(title), _("Place %s with its maker"), no);
	rc = ui_form(sc->ui, title, place_fields, &edit, save_place, &save);
	if (rc > 0)
		ui_say(sc->ui, _("%s is placed with %s."), no, edit.maker);
	return rc < 0 ? rc : 0;
}

/* The one that counts. */
int
act_place_line(struct screen *sc, int64_t order_id, int64_t line_no)
{
	const struct production *p, *found = NULL;
	struct page page;
	size_t i;
	int rc;

	if ((rc = production_open(session_of(sc), NULL)) < 0 ||
	    (rc = production_of_order(session_of(sc), order_id, &page)) < 0)
		return rc;
	for (i = 0; i < page.n; i++) {
		p = page_row(&page, i);
		if (p->line_no == line_no && p->state != PRODUCTION_CANCELLED)
			found = p;
	}
	if (found == NULL)
		ui_say(sc->ui, "%s",
		    _("The order is not paid, or nothing is made for it."));
	else
		rc = act_place(sc, found);
	page_free(&page);
	return rc;
}

int
act_made(struct screen *sc, const struct production *p)
{
	char no[32];
	int64_t id = p->id;
	int rc;

	copy_text(no, sizeof(no), p->production_no);
	if (!ui_confirm(sc->ui, _("Made"), _("Has %s made %s?"), p->maker, no))
		return 0;
	rc = production_made(session_of(sc), id);
	if (rc == 0)
		ui_say(sc->ui, _("%s is made; r takes it in."), no);
	return rc;
}

struct receive_form {
	int64_t cost;
};

/* clang-format off */
static const struct field receive_fields[] = {
	{ FIELD_NUM(struct receive_form, cost, FIELD_MONEY,
	    N_("Cost"), FIELD_REQUIRED), .hint = N_("yuan each") },
	{ .name = NULL },
};
/* clang-format on */

static int
save_receive(void *arg, const void *record)
{
	const struct save *save = arg;
	const struct receive_form *form = record;

	return production_receive(save->s, save->id, form->cost);
}

int
act_take_in(struct screen *sc, const struct production *p)
{
	struct save save = { .s = session_of(sc), .id = p->id };
	struct receive_form form = { .cost = 0 };
	char title[100], no[32];
	int rc;

	copy_text(no, sizeof(no), p->production_no);
	snprintf(title, sizeof(title), _("Take in the goods of %s"), no);
	rc = ui_form(sc->ui, title, receive_fields, &form, save_receive, &save);
	if (rc > 0)
		ui_say(sc->ui, _("The goods of %s are here."), no);
	return rc < 0 ? rc : 0;
}

int
act_production_cancel(struct screen *sc, const struct production *p)
{
	char no[32], reason[200] = "", label[100];
	int64_t id = p->id;
	int rc;

	copy_text(no, sizeof(no), p->production_no);
	snprintf(label, sizeof(label), _("%s: why is it cancelled?"), no);
	if (!ui_ask(sc->ui, label, reason, sizeof(reason)))
		return 0;
	rc = production_cancel(session_of(sc), id, reason);
	if (rc == 0)
		ui_say(sc->ui, _("%s is cancelled."), no);
	return rc;
}
