/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "freight_priv.h"
#include "routing_priv.h"

/* Which warehouse is the best: stock, cost, distance. */

#define PLACES_MAX 50
#define GOODS_MAX  100

struct place {
	int64_t id, hub; /* the courier whose it is */
	char province[32];
	char name[NAME_ROOM];
	bool lacks; /* some of the goods */
	int64_t fee, days;
};

struct choice {
	struct place v[PLACES_MAX];
	size_t n;
	char province[32]; /* the buyer's */
	struct freight_load load;
};

static const char sql_places[] =
    "SELECT id, coalesce(courier_id, 0), province, name FROM warehouse"
    " WHERE active = 1 ORDER BY id LIMIT 50 /*scan*/";

static int
read_places(struct session *s, struct choice *ch)
{
	struct db_rows *rows;
	struct place *p;
	int rc;

	if ((rc = db_query(s->db, sql_places, DB_NOARGS, &rows)) < 0)
		return rc;
	while (ch->n < PLACES_MAX && (rc = db_next(rows)) > 0) {
		p = &ch->v[ch->n++];
		*p = (struct place){
			.id = db_int(rows, 0),
			.hub = db_int(rows, 1),
		};
		(void)province_brief(db_text(rows, 2), p->province);
		copy_text(p->name, sizeof(p->name), db_text(rows, 3));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_to[] =
    "SELECT coalesce(r.province, '') FROM orders o"
    " LEFT JOIN receiver r ON r.id = o.receiver_id WHERE o.id = $1";
#define NEEDS(qty) \
	"SELECT l.variant_id, sum(" qty "), sum((" qty ") * v.weight)," \
	" sum((" qty ") * v.volume)"
static const char sql_needs[] = NEEDS(
    "l.qty - l.sent") " FROM order_line l JOIN variant v ON v.id = l.variant_id"
		      " WHERE l.order_id = $1 AND $2 = 0 AND l.refund_state <> 2"
		      " AND l.qty > l.sent GROUP BY l.variant_id ORDER BY l.variant_id LIMIT 100"
		      " /*sort*/";
static const char sql_part_needs[] = NEEDS(
    "q.qty - q.sent") " FROM order_part q JOIN order_line l ON l.order_id = q.order_id"
		      " AND l.line_no = q.line_no JOIN variant v ON v.id = l.variant_id"
		      " WHERE q.order_id = $1 AND q.part = $2 AND l.refund_state <> 2"
		      " AND q.qty > q.sent GROUP BY l.variant_id ORDER BY l.variant_id LIMIT 100"
		      " /*sort*/";
static const char sql_available[] =
    "SELECT coalesce((SELECT s.available FROM stock s"
    " WHERE s.variant_id = $1 AND s.warehouse_id = $2), 0)";
/* What an order has promised itself is there for it, but for what its other
 * parts take there. */
static const char sql_own[] =
    "SELECT coalesce(sum(r.qty), 0) FROM reservation r WHERE r.order_id = $1"
    " AND r.warehouse_id = $3 AND r.variant_id = $2";
static const char sql_other_parts[] =
    "SELECT coalesce(sum(q.qty - q.sent), 0) FROM order_part q"
    " JOIN orders o ON o.id = q.order_id JOIN order_line l"
    " ON l.order_id = q.order_id AND l.line_no = q.line_no"
    " WHERE q.order_id = $1 AND q.part <> $4 AND l.variant_id = $2"
    " AND l.refund_state <> 2"
    " AND coalesce(q.warehouse_id, o.warehouse_id, 1) = $3";

struct need {
	int64_t variant_id, qty;
};

/* Of the same thing, once. */
static void
add_need(struct need needs[GOODS_MAX], size_t *n, int64_t variant, int64_t qty)
{
	size_t i;

	for (i = 0; i < *n && needs[i].variant_id != variant; i++)
		;
	if (i == GOODS_MAX)
		return;
	if (i == *n)
		needs[(*n)++] = (struct need){ variant, 0 };
	needs[i].qty += qty;
}

static int
read_needs_of(struct session *s, int64_t order_id, int64_t part,
    struct choice *ch, struct need needs[GOODS_MAX], size_t *n)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, part == 0 ? sql_needs : sql_part_needs,
	    DB_ARGS(db_i(order_id), db_i(part)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		add_need(needs, n, db_int(rows, 0), db_int(rows, 1));
		ch->load.pieces += db_int(rows, 1);
		ch->load.grams += db_int(rows, 2);
		ch->load.cm3 += db_int(rows, 3);
	}
	db_done(rows);
	return rc;
}

static int
read_needs(struct session *s, const struct sending *se, struct choice *ch,
    struct need needs[GOODS_MAX], size_t *n)
{
	struct db_rows *rows;
	size_t i;
	int rc;

	*n = 0;
	rc = db_query(s->db, sql_to, DB_ARGS(db_i(se->v[0].id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		(void)province_brief(db_text(rows, 0), ch->province);
	db_done(rows);
	for (i = 0; rc >= 0 && i < se->n; i++)
		rc = read_needs_of(s, se->v[i].id, se->part, ch, needs, n);
	return rc < 0 ? rc : 0;
}

static int
there_for(struct session *s, const struct sending *se, int64_t variant,
    int64_t place, int64_t *there)
{
	const struct db_val of[] = { db_i(se->v[0].id), db_i(variant),
		db_i(place), db_i(se->part) };
	int64_t n;
	size_t i;
	int rc;

	rc = db_get1(s->db, sql_available, &of[1], 2, there);
	for (i = 0; rc == 0 && i < se->n; i++) {
		rc = db_get1(s->db, sql_own,
		    DB_ARGS(db_i(se->v[i].id), of[1], of[2]), &n);
		if (rc == 0)
			*there += n;
	}
	if (rc < 0 || se->part == 0)
		return rc;
	rc = db_get1(s->db, sql_other_parts, of, 4, &n);
	if (rc == 0)
		*there -= n;
	return rc;
}

static int
look_at_stock(struct session *s, const struct sending *se, struct choice *ch,
    const struct need *needs, size_t n)
{
	int64_t there = 0;
	size_t i, k;
	int rc;

	for (i = 0; i < ch->n; i++)
		for (k = 0; k < n && !ch->v[i].lacks; k++) {
			rc = there_for(
			    s, se, needs[k].variant_id, ch->v[i].id, &there);
			if (rc < 0)
				return rc;
			ch->v[i].lacks = there < needs[k].qty;
		}
	return 0;
}

static int
look_at_cost(struct session *s, struct choice *ch)
{
	struct freight_rates rates;
	size_t i;
	int rc;

	if ((rc = freight_rates_read(s, 0, ch->province, &rates)) < 0)
		return rc;
	/* A parcel of unknown weight still costs the first fee. */
	if (ch->load.grams == 0)
		ch->load.grams = 1;
	for (i = 0; i < ch->n; i++) {
		const struct freight_from from = {
			.warehouse_id = ch->v[i].id,
			.courier_id = ch->v[i].hub,
			.province = ch->province,
			.load = ch->load,
		};

		(void)freight_cheapest(
		    &rates, &from, &ch->v[i].fee, &ch->v[i].days);
	}
	freight_rates_done(&rates);
	return 0;
}

static bool
is_better(const struct choice *ch, const struct place *a, const struct place *b)
{
	bool near_a = strcmp(a->province, ch->province) == 0;
	bool near_b = strcmp(b->province, ch->province) == 0;

	if (a->fee != b->fee)
		return a->fee < b->fee;
	if (a->days != b->days)
		return a->days < b->days;
	if (near_a != near_b)
		return near_a;
	return a->id < b->id;
}

/* NULL: none has all of it. */
static const struct place *
best(const struct choice *ch)
{
	const struct place *p = NULL;
	size_t i;

	for (i = 0; i < ch->n; i++)
		if (!ch->v[i].lacks &&
		    (p == NULL || is_better(ch, &ch->v[i], p)))
			p = &ch->v[i];
	return p;
}

int
route_choose(struct session *s, const struct sending *se, int64_t *id,
    char name[NAME_ROOM])
{
	struct choice ch = { .n = 0 };
	struct need needs[GOODS_MAX];
	const struct place *p;
	size_t n;
	int rc;

	*id = 0;
	if ((rc = read_places(s, &ch)) < 0 ||
	    (rc = read_needs(s, se, &ch, needs, &n)) < 0 || n == 0 ||
	    (rc = look_at_stock(s, se, &ch, needs, n)) < 0 ||
	    (rc = look_at_cost(s, &ch)) < 0)
		return rc;
	if ((p = best(&ch)) != NULL) {
		*id = p->id;
		copy_text(name, NAME_ROOM, p->name);
	}
	return 0;
}
