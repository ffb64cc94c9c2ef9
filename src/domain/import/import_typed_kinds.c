/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/couriers.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/routing.h"

#include "../logistics/freight_priv.h"
#include "../stock/bins_edit.h"
#include "import_typed.h"
#include "staged_mark_priv.h"

/* Couriers, bins, freight templates and their prices, as lists. */

static const struct typed_place courier_places[] = {
	PLACE(courier_edit, name, TYPED_TEXT, 0),
	PLACE(courier_edit, code, TYPED_TEXT, 0),
	PLACE(courier_edit, aliases, TYPED_TEXT, 0),
	PLACE(courier_edit, shape, TYPED_TEXT, 0),
	PLACE(courier_edit, phone, TYPED_TEXT, 0),
	PLACE(courier_edit, active, TYPED_YES, 1),
};

static const char sql_courier[] = "SELECT id FROM courier WHERE name = $1";

/* As the list has them: ";圆通;YTO;". */
static void
courier_from(void *was, const void *record)
{
	const struct courier_card *c = record;
	struct courier_edit *is = was;

	courier_edit_from(is, c);
	copy_text(is->aliases, sizeof(is->aliases), c->aliases);
}

static int
courier_put(struct job *j, int64_t *id, void *edit)
{
	return courier_write(j->s, j->txn, id, 0, edit);
}

static const struct typed_place bin_places[] = {
	PLACE(bin_edit, warehouse, TYPED_TEXT, 0),
	PLACE(bin_edit, code, TYPED_TEXT, 0),
	PLACE(bin_edit, kind, TYPED_TEXT, 0),
	PLACE(bin_edit, walk, TYPED_TEXT, 0),
	PLACE(bin_edit, note, TYPED_TEXT, 0),
	PLACE(bin_edit, active, TYPED_YES, 1),
};

static const char sql_bin[] =
    "SELECT id FROM bin WHERE warehouse_id = $1 AND code = $2";

static int
bin_id_of(struct job *j, const void *edit, int64_t *id)
{
	const struct bin_edit *e = edit;
	struct bin_words words;
	int64_t warehouse;
	int rc;

	if ((rc = bin_check(j->s, e, &words)) < 0 ||
	    (rc = warehouse_find(j->s, e->warehouse, &warehouse)) < 0)
		return rc;
	rc = db_get1(
	    j->s->db, sql_bin, DB_ARGS(db_i(warehouse), db_t(words.code)), id);
	return rc == ERR_NOTFOUND ? 0 : rc;
}

static void
bin_from(void *was, const void *record)
{
	const struct bin *b = record;
	struct bin_edit *is = was;

	bin_edit_from(is, b);
	copy_text(is->kind, sizeof(is->kind), bin_kind_name(b->kind));
}

static const char sql_bin_version[] = "SELECT version FROM bin WHERE id = $1";

static int
bin_write(struct job *j, int64_t *id, void *edit)
{
	const struct bin_edit *e = edit;
	struct bin_words words;
	int64_t warehouse, version;
	int rc;

	if ((rc = bin_check(j->s, e, &words)) < 0)
		return rc;
	if (*id != 0) {
		rc = db_fetch1(
		    j->txn, sql_bin_version, DB_ARGS(db_i(*id)), &version);
		return rc < 0
			   ? rc
			   : bin_change(j->s, j->txn, *id, version, &words, e);
	}
	rc = warehouse_find(j->s, e->warehouse, &warehouse);
	return rc < 0 ? rc : bin_put(j->txn, warehouse, &words, e, id);
}

static const struct typed_place template_places[] = {
	PLACE(freight_template_edit, courier, TYPED_TEXT, 0),
	PLACE(freight_template_edit, name, TYPED_TEXT, 0),
	PLACE(freight_template_edit, warehouse, TYPED_TEXT, 0),
	PLACE(freight_template_edit, basis, TYPED_TEXT, 0),
	PLACE(freight_template_edit, divisor, TYPED_NUMBER, 0),
	PLACE(freight_template_edit, since, TYPED_DAY, 0),
	PLACE(freight_template_edit, active, TYPED_YES, 1),
};

static int
template_id_of(struct job *j, const void *edit, int64_t *id)
{
	const struct freight_template_edit *e = edit;
	int rc = freight_template_find(j->s, e->courier, e->name, id);

	return rc == ERR_NOTFOUND ? 0 : rc;
}

static void
template_from(void *was, const void *record)
{
	freight_template_edit_from(was, record);
}

static int
template_put(struct job *j, int64_t *id, void *edit)
{
	return freight_template_write(j->s, j->txn, id, 0, edit);
}

static int
template_image(struct job *j, int64_t id, const void *edit, const void *was,
    struct str *out)
{
	(void)edit;
	(void)was;
	return freight_image(j->s, id, out);
}

static int
template_back(struct job *j, int64_t id, char *image)
{
	return freight_put_back(j->s, j->txn, id, image);
}

/* What it costs somewhere is part of its template. */
struct price_edit {
	char courier[64], template[64], province[400];
	int64_t first, first_fee, step, step_fee, least_fee, days;
	bool served;
};
static const struct typed_place price_places[] = {
	PLACE(price_edit, courier, TYPED_TEXT, 0),
	PLACE(price_edit, template, TYPED_TEXT, 0),
	PLACE(price_edit, province, TYPED_TEXT, 0),
	PLACE(price_edit, first, TYPED_NUMBER, 0),
	PLACE(price_edit, first_fee, TYPED_NUMBER, 0),
	PLACE(price_edit, step, TYPED_NUMBER, 0),
	PLACE(price_edit, step_fee, TYPED_NUMBER, 0),
	PLACE(price_edit, least_fee, TYPED_NUMBER, 0),
	PLACE(price_edit, days, TYPED_NUMBER, 0),
	PLACE(price_edit, served, TYPED_YES, 1),
};

static void
zone_of(struct freight_zone_edit *z, const struct price_edit *e)
{
	*z = (struct freight_zone_edit){ .first = e->first,
		.first_fee = e->first_fee,
		.step = e->step,
		.step_fee = e->step_fee,
		.least_fee = e->least_fee,
		.days = e->days,
		.served = e->served };
	copy_text(z->province, sizeof(z->province), e->province);
}

static int
price_id_of(struct job *j, const void *edit, int64_t *id)
{
	const struct price_edit *e = edit;

	return freight_template_find(j->s, e->courier, e->template, id);
}

static int
price_look(struct job *j, int64_t id, const void *edit, void *was, bool *there)
{
	const struct price_edit *e = edit;
	const struct freight_zone *z;
	struct price_edit *is = was;
	struct page page;
	char brief[32];
	size_t i;
	int rc = freight_zones(j->s, id, &page);

	if (rc < 0)
		return rc;
	for (i = 0, z = page.rows; i < page.n && !*there; i++, z++) {
		(void)province_brief(e->province, brief);
		if (strcmp(z->province, brief) != 0)
			continue;
		*is = *e;
		is->first = z->first;
		is->first_fee = z->first_fee;
		is->step = z->step;
		is->step_fee = z->step_fee;
		is->least_fee = z->least_fee;
		is->days = z->days;
		is->served = z->served != 0;
		*there = true;
	}
	page_free(&page);
	return 0;
}

static int
price_write(struct job *j, int64_t *id, void *edit)
{
	struct freight_zone_edit z;

	zone_of(&z, edit);
	return freight_zone_write(j->s, j->txn, *id, &z);
}

const struct typed typed_couriers = {
	.kind = "courier",
	.what = "typed",
	.perm = PERM_FREIGHT_EDIT,
	.size = sizeof(struct courier_edit),
	TYPED_PLACES(courier_places),
	.by = sql_courier,
	.get = courier_card,
	.from = courier_from,
	.write = courier_put,
};

const struct typed typed_bins = {
	.kind = "bin",
	.what = "typed",
	.perm = PERM_WAREHOUSE_EDIT,
	.size = sizeof(struct bin_edit),
	TYPED_PLACES(bin_places),
	.id_of = bin_id_of,
	.get = bin_get,
	.from = bin_from,
	.write = bin_write,
};

const struct typed typed_templates = {
	.kind = "freight-template",
	.what = "typed",
	.perm = PERM_FREIGHT_EDIT,
	.size = sizeof(struct freight_template_edit),
	TYPED_PLACES(template_places),
	.id_of = template_id_of,
	.get = freight_template_get,
	.from = template_from,
	.write = template_put,
	.image = template_image,
	.back = template_back,
};

const struct typed typed_zones = {
	.kind = "freight-template",
	.what = "typed",
	.perm = PERM_FREIGHT_EDIT,
	.size = sizeof(struct price_edit),
	TYPED_PLACES(price_places),
	.id_of = price_id_of,
	.look = price_look,
	.write = price_write,
	.image = template_image,
	.back = template_back,
};

const struct typed *
typed_of(enum kept_shape shape)
{
	static const struct typed *const all[] = {
		[SHAPE_COURIERS] = &typed_couriers,
		[SHAPE_BINS] = &typed_bins,
		[SHAPE_TEMPLATES] = &typed_templates,
		[SHAPE_ZONES] = &typed_zones,
		[SHAPE_WAREHOUSES] = &typed_warehouses,
		[SHAPE_MATERIALS] = &typed_materials,
		[SHAPE_CATEGORIES] = &typed_categories,
		[SHAPE_GRADES] = &typed_grades,
		[SHAPE_MEMBER_PRICES] = &typed_member_prices,
		[SHAPE_SUPPLIER_ITEMS] = &typed_supplier_items,
		[SHAPE_REVIEW_RULES] = &typed_review_rules,
		[SHAPE_GIFT_RULES] = &typed_gift_rules,
		[SHAPE_TEXTS] = &typed_texts,
		[SHAPE_ATTRS] = &typed_attrs,
		[SHAPE_SETTINGS] = &typed_settings,
	};

	return all[shape];
}
