/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../logistics/freight_priv.h"
#include "../stock/stock_priv.h"
#include "waves_pool.h"

void
pool_done(struct pool *pool)
{
	free(pool->units);
	free(pool->items);
	free(pool->members);
	free(pool->chosen);
	map_done(&pool->by_order);
	map_done(&pool->packed);
	map_done(&pool->taken);
}

#define KEY(n) &(n), sizeof(n)

/* Room for one more in an array. */
static void *
grown(void *v, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return v;
	*cap = *cap == 0 ? 256 : *cap * 2;
	return xreallocarray(v, *cap, size);
}

static size_t
add_unit(struct pool *p, int64_t lead, int64_t part)
{
	p->units = grown(p->units, p->nunits, &p->cap_units, sizeof(*p->units));
	p->units[p->nunits] = (struct unit){ .lead = lead, .part = part };
	return p->nunits++;
}

static void
add_item(struct pool *p, size_t unit, int64_t variant_id, int64_t qty)
{
	p->items = grown(p->items, p->nitems, &p->cap_items, sizeof(*p->items));
	p->items[p->nitems++] = (struct pool_item){ unit, variant_id, qty };
	p->units[unit].pieces += qty;
}

static void
add_member(struct pool *p, size_t unit, int64_t order_id)
{
	p->members = grown(
	    p->members, p->nmembers, &p->cap_members, sizeof(*p->members));
	p->members[p->nmembers++] = (struct pool_member){ unit, order_id };
}

static const char sql_shop[] = "SELECT id FROM shop WHERE name = $1 /*scan*/";
static const char sql_warehouse[] =
    "SELECT below_zero FROM warehouse WHERE id = $1";

static int
read_names(struct session *s, const struct wave_what *what, struct pool *p)
{
	int rc = 0;

	if (what->courier[0] != '\0')
		rc = courier_find(s, what->courier, &p->courier_id);
	if (rc == 0 && what->shop[0] != '\0') {
		rc = db_get1(
		    s->db, sql_shop, DB_ARGS(db_t(what->shop)), &p->shop_id);
		if (rc == ERR_NOTFOUND)
			return err_set(&s->err, ERR_INVALID, "shop",
			    _("There is no shop %s"), what->shop);
	}
	if (rc == 0 && what->province[0] != '\0' &&
	    province_brief(what->province, p->province) == 0)
		return err_set(&s->err, ERR_INVALID, "province",
		    _("%s is no province"), what->province);
	if (rc == 0 && what->sku[0] != '\0') {
		rc = code_variant(s, what->sku, &p->sku_id);
		if (rc == ERR_NOTFOUND)
			return err_set(&s->err, ERR_INVALID, "sku",
			    _("No product has the code %s"), what->sku);
	}
	return rc;
}

static int
read_what(struct session *s, const struct wave_what *what, struct pool *p)
{
	int64_t below_zero = 0;
	int rc;

	p->warehouse_id = what->warehouse_id != 0 ? what->warehouse_id
			  : s->floor != 0         ? s->floor
						  : WAREHOUSE_MAIN;
	p->until = what->until;
	if ((rc = read_names(s, what, p)) < 0 ||
	    (rc = setting_int(s, SETTING_WAVE_ORDERS, &p->most)) < 0 ||
	    (rc = setting_int(s, SETTING_WAVE_SLOTS, &p->slots)) < 0 ||
	    (rc = setting_int(s, SETTING_REVIEW, &p->reviewed)) < 0)
		return rc;
	if (what->most > 0 && what->most < p->most)
		p->most = what->most;
	rc = db_get1(
	    s->db, sql_warehouse, DB_ARGS(db_i(p->warehouse_id)), &below_zero);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "warehouse",
		    _("There is no such warehouse"));
	p->any_stock = below_zero != 0;
	return rc;
}

static const char sql_taken[] =
    "SELECT i.variant_id, i.need - i.sent, 0 FROM wave w"
    " JOIN wave_item i ON i.wave_id = w.id WHERE w.state IN (1, 2)"
    " AND w.warehouse_id = $1 AND EXISTS (SELECT 1 FROM wave_order x"
    " WHERE x.wave_id = i.wave_id AND x.slot = i.slot AND x.state = 0)";
static const char sql_packed[] =
    "SELECT l.variant_id, CASE WHEN k.warehouse_id = $1 THEN l.qty ELSE 0 END,"
    " l.order_id FROM packed k JOIN packed_line l ON l.packed_id = k.id"
    " /*scan*/";

/* Pieces that somebody else has his hand on, and whose. */
static int
read_taken(struct session *s, struct pool *p, const char *sql)
{
	struct db_rows *rows;
	int64_t variant, order;
	bool fresh;
	int rc;

	rc = db_query(s->db, sql, DB_ARGS(db_i(p->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		variant = db_int(rows, 0);
		order = db_int(rows, 2);
		*map_put(&p->taken, KEY(variant), &fresh) += db_int(rows, 1);
		if (order != 0)
			*map_put(&p->packed, KEY(order), &fresh) = 1;
	}
	db_done(rows);
	return rc;
}

/* All that is paid and not sent, held or not: one of a group that is held stops
 * the others. */
static const char sql_waiting[] =
    "SELECT o.id, coalesce(o.lead_id, o.id), o.held, o.done, o.parts,"
    " o.shop_id, o.courier_id, r.variant_id, r.qty, r.due, r.warehouse_id,"
    " coalesce(q.province, '')"
    " FROM orders o LEFT JOIN reservation r ON r.order_id = o.id"
    " LEFT JOIN receiver q ON q.id = CASE WHEN $2 = 1 THEN o.receiver_id END"
    " WHERE o.state = $1";

/* Goes it to where it is wanted to? */
static bool
is_there(const struct pool *p, const struct db_rows *rows)
{
	char province[32];

	return p->province[0] == '\0' ||
	       (province_brief(db_text(rows, 11), province) != 0 &&
		   strcmp(province, p->province) == 0);
}

static bool
may_go(const struct pool *p, int64_t held, int64_t done)
{
	return held == 0 && (p->reviewed == 0 || (done & DONE_REVIEWED) != 0);
}

static void
take_order(struct pool *p, size_t unit, const struct db_rows *rows)
{
	struct unit *u = &p->units[unit];
	int64_t id = db_int(rows, 0), done = db_int(rows, 3);

	add_member(p, unit, id);
	if (!may_go(p, db_int(rows, 2), done) ||
	    (done & (DONE_WAVED | DONE_PICKED)) != 0 ||
	    map_get(&p->packed, KEY(id)) != NULL)
		u->stopped = true;
	if (id == u->lead) {
		u->shop_id = db_int(rows, 5);
		u->courier_id = db_int(rows, 6);
		u->there = is_there(p, rows);
	}
}

static void
take_promise(struct pool *p, size_t unit, const struct db_rows *rows)
{
	struct unit *u = &p->units[unit];
	int64_t due = db_int(rows, 9);

	if (db_isnull(rows, 7) || db_int(rows, 10) != p->warehouse_id) {
		u->stopped = true;
		return;
	}
	if (u->due == 0 || due < u->due)
		u->due = due;
	add_item(p, unit, db_int(rows, 7), db_int(rows, 8));
}

/* The parts of a split order, each for itself; $2: where it goes from. */
static const char sql_parts[] =
    "SELECT q.part, l.variant_id, q.qty - q.sent FROM order_part q"
    " JOIN orders o ON o.id = q.order_id JOIN order_line l"
    " ON l.order_id = q.order_id AND l.line_no = q.line_no"
    " WHERE q.order_id = $1 AND q.qty > q.sent AND l.refund_state <> 2"
    " AND coalesce(q.warehouse_id, o.warehouse_id, 1) = $2"
    " AND NOT EXISTS (SELECT 1 FROM wave_order x WHERE"
    " x.order_id = q.order_id AND x.part = q.part AND x.state = 0)"
    " AND NOT EXISTS (SELECT 1 FROM packed_line k WHERE"
    " k.order_id = q.order_id AND k.part = q.part) ORDER BY q.part";

static int
read_parts(struct session *s, struct pool *p, const struct unit *of)
{
	struct db_rows *rows;
	int64_t part = 0;
	size_t unit = 0;
	int rc;

	rc = db_query(s->db, sql_parts,
	    DB_ARGS(db_i(of->lead), db_i(p->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (part != db_int(rows, 0)) {
			part = db_int(rows, 0);
			unit = add_unit(p, of->lead, part);
			p->units[unit].due = of->due;
			p->units[unit].shop_id = of->shop_id;
			p->units[unit].courier_id = of->courier_id;
			p->units[unit].there = of->there;
			add_member(p, unit, of->lead);
		}
		add_item(p, unit, db_int(rows, 1), db_int(rows, 2));
	}
	db_done(rows);
	return rc;
}

struct split {
	struct unit *v;
	size_t n, cap;
};

/* One row: of an order by itself or with others, or of one that was split. */
static void
take_row(
    struct pool *p, const struct db_rows *rows, bool first, struct split *split)
{
	int64_t lead = db_int(rows, 1), *at;
	bool fresh;

	if (db_int(rows, 4) > 0) {
		if (!first || !may_go(p, db_int(rows, 2), db_int(rows, 3)))
			return;
		split->v =
		    grown(split->v, split->n, &split->cap, sizeof(*split->v));
		split->v[split->n++] = (struct unit){ .lead = lead,
			.due = db_int(rows, 9),
			.shop_id = db_int(rows, 5),
			.courier_id = db_int(rows, 6),
			.there = is_there(p, rows) };
		return;
	}
	at = map_put(&p->by_order, KEY(lead), &fresh);
	if (fresh)
		*at = (int64_t)add_unit(p, lead, 0);
	if (first)
		take_order(p, (size_t)*at, rows);
	take_promise(p, (size_t)*at, rows);
}

static int
read_waiting(
    struct session *s, struct pool *p, int64_t state, struct split *split)
{
	struct db_rows *rows;
	int64_t last = 0;
	int rc;

	rc = db_query(s->db, sql_waiting,
	    DB_ARGS(db_i(state), db_i(p->province[0] != '\0')), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		take_row(p, rows, db_int(rows, 0) != last, split);
		last = db_int(rows, 0);
	}
	db_done(rows);
	return rc;
}

static int
by_unit(const void *a, const void *b)
{
	const struct pool_item *x = a, *y = b;

	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	return x->variant_id < y->variant_id ? -1
					     : x->variant_id > y->variant_id;
}

static int
by_member(const void *a, const void *b)
{
	const struct pool_member *x = a, *y = b;

	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	return x->order_id < y->order_id ? -1 : x->order_id > y->order_id;
}

/* Each unit's items and members side by side, a product once. */
static void
arrange(struct pool *p)
{
	size_t i, n = 0;

	if (p->nitems > 1)
		qsort(p->items, p->nitems, sizeof(*p->items), by_unit);
	if (p->nmembers > 1)
		qsort(p->members, p->nmembers, sizeof(*p->members), by_member);
	for (i = 0; i < p->nitems; i++) {
		const struct pool_item it = p->items[i];
		struct unit *u = &p->units[it.unit];

		if (u->items_end > u->items &&
		    p->items[n - 1].variant_id == it.variant_id) {
			p->items[n - 1].qty += it.qty;
			continue;
		}
		if (u->items_end == 0)
			u->items = n;
		p->items[n++] = it;
		u->items_end = n;
	}
	p->nitems = n;
	for (i = 0; i < p->nmembers; i++) {
		struct unit *u = &p->units[p->members[i].unit];

		if (u->members_end == 0)
			u->members = i;
		u->members_end = i + 1;
	}
}

int
pool_read(struct session *s, const struct wave_what *what, struct pool *p)
{
	struct split split = { 0 };
	size_t i;
	int rc;

	if ((rc = read_what(s, what, p)) < 0 ||
	    (rc = read_taken(s, p, sql_taken)) < 0 ||
	    (rc = read_taken(s, p, sql_packed)) < 0)
		return rc;
	rc = read_waiting(s, p, ORDER_PAID, &split);
	if (rc == 0)
		rc = read_waiting(s, p, ORDER_PART_SHIPPED, &split);
	for (i = 0; rc == 0 && i < split.n; i++)
		rc = read_parts(s, p, &split.v[i]);
	free(split.v);
	if (rc == 0)
		arrange(p);
	return rc;
}
