/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../orders/order_priv.h"
#include "../review/review_priv.h"
#include "ship_priv.h"

/* What a packing begins with: the orders that go together, and what is still
 * to be sent of them. */

static int
refused_held(struct session *s, const struct order_now *now)
{
	char words[200];
	int rc;

	if ((rc = hold_words(s, now->id, words, sizeof(words))) < 0)
		return rc;
	return err_set(&s->err, ERR_STATE, "", _("Order %s is on hold: %s"),
	    now->order_no, words);
}

static int
refused_unreviewed(struct session *s, const struct order_now *now)
{
	int rc = review_needed(s, now);

	return rc <= 0 ? rc
		       : err_set(&s->err, ERR_STATE, "",
			     _("Order %s is not reviewed yet"), now->order_no);
}

int
pack_refused(struct session *s, const struct order_now *now)
{
	switch ((enum order_state)now->state) {
	case ORDER_PAID:
	case ORDER_PART_SHIPPED:
		return now->held ? refused_held(s, now)
				 : refused_unreviewed(s, now);
	case ORDER_UNPAID:
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is not paid yet"), now->order_no);
	case ORDER_CLOSED:
		return err_set(&s->err, ERR_STATE, "", _("Order %s is closed"),
		    now->order_no);
	case ORDER_SHIPPED:
	case ORDER_DONE:
		break;
	}
	return order_shipped_error(s, now->id, now->order_no);
}

static const char sql_same_hands[] =
    "SELECT count(*) FROM orders a JOIN orders b ON b.id = $2"
    " LEFT JOIN receiver r ON r.id = a.receiver_id"
    " LEFT JOIN receiver q ON q.id = b.receiver_id WHERE a.id = $1"
    " AND r.address <> '' AND (a.receiver_id = b.receiver_id"
    " OR (r.name = q.name"
    " AND r.phone = q.phone AND r.province = q.province AND r.city = q.city"
    " AND r.district = q.district AND r.address = q.address"
    " AND r.phone <> '' AND r.name NOT LIKE '%*%'"
    " AND r.phone NOT LIKE '%*%' AND r.address NOT LIKE '%*%'))";

int
same_hands(struct session *s, int64_t order_id, int64_t other_id)
{
	int64_t n = 0;
	int rc;

	rc = db_get1(
	    s->db, sql_same_hands, DB_ARGS(db_i(order_id), db_i(other_id)), &n);
	return rc < 0 ? rc : n > 0;
}

static const char sql_head[] =
    "SELECT r.name, r.province, r.city, o.buyer_note, o.memo FROM orders o"
    " LEFT JOIN receiver r ON r.id = o.receiver_id WHERE o.id = $1";

static const char *
place(struct session *s, const struct db_rows *rows, struct arena *arena)
{
	const char *province = row_text(rows, 1, arena);
	const char *city = row_text(rows, 2, arena);

	if (!contact_open(s)) {
		province = mask_place(province);
		city = mask_place(city);
	}
	return arena_printf(arena, "%s %s", province, city);
}

static const char *
joined(struct arena *arena, const char *a, const char *b)
{
	if (a[0] == '\0' || b[0] == '\0')
		return a[0] == '\0' ? b : a;
	return arena_printf(arena, "%s / %s", a, b);
}

/* The first order tells to whom it goes; notes are read of all. */
static int
read_head(struct session *s, struct packing *p, const struct pack_order *o)
{
	struct arena *a = &p->arena;
	struct db_rows *rows;
	const char *note;
	int rc;

	if ((rc = db_query(s->db, sql_head, DB_ARGS(db_i(o->id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		if (o == &p->orders[0]) {
			p->receiver = row_text(rows, 0, a);
			p->place = place(s, rows, a);
			if (!contact_open(s))
				p->receiver = mask_name(a, p->receiver);
		}
		note = joined(a, row_text(rows, 3, a), row_text(rows, 4, a));
		p->note = joined(a, p->note, contact_hide_text(s, note, a));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/*
 * What is still to be sent: not what was paid back, not what was sent, and not
 * what is packed already ($2: the part, or 0).
 */
#define LEFT(of) \
	of ".qty - " of ".sent - coalesce((SELECT sum(k.qty)" \
	   " FROM packed_line k WHERE k.order_id = l.order_id" \
	   " AND k.part = $2 AND k.line_no = l.line_no), 0)"
#define LINE_COLUMNS \
	", l.refund_state, v.sku_code, v.name," \
	" (SELECT min(b.code) FROM barcode b WHERE b.variant_id = v.id)," \
	" st.bin, v.weight," \
	" (SELECT kv.name FROM order_line k JOIN variant kv" \
	" ON kv.id = k.variant_id WHERE k.order_id = l.order_id" \
	" AND k.line_no = l.kit), l.kit, l.paid, l.qty, l.sent"
#define LINE_JOINS \
	" LEFT JOIN variant v ON v.id = l.variant_id" \
	" LEFT JOIN stock st ON st.variant_id = v.id AND st.warehouse_id = $3"
static const char sql_lines[] =
    "SELECT l.line_no, l.variant_id, " LEFT("l") LINE_COLUMNS
    " FROM order_line l" LINE_JOINS " WHERE l.order_id = $1"
    " AND l.refund_state <> 2 AND l.qty > l.sent ORDER BY l.line_no";
static const char sql_part_lines[] =
    "SELECT l.line_no, l.variant_id, " LEFT("q") LINE_COLUMNS
    " FROM order_part q JOIN order_line l ON l.order_id = q.order_id"
    " AND l.line_no = q.line_no" LINE_JOINS
    " WHERE q.order_id = $1 AND q.part = $2 AND l.refund_state <> 2"
    " AND q.qty > q.sent ORDER BY q.line_no";

static int
take_line(struct session *s, struct packing *p, struct pack_order *o,
    const struct db_rows *rows)
{
	struct arena *a = &p->arena;

	if (db_int(rows, 3) == 1)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s: the buyer asks for a refund"), o->order_no);
	if (db_isnull(rows, 1))
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s has an item that is not mapped to a product"),
		    o->order_no);
	if (db_int(rows, 2) <= 0) {
		o->rest = true;
		return 0;
	}
	p->lines = xreallocarray(p->lines, p->nlines + 1, sizeof(p->lines[0]));
	p->lines[p->nlines++] = (struct pack_line){
		.line_no = db_int(rows, 0),
		.variant_id = db_int(rows, 1),
		.need = db_int(rows, 2),
		.sku_code = row_text(rows, 4, a),
		.name = row_text(rows, 5, a),
		.barcode = row_text(rows, 6, a),
		.bin = row_text(rows, 7, a),
		.weight = db_int(rows, 8),
		.kit = row_text(rows, 9, a),
		.of_kit = db_int(rows, 10),
		.paid = db_int(rows, 11),
		.qty = db_int(rows, 12),
		.sent = db_int(rows, 13),
		.order_id = o->id,
		.order_no = o->order_no,
	};
	return 0;
}

static int
read_lines(struct session *s, struct packing *p, struct pack_order *o)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, p->part != 0 ? sql_part_lines : sql_lines,
	    DB_ARGS(db_i(o->id), db_i(p->part), db_i(p->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		if ((rc = take_line(s, p, o, rows)) < 0)
			break;
	db_done(rows);
	return rc;
}

static const char sql_packed_by[] =
    "SELECT st.name, k.at, co.name, k.waybill_no FROM packed_line l"
    " JOIN packed k ON k.id = l.packed_id JOIN staff st ON st.id = k.packer_id"
    " JOIN courier co ON co.id = k.courier_id WHERE l.order_id = $1"
    " AND l.part = $2 LIMIT 1";
static const char sql_sent_by[] =
    "SELECT st.name, p.shipped_at, co.name, p.waybill_no FROM parcel p"
    " JOIN staff st ON st.id = p.packer_id"
    " JOIN courier co ON co.id = p.courier_id"
    " WHERE p.id = (SELECT max(s.parcel_id) FROM parcel_line s"
    " JOIN parcel q ON q.id = s.parcel_id AND q.part = $2"
    " WHERE s.order_id = $1)";

/* Who did what @sql looks for: 1, or 0 when nobody did. */
static int
done_by(
    struct session *s, struct packing *p, const char *sql, const char *who[4])
{
	char when[TIME_SIZE];
	struct db_rows *rows;
	int rc;

	rc = db_query(
	    s->db, sql, DB_ARGS(db_i(p->orders[0].id), db_i(p->part)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		time_short(db_int(rows, 1), time_now(), when);
		who[0] = row_text(rows, 0, &p->arena);
		who[1] = arena_strdup(&p->arena, when);
		who[2] = row_text(rows, 2, &p->arena);
		who[3] = row_text(rows, 3, &p->arena);
	}
	db_done(rows);
	return rc;
}

/* There are lines, and none is left: why? */
static int
nothing_left(struct session *s, struct packing *p)
{
	const char *who[4];
	int rc;

	if ((rc = done_by(s, p, sql_packed_by, who)) > 0)
		/* TRANSLATORS: order number, who, when, courier, waybill */
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s was already packed by %s (%s) with %s %s: it "
		      "waits for the scale"),
		    p->label, who[0], who[1], who[2], who[3]);
	if (rc == 0 && (rc = done_by(s, p, sql_sent_by, who)) > 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s was already shipped by %s (%s) with %s %s"),
		    p->label, who[0], who[1], who[2], who[3]);
	if (rc < 0)
		return rc;
	return err_set(&s->err, ERR_STATE, "",
	    _("Order %s has nothing to pack: its items were not imported"),
	    p->label);
}

/* One of those that go together; what is not to be shipped is left out. */
static int
add_order(struct session *s, struct packing *p, const struct order_now *now)
{
	int rc;

	if (!order_can_hold(now->state))
		return 0;
	if ((rc = pack_refused(s, now)) < 0)
		return rc;
	p->orders =
	    xreallocarray(p->orders, p->norders + 1, sizeof(p->orders[0]));
	p->orders[p->norders++] = (struct pack_order){
		.id = now->id,
		.version = now->version,
		.order_no = arena_strdup(&p->arena, now->order_no),
	};
	return 0;
}

static const char sql_followers[] =
    "SELECT id FROM orders WHERE lead_id = $1 ORDER BY id";

static int
add_followers(struct session *s, struct packing *p, int64_t lead)
{
	struct order_now now;
	struct db_rows *rows;
	int rc, all;

	rc = db_query(s->db, sql_followers, DB_ARGS(db_i(lead)), &rows);
	if (rc < 0)
		return rc;
	while ((all = db_next(rows)) > 0)
		if ((rc = order_now(s, NULL, db_int(rows, 0), &now)) < 0 ||
		    (rc = add_order(s, p, &now)) < 0)
			break;
	db_done(rows);
	return rc < 0 ? rc : all;
}

/* Merged orders go to one receiver, whatever was imported since. */
static int
check_hands(struct session *s, const struct packing *p)
{
	size_t i;
	int rc;

	for (i = 1; i < p->norders; i++) {
		rc = same_hands(s, p->orders[0].id, p->orders[i].id);
		if (rc < 0)
			return rc;
		if (rc == 0)
			return err_set(&s->err, ERR_STATE, "",
			    _("Order %s goes to others than order %s: undo "
			      "the merging"),
			    p->orders[i].order_no, p->orders[0].order_no);
	}
	return 0;
}

static int
read_orders(struct session *s, struct packing *p, const struct order_now *now)
{
	int64_t lead = now->lead_id != 0 ? now->lead_id : now->id;
	struct order_now first = *now;
	int rc = 0;

	if (lead != now->id)
		rc = order_now(s, NULL, lead, &first);
	if (rc == 0)
		rc = add_order(s, p, &first);
	if (rc == 0)
		rc = add_followers(s, p, lead);
	if (rc < 0)
		return rc;
	return p->norders > 0 ? check_hands(s, p) : pack_refused(s, now);
}

/* Of this warehouse ($2; 0: of any) first. */
static const char sql_next_part[] =
    "SELECT coalesce(min(CASE WHEN coalesce(q.warehouse_id, $3) = $2"
    " THEN q.part END), min(q.part), 1) FROM order_part q JOIN order_line l"
    " ON l.order_id = q.order_id AND l.line_no = q.line_no"
    " WHERE q.order_id = $1 AND l.refund_state <> 2 AND q.qty - q.sent >"
    " coalesce((SELECT sum(k.qty) FROM packed_line k"
    " WHERE k.order_id = q.order_id AND k.part = q.part"
    " AND k.line_no = q.line_no), 0)";
static const char sql_part_warehouse[] =
    "SELECT coalesce(max(warehouse_id), $3) FROM order_part"
    " WHERE order_id = $1 AND part = $2";

static int
read_part(struct session *s, struct packing *p, const struct order_now *now)
{
	int rc = 0;

	if (p->part == 0)
		rc = db_get1(s->db, sql_next_part,
		    DB_ARGS(
			db_i(now->id), db_i(s->floor), db_i(now->warehouse_id)),
		    &p->part);
	if (rc == 0)
		rc = db_get1(s->db, sql_part_warehouse,
		    DB_ARGS(
			db_i(now->id), db_i(p->part), db_i(now->warehouse_id)),
		    &p->warehouse_id);
	p->label =
	    arena_printf(&p->arena, "%s-%" PRId64, now->order_no, p->part);
	if (rc == 0)
		p->orders[0].rest = true;
	return rc;
}

static const char sql_warehouse[] = "SELECT name FROM warehouse WHERE id = $1";

/* Its goods are where it goes from, and not here. */
static int
check_place(struct session *s, const struct packing *p)
{
	struct db_rows *rows;
	int rc;

	if (s->floor == 0 || s->floor == p->warehouse_id)
		return 0;
	rc = db_query(
	    s->db, sql_warehouse, DB_ARGS(db_i(p->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) >= 0)
		rc = err_set(&s->err, ERR_STATE, "warehouse",
		    _("Order %s goes from %s, and not from here"), p->label,
		    rc > 0 ? db_text(rows, 0) : "");
	db_done(rows);
	return rc;
}

static int
read_order(struct session *s, struct packing *p, int64_t id)
{
	struct order_now now;
	size_t i;
	int rc;

	if ((rc = order_now(s, NULL, id, &now)) < 0 ||
	    (rc = read_orders(s, p, &now)) < 0)
		return rc;
	p->warehouse_id = now.warehouse_id;
	p->label = p->orders[0].order_no;
	p->receiver = p->place = p->note = "";
	if (now.parts != 0)
		rc = read_part(s, p, &now);
	for (i = 0; rc == 0 && i < p->norders; i++)
		if ((rc = read_head(s, p, &p->orders[i])) == 0)
			rc = read_lines(s, p, &p->orders[i]);
	if (rc == 0 && p->nlines == 0)
		rc = nothing_left(s, p);
	return rc < 0 ? rc : check_place(s, p);
}

static const char sql_parts[] = "SELECT parts FROM orders WHERE id = $1";

/* "NO-2": the second part of NO. 1, or 0 when it is not that. */
static int
find_part(struct session *s, const char *code, int64_t *id, int64_t *part)
{
	const char *dash = strrchr(code, '-');
	size_t n = dash != NULL ? strspn(dash + 1, "0123456789") : 0;
	int64_t parts;
	char no[64];
	int rc;

	if (n == 0 || n > 3 || (size_t)(dash - code) >= sizeof(no))
		return 0;
	memcpy(no, code, (size_t)(dash - code));
	no[dash - code] = '\0';
	if ((rc = order_look_up(s, no, id)) < 0)
		return rc == ERR_NOTFOUND ? 0 : rc;
	*part = strtoll(dash + 1, NULL, 10);
	rc = db_get1(s->db, sql_parts, DB_ARGS(db_i(*id)), &parts);
	return rc < 0 ? rc : *part > 0 && *part <= parts;
}

static const char sql_packed_waybill[] =
    "SELECT order_id FROM packed WHERE waybill_no = $1";

static int
find_order(struct session *s, const char *code, int64_t *id, int64_t *part)
{
	char typed[64];
	size_t i;
	int rc;

	*part = 0;
	if ((rc = order_look_up(s, code, id)) != ERR_NOTFOUND ||
	    !trim_text(typed, sizeof(typed), code))
		return rc;
	if ((rc = find_part(s, typed, id, part)) != 0)
		return rc < 0 ? rc : 0;
	for (i = 0; typed[i] != '\0'; i++)
		typed[i] = (char)toupper((unsigned char)typed[i]);
	rc = db_get1(s->db, sql_packed_waybill, DB_ARGS(db_t(typed)), id);
	return rc == ERR_NOTFOUND ? order_look_up(s, code, id) : rc;
}

static int
opened(struct packing *p, int rc, struct packing **out)
{
	if (rc < 0)
		pack_free(p);
	else
		*out = p;
	return rc;
}

int
pack_open_id(struct session *s, int64_t id, int64_t part, struct packing **out)
{
	struct packing *p = xcalloc(1, sizeof(*p));

	p->part = part;
	return opened(p, read_order(s, p, id), out);
}

int
pack_open(struct session *s, const char *code, struct packing **out)
{
	int64_t id, part;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_SHIP)) < 0)
		return rc;
	if ((rc = db_snapshot(s->db)) < 0)
		return rc;
	rc = find_order(s, code, &id, &part);
	if (rc == 0)
		rc = pack_open_id(s, id, part, out);
	db_snapshot_end(s->db);
	return rc;
}
