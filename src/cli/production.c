/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/production.h"

/* Production orders, and the day's hand-over. */

/* What a verb did, for scripts: the order as it is now. */
static int
told(struct cli *c, int64_t id)
{
	struct page page;

	if (out_for_people(c))
		return CLI_OK;
	if (production_get(c->s, id, &page) != 0)
		return cli_failed(c);
	out_begin(c);
	out_record(c, record_kind("production")->fields, page_row(&page, 0));
	out_end(c);
	page_free(&page);
	return CLI_OK;
}

/* NO and options, then the session and the id; new ones are there by then. */
static int
begin(struct cli *c, int argc, char **argv, const struct arg *args,
    const char **no, int64_t *id)
{
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	*no = rest.v[0];
	if (production_open(c->s, NULL) < 0 ||
	    production_by_no(c->s, *no, id) < 0)
		return cli_failed(c);
	return 0;
}

static int
day_arg(struct cli *c, const char *what, const char *text, int64_t *day)
{
	if (day_parse(text, time_day(time_now()), day) == 0)
		return 0;
	return cli_misused(c, _("%s: this is no day: %s"), what, text);
}

static int
verb_place(struct cli *c, int argc, char **argv)
{
	const char *maker = NULL, *due = NULL, *note = NULL, *no;
	const struct arg args[] = {
		{ .name = "--maker", .value = &maker },
		{ .name = "--due", .value = &due },
		{ .name = "--note", .value = &note },
		{ 0 },
	};
	struct production_edit e = { .due = 0 };
	int64_t id = 0;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc == 0 && maker == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--maker");
	if (rc == 0)
		rc = args_copy(c, "--maker", e.maker, sizeof(e.maker), maker);
	if (rc == 0)
		rc = args_copy(c, "--note", e.note, sizeof(e.note), note);
	if (rc == 0 && due != NULL)
		rc = day_arg(c, "--due", due, &e.due);
	if (rc != 0)
		return rc;
	if (production_place(c->s, id, &e) != 0)
		return cli_failed(c);
	out_sentence(
	    c, _("Production order %s is placed with %s"), no, e.maker);
	return told(c, id);
}

static int
verb_made(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	const char *no = NULL;
	int64_t id = 0;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc != 0)
		return rc;
	if (production_made(c->s, id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Production order %s is made"), no);
	return told(c, id);
}

static int
verb_receive(struct cli *c, int argc, char **argv)
{
	const char *cost = NULL, *no;
	const struct arg args[] = {
		{ .name = "--cost", .value = &cost },
		{ 0 },
	};
	int64_t id = 0, fen = 0;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc == 0 && cost == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--cost");
	if (rc == 0)
		rc = args_money(c, "--cost", cost, &fen);
	if (rc != 0)
		return rc;
	if (production_receive(c->s, id, fen) != 0)
		return cli_failed(c);
	out_sentence(c, _("The goods of production order %s are here"), no);
	return told(c, id);
}

static int
verb_cancel(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL, *no;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	int64_t id = 0;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc == 0 && reason == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--reason");
	if (rc != 0)
		return rc;
	if (production_cancel(c->s, id, reason) != 0)
		return cli_failed(c);
	out_sentence(c, _("Production order %s is cancelled"), no);
	return told(c, id);
}

#define LIST_ROWS 500

static int
list_rows(struct cli *c, const struct rec_kind *kind,
    const struct rec_filter *filters, size_t nfilters)
{
	struct page page;

	if (kind->page(c->s, filters, nfilters, PAGE_FIRST, NULL, LIST_ROWS,
		&page) < 0)
		return cli_failed(c);
	out_list_begin(c, kind->fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

static int
verb_list(struct cli *c, int argc, char **argv)
{
	const char *state = NULL;
	const struct arg args[] = {
		{ .name = "--state", .value = &state },
		{ 0 },
	};
	struct rec_filter filter = { .field = "state" };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (production_open(c->s, NULL) < 0)
		return cli_failed(c);
	filter.value = state;
	return list_rows(c, record_kind("production"), &filter, state != NULL);
}

#define ATTR(field) offsetof(struct line_attr, field)
const struct rec_field line_attr_fields[] = {
	{ "line_no", N_("Line"), REC_INT, ATTR(line_no), NULL },
	{ "name", N_("Attribute"), REC_TEXT, ATTR(name), NULL },
	{ "title", N_("Title"), REC_TEXT, ATTR(title), NULL },
	{ "value", N_("Value"), REC_TEXT, ATTR(words), NULL },
	{ "state", N_("State"), REC_CODE, ATTR(state), attr_state_name },
	{ "typed_by", N_("Typed by"), REC_TEXT, ATTR(typist), NULL },
	{ "again", N_("Typed again"), REC_TEXT, ATTR(again_words), NULL },
	{ "again_by", N_("Typed again by"), REC_TEXT, ATTR(again_staff), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
verb_show(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct production_sheet sheet;
	const char *no = NULL;
	int64_t id = 0;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc != 0)
		return rc;
	if (production_sheet(c->s, id, &sheet) != 0)
		return cli_failed(c);
	out_begin(c);
	out_record(
	    c, record_kind("production")->fields, page_row(&sheet.own, 0));
	out_text(c, "delivery", _("Delivery"), sheet.delivery);
	out_bool(
	    c, "changed", _("Corrected since it was placed"), sheet.changed);
	out_table(
	    c, "attrs", _("Made to order as"), line_attr_fields, &sheet.attrs);
	production_sheet_free(&sheet);
	rc = show_history(c, "production", id);
	out_end(c);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}

const struct command production_verbs[] = {
	{ "list", "[--state new|placed|made|received|cancelled]",
	    N_("Lists production orders; new ones are those to be placed."),
	    verb_list, NULL },
	{ "show", "P-NO", N_("One production order, as its sheet says."),
	    verb_show, NULL },
	{ "place", "P-NO --maker NAME [--due DAY] [--note TEXT]",
	    N_("Places it with the maker, once everything critical was typed "
	       "twice the same. Placed again: with what was corrected."),
	    verb_place, NULL },
	{ "made", "P-NO", N_("The maker has made it."), verb_made, NULL },
	{ "receive", "P-NO --cost YUAN",
	    N_("Takes the goods in, at their cost a piece, so that they can "
	       "be shipped."),
	    verb_receive, NULL },
	{ "cancel", "P-NO --reason TEXT",
	    N_("Cancels it; its line is to be placed anew."), verb_cancel,
	    NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

/* The agent and the day; the one logged in, and today. */
static int
whose(struct cli *c, int argc, char **argv, int64_t *agent, int64_t *day)
{
	const char *login = NULL, *when = NULL;
	const struct arg args[] = {
		{ .name = "--agent", .value = &login },
		{ .name = "--day", .value = &when },
		{ 0 },
	};
	const struct handover_agent *a;
	struct arg_list rest;
	struct page page;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	*agent = 0;
	*day = time_day(time_now());
	if (rc == 0 && when != NULL)
		rc = day_arg(c, "--day", when, day);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0 || login == NULL)
		return rc;
	if (handover_agents(c->s, *day, &page) < 0)
		return cli_failed(c);
	for (size_t i = 0; i < page.n; i++) {
		a = page_row(&page, i);
		if (strcmp(a->login, login) == 0)
			*agent = a->id;
	}
	page_free(&page);
	if (*agent == 0)
		return cli_complain(
		    c, CLI_REFUSED, _("%s has no sales of that day"), login);
	return 0;
}

static int
verb_handover_list(struct cli *c, int argc, char **argv)
{
	int64_t agent, day;
	struct page page;
	int rc = whose(c, argc, argv, &agent, &day);

	if (rc != 0)
		return rc;
	if (handover_page(
		c->s, agent, day, PAGE_FIRST, NULL, LIST_ROWS, &page) < 0)
		return cli_failed(c);
	out_list_begin(c, record_kind("handover")->fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

static int
verb_handover_done(struct cli *c, int argc, char **argv)
{
	int64_t agent, day, n, left;
	int rc = whose(c, argc, argv, &agent, &day);

	if (rc != 0)
		return rc;
	if (handover_done(c->s, agent, day, &n, &left) != 0)
		return cli_failed(c);
	out_sentence(c, _("%lld sales are handed over, %lld lack something"),
	    (long long)n, (long long)left);
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "n", NULL, n);
		out_int(c, "left", NULL, left);
		out_end(c);
	}
	return CLI_OK;
}

const struct command handover_verbs[] = {
	{ "list", "[--agent LOGIN] [--day DAY]",
	    N_("The day's sales of an agent, with all that production needs "
	       "and what is missing."),
	    verb_handover_list, NULL },
	{ "done", "[--agent LOGIN] [--day DAY]",
	    N_("Hands over what is complete; after the setting's hour it is "
	       "late."),
	    verb_handover_done, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
