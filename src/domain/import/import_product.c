/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "../goods/companies_priv.h"
#include "../goods/products_priv.h"
#include "import_list.h"
#include "import_product.h"

#define OFFER_MAX 10000000000LL

static const enum imp_field text_fields[W_TEXTS] = { F_CATEGORY, F_BRAND,
	F_UNIT, F_GUARANTEE, F_NOTE, F_IMAGES };
static const size_t text_sizes[W_TEXTS] = { NAME_ROOM - 1, 63, 15, 199, 399,
	999 };
static const enum imp_field number_fields[W_NUMBERS] = { F_GUARANTEE_DAYS,
	F_MADE, F_LENGTH, F_WIDTH, F_HEIGHT, F_ACTIVE };
static const int64_t number_most[W_NUMBERS] = { 36500, 1, 100000, 100000,
	100000, 1 };
/* As images call them. */
static const char *const text_names[W_TEXTS] = { "category", "brand", "unit",
	"guarantee", "note", "images" };
static const char *const number_names[W_NUMBERS] = { "guarantee_days", "made",
	"length", "width", "height", "active" };

void
wares_init(struct wares *w)
{
	int i;

	*w = (struct wares){ .supplier = { .s = "" }, .price = -1 };
	for (i = 0; i < W_TEXTS; i++)
		w->text[i].s = "";
	for (i = 0; i < W_NUMBERS; i++)
		w->n[i] = -1;
}

/* "yes", as our files write it in either language. */
static int64_t
yes_or_no(struct slice v)
{
	static const char *const words[] = { "no", "yes", "否", "是", "0",
		"1" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_same(v, words[i], strlen(words[i])))
			return (int64_t)(i % 2);
	return -1;
}

static bool
read_number(struct job *j, struct imp_row *row, int i, struct wares *w)
{
	enum imp_field field = number_fields[i];

	if (row->f[field].n == 0)
		return true;
	if (i == W_MADE || i == W_ACTIVE) {
		w->n[i] = yes_or_no(row->f[field]);
		if (w->n[i] < 0)
			reject(j, row->file, row->raw, field,
			    _("Write yes or no"));
		return w->n[i] >= 0;
	}
	if (!row_number(j, row, field))
		return false;
	if (row->n[field] > number_most[i]) {
		reject(j, row->file, row->raw, field,
		    _("The number must be between 0 and %lld"),
		    (long long)number_most[i]);
		return false;
	}
	w->n[i] = row->n[field];
	return true;
}

bool
row_names_fit(struct job *j, struct imp_row *row)
{
	static const enum imp_field names[] = { F_PRODUCT, F_NAME, F_BIN,
		F_SUPPLIER };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (text_chars(slice_text(&j->scratch, row->f[names[i]])) <=
		    NAME_CHARS)
			continue;
		reject(j, row->file, row->raw, names[i],
		    _("The name is too long: %d characters at most"),
		    NAME_CHARS);
		return false;
	}
	return true;
}

bool
wares_read(struct job *j, struct imp_row *row, struct wares *w)
{
	char *path;
	int i;

	wares_init(w);
	for (i = 0; i < W_TEXTS; i++) {
		w->text[i] = row->f[text_fields[i]];
		if (w->text[i].n <= text_sizes[i])
			continue;
		reject(j, row->file, row->raw, text_fields[i],
		    _("The text is too long: %d bytes at most"),
		    (int)text_sizes[i]);
		return false;
	}
	path = arena_strndup(
	    &j->scratch, w->text[W_CATEGORY].s, w->text[W_CATEGORY].n);
	if (!category_tidy(path)) {
		reject(j, row->file, row->raw, F_CATEGORY,
		    _("The name is too long: %d characters at most"),
		    NAME_CHARS);
		return false;
	}
	w->text[W_CATEGORY] = slice_of(path);
	for (i = 0; i < W_NUMBERS; i++)
		if (!read_number(j, row, i, w))
			return false;
	w->supplier = row->f[F_SUPPLIER];
	if (row->has & BIT(F_COST))
		w->price = row->n[F_COST];
	if (w->price > OFFER_MAX) {
		reject(j, row->file, row->raw, F_COST,
		    _("The cost of one piece is too high"));
		return false;
	}
	return row_names_fit(j, row);
}

static const char sql_product[] =
    "SELECT coalesce(c.path, ''), p.brand, p.unit, p.guarantee, p.note,"
    " p.guarantee_days, p.made, p.id FROM product p"
    " LEFT JOIN category c ON c.id = p.category_id WHERE p.id = $1";
static const char sql_named[] =
    "SELECT id FROM product WHERE name = $1 ORDER BY id LIMIT 1";
static const char sql_product_of[] =
    "SELECT product_id FROM variant WHERE id = $1";
static const char sql_variant[] =
    "SELECT length, width, height, active FROM variant WHERE id = $1";
static const char sql_images[] =
    "SELECT path FROM product_image WHERE product_id = $1 ORDER BY seq";
static const char sql_offer[] = "SELECT i.price, c.name FROM supplier_item i"
				" JOIN company c ON c.id = i.company_id"
				" WHERE i.variant_id = $1 AND i.first = 1";

/* The pictures as the export writes them. */
static int
images_now(struct job *j, int64_t product, struct wares *w)
{
	struct str all = STR_INIT;
	struct db_rows *rows;
	int rc = db_query(j->s->db, sql_images, DB_ARGS(db_i(product)), &rows);

	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		str_addf(
		    &all, "%s%s", all.len > 0 ? ";" : "", db_text(rows, 0));
	db_done(rows);
	w->text[W_IMAGES] = slice_of(arena_strdup(&j->scratch, all.s));
	str_done(&all);
	return rc;
}

static int
product_now(struct job *j, int64_t product, struct wares *w)
{
	struct db_rows *rows;
	int i, rc;

	rc = db_query(j->s->db, sql_product, DB_ARGS(db_i(product)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		for (i = 0; i < W_IMAGES; i++)
			w->text[i] = list_text(j, rows, i);
		w->n[W_DAYS] = db_int(rows, 5);
		w->n[W_MADE] = db_int(rows, 6);
	}
	db_done(rows);
	return rc < 0 ? rc : images_now(j, product, w);
}

static int
variant_now(struct job *j, int64_t variant, struct wares *w)
{
	struct db_rows *rows;
	int i, rc;

	rc = db_query(j->s->db, sql_variant, DB_ARGS(db_i(variant)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		for (i = 0; i < 4; i++)
			w->n[W_LENGTH + i] = db_int(rows, i);
	db_done(rows);
	if (rc < 0)
		return rc;
	rc = db_query(j->s->db, sql_offer, DB_ARGS(db_i(variant)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		w->price = db_int(rows, 0);
		w->supplier = list_text(j, rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* As it stands; 0 for what there is not yet, which is empty then. */
static int
wares_now(struct job *j, int64_t variant, int64_t product, struct wares *w)
{
	int rc = 0, i;

	wares_init(w);
	for (i = 0; i < W_NUMBERS; i++)
		w->n[i] = i == W_ACTIVE;
	if (product != 0)
		rc = product_now(j, product, w);
	return rc == 0 && variant != 0 ? variant_now(j, variant, w) : rc;
}

/* @is: what will be, of what is said and what was. */
static bool
wares_apply(const struct wares *says, const struct wares *was, bool fill,
    struct wares *is)
{
	bool changed = false;
	int i;

	*is = *was;
	for (i = 0; i < W_TEXTS; i++) {
		if (says->text[i].n == 0 || (fill && was->text[i].n > 0) ||
		    slice_same(says->text[i], was->text[i].s, was->text[i].n))
			continue;
		is->text[i] = says->text[i];
		changed = true;
	}
	for (i = 0; i < W_NUMBERS; i++) {
		if (says->n[i] < 0 || says->n[i] == was->n[i] ||
		    (fill && was->n[i] > 0))
			continue;
		is->n[i] = says->n[i];
		changed = true;
	}
	return changed;
}

static bool
offer_differs(const struct wares *says, const struct wares *was)
{
	return says->supplier.n > 0 &&
	       (!slice_same(says->supplier, was->supplier.s, was->supplier.n) ||
		   (says->price >= 0 && says->price != was->price));
}

int
wares_differ(struct job *j, const struct wares *w, int64_t variant,
    struct slice product, bool *differs)
{
	struct wares was, is;
	int64_t id;
	int rc = list_look_up(j, sql_named, product, &id);

	if (rc == 0)
		rc = wares_now(j, variant, id, &was);
	if (rc == 0)
		*differs =
		    wares_apply(w, &was, false, &is) || offer_differs(w, &was);
	return rc;
}

static const char sql_set_product[] =
    "UPDATE product SET category_id = $2, brand = $3, unit = $4,"
    " guarantee = $5, note = $6, guarantee_days = $7, made = $8"
    " WHERE id = $1";
static const char sql_set_variant[] =
    "UPDATE variant SET length = $2, width = $3, height = $4, active = $5"
    " WHERE id = $1";

static int
wares_set(
    struct job *j, int64_t variant, int64_t product, const struct wares *w)
{
	int64_t category;
	int rc = category_make(j->s, j->txn,
	    slice_text(&j->scratch, w->text[W_CATEGORY]), &category);

	if (rc == 0)
		rc = db_exec(j->txn, sql_set_product,
		    DB_ARGS(db_i(product), db_id(category),
			slice_val(w->text[W_BRAND]), slice_val(w->text[W_UNIT]),
			slice_val(w->text[W_GUARANTEE]),
			slice_val(w->text[W_NOTE]), db_i(w->n[W_DAYS]),
			db_i(w->n[W_MADE])),
		    NULL);
	if (rc == 0)
		rc = product_images_set(j->s, j->txn, product,
		    slice_text(&j->scratch, w->text[W_IMAGES]));
	if (rc == 0)
		rc = db_exec(j->txn, sql_set_variant,
		    DB_ARGS(db_i(variant), db_i(w->n[W_LENGTH]),
			db_i(w->n[W_WIDTH]), db_i(w->n[W_HEIGHT]),
			db_i(w->n[W_ACTIVE])),
		    NULL);
	return rc;
}

static int
note_wares(struct job *j, int64_t variant, const struct wares *was)
{
	struct noted note = {
		.kind = "variant", .subject = variant, .what = "facts"
	};
	struct str image = STR_INIT;
	int i, rc;

	for (i = 0; i < W_TEXTS; i++)
		image_text(&image, text_names[i], was->text[i]);
	for (i = 0; i < W_NUMBERS; i++)
		image_int(&image, number_names[i], was->n[i]);
	note.image = image.s;
	rc = change_note(j, &note);
	str_done(&image);
	return rc;
}

static const char sql_company[] = "SELECT id FROM company WHERE name = $1";
static const char sql_terms[] =
    "SELECT code, min_qty, pack_qty, price FROM supplier_item"
    " WHERE variant_id = $1 AND company_id = $2";

/* The supplier that the row names; one that is new is written down. */
static int
supplier_of(struct job *j, struct slice name, int64_t *id)
{
	struct company_edit e = { .supplier = "yes" };
	int rc = list_look_up(j, sql_company, name, id);

	if (rc < 0 || *id != 0)
		return rc;
	copy_text(e.name, sizeof(e.name), slice_text(&j->scratch, name));
	rc = company_insert(j->s, j->txn, &e, id);
	return rc < 0
		   ? rc
		   : op_note(j->s, &op_import, j->txn, "company", *id, "made");
}

/* Who it was bought from before, at the newest price there was then. */
struct offer {
	int64_t company, price, first, newest; /* price below 0: not there */
};

static const char sql_offer_now[] =
    "SELECT coalesce((SELECT i.price FROM supplier_item i"
    " WHERE i.variant_id = $1 AND i.company_id = $2), -1),"
    " coalesce((SELECT i.company_id FROM supplier_item i"
    " WHERE i.variant_id = $1 AND i.first = 1), 0),"
    " coalesce((SELECT max(p.id) FROM supplier_price p), 0)";

int
offer_image(struct job *j, int64_t variant, int64_t company, struct str *out)
{
	struct db_rows *rows;
	int rc = db_query(j->s->db, sql_offer_now,
	    DB_ARGS(db_i(variant), db_i(company)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		str_addf(out,
		    "offer=%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64,
		    company, db_int(rows, 0), db_int(rows, 1), db_int(rows, 2));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Of a product that was there before. */
static int
note_offer(struct job *j, int64_t variant, int64_t company,
    const struct wares *w, const struct wares *was)
{
	struct noted note = {
		.kind = "variant", .subject = variant, .what = "supplier"
	};
	struct str image = STR_INIT;
	int rc;

	if (variant > j->made_from[MADE_VARIANT])
		return 0;
	rc = offer_image(j, variant, company, &image);
	note.before = slice_text(&j->scratch, was->supplier);
	note.after = slice_text(&j->scratch, w->supplier);
	note.image = image.s;
	if (rc == 0)
		rc = change_note(j, &note);
	str_done(&image);
	return rc;
}

/* Somebody agreed on a price in an order meanwhile. */
static const char sql_agreed[] =
    "SELECT count(*) FROM supplier_price WHERE variant_id = $1"
    " AND company_id = $2 AND id > $3 AND purchase_id IS NOT NULL";
static const char sql_no_offer[] =
    "DELETE FROM supplier_item WHERE variant_id = $1 AND company_id = $2";
static const char sql_old_price[] =
    "UPDATE supplier_item SET price = $3, first = 0, version = version + 1"
    " WHERE variant_id = $1 AND company_id = $2";
static const char sql_first_again[] =
    "UPDATE supplier_item SET first = 1, version = version + 1"
    " WHERE variant_id = $1 AND company_id = $2";
static const char sql_price_gone[] =
    "DELETE FROM supplier_price WHERE variant_id = $1 AND company_id = $2"
    " AND id > $3";

int
offer_put_back(struct job *j, int64_t variant, const char *image)
{
	const struct db_val v = db_i(variant);
	struct offer o;
	int64_t n;
	int rc;

	if (sscanf(image, "%" SCNd64 ",%" SCNd64 ",%" SCNd64 ",%" SCNd64,
		&o.company, &o.price, &o.first, &o.newest) != 4)
		return 0;
	rc = db_fetch1(j->txn, sql_agreed,
	    DB_ARGS(v, db_i(o.company), db_i(o.newest)), &n);
	if (rc < 0 || n > 0)
		return rc;
	rc = o.price < 0
		 ? db_exec(
		       j->txn, sql_no_offer, DB_ARGS(v, db_i(o.company)), NULL)
		 : db_exec(j->txn, sql_old_price,
		       DB_ARGS(v, db_i(o.company), db_i(o.price)), NULL);
	if (rc == 0)
		rc = db_exec(
		    j->txn, sql_first_again, DB_ARGS(v, db_i(o.first)), NULL);
	return rc < 0 ? rc
		      : db_exec(j->txn, sql_price_gone,
			    DB_ARGS(v, db_i(o.company), db_i(o.newest)), NULL);
}

static int
offer_write(struct job *j, const struct wares *w, const struct wares *was,
    int64_t variant)
{
	struct supplier_terms t = { .variant_id = variant,
		.code = "",
		.min_qty = 1,
		.pack_qty = 1,
		.first = true };
	struct db_rows *rows;
	int rc = supplier_of(j, w->supplier, &t.company_id);

	if (rc == 0)
		rc = note_offer(j, variant, t.company_id, w, was);
	if (rc < 0)
		return rc;
	rc = db_query(j->s->db, sql_terms,
	    DB_ARGS(db_i(variant), db_i(t.company_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		t.code = list_text(j, rows, 0).s;
		t.min_qty = db_int(rows, 1);
		t.pack_qty = db_int(rows, 2);
		t.price = db_int(rows, 3);
	}
	db_done(rows);
	if (w->price >= 0)
		t.price = w->price;
	return rc < 0 ? rc : supplier_terms_set(j->s, j->txn, &t, NULL);
}

int
wares_write(struct job *j, const struct wares *w, int64_t variant, bool fill,
    bool *changed)
{
	struct wares was = { 0 }, is;
	int64_t product;
	int rc =
	    db_fetch1(j->txn, sql_product_of, DB_ARGS(db_i(variant)), &product);

	if (rc == 0)
		rc = wares_now(j, variant, product, &was);
	if (rc < 0)
		return rc;
	if (wares_apply(w, &was, fill, &is)) {
		*changed = true;
		if (product <= j->made_from[MADE_PRODUCT])
			rc = note_wares(j, variant, &was);
		if (rc == 0)
			rc = wares_set(j, variant, product, &is);
	}
	if (rc == 0 && !fill && offer_differs(w, &was)) {
		*changed = true;
		rc = offer_write(j, w, &was, variant);
	}
	return rc;
}

bool
wares_image(const char *name, struct slice v, struct wares *was)
{
	int i;

	for (i = 0; i < W_TEXTS; i++)
		if (strcmp(name, text_names[i]) == 0) {
			was->text[i] = v;
			return true;
		}
	for (i = 0; i < W_NUMBERS; i++)
		if (strcmp(name, number_names[i]) == 0) {
			was->n[i] = strtoll(v.s, NULL, 10);
			return true;
		}
	return false;
}

int
wares_put_back(struct job *j, int64_t variant, const struct wares *was)
{
	int64_t product;
	int rc;

	if (was->n[W_DAYS] < 0)
		return 0;
	rc =
	    db_fetch1(j->txn, sql_product_of, DB_ARGS(db_i(variant)), &product);
	return rc < 0 ? rc : wares_set(j, variant, product, was);
}

static const char sql_no_barcodes[] =
    "DELETE FROM barcode WHERE variant_id = $1";
static const char sql_no_offers[] =
    "DELETE FROM supplier_item WHERE variant_id = $1";
static const char sql_no_prices[] =
    "DELETE FROM supplier_price WHERE variant_id = $1 AND purchase_id IS NULL";
/* With the last of its variants the product goes, too. */
static const char sql_no_images[] =
    "DELETE FROM product_image WHERE product_id = (SELECT v.product_id"
    " FROM variant v WHERE v.id = $1) AND NOT EXISTS (SELECT 1 FROM variant v"
    " JOIN variant o ON o.product_id = v.product_id AND o.id <> v.id"
    " WHERE v.id = $1)";

int
wares_drop(struct job *j, int64_t variant)
{
	const struct db_val v = db_i(variant);
	int rc;

	if ((rc = db_exec(j->txn, sql_no_barcodes, &v, 1, NULL)) < 0 ||
	    (rc = db_exec(j->txn, sql_no_offers, &v, 1, NULL)) < 0 ||
	    (rc = db_exec(j->txn, sql_no_prices, &v, 1, NULL)) < 0)
		return rc;
	return db_exec(j->txn, sql_no_images, &v, 1, NULL);
}
