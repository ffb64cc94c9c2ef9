/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "purchase.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receipts.h"

/* "purchase receive", "return", "unreceive": goods at the door. */

/* The pieces of scan after scan: each one more, or as many as it says. */
static int
add_scans(struct cli *c, int64_t id, const struct arg_list *scans,
    struct receipt_line *lines, size_t *n)
{
	struct receipt_scan scan;
	struct receipt_line *l;
	size_t i;

	for (i = 0; i < scans->n; i++) {
		if (receipt_scan(c->s, id, scans->v[i], &scan) < 0)
			return cli_failed(c);
		for (l = lines; l < lines + *n; l++)
			if (strcmp(l->code, scan.sku_code) == 0)
				break;
		if (l == lines + *n) {
			copy_text(l->code, sizeof(l->code), scan.sku_code);
			++*n;
		}
		l->qty = scan.counted ? scan.qty : l->qty + 1;
	}
	return 0;
}

/* "CODE=QTY:BAD" */
static int
add_line(struct cli *c, const char *text, struct receipt_line *l)
{
	char *copy = arena_strdup(&c->arena, text);
	char *qty = strrchr(copy, '='), *bad;
	int rc;

	if (qty == NULL)
		return cli_misused(
		    c, _("%s: CODE=QTY or CODE=QTY:BAD"), "--line");
	*qty++ = '\0';
	if ((bad = strchr(qty, ':')) != NULL)
		*bad++ = '\0';
	if ((rc = args_copy(c, "--line", l->code, sizeof(l->code), copy)) !=
		0 ||
	    (rc = args_count(c, "--line", qty, &l->qty)) != 0)
		return rc;
	return bad != NULL ? args_count(c, "--line", bad, &l->bad) : 0;
}

struct receipt_args {
	struct arg_list scans, lines, rest;
	const char *freight, *note;
	bool over;
};

/* What the options say, as a document of the order; its lines are the arena's.
 */
static int
read_doc(struct cli *c, const struct receipt_args *a, struct receipt_doc *doc)
{
	struct receipt_line *lines = arena_alloc(
	    &c->arena, (a->scans.n + a->lines.n + 1) * sizeof(*lines));
	size_t i;
	int rc = 0;

	*doc = (struct receipt_doc){ .freight = RECEIPT_FREIGHT_KNOWN,
		.over = a->over,
		.lines = lines };
	if (a->scans.n + a->lines.n == 0)
		return cli_misused(c, _("The option %s is needed"), "--line");
	if (a->freight != NULL)
		rc = args_money(c, "--freight", a->freight, &doc->freight);
	if (rc == 0)
		rc = args_copy(
		    c, "--note", doc->note, sizeof(doc->note), a->note);
	for (i = 0; rc == 0 && i < a->lines.n; i++)
		rc = add_line(c, a->lines.v[i], &lines[i]);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (purchase_by_no(c->s, a->rest.v[0], &doc->purchase_id) < 0)
		return cli_failed(c);
	doc->n = a->lines.n;
	return add_scans(c, doc->purchase_id, &a->scans, lines, &doc->n);
}

int
purchase_verb_receive(struct cli *c, int argc, char **argv)
{
	struct receipt_args a = { .note = NULL };
	const struct arg args[] = {
		{ .name = "--scan", .list = &a.scans },
		{ .name = "--line", .list = &a.lines },
		{ .name = "--freight", .value = &a.freight },
		{ .name = "--over", .flag = &a.over },
		{ .name = "--note", .value = &a.note },
		{ 0 },
	};
	struct receipt_said said;
	struct receipt_doc doc;
	int rc = args_parse(c, argc, argv, args, 1, 1, &a.rest);

	if (rc == 0)
		rc = read_doc(c, &a, &doc);
	if (rc != 0)
		return rc;
	if (receipt_post(c->s, &doc, &said) != 0)
		return cli_failed(c);
	out_sentence(c,
	    _("Slip %s: %lld came, %lld of them defective; still to come: "
	      "%lld"),
	    said.slip_no, (long long)said.pieces, (long long)said.bad,
	    (long long)said.open);
	return purchase_told(c, "slips", said.slip_id);
}

int
purchase_verb_return(struct cli *c, int argc, char **argv)
{
	struct receipt_args a = { .note = NULL };
	const struct arg args[] = {
		{ .name = "--line", .list = &a.lines },
		{ .name = "--reason", .value = &a.note },
		{ 0 },
	};
	struct receipt_said said;
	struct receipt_doc doc;
	int rc = args_parse(c, argc, argv, args, 1, 1, &a.rest);

	if (rc == 0 && a.note == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--reason");
	if (rc == 0)
		rc = read_doc(c, &a, &doc);
	if (rc != 0)
		return rc;
	if (supplier_return(c->s, &doc, &said) != 0)
		return cli_failed(c);
	out_sentence(c, _("Slip %s: %lld go back, %lld of them defective"),
	    said.slip_no, (long long)said.pieces, (long long)said.bad);
	return purchase_told(c, "slips", said.slip_id);
}

int
purchase_verb_unreceive(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id, counter;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && reason == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--reason");
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (stock_slip_by_no(c->s, rest.v[0], &id) != 0 ||
	    receipt_reverse(c->s, id, reason, &counter) != 0)
		return cli_failed(c);
	out_sentence(c, _("Slip %s is taken back"), rest.v[0]);
	return purchase_told(c, "slips", counter);
}
