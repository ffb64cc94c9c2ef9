/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"

#include "../core/refs_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../core/sort_priv.h"
#include "../stock/stock_priv.h"
#include "kits_priv.h"

#define VARIANT_SELECT \
	"SELECT v.id, v.version, v.product_id, v.sku_code, v.name, p.name," \
	" v.price, v.weight, st.on_hand, st.reserved, st.value," \
	" v.reorder_at, v.target_level, st.low, st.bin, p.made, st.available," \
	" st.to_put, st.defective, st.in_transit, v.length, v.width, v.height," \
	" v.active, v.kit, c.path, p.brand, p.unit, p.guarantee_days," \
	" p.guarantee, p.note, f.price, co.name FROM variant v" \
	" LEFT JOIN product p ON p.id = v.product_id" \
	" LEFT JOIN category c ON c.id = p.category_id" \
	" LEFT JOIN supplier_item f ON f.variant_id = v.id AND f.first = 1" \
	" LEFT JOIN company co ON co.id = f.company_id" \
	" LEFT JOIN stock st ON st.variant_id = v.id" \
	" AND st.warehouse_id = 1"

static void
take_variant(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct variant *v = out;
	int c = 0;

	v->id = db_int(rows, c++);
	v->version = db_int(rows, c++);
	v->product_id = db_int(rows, c++);
	v->sku_code = row_text(rows, c++, arena);
	v->name = row_text(rows, c++, arena);
	v->product = row_text(rows, c++, arena);
	v->price = db_int(rows, c++);
	v->weight = v->own_weight = db_int(rows, c++);
	v->on_hand = db_int(rows, c++);
	v->reserved = db_int(rows, c++);
	v->value = db_int(rows, c++);
	v->reorder_at = db_int(rows, c++);
	v->target_level = db_int(rows, c++);
	v->low = db_int(rows, c++);
	v->bin = row_text(rows, c++, arena);
	v->made = db_int(rows, c++);
	v->available = db_int(rows, c++);
	v->to_put = db_int(rows, c++);
	v->defective = db_int(rows, c++);
	v->in_transit = db_int(rows, c++);
	v->length = db_int(rows, c++);
	v->width = db_int(rows, c++);
	v->height = db_int(rows, c++);
	v->active = db_int(rows, c++);
	v->kit = db_int(rows, c++);
	v->category = row_text(rows, c++, arena);
	v->brand = row_text(rows, c++, arena);
	v->unit = row_text(rows, c++, arena);
	v->guarantee_days = db_int(rows, c++);
	v->guarantee = row_text(rows, c++, arena);
	v->note = row_text(rows, c++, arena);
	v->supplier_price = db_int(rows, c++);
	v->supplier = row_text(rows, c++, arena);
	v->barcodes = v->images = "";
}

static const char sql_barcodes[] =
    "SELECT code FROM barcode WHERE variant_id = $1 ORDER BY code /*sort*/";
static const char sql_images[] =
    "SELECT path FROM product_image WHERE product_id = $1 ORDER BY seq";

/* All texts that @sql finds for @id, @sep between. */
static int
gather(struct session *s, const char *sql, int64_t id, char sep,
    struct arena *arena, const char **out)
{
	struct str all = STR_INIT;
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (all.len > 0)
			str_addc(&all, sep);
		str_add(&all, db_text(rows, 0));
	}
	db_done(rows);
	if (rc == 0)
		*out = arena_strdup(arena, all.s);
	str_done(&all);
	return rc;
}

static const char sql_kit[] =
    "SELECT " KIT_AVAILABLE ", " KIT_WEIGHT " FROM variant v WHERE v.id = $1";

/* Of a kit there is what its parts make up, and it weighs what they do. */
static int
fill_kit(struct session *s, struct variant *v)
{
	struct db_rows *rows;
	int rc;

	if (v->kit == 0)
		return 0;
	if ((rc = db_query(s->db, sql_kit, DB_ARGS(db_i(v->id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		v->available = db_int(rows, 0);
		if (v->weight == 0)
			v->weight = db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Barcodes and pictures; what a piece costs, and where it is bought, for those
 * who may know. */
static int
fill(struct session *s, struct page *page)
{
	bool cost = session_may(s, PERM_COST_VIEW);
	bool company = session_may(s, PERM_COMPANY_VIEW);
	struct variant *v = page->rows;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < page->n; i++) {
		if (!cost)
			v[i].value = 0;
		if (!cost || !company)
			v[i].supplier_price = 0;
		if (!company)
			v[i].supplier = "";
		if (v[i].on_hand > 0)
			v[i].unit_cost =
			    (v[i].value + v[i].on_hand / 2) / v[i].on_hand;
		rc = gather(s, sql_barcodes, v[i].id, ' ', &page->arena,
		    &v[i].barcodes);
		if (rc == 0)
			rc = gather(s, sql_images, v[i].product_id, ';',
			    &page->arena, &v[i].images);
		if (rc == 0)
			rc = fill_kit(s, &v[i]);
	}
	if (rc < 0)
		page_free(page);
	return rc;
}

/* What the filter leaves of the variants. */
static void
add_filter(struct query *q, const struct variant_filter *f, char end[300])
{
	/* Those that are low are few: found by their own index, then sorted. */
	if (f->low_only)
		query_lit(q,
		    " AND v.id IN (SELECT variant_id FROM stock WHERE low = 1)"
		    " /*scan*/ /*sort*/");
	if (f->bin != NULL) {
		query_lit(q, " AND v.id IN (SELECT variant_id FROM stock WHERE"
			     " bin <> '' AND warehouse_id = 1");
		query_and(q, "bin =", db_t(f->bin));
		query_lit(q, ") /*scan*/ /*sort*/");
	}
	if (f->category != NULL) {
		query_lit(q,
		    " AND v.product_id IN (SELECT cp.id FROM product cp"
		    " JOIN category cc ON cc.id = cp.category_id"
		    " WHERE (1 = 1");
		query_and(q, "cc.path =", db_t(f->category));
		query_lit(q, ") OR (1 = 1");
		query_and(q, "cc.path >", db_t(f->category));
		query_lit(q, " || '/'");
		query_and(q, "cc.path <", db_t(f->category));
		query_lit(q, " || '0')) /*scan*/ /*sort*/");
	}
	if (f->prefix == NULL || f->prefix[0] == '\0')
		return;
	snprintf(end, 300, "%s%s", f->prefix, PREFIX_END);
	if (f->order == VARIANT_BY_SKU) {
		query_and(q, "v.sku_code >=", db_t(f->prefix));
		query_and(q, "v.sku_code <", db_t(end));
	} else {
		query_and(q, "v.name >=", db_t(f->prefix));
		query_and(q, "v.name <", db_t(end));
	}
}

static int
by_index(struct session *s, const struct variant_filter *f, bool sku, bool desc,
    enum page_dir dir, const struct variant *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(VARIANT_SELECT " WHERE 1 = 1");
	struct query_key keys[] = {
		{ "v.name", db_t("") },
		{ "v.id", db_i(0) },
	};
	char end[300];
	int rc;

	if (sku)
		keys[0].column = "v.sku_code";
	if (from != NULL) {
		keys[0].from = db_t(sku ? from->sku_code : from->name);
		keys[1].from = db_i(from->id);
	}
	add_filter(&q, f, end);
	query_page(&q, keys, 2, desc, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct variant), limit, take_variant, out);
	return rc < 0 ? rc : fill(s, out);
}

static const char sql_variant[] = VARIANT_SELECT " WHERE v.id = $1";

static int
load(struct session *s, const struct refs *refs, struct page *out)
{
	int rc = refs_load(
	    s, refs, sql_variant, sizeof(struct variant), take_variant, out);

	return rc < 0 ? rc : fill(s, out);
}

#define ID SORT_NUMBER("v.id")

static const struct sort_key sorts[STOCK_SORT_MAX][SORT_KEYS] = {
	[STOCK_SORT_NAME] = { SORT_TEXT("v.name"), ID },
	[STOCK_SORT_PRICE] = { SORT_NUMBER("v.price"), ID },
	[STOCK_SORT_ON_HAND] = { SORT_NUMBER("coalesce(st.on_hand, 0)"), ID },
	[STOCK_SORT_RESERVED] = { SORT_NUMBER("coalesce(st.reserved, 0)"), ID },
	[STOCK_SORT_AVAILABLE] = { SORT_NUMBER(
				       "CASE WHEN v.kit = 1 THEN " KIT_AVAILABLE
				       " ELSE coalesce(st.available, 0) END"),
	    ID },
	[STOCK_SORT_COST] = { SORT_NUMBER("CASE WHEN st.on_hand > 0"
					  " THEN (st.value + st.on_hand / 2)"
					  " / st.on_hand ELSE 0 END"),
	    ID },
	[STOCK_SORT_VALUE] = { SORT_NUMBER("coalesce(st.value, 0)"), ID },
	[STOCK_SORT_BIN] = { SORT_TEXT("coalesce(st.bin, '')"), ID },
};

#define STOCKED \
	" FROM variant v LEFT JOIN stock st ON st.variant_id = v.id" \
	" AND st.warehouse_id = 1"

static int
by_column(struct session *s, const struct variant_filter *f, enum page_dir dir,
    const struct variant *from, size_t limit, struct page *out)
{
	struct query set = QUERY("SELECT count(*) FROM (SELECT 1"
				 " FROM variant v WHERE 1 = 1");
	struct query names = QUERY("SELECT v.id, v.name FROM variant v"
				   " WHERE 1 = 1 /*scan*/");
	struct query q =
	    QUERY("SELECT v.id" STOCKED " WHERE 1 = 1 /*scan*/ /*sort*/");
	const struct sorting by = { .keys = sorts[f->sort],
		.row = STOCKED " WHERE v.id =",
		.from = from != NULL ? from->id : 0,
		.desc = f->desc,
		.dir = dir,
		.limit = limit };
	bool name = f->sort == STOCK_SORT_NAME;
	struct refs refs = { 0 };
	char end[300];
	int rc;

	assert(f->sort > STOCK_SORT_OWN && f->sort < STOCK_SORT_MAX);
	add_filter(&set, f, end);
	add_filter(name ? &names : &q, f, end);
	if ((rc = sort_allowed(s, &set)) == 0)
		rc = name ? sort_refs_by_pinyin(s, &names, &by, &refs)
			  : sort_refs(s, &q, &by, &refs);
	if (rc == 0)
		rc = load(s, &refs, out);
	refs_done(&refs);
	return rc;
}

int
variant_page(struct session *s, const struct variant_filter *filter,
    enum page_dir dir, const struct variant *from, size_t limit,
    struct page *out)
{
	enum stock_sort sort = filter->sort;
	bool sku = sort == STOCK_SORT_SKU || filter->order == VARIANT_BY_SKU;
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	/* An order by what is hidden would tell it. */
	if ((sort == STOCK_SORT_COST || sort == STOCK_SORT_VALUE) &&
	    (rc = session_need(s, PERM_COST_VIEW)) < 0)
		return rc;
	if (sort == STOCK_SORT_OWN || sort == STOCK_SORT_SKU)
		return by_index(s, filter, sku,
		    sort == STOCK_SORT_SKU && filter->desc, dir, from, limit,
		    out);
	return by_column(s, filter, dir, from, limit, out);
}

int
variant_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(VARIANT_SELECT " WHERE 1 = 1");
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	query_and(&q, "v.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct variant), 1,
	    take_variant, out);
	if (rc < 0)
		return rc;
	if (out->n == 0) {
		page_free(out);
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such product"));
	}
	return fill(s, out);
}

static const char sql_by_barcode[] =
    "SELECT variant_id FROM barcode WHERE code = $1";
static const char sql_by_sku[] = "SELECT id FROM variant WHERE sku_code = $1";

int
code_variant(struct session *s, const char *code, int64_t *id)
{
	char typed[64];
	int rc = ERR_NOTFOUND;

	if (trim_text(typed, sizeof(typed), code) && typed[0] != '\0') {
		rc = db_get1(s->db, sql_by_barcode, DB_ARGS(db_t(typed)), id);
		if (rc == ERR_NOTFOUND)
			rc = db_get1(
			    s->db, sql_by_sku, DB_ARGS(db_t(typed)), id);
	}
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "sku",
		    _("No product has the barcode or code %.60s"), code);
	return rc;
}

int
variant_by_code(struct session *s, const char *code, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	return code_variant(s, code, id);
}

const char *const variant_made[] = { N_("no"), N_("yes"), NULL };

void
variant_edit_from(struct variant_edit *edit, const struct variant *v)
{
	*edit = (struct variant_edit){
		.price = v->price,
		.weight = v->own_weight,
		.reorder_at = v->reorder_at,
		.target_level = v->target_level,
		.length = v->length,
		.width = v->width,
		.height = v->height,
		.guarantee_days = v->guarantee_days,
	};
	copy_text(edit->sku_code, sizeof(edit->sku_code), v->sku_code);
	copy_text(edit->product, sizeof(edit->product), v->product);
	copy_text(edit->name, sizeof(edit->name), v->name);
	copy_text(edit->barcodes, sizeof(edit->barcodes), v->barcodes);
	copy_text(edit->bin, sizeof(edit->bin), v->bin);
	copy_text(edit->made, sizeof(edit->made), variant_made[v->made != 0]);
	copy_text(edit->category, sizeof(edit->category), v->category);
	copy_text(edit->brand, sizeof(edit->brand), v->brand);
	copy_text(edit->unit, sizeof(edit->unit), v->unit);
	copy_text(edit->guarantee, sizeof(edit->guarantee), v->guarantee);
	copy_text(edit->note, sizeof(edit->note), v->note);
	copy_text(edit->images, sizeof(edit->images), v->images);
}

int64_t
variant_volume(const struct variant *v)
{
	return (v->length * v->width * v->height + 500) / 1000;
}

static const char sql_bin[] =
    "SELECT bin FROM stock WHERE bin = $1 AND bin <> '' AND warehouse_id = 1"
    " LIMIT 1";

static int
find_bin(struct session *s, const char *code, char bin[BIN_SIZE])
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_bin, DB_ARGS(db_t(code)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(bin, BIN_SIZE, db_text(rows, 0));
	db_done(rows);
	return rc;
}

int
bin_by_code(struct session *s, const char *code, char bin[BIN_SIZE])
{
	char typed[BIN_SIZE];
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	if (trim_text(typed, sizeof(typed), code) && typed[0] != '\0') {
		if ((rc = find_bin(s, typed, bin)) != 0)
			return rc < 0 ? rc : 0;
		for (i = 0; typed[i] != '\0'; i++)
			typed[i] = (char)toupper((unsigned char)typed[i]);
		if ((rc = find_bin(s, typed, bin)) != 0)
			return rc < 0 ? rc : 0;
	}
	return err_set(&s->err, ERR_NOTFOUND, "bin",
	    _("Nothing lies in a bin %.60s"), code);
}

#define VARIANTS 500

int
product_variants(struct session *s, int64_t product_id, struct page *out)
{
	struct query q = QUERY(VARIANT_SELECT " WHERE 1 = 1");
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	query_and(&q, "v.product_id =", db_i(product_id));
	query_lit(&q, " ORDER BY v.sku_code /*sort*/");
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct variant),
	    VARIANTS, take_variant, out);
	return rc < 0 ? rc : fill(s, out);
}

#define PLACES 2000
/* Warehouses first: then their bins, by where one comes by. */
#define PLACE_SELECT \
	"SELECT w.id, w.name, '', 0, 1, st.on_hand, st.available, st.reserved," \
	" st.to_put, st.defective, st.in_transit, 0 AS walk, '' AS along" \
	" FROM stock st JOIN warehouse w ON w.id = st.warehouse_id" \
	" WHERE st.variant_id = $1 UNION ALL" \
	" SELECT w.id, w.name, b.code, b.kind, 0, bs.qty, 0, 0, 0, 0, 0," \
	" b.walk, b.along FROM bin_stock bs JOIN bin b ON b.id = bs.bin_id" \
	" JOIN warehouse w ON w.id = b.warehouse_id" \
	" WHERE bs.variant_id = $1 AND bs.qty <> 0" \
	" ORDER BY 1, 5 DESC, 12, 13 /*scan*/ /*sort*/"

static void
take_place(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct variant_place *p = out;

	p->warehouse = row_text(rows, 1, arena);
	p->bin = row_text(rows, 2, arena);
	p->bin_kind = db_int(rows, 3);
	p->whole = db_int(rows, 4);
	p->on_hand = db_int(rows, 5);
	p->available = db_int(rows, 6);
	p->reserved = db_int(rows, 7);
	p->to_put = db_int(rows, 8);
	p->defective = db_int(rows, 9);
	p->in_transit = db_int(rows, 10);
}

int
variant_places(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(PLACE_SELECT);
	struct variant_place *p;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	q.args[q.nargs++] = db_i(id);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct variant_place),
	    PLACES, take_place, out);
	for (i = 0, p = out->rows; rc == 0 && i < out->n; i++)
		p[i].id = (int64_t)i + 1;
	return rc;
}
