/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "purchase.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receiving.h"

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

static int
read_head(struct cli *c, const struct receipt_args *a, struct receipt_doc *doc)
{
	int rc = 0;

	if (a->freight != NULL)
		rc = args_money(c, "--freight", a->freight, &doc->freight);
	return rc != 0 ? rc
		       : args_copy(c, "--note", doc->note, sizeof(doc->note),
			     a->note);
}

/* What the options say, as a document of the order; its lines are the arena's.
 */
static int
read_doc(struct cli *c, const struct receipt_args *a, struct receipt_doc *doc)
{
	struct receipt_line *lines = arena_alloc(
	    &c->arena, (a->scans.n + a->lines.n + 1) * sizeof(*lines));
	size_t i;
	int rc;

	*doc = (struct receipt_doc){ .freight = RECEIPT_FREIGHT_KNOWN,
		.over = a->over,
		.lines = lines };
	if (a->scans.n + a->lines.n == 0)
		return cli_misused(c, _("The option %s is needed"), "--line");
	rc = read_head(c, a, doc);
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

/* What is scanned of the order and not received yet. */
static int
find_scanned(struct cli *c, const char *no, int64_t *id)
{
	struct page page;
	int64_t purchase_id;
	int rc;

	if (purchase_by_no(c->s, no, &purchase_id) < 0 ||
	    receiving_page(c->s, RECEIVING_OPEN, purchase_id, PAGE_FIRST, NULL,
		1, &page) < 0)
		return cli_failed(c);
	rc = page.n > 0
		 ? 0
		 : cli_complain(c, CLI_REFUSED,
		       _("Nothing of %s is scanned and not received"), no);
	if (page.n > 0)
		*id = ((const struct receiving *)page_row(&page, 0))->id;
	page_free(&page);
	return rc;
}

static int
receive(struct cli *c, const struct receipt_args *a, bool scanned,
    struct receipt_said *said)
{
	struct receipt_doc doc = { .freight = RECEIPT_FREIGHT_KNOWN,
		.over = a->over };
	int64_t id = 0;
	int rc;

	if (!scanned) {
		if ((rc = read_doc(c, a, &doc)) != 0)
			return rc;
		return receipt_post(c->s, &doc, said) < 0 ? cli_failed(c) : 0;
	}
	if (a->scans.n + a->lines.n > 0)
		return cli_misused(c, _("%s goes alone"), "--scanned");
	if ((rc = read_head(c, a, &doc)) != 0 || (rc = cli_session(c)) != 0 ||
	    (rc = find_scanned(c, a->rest.v[0], &id)) != 0)
		return rc;
	return receiving_post(c->s, id, 0, &doc, said) < 0 ? cli_failed(c) : 0;
}

int
purchase_verb_receive(struct cli *c, int argc, char **argv)
{
	struct receipt_args a = { .note = NULL };
	bool scanned = false;
	const struct arg args[] = {
		{ .name = "--scan", .list = &a.scans },
		{ .name = "--line", .list = &a.lines },
		{ .name = "--scanned", .flag = &scanned },
		{ .name = "--freight", .value = &a.freight },
		{ .name = "--over", .flag = &a.over },
		{ .name = "--note", .value = &a.note },
		{ 0 },
	};
	struct receipt_said said = { .slip_id = 0 };
	int rc = args_parse(c, argc, argv, args, 1, 1, &a.rest);

	if (rc == 0)
		rc = receive(c, &a, scanned, &said);
	if (rc != 0)
		return rc;
	out_sentence(c,
	    _("Slip %s: %lld came, %lld of them defective; still to come: "
	      "%lld"),
	    said.slip_no, (long long)said.pieces, (long long)said.bad,
	    (long long)said.open);
	return purchase_told(c, "slips", said.slip_id);
}

static int
scan(struct cli *c, int64_t purchase_id, const char *code, bool bad,
    struct receiving_now *now)
{
	struct receipt_scan scan;

	if (receiving_scan(c->s, purchase_id, code, &scan, now) < 0 ||
	    (bad && receiving_bad(c->s, now->id, scan.line_no, now) < 0))
		return cli_failed(c);
	out_sentence(c, _("%s: %lld, of them defective %lld"), scan.sku_code,
	    (long long)now->qty, (long long)now->bad);
	return 0;
}

int
purchase_verb_scan(struct cli *c, int argc, char **argv)
{
	struct arg_list bad = { .n = 0 }, rest = { .n = 0 };
	const struct arg args[] = { { .name = "--bad", .list = &bad }, { 0 } };
	struct receiving_now now = { .id = 0 };
	int64_t id = 0;
	size_t i;
	int rc = args_parse(c, argc, argv, args, 1, 1 + PURCHASE_LINES, &rest);

	if (rc == 0 && rest.n + bad.n < 2)
		rc = cli_misused(c, _("Something is missing"));
	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0 && receipt_order(c->s, rest.v[0], &id) < 0)
		rc = cli_failed(c);
	for (i = 1; rc == 0 && i < rest.n; i++)
		rc = scan(c, id, rest.v[i], false, &now);
	for (i = 0; rc == 0 && i < bad.n; i++)
		rc = scan(c, id, bad.v[i], true, &now);
	return rc != 0 ? rc : purchase_told(c, "receivings", now.id);
}

int
purchase_verb_unscan(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest = { .n = 0 };
	int64_t id = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = find_scanned(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	if (receiving_drop(c->s, id, 0) < 0)
		return cli_failed(c);
	out_sentence(c, _("What was scanned of %s is thrown away"), rest.v[0]);
	return purchase_told(c, "receivings", id);
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
