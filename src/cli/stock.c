/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/inventory.h"

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
	{ "value", N_("Value"), REC_MONEY, MOVE(value), NULL },
	{ "on_hand_after", N_("On hand"), REC_INT, MOVE(on_hand_after), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
told(struct cli *c, int64_t slip_id)
{
	struct page rows = { 0 };
	const struct stock_move *m = NULL;

	if (slip_moves(c->s, slip_id, &rows) == 0 && rows.n > 0)
		m = page_row(&rows, 0);
	if (m != NULL && out_for_people(c))
		out_sentence(c, _("%s %s: %s %+lld, now %lld on hand"),
		    stock_kind_text(m->kind), m->slip_no, m->sku_code,
		    (long long)m->qty, (long long)m->on_hand_after);
	if (m != NULL && !out_for_people(c)) {
		out_begin(c);
		out_record(c, move_fields, m);
		out_end(c);
	}
	page_free(&rows);
	return CLI_OK;
}

struct stock_args {
	const char *cost, *warehouse, *bin, *supplier, *reason, *from, *to;
};

#define STOCK_ARGS(a) \
	{ .name = "--warehouse", .value = &(a).warehouse }, \
	{ \
		.name = "--reason", .value = &(a).reason \
	}

/* SKU and QTY, the texts, and the session. */
static int
begin(struct cli *c, int argc, char **argv, const struct arg *args,
    const struct stock_args *a, struct stock_entry *e)
{
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 2, 2, &rest);

	if (rc == 0)
		rc = args_copy(c, "SKU", e->sku, sizeof(e->sku), rest.v[0]);
	if (rc == 0)
		rc = args_count(c, "QTY", rest.v[1], &e->qty);
	if (rc == 0)
		rc = args_copy(c, "--warehouse", e->warehouse,
		    sizeof(e->warehouse), a->warehouse);
	if (rc == 0)
		rc = args_copy(c, "--bin", e->bin, sizeof(e->bin), a->bin);
	if (rc == 0)
		rc = args_copy(c, "--supplier", e->supplier,
		    sizeof(e->supplier), a->supplier);
	if (rc == 0)
		rc = args_copy(
		    c, "--reason", e->reason, sizeof(e->reason), a->reason);
	return rc;
}

static int
verb_receive(struct cli *c, int argc, char **argv)
{
	struct stock_args a = { 0 };
	const struct arg args[] = {
		STOCK_ARGS(a),
		{ .name = "--cost", .value = &a.cost },
		{ .name = "--bin", .value = &a.bin },
		{ .name = "--supplier", .value = &a.supplier },
		{ 0 },
	};
	struct stock_entry e = { 0 };
	int64_t slip;
	int rc = begin(c, argc, argv, args, &a, &e);

	if (rc == 0 && a.cost == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--cost");
	if (rc == 0)
		rc = args_money(c, "--cost", a.cost, &e.cost);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return stock_receive(c->s, &e, &slip) != 0 ? cli_failed(c)
						   : told(c, slip);
}

/* Issue and adjust: a quantity and a reason. */
static int
with_reason(struct cli *c, int argc, char **argv,
    int (*post)(
	struct session *s, const struct stock_entry *e, int64_t *slip_id))
{
	struct stock_args a = { 0 };
	const struct arg args[] = {
		STOCK_ARGS(a),
		{ 0 },
	};
	struct stock_entry e = { 0 };
	int64_t slip;
	int rc = begin(c, argc, argv, args, &a, &e);

	if (rc == 0 && a.reason == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--reason");
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return post(c->s, &e, &slip) != 0 ? cli_failed(c) : told(c, slip);
}

static int
verb_issue(struct cli *c, int argc, char **argv)
{
	return with_reason(c, argc, argv, stock_issue);
}

static int
verb_adjust(struct cli *c, int argc, char **argv)
{
	return with_reason(c, argc, argv, stock_adjust);
}

static int
verb_transfer(struct cli *c, int argc, char **argv)
{
	struct stock_args a = { 0 };
	const struct arg args[] = {
		STOCK_ARGS(a),
		{ .name = "--from", .value = &a.bin },
		{ .name = "--to", .value = &a.to },
		{ 0 },
	};
	struct stock_entry e = { 0 };
	int64_t slip;
	int rc = begin(c, argc, argv, args, &a, &e);

	if (rc == 0 && (a.bin == NULL || a.to == NULL))
		rc = cli_misused(c, _("The option %s is needed"),
		    a.bin == NULL ? "--from" : "--to");
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return stock_transfer(c->s, &e, a.to, &slip) != 0 ? cli_failed(c)
							  : told(c, slip);
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

	if (rc == 0 && reason == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--reason");
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (stock_slip_by_no(c->s, rest.v[0], &slip) != 0 ||
	    stock_reverse(c->s, slip, reason, &counter) != 0)
		return cli_failed(c);
	return told(c, counter);
}

const struct command stock_verbs[] = {
	{ "receive",
	    "SKU QTY --cost YUAN [--warehouse NAME] [--bin BIN] "
	    "[--supplier NAME]",
	    N_("Takes goods in, at their cost a piece."), verb_receive, NULL },
	{ "issue", "SKU QTY --reason TEXT [--warehouse NAME]",
	    N_("Takes goods out for another reason than an order."), verb_issue,
	    NULL },
	{ "adjust", "SKU +QTY|-QTY --reason TEXT [--warehouse NAME]",
	    N_("Corrects what is on hand."), verb_adjust, NULL },
	{ "transfer", "SKU QTY --from BIN --to BIN [--warehouse NAME]",
	    N_("Puts goods in another bin."), verb_transfer, NULL },
	{ "reverse", "SLIP --reason TEXT",
	    N_("Takes a slip back by a counter-slip."), verb_reverse, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
