/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/session_priv.h"
#include "../goods/kits_priv.h"
#include "../stock/stock_priv.h"
#include "gifts_priv.h"
#include "merge_priv.h"
#include "order_priv.h"

/*
 * What an order gets by the rules depends on nothing but the order as it is,
 * those that go in its parcel, and the rules: so the same comes of it whatever
 * happened in which order. Lines that are right are left as they are.
 */

static const struct op op_gifts = { "order-gifts", PERM_ORDER_EDIT, "order" };

/* Gifts are numbered from here on, out of the way of what files bring. */
#define LINE_FIRST 10000
#define AT_ONCE    200 /* orders in one transaction */

/* Names of a shop and of what its items are, as data. */
static const char gift_shop[] = "赠品";

static const char sql_listing[] =
    "SELECT coalesce(min(l.id), 0) FROM listing l WHERE l.variant_id = $1"
    " AND l.shop_id = (SELECT s.id FROM shop s WHERE s.platform = 'manual'"
    " AND s.name = $2)";
static const char sql_shop_add[] =
    "INSERT INTO shop (platform, name) VALUES ('manual', $1)"
    " ON CONFLICT (platform, name) DO NOTHING";
static const char sql_listing_add[] =
    "INSERT INTO listing (shop_id, title, attrs, sku_code, item_no, variant_id)"
    " SELECT s.id, v.name, $2, v.sku_code, '', v.id FROM shop s"
    " JOIN variant v ON v.id = $1 WHERE s.platform = 'manual' AND s.name = $2"
    " ON CONFLICT (shop_id, title, attrs, sku_code)"
    " DO UPDATE SET variant_id = excluded.variant_id";

int
gift_listing(
    struct session *s, struct txn *txn, int64_t variant_id, int64_t *listing_id)
{
	const struct db_val args[] = { db_i(variant_id), db_t(gift_shop) };
	int rc;

	(void)s;
	rc = db_fetch1(txn, sql_listing, args, 2, listing_id);
	if (rc < 0 || *listing_id != 0)
		return rc;
	if ((rc = db_exec(txn, sql_shop_add, &args[1], 1, NULL)) < 0 ||
	    (rc = db_exec(txn, sql_listing_add, args, 2, NULL)) < 0)
		return rc;
	return db_fetch1(txn, sql_listing, args, 2, listing_id);
}

/* An order that is to be shipped, with others or alone. */
struct member {
	int64_t id, shop_id, paid_at, amount, parts;
	bool has_goods; /* what was bought is known */
	bool again;     /* sent again: nothing is bought */
};
struct line {
	int64_t order_id, line_no, variant_id, qty, sent, gift;
	bool right; /* as it should be */
};
struct given { /* what a rule gives */
	const struct gift_give *rule;
	int64_t qty;
	bool there; /* a line of it is */
};
struct parcel {
	struct member *members; /* the first one leads */
	size_t nmembers;
	struct line *lines;
	size_t nlines;
	struct gift_give *rules;
	size_t nrules;
	struct given *given; /* at most one each rule */
	size_t ngiven;
};

static void
parcel_done(struct parcel *p)
{
	free(p->members);
	free(p->lines);
	free(p->rules);
	free(p->given);
}

/* What came back counts once, whether the order's file or that of its lines
 * says so. */
#define MEMBER \
	"SELECT o.id, o.shop_id, CASE WHEN o.paid_at > 0 THEN o.paid_at" \
	" ELSE o.created_at END, CASE WHEN o.paid = 0 AND o.cod = 1" \
	" THEN o.total ELSE o.paid END, o.refund, coalesce((SELECT" \
	" sum(l.refund) FROM order_line l WHERE l.order_id = o.id" \
	" AND l.refund_state = 2), 0), o.parts, o.origin FROM orders o"
static const char sql_lead[] = MEMBER " WHERE o.id = $1 AND o.state IN (2, 3)";
static const char sql_followers[] =
    MEMBER " WHERE o.lead_id = $1 AND o.state IN (2, 3) ORDER BY o.id";

static int
members_read(struct session *s, struct parcel *p, const char *sql, int64_t id)
{
	struct db_rows *rows;
	struct member *m;
	int64_t refund;
	int rc;

	if ((rc = db_query(s->db, sql, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		p->members = xreallocarray(
		    p->members, p->nmembers + 1, sizeof(*p->members));
		m = &p->members[p->nmembers++];
		*m = (struct member){ .id = db_int(rows, 0),
			.shop_id = db_int(rows, 1),
			.paid_at = db_int(rows, 2),
			.parts = db_int(rows, 6),
			.again = db_int(rows, 7) == ORDER_REISSUE };
		refund = db_int(rows, 4) > db_int(rows, 5) ? db_int(rows, 4)
							   : db_int(rows, 5);
		if (db_int(rows, 3) > refund)
			m->amount = db_int(rows, 3) - refund;
	}
	db_done(rows);
	return rc;
}

/* Those that were paid back are not bought, and get nothing. */
static const char sql_lines[] =
    "SELECT l.line_no, coalesce(l.variant_id, 0), l.qty, CASE WHEN l.kit = -1"
    " THEN coalesce((SELECT sum(p.sent) FROM order_line p"
    " WHERE p.order_id = $1 AND p.kit = l.line_no), 0) ELSE l.sent END, l.gift"
    " FROM order_line l WHERE l.order_id = $1 AND l.kit <= 0"
    " AND (l.refund_state <> 2 OR l.gift <> 0) ORDER BY l.line_no";

static int
lines_read(struct session *s, struct parcel *p, struct member *m)
{
	struct db_rows *rows;
	struct line *l;
	int rc;

	if ((rc = db_query(s->db, sql_lines, DB_ARGS(db_i(m->id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		p->lines =
		    xreallocarray(p->lines, p->nlines + 1, sizeof(*p->lines));
		l = &p->lines[p->nlines++];
		*l = (struct line){ .order_id = m->id,
			.line_no = db_int(rows, 0),
			.variant_id = db_int(rows, 1),
			.qty = db_int(rows, 2),
			.sent = db_int(rows, 3),
			.gift = db_int(rows, 4) };
		m->has_goods = m->has_goods || (l->gift == 0 && !m->again);
	}
	db_done(rows);
	return rc;
}

static bool
rule_is_for(const struct gift_give *r, const struct member *m)
{
	return m->has_goods && (r->shop_id == 0 || r->shop_id == m->shop_id) &&
	       m->paid_at >= r->since &&
	       (r->until == 0 || m->paid_at < r->until);
}

static const struct member *
member_of(const struct parcel *p, const struct line *l)
{
	size_t i;

	for (i = 0; i < p->nmembers; i++)
		if (p->members[i].id == l->order_id)
			return &p->members[i];
	return NULL;
}

/* How many times the rule applies. */
static int64_t
times(const struct parcel *p, const struct gift_give *r)
{
	int64_t paid = 0, qty = 0, n = INT64_MAX;
	int64_t least = r->min_qty > 0 ? r->min_qty : 1;
	size_t i;

	for (i = 0; i < p->nmembers; i++)
		if (rule_is_for(r, &p->members[i]))
			paid += p->members[i].amount;
	for (i = 0; i < p->nlines; i++)
		if (p->lines[i].gift == 0 &&
		    (r->variant_id == 0 ||
			r->variant_id == p->lines[i].variant_id) &&
		    rule_is_for(r, member_of(p, &p->lines[i])))
			qty += p->lines[i].qty;
	if (qty < least || paid < r->min_paid)
		return 0;
	if (!r->each_time)
		return 1;
	if (r->min_paid > 0)
		n = paid / r->min_paid;
	if (r->min_qty > 0 && qty / r->min_qty < n)
		n = qty / r->min_qty;
	return n;
}

static bool
was_sent(const struct parcel *p, const struct gift_give *r)
{
	size_t i;

	for (i = 0; i < p->nlines; i++)
		if (p->lines[i].gift == r->id && p->lines[i].sent > 0)
			return true;
	return false;
}

/* What they get; and what of that is there. */
static void
work_out(struct parcel *p)
{
	size_t i, k;

	p->given = xcalloc(p->nrules + 1, sizeof(*p->given));
	for (i = 0; i < p->nrules; i++) {
		const struct gift_give *r = &p->rules[i];
		bool sent = was_sent(p, r);
		int64_t n = times(p, r);

		if (n > 0 && !sent)
			p->given[p->ngiven++] =
			    (struct given){ r, n * r->gift_qty, false };
		if ((n > 0 || sent) && r->alone)
			break;
	}
	for (i = 0; i < p->nlines; i++) {
		struct line *l = &p->lines[i];

		l->right = l->gift == 0 || l->sent > 0;
		for (k = 0; !l->right && k < p->ngiven; k++) {
			struct given *g = &p->given[k];

			if (g->there || l->order_id != p->members[0].id ||
			    l->gift != g->rule->id || l->qty != g->qty ||
			    l->variant_id != g->rule->gift_id)
				continue;
			g->there = l->right = true;
		}
	}
}

static const char sql_no_part[] =
    "DELETE FROM order_part WHERE order_id = $1 AND line_no = $2";
static const char sql_no_line[] =
    "DELETE FROM order_line WHERE order_id = $1 AND line_no = $2";
static const char sql_line_no[] =
    "SELECT coalesce(max(line_no), $2) + 1 FROM order_line WHERE order_id = $1"
    " AND line_no > $2";
static const char sql_line_add[] =
    "INSERT INTO order_line (order_id, line_no, sub_order_no, listing_id,"
    " variant_id, qty, price, paid, gift) VALUES ($1, $2, '', $3, $4, $5, 0, 0,"
    " $6)";
static const char sql_touch[] =
    "UPDATE orders SET version = version + 1 WHERE id = $1";
static const char sql_sku[] = "SELECT sku_code FROM variant WHERE id = $1";

static int
take_away(
    struct session *s, struct txn *txn, const struct line *l, struct str *said)
{
	const struct db_val key[] = { db_i(l->order_id), db_i(l->line_no) };
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_sku, DB_ARGS(db_i(l->variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		str_addf(said, "%s-%" PRId64 " %s", said->len > 0 ? ", " : "",
		    l->qty, db_text(rows, 0));
	db_done(rows);
	if (rc < 0 ||
	    (rc = kits_fold(s, txn, l->order_id, l->line_no, 0)) < 0 ||
	    (rc = db_exec(txn, sql_no_part, key, 2, NULL)) < 0)
		return rc;
	return db_exec(txn, sql_no_line, key, 2, NULL);
}

static int
give(struct session *s, struct txn *txn, int64_t order_id,
    const struct given *g, struct str *said)
{
	int64_t listing, line_no;
	int rc;

	if ((rc = gift_listing(s, txn, g->rule->gift_id, &listing)) < 0)
		return rc;
	rc = db_fetch1(txn, sql_line_no,
	    DB_ARGS(db_i(order_id), db_i(LINE_FIRST)), &line_no);
	if (rc == 0)
		rc = db_exec(txn, sql_line_add,
		    DB_ARGS(db_i(order_id), db_i(line_no), db_i(listing),
			db_i(g->rule->gift_id), db_i(g->qty),
			db_i(g->rule->id)),
		    NULL);
	str_addf(said, "%s+%" PRId64 " %s (%s)", said->len > 0 ? ", " : "",
	    g->qty, g->rule->sku, g->rule->name);
	return rc;
}

/* The lines of one order, with what follows from them: 1 when any changed. */
static int
put_right(struct session *s, struct txn *txn, const struct parcel *p,
    const struct member *m)
{
	struct str said = STR_INIT;
	bool begun = false;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < p->nlines; i++) {
		if (p->lines[i].order_id != m->id || p->lines[i].right)
			continue;
		/* Promises stand on lines. */
		if (!begun)
			rc = stock_unreserve(s, txn, m->id);
		begun = true;
		if (rc == 0)
			rc = take_away(s, txn, &p->lines[i], &said);
	}
	for (i = 0; rc == 0 && m == p->members && i < p->ngiven; i++)
		if (!p->given[i].there)
			rc = give(s, txn, m->id, &p->given[i], &said);
	if (rc == 0 && said.len > 0) {
		if (m->parts != 0)
			rc = parts_follow(s, txn, m->id);
		if (rc == 0)
			rc = stock_again(s, txn, m->id);
		if (rc == 0)
			rc =
			    db_exec(txn, sql_touch, DB_ARGS(db_i(m->id)), NULL);
		if (rc == 0)
			rc = op_note(
			    s, &op_gifts, txn, "order", m->id, "%s", said.s);
		rc = rc < 0 ? rc : 1;
	}
	str_done(&said);
	return rc;
}

static int
parcel_read(struct session *s, int64_t order_id, bool alone, struct parcel *p)
{
	struct order_now now;
	int64_t lead;
	size_t i;
	int rc;

	if ((rc = order_now(s, NULL, order_id, &now)) < 0)
		return rc;
	lead = now.lead_id != 0 ? now.lead_id : now.id;
	rc = members_read(s, p, sql_lead, lead);
	/* Where the lead is gone nobody follows any more. */
	if (rc == 0 && p->nmembers > 0 && !alone)
		rc = members_read(s, p, sql_followers, lead);
	for (i = 0; rc == 0 && i < p->nmembers; i++)
		rc = lines_read(s, p, &p->members[i]);
	return rc < 0 || p->nmembers == 0
		   ? rc
		   : gift_gives(s, &p->rules, &p->nrules);
}

/* 1 when something changed. @alone: nothing can go with it yet. */
static int
put_all_right(struct session *s, struct txn *txn, int64_t order_id, bool alone)
{
	struct parcel p = { 0 };
	size_t i;
	int rc, changed = 0;

	rc = parcel_read(s, order_id, alone, &p);
	if (rc == 0 && p.nmembers > 0)
		work_out(&p);
	for (i = 0; rc >= 0 && i < p.nmembers; i++) {
		rc = put_right(s, txn, &p, &p.members[i]);
		changed = changed || rc > 0;
	}
	parcel_done(&p);
	return rc < 0 ? rc : changed;
}

static const char sql_any[] =
    "SELECT count(*) FROM (SELECT 1 FROM gift_rule LIMIT 1 /*scan*/) g";

/* Is there a rule, of whatever kind? Those that are not used any more left
 * lines perhaps. */
static int
any_rule(struct session *s)
{
	return session_any(s, &s->gifts, sql_any);
}

int
gifts_again(struct session *s, struct txn *txn, int64_t order_id)
{
	int rc = any_rule(s);

	if (rc > 0)
		rc = put_all_right(s, txn, order_id, false);
	return rc < 0 ? rc : 0;
}

int
gifts_new(struct session *s, struct txn *txn, int64_t order_id)
{
	int rc = any_rule(s);

	if (rc > 0)
		rc = put_all_right(s, txn, order_id, true);
	return rc < 0 ? rc : 0;
}

int
order_gifts(struct session *s, int64_t id, bool *changed)
{
	struct order_now now;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_gifts, &txn)) < 0)
		return rc;
	rc = order_now(s, txn, id, &now);
	if (rc == 0 && !order_can_hold(now.state))
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s: gifts are for what is to be shipped"),
		    now.order_no, order_state_text(now.state));
	if (rc == 0)
		rc = put_all_right(s, txn, id, false);
	if (rc >= 0) {
		*changed = rc > 0;
		rc = op_commit_silent(s, &txn);
	}
	op_abort(s, &txn);
	return rc;
}

static const char sql_paid[] =
    "SELECT held, created_at, id FROM orders WHERE state = 2"
    " AND (held, created_at, id) > ($1, $2, $3)"
    " ORDER BY held, created_at, id LIMIT $4";

/* Where it has come to. */
struct walk {
	int64_t held, created_at, id;
	int64_t ids[AT_ONCE];
	size_t n;
	int64_t changed;
};

static int
walk_read(struct session *s, struct walk *w)
{
	struct db_rows *rows;
	int rc;

	w->n = 0;
	rc = db_query(s->db, sql_paid,
	    DB_ARGS(
		db_i(w->held), db_i(w->created_at), db_i(w->id), db_i(AT_ONCE)),
	    &rows);
	if (rc < 0)
		return rc;
	while (w->n < AT_ONCE && (rc = db_next(rows)) > 0) {
		w->held = db_int(rows, 0);
		w->created_at = db_int(rows, 1);
		w->id = w->ids[w->n++] = db_int(rows, 2);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
walk_step(struct session *s, struct walk *w)
{
	struct txn *txn;
	int64_t changed = 0;
	size_t i;
	int rc;

	if ((rc = op_begin(s, &op_gifts, &txn)) < 0)
		return rc;
	rc = walk_read(s, w);
	for (i = 0; rc >= 0 && i < w->n; i++) {
		rc = put_all_right(s, txn, w->ids[i], false);
		changed += rc > 0;
	}
	if (rc >= 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	if (rc == 0)
		w->changed += changed;
	return rc;
}

int
order_gifts_all(struct session *s, int64_t *n)
{
	struct walk w = { .n = AT_ONCE };
	int rc = 0;

	while (rc == 0 && w.n == AT_ONCE) {
		rc = walk_step(s, &w);
		bulk_steps_between(s->db);
	}
	*n = w.changed;
	return rc;
}
