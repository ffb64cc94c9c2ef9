/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/transfers.h"
#include "stock_cli.h"

/* From one warehouse to another. */

static int
told(struct cli *c, int64_t id)
{
	const struct transfer *t;
	struct page page;

	if (transfer_get(c->s, id, &page) != 0)
		return cli_failed(c);
	t = page_row(&page, 0);
	out_sentence(c, _("Transfer %s from %s to %s is %s"), t->transfer_no,
	    t->from, t->to, transfer_state_text(t->state));
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "id", NULL, id);
		out_text(c, "transfer_no", NULL, t->transfer_no);
		out_text(c, "state", NULL, transfer_state_name(t->state));
		out_end(c);
	}
	page_free(&page);
	return CLI_OK;
}

#define LINES_MAX 2000

/* SKU QTY, again and again, from rest.v[@at] on. */
static int
read_lines(struct cli *c, const struct arg_list *rest, size_t at,
    struct transfer_piece **out, size_t *n)
{
	struct transfer_piece *v;
	int rc = 0;

	*n = (rest->n - at) / 2;
	if (*n * 2 + at != rest->n)
		return cli_misused(c, _("A code and a quantity are needed"));
	v = arena_alloc(&c->arena, (*n + 1) * sizeof(*v));
	*out = v;
	for (; rc == 0 && at < rest->n; at += 2, v++) {
		rc = args_copy(c, "SKU", v->sku, sizeof(v->sku), rest->v[at]);
		if (rc == 0)
			rc = args_count(c, "QTY", rest->v[at + 1], &v->qty);
	}
	return rc;
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	const char *from = NULL, *to = NULL, *note = NULL;
	const struct arg args[] = {
		{ .name = "--from", .value = &from },
		{ .name = "--to", .value = &to },
		{ .name = "--note", .value = &note },
		{ 0 },
	};
	struct transfer_edit e = { .n = 0 };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 2, LINES_MAX, &rest);

	if (rc == 0 && to == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--to");
	if (rc == 0)
		rc = read_lines(c, &rest, 0, &e.lines, &e.n);
	if (rc == 0)
		rc = args_copy(c, "--from", e.from, sizeof(e.from), from);
	if (rc == 0)
		rc = args_copy(c, "--to", e.to, sizeof(e.to), to);
	if (rc == 0)
		rc = args_copy(c, "--note", e.note, sizeof(e.note), note);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return transfer_add(c->s, &e, &id) != 0 ? cli_failed(c) : told(c, id);
}

/* A transfer by its number, and what else there is. */
static int
begin(struct cli *c, int argc, char **argv, const struct arg *args, size_t max,
    struct arg_list *rest, int64_t *id)
{
	int rc = args_parse(c, argc, argv, args, 1, max, rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return transfer_by_no(c->s, rest->v[0], id) != 0 ? cli_failed(c) : 0;
}

static int
verb_send(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t id, slip;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	return transfer_send(c->s, id, &slip) != 0 ? cli_failed(c)
						   : told(c, id);
}

static int
verb_arrive(struct cli *c, int argc, char **argv)
{
	const char *bin = NULL;
	const struct arg args[] = {
		{ .name = "--bin", .value = &bin },
		{ 0 },
	};
	struct transfer_piece *lines = NULL;
	struct arg_list rest;
	int64_t id, slip;
	size_t n = 0;
	int rc = begin(c, argc, argv, args, LINES_MAX, &rest, &id);

	if (rc == 0)
		rc = read_lines(c, &rest, 1, &lines, &n);
	if (rc != 0)
		return rc;
	if (transfer_arrive(
		c->s, id, lines, n, bin != NULL ? bin : "", &slip) != 0)
		return cli_failed(c);
	return told(c, id);
}

static int
verb_lose(struct cli *c, int argc, char **argv)
{
	const char *reason = "";
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id, slip;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	return transfer_lose(c->s, id, reason, &slip) != 0 ? cli_failed(c)
							   : told(c, id);
}

static int
verb_cancel(struct cli *c, int argc, char **argv)
{
	const char *reason = "";
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	return transfer_cancel(c->s, id, reason) != 0 ? cli_failed(c)
						      : told(c, id);
}

#define LINE(field) offsetof(struct transfer_line, field)
static const struct rec_field line_fields[] = {
	{ "sku_code", N_("Product code"), REC_TEXT, LINE(sku_code), NULL },
	{ "name", N_("Item"), REC_TEXT, LINE(name), NULL },
	{ "quantity", N_("Quantity"), REC_INT, LINE(qty), NULL },
	{ "sent", N_("Sent"), REC_INT, LINE(sent), NULL },
	{ "arrived", N_("Arrived"), REC_INT, LINE(arrived), NULL },
	{ "lost", N_("Lost on the way"), REC_INT, LINE(lost), NULL },
	{ "under_way", N_("Under way"), REC_INT, LINE(open), NULL },
	{ "value", N_("Value"), REC_COST, LINE(value), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
verb_lines(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	struct page page;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (transfer_lines(c->s, id, &page) != 0)
		return cli_failed(c);
	out_list_begin(c, line_fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

const struct command transfer_verbs[] = {
	{ "add",
	    "SKU QTY [SKU QTY]... --to WAREHOUSE [--from WAREHOUSE] "
	    "[--note TEXT]",
	    N_("Writes what is to go to another warehouse."), verb_add, NULL },
	{ "send", "TRANSFER", N_("The goods leave, and are in transit."),
	    verb_send, NULL },
	{ "arrive", "TRANSFER [SKU QTY]... [--bin BIN]",
	    N_("The goods are there: all, or those that are named."),
	    verb_arrive, NULL },
	{ "lose", "TRANSFER --reason TEXT",
	    N_("Writes off what never arrived."), verb_lose, NULL },
	{ "cancel", "TRANSFER --reason TEXT",
	    N_("Goods under way are back where they came from."), verb_cancel,
	    NULL },
	{ "lines", "TRANSFER", N_("Lists the goods of a transfer."), verb_lines,
	    NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
