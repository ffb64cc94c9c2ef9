/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "bins_priv.h"
#include "stock_moves.h"
#include "stock_priv.h"

/*
 * One line of a slip: what is known is read by one statement, then the line is
 * cut into legs, a bin each, which are posted: a row of the ledger and one of
 * bin_stock for each, and once the stock and its day.
 */

static const char sql_now[] =
    "SELECT w.below_zero, w.put_away, v.kit, v.reorder_at, v.sku_code,"
    " sl.kind, sl.reverses_id, s.variant_id, s.on_hand, s.value, s.reserved,"
    " s.defective, s.to_put, s.bin, s.reorder_here, s.last_in, s.last_out,"
    " (SELECT at FROM stock_move ORDER BY id DESC LIMIT 1),"
    " h.id, h.kind, b.id, b.kind, b.walk, b.code, l.qty"
    " FROM warehouse w JOIN variant v ON v.id = $2"
    " LEFT JOIN stock_slip sl ON sl.id = $3"
    " LEFT JOIN stock s ON s.variant_id = v.id AND s.warehouse_id = w.id"
    " LEFT JOIN bin h ON h.warehouse_id = w.id AND h.code = coalesce(s.bin, '')"
    " LEFT JOIN bin_stock l ON l.variant_id = v.id"
    " LEFT JOIN bin b ON b.id = l.bin_id AND b.warehouse_id = w.id"
    " WHERE w.id = $1";

static void
take_stock(struct stock_now *now, const struct db_rows *rows)
{
	int c = 0;

	now->below_zero = db_int(rows, c++) != 0;
	now->put_away = db_int(rows, c++) != 0;
	now->kit = db_int(rows, c++) != 0;
	now->reorder = db_int(rows, c++);
	copy_text(now->sku, sizeof(now->sku), db_text(rows, c++));
	if (!db_isnull(rows, c))
		copy_text(now->kind, sizeof(now->kind), db_text(rows, c));
	c++;
	now->counter = !db_isnull(rows, c++);
	now->missing = db_isnull(rows, c++);
	now->on_hand = db_int(rows, c++);
	now->value = db_int(rows, c++);
	now->reserved = db_int(rows, c++);
	now->defective = db_int(rows, c++);
	now->to_put = db_int(rows, c++);
	if (!now->missing)
		copy_text(now->home, sizeof(now->home), db_text(rows, c));
	c++;
	if (!db_isnull(rows, c))
		now->reorder = db_int(rows, c);
	c++;
	now->last_in = db_int(rows, c++);
	now->last_out = db_int(rows, c++);
	now->at = db_int(rows, c++);
	now->home_id = db_int(rows, c++);
	/* What is sold is not picked from there. */
	if (db_int(rows, c) >= BIN_DEFECTIVE)
		now->home_id = 0, now->home[0] = '\0';
}

#define COL_BIN 20

static void
take_bin(struct stock_now *now, const struct db_rows *rows)
{
	struct lying *l;

	if (db_isnull(rows, COL_BIN))
		return;
	now->v = xreallocarray(now->v, now->n + 1, sizeof(*now->v));
	l = &now->v[now->n++];
	*l = (struct lying){ .bin_id = db_int(rows, COL_BIN),
		.kind = (enum bin_kind)db_int(rows, COL_BIN + 1),
		.walk = db_int(rows, COL_BIN + 2),
		.qty = db_int(rows, COL_BIN + 4) };
	copy_text(l->code, sizeof(l->code), db_text(rows, COL_BIN + 3));
}

static const char sql_row[] =
    "INSERT INTO stock (warehouse_id, variant_id) VALUES ($1, $2)"
    " ON CONFLICT (variant_id, warehouse_id) DO NOTHING";

int
stock_now(struct session *s, struct txn *txn, const struct stock_key *k,
    struct stock_now *now)
{
	int64_t at = time_now();
	struct db_rows *rows;
	bool first = true;
	int rc;

	*now = (struct stock_now){ .missing = true };
	rc = db_query(s->db, sql_now,
	    DB_ARGS(
		db_i(k->warehouse_id), db_i(k->variant_id), db_i(k->slip_id)),
	    &rows);
	if (rc < 0)
		return rc;
	for (; (rc = db_next(rows)) > 0; first = false) {
		if (first)
			take_stock(now, rows);
		take_bin(now, rows);
	}
	db_done(rows);
	if (rc == 0 && now->kit && k->slip_id != 0)
		rc = err_set(&s->err, ERR_STATE, "sku",
		    _("%s is a kit: only what it is made up of is in stock"),
		    now->sku);
	/* Times in the ledger never go back. */
	if (now->at < at)
		now->at = at;
	if (rc == 0 && now->missing)
		rc = db_exec(txn, sql_row,
		    DB_ARGS(db_i(k->warehouse_id), db_i(k->variant_id)), NULL);
	return rc;
}

void
stock_now_done(struct stock_now *now)
{
	free(now->v);
}

static const char sql_move_add[] =
    "INSERT INTO stock_move (slip_id, warehouse_id, variant_id, bin, qty,"
    " value, on_hand_after, value_after, at, sales)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
static const char sql_lies[] =
    "INSERT INTO bin_stock (variant_id, bin_id, qty) VALUES ($1, $2, $3)"
    " ON CONFLICT (variant_id, bin_id) DO UPDATE"
    " SET qty = bin_stock.qty + excluded.qty";
static const char sql_lies_no_more[] =
    "DELETE FROM bin_stock WHERE variant_id = $1 AND bin_id = $2";

static int
post_leg(struct txn *txn, const struct stock_key *k, struct stock_now *now,
    const struct leg *leg)
{
	int rc;

	now->on_hand += leg->qty;
	now->value += leg->value;
	if (leg->kind == BIN_DEFECTIVE)
		now->defective += leg->qty;
	if (leg->kind == BIN_TO_PUT)
		now->to_put += leg->qty;
	rc = db_exec(txn, sql_move_add,
	    DB_ARGS(db_i(k->slip_id), db_i(k->warehouse_id),
		db_i(k->variant_id), db_t(leg->code), db_i(leg->qty),
		db_i(leg->value), db_i(now->on_hand), db_i(now->value),
		db_i(now->at), db_i(leg->sales)),
	    NULL);
	if (rc < 0 || leg->qty == 0)
		return rc;
	if (leg->was != 0 && leg->was + leg->qty == 0)
		return db_exec(txn, sql_lies_no_more,
		    DB_ARGS(db_i(k->variant_id), db_i(leg->bin_id)), NULL);
	return db_exec(txn, sql_lies,
	    DB_ARGS(db_i(k->variant_id), db_i(leg->bin_id), db_i(leg->qty)),
	    NULL);
}

static bool
is_kind(const struct stock_now *now, const char *kind)
{
	return strcmp(now->kind, kind) == 0;
}

static int
post_day(struct txn *txn, const struct stock_key *k,
    const struct stock_now *now, int64_t qty, int64_t value, int64_t sales)
{
	bool sold = is_kind(now, "ship") || is_kind(now, "return");
	bool came = is_kind(now, "receipt");

	if ((!sold && !came) || qty == 0)
		return 0;
	return stock_day_add(txn, k, time_day(now->at),
	    &(struct stock_figures){ .sold = sold ? -qty : 0,
		.cost = sold ? -value : 0,
		.came = came ? qty : 0,
		.sales = sales });
}

/* Goods came, or left for good, unless a slip is only taken back. */
static void
note_times(struct stock_now *now, int64_t qty)
{
	if (now->counter || qty == 0)
		return;
	if (is_kind(now, "receipt") || is_kind(now, "arrive"))
		now->last_in = now->at;
	else if (is_kind(now, "ship") || is_kind(now, "issue") ||
		 is_kind(now, "send"))
		now->last_out = now->at;
}

static const char sql_set[] =
    "UPDATE stock SET on_hand = $3, value = $4, bin = $5, defective = $6,"
    " to_put = $7, last_in = $8, last_out = $9, low = $10"
    " WHERE variant_id = $1 AND warehouse_id = $2";

static int
write_stock(
    struct txn *txn, const struct stock_key *k, const struct stock_now *now)
{
	int64_t available =
	    now->on_hand - now->reserved - now->defective - now->to_put;

	return db_exec(txn, sql_set,
	    DB_ARGS(db_i(k->variant_id), db_i(k->warehouse_id),
		db_i(now->on_hand), db_i(now->value), db_t(now->home),
		db_i(now->defective), db_i(now->to_put), db_i(now->last_in),
		db_i(now->last_out),
		db_i(now->reorder > 0 && available <= now->reorder)),
	    NULL);
}

int
stock_post(struct session *s, struct txn *txn, const struct stock_key *k,
    struct stock_now *now, const struct leg *legs, size_t n)
{
	int64_t qty = 0, value = 0, sales = 0, put = now->to_put;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < n; i++) {
		rc = post_leg(txn, k, now, &legs[i]);
		qty += legs[i].qty;
		value += legs[i].value;
		sales += legs[i].sales;
	}
	note_times(now, qty);
	if (rc == 0)
		rc = write_stock(txn, k, now);
	if (rc == 0)
		rc = post_day(txn, k, now, qty, value, sales);
	put = now->to_put - put;
	if (rc == 0 && put > 0)
		rc = put_wait_add(txn, k->slip_id, k->warehouse_id,
		    k->variant_id, put, now->at);
	if (rc == 0 && put < 0)
		rc = put_wait_take(
		    s, txn, k->warehouse_id, k->variant_id, -put, now->at);
	return rc;
}

static int
too_few(struct session *s, int64_t there, int64_t wanted)
{
	return err_set(&s->err, ERR_STATE, "qty",
	    _("There are only %" PRId64 " in stock, %" PRId64 " are wanted"),
	    there, wanted);
}

static const struct lying *
lies_in(const struct stock_now *now, int64_t bin_id)
{
	size_t i;

	for (i = 0; i < now->n; i++)
		if (now->v[i].bin_id == bin_id)
			return &now->v[i];
	return NULL;
}

static struct leg
leg_of(const struct stock_now *now, const struct bin_now *b, int64_t qty)
{
	const struct lying *l = lies_in(now, b->id);
	struct leg leg = { .bin_id = b->id,
		.kind = b->kind,
		.was = l != NULL ? l->qty : 0,
		.qty = qty };

	copy_text(leg.code, sizeof(leg.code), b->code);
	return leg;
}

/* Where it is picked from, and where nobody said anything else. */
static int
home_bin(struct session *s, struct txn *txn, const struct stock_key *k,
    const struct stock_now *now, struct bin_now *b)
{
	if (now->home_id == 0)
		return bin_need(s, txn, k->warehouse_id, now->home, b);
	*b = (struct bin_now){ .id = now->home_id,
		.warehouse_id = k->warehouse_id,
		.active = true };
	copy_text(b->code, sizeof(b->code), now->home);
	return 0;
}

/* A bin that was named; *b is untouched when none was. */
static int
named_bin(struct session *s, struct txn *txn, const struct slip_move *m,
    struct bin_now *b)
{
	int rc;

	if (m->bin != NULL)
		return m->qty < 0
			   ? bin_find(s, m->warehouse_id, m->bin, b)
			   : bin_need(s, txn, m->warehouse_id, m->bin, b);
	if (m->bin_id == 0)
		return 0;
	if ((rc = bin_read(s, m->bin_id, b)) < 0)
		return rc;
	if (b->warehouse_id != m->warehouse_id)
		return err_set(&s->err, ERR_INVALID, "bin",
		    _("Bin %s is in another warehouse"), b->code);
	if (!b->active && m->qty > 0)
		return err_set(
		    &s->err, ERR_STATE, "bin", _("Bin %s is closed"), b->code);
	return 0;
}

/* What comes in lies in one bin. */
static int
plan_in(struct session *s, struct txn *txn, const struct stock_key *k,
    const struct slip_move *m, struct stock_now *now, struct leg *leg)
{
	struct bin_now b = { .id = 0 };
	bool wait = now->put_away && !now->counter &&
		    (is_kind(now, "receipt") || is_kind(now, "arrive") ||
			is_kind(now, "return"));
	int rc;

	if ((rc = named_bin(s, txn, m, &b)) < 0)
		return rc;
	if (b.id == 0 && wait && m->qty > 0)
		rc = bin_of_kind(s, txn, k->warehouse_id, BIN_TO_PUT, &b);
	else if (b.id == 0)
		rc = home_bin(s, txn, k, now, &b);
	if (rc < 0)
		return rc;
	*leg = leg_of(now, &b, m->qty);
	if (m->bin != NULL ? b.kind < BIN_DEFECTIVE
			   : b.kind == BIN_PICK && now->home[0] == '\0')
		copy_text(now->home, sizeof(now->home), b.code);
	return 0;
}

/* From the home bin first, then as one comes by. */
static int
compare_lying(const void *a, const void *b)
{
	const struct lying *x = a, *y = b;
	int64_t kx = x->first ? -1 : (int64_t)x->kind;
	int64_t ky = y->first ? -1 : (int64_t)y->kind;

	if (kx != ky)
		return kx < ky ? -1 : 1;
	return bin_compare(x->walk, x->code, y->walk, y->code);
}

/* What goes out is taken from as many bins as it needs. */
static int
plan_out(struct session *s, struct txn *txn, const struct stock_key *k,
    const struct slip_move *m, struct stock_now *now, struct leg *legs,
    size_t *nlegs)
{
	int64_t rest = -m->qty, there = 0, n;
	struct bin_now b = { .id = 0 };
	size_t i;
	int rc;

	for (i = 0; i < now->n; i++) {
		struct lying *l = &now->v[i];

		l->first = l->bin_id == now->home_id;
		if (l->kind != BIN_DEFECTIVE && l->qty > 0)
			there += l->qty;
	}
	if (there > now->on_hand) /* another bin has less than nothing */
		there = now->on_hand;
	if (there < rest && !now->below_zero)
		return too_few(s, there, rest);
	if (now->n > 1)
		qsort(now->v, now->n, sizeof(now->v[0]), compare_lying);
	for (i = 0; rest > 0 && i < now->n; i++) {
		const struct lying *l = &now->v[i];

		if (l->kind == BIN_DEFECTIVE || l->qty <= 0)
			continue;
		n = l->qty < rest ? l->qty : rest;
		legs[*nlegs] = (struct leg){ .bin_id = l->bin_id,
			.kind = l->kind,
			.was = l->qty,
			.qty = -n };
		copy_text(legs[*nlegs].code, sizeof(legs[0].code), l->code);
		(*nlegs)++;
		rest -= n;
	}
	if (rest == 0)
		return 0;
	if ((rc = home_bin(s, txn, k, now, &b)) < 0)
		return rc;
	for (i = 0; i < *nlegs; i++)
		if (legs[i].bin_id == b.id) {
			legs[i].qty -= rest;
			return 0;
		}
	legs[(*nlegs)++] = leg_of(now, &b, -rest);
	return 0;
}

/* Out of the bin that was named. */
static int
plan_from(struct session *s, const struct slip_move *m, const struct bin_now *b,
    const struct stock_now *now, struct leg *leg)
{
	int64_t there;

	*leg = leg_of(now, b, m->qty);
	there = leg->was;
	if (b->kind < BIN_DEFECTIVE && there > now->on_hand)
		there = now->on_hand;
	if (there + m->qty >= 0 || (now->below_zero && b->kind < BIN_DEFECTIVE))
		return 0;
	return too_few(s, there > 0 ? there : 0, -m->qty);
}

static const char sql_last_cost[] =
    "SELECT value, qty FROM stock_move"
    " WHERE variant_id = $1 AND warehouse_id = $2 AND qty <> 0"
    " ORDER BY id DESC LIMIT 1";

/* What @qty pieces cost by the newest move, when there are none to average. */
int
stock_last_cost(
    struct session *s, const struct stock_key *k, int64_t qty, int64_t *value)
{
	struct db_rows *rows;
	int64_t worth, n;
	int rc;

	*value = 0;
	rc = db_query(s->db, sql_last_cost,
	    DB_ARGS(db_i(k->variant_id), db_i(k->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		worth = db_int(rows, 0);
		n = db_int(rows, 1);
		if (n < 0) {
			worth = -worth;
			n = -n;
		}
		*value = qty < 0 ? -share_of(worth, -qty, n)
				 : share_of(worth, qty, n);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* The value a line carries: see the rules in stock_priv.h. */
static int
line_value(struct session *s, const struct stock_key *k,
    const struct slip_move *m, const struct stock_now *now, int64_t *value)
{
	if (m->qty == 0) {
		*value = m->priced && now->on_hand > 0 ? m->value : 0;
		if (*value < 0 && now->value >= 0 && -*value > now->value)
			*value = -now->value;
	} else if (now->on_hand + m->qty == 0 && (m->qty < 0 || !m->priced)) {
		*value = -now->value;
	} else if (m->priced) {
		*value = m->value;
		if (m->qty < 0 && now->value >= 0 && -m->value > now->value)
			*value = -now->value;
	} else if (now->on_hand > 0) {
		*value = m->qty < 0
			     ? -share_of(now->value, -m->qty, now->on_hand)
			     : share_of(now->value, m->qty, now->on_hand);
	} else {
		return stock_last_cost(s, k, m->qty, value);
	}
	return 0;
}

/* Each leg its share, the last one what is left. */
static void
value_legs(
    struct leg *legs, size_t n, int64_t qty, int64_t value, int64_t sales)
{
	int64_t part;
	size_t i;

	for (i = 0; i < n; i++) {
		part = llabs(legs[i].qty);
		legs[i].value = value;
		legs[i].sales = sales;
		if (i + 1 < n) {
			legs[i].value = share_of(value, part, llabs(qty));
			legs[i].sales = share_of(sales, part, llabs(qty));
		}
		qty -= legs[i].qty;
		value -= legs[i].value;
		sales -= legs[i].sales;
	}
}

static int
check_room(
    struct session *s, const struct stock_now *now, int64_t qty, int64_t value)
{
	if (qty < 0 || (now->on_hand + qty <= STOCK_ON_HAND_MAX &&
			   now->value + value <= STOCK_WORTH_MAX))
		return 0;
	return err_set(&s->err, ERR_STATE, "qty",
	    _("The ledger cannot hold that much of one product"));
}

static int
post_line(struct session *s, struct txn *txn, const struct stock_key *k,
    const struct slip_move *m, struct stock_now *now, struct leg *legs,
    int64_t *value)
{
	struct bin_now b = { .id = 0 };
	size_t n = 0;
	int64_t worth = 0;
	int rc;

	if (m->qty >= 0) {
		n = 1;
		rc = plan_in(s, txn, k, m, now, legs);
	} else if ((rc = named_bin(s, txn, m, &b)) == 0 && b.id != 0) {
		n = 1;
		rc = plan_from(s, m, &b, now, legs);
	} else if (rc == 0) {
		rc = plan_out(s, txn, k, m, now, legs, &n);
	}
	if (rc == 0)
		rc = line_value(s, k, m, now, &worth);
	if (rc == 0)
		rc = check_room(s, now, m->qty, worth);
	if (rc < 0)
		return rc;
	value_legs(legs, n, m->qty, worth, m->sales);
	/* Sold when there was nothing, at what it was thought to cost: what is
	 * left of that is worth nothing without pieces. */
	if (m->qty > 0 && now->on_hand + m->qty == 0 &&
	    now->value + worth != 0) {
		legs[n] = legs[n - 1];
		legs[n].qty = legs[n].sales = 0;
		legs[n++].value = -(now->value + worth);
	}
	if (value != NULL)
		*value = worth;
	return stock_post(s, txn, k, now, legs, n);
}

int
slip_move(struct session *s, struct txn *txn, const struct slip_move *m,
    int64_t *value)
{
	const struct stock_key k = { m->slip_id, m->warehouse_id,
		m->variant_id };
	struct stock_now now;
	struct leg *legs;
	int rc;

	rc = stock_now(s, txn, &k, &now);
	legs = xcalloc(now.n + 2, sizeof(*legs));
	if (rc == 0)
		rc = post_line(s, txn, &k, m, &now, legs, value);
	free(legs);
	stock_now_done(&now);
	return rc;
}
