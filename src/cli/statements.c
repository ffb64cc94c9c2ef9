/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"

/* Statements against orders. */

static int
verb_take(struct cli *c, int argc, char **argv)
{
	static const struct arg none[] = { { 0 } };
	struct statement_taken n;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, none, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (statement_take(c->s, &n) < 0)
		return cli_failed(c);
	out_sentence(c, _("%lld new lines, %lld of them matched with orders"),
	    (long long)n.lines, (long long)n.matched);
	if (n.late > 0)
		out_sentence(c,
		    ngettext("%lld earlier line has found its order",
			"%lld earlier lines have found their orders",
			(unsigned long)n.late),
		    (long long)n.late);
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "lines", NULL, n.lines);
		out_int(c, "matched", NULL, n.matched);
		out_int(c, "late", NULL, n.late);
		out_end(c);
	}
	return CLI_OK;
}

#define AT_ONCE 500

static int
list_lines(struct cli *c, bool open)
{
	struct statement_line from = { .id = 0 };
	struct page page;
	bool first = true;
	size_t n;
	int rc;

	out_list_begin(c, record_kind("statements")->fields);
	do {
		rc = statement_page(c->s, open, first ? PAGE_FIRST : PAGE_AFTER,
		    first ? NULL : &from, AT_ONCE, &page);
		if (rc < 0)
			break;
		first = false;
		if ((n = page.n) > 0) {
			const struct statement_line *l = page_row(&page, n - 1);

			from =
			    (struct statement_line){ .id = l->id, .at = l->at };
			out_list_rows(c, &page);
		}
		page_free(&page);
	} while (n == AT_ONCE);
	out_list_end(c);
	return rc < 0 ? cli_failed(c) : CLI_OK;
}

static int
list_orders(struct cli *c, enum statement_orders which, int64_t days)
{
	struct statement_period period = { .until = time_now() + 1 };
	struct statement_order from = { .order_id = 0 };
	struct page page;
	bool first = true;
	size_t n;
	int rc;

	period.since = period.until - days * 86400;
	out_list_begin(c, record_kind("statement_orders")->fields);
	do {
		rc = statement_orders(c->s, which, &period,
		    first ? PAGE_FIRST : PAGE_AFTER, first ? NULL : &from,
		    AT_ONCE, &page);
		if (rc < 0)
			break;
		first = false;
		if ((n = page.n) > 0) {
			const struct statement_order *o =
			    page_row(&page, n - 1);

			from = (struct statement_order){
				.order_id = o->order_id,
				.created_at = o->created_at,
			};
			out_list_rows(c, &page);
		}
		page_free(&page);
	} while (n == AT_ONCE);
	out_list_end(c);
	return rc < 0 ? cli_failed(c) : CLI_OK;
}

static int
list_page(
    struct cli *c, const struct rec_field *fields, int rc, struct page *page)
{
	if (rc < 0)
		return cli_failed(c);
	out_list_begin(c, fields);
	out_list_rows(c, page);
	out_list_end(c);
	page_free(page);
	return CLI_OK;
}

#define DAYS_OF_LIST 90

static int
verb_list(struct cli *c, int argc, char **argv)
{
	const char *text = NULL, *which = "all";
	const struct arg args[] = {
		{ .name = "--days", .value = &text },
		{ 0 },
	};
	int64_t days = DAYS_OF_LIST;
	struct page page = { 0 };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 0, 1, &rest);

	if (rc == 0 && text != NULL)
		rc = args_count(c, "--days", text, &days);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (rest.n > 0)
		which = rest.v[0];
	if (strcmp(which, "all") == 0 || strcmp(which, "open") == 0)
		return list_lines(c, which[0] == 'o');
	if (strcmp(which, "missing") == 0)
		return list_orders(c, STATEMENT_MISSING, days);
	if (strcmp(which, "differs") == 0)
		return list_orders(c, STATEMENT_DIFFERS, days);
	if (strcmp(which, "held") == 0)
		return list_page(c, record_kind("held_money")->fields,
		    statement_held(c->s, &page), &page);
	return cli_misused(c, _("There is no list %s"), which);
}

static int
verb_match(struct cli *c, int argc, char **argv)
{
	bool undo = false;
	const struct arg args[] = {
		{ .name = "--undo", .flag = &undo },
		{ 0 },
	};
	int64_t id = 0, order = 0;
	struct page page = { 0 };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 2, &rest);

	if (rc == 0)
		rc = args_count(c, "LINE", rest.v[0], &id);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (undo)
		return statement_reopen(c->s, id) < 0 ? cli_failed(c) : CLI_OK;
	if (rest.n == 1)
		return list_page(c, record_kind("statement_orders")->fields,
		    statement_propose(c->s, id, &page), &page);
	if (order_id(c, rest.v[1], &order) < 0 ||
	    statement_match(c->s, id, order) < 0)
		return cli_failed(c);
	out_sentence(
	    c, _("Line %lld is of order %s"), (long long)id, rest.v[1]);
	return CLI_OK;
}

static int
verb_explain(struct cli *c, int argc, char **argv)
{
	static const struct arg none[] = { { 0 } };
	struct arg_list rest;
	int64_t id = 0;
	int rc = args_parse(c, argc, argv, none, 2, 2, &rest);

	if (rc == 0)
		rc = args_count(c, "LINE", rest.v[0], &id);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return statement_explain(c->s, id, rest.v[1]) < 0 ? cli_failed(c)
							  : CLI_OK;
}

const struct command statement_verbs[] = {
	{ "take", "",
	    N_("Takes in imported statements and matches their lines with "
	       "orders."),
	    verb_take, NULL },
	{ "list", "[all|open|missing|differs|held] [--days N]",
	    N_("Prints the lines; open: money without an order; missing: "
	       "completed orders without money; differs: other money came "
	       "than was paid; held: what platforms still hold."),
	    verb_list, NULL },
	{ "match", "LINE [NO | --undo]",
	    N_("Says which order a line is of; without a number: prints the "
	       "orders that it may be of."),
	    verb_match, NULL },
	{ "explain", "LINE TEXT", N_("Settles a line that is of no order."),
	    verb_explain, NULL },
	{ .name = NULL },
};
