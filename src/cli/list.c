/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/find.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/domain/transfers.h"

/* Reading records of any kind: list, show, find. */

#define LIST_LIMIT    50
#define LIST_CHUNK    200
#define HISTORY_LIMIT 50
#define STAFF_MAX     1000

/* "order" for "orders": people say one or the other. */
static const struct rec_kind *
kind_named(struct cli *c, const char *name)
{
	const struct rec_kind *kind = record_kind(name);
	struct str known = STR_INIT;

	if (kind == NULL)
		kind = record_kind(arena_printf(&c->arena, "%ss", name));
	if (kind != NULL)
		return kind;
	for (size_t i = 0; record_kinds[i] != NULL; i++)
		str_addf(&known, " %s", record_kinds[i]->name);
	cli_misused(c, _("There is no kind %s; there are:%s"), name, known.s);
	str_done(&known);
	return NULL;
}

/* FIELD=VALUE, checked against the fields of the kind. */
int
args_filters(struct cli *c, const struct rec_kind *kind,
    const struct arg_list *where, struct rec_filter **out)
{
	struct rec_filter *f =
	    arena_alloc(&c->arena, (where->n + 1) * sizeof(*f));

	for (size_t i = 0; i < where->n; i++) {
		const char *eq = strchr(where->v[i], '=');

		if (eq == NULL)
			return cli_misused(
			    c, _("--where needs FIELD=VALUE: %s"), where->v[i]);
		f[i].field = arena_strndup(
		    &c->arena, where->v[i], (size_t)(eq - where->v[i]));
		f[i].value = eq + 1;
		if (kind != NULL && record_field(kind, f[i].field) == NULL)
			return cli_misused(c, _("%s have no field %s"),
			    kind->name, f[i].field);
	}
	*out = f;
	return 0;
}

struct listing_of {
	const struct rec_kind *kind;
	struct rec_filter *filters;
	size_t nfilters;
	int64_t limit, after; /* 0: no limit, from the start */
	bool begun;
};

/* A list that is refused is not begun. */
static void
list_begin(struct cli *c, struct listing_of *l)
{
	if (!l->begun)
		out_list_begin(c, l->kind->fields);
	l->begun = true;
}

/* Reads page by page and writes as it goes. */
static int
list_pages(struct cli *c, struct listing_of *l)
{
	struct page pages[2] = { { 0 }, { 0 } };
	enum page_dir dir = PAGE_FIRST;
	const void *from = NULL;
	int64_t left = l->limit != 0 ? l->limit : INT64_MAX;
	int now = 0, rc = 0;

	if (l->after != 0) {
		rc = l->kind->get(c->s, l->after, &pages[1]);
		if (rc == 0) {
			from = page_row(&pages[1], 0);
			dir = PAGE_AFTER;
		}
	}
	while (rc == 0 && left > 0) {
		struct page *p = &pages[now];
		size_t limit = left < LIST_CHUNK ? (size_t)left : LIST_CHUNK;

		page_free(p);
		*p = (struct page){ 0 };
		rc = l->kind->page(
		    c->s, l->filters, l->nfilters, dir, from, limit, p);
		if (rc != 0)
			break;
		list_begin(c, l);
		out_list_rows(c, p);
		left -= (int64_t)p->n;
		if (p->n < limit)
			break;
		from = page_row(p, p->n - 1);
		dir = PAGE_AFTER;
		now = !now;
		if (cli_interrupted())
			break;
	}
	page_free(&pages[0]);
	page_free(&pages[1]);
	return rc;
}

/* "--sort paid" is a filter like others. */
static int
add_sort(struct cli *c, struct listing_of *l, const char *sort)
{
	struct rec_filter *f;

	if (sort == NULL)
		return 0;
	if (record_field(l->kind, "sort") == NULL)
		return cli_misused(c, _("%s cannot be sorted"), l->kind->name);
	f = arena_alloc(&c->arena, (l->nfilters + 1) * sizeof(*f));
	if (l->filters != NULL)
		memcpy(f, l->filters, l->nfilters * sizeof(*f));
	f[l->nfilters++] = (struct rec_filter){ "sort", sort };
	l->filters = f;
	return 0;
}

int
cmd_list(struct cli *c, int argc, char **argv)
{
	const char *limit = NULL, *after = NULL, *sort = NULL;
	struct arg_list rest, where = { 0 };
	const struct arg args[] = {
		{ .name = "--where", .list = &where },
		{ .name = "--sort", .value = &sort },
		{ .name = "--limit", .value = &limit },
		{ .name = "--after", .value = &after },
		{ 0 },
	};
	struct listing_of l = { .limit = LIST_LIMIT };
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc != 0)
		return rc;
	l.kind = kind_named(c, rest.v[0]);
	if (l.kind == NULL)
		return CLI_USAGE;
	l.nfilters = where.n;
	rc = args_filters(c, l.kind, &where, &l.filters);
	if (rc == 0)
		rc = add_sort(c, &l, sort);
	if (rc == 0 && limit != NULL)
		rc = args_count(c, "--limit", limit, &l.limit);
	if (rc == 0 && after != NULL)
		rc = args_count(c, "--after", after, &l.after);
	if (rc == 0 && (l.limit < 0 || l.after < 0))
		rc = cli_misused(c, _("--limit and --after are not negative"));
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	rc = list_pages(c, &l);
	if (l.begun)
		out_list_end(c);
	if (rc == 0 && cli_interrupted())
		return cli_complain(c, CLI_REFUSED, _("Interrupted"));
	if (rc == ERR_INVALID)
		return cli_misused(c, "%s", session_err(c->s)->text);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}

#define AUDIT(field) offsetof(struct audit_row, field)
static const struct rec_field history_fields[] = {
	{ "at", N_("Time"), REC_TIME, AUDIT(at), NULL },
	{ "staff", N_("Staff"), REC_TEXT, AUDIT(staff), NULL },
	{ "op", N_("Operation"), REC_WORD, AUDIT(op), NULL },
	{ "detail", N_("Details"), REC_TEXT, AUDIT(detail), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

int
show_history(struct cli *c, const char *kind, int64_t id)
{
	struct page rows = { 0 };
	int rc =
	    audit_page(c->s, kind, id, PAGE_FIRST, NULL, HISTORY_LIMIT, &rows);

	if (rc != 0)
		return rc;
	out_table(c, "history", _("History"), history_fields, &rows);
	page_free(&rows);
	return 0;
}

static int
by_login(struct session *s, const char *login, int64_t *id)
{
	struct page all = { 0 };
	int rc = staff_page(s, PAGE_FIRST, NULL, STAFF_MAX, &all);

	if (rc != 0)
		return rc;
	rc = ERR_NOTFOUND;
	for (size_t i = 0; rc != 0 && i < all.n; i++) {
		const struct staff *st = page_row(&all, i);

		if (strcmp(st->login, login) == 0) {
			*id = st->id;
			rc = 0;
		}
	}
	page_free(&all);
	return rc;
}

static int
by_slip(struct session *s, const char *slip_no, int64_t *id)
{
	struct page moves = { 0 };
	int64_t slip;
	int rc = stock_slip_by_no(s, slip_no, &slip);

	if (rc == 0)
		rc = slip_moves(s, slip, &moves);
	if (rc == 0 && moves.n == 0)
		rc = ERR_NOTFOUND;
	if (rc == 0)
		*id = ((const struct stock_move *)page_row(&moves, 0))->id;
	page_free(&moves);
	return rc;
}

static int
by_waybill(struct session *s, const char *waybill_no, int64_t *id)
{
	struct page rows = { 0 };
	int rc = find_any(s, waybill_no, LIST_LIMIT, &rows);

	if (rc != 0)
		return rc;
	rc = ERR_NOTFOUND;
	for (size_t i = 0; rc != 0 && i < rows.n; i++) {
		const struct found *f = page_row(&rows, i);

		if (strcmp(f->kind, "parcel") == 0 &&
		    strcasecmp(f->label, waybill_no) == 0) {
			*id = f->id;
			rc = 0;
		}
	}
	page_free(&rows);
	return rc;
}

static int
by_courier(struct session *s, const char *text, int64_t *id)
{
	int rc = courier_find(s, text, id);

	return rc == ERR_INVALID ? ERR_NOTFOUND : rc;
}

/* What people call a record by: code, nick, waybill, slip; or its id. */
static int
record_id(
    struct cli *c, const struct rec_kind *kind, const char *text, int64_t *id)
{
	static const struct {
		const char *kind;
		int (*find)(struct session *s, const char *text, int64_t *id);
	} names[] = {
		{ "products", variant_by_code },
		{ "stock", variant_by_code },
		{ "customers", customer_by_name },
		{ "ledger", by_slip },
		{ "slips", stock_slip_by_no },
		{ "transfers", transfer_by_no },
		{ "parcels", by_waybill },
		{ "couriers", by_courier },
		{ "staff", by_login },
	};
	int rc = ERR_NOTFOUND;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].kind, kind->name) == 0)
			rc = names[i].find(c->s, text, id);
	if (rc != ERR_NOTFOUND)
		return rc;
	if (text[0] != '\0' && strspn(text, "0123456789") == strlen(text) &&
	    strlen(text) < 19) {
		*id = strtoll(text, NULL, 10);
		return 0;
	}
	return ERR_NOTFOUND;
}

/* "orders" is about "order" in the audit log. */
static const char *
subject_kind(struct cli *c, const struct rec_kind *kind)
{
	size_t n = strlen(kind->name);

	if (strcmp(kind->name, "products") == 0 ||
	    strcmp(kind->name, "stock") == 0)
		return "variant";
	return arena_strndup(
	    &c->arena, kind->name, kind->name[n - 1] == 's' ? n - 1 : n);
}

int
cmd_show(struct cli *c, int argc, char **argv)
{
	const struct rec_kind *kind;
	struct page row = { 0 };
	struct arg_list rest;
	int64_t id = 0;
	int rc = args_parse(
	    c, argc, argv, (const struct arg[]){ { 0 } }, 2, 2, &rest);

	if (rc != 0)
		return rc;
	kind = kind_named(c, rest.v[0]);
	if (kind == NULL)
		return CLI_USAGE;
	rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (strcmp(kind->name, "orders") == 0)
		return order_show(c, rest.v[1]);
	rc = record_id(c, kind, rest.v[1], &id);
	if (rc == 0)
		rc = kind->get(c->s, id, &row);
	if (rc == 0 && row.n == 0)
		rc = ERR_NOTFOUND;
	if (rc == ERR_NOTFOUND) {
		page_free(&row);
		return cli_complain(c, CLI_REFUSED, _("There is no %s in %s"),
		    rest.v[1], kind->name);
	}
	if (rc == 0) {
		out_begin(c);
		out_record(c, kind->fields, page_row(&row, 0));
		rc = show_history(c, subject_kind(c, kind), id);
		out_end(c);
	}
	page_free(&row);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}
