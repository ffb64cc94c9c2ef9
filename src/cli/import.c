/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/import.h"

#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"

#define TOLD_REJECTS  20
#define INDEX_AT_ONCE 20000

static int
on_progress(void *arg, const struct import_progress *p)
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
		    n - TOLD_REJECTS);
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

	opt.progress = on_progress;
	opt.arg = &progress;
	rc = import_run(c->s, rest->v[0], rest->v + 1, rest->n - 1, &opt, &im);
	progress_end(&progress);
	if (rc != 0) {
		import_free(im);
		return cli_failed(c);
	}
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

int
cmd_import(struct cli *c, int argc, char **argv)
{
	static const char *const kinds[] = { "orders", "products", "customers",
		"stock", NULL };
	const char *rejects = NULL;
	struct import_options opt = { 0 };
	const struct arg args[] = {
		{ .name = "--shop", .value = &opt.shop },
		{ .name = "--dry-run", .flag = &opt.dry_run },
		{ .name = "--rejects", .value = &rejects },
		{ 0 },
	};
	struct arg_list rest;
	size_t kind = 0;
	int rc = args_parse(c, argc, argv, args, 2, SIZE_MAX, &rest);

	if (rc != 0)
		return rc;
	while (kinds[kind] != NULL && strcmp(kinds[kind], rest.v[0]) != 0)
		kind++;
	if (kinds[kind] == NULL)
		return cli_misused(c, _("%s cannot be imported"), rest.v[0]);
	rc = cli_session(c);
	return rc != 0 ? rc : run(c, &rest, opt, rejects);
}
