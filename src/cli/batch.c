/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"

/*
 * Many commands under one log-in. Each line gets its result on stdout as soon
 * as it is done, so what was printed is committed:
 *
 *	3 ok Order 4119203366520877731 is shipped: waybill YT1234567890123
 *	4 refused This waybill was used for order 4119203366520877702
 *
 * With --format json an object a line; its "result" is what the command by
 * itself prints. Lists and tables come whole in front of their result.
 */

static const char *const code_names[] = {
	[CLI_OK] = "ok",
	[CLI_REFUSED] = "refused",
	[CLI_USAGE] = "usage",
	[CLI_NODB] = "database",
	[CLI_DENIED] = "denied",
};

static void
result_json(struct cli *c, int code, struct str *result)
{
	struct str line = STR_INIT;

	/* Only between values: in strings they are \\n. */
	if (result->len > 0 && result->s[result->len - 1] == '\n')
		str_cut(result, result->len - 1);
	for (size_t i = 0; i < result->len; i++)
		if (result->s[i] == '\n')
			result->s[i] = ' ';
	str_addf(&line,
	    "{\"line\":%lld,\"status\":%d,\"command\":", (long long)c->line,
	    code);
	json_string(&line, c->name);
	if (code != CLI_OK) {
		str_add(&line, ",\"error\":");
		json_string(&line, c->said.s);
	}
	str_addf(
	    &line, ",\"result\":%s}\n", result->len != 0 ? result->s : "null");
	str_cut(result, 0);
	str_add(result, line.s);
	str_done(&line);
}

static void
result_text(struct cli *c, int code, struct str *result)
{
	char *said =
	    code == CLI_OK ? writer_take_sentence(c->w) : xstrdup(c->said.s);

	str_addf(result, "%lld %s%s%s\n", (long long)c->line, code_names[code],
	    said[0] != '\0' ? " " : "", said);
	free(said);
}

static void
result_csv(struct cli *c, int code, struct str *result)
{
	if (result->len > 0 && result->s[result->len - 1] != '\n')
		str_addc(result, '\n');
	str_addf(result, "%lld,%s\n", (long long)c->line, code_names[code]);
}

/* The words of a line, run; *@blank for a line without any. */
static int
execute(struct cli *c, const char *text, bool *blank)
{
	char **argv;
	int argc;

	arena_reset(&c->arena);
	c->command = NULL;
	c->name = "";
	str_cut(&c->said, 0);
	argc = words_split(&c->arena, text, &argv);
	*blank = argc == 0;
	if (argc == 0)
		return CLI_OK;
	if (argc < 0)
		return cli_misused(c, _("A quote is left open"));
	c->name = argv[0];
	if (strcmp(argv[0], "batch") == 0)
		return cli_misused(c, _("This is no command for a batch"));
	return cli_command(c, argc, argv);
}

/* What the command wrote is held back, to be joined with its result. */
static int
one_line(struct cli *c, const char *text)
{
	bool blank;
	int rc;

	writer_hold(c->w, true);
	rc = execute(c, text, &blank);
	if (!blank && c->opts.format == FORMAT_TEXT)
		result_text(c, rc, writer_held(c->w));
	else if (!blank && c->opts.format == FORMAT_CSV)
		result_csv(c, rc, writer_held(c->w));
	else if (!blank)
		result_json(c, rc, writer_held(c->w));
	writer_hold(c->w, false);
	if (!blank && out_flush(c) != 0 && rc == CLI_OK)
		rc = CLI_REFUSED;
	return rc;
}

static int
run(struct cli *c, FILE *f, bool keep_going)
{
	char *text = NULL;
	size_t size = 0;
	int rc = CLI_OK;

	while ((rc == CLI_OK || keep_going) && !cli_interrupted() &&
	       getline(&text, &size, f) >= 0) {
		int code;

		c->line++;
		code = one_line(c, text);
		if (code != CLI_OK && rc == CLI_OK)
			rc = code;
	}
	c->line = 0;
	if (cli_interrupted() && rc == CLI_OK)
		rc = cli_complain(c, CLI_REFUSED, _("Interrupted"));
	free(text);
	return rc;
}

int
cmd_batch(struct cli *c, int argc, char **argv)
{
	bool keep_going = false;
	const struct arg args[] = {
		{ .name = "--keep-going", .flag = &keep_going },
		{ 0 },
	};
	struct arg_list rest;
	FILE *f;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	f = strcmp(rest.v[0], "-") == 0 ? stdin : fopen(rest.v[0], "re");
	if (f == NULL)
		return cli_complain(c, CLI_REFUSED, _("%s cannot be read: %s"),
		    rest.v[0], strerror(errno));
	rc = run(c, f, keep_going);
	if (ferror(f) && rc == CLI_OK)
		rc = cli_complain(c, CLI_REFUSED, _("%s cannot be read: %s"),
		    rest.v[0], strerror(errno));
	if (f != stdin)
		fclose(f);
	return rc;
}
