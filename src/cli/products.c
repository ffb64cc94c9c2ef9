/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/products.h"

struct product_args {
	const char *code, *product, *name, *bin, *price, *weight, *reorder,
	    *target, *made;
	struct arg_list barcodes;
};

static int
read_numbers(
    struct cli *c, const struct product_args *a, struct variant_edit *edit)
{
	int rc = 0;

	if (a->price != NULL)
		rc = args_money(c, "--price", a->price, &edit->price);
	if (rc == 0 && a->weight != NULL)
		rc = args_count(c, "--weight", a->weight, &edit->weight);
	if (rc == 0 && a->reorder != NULL)
		rc = args_count(
		    c, "--reorder-at", a->reorder, &edit->reorder_at);
	if (rc == 0 && a->target != NULL)
		rc = args_count(
		    c, "--target-level", a->target, &edit->target_level);
	return rc;
}

static int
read_texts(
    struct cli *c, const struct product_args *a, struct variant_edit *edit)
{
	struct str codes = STR_INIT;
	int rc = 0;

	if (a->code != NULL)
		rc = args_copy(c, "--code", edit->sku_code,
		    sizeof(edit->sku_code), a->code);
	if (rc == 0 && a->product != NULL)
		rc = args_copy(c, "--product", edit->product,
		    sizeof(edit->product), a->product);
	if (rc == 0 && a->name != NULL)
		rc = args_copy(
		    c, "--name", edit->name, sizeof(edit->name), a->name);
	if (rc == 0 && a->bin != NULL)
		rc =
		    args_copy(c, "--bin", edit->bin, sizeof(edit->bin), a->bin);
	if (rc == 0 && a->made != NULL)
		rc = args_copy(
		    c, "--made", edit->made, sizeof(edit->made), a->made);
	for (size_t i = 0; i < a->barcodes.n; i++)
		str_addf(&codes, "%s%s", i > 0 ? " " : "", a->barcodes.v[i]);
	if (rc == 0 && a->barcodes.n > 0)
		rc = args_copy(c, "--barcode", edit->barcodes,
		    sizeof(edit->barcodes), codes.s);
	str_done(&codes);
	return rc;
}

#define PRODUCT_ARGS(a) \
	{ .name = "--product", .value = &(a).product }, \
	    { .name = "--name", .value = &(a).name }, \
	    { .name = "--barcode", .list = &(a).barcodes }, \
	    { .name = "--bin", .value = &(a).bin }, \
	    { .name = "--price", .value = &(a).price }, \
	    { .name = "--weight", .value = &(a).weight }, \
	    { .name = "--reorder-at", .value = &(a).reorder }, \
	    { .name = "--made", .value = &(a).made }, \
	{ \
		.name = "--target-level", .value = &(a).target \
	}

static int
told(struct cli *c, int64_t id, const char *sku_code)
{
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "id", NULL, id);
	out_text(c, "sku_code", NULL, sku_code);
	out_end(c);
	return CLI_OK;
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	struct product_args a = { 0 };
	const struct arg args[] = {
		PRODUCT_ARGS(a),
		{ 0 },
	};
	struct variant_edit edit = { 0 };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && a.product == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--product");
	if (rc == 0)
		rc = args_copy(
		    c, "SKU", edit.sku_code, sizeof(edit.sku_code), rest.v[0]);
	if (rc == 0)
		rc = read_texts(c, &a, &edit);
	if (rc == 0)
		rc = read_numbers(c, &a, &edit);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (variant_add(c->s, &edit, &id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Product %s is added"), edit.sku_code);
	return told(c, id, edit.sku_code);
}

/* Change what is given, leave the rest. */
static int
change(struct cli *c, int64_t id, const struct product_args *a,
    struct variant_edit *edit)
{
	struct page page;
	int64_t version;
	int rc;

	if (variant_get(c->s, id, &page) != 0)
		return cli_failed(c);
	version = ((const struct variant *)page_row(&page, 0))->version;
	variant_edit_from(edit, page_row(&page, 0));
	page_free(&page);
	rc = read_texts(c, a, edit);
	if (rc == 0)
		rc = read_numbers(c, a, edit);
	if (rc == 0 && variant_save(c->s, id, version, edit) != 0)
		rc = cli_failed(c);
	return rc;
}

static int
verb_change(struct cli *c, int argc, char **argv)
{
	struct product_args a = { 0 };
	const struct arg args[] = {
		PRODUCT_ARGS(a),
		{ .name = "--code", .value = &a.code },
		{ 0 },
	};
	struct variant_edit edit = { 0 };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (variant_by_code(c->s, rest.v[0], &id) != 0)
		return cli_failed(c);
	if ((rc = change(c, id, &a, &edit)) != 0)
		return rc;
	out_sentence(c, _("Product %s is changed"), edit.sku_code);
	return told(c, id, edit.sku_code);
}

static int
verb_map(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	int64_t listing, variant, released = 0;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 2, 2, &rest);

	if (rc == 0)
		rc = args_count(c, "LISTING", rest.v[0], &listing);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (variant_by_code(c->s, rest.v[1], &variant) != 0 ||
	    listing_map(c->s, listing, variant, &released) != 0)
		return cli_failed(c);
	out_sentence(c,
	    ngettext("The listing is mapped to %s; %lld order can go now",
		"The listing is mapped to %s; %lld orders can go now",
		(unsigned long)released),
	    rest.v[1], (long long)released);
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "listing_id", NULL, listing);
	out_text(c, "sku_code", NULL, rest.v[1]);
	out_int(c, "released", NULL, released);
	out_end(c);
	return CLI_OK;
}

const struct command product_verbs[] = {
	{ "add",
	    "SKU --product NAME [--name NAME] [--barcode CODE]... "
	    "[--bin BIN] [--price YUAN] [--weight GRAMS] [--reorder-at N] [--made yes|no] "
	    "[--target-level N]",
	    N_("Adds a variant, and its product if it is new."), verb_add,
	    NULL },
	{ "change",
	    "SKU [--code SKU] [--product NAME] [--name NAME] "
	    "[--barcode CODE]... [--bin BIN] [--price YUAN] [--weight GRAMS] "
	    "[--reorder-at N] [--made yes|no] [--target-level N]",
	    N_("Changes what is given. Barcodes replace those it had."),
	    verb_change, NULL },
	{ "map", "LISTING SKU",
	    N_("Says which product a platform's listing is. LISTING is its id "
	       "in: list listings."),
	    verb_map, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
