/* SPDX-License-Identifier: MIT */
#include "verdict.h"

#include <string.h>

#include "shopmgr/domain/shopdb.h"

struct check {
	const char *text;
};

static const struct rec_field check_fields[] = {
	{ "text", N_("What"), REC_TEXT, offsetof(struct check, text), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

void
verdict_tell(void *arg, bool bad, const char *text)
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
verdict_end(struct verdict *v, int rc, const char *file, const char *sound)
{
	struct cli *c = v->c;

	if (!out_for_people(c) && rc >= 0) {
		out_begin(c);
		if (file != NULL)
			out_text(c, "file", NULL, file);
		out_bool(c, "ok", NULL, rc == 0);
		out_int(c, "findings_n", NULL, rc);
		check_table(c, "findings", &v->bad);
		check_table(c, "checks", &v->good);
		out_end(c);
	}
	str_done(&v->good);
	str_done(&v->bad);
	if (rc < 0)
		return cli_failed(c);
	if (rc > 0)
		return cli_complain(c, CLI_REFUSED,
		    ngettext("%d thing does not hold", "%d things do not hold",
			(unsigned long)rc),
		    rc);
	out_sentence(c, "%s", sound);
	return CLI_OK;
}

int
cmd_verify(struct cli *c, int argc, char **argv)
{
	struct verdict v = VERDICT(c);
	struct arg_list rest;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	rc = shopdb_verify(c->s, verdict_tell, &v);
	return verdict_end(&v, rc, NULL, _("The books and the file are sound"));
}
