/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/documents.h"
#include "cli_priv.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/print.h"

/* Delivery notices and invoices. */

static int
told(struct cli *c, int64_t id)
{
	const struct document *d;
	struct page page;

	if (document_get(c->s, id, &page) < 0)
		return cli_failed(c);
	d = page_row(&page, 0);
	out_sentence(c,
	    d->cancelled_at != 0 ? _("%s of order %s is cancelled")
				 : _("%s of order %s is issued"),
	    d->doc_no, d->order_no);
	if (!out_for_people(c)) {
		out_begin(c);
		out_record(c, record_kind("documents")->fields, d);
		out_end(c);
	}
	page_free(&page);
	return CLI_OK;
}

static int
verb_issue(struct cli *c, int argc, char **argv)
{
	const char *title = NULL, *tax_no = NULL;
	const struct arg args[] = {
		{ .name = "--title", .value = &title },
		{ .name = "--tax-no", .value = &tax_no },
		{ 0 },
	};
	struct document_edit e = { .kind = "" };
	struct arg_list rest;
	int64_t order = 0, id = 0;
	int rc = args_parse(c, argc, argv, args, 2, 2, &rest);

	if (rc == 0)
		rc = args_copy(c, "--title", e.title, sizeof(e.title), title);
	if (rc == 0)
		rc = args_copy(
		    c, "--tax-no", e.tax_no, sizeof(e.tax_no), tax_no);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	e.kind = rest.v[1];
	if (order_id(c, rest.v[0], &order) < 0 ||
	    document_issue(c->s, order, &e, &id) < 0)
		return cli_failed(c);
	return told(c, id);
}

static int
verb_cancel(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (document_by_no(c->s, rest.v[0], &id) < 0 ||
	    document_cancel(c->s, id, reason != NULL ? reason : "") < 0)
		return cli_failed(c);
	return told(c, id);
}

static int
verb_print(struct cli *c, int argc, char **argv)
{
	return print_by_number(c, argc, argv, document_by_no, print_document);
}

static int
verb_list(struct cli *c, int argc, char **argv)
{
	static char name[] = "list", kind[] = "documents";
	char *list[16] = { name, kind };
	int i;

	if (argc > 13)
		return cli_misused(c, _("Something is missing"));
	for (i = 1; i < argc; i++)
		list[i + 1] = argv[i];
	return cmd_list(c, argc + 1, list);
}

const struct command document_verbs[] = {
	{ "issue", "NO delivery|invoice [--title NAME] [--tax-no NO]",
	    N_("Issues a numbered delivery notice or sales invoice."),
	    verb_issue, NULL },
	{ "cancel", "DOCUMENT --reason TEXT",
	    N_("Cancels it; its number is not used again."), verb_cancel,
	    NULL },
	{ "print", "DOCUMENT [-o FILE.pdf] [--copies N]",
	    N_("Prints it as it was issued."), verb_print, NULL },
	{ "list", "[--where FIELD=VALUE]... [--limit N]",
	    N_("Prints the papers, the newest first."), verb_list, NULL },
	{ .name = NULL },
};
