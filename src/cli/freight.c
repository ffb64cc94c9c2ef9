/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

/* What parcels cost: templates, quotes, bills, and what was left over. */

static int
told_id(struct cli *c, int64_t id)
{
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "id", NULL, id);
	out_end(c);
	return CLI_OK;
}

struct template_args {
	const char *name, *basis, *divisor, *warehouse, *since;
	bool close;
};

static int
read_template(struct cli *c, const struct template_args *a,
    struct freight_template_edit *e)
{
	int rc = 0;

	if (a->name != NULL)
		rc = args_copy(c, "--name", e->name, sizeof(e->name), a->name);
	if (rc == 0 && a->basis != NULL)
		rc = args_copy(c, "--by", e->basis, sizeof(e->basis), a->basis);
	if (rc == 0 && a->warehouse != NULL)
		rc = args_copy(c, "--warehouse", e->warehouse,
		    sizeof(e->warehouse), a->warehouse);
	if (rc == 0 && a->divisor != NULL)
		rc = args_count(c, "--divisor", a->divisor, &e->divisor);
	if (rc == 0 && a->since != NULL &&
	    day_parse(a->since, time_day(time_now()), &e->since) < 0)
		rc = cli_misused(c, _("%s is no day"), a->since);
	if (a->close)
		e->active = false;
	return rc;
}

/* The one there is by that name, changed; or a new one. */
static int
put_template(struct cli *c, const char *courier, const struct template_args *a)
{
	struct freight_template_edit e = {
		.name = "standard",
		.basis = "weight",
		.active = true,
	};
	const struct freight_template *t;
	struct page page;
	int64_t id = 0, version = 0;
	int rc;

	rc = args_copy(c, "COURIER", e.courier, sizeof(e.courier), courier);
	if (rc == 0 && a->name != NULL)
		rc = args_copy(c, "--name", e.name, sizeof(e.name), a->name);
	if (rc != 0)
		return rc;
	if (freight_template_find(c->s, courier, e.name, &id) == 0) {
		if (freight_template_get(c->s, id, &page) != 0)
			return cli_failed(c);
		t = page_row(&page, 0);
		version = t->version;
		freight_template_edit_from(&e, t);
		page_free(&page);
	}
	if ((rc = read_template(c, a, &e)) != 0)
		return rc;
	if ((id == 0 ? freight_template_add(c->s, &e, &id)
		     : freight_template_save(c->s, id, version, &e)) != 0)
		return cli_failed(c);
	out_sentence(c, _("The template %s of %s is saved"), e.name, e.courier);
	return told_id(c, id);
}

static int
verb_template(struct cli *c, int argc, char **argv)
{
	struct template_args a = { 0 };
	const struct arg args[] = {
		{ .name = "--name", .value = &a.name },
		{ .name = "--by", .value = &a.basis },
		{ .name = "--divisor", .value = &a.divisor },
		{ .name = "--warehouse", .value = &a.warehouse },
		{ .name = "--since", .value = &a.since },
		{ .name = "--close", .flag = &a.close },
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	return rc != 0 ? rc : put_template(c, rest.v[0], &a);
}

struct zone_args {
	const char *name, *first, *first_fee, *step, *step_fee, *least, *days;
	bool not_served, drop;
};

static int
read_zone(struct cli *c, const struct zone_args *a, struct freight_zone_edit *e)
{
	int rc = 0;

	e->served = !a->not_served;
	e->step = 1000;
	e->first = 1000;
	if (a->first != NULL)
		rc = args_count(c, "--first", a->first, &e->first);
	if (rc == 0 && a->first_fee != NULL)
		rc = args_money(c, "--fee", a->first_fee, &e->first_fee);
	if (rc == 0 && a->step != NULL)
		rc = args_count(c, "--step", a->step, &e->step);
	if (rc == 0 && a->step_fee != NULL)
		rc = args_money(c, "--step-fee", a->step_fee, &e->step_fee);
	if (rc == 0 && a->least != NULL)
		rc = args_money(c, "--least", a->least, &e->least_fee);
	if (rc == 0 && a->days != NULL)
		rc = args_count(c, "--days", a->days, &e->days);
	return rc;
}

static int
put_zone(struct cli *c, const char *courier, const char *province,
    const struct zone_args *a)
{
	struct freight_zone_edit e = { .served = true };
	const struct freight_template *t;
	struct page page;
	int64_t id, version;
	int rc;

	if (freight_template_find(
		c->s, courier, a->name != NULL ? a->name : "", &id) != 0 ||
	    freight_template_get(c->s, id, &page) != 0)
		return cli_failed(c);
	t = page_row(&page, 0);
	version = t->version;
	page_free(&page);
	rc = args_copy(c, "PROVINCE", e.province, sizeof(e.province), province);
	if (rc == 0)
		rc = read_zone(c, a, &e);
	if (rc != 0)
		return rc;
	if ((a->drop ? freight_zone_drop(c->s, id, version, province)
		     : freight_zone_set(c->s, id, version, &e)) != 0)
		return cli_failed(c);
	out_sentence(c, _("The prices of %s are saved"), courier);
	return told_id(c, id);
}

static int
verb_zone(struct cli *c, int argc, char **argv)
{
	struct zone_args a = { 0 };
	const struct arg args[] = {
		{ .name = "--name", .value = &a.name },
		{ .name = "--first", .value = &a.first },
		{ .name = "--fee", .value = &a.first_fee },
		{ .name = "--step", .value = &a.step },
		{ .name = "--step-fee", .value = &a.step_fee },
		{ .name = "--least", .value = &a.least },
		{ .name = "--days", .value = &a.days },
		{ .name = "--not-served", .flag = &a.not_served },
		{ .name = "--drop", .flag = &a.drop },
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 2, &rest);

	if (rc == 0 && !a.not_served && !a.drop && a.first_fee == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--fee");
	if (rc == 0)
		rc = cli_session(c);
	return rc != 0
		   ? rc
		   : put_zone(c, rest.v[0], rest.n > 1 ? rest.v[1] : "", &a);
}

#define ZONE(field) offsetof(struct freight_zone, field)
static const struct rec_field zone_fields[] = {
	{ "province", N_("Province"), REC_TEXT, ZONE(province), NULL },
	{ "first", N_("First up to"), REC_INT, ZONE(first), NULL },
	{ "first_fee", N_("First fee"), REC_MONEY, ZONE(first_fee), NULL },
	{ "step", N_("Each further"), REC_INT, ZONE(step), NULL },
	{ "step_fee", N_("Fee"), REC_MONEY, ZONE(step_fee), NULL },
	{ "least_fee", N_("At least"), REC_MONEY, ZONE(least_fee), NULL },
	{ "days", N_("Days"), REC_INT, ZONE(days), NULL },
	{ "served", N_("Served"), REC_BOOL, ZONE(served), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
list_of(struct cli *c, const struct rec_field *fields, struct page *page)
{
	out_list_begin(c, fields);
	out_list_rows(c, page);
	out_list_end(c);
	page_free(page);
	return CLI_OK;
}

static int
verb_zones(struct cli *c, int argc, char **argv)
{
	const char *name = NULL;
	const struct arg args[] = { { .name = "--name", .value = &name },
		{ 0 } };
	struct arg_list rest;
	struct page page;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (freight_template_find(
		c->s, rest.v[0], name != NULL ? name : "", &id) != 0 ||
	    freight_zones(c->s, id, &page) != 0)
		return cli_failed(c);
	return list_of(c, zone_fields, &page);
}

static int
verb_import(struct cli *c, int argc, char **argv)
{
	struct freight_taken taken;
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (freight_import(c->s, rest.n > 0 ? rest.v[0] : "", &taken) != 0)
		return cli_failed(c);
	out_sentence(c,
	    _("%lld templates with %lld places are taken; left out: %lld of "
	      "unknown couriers, %lld places."),
	    (long long)taken.templates, (long long)taken.zones,
	    (long long)taken.unknown, (long long)taken.places);
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "templates", NULL, taken.templates);
	out_int(c, "zones", NULL, taken.zones);
	out_int(c, "unknown", NULL, taken.unknown);
	out_int(c, "places", NULL, taken.places);
	out_end(c);
	return CLI_OK;
}

#define QUOTE(field) offsetof(struct freight_quote, field)
static const struct rec_field quote_fields[] = {
	{ "courier", N_("Courier"), REC_TEXT, QUOTE(courier), NULL },
	{ "fee", N_("Freight"), REC_MONEY, QUOTE(fee), NULL },
	{ "days", N_("Days"), REC_INT, QUOTE(days), NULL },
	{ "keeps", N_("Keeps the promise"), REC_BOOL, QUOTE(keeps), NULL },
	{ "charged", N_("Charged"), REC_INT, QUOTE(charged), NULL },
	{ "template", N_("Template"), REC_TEXT, QUOTE(template), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
read_goods(struct cli *c, const char *const *v, struct freight_goods *g)
{
	int rc =
	    args_copy(c, "--province", g->province, sizeof(g->province), v[0]);

	if (rc == 0)
		rc = args_copy(
		    c, "--warehouse", g->warehouse, sizeof(g->warehouse), v[4]);
	if (rc == 0 && v[1] != NULL)
		rc = args_count(c, "--weight", v[1], &g->grams);
	if (rc == 0 && v[2] != NULL)
		rc = args_count(c, "--volume", v[2], &g->cm3);
	if (rc == 0 && v[3] != NULL)
		rc = args_count(c, "--pieces", v[3], &g->pieces);
	return rc;
}

static int
verb_quote(struct cli *c, int argc, char **argv)
{
	const char *v[5] = { NULL };
	const struct arg args[] = {
		{ .name = "--province", .value = &v[0] },
		{ .name = "--weight", .value = &v[1] },
		{ .name = "--volume", .value = &v[2] },
		{ .name = "--pieces", .value = &v[3] },
		{ .name = "--warehouse", .value = &v[4] },
		{ 0 },
	};
	struct freight_goods g = { 0 };
	struct arg_list rest;
	struct page page;
	int rc = args_parse(c, argc, argv, args, 0, 1, &rest);

	if (rc == 0 && rest.n == 0 && v[0] == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--province");
	if (rc == 0)
		rc = read_goods(c, v, &g);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (rest.n > 0 && order_by_no(c->s, rest.v[0], &g.order_id) != 0)
		return cli_failed(c);
	if (freight_quote(c->s, &g, &page) != 0)
		return cli_failed(c);
	return list_of(c, quote_fields, &page);
}

static int
verb_bill(struct cli *c, int argc, char **argv)
{
	const char *no = NULL, *batch = NULL;
	bool drop = false;
	const struct arg args[] = {
		{ .name = "--bill", .value = &no },
		{ .name = "--import", .value = &batch },
		{ .name = "--drop", .flag = &drop },
		{ 0 },
	};
	struct arg_list rest;
	struct page page;
	int64_t id, from = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && drop && no == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--bill");
	if (rc == 0 && batch != NULL)
		rc = args_count(c, "--import", batch, &from);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (no == NULL)
		no = "";
	if (drop) {
		if (freight_bill_find(c->s, rest.v[0], no, &id) != 0 ||
		    freight_bill_drop(c->s, id) != 0)
			return cli_failed(c);
		out_sentence(c, _("The bill %s is taken away."), no);
		return told_id(c, id);
	}
	if (freight_bill_take(c->s, rest.v[0], no, from, &id) != 0 ||
	    freight_bill_get(c->s, id, &page) != 0)
		return cli_failed(c);
	out_begin(c);
	out_record(c, record_kind("freight_bills")->fields, page_row(&page, 0));
	out_end(c);
	page_free(&page);
	return CLI_OK;
}

static int
verb_settle(struct cli *c, int argc, char **argv)
{
	const char *note = NULL;
	const struct arg args[] = { { .name = "--note", .value = &note },
		{ 0 } };
	struct arg_list rest;
	const char *how;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 2, 2, &rest);

	if (rc == 0)
		rc = args_count(c, "LINE", rest.v[0], &id);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	how = strcmp(rest.v[1], "open") == 0 ? "" : rest.v[1];
	if (freight_line_settle(c->s, id, how, note != NULL ? note : "") != 0)
		return cli_failed(c);
	out_sentence(c, _("The line %s is %s"), rest.v[0],
	    how[0] != '\0' ? freight_settled_text(how) : _("open"));
	return told_id(c, id);
}

#define SUM(field) offsetof(struct freight_sum, field)
static const struct rec_field sum_fields[] = {
	{ "name", N_("Group"), REC_TEXT, SUM(name), NULL },
	{ "parcels", N_("Parcels"), REC_INT, SUM(n), NULL },
	{ "postage", N_("Postage"), REC_MONEY, SUM(postage), NULL },
	{ "freight", N_("Freight"), REC_MONEY, SUM(freight), NULL },
	{ "material", N_("Material"), REC_MONEY, SUM(material), NULL },
	{ "profit", N_("Left over"), REC_MONEY, SUM(profit), NULL },
	{ "unknown", N_("Without a price"), REC_INT, SUM(unknown), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
read_day(struct cli *c, const char *text, int64_t *day)
{
	if (day_parse(text, time_day(time_now()), day) < 0)
		return cli_misused(c, _("%s is no day"), text);
	return 0;
}

static int
verb_profit(struct cli *c, int argc, char **argv)
{
	const char *by = "courier", *since = NULL, *until = NULL,
		   *courier = NULL;
	const struct arg args[] = {
		{ .name = "--by", .value = &by },
		{ .name = "--since", .value = &since },
		{ .name = "--until", .value = &until },
		{ .name = "--courier", .value = &courier },
		{ 0 },
	};
	struct freight_profit_filter f = { 0 };
	int64_t first = time_day(time_now()) - 29, last = -1;
	struct arg_list rest;
	struct page page;
	int group, rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	group = freight_group_by_name(by);
	if (rc == 0 && group < 0)
		rc = cli_misused(
		    c, _("--by is courier, province or day, not %s"), by);
	if (rc == 0 && since != NULL)
		rc = read_day(c, since, &first);
	if (rc == 0 && until != NULL)
		rc = read_day(c, until, &last);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	f.since = day_start(first);
	f.until = last >= 0 ? day_start(last + 1) : 0;
	if ((courier != NULL &&
		courier_find(c->s, courier, &f.courier_id) != 0) ||
	    freight_sums(c->s, &f, (enum freight_group)group, &page) != 0)
		return cli_failed(c);
	return list_of(c, sum_fields, &page);
}

const struct command freight_verbs[] = {
	{ "template",
	    "COURIER [--name NAME] [--by piece|weight|volume] [--divisor CM3] "
	    "[--warehouse NAME] [--since DAY] [--close]",
	    N_("Makes a template of prices, or changes the one of that name "
	       "(standard). --divisor: so many cm3 count as a kilogram."),
	    verb_template, NULL },
	{ "zone",
	    "COURIER [PROVINCE[,PROVINCE]...] --fee YUAN [--first N] "
	    "[--step N] [--step-fee YUAN] [--least YUAN] [--days N] "
	    "[--not-served] [--drop] [--name TEMPLATE]",
	    N_("What it costs to provinces, or to everywhere else: the first "
	       "N grams (pieces, cm3), then each begun step. 1000 and 1000 if "
	       "nothing else is said."),
	    verb_zone, NULL },
	{ "zones", "COURIER [--name TEMPLATE]", N_("Prints the prices."),
	    verb_zones, NULL },
	{ "import", "[COURIER]",
	    N_("Takes the templates of files imported as freight-templates: "
	       "of the couriers they name, or all for one."),
	    verb_import, NULL },
	{ "quote",
	    "[NO] [--province NAME] [--weight GRAMS] [--volume CM3] "
	    "[--pieces N] [--warehouse NAME]",
	    N_("What a parcel would cost, of an order or of what is said: the "
	       "couriers that keep the promise first, the cheapest first."),
	    verb_quote, NULL },
	{ "bill", "COURIER [--bill NO] [--import BATCH] [--drop]",
	    N_("Makes a bill of what was imported as freight-bill, and checks "
	       "each line against our parcels. --drop takes the newest one "
	       "away. See: list freight_lines --where bill=ID."),
	    verb_bill, NULL },
	{ "settle", "LINE paid|disputed|credited|open [--note TEXT]",
	    N_("Says what was done about a line of a bill that is wrong."),
	    verb_settle, NULL },
	{ "profit",
	    "[--by courier|province|day] [--since DAY] [--until DAY] "
	    "[--courier NAME]",
	    N_("What parcels brought and cost: postage, freight, material, "
	       "and what is left over. 30 days if nothing is said."),
	    verb_profit, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
