/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/domain/contact.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/orders.h"

#define FIELD(name, label) \
	{ \
#name, label, REC_TEXT, offsetof(struct contact, name), NULL \
	}
static const struct rec_field contact_fields[] = {
	FIELD(nick, N_("Nick")),
	FIELD(name, N_("Name")),
	FIELD(phone, N_("Phone")),
	FIELD(province, N_("Province")),
	FIELD(city, N_("City")),
	FIELD(district, N_("District")),
	FIELD(address, N_("Address")),
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

/* @by turns what was typed into the id; @typed is what it is called in data. */
static int
reveal(struct cli *c, int argc, char **argv, const char *kind,
    const char *typed,
    int (*by)(struct session *s, const char *text, int64_t *id))
{
	struct page page = { 0 };
	struct arg_list rest;
	int64_t id = 0;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (by(c->s, rest.v[0], &id) != 0 ||
	    contact_reveal(c->s, kind, id, &page) != 0)
		return cli_failed(c);
	out_begin(c);
	if (!out_for_people(c))
		out_text(c, typed, NULL, rest.v[0]);
	out_record(c, contact_fields, page_row(&page, 0));
	out_end(c);
	page_free(&page);
	return CLI_OK;
}

static int
verb_order(struct cli *c, int argc, char **argv)
{
	return reveal(c, argc, argv, "order", "order_no", order_by_no);
}

static int
verb_customer(struct cli *c, int argc, char **argv)
{
	return reveal(c, argc, argv, "customer", "customer", customer_by_name);
}

const struct command reveal_verbs[] = {
	{ "order", "NO",
	    N_("Prints who gets the order, with phone and address."),
	    verb_order, NULL },
	{ "customer", "NICK|PHONE",
	    N_("Prints the customer's name, phone and newest address."),
	    verb_customer, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
