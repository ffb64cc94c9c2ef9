/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/domain/settings.h"

/* The figures of the business. */

#define SETTING(field) offsetof(struct setting, field)
static const struct rec_field setting_fields[] = {
	{ "name", N_("Setting name"), REC_TEXT, SETTING(name), NULL },
	{ "value", N_("Set to"), REC_TEXT, SETTING(value), NULL },
	{ "unit", N_("Unit"), REC_TEXT, SETTING(unit), NULL },
	{ "min", N_("From"), REC_INT, SETTING(min), NULL },
	{ "max", N_("Up to"), REC_INT, SETTING(max), NULL },
	{ "meaning", N_("Setting"), REC_TEXT, SETTING(meaning), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static void
show_all(struct cli *c, const struct page *all)
{
	out_list_begin(c, setting_fields);
	out_list_rows(c, all);
	out_list_end(c);
}

static int
show_one(struct cli *c, const struct page *all, const char *name)
{
	const struct setting *row;

	for (size_t i = 0; i < all->n; i++) {
		row = page_row(all, i);
		if (strcmp(row->name, name) != 0)
			continue;
		out_begin(c);
		out_record(c, setting_fields, row);
		out_end(c);
		return CLI_OK;
	}
	return cli_complain(c, CLI_REFUSED, _("There is no setting %s"), name);
}

int
cmd_setting(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	struct page all;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 2, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (rest.n == 2 && setting_save(c->s, rest.v[0], rest.v[1]) != 0)
		return cli_failed(c);
	if (setting_page(c->s, &all) != 0)
		return cli_failed(c);
	if (rest.n == 0)
		show_all(c, &all);
	else
		rc = show_one(c, &all, rest.v[0]);
	page_free(&all);
	return rc;
}
