/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "purchase.h"
#include "shopmgr/domain/low_stock.h"
#include "shopmgr/domain/requests.h"

/* What is low, and requests to buy it. */

int
purchase_verb_low(struct cli *c, int argc, char **argv)
{
	bool soon = false;
	const struct arg args[] = {
		{ .name = "--soon", .flag = &soon },
		{ 0 },
	};
	const struct rec_filter filter = { "soon", "yes" };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return purchase_list_rows(c, record_kind("low_stock"), &filter, soon);
}

int
purchase_verb_ask(struct cli *c, int argc, char **argv)
{
	const char *supplier = NULL, *warehouse = NULL, *why = NULL,
		   *note = NULL;
	const struct arg args[] = {
		{ .name = "--supplier", .value = &supplier },
		{ .name = "--warehouse", .value = &warehouse },
		{ .name = "--why", .value = &why },
		{ .name = "--note", .value = &note },
		{ 0 },
	};
	struct request_edit e = { .note = "" };
	struct request_line_edit *lines, *l;
	struct arg_list rest;
	int64_t id;
	size_t i;
	int rc = args_parse(c, argc, argv, args, 2, 2 * REQUEST_LINES, &rest);

	if (rc == 0 && rest.n % 2 != 0)
		rc = cli_misused(c, _("Something is missing"));
	if (rc == 0)
		rc = args_copy(c, "--warehouse", e.warehouse,
		    sizeof(e.warehouse), warehouse);
	if (rc == 0)
		rc = args_copy(c, "--note", e.note, sizeof(e.note), note);
	if (rc != 0)
		return rc;
	lines = arena_alloc(&c->arena, rest.n / 2 * sizeof(*lines));
	for (i = 0; rc == 0 && i < rest.n; i += 2) {
		l = &lines[i / 2];
		rc = args_copy(
		    c, "SKU", l->sku_code, sizeof(l->sku_code), rest.v[i]);
		if (rc == 0)
			rc = args_count(c, "QTY", rest.v[i + 1], &l->qty);
		if (rc == 0)
			rc = args_copy(c, "--supplier", l->company,
			    sizeof(l->company), supplier);
		if (rc == 0)
			rc = args_copy(c, "--why", l->why, sizeof(l->why), why);
	}
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (request_add(c->s, &e, lines, rest.n / 2, &id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Purchase request PR-%06lld is made"), (long long)id);
	return purchase_told(c, "requests", id);
}

/* How many there are now, and what could not go in. */
static int
made_told(struct cli *c, const struct request_made *made, const char *what)
{
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "n", NULL, made->n);
	out_text(c, what, NULL, made->nos);
	out_int(c, "left_out", NULL, made->left);
	out_end(c);
	return CLI_OK;
}

int
purchase_verb_propose(struct cli *c, int argc, char **argv)
{
	const char *warehouse = NULL, *note = NULL;
	bool soon = false;
	const struct arg args[] = {
		{ .name = "--warehouse", .value = &warehouse },
		{ .name = "--note", .value = &note },
		{ .name = "--soon", .flag = &soon },
		{ 0 },
	};
	struct request_made made;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (request_propose(c->s, warehouse != NULL ? warehouse : "",
		soon ? LOW_STOCK_SOON : LOW_STOCK_NOW, note, &made) != 0)
		return cli_failed(c);
	out_sentence(c, _("Made: %s"), made.nos);
	return made_told(c, &made, "requests");
}

int
purchase_verb_requests(struct cli *c, int argc, char **argv)
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
	filter.value = state;
	return purchase_list_rows(
	    c, record_kind("requests"), &filter, state != NULL);
}

static int
begin(struct cli *c, int argc, char **argv, const struct arg *args, size_t n,
    struct arg_list *rest, int64_t *id)
{
	int rc = args_parse(c, argc, argv, args, n, n, rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return request_by_no(c->s, rest->v[0], id) < 0 ? cli_failed(c) : 0;
}

int
purchase_verb_approve(struct cli *c, int argc, char **argv)
{
	struct request_approval a = { .join = false };
	const struct arg args[] = {
		{ .name = "--join", .flag = &a.join },
		{ 0 },
	};
	struct request_made made;
	struct arg_list rest;
	int64_t *ids;
	int rc = args_parse(c, argc, argv, args, 1, REQUEST_LINES, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	a.ids = ids = arena_alloc(&c->arena, rest.n * sizeof(*ids));
	for (; a.n < rest.n; a.n++)
		if (request_by_no(c->s, rest.v[a.n], &ids[a.n]) < 0)
			return cli_failed(c);
	if (request_approve_all(c->s, &a, &made) != 0)
		return cli_failed(c);
	for (a.n = 0; a.n < rest.n; a.n++)
		out_sentence(c, _("%s is approved: %s"), rest.v[a.n], made.nos);
	if (made.left > 0)
		cli_say(c, _("Lines without a supplier: %lld"),
		    (long long)made.left);
	return made_told(c, &made, "purchases");
}

int
purchase_verb_refuse(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc == 0 && reason == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--reason");
	if (rc != 0)
		return rc;
	if (request_refuse(c->s, id, reason) != 0)
		return cli_failed(c);
	out_sentence(c, _("%s is refused"), rest.v[0]);
	return purchase_told(c, "requests", id);
}

int
purchase_request_line(struct cli *c, int argc, char **argv)
{
	const char *supplier = NULL, *why = NULL;
	const struct arg args[] = {
		{ .name = "--supplier", .value = &supplier },
		{ .name = "--why", .value = &why },
		{ 0 },
	};
	struct request_line_edit e = { .qty = 0 };
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 3, &rest, &id);

	if (rc == 0)
		rc = args_copy(
		    c, "SKU", e.sku_code, sizeof(e.sku_code), rest.v[1]);
	if (rc == 0)
		rc = args_count(c, "QTY", rest.v[2], &e.qty);
	if (rc == 0)
		rc = args_copy(
		    c, "--supplier", e.company, sizeof(e.company), supplier);
	if (rc == 0)
		rc = args_copy(c, "--why", e.why, sizeof(e.why), why);
	if (rc != 0)
		return rc;
	if (request_line_set(c->s, id, 0, &e) != 0)
		return cli_failed(c);
	out_sentence(c, _("Purchase request %s has %lld of %s"), rest.v[0],
	    (long long)e.qty, rest.v[1]);
	return purchase_told(c, "requests", id);
}

#define LINE(field) offsetof(struct request_line, field)
static const struct rec_field line_fields[] = {
	{ "line_no", N_("Line"), REC_INT, LINE(line_no), NULL },
	{ "sku_code", N_("SKU code"), REC_TEXT, LINE(sku_code), NULL },
	{ "name", N_("Variant"), REC_TEXT, LINE(name), NULL },
	{ "company", N_("Supplier"), REC_TEXT, LINE(company), NULL },
	{ "qty", N_("Quantity"), REC_INT, LINE(qty), NULL },
	{ "price", N_("Price"), REC_COST, LINE(price), NULL },
	{ "why", N_("Why"), REC_TEXT, LINE(why), NULL },
	{ "purchase_no", N_("Purchase order"), REC_TEXT, LINE(purchase_no),
	    NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

int
purchase_request_show(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct page own, lines;
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (request_get(c->s, id, &own) != 0)
		return cli_failed(c);
	if (request_lines(c->s, id, &lines) != 0) {
		page_free(&own);
		return cli_failed(c);
	}
	out_begin(c);
	out_record(c, record_kind("requests")->fields, page_row(&own, 0));
	out_table(c, "items", _("Lines"), line_fields, &lines);
	page_free(&own);
	page_free(&lines);
	rc = show_history(c, "request", id);
	out_end(c);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}
