/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/map.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"

#include "verify_priv.h"

/*
 * Each table is read once, in its own order, and summed by key in memory: a
 * million orders take two seconds, where sums by SQL take a look-up each.
 */

#define SUMS 5
#define HOUR 3600

struct sum {
	int64_t key[2];
	int64_t n[SUMS];
};

struct sums {
	struct map map;
	struct sum *sum;
	size_t n, cap;
};

static struct sum *
sum_of(struct sums *sums, int64_t a, int64_t b)
{
	int64_t key[2] = { a, b };
	int64_t *slot;
	bool fresh;

	slot = map_put(&sums->map, key, sizeof(key), &fresh);
	if (fresh) {
		if (sums->n == sums->cap) {
			sums->cap = sums->cap != 0 ? sums->cap * 2 : 256;
			sums->sum = xreallocarray(
			    sums->sum, sums->cap, sizeof(*sums->sum));
		}
		*slot = (int64_t)sums->n;
		sums->sum[sums->n++] = (struct sum){ .key = { a, b } };
	}
	return &sums->sum[*slot];
}

static void
sums_done(struct sums *sums)
{
	map_done(&sums->map);
	free(sums->sum);
}

/* Call @row for every row of @sql. */
static int
each(struct verify *v, const char *sql,
    void (*row)(
	struct verify *v, const struct db_rows *rows, struct sums *sums),
    struct sums *sums)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(v->s->db, sql, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		row(v, rows, sums);
	db_done(rows);
	return rc;
}

/* Stock, by variant and warehouse. */
enum { ON_HAND, VALUE, RESERVED, KEPT };

static const char sql_moves[] =
    "SELECT variant_id, warehouse_id, qty, value, on_hand_after, value_after, "
    "id FROM stock_move ORDER BY id /*scan*/";

static void
add_move(struct verify *v, const struct db_rows *rows, struct sums *sums)
{
	struct sum *sum = sum_of(sums, db_int(rows, 0), db_int(rows, 1));

	sum->n[ON_HAND] += db_int(rows, 2);
	sum->n[VALUE] += db_int(rows, 3);
	if (sum->n[ON_HAND] != db_int(rows, 4) ||
	    sum->n[VALUE] != db_int(rows, 5))
		verify_badf(v,
		    _("Stock move %" PRId64 " says that %" PRId64 " were left, "
		      "the moves up to it make %" PRId64),
		    db_int(rows, 6), db_int(rows, 4), sum->n[ON_HAND]);
}

static const char sql_promises[] =
    "SELECT variant_id, warehouse_id, qty FROM reservation /*scan*/";

static void
add_promise(struct verify *v, const struct db_rows *rows, struct sums *sums)
{
	(void)v;
	sum_of(sums, db_int(rows, 0), db_int(rows, 1))->n[RESERVED] +=
	    db_int(rows, 2);
}

static const char sql_stock[] =
    "SELECT variant_id, warehouse_id, on_hand, value, reserved, low, "
    "coalesce(reorder_here, reorder_at), sku_code, available FROM stock "
    "JOIN variant ON variant.id = variant_id /*scan*/";

static void
match_stock(struct verify *v, const struct db_rows *rows, struct sums *sums)
{
	struct sum *sum = sum_of(sums, db_int(rows, 0), db_int(rows, 1));
	int64_t on_hand = db_int(rows, 2), reserved = db_int(rows, 4);
	int64_t reorder_at = db_int(rows, 6);
	const char *sku = db_text(rows, 7);
	bool low = reorder_at > 0 && db_int(rows, 8) <= reorder_at;

	sum->n[KEPT] = 1;
	if (on_hand != sum->n[ON_HAND])
		verify_badf(v,
		    _("%s: %" PRId64 " are on hand, the moves make %" PRId64),
		    sku, on_hand, sum->n[ON_HAND]);
	if (db_int(rows, 3) != sum->n[VALUE])
		verify_badf(v,
		    _("%s: the stock is worth %" PRId64
		      " fen, the moves make %" PRId64),
		    sku, db_int(rows, 3), sum->n[VALUE]);
	if (reserved != sum->n[RESERVED])
		verify_badf(v,
		    _("%s: %" PRId64
		      " are reserved, the orders' promises make %" PRId64),
		    sku, reserved, sum->n[RESERVED]);
	if ((db_int(rows, 5) != 0) != low)
		verify_badf(v, _("%s: the low-stock mark is wrong"), sku);
}

int
verify_stock(struct verify *v)
{
	struct sums sums = { 0 };
	size_t i;
	int rc;

	rc = each(v, sql_moves, add_move, &sums);
	if (rc == 0)
		rc = each(v, sql_promises, add_promise, &sums);
	if (rc == 0)
		rc = each(v, sql_stock, match_stock, &sums);
	for (i = 0; rc == 0 && i < sums.n; i++)
		if (sums.sum[i].n[KEPT] == 0)
			verify_badf(v,
			    _("Variant %" PRId64
			      " has moves or promises, but no stock"),
			    sums.sum[i].key[0]);
	sums_done(&sums);
	return rc;
}

/* What the orders make. */
struct books {
	struct sums counts;    /* state, held: n */
	struct sums days;      /* day, shop: created_n paid_n paid shipped_n */
	struct sums hours;     /* hour: created_n paid_n */
	struct sums packers;   /* hour, packer: shipped_n */
	struct sums customers; /* id: order_n paid_n paid first_at last_at */
	struct map receivers;  /* id -> customer */
};

static int
read_receivers(struct verify *v, struct map *receivers)
{
	static const char sql[] = "SELECT id, customer_id FROM receiver "
				  "WHERE customer_id IS NOT NULL /*scan*/";
	struct db_rows *rows;
	int64_t id;
	bool fresh;
	int rc;

	if ((rc = db_query(v->s->db, sql, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) == 1) {
		id = db_int(rows, 0);
		*map_put(receivers, &id, sizeof(id), &fresh) = db_int(rows, 1);
	}
	db_done(rows);
	return rc;
}

static const char sql_orders[] =
    "SELECT shop_id, state, held, created_at, paid_at, paid, refund, "
    "receiver_id, origin FROM orders /*scan*/";

static void
add_order(struct books *b, const struct db_rows *rows)
{
	int64_t shop = db_int(rows, 0), created = db_int(rows, 3);
	int64_t paid_at = db_int(rows, 4), paid = db_int(rows, 5);
	int64_t receiver = db_int(rows, 7);
	int64_t *customer;
	struct sum *sum;

	sum_of(&b->counts, db_int(rows, 1), db_int(rows, 2))->n[0]++;
	/* What was sent again is no sale. */
	if (db_int(rows, 8) == ORDER_REISSUE)
		return;
	if (created != 0) {
		sum_of(&b->days, time_day(created), shop)->n[0]++;
		sum_of(&b->hours, created / HOUR, 0)->n[0]++;
	}
	if (paid_at != 0) {
		sum = sum_of(&b->days, time_day(paid_at), shop);
		sum->n[1]++;
		sum->n[2] += paid;
		sum_of(&b->hours, paid_at / HOUR, 0)->n[1]++;
	}
	customer = map_get(&b->receivers, &receiver, sizeof(receiver));
	if (customer == NULL)
		return;
	sum = sum_of(&b->customers, *customer, 0);
	if (sum->n[0]++ == 0 || created < sum->n[3])
		sum->n[3] = created;
	if (created > sum->n[4])
		sum->n[4] = created;
	if (paid_at != 0) {
		sum->n[1]++;
		sum->n[2] += paid - db_int(rows, 6);
	}
}

static int
add_orders(struct verify *v, struct books *b)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(v->s->db, sql_orders, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		add_order(b, rows);
	db_done(rows);
	return rc;
}

static const char sql_parcels[] =
    "SELECT shop_id, parcel.shipped_at, packer_id FROM parcel "
    "JOIN orders ON orders.id = order_id /*scan*/";

static int
add_parcels(struct verify *v, struct books *b)
{
	struct db_rows *rows;
	int64_t at;
	int rc;

	if ((rc = db_query(v->s->db, sql_parcels, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) == 1) {
		at = db_int(rows, 1);
		sum_of(&b->days, time_day(at), db_int(rows, 0))->n[3]++;
		sum_of(&b->packers, at / HOUR, db_int(rows, 2))->n[0]++;
	}
	db_done(rows);
	return rc;
}

/* Take what is kept away from what was summed: zeros are left. */
static void
take(struct sums *sums, const struct db_rows *rows, size_t nkeys, size_t n)
{
	struct sum *sum =
	    sum_of(sums, db_int(rows, 0), nkeys > 1 ? db_int(rows, 1) : 0);
	size_t i;

	for (i = 0; i < n; i++)
		sum->n[i] -= db_int(rows, (int)(nkeys + i));
}

static void
take_count(struct verify *v, const struct db_rows *rows, struct sums *sums)
{
	(void)v;
	take(sums, rows, 2, 1);
}

static void
take_hour(struct verify *v, const struct db_rows *rows, struct sums *sums)
{
	(void)v;
	take(sums, rows, 1, 2);
}

static void
take_packer(struct verify *v, const struct db_rows *rows, struct sums *sums)
{
	(void)v;
	take(sums, rows, 2, 1);
}

static void
take_day(struct verify *v, const struct db_rows *rows, struct sums *sums)
{
	(void)v;
	take(sums, rows, 2, 4);
}

static void
take_customer(struct verify *v, const struct db_rows *rows, struct sums *sums)
{
	(void)v;
	take(sums, rows, 1, 5);
}

static bool
is_zero(const struct sum *sum)
{
	static const int64_t zero[SUMS];

	return memcmp(sum->n, zero, sizeof(zero)) == 0;
}

/* The next sum from *@at on that does not come out; NULL at the end. */
static const struct sum *
next_off(const struct sums *sums, size_t *at)
{
	const struct sum *sum;

	while (*at < sums->n) {
		sum = &sums->sum[(*at)++];
		if (!is_zero(sum))
			return sum;
	}
	return NULL;
}

static int
match_counts(struct verify *v, struct sums *sums)
{
	static const char sql[] =
	    "SELECT state, held, n FROM order_count /*scan*/";
	const struct sum *sum;
	size_t i = 0;
	int rc = each(v, sql, take_count, sums);

	while (rc == 0 && (sum = next_off(sums, &i)) != NULL)
		verify_badf(v,
		    _("The number of orders in state %" PRId64
		      " (held: %" PRId64 ") is %" PRId64 " off"),
		    sum->key[0], sum->key[1], -sum->n[0]);
	return rc;
}

static int
match_days(struct verify *v, struct sums *sums)
{
	static const char sql[] =
	    "SELECT day, shop_id, created_n, paid_n, paid, shipped_n "
	    "FROM day_figure /*scan*/";
	const struct sum *sum;
	char day[TIME_SIZE];
	size_t i = 0;
	int rc = each(v, sql, take_day, sums);

	while (rc == 0 && (sum = next_off(sums, &i)) != NULL)
		verify_badf(v,
		    _("The figures of %s, shop %" PRId64 ", are off: %" PRId64
		      " orders, %" PRId64 " payments of %" PRId64
		      " fen, %" PRId64 " parcels"),
		    day_text(sum->key[0], day), sum->key[1], -sum->n[0],
		    -sum->n[1], -sum->n[2], -sum->n[3]);
	return rc;
}

/* "2026-11-22 14:00": an hour as it is called by the shop's clock. */
static char *
hour_text(int64_t hour, char buf[TIME_SIZE])
{
	time_full(hour * HOUR, buf);
	buf[16] = '\0';
	return buf;
}

static int
match_hours(struct verify *v, struct sums *sums)
{
	static const char sql[] =
	    "SELECT hour, created_n, paid_n FROM hour_figure /*scan*/";
	const struct sum *sum;
	char hour[TIME_SIZE];
	size_t i = 0;
	int rc = each(v, sql, take_hour, sums);

	while (rc == 0 && (sum = next_off(sums, &i)) != NULL)
		verify_badf(v,
		    _("The figures of the hour from %s are off: %" PRId64
		      " orders, %" PRId64 " payments"),
		    hour_text(sum->key[0], hour), -sum->n[0], -sum->n[1]);
	return rc;
}

static int
match_packers(struct verify *v, struct sums *sums)
{
	static const char sql[] =
	    "SELECT hour, staff_id, shipped_n FROM packer_figure /*scan*/";
	const struct sum *sum;
	char hour[TIME_SIZE];
	size_t i = 0;
	int rc = each(v, sql, take_packer, sums);

	while (rc == 0 && (sum = next_off(sums, &i)) != NULL)
		verify_badf(v,
		    _("The parcels of packer %" PRId64
		      " in the hour from %s are %" PRId64 " off"),
		    sum->key[1], hour_text(sum->key[0], hour), -sum->n[0]);
	return rc;
}

static int
match_customers(struct verify *v, struct sums *sums)
{
	static const char sql[] =
	    "SELECT id, order_n, paid_n, paid, first_at, last_at "
	    "FROM customer /*scan*/";
	const struct sum *sum;
	size_t i = 0;
	int rc = each(v, sql, take_customer, sums);

	while (rc == 0 && (sum = next_off(sums, &i)) != NULL)
		verify_badf(v,
		    _("The figures of customer %" PRId64 " are off: %" PRId64
		      " orders, %" PRId64 " paid, %" PRId64
		      " fen, or the dates"),
		    sum->key[0], -sum->n[0], -sum->n[1], -sum->n[2]);
	return rc;
}

int
verify_figures(struct verify *v)
{
	struct books b = { 0 };
	int rc;

	rc = read_receivers(v, &b.receivers);
	if (rc == 0)
		rc = add_orders(v, &b);
	if (rc == 0)
		rc = add_parcels(v, &b);
	if (rc == 0)
		rc = match_counts(v, &b.counts);
	if (rc == 0)
		rc = match_days(v, &b.days);
	if (rc == 0)
		rc = match_hours(v, &b.hours);
	if (rc == 0)
		rc = match_packers(v, &b.packers);
	if (rc == 0)
		rc = match_customers(v, &b.customers);
	sums_done(&b.counts);
	sums_done(&b.days);
	sums_done(&b.hours);
	sums_done(&b.packers);
	sums_done(&b.customers);
	map_done(&b.receivers);
	return rc;
}
