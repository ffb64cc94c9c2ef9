/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/shops.h"

/* What the shops are called, and where they are. */

#define SHOP(field) offsetof(struct shop_name, field)
static const struct rec_field shop_fields[] = {
	{ "id", N_("No."), REC_INT, SHOP(id), NULL },
	{ "platform", N_("Platform"), REC_TEXT, SHOP(platform), NULL },
	{ "name", N_("Shop"), REC_TEXT, SHOP(name), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
verb_list(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	struct page all;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (shop_page(c->s, &all) != 0)
		return cli_failed(c);
	out_list_begin(c, shop_fields);
	out_list_rows(c, &all);
	out_list_end(c);
	page_free(&all);
	return CLI_OK;
}

/* By its number, or by a name that one shop alone has; NULL: complained. */
static const struct shop_name *
find_shop(struct cli *c, const struct page *all, const char *what)
{
	const struct shop_name *shop, *found = NULL;
	char *end;
	int64_t id = strtoll(what, &end, 10);
	size_t i, n = 0;

	if (*end != '\0')
		id = 0;
	for (i = 0; i < all->n; i++) {
		shop = page_row(all, i);
		if (strcmp(shop->name, what) == 0) {
			found = shop;
			n++;
		}
	}
	for (i = 0; n == 0 && i < all->n; i++) {
		shop = page_row(all, i);
		if (shop->id == id)
			return shop;
	}
	if (n == 0)
		cli_complain(c, CLI_REFUSED, _("There is no shop %s"), what);
	if (n > 1)
		cli_complain(c, CLI_REFUSED,
		    _("%zu shops are called %s: say its number, which shop "
		      "list prints"),
		    n, what);
	return n == 1 ? found : NULL;
}

static int
tell(struct cli *c, int64_t id)
{
	const struct shop_name *shop;
	struct page all;
	size_t i;

	if (shop_page(c->s, &all) != 0)
		return cli_failed(c);
	for (i = 0; i < all.n; i++) {
		shop = page_row(&all, i);
		if (shop->id != id)
			continue;
		out_begin(c);
		out_record(c, shop_fields, shop);
		out_end(c);
	}
	page_free(&all);
	return CLI_OK;
}

static int
verb_edit(struct cli *c, int argc, char **argv)
{
	const char *platform = NULL, *name = NULL;
	const struct arg args[] = {
		{ .name = "--platform", .value = &platform },
		{ .name = "--name", .value = &name },
		{ 0 },
	};
	const struct shop_name *shop;
	struct arg_list rest;
	struct page all;
	int64_t id = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && platform == NULL && name == NULL)
		rc = cli_misused(
		    c, _("The option %s is needed"), "--platform|--name");
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (shop_page(c->s, &all) != 0)
		return cli_failed(c);
	if ((shop = find_shop(c, &all, rest.v[0])) == NULL) {
		rc = CLI_REFUSED;
	} else {
		id = shop->id;
		if (shop_save(c->s, id,
			platform != NULL ? platform : shop->platform,
			name != NULL ? name : shop->name) != 0)
			rc = cli_failed(c);
	}
	page_free(&all);
	return rc != 0 ? rc : tell(c, id);
}

const struct command shop_verbs[] = {
	{ "list", "", N_("Prints the shops that orders came from."), verb_list,
	    NULL },
	{ "edit", "NO|NAME [--platform PLATFORM] [--name NAME]",
	    N_("Puts right where a shop is and what it is called. Files that "
	       "have its old name go on finding it."),
	    verb_edit, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
