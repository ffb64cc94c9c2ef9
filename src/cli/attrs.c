/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/domain/attrs.h"

/* What has to be known of goods made to order: the definitions. */

struct attr_args {
	const char *product, *title, *type, *unit, *choices, *least, *most,
	    *seq, *critical, *active;
};

#define ATTR_ARGS(a) \
	{ .name = "--product", .value = &(a).product }, \
	    { .name = "--title", .value = &(a).title }, \
	    { .name = "--type", .value = &(a).type }, \
	    { .name = "--unit", .value = &(a).unit }, \
	    { .name = "--choices", .value = &(a).choices }, \
	    { .name = "--least", .value = &(a).least }, \
	    { .name = "--most", .value = &(a).most }, \
	    { .name = "--seq", .value = &(a).seq }, \
	    { .name = "--critical", .value = &(a).critical }, \
	{ \
		.name = "--active", .value = &(a).active \
	}

static int
text(struct cli *c, const char *what, char *dst, size_t size, const char *value)
{
	return value != NULL ? args_copy(c, what, dst, size, value) : 0;
}

static int
number(struct cli *c, const char *what, const char *value, int64_t *n)
{
	return value != NULL ? args_count(c, what, value, n) : 0;
}

static int
yes(struct cli *c, const char *what, const char *value, bool *out)
{
	if (value == NULL)
		return 0;
	*out = strcmp(value, "yes") == 0;
	return *out || strcmp(value, "no") == 0
		   ? 0
		   : cli_misused(c, _("%s: say yes or no"), what);
}

static int
take(struct cli *c, const struct attr_args *a, struct attr_def_edit *e)
{
	int rc =
	    text(c, "--product", e->product, sizeof(e->product), a->product);

	if (rc == 0)
		rc = text(c, "--title", e->title, sizeof(e->title), a->title);
	if (rc == 0)
		rc = text(c, "--type", e->type, sizeof(e->type), a->type);
	if (rc == 0)
		rc = text(c, "--unit", e->unit, sizeof(e->unit), a->unit);
	if (rc == 0)
		rc = text(
		    c, "--choices", e->choices, sizeof(e->choices), a->choices);
	if (rc == 0)
		rc = number(c, "--least", a->least, &e->least);
	if (rc == 0)
		rc = number(c, "--most", a->most, &e->most);
	if (rc == 0)
		rc = number(c, "--seq", a->seq, &e->seq);
	if (rc == 0)
		rc = yes(c, "--critical", a->critical, &e->critical);
	if (rc == 0)
		rc = yes(c, "--active", a->active, &e->active);
	return rc;
}

static int
told(struct cli *c, int64_t id)
{
	struct page page;

	if (attr_def_get(c->s, id, &page) < 0)
		return cli_failed(c);
	out_sentence(c, _("The attribute %s is kept"),
	    ((const struct attr_def *)page_row(&page, 0))->name);
	if (!out_for_people(c)) {
		out_begin(c);
		out_record(c, record_kind("attrs")->fields, page_row(&page, 0));
		out_end(c);
	}
	page_free(&page);
	return CLI_OK;
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	struct attr_args a = { 0 };
	const struct arg args[] = { ATTR_ARGS(a), { 0 } };
	struct attr_def_edit e = { .active = true, .critical = true };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = args_copy(c, "NAME", e.name, sizeof(e.name), rest.v[0]);
	if (rc == 0)
		rc = take(c, &a, &e);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return attr_def_add(c->s, &e, &id) != 0 ? cli_failed(c) : told(c, id);
}

static int
verb_change(struct cli *c, int argc, char **argv)
{
	struct attr_args a = { 0 };
	const struct arg args[] = { ATTR_ARGS(a), { 0 } };
	struct attr_def_edit e;
	struct arg_list rest;
	struct page page;
	int64_t id, version;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = args_count(c, "ID", rest.v[0], &id);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (attr_def_get(c->s, id, &page) < 0)
		return cli_failed(c);
	attr_def_edit_from(&e, page_row(&page, 0));
	version = ((const struct attr_def *)page_row(&page, 0))->version;
	page_free(&page);
	if ((rc = take(c, &a, &e)) != 0)
		return rc;
	return attr_def_save(c->s, id, version, &e) != 0 ? cli_failed(c)
							 : told(c, id);
}

const struct command attr_verbs[] = {
	{ "add",
	    "NAME --title TEXT --type length|number|day|choice|text "
	    "[--product NAME] [--unit UNIT] [--choices A,B] [--least N] "
	    "[--most N] [--seq N] [--critical yes|no]",
	    N_("Adds something that has to be known of goods made to order, "
	       "of all or of one product. Limits of lengths are in mm. What "
	       "is critical is typed twice."),
	    verb_add, NULL },
	{ "change",
	    "ID [--title TEXT] [--type TYPE] [--product NAME] [--unit UNIT] "
	    "[--choices A,B] [--least N] [--most N] [--seq N] "
	    "[--critical yes|no] [--active yes|no]",
	    N_("Changes what is given. Ids are in: list attrs."), verb_change,
	    NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
