/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/domain/staff.h"

#define STAFF_LIMIT 1000

#define STAFF(field) offsetof(struct staff, field)
static const struct rec_field staff_fields[] = {
	{ "id", N_("Id"), REC_INT, STAFF(id), NULL },
	{ "login", N_("Log-in"), REC_TEXT, STAFF(login), NULL },
	{ "name", N_("Name"), REC_TEXT, STAFF(name), NULL },
	{ "roles", N_("Roles"), REC_WORD, STAFF(roles), NULL },
	{ "active", N_("Active"), REC_BOOL, STAFF(active), NULL },
	{ "created_at", N_("Since"), REC_TIME, STAFF(created_at), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

/* Roles as the domain wants them: blanks between. */
static int
read_roles(struct cli *c, const struct arg_list *roles, struct staff_edit *edit)
{
	struct str s = STR_INIT;
	int rc;

	for (size_t i = 0; i < roles->n; i++)
		str_addf(&s, "%s%s", i > 0 ? " " : "", roles->v[i]);
	rc = args_copy(c, "--role", edit->roles, sizeof(edit->roles), s.s);
	str_done(&s);
	return rc;
}

static int
read_password(struct cli *c, const char *file, char *buf, size_t size)
{
	char *password = cli_new_password(c, file);
	int rc;

	if (password == NULL)
		return CLI_USAGE;
	rc = args_copy(c, "--new-password-file", buf, size, password);
	cli_forget(&password);
	return rc;
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	const char *name = NULL, *file = NULL;
	struct arg_list rest, roles = { 0 };
	const struct arg args[] = {
		{ .name = "--name", .value = &name },
		{ .name = "--role", .list = &roles },
		{ .name = "--new-password-file", .value = &file },
		{ 0 },
	};
	struct staff_edit edit = { 0 };
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && roles.n == 0)
		rc = cli_misused(c, _("The option %s is needed"), "--role");
	if (rc == 0)
		rc = args_copy(
		    c, "LOGIN", edit.login, sizeof(edit.login), rest.v[0]);
	if (rc == 0)
		rc = args_copy(c, "--name", edit.name, sizeof(edit.name),
		    name != NULL ? name : rest.v[0]);
	if (rc == 0)
		rc = read_roles(c, &roles, &edit);
	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = read_password(
		    c, file, edit.password, sizeof(edit.password));
	if (rc == 0 && staff_add(c->s, &edit, &id) != 0)
		rc = cli_failed(c);
	secret_wipe(edit.password, sizeof(edit.password));
	if (rc != 0)
		return rc;
	out_sentence(c, _("%s can log in now"), edit.login);
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "id", NULL, id);
	out_text(c, "login", NULL, edit.login);
	out_text(c, "roles", NULL, edit.roles);
	out_end(c);
	return CLI_OK;
}

static int
verb_password(struct cli *c, int argc, char **argv)
{
	const char *file = NULL;
	const struct arg args[] = {
		{ .name = "--new-password-file", .value = &file },
		{ 0 },
	};
	struct arg_list rest;
	char *password;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	password = cli_new_password(c, file);
	if (password == NULL)
		return CLI_USAGE;
	if (staff_password(c->s, c->password, password) != 0)
		rc = cli_failed(c);
	cli_forget(&password);
	if (rc != 0)
		return rc;
	out_sentence(c, _("The password is changed"));
	if (!out_for_people(c)) {
		out_begin(c);
		out_text(c, "login", NULL, c->user);
		out_end(c);
	}
	return CLI_OK;
}

static int
verb_list(struct cli *c, int argc, char **argv)
{
	struct page rows = { 0 };
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (staff_page(c->s, PAGE_FIRST, NULL, STAFF_LIMIT, &rows) != 0)
		return cli_failed(c);
	out_list_begin(c, staff_fields);
	out_list_rows(c, &rows);
	out_list_end(c);
	page_free(&rows);
	return CLI_OK;
}

const struct command user_verbs[] = {
	{ "add",
	    "LOGIN --role ROLE [--role ROLE]... [--name NAME] "
	    "[--new-password-file FILE|-]",
	    N_("Adds somebody who may log in. The password is asked for, or "
	       "read from the file."),
	    verb_add, NULL },
	{ "password", "[--new-password-file FILE|-]",
	    N_("Changes one's own password."), verb_password, NULL },
	{ "list", "", N_("Prints who works here."), verb_list, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
