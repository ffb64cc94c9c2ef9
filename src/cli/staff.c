/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/domain/staff.h"

#define STAFF_LIMIT 1000

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

/* Whoever has this login name. */
static int
find_person(struct cli *c, const char *login, struct page *row)
{
	int64_t id;

	if (staff_by_login(c->s, login, &id) != 0 ||
	    staff_get(c->s, id, row) != 0)
		return cli_failed(c);
	return 0;
}

static int
tell(struct cli *c, int64_t id)
{
	struct page row;

	if (out_for_people(c))
		return CLI_OK;
	if (staff_get(c->s, id, &row) != 0)
		return cli_failed(c);
	out_begin(c);
	out_record(c, record_kind("staff")->fields, page_row(&row, 0));
	out_end(c);
	page_free(&row);
	return CLI_OK;
}

/* A verb about one person and nothing else: LOGIN, the session, the person. */
static int
begin_about(struct cli *c, int argc, char **argv, const struct arg *args,
    const char **login, int64_t *id)
{
	static const struct arg none[] = { { 0 } };
	struct arg_list rest;
	struct page row;
	int rc =
	    args_parse(c, argc, argv, args != NULL ? args : none, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = find_person(c, rest.v[0], &row);
	if (rc != 0)
		return rc;
	*login = rest.v[0];
	*id = ((const struct staff *)page_row(&row, 0))->id;
	page_free(&row);
	return 0;
}

static int
verb_change(struct cli *c, int argc, char **argv)
{
	const char *name = NULL;
	struct arg_list rest, roles = { 0 };
	const struct arg args[] = {
		{ .name = "--name", .value = &name },
		{ .name = "--role", .list = &roles },
		{ 0 },
	};
	struct staff_edit edit = { 0 };
	const struct staff *was;
	struct page row;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && name == NULL && roles.n == 0)
		rc = cli_misused(
		    c, _("The option %s is needed"), "--name, --role");
	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = find_person(c, rest.v[0], &row);
	if (rc != 0)
		return rc;
	was = page_row(&row, 0);
	id = was->id;
	rc = args_copy(c, "--name", edit.name, sizeof(edit.name),
	    name != NULL ? name : was->name);
	if (rc == 0)
		rc = roles.n > 0 ? read_roles(c, &roles, &edit)
				 : args_copy(c, "--role", edit.roles,
				       sizeof(edit.roles), was->roles);
	if (rc == 0 && staff_save(c->s, id, was->version, &edit) != 0)
		rc = cli_failed(c);
	page_free(&row);
	if (rc != 0)
		return rc;
	out_sentence(c, _("%s is changed"), rest.v[0]);
	return tell(c, id);
}

/* The same, with what is done to that person. */
static int
act_on(struct cli *c, int argc, char **argv,
    int (*act)(struct session *s, int64_t id), const char **login, int64_t *id)
{
	int rc = begin_about(c, argc, argv, NULL, login, id);

	if (rc == 0 && act(c->s, *id) != 0)
		rc = cli_failed(c);
	return rc;
}

static int
let_out(struct session *s, int64_t id)
{
	return staff_set_active(s, id, false);
}

static int
let_in(struct session *s, int64_t id)
{
	return staff_set_active(s, id, true);
}

static int
verb_close(struct cli *c, int argc, char **argv)
{
	const char *login;
	int64_t id;
	int rc = act_on(c, argc, argv, let_out, &login, &id);

	if (rc != 0)
		return rc;
	out_sentence(c, _("%s cannot log in any more"), login);
	return tell(c, id);
}

static int
verb_reopen(struct cli *c, int argc, char **argv)
{
	const char *login;
	int64_t id;
	int rc = act_on(c, argc, argv, let_in, &login, &id);

	if (rc != 0)
		return rc;
	out_sentence(c, _("%s can log in now"), login);
	return tell(c, id);
}

static int
verb_reset(struct cli *c, int argc, char **argv)
{
	const char *file = NULL, *login;
	const struct arg args[] = {
		{ .name = "--new-password-file", .value = &file },
		{ 0 },
	};
	char *password;
	int64_t id;
	int rc = begin_about(c, argc, argv, args, &login, &id);

	if (rc != 0)
		return rc;
	if ((password = cli_new_password(c, file)) == NULL)
		return CLI_USAGE;
	if (staff_reset(c->s, id, password) != 0)
		rc = cli_failed(c);
	cli_forget(&password);
	if (rc != 0)
		return rc;
	out_sentence(
	    c, _("%s has a new password, to be changed at log-in"), login);
	return tell(c, id);
}

static int
verb_unlock(struct cli *c, int argc, char **argv)
{
	const char *login;
	int64_t id;
	int rc = act_on(c, argc, argv, staff_unlock, &login, &id);

	if (rc != 0)
		return rc;
	out_sentence(c, _("The refused log-ins of %s are forgotten"), login);
	return tell(c, id);
}

static int
verb_badge(struct cli *c, int argc, char **argv)
{
	char code[STAFF_BADGE_SIZE];
	const char *login;
	int64_t id;
	int rc = begin_about(c, argc, argv, NULL, &login, &id);

	if (rc != 0)
		return rc;
	if (staff_badge_new(c->s, id, code) != 0)
		return cli_failed(c);
	out_sentence(c, _("The badge of %s, shown only now: %s"), login, code);
	if (!out_for_people(c)) {
		out_begin(c);
		out_text(c, "login", NULL, login);
		out_text(c, "badge", NULL, code);
		out_end(c);
	}
	secret_wipe(code, sizeof(code));
	return CLI_OK;
}

static int
verb_badge_drop(struct cli *c, int argc, char **argv)
{
	const char *login;
	int64_t id;
	int rc = act_on(c, argc, argv, staff_badge_drop, &login, &id);

	if (rc != 0)
		return rc;
	out_sentence(c, _("The badge of %s is worth nothing now"), login);
	return tell(c, id);
}

static int
tell_otp(struct cli *c, const char *login, bool on)
{
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_text(c, "login", NULL, login);
	out_bool(c, "otp", NULL, on);
	out_end(c);
	return CLI_OK;
}

/* Somebody's, or without a name one's own. */
static int
verb_otp_end(struct cli *c, int argc, char **argv)
{
	struct arg_list rest;
	const char *login;
	int64_t id;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	login = rest.n > 0 ? rest.v[0] : c->user;
	if (rest.n == 0)
		rc = otp_end(c->s, c->password);
	else if ((rc = staff_by_login(c->s, login, &id)) == 0)
		rc = staff_otp_end(c->s, id);
	if (rc != 0)
		return cli_failed(c);
	out_sentence(c, _("%s logs in without a one-time code now"), login);
	return tell_otp(c, login, false);
}

static int
show_setup(struct cli *c)
{
	struct otp_setup setup;

	if (otp_begin(c->s, &setup) != 0)
		return cli_failed(c);
	out_begin(c);
	out_text(c, "secret", _("Key to type in"), setup.secret);
	out_text(c, "uri", _("Address for a QR code"), setup.uri);
	out_end(c);
	secret_wipe(&setup, sizeof(setup));
	return CLI_OK;
}

/* First the key; then the key again, by a file, with a code that fits it. */
static int
verb_otp(struct cli *c, int argc, char **argv)
{
	const char *file = NULL, *code = NULL;
	const struct arg args[] = {
		{ .name = "--secret-file", .value = &file },
		{ .name = "--confirm", .value = &code },
		{ 0 },
	};
	struct otp_setup setup = { 0 };
	struct arg_list rest;
	char *secret;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc == 0 && (file == NULL) != (code == NULL))
		rc = cli_misused(c, _("The option %s is needed"),
		    file == NULL ? "--secret-file" : "--confirm");
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (file == NULL)
		return show_setup(c);
	if ((secret = cli_new_password(c, file)) == NULL)
		return CLI_DENIED;
	copy_text(setup.secret, sizeof(setup.secret), secret);
	cli_forget(&secret);
	if (otp_confirm(c->s, &setup, code) != 0)
		rc = cli_failed(c);
	secret_wipe(&setup, sizeof(setup));
	if (rc != 0)
		return rc;
	out_sentence(
	    c, _("From now on %s logs in with a one-time code too"), c->user);
	return tell_otp(c, c->user, true);
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
	out_list_begin(c, record_kind("staff")->fields);
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
	{ "change", "LOGIN [--name NAME] [--role ROLE]...",
	    N_("Changes name or roles. Roles replace those there were."),
	    verb_change, NULL },
	{ "close", "LOGIN", N_("Somebody left: no log-in any more."),
	    verb_close, NULL },
	{ "reopen", "LOGIN", N_("Somebody came back."), verb_reopen, NULL },
	{ "reset", "LOGIN [--new-password-file FILE|-]",
	    N_("Gives somebody a new password, to be changed at log-in."),
	    verb_reset, NULL },
	{ "unlock", "LOGIN", N_("Forgets somebody's refused log-ins."),
	    verb_unlock, NULL },
	{ "badge", "LOGIN",
	    N_("Makes a badge and prints its code, to be printed as Code 128. "
	       "The badge before is worth nothing from then on."),
	    verb_badge, NULL },
	{ "badge-drop", "LOGIN", N_("Ends somebody's badge."), verb_badge_drop,
	    NULL },
	{ "otp", "[--secret-file FILE|- --confirm CODE]",
	    N_("Prints a new key for one's authenticator; then, with the key "
	       "and a code of the authenticator, one-time codes are needed."),
	    verb_otp, NULL },
	{ "otp-end", "[LOGIN]",
	    N_("Ends one's own one-time codes, or somebody's who lost the "
	       "telephone."),
	    verb_otp_end, NULL },
	{ "password", "[--new-password-file FILE|-]",
	    N_("Changes one's own password."), verb_password, NULL },
	{ "list", "", N_("Prints who works here."), verb_list, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
