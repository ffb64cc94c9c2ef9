/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/platforms.h"
#include "shopmgr/domain/split.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../export/export_priv.h"
#include "../floor/ship_priv.h"
#include "../logistics/freight_priv.h"
#include "../review/review_priv.h"
#include "../stock/stock_priv.h"
#include "merge_priv.h"
#include "order_priv.h"

static const struct op op_split = { "order-split", PERM_ORDER_EDIT, "order" };
static const struct op op_unsplit = { "order-unsplit", PERM_ORDER_EDIT,
	"order" };

/* A line of the order, and what of it goes in each part but the first. */
struct cut {
	int64_t line_no, qty;
	int64_t part[SPLIT_PARTS + 1]; /* pieces */
};
struct cuts {
	struct cut *v;
	size_t n;
	int64_t parts;
	int64_t warehouse[SPLIT_PARTS + 1]; /* 0: the order's own */
};

static const char sql_lines[] =
    "SELECT line_no, qty FROM order_line WHERE order_id = $1"
    " AND refund_state <> 2 AND kit >= 0 ORDER BY line_no";

static int
read_lines(struct session *s, int64_t id, struct cuts *c)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_lines, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		c->v = xreallocarray(c->v, c->n + 1, sizeof(c->v[0]));
		c->v[c->n] = (struct cut){ .line_no = db_int(rows, 0),
			.qty = db_int(rows, 1) };
		c->v[c->n].part[1] = c->v[c->n].qty;
		c->n++;
	}
	db_done(rows);
	return rc;
}

static const char sql_warehouse[] = "SELECT id FROM warehouse WHERE name = $1";

static int
check_warehouse(struct session *s, const struct split_piece *p, struct cuts *c)
{
	int64_t id = 0, *of = &c->warehouse[p->part];
	int rc;

	if (p->warehouse == NULL || p->warehouse[0] == '\0')
		return 0;
	rc = db_get1(s->db, sql_warehouse, DB_ARGS(db_t(p->warehouse)), &id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "warehouse",
		    _("There is no warehouse %s"), p->warehouse);
	if (rc == 0 && *of != 0 && *of != id)
		rc = err_set(&s->err, ERR_INVALID, "warehouse",
		    _("Part %" PRId64 " is sent from one warehouse"), p->part);
	*of = id;
	return rc;
}

static int
cut_off(struct session *s, const struct split_piece *p, struct cuts *c)
{
	size_t i;

	if (p->part < 1 || p->part > SPLIT_PARTS)
		return err_set(&s->err, ERR_INVALID, "part",
		    _("An order is split into %d parts at most"), SPLIT_PARTS);
	for (i = 0; i < c->n && c->v[i].line_no != p->line_no; i++)
		;
	if (i == c->n)
		return err_set(&s->err, ERR_INVALID, "line_no",
		    _("The order has no line %" PRId64 " to be sent"),
		    p->line_no);
	if (p->qty < 1 || (p->part > 1 && p->qty > c->v[i].part[1]))
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("Line %" PRId64 " has %" PRId64
		      " pieces that can go in part %" PRId64),
		    p->line_no, c->v[i].part[1], p->part);
	if (p->part > 1) {
		c->v[i].part[1] -= p->qty;
		c->v[i].part[p->part] += p->qty;
	}
	if (p->part > c->parts)
		c->parts = p->part;
	return check_warehouse(s, p, c);
}

static int
check_parts(struct session *s, const struct cuts *c)
{
	int64_t part, n;
	size_t i;

	if (c->parts < 2)
		return err_set(&s->err, ERR_INVALID, "part",
		    _("Say which pieces go in part 2"));
	for (part = 1; part <= c->parts; part++) {
		for (n = 0, i = 0; i < c->n; i++)
			n += c->v[i].part[part];
		if (n == 0)
			return err_set(&s->err, ERR_INVALID, "part",
			    _("Part %" PRId64 " would be empty"), part);
	}
	return 0;
}

static const char sql_part_add[] =
    "INSERT INTO order_part (order_id, part, line_no, qty, warehouse_id)"
    " VALUES ($1, $2, $3, $4, $5)";
static const char sql_parts_set[] =
    "UPDATE orders SET parts = $2, version = version + 1 WHERE id = $1";

static int
write_parts(struct txn *txn, int64_t id, const struct cuts *c)
{
	int64_t part;
	size_t i;
	int rc;

	rc = db_exec(
	    txn, sql_parts_set, DB_ARGS(db_i(id), db_i(c->parts)), NULL);
	for (part = 1; rc == 0 && part <= c->parts; part++)
		for (i = 0; rc == 0 && i < c->n; i++)
			if (c->v[i].part[part] > 0)
				rc = db_exec(txn, sql_part_add,
				    DB_ARGS(db_i(id), db_i(part),
					db_i(c->v[i].line_no),
					db_i(c->v[i].part[part]),
					db_id(c->warehouse[part])),
				    NULL);
	return rc;
}

static int
check_whole(struct session *s, const struct order_now *now)
{
	int rc;

	if ((rc = parcel_open_to_change(s, now)) < 0)
		return rc;
	if (now->parts != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is split already: undo that first"),
		    now->order_no);
	if ((rc = group_any(s, now)) > 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s is merged with others: undo that first"),
		    now->order_no);
	return rc;
}

static int
split_apply(struct session *s, struct txn *txn, int64_t id,
    const struct split_piece *pieces, size_t n, struct cuts *c)
{
	struct order_now now;
	size_t i;
	int rc;

	if ((rc = order_now(s, txn, id, &now)) < 0 ||
	    (rc = check_whole(s, &now)) < 0 || (rc = read_lines(s, id, c)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < n; i++)
		rc = cut_off(s, &pieces[i], c);
	if (rc == 0)
		rc = check_parts(s, c);
	if (rc == 0)
		rc = write_parts(txn, id, c);
	if (rc == 0)
		rc = stock_again(s, txn, id);
	if (rc == 0)
		rc = route_parts(s, txn, id, false);
	return rc < 0 ? rc : courier_again(s, txn, id);
}

static const char sql_platform[] =
    "SELECT sh.platform FROM orders o JOIN shop sh ON sh.id = o.shop_id"
    " WHERE o.id = $1";

/* A platform whose file has a row an order, and not one a line, knows no
 * parts. */
static int
warn_platform(struct session *s, int64_t id, char warning[200])
{
	struct arena arena = { 0 };
	struct out_layout l;
	struct db_rows *rows;
	char platform[64] = "";
	int rc;

	if ((rc = db_query(s->db, sql_platform, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(platform, sizeof(platform), row_text(rows, 0, NULL));
	db_done(rows);
	if (rc < 0 || strcmp(platform, "manual") == 0)
		return rc < 0 ? rc : 0;
	rc = out_layout_find(s, "shipments", platform, &arena, &l);
	if (rc == 0 || (rc > 0 && l.of != OF_LINES))
		snprintf(warning, 200,
		    _("%s counts the whole order as shipped with the first "
		      "waybill that it is told"),
		    platform_text(platform));
	arena_done(&arena);
	return rc < 0 ? rc : 0;
}

int
order_split(struct session *s, int64_t id, const struct split_piece *pieces,
    size_t n, char warning[200])
{
	struct cuts c = { 0 };
	char word[200] = "";
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_split, &txn)) < 0)
		return rc;
	rc = split_apply(s, txn, id, pieces, n, &c);
	if (rc == 0)
		rc = warn_platform(s, id, word);
	if (rc == 0)
		rc = op_commit(
		    s, &op_split, &txn, id, "%" PRId64 " parts", c.parts);
	op_abort(s, &txn);
	free(c.v);
	if (rc == 0 && warning != NULL)
		copy_text(warning, 200, word);
	return rc;
}

static const char sql_parts_drop[] =
    "DELETE FROM order_part WHERE order_id = $1";

static int
unsplit_apply(struct session *s, struct txn *txn, int64_t id, int64_t *parts)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(s, txn, id, &now)) < 0)
		return rc;
	if (now.parts == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is not split"), now.order_no);
	*parts = now.parts;
	if ((rc = parcel_open_to_change(s, &now)) < 0)
		return rc;
	rc = db_exec(txn, sql_parts_drop, DB_ARGS(db_i(id)), NULL);
	if (rc == 0)
		rc = db_exec(
		    txn, sql_parts_set, DB_ARGS(db_i(id), db_i(0)), NULL);
	if (rc == 0)
		rc = stock_again(s, txn, id);
	if (rc == 0)
		rc = route_again(s, txn, id);
	return rc < 0 ? rc : courier_again(s, txn, id);
}

int
order_unsplit(struct session *s, int64_t id)
{
	struct txn *txn;
	int64_t parts = 0;
	int rc;

	if ((rc = op_begin(s, &op_unsplit, &txn)) < 0)
		return rc;
	rc = unsplit_apply(s, txn, id, &parts);
	if (rc == 0)
		rc = op_commit(
		    s, &op_unsplit, &txn, id, "%" PRId64 " parts", parts);
	op_abort(s, &txn);
	return rc;
}

/* Where a line's pieces and its parts differ: by how much, and what of the part
 * may change; the last part first. */
static const char sql_differ[] =
    "SELECT l.line_no, l.qty - coalesce((SELECT sum(q.qty) FROM order_part q"
    " WHERE q.order_id = l.order_id AND q.line_no = l.line_no), 0)"
    " FROM order_line l WHERE l.order_id = $1 AND l.refund_state <> 2"
    " AND l.kit >= 0";
static const char sql_less[] =
    "SELECT part, qty - sent FROM order_part WHERE order_id = $1"
    " AND line_no = $2 AND qty > sent ORDER BY part DESC /*sort*/";
static const char sql_part_less[] =
    "UPDATE order_part SET qty = qty - $4"
    " WHERE order_id = $1 AND part = $2 AND line_no = $3";
static const char sql_part_gone[] =
    "DELETE FROM order_part WHERE order_id = $1 AND line_no = $2 AND qty = 0";
static const char sql_part_more[] =
    "INSERT INTO order_part (order_id, part, line_no, qty, warehouse_id)"
    " SELECT $1, $2, $3, $4, (SELECT max(q.warehouse_id) FROM order_part q"
    " WHERE q.order_id = $1 AND q.part = $2) WHERE true"
    " ON CONFLICT (order_id, part, line_no) DO UPDATE"
    " SET qty = order_part.qty + excluded.qty";

struct differs {
	int64_t line_no, n;
};

static int
take_off(struct session *s, struct txn *txn, int64_t id, struct differs d)
{
	struct differs v[SPLIT_PARTS]; /* part, pieces of it */
	struct db_rows *rows;
	size_t i, n = 0;
	int rc;

	rc = db_query(
	    s->db, sql_less, DB_ARGS(db_i(id), db_i(d.line_no)), &rows);
	if (rc < 0)
		return rc;
	while (n < SPLIT_PARTS && (rc = db_next(rows)) > 0)
		v[n++] = (struct differs){ db_int(rows, 0), db_int(rows, 1) };
	db_done(rows);
	for (i = 0; rc >= 0 && i < n && d.n < 0; i++) {
		int64_t off = v[i].n < -d.n ? v[i].n : -d.n;

		rc = db_exec(txn, sql_part_less,
		    DB_ARGS(db_i(id), db_i(v[i].line_no), db_i(d.line_no),
			db_i(off)),
		    NULL);
		d.n += off;
	}
	if (rc >= 0)
		rc = db_exec(txn, sql_part_gone,
		    DB_ARGS(db_i(id), db_i(d.line_no)), NULL);
	return rc;
}

static const char sql_last_part[] = "SELECT parts FROM orders WHERE id = $1";

int
parts_follow(struct session *s, struct txn *txn, int64_t id)
{
	struct differs *v = NULL;
	struct db_rows *rows;
	int64_t last = 0;
	size_t i, n = 0;
	int rc;

	if ((rc = db_fetch1(txn, sql_last_part, DB_ARGS(db_i(id)), &last)) < 0)
		return rc;
	if ((rc = db_query(s->db, sql_differ, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (db_int(rows, 1) == 0)
			continue;
		v = xreallocarray(v, n + 1, sizeof(v[0]));
		v[n++] = (struct differs){ db_int(rows, 0), db_int(rows, 1) };
	}
	db_done(rows);
	for (i = 0; rc == 0 && i < n; i++)
		rc = v[i].n < 0 ? take_off(s, txn, id, v[i])
				: db_exec(txn, sql_part_more,
				      DB_ARGS(db_i(id), db_i(last),
					  db_i(v[i].line_no), db_i(v[i].n)),
				      NULL);
	free(v);
	return rc;
}

static void
take_part(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct order_part *p = out;

	p->part = db_int(rows, 0);
	p->line_no = db_int(rows, 1);
	p->sku_code = row_text(rows, 2, arena);
	p->name = row_text(rows, 3, arena);
	p->qty = db_int(rows, 4);
	p->sent = db_int(rows, 5);
	p->warehouse_id = db_int(rows, 6);
	p->warehouse = row_text(rows, 7, arena);
}

#define PARTS_LINES 2000

int
order_parts(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(
	    "SELECT q.part, q.line_no, v.sku_code, v.name, q.qty, q.sent, w.id,"
	    " w.name FROM order_part q JOIN orders o ON o.id = q.order_id"
	    " JOIN order_line l ON l.order_id = q.order_id"
	    " AND l.line_no = q.line_no"
	    " LEFT JOIN variant v ON v.id = l.variant_id"
	    " JOIN warehouse w ON w.id ="
	    " coalesce(q.warehouse_id, o.warehouse_id, 1) WHERE 1 = 1");
	const struct query_key keys[] = { { "q.part", db_i(0) },
		{ "q.line_no", db_i(0) } };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "q.order_id =", db_i(id));
	query_page(&q, keys, 2, false, PAGE_FIRST, PARTS_LINES);
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct order_part),
	    PARTS_LINES, take_part, out);
}
