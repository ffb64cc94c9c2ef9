/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staged.h"

#include "../core/row_priv.h"
#include "../customers/contact_priv.h"
#include "import_priv.h"
#include "staged_priv.h"

/* The kinds of files there are, and the rows that are kept of some. */

const char *const import_kinds[] = { "orders", "products", "stock", "customers",
	"listings", "goods", "companies", "couriers", "bins", "kits",
	"warehouses", "materials", "categories", "supplier-items", "grades",
	"member-prices", "review-rules", "gift-rules", "texts", "attrs",
	"settings", "refunds", "payments", "freight-templates", "freight-bill",
	"tracking", "traffic", "service-kpi", "survey", "staged", NULL };

static const char *const kind_texts[] = {
	N_("orders"),
	N_("products"),
	N_("opening stock"),
	N_("customers"),
	N_("items"),
	N_("goods on offer"),
	N_("companies"),
	N_("couriers"),
	N_("bins"),
	N_("kits"),
	N_("warehouses"),
	N_("packing materials"),
	N_("categories"),
	N_("goods of suppliers"),
	N_("grades"),
	N_("member prices"),
	N_("review rules"),
	N_("gift rules"),
	N_("texts"),
	N_("attributes"),
	N_("settings"),
	N_("refunds"),
	N_("payments"),
	N_("freight templates"),
	N_("freight bills"),
	N_("tracking"),
	N_("visitors"),
	N_("service figures"),
	N_("survey answers"),
	N_("kept rows"),
};

const char *
import_kind_text(const char *kind)
{
	size_t i;

	for (i = 0; import_kinds[i] != NULL; i++)
		if (strcmp(import_kinds[i], kind) == 0)
			return _(kind_texts[i]);
	return kind;
}

const char *
import_kind(const struct import *im)
{
	return im->kind;
}

bool
import_rows_together(const struct import *im)
{
	return strcmp(im->kind, "kits") == 0;
}

/* What is hidden in a value, by the name it has. */
static const char *
hidden(struct arena *arena, const char *name, const char *value)
{
	if (strcmp(name, "nick") == 0)
		return mask_nick(arena, value, "");
	if (strcmp(name, "name") == 0)
		return mask_name(arena, value);
	return mask_text(arena, value);
}

/*
 * For those who may not read contacts: people's names are masked, numbers in
 * texts too, and columns that no layout knows, which may be anything, are left
 * out. Masking keeps the escapes, as none of them is a digit or a name.
 */
const char *
fields_hidden(struct arena *arena, const char *fields)
{
	char *copy = arena_strdup(arena, fields), *at, *rest, *eq;
	struct str out = STR_INIT;
	const char *kept;

	for (at = strtok_r(copy, "\t", &rest); at != NULL;
	     at = strtok_r(NULL, "\t", &rest)) {
		if (at[0] == '*' || (eq = strchr(at, '=')) == NULL)
			continue;
		*eq = '\0';
		str_addf(&out, "%s%s=%s", out.len > 0 ? "\t" : "", at,
		    hidden(arena, at, eq + 1));
	}
	kept = arena_strdup(arena, out.s);
	str_done(&out);
	return kept;
}

static void
take_row(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct staged *t = out;

	t->id = db_int(rows, 0);
	t->kind = row_text(rows, 1, arena);
	t->key = row_text(rows, 2, arena);
	t->batch = db_int(rows, 3);
	t->line = db_int(rows, 4);
	t->at = db_int(rows, 5);
	t->order_no = row_text(rows, 6, arena);
	t->fields = row_text(rows, 7, arena);
	t->order_id = db_int(rows, 8);
}

#define SELECT \
	"SELECT t.id, t.kind, t.key, t.batch_id, t.line, t.at, t.order_no," \
	" t.fields, coalesce((SELECT min(o.id) FROM orders o" \
	" WHERE o.order_no = t.order_no), 0) FROM staged t WHERE 1 = 1"

static int
read_page(struct session *s, struct query *q, const struct query_key *key,
    enum page_dir dir, size_t limit, struct page *out)
{
	struct staged *t;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0)
		return rc;
	query_page(q, key, 1, true, dir, limit);
	rc = query_fetch(
	    s->db, q, dir, sizeof(struct staged), limit, take_row, out);
	if (rc < 0 || session_may(s, PERM_CONTACT_VIEW))
		return rc;
	for (t = out->rows, i = 0; i < out->n; i++, t++) {
		t->fields = fields_hidden(&out->arena, t->fields);
		/* Answers are told apart by who gave them. */
		if (strcmp(t->kind, "survey") == 0)
			t->key = "";
	}
	return rc;
}

int
staged_page(struct session *s, const char *kind, enum page_dir dir,
    const struct staged *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT);
	struct query_key key = { .column = "t.id" };

	if (from != NULL)
		key.from = db_i(from->id);
	if (kind != NULL)
		query_and(&q, "t.kind =", db_t(kind));
	return read_page(s, &q, &key, dir, limit, out);
}

int
staged_of_order(struct session *s, const char *order_no, enum page_dir dir,
    const struct staged *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT " AND t.order_no <> '' /*sort*/");
	struct query_key key = { .column = "t.id" };

	if (from != NULL)
		key.from = db_i(from->id);
	query_and(&q, "t.order_no =", db_t(order_no));
	return read_page(s, &q, &key, dir, limit, out);
}

static void
take_count(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct staged_count *c = out;

	c->kind = row_text(rows, 0, arena);
	c->n = db_int(rows, 1);
	c->last_at = db_int(rows, 2);
}

static const char sql_counts[] =
    "SELECT kind, n, last_at FROM staged_count WHERE n > 0 ORDER BY kind"
    " /*scan*/";

int
staged_counts(struct session *s, struct page *out)
{
	struct db_rows *rows;
	struct staged_count *c;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0)
		return rc;
	if ((rc = db_query(s->db, sql_counts, DB_NOARGS, &rows)) < 0)
		return rc;
	page_init(out, sizeof(*c), 16);
	while ((rc = db_next(rows)) > 0) {
		c = page_add(out);
		take_count(rows, c, &out->arena);
		c->id = (int64_t)out->n;
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc;
}

/* Those in @rows, in turn, till @take gives something other than 0. */
static int
hand_out(struct db_rows *rows, staged_take *take, void *arg, int64_t *last,
    int64_t *n)
{
	struct arena arena = { 0 };
	struct staged t;
	int rc, done = 0;

	*n = 0;
	while (done == 0 && (rc = db_next(rows)) > 0) {
		arena_reset(&arena);
		take_row(rows, &t, &arena);
		*last = t.id;
		(*n)++;
		done = take(arg, &t);
	}
	db_done(rows);
	arena_done(&arena);
	return done != 0 ? done : rc;
}

#define EACH_PAGE 500

static const char sql_each[] =
    SELECT " AND t.kind = $1 AND t.id > $2 ORDER BY t.id LIMIT $3";

int
staged_each(struct session *s, const char *kind, int64_t after,
    staged_take *take, void *arg)
{
	struct db_rows *rows;
	int64_t n = 0;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0)
		return rc;
	do {
		rc = db_query(s->db, sql_each,
		    DB_ARGS(db_t(kind), db_i(after), db_i(EACH_PAGE)), &rows);
		if (rc == 0)
			rc = hand_out(rows, take, arg, &after, &n);
	} while (rc == 0 && n == EACH_PAGE);
	return rc;
}

/* Each key begins with where its file is from: the next such behind $2. */
static const char sql_from[] =
    "SELECT coalesce(min(key), '') FROM staged WHERE kind = $1 AND key >= $2";
static const char sql_parcel[] =
    SELECT " AND t.kind = $1 AND t.key = $2 ORDER BY t.key";
static const char sql_parcel_more[] =
    SELECT " AND t.kind = $1 AND t.key > $2 AND t.key < $3 ORDER BY t.key";

/* Of one origin: what has just the waybill for its key, then what has more. */
static int
parcel_of(struct session *s, const char *kind, const char *key,
    staged_take *take, void *arg, struct arena *arena)
{
	struct db_rows *rows;
	int64_t last, n;
	int rc;

	rc = db_query(s->db, sql_parcel, DB_ARGS(db_t(kind), db_t(key)), &rows);
	if (rc == 0)
		rc = hand_out(rows, take, arg, &last, &n);
	if (rc == 0)
		rc = db_query(s->db, sql_parcel_more,
		    DB_ARGS(db_t(kind), db_t(arena_printf(arena, "%s|", key)),
			db_t(arena_printf(arena, "%s|" PREFIX_END, key))),
		    &rows);
	return rc != 0 ? rc : hand_out(rows, take, arg, &last, &n);
}

/* @from becomes the next origin behind what it was, "" at the end. */
static int
next_origin(
    struct session *s, const char *kind, const char **from, struct arena *arena)
{
	struct db_rows *rows;
	const char *key;
	int rc =
	    db_query(s->db, sql_from, DB_ARGS(db_t(kind), db_t(*from)), &rows);

	*from = "";
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		key = db_text(rows, 0);
		*from = arena_strndup(arena, key, strcspn(key, "|"));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
staged_of_waybill(struct session *s, const char *kind, const char *waybill,
    staged_take *take, void *arg)
{
	struct arena arena = { 0 };
	const char *from = "";
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0)
		return rc;
	while ((rc = next_origin(s, kind, &from, &arena)) == 0 &&
	       from[0] != '\0') {
		rc = parcel_of(s, kind,
		    arena_printf(&arena, "%s|%s", from, waybill), take, arg,
		    &arena);
		if (rc != 0)
			break;
		from = arena_printf(&arena, "%s|" PREFIX_END, from);
	}
	arena_done(&arena);
	return rc;
}
