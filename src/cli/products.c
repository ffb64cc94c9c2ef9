/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/products.h"

struct product_args {
	const char *code, *product, *name, *bin, *price, *weight, *reorder,
	    *target, *made, *length, *width, *height, *category, *brand, *unit,
	    *guarantee, *days, *note;
	struct arg_list barcodes, images;
};

static int
read_numbers(
    struct cli *c, const struct product_args *a, struct variant_edit *edit)
{
	const struct {
		const char *name, *text;
		int64_t *to;
	} counts[] = {
		{ "--weight", a->weight, &edit->weight },
		{ "--reorder-at", a->reorder, &edit->reorder_at },
		{ "--target-level", a->target, &edit->target_level },
		{ "--length", a->length, &edit->length },
		{ "--width", a->width, &edit->width },
		{ "--height", a->height, &edit->height },
		{ "--guarantee-days", a->days, &edit->guarantee_days },
	};
	size_t i;
	int rc = 0;

	if (a->price != NULL)
		rc = args_money(c, "--price", a->price, &edit->price);
	for (i = 0; rc == 0 && i < sizeof(counts) / sizeof(counts[0]); i++)
		if (counts[i].text != NULL)
			rc = args_count(
			    c, counts[i].name, counts[i].text, counts[i].to);
	return rc;
}

/* Several, with @sep between; none: it stays as it is. */
static int
read_list(struct cli *c, const char *what, const struct arg_list *list,
    char sep, char *to, size_t size)
{
	struct str all = STR_INIT;
	size_t i;
	int rc = 0;

	for (i = 0; i < list->n; i++) {
		if (i > 0)
			str_addc(&all, sep);
		str_add(&all, list->v[i]);
	}
	if (list->n > 0)
		rc = args_copy(c, what, to, size, all.s);
	str_done(&all);
	return rc;
}

static int
read_texts(
    struct cli *c, const struct product_args *a, struct variant_edit *edit)
{
	const struct arg_text texts[] = {
		ARG_TEXT("--code", a->code, edit->sku_code),
		ARG_TEXT("--product", a->product, edit->product),
		ARG_TEXT("--name", a->name, edit->name),
		ARG_TEXT("--bin", a->bin, edit->bin),
		ARG_TEXT("--made", a->made, edit->made),
		ARG_TEXT("--category", a->category, edit->category),
		ARG_TEXT("--brand", a->brand, edit->brand),
		ARG_TEXT("--unit", a->unit, edit->unit),
		ARG_TEXT("--guarantee", a->guarantee, edit->guarantee),
		ARG_TEXT("--note", a->note, edit->note),
	};
	int rc;

	rc = read_list(c, "--barcode", &a->barcodes, ' ', edit->barcodes,
	    sizeof(edit->barcodes));
	if (rc == 0)
		rc = read_list(c, "--image", &a->images, ';', edit->images,
		    sizeof(edit->images));
	if (rc == 0)
		rc = args_copy_all(c, texts, sizeof(texts) / sizeof(texts[0]));
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
	    { .name = "--length", .value = &(a).length }, \
	    { .name = "--width", .value = &(a).width }, \
	    { .name = "--height", .value = &(a).height }, \
	    { .name = "--category", .value = &(a).category }, \
	    { .name = "--brand", .value = &(a).brand }, \
	    { .name = "--unit", .value = &(a).unit }, \
	    { .name = "--guarantee-days", .value = &(a).days }, \
	    { .name = "--guarantee", .value = &(a).guarantee }, \
	    { .name = "--note", .value = &(a).note }, \
	    { .name = "--image", .list = &(a).images }, \
	{ \
		.name = "--target-level", .value = &(a).target \
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
	return out_told(c, id, "sku_code", edit.sku_code);
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
	return out_told(c, id, "sku_code", edit.sku_code);
}

/* In use, or out of it. */
static int
turn(struct cli *c, int argc, char **argv, bool active)
{
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (variant_by_code(c->s, rest.v[0], &id) != 0 ||
	    variant_active(c->s, id, active) != 0)
		return cli_failed(c);
	out_sentence(c,
	    active ? _("Product %s is in use again")
		   : _("Product %s is out of use"),
	    rest.v[0]);
	return out_told(c, id, "sku_code", rest.v[0]);
}

static int
verb_close(struct cli *c, int argc, char **argv)
{
	return turn(c, argc, argv, false);
}

static int
verb_reopen(struct cli *c, int argc, char **argv)
{
	return turn(c, argc, argv, true);
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

#define PRODUCT_USAGE \
	"[--name NAME] [--barcode CODE]... [--bin BIN] [--price YUAN] " \
	"[--weight GRAMS] [--length MM] [--width MM] [--height MM] " \
	"[--reorder-at N] [--target-level N] [--made yes|no] " \
	"[--category PATH] [--brand BRAND] [--unit UNIT] " \
	"[--guarantee-days N] [--guarantee TEXT] [--note TEXT] " \
	"[--image PATH]..."

const struct command product_verbs[] = {
	{ "add", "SKU --product NAME " PRODUCT_USAGE,
	    N_("Adds a variant, and its product if it is new."), verb_add,
	    NULL },
	{ "change", "SKU [--code SKU] [--product NAME] " PRODUCT_USAGE,
	    N_("Changes what is given. Barcodes and pictures replace those it "
	       "had; category, brand, unit, guarantee, note and pictures are "
	       "of the product and all its variants."),
	    verb_change, NULL },
	{ "map", "LISTING SKU",
	    N_("Says which product a platform's listing is. LISTING is its id "
	       "in: list listings."),
	    verb_map, NULL },
	{ "close", "SKU",
	    N_("Takes a variant out of use: it is neither bought nor newly "
	       "mapped; what there is of it is still sold."),
	    verb_close, NULL },
	{ "reopen", "SKU", N_("Takes a variant into use again."), verb_reopen,
	    NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
