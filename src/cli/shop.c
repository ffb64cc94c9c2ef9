/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/shopdb.h"

/* A new shop. */

/* For trying out only; the demo prints it. */
#define DEMO_OWNER    "owner"
#define DEMO_PASSWORD "demo-shop"

/* Who the owner is; a demo nobody was named for has its own. */
static int
owner(struct cli *c, bool demo)
{
	int rc;

	if (demo && c->opts.user == NULL) {
		c->user = xstrdup(DEMO_OWNER);
		c->password = xstrdup(DEMO_PASSWORD);
		return 0;
	}
	if (c->opts.user == NULL || c->opts.password_file != NULL)
		return cli_credentials(c);
	c->user = xstrdup(c->opts.user);
	c->password = cli_new_password(c, NULL);
	rc = c->password != NULL ? 0 : CLI_USAGE;
	return rc;
}

/* A shop with a month of trade in it, or none. */
static int
demo(struct cli *c, const char *path)
{
	struct err err = { 0 };
	char *logins;

	if (shopdb_init_demo(path, c->user, c->password, cli_interrupted,
		&logins, &err) != 0)
		return cli_err(c, &err);
	out_sentence(c, _("The shop %s is made"), path);
	if (out_for_people(c)) {
		out_sentence(c, _("Demo log-ins (name, password, role):"));
		if (c->opts.user == NULL)
			out_sentence(c, "%s %s owner", c->user, c->password);
		out_raw(c, logins);
	} else {
		out_begin(c);
		out_text(c, "database", NULL, path);
		out_text(c, "owner", NULL, c->user);
		out_text(c, "logins", NULL, logins);
		out_end(c);
	}
	free(logins);
	return CLI_OK;
}

/* The folders on the way to @path, for oneself alone. */
static void
make_folders(struct cli *c, const char *path)
{
	char *p = arena_strdup(&c->arena, path), *slash;

	for (slash = strchr(p + 1, '/'); p[0] != '\0' && slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		/* When it does not work, making the shop says so. */
		(void)mkdir(p, 0700);
		*slash = '/';
	}
}

int
cmd_init(struct cli *c, int argc, char **argv)
{
	const char *path = cli_database(c);
	bool with_demo = false;
	const struct arg args[] = {
		{ .name = "--demo", .flag = &with_demo },
		{ 0 },
	};
	struct arg_list rest;
	struct err err = { 0 };
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc != 0)
		return rc;
	if (c->line != 0)
		return cli_misused(c, _("This is no command for a batch"));
	if (access(path, F_OK) == 0)
		return cli_complain(
		    c, CLI_REFUSED, _("There is a shop at %s already"), path);
	rc = owner(c, with_demo);
	if (rc != 0)
		return rc;
	make_folders(c, path);
	if (with_demo)
		return demo(c, path);
	if (shopdb_init(path, c->user, c->password, &err) != 0)
		return cli_err(c, &err);
	out_sentence(c, _("The shop %s is made"), path);
	if (!out_for_people(c)) {
		out_begin(c);
		out_text(c, "database", NULL, path);
		out_text(c, "owner", NULL, c->user);
		out_end(c);
	}
	return CLI_OK;
}
