/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/domain/companies.h"

/* Companies, and what suppliers sell us. */

struct company_args {
	const char *name, *supplier, *carrier, *buyer, *contact, *phone,
	    *address, *bank, *account, *tax_no, *lead, *cycle, *min_total,
	    *terms, *courier, *customer, *note;
};

#define COMPANY_ARGS(a) \
	{ .name = "--name", .value = &(a).name }, \
	    { .name = "--supplier", .value = &(a).supplier }, \
	    { .name = "--carrier", .value = &(a).carrier }, \
	    { .name = "--buyer", .value = &(a).buyer }, \
	    { .name = "--contact", .value = &(a).contact }, \
	    { .name = "--phone", .value = &(a).phone }, \
	    { .name = "--address", .value = &(a).address }, \
	    { .name = "--bank", .value = &(a).bank }, \
	    { .name = "--account", .value = &(a).account }, \
	    { .name = "--tax-no", .value = &(a).tax_no }, \
	    { .name = "--lead-days", .value = &(a).lead }, \
	    { .name = "--cycle-days", .value = &(a).cycle }, \
	    { .name = "--min-total", .value = &(a).min_total }, \
	    { .name = "--terms-days", .value = &(a).terms }, \
	    { .name = "--courier", .value = &(a).courier }, \
	    { .name = "--customer", .value = &(a).customer }, \
	    { .name = "--note", .value = &(a).note }, \
	{ \
		0 \
	}

static int
read_numbers(
    struct cli *c, const struct company_args *a, struct company_edit *e)
{
	int rc = 0;

	if (a->lead != NULL)
		rc = args_count(c, "--lead-days", a->lead, &e->lead_days);
	if (rc == 0 && a->cycle != NULL)
		rc = args_count(c, "--cycle-days", a->cycle, &e->cycle_days);
	if (rc == 0 && a->terms != NULL)
		rc = args_count(c, "--terms-days", a->terms, &e->terms_days);
	if (rc == 0 && a->min_total != NULL)
		rc = args_money(c, "--min-total", a->min_total, &e->min_total);
	return rc;
}

static int
read_all(struct cli *c, const struct company_args *a, struct company_edit *e)
{
	const struct arg_text texts[] = {
		ARG_TEXT("--name", a->name, e->name),
		ARG_TEXT("--supplier", a->supplier, e->supplier),
		ARG_TEXT("--carrier", a->carrier, e->carrier),
		ARG_TEXT("--buyer", a->buyer, e->buyer),
		ARG_TEXT("--contact", a->contact, e->contact),
		ARG_TEXT("--phone", a->phone, e->phone),
		ARG_TEXT("--address", a->address, e->address),
		ARG_TEXT("--bank", a->bank, e->bank),
		ARG_TEXT("--account", a->account, e->account),
		ARG_TEXT("--tax-no", a->tax_no, e->tax_no),
		ARG_TEXT("--courier", a->courier, e->courier),
		ARG_TEXT("--customer", a->customer, e->customer),
		ARG_TEXT("--note", a->note, e->note),
	};
	int rc = args_copy_all(c, texts, sizeof(texts) / sizeof(texts[0]));

	return rc != 0 ? rc : read_numbers(c, a, e);
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	struct company_args a = { .name = NULL };
	const struct arg args[] = { COMPANY_ARGS(a) };
	struct company_edit e = { .name = "" };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && a.supplier == NULL && a.carrier == NULL &&
	    a.buyer == NULL)
		a.supplier = "yes";
	if (rc == 0)
		rc = read_all(c, &a, &e);
	if (rc == 0)
		rc = args_copy(c, "NAME", e.name, sizeof(e.name), rest.v[0]);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (company_add(c->s, &e, &id) != 0)
		return cli_failed(c);
	out_sentence(c, _("The company %s is written down"), e.name);
	return out_told(c, id, "name", e.name);
}

/* Change what is given, leave the rest. */
static int
change(struct cli *c, int64_t id, const struct company_args *a,
    struct company_edit *e)
{
	struct page page;
	int64_t version;
	int rc;

	if (company_get(c->s, id, &page) != 0)
		return cli_failed(c);
	version = ((const struct company *)page_row(&page, 0))->version;
	company_edit_from(e, page_row(&page, 0));
	page_free(&page);
	rc = read_all(c, a, e);
	if (rc == 0 && company_save(c->s, id, version, e) != 0)
		rc = cli_failed(c);
	return rc;
}

static int
verb_save(struct cli *c, int argc, char **argv)
{
	struct company_args a = { .name = NULL };
	const struct arg args[] = { COMPANY_ARGS(a) };
	struct company_edit e;
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (company_by_name(c->s, rest.v[0], &id) != 0)
		return cli_failed(c);
	if ((rc = change(c, id, &a, &e)) != 0)
		return rc;
	out_sentence(c, _("The company %s is changed"), e.name);
	return out_told(c, id, "name", e.name);
}

static int
turn(struct cli *c, int argc, char **argv, bool close)
{
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (company_by_name(c->s, rest.v[0], &id) != 0 ||
	    (close ? company_close(c->s, id) : company_reopen(c->s, id)) != 0)
		return cli_failed(c);
	out_sentence(c,
	    close ? _("The company %s is closed")
		  : _("The company %s is open again"),
	    rest.v[0]);
	return out_told(c, id, "name", rest.v[0]);
}

static int
verb_close(struct cli *c, int argc, char **argv)
{
	return turn(c, argc, argv, true);
}

static int
verb_reopen(struct cli *c, int argc, char **argv)
{
	return turn(c, argc, argv, false);
}

#define COMPANY_USAGE \
	"[--supplier yes|no] [--carrier yes|no] [--buyer yes|no] " \
	"[--contact NAME] [--phone NUMBER] [--address TEXT] [--bank BANK] " \
	"[--account NUMBER] [--tax-no NUMBER] [--lead-days N] " \
	"[--cycle-days N] [--min-total YUAN] [--terms-days N] " \
	"[--courier NAME] [--customer NICK] [--note TEXT]"

const struct command company_verbs[] = {
	{ "add", "NAME " COMPANY_USAGE,
	    N_("Writes a company down; a supplier, unless said otherwise."),
	    verb_add, NULL },
	{ "save", "NAME [--name NAME] " COMPANY_USAGE,
	    N_("Changes what is given. NAME: or its pinyin initials."),
	    verb_save, NULL },
	{ "close", "NAME", N_("Nothing is ordered from it any more."),
	    verb_close, NULL },
	{ "reopen", "NAME", N_("Opens it again."), verb_reopen, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

/* The offer as it is; one that is new begins with a piece at a time. */
static int
offer_now(struct cli *c, const char *sku, const char *company,
    struct supplier_item_edit *e)
{
	struct page page = { 0 };
	int rc;

	*e = (struct supplier_item_edit){ .min_qty = 1, .pack_qty = 1 };
	rc = args_copy(c, "SKU", e->sku_code, sizeof(e->sku_code), sku);
	if (rc == 0)
		rc = args_copy(
		    c, "SUPPLIER", e->company, sizeof(e->company), company);
	if (rc != 0)
		return rc;
	rc = supplier_item_find(c->s, sku, company, &page);
	if (rc == 0)
		supplier_item_edit_from(e, page_row(&page, 0));
	page_free(&page);
	return rc == 0 || rc == ERR_NOTFOUND ? 0 : cli_failed(c);
}

static int
verb_price(struct cli *c, int argc, char **argv)
{
	const char *code = NULL, *min = NULL, *pack = NULL, *first = NULL;
	const struct arg args[] = {
		{ .name = "--code", .value = &code },
		{ .name = "--min-qty", .value = &min },
		{ .name = "--pack-qty", .value = &pack },
		{ .name = "--first", .value = &first },
		{ 0 },
	};
	struct supplier_item_edit e;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 3, 3, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = offer_now(c, rest.v[1], rest.v[0], &e);
	if (rc == 0)
		rc = args_money(c, "YUAN", rest.v[2], &e.price);
	if (rc == 0 && code != NULL)
		rc = args_copy(c, "--code", e.code, sizeof(e.code), code);
	if (rc == 0 && min != NULL)
		rc = args_count(c, "--min-qty", min, &e.min_qty);
	if (rc == 0 && pack != NULL)
		rc = args_count(c, "--pack-qty", pack, &e.pack_qty);
	if (rc == 0 && first != NULL)
		rc = args_copy(c, "--first", e.first, sizeof(e.first), first);
	if (rc != 0)
		return rc;
	if (supplier_item_set(c->s, &e) != 0)
		return cli_failed(c);
	out_sentence(
	    c, _("%s sells %s for %s"), e.company, e.sku_code, rest.v[2]);
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_text(c, "company", NULL, e.company);
	out_text(c, "sku_code", NULL, e.sku_code);
	out_text(c, "price", NULL, rest.v[2]);
	out_end(c);
	return CLI_OK;
}

static int
verb_drop(struct cli *c, int argc, char **argv)
{
	const struct supplier_item *i;
	struct page page = { 0 };
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 2, 2, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	rc = supplier_item_find(c->s, rest.v[1], rest.v[0], &page);
	if (rc == 0) {
		i = page_row(&page, 0);
		rc = supplier_item_drop(c->s, i->variant_id, i->company_id);
	}
	page_free(&page);
	if (rc != 0)
		return cli_failed(c);
	out_sentence(
	    c, _("%s does not sell %s any more"), rest.v[0], rest.v[1]);
	return CLI_OK;
}

const struct command supplier_verbs[] = {
	{ "price",
	    "SUPPLIER SKU YUAN [--code CODE] [--min-qty N] [--pack-qty N] "
	    "[--first yes|no]",
	    N_("Says for how much a supplier sells a product. Prices before "
	       "are kept: list supplier-prices."),
	    verb_price, NULL },
	{ "drop", "SUPPLIER SKU",
	    N_("The supplier does not sell it any more; its prices are kept."),
	    verb_drop, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
