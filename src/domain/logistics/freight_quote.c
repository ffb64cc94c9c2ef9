/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../review/review_priv.h"
#include "../stock/stock_priv.h"
#include "freight_priv.h"

/* What a parcel would cost with each courier, and what one did. */

#define HOUR 3600
#define DAY  86400

static const char sql_order[] =
    "SELECT coalesce(r.province, ''), coalesce(o.warehouse_id, 1),"
    " CASE WHEN o.promised_at > 0 THEN o.promised_at"
    " WHEN o.paid_at > 0 THEN o.paid_at + $2 ELSE 0 END FROM orders o"
    " LEFT JOIN receiver r ON r.id = o.receiver_id WHERE o.id = $1";
/* Of what is still to be sent; a weight that is not known counts as none. */
static const char sql_goods[] =
    "SELECT coalesce(sum((l.qty - l.sent) * v.weight), 0),"
    " coalesce(sum((l.qty - l.sent) * v.volume), 0),"
    " coalesce(sum(l.qty - l.sent), 0) FROM order_line l"
    " LEFT JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1"
    " AND l.refund_state <> 2 AND l.qty > l.sent";

/* What is asked, completed. */
struct asked {
	char province[32];
	int64_t warehouse_id, by;
	struct freight_load load;
};

static int
of_order(struct session *s, int64_t id, struct asked *a)
{
	struct db_rows *rows;
	int64_t ship_hours, days;
	int rc;

	if ((rc = setting_int(s, SETTING_SHIP_HOURS, &ship_hours)) < 0 ||
	    (rc = setting_int(s, SETTING_DELIVER_DAYS, &days)) < 0 ||
	    (rc = db_query(s->db, sql_order,
		 DB_ARGS(db_i(id), db_i(ship_hours * HOUR)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		(void)province_brief(db_text(rows, 0), a->province);
		a->warehouse_id = db_int(rows, 1);
		if (db_int(rows, 2) != 0 && days != 0)
			a->by = db_int(rows, 2) + days * DAY;
	} else if (rc == 0) {
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such order"));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
goods_of_order(struct session *s, int64_t id, struct freight_load *load)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_goods, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		*load = (struct freight_load){
			.grams = db_int(rows, 0),
			.cm3 = db_int(rows, 1),
			.pieces = db_int(rows, 2),
		};
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
complete(struct session *s, const struct freight_goods *g, struct asked *a)
{
	int rc = 0;

	*a = (struct asked){ .warehouse_id = WAREHOUSE_MAIN };
	if (g->order_id != 0 &&
	    ((rc = of_order(s, g->order_id, a)) < 0 ||
		(rc = goods_of_order(s, g->order_id, &a->load)) < 0))
		return rc;
	if (g->warehouse[0] != '\0' &&
	    (rc = warehouse_find(s, g->warehouse, &a->warehouse_id)) < 0)
		return rc;
	if (g->province[0] != '\0' &&
	    province_brief(g->province, a->province) == 0)
		return err_set(&s->err, ERR_INVALID, "province",
		    _("%s is no province"), g->province);
	if (g->order_id == 0 && a->province[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "province",
		    _("Say to which province"));
	if (g->grams != 0)
		a->load.grams = g->grams;
	if (g->cm3 != 0)
		a->load.cm3 = g->cm3;
	if (g->pieces != 0)
		a->load.pieces = g->pieces;
	if (a->load.pieces == 0)
		a->load.pieces = 1;
	if (g->by != 0)
		a->by = g->by;
	return 0;
}

/* A hub of a courier has no other. */
static const char sql_couriers[] =
    "SELECT c.id, c.name FROM courier c WHERE c.active = 1"
    " AND c.id = coalesce((SELECT w.courier_id FROM warehouse w"
    " WHERE w.id = $1), c.id) /*scan*/";
static const char sql_template[] =
    "SELECT name FROM freight_template WHERE id = $1";

static int
template_name(
    struct session *s, int64_t id, struct arena *arena, const char **name)
{
	struct db_rows *rows;
	int rc;

	*name = "";
	if ((rc = db_query(s->db, sql_template, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		*name = row_text(rows, 0, arena);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
before(const void *a, const void *b)
{
	const struct freight_quote *p = a, *q = b;
	int64_t pd = p->days != 0 ? p->days : INT64_MAX;
	int64_t qd = q->days != 0 ? q->days : INT64_MAX;

	if (p->keeps != q->keeps)
		return p->keeps ? -1 : 1;
	if (p->fee != q->fee)
		return p->fee < q->fee ? -1 : 1;
	if (pd != qd)
		return pd < qd ? -1 : 1;
	return p->id < q->id ? -1 : p->id > q->id;
}

static int
quote_one(struct session *s, const struct freight_rates *rates,
    const struct asked *a, int64_t id, const char *name, struct page *out)
{
	const struct freight_rate *r;
	struct freight_quote *quote;
	int64_t fee, charged = 0, now = time_now();

	r = freight_rate_find(rates, id, a->warehouse_id, a->province, now);
	if (r == NULL)
		return 0;
	/* Before anything is on the scale, it is at least the first fee. */
	if (!freight_rate_fee(r, &a->load, &fee, &charged))
		fee = r->first_fee > r->least_fee ? r->first_fee : r->least_fee;
	quote = page_add(out);
	*quote = (struct freight_quote){
		.id = id,
		.courier = arena_strdup(&out->arena, name),
		.fee = fee,
		.days = r->days,
		.charged = charged,
		.basis = r->basis,
		.keeps =
		    a->by == 0 || r->days == 0 || now + r->days * DAY <= a->by,
	};
	return template_name(s, r->template_id, &out->arena, &quote->template);
}

#define COURIERS_MAX 1000

static int
quote_all(struct session *s, const struct asked *a, struct page *out)
{
	struct freight_rates rates;
	struct db_rows *rows;
	int rc;

	if ((rc = freight_rates_read(s, 0, a->province, &rates)) < 0)
		return rc;
	rc = db_query(
	    s->db, sql_couriers, DB_ARGS(db_i(a->warehouse_id)), &rows);
	if (rc < 0) {
		freight_rates_done(&rates);
		return rc;
	}
	page_init(out, sizeof(struct freight_quote), COURIERS_MAX);
	while (out->n < COURIERS_MAX && (rc = db_next(rows)) > 0)
		if ((rc = quote_one(s, &rates, a, db_int(rows, 0),
			 db_text(rows, 1), out)) < 0)
			break;
	db_done(rows);
	freight_rates_done(&rates);
	if (rc < 0) {
		page_free(out);
		return rc;
	}
	if (out->n > 1)
		qsort(out->rows, out->n, sizeof(struct freight_quote), before);
	return 0;
}

/* Whoever packs needs no more than the order. */
static int
need(struct session *s, const struct freight_goods *g)
{
	if (g->order_id == 0)
		return session_need(s, PERM_FREIGHT_VIEW);
	if (session_may(s, PERM_ORDER_SHIP))
		return 0;
	return session_need(s, PERM_ORDER_VIEW);
}

int
freight_quote(
    struct session *s, const struct freight_goods *g, struct page *out)
{
	struct asked a;
	int rc;

	if ((rc = need(s, g)) < 0 || (rc = complete(s, g, &a)) < 0)
		return rc;
	return quote_all(s, &a, out);
}

static const char sql_chosen[] =
    "SELECT c.name FROM orders o JOIN courier c ON c.id = o.courier_id"
    " WHERE o.id = $1 AND c.active = 1";

/* What a rule, or somebody, said already; "": nothing. */
static int
chosen(struct session *s, int64_t order_id, char name[64])
{
	struct db_rows *rows;
	int rc;

	name[0] = '\0';
	rc = db_query(s->db, sql_chosen, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(name, 64, db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
freight_propose(
    struct session *s, int64_t order_id, int64_t grams, char name[64])
{
	const struct freight_goods g = { .order_id = order_id, .grams = grams };
	const struct freight_quote *best;
	struct page page;
	int rc;

	if ((rc = chosen(s, order_id, name)) < 0 || name[0] != '\0' ||
	    (rc = courier_by_rule(s, order_id, name)) < 0 || name[0] != '\0')
		return rc;
	if ((rc = freight_quote(s, &g, &page)) < 0)
		return rc;
	if (page.n > 0) {
		best = page_row(&page, 0);
		copy_text(name, 64, best->courier);
	}
	page_free(&page);
	return 0;
}

bool
freight_cheapest(const struct freight_rates *rates,
    const struct freight_from *from, int64_t *fee, int64_t *days)
{
	const struct freight_rate *r;
	int64_t one, at = time_now();
	size_t i;

	*fee = *days = INT64_MAX;
	for (i = 0; i < rates->n; i++) {
		if (from->courier_id != 0 &&
		    rates->v[i].courier_id != from->courier_id)
			continue;
		r = freight_rate_find(rates, rates->v[i].courier_id,
		    from->warehouse_id, from->province, at);
		if (r == NULL || !freight_rate_fee(r, &from->load, &one, NULL))
			continue;
		if (one > *fee || (one == *fee && r->days >= *days))
			continue;
		*fee = one;
		*days = r->days != 0 ? r->days : INT64_MAX;
	}
	return *fee != INT64_MAX;
}

static const char sql_parcel[] =
    "SELECT p.courier_id, coalesce(p.warehouse_id, 1), p.shipped_at,"
    " CASE WHEN p.weight > 0 THEN p.weight ELSE p.expected END,"
    " coalesce(r.province, '') FROM parcel p JOIN orders o"
    " ON o.id = p.order_id LEFT JOIN receiver r ON r.id = o.receiver_id"
    " WHERE p.id = $1";
static const char sql_parcel_goods[] =
    "SELECT coalesce(sum(x.qty * v.volume), 0), coalesce(sum(x.qty), 0)"
    " FROM parcel_line x LEFT JOIN order_line l ON l.order_id = x.order_id"
    " AND l.line_no = x.line_no LEFT JOIN variant v ON v.id = l.variant_id"
    " WHERE x.parcel_id = $1";

int
freight_parcel_goods(
    struct session *s, int64_t parcel_id, struct freight_load *load)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_parcel_goods, DB_ARGS(db_i(parcel_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		load->cm3 = db_int(rows, 0);
		load->pieces = db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_stamp[] = "UPDATE parcel SET freight = $2 WHERE id = $1";

int
freight_stamp(struct session *s, struct txn *txn, int64_t parcel_id)
{
	struct freight_load load = { 0 };
	struct freight_rates rates;
	const struct freight_rate *r;
	int64_t courier_id = 0, warehouse_id = 0, at = 0, fee;
	struct db_rows *rows;
	char province[32] = "";
	int rc;

	rc = db_query(s->db, sql_parcel, DB_ARGS(db_i(parcel_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		courier_id = db_int(rows, 0);
		warehouse_id = db_int(rows, 1);
		at = db_int(rows, 2);
		load.grams = db_int(rows, 3);
		(void)province_brief(db_text(rows, 4), province);
	}
	db_done(rows);
	if (rc < 0 ||
	    (rc = freight_rates_read(s, courier_id, province, &rates)) < 0)
		return rc;
	r = freight_rate_find(&rates, courier_id, warehouse_id, province, at);
	if (r != NULL && (r->basis != BASIS_WEIGHT || r->divisor > 0))
		rc = freight_parcel_goods(s, parcel_id, &load);
	if (rc == 0 && r != NULL && freight_rate_fee(r, &load, &fee, NULL))
		rc = db_exec(
		    txn, sql_stamp, DB_ARGS(db_i(parcel_id), db_i(fee)), NULL);
	freight_rates_done(&rates);
	return rc;
}
