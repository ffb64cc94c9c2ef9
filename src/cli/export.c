/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/export.h"

#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"

static int
on_progress(void *arg, int64_t rows)
{
	progress_show(arg, _("Writing"), 0, 0, rows);
	return cli_interrupted();
}

static void
told(struct cli *c, const char *kind, const char *path, int64_t rows)
{
	/* With the rows themselves on stdout nothing else belongs there. */
	if (strcmp(path, "-") == 0) {
		cli_say(c,
		    ngettext("%lld row", "%lld rows", (unsigned long)rows),
		    (long long)rows);
		return;
	}
	out_sentence(c,
	    ngettext("%lld row written to %s", "%lld rows written to %s",
		(unsigned long)rows),
	    (long long)rows, path);
	if (out_for_people(c))
		return;
	out_begin(c);
	out_text(c, "kind", NULL, kind);
	out_text(c, "file", NULL, path);
	out_int(c, "rows", NULL, rows);
	out_end(c);
}

/* A platform takes so many parcels in one file; the rest is not forgotten. */
static void
tell_rest(struct cli *c, const struct export_options *opt)
{
	const struct rec_filter filters[] = { { "exported", "no" },
		{ "platform",
		    opt->platform != NULL ? opt->platform : "taobao" } };
	struct page page = { 0 };

	if (opt->all || opt->nfilters != 0 ||
	    record_kind("parcels")->page(
		c->s, filters, 2, PAGE_FIRST, NULL, 1, &page) != 0)
		return;
	if (page.n > 0)
		cli_say(c, _("More parcels wait than one file may hold: export "
			     "again"));
	page_free(&page);
}

/* "orders" for "order": people say one or the other. NULL: neither. */
static const char *
kind_named(struct cli *c, const char *kind)
{
	const char *many = arena_printf(&c->arena, "%ss", kind);

	if (strcmp(kind, "shipments") == 0 || record_kind(kind) != NULL)
		return kind;
	if (strcmp(many, "shipments") == 0 || record_kind(many) != NULL)
		return many;
	return NULL;
}

static bool
known_encoding(const char *name)
{
	return name == NULL || strcmp(name, "utf-8-bom") == 0 ||
	       strcmp(name, "utf-8") == 0 || strcmp(name, "gb18030") == 0;
}

static int
run(struct cli *c, const char *kind, const char *path,
    struct export_options opt)
{
	struct progress progress = { 0 };
	int64_t rows = 0;
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	if (out_flush(c) != 0)
		return CLI_REFUSED;
	opt.progress = on_progress;
	opt.arg = &progress;
	rc = export_run(c->s, kind, path, &opt, &rows);
	progress_end(&progress);
	if (rc != 0)
		return cli_failed(c);
	told(c, kind, path, rows);
	if (strcmp(kind, "shipments") == 0)
		tell_rest(c, &opt);
	return CLI_OK;
}

int
cmd_export(struct cli *c, int argc, char **argv)
{
	const char *path = "-", *kind;
	struct export_options opt = { 0 };
	struct arg_list rest, where = { 0 };
	const struct arg args[] = {
		{ .name = "-o", .value = &path },
		{ .name = "--for", .value = &opt.platform },
		{ .name = "--encoding", .value = &opt.encoding },
		{ .name = "--all", .flag = &opt.all },
		{ .name = "--where", .list = &where },
		{ 0 },
	};
	struct rec_filter *filters;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc != 0)
		return rc;
	kind = kind_named(c, rest.v[0]);
	if (kind == NULL)
		return cli_misused(c, _("%s cannot be exported"), rest.v[0]);
	if (!known_encoding(opt.encoding))
		return cli_misused(
		    c, _("There is no encoding %s"), opt.encoding);
	if (opt.platform != NULL && strcmp(kind, "shipments") != 0)
		return cli_misused(c, _("--for is for shipments"));
	if (c->line != 0 && strcmp(path, "-") == 0)
		return cli_misused(
		    c, _("The option %s is needed in a batch"), "-o");
	rc = args_filters(c, record_kind(kind), &where, &filters);
	if (rc != 0)
		return rc;
	opt.filters = filters;
	opt.nfilters = where.n;
	opt.english = strcmp(i18n_lang(), "en") == 0;
	return run(c, kind, path, opt);
}
