/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/tracking.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* Parcels that somebody must see to: one of the worklists at a time. */

#define ROW struct track_row
#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}
static const struct rec_field fields[] = {
	F(parcel_id, N_("Id"), REC_INT),
	F(waybill_no, N_("Waybill no."), REC_TEXT),
	F(courier, N_("Courier"), REC_TEXT),
	F(order_no, N_("Order number"), REC_TEXT),
	F(receiver, N_("Receiver"), REC_TEXT),
	F(province, N_("Province"), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state), track_name },
	{ "last_at", N_("Last news"), REC_TIME, offsetof(ROW, at), NULL },
	F(shipped_at, N_("Shipped at"), REC_TIME),
	F(case_id, N_("Case"), REC_INT),
	F(kind, N_("Reason"), REC_WORD),
	F(staff, N_("Who"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static const struct rec_field filters_known[] = {
	{ "list", NULL, REC_TEXT, 0, NULL },
	FIELD_END,
};
static const char *const list_names[TRACK_LISTS] = {
	[TRACK_UNCOLLECTED] = "uncollected",
	[TRACK_STILL] = "still",
	[TRACK_BACK] = "back",
	[TRACK_BAD] = "bad",
	[TRACK_LATE] = "late",
	[TRACK_CASES] = "cases",
};

static int
want_list(struct session *s, const struct rec_filter *filters, size_t n,
    enum track_list *out)
{
	const char *name = rec_want(filters, n, "list");
	unsigned i;

	*out = TRACK_LATE;
	if (name == NULL)
		return 0;
	for (i = 0; i < TRACK_LISTS; i++) {
		if (strcmp(list_names[i], name) != 0)
			continue;
		*out = (enum track_list)i;
		return 0;
	}
	return err_set(&s->err, ERR_INVALID, "list",
	    _("There is no list %s: uncollected, still, back, bad, late or "
	      "cases"),
	    name);
}

static int
read_list(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const enum track_list *list = arg;

	return track_page(s, *list, dir, from, limit, out);
}

static int
list_page(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "list", NULL };
	enum track_list list;
	const struct rec_sift sift = { &rec_tracking, filters, n, done,
		read_list, &list };
	int rc = want_list(s, filters, n, &list);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

/* The first lists that have it: where a page goes on does not matter much. */
static int
list_get(struct session *s, int64_t id, struct page *out)
{
	const struct track_row *t;
	unsigned i;
	size_t k;
	int rc = 0;

	for (i = 0; rc == 0 && i < TRACK_LISTS; i++) {
		struct page all;

		rc = track_page(s, (enum track_list)i, PAGE_FIRST, NULL,
		    TRACK_COUNTED, &all);
		for (k = 0, t = all.rows; rc == 0 && k < all.n; k++)
			if (t[k].parcel_id == id) {
				page_init(out, sizeof(*t), 1);
				rec_keep(&rec_tracking, &t[k], out);
				page_free(&all);
				return 0;
			}
		page_free(&all);
	}
	return rc < 0 ? rc
		      : err_set(&s->err, ERR_NOTFOUND, "",
			    _("There is no such record"));
}

const struct rec_kind rec_tracking = {
	.name = "tracking",
	.fields = fields,
	.row_size = sizeof(struct track_row),
	.page = list_page,
	.get = list_get,
	.filters = filters_known,
};
