/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/kits.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* The parts of kits, as rows. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(struct kit_row, member), NULL \
	}
static const struct rec_field kit_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(kit_sku, N_("Kit code"), REC_TEXT),
	F(kit, N_("Kit"), REC_TEXT),
	F(part_sku, N_("Part code"), REC_TEXT),
	F(part, N_("Part of the kit"), REC_TEXT),
	F(qty, N_("Quantity"), REC_INT),
	F(available, N_("Available"), REC_INT),
	F(weight, N_("Weight"), REC_INT),
	F(unit_cost, N_("Unit cost"), REC_COST),
	FIELD_END,
};

static int
kit_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return kit_rows(s, 0, dir, from, limit, out);
}

static int
kit_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const none[] = { NULL };
	const struct rec_sift sift = { &rec_kits, filters, nfilters, none,
		kit_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
kit_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct kit_row before = { .id = id - 1 };
	int rc = kit_rows(s, 0, PAGE_AFTER, &before, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_kits = {
	.name = "kits",
	.fields = kit_fields,
	.row_size = sizeof(struct kit_row),
	.page = kit_rec_page,
	.get = kit_rec_get,
};
