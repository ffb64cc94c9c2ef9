/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/settings.h"

#include "../floor/waves_priv.h"
#include "../goods/kits_priv.h"
#include "../logistics/freight_priv.h"
#include "../made/confirm_priv.h"
#include "../orders/gifts_priv.h"
#include "../orders/merge_priv.h"
#include "../orders/order_priv.h"
#include "../review/review_priv.h"
#include "../stock/stock_priv.h"
#include "import_priv.h"

/*
 * What follows for the orders that were touched, once all their lines are
 * known: reasons to hold them, promises of stock, and the stock of those that
 * were shipped by way of another program.
 */

#define WHY_BITS 12

struct settle {
	uint64_t *v; /* id << WHY_BITS | why */
	size_t n, cap;
	int64_t elsewhere; /* shipped, but stock could not be booked */
	struct lean said;  /* order -> a bit each reason, from 1; 0x1: none */
};

struct settle *
settle_new(void)
{
	return xcalloc(1, sizeof(struct settle));
}

void
settle_free(struct settle *st)
{
	if (st == NULL)
		return;
	free(st->v);
	lean_done(&st->said);
	free(st);
}

void
order_touch(struct job *j, int64_t id, unsigned why)
{
	struct settle *st = j->settle;
	uint64_t *last = st->v != NULL && st->n > 0 ? &st->v[st->n - 1] : NULL;

	if (last != NULL && *last >> WHY_BITS == (uint64_t)id) {
		*last |= why;
		return;
	}
	if (st->v == NULL || st->n == st->cap) {
		st->cap = st->cap != 0 ? st->cap + st->cap / 2 : 1024;
		st->v = xreallocarray(st->v, st->cap, sizeof(*st->v));
	}
	assert(st->v != NULL);
	st->v[st->n++] = (uint64_t)id << WHY_BITS | why;
}

unsigned
touch_said(const struct imp_row *row, int64_t state)
{
	unsigned why = 0;

	if (!order_can_hold(state) || !file_is_orders(row->file))
		return 0;
	if (row->has & BIT(F_REFUND_STATE))
		why |=
		    row->n[F_REFUND_STATE] == 1 ? TOUCH_ASKED : TOUCH_UNASKED;
	if (row->f[F_NEW_SKU].n > 0)
		why |= TOUCH_SKU;
	return why;
}

/* Bit 0 tells that there is an answer. */
void
holds_said(struct job *j, const struct imp_row *row, int64_t id)
{
	const struct formats *fmt = &j->fmt;
	uint32_t *said;
	size_t i, k;

	if (!(row->file->has & BIT(F_NOTE)) || !row->file->layout->ours)
		return;
	said = lean_put(&j->settle->said, (uint64_t)id, 0);
	*said = 1;
	for (i = 0; i < fmt->nholds && row->f[F_NOTE].n > 0; i++)
		if (memmem(row->f[F_NOTE].s, row->f[F_NOTE].n,
			fmt->holds[i].text, strlen(fmt->holds[i].text)) != NULL)
			for (k = 0; order_hold_reasons[k] != NULL; k++)
				if (order_hold_reasons[k] ==
				    fmt->holds[i].reason)
					*said |= 2u << k;
}

struct goods {
	int64_t lines, mapped, asked, taken, refund;
};

static const char sql_goods[] =
    "SELECT count(*), count(l.variant_id),"
    " coalesce(sum(CASE WHEN l.refund_state IN (1, 2) THEN 1 ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN l.refund_state = 3 THEN 1 ELSE 0 END), 0),"
    " (SELECT o.refund FROM orders o WHERE o.id = $1)"
    " FROM order_line l WHERE l.order_id = $1";

static int
goods_read(struct job *j, int64_t id, struct goods *g)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(j->s->db, sql_goods, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		g->lines = db_int(rows, 0);
		g->mapped = db_int(rows, 1);
		g->asked = db_int(rows, 2);
		g->taken = db_int(rows, 3);
		g->refund = db_int(rows, 4);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Open @reason if @on; @any is set when it was not open before. */
static int
hold(struct job *j, struct order_now *now, const char *reason, bool on,
    const char *note, bool *any)
{
	bool fresh = false;
	int rc;

	if (!on)
		return 0;
	rc = hold_open(j->s, j->txn, now, reason, note, &fresh);
	*any |= fresh;
	return rc;
}

static const char sql_is_open[] =
    "SELECT count(*) FROM order_hold WHERE reason = $2 AND order_id = $1"
    " AND cleared_at = 0";

/* What it was held for is settled; that can be taken back. */
static int
clear(struct job *j, struct order_now *now, const char *reason)
{
	struct noted note = { .kind = "order",
		.subject = now->id,
		.what = "hold",
		.before = reason };
	struct str image = STR_INIT;
	int64_t open = 0;
	int rc = 0;

	if (now->held)
		rc = db_fetch1(j->txn, sql_is_open,
		    DB_ARGS(db_i(now->id), db_t(reason)), &open);
	if (rc < 0 || open == 0)
		return rc;
	if (!order_is_fresh(j, now->id)) {
		image_text(&image, "cleared", slice_of(reason));
		note.image = image.s;
		rc = change_note(j, &note);
		str_done(&image);
	}
	return rc < 0 ? rc : hold_clear(j->s, j->txn, now, reason);
}

/* That a hold was opened, so that it goes with the import. */
static int
note_opened(struct job *j, const struct order_now *now, const char *reason)
{
	struct noted note = { .kind = "order",
		.subject = now->id,
		.what = "hold",
		.after = reason,
		.urgent = true };
	struct str image = STR_INIT;
	int rc;

	if (order_is_fresh(j, now->id))
		return 0;
	image_text(&image, "opened", slice_of(reason));
	note.image = image.s;
	rc = change_note(j, &note);
	str_done(&image);
	return rc;
}

/* What files of refunds said of it. */
static int
settle_refunds(struct job *j, struct order_now *now, const struct goods *g,
    unsigned why, bool *any)
{
	bool kept, open, fresh = false;
	int rc;

	if (!(why & (TOUCH_NEW | TOUCH_KEPT | TOUCH_ASKED | TOUCH_UNASKED)))
		return 0;
	rc = refunds_of(j, now->order_no, &kept, &open);
	open |= (why & TOUCH_ASKED) != 0;
	kept |= (why & TOUCH_UNASKED) != 0;
	if (rc == 0 && open) {
		rc = hold(j, now, "refund", true, "", &fresh);
		*any |= fresh;
		if (rc == 0 && fresh)
			rc = note_opened(j, now, "refund");
	} else if (rc == 0 && kept && g->asked == 0 && g->refund == 0) {
		rc = clear(j, now, "refund");
	}
	return rc;
}

/* As our own export has it; but what is not mapped can not go, and what is
 * waits for nothing. */
static int
settle_said(
    struct job *j, struct order_now *now, const struct goods *g, uint32_t said)
{
	bool whole = g->lines > 0 && g->mapped == g->lines, any = false;
	size_t k;
	int rc;

	rc = hold(j, now, "unmapped", !whole, "", &any);
	j->im->sum.unmapped += any;
	for (k = 0; rc == 0 && order_hold_reasons[k] != NULL; k++)
		if (strcmp(order_hold_reasons[k], "unmapped") != 0)
			rc = hold(j, now, order_hold_reasons[k],
			    said & (2u << k), "", &any);
	if (any)
		j->im->sum.held++;
	return rc;
}

static int
settle_holds(struct job *j, struct order_now *now, unsigned why)
{
	struct goods g = { 0 };
	int64_t remark = 0;
	bool any = false;
	const uint32_t *said;
	int rc;

	if ((rc = goods_read(j, now->id, &g)) < 0)
		return rc;
	said = lean_get(&j->settle->said, (uint64_t)now->id, 0);
	if (said != NULL)
		return settle_said(j, now, &g, *said);
	if (g.lines > 0 && g.mapped == g.lines)
		rc = clear(j, now, "unmapped");
	else
		rc = hold(j, now, "unmapped", true, "", &any);
	j->im->sum.unmapped += any;
	if (rc == 0 && g.asked == 0 && g.taken > 0 && g.refund == 0)
		rc = clear(j, now, "refund");
	if (rc == 0)
		rc = hold(j, now, "refund",
		    (g.asked > 0 || g.refund > 0) &&
			(why & (TOUCH_NEW | TOUCH_REFUND)),
		    "", &any);
	if (rc == 0)
		rc = settle_refunds(j, now, &g, why, &any);
	if (rc == 0)
		rc = hold(
		    j, now, "address", why & TOUCH_ADDRESS, SAID_ADDRESS, &any);
	if (rc == 0 && (why & TOUCH_ADDRESS))
		rc = confirm_take_back(j->s, j->txn, now->id,
		    CONFIRM_NAME | CONFIRM_PHONE | CONFIRM_ADDRESS,
		    SAID_ADDRESS);
	if (rc == 0 && (why & TOUCH_REMARK))
		rc = setting_int(j->s, SETTING_IMPORT_HOLD_REMARK, &remark);
	if (rc == 0)
		rc = hold(j, now, "remark", remark != 0, SAID_REMARK, &any);
	if (rc == 0)
		rc = hold(
		    j, now, "manual", why & TOUCH_BAD, SAID_BAD_LINE, &any);
	if (any)
		j->im->sum.held++;
	return rc;
}

static int
settle_sku(struct job *j, struct order_now *now, unsigned why)
{
	const char *note = "";
	bool any = false;
	int rc = 0;

	if (why & TOUCH_SKU)
		rc = skus_follow(j, now, &note);
	if (rc < 0 || note[0] == '\0')
		return rc;
	/* It is not lost where somebody has a remark to read anyway. */
	rc = hold(j, now, "remark", true, note, &any);
	if (rc == 0 && any)
		rc = note_opened(j, now, "remark");
	else if (rc == 0 &&
		 (rc = hold(j, now, "manual", true, note, &any)) == 0 && any)
		rc = note_opened(j, now, "manual");
	j->im->sum.held += any;
	return rc;
}

/* What was promised to the order, and whether there is enough of it. */
static const char sql_promised[] =
    "SELECT r.line_no, r.warehouse_id, r.variant_id, r.qty,"
    " s.on_hand - s.defective"
    " FROM reservation r JOIN stock s ON s.variant_id = r.variant_id"
    " AND s.warehouse_id = r.warehouse_id WHERE r.order_id = $1";
static const char sql_cost[] =
    "UPDATE order_line SET cost = coalesce(cost, 0) + $3, sent = sent + $4"
    " WHERE order_id = $1 AND line_no = $2";

struct promise {
	int64_t line_no, warehouse_id, variant_id, qty, on_hand;
};

static int
promises_read(struct job *j, int64_t id, struct promise **out, size_t *n)
{
	struct db_rows *rows;
	struct promise *v = NULL;
	size_t cap = 0;
	int rc;

	*n = 0;
	*out = NULL;
	rc = db_query(j->s->db, sql_promised, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (*n == cap) {
			cap = cap != 0 ? cap * 2 : 8;
			v = xreallocarray(v, cap, sizeof(*v));
		}
		v[(*n)++] = (struct promise){ .line_no = db_int(rows, 0),
			.warehouse_id = db_int(rows, 1),
			.variant_id = db_int(rows, 2),
			.qty = db_int(rows, 3),
			.on_hand = db_int(rows, 4) };
	}
	db_done(rows);
	*out = v;
	return rc;
}

static bool
enough(const struct promise *v, size_t n)
{
	int64_t need;
	size_t i, k;

	for (i = 0; i < n; i++) {
		for (need = 0, k = 0; k < n; k++)
			if (v[k].variant_id == v[i].variant_id &&
			    v[k].warehouse_id == v[i].warehouse_id)
				need += v[k].qty;
		if (need > v[i].on_hand)
			return false;
	}
	return n > 0;
}

static int
note_out(struct job *j, const struct order_now *now, const char *slip,
    const struct promise *v, size_t n)
{
	struct noted note = { .kind = "order",
		.subject = now->id,
		.what = "stock",
		.after = slip };
	struct str image = STR_INIT;
	size_t i;
	int rc;

	for (i = 0; i < n; i++)
		image_int(&image, "cost", v[i].line_no);
	note.image = image.s;
	rc = change_note(j, &note);
	str_done(&image);
	return rc;
}

/* The slip names no order: those that do have a parcel packed here. */
static int
book_out(struct job *j, const struct order_now *now, const struct promise *v,
    size_t n)
{
	struct slip slip = { .kind = "ship",
		.warehouse_id = v[0].warehouse_id,
		.reason = arena_printf(&j->scratch,
		    _("Order %s, shipped by way of the platform"),
		    now->order_no) };
	int64_t slip_id, value;
	char no[SLIP_NO_SIZE];
	size_t i;
	int rc;

	if ((rc = slip_open(j->s, j->txn, &slip, &slip_id)) < 0)
		return rc;
	for (i = 0; i < n; i++) {
		struct slip_move m = { .slip_id = slip_id,
			.warehouse_id = v[i].warehouse_id,
			.variant_id = v[i].variant_id,
			.qty = -v[i].qty };

		if ((rc = slip_move(j->s, j->txn, &m, &value)) < 0)
			return rc;
		rc = db_exec(j->txn, sql_cost,
		    DB_ARGS(db_i(now->id), db_i(v[i].line_no), db_i(-value),
			db_i(v[i].qty)),
		    NULL);
		if (rc < 0)
			return rc;
	}
	if ((rc = kits_cost(j->s, j->txn, now->id)) < 0)
		return rc;
	return order_is_fresh(j, now->id)
		   ? 0
		   : note_out(j, now, slip_no(slip.kind, slip_id, no), v, n);
}

#define NAMED 20 /* orders that a warning names, at most */

static int
shipped_elsewhere(struct job *j, const struct order_now *now)
{
	struct promise *v;
	size_t n;
	int rc;

	if ((rc = promises_read(j, now->id, &v, &n)) < 0 ||
	    (rc = stock_unreserve(j->s, j->txn, now->id)) < 0) {
		free(v);
		return rc;
	}
	if (enough(v, n))
		rc = book_out(j, now, v, n);
	else if (++j->settle->elsewhere <= NAMED)
		warn(j,
		    _("Order %s was shipped by way of the platform; its "
		      "goods were not taken from stock"),
		    now->order_no);
	free(v);
	return rc;
}

/* What goes elsewhere, or nowhere, goes with others no more; parts are of the
 * lines as they become. */
static int
settle_parcel(struct job *j, struct order_now *now, unsigned why)
{
	int rc = 0;

	if (now->parts != 0 && order_can_hold(now->state))
		rc = parts_follow(j->s, j->txn, now->id);
	if (rc < 0 || !(why & (TOUCH_LEFT | TOUCH_ADDRESS)))
		return rc;
	if ((rc = group_any(j->s, now)) <= 0)
		return rc;
	rc = group_leave(j->s, j->txn, now->id);
	return rc < 0 ? rc : order_now(j->s, j->txn, now->id, now);
}

/* What it is given, and what is kept for it; what changed is to be reviewed
 * once more. */
static int
settle_goods(struct job *j, const struct order_now *now, unsigned why)
{
	int rc = 0;

	if (why & (TOUCH_NEW | TOUCH_ADDRESS | TOUCH_REMARK))
		rc = review_again(j->s, j->txn, now);
	if (rc == 0)
		rc = j->load ? gifts_new(j->s, j->txn, now->id)
			     : gifts_again(j->s, j->txn, now->id);
	if (rc == 0)
		rc = stock_reserve(j->s, j->txn, now->id);
	if (rc == 0 && (why & TOUCH_ADDRESS))
		rc = route_again(j->s, j->txn, now->id);
	/* New ones are left to their review, or to who packs them. */
	if (rc == 0 && !(why & TOUCH_NEW) &&
	    (why & (TOUCH_ADDRESS | TOUCH_REMARK | TOUCH_MONEY)))
		rc = courier_again(j->s, j->txn, now->id);
	return rc;
}

static int
settle_one(struct job *j, int64_t id, unsigned why)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(j->s, j->txn, id, &now)) < 0 ||
	    (rc = settle_parcel(j, &now, why)) < 0)
		return rc;
	if (now.state == ORDER_PAID || now.state == ORDER_PART_SHIPPED) {
		if ((rc = settle_sku(j, &now, why)) < 0 ||
		    (rc = kits_again(j->s, j->txn, id)) < 0 ||
		    (rc = settle_holds(j, &now, why)) < 0)
			return rc;
	}
	if (now.state == ORDER_PAID ||
	    (now.state == ORDER_PART_SHIPPED && !(why & TOUCH_LEFT)))
		return settle_goods(j, &now, why);
	if (!(why & TOUCH_LEFT))
		return 0;
	rc = now.state == ORDER_CLOSED ? wave_end(j->s, j->txn, &now, "closed")
				       : wave_gone(j->s, j->txn, &now);
	if (rc < 0)
		return rc;
	if (now.state == ORDER_SHIPPED || now.state == ORDER_DONE)
		return shipped_elsewhere(j, &now);
	return stock_unreserve(j->s, j->txn, id);
}

static int
by_id(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

int
orders_settle(struct job *j)
{
	struct settle *st = j->settle;
	size_t i;
	int rc = 0;

	if (st->n > 1)
		qsort(st->v, st->n, sizeof(*st->v), by_id);
	for (i = 0; rc == 0 && i < st->n; i++) {
		uint64_t id = st->v[i] >> WHY_BITS;
		unsigned why = (unsigned)(st->v[i] & ((1u << WHY_BITS) - 1));

		while (i + 1 < st->n && st->v[i + 1] >> WHY_BITS == id)
			why |= (unsigned)(st->v[++i] & ((1u << WHY_BITS) - 1));
		arena_reset(&j->scratch);
		rc = settle_one(j, (int64_t)id, why);
		if (rc == 0)
			rc = job_tick(j, 0);
	}
	st->n = 0;
	lean_clear(&st->said);
	skus_done(j);
	return rc;
}

void
settle_end(struct job *j)
{
	int64_t more = j->settle != NULL ? j->settle->elsewhere - NAMED : 0;

	if (more > 0)
		warn(j,
		    ngettext("%lld more order of this kind",
			"%lld more orders of this kind", (unsigned long)more),
		    (long long)more);
}
