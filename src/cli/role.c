/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

/* What a role may do. */

#define ROLE_MOST 100

/* The row that is listed, of the role that is called so. */
static int
find_role(struct cli *c, const char *name, struct page *all, size_t *at)
{
	const struct role *role;

	if (role_page(c->s, all) != 0)
		return cli_failed(c);
	role = all->rows;
	for (*at = 0; *at < all->n; (*at)++)
		if (strcmp(role[*at].name, name) == 0)
			return 0;
	page_free(all);
	return cli_complain(c, CLI_REFUSED, _("There is no role %s"), name);
}

static int
tell(struct cli *c, int64_t id)
{
	const struct rec_kind *kind = record_kind("roles");
	struct page row;

	if (kind->get(c->s, id, &row) != 0)
		return cli_failed(c);
	out_begin(c);
	out_record(c, kind->fields, page_row(&row, 0));
	out_end(c);
	page_free(&row);
	return CLI_OK;
}

static int
verb_list(struct cli *c, int argc, char **argv)
{
	const struct rec_kind *kind = record_kind("roles");
	struct arg_list rest;
	struct page rows;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (kind->page(c->s, NULL, 0, PAGE_FIRST, NULL, ROLE_MOST, &rows) != 0)
		return cli_failed(c);
	out_list_begin(c, kind->fields);
	out_list_rows(c, &rows);
	out_list_end(c);
	page_free(&rows);
	return CLI_OK;
}

static int
verb_show(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	struct page all = { 0 };
	int64_t id;
	size_t at = 0;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = find_role(c, rest.v[0], &all, &at);
	if (rc != 0)
		return rc;
	id = ((const struct role *)page_row(&all, at))->id;
	page_free(&all);
	return tell(c, id);
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	const char *title = "";
	const struct arg args[] = {
		{ .name = "--title", .value = &title },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (role_add(c->s, rest.v[0], title, &id) != 0)
		return cli_failed(c);
	out_sentence(c, _("There is a role %s now, which may do nothing yet"),
	    rest.v[0]);
	return out_for_people(c) ? CLI_OK : tell(c, id);
}

/* The permissions behind the role's name. */
static int
read_perms(struct cli *c, const struct arg_list *names, uint64_t *bits)
{
	struct str known = STR_INIT;

	*bits = 0;
	for (size_t i = 1; i < names->n; i++) {
		enum perm perm = perm_by_name(names->v[i]);

		if (perm != PERM_NONE) {
			*bits |= UINT64_C(1) << perm;
			continue;
		}
		for (unsigned p = PERM_NONE + 1; p < PERM_MAX; p++)
			str_addf(&known, " %s", perm_name((enum perm)p));
		cli_misused(c, _("There is no permission %s; there are:%s"),
		    names->v[i], known.s);
		str_done(&known);
		return CLI_USAGE;
	}
	return 0;
}

static int
change(struct cli *c, int argc, char **argv, bool grant)
{
	const struct role *role;
	struct arg_list rest;
	struct page all = { 0 };
	uint64_t bits = 0;
	int64_t id;
	size_t at = 0;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 2, PERM_MAX, &rest);

	if (rc == 0)
		rc = read_perms(c, &rest, &bits);
	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = find_role(c, rest.v[0], &all, &at);
	if (rc != 0)
		return rc;
	role = page_row(&all, at);
	id = role->id;
	bits = grant ? role->perms | bits : role->perms & ~bits;
	rc = role_save(c->s, id, role->version, bits);
	page_free(&all);
	if (rc != 0)
		return cli_failed(c);
	out_sentence(c, _("The role %s is changed"), rest.v[0]);
	return out_for_people(c) ? CLI_OK : tell(c, id);
}

static int
verb_grant(struct cli *c, int argc, char **argv)
{
	return change(c, argc, argv, true);
}

static int
verb_revoke(struct cli *c, int argc, char **argv)
{
	return change(c, argc, argv, false);
}

const struct command role_verbs[] = {
	{ "list", "", N_("Prints the roles and what they may do."), verb_list,
	    NULL },
	{ "show", "ROLE", N_("Prints one role."), verb_show, NULL },
	{ "add", "ROLE [--title TITLE]",
	    N_("Adds a role of the shop's own, which may do nothing yet."),
	    verb_add, NULL },
	{ "grant", "ROLE PERMISSION...",
	    N_("Lets a role do more. Who is logged in notices at once."),
	    verb_grant, NULL },
	{ "revoke", "ROLE PERMISSION...", N_("Lets a role do less."),
	    verb_revoke, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
