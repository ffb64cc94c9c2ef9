/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "kits_priv.h"

/* What kits are made up of. */

static const struct op op_kit = { "product-kit", PERM_PRODUCT_EDIT, "variant" };

#define KIT_ROW  INT64_C(1000000000)
#define KITS_MAX 1000 /* that one product is a part of, as far as is shown */

static void
take_part(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct kit_part *p = out;
	int64_t on_hand = db_int(rows, 6);

	p->id = db_int(rows, 0);
	p->sku_code = row_text(rows, 1, arena);
	p->name = row_text(rows, 2, arena);
	p->qty = db_int(rows, 3);
	p->available = db_int(rows, 4);
	p->weight = db_int(rows, 5);
	p->unit_cost =
	    on_hand > 0 ? (db_int(rows, 7) + on_hand / 2) / on_hand : 0;
}

static int
read_parts(struct session *s, struct query *q, const char *key, size_t limit,
    struct page *out)
{
	const struct query_key keys[] = { { key, db_i(0) } };
	struct kit_part *p;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	query_page(q, keys, 1, false, PAGE_FIRST, limit);
	rc = query_fetch(s->db, q, PAGE_FIRST, sizeof(struct kit_part), limit,
	    take_part, out);
	if (rc == 0 && !session_may(s, PERM_COST_VIEW))
		for (i = 0, p = out->rows; i < out->n; i++)
			p[i].unit_cost = 0;
	return rc;
}

int
kit_parts(struct session *s, int64_t kit_id, struct page *out)
{
	struct query q = QUERY(
	    "SELECT v.id, v.sku_code, v.name, k.qty, st.available, v.weight,"
	    " st.on_hand, st.value FROM kit_part k JOIN variant v"
	    " ON v.id = k.part_id LEFT JOIN stock st ON st.variant_id = v.id"
	    " AND st.warehouse_id = 1 WHERE 1 = 1");

	query_and(&q, "k.kit_id =", db_i(kit_id));
	return read_parts(s, &q, "k.part_id", KIT_PARTS_MAX, out);
}

int
kits_with(struct session *s, int64_t part_id, struct page *out)
{
	struct query q =
	    QUERY("SELECT v.id, v.sku_code, v.name, k.qty, " KIT_AVAILABLE
		  ", " KIT_WEIGHT ", 0, 0 FROM kit_part k JOIN variant v"
		  " ON v.id = k.kit_id WHERE 1 = 1");

	query_and(&q, "k.part_id =", db_i(part_id));
	return read_parts(s, &q, "k.kit_id", KITS_MAX, out);
}

static void
take_row(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct kit_row *r = out;

	r->kit_id = db_int(rows, 0);
	r->part_id = db_int(rows, 1);
	r->id = r->kit_id * KIT_ROW + r->part_id;
	r->kit_sku = row_text(rows, 2, arena);
	r->kit = row_text(rows, 3, arena);
	r->part_sku = row_text(rows, 4, arena);
	r->part = row_text(rows, 5, arena);
	r->qty = db_int(rows, 6);
	r->available = db_int(rows, 7);
	r->weight = db_int(rows, 8);
	r->unit_cost =
	    db_int(rows, 9) > 0
		? (db_int(rows, 10) + db_int(rows, 9) / 2) / db_int(rows, 9)
		: 0;
}

int
kit_rows(struct session *s, int64_t kit_id, enum page_dir dir,
    const struct kit_row *from, size_t limit, struct page *out)
{
	struct query q =
	    QUERY("SELECT k.kit_id, k.part_id, v.sku_code, v.name, p.sku_code,"
		  " p.name, k.qty, st.available, p.weight, st.on_hand, st.value"
		  " FROM kit_part k"
		  " LEFT JOIN variant v ON v.id = k.kit_id"
		  " LEFT JOIN variant p ON p.id = k.part_id"
		  " LEFT JOIN stock st ON st.variant_id = k.part_id"
		  " AND st.warehouse_id = 1 WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "k.kit_id", db_i(from != NULL ? from->id / KIT_ROW : 0) },
		{ "k.part_id", db_i(from != NULL ? from->id % KIT_ROW : 0) },
	};
	struct kit_row *r;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	if (kit_id != 0)
		query_and(&q, "k.kit_id =", db_i(kit_id));
	query_page(&q, keys, 2, false, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct kit_row), limit, take_row, out);
	if (rc == 0 && !session_may(s, PERM_COST_VIEW))
		for (i = 0, r = out->rows; i < out->n; i++)
			r[i].unit_cost = 0;
	return rc;
}

/* A product, as far as it may be a kit or a part of one. */
struct thing {
	char sku[64];
	int64_t kit, sold, made, part, stocked;
};

static const char sql_thing[] =
    "SELECT v.sku_code, v.kit, v.kit_sold, p.made,"
    " CASE WHEN EXISTS (SELECT 1 FROM kit_part k WHERE k.part_id = v.id)"
    " THEN 1 ELSE 0 END,"
    " CASE WHEN EXISTS (SELECT 1 FROM stock_move m WHERE m.variant_id = v.id)"
    " OR EXISTS (SELECT 1 FROM reservation r WHERE r.variant_id = v.id)"
    " OR EXISTS (SELECT 1 FROM stock s WHERE s.variant_id = v.id"
    " AND (s.on_hand <> 0 OR s.in_transit <> 0)) THEN 1 ELSE 0 END"
    " FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = $1";

static int
thing_read(struct session *s, int64_t id, struct thing *t)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_thing, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(t->sku, sizeof(t->sku), row_text(rows, 0, NULL));
		t->kit = db_int(rows, 1);
		t->sold = db_int(rows, 2);
		t->made = db_int(rows, 3);
		t->part = db_int(rows, 4);
		t->stocked = db_int(rows, 5);
	}
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such product"));
	return rc < 0 ? rc : 0;
}

/* May it be a kit of so many parts? */
static int
check_kit(struct session *s, const struct thing *t, size_t n)
{
	if (n > KIT_PARTS_MAX)
		return err_set(&s->err, ERR_INVALID, "part",
		    _("A kit has %d parts at most"), KIT_PARTS_MAX);
	if (n == 0)
		return t->kit != 0 && t->sold != 0
			   ? err_set(&s->err, ERR_STATE, "part",
				 _("%s was sold as a kit: it stays one"),
				 t->sku)
			   : 0;
	if (t->part != 0)
		return err_set(&s->err, ERR_STATE, "part",
		    _("%s is part of a kit itself"), t->sku);
	if (t->made != 0)
		return err_set(&s->err, ERR_STATE, "part",
		    _("%s is made to order: it cannot be a kit"), t->sku);
	if (t->kit == 0 && t->stocked != 0)
		return err_set(&s->err, ERR_STATE, "part",
		    _("%s has stock of its own, or had it, or orders wait for "
		      "it: make a new product of the kit"),
		    t->sku);
	return 0;
}

static int
check_part(struct session *s, int64_t kit_id, const struct kit_piece *v,
    size_t at, struct thing *t)
{
	size_t i;
	int rc;

	if (v[at].qty < 1 || v[at].qty > KIT_QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("A number of pieces from 1 to %d is wanted"),
		    KIT_QTY_MAX);
	if ((rc = thing_read(s, v[at].part_id, t)) < 0)
		return rc;
	if (v[at].part_id == kit_id)
		return err_set(&s->err, ERR_INVALID, "part",
		    _("%s cannot be a part of itself"), t->sku);
	if (t->kit != 0)
		return err_set(&s->err, ERR_INVALID, "part",
		    _("%s is a kit: a kit is made up of single products"),
		    t->sku);
	for (i = 0; i < at; i++)
		if (v[i].part_id == v[at].part_id)
			return err_set(&s->err, ERR_INVALID, "part",
			    _("%s is named twice"), t->sku);
	return 0;
}

int
kit_check(
    struct session *s, int64_t kit_id, const struct kit_piece *v, size_t n)
{
	struct thing kit = { .kit = 0 }, part = { .kit = 0 };
	size_t i;
	int rc;

	if ((rc = thing_read(s, kit_id, &kit)) < 0)
		return rc;
	rc = check_kit(s, &kit, n);
	for (i = 0; rc == 0 && i < n; i++)
		rc = check_part(s, kit_id, v, i, &part);
	return rc;
}

int
kit_words(
    struct session *s, const struct kit_piece *v, size_t n, struct str *out)
{
	struct thing part = { .kit = 0 };
	size_t i;
	int rc = 0;

	if (n == 0)
		str_add(out, "single");
	for (i = 0; i < n; i++) {
		if ((rc = thing_read(s, v[i].part_id, &part)) < 0)
			break;
		str_addf(out, "%s%" PRId64 " x %s", i > 0 ? ", " : "", v[i].qty,
		    part.sku);
	}
	return rc;
}

static const char sql_clear[] = "DELETE FROM kit_part WHERE kit_id = $1";
static const char sql_part[] =
    "INSERT INTO kit_part (kit_id, part_id, qty) VALUES ($1, $2, $3)";
/* Nothing of a kit is ever ordered from a supplier. */
static const char sql_kit[] =
    "UPDATE variant SET kit = $2, version = version + 1,"
    " reorder_at = CASE WHEN $2 = 1 THEN 0 ELSE reorder_at END,"
    " target_level = CASE WHEN $2 = 1 THEN 0 ELSE target_level END"
    " WHERE id = $1";

int
kit_write(struct session *s, struct txn *txn, int64_t kit_id,
    const struct kit_piece *v, size_t n)
{
	size_t i;
	int rc = db_exec(txn, sql_clear, DB_ARGS(db_i(kit_id)), NULL);

	for (i = 0; rc == 0 && i < n; i++)
		rc = db_exec(txn, sql_part,
		    DB_ARGS(db_i(kit_id), db_i(v[i].part_id), db_i(v[i].qty)),
		    NULL);
	if (rc == 0)
		rc = db_exec(
		    txn, sql_kit, DB_ARGS(db_i(kit_id), db_i(n > 0)), NULL);
	s->kits.read = false;
	return rc < 0 ? rc : stock_low(s, txn, kit_id);
}

/* "KIT: 2 x PART, ..." is what the log says of it. */
static int
set_apply(struct session *s, struct txn **txn, int64_t kit_id,
    const struct kit_piece *v, size_t n)
{
	struct str words = STR_INIT;
	struct thing kit = { .kit = 0 };
	int rc;

	if ((rc = kit_check(s, kit_id, v, n)) < 0 ||
	    (rc = thing_read(s, kit_id, &kit)) < 0)
		return rc;
	str_addf(&words, "%s: ", kit.sku);
	rc = kit_words(s, v, n, &words);
	if (rc == 0)
		rc = kit_write(s, *txn, kit_id, v, n);
	if (rc == 0)
		rc = op_commit(s, &op_kit, txn, kit_id, "%s", words.s);
	str_done(&words);
	return rc;
}

int
kit_set(struct session *s, int64_t kit_id, const struct kit_piece *v, size_t n)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_kit, &txn)) < 0)
		return rc;
	rc = set_apply(s, &txn, kit_id, v, n);
	op_abort(s, &txn);
	return rc;
}

static const char sql_pieces[] =
    "SELECT part_id, qty FROM kit_part WHERE kit_id = $1 ORDER BY part_id";

int
kit_pieces(struct session *s, int64_t kit_id, struct kit_piece *v, size_t *n)
{
	struct db_rows *rows;
	int rc;

	*n = 0;
	rc = db_query(s->db, sql_pieces, DB_ARGS(db_i(kit_id)), &rows);
	if (rc < 0)
		return rc;
	while (*n < KIT_PARTS_MAX && (rc = db_next(rows)) > 0)
		v[(*n)++] =
		    (struct kit_piece){ db_int(rows, 0), db_int(rows, 1) };
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
put_apply(struct session *s, struct txn **txn, int64_t kit_id,
    const struct kit_piece *one)
{
	struct kit_piece v[KIT_PARTS_MAX + 1];
	size_t n, at;
	int rc;

	if ((rc = kit_pieces(s, kit_id, v, &n)) < 0)
		return rc;
	for (at = 0; at < n && v[at].part_id != one->part_id; at++)
		;
	if (at == n && one->qty == 0)
		return err_set(&s->err, ERR_NOTFOUND, "part",
		    _("That is no part of the kit"));
	n += at == n;
	v[at] = *one;
	if (one->qty == 0)
		v[at] = v[--n];
	return set_apply(s, txn, kit_id, v, n);
}

int
kit_put(struct session *s, int64_t kit_id, int64_t part_id, int64_t qty)
{
	const struct kit_piece one = { part_id, qty };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_kit, &txn)) < 0)
		return rc;
	rc = put_apply(s, &txn, kit_id, &one);
	op_abort(s, &txn);
	return rc;
}
