/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/manifest.h"

/* Hand-over manifests. */

#define SHOWN 10000

#define HANDED(field) offsetof(struct handed, field)
static const struct rec_field handed_fields[] = {
	{ "waybill_no", N_("Waybill no."), REC_TEXT, HANDED(waybill_no), NULL },
	{ "order_no", N_("Order no."), REC_TEXT, HANDED(order_no), NULL },
	{ "weight", N_("Weight, g"), REC_INT, HANDED(weight), NULL },
	{ "packer", N_("Packed by"), REC_TEXT, HANDED(packer), NULL },
	{ "shipped_at", N_("Shipped at"), REC_TIME, HANDED(shipped_at), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

/* The manifest whole; of an open one also what is not on it. */
static int
told(struct cli *c, int64_t id)
{
	struct page head = { 0 }, on = { 0 }, missing = { 0 };
	const struct manifest *m;
	int rc;

	rc = manifest_get(c->s, id, &head);
	if (rc == 0)
		rc = manifest_parcels(c->s, id, PAGE_FIRST, NULL, SHOWN, &on);
	m = rc == 0 ? page_row(&head, 0) : NULL;
	if (m != NULL && m->closed_at == 0)
		rc = manifest_missing(
		    c->s, id, PAGE_FIRST, NULL, SHOWN, &missing);
	if (rc == 0) {
		out_begin(c);
		out_record(c, record_kind("manifests")->fields, m);
		out_table(c, "parcel_list", _("Parcels"), handed_fields, &on);
		out_table(c, "not_on_it", _("Packed and not on it"),
		    handed_fields, &missing);
		out_end(c);
	}
	page_free(&head);
	page_free(&on);
	page_free(&missing);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}

static int
manifest_id(struct cli *c, const char *no, int64_t *id)
{
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	return manifest_by_no(c->s, no, id) != 0 ? cli_failed(c) : CLI_OK;
}

static int
verb_open(struct cli *c, int argc, char **argv)
{
	const struct arg none[] = { { 0 } };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, none, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return manifest_open(c->s, rest.v[0], &id) != 0 ? cli_failed(c)
							: told(c, id);
}

static int
verb_scan(struct cli *c, int argc, char **argv)
{
	bool all = false, off = false;
	const struct arg args[] = {
		{ .name = "--all", .flag = &all },
		{ .name = "--off", .flag = &off },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id, n, left;
	int rc = args_parse(c, argc, argv, args, 1, 2, &rest);

	if (rc == 0 && (rest.n == 1) != all)
		rc = cli_misused(c, _("Something is missing"));
	if (rc == 0)
		rc = manifest_id(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	rc = all   ? manifest_all(c->s, id, &n, &left)
	     : off ? manifest_unscan(c->s, id, rest.v[1])
		   : manifest_scan(c->s, id, rest.v[1]);
	if (rc != 0)
		return cli_failed(c);
	if (all && left > 0)
		cli_say(c,
		    ngettext("%lld parcel must not go and was left",
			"%lld parcels must not go and were left",
			(unsigned long)left),
		    (long long)left);
	return told(c, id);
}

static int
verb_close(struct cli *c, int argc, char **argv)
{
	const char *driver = NULL, *reopen = NULL;
	const struct arg args[] = {
		{ .name = "--driver", .value = &driver },
		{ .name = "--reopen", .value = &reopen },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && (driver == NULL) == (reopen == NULL))
		rc = cli_misused(c, _("The option %s is needed"), "--driver");
	if (rc == 0)
		rc = manifest_id(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	rc = driver != NULL ? manifest_close(c->s, id, driver)
			    : manifest_reopen(c->s, id, reopen);
	return rc != 0 ? cli_failed(c) : told(c, id);
}

static int
verb_list(struct cli *c, int argc, char **argv)
{
	static char name[] = "list", kind[] = "manifests";
	char *list[16] = { name, kind };
	int i;

	if (argc > 13)
		return cli_misused(c, _("Something is missing"));
	for (i = 1; i < argc; i++)
		list[i + 1] = argv[i];
	return cmd_list(c, argc + 1, list);
}

static int
verb_show(struct cli *c, int argc, char **argv)
{
	const struct arg none[] = { { 0 } };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, none, 1, 1, &rest);

	if (rc == 0)
		rc = manifest_id(c, rest.v[0], &id);
	return rc != 0 ? rc : told(c, id);
}

const struct command manifest_verbs[] = {
	{ "open", "COURIER",
	    N_("Begins a manifest of a courier, or prints the one that is "
	       "open."),
	    verb_open, NULL },
	{ "scan", "MANIFEST WAYBILL [--off] | MANIFEST --all",
	    N_("Hands a parcel to the driver; --off: it stays here. --all: "
	       "everything that is packed for the courier."),
	    verb_scan, NULL },
	{ "close", "MANIFEST --driver NAME | --reopen REASON",
	    N_("The driver has the parcels; --reopen: they are here yet."),
	    verb_close, NULL },
	{ "list", "[--where FIELD=VALUE]... [--limit N]",
	    N_("Prints the manifests, the newest first."), verb_list, NULL },
	{ "show", "MANIFEST",
	    N_("Prints a manifest with its parcels, and what is packed for "
	       "the courier and not on it."),
	    verb_show, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
