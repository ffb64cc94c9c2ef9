/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "invoice.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What is done to one supplier's invoice. */

/* clang-format off */
#define HEAD struct invoice_edit
static const struct field head_fields[] = {
	{ FIELD_CHARS(HEAD, company, FIELD_TEXT, N_("Supplier"),
	    FIELD_REQUIRED), .hint = N_("name or its initials") },
	{ FIELD_CHARS(HEAD, invoice_no, FIELD_TEXT, N_("Invoice no."),
	    FIELD_REQUIRED), .hint = N_("theirs") },
	{ FIELD_NUM(HEAD, dated, FIELD_DATE, N_("Dated"), 0),
	    .hint = N_("empty: today") },
	{ FIELD_NUM(HEAD, due, FIELD_DATE, N_("Due on"), 0),
	    .hint = N_("empty: as agreed with the supplier") },
	{ FIELD_NUM(HEAD, freight, FIELD_MONEY, N_("Freight"), 0),
	    .hint = N_("yuan") },
	{ FIELD_NUM(HEAD, tax, FIELD_MONEY, N_("Tax"), 0),
	    .hint = N_("yuan") },
	{ FIELD_CHARS(HEAD, note, FIELD_TEXT, N_("Note"), 0) },
	{ .name = NULL },
};

#define LINE struct invoice_entry
static const struct field line_fields[] = {
	{ FIELD_NUM(LINE, qty, FIELD_COUNT, N_("Pieces"), 0),
	    .hint = N_("0: not on it") },
	{ FIELD_NUM(LINE, price, FIELD_MONEY, N_("Price"), 0),
	    .hint = N_("yuan each") },
	{ .name = NULL },
};

#define PAY struct supplier_pay_edit
static const struct field pay_fields[] = {
	{ FIELD_NUM(PAY, amount, FIELD_MONEY, N_("Amount"), FIELD_REQUIRED),
	    .hint = N_("yuan") },
	{ FIELD_CHARS(PAY, note, FIELD_TEXT, N_("Note"), 0) },
	{ .name = NULL },
};
/* clang-format on */

struct entry {
	struct screen *sc;
	struct invoice_edit e;
	struct page page; /* what is proposed */
	struct invoice_entry *lines;
	int64_t purchase_id, id;
};

static int
no_check(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return 0;
}

/* Of whom; what came from them is proposed. */
static int
propose(void *arg, const void *record)
{
	const struct invoice_edit *e = record;
	struct entry *en = arg;
	const struct invoice_line *l;
	struct session *s = session_of(en->sc);
	int64_t company_id;
	size_t i;
	int rc;

	page_free(&en->page);
	en->page = (struct page){ .n = 0 };
	if ((rc = company_by_name(s, e->company, &company_id)) < 0 ||
	    (rc = invoice_propose(s, company_id, en->purchase_id, &en->page)) <
		0)
		return rc;
	en->lines =
	    arena_alloc(&en->page.arena, (en->page.n + 1) * sizeof(*en->lines));
	for (i = 0; i < en->page.n; i++) {
		l = page_row(&en->page, i);
		en->lines[i] = (struct invoice_entry){ l->purchase_id,
			l->line_no, l->qty, l->price };
	}
	return 0;
}

/* Those that stand on it, kept. */
static int
enter(struct entry *en)
{
	struct invoice_entry *kept =
	    arena_alloc(&en->page.arena, (en->page.n + 1) * sizeof(*kept));
	size_t i, n = 0;

	for (i = 0; i < en->page.n; i++)
		if (en->lines[i].qty != 0)
			kept[n++] = en->lines[i];
	return invoice_add(session_of(en->sc), &en->e, kept, n, &en->id);
}

/* One more look at the lines: 1 they are so, 0 one was changed, -1 given up. */
static int
look(struct entry *en, int *at)
{
	const char **words =
	    arena_alloc(&en->page.arena, (en->page.n + 1) * sizeof(*words));
	int64_t sum = en->e.freight + en->e.tax;
	const struct invoice_line *l;
	char money[MONEY_SIZE];
	size_t i;

	for (i = 0; i < en->page.n; i++) {
		l = page_row(&en->page, i);
		sum += en->lines[i].qty * en->lines[i].price;
		words[i + 1] = arena_printf(&en->page.arena,
		    "%" PRId64 " × %s  %s  %s  %s", en->lines[i].qty,
		    money_show(en->lines[i].price, money), l->purchase_no,
		    l->sku_code, l->name);
	}
	words[0] = arena_printf(&en->page.arena,
	    _("Enter it: %s with freight and tax"), money_show(sum, money));
	*at = ui_pick(en->sc->ui,
	    _("What stands on it? Choose a line to "
	      "change it."),
	    words, en->page.n + 1, *at);
	if (*at <= 0)
		return *at < 0 ? -1 : 1;
	l = page_row(&en->page, (size_t)*at - 1);
	return ui_form(en->sc->ui, l->sku_code, line_fields,
		   &en->lines[*at - 1], no_check, NULL) < 0
		   ? -1
		   : 0;
}

int
act_invoice_new(
    struct screen *sc, const char *company, int64_t purchase_id, int64_t *id)
{
	struct entry en = { .sc = sc, .purchase_id = purchase_id };
	struct field fields[sizeof(head_fields) / sizeof(head_fields[0])];
	int rc, at = 0, looked = 0;

	memcpy(fields, head_fields, sizeof(fields));
	if (purchase_id != 0)
		fields[0].flags = FIELD_FIXED;
	copy_text(en.e.company, sizeof(en.e.company), company);
	rc = ui_form(
	    sc->ui, _("Supplier's invoice"), fields, &en.e, propose, &en);
	while (rc > 0 && (looked = look(&en, &at)) == 0)
		continue;
	if (rc > 0 && looked > 0 && (rc = enter(&en)) == 0) {
		*id = en.id;
		ui_say(sc->ui, _("PI-%06lld is entered."), (long long)en.id);
	}
	page_free(&en.page);
	return rc < 0 ? rc : 0;
}

static bool
ask_freight(struct screen *sc, const char *no, const struct invoice_freight *f)
{
	char asked[MONEY_SIZE], carried[MONEY_SIZE], open[MONEY_SIZE];

	money_show(f->asked, asked);
	money_show(f->carried, carried);
	if (f->open > 0)
		return ui_confirm(sc->ui, _("Post freight"),
		    _("%s: invoices ask for %s of freight, and the goods carry "
		      "%s.\nPut %s more on the goods that came?"),
		    no, asked, carried, money_show(f->open, open));
	return ui_confirm(sc->ui, _("Post freight"),
	    _("%s: invoices ask for %s of freight, but the goods carry "
	      "%s.\nTake %s off the goods that came?"),
	    no, asked, carried, money_show(-f->open, open));
}

static int
settle_freight(struct screen *sc, int64_t id, const char *no)
{
	struct session *s = session_of(sc);
	struct invoice_freight_said said;
	char amount[MONEY_SIZE], expense[MONEY_SIZE];
	struct invoice_freight f;
	int rc;

	if ((rc = invoice_freight(s, id, &f)) < 0 || f.open == 0 ||
	    !ask_freight(sc, no, &f))
		return rc;
	if ((rc = invoice_freight_post(s, id, &said)) < 0)
		return rc;
	if (said.expense != 0)
		ui_say(sc->ui,
		    _("%s: freight of %s; %s of it is an expense, as goods are "
		      "gone."),
		    said.nos, money_show(said.amount, amount),
		    money_show(said.expense, expense));
	else
		ui_say(sc->ui, _("%s: freight of %s is on the goods."),
		    said.nos, money_show(said.amount, amount));
	return 0;
}

int
act_invoice_freight(struct screen *sc, const struct invoice *v)
{
	char no[32];

	copy_text(no, sizeof(no), v->entry_no);
	return settle_freight(sc, v->id, no);
}

int
act_invoice_approve(struct screen *sc, const struct invoice *v)
{
	char no[32], reason[200] = "", label[120], money[MONEY_SIZE];
	int64_t id = v->id;
	int rc;

	copy_text(no, sizeof(no), v->entry_no);
	snprintf(label, sizeof(label), _("%s differs: why is it paid?"), no);
	if (v->state == INVOICE_DIFFERS
		? !ui_ask(sc->ui, label, reason, sizeof(reason))
		: !ui_confirm(sc->ui, _("Approve"),
		      _("Approve %s of %s for %s?"), no, v->company,
		      money_show(v->total, money)))
		return 0;
	if ((rc = invoice_approve(session_of(sc), id, reason)) < 0)
		return rc;
	ui_say(sc->ui, _("%s is approved."), no);
	return settle_freight(sc, id, no);
}

int
act_invoice_back(struct screen *sc, const struct invoice *v)
{
	char no[32], reason[200] = "", label[120];
	int64_t id = v->id;
	int rc;

	copy_text(no, sizeof(no), v->entry_no);
	snprintf(label, sizeof(label), _("%s: why is it taken back?"), no);
	if (!ui_ask(sc->ui, label, reason, sizeof(reason)))
		return 0;
	rc = invoice_back(session_of(sc), id, reason);
	if (rc == 0)
		ui_say(sc->ui, _("%s is taken back."), no);
	return rc;
}

static int
save_pay(void *arg, const void *record)
{
	int64_t id;

	return supplier_pay(arg, record, &id);
}

/* What lies with the supplier is used first; what is credited may go there. */
static int
pick_method(struct screen *sc, int64_t open, int64_t advance)
{
	const char *words[8];
	char left[120], money[MONEY_SIZE];
	size_t n;

	for (n = 0; supplier_pay_methods[n] != NULL; n++)
		words[n] = supplier_pay_text(supplier_pay_methods[n]);
	snprintf(left, sizeof(left),
	    _("out of the advance, of which %s are left"),
	    money_show(advance, money));
	if (open < 0)
		words[n - 1] = _("kept as an advance for the next invoice");
	else if (advance > 0)
		words[n - 1] = left;
	else
		n--;
	return ui_pick(sc->ui, _("How is it paid?"), words, n,
	    open < 0 || advance > 0 ? (int)n - 1 : 0);
}

int
act_invoice_pay(struct screen *sc, const struct invoice *v)
{
	struct supplier_pay_edit e = { .amount = v->open };
	int64_t advance;
	int at, rc;

	copy_text(e.entry_no, sizeof(e.entry_no), v->entry_no);
	rc = supplier_advance(session_of(sc), v->company_id, &advance);
	if (rc < 0)
		return rc;
	if ((at = pick_method(sc, v->open, advance)) < 0)
		return 0;
	copy_text(e.method, sizeof(e.method), supplier_pay_methods[at]);
	if (supplier_pay_methods[at + 1] == NULL && advance < e.amount)
		e.amount = advance;
	rc = ui_form(sc->ui, _("Pay a supplier"), pay_fields, &e, save_pay,
	    session_of(sc));
	if (rc > 0)
		ui_say(sc->ui, _("Paid: %s."), e.entry_no);
	return rc < 0 ? rc : 0;
}

const char *
invoice_label(const struct cmd *cmd, const struct invoice *v)
{
	const int64_t state = v != NULL ? v->state : INVOICE_ALL;

	if (strcmp(cmd->name, "invoice-approve") == 0)
		return state < INVOICE_APPROVED ? cmd->label : NULL;
	if (strcmp(cmd->name, "invoice-pay") == 0)
		return state == INVOICE_APPROVED && v->open != 0 ? cmd->label
								 : NULL;
	if (strcmp(cmd->name, "invoice-back") == 0)
		return state <= INVOICE_APPROVED ? cmd->label : NULL;
	return cmd->label;
}
