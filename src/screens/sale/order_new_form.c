/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "order_new.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* The forms of the sheet on which a sale is written. */

static const char *const pays[] = { N_("first, as usual"),
	N_("at the door (COD)"), N_("a company, on account"), NULL };

struct buyer_form {
	char nick[NAME_ROOM], name[NAME_ROOM], phone[32], address[600];
	int64_t postage;
	char pay[64], channel[16];
	int64_t terms, valid_until;
	char shop[64], note[500];
};

#define FORM struct buyer_form
#define BUYER_FIELDS \
	{ FIELD_CHARS(FORM, nick, FIELD_TEXT, N_("Buyer"), 0), \
		.hint = N_("nick or phone of a customer fills in the rest") }, \
	    { FIELD_CHARS(FORM, address, FIELD_TEXT, N_("Address"), 0), \
		    .hint = N_("paste all of it: name, phone, address") }, \
	    { FIELD_CHARS(FORM, name, FIELD_TEXT, N_("Name"), 0) }, \
	    { FIELD_CHARS(FORM, phone, FIELD_TEXT, N_("Phone"), 0) }, \
	{ \
		FIELD_NUM(FORM, postage, FIELD_MONEY, N_("Postage"), 0) \
	}
#define LAST_FIELDS \
	{ FIELD_CHARS(FORM, shop, FIELD_TEXT, N_("Shop"), 0), \
		.hint = N_("empty: our own") }, \
	    { FIELD_CHARS(FORM, note, FIELD_TEXT, N_("Note"), 0) }, \
	{ \
		.name = NULL \
	}

static const struct field order_fields[] = {
	BUYER_FIELDS,
	{ FIELD_CHARS(FORM, pay, FIELD_PICK, N_("Settlement"), 0),
	    .choices = pays },
	{ FIELD_NUM(FORM, terms, FIELD_COUNT, N_("Days to pay"), 0),
	    .hint = N_("of a company; -1: as agreed with it") },
	LAST_FIELDS,
};

static const struct field quote_fields[] = {
	BUYER_FIELDS,
	{ FIELD_CHARS(FORM, channel, FIELD_PICK, N_("Channel"), 0),
	    .choices = reminder_channel_texts },
	{ FIELD_NUM(FORM, valid_until, FIELD_DATE, N_("Valid until"), 0),
	    .hint = N_("+7; empty: as the settings have it") },
	LAST_FIELDS,
};

/* A customer that is known: who it is, and where the last parcel went. */
static int
take_customer(struct session *s, const struct buyer_form *f, struct sale *sale)
{
	const char *who = f->nick[0] != '\0' ? f->nick : f->phone;
	int64_t id;

	sale->customer_id = 0;
	if (who[0] == '\0' || !session_may(s, PERM_CUSTOMER_VIEW) ||
	    customer_by_name(s, who, &id) < 0)
		return 0;
	if (f->address[0] != '\0' || f->name[0] != '\0') {
		sale->customer_id = id;
		return 0;
	}
	return sale_from_customer(s, id, sale);
}

static void
take_address(const struct buyer_form *f, struct order_address *to)
{
	struct order_address read = { .name = "" };

	copy_text(read.name, sizeof(read.name), f->name);
	copy_text(read.phone, sizeof(read.phone), f->phone);
	if (f->address[0] != '\0')
		address_read(f->address, &read);
	*to = read;
}

static void
take_pay(struct sheet *sh, const struct buyer_form *f)
{
	size_t i;

	sh->how.cod = strcmp(f->pay, pays[1]) == 0;
	sh->how.business = strcmp(f->pay, pays[2]) == 0;
	sh->how.terms = sh->how.business ? f->terms : 0;
	sh->e.channel[0] = '\0';
	for (i = 0; reminder_channels[i] != NULL; i++)
		if (strcmp(reminder_channel_texts[i], f->channel) == 0)
			copy_text(sh->e.channel, sizeof(sh->e.channel),
			    reminder_channels[i]);
	sh->e.valid_until = f->valid_until;
}

/* What is wrong is told when all of it is saved. */
static int
take_buyer(void *arg, const void *record)
{
	const struct buyer_form *f = record;
	struct screen *sc = arg;
	struct sheet *sh = sc->state;
	struct sale *sale = &sh->e.sale;

	copy_text(sale->nick, sizeof(sale->nick), f->nick);
	copy_text(sale->shop, sizeof(sale->shop), f->shop);
	copy_text(sale->note, sizeof(sale->note), f->note);
	sale->postage = f->postage;
	take_address(f, &sale->to);
	take_pay(sh, f);
	return take_customer(session_of(sc), f, sale);
}

static void
put_buyer(const struct sheet *sh, struct buyer_form *f)
{
	const struct sale *sale = &sh->e.sale;
	size_t i;

	*f = (struct buyer_form){ .postage = sale->postage,
		.terms = sh->how.business ? sh->how.terms : TERMS_COMPANY,
		.valid_until = sh->e.valid_until };
	copy_text(f->nick, sizeof(f->nick), sale->nick);
	copy_text(f->name, sizeof(f->name), sale->to.name);
	copy_text(f->phone, sizeof(f->phone), sale->to.phone);
	snprintf(f->address, sizeof(f->address), "%s%s%s%s", sale->to.province,
	    sale->to.city, sale->to.district, sale->to.address);
	copy_text(f->shop, sizeof(f->shop), sale->shop);
	copy_text(f->note, sizeof(f->note), sale->note);
	copy_text(f->pay, sizeof(f->pay),
	    pays[sh->how.cod        ? 1
		 : sh->how.business ? 2
				    : 0]);
	for (i = 0; reminder_channels[i] != NULL; i++)
		if (strcmp(reminder_channels[i], sh->e.channel) == 0)
			copy_text(f->channel, sizeof(f->channel),
			    reminder_channel_texts[i]);
}

int
act_sheet_buyer(struct screen *sc)
{
	struct sheet *sh = sc->state;
	struct buyer_form form;
	int rc;

	put_buyer(sh, &form);
	rc = ui_form(sc->ui, _("Buyer"),
	    sh->quote ? quote_fields : order_fields, &form, take_buyer, sc);
	if (rc <= 0)
		return rc;
	sh->changed = true;
	return sheet_reprice(sc);
}

struct line_form {
	char sku[64];
	int64_t qty;
	char price[32];
};

static const struct field line_fields[] = {
	{ FIELD_CHARS(
	      struct line_form, sku, FIELD_TEXT, N_("Item"), FIELD_REQUIRED),
	    .hint = N_("code, or words of its name") },
	{ FIELD_NUM(struct line_form, qty, FIELD_COUNT, N_("Pieces"), 0) },
	{ FIELD_CHARS(struct line_form, price, FIELD_TEXT, N_("Price"), 0),
	    .hint = N_("empty: as this buyer pays") },
	{ .name = NULL },
};

struct line_take {
	struct screen *sc;
	struct sheet_row row;
};

static int
take_line(void *arg, const void *record)
{
	const struct line_form *f = record;
	struct line_take *t = arg;
	struct sheet_row row = { .id = t->row.id, .qty = f->qty };
	struct sale_line line = { .qty = f->qty, .price = SALE_PRICE };
	int rc;

	row.typed = f->price[0] != '\0';
	/* What is no price is refused as one. */
	if (row.typed &&
	    (money_sum(f->price, &line.price) < 0 || line.price == SALE_PRICE))
		line.price = SALE_PRICE - 1;
	if ((rc = sale_line_check(session_of(t->sc), &line)) < 0)
		return rc;
	row.price = line.price;
	copy_text(row.sku, sizeof(row.sku), f->sku);
	if ((rc = act_product_code(t->sc, row.sku, sizeof(row.sku))) < 0)
		return rc;
	t->row = row;
	return sheet_price(t->sc, &t->row);
}

int
act_sheet_lines(struct screen *sc)
{
	const struct sheet *sh = sc->state;
	struct line_take t = { .sc = sc };
	struct line_form form;
	char title[128], total[40];
	int rc;

	do {
		show_money(total, sizeof(total), sheet_total(sh));
		snprintf(title, sizeof(title),
		    _("Next item; so far %zu for %s"), sh->n, total);
		form = (struct line_form){ .qty = 1 };
		t.row = (struct sheet_row){ .id = 0 };
		rc = ui_form(sc->ui, title, line_fields, &form, take_line, &t);
		if (rc > 0 && sheet_add(sc, &t.row) < 0)
			return ERR_DB;
	} while (rc > 0 && sh->n < SALE_LINES);
	return rc < 0 ? rc : 0;
}

int
act_sheet_line(struct screen *sc, struct sheet_row *row)
{
	struct line_take t = { .sc = sc, .row = *row };
	struct line_form form = { .qty = row->qty };
	struct sheet *sh = sc->state;
	char price[MONEY_SIZE];
	int rc;

	copy_text(form.sku, sizeof(form.sku), row->sku);
	if (row->typed)
		copy_text(form.price, sizeof(form.price),
		    money_plain(row->price, price));
	rc = ui_form(sc->ui, row->name, line_fields, &form, take_line, &t);
	if (rc <= 0)
		return rc;
	*row = t.row;
	sh->changed = true;
	return sheet_reprice(sc);
}
