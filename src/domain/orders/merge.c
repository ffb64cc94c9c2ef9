/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../floor/ship_priv.h"
#include "../logistics/freight_priv.h"
#include "../review/review_priv.h"
#include "../stock/stock_priv.h"
#include "gifts_priv.h"
#include "merge_priv.h"
#include "order_priv.h"

static const struct op op_merge = { "order-merge", PERM_ORDER_EDIT, "order" };
static const struct op op_unmerge = { "order-unmerge", PERM_ORDER_EDIT,
	"order" };

/* One of those to be merged. */
struct member {
	struct order_now now;
	int64_t created_at, followers;
	char platform[32]; /* whose seller's centre it is told */
};
struct members {
	struct member v[MERGE_MAX];
	size_t n, lead;
};

static const char sql_facts[] =
    "SELECT o.created_at, CASE sh.platform WHEN 'tmall' THEN 'taobao'"
    " ELSE sh.platform END, (SELECT count(*) FROM orders f"
    " WHERE f.lead_id = o.id) FROM orders o JOIN shop sh ON sh.id = o.shop_id"
    " WHERE o.id = $1";

static int
read_member(struct session *s, struct txn *txn, int64_t id, struct member *m)
{
	struct db_rows *rows;
	int rc;

	if ((rc = order_now(s, txn, id, &m->now)) < 0)
		return rc;
	if ((rc = db_query(s->db, sql_facts, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		m->created_at = db_int(rows, 0);
		copy_text(
		    m->platform, sizeof(m->platform), row_text(rows, 1, NULL));
		m->followers = db_int(rows, 2);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_no[] = "SELECT order_no FROM orders WHERE id = $1";

static int
refused_follower(struct session *s, const struct order_now *now)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_no, DB_ARGS(db_i(now->lead_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s goes with order %s already"), now->order_no,
		    db_text(rows, 0));
	db_done(rows);
	return rc;
}

/* What an order has to be, whatever the others are. */
static int
check_member(struct session *s, const struct order_now *now)
{
	int rc;

	if ((rc = parcel_open_to_change(s, now)) < 0)
		return rc;
	if (now->lead_id != 0)
		return refused_follower(s, now);
	if (now->parts != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is split: undo that first"), now->order_no);
	if (now->cod)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is cash on delivery: it goes by itself"),
		    now->order_no);
	return 0;
}

static bool
older(const struct member *a, const struct member *b)
{
	return a->created_at != b->created_at ? a->created_at < b->created_at
					      : a->now.id < b->now.id;
}

/* Who leads others goes on to, else the oldest does. */
static int
choose_lead(struct session *s, struct members *g)
{
	size_t i, leads = 0;

	for (i = 1; i < g->n; i++)
		if (older(&g->v[i], &g->v[g->lead]))
			g->lead = i;
	for (i = 0; i < g->n; i++) {
		if (g->v[i].followers == 0)
			continue;
		if (leads++ > 0)
			return err_set(&s->err, ERR_STATE, "",
			    _("Orders %s and %s both have others with them: "
			      "undo one merging first"),
			    g->v[g->lead].now.order_no, g->v[i].now.order_no);
		g->lead = i;
	}
	if (g->v[g->lead].followers + (int64_t)g->n > MERGE_MAX)
		return err_set(&s->err, ERR_INVALID, "",
		    _("At most %d orders go together"), MERGE_MAX);
	return 0;
}

static int
check_pair(struct session *s, const struct member *lead, const struct member *m)
{
	int rc;

	if (strcmp(lead->platform, m->platform) != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Orders %s and %s are of different platforms"),
		    lead->now.order_no, m->now.order_no);
	if ((rc = same_hands(s, lead->now.id, m->now.id)) == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Orders %s and %s have different receivers"),
		    lead->now.order_no, m->now.order_no);
	return rc < 0 ? rc : 0;
}

static int
read_members(struct session *s, struct txn *txn, const int64_t *ids, size_t n,
    struct members *g)
{
	size_t i, k;
	int rc = 0;

	for (i = 0; rc == 0 && i < n; i++) {
		for (k = 0; k < i; k++)
			if (ids[k] == ids[i])
				return err_set(&s->err, ERR_INVALID, "",
				    _("An order can not go with itself"));
		rc = read_member(s, txn, ids[i], &g->v[i]);
		if (rc == 0)
			rc = check_member(s, &g->v[i].now);
	}
	g->n = n;
	if (rc == 0)
		rc = choose_lead(s, g);
	for (i = 0; rc == 0 && i < n; i++)
		if (i != g->lead)
			rc = check_pair(s, &g->v[g->lead], &g->v[i]);
	return rc;
}

/* One parcel goes from one place: where all of it is, routing brought it. */
static int
check_place(struct session *s, struct txn *txn, const struct members *g)
{
	struct order_now lead, now;
	size_t i;
	int rc;

	rc = order_now(s, txn, g->v[g->lead].now.id, &lead);
	for (i = 0; rc == 0 && i < g->n; i++) {
		rc = order_now(s, txn, g->v[i].now.id, &now);
		if (rc == 0 && now.warehouse_id != lead.warehouse_id)
			rc = err_set(&s->err, ERR_STATE, "",
			    _("Orders %s and %s are sent from different "
			      "warehouses, and none has the goods of all"),
			    lead.order_no, now.order_no);
	}
	return rc;
}

static const char sql_follow[] =
    "UPDATE orders SET lead_id = $2, version = version + 1 WHERE id = $1";

static int
merge_apply(
    struct session *s, struct txn *txn, struct members *g, struct str *names)
{
	const struct order_now *lead = &g->v[g->lead].now;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < g->n; i++) {
		const struct order_now *now = &g->v[i].now;

		rc = db_exec(txn, sql_follow,
		    DB_ARGS(db_i(now->id), db_id(i == g->lead ? 0 : lead->id)),
		    NULL);
		if (rc < 0 || i == g->lead)
			continue;
		str_addf(
		    names, "%s%s", names->len > 0 ? " " : "", now->order_no);
		rc = op_note(
		    s, &op_merge, txn, "order", now->id, "%s", lead->order_no);
	}
	/* None of them is one piece by itself any more. */
	for (i = 0; rc == 0 && i < g->n; i++)
		rc = stock_again(s, txn, g->v[i].now.id);
	if (rc == 0)
		rc = gifts_again(s, txn, lead->id);
	if (rc == 0)
		rc = route_again(s, txn, lead->id);
	if (rc == 0)
		rc = courier_again(s, txn, lead->id);
	return rc < 0 ? rc : check_place(s, txn, g);
}

int
order_merge(struct session *s, const int64_t *ids, size_t n)
{
	struct members *g;
	struct str names = STR_INIT;
	struct txn *txn;
	int rc;

	if (n < 2 || n > MERGE_MAX)
		return err_set(&s->err, ERR_INVALID, "",
		    _("Name 2 to %d orders that are to go together"),
		    MERGE_MAX);
	if ((rc = op_begin(s, &op_merge, &txn)) < 0)
		return rc;
	g = xcalloc(1, sizeof(*g));
	rc = read_members(s, txn, ids, n, g);
	if (rc == 0)
		rc = merge_apply(s, txn, g, &names);
	if (rc == 0)
		rc = op_commit(
		    s, &op_merge, &txn, g->v[g->lead].now.id, "%s", names.s);
	op_abort(s, &txn);
	str_done(&names);
	free(g);
	return rc;
}

static const char sql_members[] =
    "SELECT id FROM orders WHERE lead_id = $1 ORDER BY id";

/* Those that follow @id, at most MERGE_MAX. */
static int
followers(struct session *s, int64_t id, int64_t ids[MERGE_MAX], size_t *n)
{
	struct db_rows *rows;
	int rc;

	*n = 0;
	if ((rc = db_query(s->db, sql_members, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while (*n < MERGE_MAX && (rc = db_next(rows)) > 0)
		ids[(*n)++] = db_int(rows, 0);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* One leaves @lead. */
static int
let_go(struct session *s, struct txn *txn, int64_t id,
    const struct order_now *lead)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(s, txn, id, &now)) < 0 ||
	    (rc = parcel_open_to_change(s, &now)) < 0 ||
	    (rc = group_leave(s, txn, id)) < 0)
		return rc;
	return op_note(s, &op_unmerge, txn, "order", id, "%s", lead->order_no);
}

static const char sql_touch[] =
    "UPDATE orders SET version = version + 1 WHERE id = $1";

static int
unmerge_apply(struct session *s, struct txn *txn, const struct order_now *now)
{
	int64_t ids[MERGE_MAX] = { now->id };
	int64_t lead_id = now->lead_id != 0 ? now->lead_id : now->id;
	struct order_now lead;
	size_t i, n = 1;
	int rc;

	rc = order_now(s, txn, lead_id, &lead);
	if (rc == 0 && now->lead_id == 0)
		rc = parcel_open_to_change(s, now);
	if (rc == 0 && now->lead_id == 0)
		rc = followers(s, now->id, ids, &n);
	if (rc == 0 && n == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s goes with no others"), now->order_no);
	for (i = 0; rc == 0 && i < n; i++)
		rc = let_go(s, txn, ids[i], &lead);
	return rc < 0 ? rc
		      : db_exec(txn, sql_touch, DB_ARGS(db_i(lead_id)), NULL);
}

int
order_unmerge(struct session *s, int64_t id)
{
	struct order_now now;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_unmerge, &txn)) < 0)
		return rc;
	rc = order_now(s, txn, id, &now);
	if (rc == 0)
		rc = unmerge_apply(s, txn, &now);
	if (rc == 0)
		rc = op_commit(s, &op_unmerge, &txn,
		    now.lead_id != 0 ? now.lead_id : id, "%s", now.order_no);
	op_abort(s, &txn);
	return rc;
}
