/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/restrict.h"
#include "shopmgr/base/time.h"
#include "shopmgr/cli/cli.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/io/files.h"
#include "shopmgr/screens/screens.h"
#include "shopmgr/tui/chart.h"
#include "shopmgr/tui/term.h"
#include "shopmgr/tui/ui.h"

/*
 * Options, settings, language and clock; then one batch command, or the
 * terminal program.
 */

struct options {
	const char *config, *lang, *format;
	struct cli_opts cli;
	bool help, version;
	bool restricted; /* see base/restrict.h */
};

struct option {
	const char *name, *letter;
	const char **value; /* gets what follows, */
	bool *flag;         /* or is set to true */
};

static int fail(int code, const char *fmt, ...) PRINTF_LIKE(2, 3);

static int
fail(int code, const char *fmt, ...)
{
	va_list ap;

	fputs("shopmgr: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return code;
}

/* Takes argv[*i] when it is one of ours: 1; 0 when it is not. */
static int
take(const struct option *table, int argc, char **argv, int *i)
{
	const char *text = argv[*i];

	for (const struct option *o = table; o->name != NULL; o++) {
		size_t len = strlen(o->name);

		if (o->value != NULL && strncmp(text, o->name, len) == 0 &&
		    text[len] == '=') {
			*o->value = text + len + 1;
			return 1;
		}
		if (strcmp(text, o->name) != 0 &&
		    (o->letter == NULL || strcmp(text, o->letter) != 0))
			continue;
		if (o->flag != NULL) {
			*o->flag = true;
			return 1;
		}
		if (*i + 1 == argc)
			return fail(
			    -CLI_USAGE, _("The option %s needs a value"), text);
		*o->value = argv[++*i];
		return 1;
	}
	return 0;
}

/*
 * The program's own options may stand in front of the command or behind it.
 * What is left, the command and its own, moves to the front of @argv; returns
 * how many there are, or a negative exit code.
 */
static int
parse(struct options *o, int argc, char **argv)
{
	const struct option table[] = {
		{ "--config", "-c", &o->config, NULL },
		{ "--database", "-d", &o->cli.db, NULL },
		{ "--lang", NULL, &o->lang, NULL },
		{ "--user", NULL, &o->cli.user, NULL },
		{ "--password-file", NULL, &o->cli.password_file, NULL },
		{ "--otp", NULL, &o->cli.code, NULL },
		{ "--format", NULL, &o->format, NULL },
		{ "--version", NULL, NULL, &o->version },
		{ NULL, NULL, NULL, NULL },
	};
	int n = 0, rc;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			/* The command sees it too, if there is one yet. */
			for (i += n == 0; i < argc; i++)
				argv[n++] = argv[i];
			break;
		}
		rc = take(table, argc, argv, &i);
		if (rc < 0)
			return rc;
		if (rc == 1)
			continue;
		/* "shopmgr order --help" is the command's. */
		if (n == 0 && (strcmp(argv[i], "--help") == 0 ||
				  strcmp(argv[i], "-h") == 0)) {
			o->help = true;
			continue;
		}
		if (n == 0 && argv[i][0] == '-')
			return fail(
			    -CLI_USAGE, _("There is no option %s"), argv[i]);
		argv[n++] = argv[i];
	}
	argv[n] = NULL;
	return n;
}

static const char *
or_env(const char *value, const char *name)
{
	if (value != NULL)
		return value;
	value = getenv(name);
	return value != NULL && value[0] != '\0' ? value : NULL;
}

static int
check_words(struct options *o)
{
	if (o->lang != NULL && strcmp(o->lang, "zh_CN") != 0 &&
	    strcmp(o->lang, "zh") != 0 && strcmp(o->lang, "en") != 0)
		return fail(CLI_USAGE, _("There is no language %s"), o->lang);
	o->cli.format = FORMAT_TEXT;
	if (o->format == NULL || strcmp(o->format, "text") == 0)
		return 0;
	if (strcmp(o->format, "csv") == 0)
		o->cli.format = FORMAT_CSV;
	else if (strcmp(o->format, "json") == 0)
		o->cli.format = FORMAT_JSON;
	else
		return fail(CLI_USAGE, _("There is no format %s"), o->format);
	return 0;
}

/* The folder of the setting, or formats beside the settings. */
static void
own_layouts(const struct config *config)
{
	const char *dir = config_text(config, "import:formats");
	const char *ini = config_path(config), *slash = strrchr(ini, '/');
	char beside[PATH_MAX];

	if (dir[0] == '\0' && slash != NULL) {
		snprintf(beside, sizeof(beside), "%.*s/formats",
		    (int)(slash - ini), ini);
		dir = beside;
	} else if (dir[0] == '\0' && ini[0] != '\0') {
		dir = "formats";
	}
	import_formats_folder(dir);
}

/* Settings, language, clock, log. */
static int
set_up(struct options *o, struct config **config)
{
	struct err err = { 0 };
	const char *lang, *log;

	if ((o->restricted ? config_load_system(config, &err)
			   : config_load(config, o->config, &err)) != 0)
		return fail(CLI_USAGE, "%s", err.text);
	lang = config_text(*config, "ui:lang");
	if (o->lang == NULL && strcmp(lang, "auto") != 0)
		i18n_init(lang);
	if (time_zone_set(config_text(*config, "shop:zone")) != 0)
		return fail(CLI_USAGE, _("There is no time zone %s"),
		    config_text(*config, "shop:zone"));
	log = config_text(*config, "log:file");
	if (log[0] != '\0' && log_open(log, &err) != 0)
		return fail(CLI_USAGE, "%s", err.text);
	own_layouts(*config);
	o->cli.config = *config;
	return 0;
}

static const char *
shop_path(const struct options *o)
{
	return o->cli.db != NULL ? o->cli.db
				 : config_text(o->cli.config, "shop:database");
}

/* Told once, before there is a screen to tell it on. */
static int
tell_recovery(void *arg, const struct import_progress *p)
{
	bool *told = arg;

	(void)p;
	if (!*told)
		fputs(_("An import that was interrupted is being finished. One "
			"moment, please.\n"),
		    stderr);
	*told = true;
	return 0;
}

/* Opens the shop for the terminal program. */
static int
open_shop(const struct options *o, struct session **s)
{
	const char *db = shop_path(o);
	struct err err = { 0 };
	bool told = false;
	const struct import_options opt = { .progress = tell_recovery,
		.arg = &told };
	int rc = session_open(s, db, &err);

	if (rc == ERR_NOTFOUND)
		return fail(CLI_NODB,
		    _("There is no shop at %s; make one by: shopmgr init"), db);
	if (rc != 0)
		return fail(CLI_NODB, "%s", err.text);
	/* An import that was interrupted; if it cannot be finished now, the
	 * next one who opens the shop tries again. */
	if (import_recover(*s, &opt) != 0)
		fprintf(stderr, "shopmgr: %s\n", session_err(*s)->text);
	if (o->cli.user == NULL || o->cli.password_file == NULL)
		return 0;
	return cli_login(&o->cli, *s);
}

static int
terminal(const struct options *o, struct session *s)
{
	const struct config *config = o->cli.config;
	struct app app = {
		.session = s,
		.config = config,
		.exchange = config_text(config, "shop:exchange"),
	};
	struct term_opts opts = {
		.theme = config_text(config, "ui:theme"),
		.color = strcmp(config_text(config, "ui:color"), "never") != 0,
		.esc_ms = (int)config_int(config, "ui:escape_ms"),
		.scan_ms = (int)config_int(config, "ui:scan_ms"),
		.ambiguous = config_text(config, "ui:ambiguous"),
		.mouse = config_bool(config, "ui:mouse"),
	};
	struct ui_port port;
	struct err err = { 0 };
	int h, w, rc;

	if (term_start(&opts, &port, &h, &w, &err) != 0)
		return fail(CLI_USAGE, "%s", err.text);
	rc = app_run(&app, &port, h, w);
	term_stop();
	if (rc == 0 && term_ended())
		fputs(_("shopmgr was ended from outside; what was not saved is "
			"not in the shop.\n"),
		    stderr);
	return rc < 0 ? fail(CLI_REFUSED, "%s", session_err(s)->text) : CLI_OK;
}

/* Where files come and go; its absence is told there. Those who are restricted
 * get no further than that. */
static int
open_exchange(const struct options *o)
{
	const char *dir = config_text(o->cli.config, "shop:exchange");
	struct err err = { 0 };

	(void)mkdir(dir, 0700);
	if (o->restricted && files_confine(dir, &err) != 0)
		return fail(CLI_REFUSED, "%s", err.text);
	return 0;
}

static int
run_terminal(const struct options *o)
{
	struct session *s = NULL;
	struct err err = { 0 };
	int rc;

	if (app_check_bindings(o->cli.config, &err) != 0)
		return fail(CLI_USAGE, "%s", err.text);
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return fail(CLI_USAGE, "%s",
		    o->restricted
			? _("This needs a terminal: ssh -t")
			: _("This needs a terminal. For scripts there are "
			    "commands: shopmgr help"));
	chart_ascii = chart_terminal_is_plain();
	rc = open_exchange(o);
	if (rc == 0)
		rc = open_shop(o, &s);
	if (rc == 0) {
		rc = terminal(o, s);
		session_close(s);
		s = NULL;
		cli_closing(shop_path(o));
	}
	session_close(s);
	return rc;
}

/* As a shell that has nothing but the screens. */
static int
run_restricted(enum restrict_kind kind)
{
	struct options o = { .restricted = true };
	struct config *config = NULL;
	int rc;

	restrict_environment();
	i18n_init(NULL);
	if (kind == RESTRICT_COMMAND)
		return fail(CLI_DENIED, "%s",
		    _("Only the screens of shopmgr are open here, no commands "
		      "and no copying of files. Come without a command, as in: "
		      "ssh shop@HOST"));
	rc = set_up(&o, &config);
	if (rc == 0)
		rc = run_terminal(&o);
	config_free(config);
	return rc;
}

/* No file that is opened becomes stdin, stdout or stderr, should one of these
 * be closed. What is written to it then still fails. */
static void
keep_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int
main(int argc, char **argv)
{
	static char help[] = "help";
	char *help_argv[] = { help, NULL };
	enum restrict_kind kind = restrict_kind(argc, argv);
	struct options o = { 0 };
	struct config *config = NULL;
	int n, rc;

	keep_streams();
	/* Customers' addresses are nobody else's business. */
	umask(077);
	if (kind != RESTRICT_NOT)
		return run_restricted(kind);
	i18n_init(getenv("SHOPMGR_LANG"));
	n = parse(&o, argc, argv);
	if (n < 0)
		return -n;
	o.lang = or_env(o.lang, "SHOPMGR_LANG");
	o.cli.db = or_env(o.cli.db, "SHOPMGR_DB");
	o.cli.user = or_env(o.cli.user, "SHOPMGR_USER");
	o.cli.password_file =
	    or_env(o.cli.password_file, "SHOPMGR_PASSWORD_FILE");
	o.cli.code = or_env(o.cli.code, "SHOPMGR_OTP");
	if (check_words(&o) != 0)
		return CLI_USAGE;
	if (o.lang != NULL)
		i18n_init(o.lang);
	if (o.version) {
		puts("shopmgr " SHOPMGR_VERSION);
		return fflush(stdout) == 0
			   ? CLI_OK
			   : fail(CLI_REFUSED,
				 _("The output could not be written"));
	}
	if (o.help)
		return cli_run(&o.cli, 1, help_argv);
	if (n > 0 && !cli_is_command(argv[0]))
		return fail(CLI_USAGE,
		    _("There is no command %s; see: shopmgr help"), argv[0]);
	rc = set_up(&o, &config);
	if (rc == 0)
		rc = n > 0 ? cli_run(&o.cli, n, argv) : run_terminal(&o);
	config_free(config);
	return rc;
}
