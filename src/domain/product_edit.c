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

#include "attrs_priv.h"
#include "row_priv.h"
#include "session_priv.h"
#include "stock_priv.h"

static const struct op op_add = { "product-add", PERM_PRODUCT_EDIT, "variant" };
static const struct op op_save = { "product-save", PERM_PRODUCT_EDIT,
	"variant" };

#define AMOUNT_MAX 100000000000LL /* a price in fen */
#define WEIGHT_MAX 10000000       /* grams */
#define LEVEL_MAX  100000000      /* pieces */

/* Trim a text of the form in place; it must be clean UTF-8. */
static int
check_text(struct session *s, const char *field, char *text, size_t size)
{
	if (!utf8_valid(text, strlen(text)))
		return err_set(&s->err, ERR_INVALID, field,
		    _("The text is not valid UTF-8"));
	if (strpbrk(text, "\n\r\t") != NULL)
		return err_set(&s->err, ERR_INVALID, field,
		    _("The text must be one line"));
	(void)trim_text(text, size, text);
	return 0;
}

static int
check_range(struct session *s, const char *field, int64_t value, int64_t max)
{
	if (value < 0 || value > max)
		return err_set(&s->err, ERR_INVALID, field,
		    _("The number must be between 0 and %" PRId64), max);
	return 0;
}

static int
check(struct session *s, struct variant_edit *e)
{
	int rc;

	if ((rc = check_text(s, "sku_code", e->sku_code, sizeof(e->sku_code))) <
		0 ||
	    (rc = check_text(s, "product", e->product, sizeof(e->product))) <
		0 ||
	    (rc = check_text(s, "name", e->name, sizeof(e->name))) < 0 ||
	    (rc = check_text(s, "barcodes", e->barcodes, sizeof(e->barcodes))) <
		0 ||
	    (rc = check_text(s, "bin", e->bin, sizeof(e->bin))) < 0 ||
	    (rc = check_range(s, "price", e->price, AMOUNT_MAX)) < 0 ||
	    (rc = check_range(s, "weight", e->weight, WEIGHT_MAX)) < 0 ||
	    (rc = check_range(s, "reorder_at", e->reorder_at, LEVEL_MAX)) < 0 ||
	    (rc = check_range(s, "target_level", e->target_level, LEVEL_MAX)) <
		0)
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
    " reorder_at, target_level, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/* Variants of one product find each other by its name. */
static int
product_of(struct txn *txn, const char *name, int64_t *id)
{
	int rc;

	rc = db_fetch1(txn, sql_product_find, DB_ARGS(db_t(name)), id);
	if (rc == ERR_NOTFOUND)
		rc = db_insert(txn, sql_product_add,
		    DB_ARGS(db_t(name), db_i(time_now())), id);
	return rc;
}

static const char sql_made[] =
    "UPDATE product SET made = $2 WHERE id = $1 AND made <> $2";

/* "": as it is. What has to be known of such goods is there from the first. */
static int
save_made(struct session *s, struct txn *txn, int64_t product_id,
    const struct variant_edit *e)
{
	bool yes = strcmp(e->made, variant_made[1]) == 0;
	int rc;

	if (e->made[0] == '\0')
		return 0;
	rc = db_exec(txn, sql_made, DB_ARGS(db_i(product_id), db_i(yes)), NULL);
	return rc == 0 && yes ? attrs_seed(s, txn) : rc;
}

static int
add_apply(struct session *s, struct txn *txn, const struct variant_edit *e,
    int64_t *id)
{
	int64_t product_id;
	int rc;

	if ((rc = check_sku(s, e, 0)) < 0 ||
	    (rc = product_of(txn, e->product, &product_id)) < 0 ||
	    (rc = save_made(s, txn, product_id, e)) < 0)
		return rc;
	rc = db_insert(txn, sql_variant_add,
	    DB_ARGS(db_i(product_id), db_t(e->sku_code), db_t(e->name),
		db_i(e->price), db_i(e->weight), db_i(e->reorder_at),
		db_i(e->target_level), db_i(time_now())),
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

static const char sql_variant_save[] =
    "UPDATE variant SET product_id = $3, sku_code = $4, name = $5,"
    " price = $6, weight = $7, reorder_at = $8, target_level = $9,"
    " version = version + 1 WHERE id = $1 AND version = $2";
static const char sql_product_of[] =
    "SELECT p.id FROM variant v JOIN product p ON p.id = v.product_id"
    " WHERE v.id = $1 AND p.name = $2";

static int
save_apply(struct session *s, struct txn *txn, int64_t id, int64_t version,
    const struct variant_edit *e)
{
	int64_t product_id, changed;
	int rc;

	if ((rc = check_sku(s, e, id)) < 0)
		return rc;
	rc = db_fetch1(txn, sql_product_of, DB_ARGS(db_i(id), db_t(e->product)),
	    &product_id);
	if (rc == ERR_NOTFOUND)
		rc = product_of(txn, e->product, &product_id);
	if (rc == 0)
		rc = save_made(s, txn, product_id, e);
	if (rc < 0)
		return rc;
	rc = db_exec(txn, sql_variant_save,
	    DB_ARGS(db_i(id), db_i(version), db_i(product_id),
		db_t(e->sku_code), db_t(e->name), db_i(e->price),
		db_i(e->weight), db_i(e->reorder_at), db_i(e->target_level)),
	    &changed);
	if (rc < 0)
		return rc;
	if (changed == 0)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("The product was changed by someone else meanwhile"));
	return save_rest(s, txn, id, e);
}

static void
tell_text(struct str *words, const char *field, const char *was, const char *is)
{
	if (strcmp(was, is) != 0)
		str_addf(words, "%s%s \"%s\" -> \"%s\"",
		    words->len > 0 ? "; " : "", field, was, is);
}

static void
tell_number(struct str *words, const char *field, int64_t was, int64_t is)
{
	if (was != is)
		str_addf(words, "%s%s %" PRId64 " -> %" PRId64,
		    words->len > 0 ? "; " : "", field, was, is);
}

static void
tell_money(struct str *words, const char *field, int64_t was, int64_t is)
{
	char old[MONEY_SIZE], new[MONEY_SIZE];

	if (was != is)
		str_addf(words, "%s%s %s -> %s", words->len > 0 ? "; " : "",
		    field, money_plain(was, old), money_plain(is, new));
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
	    (rc = save_apply(s, txn, id, version, &e)) == 0 &&
	    (rc = edit_now(s, id, &is)) == 0)
		tell(&words, &was, &is);
	if (rc == 0)
		rc = op_commit(
		    s, &op_save, &txn, id, "%s", words.len > 0 ? words.s : "");
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}
