/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/split.h"

/* From a paid order to a parcel: packing, weighing, parts, merged orders. */

/* Scan everything; a wrong code stops, as at the bench. */
static int
scan_all(struct cli *c, struct packing *p, const struct arg_list *scans)
{
	for (size_t i = 0; i < scans->n; i++) {
		const struct pack_line *line = NULL;
		const char *code = scans->v[i];
		int rc = pack_scan(c->s, p, code, &line);

		if (rc < 0)
			return cli_failed(c);
		switch ((enum pack_scan)rc) {
		case PACK_OK:
		case PACK_COMPLETE:
			break;
		case PACK_WRONG:
			return cli_complain(c, CLI_REFUSED,
			    _("Wrong item: %s is not in order %s"), code,
			    pack_order_no(p));
		case PACK_TOO_MANY:
			return cli_complain(c, CLI_REFUSED,
			    _("Too many of %s: order %s has only %lld"), code,
			    pack_order_no(p),
			    line != NULL ? (long long)line->need : 0);
		case PACK_UNKNOWN:
			return cli_complain(c, CLI_REFUSED,
			    _("No product has the code %s"), code);
		}
	}
	return 0;
}

/* What the command line says of a parcel. */
struct ship_args {
	const char *courier, *waybill, *weight, *material, *part;
	bool more, force;
	struct arg_list scans;
};
#define PACK_ARGS(a) \
	{ .name = "--courier", .value = &(a).courier }, \
	    { .name = "--waybill", .value = &(a).waybill }, \
	    { .name = "--material", .value = &(a).material }, \
	    { .name = "--part", .value = &(a).part }, \
	    { .name = "--more", .flag = &(a).more }, \
	{ \
		.name = "--scan", .list = &(a).scans \
	}

static void
told_parcel(
    struct cli *c, const struct packing *p, int64_t weight, const char *warning)
{
	const struct pack_order *orders;
	struct str nos = STR_INIT;
	size_t i, n;

	if (out_for_people(c))
		return;
	orders = pack_orders(p, &n);
	for (i = 0; i < n; i++)
		str_addf(&nos, "%s%s", i > 0 ? " " : "", orders[i].order_no);
	out_begin(c);
	out_text(c, "order_no", NULL, pack_order_no(p));
	out_text(c, "orders", NULL, nos.s);
	out_text(c, "waybill_no", NULL, pack_waybill(p));
	out_text(c, "courier", NULL, pack_courier(p));
	out_int(c, "weight", NULL, weight);
	out_text(c, "warning", NULL, warning);
	out_end(c);
	str_done(&nos);
}

static int
read_close(struct cli *c, const struct ship_args *a, struct pack_close *close)
{
	int rc = 0;

	/* Without both it is handed over by ourselves, where that may be. */
	if ((a->courier == NULL) != (a->waybill == NULL))
		return cli_misused(c, _("The option %s is needed"),
		    a->courier == NULL ? "--courier" : "--waybill");
	if (a->scans.n == 0)
		return cli_misused(c, _("The option %s is needed"), "--scan");
	close->more = a->more;
	close->force = a->force;
	if (a->courier != NULL)
		rc = args_copy(c, "--courier", close->courier,
		    sizeof(close->courier), a->courier);
	if (rc == 0 && a->waybill != NULL)
		rc = args_copy(c, "--waybill", close->waybill_no,
		    sizeof(close->waybill_no), a->waybill);
	if (rc == 0)
		rc = args_copy(c, "--material", close->material,
		    sizeof(close->material), a->material);
	if (rc == 0 && a->weight != NULL)
		rc = args_count(c, "--weight", a->weight, &close->weight);
	return rc;
}

/* "NO", or "NO-PART". */
static const char *
with_part(struct cli *c, const char *no, const char *part)
{
	return part == NULL ? no : arena_printf(&c->arena, "%s-%s", no, part);
}

/* Open, scan, and close it by @close_it. */
static int
pack(struct cli *c, const char *no, const struct ship_args *a,
    int (*close_it)(struct session *s, struct packing *p,
	const struct pack_close *close, char warning[200]))
{
	struct pack_close close = { 0 };
	struct packing *p = NULL;
	char warning[200] = "";
	int rc = read_close(c, a, &close);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (pack_open(c->s, with_part(c, no, a->part), &p) != 0)
		return cli_failed(c);
	no = arena_strdup(&c->arena, pack_order_no(p));
	rc = scan_all(c, p, &a->scans);
	if (rc == 0 && close_it(c->s, p, &close, warning) != 0)
		rc = cli_failed(c);
	if (rc == 0) {
		if (warning[0] != '\0')
			cli_say(c, "%s", warning);
		if (close_it == pack_ship)
			out_sentence(c, _("Order %s is shipped: waybill %s"),
			    no, pack_waybill(p));
		else
			out_sentence(c,
			    _("Order %s is packed: %s waits for the scale"), no,
			    pack_waybill(p));
		told_parcel(c, p, close.weight, warning);
	}
	pack_free(p);
	return rc;
}

int
order_verb_ship(struct cli *c, int argc, char **argv)
{
	struct ship_args a = { 0 };
	const struct arg args[] = {
		PACK_ARGS(a),
		{ .name = "--weight", .value = &a.weight },
		{ .name = "--force", .flag = &a.force },
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	return rc != 0 ? rc : pack(c, rest.v[0], &a, pack_ship);
}

int
order_verb_pack(struct cli *c, int argc, char **argv)
{
	struct ship_args a = { 0 };
	const struct arg args[] = {
		PACK_ARGS(a),
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	return rc != 0 ? rc : pack(c, rest.v[0], &a, pack_keep);
}

int
order_verb_weigh(struct cli *c, int argc, char **argv)
{
	bool force = false;
	const struct arg args[] = {
		{ .name = "--force", .flag = &force },
		{ 0 },
	};
	struct packing *p;
	struct arg_list rest;
	int64_t grams = 0;
	int rc = args_parse(c, argc, argv, args, 2, 2, &rest);

	if (rc == 0)
		rc = args_count(c, "GRAMS", rest.v[1], &grams);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (pack_weigh(c->s, rest.v[0], grams, force, &p) != 0)
		return cli_failed(c);
	out_sentence(c, _("Order %s is shipped: waybill %s"), pack_order_no(p),
	    pack_waybill(p));
	told_parcel(c, p, grams, "");
	pack_free(p);
	return CLI_OK;
}

/* NO alone, for a session. */
static int
only_no(struct cli *c, int argc, char **argv, const char **no)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		*no = rest.v[0];
	return rc;
}

int
order_verb_unpack(struct cli *c, int argc, char **argv)
{
	const char *no;
	int rc = only_no(c, argc, argv, &no);

	if (rc != 0)
		return rc;
	if (pack_unpack(c->s, no) != 0)
		return cli_failed(c);
	out_sentence(c, _("The parcel %s is opened again"), no);
	return CLI_OK;
}

int
order_verb_unship(struct cli *c, int argc, char **argv)
{
	const char *reason = "";
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (pack_unship(c->s, rest.v[0], reason) != 0)
		return cli_failed(c);
	out_sentence(c, _("The parcel %s is not shipped after all"), rest.v[0]);
	return CLI_OK;
}

/* "LINE:QTY[:PART]". */
static int
read_piece(struct cli *c, const char *text, struct split_piece *piece)
{
	char *line = arena_strdup(&c->arena, text), *qty, *part = NULL;
	int rc;

	*piece = (struct split_piece){ .part = 2 };
	if ((qty = strchr(line, ':')) == NULL)
		return cli_misused(
		    c, _("--move wants LINE:QTY[:PART], not %s"), text);
	*qty++ = '\0';
	if ((part = strchr(qty, ':')) != NULL)
		*part++ = '\0';
	rc = args_count(c, "LINE", line, &piece->line_no);
	if (rc == 0)
		rc = args_count(c, "QTY", qty, &piece->qty);
	if (rc == 0 && part != NULL)
		rc = args_count(c, "PART", part, &piece->part);
	return rc;
}

/* "PART:NAME": what goes in this part comes from there. */
static int
read_place(
    struct cli *c, const char *text, struct split_piece *pieces, size_t n)
{
	const char *colon = strchr(text, ':');
	int64_t part;
	size_t i;
	int rc;

	if (colon == NULL)
		return cli_misused(
		    c, _("--warehouse wants PART:NAME, not %s"), text);
	rc = args_count(c, "PART",
	    arena_strndup(&c->arena, text, (size_t)(colon - text)), &part);
	for (i = 0; rc == 0 && i < n; i++)
		if (pieces[i].part == part)
			pieces[i].warehouse = colon + 1;
	return rc;
}

static int
split(struct cli *c, const char *no, const struct split_piece *pieces, size_t n)
{
	char warning[200];
	int64_t id;

	if (order_id(c, no, &id) != 0 ||
	    order_split(c->s, id, pieces, n, warning) != 0)
		return cli_failed(c);
	if (warning[0] != '\0')
		cli_say(c, "%s", warning);
	out_sentence(c, _("Order %s is split"), no);
	order_told(c, id);
	return CLI_OK;
}

int
order_verb_split(struct cli *c, int argc, char **argv)
{
	struct arg_list rest, moves = { 0 }, places = { 0 };
	const struct arg args[] = {
		{ .name = "--move", .list = &moves },
		{ .name = "--warehouse", .list = &places },
		{ 0 },
	};
	struct split_piece *pieces;
	size_t i;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && moves.n == 0)
		rc = cli_misused(c, _("The option %s is needed"), "--move");
	if (rc != 0)
		return rc;
	pieces = arena_alloc(&c->arena, moves.n * sizeof(*pieces));
	for (i = 0; rc == 0 && i < moves.n; i++)
		rc = read_piece(c, moves.v[i], &pieces[i]);
	for (i = 0; rc == 0 && i < places.n; i++)
		rc = read_place(c, places.v[i], pieces, moves.n);
	if (rc == 0)
		rc = cli_session(c);
	return rc != 0 ? rc : split(c, rest.v[0], pieces, moves.n);
}

int
order_verb_unsplit(struct cli *c, int argc, char **argv)
{
	const char *no;
	int64_t id;
	int rc = only_no(c, argc, argv, &no);

	if (rc != 0)
		return rc;
	if (order_id(c, no, &id) != 0 || order_unsplit(c->s, id) != 0)
		return cli_failed(c);
	out_sentence(c, _("Order %s is one again"), no);
	order_told(c, id);
	return CLI_OK;
}

int
order_verb_merge(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	int64_t ids[MERGE_MAX] = { 0 };
	struct arg_list rest;
	size_t i;
	int rc = args_parse(c, argc, argv, args, 2, MERGE_MAX, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	for (i = 0; i < rest.n; i++)
		if (order_id(c, rest.v[i], &ids[i]) != 0)
			return cli_failed(c);
	if (order_merge(c->s, ids, rest.n) != 0)
		return cli_failed(c);
	out_sentence(c,
	    ngettext("%zu order goes in one parcel",
		"%zu orders go in one parcel", (unsigned long)rest.n),
	    rest.n);
	order_told(c, ids[0]);
	return CLI_OK;
}

int
order_verb_unmerge(struct cli *c, int argc, char **argv)
{
	const char *no;
	int64_t id;
	int rc = only_no(c, argc, argv, &no);

	if (rc != 0)
		return rc;
	if (order_id(c, no, &id) != 0 || order_unmerge(c->s, id) != 0)
		return cli_failed(c);
	out_sentence(c, _("The merging of order %s is undone"), no);
	order_told(c, id);
	return CLI_OK;
}

/* Packing materials. */
struct material_args {
	const char *code, *name, *weight, *cost;
};
#define MATERIAL_ARGS(a) \
	{ .name = "--name", .value = &(a).name }, \
	    { .name = "--weight", .value = &(a).weight }, \
	{ \
		.name = "--cost", .value = &(a).cost \
	}

static int
read_material(
    struct cli *c, const struct material_args *a, struct material_edit *e)
{
	int rc = 0;

	if (a->name != NULL)
		rc = args_copy(c, "--name", e->name, sizeof(e->name), a->name);
	if (rc == 0 && a->weight != NULL)
		rc = args_count(c, "--weight", a->weight, &e->weight);
	if (rc == 0 && a->cost != NULL)
		rc = args_money(c, "--cost", a->cost, &e->cost);
	return rc;
}

static int
verb_material_add(struct cli *c, int argc, char **argv)
{
	struct material_args a = { 0 };
	const struct arg args[] = {
		MATERIAL_ARGS(a),
		{ 0 },
	};
	struct material_edit e = { .active = true };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && a.name == NULL)
		rc = cli_misused(c, _("The option %s is needed"), "--name");
	if (rc == 0)
		rc = args_copy(c, "CODE", e.code, sizeof(e.code), rest.v[0]);
	if (rc == 0)
		rc = read_material(c, &a, &e);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (material_add(c->s, &e, &id) != 0)
		return cli_failed(c);
	out_sentence(c, _("The packing material %s is added"), e.code);
	return CLI_OK;
}

/* Change what is given, leave the rest. */
static int
change_material(struct cli *c, const char *code, const struct material_args *a,
    bool drop, bool again)
{
	struct material_edit e = { 0 };
	struct page page;
	int64_t id, version;
	int rc;

	if (material_by_code(c->s, code, &id) != 0 ||
	    material_get(c->s, id, &page) != 0)
		return cli_failed(c);
	version = ((const struct material *)page_row(&page, 0))->version;
	material_edit_from(&e, page_row(&page, 0));
	page_free(&page);
	e.active = again || (e.active && !drop);
	rc = read_material(c, a, &e);
	if (rc == 0 && a->code != NULL)
		rc = args_copy(c, "--code", e.code, sizeof(e.code), a->code);
	if (rc == 0 && material_save(c->s, id, version, &e) != 0)
		rc = cli_failed(c);
	return rc;
}

static int
verb_material_change(struct cli *c, int argc, char **argv)
{
	struct material_args a = { 0 };
	bool drop = false, again = false;
	const struct arg args[] = {
		MATERIAL_ARGS(a),
		{ .name = "--code", .value = &a.code },
		{ .name = "--unused", .flag = &drop },
		{ .name = "--used", .flag = &again },
		{ 0 },
	};
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0)
		rc = change_material(c, rest.v[0], &a, drop, again);
	if (rc == 0)
		out_sentence(
		    c, _("The packing material %s is saved"), rest.v[0]);
	return rc;
}

static int
verb_material_list(struct cli *c, int argc, char **argv)
{
	static char kind[] = "materials";
	char **args =
	    arena_alloc(&c->arena, ((size_t)argc + 1) * sizeof(*args));
	int i;

	args[0] = argv[0];
	args[1] = kind;
	for (i = 1; i < argc; i++)
		args[i + 1] = argv[i];
	return cmd_list(c, argc + 1, args);
}

const struct command material_verbs[] = {
	{ "list", "[--limit N]", N_("Lists what parcels are packed in."),
	    verb_material_list, NULL },
	{ "add", "CODE --name NAME [--weight GRAMS] [--cost YUAN]",
	    N_("Adds a packing material, by the code that is scanned."),
	    verb_material_add, NULL },
	{ "change",
	    "CODE [--code CODE] [--name NAME] [--weight GRAMS] [--cost YUAN] "
	    "[--unused|--used]",
	    N_("Changes one, or says that it is used no more."),
	    verb_material_change, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
