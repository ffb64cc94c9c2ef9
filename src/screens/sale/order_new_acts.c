/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "quotations.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* Orders once more, and grades: from the cards. */

/* The first lines; orders of more are sent again by "order reissue". */
#define FORM_LINES 8

struct again_form {
	char reason[200];
	int64_t qty[FORM_LINES];
};

struct again {
	struct session *s;
	int64_t id, made;
	size_t n;
	int64_t line_no[FORM_LINES];
};

static int
save_again(void *arg, const void *record)
{
	const struct again_form *f = record;
	struct order_reissue r = { .n = 0 };
	struct again *a = arg;
	size_t i;

	copy_text(r.reason, sizeof(r.reason), f->reason);
	for (i = 0; i < a->n; i++) {
		if (f->qty[i] == 0)
			continue;
		r.line[r.n].line_no = a->line_no[i];
		r.line[r.n++].qty = f->qty[i];
	}
	return order_reissue(a->s, a->id, &r, &a->made);
}

/* The reason, and a number for each item, called as it is. */
static void
again_fields(const struct order_card *card, struct again *a,
    struct again_form *form, struct field fields[FORM_LINES + 2],
    char labels[FORM_LINES][64])
{
	static const struct field reason = { FIELD_CHARS(struct again_form,
	    reason, FIELD_TEXT, N_("Why again?"), FIELD_REQUIRED) };
	/* cppcheck-suppress nullPointer */
	static const struct field qty = { FIELD_NUM(
	    struct order_price, price, FIELD_COUNT, N_("Pieces"), 0) };
	const struct order_line *l;
	size_t i;

	fields[0] = reason;
	for (i = 0; i < card->lines.n && a->n < FORM_LINES; i++) {
		l = page_row(&card->lines, i);
		if (l->variant_id == 0)
			continue;
		copy_text(labels[a->n], 64, l->sku_code);
		fields[a->n + 1] = qty;
		fields[a->n + 1].name = "qty";
		fields[a->n + 1].label = labels[a->n];
		fields[a->n + 1].offset =
		    offsetof(struct again_form, qty) + a->n * sizeof(int64_t);
		form->qty[a->n] = l->qty;
		a->line_no[a->n++] = l->line_no;
	}
	fields[a->n + 1] = (struct field){ .name = NULL };
}

int
act_reissue(struct screen *sc, int64_t order_id, const char *order_no)
{
	struct again a = { .s = session_of(sc), .id = order_id };
	struct field fields[FORM_LINES + 2];
	struct again_form form = { .reason = "" };
	char labels[FORM_LINES][64], title[128];
	struct ui *ui = sc->ui;
	struct order_card card;
	int rc = order_card(a.s, order_id, &card);

	if (rc < 0)
		return rc;
	again_fields(&card, &a, &form, fields, labels);
	order_card_free(&card);
	snprintf(
	    title, sizeof(title), _("Send %s again for nothing"), order_no);
	rc = ui_form(ui, title, fields, &form, save_again, &a);
	return rc <= 0
		   ? rc
		   : ui_open(ui, "order", &(struct order_arg){ .id = a.made });
}

int
act_copy(struct screen *sc, int64_t order_id)
{
	struct ui *ui = sc->ui;
	int64_t copy;
	int rc;

	if (!ui_confirm(ui, _("Copy"),
		_("Make an unpaid order of the same goods to the same hands?")))
		return 0;
	rc = order_copy(session_of(sc), order_id, &copy);
	return rc < 0 ? rc
		      : ui_open(ui, "order", &(struct order_arg){ .id = copy });
}

int
act_order_quotation(struct screen *sc, int64_t order_id)
{
	int64_t id;
	int rc = quotation_of_order(session_of(sc), order_id, &id);

	if (rc < 0)
		return rc;
	if (id == 0) {
		ui_say(sc->ui, "%s", _("This order was no quotation."));
		return 0;
	}
	return ui_open(sc->ui, "quotation", &(struct order_arg){ .id = id });
}

int
act_customer_grade(struct screen *sc, int64_t customer_id)
{
	const char *names[64];
	struct customer_grade g;
	struct page grades;
	size_t i, n = 0;
	int chosen, at = 0, rc;

	rc = customer_grade(session_of(sc), customer_id, &g);
	if (rc < 0 || (rc = grade_page(session_of(sc), &grades)) < 0)
		return rc;
	names[n++] = _("no grade");
	for (i = 0; i < grades.n && n < 64; i++) {
		const struct grade *each = page_row(&grades, i);

		/* The one that was paid for is offered. */
		if (strcmp(each->name, g.proposed) == 0)
			at = (int)n;
		names[n++] = each->name;
	}
	chosen = ui_pick(sc->ui, _("Grade"), names, n, at);
	if (chosen >= 0)
		rc = customer_grade_set(session_of(sc), customer_id,
		    chosen == 0 ? "" : names[chosen]);
	page_free(&grades);
	return rc;
}
