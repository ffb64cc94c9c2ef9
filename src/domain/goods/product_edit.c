/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../made/attrs_priv.h"
#include "../stock/stock_priv.h"
#include "products_priv.h"

static const struct op op_add = { "product-add", PERM_PRODUCT_EDIT, "variant" };
static const struct op op_save = { "product-save", PERM_PRODUCT_EDIT,
	"variant" };
static const struct op op_active = { "product-active", PERM_PRODUCT_EDIT,
	"variant" };

#define AMOUNT_MAX 100000000000LL /* a price in fen */
#define WEIGHT_MAX 10000000       /* grams */
#define LEVEL_MAX  100000000      /* pieces */
#define LENGTH_MAX 100000         /* mm */
#define DAYS_MAX   36500

static int
check_texts(struct session *s, struct variant_edit *e)
{
	const struct {
		const char *field;
		char *text;
		size_t size;
	} texts[] = {
		{ "sku_code", e->sku_code, sizeof(e->sku_code) },
		{ "product", e->product, sizeof(e->product) },
		{ "name", e->name, sizeof(e->name) },
		{ "barcodes", e->barcodes, sizeof(e->barcodes) },
		{ "bin", e->bin, sizeof(e->bin) },
		{ "category", e->category, sizeof(e->category) },
		{ "brand", e->brand, sizeof(e->brand) },
		{ "unit", e->unit, sizeof(e->unit) },
		{ "guarantee", e->guarantee, sizeof(e->guarantee) },
		{ "note", e->note, sizeof(e->note) },
		{ "images", e->images, sizeof(e->images) },
	};
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(texts) / sizeof(texts[0]); i++)
		rc = edit_text(s, texts[i].field, texts[i].text, texts[i].size);
	(void)category_tidy(e->category); /* no longer than it was */
	return rc;
}

static int
check_numbers(struct session *s, const struct variant_edit *e)
{
	const struct {
		const char *field;
		int64_t value, max;
	} numbers[] = {
		{ "price", e->price, AMOUNT_MAX },
		{ "weight", e->weight, WEIGHT_MAX },
		{ "reorder_at", e->reorder_at, LEVEL_MAX },
		{ "target_level", e->target_level, LEVEL_MAX },
		{ "length", e->length, LENGTH_MAX },
		{ "width", e->width, LENGTH_MAX },
		{ "height", e->height, LENGTH_MAX },
		{ "guarantee_days", e->guarantee_days, DAYS_MAX },
	};
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(numbers) / sizeof(numbers[0]); i++)
		rc = edit_range(
		    s, numbers[i].field, numbers[i].value, numbers[i].max);
	return rc;
}

static int
check(struct session *s, struct variant_edit *e)
{
	int rc;

	if ((rc = check_texts(s, e)) < 0 || (rc = check_numbers(s, e)) < 0)
		return rc;
	if (e->sku_code[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "sku_code",
		    _("A product needs a code of its own"));
	if (e->product[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "product",
		    _("A product needs a name"));
	if (e->made[0] != '\0' && strcmp(e->made, variant_made[0]) != 0 &&
	    strcmp(e->made, variant_made[1]) != 0)
		return err_set(&s->err, ERR_INVALID, "made",
		    _("Is it made to order? Say yes or no"));
	if (e->name[0] == '\0')
		memcpy(e->name, e->product, sizeof(e->name));
	if (e->target_level != 0 && e->target_level < e->reorder_at)
		return err_set(&s->err, ERR_INVALID, "target_level",
		    _("The target level is below the reorder point"));
	return 0;
}

static const char sql_sku_taken[] =
    "SELECT name FROM variant WHERE sku_code = $1 AND id <> $2";
static const char sql_barcode_taken[] =
    "SELECT v.name FROM barcode b JOIN variant v ON v.id = b.variant_id"
    " WHERE b.code = $1 AND b.variant_id <> $2";

/* A code that is scanned must mean one thing, whatever kind it is. */
static int
check_free(struct session *s, const char *sql, const char *field,
    const char *code, int64_t id)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql, DB_ARGS(db_t(code), db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_CONFLICT, field,
		    _("%s belongs to %s already"), code, db_text(rows, 0));
	db_done(rows);
	return rc;
}

static const char sql_barcode_drop[] =
    "DELETE FROM barcode WHERE variant_id = $1";
static const char sql_barcode_add[] =
    "INSERT INTO barcode (code, variant_id) VALUES ($1, $2)"
    " ON CONFLICT (code) DO NOTHING";

static int
save_barcodes(struct session *s, struct txn *txn, int64_t id,
    const struct variant_edit *e)
{
	char codes[sizeof(e->barcodes)], *code, *rest;
	int rc;

	memcpy(codes, e->barcodes, sizeof(codes));
	rc = db_exec(txn, sql_barcode_drop, DB_ARGS(db_i(id)), NULL);
	for (code = strtok_r(codes, " ,;", &rest); rc == 0 && code != NULL;
	     code = strtok_r(NULL, " ,;", &rest)) {
		rc = check_free(s, sql_barcode_taken, "barcodes", code, id);
		if (rc == 0)
			rc = check_free(s, sql_sku_taken, "barcodes", code, id);
		if (rc == 0)
			rc = db_exec(txn, sql_barcode_add,
			    DB_ARGS(db_t(code), db_i(id)), NULL);
	}
	return rc;
}

/* What hangs on a variant once its own row is right. */
static int
save_rest(struct session *s, struct txn *txn, int64_t id,
    const struct variant_edit *e)
{
	int rc;

	if ((rc = save_barcodes(s, txn, id, e)) < 0 ||
	    (rc = stock_bin(s, txn, id, e->bin)) < 0)
		return rc;
	return stock_low(s, txn, id);
}

static int
check_sku(struct session *s, const struct variant_edit *e, int64_t id)
{
	int rc;

	rc = check_free(s, sql_sku_taken, "sku_code", e->sku_code, id);
	if (rc < 0)
		return rc;
	return check_free(s, sql_barcode_taken, "sku_code", e->sku_code, id);
}

static const char sql_product_find[] =
    "SELECT id FROM product WHERE name = $1 ORDER BY name, id LIMIT 1";
static const char sql_product_add[] =
    "INSERT INTO product (name, created_at) VALUES ($1, $2)";
static const char sql_variant_add[] =
    "INSERT INTO variant (product_id, sku_code, name, price, weight,"
    " reorder_at, target_level, length, width, height, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/* Variants of one product find each other by its name. */
static int
product_of(struct txn *txn, const char *name, int64_t *id, bool *fresh)
{
	int rc;

	rc = db_fetch1(txn, sql_product_find, DB_ARGS(db_t(name)), id);
	*fresh = rc == ERR_NOTFOUND;
	if (rc == ERR_NOTFOUND)
		rc = db_insert(txn, sql_product_add,
		    DB_ARGS(db_t(name), db_i(time_now())), id);
	return rc;
}

static const char sql_images_drop[] =
    "DELETE FROM product_image WHERE product_id = $1";
static const char sql_image_add[] =
    "INSERT INTO product_image (product_id, seq, path) VALUES ($1, $2, $3)";

int
product_images_set(
    struct session *s, struct txn *txn, int64_t product_id, const char *images)
{
	char path[sizeof(((struct variant_edit *)0)->images)];
	int64_t seq = 0;
	size_t n;
	int rc;

	rc = db_exec(txn, sql_images_drop, DB_ARGS(db_i(product_id)), NULL);
	for (; rc == 0 && *images != '\0'; images += n + (images[n] == ';')) {
		n = strcspn(images, ";");
		if (n >= sizeof(path))
			return err_set(&s->err, ERR_INVALID, "images",
			    _("The text is too long: %d bytes at most"),
			    (int)sizeof(path) - 1);
		memcpy(path, images, n);
		path[n] = '\0';
		(void)trim_text(path, sizeof(path), path);
		if (path[0] == '\0')
			continue;
		seq++;
		rc = db_exec(txn, sql_image_add,
		    DB_ARGS(db_i(product_id), db_i(seq), db_t(path)), NULL);
	}
	return rc;
}

static const char sql_facts[] =
    "UPDATE product SET"
    " category_id = CASE WHEN $9 = 1 AND $2 IS NULL THEN category_id"
    " ELSE $2 END,"
    " brand = CASE WHEN $9 = 1 AND $3 = '' THEN brand ELSE $3 END,"
    " unit = CASE WHEN $9 = 1 AND $4 = '' THEN unit ELSE $4 END,"
    " guarantee_days = CASE WHEN $9 = 1 AND $5 = 0 THEN guarantee_days"
    " ELSE $5 END,"
    " guarantee = CASE WHEN $9 = 1 AND $6 = '' THEN guarantee ELSE $6 END,"
    " note = CASE WHEN $9 = 1 AND $7 = '' THEN note ELSE $7 END,"
    " made = CASE WHEN $8 < 0 THEN made ELSE $8 END WHERE id = $1";

/*
 * What is of the product, and so of all its variants. A "made" that is not said
 * stays; what has to be known of such goods is there from the first. @add: one
 * more variant: what it does not say of the product stays, too.
 */
static int
save_product(struct session *s, struct txn *txn, int64_t product_id, bool add,
    const struct variant_edit *e)
{
	bool yes = strcmp(e->made, variant_made[1]) == 0;
	int64_t category;
	int rc;

	if ((rc = category_make(s, txn, e->category, &category)) < 0)
		return rc;
	rc = db_exec(txn, sql_facts,
	    DB_ARGS(db_i(product_id), db_id(category), db_t(e->brand),
		db_t(e->unit), db_i(e->guarantee_days), db_t(e->guarantee),
		db_t(e->note), db_i(e->made[0] == '\0' ? -1 : yes), db_i(add)),
	    NULL);
	if (rc == 0 && (!add || e->images[0] != '\0'))
		rc = product_images_set(s, txn, product_id, e->images);
	return rc == 0 && yes ? attrs_seed(s, txn) : rc;
}

static int
add_apply(struct session *s, struct txn *txn, const struct variant_edit *e,
    int64_t *id)
{
	int64_t product_id;
	bool fresh;
	int rc;

	if ((rc = check_sku(s, e, 0)) < 0 ||
	    (rc = product_of(txn, e->product, &product_id, &fresh)) < 0 ||
	    (rc = save_product(s, txn, product_id, true, e)) < 0)
		return rc;
	rc = db_insert(txn, sql_variant_add,
	    DB_ARGS(db_i(product_id), db_t(e->sku_code), db_t(e->name),
		db_i(e->price), db_i(e->weight), db_i(e->reorder_at),
		db_i(e->target_level), db_i(e->length), db_i(e->width),
		db_i(e->height), db_i(time_now())),
	    id);
	return rc < 0 ? rc : save_rest(s, txn, *id, e);
}

int
variant_add(struct session *s, const struct variant_edit *edit, int64_t *id)
{
	struct variant_edit e = *edit;
	struct txn *txn;
	int64_t new_id;
	int rc;

	if ((rc = check(s, &e)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = add_apply(s, txn, &e, &new_id);
	if (rc == 0)
		rc = op_commit(
		    s, &op_add, &txn, new_id, "%s %s", e.sku_code, e.name);
	op_abort(s, &txn);
	if (rc == 0)
		*id = new_id;
	return rc;
}

/* A kit shows what its parts weigh: that is not its own weight unless somebody
 * says so. */
static const char sql_variant_save[] =
    "UPDATE variant SET product_id = $3, sku_code = $4, name = $5, price = $6,"
    " weight = CASE WHEN $7 = $13 THEN weight ELSE $7 END, reorder_at = $8, target_level = $9,"
    " length = $10, width = $11, height = $12, version = version + 1"
    " WHERE id = $1 AND version = $2";
static const char sql_product_of[] =
    "SELECT p.id FROM variant v JOIN product p ON p.id = v.product_id"
    " WHERE v.id = $1 AND p.name = $2";

static int
save_apply(struct session *s, struct txn *txn, int64_t id, int64_t version,
    const struct variant_edit *e, const struct variant_edit *was)
{
	int64_t product_id, changed;
	bool own = true;
	int rc;

	if ((rc = check_sku(s, e, id)) < 0)
		return rc;
	rc = db_fetch1(txn, sql_product_of, DB_ARGS(db_i(id), db_t(e->product)),
	    &product_id);
	/* Another one that is there keeps what is said of it. */
	if (rc == ERR_NOTFOUND)
		rc = product_of(txn, e->product, &product_id, &own);
	if (rc == 0 && own)
		rc = save_product(s, txn, product_id, false, e);
	if (rc < 0)
		return rc;
	rc = db_exec(txn, sql_variant_save,
	    DB_ARGS(db_i(id), db_i(version), db_i(product_id),
		db_t(e->sku_code), db_t(e->name), db_i(e->price),
		db_i(e->weight), db_i(e->reorder_at), db_i(e->target_level),
		db_i(e->length), db_i(e->width), db_i(e->height),
		db_i(was->weight)),
	    &changed);
	if (rc < 0)
		return rc;
	if (changed == 0)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("The product was changed by someone else meanwhile"));
	return save_rest(s, txn, id, e);
}

/* What the log keeps of a change: every field before and after. */
static void
tell(struct str *words, const struct variant_edit *was,
    const struct variant_edit *is)
{
	tell_text(words, "sku_code", was->sku_code, is->sku_code);
	tell_text(words, "product", was->product, is->product);
	tell_text(words, "name", was->name, is->name);
	tell_text(words, "barcodes", was->barcodes, is->barcodes);
	tell_text(words, "bin", was->bin, is->bin);
	tell_text(words, "made", was->made, is->made);
	tell_money(words, "price", was->price, is->price);
	tell_number(words, "weight", was->weight, is->weight);
	tell_number(words, "reorder_at", was->reorder_at, is->reorder_at);
	tell_number(words, "target_level", was->target_level, is->target_level);
	tell_number(words, "length", was->length, is->length);
	tell_number(words, "width", was->width, is->width);
	tell_number(words, "height", was->height, is->height);
	tell_text(words, "category", was->category, is->category);
	tell_text(words, "brand", was->brand, is->brand);
	tell_text(words, "unit", was->unit, is->unit);
	tell_number(
	    words, "guarantee_days", was->guarantee_days, is->guarantee_days);
	tell_text(words, "guarantee", was->guarantee, is->guarantee);
	tell_text(words, "note", was->note, is->note);
	tell_text(words, "images", was->images, is->images);
}

static int
edit_now(struct session *s, int64_t id, struct variant_edit *edit)
{
	struct page page;
	int rc;

	if ((rc = variant_get(s, id, &page)) < 0)
		return rc;
	variant_edit_from(edit, page_row(&page, 0));
	page_free(&page);
	return 0;
}

int
variant_save(struct session *s, int64_t id, int64_t version,
    const struct variant_edit *edit)
{
	struct variant_edit e = *edit, was, is;
	struct str words = STR_INIT;
	struct txn *txn;
	int rc;

	if ((rc = check(s, &e)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	if ((rc = edit_now(s, id, &was)) == 0 &&
	    (rc = save_apply(s, txn, id, version, &e, &was)) == 0 &&
	    (rc = edit_now(s, id, &is)) == 0)
		tell(&words, &was, &is);
	if (rc == 0)
		rc = op_commit(
		    s, &op_save, &txn, id, "%s", words.len > 0 ? words.s : "");
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}

static const char sql_state[] = "SELECT active FROM variant WHERE id = $1";
static const char sql_active[] =
    "UPDATE variant SET active = $2, version = version + 1 WHERE id = $1";

int
variant_active(struct session *s, int64_t id, bool active)
{
	struct txn *txn;
	int64_t was;
	int rc;

	if ((rc = op_begin(s, &op_active, &txn)) < 0)
		return rc;
	rc = db_fetch1(txn, sql_state, DB_ARGS(db_i(id)), &was);
	if (rc == ERR_NOTFOUND)
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such product"));
	if (rc == 0 && (was != 0) == active)
		rc = err_set(&s->err, ERR_STATE, "",
		    active ? _("The product is in use already")
			   : _("The product is out of use already"));
	if (rc == 0)
		rc = db_exec(
		    txn, sql_active, DB_ARGS(db_i(id), db_i(active)), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_active, &txn, id, "%s",
		    active ? "active" : "inactive");
	op_abort(s, &txn);
	return rc;
}

static const char sql_usable[] =
    "SELECT sku_code, active FROM variant WHERE id = $1";

int
variant_usable(struct session *s, struct txn *txn, int64_t id)
{
	struct db_rows *rows;
	int rc = db_query(txn_db(txn), sql_usable, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) == 0)
		rc = err_set(&s->err, ERR_NOTFOUND, "sku_code",
		    _("There is no such product"));
	else if (rc > 0 && db_int(rows, 1) == 0)
		rc = err_set(&s->err, ERR_STATE, "sku_code",
		    _("%s is out of use"), db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}
