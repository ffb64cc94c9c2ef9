/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shopdb.h"

/* The shop database as a whole. */

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

/* Fills the shop just made; takes it away again when that fails. */
static int
demo(struct cli *c, const char *path)
{
	char *logins = NULL;
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	if (shopdb_demo(c->s, &logins) != 0) {
		rc = cli_failed(c);
		session_close(c->s);
		c->s = NULL;
		unlink(path);
		return rc;
	}
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
	if (shopdb_init(path, c->user, c->password, &err) != 0)
		return cli_err(c, &err);
	out_sentence(c, _("The shop %s is made"), path);
	if (with_demo)
		return demo(c, path);
	if (!out_for_people(c)) {
		out_begin(c);
		out_text(c, "database", NULL, path);
		out_text(c, "owner", NULL, c->user);
		out_end(c);
	}
	return CLI_OK;
}

struct check {
	const char *text;
};

static const struct rec_field check_fields[] = {
	{ "text", N_("What"), REC_TEXT, offsetof(struct check, text), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

struct verdict {
	struct cli *c;
	struct str good, bad; /* a line each */
};

static void
on_check(void *arg, bool bad, const char *text)
{
	struct verdict *v = arg;

	str_addf(bad ? &v->bad : &v->good, "%s\n", text);
	if (bad)
		cli_say(v->c, "%s", text);
	else
		out_sentence(v->c, _("holds: %s"), text);
	(void)out_flush(v->c);
}

static void
check_table(struct cli *c, const char *name, const struct str *lines)
{
	struct page rows = { 0 };
	struct check *row;
	const char *s = lines->s, *end;

	page_init(&rows, sizeof(struct check), lines->len + 1);
	for (; (end = strchr(s, '\n')) != NULL; s = end + 1) {
		row = page_add(&rows);
		row->text = arena_strndup(&rows.arena, s, (size_t)(end - s));
	}
	out_table(c, name, name, check_fields, &rows);
	page_free(&rows);
}

int
cmd_verify(struct cli *c, int argc, char **argv)
{
	struct verdict v = { .c = c, .good = STR_INIT, .bad = STR_INIT };
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	rc = shopdb_verify(c->s, on_check, &v);
	if (!out_for_people(c) && rc >= 0) {
		out_begin(c);
		out_bool(c, "ok", NULL, rc == 0);
		out_int(c, "findings_n", NULL, rc);
		check_table(c, "findings", &v.bad);
		check_table(c, "checks", &v.good);
		out_end(c);
	}
	str_done(&v.good);
	str_done(&v.bad);
	if (rc < 0)
		return cli_failed(c);
	if (rc > 0)
		return cli_complain(c, CLI_REFUSED,
		    ngettext("%d thing does not hold", "%d things do not hold",
			(unsigned long)rc),
		    rc);
	out_sentence(c, _("The books and the file are sound"));
	return CLI_OK;
}

static void
told_copy(struct cli *c, const char *from, const char *to)
{
	if (out_for_people(c))
		return;
	out_begin(c);
	out_text(c, "from", NULL, from);
	out_text(c, "to", NULL, to);
	out_end(c);
}

int
cmd_backup(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (shopdb_backup(c->s, rest.v[0]) != 0)
		return cli_failed(c);
	out_sentence(c, _("The copy %s is written and verified"), rest.v[0]);
	told_copy(c, cli_database(c), rest.v[0]);
	return CLI_OK;
}

/* Where a shop can be opened, only those who may make backups put another in
 * its place. A damaged or missing one can be asked nothing: whoever may write
 * the file may restore it. */
static int
may_restore(struct cli *c)
{
	struct err err = { 0 };
	int rc = session_open(&c->s, cli_database(c), &err);

	if (rc == ERR_BUSY)
		return cli_err(c, &err);
	if (rc != 0)
		return 0;
	session_close(c->s);
	c->s = NULL;
	rc = cli_session(c);
	if (rc == 0 && session_need(c->s, PERM_BACKUP) != 0)
		rc = cli_failed(c);
	if (c->s != NULL)
		session_close(c->s);
	c->s = NULL;
	return rc;
}

int
cmd_restore(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	struct err err = { 0 };
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 1, 1, &rest);

	if (rc != 0)
		return rc;
	if (c->line != 0)
		return cli_misused(c, _("This is no command for a batch"));
	rc = may_restore(c);
	if (rc != 0)
		return rc;
	if (shopdb_restore(rest.v[0], cli_database(c), &err) != 0)
		return cli_err(c, &err);
	out_sentence(c, _("The shop %s is restored from %s"), cli_database(c),
	    rest.v[0]);
	told_copy(c, rest.v[0], cli_database(c));
	return CLI_OK;
}
