/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"

/* Changes to an order, and opening it again. */

/* What is given; NULL: it stays as it is. */
struct edit {
	const char *receiver, *phone, *province, *city, *district, *address;
	const char *postage, *discount;
	const char *delivery, *promised;
	const char *agent, *courier, *remark, *flag;
	struct arg_list prices; /* "LINE=YUAN" */
};

/* The order as it is now: each kind of change counts its version up. */
static int
card_now(struct cli *c, int64_t id, struct order_card *card)
{
	return order_card(c->s, id, card) != 0 ? cli_failed(c) : 0;
}

static bool
any_address(const struct edit *e)
{
	return e->receiver != NULL || e->phone != NULL || e->province != NULL ||
	       e->city != NULL || e->district != NULL || e->address != NULL;
}

static bool
any_money(const struct edit *e)
{
	return e->prices.n > 0 || e->postage != NULL || e->discount != NULL;
}

static bool
any_terms(const struct edit *e)
{
	return e->delivery != NULL || e->promised != NULL;
}

static bool
any(const struct edit *e)
{
	return any_address(e) || any_money(e) || any_terms(e) ||
	       e->agent != NULL || e->courier != NULL || e->remark != NULL ||
	       e->flag != NULL;
}

static int
put(struct cli *c, const char *what, char *dst, size_t size, const char *text)
{
	return text != NULL ? args_copy(c, what, dst, size, text) : 0;
}

static int
edit_address(struct cli *c, int64_t id, const struct edit *e)
{
	struct order_address a = { .name = "" };
	struct order_card card;
	int64_t version;
	int rc = card_now(c, id, &card);

	if (rc != 0)
		return rc;
	version = card.order.version;
	order_address_from(&a, &card.order);
	order_card_free(&card);
	if ((rc = put(c, "--receiver", a.name, sizeof(a.name), e->receiver)) !=
		0 ||
	    (rc = put(c, "--phone", a.phone, sizeof(a.phone), e->phone)) != 0 ||
	    (rc = put(c, "--province", a.province, sizeof(a.province),
		 e->province)) != 0 ||
	    (rc = put(c, "--city", a.city, sizeof(a.city), e->city)) != 0 ||
	    (rc = put(c, "--district", a.district, sizeof(a.district),
		 e->district)) != 0 ||
	    (rc = put(c, "--address", a.address, sizeof(a.address),
		 e->address)) != 0)
		return rc;
	return order_address(c->s, id, version, &a) != 0 ? cli_failed(c) : 0;
}

/* "2=45.00": the second line costs that. */
static int
take_price(struct cli *c, const char *text, struct order_price *p)
{
	char line[24];
	const char *eq = strchr(text, '=');

	if (eq == NULL || (size_t)(eq - text) >= sizeof(line))
		return cli_misused(
		    c, _("%s is no LINE=YUAN, such as 2=45.00"), text);
	memcpy(line, text, (size_t)(eq - text));
	line[eq - text] = '\0';
	if (args_count(c, "--price", line, &p->line_no) != 0)
		return CLI_USAGE;
	return args_money(c, "--price", eq + 1, &p->price);
}

static int
edit_money(struct cli *c, int64_t id, const struct edit *e)
{
	struct order_money m;
	struct order_card card;
	int64_t version;
	int rc = card_now(c, id, &card);
	size_t i;

	if (rc != 0)
		return rc;
	version = card.order.version;
	order_card_free(&card);
	if (order_money_read(c->s, id, &m) != 0)
		return cli_failed(c);
	/* Only what is named; other lines keep their prices. */
	m.n = e->prices.n;
	if (m.n > ORDER_PRICES)
		return cli_misused(
		    c, _("At most %d prices at once"), ORDER_PRICES);
	for (i = 0; i < m.n; i++)
		if ((rc = take_price(c, e->prices.v[i], &m.line[i])) != 0)
			return rc;
	if (e->postage != NULL &&
	    (rc = args_money(c, "--postage", e->postage, &m.postage)) != 0)
		return rc;
	if (e->discount != NULL &&
	    (rc = args_money(c, "--discount", e->discount, &m.discount)) != 0)
		return rc;
	return order_money(c->s, id, version, &m) != 0 ? cli_failed(c) : 0;
}

static int
edit_terms(struct cli *c, int64_t id, const struct edit *e)
{
	struct order_terms t;
	struct order_card card;
	int64_t version;
	int rc = card_now(c, id, &card);

	if (rc != 0)
		return rc;
	version = card.order.version;
	order_terms_from(&t, &card.order);
	order_card_free(&card);
	if (e->delivery != NULL)
		t.delivery = order_delivery_by_name(e->delivery);
	if (e->promised != NULL && e->promised[0] == '\0')
		t.promised = 0;
	else if (e->promised != NULL &&
		 day_parse(e->promised, time_day(time_now()), &t.promised) < 0)
		return cli_misused(
		    c, _("%s is no day, such as 2026-11-30"), e->promised);
	return order_terms(c->s, id, version, &t) != 0 ? cli_failed(c) : 0;
}

static int
edit_remark(struct cli *c, int64_t id, const struct edit *e)
{
	struct order_remark r = { .flag = 0 };
	struct order_card card;
	int64_t version;
	int rc = card_now(c, id, &card);

	if (rc != 0)
		return rc;
	version = card.order.version;
	r.flag = card.order.flag;
	rc = args_copy(c, "--remark", r.memo, sizeof(r.memo),
	    e->remark != NULL ? e->remark : card.order.memo);
	order_card_free(&card);
	if (rc == 0 && e->flag != NULL)
		rc = args_count(c, "--flag", e->flag, &r.flag);
	if (rc != 0)
		return rc;
	return order_remark(c->s, id, version, &r) != 0 ? cli_failed(c) : 0;
}

/* One after the other; the first that is refused ends it. */
static int
edit_all(struct cli *c, int64_t id, const struct edit *e)
{
	int rc = 0;

	if (any_address(e))
		rc = edit_address(c, id, e);
	if (rc == 0 && any_money(e))
		rc = edit_money(c, id, e);
	if (rc == 0 && any_terms(e))
		rc = edit_terms(c, id, e);
	if (rc == 0 && (e->remark != NULL || e->flag != NULL))
		rc = edit_remark(c, id, e);
	if (rc == 0 && e->agent != NULL && order_agent(c->s, id, e->agent) != 0)
		rc = cli_failed(c);
	if (rc == 0 && e->courier != NULL &&
	    order_courier(c->s, id, e->courier) < 0)
		rc = cli_failed(c);
	return rc;
}

int
order_verb_edit(struct cli *c, int argc, char **argv)
{
	struct edit e = { .receiver = NULL };
	const struct arg args[] = {
		{ .name = "--receiver", .value = &e.receiver },
		{ .name = "--phone", .value = &e.phone },
		{ .name = "--province", .value = &e.province },
		{ .name = "--city", .value = &e.city },
		{ .name = "--district", .value = &e.district },
		{ .name = "--address", .value = &e.address },
		{ .name = "--price", .list = &e.prices },
		{ .name = "--postage", .value = &e.postage },
		{ .name = "--discount", .value = &e.discount },
		{ .name = "--delivery", .value = &e.delivery },
		{ .name = "--promised", .value = &e.promised },
		{ .name = "--agent", .value = &e.agent },
		{ .name = "--courier", .value = &e.courier },
		{ .name = "--remark", .value = &e.remark },
		{ .name = "--flag", .value = &e.flag },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && !any(&e))
		rc = cli_misused(c, _("Say what is to be changed"));
	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0 && order_id(c, rest.v[0], &id) != 0)
		rc = cli_failed(c);
	if (rc == 0)
		rc = edit_all(c, id, &e);
	if (rc != 0)
		return rc;
	out_sentence(c, _("Order %s is changed"), rest.v[0]);
	order_told(c, id);
	return CLI_OK;
}

int
order_verb_reopen(struct cli *c, int argc, char **argv)
{
	const char *note = "";
	const struct arg args[] = {
		{ .name = "--note", .value = &note },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (order_id(c, rest.v[0], &id) != 0 ||
	    order_reopen(c->s, id, note) != 0)
		return cli_failed(c);
	out_sentence(c, _("Order %s is open again"), rest.v[0]);
	order_told(c, id);
	return CLI_OK;
}
