/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "order_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What was shipped of an order has come back: into stock with it. */

#define LINES 12 /* as many as a form shows */

struct sheet {
	char reason[200], how[64], bin[NAME_ROOM];
	int64_t qty[LINES];
};

struct returning {
	struct session *s;
	int64_t order_id;
	struct page out; /* struct stock_out */
	size_t n;
	const char *how[3];
	int64_t pieces; /* that came back */
};

static int
save(void *arg, const void *record)
{
	const struct sheet *sheet = record;
	struct returning *r = arg;
	struct stock_line lines[LINES] = { { .qty = 0 } }, *l;
	struct stock_doc doc = { .lines = lines };
	const struct stock_out *out = r->out.rows;
	int64_t slip_id;
	size_t i;

	copy_text(doc.reason, sizeof(doc.reason), sheet->reason);
	for (r->pieces = 0, i = 0; i < r->n; i++) {
		if (sheet->qty[i] == 0)
			continue;
		l = &lines[doc.n++];
		copy_text(l->sku, sizeof(l->sku), out[i].sku_code);
		copy_text(l->bin, sizeof(l->bin), sheet->bin);
		l->qty = sheet->qty[i];
		l->bad = strcmp(sheet->how, r->how[1]) == 0;
		r->pieces += l->qty;
	}
	return stock_return(r->s, r->order_id, &doc, &slip_id);
}

/* clang-format off */
static const struct field head_fields[] = {
	{ FIELD_CHARS(struct sheet, reason, FIELD_TEXT, N_("Reason"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct sheet, how, FIELD_PICK, N_("Condition"), 0) },
	{ FIELD_CHARS(struct sheet, bin, FIELD_TEXT, N_("Bin"), 0),
	    .hint = N_("empty: of itself") },
};
/* clang-format on */
#define HEAD (sizeof(head_fields) / sizeof(head_fields[0]))

static int
ask(struct screen *sc, struct returning *r, const char *title)
{
	const struct stock_out *out = r->out.rows;
	struct field fields[HEAD + LINES + 1];
	struct sheet sheet = { .reason = "" };
	char hints[LINES][NAME_ROOM + 40];
	size_t i;

	memcpy(fields, head_fields, sizeof(head_fields));
	fields[1].choices = r->how;
	copy_text(sheet.how, sizeof(sheet.how), r->how[0]);
	for (i = 0; i < r->n; i++) {
		/* TRANSLATORS: how many were sent, of what */
		snprintf(hints[i], sizeof(hints[i]), _("of %lld: %s"),
		    (long long)out[i].qty, out[i].name);
		fields[HEAD + i] = (struct field){
			.name = "qty",
			.label = out[i].sku_code,
			.type = FIELD_COUNT,
			.offset = offsetof(struct sheet, qty) +
				  i * sizeof(sheet.qty[0]),
			.size = sizeof(sheet.qty[0]),
			.hint = hints[i],
		};
	}
	fields[HEAD + i] = (struct field){ .name = NULL };
	if (r->n == 1)
		sheet.qty[0] = out[0].qty;
	return ui_form(sc->ui, title, fields, &sheet, save, r);
}

int
act_order_return(struct screen *sc, int64_t order_id, const char *order_no)
{
	struct returning r = { .s = session_of(sc),
		.order_id = order_id,
		.how = {
		    _("good: sold again"), _("defective: set aside"), NULL } };
	char no[64], title[120];
	int rc = stock_returnable(r.s, order_id, &r.out);

	if (rc < 0)
		return rc;
	copy_text(no, sizeof(no), order_no);
	r.n = r.out.n < LINES ? r.out.n : LINES;
	snprintf(title, sizeof(title), _("What came back of %s"), no);
	if (r.n > 0)
		rc = ask(sc, &r, title);
	else
		ui_complain(sc->ui,
		    _("Nothing of %s is with the buyer: it was not shipped, or "
		      "all has come back."),
		    no);
	if (rc > 0)
		ui_say(sc->ui,
		    ngettext("%s: %lld piece is back in stock.",
			"%s: %lld pieces are back in stock.",
			(unsigned long)r.pieces),
		    no, (long long)r.pieces);
	page_free(&r.out);
	return rc < 0 ? rc : 0;
}
