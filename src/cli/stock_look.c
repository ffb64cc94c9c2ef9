/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/routing.h"
#include "stock_cli.h"

/* What there is, where, and what there was. */

#define PAGE_ROWS 500

#define HERE(field) offsetof(struct stock_here, field)
static const struct rec_field here_fields[] = {
	{ "sku_code", N_("Product code"), REC_TEXT, HERE(sku_code), NULL },
	{ "name", N_("Item"), REC_TEXT, HERE(name), NULL },
	{ "warehouse", N_("Warehouse"), REC_TEXT, HERE(warehouse), NULL },
	{ "bin", N_("Bin"), REC_TEXT, HERE(bin), NULL },
	{ "on_hand", N_("On hand"), REC_INT, HERE(on_hand), NULL },
	{ "available", N_("Available"), REC_INT, HERE(available), NULL },
	{ "reserved", N_("Reserved"), REC_INT, HERE(reserved), NULL },
	{ "to_put", N_("To be put away"), REC_INT, HERE(to_put), NULL },
	{ "defective", N_("Defective"), REC_INT, HERE(defective), NULL },
	{ "in_transit", N_("In transit"), REC_INT, HERE(in_transit), NULL },
	{ "value", N_("Value"), REC_COST, HERE(value), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
list_page(struct cli *c, const struct rec_field *fields, struct page *rows)
{
	out_list_begin(c, fields);
	out_list_rows(c, rows);
	out_list_end(c);
	page_free(rows);
	return CLI_OK;
}

/* A product by its code. */
static int
find(struct cli *c, int argc, char **argv, int64_t *id)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return variant_by_code(c->s, rest.v[0], id) != 0 ? cli_failed(c) : 0;
}

int
verb_stock_where(struct cli *c, int argc, char **argv)
{
	struct page rows;
	int64_t id;
	int rc = find(c, argc, argv, &id);

	if (rc != 0)
		return rc;
	if (stock_everywhere(c->s, id, &rows) != 0)
		return cli_failed(c);
	return list_page(c, here_fields, &rows);
}

#define GOODS(field) offsetof(struct bin_goods, field)
static const struct rec_field bin_fields[] = {
	{ "warehouse", N_("Warehouse"), REC_TEXT, GOODS(warehouse), NULL },
	{ "bin", N_("Bin"), REC_TEXT, GOODS(code), NULL },
	{ "kind", N_("Kind"), REC_CODE, GOODS(kind), bin_kind_name },
	{ "quantity", N_("Quantity"), REC_INT, GOODS(qty), NULL },
	{ "home", N_("Picked from there"), REC_BOOL, GOODS(home), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

int
verb_stock_bins(struct cli *c, int argc, char **argv)
{
	struct page rows;
	int64_t id;
	int rc = find(c, argc, argv, &id);

	if (rc != 0)
		return rc;
	if (variant_bins(c->s, id, 0, &rows) != 0)
		return cli_failed(c);
	return list_page(c, bin_fields, &rows);
}

int
verb_stock_below(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct stock_here last;
	struct arg_list rest;
	struct page rows;
	bool first = true;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	out_list_begin(c, here_fields);
	for (;; first = false) {
		if (stock_below_page(c->s, first ? PAGE_FIRST : PAGE_AFTER,
			&last, PAGE_ROWS, &rows) != 0)
			return cli_failed(c);
		out_list_rows(c, &rows);
		if (rows.n < PAGE_ROWS)
			break;
		last = *(const struct stock_here *)page_row(&rows, rows.n - 1);
		page_free(&rows);
	}
	page_free(&rows);
	out_list_end(c);
	return CLI_OK;
}

#define PAST(field) offsetof(struct stock_past, field)
static const struct rec_field past_fields[] = {
	{ "sku_code", N_("Product code"), REC_TEXT, PAST(sku_code), NULL },
	{ "name", N_("Item"), REC_TEXT, PAST(name), NULL },
	{ "warehouse", N_("Warehouse"), REC_TEXT, PAST(warehouse), NULL },
	{ "on_hand", N_("On hand"), REC_INT, PAST(on_hand), NULL },
	{ "value", N_("Value"), REC_COST, PAST(value), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
all_at(struct cli *c, int64_t at, const char *warehouse)
{
	struct stock_past last;
	struct page rows;
	int64_t where = 0;
	bool first = true;

	if (warehouse != NULL && warehouse_find(c->s, warehouse, &where) != 0)
		return cli_failed(c);
	out_list_begin(c, past_fields);
	for (;; first = false) {
		if (stock_past_page(c->s, at, where,
			first ? PAGE_FIRST : PAGE_AFTER, &last, PAGE_ROWS,
			&rows) != 0)
			return cli_failed(c);
		out_list_rows(c, &rows);
		if (rows.n < PAGE_ROWS)
			break;
		last = *(const struct stock_past *)page_row(&rows, rows.n - 1);
		page_free(&rows);
	}
	page_free(&rows);
	out_list_end(c);
	return CLI_OK;
}

static int
one_at(struct cli *c, int64_t at, const char *sku)
{
	int64_t id, n, value;

	if (variant_by_code(c->s, sku, &id) != 0 ||
	    stock_at(c->s, id, at, &n, &value) != 0)
		return cli_failed(c);
	out_sentence(c, _("%s: %lld on hand"), sku, (long long)n);
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_text(c, "sku_code", NULL, sku);
	out_int(c, "on_hand", NULL, n);
	out_int(c, "value_fen", NULL, value);
	out_end(c);
	return CLI_OK;
}

int
verb_stock_at(struct cli *c, int argc, char **argv)
{
	const char *warehouse = NULL;
	const struct arg args[] = {
		{ .name = "--warehouse", .value = &warehouse },
		{ 0 },
	};
	struct arg_list rest;
	int64_t at = 0;
	int rc = args_parse(c, argc, argv, args, 1, 2, &rest);

	if (rc == 0 && time_parse(rest.v[0], &at) < 0)
		rc = cli_misused(c,
		    _("%s is no time: write 2024-05-28 or "
		      "2024-05-28 09:12:33"),
		    rest.v[0]);
	if (rc == 0 && strchr(rest.v[0], ':') == NULL)
		at = day_start(time_day(at) + 1) - 1;
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return rest.n == 2 ? one_at(c, at, rest.v[1])
			   : all_at(c, at, warehouse);
}

int
verb_stock_levels(struct cli *c, int argc, char **argv)
{
	const char *warehouse = NULL, *reorder = NULL, *target = NULL;
	const struct arg args[] = {
		{ .name = "--warehouse", .value = &warehouse },
		{ .name = "--reorder", .value = &reorder },
		{ .name = "--target", .value = &target },
		{ 0 },
	};
	int64_t levels[2] = { -1, -1 };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && reorder != NULL)
		rc = args_count(c, "--reorder", reorder, &levels[0]);
	if (rc == 0 && target != NULL)
		rc = args_count(c, "--target", target, &levels[1]);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (stock_levels(c->s, rest.v[0], warehouse != NULL ? warehouse : "",
		levels[0], levels[1]) != 0)
		return cli_failed(c);
	out_sentence(c, _("%s is saved"), rest.v[0]);
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_text(c, "sku_code", NULL, rest.v[0]);
	out_int(c, "reorder_at", NULL, levels[0]);
	out_int(c, "target_level", NULL, levels[1]);
	out_end(c);
	return CLI_OK;
}
