/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cli_priv.h"
#include "shopmgr/domain/audit.h"

/* The audit log: "list audit" with the filters as options, and its end. */

#define OPTIONS 10

/* cmd_list() as "list audit --where FIELD=VALUE ...". */
struct words {
	struct cli *c;
	char *v[2 + 2 * OPTIONS];
	int n;
};

static void
add_word(struct words *w, const char *word)
{
	w->v[w->n++] = arena_strdup(&w->c->arena, word);
}

static void
add_where(struct words *w, const char *field, const char *value)
{
	if (value == NULL)
		return;
	add_word(w, "--where");
	w->v[w->n++] = arena_printf(&w->c->arena, "%s=%s", field, value);
}

static void
add_option(struct words *w, const char *name, const char *value)
{
	if (value == NULL)
		return;
	add_word(w, name);
	add_word(w, value);
}

/* What is called @name, as kind and number. */
static int
add_record(struct words *w, const char *name)
{
	char number[24];
	const char *kind;
	int64_t id;
	int rc = cli_session(w->c);

	if (rc != 0)
		return rc;
	if (audit_find(w->c->s, name, &kind, &id) != 0)
		return cli_failed(w->c);
	snprintf(number, sizeof(number), "%lld", (long long)id);
	add_where(w, "kind", kind);
	add_where(w, "subject", number);
	return 0;
}

static int
cmd_audit_list(struct cli *c, int argc, char **argv)
{
	const char *staff = NULL, *op = NULL, *kind = NULL, *subject = NULL,
		   *record = NULL, *since = NULL, *until = NULL, *limit = NULL,
		   *after = NULL;
	const struct arg args[] = {
		{ .name = "--staff", .value = &staff },
		{ .name = "--op", .value = &op },
		{ .name = "--kind", .value = &kind },
		{ .name = "--subject", .value = &subject },
		{ .name = "--record", .value = &record },
		{ .name = "--since", .value = &since },
		{ .name = "--until", .value = &until },
		{ .name = "--limit", .value = &limit },
		{ .name = "--after", .value = &after },
		{ 0 },
	};
	struct words w = { .c = c };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 0, 0, &rest);

	if (rc != 0)
		return rc;
	if (record != NULL && (kind != NULL || subject != NULL))
		return cli_misused(
		    c, _("--record stands for --kind and --subject"));
	if (subject != NULL && kind == NULL)
		return cli_misused(c, _("--subject needs --kind"));
	add_word(&w, "list");
	add_word(&w, "audit");
	if (record != NULL && (rc = add_record(&w, record)) != 0)
		return rc;
	add_where(&w, "staff", staff);
	add_where(&w, "op", op);
	add_where(&w, "kind", kind);
	add_where(&w, "subject", subject);
	add_where(&w, "since", since);
	add_where(&w, "until", until);
	add_option(&w, "--limit", limit);
	add_option(&w, "--after", after);
	return cmd_list(c, w.n, w.v);
}

static int
cmd_audit_head(struct cli *c, int argc, char **argv)
{
	char hash[65];
	int64_t id;
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (audit_head(c->s, &id, hash) != 0)
		return cli_failed(c);
	out_begin(c);
	out_int(c, "id", _("Last entry"), id);
	out_text(c, "hash", _("Hash"), hash);
	out_end(c);
	return CLI_OK;
}

const struct command audit_verbs[] = {
	{ "list",
	    "[--staff NAME] [--op NAME] [--record NO | --kind KIND [--subject "
	    "ID]] [--since TIME] [--until TIME] [--limit N] [--after ID]",
	    N_("Prints what was done, newest first: by whom, which operation, "
	       "on which record (an order's number, a product's code, a "
	       "log-in name), when."),
	    cmd_audit_list, NULL },
	{ "head", "",
	    N_("Prints the number of the last entry and the hash that stands "
	       "for all of them: kept elsewhere, it proves later that none was "
	       "changed."),
	    cmd_audit_head, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
