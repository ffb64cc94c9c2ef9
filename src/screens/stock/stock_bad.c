/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "stock_acts.h"

/* One slip for the products that are selected: what is broken or taken out of
 * each. */

#define LINES 12 /* as many as a form shows */

struct sheet {
	char reason[200], bin[NAME_ROOM];
	int64_t qty[LINES];
};

struct posting {
	struct session *s;
	enum stock_verb verb;
	size_t n;
	char sku[LINES][64], name[LINES][NAME_ROOM];
	int64_t pieces; /* that were posted */
};

static int
post(void *arg, const void *record)
{
	const struct sheet *sheet = record;
	struct posting *p = arg;
	struct stock_line lines[LINES] = { { .qty = 0 } };
	struct stock_doc doc = { .lines = lines };
	int64_t slip_id;
	size_t i;

	copy_text(doc.reason, sizeof(doc.reason), sheet->reason);
	for (p->pieces = 0, i = 0; i < p->n; i++) {
		struct stock_line *l = &lines[doc.n];

		if (sheet->qty[i] == 0)
			continue;
		copy_text(l->sku, sizeof(l->sku), p->sku[i]);
		copy_text(l->bin, sizeof(l->bin), sheet->bin);
		l->qty = sheet->qty[i];
		p->pieces += l->qty;
		doc.n++;
	}
	return stock_write(p->s, p->verb, &doc, &slip_id);
}

static int
read_goods(struct posting *p, const int64_t *ids)
{
	const struct variant *v;
	struct page page;
	size_t i;
	int rc;

	for (i = 0; i < p->n; i++) {
		if ((rc = variant_get(p->s, ids[i], &page)) < 0)
			return rc;
		v = page_row(&page, 0);
		copy_text(p->sku[i], sizeof(p->sku[i]), v->sku_code);
		copy_text(p->name[i], sizeof(p->name[i]), v->name);
		page_free(&page);
	}
	return 0;
}

/* clang-format off */
static const struct field head_fields[] = {
	{ FIELD_CHARS(struct sheet, reason, FIELD_TEXT, N_("Reason"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct sheet, bin, FIELD_TEXT, N_("Bin"), 0),
	    .hint = N_("empty: of itself") },
};
/* clang-format on */
#define HEAD (sizeof(head_fields) / sizeof(head_fields[0]))

static int
ask(struct screen *sc, struct posting *p, const char *title)
{
	struct field fields[HEAD + LINES + 1];
	struct sheet sheet = { .reason = "" };
	size_t i;
	int rc;

	memcpy(fields, head_fields, sizeof(head_fields));
	for (i = 0; i < p->n; i++)
		fields[HEAD + i] = (struct field){
			.name = "qty",
			.label = p->sku[i],
			.type = FIELD_COUNT,
			.offset = offsetof(struct sheet, qty) +
				  i * sizeof(sheet.qty[0]),
			.size = sizeof(sheet.qty[0]),
			.hint = p->name[i],
		};
	fields[HEAD + i] = (struct field){ .name = NULL };
	rc = ui_form(sc->ui, title, fields, &sheet, post, p);
	if (rc > 0)
		ui_say(sc->ui,
		    ngettext("%s: %lld piece is in the ledger.",
			"%s: %lld pieces are in the ledger.",
			(unsigned long)p->pieces),
		    title, (long long)p->pieces);
	return rc;
}

int
act_bad(struct screen *sc, int64_t variant_id)
{
	static const enum stock_verb verbs[] = { STOCK_DEFECT, STOCK_GOOD,
		STOCK_SCRAP, STOCK_ISSUE };
	const char *words[] = { _("Set aside as defective"), _("Good again"),
		_("Scrap"), _("Issue goods") };
	const struct list *l = sc->state;
	struct posting p = { .s = session_of(sc) };
	int64_t ids[LINES] = { variant_id };
	int at, rc;

	p.n = list_marked(sc);
	if (p.n > LINES) {
		ui_complain(sc->ui,
		    _("Select no more than %d products for one slip."), LINES);
		return 0;
	}
	if (p.n > 0)
		table_marked(l->table, ids, p.n);
	else
		p.n = 1;
	if ((rc = read_goods(&p, ids)) < 0)
		return rc;
	at = ui_pick(sc->ui, _("What becomes of these goods?"), words, 4, 0);
	if (at < 0)
		return 0;
	p.verb = verbs[at];
	return ask(sc, &p, words[at]);
}
