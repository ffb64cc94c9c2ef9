/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/couriers.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

/* Couriers, warehouses, and from which of them orders go. */

struct courier_args {
	const char *name, *code, *aliases, *shape, *sample, *phone;
	bool close, open;
};
#define COURIER_ARGS(a) \
	{ .name = "--code", .value = &(a).code }, \
	    { .name = "--aliases", .value = &(a).aliases }, \
	    { .name = "--shape", .value = &(a).shape }, \
	    { .name = "--sample", .value = &(a).sample }, \
	{ \
		.name = "--phone", .value = &(a).phone \
	}

static int
read_courier(
    struct cli *c, const struct courier_args *a, struct courier_edit *e)
{
	const struct arg_text texts[] = {
		ARG_TEXT("--name", a->name, e->name),
		ARG_TEXT("--code", a->code, e->code),
		ARG_TEXT("--aliases", a->aliases, e->aliases),
		ARG_TEXT("--shape", a->shape, e->shape),
		ARG_TEXT("--sample", a->sample, e->sample),
		ARG_TEXT("--phone", a->phone, e->phone),
	};
	int rc = args_copy_all(c, texts, sizeof(texts) / sizeof(texts[0]));

	if (a->close || a->open)
		e->active = a->open;
	return rc;
}

static int
told(struct cli *c, int64_t id, const char *name)
{
	out_sentence(c, _("%s is saved"), name);
	return out_told(c, id, "name", name);
}

static int
verb_courier_add(struct cli *c, int argc, char **argv)
{
	struct courier_args a = { 0 };
	const struct arg args[] = { COURIER_ARGS(a), { 0 } };
	struct courier_edit e = { .active = true };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0) {
		a.name = rest.v[0];
		rc = read_courier(c, &a, &e);
	}
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (courier_add(c->s, &e, &id) != 0)
		return cli_failed(c);
	return told(c, id, e.name);
}

/* Also one that is not used any more, by its full name. */
static int
find_courier(struct cli *c, const char *name, struct page *out)
{
	const struct courier_card *cc;
	int64_t id = 0;

	if (courier_find(c->s, name, &id) == 0)
		return courier_card(c->s, id, out);
	if (courier_card_page(c->s, PAGE_FIRST, NULL, 1000, out) != 0)
		return -1;
	for (size_t i = 0; id == 0 && i < out->n; i++) {
		cc = page_row(out, i);
		if (strcmp(cc->name, name) == 0)
			id = cc->id;
	}
	page_free(out);
	/* Says that there is none. */
	return id != 0 ? courier_card(c->s, id, out)
		       : courier_find(c->s, name, &id);
}

static int
verb_courier_edit(struct cli *c, int argc, char **argv)
{
	struct courier_args a = { 0 };
	const struct arg args[] = { COURIER_ARGS(a),
		{ .name = "--name", .value = &a.name },
		{ .name = "--close", .flag = &a.close },
		{ .name = "--open", .flag = &a.open }, { 0 } };
	const struct courier_card *cc;
	struct courier_edit e;
	struct arg_list rest;
	struct page page;
	int64_t id, version;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (find_courier(c, rest.v[0], &page) != 0)
		return cli_failed(c);
	cc = page_row(&page, 0);
	id = cc->id;
	version = cc->version;
	courier_edit_from(&e, cc);
	page_free(&page);
	if ((rc = read_courier(c, &a, &e)) != 0)
		return rc;
	if (courier_save(c->s, id, version, &e) != 0)
		return cli_failed(c);
	return told(c, id, e.name);
}

/* The same as "list KIND". */
static int
list_kind(struct cli *c, int argc, char **argv, const char *kind)
{
	char **as = arena_alloc(&c->arena, ((size_t)argc + 2) * sizeof(*as));

	as[0] = argv[0];
	as[1] = arena_strdup(&c->arena, kind);
	for (int i = 1; i < argc; i++)
		as[i + 1] = argv[i];
	return cmd_list(c, argc + 1, as);
}

static int
verb_courier_list(struct cli *c, int argc, char **argv)
{
	return list_kind(c, argc, argv, "couriers");
}

const struct command courier_verbs[] = {
	{ "list", "[OPTION]...", N_("The same as list couriers."),
	    verb_courier_list, NULL },
	{ "add",
	    "NAME [--code CODE] [--aliases NAME;NAME...] [--shape ERE] "
	    "[--sample WAYBILL] [--phone NO]",
	    N_("Adds a courier. ERE tells what its waybills look like; they "
	       "are warned of, never refused, and the sample must fit it."),
	    verb_courier_add, NULL },
	{ "edit",
	    "NAME [--name NAME] [--code CODE] [--aliases NAME;NAME...] "
	    "[--shape ERE] [--sample WAYBILL] [--phone NO] [--close | --open]",
	    N_("Changes what is given. --close: it is used no more."),
	    verb_courier_edit, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

struct place_args {
	const char *name, *province, *hub, *address;
	bool zero, not_zero, close, open;
	bool away, here, put_away, not_put_away;
};
#define PLACE_ARGS(a) \
	{ .name = "--province", .value = &(a).province }, \
	    { .name = "--hub", .value = &(a).hub }, \
	    { .name = "--address", .value = &(a).address }, \
	    { .name = "--virtual", .flag = &(a).away }, \
	    { .name = "--put-away", .flag = &(a).put_away }, \
	{ \
		.name = "--below-zero", .flag = &(a).zero \
	}

static int
read_place(struct cli *c, const struct place_args *a, struct warehouse_edit *e)
{
	int rc = 0;

	if (a->name != NULL)
		rc = args_copy(c, "--name", e->name, sizeof(e->name), a->name);
	if (rc == 0 && a->province != NULL)
		rc = args_copy(c, "--province", e->province,
		    sizeof(e->province), a->province);
	if (rc == 0 && a->hub != NULL)
		rc = args_copy(c, "--hub", e->hub, sizeof(e->hub), a->hub);
	if (rc == 0 && a->address != NULL)
		rc = args_copy(
		    c, "--address", e->address, sizeof(e->address), a->address);
	if (a->away || a->here)
		e->away = a->away;
	if (a->put_away || a->not_put_away)
		e->put_away = a->put_away;
	if (a->zero || a->not_zero)
		e->below_zero = a->zero;
	if (a->close || a->open)
		e->active = a->open;
	return rc;
}

static int
verb_place_add(struct cli *c, int argc, char **argv)
{
	struct place_args a = { 0 };
	const struct arg args[] = { PLACE_ARGS(a), { 0 } };
	struct warehouse_edit e = { .active = true };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0) {
		a.name = rest.v[0];
		rc = read_place(c, &a, &e);
	}
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (warehouse_add(c->s, &e, &id) != 0)
		return cli_failed(c);
	return told(c, id, e.name);
}

static int
verb_place_edit(struct cli *c, int argc, char **argv)
{
	struct place_args a = { 0 };
	const struct arg args[] = { PLACE_ARGS(a),
		{ .name = "--name", .value = &a.name },
		{ .name = "--not-below-zero", .flag = &a.not_zero },
		{ .name = "--real", .flag = &a.here },
		{ .name = "--no-put-away", .flag = &a.not_put_away },
		{ .name = "--close", .flag = &a.close },
		{ .name = "--open", .flag = &a.open }, { 0 } };
	const struct warehouse *w;
	struct warehouse_edit e;
	struct arg_list rest;
	struct page page;
	int64_t id, version;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (warehouse_find(c->s, rest.v[0], &id) != 0 ||
	    warehouse_get(c->s, id, &page) != 0)
		return cli_failed(c);
	w = page_row(&page, 0);
	version = w->version;
	warehouse_edit_from(&e, w);
	page_free(&page);
	if ((rc = read_place(c, &a, &e)) != 0)
		return rc;
	if (warehouse_save(c->s, id, version, &e) != 0)
		return cli_failed(c);
	return told(c, id, e.name);
}

static int
verb_place_list(struct cli *c, int argc, char **argv)
{
	return list_kind(c, argc, argv, "warehouses");
}

const struct command warehouse_verbs[] = {
	{ "list", "[OPTION]...", N_("The same as list warehouses."),
	    verb_place_list, NULL },
	{ "add",
	    "NAME [--province NAME] [--hub COURIER] [--below-zero] "
	    "[--virtual] [--put-away] [--address TEXT]",
	    N_("Adds a warehouse, or a courier's hub that holds our stock."),
	    verb_place_add, NULL },
	{ "edit",
	    "NAME [--name NAME] [--province NAME] [--hub COURIER] "
	    "[--below-zero | --not-below-zero] [--virtual | --real] "
	    "[--put-away | --no-put-away] [--address TEXT] "
	    "[--close | --open]",
	    N_("Changes what is given."), verb_place_edit, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

static int
told_routed(struct cli *c, int64_t seen, int64_t moved)
{
	out_sentence(c,
	    ngettext("%lld order goes from another warehouse now, of %lld",
		"%lld orders go from another warehouse now, of %lld",
		(unsigned long)moved),
	    (long long)moved, (long long)seen);
	if (out_for_people(c))
		return CLI_OK;
	out_begin(c);
	out_int(c, "seen", NULL, seen);
	out_int(c, "moved", NULL, moved);
	out_end(c);
	return CLI_OK;
}

int
order_verb_route(struct cli *c, int argc, char **argv)
{
	const char *place = NULL;
	bool all = false;
	const struct arg args[] = {
		{ .name = "--warehouse", .value = &place },
		{ .name = "--all", .flag = &all },
		{ 0 },
	};
	int64_t id, seen = 0, moved = 0;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 0, SIZE_MAX, &rest);

	if (rc == 0 && (rest.n == 0) != all)
		rc = cli_misused(c, _("Name orders, or give --all, not both"));
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (all && order_route_all(c->s, &seen, &moved) != 0)
		return cli_failed(c);
	for (size_t i = 0; i < rest.n; i++, seen++) {
		if (order_by_no(c->s, rest.v[i], &id) != 0 ||
		    (rc = order_route(c->s, id, place != NULL ? place : "")) <
			0)
			return cli_failed(c);
		moved += rc;
	}
	return told_routed(c, seen, moved);
}
