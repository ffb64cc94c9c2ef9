/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* Rows kept as files have them. */

#define F(name, label, type) \
	{ \
#name, label, type, offsetof(struct staged, name), NULL \
	}
static const struct rec_field staged_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(kind, N_("Kind"), REC_TEXT),
	F(key, N_("Key"), REC_TEXT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(batch, N_("Import"), REC_INT),
	F(line, N_("Line"), REC_INT),
	F(at, N_("Time"), REC_TIME),
	F(fields, N_("Values"), REC_TEXT),
	FIELD_END,
};
#undef F

struct which {
	const char *kind, *order_no;
};

static int
staged_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct which *which = arg;

	return which->order_no != NULL
		   ? staged_of_order(s, which->order_no, dir, from, limit, out)
		   : staged_page(s, which->kind, dir, from, limit, out);
}

static int
staged_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const by_kind[] = { "kind", NULL };
	static const char *const by_order[] = { "order_no", NULL };
	const struct which which = { rec_want(filters, nfilters, "kind"),
		rec_want(filters, nfilters, "order_no") };
	const struct rec_sift sift = { &rec_staged, filters, nfilters,
		which.order_no != NULL ? by_order : by_kind, staged_read,
		&which };

	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
staged_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct staged above = { .id = id + 1 };
	int rc = staged_page(s, NULL, PAGE_AFTER, &above, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

static int
staged_rec_each(struct session *s, const struct rec_filter *filters,
    size_t nfilters, int (*row)(void *arg, const void *row), void *arg)
{
	return rec_each_back(s, &rec_staged, filters, nfilters, row, arg);
}

const struct rec_kind rec_staged = {
	.name = "staged",
	.fields = staged_fields,
	.row_size = sizeof(struct staged),
	.page = staged_rec_page,
	.get = staged_rec_get,
	.each = staged_rec_each,
};
