/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "../goods/kits_priv.h"
#include "../orders/gifts_priv.h"
#include "../orders/order_priv.h"
#include "../stock/stock_priv.h"
#include "import_full.h"
#include "import_product.h"
#include "import_typed.h"
#include "import_undo.h"

/* The single things that are put back, or taken away again. */

static const char sql_images[] =
    "SELECT image FROM import_change WHERE batch_id = $1 AND kind = $2"
    " AND subject = $3 AND image <> '' ORDER BY id DESC";
static const char sql_used_up[] =
    "UPDATE import_change SET image = '' WHERE batch_id = $1 AND kind = $2"
    " AND subject = $3 AND image <> ''";

/* Of one record, newest first: what was first is right in the end. */
int
undo_images(struct job *j, const char *kind, int64_t id, char ***out, size_t *n)
{
	struct db_rows *rows;
	char **v = NULL;
	int rc;

	*n = 0;
	rc = db_query(j->s->db, sql_images,
	    DB_ARGS(db_i(j->batch), db_t(kind), db_i(id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		v = xreallocarray(v, *n + 1, sizeof(*v));
		v[(*n)++] = arena_strdup(&j->scratch, db_text(rows, 0));
	}
	db_done(rows);
	*out = v;
	return rc;
}

int
undo_used_up(struct job *j, const char *kind, int64_t id)
{
	return db_exec(j->txn, sql_used_up,
	    DB_ARGS(db_i(j->batch), db_t(kind), db_i(id)), NULL);
}

static bool
full_image(struct full *f, const char *name, struct slice v)
{
	static const char *const time_names[O_TIMES] = { "created", "paid_at",
		"shipped", "finished", "promised" };
	static const char *const amount_names[O_AMOUNTS] = { "total", "postage",
		"paid", "refund", "settled" };
	static const char *const text_names[O_TEXTS] = { "buyer_note", "memo",
		"payment_no", "waybill", "reason" };
	const struct {
		const char *name;
		int64_t *to;
	} numbers[] = { { "shop", &f->shop_id }, { "hash", &f->hash },
		{ "courier", &f->courier }, { "receiver", &f->receiver },
		{ "flag", &f->flag } };
	int64_t n = strtoll(v.s, NULL, 10);
	size_t i;

	for (i = 0; i < O_TIMES; i++)
		if (strcmp(name, time_names[i]) == 0)
			return f->time[i] = n, true;
	for (i = 0; i < O_AMOUNTS; i++)
		if (strcmp(name, amount_names[i]) == 0)
			return f->amount[i] = n, true;
	for (i = 0; i < O_TEXTS; i++)
		if (strcmp(name, text_names[i]) == 0)
			return f->text[i] = v, true;
	if (strcmp(name, "told") == 0)
		return f->told = v, true;
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (strcmp(name, numbers[i].name) == 0)
			return *numbers[i].to = n, true;
	if (strcmp(name, "state") != 0)
		return false;
	f->state = (int)n;
	return true;
}

static const char sql_line[] =
    "UPDATE order_line SET listing_id = $3, variant_id = $4, qty = $5,"
    " price = $6, paid = $7, refund_state = $8, refund = $9,"
    " sub_order_no = $10 WHERE order_id = $1 AND line_no = $2";

static int
put_line(struct job *j, int64_t id, struct slice v)
{
	int64_t n[8];
	char *at = (char *)v.s;
	size_t i;
	int rc;

	for (i = 0; i < 8; i++)
		n[i] = strtoll(at, &at, 10), at += *at == ',';
	rc = kits_fold(j->s, j->txn, id, n[0], n[2]);
	return rc < 0
		   ? rc
		   : db_exec(j->txn, sql_line,
			 DB_ARGS(db_i(id), db_i(n[0]), db_i(n[1]), db_id(n[2]),
			     db_i(n[3]), db_i(n[4]), db_i(n[5]), db_i(n[6]),
			     db_i(n[7]), slice_val(slice_of(at))),
			 NULL);
}

static const char sql_no_line[] =
    "DELETE FROM order_line WHERE order_id = $1 AND (line_no = $2 OR kit = $2)";
static const char sql_goods[] = "UPDATE orders SET goods = $2 WHERE id = $1";
static const char sql_no_cost[] =
    "UPDATE order_line SET sent = coalesce((SELECT sum(s.qty)"
    " FROM parcel_line s WHERE s.order_id = $1 AND s.line_no = $2), 0),"
    " cost = (SELECT sum(s.cost) FROM parcel_line s WHERE s.order_id = $1"
    " AND s.line_no = $2) WHERE order_id = $1 AND line_no = $2";
static const char sql_open_again[] =
    "UPDATE order_hold SET cleared_at = 0, cleared_by = NULL WHERE id ="
    " (SELECT max(h.id) FROM order_hold h WHERE h.order_id = $1"
    " AND h.reason = $2) AND NOT EXISTS (SELECT 1 FROM order_hold h"
    " WHERE h.order_id = $1 AND h.reason = $2 AND h.cleared_at = 0)";

static int
part_image(struct job *j, int64_t id, const char *name, struct slice v)
{
	struct db_val n = db_i(strtoll(v.s, NULL, 10));

	if (strcmp(name, "line") == 0)
		return put_line(j, id, v);
	if (strcmp(name, "new") == 0)
		return db_exec(j->txn, sql_no_line, DB_ARGS(db_i(id), n), NULL);
	if (strcmp(name, "goods") == 0)
		return db_exec(
		    j->txn, sql_goods, DB_ARGS(db_i(id), slice_val(v)), NULL);
	if (strcmp(name, "cost") == 0)
		return db_exec(j->txn, sql_no_cost, DB_ARGS(db_i(id), n), NULL);
	if (strcmp(name, "cleared") == 0)
		return db_exec(j->txn, sql_open_again,
		    DB_ARGS(db_i(id), slice_val(v)), NULL);
	return 0;
}

/* Holds that the import opened go; people who mapped an item meanwhile did so
 * for the lines that are there again, too. */
static const char sql_no_holds[] =
    "DELETE FROM order_hold WHERE order_id = $1 AND EXISTS (SELECT 1"
    " FROM import_made m WHERE m.batch_id = $2 AND m.kind = 'hold'"
    " AND order_hold.id >= m.first AND order_hold.id <= m.last)";
static const char sql_mapped[] =
    "UPDATE order_line SET variant_id = (SELECT l.variant_id FROM listing l"
    " WHERE l.id = order_line.listing_id)"
    " WHERE order_id = $1 AND variant_id IS NULL";
static const char sql_unmapped[] =
    "SELECT (SELECT count(*) FROM order_line WHERE order_id = $1"
    " AND variant_id IS NULL) + (SELECT CASE WHEN EXISTS (SELECT 1"
    " FROM order_line WHERE order_id = $1) THEN 0 ELSE 1 END)";
static const char sql_settled[] =
    "UPDATE order_hold SET cleared_at = $2 WHERE order_id = $1"
    " AND reason = 'unmapped' AND cleared_at = 0";
static const char sql_any_open[] =
    "SELECT count(*) FROM (SELECT 1 FROM order_hold WHERE order_id = $1"
    " AND cleared_at = 0 LIMIT 1) h";

static int
put_holds(struct job *j, int64_t id, struct full *f)
{
	int64_t unmapped, open = 0;
	int rc;

	if ((rc = db_exec(j->txn, sql_no_holds,
		 DB_ARGS(db_i(id), db_i(j->batch)), NULL)) < 0 ||
	    (rc = db_exec(j->txn, sql_mapped, DB_ARGS(db_i(id)), NULL)) < 0 ||
	    (rc = db_fetch1(
		 j->txn, sql_unmapped, DB_ARGS(db_i(id)), &unmapped)) < 0)
		return rc;
	if (unmapped == 0)
		rc = db_exec(
		    j->txn, sql_settled, DB_ARGS(db_i(id), db_i(j->now)), NULL);
	if (rc == 0 && order_can_hold(f->state))
		rc = db_fetch1(j->txn, sql_any_open, DB_ARGS(db_i(id)), &open);
	f->held = open != 0;
	return rc;
}

static const char sql_customer_of[] =
    "SELECT coalesce(customer_id, 0) FROM receiver WHERE id = $1";

static int
write_back(struct job *j, int64_t id, struct full *was, struct full *is)
{
	struct slice empty = { .s = "" };
	int rc;

	is->customer = 0;
	if (is->receiver != 0 &&
	    (rc = db_fetch1(j->txn, sql_customer_of,
		 DB_ARGS(db_i(is->receiver)), &is->customer)) < 0)
		return rc;
	is->r.name = is->r.phone = empty; /* what they are called: images */
	if ((rc = put_holds(j, id, is)) < 0 ||
	    (rc = full_write(j, id, was, is)) < 0 ||
	    (rc = full_recount(j, was, is)) < 0)
		return rc;
	people_ask_dates(j, was->customer);
	if (is->customer != was->customer)
		people_ask_dates(j, is->customer);
	return undo_goods(j, id);
}

static const char sql_work[] =
    "SELECT count(*) FROM (SELECT 1 FROM audit WHERE kind = $1"
    " AND subject = $2 AND id >= $3 AND op" WORK_OPS " LIMIT 1) a";

/* Did somebody work on it after all? */
static int
worked_on(struct undo *u, const char *kind, int64_t id, bool *yes)
{
	int64_t n = 0;
	int rc = db_fetch1(u->j.txn, sql_work,
	    DB_ARGS(db_t(kind), db_i(id), db_i(u->audit_from)), &n);

	*yes = n != 0;
	return rc;
}

int
put_back_order(struct undo *u, int64_t id)
{
	struct job *j = &u->j;
	struct full was, is;
	struct slice v;
	char **image, *name;
	size_t n, i;
	bool kept;
	int rc;

	if ((rc = worked_on(u, "order", id, &kept)) < 0)
		return rc;
	if (kept) {
		u->kept++;
		return undo_used_up(j, "order", id);
	}
	was = (struct full){ 0 };
	if ((rc = full_read(j, id, &was)) < 0 ||
	    (rc = undo_images(j, "order", id, &image, &n)) < 0)
		return rc;
	is = was;
	rc = stock_unreserve(j->s, j->txn, id);
	for (i = 0; rc == 0 && i < n; i++)
		while (rc == 0 && image_next(&image[i], &name, &v))
			if (!full_image(&is, name, v))
				rc = part_image(j, id, name, v);
	free(image);
	if (rc == 0 && (rc = write_back(j, id, &was, &is)) == 0)
		rc = op_note(j->s, &op_import, j->txn, "order", id,
		    "as before import %" PRId64, j->batch);
	u->back++;
	return rc < 0 ? rc : undo_used_up(j, "order", id);
}

static const char sql_variant[] =
    "UPDATE variant SET product_id = $2, name = $3, price = $4, weight = $5,"
    " reorder_at = $6, target_level = $7, version = version + 1"
    " WHERE id = $1";
static const char sql_no_barcode[] =
    "DELETE FROM barcode WHERE code = $2 AND variant_id = $1";

int
put_back_variant(struct undo *u, int64_t id)
{
	static const char *const names[] = { "product", "name", "price",
		"weight", "reorder_at", "target_level" };
	struct job *j = &u->j;
	struct db_val args[7] = { db_i(id) };
	struct wares was;
	struct slice v;
	char **image, *name;
	bool whole = false;
	size_t n, i, k;
	int rc;

	wares_init(&was);
	if ((rc = undo_images(j, "variant", id, &image, &n)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < n; i++)
		while (rc == 0 && image_next(&image[i], &name, &v)) {
			if (strcmp(name, "barcode") == 0)
				rc = db_exec(j->txn, sql_no_barcode,
				    DB_ARGS(db_i(id), slice_val(v)), NULL);
			else if (strcmp(name, "bin") == 0)
				rc = stock_bin(j->s, j->txn, id, v.s);
			else if (strcmp(name, "offer") == 0)
				rc = offer_put_back(j, id, v.s);
			else if (strcmp(name, "terms") == 0)
				rc = supplier_terms_back(j, id, v.s);
			else if (strcmp(name, "member") == 0)
				rc = member_price_back(j, id, v.s);
			else if (strcmp(name, "kit") == 0)
				rc = kit_put_back(j, id, (char *)v.s);
			(void)wares_image(name, v, &was);
			for (k = 0; k < 6; k++)
				if (strcmp(name, names[k]) == 0) {
					args[k + 1] =
					    k == 1
						? slice_val(v)
						: db_i(strtoll(v.s, NULL, 10));
					whole = true;
				}
		}
	free(image);
	if (rc == 0 && whole)
		rc = db_exec(j->txn, sql_variant, args, 7, NULL);
	if (rc == 0 && (rc = wares_put_back(j, id, &was)) == 0 &&
	    (rc = stock_low(j->s, j->txn, id)) == 0)
		rc = op_note(j->s, &op_import, j->txn, "variant", id,
		    "as before import %" PRId64, j->batch);
	return rc < 0 ? rc : undo_used_up(j, "variant", id);
}

static const char sql_customer[] =
    "UPDATE customer SET name = $2, pinyin = $3, phone = $4, note = $5,"
    " version = version + 1 WHERE id = $1";

int
put_back_customer(struct undo *u, int64_t id)
{
	static const char *const names[] = { "name", "pinyin", "phone",
		"note" };
	struct job *j = &u->j;
	struct db_val args[5] = { db_i(id), db_t(""), db_t(""), db_t(""),
		db_t("") };
	struct slice v;
	char **image, *name;
	size_t n, i, k;
	int rc;

	if ((rc = undo_images(j, "customer", id, &image, &n)) < 0)
		return rc;
	for (i = 0; i < n; i++)
		while (image_next(&image[i], &name, &v))
			for (k = 0; k < 4; k++)
				if (strcmp(name, names[k]) == 0)
					args[k + 1] = slice_val(v);
	free(image);
	if (n > 0)
		rc = db_exec(j->txn, sql_customer, args, 5, NULL);
	if (rc == 0)
		rc = op_note(j->s, &op_import, j->txn, "customer", id,
		    "as before import %" PRId64, j->batch);
	return rc < 0 ? rc : undo_used_up(j, "customer", id);
}

struct gone {
	int64_t id, state, held, shop, created, paid_at, paid, refund, customer;
	bool promised, kept;
};

static const char sql_gone[] =
    "SELECT o.id, o.state, o.held, o.shop_id, o.created_at, o.paid_at, o.paid,"
    " o.refund, coalesce(r.customer_id, 0),"
    " CASE WHEN EXISTS (SELECT 1 FROM reservation v WHERE v.order_id = o.id)"
    " THEN 1 ELSE 0 END,"
    " CASE WHEN EXISTS (SELECT 1 FROM audit a WHERE a.kind = 'order'"
    " AND a.subject = o.id AND a.id >= $4 AND a.op" WORK_OPS ")"
    " THEN 1 ELSE 0 END"
    " FROM orders o LEFT JOIN receiver r ON r.id = o.receiver_id"
    " WHERE o.id >= $1 AND o.id <= $2 AND o.batch_id = $3 ORDER BY o.id";
static const char sql_no_order_holds[] =
    "DELETE FROM order_hold WHERE order_id >= $1 AND order_id <= $2";
static const char sql_no_lines[] =
    "DELETE FROM order_line WHERE order_id >= $1 AND order_id <= $2";
static const char sql_no_order[] = "DELETE FROM orders WHERE id = $1";

static int
take_order(struct undo *u, const struct gone *g)
{
	struct job *j = &u->j;
	struct person_order o = { .created_at = g->created,
		.paid_at = g->paid_at,
		.net = g->paid - g->refund,
		.name = { .s = "" },
		.phone = { .s = "" } };
	int rc = db_exec(j->txn, sql_no_order, DB_ARGS(db_i(g->id)), NULL);

	if (rc < 0)
		return rc;
	figures_move(&j->figures, g->state, g->held, 0, 0);
	figures_created(&j->figures, g->shop, g->created, -1);
	figures_paid(&j->figures, g->shop, g->paid_at, -1, -g->paid);
	u->orders++;
	if (g->customer == 0)
		return 0;
	people_ask_dates(j, g->customer);
	return person_count(j, g->customer, -1, &o);
}

/* Orders whose ids follow each other. */
static int
take_run(struct undo *u, const struct gone *v, size_t n)
{
	const struct db_val ids[] = { db_i(v[0].id), db_i(v[n - 1].id) };
	struct job *j = &u->j;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < n; i++)
		if (v[i].promised)
			rc = stock_unreserve(j->s, j->txn, v[i].id);
	if (rc == 0)
		rc = db_exec(j->txn, sql_no_order_holds, ids, 2, NULL);
	if (rc == 0)
		rc = db_exec(j->txn, sql_no_lines, ids, 2, NULL);
	for (i = 0; rc == 0 && i < n; i++)
		rc = take_order(u, &v[i]);
	return rc;
}

static size_t
run_of(const struct gone *v, size_t n)
{
	size_t i = 1;

	while (i < n && !v[0].kept && !v[i].kept && v[i].id == v[i - 1].id + 1)
		i++;
	return i;
}

int
take_orders(struct undo *u, int64_t first, int64_t last)
{
	struct job *j = &u->j;
	struct gone *v = NULL;
	struct db_rows *rows;
	size_t n = 0, cap = 0, i, run;
	int rc;

	rc = db_query(j->s->db, sql_gone,
	    DB_ARGS(
		db_i(first), db_i(last), db_i(j->batch), db_i(u->audit_from)),
	    &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (n == cap) {
			cap = cap != 0 ? cap * 2 : 256;
			v = xreallocarray(v, cap, sizeof(*v));
		}
		v[n++] = (struct gone){ .id = db_int(rows, 0),
			.state = db_int(rows, 1),
			.held = db_int(rows, 2),
			.shop = db_int(rows, 3),
			.created = db_int(rows, 4),
			.paid_at = db_int(rows, 5),
			.paid = db_int(rows, 6),
			.refund = db_int(rows, 7),
			.customer = db_int(rows, 8),
			.promised = db_int(rows, 9) != 0,
			.kept = db_int(rows, 10) != 0 };
	}
	db_done(rows);
	for (i = 0; rc == 0 && i < n; i += run) {
		run = run_of(v + i, n - i);
		if (v[i].kept)
			u->kept++;
		else
			rc = take_run(u, v + i, run);
	}
	free(v);
	return rc;
}

static const char sql_slip[] =
    "SELECT kind, warehouse_id, slip_no FROM stock_slip WHERE id = $1"
    " AND NOT EXISTS (SELECT 1 FROM stock_slip b WHERE b.reverses_id = $1)";
static const char sql_moves[] =
    "SELECT warehouse_id, variant_id, qty, value FROM stock_move"
    " WHERE slip_id = $1 ORDER BY id";

/* The same moves the other way round, at what they were worth then. */
static int
counter_moves(struct job *j, int64_t id, int64_t counter)
{
	struct slip_move *v = NULL;
	struct db_rows *rows;
	size_t n = 0, i;
	int rc;

	if ((rc = db_query(j->s->db, sql_moves, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		v = xreallocarray(v, n + 1, sizeof(*v));
		v[n++] = (struct slip_move){ .slip_id = counter,
			.warehouse_id = db_int(rows, 0),
			.variant_id = db_int(rows, 1),
			.qty = -db_int(rows, 2),
			.priced = true,
			.value = -db_int(rows, 3) };
	}
	db_done(rows);
	for (i = 0; rc == 0 && i < n; i++)
		rc = slip_move(j->s, j->txn, &v[i], NULL);
	free(v);
	return rc;
}

int
take_slip(struct undo *u, int64_t id)
{
	struct job *j = &u->j;
	struct slip slip = { .reverses_id = id };
	struct db_rows *rows;
	int64_t counter;
	int rc;

	if ((rc = db_query(j->s->db, sql_slip, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		slip.kind = arena_strdup(&j->scratch, db_text(rows, 0));
		slip.warehouse_id = db_int(rows, 1);
		slip.reason = arena_printf(&j->scratch,
		    _("%s, of an import that was taken back"),
		    db_text(rows, 2));
	}
	db_done(rows);
	if (rc <= 0)
		return rc;
	rc = slip_open(j->s, j->txn, &slip, &counter);
	return rc < 0 ? rc : counter_moves(j, id, counter);
}

/* Referring rows were looked for before: see look_at_lines(). */
static bool
has_lines(const struct undo *u, char kind, int64_t id)
{
	char key[24];
	int n = snprintf(key, sizeof(key), "%c%" PRId64, kind, id);

	return map_get(&u->lines_of, key, (size_t)n) != NULL;
}

static const char sql_no_listing[] =
    "DELETE FROM listing WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM audit a"
    " WHERE a.kind = 'listing' AND a.subject = $1 AND a.id >= $2)";

int
take_listing(struct undo *u, int64_t id)
{
	if (has_lines(u, 'l', id))
		return 0;
	return db_exec(u->j.txn, sql_no_listing,
	    DB_ARGS(db_i(id), db_i(u->audit_from)), NULL);
}

static const char sql_needed[] =
    "SELECT CASE WHEN EXISTS (SELECT 1 FROM listing WHERE variant_id = $1)"
    " OR EXISTS (SELECT 1 FROM stock_move WHERE variant_id = $1)"
    " OR EXISTS (SELECT 1 FROM reservation WHERE variant_id = $1)"
    " OR EXISTS (SELECT 1 FROM kit_part WHERE part_id = $1)"
    " OR EXISTS (SELECT 1 FROM kit_part WHERE kit_id = $1)"
    " OR EXISTS (SELECT 1 FROM audit a WHERE a.kind = 'variant'"
    " AND a.subject = $1 AND a.id >= $2 AND a.op" WORK_OPS ")"
    " THEN 1 ELSE 0 END";
static const char sql_no_stock[] = "DELETE FROM stock WHERE variant_id = $1";
static const char sql_no_variant[] = "DELETE FROM variant WHERE id = $1";

int
take_variant(struct undo *u, int64_t id)
{
	struct txn *txn = u->j.txn;
	const struct db_val v = db_i(id);
	int64_t needed = 0;
	int rc;

	if (has_lines(u, 'v', id))
		return 0;
	rc = db_fetch1(
	    txn, sql_needed, DB_ARGS(v, db_i(u->audit_from)), &needed);
	if (rc < 0 || needed != 0)
		return rc;
	if ((rc = db_exec(txn, sql_no_stock, &v, 1, NULL)) < 0 ||
	    (rc = wares_drop(&u->j, id)) < 0)
		return rc;
	return db_exec(txn, sql_no_variant, &v, 1, NULL);
}
