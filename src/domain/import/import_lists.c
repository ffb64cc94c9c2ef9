/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"

#include "../stock/stock_priv.h"
#include "import_list.h"
#include "import_priv.h"
#include "import_product.h"

/* Our own lists: products, opening stock. Customers: import_customers.c. */

void
list_count(struct job *j, enum outcome what)
{
	j->im->sum.new_n += what == MADE;
	j->im->sum.updated_n += what == CHANGED;
	j->im->sum.unchanged_n += what == SAME;
}

int
list_each_row(struct job *j, struct imp_file *f,
    int (*take)(struct job *j, struct imp_row *row, enum outcome *what))
{
	struct sheet_row raw;
	struct imp_row row;
	enum outcome what;
	int rc;

	row_bind(&row, f);
	while ((rc = job_next(j, f, &raw)) > 0) {
		arena_reset(&j->scratch);
		if (!row_read(j, &row, &raw))
			continue;
		what = REFUSED;
		if ((rc = take(j, &row, &what)) < 0)
			break;
		list_count(j, what);
		if ((rc = piece_row(j)) < 0)
			break;
	}
	return rc;
}

static const char sql_variant[] =
    "SELECT v.id FROM variant v WHERE v.sku_code = $1";
static const char sql_barcode[] =
    "SELECT variant_id FROM barcode WHERE code = $1";

int
list_look_up(struct job *j, const char *sql, struct slice v, int64_t *id)
{
	int rc = db_get1(j->s->db, sql, DB_ARGS(slice_val(v)), id);

	if (rc != ERR_NOTFOUND)
		return rc;
	*id = 0;
	return 0;
}

static const char sql_product[] =
    "SELECT id FROM product WHERE name = $1 ORDER BY id LIMIT 1";
static const char sql_product_add[] =
    "INSERT INTO product (name, created_at) VALUES ($1, $2)";

static int
product_find(struct job *j, struct slice name, int64_t *id)
{
	int rc = list_look_up(j, sql_product, name, id);

	if (rc < 0 || *id != 0)
		return rc;
	return db_insert(j->txn, sql_product_add,
	    DB_ARGS(slice_val(name), db_i(j->now)), id);
}

static const char sql_variant_now[] =
    "SELECT v.name, p.name, v.price, v.weight, v.reorder_at, v.target_level,"
    " coalesce(s.bin, ''), v.kit FROM variant v"
    " JOIN product p ON p.id = v.product_id"
    " LEFT JOIN stock s ON s.variant_id = v.id AND s.warehouse_id = $2"
    " WHERE v.id = $1";
static const char sql_variant_add[] =
    "INSERT INTO variant (product_id, sku_code, name, price, weight,"
    " reorder_at, target_level, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
static const char sql_variant_set[] =
    "UPDATE variant SET product_id = $2, name = $3, price = $4, weight = $5,"
    " reorder_at = $6, target_level = $7, version = version + 1"
    " WHERE id = $1";

enum { N_PRICE, N_WEIGHT, N_REORDER, N_TARGET, N_NUMBERS };
static const enum imp_field numbers[N_NUMBERS] = { F_PRICE, F_WEIGHT,
	F_REORDER_AT, F_TARGET_LEVEL };

struct variant_now {
	struct slice name, product, bin;
	int64_t n[N_NUMBERS];
	bool kit; /* which weighs what its parts do, and is never bought */
};

struct slice
list_text(struct job *j, const struct db_rows *rows, int col)
{
	return slice_of(arena_strdup(&j->scratch, db_text(rows, col)));
}

static int
variant_read(struct job *j, int64_t id, struct variant_now *v)
{
	struct db_rows *rows;
	int i, rc;

	rc = db_query(j->s->db, sql_variant_now,
	    DB_ARGS(db_i(id), db_i(WAREHOUSE_MAIN)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		v->name = list_text(j, rows, 0);
		v->product = list_text(j, rows, 1);
		for (i = 0; i < N_NUMBERS; i++)
			v->n[i] = db_int(rows, 2 + i);
		v->bin = list_text(j, rows, 6);
		v->kit = db_int(rows, 7) != 0;
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static bool
replace(struct slice *to, struct slice v)
{
	if (v.n == 0 || slice_same(v, to->s, to->n))
		return false;
	*to = v;
	return true;
}

/* What the row says, over what is known. */
static bool
variant_apply(const struct imp_row *row, struct variant_now *v)
{
	bool changed = replace(&v->product, row->f[F_PRODUCT]);
	int i;

	changed |= replace(&v->name, row->f[F_NAME]);
	for (i = 0; i < N_NUMBERS; i++) {
		if (!(row->has & BIT(numbers[i])) ||
		    v->n[i] == row->n[numbers[i]] || (v->kit && i != N_PRICE))
			continue;
		v->n[i] = row->n[numbers[i]];
		changed = true;
	}
	return changed;
}

static int
variant_write(struct job *j, const struct imp_row *row,
    const struct variant_now *v, int64_t *id)
{
	int64_t product;
	int rc;

	if ((rc = product_find(j, v->product, &product)) < 0)
		return rc;
	if (*id != 0)
		return db_exec(j->txn, sql_variant_set,
		    DB_ARGS(db_i(*id), db_i(product), slice_val(v->name),
			db_i(v->n[N_PRICE]), db_i(v->n[N_WEIGHT]),
			db_i(v->n[N_REORDER]), db_i(v->n[N_TARGET])),
		    NULL);
	return db_insert(j->txn, sql_variant_add,
	    DB_ARGS(db_i(product), slice_val(row->f[F_SKU]), slice_val(v->name),
		db_i(v->n[N_PRICE]), db_i(v->n[N_WEIGHT]),
		db_i(v->n[N_REORDER]), db_i(v->n[N_TARGET]), db_i(j->now)),
	    id);
}

static int
note_barcode(struct job *j, int64_t id, struct slice code)
{
	struct noted note = {
		.kind = "variant", .subject = id, .what = "barcodes"
	};
	struct str image = STR_INIT;
	int rc;

	image_text(&image, "barcode", code);
	note.after = slice_text(&j->scratch, code);
	note.image = image.s;
	rc = change_note(j, &note);
	str_done(&image);
	return rc;
}

static const char sql_product_of[] =
    "SELECT product_id FROM variant WHERE id = $1";

/* What it was like, and what people see of the change. */
static int
note_variant(struct job *j, int64_t id, const struct variant_now *was,
    const struct variant_now *is)
{
	struct noted note = { .kind = "variant", .subject = id };
	char before[MONEY_SIZE], after[MONEY_SIZE];
	struct str image = STR_INIT;
	int64_t product = 0;
	int rc;

	rc = db_fetch1(j->txn, sql_product_of, DB_ARGS(db_i(id)), &product);
	if (rc < 0)
		return rc;
	image_int(&image, "product", product);
	image_text(&image, "name", was->name);
	image_int(&image, "price", was->n[N_PRICE]);
	image_int(&image, "weight", was->n[N_WEIGHT]);
	image_int(&image, "reorder_at", was->n[N_REORDER]);
	image_int(&image, "target_level", was->n[N_TARGET]);
	image_text(&image, "bin", was->bin);
	note.image = image.s;
	if (was->n[N_PRICE] != is->n[N_PRICE]) {
		note.what = "price";
		note.before = money_plain(was->n[N_PRICE], before);
		note.after = money_plain(is->n[N_PRICE], after);
	} else if (!slice_same(was->bin, is->bin.s, is->bin.n)) {
		note.what = "bin";
		note.before = slice_text(&j->scratch, was->bin);
		note.after = slice_text(&j->scratch, is->bin);
	} else if (!slice_same(was->name, is->name.s, is->name.n) ||
		   !slice_same(was->product, is->product.s, is->product.n)) {
		note.what = "name";
		note.before = slice_text(&j->scratch, was->name);
		note.after = slice_text(&j->scratch, is->name);
	} else {
		note.what = "levels";
	}
	rc = change_note(j, &note);
	str_done(&image);
	return rc;
}

/* What this import made itself goes as a whole. */
static bool
is_fresh(const struct job *j, int64_t variant)
{
	return variant > j->made_from[MADE_VARIANT];
}

int
variant_note_fill(struct job *j, int64_t id, int64_t price, int64_t weight)
{
	struct variant_now was, is;
	int rc;

	if (is_fresh(j, id))
		return 0;
	if ((rc = variant_read(j, id, &was)) < 0)
		return rc;
	is = was;
	if (is.n[N_PRICE] == 0)
		is.n[N_PRICE] = price;
	if (is.n[N_WEIGHT] == 0)
		is.n[N_WEIGHT] = weight;
	if (memcmp(is.n, was.n, sizeof(is.n)) == 0)
		return 0;
	return note_variant(j, id, &was, &is);
}

int
variant_note_barcode(struct job *j, int64_t id, struct slice code)
{
	return is_fresh(j, id) ? 0 : note_barcode(j, id, code);
}

static const char sql_barcode_add[] =
    "INSERT INTO barcode (code, variant_id) VALUES ($1, $2)";

/* Codes it does not have yet; one that means something else is refused before
 * anything is written. */
static int
barcodes(struct job *j, const struct imp_row *row, int64_t id, bool write,
    bool *fine, bool *fresh)
{
	char *all, *code, *rest;
	int64_t owner, sku_owner;
	int rc = 0;

	all = arena_strndup(
	    &j->scratch, row->f[F_BARCODES].s, row->f[F_BARCODES].n);
	for (code = strtok_r(all, " ,;\t", &rest); rc == 0 && code != NULL;
	     code = strtok_r(NULL, " ,;\t", &rest)) {
		struct slice v = slice_of(code);

		if ((rc = list_look_up(j, sql_barcode, v, &owner)) < 0 ||
		    (rc = list_look_up(j, sql_variant, v, &sku_owner)) < 0)
			return rc;
		if ((owner != 0 && owner != id) ||
		    (sku_owner != 0 && sku_owner != id)) {
			reject(j, row->file, row->raw, F_BARCODES,
			    _("%s belongs to another product already"), code);
			*fine = false;
			return 0;
		}
		if (owner != 0)
			continue;
		*fresh = true;
		if (write)
			rc = db_exec(j->txn, sql_barcode_add,
			    DB_ARGS(slice_val(v), db_i(id)), NULL);
		if (rc == 0 && write && id <= j->made_from[MADE_VARIANT])
			rc = note_barcode(j, id, v);
	}
	return rc;
}

static bool
product_fits(
    struct job *j, const struct imp_row *row, const struct variant_now *v)
{
	if (row->f[F_SKU].n > 63) {
		reject(j, row->file, row->raw, F_SKU,
		    _("The code is longer than %d bytes"), 63);
		return false;
	}
	if (v->n[N_TARGET] != 0 && v->n[N_TARGET] < v->n[N_REORDER]) {
		reject(j, row->file, row->raw, F_TARGET_LEVEL,
		    _("The target level is below the reorder point"));
		return false;
	}
	return true;
}

/* The row, which is right, as a variant; @old: the one there is, or 0. */
static int
product_write(struct job *j, const struct imp_row *row,
    const struct variant_now *v, const struct wares *wares, int64_t old,
    bool bin)
{
	bool fine, fresh;
	int64_t id = old;
	int rc;

	if ((rc = variant_write(j, row, v, &id)) < 0 ||
	    (rc = barcodes(j, row, id, true, &fine, &fresh)) < 0 ||
	    (rc = wares_write(j, wares, id, false, &fresh)) < 0)
		return rc;
	if (bin && (rc = stock_bin(
			j->s, j->txn, id, slice_text(&j->scratch, v->bin))) < 0)
		return rc;
	if ((rc = stock_low(j->s, j->txn, id)) < 0)
		return rc;
	return op_note(j->s, &op_import, j->txn, "variant", id, "%s",
	    old == 0 ? "made" : "changed");
}

static int
product_row(struct job *j, struct imp_row *row, enum outcome *what)
{
	struct slice empty = { .s = "" };
	struct variant_now v = { .name = empty,
		.product = empty,
		.bin = empty },
			   was;
	struct wares wares;
	bool fine = true, fresh = false, changed, bin, told;
	int64_t id = 0, old;
	int rc;

	if ((rc = list_look_up(j, sql_variant, row->f[F_SKU], &id)) < 0)
		return rc;
	old = id;
	if (old != 0 && (rc = variant_read(j, id, &v)) < 0)
		return rc;
	was = v;
	changed = variant_apply(row, &v);
	if (v.product.n == 0)
		v.product = v.name.n > 0 ? v.name : row->f[F_SKU];
	if (v.name.n == 0)
		v.name = v.product;
	bin = replace(&v.bin, row->f[F_BIN]);
	if (!product_fits(j, row, &v) || !wares_read(j, row, &wares))
		return 0;
	rc = barcodes(j, row, old != 0 ? old : -1, false, &fine, &fresh);
	if (rc < 0 || !fine)
		return rc;
	if ((rc = wares_differ(j, &wares, old, v.product, &told)) < 0)
		return rc;
	/* When trying out, a piece does not see those before it. */
	*what = old == 0 && job_first(j, 'v', row->f[F_SKU])  ? MADE
		: old == 0 || changed || bin || fresh || told ? CHANGED
							      : SAME;
	if (*what == SAME)
		return 0;
	j->im->sum.products_new += *what == MADE;
	if (old != 0 && (changed || bin) &&
	    (rc = note_variant(j, old, &was, &v)) < 0)
		return rc;
	return product_write(j, row, &v, &wares, old, bin);
}

int
products_file(struct job *j, struct imp_file *f)
{
	return list_each_row(j, f, product_row);
}

#define OPENING "opening stock" /* the slip's reason, as data */

/* Opening stock is what was there before the ledger began, but for what was
 * taken back. */
static const char sql_moves[] =
    "SELECT count(*) FROM (SELECT 1 FROM stock_move m"
    " JOIN stock_slip s ON s.id = m.slip_id WHERE m.variant_id = $1"
    " AND m.warehouse_id = $2 AND s.reverses_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM stock_slip b WHERE b.reverses_id = s.id)"
    " LIMIT 1) n";
/* The file says what is so: it was opened with that, or there is that. */
static const char sql_opened[] =
    "SELECT (SELECT count(*) FROM stock_move m"
    " JOIN stock_slip s ON s.id = m.slip_id"
    " WHERE m.variant_id = $1 AND m.warehouse_id = $2 AND s.kind = 'receipt'"
    " AND s.reason = $3 AND m.qty = $4 AND NOT EXISTS"
    " (SELECT 1 FROM stock_slip b WHERE b.reverses_id = s.id))"
    " + (SELECT count(*) FROM stock WHERE variant_id = $1"
    " AND warehouse_id = $2 AND on_hand = $4)";

static int
opening_state(
    struct job *j, const struct imp_row *row, int64_t id, enum outcome *what)
{
	int64_t n;
	int rc;

	rc = db_get1(
	    j->s->db, sql_moves, DB_ARGS(db_i(id), db_i(WAREHOUSE_MAIN)), &n);
	if (rc < 0)
		return rc;
	*what = row->n[F_QTY] == 0 ? SAME : MADE;
	if (n == 0)
		return 0;
	rc = db_get1(j->s->db, sql_opened,
	    DB_ARGS(db_i(id), db_i(WAREHOUSE_MAIN), db_t(OPENING),
		db_i(row->n[F_QTY])),
	    &n);
	if (rc < 0)
		return rc;
	*what = n > 0 || row->n[F_QTY] == 0 ? SAME : REFUSED;
	if (*what == REFUSED)
		reject(j, row->file, row->raw, F_SKU,
		    _("Its stock is in the ledger already: receive or adjust "
		      "it there"));
	return 0;
}

static const char sql_home[] =
    "SELECT coalesce((SELECT bin FROM stock WHERE variant_id = $1"
    " AND warehouse_id = $2), '')";

/* Goods that have no bin yet get the one where they are put. */
static int
note_home(struct job *j, int64_t id, const char *bin)
{
	const struct noted note = { .kind = "variant",
		.subject = id,
		.what = "bin",
		.after = bin,
		.image = "bin" };
	struct db_rows *rows;
	bool none = true;
	int rc;

	if (is_fresh(j, id) || bin == NULL)
		return 0;
	rc = db_query(
	    j->s->db, sql_home, DB_ARGS(db_i(id), db_i(WAREHOUSE_MAIN)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		none = db_len(rows, 0) == 0;
	db_done(rows);
	if (rc < 0)
		return rc;
	return none ? change_note(j, &note) : 0;
}

static int
stock_row(struct job *j, struct imp_row *row, enum outcome *what)
{
	struct slip slip = { .kind = "receipt",
		.warehouse_id = WAREHOUSE_MAIN,
		.reason = OPENING };
	struct slip_move m = { .warehouse_id = WAREHOUSE_MAIN, .priced = true };
	int64_t id;
	int rc;

	if ((rc = list_look_up(j, sql_variant, row->f[F_SKU], &id)) < 0 ||
	    (id == 0 &&
		(rc = list_look_up(j, sql_barcode, row->f[F_SKU], &id)) < 0))
		return rc;
	if (id == 0) {
		reject(j, row->file, row->raw, F_SKU,
		    _("There is no product with this code"));
		return 0;
	}
	if (!row_names_fit(j, row))
		return 0;
	if ((row->has & BIT(F_COST)) && row->n[F_COST] > STOCK_COST_MAX) {
		reject(j, row->file, row->raw, F_COST,
		    _("The cost of one piece is too high"));
		return 0;
	}
	if ((rc = opening_state(j, row, id, what)) < 0 || *what != MADE)
		return rc;
	slip.supplier = slice_text(&j->scratch, row->f[F_SUPPLIER]);
	if (j->slip_id == 0 &&
	    (rc = slip_open(j->s, j->txn, &slip, &j->slip_id)) < 0)
		return rc;
	m.slip_id = j->slip_id;
	m.variant_id = id;
	m.qty = row->n[F_QTY];
	m.value = row->has & BIT(F_LINE_TOTAL) ? row->n[F_LINE_TOTAL]
					       : row->n[F_QTY] * row->n[F_COST];
	m.bin =
	    row->f[F_BIN].n > 0 ? slice_text(&j->scratch, row->f[F_BIN]) : NULL;
	j->im->sum.lines_new++;
	rc = note_home(j, id, m.bin);
	return rc < 0 ? rc : slip_move(j->s, j->txn, &m, NULL);
}

int
stock_file(struct job *j, struct imp_file *f)
{
	return list_each_row(j, f, stock_row);
}
