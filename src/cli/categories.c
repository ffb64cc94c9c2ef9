/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/domain/categories.h"

/* The tree of categories. */

/* "a/b/c": c, in a/b. */
static int
take_path(struct cli *c, const char *path, struct category_edit *e)
{
	const char *slash = strrchr(path, '/');
	int rc;

	if (slash == NULL)
		return args_copy(c, "PATH", e->name, sizeof(e->name), path);
	rc = args_copy(c, "PATH", e->parent, sizeof(e->parent), path);
	if (rc == 0)
		e->parent[slash - path] = '\0';
	return rc != 0
		   ? rc
		   : args_copy(c, "PATH", e->name, sizeof(e->name), slash + 1);
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	struct category_edit e = { .name = "" };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 1, 1, &rest);

	if (rc == 0)
		rc = take_path(c, rest.v[0], &e);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (category_add(c->s, &e, &id) != 0)
		return cli_failed(c);
	out_sentence(c, _("The category %s is there"), rest.v[0]);
	return out_told(c, id, "path", rest.v[0]);
}

static int
move(struct cli *c, int64_t id, const char *path)
{
	struct category_edit e = { .name = "" };
	struct page page;
	int64_t version;
	int rc;

	if (category_get(c->s, id, &page) != 0)
		return cli_failed(c);
	version = ((const struct category *)page_row(&page, 0))->version;
	page_free(&page);
	if ((rc = take_path(c, path, &e)) != 0)
		return rc;
	return category_save(c->s, id, version, &e) != 0 ? cli_failed(c) : 0;
}

static int
verb_move(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 2, 2, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (category_by_path(c->s, rest.v[0], &id) != 0)
		return cli_failed(c);
	if ((rc = move(c, id, rest.v[1])) != 0)
		return rc;
	out_sentence(c, _("The category %s is %s now"), rest.v[0], rest.v[1]);
	return out_told(c, id, "path", rest.v[1]);
}

static int
verb_drop(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (category_by_path(c->s, rest.v[0], &id) != 0 ||
	    category_drop(c->s, id) != 0)
		return cli_failed(c);
	out_sentence(c, _("The category %s is taken away"), rest.v[0]);
	return out_told(c, id, "path", rest.v[0]);
}

const struct command category_verbs[] = {
	{ "add", "PATH",
	    N_("Adds a category, and those above it that are missing: "
	       "kitchen/pans."),
	    verb_add, NULL },
	{ "move", "PATH PATH",
	    N_("Gives a category another name or place; what is in it goes "
	       "with it."),
	    verb_move, NULL },
	{ "drop", "PATH", N_("Takes an empty category away."), verb_drop,
	    NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
