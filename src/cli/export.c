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

/* What was left out, and what a file cannot hold. */
static void
warn(struct cli *c, const struct export_result *r)
{
	if (r->left_out > 0)
		cli_say(c,
		    ngettext("%lld order has no address that leads to "
			     "anybody, and was left out: %s",
			"%lld orders have no address that leads to anybody, "
			"and were left out: %s",
			(unsigned long)r->left_out),
		    (long long)r->left_out, r->left_names);
	if (r->by_hand > 0)
		cli_say(c,
		    ngettext("%lld parcel went without a courier, for which "
			     "this file has no word; tell the platform by "
			     "hand: %s",
			"%lld parcels went without a courier, for which this "
			"file has no word; tell the platform by hand: %s",
			(unsigned long)r->by_hand),
		    (long long)r->by_hand, r->hand_names);
	if (r->lost > 0)
		cli_say(c,
		    ngettext("%lld character is not in this encoding and "
			     "became a question mark",
			"%lld characters are not in this encoding and became "
			"question marks",
			(unsigned long)r->lost),
		    (long long)r->lost);
}

static void
tell_people(struct cli *c, const struct export_result *r)
{
	if (r->files == 1)
		out_sentence(c,
		    ngettext("%lld row written to %s",
			"%lld rows written to %s", (unsigned long)r->rows),
		    (long long)r->rows, r->first);
	else
		out_sentence(c, _("%lld rows written to %d files, %s to %s"),
		    (long long)r->rows, r->files, r->first, r->last);
}

static void
told(struct cli *c, const char *kind, const char *path,
    const struct export_result *r)
{
	warn(c, r);
	/* With the rows themselves on stdout nothing else belongs there. */
	if (strcmp(path, "-") == 0) {
		cli_say(c,
		    ngettext("%lld row", "%lld rows", (unsigned long)r->rows),
		    (long long)r->rows);
		return;
	}
	tell_people(c, r);
	if (out_for_people(c))
		return;
	out_begin(c);
	out_text(c, "kind", NULL, kind);
	out_text(c, "file", NULL, r->first);
	out_int(c, "files", NULL, r->files);
	out_int(c, "rows", NULL, r->rows);
	out_int(c, "left_out", NULL, r->left_out);
	out_int(c, "by_hand", NULL, r->by_hand);
	out_end(c);
}

/* A platform takes so many parcels at once; to stdout no more than that goes,
 * and the rest is not forgotten. */
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

/* What is not a kind of record. */
static bool
has_layouts(const char *kind)
{
	return strcmp(kind, "shipments") == 0 || strcmp(kind, "labels") == 0;
}

/* "orders" for "order": people say one or the other. NULL: neither. */
static const char *
kind_named(struct cli *c, const char *kind)
{
	const char *many = arena_printf(&c->arena, "%ss", kind);

	if (has_layouts(kind) || record_kind(kind) != NULL)
		return kind;
	if (has_layouts(many) || record_kind(many) != NULL)
		return many;
	return NULL;
}

static bool
known_encoding(const char *name)
{
	return name == NULL || strcmp(name, "utf-8-bom") == 0 ||
	       strcmp(name, "utf-8") == 0 || strcmp(name, "gb18030") == 0;
}

/* "order_no,paid" */
static void
split_columns(struct cli *c, const char *list, struct export_options *opt)
{
	char *at = arena_strdup(&c->arena, list);
	const char **names;

	names = arena_alloc(&c->arena, (strlen(list) / 2 + 1) * sizeof(*names));
	while (at != NULL) {
		names[opt->ncolumns++] = at;
		at = strchr(at, ',');
		if (at != NULL)
			*at++ = '\0';
	}
	opt->columns = names;
}

static int
run(struct cli *c, const char *kind, const char *path,
    struct export_options opt)
{
	struct progress progress = { 0 };
	struct export_result result = { 0 };
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	if (out_flush(c) != 0)
		return CLI_REFUSED;
	opt.progress = on_progress;
	opt.arg = &progress;
	opt.result = &result;
	rc = export_run(c->s, kind, path, &opt, NULL);
	progress_end(&progress);
	if (rc != 0)
		return cli_failed(c);
	told(c, kind, path, &result);
	if (strcmp(kind, "shipments") == 0 && strcmp(path, "-") == 0)
		tell_rest(c, &opt);
	return CLI_OK;
}

/* What was asked for, as far as it is wrong without looking at the shop. */
static int
check(struct cli *c, const char *kind, const char *path,
    const struct export_options *opt, const char *columns, const char *sort)
{
	if (!known_encoding(opt->encoding))
		return cli_misused(
		    c, _("There is no encoding %s"), opt->encoding);
	if (opt->platform != NULL && !has_layouts(kind))
		return cli_misused(c, _("--for is for shipments and labels"));
	if ((columns != NULL || sort != NULL) && has_layouts(kind))
		return cli_misused(
		    c, _("A layout has its own columns and its own order"));
	if (opt->protect_ids && opt->protect_equals)
		return cli_misused(c, _("One way to protect ids is enough"));
	if (c->line != 0 && strcmp(path, "-") == 0)
		return cli_misused(
		    c, _("The option %s is needed in a batch"), "-o");
	return 0;
}

/* --sort is one of the filters. */
static void
add_sort(struct cli *c, const char *sort, struct export_options *opt)
{
	struct rec_filter *filters =
	    arena_alloc(&c->arena, (opt->nfilters + 1) * sizeof(*filters));

	if (sort == NULL)
		return;
	if (opt->nfilters > 0)
		memcpy(filters, opt->filters, opt->nfilters * sizeof(*filters));
	filters[opt->nfilters++] = (struct rec_filter){ "sort", sort };
	opt->filters = filters;
}

int
cmd_export(struct cli *c, int argc, char **argv)
{
	const char *path = "-", *kind, *columns = NULL, *sort = NULL;
	struct export_options opt = { 0 };
	struct arg_list rest, where = { 0 };
	const struct arg args[] = {
		{ .name = "-o", .value = &path },
		{ .name = "--for", .value = &opt.platform },
		{ .name = "--encoding", .value = &opt.encoding },
		{ .name = "--columns", .value = &columns },
		{ .name = "--sort", .value = &sort },
		{ .name = "--protect-ids", .flag = &opt.protect_ids },
		{ .name = "--protect-equals", .flag = &opt.protect_equals },
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
	if ((rc = check(c, kind, path, &opt, columns, sort)) != 0 ||
	    (rc = args_filters(c, record_kind(kind), &where, &filters)) != 0)
		return rc;
	opt.filters = filters;
	opt.nfilters = where.n;
	add_sort(c, sort, &opt);
	if (columns != NULL)
		split_columns(c, columns, &opt);
	opt.english = strcmp(i18n_lang(), "en") == 0;
	return run(c, kind, path, opt);
}
