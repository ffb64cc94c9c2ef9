/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/stat.h>

#include "cli_priv.h"
#include "shopmgr/domain/backup.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shopdb.h"
#include "verdict.h"

/* Copies of the shop, and putting one back. */

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

static int
tell_written(struct cli *c, const char *path)
{
	out_sentence(c, _("The copy %s is written and verified"), path);
	told_copy(c, cli_database(c), path);
	return CLI_OK;
}

static int
write_copy(struct cli *c, const char *path)
{
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	return shopdb_backup(c->s, path) != 0 ? cli_failed(c)
					      : tell_written(c, path);
}

static int
keep_copy(struct cli *c, const char *dir)
{
	struct str path = STR_INIT;
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	rc = backup_keep(c->s, dir, &path) != 0 ? cli_failed(c)
						: tell_written(c, path.s);
	str_done(&path);
	return rc;
}

#define BACKUP(field) offsetof(struct backup, field)
static const struct rec_field backup_fields[] = {
	{ "name", N_("Backup"), REC_TEXT, BACKUP(name), NULL },
	{ "at", N_("Time"), REC_TIME, BACKUP(at), NULL },
	{ "size", N_("Bytes"), REC_INT, BACKUP(size), NULL },
	{ "path", N_("Path"), REC_TEXT, BACKUP(path), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
list_copies(struct cli *c, const char *dir)
{
	struct page all;
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	if (backup_list(c->s, dir, &all) != 0)
		return cli_failed(c);
	out_list_begin(c, backup_fields);
	out_list_rows(c, &all);
	out_list_end(c);
	page_free(&all);
	return CLI_OK;
}

/* The copy that is meant: @path, or the newest where that is a folder. */
static int
find_copy(struct cli *c, const char **path)
{
	struct stat st;
	struct page all;
	int rc = CLI_OK;

	if (stat(*path, &st) != 0 || !S_ISDIR(st.st_mode))
		return CLI_OK; /* if it is not there, the rehearsal says so */
	if (backup_list(c->s, *path, &all) != 0)
		return cli_failed(c);
	if (all.n == 0)
		rc = cli_complain(
		    c, CLI_REFUSED, _("There is no copy in %s"), *path);
	else
		*path = arena_strdup(&c->arena,
		    ((const struct backup *)page_row(&all, 0))->path);
	page_free(&all);
	return rc;
}

static int
rehearse(struct cli *c, const char *path)
{
	struct verdict v = VERDICT(c);
	int rc = cli_session(c);

	if (rc == 0)
		rc = find_copy(c, &path);
	if (rc != 0)
		return rc;
	out_sentence(c, _("Trying out %s"), path);
	rc = backup_rehearse(c->s, path, verdict_tell, &v);
	return verdict_end(&v, rc, path,
	    _("The copy can be put back, and agrees with the shop"));
}

int
cmd_backup(struct cli *c, int argc, char **argv)
{
	const char *keep = NULL;
	const struct arg args[] = {
		{ .name = "--keep", .value = &keep },
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 0, 2, &rest);

	if (rc != 0)
		return rc;
	if (keep != NULL && rest.n == 0)
		return keep_copy(c, keep);
	if (keep == NULL && rest.n == 1)
		return write_copy(c, rest.v[0]);
	if (keep == NULL && rest.n == 2 && strcmp(rest.v[0], "list") == 0)
		return list_copies(c, rest.v[1]);
	if (keep == NULL && rest.n == 2 && strcmp(rest.v[0], "rehearse") == 0)
		return rehearse(c, rest.v[1]);
	return cli_misused(c, _("A file is wanted, or what to do with which"));
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
