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
#include "import_list.h"
#include "import_typed.h"
#include "staged_mark_priv.h"

/* Couriers, bins, freight templates and their prices, as lists. */

#define PLACE(edit, member, type) \
	{ \
#member, offsetof(struct edit, member), \
		    sizeof(((struct edit *)NULL)->member), type \
	}
#define NPLACES(places) (sizeof(places) / sizeof((places)[0]))

/* The only row of @page, or that there is none. */
static int
the_one(int rc, const struct page *page, bool *there)
{
	*there = rc == 0 && page->n > 0;
	return rc == ERR_NOTFOUND ? 0 : rc;
}

static const struct typed_place courier_places[] = {
	PLACE(courier_edit, name, TYPED_TEXT),
	PLACE(courier_edit, code, TYPED_TEXT),
	PLACE(courier_edit, aliases, TYPED_TEXT),
	PLACE(courier_edit, shape, TYPED_TEXT),
	PLACE(courier_edit, phone, TYPED_TEXT),
	PLACE(courier_edit, active, TYPED_YES),
};

static const char sql_courier[] = "SELECT id FROM courier WHERE name = $1";

static int
courier_there(
    struct job *j, const void *edit, int64_t *id, void *was, bool *there)
{
	const struct courier_edit *e = edit;
	struct page page = { .n = 0 };
	int rc = list_look_up(j, sql_courier, slice_of(e->name), id);

	if (rc < 0 || *id == 0)
		return rc;
	rc = the_one(courier_card(j->s, *id, &page), &page, there);
	if (*there) {
		const struct courier_card *c = page.rows;
		struct courier_edit *is = was;

		courier_edit_from(is, c);
		copy_text(is->aliases, sizeof(is->aliases), c->aliases);
	}
	page_free(&page);
	return rc;
}

/* As the list has them: ";圆通;YTO;". */
static int
courier_put(struct job *j, int64_t *id, const void *edit)
{
	return courier_write(j->s, j->txn, id, 0, edit);
}

static const struct typed_place bin_places[] = {
	PLACE(bin_edit, warehouse, TYPED_TEXT),
	PLACE(bin_edit, code, TYPED_TEXT),
	PLACE(bin_edit, kind, TYPED_TEXT),
	PLACE(bin_edit, walk, TYPED_TEXT),
	PLACE(bin_edit, note, TYPED_TEXT),
	PLACE(bin_edit, active, TYPED_YES),
};

static const char sql_bin[] =
    "SELECT id FROM bin WHERE warehouse_id = $1 AND code = $2";

static int
bin_there(struct job *j, const void *edit, int64_t *id, void *was, bool *there)
{
	const struct bin_edit *e = edit;
	struct page page = { .n = 0 };
	struct bin_edit *is = was;
	struct bin_words words;
	const struct bin *b;
	int64_t warehouse;
	int rc;

	if ((rc = bin_check(j->s, e, &words)) < 0 ||
	    (rc = warehouse_find(j->s, e->warehouse, &warehouse)) < 0)
		return rc;
	rc = db_get1(
	    j->s->db, sql_bin, DB_ARGS(db_i(warehouse), db_t(words.code)), id);
	if (rc == ERR_NOTFOUND) {
		*id = 0;
		return 0;
	}
	if (rc == 0)
		rc = the_one(bin_get(j->s, *id, &page), &page, there);
	b = page.rows;
	if (*there && b != NULL) {
		bin_edit_from(is, b);
		copy_text(is->kind, sizeof(is->kind), bin_kind_name(b->kind));
	}
	page_free(&page);
	return rc;
}

static const char sql_bin_version[] = "SELECT version FROM bin WHERE id = $1";

static int
bin_write(struct job *j, int64_t *id, const void *edit)
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
	PLACE(freight_template_edit, courier, TYPED_TEXT),
	PLACE(freight_template_edit, name, TYPED_TEXT),
	PLACE(freight_template_edit, warehouse, TYPED_TEXT),
	PLACE(freight_template_edit, basis, TYPED_TEXT),
	PLACE(freight_template_edit, divisor, TYPED_NUMBER),
	PLACE(freight_template_edit, since, TYPED_DAY),
	PLACE(freight_template_edit, active, TYPED_YES),
};

static int
template_there(
    struct job *j, const void *edit, int64_t *id, void *was, bool *there)
{
	const struct freight_template_edit *e = edit;
	struct page page = { .n = 0 };
	int rc = freight_template_find(j->s, e->courier, e->name, id);

	if (rc == ERR_NOTFOUND) {
		*id = 0;
		return 0;
	}
	if (rc == 0)
		rc = the_one(
		    freight_template_get(j->s, *id, &page), &page, there);
	if (*there)
		freight_template_edit_from(was, page.rows);
	page_free(&page);
	return rc;
}

static int
template_put(struct job *j, int64_t *id, const void *edit)
{
	return freight_template_write(j->s, j->txn, id, 0, edit);
}

static int
template_image(struct job *j, int64_t id, struct str *out)
{
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
	PLACE(price_edit, courier, TYPED_TEXT),
	PLACE(price_edit, template, TYPED_TEXT),
	PLACE(price_edit, province, TYPED_TEXT),
	PLACE(price_edit, first, TYPED_NUMBER),
	PLACE(price_edit, first_fee, TYPED_NUMBER),
	PLACE(price_edit, step, TYPED_NUMBER),
	PLACE(price_edit, step_fee, TYPED_NUMBER),
	PLACE(price_edit, least_fee, TYPED_NUMBER),
	PLACE(price_edit, days, TYPED_NUMBER),
	PLACE(price_edit, served, TYPED_YES),
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
price_there(
    struct job *j, const void *edit, int64_t *id, void *was, bool *there)
{
	const struct price_edit *e = edit;
	const struct freight_zone *z;
	struct price_edit *is = was;
	struct page page;
	char brief[32];
	size_t i;
	int rc = freight_template_find(j->s, e->courier, e->template, id);

	if (rc < 0 || (rc = freight_zones(j->s, *id, &page)) < 0)
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
price_write(struct job *j, int64_t *id, const void *edit)
{
	struct freight_zone_edit z;

	zone_of(&z, edit);
	return freight_zone_write(j->s, j->txn, *id, &z);
}

static const struct typed kinds[] = {
	{ "courier", PERM_FREIGHT_EDIT, sizeof(struct courier_edit),
	    courier_places, NPLACES(courier_places), courier_there, courier_put,
	    NULL, NULL },
	{ "bin", PERM_WAREHOUSE_EDIT, sizeof(struct bin_edit), bin_places,
	    NPLACES(bin_places), bin_there, bin_write, NULL, NULL },
	{ "freight-template", PERM_FREIGHT_EDIT,
	    sizeof(struct freight_template_edit), template_places,
	    NPLACES(template_places), template_there, template_put,
	    template_image, template_back },
	{ "freight-template", PERM_FREIGHT_EDIT, sizeof(struct price_edit),
	    price_places, NPLACES(price_places), price_there, price_write,
	    template_image, template_back },
};

const struct typed *
typed_of(enum kept_shape shape)
{
	return &kinds[shape - SHAPE_COURIERS];
}
