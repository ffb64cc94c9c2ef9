/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "shopmgr/base/i18n.h"

#include "../record/record_priv.h"
#include "manifest_priv.h"
#include "waves_priv.h"

/* Waves, what goes back, and manifests, for lists and files. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}

#define ROW struct wave
static const struct rec_field wave_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(wave_no, N_("Wave"), REC_TEXT),
	{ "kind", N_("Kind"), REC_CODE, offsetof(ROW, kind), wave_kind_name },
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    wave_state_name },
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(slots, N_("Orders"), REC_INT),
	F(open, N_("To pack"), REC_INT),
	F(done, N_("Packed"), REC_INT),
	F(kicked, N_("Kicked out"), REC_INT),
	F(need, N_("Pieces"), REC_INT),
	F(picked, N_("Picked"), REC_INT),
	F(sorted, N_("Sorted"), REC_INT),
	F(staff, N_("Made by"), REC_TEXT),
	F(at, N_("Made at"), REC_TIME),
	F(picker, N_("Picker"), REC_TEXT),
	F(picked_at, N_("Picked at"), REC_TIME),
	F(done_at, N_("Done at"), REC_TIME),
	FIELD_END,
};
#undef ROW

static int
wave_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const int64_t *state = arg;

	return wave_page(s, *state, dir, from, limit, out);
}

static int
wave_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const int64_t any = 0;
	const struct rec_sift sift = { &rec_waves, filters, nfilters, NULL,
		wave_read, &any };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_waves = {
	.name = "waves",
	.fields = wave_fields,
	.row_size = sizeof(struct wave),
	.page = wave_rec_page,
	.get = wave_get,
};

#define ROW struct put_back
static const struct rec_field put_back_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Product name"), REC_TEXT),
	F(qty, N_("Quantity"), REC_INT),
	F(bin, N_("Bin"), REC_TEXT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(wave_no, N_("Wave"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	FIELD_END,
};
#undef ROW

static int
put_back_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return put_back_page(s, dir, from, limit, out);
}

static int
put_back_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_put_backs, filters, nfilters, NULL,
		put_back_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
put_back_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct put_back below = { .id = id - 1 };
	int rc;

	rc = put_back_page(s, PAGE_AFTER, &below, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_put_backs = {
	.name = "put_backs",
	.fields = put_back_fields,
	.row_size = sizeof(struct put_back),
	.page = put_back_rec_page,
	.get = put_back_rec_get,
};

#define ROW struct manifest
static const struct rec_field manifest_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(manifest_no, N_("Manifest"), REC_TEXT),
	F(courier, N_("Courier"), REC_TEXT),
	F(parcels, N_("Parcels"), REC_INT),
	F(weight, N_("Weight"), REC_INT),
	F(missing, N_("Not on it"), REC_INT),
	F(staff, N_("Made by"), REC_TEXT),
	F(at, N_("Made at"), REC_TIME),
	F(closed_at, N_("Handed over at"), REC_TIME),
	F(closed_by, N_("Handed over by"), REC_TEXT),
	F(driver, N_("Driver"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
manifest_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return manifest_page(s, false, dir, from, limit, out);
}

static int
manifest_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_manifests, filters, nfilters, NULL,
		manifest_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_manifests = {
	.name = "manifests",
	.fields = manifest_fields,
	.row_size = sizeof(struct manifest),
	.page = manifest_rec_page,
	.get = manifest_get,
};
