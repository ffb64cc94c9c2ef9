/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/find.h"

#include <stddef.h>

#include "cli_priv.h"

/* Finding anything, and the index of words that it needs for remarks. */

#define FIND_LIMIT 50
#define INDEX_MS   200 /* between two looks at Ctrl-C */

static const struct rec_field found_fields[] = {
	{ "kind", N_("Kind"), REC_WORD, offsetof(struct found, kind), NULL },
	{ "id", N_("Id"), REC_INT, offsetof(struct found, id), NULL },
	{ "label", N_("Number or name"), REC_TEXT,
	    offsetof(struct found, label), NULL },
	{ "what", N_("What it is"), REC_TEXT, offsetof(struct found, what),
	    NULL },
	{ "where", N_("Found by"), REC_TEXT, offsetof(struct found, where),
	    NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

/* All that was imported meanwhile can be found by its words, too. */
int
cli_index(struct cli *c)
{
	struct progress progress = { 0 };
	int64_t left = 0, before = 0, total = 0;
	int rc;

	do {
		before = left;
		rc = find_index(c->s, INDEX_MS, &left);
		if (total == 0)
			total = left;
		progress_show(&progress, _("indexing remarks"), total - left,
		    total, total - left);
	} while (rc == 0 && left > 0 && left != before && !cli_interrupted());
	progress_end(&progress);
	return rc;
}

static int
rebuild(struct cli *c)
{
	int64_t left = 0;
	int rc = find_forget(c->s);

	if (rc == 0)
		rc = cli_index(c);
	if (rc == 0)
		rc = find_index(c->s, 1, &left);
	if (rc != 0)
		return cli_failed(c);
	if (left > 0)
		return cli_complain(c, CLI_REFUSED, _("Stopped"));
	out_sentence(c, _("The index of words is made anew"));
	return CLI_OK;
}

static int
print_found(struct cli *c, const char *text, size_t limit)
{
	struct page rows;
	int rc;

	/* Without an index all the rest is found. */
	if (cli_index(c) != 0)
		cli_say(c, "%s", session_err(c->s)->text);
	if (find_any(c->s, text, limit, &rows) != 0)
		return cli_failed(c);
	out_list_begin(c, found_fields);
	out_list_rows(c, &rows);
	out_list_end(c);
	rc = rows.n != 0
		 ? CLI_OK
		 : cli_complain(c, CLI_REFUSED, _("Nothing fits %s"), text);
	page_free(&rows);
	return rc;
}

int
cmd_find(struct cli *c, int argc, char **argv)
{
	const char *limit = NULL;
	bool anew = false;
	const struct arg args[] = {
		{ .name = "--limit", .value = &limit },
		{ .name = "--rebuild", .flag = &anew },
		{ 0 },
	};
	struct arg_list rest;
	int64_t n = FIND_LIMIT;
	int rc = args_parse(c, argc, argv, args, 0, 1, &rest);

	if (rc == 0 && rest.n == 0 && !anew)
		rc = cli_misused(c, _("Something is missing"));
	if (rc == 0 && limit != NULL)
		rc = args_count(c, "--limit", limit, &n);
	if (rc == 0 && (n < 1 || n > 1000))
		rc = cli_misused(c, _("--limit is from 1 to 1000"));
	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0 && anew)
		rc = rebuild(c);
	if (rc != 0 || rest.n == 0)
		return rc;
	return print_found(c, rest.v[0], (size_t)n);
}
