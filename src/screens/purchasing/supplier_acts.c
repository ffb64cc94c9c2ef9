/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receipts.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"
#include "supplier_acts.h"

/* What is done with a supplier. */

#define COMPANIES 200

int
pick_supplier(
    struct screen *sc, const char *title, int64_t *id, char *name, size_t size)
{
	static const struct company_filter suppliers = { .kinds =
							     COMPANY_SUPPLIER };
	const char *names[COMPANIES + 1];
	const struct company *co;
	struct page page;
	size_t i;
	int at, rc;

	rc = company_page(
	    session_of(sc), &suppliers, PAGE_FIRST, NULL, COMPANIES, &page);
	if (rc < 0)
		return rc;
	names[0] = _("All suppliers");
	for (i = 0; i < page.n; i++) {
		co = page_row(&page, i);
		names[i + 1] = co->name;
	}
	at = ui_pick(sc->ui, title, names, page.n + 1, 0);
	if (at >= 0) {
		co = at > 0 ? page_row(&page, (size_t)at - 1) : NULL;
		*id = co != NULL ? co->id : 0;
		copy_text(name, size, co != NULL ? co->name : "");
	}
	page_free(&page);
	return at >= 0;
}

/* Goods that go back. */
struct going {
	struct screen *sc;
	int64_t purchase_id;
	struct page page; /* what can */
	struct receipt_line *v;
	int64_t pieces, bad;
};

/* clang-format off */
#define LINE struct receipt_line
static const struct field line_fields[] = {
	{ FIELD_NUM(LINE, qty, FIELD_COUNT, N_("Pieces"), 0),
	    .hint = N_("that go back") },
	{ FIELD_NUM(LINE, bad, FIELD_COUNT, N_("Defective"), 0),
	    .hint = N_("of those") },
	{ .name = NULL },
};

#define PAY struct supplier_pay_edit
static const struct field advance_fields[] = {
	{ FIELD_CHARS(PAY, company, FIELD_TEXT, N_("Supplier"),
	    FIELD_REQUIRED), .hint = N_("name or its initials") },
	{ FIELD_NUM(PAY, amount, FIELD_MONEY, N_("Amount"), FIELD_REQUIRED),
	    .hint = N_("yuan") },
	{ FIELD_CHARS(PAY, note, FIELD_TEXT, N_("Note"), 0) },
	{ .name = NULL },
};
/* clang-format on */

static int
read_going(struct going *g)
{
	const struct returnable *r;
	size_t i;
	int64_t most;
	int rc = returnable_lines(session_of(g->sc), g->purchase_id, &g->page);

	if (rc < 0)
		return rc;
	g->v = arena_alloc(&g->page.arena, (g->page.n + 1) * sizeof(*g->v));
	for (i = 0; i < g->page.n; i++) {
		r = page_row(&g->page, i);
		most = r->received - r->returned;
		copy_text(g->v[i].code, sizeof(g->v[i].code), r->sku_code);
		g->v[i].bad = r->defective < most ? r->defective : most;
		g->v[i].qty = g->v[i].bad;
	}
	return 0;
}

/* The domain looks at all of them together. */
static int
no_check(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return 0;
}

static const char *
line_words(struct going *g, size_t i)
{
	const struct returnable *r = page_row(&g->page, i);
	char bad[40] = "";

	if (g->v[i].bad > 0)
		snprintf(
		    bad, sizeof(bad), _(" (%lld bad)"), (long long)g->v[i].bad);
	return arena_printf(&g->page.arena, "%lld%s / %lld  %s  %s",
	    (long long)g->v[i].qty, bad, (long long)(r->received - r->returned),
	    r->sku_code, r->name);
}

/* One more look: 1 they go so, 0 a line was changed, -1 given up. */
static int
look(struct going *g, int *at)
{
	const char **words =
	    arena_alloc(&g->page.arena, (g->page.n + 1) * sizeof(*words));
	size_t i;

	for (g->pieces = g->bad = 0, i = 0; i < g->page.n; i++) {
		g->pieces += g->v[i].qty;
		g->bad += g->v[i].bad;
		words[i + 1] = line_words(g, i);
	}
	words[0] = arena_printf(&g->page.arena,
	    ngettext("Send back: %lld piece, %lld of them defective",
		"Send back: %lld pieces, %lld of them defective",
		(unsigned long)g->pieces),
	    (long long)g->pieces, (long long)g->bad);
	*at =
	    ui_pick(g->sc->ui, _("What goes back? Choose a line to change it."),
		words, g->page.n + 1, *at);
	if (*at <= 0)
		return *at < 0 ? -1 : 1;
	i = (size_t)*at - 1;
	return ui_form(g->sc->ui, g->v[i].code, line_fields, &g->v[i], no_check,
		   NULL) < 0
		   ? -1
		   : 0;
}

/* 1 they went, 0 something is to be changed. */
static int
send(struct going *g)
{
	struct session *s = session_of(g->sc);
	struct receipt_line *lines =
	    arena_alloc(&g->page.arena, (g->page.n + 1) * sizeof(*lines));
	struct receipt_doc doc = { .purchase_id = g->purchase_id,
		.lines = lines };
	struct receipt_said said;
	size_t i;
	int rc;

	if (g->pieces == 0) {
		ui_complain(g->sc->ui, "%s",
		    _("Nothing goes back yet: choose a line and say how many "
		      "pieces."));
		return 0;
	}
	if (!ui_ask(g->sc->ui, _("Why do they go back?"), doc.note,
		sizeof(doc.note)))
		return 0;
	for (i = 0; i < g->page.n; i++)
		if (g->v[i].qty != 0 || g->v[i].bad != 0)
			lines[doc.n++] = g->v[i];
	if ((rc = supplier_return(s, &doc, &said)) < 0)
		return ui_failed(g->sc->ui, rc);
	ui_say(g->sc->ui, _("%s: %lld go back, %lld of them defective."),
	    said.slip_no, (long long)said.pieces, (long long)said.bad);
	return 1;
}

int
act_send_back(struct screen *sc, int64_t purchase_id)
{
	struct going g = { .sc = sc, .purchase_id = purchase_id };
	int rc, at = 0, looked = 0, sent = 0;

	if ((rc = read_going(&g)) < 0)
		return rc;
	if (g.page.n == 0)
		ui_complain(sc->ui, "%s",
		    _("Of this order nothing is here that could go back."));
	else
		while (sent == 0 && (looked = look(&g, &at)) >= 0)
			sent = looked > 0 ? send(&g) : 0;
	page_free(&g.page);
	return sent;
}

int
slip_purchase(
    struct screen *sc, const struct stock_slip *l, int64_t *purchase_id)
{
	*purchase_id = 0;
	return l->purchase_no[0] != '\0'
		   ? purchase_by_no(session_of(sc), l->purchase_no, purchase_id)
		   : 0;
}

/* "PO-12", "12", or a receipt's "IN-000034". */
static int
order_of(struct screen *sc, const char *no, int64_t *purchase_id)
{
	struct session *s = session_of(sc);
	struct page page;
	int64_t slip_id;
	int rc;

	if (strncasecmp(no, "IN-", 3) != 0)
		return purchase_by_no(s, no, purchase_id);
	if ((rc = stock_slip_by_no(s, no, &slip_id)) < 0 ||
	    (rc = slip_get(s, slip_id, &page)) < 0)
		return rc;
	rc = slip_purchase(sc, page_row(&page, 0), purchase_id);
	page_free(&page);
	return rc;
}

int
act_send_back_of(struct screen *sc)
{
	char no[32] = "";
	int64_t id;
	int rc;

	if (!ui_ask(sc->ui, _("Of which order (PO-) or receipt (IN-)?"), no,
		sizeof(no)))
		return 0;
	if ((rc = order_of(sc, no, &id)) < 0)
		return rc;
	if (id != 0)
		return act_send_back(sc, id);
	ui_complain(sc->ui, _("%s came without an order to a supplier."), no);
	return 0;
}

static int
save_pay(void *arg, const void *record)
{
	int64_t id;

	return supplier_pay(arg, record, &id);
}

int
act_pay_advance(struct screen *sc, const char *company)
{
	struct supplier_pay_edit e = { .amount = 0 };
	const char *words[8];
	size_t n;
	int at, rc;

	copy_text(e.company, sizeof(e.company), company);
	/* The last way is out of an advance. */
	for (n = 0; supplier_pay_methods[n + 1] != NULL; n++)
		words[n] = supplier_pay_text(supplier_pay_methods[n]);
	if ((at = ui_pick(sc->ui, _("How is it paid?"), words, n, 0)) < 0)
		return 0;
	copy_text(e.method, sizeof(e.method), supplier_pay_methods[at]);
	rc = ui_form(sc->ui, _("Pay in advance"), advance_fields, &e, save_pay,
	    session_of(sc));
	if (rc > 0)
		ui_say(sc->ui, _("Paid in advance: %s."), e.company);
	return rc;
}

int
act_unpay(struct screen *sc, const struct supplier_payment *p)
{
	char no[32], reason[200] = "", label[120];
	int64_t id = p->id, counter;
	int rc;

	copy_text(no, sizeof(no), p->payment_no);
	snprintf(label, sizeof(label), _("%s: why is it taken back?"), no);
	if (!ui_ask(sc->ui, label, reason, sizeof(reason)))
		return 0;
	if ((rc = supplier_unpay(session_of(sc), id, reason, &counter)) < 0)
		return rc;
	ui_say(sc->ui, _("%s is taken back by PP-%06lld."), no,
	    (long long)counter);
	return 1;
}
