/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/import.h"

#include <stdlib.h>
#include <string.h>

#include "import_cli.h"
#include "shopmgr/base/alloc.h"

#define TOLD_REJECTS  20
#define INDEX_AT_ONCE 20000

int
import_tick(void *arg, const struct import_progress *p)
{
	progress_show(arg, p->phase, p->done, p->total, p->rows);
	return cli_interrupted();
}

/* On stderr: what the files were taken for, what was odd, what was refused. */
static void
tell(struct cli *c, const struct import *im, const struct arg_list *files,
    bool all)
{
	size_t n;
	const struct import_reject *r = import_rejects(im, &n);

	for (size_t i = 1; i < files->n; i++)
		cli_say(c, "%s: %s", files->v[i], import_file_text(im, i - 1));
	for (size_t i = 0; import_warning(im, i) != NULL; i++)
		cli_say(c, "%s", import_warning(im, i));
	for (size_t i = 0; i < n && (all || i < TOLD_REJECTS); i++, r++) {
		if (r->column[0] != '\0')
			cli_say(c, _("%s line %lld, %s: %s"), r->file,
			    (long long)r->line, r->column, r->reason);
		else
			cli_say(c, _("%s line %lld: %s"), r->file,
			    (long long)r->line, r->reason);
	}
	if (!all && n > TOLD_REJECTS)
		cli_say(c,
		    _("%zu rows more were refused; --rejects FILE writes "
		      "them all"),
		    (size_t)import_summary(im)->rejected_n - TOLD_REJECTS);
}

/* The names are those of the data, for people too: scripts look for them. */
static void
summary(struct cli *c, const struct import_summary *sum, bool dry_run)
{
	out_begin(c);
	out_bool(c, "dry_run", _("dry_run"), dry_run);
	out_int(c, "rows", _("rows"), sum->rows);
	out_int(c, "new", _("new"), sum->new_n);
	out_int(c, "updated", _("updated"), sum->updated_n);
	out_int(c, "unchanged", _("unchanged"), sum->unchanged_n);
	out_int(c, "rejected", _("rejected"), sum->rejected_n);
	out_int(c, "lines_new", _("lines_new"), sum->lines_new);
	out_int(c, "customers_new", _("customers_new"), sum->customers_new);
	out_int(c, "products_new", _("products_new"), sum->products_new);
	out_int(c, "held", _("held"), sum->held);
	out_int(c, "staged", _("staged"), sum->staged);
	out_int(c, "batch", _("batch"), sum->batch);
	out_end(c);
}

static int
run(struct cli *c, const struct arg_list *rest, struct import_options opt,
    const char *rejects)
{
	struct progress progress = { 0 };
	struct import *im = NULL;
	const struct import_summary *sum;
	int rc;

	opt.progress = import_tick;
	opt.arg = &progress;
	rc = import_run(c->s, rest->v[0], rest->v + 1, rest->n - 1, &opt, &im);
	progress_end(&progress);
	if (rc != 0) {
		import_free(im);
		return cli_failed(c);
	}
	import_arrive(c->s, im);
	sum = import_summary(im);
	/* A large file's remarks are indexed in a quiet moment. */
	if (!opt.dry_run && sum->new_n + sum->updated_n <= INDEX_AT_ONCE &&
	    cli_index(c) != 0)
		cli_say(c, "%s", session_err(c->s)->text);
	tell(c, im, rest, false);
	summary(c, sum, opt.dry_run);
	if (rejects != NULL)
		rc = import_rejects_write(c->s, im, rejects);
	if (rc != 0)
		rc = cli_failed(c);
	else if (sum->rejected_n > 0)
		rc = cli_complain(c, CLI_REFUSED,
		    ngettext("%lld row was refused", "%lld rows were refused",
			(unsigned long)sum->rejected_n),
		    (long long)sum->rejected_n);
	import_free(im);
	return rc;
}

#define FIELD(name, label, type) \
	{ \
#name, label, type, offsetof(struct import_change, name), NULL \
	}
static const struct rec_field change_fields[] = {
	FIELD(id, N_("Id"), REC_INT),
	FIELD(kind, N_("Kind"), REC_TEXT),
	FIELD(label, N_("Record"), REC_TEXT),
	FIELD(what, N_("What"), REC_TEXT),
	FIELD(before, N_("Before"), REC_TEXT),
	FIELD(after, N_("After"), REC_TEXT),
	FIELD(urgent, N_("Held"), REC_BOOL),
	{ NULL, NULL, REC_TEXT, 0, NULL },
};
#undef FIELD

#define CHANGES_AT_ONCE 200

static int
changes(struct cli *c, int argc, char **argv)
{
	struct import_change_filter filter = { 0 };
	struct page pages[2] = { { 0 }, { 0 } };
	const struct import_change *from = NULL;
	struct arg_list rest;
	int now = 0, rc;
	const struct arg args[] = {
		{ .name = "--what", .value = &filter.what },
		{ .name = "--urgent", .flag = &filter.urgent_only },
		{ 0 },
	};

	rc = args_parse(c, argc, argv, args, 0, 1, &rest);
	if (rc == 0 && rest.n > 0)
		rc = args_count(c, _("the import"), rest.v[0], &filter.batch);
	if (rc != 0 || (rc = cli_session(c)) != 0)
		return rc;
	out_list_begin(c, change_fields);
	do {
		page_free(&pages[now]);
		rc = import_change_page(c->s, &filter,
		    from == NULL ? PAGE_FIRST : PAGE_AFTER, from,
		    CHANGES_AT_ONCE, &pages[now]);
		if (rc != 0 || pages[now].n == 0)
			break;
		out_list_rows(c, &pages[now]);
		from = page_row(&pages[now], pages[now].n - 1);
		now = !now;
	} while (!cli_interrupted());
	out_list_end(c);
	page_free(&pages[0]);
	page_free(&pages[1]);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}

#define STANDING_TOLD 20

/* What keeps an import from being taken back. */
static void
tell_standing(struct cli *c, int64_t batch)
{
	const struct import_stands *st;
	struct page p = { 0 };

	if (import_standing(c->s, batch, STANDING_TOLD, &p) != 0)
		return;
	for (size_t i = 0; i < p.n; i++) {
		st = page_row(&p, i);
		cli_say(c, "%s: %s", st->label, st->what);
	}
	page_free(&p);
}

static int
undo(struct cli *c, int argc, char **argv)
{
	struct progress progress = { 0 };
	const struct import_options opt = { .progress = import_tick,
		.arg = &progress };
	struct arg_list rest;
	struct err why;
	int64_t batch = 0;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 1, 1, &rest);

	if (rc == 0)
		rc = args_count(c, _("the import"), rest.v[0], &batch);
	if (rc != 0 || (rc = cli_session(c)) != 0)
		return rc;
	rc = import_undo(c->s, batch, &opt);
	progress_end(&progress);
	if (rc != 0) {
		why = *session_err(c->s);
		if (rc == ERR_STATE)
			tell_standing(c, batch);
		return cli_err(c, &why);
	}
	out_sentence(c, _("Import %lld was taken back"), (long long)batch);
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "undone", _("Import"), batch);
		out_end(c);
	}
	return CLI_OK;
}

/* "import history" is "list imports". */
static int
history(struct cli *c, int argc, char **argv)
{
	char **args =
	    arena_alloc(&c->arena, ((size_t)argc + 2) * sizeof(*args));
	static char list[] = "list", imports[] = "imports";

	args[0] = list;
	args[1] = imports;
	for (int i = 1; i < argc; i++)
		args[1 + i] = argv[i];
	return cmd_list(c, argc + 1, args);
}

static int
import_files(struct cli *c, int argc, char **argv)
{
	const char *rejects = NULL;
	struct import_options opt = { 0 };
	const struct arg args[] = {
		{ .name = "--shop", .value = &opt.shop },
		{ .name = "--dry-run", .flag = &opt.dry_run },
		{ .name = "--rejects", .value = &rejects },
		{ .name = "--encoding", .value = &opt.encoding },
		{ 0 },
	};
	struct arg_list rest;
	size_t kind = 0;
	int rc = args_parse(c, argc, argv, args, 2, SIZE_MAX, &rest);

	if (rc != 0)
		return rc;
	while (import_kinds[kind] != NULL &&
	       strcmp(import_kinds[kind], rest.v[0]) != 0)
		kind++;
	if (import_kinds[kind] == NULL)
		return cli_misused(c, _("%s cannot be imported"), rest.v[0]);
	rc = cli_session(c);
	return rc != 0 ? rc : run(c, &rest, opt, rejects);
}

int
cmd_import(struct cli *c, int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct cli *c, int argc, char **argv);
	} verbs[] = {
		{ "undo", undo },
		{ "history", history },
		{ "changes", changes },
		{ "look", import_look_at },
		{ "auto", import_auto },
	};

	for (size_t i = 0; argc > 1 && i < sizeof(verbs) / sizeof(verbs[0]);
	     i++)
		if (strcmp(verbs[i].name, argv[1]) == 0)
			return verbs[i].run(c, argc - 1, argv + 1);
	return import_files(c, argc, argv);
}
