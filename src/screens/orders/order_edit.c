/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "order_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/contact.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What agents change in an order, by forms. */

struct edit {
	struct session *s;
	int64_t id, version;
	char no[64];
};

static struct edit
edit_of(struct screen *sc, const struct order *o)
{
	struct edit e = {
		.s = session_of(sc), .id = o->id, .version = o->version
	};

	copy_text(e.no, sizeof(e.no), o->order_no);
	return e;
}

#define PART(m, label, flags) \
	FIELD_CHARS(struct order_address, m, FIELD_TEXT, label, flags)
static const struct field address_fields[] = {
	{ PART(name, N_("Receiver"), FIELD_REQUIRED) },
	{ PART(phone, N_("Phone"), FIELD_REQUIRED) },
	{ PART(province, N_("Province"), 0) },
	{ PART(city, N_("City"), 0) },
	{ PART(district, N_("District"), 0) },
	{ PART(address, N_("Address"), FIELD_REQUIRED) },
	{ .name = NULL },
};

static int
save_address(void *arg, const void *record)
{
	const struct edit *e = arg;

	return order_address(e->s, e->id, e->version, record);
}

int
act_address(struct screen *sc, const struct order *o)
{
	struct edit e = edit_of(sc, o);
	struct order_address form;
	char title[128];
	int rc;

	if (!contact_open(e.s)) {
		ui_complain(sc->ui, "%s",
		    _("Who may not see addresses may not change them."));
		return 0;
	}
	order_address_from(&form, o);
	snprintf(title, sizeof(title), _("Address of order %s"), e.no);
	rc = ui_form(sc->ui, title, address_fields, &form, save_address, &e);
	if (rc > 0)
		ui_say(sc->ui, _("The address of order %s is changed."), e.no);
	return rc < 0 ? rc : 0;
}

/* The first lines; orders of more are changed by "order edit". */
#define FORM_LINES 8

struct money_form {
	int64_t price[FORM_LINES];
	int64_t postage, discount;
};

struct money_edit {
	struct edit e;
	struct order_money money;
};

static int
save_money(void *arg, const void *record)
{
	const struct money_form *form = record;
	const struct money_edit *edit = arg;
	struct order_money m = edit->money;
	size_t i;

	for (i = 0; i < m.n; i++)
		m.line[i].price = form->price[i];
	m.postage = form->postage;
	m.discount = form->discount;
	return order_money(edit->e.s, edit->e.id, edit->e.version, &m);
}

/* A price for each item, called as it is. */
static size_t
price_fields(const struct order_card *card, struct field *fields,
    char labels[FORM_LINES][64])
{
	/* cppcheck-suppress nullPointer */
	static const struct field price = { FIELD_NUM(
	    struct order_price, price, FIELD_MONEY, N_("Price"), 0) };
	const struct order_line *l;
	size_t i, n = 0;

	for (i = 0; i < card->lines.n && n < FORM_LINES; i++) {
		l = page_row(&card->lines, i);
		if (l->kit > 0) /* the kit has the price */
			continue;
		copy_text(
		    labels[n], 64, l->variant_id != 0 ? l->sku_code : l->title);
		fields[n] = price;
		fields[n].label = labels[n];
		fields[n].offset =
		    offsetof(struct money_form, price) + n * sizeof(int64_t);
		n++;
	}
	return n;
}

static const struct field sum_fields[] = {
	{ FIELD_NUM(
	    struct money_form, postage, FIELD_MONEY, N_("Postage"), 0) },
	{ FIELD_NUM(
	    struct money_form, discount, FIELD_MONEY, N_("Discount"), 0) },
	{ .name = NULL },
};

static int
ask_money(
    struct screen *sc, struct money_edit *edit, const struct order_card *card)
{
	struct field fields[FORM_LINES + 3];
	char labels[FORM_LINES][64], title[128];
	struct money_form form;
	size_t i, n;

	n = price_fields(card, fields, labels);
	memcpy(fields + n, sum_fields, sizeof(sum_fields));
	if (edit->money.n > n)
		edit->money.n = n;
	for (i = 0; i < edit->money.n; i++)
		form.price[i] = edit->money.line[i].price;
	form.postage = edit->money.postage;
	form.discount = edit->money.discount;
	snprintf(title, sizeof(title), _("Prices of order %s"), edit->e.no);
	return ui_form(sc->ui, title, fields, &form, save_money, edit);
}

int
act_money(struct screen *sc, const struct order *o)
{
	struct money_edit edit = { .e = edit_of(sc, o) };
	struct order_card card;
	int rc;

	/* What nobody may change is refused before anything is typed. */
	if ((rc = order_money_read(edit.e.s, edit.e.id, &edit.money)) < 0 ||
	    (rc = order_money(
		 edit.e.s, edit.e.id, edit.e.version, &edit.money)) < 0 ||
	    (rc = order_card(edit.e.s, edit.e.id, &card)) < 0)
		return rc;
	rc = ask_money(sc, &edit, &card);
	order_card_free(&card);
	if (rc > 0)
		ui_say(sc->ui, _("The prices of order %s are changed."),
		    edit.e.no);
	return rc < 0 ? rc : 0;
}

struct terms_form {
	char delivery[64];
	int64_t promised;
};

static const struct field terms_fields[] = {
	{ FIELD_CHARS(
	      struct terms_form, delivery, FIELD_PICK, N_("Delivery"), 0),
	    .choices = order_deliveries },
	{ FIELD_NUM(struct terms_form, promised, FIELD_DATE,
	      N_("To be shipped by"), 0),
	    .hint = N_("empty: as for all orders") },
	{ .name = NULL },
};

static int
save_terms(void *arg, const void *record)
{
	const struct terms_form *form = record;
	struct order_terms terms = { .promised = form->promised };
	const struct edit *e = arg;
	int64_t i;

	for (i = 0; i < DELIVERY_MAX; i++)
		if (strcmp(order_deliveries[i], form->delivery) == 0)
			terms.delivery = i;
	return order_terms(e->s, e->id, e->version, &terms);
}

int
act_terms(struct screen *sc, const struct order *o)
{
	struct edit e = edit_of(sc, o);
	struct order_terms terms;
	struct terms_form form;
	char title[128];
	int rc;

	order_terms_from(&terms, o);
	copy_text(form.delivery, sizeof(form.delivery),
	    order_deliveries[terms.delivery]);
	form.promised = terms.promised;
	snprintf(title, sizeof(title), _("Delivery of order %s"), e.no);
	rc = ui_form(sc->ui, title, terms_fields, &form, save_terms, &e);
	if (rc > 0)
		ui_say(sc->ui, _("The delivery of order %s is agreed."), e.no);
	return rc < 0 ? rc : 0;
}

#define AGENTS 300

int
act_ask_agent(struct screen *sc, char *login, size_t size)
{
	const char *words[AGENTS + 1];
	const struct order_name *n;
	struct page page = { 0 };
	size_t i;
	int at, rc;

	rc = order_names(session_of(sc), CHOICE_AGENT, &page);
	if (rc < 0)
		return rc;
	words[0] = _("nobody");
	for (i = 0, n = page.rows; i < page.n && i < AGENTS; i++)
		words[i + 1] = n[i].name;
	at = ui_pick(sc->ui, _("Whose sale is it?"), words, i + 1, 0);
	copy_text(login, size, at > 0 ? n[at - 1].login : "");
	page_free(&page);
	return at >= 0;
}

int
act_agent(struct screen *sc, const struct order *o)
{
	struct edit e = edit_of(sc, o);
	char login[64];
	int rc = act_ask_agent(sc, login, sizeof(login));

	if (rc <= 0 || (rc = order_agent(e.s, e.id, login)) < 0)
		return rc;
	ui_say(sc->ui, _("The agent of order %s is set."), e.no);
	return 0;
}

#define COURIERS 300

int
act_ask_courier(struct screen *sc, char *name, size_t size)
{
	const char *words[COURIERS + 1];
	struct page page = { 0 };
	size_t i;
	int at, rc;

	if ((rc = courier_all(session_of(sc), &page)) < 0)
		return rc;
	words[0] = _("whom the rules choose");
	for (i = 0; i < page.n && i < COURIERS; i++)
		words[i + 1] =
		    ((const struct courier *)page_row(&page, i))->name;
	at = ui_pick(sc->ui, _("By whom does it go?"), words, i + 1, 0);
	copy_text(name, size, at > 0 ? words[at] : "");
	page_free(&page);
	return at >= 0;
}

int
act_courier(struct screen *sc, const struct order *o)
{
	struct edit e = edit_of(sc, o);
	char name[64];
	int rc = act_ask_courier(sc, name, sizeof(name));

	if (rc <= 0 || (rc = order_courier(e.s, e.id, name)) < 0)
		return rc;
	if (name[0] != '\0')
		ui_say(sc->ui, _("Order %s goes with %s."), e.no, name);
	else
		ui_say(
		    sc->ui, _("The rules choose by whom order %s goes."), e.no);
	return 0;
}

int
act_route(struct screen *sc, const struct order *o)
{
	struct edit e = edit_of(sc, o);
	int rc = order_route(e.s, e.id, "");

	if (rc < 0)
		return rc;
	ui_say(sc->ui,
	    rc > 0 ? _("Order %s goes from another warehouse now.")
		   : _("Order %s stays where it is: that warehouse is the "
		       "best."),
	    e.no);
	return 0;
}

int
act_merge_many(struct screen *sc, const int64_t *ids, size_t n)
{
	int rc;

	if (!ui_confirm(sc->ui, _("Merge"),
		ngettext("Send %zu order in one parcel?",
		    "Send %zu orders in one parcel?", n),
		n))
		return 0;
	if ((rc = order_merge(session_of(sc), ids, n)) < 0)
		return rc;
	ui_say(sc->ui,
	    ngettext("%zu order goes in one parcel.",
		"%zu orders go in one parcel.", n),
	    n);
	return 1;
}

int
act_merge(struct screen *sc, const struct order *o)
{
	struct edit e = edit_of(sc, o);
	int64_t ids[MERGE_MAX];
	size_t n = 0;
	int rc = merge_with(e.s, e.id, false, ids, &n);

	if (rc < 0)
		return rc;
	if (n < 2) {
		ui_say(sc->ui,
		    _("No other order could go in a parcel with %s."), e.no);
		return 0;
	}
	rc = act_merge_many(sc, ids, n);
	return rc < 0 ? rc : 0;
}

int
act_unmerge(struct screen *sc, const struct order *o)
{
	struct edit e = edit_of(sc, o);
	int rc;

	if (!ui_confirm(sc->ui, _("Undo merging"),
		_("Send order %s in a parcel of its own again?"), e.no))
		return 0;
	if ((rc = order_unmerge(e.s, e.id)) < 0)
		return rc;
	ui_say(sc->ui, _("Order %s goes in a parcel of its own."), e.no);
	return 0;
}
