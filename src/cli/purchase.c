/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <strings.h>

#include "cli_priv.h"
#include "purchase.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/requests.h"

/* Orders to suppliers; requests are in purchase_ask.c. */

int
purchase_told(struct cli *c, const char *kind, int64_t id)
{
	const struct rec_kind *k = record_kind(kind);
	struct page page;

	if (out_for_people(c))
		return CLI_OK;
	if (k->get(c->s, id, &page) != 0)
		return cli_failed(c);
	out_begin(c);
	out_record(c, k->fields, page_row(&page, 0));
	out_end(c);
	page_free(&page);
	return CLI_OK;
}

bool
purchase_is_request(const char *no)
{
	return strncasecmp(no, "PR-", 3) == 0;
}

/* NO and options, then the session and the id. */
static int
begin(struct cli *c, int argc, char **argv, const struct arg *args, size_t n,
    struct arg_list *rest, int64_t *id)
{
	int rc = args_parse(c, argc, argv, args, n, n, rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return purchase_by_no(c->s, rest->v[0], id) < 0 ? cli_failed(c) : 0;
}

/* What an order says above its lines, by options. */
struct head_args {
	const char *supplier, *warehouse, *freight, *expected, *note;
};

#define HEAD_ARGS(h) \
	{ .name = "--supplier", .value = &(h).supplier }, \
	    { .name = "--warehouse", .value = &(h).warehouse }, \
	    { .name = "--freight", .value = &(h).freight }, \
	    { .name = "--expected", .value = &(h).expected }, \
	{ \
		.name = "--note", .value = &(h).note \
	}

static int
read_head(struct cli *c, const struct head_args *h, struct purchase_edit *e)
{
	int rc = 0;

	if (h->supplier != NULL)
		rc = args_copy(c, "--supplier", e->company, sizeof(e->company),
		    h->supplier);
	if (rc == 0 && h->warehouse != NULL)
		rc = args_copy(c, "--warehouse", e->warehouse,
		    sizeof(e->warehouse), h->warehouse);
	if (rc == 0 && h->note != NULL)
		rc = args_copy(c, "--note", e->note, sizeof(e->note), h->note);
	if (rc == 0 && h->freight != NULL)
		rc = args_money(c, "--freight", h->freight, &e->freight);
	if (rc == 0 && h->expected != NULL &&
	    day_parse(h->expected, time_day(time_now()), &e->expected) != 0)
		rc = cli_misused(
		    c, _("%s: this is no day: %s"), "--expected", h->expected);
	return rc;
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	struct head_args h = { 0 };
	const struct arg args[] = { HEAD_ARGS(h), { 0 } };
	struct purchase_edit e = { .freight = 0 };
	struct purchase_line_edit *lines;
	struct arg_list rest;
	int64_t id;
	size_t i, n;
	int rc = args_parse(c, argc, argv, args, 0, 2 * PURCHASE_LINES, &rest);

	if (rc == 0 && h.supplier == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--supplier");
	if (rc == 0 && rest.n % 2 != 0)
		rc = cli_misused(c, _("Something is missing"));
	if (rc == 0)
		rc = read_head(c, &h, &e);
	n = rest.n / 2;
	lines = arena_alloc(&c->arena, (n + 1) * sizeof(*lines));
	for (i = 0; rc == 0 && i < n; i++) {
		lines[i].price = PURCHASE_PRICE_KNOWN;
		rc = args_copy(c, "SKU", lines[i].sku_code,
		    sizeof(lines[i].sku_code), rest.v[2 * i]);
		if (rc == 0)
			rc = args_count(
			    c, "QTY", rest.v[2 * i + 1], &lines[i].qty);
	}
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (purchase_add(c->s, &e, lines, n, &id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Purchase order PO-%06lld is begun"), (long long)id);
	return purchase_told(c, "purchases", id);
}

static int
verb_change(struct cli *c, int argc, char **argv)
{
	struct head_args h = { 0 };
	const struct arg args[] = { HEAD_ARGS(h), { 0 } };
	const struct purchase *p;
	struct purchase_edit e;
	struct arg_list rest;
	struct page page;
	int64_t id, version;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (purchase_get(c->s, id, &page) != 0)
		return cli_failed(c);
	p = page_row(&page, 0);
	version = p->version;
	purchase_edit_from(&e, p);
	page_free(&page);
	if ((rc = read_head(c, &h, &e)) != 0)
		return rc;
	if (purchase_save(c->s, id, version, &e) != 0)
		return cli_failed(c);
	out_sentence(c, _("Purchase order %s is changed"), rest.v[0]);
	return purchase_told(c, "purchases", id);
}

static int
verb_line(struct cli *c, int argc, char **argv)
{
	const char *price = NULL, *reason = NULL;
	const struct arg args[] = {
		{ .name = "--price", .value = &price },
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct purchase_line_edit e = { .price = PURCHASE_PRICE_KNOWN };
	struct arg_list rest;
	int64_t id;
	int rc;

	if (argc > 1 && purchase_is_request(argv[1]))
		return purchase_request_line(c, argc, argv);
	rc = begin(c, argc, argv, args, 3, &rest, &id);
	if (rc == 0)
		rc = args_copy(
		    c, "SKU", e.sku_code, sizeof(e.sku_code), rest.v[1]);
	if (rc == 0)
		rc = args_count(c, "QTY", rest.v[2], &e.qty);
	if (rc == 0 && price != NULL)
		rc = args_money(c, "--price", price, &e.price);
	if (rc == 0)
		rc = args_copy(
		    c, "--reason", e.reason, sizeof(e.reason), reason);
	if (rc != 0)
		return rc;
	if (purchase_line_set(c->s, id, 0, &e) != 0)
		return cli_failed(c);
	out_sentence(c, _("Purchase order %s has %lld of %s"), rest.v[0],
	    (long long)e.qty, rest.v[1]);
	return purchase_told(c, "purchases", id);
}

static int
verb_order(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (purchase_order(c->s, id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Purchase order %s is ordered"), rest.v[0]);
	return purchase_told(c, "purchases", id);
}

/* What ends an order. */
static int
end(struct cli *c, int argc, char **argv, const char *said,
    int (*how)(struct session *s, int64_t id, const char *reason))
{
	const char *reason = NULL;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc == 0 && reason == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--reason");
	if (rc != 0)
		return rc;
	if (how(c->s, id, reason) != 0)
		return cli_failed(c);
	out_sentence(c, "%s: %s", rest.v[0], said);
	return purchase_told(c, "purchases", id);
}

static int
verb_close(struct cli *c, int argc, char **argv)
{
	return end(c, argc, argv, _("closed; what did not come is not awaited"),
	    purchase_close);
}

static int
verb_cancel(struct cli *c, int argc, char **argv)
{
	return end(c, argc, argv, _("cancelled"), purchase_cancel);
}

static int
verb_copy(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t id, copy, left;
	int rc = begin(c, argc, argv, args, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (purchase_copy(c->s, id, &copy, &left) != 0)
		return cli_failed(c);
	out_sentence(c,
	    _("Purchase order PO-%06lld is begun like %s; lines left out: "
	      "%lld"),
	    (long long)copy, rest.v[0], (long long)left);
	return purchase_told(c, "purchases", copy);
}

static int
verb_join(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t *ids, into;
	size_t i;
	int rc = args_parse(c, argc, argv, args, 2, 100, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	ids = arena_alloc(&c->arena, rest.n * sizeof(*ids));
	for (i = 0; i < rest.n; i++)
		if (purchase_by_no(c->s, rest.v[i], &ids[i]) < 0)
			return cli_failed(c);
	if (purchase_join(c->s, ids, rest.n, &into) != 0)
		return cli_failed(c);
	out_sentence(c, _("All of it is in PO-%06lld now"), (long long)into);
	return purchase_told(c, "purchases", into);
}

static int
verb_print(struct cli *c, int argc, char **argv)
{
	return print_by_number(c, argc, argv, purchase_by_no, print_purchase);
}

static const struct rec_field change_fields[] = {
	{ "line_no", N_("Line"), REC_INT,
	    offsetof(struct purchase_change, line_no), NULL },
	{ "sku_code", N_("SKU code"), REC_TEXT,
	    offsetof(struct purchase_change, sku_code), NULL },
	{ "qty", N_("Quantity"), REC_INT, offsetof(struct purchase_change, qty),
	    NULL },
	{ "price", N_("Price"), REC_COST,
	    offsetof(struct purchase_change, price), NULL },
	{ "reason", N_("Reason"), REC_TEXT,
	    offsetof(struct purchase_change, reason), NULL },
	{ "staff", N_("Who"), REC_TEXT, offsetof(struct purchase_change, staff),
	    NULL },
	{ "at", N_("Time"), REC_TIME, offsetof(struct purchase_change, at),
	    NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
out_rows(struct cli *c, const char *name, const char *label,
    const struct rec_field *fields, int64_t id,
    int (*read)(struct session *s, int64_t id, struct page *out))
{
	struct page page;
	int rc = read(c->s, id, &page);

	if (rc < 0)
		return rc;
	out_table(c, name, label, fields, &page);
	page_free(&page);
	return 0;
}

static int
verb_show(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	struct page page;
	int64_t id;
	int rc;

	if (argc > 1 && purchase_is_request(argv[1]))
		return purchase_request_show(c, argc, argv);
	if ((rc = begin(c, argc, argv, args, 1, &rest, &id)) != 0)
		return rc;
	if (purchase_get(c->s, id, &page) != 0)
		return cli_failed(c);
	out_begin(c);
	out_record(c, record_kind("purchases")->fields, page_row(&page, 0));
	page_free(&page);
	rc = out_rows(c, "items", _("Lines"),
	    record_kind("purchase_lines")->fields, id, purchase_lines);
	if (rc == 0)
		rc = out_rows(c, "changes", _("Ordered and changed"),
		    change_fields, id, purchase_changes);
	if (rc == 0)
		rc = show_history(c, "purchase", id);
	out_end(c);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}

#define LIST_ROWS 500

int
purchase_list_rows(struct cli *c, const struct rec_kind *kind,
    const struct rec_filter *filters, size_t nfilters)
{
	struct page page;

	if (kind->page(c->s, filters, nfilters, PAGE_FIRST, NULL, LIST_ROWS,
		&page) < 0)
		return cli_failed(c);
	out_list_begin(c, kind->fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

static int
verb_list(struct cli *c, int argc, char **argv)
{
	const char *state = NULL, *supplier = NULL;
	const struct arg args[] = {
		{ .name = "--state", .value = &state },
		{ .name = "--supplier", .value = &supplier },
		{ 0 },
	};
	struct rec_filter filters[2];
	struct arg_list rest;
	size_t n = 0;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (state != NULL)
		filters[n++] = (struct rec_filter){ "state", state };
	if (supplier != NULL)
		filters[n++] = (struct rec_filter){ "company", supplier };
	return purchase_list_rows(c, record_kind("purchases"), filters, n);
}

#define HEAD "[--warehouse W] [--freight YUAN] [--expected DAY] [--note TEXT]"

const struct command purchase_verbs[] = {
	{ "low", "[--soon]",
	    N_("What is at or below its reorder point; soon: above it, but gone "
	       "before the supplier could deliver."),
	    purchase_verb_low, NULL },
	{ "ask",
	    "SKU QTY [SKU QTY]... [--supplier S] [--warehouse W] [--why TEXT] "
	    "[--note TEXT]",
	    N_("A purchase request; without a supplier it is who sells it "
	       "first, or cheapest."),
	    purchase_verb_ask, NULL },
	{ "propose", "[--warehouse W] [--soon] [--note TEXT]",
	    N_("Requests for all that is low, one a warehouse."),
	    purchase_verb_propose, NULL },
	{ "requests", "[--state asked|approved|ordered|refused]",
	    N_("Lists purchase requests."), purchase_verb_requests, NULL },
	{ "approve", "PR-NO... [--join]",
	    N_("Writes an order for each supplier, one of all these requests; "
	       "join: into the one that is being written to him. Lines without "
	       "a supplier stay; once they have one, approve again."),
	    purchase_verb_approve, NULL },
	{ "refuse", "PR-NO --reason TEXT",
	    N_("Refuses a request, or takes the own one back."),
	    purchase_verb_refuse, NULL },
	{ "add", "--supplier S [SKU QTY]... " HEAD,
	    N_("Begins an order, at the supplier's prices."), verb_add, NULL },
	{ "line",
	    "NO SKU QTY [--price YUAN] [--reason TEXT] [--supplier S] "
	    "[--why TEXT]",
	    N_("A product of an order (price, and once it is ordered a reason) "
	       "or of a request (supplier, why), new or changed; 0 takes it "
	       "away."),
	    verb_line, NULL },
	{ "change", "PO-NO [--supplier S] " HEAD,
	    N_("Changes what an order says above its lines."), verb_change,
	    NULL },
	{ "order", "PO-NO",
	    N_("It was sent to the supplier: its pieces are in transit, its "
	       "prices are kept."),
	    verb_order, NULL },
	{ "receive",
	    "PO-NO {--scanned | {--scan CODE | --line CODE=QTY[:BAD]}...} "
	    "[--freight YUAN] [--over] [--note TEXT]",
	    N_("Goods of an order came: each scan a piece, or 12*CODE; or what "
	       "was scanned before; over: more than may come."),
	    purchase_verb_receive, NULL },
	{ "scan", "PO-NO [CODE]... [--bad CODE]...",
	    N_("Goods of an order are at the door: kept until they are "
	       "received, or thrown away; bad: a piece that is defective."),
	    purchase_verb_scan, NULL },
	{ "unscan", "PO-NO", N_("Throws away what was scanned of an order."),
	    purchase_verb_unscan, NULL },
	{ "unreceive", "SLIP --reason TEXT",
	    N_("Takes a receipt or a return to the supplier back."),
	    purchase_verb_unreceive, NULL },
	{ "return", "PO-NO --line CODE=QTY[:BAD]... --reason TEXT",
	    N_("Goods go back to the supplier at what they were bought for."),
	    purchase_verb_return, NULL },
	{ "invoice", "VERB ...", N_("Suppliers' invoices."), NULL,
	    purchase_invoice_verbs },
	{ "pay",
	    "{PI-NO | --advance SUPPLIER} [--amount YUAN] [--method "
	    "bank|alipay|wechat|cash|advance] [--note TEXT]",
	    N_("Pays an invoice, all that is open or a part; or in advance."),
	    purchase_verb_pay, NULL },
	{ "unpay", "PP-NO --reason TEXT", N_("Takes a payment back, once."),
	    purchase_verb_unpay, NULL },
	{ "close", "PO-NO --reason TEXT",
	    N_("What did not come of it is not awaited any more."), verb_close,
	    NULL },
	{ "cancel", "PO-NO --reason TEXT",
	    N_("Cancels an order of which nothing has come."), verb_cancel,
	    NULL },
	{ "copy", "PO-NO",
	    N_("Begins the same order again, at today's prices."), verb_copy,
	    NULL },
	{ "join", "PO-NO PO-NO...",
	    N_("Makes one order of those that are being written to one "
	       "supplier for one warehouse: the oldest."),
	    verb_join, NULL },
	{ "print", "PO-NO [-o FILE.pdf] [--copies N]",
	    N_("Prints an order for its supplier."), verb_print, NULL },
	{ "list", "[--state STATE] [--supplier S]",
	    N_("Lists purchase orders: draft, ordered, part, received, closed, "
	       "cancelled."),
	    verb_list, NULL },
	{ "show", "NO", N_("An order or a request, with its lines."), verb_show,
	    NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
