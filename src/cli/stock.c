/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/orders.h"
#include "stock_cli.h"

/* Every verb posts one slip; what it did is the slip's moves. */

#define MOVE(field) offsetof(struct stock_move, field)
static const struct rec_field move_fields[] = {
	{ "slip_no", N_("Stock slip"), REC_TEXT, MOVE(slip_no), NULL },
	{ "kind", N_("Kind"), REC_WORD, MOVE(kind), NULL },
	{ "sku_code", N_("Product code"), REC_TEXT, MOVE(sku_code), NULL },
	{ "name", N_("Item"), REC_TEXT, MOVE(name), NULL },
	{ "warehouse", N_("Warehouse"), REC_TEXT, MOVE(warehouse), NULL },
	{ "bin", N_("Bin"), REC_TEXT, MOVE(bin), NULL },
	{ "qty", N_("Qty"), REC_INT, MOVE(qty), NULL },
	{ "value", N_("Value"), REC_COST, MOVE(value), NULL },
	{ "on_hand_after", N_("On hand"), REC_INT, MOVE(on_hand_after), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

int
slip_told(struct cli *c, int64_t slip_id)
{
	struct page rows = { 0 };
	const struct stock_move *m = NULL;
	size_t i;

	if (slip_moves(c->s, slip_id, &rows) == 0 && rows.n > 0)
		m = page_row(&rows, 0);
	if (m != NULL && !out_for_people(c)) {
		out_begin(c);
		out_record(c, move_fields, m);
		if (rows.n > 1)
			out_table(c, "moves", _("Moves"), move_fields, &rows);
		out_end(c);
	}
	for (i = 0; out_for_people(c) && i < rows.n; i++) {
		m = page_row(&rows, i);
		out_sentence(c, _("%s %s: %s %+lld, now %lld on hand"),
		    stock_kind_text(m->kind), m->slip_no, m->sku_code,
		    (long long)m->qty, (long long)m->on_hand_after);
	}
	page_free(&rows);
	return CLI_OK;
}

struct stock_args {
	const char *cost, *freight, *warehouse, *bin, *supplier, *reason, *to;
	bool bad, new_bin;
};

#define STOCK_ARGS(a) \
	{ .name = "--warehouse", .value = &(a).warehouse }, \
	{ \
		.name = "--reason", .value = &(a).reason \
	}

/* "10", or "10@12.50": with what a piece costs. */
static int
read_qty(struct cli *c, const char *text, struct stock_line *l, bool *priced)
{
	const char *at = strchr(text, '@');
	char *qty;
	int rc;

	*priced = at != NULL;
	if (at == NULL)
		return args_count(c, "QTY", text, &l->qty);
	qty = arena_strndup(&c->arena, text, (size_t)(at - text));
	rc = args_count(c, "QTY", qty, &l->qty);
	return rc != 0 ? rc : args_money(c, "QTY", at + 1, &l->cost);
}

/* SKU QTY, again and again, from rest.v[@at] on. */
static int
read_lines(struct cli *c, const struct stock_args *a,
    const struct arg_list *rest, size_t at, struct stock_doc *doc)
{
	struct stock_line *l;
	bool priced;
	int rc = 0;

	doc->n = (rest->n - at) / 2;
	if (doc->n * 2 + at != rest->n || doc->n == 0)
		return cli_misused(c, _("A code and a quantity are needed"));
	doc->lines = arena_alloc(&c->arena, doc->n * sizeof(struct stock_line));
	memset(doc->lines, 0, doc->n * sizeof(struct stock_line));
	for (size_t i = 0; rc == 0 && i < doc->n; i++, at += 2) {
		l = &doc->lines[i];
		l->bad = a->bad;
		rc = args_copy(c, "SKU", l->sku, sizeof(l->sku), rest->v[at]);
		if (rc == 0)
			rc = read_qty(c, rest->v[at + 1], l, &priced);
		if (rc == 0 && a->cost != NULL && !priced)
			rc = args_money(c, "--cost", a->cost, &l->cost);
		if (rc == 0)
			rc = args_copy(
			    c, "--bin", l->bin, sizeof(l->bin), a->bin);
		if (rc == 0)
			rc = args_copy(
			    c, "--to", l->to_bin, sizeof(l->to_bin), a->to);
	}
	return rc;
}

static int
read_doc(struct cli *c, const struct stock_args *a, struct stock_doc *doc)
{
	int rc = args_copy(c, "--warehouse", doc->warehouse,
	    sizeof(doc->warehouse), a->warehouse);

	if (rc == 0)
		rc = args_copy(c, "--supplier", doc->supplier,
		    sizeof(doc->supplier), a->supplier);
	if (rc == 0)
		rc = args_copy(
		    c, "--reason", doc->reason, sizeof(doc->reason), a->reason);
	if (rc == 0 && a->freight != NULL)
		rc = args_money(c, "--freight", a->freight, &doc->freight);
	return rc;
}

static int
needed(struct cli *c, const char *value, const char *name)
{
	return value != NULL
		   ? 0
		   : cli_misused(c, _("The option %s is needed"), name);
}

#define LINES_MAX 2000

static int
write_slip(struct cli *c, const struct stock_args *a,
    const struct arg_list *rest, enum stock_verb verb)
{
	struct stock_doc doc = { .n = 0 };
	int64_t slip;
	const struct err *err;
	int rc = read_lines(c, a, rest, 0, &doc);

	doc.new_bins = a->new_bin;
	if (rc == 0)
		rc = read_doc(c, a, &doc);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	rc = stock_write(c->s, verb, &doc, &slip);
	err = session_err(c->s);
	if (rc == ERR_NOTFOUND && strcmp(err->field, "to_bin") == 0)
		return cli_complain(
		    c, CLI_REFUSED, _("%s; --new-bin makes it"), err->text);
	return rc != 0 ? cli_failed(c) : slip_told(c, slip);
}

static int
verb_receive(struct cli *c, int argc, char **argv)
{
	struct stock_args a = { 0 };
	const struct arg args[] = {
		STOCK_ARGS(a),
		{ .name = "--cost", .value = &a.cost },
		{ .name = "--freight", .value = &a.freight },
		{ .name = "--bin", .value = &a.bin },
		{ .name = "--supplier", .value = &a.supplier },
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 2, LINES_MAX, &rest);

	for (size_t i = 1; rc == 0 && i < rest.n; i += 2)
		if (strchr(rest.v[i], '@') == NULL)
			rc = needed(c, a.cost, "--cost");
	return rc != 0 ? rc : write_slip(c, &a, &rest, STOCK_RECEIVE);
}

/* A quantity and a reason. */
static int
with_reason(struct cli *c, int argc, char **argv, enum stock_verb verb)
{
	struct stock_args a = { 0 };
	const struct arg args[] = {
		STOCK_ARGS(a),
		{ .name = "--bin", .value = &a.bin },
		{ .name = "--to", .value = &a.to },
		{ .name = "--new-bin", .flag = &a.new_bin },
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 2, LINES_MAX, &rest);

	if (rc == 0)
		rc = needed(c, a.reason, "--reason");
	return rc != 0 ? rc : write_slip(c, &a, &rest, verb);
}

static int
verb_issue(struct cli *c, int argc, char **argv)
{
	return with_reason(c, argc, argv, STOCK_ISSUE);
}

static int
verb_adjust(struct cli *c, int argc, char **argv)
{
	return with_reason(c, argc, argv, STOCK_ADJUST);
}

static int
verb_scrap(struct cli *c, int argc, char **argv)
{
	return with_reason(c, argc, argv, STOCK_SCRAP);
}

static int
verb_defect(struct cli *c, int argc, char **argv)
{
	return with_reason(c, argc, argv, STOCK_DEFECT);
}

static int
verb_good(struct cli *c, int argc, char **argv)
{
	return with_reason(c, argc, argv, STOCK_GOOD);
}

static int
move(struct cli *c, int argc, char **argv, bool makes)
{
	struct stock_args a = { .new_bin = makes };
	const struct arg args[] = {
		STOCK_ARGS(a),
		{ .name = "--from", .value = &a.bin },
		{ .name = "--to", .value = &a.to },
		{ .name = "--new-bin", .flag = &a.new_bin },
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 2, LINES_MAX, &rest);

	if (rc == 0)
		rc = needed(c, a.to, "--to");
	return rc != 0 ? rc : write_slip(c, &a, &rest, STOCK_MOVE);
}

/* The old name: where from has to be said. */
static int
verb_move(struct cli *c, int argc, char **argv)
{
	return move(c, argc, argv, false);
}

/* Makes the bin that is not there, as receipts do. */
static int
verb_transfer(struct cli *c, int argc, char **argv)
{
	bool from = false;

	for (int i = 1; i < argc; i++)
		from = from || strncmp(argv[i], "--from", 6) == 0;
	return from ? move(c, argc, argv, true) : needed(c, NULL, "--from");
}

/* One product's all, or quantities of several. */
static int
verb_put(struct cli *c, int argc, char **argv)
{
	struct stock_args a = { 0 };
	const struct arg args[] = {
		STOCK_ARGS(a),
		{ .name = "--from", .value = &a.bin },
		{ .name = "--bin", .value = &a.to },
		{ .name = "--new-bin", .flag = &a.new_bin },
		{ 0 },
	};
	const char *all[2] = { "", "0" };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, LINES_MAX, &rest);

	if (rc != 0)
		return rc;
	if (rest.n == 1) {
		all[0] = rest.v[0];
		rest = (struct arg_list){ .v = all, .n = 2 };
	}
	return write_slip(c, &a, &rest, STOCK_PUT);
}

static int
verb_return(struct cli *c, int argc, char **argv)
{
	struct stock_args a = { 0 };
	const struct arg args[] = {
		STOCK_ARGS(a),
		{ .name = "--bin", .value = &a.bin },
		{ .name = "--bad", .flag = &a.bad },
		{ 0 },
	};
	struct stock_doc doc = { .n = 0 };
	struct arg_list rest;
	int64_t order, slip;
	int rc = args_parse(c, argc, argv, args, 3, LINES_MAX, &rest);

	if (rc == 0)
		rc = needed(c, a.reason, "--reason");
	if (rc == 0)
		rc = read_lines(c, &a, &rest, 1, &doc);
	if (rc == 0)
		rc = read_doc(c, &a, &doc);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (order_by_no(c->s, rest.v[0], &order) != 0 ||
	    stock_return(c->s, order, &doc, &slip) != 0)
		return cli_failed(c);
	return slip_told(c, slip);
}

static int
verb_freight(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t receipt, amount, slip, expense;
	int rc = args_parse(c, argc, argv, args, 2, 2, &rest);

	if (rc == 0)
		rc = needed(c, reason, "--reason");
	if (rc == 0)
		rc = args_money(c, "YUAN", rest.v[1], &amount);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (stock_slip_by_no(c->s, rest.v[0], &receipt) != 0 ||
	    stock_freight(c->s, receipt, amount, reason, &slip, &expense) != 0)
		return cli_failed(c);
	if (expense > 0)
		out_sentence(c,
		    _("%lld.%02lld of it is an expense: those goods are gone"),
		    (long long)expense / 100, (long long)expense % 100);
	return slip_told(c, slip);
}

static int
verb_reverse(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t slip, counter;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = needed(c, reason, "--reason");
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (stock_slip_by_no(c->s, rest.v[0], &slip) != 0 ||
	    stock_reverse(c->s, slip, reason, &counter) != 0)
		return cli_failed(c);
	return slip_told(c, counter);
}

const struct command stock_verbs[] = {
	{ "receive",
	    "SKU QTY[@YUAN] [SKU QTY[@YUAN]]... [--cost YUAN] "
	    "[--freight YUAN] [--warehouse NAME] [--bin BIN] "
	    "[--supplier NAME]",
	    N_("Takes goods in, at their cost a piece."), verb_receive, NULL },
	{ "issue",
	    "SKU QTY [SKU QTY]... --reason TEXT [--warehouse NAME] "
	    "[--bin BIN]",
	    N_("Takes goods out for another reason than an order."), verb_issue,
	    NULL },
	{ "adjust",
	    "SKU +QTY|-QTY [SKU QTY]... --reason TEXT [--warehouse NAME] "
	    "[--bin BIN]",
	    N_("Corrects what is on hand."), verb_adjust, NULL },
	{ "scrap",
	    "SKU QTY [SKU QTY]... --reason TEXT [--warehouse NAME] "
	    "[--bin BIN]",
	    N_("Takes out what is good for nothing any more."), verb_scrap,
	    NULL },
	{ "defect",
	    "SKU QTY [SKU QTY]... --reason TEXT [--warehouse NAME] "
	    "[--bin BIN] [--to BIN [--new-bin]]",
	    N_("Puts goods aside that are defective."), verb_defect, NULL },
	{ "good",
	    "SKU QTY [SKU QTY]... --reason TEXT [--warehouse NAME] "
	    "[--to BIN [--new-bin]]",
	    N_("Takes goods back that were put aside."), verb_good, NULL },
	{ "move",
	    "SKU QTY [SKU QTY]... --to BIN [--new-bin] [--from BIN] "
	    "[--warehouse NAME]",
	    N_("Puts goods in another bin; 0: all of the bin."), verb_move,
	    NULL },
	{ "put", "SKU [QTY] [--bin BIN [--new-bin]] [--warehouse NAME]",
	    N_("Puts goods away that came in, in their own bin unless said."),
	    verb_put, NULL },
	{ "transfer", "SKU QTY --from BIN --to BIN [--warehouse NAME]",
	    N_("Puts goods in another bin, which is made if it is not there."),
	    verb_transfer, NULL },
	{ "return",
	    "ORDER SKU QTY [SKU QTY]... --reason TEXT [--bad] "
	    "[--warehouse NAME] [--bin BIN]",
	    N_("Takes back what was shipped, at what it cost."), verb_return,
	    NULL },
	{ "freight", "SLIP YUAN --reason TEXT",
	    N_("Adds freight that was billed later to a receipt's goods."),
	    verb_freight, NULL },
	{ "reverse", "SLIP --reason TEXT",
	    N_("Takes a slip back by a counter-slip."), verb_reverse, NULL },
	{ "where", "SKU",
	    N_("Tells what there is of a product in each warehouse."),
	    verb_stock_where, NULL },
	{ "bins", "SKU", N_("Tells in which bins a product lies."),
	    verb_stock_bins, NULL },
	{ "below", "", N_("Lists what is below zero."), verb_stock_below,
	    NULL },
	{ "at", "DATE [SKU] [--warehouse NAME]",
	    N_("Tells what was on hand at the end of a day."), verb_stock_at,
	    NULL },
	{ "count", "VERB ...", N_("Counts the stock."), NULL,
	    stock_count_verbs },
	{ "levels", "SKU [--reorder QTY] [--target QTY] --warehouse NAME",
	    N_("Sets a warehouse's own levels; without: as the product says."),
	    verb_stock_levels, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
