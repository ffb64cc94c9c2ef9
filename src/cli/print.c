/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/domain/waves.h"

/* Papers: to the printer of the settings, or into a file. */

#define ORDERS_MAX 1000

struct print_args {
	const char *path, *copies, *warehouse;
	bool in_warehouse;
	struct arg_list rest;
};

static int
begin(struct cli *c, int argc, char **argv, size_t most, struct print_args *a,
    struct print_job *job)
{
	const struct arg args[] = {
		{ .name = "-o", .value = &a->path },
		{ .name = "--copies", .value = &a->copies },
		/* Last, and only for what lies in one. */
		{ .name = a->in_warehouse ? "--warehouse" : NULL,
		    .value = &a->warehouse },
		{ 0 },
	};
	int64_t copies = 1;
	int rc = args_parse(c, argc, argv, args, 1, most, &a->rest);

	if (rc == 0 && a->copies != NULL)
		rc = args_count(c, "--copies", a->copies, &copies);
	*job = (struct print_job){
		.path = a->path, .dir = ".", .copies = (int)copies
	};
	return rc == 0 ? cli_session(c) : rc;
}

static int
told(struct cli *c, int rc, const struct print_said *said)
{
	if (rc < 0)
		return cli_failed(c);
	if (said->queue[0] != '\0')
		out_sentence(c,
		    ngettext("%lld page went to the printer %s",
			"%lld pages went to the printer %s",
			(unsigned long)said->pages),
		    (long long)said->pages, said->queue);
	else
		out_sentence(c,
		    ngettext("%lld page is in %s", "%lld pages are in %s",
			(unsigned long)said->pages),
		    (long long)said->pages, said->path);
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "printed", NULL, said->printed);
		out_int(c, "pages", NULL, said->pages);
		out_int(c, "left_out", NULL, said->left_out);
		out_text(c, "file", NULL, said->path);
		out_text(c, "printer", NULL, said->queue);
		out_end(c);
	}
	if (said->warning[0] != '\0')
		cli_say(c, "%s", said->warning);
	if (said->left_out == 0)
		return CLI_OK;
	return cli_complain(
	    c, CLI_REFUSED, _("Not printed: %s"), said->left_names);
}

/* Orders by their numbers. */
static int
on_orders(struct cli *c, int argc, char **argv,
    int (*print)(struct session *s, const int64_t *orders, size_t n,
	const struct print_job *job, struct print_said *said))
{
	struct print_args a = { 0 };
	struct print_said said;
	struct print_job job;
	int64_t *ids;
	size_t i;
	int rc = begin(c, argc, argv, ORDERS_MAX, &a, &job);

	if (rc != 0)
		return rc;
	ids = arena_alloc(&c->arena, a.rest.n * sizeof(*ids));
	for (i = 0; i < a.rest.n; i++)
		if (order_by_no(c->s, a.rest.v[i], &ids[i]) < 0)
			return cli_failed(c);
	return told(c, print(c->s, ids, a.rest.n, &job, &said), &said);
}

static int
verb_label(struct cli *c, int argc, char **argv)
{
	return on_orders(c, argc, argv, print_labels);
}

static int
verb_slip(struct cli *c, int argc, char **argv)
{
	return on_orders(c, argc, argv, print_slips);
}

/* One paper by the number on it. */
int
print_by_number(struct cli *c, int argc, char **argv,
    int (*find)(struct session *s, const char *no, int64_t *id),
    int (*print)(struct session *s, int64_t id, const struct print_job *job,
	struct print_said *said))
{
	struct print_args a = { 0 };
	struct print_said said;
	struct print_job job;
	int64_t id;
	int rc = begin(c, argc, argv, 1, &a, &job);

	if (rc != 0)
		return rc;
	if (find(c->s, a.rest.v[0], &id) < 0)
		return cli_failed(c);
	return told(c, print(c->s, id, &job, &said), &said);
}

static int
verb_picks(struct cli *c, int argc, char **argv)
{
	return print_by_number(c, argc, argv, wave_by_no, print_picks);
}

static int
verb_manifest(struct cli *c, int argc, char **argv)
{
	return print_by_number(c, argc, argv, manifest_by_no, print_manifest);
}

static int
verb_production(struct cli *c, int argc, char **argv)
{
	return print_by_number(
	    c, argc, argv, production_by_no, print_production);
}

static int
verb_badge(struct cli *c, int argc, char **argv)
{
	return print_by_number(c, argc, argv, staff_by_login, print_badge);
}

static int
verb_stock_slip(struct cli *c, int argc, char **argv)
{
	return print_by_number(
	    c, argc, argv, stock_slip_by_no, print_stock_slip);
}

static int
verb_ledger(struct cli *c, int argc, char **argv)
{
	return print_by_number(c, argc, argv, variant_by_code, print_ledger);
}

static int
verb_receipt_labels(struct cli *c, int argc, char **argv)
{
	return print_by_number(
	    c, argc, argv, stock_slip_by_no, print_receipt_labels);
}

/* "SKU" or "SKU=N". */
static int
read_goods(struct cli *c, const char *text, struct print_goods *g)
{
	char code[128];
	const char *eq = strrchr(text, '=');
	int rc = 0;

	g->labels = 1;
	snprintf(code, sizeof(code), "%.*s",
	    (int)(eq != NULL ? (size_t)(eq - text) : strlen(text)), text);
	if (eq != NULL)
		rc = args_count(c, "SKU=N", eq + 1, &g->labels);
	if (rc != 0)
		return rc;
	return variant_by_code(c->s, code, &g->variant_id) < 0 ? cli_failed(c)
							       : 0;
}

static int
verb_labels(struct cli *c, int argc, char **argv)
{
	struct print_args a = { 0 };
	struct print_goods *goods;
	struct print_said said;
	struct print_job job;
	size_t i;
	int rc = begin(c, argc, argv, ORDERS_MAX, &a, &job);

	if (rc != 0)
		return rc;
	goods = arena_alloc(&c->arena, a.rest.n * sizeof(*goods));
	for (i = 0; i < a.rest.n; i++)
		if ((rc = read_goods(c, a.rest.v[i], &goods[i])) != 0)
			return rc;
	return told(
	    c, print_goods_labels(c->s, goods, a.rest.n, &job, &said), &said);
}

static int
verb_bin_labels(struct cli *c, int argc, char **argv)
{
	struct print_args a = { .in_warehouse = true };
	struct print_said said;
	struct print_job job;
	int64_t *ids, place = 0;
	size_t i;
	int rc = begin(c, argc, argv, ORDERS_MAX, &a, &job);

	if (rc != 0)
		return rc;
	if (a.warehouse != NULL &&
	    warehouse_find(c->s, a.warehouse, &place) < 0)
		return cli_failed(c);
	ids = arena_alloc(&c->arena, a.rest.n * sizeof(*ids));
	for (i = 0; i < a.rest.n; i++)
		if (bin_scan(c->s, place, a.rest.v[i], &ids[i]) < 0)
			return cli_failed(c);
	return told(
	    c, print_bin_labels(c->s, ids, a.rest.n, &job, &said), &said);
}

#define PAPER "[-o FILE.pdf] [--copies N]"

const struct command print_verbs[] = {
	{ "label", "NO... " PAPER,
	    N_("Prints courier labels of 100 x 180 mm. Who is held, not paid "
	       "or masked by the platform is left out, and named."),
	    verb_label, NULL },
	{ "slip", "NO... " PAPER, N_("Prints what is in each parcel."),
	    verb_slip, NULL },
	{ "picks", "WAVE " PAPER, N_("Prints the pick list of a wave."),
	    verb_picks, NULL },
	{ "manifest", "MANIFEST " PAPER,
	    N_("Prints what a courier's driver signs for."), verb_manifest,
	    NULL },
	{ "production", "PRODUCTION " PAPER,
	    N_("Prints what is to be made, for its maker."), verb_production,
	    NULL },
	{ "stock-slip", "SLIP " PAPER, N_("Prints a stock slip, to be signed."),
	    verb_stock_slip, NULL },
	{ "ledger", "SKU " PAPER, N_("Prints every move of a product."),
	    verb_ledger, NULL },
	{ "labels", "SKU[=N]... " PAPER,
	    N_("Prints labels of products, 40 x 30 mm: N of each."),
	    verb_labels, NULL },
	{ "receipt-labels", "SLIP " PAPER,
	    N_("Prints a label for each piece that came in by a slip."),
	    verb_receipt_labels, NULL },
	{ "bin-labels", "BIN... [--warehouse NAME] " PAPER,
	    N_("Prints labels of bins, 60 x 40 mm."), verb_bin_labels, NULL },
	{ "badge", "LOGIN " PAPER,
	    N_("Makes a badge and prints it, with its code as Code 128. The "
	       "badge before is worth nothing from then on."),
	    verb_badge, NULL },
	{ .name = NULL },
};
