/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/orders.h"

/* Gifts: their rules, and what they give. */

struct rule_args {
	const char *gift, *qty, *paid, *sku, *pieces, *since, *until, *shop,
	    *place;
	bool each, once, alone, together, on, off;
};

#define RULE_ARGS(a) \
	{ .name = "--gift", .value = &(a).gift }, \
	    { .name = "--qty", .value = &(a).qty }, \
	    { .name = "--paid", .value = &(a).paid }, \
	    { .name = "--sku", .value = &(a).sku }, \
	    { .name = "--pieces", .value = &(a).pieces }, \
	    { .name = "--since", .value = &(a).since }, \
	    { .name = "--until", .value = &(a).until }, \
	    { .name = "--shop", .value = &(a).shop }, \
	    { .name = "--place", .value = &(a).place }, \
	    { .name = "--each", .flag = &(a).each }, \
	    { .name = "--once", .flag = &(a).once }, \
	    { .name = "--alone", .flag = &(a).alone }, \
	    { .name = "--together", .flag = &(a).together }, \
	    { .name = "--on", .flag = &(a).on }, \
	    { .name = "--off", .flag = &(a).off }, \
	{ \
		0 \
	}

/* A day, or "" for none. */
static int
take_day(struct cli *c, const char *what, const char *text, int64_t *day)
{
	if (text == NULL)
		return 0;
	if (text[0] == '\0')
		return *day = 0, 0;
	if (day_parse(text, time_day(time_now()), day) < 0)
		return cli_misused(c, _("%s is no day: %s"), what, text);
	return 0;
}

static int
take_texts(struct cli *c, const struct rule_args *a, struct gift_rule_edit *e)
{
	int rc = 0;

	if (a->gift != NULL)
		rc = args_copy(
		    c, "--gift", e->gift_sku, sizeof(e->gift_sku), a->gift);
	if (rc == 0 && a->sku != NULL)
		rc = args_copy(c, "--sku", e->sku, sizeof(e->sku), a->sku);
	if (rc == 0 && a->shop != NULL)
		rc = args_copy(c, "--shop", e->shop, sizeof(e->shop), a->shop);
	if (rc == 0)
		rc = take_day(c, "--since", a->since, &e->since);
	return rc != 0 ? rc : take_day(c, "--until", a->until, &e->until);
}

static int
take_numbers(struct cli *c, const struct rule_args *a, struct gift_rule_edit *e)
{
	int rc = 0;

	if (a->qty != NULL)
		rc = args_count(c, "--qty", a->qty, &e->gift_qty);
	if (rc == 0 && a->paid != NULL)
		rc = args_money(c, "--paid", a->paid, &e->min_paid);
	if (rc == 0 && a->pieces != NULL)
		rc = args_count(c, "--pieces", a->pieces, &e->min_qty);
	if (rc == 0 && a->place != NULL)
		rc = args_count(c, "--place", a->place, &e->seq);
	if (a->each || a->once)
		e->each_time = a->each;
	if (a->alone || a->together)
		e->alone = a->alone;
	if (a->on || a->off)
		e->active = a->on;
	return rc;
}

/* The rule of that name as it is, and its version; *id 0: there is none. */
static int
rule_find(struct cli *c, const char *name, int64_t *id, int64_t *version,
    struct gift_rule_edit *e)
{
	const struct gift_rule *g;
	struct page page;
	int rc = gift_rule_by_name(c->s, name, id);

	if (rc == ERR_NOTFOUND) {
		*id = 0;
		*e = (struct gift_rule_edit){ .gift_qty = 1, .active = true };
		return args_copy(c, "NAME", e->name, sizeof(e->name), name);
	}
	if (rc != 0 || gift_rule_get(c->s, *id, &page) != 0)
		return cli_failed(c);
	g = page_row(&page, 0);
	*version = g->version;
	gift_rule_edit_from(e, g);
	page_free(&page);
	return 0;
}

static int
verb_rule(struct cli *c, int argc, char **argv)
{
	struct rule_args a = { .gift = NULL };
	const struct arg args[] = { RULE_ARGS(a) };
	struct gift_rule_edit e;
	struct arg_list rest;
	int64_t id, version = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = rule_find(c, rest.v[0], &id, &version, &e);
	if (rc == 0)
		rc = take_texts(c, &a, &e);
	if (rc == 0)
		rc = take_numbers(c, &a, &e);
	if (rc != 0)
		return rc;
	if ((id == 0 ? gift_rule_add(c->s, &e, &id)
		     : gift_rule_save(c->s, id, version, &e)) != 0)
		return cli_failed(c);
	out_sentence(c, _("The rule %s is saved"), e.name);
	return CLI_OK;
}

static int
verb_again(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	bool all = false, changed = false;
	const struct arg args[] = { { .name = "--all", .flag = &all }, { 0 } };
	int64_t id, n = 0;
	int rc = args_parse(c, argc, argv, args, 0, 1, &rest);

	if (rc == 0 && all == (rest.n == 1))
		rc = cli_misused(c, _("Give the number of an order, or --all"));
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (all)
		rc = order_gifts_all(c->s, &n);
	else if ((rc = order_by_no(c->s, rest.v[0], &id)) == 0)
		rc = order_gifts(c->s, id, &changed);
	if (rc != 0)
		return cli_failed(c);
	n += changed;
	out_sentence(c,
	    ngettext("The gifts of %lld order are others now.",
		"The gifts of %lld orders are others now.", (unsigned long)n),
	    (long long)n);
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "changed", NULL, n);
		out_end(c);
	}
	return CLI_OK;
}

const struct command gift_verbs[] = {
	{ "rule",
	    "NAME [--gift SKU] [--qty N] [--paid AMOUNT] [--sku SKU] "
	    "[--pieces N] [--each|--once] [--since DAY] [--until DAY] "
	    "[--shop NAME] [--alone|--together] [--place N] [--on|--off]",
	    N_("Makes a rule of gifts, or changes what is given of one: what "
	       "is given, for how much paid, or for which product and how many "
	       "pieces of it."),
	    verb_rule, NULL },
	{ "again", "NO | --all",
	    N_("Works out an order's gifts anew, or those of all orders that "
	       "are paid and not sent."),
	    verb_again, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
