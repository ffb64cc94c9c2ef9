/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/products.h"

/* Kits: what they are made up of. */

#define PART(field) offsetof(struct kit_part, field)
static const struct rec_field part_fields[] = {
	{ "sku_code", N_("SKU code"), REC_TEXT, PART(sku_code), NULL },
	{ "name", N_("Product"), REC_TEXT, PART(name), NULL },
	{ "qty", N_("Quantity"), REC_INT, PART(qty), NULL },
	{ "available", N_("Available"), REC_INT, PART(available), NULL },
	{ "unit_cost", N_("Unit cost"), REC_COST, PART(unit_cost), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

/* "CUP=4". */
static int
read_piece(struct cli *c, const char *text, struct kit_piece *out)
{
	const char *eq = strrchr(text, '=');
	char code[64];

	if (eq == NULL || eq == text || (size_t)(eq - text) >= sizeof(code))
		return cli_misused(c,
		    _("Say what it is made up of as PART=QTY, not %s"), text);
	memcpy(code, text, (size_t)(eq - text));
	code[eq - text] = '\0';
	if (variant_by_code(c->s, code, &out->part_id) != 0)
		return cli_failed(c);
	return args_count(c, code, eq + 1, &out->qty);
}

static int
verb_set(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct kit_piece v[KIT_PARTS_MAX];
	struct arg_list rest;
	int64_t id;
	size_t i;
	int rc = args_parse(c, argc, argv, args, 2, KIT_PARTS_MAX + 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (variant_by_code(c->s, rest.v[0], &id) != 0)
		return cli_failed(c);
	for (i = 1; rc == 0 && i < rest.n; i++)
		rc = read_piece(c, rest.v[i], &v[i - 1]);
	if (rc != 0)
		return rc;
	if (kit_set(c->s, id, v, rest.n - 1) != 0)
		return cli_failed(c);
	out_sentence(c, _("%s is a kit of %zu parts"), rest.v[0], rest.n - 1);
	return CLI_OK;
}

static int
verb_clear(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (variant_by_code(c->s, rest.v[0], &id) != 0 ||
	    kit_set(c->s, id, NULL, 0) != 0)
		return cli_failed(c);
	out_sentence(c, _("%s is a single product"), rest.v[0]);
	return CLI_OK;
}

static int
verb_show(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	struct page page;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (variant_by_code(c->s, rest.v[0], &id) != 0 ||
	    kit_parts(c->s, id, &page) != 0)
		return cli_failed(c);
	out_list_begin(c, part_fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

const struct command kit_verbs[] = {
	{ "set", "SKU PART=QTY...",
	    N_("Says what a product is made up of: it is sold as one, and its "
	       "parts are kept, picked and sent. Orders that have their parts "
	       "keep them."),
	    verb_set, NULL },
	{ "show", "SKU", N_("Shows what a kit is made up of."), verb_show,
	    NULL },
	{ "clear", "SKU",
	    N_("Makes a single product of a kit that was never sold."),
	    verb_clear, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
