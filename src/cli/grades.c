/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/grades.h"

/* Grades of members, and what they pay. */

/* The grade of that name as it is; *id 0: there is none. */
static int
grade_find(struct cli *c, const char *name, int64_t *id, int64_t *version,
    struct grade_edit *e)
{
	const struct grade *g;
	struct page page;
	int rc = grade_by_name(c->s, name, id);

	if (rc == ERR_NOTFOUND) {
		*id = 0;
		*e = (struct grade_edit){ .permille = 1000 };
		return args_copy(c, "NAME", e->name, sizeof(e->name), name);
	}
	if (rc != 0 || grade_get(c->s, *id, &page) != 0)
		return cli_failed(c);
	g = page_row(&page, 0);
	*version = g->version;
	grade_edit_from(e, g);
	page_free(&page);
	return 0;
}

static int
verb_set(struct cli *c, int argc, char **argv)
{
	const char *paid = NULL, *permille = NULL, *name = NULL;
	const struct arg args[] = {
		{ .name = "--paid", .value = &paid },
		{ .name = "--permille", .value = &permille },
		{ .name = "--name", .value = &name },
		{ 0 },
	};
	struct grade_edit e;
	struct arg_list rest;
	int64_t id, version = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = grade_find(c, rest.v[0], &id, &version, &e);
	if (rc == 0 && paid != NULL)
		rc = args_money(c, "--paid", paid, &e.from_paid);
	if (rc == 0 && permille != NULL)
		rc = args_count(c, "--permille", permille, &e.permille);
	if (rc == 0 && name != NULL)
		rc = args_copy(c, "--name", e.name, sizeof(e.name), name);
	if (rc != 0)
		return rc;
	if ((id == 0 ? grade_add(c->s, &e, &id)
		     : grade_save(c->s, id, version, &e)) != 0)
		return cli_failed(c);
	out_sentence(c, _("The grade %s is saved"), e.name);
	return CLI_OK;
}

static int
verb_give(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct customer_grade g;
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 2, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (customer_by_name(c->s, rest.v[0], &id) != 0 ||
	    (rest.n == 2 && customer_grade_set(c->s, id, rest.v[1]) != 0) ||
	    customer_grade(c->s, id, &g) != 0)
		return cli_failed(c);
	out_begin(c);
	out_text(c, "grade", _("Grade"), g.name);
	out_text(c, "proposed", _("Proposed"), g.proposed);
	out_end(c);
	return CLI_OK;
}

static bool
goes_on(void *arg, const struct grade_counts *so_far)
{
	progress_show(arg, _("Grading"), 0, 0, so_far->seen);
	return !cli_interrupted();
}

static void
tell_applied(
    struct cli *c, const struct grade_how *how, const struct grade_counts *n)
{
	int64_t lowered = how->lower ? n->lowered : 0;

	if (how->try_only)
		out_sentence(c,
		    _("Of %lld customers %lld would get a higher grade, %lld a "
		      "lower one"),
		    (long long)n->seen, (long long)n->raised,
		    (long long)lowered);
	else
		out_sentence(c,
		    _("Of %lld customers %lld got a higher grade, %lld a lower "
		      "one"),
		    (long long)n->seen, (long long)n->raised,
		    (long long)lowered);
	if (!how->lower && n->lowered > 0)
		out_sentence(c,
		    ngettext("%lld customer has a higher one than was paid "
			     "for, and keeps it",
			"%lld customers have a higher one than was paid for, "
			"and keep it",
			(unsigned long)n->lowered),
		    (long long)n->lowered);
	if (out_for_people(c))
		return;
	out_begin(c);
	out_int(c, "seen", NULL, n->seen);
	out_int(c, "raised", NULL, n->raised);
	out_int(c, "lowered", NULL, lowered);
	out_int(c, "kept", NULL, how->lower ? 0 : n->lowered);
	out_bool(c, "stopped", NULL, n->stopped);
	out_end(c);
}

static int
verb_apply(struct cli *c, int argc, char **argv)
{
	struct progress p = { .shown = false };
	struct grade_how how = { .goes_on = goes_on, .arg = &p };
	const struct arg args[] = {
		{ .name = "--dry-run", .flag = &how.try_only },
		{ .name = "--lower", .flag = &how.lower },
		{ 0 },
	};
	struct grade_counts n;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	cli_catch_signals(c);
	rc = grade_apply(c->s, &how, &n);
	progress_end(&p);
	if (rc != 0)
		return cli_failed(c);
	tell_applied(c, &how, &n);
	return n.stopped ? CLI_REFUSED : CLI_OK;
}

const struct command grade_verbs[] = {
	{ "set", "NAME [--paid YUAN] [--permille N] [--name NAME]",
	    N_("Makes a grade, or changes it: from how much paid it is "
	       "proposed, and how much of the list price it pays."),
	    verb_set, NULL },
	{ "give", "NICK|PHONE [NAME]",
	    N_("Gives a customer a grade (\"\": none), or tells which he has "
	       "and which he has paid for."),
	    verb_give, NULL },
	{ "apply", "[--dry-run] [--lower]",
	    N_("Gives all customers the highest grade that they have paid for; "
	       "with --lower also to those who have a higher one."),
	    verb_apply, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

static int
verb_price_set(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t price = MEMBER_PRICE_NONE;
	int rc = args_parse(c, argc, argv, args, 3, 3, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0 && strcmp(rest.v[2], "none") != 0)
		rc = args_money(c, "PRICE", rest.v[2], &price);
	if (rc != 0)
		return rc;
	if (member_price_set(c->s, rest.v[0], rest.v[1], price) != 0)
		return cli_failed(c);
	out_sentence(
	    c, _("The price of %s for %s is saved"), rest.v[0], rest.v[1]);
	return CLI_OK;
}

static int
verb_price_import(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct member_price_taken n;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (member_price_take(c->s, rest.v[0], &n) != 0)
		return cli_failed(c);
	out_sentence(c,
	    _("%lld prices are set, %lld taken away, %lld were so already"),
	    (long long)n.set, (long long)n.removed, (long long)n.same);
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "set", NULL, n.set);
		out_int(c, "removed", NULL, n.removed);
		out_int(c, "same", NULL, n.same);
		out_end(c);
	}
	return CLI_OK;
}

static const char *
why(int64_t by)
{
	return by == PRICE_MEMBER  ? "member"
	       : by == PRICE_GRADE ? "grade"
				   : "list";
}

static int
verb_price_of(struct cli *c, int argc, char **argv)
{
	const char *customer = NULL;
	const struct arg args[] = {
		{ .name = "--customer", .value = &customer },
		{ 0 },
	};
	char price[MONEY_SIZE], list[MONEY_SIZE];
	struct sale_price p;
	struct arg_list rest;
	int64_t id = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if ((customer != NULL && customer_by_name(c->s, customer, &id) != 0) ||
	    sale_price(c->s, id, rest.v[0], &p) != 0)
		return cli_failed(c);
	out_begin(c);
	out_text(c, "sku_code", _("SKU"), p.sku);
	out_text(c, "price", _("Price"), money_plain(p.price, price));
	out_text(c, "list", _("List price"), money_plain(p.list, list));
	out_text(c, "by", _("Price of"), why(p.by));
	out_text(c, "grade", _("Grade"), p.grade);
	out_int(c, "available", _("Available"), p.available);
	out_end(c);
	return CLI_OK;
}

const struct command member_price_verbs[] = {
	{ "set", "SKU GRADE YUAN|none",
	    N_("What a grade pays for a product, instead of its share of the "
	       "list price."),
	    verb_price_set, NULL },
	{ "import", "FILE",
	    N_("Takes in a list of them as export writes it, whole or not at "
	       "all: sku_code, grade, price; without a price it is taken "
	       "away."),
	    verb_price_import, NULL },
	{ "of", "SKU [--customer NICK|PHONE]",
	    N_("What a product costs a buyer, and why."), verb_price_of, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
