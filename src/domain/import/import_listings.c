/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "import_list.h"
#include "import_priv.h"

/*
 * Lists of the platforms' items, with the products that they are. One that is
 * there keeps its product: what hangs on that is work of people.
 */

static const char sql_variant[] = "SELECT id FROM variant WHERE sku_code = $1";
static const char sql_item[] =
    "SELECT l.id, coalesce(v.sku_code, '') FROM listing l LEFT JOIN variant v"
    " ON v.id = l.variant_id WHERE l.shop_id = $1 AND l.title = $2"
    " AND l.attrs = $3 AND l.sku_code = $4";
static const char sql_item_add[] =
    "INSERT INTO listing (shop_id, title, attrs, sku_code, item_no, variant_id)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

/* The item that is there, and the code of its product. */
static int
item_read(struct job *j, const struct imp_row *row, int64_t shop, int64_t *id,
    struct slice *code)
{
	struct db_rows *rows;
	int rc;

	*id = 0;
	rc = db_query(j->s->db, sql_item,
	    DB_ARGS(db_i(shop), slice_val(row->f[F_TITLE]),
		slice_val(row->f[F_ATTRS]), slice_val(row->f[F_SKU])),
	    &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*id = db_int(rows, 0);
		*code = list_text(j, rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
item_add(struct job *j, const struct imp_row *row, int64_t shop,
    int64_t variant, enum outcome *what)
{
	int64_t id;

	*what = MADE;
	return db_insert(j->txn, sql_item_add,
	    DB_ARGS(db_i(shop), slice_val(row->f[F_TITLE]),
		slice_val(row->f[F_ATTRS]), slice_val(row->f[F_SKU]),
		slice_val(row->f[F_ITEM_NO]), db_id(variant)),
	    &id);
}

static int
listing_row(struct job *j, struct imp_row *row, enum outcome *what)
{
	struct slice code = row->f[F_PRODUCT], known;
	int64_t shop, id, variant = 0;
	int rc;

	if (code.n > 0 &&
	    (rc = list_look_up(j, sql_variant, code, &variant)) < 0)
		return rc;
	if (code.n > 0 && variant == 0) {
		reject(j, row->file, row->raw, F_PRODUCT,
		    _("There is no product with this code"));
		return 0;
	}
	if ((rc = shop_of(j, row, &shop)) < 0 ||
	    (rc = item_read(j, row, shop, &id, &known)) < 0)
		return rc;
	if (id == 0)
		return item_add(j, row, shop, variant, what);
	*what = SAME;
	if (code.n == 0 || slice_same(code, known.s, known.n))
		return 0;
	*what = REFUSED;
	reject(j, row->file, row->raw, F_PRODUCT,
	    _("The item is there and is not this product: map it where orders "
	      "that wait for it are seen"));
	return 0;
}

int
listings_file(struct job *j, struct imp_file *f)
{
	return list_each_row(j, f, listing_row);
}
