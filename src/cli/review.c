/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/review.h"

/* Review: the run that cron calls, somebody's word, and the rules. */

static bool
goes_on(void *arg, const struct review_counts *so_far)
{
	struct progress *p = arg;

	progress_show(p, _("Reviewing"), 0, 0, so_far->passed + so_far->held);
	return !cli_interrupted();
}

static int
verb_run(struct cli *c, int argc, char **argv)
{
	struct progress p = { .shown = false };
	const struct review_goes_on on = { goes_on, &p };
	struct review_counts n;
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	cli_catch_signals(c);
	rc = review_run(c->s, &on, &n);
	progress_end(&p);
	if (rc != 0)
		return cli_failed(c);
	out_sentence(c, _("Reviewed: %lld passed, %lld stopped."),
	    (long long)n.passed, (long long)n.held);
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "passed", NULL, n.passed);
		out_int(c, "held", NULL, n.held);
		out_bool(c, "stopped", NULL, n.stopped);
		out_end(c);
	}
	return n.stopped ? CLI_REFUSED : CLI_OK;
}

static int
verb_pass(struct cli *c, int argc, char **argv)
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
	if (order_by_no(c->s, rest.v[0], &id) != 0 ||
	    review_pass(c->s, id, note) != 0)
		return cli_failed(c);
	out_sentence(c, _("Order %s may go now."), rest.v[0]);
	return CLI_OK;
}

static int
verb_hold(struct cli *c, int argc, char **argv)
{
	const char *reason = "manual", *note = "", *until = "";
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ .name = "--note", .value = &note },
		{ .name = "--until", .value = &until },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id, at;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (order_by_no(c->s, rest.v[0], &id) != 0 ||
	    order_hold_when(c->s, id, until, &at) != 0 ||
	    review_hold(c->s, id, reason, note, at) != 0)
		return cli_failed(c);
	out_sentence(c, _("Order %s is on hold: %s"), rest.v[0],
	    order_hold_text(reason));
	return CLI_OK;
}

/* A row of review_try() with the rule's name. */
struct tried {
	int64_t id;
	const char *name;
	int64_t n, of;
};
#define TRIED(field) offsetof(struct tried, field)
static const struct rec_field tried_fields[] = {
	{ "name", N_("Rule name"), REC_TEXT, TRIED(name), NULL },
	{ "n", N_("Tried"), REC_INT, TRIED(n), NULL },
	{ "of", N_("Orders"), REC_INT, TRIED(of), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static void
show_tried(struct cli *c, const struct page *rules, const struct page *tried)
{
	struct page rows;
	size_t i, k;

	page_init(&rows, sizeof(struct tried), tried->n);
	for (i = 0; i < tried->n; i++) {
		const struct review_try *t = page_row(tried, i);
		struct tried *row = page_add(&rows);

		*row = (struct tried){ t->id, "", t->n, t->of };
		for (k = 0; k < rules->n; k++) {
			const struct review_rule *r = page_row(rules, k);

			if (r->id == t->id)
				row->name = r->name;
		}
	}
	out_list_begin(c, tried_fields);
	out_list_rows(c, &rows);
	out_list_end(c);
	page_free(&rows);
}

static int
verb_try(struct cli *c, int argc, char **argv)
{
	struct page rules, tried;
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (review_rule_page(c->s, &rules) != 0)
		return cli_failed(c);
	if (review_try(c->s, &tried) != 0) {
		page_free(&rules);
		return cli_failed(c);
	}
	show_tried(c, &rules, &tried);
	page_free(&tried);
	page_free(&rules);
	return CLI_OK;
}

struct rule_args {
	const char *what, *value, *shop, *action, *courier, *place;
	bool on, off;
};

#define RULE_ARGS(a) \
	{ .name = "--what", .value = &(a).what }, \
	    { .name = "--value", .value = &(a).value }, \
	    { .name = "--shop", .value = &(a).shop }, \
	    { .name = "--action", .value = &(a).action }, \
	    { .name = "--courier", .value = &(a).courier }, \
	    { .name = "--place", .value = &(a).place }, \
	    { .name = "--on", .flag = &(a).on }, \
	    { .name = "--off", .flag = &(a).off }, \
	{ \
		0 \
	}

/* What was given goes into @e; the rest stays as it is. */
static int
rule_take(struct cli *c, const struct rule_args *a, struct review_rule_edit *e)
{
	int rc = 0;

	if (a->what != NULL)
		rc = args_copy(c, "--what", e->what, sizeof(e->what), a->what);
	if (rc == 0 && a->value != NULL)
		rc = args_copy(
		    c, "--value", e->value, sizeof(e->value), a->value);
	if (rc == 0 && a->shop != NULL)
		rc = args_copy(c, "--shop", e->shop, sizeof(e->shop), a->shop);
	if (rc == 0 && a->action != NULL)
		rc = args_copy(
		    c, "--action", e->action, sizeof(e->action), a->action);
	if (rc == 0 && a->courier != NULL)
		rc = args_copy(
		    c, "--courier", e->courier, sizeof(e->courier), a->courier);
	if (rc == 0 && a->place != NULL)
		rc = args_count(c, "--place", a->place, &e->seq);
	if (a->on || a->off)
		e->active = a->on;
	return rc;
}

/* The rule of that name as it is, and its version; *id 0: there is none. */
static int
rule_find(struct cli *c, const char *name, int64_t *id, int64_t *version,
    struct review_rule_edit *e)
{
	const struct review_rule *r;
	struct page page;
	int rc = review_rule_by_name(c->s, name, id);

	if (rc == ERR_NOTFOUND) {
		*id = 0;
		*e = (struct review_rule_edit){ .action = "hold",
			.active = true };
		return args_copy(c, "NAME", e->name, sizeof(e->name), name);
	}
	if (rc != 0 || review_rule_get(c->s, *id, &page) != 0)
		return cli_failed(c);
	r = page_row(&page, 0);
	*version = r->version;
	review_rule_edit_from(e, r);
	page_free(&page);
	return 0;
}

static int
verb_rule(struct cli *c, int argc, char **argv)
{
	struct rule_args a = { .what = NULL };
	const struct arg args[] = { RULE_ARGS(a) };
	struct review_rule_edit e;
	struct arg_list rest;
	int64_t id, version = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = rule_find(c, rest.v[0], &id, &version, &e);
	if (rc == 0)
		rc = rule_take(c, &a, &e);
	if (rc != 0)
		return rc;
	if ((id == 0 ? review_rule_add(c->s, &e, &id)
		     : review_rule_save(c->s, id, version, &e)) != 0)
		return cli_failed(c);
	out_sentence(c, _("The rule %s is saved"), e.name);
	return CLI_OK;
}

static int
verb_defaults(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	int64_t n;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (review_rule_defaults(c->s, &n) != 0)
		return cli_failed(c);
	out_sentence(c,
	    ngettext("%lld rule of a new shop is added.",
		"%lld rules of a new shop are added.", (unsigned long)n),
	    (long long)n);
	return CLI_OK;
}

static int
verb_couriers(struct cli *c, int argc, char **argv)
{
	int64_t seen = 0, changed = 0;
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (review_couriers(c->s, &seen, &changed) != 0)
		return cli_failed(c);
	out_sentence(c,
	    ngettext("%lld order goes with another courier now, of %lld",
		"%lld orders go with another courier now, of %lld",
		(unsigned long)changed),
	    (long long)changed, (long long)seen);
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "seen", NULL, seen);
	out_int(c, "changed", NULL, changed);
	out_end(c);
	return CLI_OK;
}

const struct command review_verbs[] = {
	{ "run", "",
	    N_("Reviews the paid orders that no review has looked at, and ends "
	       "holds whose time has come. For cron."),
	    verb_run, NULL },
	{ "pass", "NO [--note TEXT]",
	    N_("Says that somebody looked at an order: it may go."), verb_pass,
	    NULL },
	{ "hold", "NO [--reason REASON] [--note TEXT] [--until WHEN]",
	    N_("Says that somebody looked at an order: it must not go."),
	    verb_hold, NULL },
	{ "try", "",
	    N_("Prints how many of the last 500 orders each rule would see."),
	    verb_try, NULL },
	{ "rule",
	    "NAME [--what WHAT] [--value VALUE] [--shop NAME] "
	    "[--action hold|pass|courier] [--courier NAME] [--place N] "
	    "[--on|--off]",
	    N_("Makes a rule of review, or changes what is given of one. WHAT: "
	       "note, memo, title, vague, masked, same_buyer, amount_over, "
	       "amount_under, cod, stock, place, unmapped, "
	       "grams_over, any. The first rule that fits with the action "
	       "courier says by whom an order goes."),
	    verb_rule, NULL },
	{ "couriers", "",
	    N_("Lets the rules say anew by whom the orders that wait go, where "
	       "nobody else said so."),
	    verb_couriers, NULL },
	{ "defaults", "",
	    N_("Adds the rules of a new shop whose names are not taken."),
	    verb_defaults, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
