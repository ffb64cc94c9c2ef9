/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "sale_args.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/quotations.h"

/* Enquiries and quotations. */

/* How it is now, for scripts. */
static void
quote_told(struct cli *c, int64_t id)
{
	const struct quotation *q;
	struct page page;

	if (out_for_people(c) || quotation_get(c->s, id, &page) != 0)
		return;
	q = page_row(&page, 0);
	out_begin(c);
	out_text(c, "quote_no", NULL, q->quote_no);
	out_text(c, "state", NULL, quotation_state_name(q->state));
	out_text(c, "order_no", NULL, q->order_no);
	out_end(c);
	page_free(&page);
}

/* The way most verbs go: NO and a few options, then a session and the id. */
static int
begin(struct cli *c, int argc, char **argv, const struct arg *args, size_t most,
    struct arg_list *rest, int64_t *id)
{
	int rc = args_parse(c, argc, argv, args, 1, most, rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0 && quotation_by_no(c->s, rest->v[0], id) != 0)
		rc = cli_failed(c);
	return rc;
}

static int
take_day(struct cli *c, const char *what, const char *text, int64_t *day)
{
	if (text == NULL)
		return 0;
	if (day_parse(text, time_day(time_now()), day) < 0)
		return cli_misused(c, _("%s is no day: %s"), what, text);
	return 0;
}

struct quote_args {
	struct sale_args sale;
	const char *channel, *valid;
};
#define QUOTE_ARGS(a) \
	SALE_ARGS((a).sale), { .name = "--channel", .value = &(a).channel }, \
	    { .name = "--valid", .value = &(a).valid }, \
	{ \
		0 \
	}

static int
take(struct cli *c, const struct quote_args *a, struct quotation_edit *e)
{
	int rc = sale_take(c, &a->sale, &e->sale);

	if (rc == 0 && a->channel != NULL)
		rc = args_copy(
		    c, "--channel", e->channel, sizeof(e->channel), a->channel);
	return rc != 0 ? rc : take_day(c, "--valid", a->valid, &e->valid_until);
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	struct quote_args a = { .channel = NULL };
	const struct arg args[] = { QUOTE_ARGS(a) };
	struct quotation_edit e = { .valid_until = 0 };
	const struct quotation *q;
	struct arg_list rest;
	struct page page;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = take(c, &a, &e);
	if (rc != 0)
		return rc;
	if (quotation_add(c->s, &e, &id) != 0 ||
	    quotation_get(c->s, id, &page) != 0)
		return cli_failed(c);
	q = page_row(&page, 0);
	out_sentence(c, _("Quotation %s is made"), q->quote_no);
	page_free(&page);
	quote_told(c, id);
	return CLI_OK;
}

/* What stands, and its version. */
static int
edit_now(struct cli *c, int64_t id, struct quotation_edit *e, int64_t *version)
{
	struct page page;

	if (quotation_edit_from(c->s, id, e) != 0 ||
	    quotation_get(c->s, id, &page) != 0)
		return cli_failed(c);
	*version = ((const struct quotation *)page_row(&page, 0))->version;
	page_free(&page);
	return 0;
}

static int
save(struct cli *c, int64_t id, int64_t version, const struct quotation_edit *e,
    const char *no)
{
	if (quotation_save(c->s, id, version, e) != 0)
		return cli_failed(c);
	out_sentence(c, _("Quotation %s is changed"), no);
	quote_told(c, id);
	return CLI_OK;
}

static int
verb_edit(struct cli *c, int argc, char **argv)
{
	struct quote_args a = { .channel = NULL };
	const struct arg args[] = { QUOTE_ARGS(a) };
	struct quotation_edit e;
	struct arg_list rest;
	int64_t id, version = 0;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc == 0)
		rc = edit_now(c, id, &e, &version);
	if (rc == 0)
		rc = take(c, &a, &e);
	return rc != 0 ? rc : save(c, id, version, &e, rest.v[0]);
}

/* One more line; of a product that is there already, another number or price;
 * none of it takes the line away. */
static int
put_line(struct cli *c, struct sale *sale, const struct sale_line *l)
{
	size_t i;

	for (i = 0; i < sale->n; i++)
		if (strcmp(sale->line[i].sku, l->sku) == 0)
			break;
	if (l->qty == 0 && i < sale->n) {
		memmove(&sale->line[i], &sale->line[i + 1],
		    (sale->n - i - 1) * sizeof(sale->line[0]));
		sale->n--;
		return 0;
	}
	if (i == SALE_LINES)
		return cli_misused(c, _("This is too much: %s"), l->sku);
	sale->line[i] = *l;
	if (i == sale->n)
		sale->n++;
	return 0;
}

static int
verb_line(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct quotation_edit e;
	struct arg_list rest;
	struct sale_line l;
	int64_t id, version = 0;
	size_t i;
	int rc = begin(c, argc, argv, args, SALE_LINES, &rest, &id);

	if (rc == 0 && rest.n < 2)
		rc = cli_misused(c, _("Something is missing"));
	if (rc == 0)
		rc = edit_now(c, id, &e, &version);
	for (i = 1; rc == 0 && i < rest.n; i++) {
		rc = sale_line_read(c, rest.v[i], &l);
		if (rc == 0)
			rc = put_line(c, &e.sale, &l);
	}
	return rc != 0 ? rc : save(c, id, version, &e, rest.v[0]);
}

static int
verb_send(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (quotation_send(c->s, id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Quotation %s is sent"), rest.v[0]);
	quote_told(c, id);
	return CLI_OK;
}

static int
verb_follow(struct cli *c, int argc, char **argv)
{
	const char *note = "", *valid = NULL;
	const struct arg args[] = {
		{ .name = "--note", .value = &note },
		{ .name = "--valid", .value = &valid },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id, day = 0;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc == 0)
		rc = take_day(c, "--valid", valid, &day);
	if (rc != 0)
		return rc;
	if (quotation_follow(c->s, id, note, day) != 0)
		return cli_failed(c);
	out_sentence(c, _("Quotation %s is followed up"), rest.v[0]);
	quote_told(c, id);
	return CLI_OK;
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
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (quotation_lose(c->s, id, reason) != 0)
		return cli_failed(c);
	out_sentence(c, _("Quotation %s is lost"), rest.v[0]);
	quote_told(c, id);
	return CLI_OK;
}

static int
verb_reopen(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (quotation_reopen(c->s, id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Quotation %s is an enquiry again"), rest.v[0]);
	quote_told(c, id);
	return CLI_OK;
}

static int
verb_order(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	const struct quotation *q;
	struct arg_list rest;
	struct page page;
	int64_t id, order;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (quotation_order(c->s, id, &order) != 0 ||
	    quotation_get(c->s, id, &page) != 0)
		return cli_failed(c);
	q = page_row(&page, 0);
	out_sentence(
	    c, _("Quotation %s is order %s now"), q->quote_no, q->order_no);
	page_free(&page);
	quote_told(c, id);
	return CLI_OK;
}

static int
verb_text(struct cli *c, int argc, char **argv)
{
	const char *name = NULL;
	const struct arg args[] = { { .name = "--text", .value = &name },
		{ 0 } };
	char text[TEXT_SIZE];
	struct arg_list rest;
	int64_t id, template = 0;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if ((name != NULL &&
		text_by_name(c->s, "quote", name, &template) != 0) ||
	    quotation_text(c->s, id, template, text) != 0)
		return cli_failed(c);
	out_begin(c);
	out_text(c, "text", _("Text"), text);
	out_end(c);
	return CLI_OK;
}

#define ROW struct quotation_line
#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}
static const struct rec_field line_fields[] = {
	F(line_no, N_("Line"), REC_INT),
	F(sku_code, N_("SKU"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(qty, N_("Pieces"), REC_INT),
	F(price, N_("Price"), REC_MONEY),
	F(list, N_("List price"), REC_MONEY),
	F(amount, N_("Amount"), REC_MONEY),
	F(note, N_("Note"), REC_TEXT),
	{ NULL, NULL, REC_TEXT, 0, NULL },
};
#undef ROW

static int
verb_show(struct cli *c, int argc, char **argv)
{
	const struct rec_kind *kind = record_kind("quotations");
	const struct arg args[] = { { 0 } };
	struct page page = { 0 }, lines = { 0 };
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (quotation_get(c->s, id, &page) != 0)
		return cli_failed(c);
	if (quotation_lines(c->s, id, &lines) != 0) {
		page_free(&page);
		return cli_failed(c);
	}
	out_begin(c);
	out_record(c, kind->fields, page_row(&page, 0));
	out_table(c, "lines", _("Lines"), line_fields, &lines);
	rc = show_history(c, "quotation", id);
	out_end(c);
	page_free(&lines);
	page_free(&page);
	return rc;
}

static int
verb_print(struct cli *c, int argc, char **argv)
{
	return print_by_number(c, argc, argv, quotation_by_no, print_quotation);
}

#define ROW struct quotation_figures
static const struct rec_field figure_fields[] = {
	F(name, N_("Staff"), REC_TEXT),
	F(asked, N_("Enquiries"), REC_INT),
	F(quoted, N_("Quoted"), REC_INT),
	F(ordered, N_("Ordered"), REC_INT),
	F(lost, N_("Lost"), REC_INT),
	F(amount, N_("Amount"), REC_MONEY),
	{ NULL, NULL, REC_TEXT, 0, NULL },
};
#undef ROW

static int
verb_figures(struct cli *c, int argc, char **argv)
{
	const char *since = NULL, *until = NULL;
	const struct arg args[] = {
		{ .name = "--since", .value = &since },
		{ .name = "--until", .value = &until },
		{ 0 },
	};
	int64_t from = 0, to = 0;
	struct arg_list rest;
	struct page page;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = take_day(c, "--since", since, &from);
	if (rc == 0)
		rc = take_day(c, "--until", until, &to);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (quotation_figures(c->s, from != 0 ? day_start(from) : 0,
		to != 0 ? day_start(to + 1) : 0, &page) != 0)
		return cli_failed(c);
	out_list_begin(c, figure_fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

const struct command quote_verbs[] = {
	{ "add", SALE_USAGE " [--channel NAME] [--valid DAY]",
	    N_("Takes down what somebody asks for. Without a price a line has "
	       "the buyer's: the member's, the grade's, or that of the list. "
	       "--to is name, phone and address in any order; channels: "
	       "wangwang, phone, sms, wechat, mail."),
	    verb_add, NULL },
	{ "edit", "NO " SALE_USAGE " [--channel NAME] [--valid DAY]",
	    N_("Changes what is given, the rest stays; lines replace all of "
	       "them. What was quoted is to be quoted again."),
	    verb_edit, NULL },
	{ "line", "NO SKU[:QTY[:YUAN]]...",
	    N_("Adds lines or changes them; QTY 0 takes one away."), verb_line,
	    NULL },
	{ "send", "NO",
	    N_("It was told to the buyer, and holds for some days: see the "
	       "setting quote_days."),
	    verb_send, NULL },
	{ "follow", "NO [--note TEXT] [--valid DAY]",
	    N_("The buyer was asked again; it holds until another day."),
	    verb_follow, NULL },
	{ "order", "NO", N_("It becomes an unpaid order."), verb_order, NULL },
	{ "lose", "NO --reason TEXT", N_("Nothing came of it, and why."),
	    verb_lose, NULL },
	{ "reopen", "NO", N_("What was lost is an enquiry again."), verb_reopen,
	    NULL },
	{ "text", "NO [--text NAME]",
	    N_("Prints it as a text to paste in a chat."), verb_text, NULL },
	{ "print", "NO [-o FILE.pdf] [--copies N]", N_("Prints it on paper."),
	    verb_print, NULL },
	{ "show", "NO", N_("Prints it with its lines and its history."),
	    verb_show, NULL },
	{ "figures", "[--since DAY] [--until DAY]",
	    N_("Prints how many enquiries became orders, by who took them."),
	    verb_figures, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
