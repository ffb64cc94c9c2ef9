/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "../stock/stock_priv.h"
#include "ship_priv.h"
#include "waves_priv.h"

/* Packed at the bench, shipped at the scale. */

static const struct op op_pack = { "order-pack", PERM_ORDER_SHIP, "order" };
static const struct op op_unpack = { "order-unpack", PERM_ORDER_SHIP, "order" };

static const char sql_keep[] =
    "INSERT INTO packed (order_id, part, warehouse_id, courier_id, waybill_no,"
    " material_id, packer_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
static const char sql_keep_line[] =
    "INSERT INTO packed_line (order_id, part, line_no, packed_id, variant_id,"
    " qty) VALUES ($1, $2, $3, $4, $5, $6)";
/* All of it that is still to be sent is packed: that is done. */
static const char sql_packed[] =
    "UPDATE orders SET version = version + 1, done = CASE WHEN"
    " (SELECT coalesce(sum(l.qty - l.sent), 0) FROM order_line l"
    " WHERE l.order_id = $1 AND l.refund_state <> 2 AND l.qty > l.sent) <="
    " (SELECT coalesce(sum(k.qty), 0) FROM packed_line k"
    " WHERE k.order_id = $1) THEN done | $2 ELSE done & ~$3 END WHERE id = $1";

static int
mark_packed(struct txn *txn, int64_t order_id)
{
	return db_exec(txn, sql_packed,
	    DB_ARGS(db_i(order_id),
		db_i(DONE_PICKED | DONE_CHECKED | DONE_PACKED),
		db_i(DONE_CHECKED | DONE_PACKED)),
	    NULL);
}

static int
keep_lines(struct txn *txn, const struct packing *p, int64_t id)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < p->nlines; i++) {
		const struct pack_line *l = &p->lines[i];

		if (l->have > 0)
			rc = db_exec(txn, sql_keep_line,
			    DB_ARGS(db_i(l->order_id), db_i(p->part),
				db_i(l->line_no), db_i(id), db_i(l->variant_id),
				db_i(l->have)),
			    NULL);
	}
	return rc;
}

/* *@first: the first that has something in it, for op_commit(). */
static int
keep(struct session *s, struct txn *txn, struct shipment *sh, int64_t *first)
{
	const struct packing *p = sh->p;
	int64_t id;
	size_t i = 0;
	int rc;

	while (!ship_has(p, &p->orders[i]))
		i++;
	*first = p->orders[i].id;
	rc = db_insert(txn, sql_keep,
	    DB_ARGS(db_i(*first), db_i(p->part), db_i(p->warehouse_id),
		db_i(sh->courier.id), db_t(sh->waybill_no),
		db_id(p->material.id), db_i(s->staff_id), db_i(sh->at)),
	    &id);
	if (rc == 0)
		rc = keep_lines(txn, p, id);
	for (; rc == 0 && i < p->norders; i++) {
		const struct pack_order *o = &p->orders[i];

		if (!ship_has(p, o))
			continue;
		rc = mark_packed(txn, o->id);
		if (rc == 0)
			rc = wave_packed(s, txn, p, o->id);
		if (rc == 0 && o->id != *first)
			rc = op_note(s, &op_pack, txn, "order", o->id, "%s %s",
			    sh->courier.name, sh->waybill_no);
	}
	return rc;
}

int
pack_keep(struct session *s, struct packing *p, const struct pack_close *close,
    char warning[200])
{
	struct shipment sh = { .p = p };
	struct order_now *now;
	struct txn *txn;
	int64_t first = 0;
	int rc;

	if ((rc = ship_check_close(s, close, &sh)) < 0)
		return rc;
	if (sh.by_hand)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s goes with no courier: ship it at once"),
		    p->label);
	if ((rc = op_begin(s, &op_pack, &txn)) < 0)
		return rc;
	now = xcalloc(p->norders, sizeof(*now));
	rc = ship_check_now(s, txn, &sh, now);
	if (rc == 0)
		rc = keep(s, txn, &sh, &first);
	if (rc == 0)
		rc = op_commit(s, &op_pack, &txn, first, "%s %s",
		    sh.courier.name, sh.waybill_no);
	op_abort(s, &txn);
	free(now);
	if (rc < 0)
		return rc;
	copy_text(p->waybill_no, sizeof(p->waybill_no), sh.waybill_no);
	copy_text(p->courier, sizeof(p->courier), sh.courier.name);
	if (warning != NULL)
		ship_warn(&sh, warning);
	if (close->more)
		pack_go_on(p);
	return 0;
}

static const char sql_kept_by_waybill[] =
    "SELECT id FROM packed WHERE waybill_no = $1";
static const char sql_kept_by_order[] =
    "SELECT min(packed_id), max(packed_id) FROM packed_line"
    " WHERE order_id = $1";

/* The only parcel of the order that waits; 0: none does. */
static int
kept_by_order(struct session *s, const char *code, int64_t order, int64_t *id)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_kept_by_order, DB_ARGS(db_i(order)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*id = db_int(rows, 0);
		rc = 0;
		if (*id != db_int(rows, 1))
			rc = err_set(&s->err, ERR_STATE, "",
			    _("Several parcels of order %s wait for the "
			      "scale: scan the waybill"),
			    code);
	}
	db_done(rows);
	return rc;
}

/* What waits for the scale, by its waybill or its order's number. */
static int
find_kept(struct session *s, const char *code, int64_t *id)
{
	struct order_now now;
	int64_t order;
	char typed[64];
	int rc;

	trim_number(typed, sizeof(typed), code);
	rc = db_get1(s->db, sql_kept_by_waybill, DB_ARGS(db_t(typed)), id);
	if (rc != ERR_NOTFOUND)
		return rc;
	*id = 0;
	if ((rc = order_look_up(s, code, &order)) < 0 ||
	    (rc = kept_by_order(s, code, order, id)) < 0 || *id != 0)
		return rc;
	if ((rc = order_now(s, NULL, order, &now)) < 0 ||
	    (rc = pack_refused(s, &now)) < 0)
		return rc;
	return err_set(&s->err, ERR_STATE, "", _("Order %s is not packed yet"),
	    now.order_no);
}

static const char sql_kept_head[] =
    "SELECT k.part, k.warehouse_id, k.waybill_no, k.packer_id, co.id, co.name,"
    " coalesce(m.id, 0), coalesce(m.weight, 0), m.name FROM packed k"
    " JOIN courier co ON co.id = k.courier_id"
    " LEFT JOIN material m ON m.id = k.material_id WHERE k.id = $1";

static int
read_kept_head(struct session *s, struct packing *p, struct shipment *sh)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_kept_head, DB_ARGS(db_i(p->kept)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		p->part = db_int(rows, 0);
		p->warehouse_id = db_int(rows, 1);
		copy_text(sh->waybill_no, sizeof(sh->waybill_no),
		    row_text(rows, 2, NULL));
		p->packer_id = db_int(rows, 3);
		sh->courier.id = db_int(rows, 4);
		copy_text(sh->courier.name, sizeof(sh->courier.name),
		    row_text(rows, 5, NULL));
		p->material.id = db_int(rows, 6);
		p->material.weight = db_int(rows, 7);
		copy_text(p->material.name, sizeof(p->material.name),
		    row_text(rows, 8, NULL));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* The order whose parcel it is comes first, as when it was packed. */
static const char sql_kept_lines[] =
    "SELECT l.order_id, l.line_no, l.variant_id, l.qty, v.sku_code, v.name,"
    " v.weight, o.order_no, o.version, n.kit, n.paid, n.qty, n.sent"
    " FROM packed_line l JOIN packed k ON k.id = l.packed_id"
    " JOIN order_line n ON n.order_id = l.order_id AND n.line_no = l.line_no"
    " JOIN variant v ON v.id = l.variant_id JOIN orders o ON o.id = l.order_id"
    " WHERE l.packed_id = $1 ORDER BY CASE WHEN l.order_id = k.order_id"
    " THEN 0 ELSE 1 END, l.order_id, l.line_no /*sort*/";

static void
take_kept(struct packing *p, const struct db_rows *rows)
{
	struct arena *a = &p->arena;
	int64_t id = db_int(rows, 0), qty = db_int(rows, 3);

	if (p->norders == 0 || p->orders[p->norders - 1].id != id) {
		p->orders = xreallocarray(
		    p->orders, p->norders + 1, sizeof(p->orders[0]));
		p->orders[p->norders++] = (struct pack_order){
			.id = id,
			.version = db_int(rows, 8),
			.order_no = row_text(rows, 7, a),
		};
	}
	p->lines = xreallocarray(p->lines, p->nlines + 1, sizeof(p->lines[0]));
	p->lines[p->nlines++] = (struct pack_line){
		.order_id = id,
		.order_no = p->orders[p->norders - 1].order_no,
		.line_no = db_int(rows, 1),
		.variant_id = db_int(rows, 2),
		.need = qty,
		.have = qty,
		.sku_code = row_text(rows, 4, a),
		.name = row_text(rows, 5, a),
		.weight = db_int(rows, 6),
		.of_kit = db_int(rows, 9),
		.paid = db_int(rows, 10),
		.qty = db_int(rows, 11),
		.sent = db_int(rows, 12),
		.barcode = "",
		.bin = "",
	};
}

/* Who gave its place to it goes on as the packing @p. */
static int
read_kept(
    struct session *s, const char *code, struct packing *p, struct shipment *sh)
{
	struct db_rows *rows;
	int rc;

	if ((rc = find_kept(s, code, &p->kept)) < 0 ||
	    (rc = read_kept_head(s, p, sh)) < 0)
		return rc;
	rc = db_query(s->db, sql_kept_lines, DB_ARGS(db_i(p->kept)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		take_kept(p, rows);
	db_done(rows);
	if (rc < 0)
		return rc;
	p->receiver = p->place = p->note = "";
	p->label = p->part == 0 ? p->orders[0].order_no
				: arena_printf(&p->arena, "%s-%" PRId64,
				      p->orders[0].order_no, p->part);
	return 0;
}

static int
open_kept(struct session *s, const char *code, struct shipment *sh)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_SHIP)) < 0 ||
	    (rc = db_snapshot(s->db)) < 0)
		return rc;
	rc = read_kept(s, code, sh->p, sh);
	db_snapshot_end(s->db);
	return rc;
}

int
pack_weigh(struct session *s, const char *code, int64_t grams, bool force,
    struct packing **out)
{
	struct packing *p = xcalloc(1, sizeof(*p));
	struct shipment sh = { .p = p, .weight = grams, .at = time_now() };
	int rc;

	if (grams <= 0 || grams > PARCEL_GRAMS_MAX)
		rc = err_set(&s->err, ERR_INVALID, "weight",
		    _("The weight is between 1 and %d grams"),
		    PARCEL_GRAMS_MAX);
	else
		rc = open_kept(s, code, &sh);
	if (rc == 0)
		rc = ship_parcel(s, &sh, force);
	if (rc == 0 && out != NULL)
		*out = p;
	else
		pack_free(p);
	return rc;
}

static int
unpack(struct session *s, struct txn *txn, const struct packing *p)
{
	size_t i;
	int rc = ship_drop_kept(txn, p->kept);

	for (i = 0; rc == 0 && i < p->norders; i++) {
		rc = mark_packed(txn, p->orders[i].id);
		if (rc == 0 && i > 0)
			rc = op_note(s, &op_unpack, txn, "order",
			    p->orders[i].id, "%s", p->waybill_no);
	}
	return rc;
}

int
pack_unpack(struct session *s, const char *code)
{
	struct packing *p = xcalloc(1, sizeof(*p));
	struct shipment sh = { .p = p };
	struct txn *txn;
	int rc;

	rc = op_begin(s, &op_unpack, &txn);
	if (rc == 0)
		rc = read_kept(s, code, p, &sh);
	if (rc == 0) {
		copy_text(p->waybill_no, sizeof(p->waybill_no), sh.waybill_no);
		rc = unpack(s, txn, p);
	}
	if (rc == 0)
		rc = op_commit(
		    s, &op_unpack, &txn, p->orders[0].id, "%s", p->waybill_no);
	op_abort(s, &txn);
	pack_free(p);
	return rc;
}
