/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "sale_args.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/orders.h"

/* Orders that no platform brings. */

int
sale_line_read(struct cli *c, const char *text, struct sale_line *l)
{
	char *sku = arena_strdup(&c->arena, text), *qty, *price = NULL;
	int rc = 0;

	*l = (struct sale_line){ .qty = 1, .price = SALE_PRICE };
	if ((qty = strchr(sku, ':')) != NULL)
		*qty++ = '\0';
	if (qty != NULL && (price = strchr(qty, ':')) != NULL)
		*price++ = '\0';
	rc = args_copy(c, "--line", l->sku, sizeof(l->sku), sku);
	if (rc == 0 && qty != NULL)
		rc = args_count(c, "--line", qty, &l->qty);
	if (rc == 0 && price != NULL)
		rc = args_money(c, "--line", price, &l->price);
	return rc;
}

static int
take_lines(struct cli *c, const struct sale_args *a, struct sale *sale)
{
	size_t i;
	int rc = 0;

	if (a->lines.n > SALE_LINES)
		return cli_misused(
		    c, _("This is too much: %s"), a->lines.v[SALE_LINES]);
	for (i = 0; rc == 0 && i < a->lines.n; i++)
		rc = sale_line_read(c, a->lines.v[i], &sale->line[i]);
	if (a->lines.n > 0)
		sale->n = a->lines.n;
	return rc;
}

static int
take_buyer(struct cli *c, const struct sale_args *a, struct sale *sale)
{
	int64_t id;

	if (a->customer != NULL) {
		if (customer_by_name(c->s, a->customer, &id) != 0 ||
		    sale_from_customer(c->s, id, sale) != 0)
			return cli_failed(c);
	}
	if (a->to != NULL)
		address_read(a->to, &sale->to);
	return a->nick != NULL ? args_copy(c, "--nick", sale->nick,
				     sizeof(sale->nick), a->nick)
			       : 0;
}

int
sale_take(struct cli *c, const struct sale_args *a, struct sale *sale)
{
	int rc = take_buyer(c, a, sale);

	if (rc == 0 && a->shop != NULL)
		rc = args_copy(
		    c, "--shop", sale->shop, sizeof(sale->shop), a->shop);
	if (rc == 0 && a->note != NULL)
		rc = args_copy(
		    c, "--note", sale->note, sizeof(sale->note), a->note);
	if (rc == 0 && a->postage != NULL)
		rc = args_money(c, "--postage", a->postage, &sale->postage);
	return rc != 0 ? rc : take_lines(c, a, sale);
}

/* The new order's number. */
static int
made(struct cli *c, int64_t id)
{
	struct order_card card = { 0 };

	if (order_card(c->s, id, &card) != 0)
		return cli_failed(c);
	out_sentence(c, _("Order %s is made"), card.order.order_no);
	order_card_free(&card);
	order_told(c, id);
	return CLI_OK;
}

int
order_verb_add(struct cli *c, int argc, char **argv)
{
	struct sale_args a = { .customer = NULL };
	struct order_how how = { .terms = 0 };
	const char *terms = NULL;
	const struct arg args[] = {
		SALE_ARGS(a),
		{ .name = "--terms", .value = &terms },
		{ .name = "--business", .flag = &how.business },
		{ .name = "--cod", .flag = &how.cod },
		{ 0 },
	};
	struct sale sale = { .n = 0 };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = sale_take(c, &a, &sale);
	if (how.business)
		how.terms = TERMS_COMPANY;
	if (rc == 0 && terms != NULL)
		rc = args_count(c, "--terms", terms, &how.terms);
	if (rc != 0)
		return rc;
	return order_add(c->s, &sale, &how, &id) != 0 ? cli_failed(c)
						      : made(c, id);
}

int
order_verb_copy(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t id, copy;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = order_id(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	return order_copy(c->s, id, &copy) != 0 ? cli_failed(c) : made(c, copy);
}

/* "LINE[:QTY]": one piece when it is not said. */
static int
read_lines(struct cli *c, const struct arg_list *lines, struct order_reissue *r)
{
	size_t i;
	int rc = 0;

	if (lines->n > SALE_LINES)
		return cli_misused(
		    c, _("This is too much: %s"), lines->v[SALE_LINES]);
	for (i = 0; rc == 0 && i < lines->n; i++) {
		char *no = arena_strdup(&c->arena, lines->v[i]);
		char *qty = strchr(no, ':');

		if (qty != NULL)
			*qty++ = '\0';
		r->line[i].qty = 1;
		rc = args_count(c, "--line", no, &r->line[i].line_no);
		if (rc == 0 && qty != NULL)
			rc = args_count(c, "--line", qty, &r->line[i].qty);
	}
	r->n = lines->n;
	return rc;
}

int
order_verb_reissue(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL;
	struct arg_list rest, lines = { 0 };
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ .name = "--line", .list = &lines },
		{ 0 },
	};
	struct order_reissue r = { .n = 0 };
	int64_t id, again;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = args_copy(
		    c, "--reason", r.reason, sizeof(r.reason), reason);
	if (rc == 0)
		rc = read_lines(c, &lines, &r);
	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = order_id(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	return order_reissue(c->s, id, &r, &again) != 0 ? cli_failed(c)
							: made(c, again);
}
