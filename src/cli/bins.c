/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/routing.h"

/* Bins: added, changed, and what lies in one. */

struct bin_args {
	const char *warehouse, *kind, *walk, *note, *code;
	bool close, open;
};
#define BIN_ARGS(a) \
	{ .name = "--warehouse", .value = &(a).warehouse }, \
	    { .name = "--kind", .value = &(a).kind }, \
	    { .name = "--walk", .value = &(a).walk }, \
	{ \
		.name = "--note", .value = &(a).note \
	}

static int
read_bin(struct cli *c, const struct bin_args *a, struct bin_edit *e)
{
	const struct arg_text texts[] = {
		ARG_TEXT("--warehouse", a->warehouse, e->warehouse),
		ARG_TEXT("BIN", a->code, e->code),
		ARG_TEXT("--kind", a->kind, e->kind),
		ARG_TEXT("--walk", a->walk, e->walk),
		ARG_TEXT("--note", a->note, e->note),
	};
	int rc = args_copy_all(c, texts, sizeof(texts) / sizeof(texts[0]));

	if (a->close || a->open)
		e->active = a->open;
	return rc;
}

static int
told(struct cli *c, int64_t id, const char *code)
{
	out_sentence(c, _("%s is saved"), code);
	return out_told(c, id, "bin", code);
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	struct bin_args a = { 0 };
	const struct arg args[] = { BIN_ARGS(a), { 0 } };
	struct bin_edit e = { .active = true };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0) {
		a.code = rest.v[0];
		rc = read_bin(c, &a, &e);
	}
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return bin_add(c->s, &e, &id) != 0 ? cli_failed(c)
					   : told(c, id, e.code);
}

/* Finds the bin; the page has its row. */
static int
find(struct cli *c, const char *warehouse, const char *code, struct page *out)
{
	int64_t place = 0, id;

	if ((warehouse != NULL &&
		warehouse_find(c->s, warehouse, &place) != 0) ||
	    bin_scan(c->s, place, code, &id) != 0 ||
	    bin_get(c->s, id, out) != 0)
		return cli_failed(c);
	return 0;
}

static int
verb_edit(struct cli *c, int argc, char **argv)
{
	struct bin_args a = { 0 };
	const struct arg args[] = { BIN_ARGS(a),
		{ .name = "--code", .value = &a.code },
		{ .name = "--close", .flag = &a.close },
		{ .name = "--open", .flag = &a.open }, { 0 } };
	const struct bin *b;
	struct bin_edit e;
	struct arg_list rest;
	struct page page;
	int64_t id, version;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = find(c, a.warehouse, rest.v[0], &page);
	if (rc != 0)
		return rc;
	b = page_row(&page, 0);
	id = b->id;
	version = b->version;
	bin_edit_from(&e, b);
	page_free(&page);
	if ((rc = read_bin(c, &a, &e)) != 0)
		return rc;
	return bin_save(c->s, id, version, &e) != 0 ? cli_failed(c)
						    : told(c, id, e.code);
}

#define GOODS(field) offsetof(struct bin_goods, field)
static const struct rec_field goods_fields[] = {
	{ "sku_code", N_("Product code"), REC_TEXT, GOODS(sku_code), NULL },
	{ "name", N_("Item"), REC_TEXT, GOODS(name), NULL },
	{ "quantity", N_("Quantity"), REC_INT, GOODS(qty), NULL },
	{ "home", N_("Picked from there"), REC_BOOL, GOODS(home), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

#define PAGE_ROWS 500

static int
verb_goods(struct cli *c, int argc, char **argv)
{
	const char *warehouse = NULL;
	const struct arg args[] = {
		{ .name = "--warehouse", .value = &warehouse },
		{ 0 },
	};
	struct bin_goods last;
	struct arg_list rest;
	struct page page;
	int64_t id;
	bool first = true;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = find(c, warehouse, rest.v[0], &page);
	if (rc != 0)
		return rc;
	id = ((const struct bin *)page_row(&page, 0))->id;
	page_free(&page);
	out_list_begin(c, goods_fields);
	for (;; first = false) {
		if (bin_goods_page(c->s, id, first ? PAGE_FIRST : PAGE_AFTER,
			&last, PAGE_ROWS, &page) != 0)
			return cli_failed(c);
		out_list_rows(c, &page);
		if (page.n < PAGE_ROWS)
			break;
		last = *(const struct bin_goods *)page_row(&page, page.n - 1);
		page_free(&page);
	}
	page_free(&page);
	out_list_end(c);
	return CLI_OK;
}

static int
verb_import(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct bin_import sum;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (bins_import(c->s, rest.v[0], &sum) != 0)
		return cli_failed(c);
	out_sentence(c, _("%lld bins added, %lld changed, %lld as they were"),
	    (long long)sum.added, (long long)sum.changed, (long long)sum.same);
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "added", NULL, sum.added);
	out_int(c, "changed", NULL, sum.changed);
	out_int(c, "same", NULL, sum.same);
	out_end(c);
	return CLI_OK;
}

const struct command bin_verbs[] = {
	{ "add",
	    "BIN [--warehouse NAME] [--kind pick|reserve|defective|to_put] "
	    "[--walk N] [--note TEXT]",
	    N_("Adds a bin."), verb_add, NULL },
	{ "edit",
	    "BIN [--warehouse NAME] [--code BIN] [--kind KIND] [--walk N] "
	    "[--note TEXT] [--close | --open]",
	    N_("Changes what is given."), verb_edit, NULL },
	{ "goods", "BIN [--warehouse NAME]", N_("Lists what lies in a bin."),
	    verb_goods, NULL },
	{ "import", "FILE",
	    N_("Takes in a list with the columns warehouse, bin, kind, walk "
	       "and note."),
	    verb_import, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
