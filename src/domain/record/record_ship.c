/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/shipping.h"

#include "../core/session_priv.h"
#include "record_priv.h"

#define F(name, label, type) \
	{ \
#name, label, type, offsetof(ROW, name), NULL \
	}

/* What parcels are packed in, and orders that could go together. */

#define ROW struct material
static const struct rec_field material_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(code, N_("Code"), REC_TEXT),
	F(name, N_("Material"), REC_TEXT),
	F(weight, N_("Weight"), REC_INT),
	F(cost, N_("Cost"), REC_COST),
	F(active, N_("In use"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
material_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return material_page(s, dir, from, limit, out);
}

static int
material_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_materials, filters, nfilters, NULL,
		material_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_materials = {
	.name = "materials",
	.fields = material_fields,
	.row_size = sizeof(struct material),
	.page = material_rec_page,
	.get = material_get,
};

#define ROW struct merge_candidate
static const struct rec_field candidate_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(others, N_("With"), REC_TEXT),
	F(n, N_("Orders"), REC_INT),
	F(shop, N_("Shop"), REC_TEXT),
	F(receiver, N_("Receiver"), REC_TEXT),
	F(phone, N_("Phone"), REC_TEXT),
	F(address, N_("Address"), REC_TEXT),
	F(qty, N_("Pieces"), REC_INT),
	F(paid, N_("Paid"), REC_MONEY),
	F(held, N_("Held"), REC_BOOL),
	F(created_at, N_("Created"), REC_TIME),
	FIELD_END,
};
#undef ROW

static const struct rec_field candidate_filters[] = {
	{ "any_shop", NULL, REC_BOOL, 0, NULL },
	FIELD_END,
};

static int
candidate_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return merge_page(s, arg, dir, from, limit, out);
}

static int
candidate_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "any_shop", NULL };
	struct merge_filter f = { .any_shop = false };
	const struct rec_sift sift = { &rec_merge_candidates, filters, nfilters,
		done, candidate_read, &f };
	int rc;

	rc = rec_want_yes(s, filters, nfilters, "any_shop", &f.any_shop);
	if (rc < 0)
		return rc;
	return rec_sift(s, &sift, dir, from, limit, out);
}

static const char sql_place[] =
    "SELECT held, created_at FROM orders WHERE id = $1";

static int
candidate_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct merge_filter f = { .any_shop = true };
	struct merge_candidate above = { .id = id - 1 };
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_place, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		above.held = db_int(rows, 0);
		above.created_at = db_int(rows, 1);
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	rc = merge_page(s, &f, PAGE_AFTER, &above, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_merge_candidates = {
	.name = "merge-candidates",
	.fields = candidate_fields,
	.row_size = sizeof(struct merge_candidate),
	.page = candidate_rec_page,
	.get = candidate_rec_get,
	.filters = candidate_filters,
};
