/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/categories.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

#include "../customers/grades_priv.h"
#include "../floor/ship_priv.h"
#include "../goods/companies_priv.h"
#include "../goods/products_priv.h"
#include "../logistics/freight_priv.h"
#include "../stock/stock_priv.h"
#include "import_list.h"
#include "import_product.h"
#include "import_typed.h"

/* Where goods lie, what they are packed in and belong to, what members pay for
 * them and we do, as lists. */

static const struct typed_place warehouse_places[] = {
	PLACE(warehouse_edit, name, TYPED_TEXT, 0),
	PLACE(warehouse_edit, province, TYPED_TEXT, 0),
	PLACE(warehouse_edit, hub, TYPED_TEXT, 0),
	PLACE(warehouse_edit, below_zero, TYPED_YES, 0),
	PLACE(warehouse_edit, away, TYPED_YES, 0),
	PLACE(warehouse_edit, put_away, TYPED_YES, 0),
	PLACE(warehouse_edit, address, TYPED_TEXT, 0),
	PLACE(warehouse_edit, active, TYPED_YES, 1),
};

static const char sql_warehouse[] = "SELECT id FROM warehouse WHERE name = $1";
static const char sql_alone[] =
    "SELECT count(*) FROM warehouse WHERE id <> $1 OR version > 1 /*scan*/";

/* As long as there is the one of a new shop alone, the first row of a list is
 * that one: its owner gave it another name. */
static int
warehouse_id_of(struct job *j, const void *edit, int64_t *id)
{
	const struct warehouse_edit *e = edit;
	const struct import_summary *sum = &j->im->sum;
	int64_t others;
	int rc = list_look_up(j, sql_warehouse, slice_of(e->name), id);

	if (rc < 0 || *id != 0 ||
	    sum->new_n + sum->updated_n + sum->unchanged_n + sum->rejected_n >
		0)
		return rc;
	rc = db_get1(
	    j->s->db, sql_alone, DB_ARGS(db_i(WAREHOUSE_MAIN)), &others);
	if (rc == 0 && others == 0)
		*id = WAREHOUSE_MAIN;
	return rc;
}

static void
warehouse_from(void *was, const void *record)
{
	warehouse_edit_from(was, record);
}

static int
warehouse_put(struct job *j, int64_t *id, void *edit)
{
	return warehouse_write(j->s, j->txn, id, 0, edit);
}

const struct typed typed_warehouses = {
	.kind = "warehouse",
	.what = "typed",
	.perm = PERM_WAREHOUSE_EDIT,
	.size = sizeof(struct warehouse_edit),
	TYPED_PLACES(warehouse_places),
	.id_of = warehouse_id_of,
	.get = warehouse_get,
	.from = warehouse_from,
	.write = warehouse_put,
};

static const struct typed_place material_places[] = {
	PLACE(material_edit, code, TYPED_TEXT, 0),
	PLACE(material_edit, name, TYPED_TEXT, 0),
	PLACE(material_edit, weight, TYPED_NUMBER, 0),
	PLACE(material_edit, cost, TYPED_NUMBER, 0),
	PLACE(material_edit, active, TYPED_YES, 1),
};

static const char sql_material[] = "SELECT id FROM material WHERE code = $1";

static void
material_from(void *was, const void *record)
{
	material_edit_from(was, record);
}

static int
material_put(struct job *j, int64_t *id, void *edit)
{
	return material_write(j->s, j->txn, id, 0, edit);
}

const struct typed typed_materials = {
	.kind = "material",
	.what = "typed",
	.perm = PERM_FREIGHT_EDIT,
	.size = sizeof(struct material_edit),
	TYPED_PLACES(material_places),
	.by = sql_material,
	.get = material_get,
	.from = material_from,
	.write = material_put,
};

/* A path is all that there is to say of one. */
struct path_edit {
	char category[CATEGORY_PATH];
};
static const struct typed_place category_places[] = {
	PLACE(path_edit, category, TYPED_TEXT, 0),
};

static const char sql_category[] = "SELECT id FROM category WHERE path = $1";

static int
category_id_of(struct job *j, const void *edit, int64_t *id)
{
	struct path_edit e = *(const struct path_edit *)edit;
	int rc;

	if (!category_tidy(e.category))
		return category_too_long(j->s, "category");
	rc = db_get1(j->s->db, sql_category, DB_ARGS(db_t(e.category)), id);
	return rc == ERR_NOTFOUND ? 0 : rc;
}

/* One that is there is as the list says. */
static int
category_look(
    struct job *j, int64_t id, const void *edit, void *was, bool *there)
{
	(void)j;
	(void)id;
	memcpy(was, edit, sizeof(struct path_edit));
	*there = true;
	return 0;
}

static int
category_put(struct job *j, int64_t *id, void *edit)
{
	struct path_edit *e = edit;

	(void)category_tidy(e->category);
	return category_make(j->s, j->txn, e->category, id);
}

const struct typed typed_categories = {
	.kind = "category",
	.what = "typed",
	.perm = PERM_PRODUCT_EDIT,
	.size = sizeof(struct path_edit),
	TYPED_PLACES(category_places),
	.id_of = category_id_of,
	.look = category_look,
	.write = category_put,
};

static const struct typed_place grade_places[] = {
	PLACE(grade_edit, name, TYPED_TEXT, 0),
	PLACE(grade_edit, from_paid, TYPED_NUMBER, 0),
	PLACE(grade_edit, permille, TYPED_NUMBER, 1000),
};

static const char sql_grade[] = "SELECT id FROM grade WHERE name = $1";

static void
grade_from(void *was, const void *record)
{
	grade_edit_from(was, record);
}

static int
grade_put(struct job *j, int64_t *id, void *edit)
{
	return grade_write(j->s, j->txn, id, 0, edit);
}

const struct typed typed_grades = {
	.kind = "grade",
	.what = "typed",
	.perm = PERM_SALE_EDIT,
	.size = sizeof(struct grade_edit),
	TYPED_PLACES(grade_places),
	.by = sql_grade,
	.get = grade_get,
	.from = grade_from,
	.write = grade_put,
};

/* What members pay is a part of the product. */
struct member_edit {
	char sku[64], grade[64];
	int64_t price;
};
static const struct typed_place member_places[] = {
	PLACE(member_edit, sku, TYPED_TEXT, 0),
	PLACE(member_edit, grade, TYPED_TEXT, 0),
	PLACE(member_edit, price, TYPED_MAYBE, MEMBER_PRICE_NONE),
};

static int
member_id_of(struct job *j, const void *edit, int64_t *id)
{
	const struct member_edit *e = edit;
	struct member_price_now now = { 0 };
	int rc = member_price_now(j->s, e->sku, e->grade, &now);

	*id = now.variant_id;
	return rc;
}

static int
member_look(struct job *j, int64_t id, const void *edit, void *was, bool *there)
{
	struct member_edit *is = was;
	struct member_price_now now;
	int rc;

	(void)id;
	*is = *(const struct member_edit *)edit;
	rc = member_price_now(j->s, is->sku, is->grade, &now);
	if (rc < 0)
		return rc;
	*there = now.was != MEMBER_PRICE_NONE || is->price == MEMBER_PRICE_NONE;
	is->price = now.was;
	return 0;
}

static int
member_put(struct job *j, int64_t *id, void *edit)
{
	const struct member_edit *e = edit;
	struct member_price_now now;
	int rc = member_price_now(j->s, e->sku, e->grade, &now);

	(void)id;
	now.is = e->price;
	if (rc == 0)
		rc = member_price_write(j->s, j->txn, &now);
	return rc < 0 ? rc : 0;
}

static int
member_image(struct job *j, int64_t id, const void *edit, const void *was,
    struct str *out)
{
	const struct member_edit *e = edit, *before = was;
	struct member_price_now now;
	int rc = member_price_now(j->s, e->sku, e->grade, &now);

	(void)id;
	if (rc == 0)
		str_addf(out, "member=%" PRId64 ",%" PRId64, now.grade_id,
		    before->price);
	return rc;
}

int
member_price_back(struct job *j, int64_t variant, const char *image)
{
	struct member_price_now p = { .variant_id = variant };
	int rc;

	if (sscanf(image, "%" SCNd64 ",%" SCNd64, &p.grade_id, &p.is) != 2)
		return 0;
	p.was = p.is == MEMBER_PRICE_NONE ? 0 : MEMBER_PRICE_NONE;
	rc = member_price_write(j->s, j->txn, &p);
	return rc < 0 ? rc : 0;
}

const struct typed typed_member_prices = {
	.kind = "variant",
	.what = "price",
	.perm = PERM_SALE_EDIT,
	.size = sizeof(struct member_edit),
	TYPED_PLACES(member_places),
	.id_of = member_id_of,
	.look = member_look,
	.write = member_put,
	.image = member_image,
};

/* So is what it is bought for. */
struct item_edit {
	char sku_code[64], company[NAME_ROOM], code[64];
	int64_t price, min_qty, pack_qty;
	bool first;
};
static const struct typed_place item_places[] = {
	PLACE(item_edit, sku_code, TYPED_TEXT, 0),
	PLACE(item_edit, company, TYPED_TEXT, 0),
	PLACE(item_edit, code, TYPED_TEXT, 0),
	PLACE(item_edit, price, TYPED_NUMBER, 0),
	PLACE(item_edit, min_qty, TYPED_NUMBER, 1),
	PLACE(item_edit, pack_qty, TYPED_NUMBER, 1),
	PLACE(item_edit, first, TYPED_YES, 0),
};

static int
item_id_of(struct job *j, const void *edit, int64_t *id)
{
	const struct item_edit *e = edit;
	int rc = code_variant(j->s, e->sku_code, id);

	return rc == ERR_NOTFOUND
		   ? err_set(&j->s->err, ERR_INVALID, "sku_code",
			 _("There is no product with the code %s"), e->sku_code)
		   : rc;
}

static int
item_look(struct job *j, int64_t id, const void *edit, void *was, bool *there)
{
	const struct item_edit *e = edit;
	const struct supplier_item *i;
	struct item_edit *is = was;
	struct page page;
	int64_t company;
	int rc = company_by_name(j->s, e->company, &company);

	if (rc < 0)
		return rc;
	rc = supplier_item_get(j->s, supplier_item_id(id, company), &page);
	*there = rc == 0;
	if (rc < 0)
		return rc == ERR_NOTFOUND ? 0 : rc;
	i = page_row(&page, 0);
	*is = (struct item_edit){ .price = i->price,
		.min_qty = i->min_qty,
		.pack_qty = i->pack_qty,
		.first = i->first != 0 };
	copy_text(is->sku_code, sizeof(is->sku_code), i->sku_code);
	copy_text(is->company, sizeof(is->company), i->company);
	copy_text(is->code, sizeof(is->code), i->code);
	page_free(&page);
	return 0;
}

static int
item_put(struct job *j, int64_t *id, void *edit)
{
	const struct item_edit *is = edit;
	struct supplier_item_edit e = { .price = is->price,
		.min_qty = is->min_qty,
		.pack_qty = is->pack_qty };
	struct supplier_terms t;
	int rc;

	(void)id;
	copy_text(e.sku_code, sizeof(e.sku_code), is->sku_code);
	copy_text(e.company, sizeof(e.company), is->company);
	copy_text(e.code, sizeof(e.code), is->code);
	copy_text(e.first, sizeof(e.first), variant_made[is->first]);
	if ((rc = supplier_item_terms(j->s, j->txn, &e, &t)) < 0)
		return rc;
	return supplier_terms_set(j->s, j->txn, &t, NULL);
}

static int
item_image(struct job *j, int64_t id, const void *edit, const void *was,
    struct str *out)
{
	const struct item_edit *e = edit, *before = was;
	int64_t company;
	int rc = company_by_name(j->s, e->company, &company);
	struct str terms = STR_INIT;

	if (rc == 0)
		rc = offer_image(j, id, company, out);
	str_addf(&terms, "%" PRId64 ",%" PRId64 ",%" PRId64 ",%s", company,
	    before->min_qty, before->pack_qty, before->code);
	image_text(out, "terms", slice_of(terms.s));
	str_done(&terms);
	return rc;
}

static const char sql_terms[] =
    "UPDATE supplier_item SET min_qty = $3, pack_qty = $4, code = $5"
    " WHERE variant_id = $1 AND company_id = $2";

int
supplier_terms_back(struct job *j, int64_t variant, const char *image)
{
	int64_t company, least, pack;
	int at = 0;

	if (sscanf(image, "%" SCNd64 ",%" SCNd64 ",%" SCNd64 ",%n", &company,
		&least, &pack, &at) != 3 ||
	    at == 0)
		return 0;
	return db_exec(j->txn, sql_terms,
	    DB_ARGS(db_i(variant), db_i(company), db_i(least), db_i(pack),
		db_t(image + at)),
	    NULL);
}

const struct typed typed_supplier_items = {
	.kind = "variant",
	.what = "supplier",
	.perm = PERM_COMPANY_EDIT,
	.also = PERM_COST_VIEW,
	.size = sizeof(struct item_edit),
	TYPED_PLACES(item_places),
	.id_of = item_id_of,
	.look = item_look,
	.write = item_put,
	.image = item_image,
};
