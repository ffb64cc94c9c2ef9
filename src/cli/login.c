/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/domain/import.h"

/* Who it is, and opening the shop. Passwords are never arguments: others see
 * those in the list of processes. */

const char *
cli_database(const struct cli *c)
{
	if (c->opts.db != NULL)
		return c->opts.db;
	return config_text(c->opts.config, "shop:database");
}

void
cli_forget(char **password)
{
	if (*password != NULL)
		secret_wipe(*password, strlen(*password));
	free(*password);
	*password = NULL;
}

/* A line without its end; NULL at the end of @f. */
static char *
read_line(FILE *f)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n = getline(&line, &size, f);

	if (n < 0) {
		free(line);
		return NULL;
	}
	while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
		line[--n] = '\0';
	return line;
}

static char *
password_of_file(struct cli *c, const char *file)
{
	FILE *f = strcmp(file, "-") == 0 ? stdin : fopen(file, "re");
	char *line = NULL;

	if (f == NULL) {
		cli_complain(c, CLI_DENIED,
		    _("The password file %s cannot be read: %s"), file,
		    strerror(errno));
		return NULL;
	}
	line = read_line(f);
	if (f != stdin)
		fclose(f);
	if (line == NULL)
		cli_complain(
		    c, CLI_DENIED, _("The password file %s is empty"), file);
	return line;
}

/* Ask on the terminal; NULL when there is none. */
static char *
ask(const char *label, bool echo)
{
	struct termios old, quiet;
	FILE *tty = fopen("/dev/tty", "r+e");
	char *line;
	bool set = false;

	if (tty == NULL)
		return NULL;
	setvbuf(tty, NULL, _IONBF, 0);
	fputs(label, tty);
	if (!echo && tcgetattr(fileno(tty), &old) == 0) {
		quiet = old;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		set = tcsetattr(fileno(tty), TCSAFLUSH, &quiet) == 0;
	}
	line = read_line(tty);
	if (set) {
		tcsetattr(fileno(tty), TCSAFLUSH, &old);
		fputc('\n', tty);
	}
	fclose(tty);
	return line;
}

int
cli_credentials(struct cli *c)
{
	if (c->user == NULL && c->opts.user != NULL)
		c->user = xstrdup(c->opts.user);
	if (c->user == NULL)
		c->user = ask(_("Log-in name: "), true);
	if (c->user == NULL)
		return cli_complain(c, CLI_DENIED,
		    _("Say who you are by --user and --password-file"));
	if (c->password == NULL && c->opts.password_file != NULL) {
		c->password = password_of_file(c, c->opts.password_file);
		return c->password != NULL ? 0 : CLI_DENIED;
	}
	if (c->password == NULL)
		c->password = ask(_("Password: "), false);
	if (c->password == NULL)
		return cli_complain(c, CLI_DENIED,
		    _("Say who you are by --user and --password-file"));
	return 0;
}

char *
cli_new_password(struct cli *c, const char *file)
{
	char *first, *again;
	bool same;

	if (file != NULL)
		return password_of_file(c, file);
	first = ask(_("New password: "), false);
	if (first == NULL) {
		cli_complain(c, CLI_USAGE,
		    _("Give the new password by --new-password-file"));
		return NULL;
	}
	again = ask(_("Once more: "), false);
	same = again != NULL && strcmp(first, again) == 0;
	cli_forget(&again);
	if (!same) {
		cli_complain(
		    c, CLI_REFUSED, _("The two passwords are not the same"));
		cli_forget(&first);
	}
	return first;
}

/* By name and password, and by a code where one is needed: by --otp, or asked
 * for where the password was. */
static int
log_in(struct cli *c)
{
	const char *given = c->opts.code != NULL ? c->opts.code : "";
	const struct err *err = session_err(c->s);
	char *code;
	int rc = session_login_code(c->s, c->user, c->password, given);

	if (rc == ERR_STATE && strcmp(err->field, "code") == 0 &&
	    c->opts.password_file == NULL &&
	    (code = ask(_("One-time code: "), true)) != NULL) {
		rc = session_login_code(c->s, c->user, c->password, code);
		cli_forget(&code);
	}
	if (rc == 0)
		return 0;
	/* Whatever it was at the door, it is not permitted. */
	if (rc == ERR_STATE || strcmp(err->field, "login") == 0)
		return cli_complain(c, CLI_DENIED, "%s", err->text);
	return cli_failed(c);
}

/* Long work asks whether to go on. */
static int
on_poll(void *arg)
{
	(void)arg;
	return cli_interrupted();
}

int
cli_session(struct cli *c)
{
	struct err err = { 0 };
	int rc;

	if (c->s != NULL)
		return 0;
	rc = session_open(&c->s, cli_database(c), &err);
	if (rc == ERR_NOTFOUND)
		return cli_complain(c, CLI_NODB,
		    _("There is no shop at %s; make one by: shopmgr init"),
		    cli_database(c));
	if (rc != 0)
		return cli_complain(c, CLI_NODB, "%s", err.text);
	session_on_progress(c->s, on_poll, NULL);
	rc = cli_credentials(c);
	if (rc == 0)
		rc = log_in(c);
	/* An import that was interrupted is finished by whoever comes next. */
	if (rc == 0 && import_recover(c->s, NULL) != 0)
		cli_say(c, "%s", session_err(c->s)->text);
	if (rc != 0) {
		session_close(c->s);
		c->s = NULL;
	}
	return rc;
}

int
cli_login(const struct cli_opts *opts, struct session *s)
{
	struct cli c = { .opts = *opts, .s = s, .said = STR_INIT };
	int rc = cli_credentials(&c);

	if (rc == 0)
		rc = log_in(&c);
	cli_forget(&c.password);
	free(c.user);
	str_done(&c.said);
	return rc;
}
