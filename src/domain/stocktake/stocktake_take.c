/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../stock/bins_priv.h"
#include "../stock/inventory_priv.h"
#include "../stock/stock_moves.h"
#include "stocktake_priv.h"

/* Counting by scan: a bin, then what lies there. */

static const struct op op_take = { "count-take", PERM_COUNT, "stocktake" };

static const char sql_busy[] =
    "SELECT t.count_no FROM stocktake_line l"
    " JOIN stocktake t ON t.id = l.stocktake_id WHERE l.variant_id = $1"
    " AND l.bin_id = $2 AND l.stocktake_id <> $3 AND l.state > 0"
    " AND t.state < 2 LIMIT 1";

int
stocktake_freeze(struct session *s, const struct stocktake_now *t,
    struct stocktake_line_now *l)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_busy,
	    DB_ARGS(db_i(l->variant_id), db_i(l->bin_id), db_i(t->id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_STATE, "code",
		    _("It was counted in %s, which is not posted yet"),
		    db_text(rows, 0));
	db_done(rows);
	if (rc < 0 ||
	    (rc = bin_holds(s, l->bin_id, l->variant_id, &l->book)) < 0 ||
	    (rc = stocktake_picked(s, t, l)) < 0)
		return rc;
	l->book -= l->picked;
	return 0;
}

static const char sql_worth[] = "SELECT on_hand, value FROM stock"
				" WHERE variant_id = $1 AND warehouse_id = $2";

/* At what a piece costs on average now. */
static int
worth(struct session *s, const struct stocktake_now *t,
    const struct stocktake_line_now *l, int64_t *value)
{
	const struct stock_key key = { 0, t->warehouse_id, l->variant_id };
	int64_t off = l->counted - l->book, on_hand = 0, all = 0;
	struct db_rows *rows;
	int rc;

	*value = 0;
	if (off == 0)
		return 0;
	rc = db_query(s->db, sql_worth,
	    DB_ARGS(db_i(l->variant_id), db_i(t->warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		on_hand = db_int(rows, 0);
		all = db_int(rows, 1);
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	if (on_hand <= 0)
		return stock_last_cost(s, &key, off, value);
	*value = off < 0 ? -share_of(all, -off, on_hand)
			 : share_of(all, off, on_hand);
	return 0;
}

static const char sql_add[] =
    "INSERT INTO stocktake_line (stocktake_id, bin_id, variant_id, state)"
    " VALUES ($1, $2, $3, $4)";
static const char sql_put[] =
    "UPDATE stocktake_line SET state = $2, book = $3, counted = $4,"
    " first = $5, value = $6, staff_id = $7, at = $8, picked = $9"
    " WHERE id = $1";
static const char sql_keep[] =
    "UPDATE stocktake SET line_n = line_n + $2, counted_n = counted_n + $3,"
    " gain = gain + $4, loss = loss + $5 WHERE id = $1";
static const char sql_who[] =
    "INSERT INTO stocktake_staff (stocktake_id, staff_id) VALUES ($1, $2)"
    " ON CONFLICT (stocktake_id, staff_id) DO NOTHING";
static const char sql_state[] =
    "SELECT state FROM stocktake_line WHERE id = $1";

static bool
is_counted(int64_t state)
{
	return state == LINE_COUNTED || state == LINE_RECOUNTED;
}

static int64_t
above(int64_t n)
{
	return n > 0 ? n : 0;
}

int
stocktake_counted_by(struct txn *txn, int64_t id, int64_t staff_id)
{
	return db_exec(txn, sql_who, DB_ARGS(db_i(id), db_i(staff_id)), NULL);
}

int
stocktake_put(struct session *s, struct txn *txn, const struct stocktake_now *t,
    struct stocktake_line_now *l)
{
	int64_t added = l->id == 0, before = l->value, was = LINE_TO_COUNT;
	int rc = worth(s, t, l, &l->value);

	if (rc == 0 && added)
		rc = db_insert(txn, sql_add,
		    DB_ARGS(db_i(t->id), db_i(l->bin_id), db_i(l->variant_id),
			db_i(LINE_TO_COUNT)),
		    &l->id);
	if (rc == 0)
		rc = db_fetch1(txn, sql_state, DB_ARGS(db_i(l->id)), &was);
	if (rc == 0)
		rc = db_exec(txn, sql_put,
		    DB_ARGS(db_i(l->id), db_i(l->state), db_i(l->book),
			db_i(l->counted), db_i(l->first), db_i(l->value),
			db_i(s->staff_id), db_i(time_now()), db_i(l->picked)),
		    NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_keep,
		    DB_ARGS(db_i(t->id), db_i(added),
			db_i(is_counted(l->state) - is_counted(was)),
			db_i(above(l->value) - above(before)),
			db_i(above(-l->value) - above(-before))),
		    NULL);
	return rc;
}

static const char sql_others[] =
    "SELECT count(*) FROM staff p WHERE p.active = 1 AND p.id <> $1"
    " AND EXISTS (SELECT 1 FROM staff_role r"
    " JOIN role_perm m ON m.role_id = r.role_id WHERE r.staff_id = p.id"
    " AND m.perm = $2) AND NOT EXISTS (SELECT 1 FROM stocktake_staff c"
    " WHERE c.stocktake_id = $3 AND c.staff_id = p.id) /*scan*/";

int
stocktake_others(
    struct session *s, int64_t id, const char *perm, bool fresh, int64_t *n)
{
	return db_get1(s->db, sql_others,
	    DB_ARGS(db_i(s->staff_id), db_t(perm), db_i(fresh ? id : 0)), n);
}

static const char sql_line[] =
    "SELECT id, state, book, counted, first, value, staff_id, picked"
    " FROM stocktake_line WHERE stocktake_id = $1 AND bin_id = $2"
    " AND variant_id = $3";

static int
read_line(struct session *s, const struct stocktake_now *t,
    struct stocktake_line_now *l)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_line,
	    DB_ARGS(db_i(t->id), db_i(l->bin_id), db_i(l->variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		l->id = db_int(rows, 0);
		l->state = (enum stocktake_line_state)db_int(rows, 1);
		l->book = db_int(rows, 2);
		l->counted = db_int(rows, 3);
		l->first = db_int(rows, 4);
		l->value = db_int(rows, 5);
		l->staff_id = db_int(rows, 6);
		l->picked = db_int(rows, 7);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_has_bin[] =
    "SELECT count(*) FROM stocktake_bin WHERE stocktake_id = $1"
    " AND bin_id = $2";
static const char sql_has_product[] =
    "SELECT count(*) FROM stocktake_line WHERE stocktake_id = $1"
    " AND variant_id = $2";
static const char sql_kit[] = "SELECT kit FROM variant WHERE id = $1";

static int
check_bin(struct session *s, const struct stocktake_now *t, int64_t bin_id)
{
	struct bin_now b;
	int64_t n = 1;
	int rc;

	if ((rc = bin_read(s, bin_id, &b)) < 0)
		return rc;
	if (t->kind == STOCKTAKE_BINS)
		rc = db_get1(
		    s->db, sql_has_bin, DB_ARGS(db_i(t->id), db_i(bin_id)), &n);
	if (rc == 0 && (n == 0 || b.warehouse_id != t->warehouse_id))
		return err_set(&s->err, ERR_STATE, "bin",
		    _("Bin %s is not counted in %s"), b.code, t->no);
	return rc;
}

/* What no book knows in that bin. */
static int
check_found(struct session *s, const struct stocktake_now *t,
    const struct stocktake_line_now *l)
{
	int64_t n = 1, kit = 0;
	int rc = 0;

	if (t->kind == STOCKTAKE_SPOT)
		rc = db_get1(s->db, sql_has_product,
		    DB_ARGS(db_i(t->id), db_i(l->variant_id)), &n);
	if (rc == 0 && n == 0)
		return err_set(&s->err, ERR_STATE, "code",
		    _("This product is not counted in %s"), t->no);
	if (rc == 0)
		rc =
		    db_get1(s->db, sql_kit, DB_ARGS(db_i(l->variant_id)), &kit);
	if (rc == 0 && kit != 0)
		return err_set(&s->err, ERR_STATE, "code",
		    _("Kits are not counted: only what they are made up of"));
	return rc;
}

/* Once more, by somebody else where there is somebody. */
static int
check_again(struct session *s, const struct stocktake_now *t,
    const struct stocktake_line_now *l)
{
	int64_t others = 0;
	int rc = 0;

	if (l->state != LINE_AGAIN && l->state != LINE_RECOUNTED)
		return err_set(&s->err, ERR_STATE, "code",
		    _("Count %s is counted: this is not to be counted again"),
		    t->no);
	if (l->state == LINE_AGAIN && l->staff_id == s->staff_id)
		rc = stocktake_others(
		    s, t->id, perm_name(PERM_COUNT), false, &others);
	if (rc == 0 && others > 0)
		return err_set(&s->err, ERR_STATE, "code",
		    _("You counted this before: somebody else counts it "
		      "again"));
	return rc;
}

static int
count(struct session *s, struct txn *txn, const struct stocktake_now *t,
    struct stocktake_line_now *l, enum stocktake_how how, int64_t qty)
{
	bool anew =
	    l->id == 0 || l->state == LINE_TO_COUNT || l->state == LINE_AGAIN;
	int rc = 0;

	if (anew || how == STOCKTAKE_EXACTLY)
		rc = stocktake_freeze(s, t, l);
	if (l->state == LINE_AGAIN)
		l->first = l->counted;
	if (anew || how == STOCKTAKE_EXACTLY)
		l->counted = 0;
	l->counted += qty;
	if (rc == 0 && l->counted > STOCK_QTY_MAX)
		return check_qty(s, l->counted);
	if (t->state == STOCKTAKE_COUNTING)
		l->state = LINE_COUNTED;
	else
		l->state = LINE_RECOUNTED;
	if (rc == 0)
		rc = stocktake_put(s, txn, t, l);
	return rc < 0 ? rc : stocktake_counted_by(txn, t->id, s->staff_id);
}

static const char sql_name[] =
    "SELECT sku_code, name FROM variant WHERE id = $1";

static int
tell(struct session *s, const struct stocktake_now *t,
    const struct stocktake_line_now *l, struct stocktake_taken *out)
{
	struct db_rows *rows;
	int rc;

	*out = (struct stocktake_taken){ .variant_id = l->variant_id,
		.counted = l->counted,
		.shown = !t->blind };
	if (out->shown) {
		out->book = l->book + l->picked;
		out->picked = l->picked;
	}
	rc = db_query(s->db, sql_name, DB_ARGS(db_i(l->variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(
		    out->sku_code, sizeof(out->sku_code), db_text(rows, 0));
		copy_text(out->name, sizeof(out->name), db_text(rows, 1));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
find(struct session *s, const struct stocktake_now *t,
    struct stocktake_line_now *l, const char *code)
{
	int rc;

	if (t->state != STOCKTAKE_COUNTED &&
	    (rc = stocktake_need(s, t, STOCKTAKE_COUNTING)) < 0)
		return rc;
	if ((rc = check_bin(s, t, l->bin_id)) < 0)
		return rc;
	rc = code_variant(s, code, &l->variant_id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "code",
		    _("No product has the barcode or code %.60s"), code);
	if (rc < 0 || (rc = read_line(s, t, l)) < 0)
		return rc;
	if (t->state == STOCKTAKE_COUNTED)
		return check_again(s, t, l);
	return l->id == 0 ? check_found(s, t, l) : 0;
}

int
stocktake_take(struct session *s, int64_t id, int64_t bin_id, const char *code,
    enum stocktake_how how, int64_t qty, struct stocktake_taken *out)
{
	struct stocktake_line_now l = { .bin_id = bin_id };
	struct stocktake_now t = { .id = 0 };
	struct txn *txn;
	int rc;

	if (how == STOCKTAKE_MORE || qty != 0)
		if ((rc = check_qty(s, qty)) < 0)
			return rc;
	if ((rc = op_begin(s, &op_take, &txn)) < 0)
		return rc;
	rc = stocktake_read(s, id, &t);
	if (rc == 0)
		rc = find(s, &t, &l, code);
	if (rc == 0)
		rc = count(s, txn, &t, &l, how, qty);
	if (rc == 0)
		rc = tell(s, &t, &l, out);
	if (rc == 0)
		rc = op_commit(s, &op_take, &txn, id, "%s %s %" PRId64, t.no,
		    out->sku_code, l.counted);
	op_abort(s, &txn);
	return rc;
}

#define OPEN_IN \
	" FROM bin b WHERE b.warehouse_id = $1 AND b.id <> $4 AND EXISTS" \
	" (SELECT 1 FROM stocktake_line l WHERE l.stocktake_id = $2" \
	" AND l.state = $3 AND l.bin_id = b.id)"
static const char sql_place[] =
    "SELECT b.code, coalesce(sum(CASE WHEN l.state = $3 THEN 1 END), 0),"
    " coalesce(sum(CASE WHEN l.state = $4 THEN 1 END), 0),"
    " coalesce(sum(CASE WHEN l.state = $4 THEN l.counted END), 0)"
    " FROM bin b LEFT JOIN stocktake_line l ON l.bin_id = b.id"
    " AND l.stocktake_id = $1 WHERE b.id = $2 GROUP BY b.code";
static const char sql_open_bins[] = "SELECT count(*)" OPEN_IN;
/* From here on as one walks, then round again. */
static const char sql_next[] =
    "SELECT b.code" OPEN_IN " ORDER BY (b.walk, b.along) < (SELECT walk, along"
    " FROM bin WHERE id = $4), b.walk, b.along LIMIT 1 /*sort*/";

static int
read_next(struct session *s, const struct stocktake_now *t, int64_t todo,
    struct stocktake_place *out)
{
	struct db_rows *rows = NULL;
	int rc;

	rc = db_get1(s->db, sql_open_bins,
	    DB_ARGS(db_i(t->warehouse_id), db_i(t->id), db_i(todo),
		db_i(out->bin_id)),
	    &out->bins);
	if (rc == 0)
		rc = db_query(s->db, sql_next,
		    DB_ARGS(db_i(t->warehouse_id), db_i(t->id), db_i(todo),
			db_i(out->bin_id)),
		    &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(out->next, sizeof(out->next), db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
stocktake_place(
    struct session *s, int64_t id, int64_t bin_id, struct stocktake_place *out)
{
	int64_t todo, done;
	struct stocktake_now t = { .id = 0 };
	struct db_rows *rows;
	int rc;

	*out = (struct stocktake_place){ .bin_id = bin_id };
	if ((rc = session_need(s, PERM_COUNT)) < 0 ||
	    (rc = stocktake_read(s, id, &t)) < 0)
		return rc;
	todo = t.state == STOCKTAKE_COUNTING ? LINE_TO_COUNT : LINE_AGAIN;
	done = t.state == STOCKTAKE_COUNTING ? LINE_COUNTED : LINE_RECOUNTED;
	rc = db_query(s->db, sql_place,
	    DB_ARGS(db_i(id), db_i(bin_id), db_i(todo), db_i(done)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(out->bin, sizeof(out->bin), db_text(rows, 0));
		out->open = db_int(rows, 1);
		out->done = db_int(rows, 2);
		out->pieces = db_int(rows, 3);
	}
	db_done(rows);
	return rc < 0 ? rc : read_next(s, &t, todo, out);
}

int
stocktake_bin(struct session *s, int64_t id, const char *code,
    struct stocktake_place *out)
{
	struct stocktake_now t = { .id = 0 };
	struct bin_now b = { .id = 0 };
	int64_t bin = 0;
	int rc;

	if ((rc = session_need(s, PERM_COUNT)) < 0 ||
	    (rc = stocktake_read(s, id, &t)) < 0)
		return rc;
	if (code[0] != '\0') {
		rc = bin_scan(s, t.warehouse_id, code, &bin);
	} else {
		rc = bin_find(s, t.warehouse_id, "", &b);
		bin = b.id;
	}
	if (rc == 0)
		rc = check_bin(s, &t, bin);
	return rc < 0 ? rc : stocktake_place(s, id, bin, out);
}
