/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"

/* Payments of orders, and statements. */

static int
the_order(struct cli *c, const char *no, int64_t *id)
{
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	return order_id(c, no, id) < 0 ? cli_failed(c) : CLI_OK;
}

/* "" is 0. A day alone is its beginning. */
static int
args_when(struct cli *c, const char *name, const char *text, int64_t *at)
{
	*at = 0;
	if (text != NULL && time_parse(text, at) < 0)
		return cli_misused(c, _("%s needs a time: %s"), name, text);
	return 0;
}

/* How the order stands now. */
static int
told(struct cli *c, int64_t payment, int64_t order)
{
	char received[MONEY_SIZE], owed[MONEY_SIZE];
	struct payment_sums sums;

	if (payment_sums(c->s, order, &sums) < 0)
		return cli_failed(c);
	money_plain(sums.received, received);
	money_plain(sums.owed, owed);
	out_sentence(c, _("Payment %lld: %s received, %s still owed"),
	    (long long)payment, received, owed);
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "payment_id", NULL, payment);
		out_text(c, "received", NULL, received);
		out_text(c, "owed", NULL, owed);
		out_end(c);
	}
	return CLI_OK;
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	const char *ref = NULL, *at = NULL, *due = NULL, *note = NULL;
	const struct arg args[] = {
		{ .name = "--ref", .value = &ref },
		{ .name = "--at", .value = &at },
		{ .name = "--due", .value = &due },
		{ .name = "--note", .value = &note },
		{ 0 },
	};
	struct payment_edit e = { .amount = 0 };
	struct arg_list rest;
	int64_t order = 0, id = 0;
	int rc = args_parse(c, argc, argv, args, 3, 3, &rest);

	if (rc == 0)
		rc = args_copy(
		    c, "METHOD", e.method, sizeof(e.method), rest.v[1]);
	if (rc == 0)
		rc = args_money(c, "AMOUNT", rest.v[2], &e.amount);
	if (rc == 0)
		rc = args_copy(c, "--ref", e.ref, sizeof(e.ref), ref);
	if (rc == 0)
		rc = args_copy(c, "--note", e.note, sizeof(e.note), note);
	if (rc == 0)
		rc = args_when(c, "--at", at, &e.at);
	if (rc == 0)
		rc = args_when(c, "--due", due, &e.due_at);
	if (rc == 0)
		rc = the_order(c, rest.v[0], &order);
	if (rc != 0)
		return rc;
	return payment_add(c->s, order, &e, &id) < 0 ? cli_failed(c)
						     : told(c, id, order);
}

/* The payment with this number; *@order: whose it is. */
static int
the_payment(struct cli *c, const char *text, int64_t *id, int64_t *order)
{
	struct page page;
	int rc = args_count(c, "PAYMENT", text, id);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (record_kind("payments")->get(c->s, *id, &page) < 0)
		return cli_failed(c);
	*order = ((const struct payment *)page_row(&page, 0))->order_id;
	page_free(&page);
	return CLI_OK;
}

static int
verb_receive(struct cli *c, int argc, char **argv)
{
	const char *ref = NULL, *at = NULL;
	const struct arg args[] = {
		{ .name = "--ref", .value = &ref },
		{ .name = "--at", .value = &at },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id = 0, order = 0, when = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = args_when(c, "--at", at, &when);
	if (rc == 0)
		rc = the_payment(c, rest.v[0], &id, &order);
	if (rc != 0)
		return rc;
	return payment_receive(c->s, id, when, ref != NULL ? ref : "") < 0
		   ? cli_failed(c)
		   : told(c, id, order);
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
	int64_t id = 0, order = 0, counter = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = the_payment(c, rest.v[0], &id, &order);
	if (rc != 0)
		return rc;
	return payment_reverse(
		   c->s, id, reason != NULL ? reason : "", &counter) < 0
		   ? cli_failed(c)
		   : told(c, counter, order);
}

#define AT_ONCE 500

/* A list by pages of its own, to its end. */
static int
list_payments(struct cli *c, const struct payment_filter *filter)
{
	struct payment from = { .id = 0 };
	struct page page;
	bool first = true;
	size_t n;
	int rc = 0;

	out_list_begin(c, record_kind("payments")->fields);
	do {
		rc = payment_page(c->s, filter, first ? PAGE_FIRST : PAGE_AFTER,
		    first ? NULL : &from, AT_ONCE, &page);
		if (rc < 0)
			break;
		first = false;
		if ((n = page.n) > 0) {
			const struct payment *last = page_row(&page, n - 1);

			from = (struct payment){ .id = last->id,
				.due_at = last->due_at };
			out_list_rows(c, &page);
		}
		page_free(&page);
	} while (n == AT_ONCE);
	out_list_end(c);
	return rc < 0 ? cli_failed(c) : CLI_OK;
}

static int
verb_list(struct cli *c, int argc, char **argv)
{
	static const struct arg none[] = { { 0 } };
	struct payment_filter filter = { .order_id = 0 };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, none, 1, 1, &rest);

	if (rc == 0)
		rc = the_order(c, rest.v[0], &filter.order_id);
	return rc != 0 ? rc : list_payments(c, &filter);
}

static int
verb_due(struct cli *c, int argc, char **argv)
{
	static const struct arg none[] = { { 0 } };
	struct payment_filter filter = { .due = true };
	int64_t days = 0;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, none, 0, 1, &rest);

	if (rc == 0 && rest.n > 0)
		rc = args_count(c, "DAYS", rest.v[0], &days);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (rest.n > 0)
		filter.until = day_start(time_day(time_now()) + days + 1) - 1;
	return list_payments(c, &filter);
}

const struct command payment_verbs[] = {
	{ "add",
	    "NO METHOD AMOUNT [--ref NO] [--at TIME] [--due TIME] "
	    "[--note TEXT]",
	    N_("Writes a payment for an order down: alipay, bank, credit_card, "
	       "huabei, instalments, cash, cod or balance; below nothing: it "
	       "went back. --due: it is still to come."),
	    verb_add, NULL },
	{ "receive", "PAYMENT [--ref NO] [--at TIME]",
	    N_("One that was due came."), verb_receive, NULL },
	{ "reverse", "PAYMENT --reason TEXT",
	    N_("Cancels a payment by a counter-entry."), verb_reverse, NULL },
	{ "list", "NO", N_("Prints the payments of an order."), verb_list,
	    NULL },
	{ "due", "[DAYS]",
	    N_("Prints what is still to come, the earliest first."), verb_due,
	    NULL },
	{ .name = NULL },
};
