/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "purchase.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/purchase.h"

/* "purchase invoice", "pay", "unpay": what suppliers ask for and get. */

static int
read_day(struct cli *c, const char *what, const char *text, int64_t *day)
{
	if (text == NULL || day_parse(text, time_day(time_now()), day) == 0)
		return 0;
	return cli_misused(c, _("%s: this is no day: %s"), what, text);
}

/* "CODE=QTY@PRICE" of the lines of an order. */
static int
add_line(struct cli *c, const char *text, const struct page *order,
    struct invoice_entry *e)
{
	char *code = arena_strdup(&c->arena, text);
	char *qty = strrchr(code, '='), *price;
	const struct purchase_line *l;
	size_t i;
	int rc;

	if (qty == NULL)
		return cli_misused(
		    c, _("%s: CODE=QTY or CODE=QTY@PRICE"), "--line");
	*qty++ = '\0';
	if ((price = strchr(qty, '@')) != NULL)
		*price++ = '\0';
	for (i = 0; i < order->n; i++) {
		l = page_row(order, i);
		if (strcmp(l->sku_code, code) != 0)
			continue;
		*e = (struct invoice_entry){ .purchase_id = l->purchase_id,
			.line_no = l->line_no,
			.price = l->price };
		rc = args_count(c, "--line", qty, &e->qty);
		if (rc == 0 && price != NULL)
			rc = args_money(c, "--line", price, &e->price);
		return rc;
	}
	return cli_complain(
	    c, CLI_REFUSED, _("%s was not ordered with it"), code);
}

/* What came and is not invoiced, or what is said of one order. */
static int
read_lines(struct cli *c, const char *company, const char *no,
    const struct arg_list *said, struct invoice_entry **out, size_t *n)
{
	int64_t company_id, order = 0;
	const struct invoice_line *l;
	struct page page;
	size_t i;
	int rc = 0;

	if (company_by_name(c->s, company, &company_id) < 0 ||
	    (no != NULL && purchase_by_no(c->s, no, &order) < 0) ||
	    (said->n > 0 ? purchase_lines(c->s, order, &page)
			 : invoice_propose(c->s, company_id, order, &page)) < 0)
		return cli_failed(c);
	*n = said->n > 0 ? said->n : page.n;
	*out = arena_alloc(&c->arena, (*n + 1) * sizeof(**out));
	for (i = 0; rc == 0 && i < *n; i++) {
		if (said->n > 0) {
			rc = add_line(c, said->v[i], &page, &(*out)[i]);
			continue;
		}
		l = page_row(&page, i);
		(*out)[i] = (struct invoice_entry){ l->purchase_id, l->line_no,
			l->qty, l->price };
	}
	page_free(&page);
	return rc;
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	const char *no = NULL, *order = NULL, *dated = NULL, *due = NULL,
		   *freight = NULL, *tax = NULL, *total = NULL, *note = NULL;
	struct arg_list lines = { NULL, 0 }, rest;
	const struct arg args[] = {
		{ .name = "--no", .value = &no },
		{ .name = "--order", .value = &order },
		{ .name = "--line", .list = &lines },
		{ .name = "--dated", .value = &dated },
		{ .name = "--due", .value = &due },
		{ .name = "--freight", .value = &freight },
		{ .name = "--tax", .value = &tax },
		{ .name = "--total", .value = &total },
		{ .name = "--note", .value = &note },
		{ 0 },
	};
	struct invoice_edit e = { .freight = 0 };
	struct invoice_entry *entries = NULL;
	int64_t id;
	size_t n = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && no == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--no");
	if (rc == 0 && lines.n > 0 && order == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--order");
	if (rc != 0 ||
	    (rc = args_copy(c, "SUPPLIER", e.company, sizeof(e.company),
		 rest.v[0])) != 0 ||
	    (rc = args_copy(
		 c, "--no", e.invoice_no, sizeof(e.invoice_no), no)) != 0 ||
	    (rc = args_copy(c, "--note", e.note, sizeof(e.note), note)) != 0 ||
	    (rc = read_day(c, "--dated", dated, &e.dated)) != 0 ||
	    (rc = read_day(c, "--due", due, &e.due)) != 0 ||
	    (freight != NULL &&
		(rc = args_money(c, "--freight", freight, &e.freight)) != 0) ||
	    (tax != NULL && (rc = args_money(c, "--tax", tax, &e.tax)) != 0) ||
	    (total != NULL &&
		(rc = args_money(c, "--total", total, &e.total)) != 0) ||
	    (rc = cli_session(c)) != 0 ||
	    (rc = read_lines(c, e.company, order, &lines, &entries, &n)) != 0)
		return rc;
	if (invoice_add(c->s, &e, entries, n, &id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Invoice PI-%06lld is entered"), (long long)id);
	return purchase_told(c, "purchase_invoices", id);
}

static int
decide(struct cli *c, int argc, char **argv, const char *said,
    int (*how)(struct session *s, int64_t id, const char *reason))
{
	const char *reason = "";
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (invoice_by_no(c->s, rest.v[0], &id) != 0 ||
	    how(c->s, id, reason) != 0)
		return cli_failed(c);
	out_sentence(c, "%s: %s", rest.v[0], said);
	return purchase_told(c, "purchase_invoices", id);
}

static int
verb_approve(struct cli *c, int argc, char **argv)
{
	return decide(c, argc, argv, _("approved"), invoice_approve);
}

static int
verb_back(struct cli *c, int argc, char **argv)
{
	return decide(c, argc, argv, _("taken back"), invoice_back);
}

static int
verb_freight(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct invoice_freight_said said;
	char money[MONEY_SIZE], expense[MONEY_SIZE];
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (invoice_by_no(c->s, rest.v[0], &id) != 0 ||
	    invoice_freight_post(c->s, id, &said) != 0)
		return cli_failed(c);
	out_sentence(c, _("%s: freight of %s, %s of it an expense"), said.nos,
	    money_plain(said.amount, money),
	    money_plain(said.expense, expense));
	return purchase_told(c, "slips", said.slip_id);
}

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(struct invoice_line, member), \
		    NULL \
	}
static const struct rec_field line_fields[] = {
	F(purchase_no, N_("Purchase order"), REC_TEXT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(ordered, N_("Ordered"), REC_INT),
	F(order_price, N_("Price"), REC_COST),
	F(received, N_("Arrived"), REC_INT),
	F(returned, N_("Sent back"), REC_INT),
	F(before, N_("Invoiced before"), REC_INT),
	F(qty, N_("Invoiced"), REC_INT),
	F(price, N_("Invoiced at"), REC_COST),
	F(differs, N_("Differs"), REC_TEXT),
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
verb_show(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct page page, lines;
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (invoice_by_no(c->s, rest.v[0], &id) != 0 ||
	    invoice_get(c->s, id, &page) != 0)
		return cli_failed(c);
	rc = invoice_lines(c->s, id, &lines);
	if (rc == 0) {
		out_begin(c);
		out_record(c, record_kind("purchase_invoices")->fields,
		    page_row(&page, 0));
		out_table(c, "items", _("Lines"), line_fields, &lines);
		page_free(&lines);
		rc = show_history(c, "purchase_invoice", id);
		out_end(c);
	}
	page_free(&page);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}

const struct command purchase_invoice_verbs[] = {
	{ "add",
	    "SUPPLIER --no THEIRS [--order PO-NO [--line CODE=QTY[@PRICE]]...] "
	    "[--dated DAY] [--due DAY] [--freight YUAN] [--tax YUAN] [--total "
	    "YUAN] [--note TEXT]",
	    N_("Enters a supplier's invoice; without lines, of all that came "
	       "and is not invoiced."),
	    verb_add, NULL },
	{ "approve", "PI-NO [--reason TEXT]",
	    N_("Lets it be paid; one that differs needs a reason."),
	    verb_approve, NULL },
	{ "back", "PI-NO --reason TEXT", N_("Takes one back that is not paid."),
	    verb_back, NULL },
	{ "freight", "PI-NO",
	    N_("Puts its freight that no receipt carried on the goods that "
	       "came, or takes off what was carried too much: a slip an order, "
	       "which stock reverse takes back."),
	    verb_freight, NULL },
	{ "show", "PI-NO",
	    N_("What was ordered, what came and what is invoiced, side by "
	       "side."),
	    verb_show, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

int
purchase_verb_pay(struct cli *c, int argc, char **argv)
{
	const char *amount = NULL, *method = "bank", *note = NULL;
	bool advance = false;
	const struct arg args[] = {
		{ .name = "--amount", .value = &amount },
		{ .name = "--method", .value = &method },
		{ .name = "--advance", .flag = &advance },
		{ .name = "--note", .value = &note },
		{ 0 },
	};
	struct supplier_pay_edit e = { .amount = 0 };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = advance ? args_copy(c, "SUPPLIER", e.company,
				   sizeof(e.company), rest.v[0])
			     : args_copy(c, "PI-NO", e.entry_no,
				   sizeof(e.entry_no), rest.v[0]);
	if (rc != 0 ||
	    (rc = args_copy(
		 c, "--method", e.method, sizeof(e.method), method)) != 0 ||
	    (rc = args_copy(c, "--note", e.note, sizeof(e.note), note)) != 0 ||
	    (amount != NULL &&
		(rc = args_money(c, "--amount", amount, &e.amount)) != 0) ||
	    (rc = cli_session(c)) != 0)
		return rc;
	if (supplier_pay(c->s, &e, &id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Payment PP-%06lld is kept"), (long long)id);
	return purchase_told(c, "purchase_payments", id);
}

int
purchase_verb_unpay(struct cli *c, int argc, char **argv)
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
	if (supplier_payment_by_no(c->s, rest.v[0], &id) != 0 ||
	    supplier_unpay(c->s, id, reason, &counter) != 0)
		return cli_failed(c);
	out_sentence(c, _("%s is taken back by PP-%06lld"), rest.v[0],
	    (long long)counter);
	return purchase_told(c, "purchase_payments", counter);
}
