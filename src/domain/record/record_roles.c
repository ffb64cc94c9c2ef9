/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* Roles, with what they may do as words. */

struct role_rec {
	int64_t id;
	const char *name, *title;
	int64_t staff_n;
	const char *permissions;
};

#define ROW struct role_rec
#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}
static const struct rec_field role_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(name, N_("Role"), REC_TEXT),
	F(title, N_("Role title"), REC_TEXT),
	F(staff_n, N_("People"), REC_INT),
	F(permissions, N_("Permissions"), REC_TEXT),
	FIELD_END,
};

static const char *
perm_names(struct arena *arena, uint64_t perms)
{
	struct str names = STR_INIT;
	const char *text;
	unsigned p;

	for (p = PERM_NONE + 1; p < PERM_MAX; p++)
		if ((perms >> p & 1) != 0)
			str_addf(&names, "%s%s", names.len > 0 ? " " : "",
			    perm_name((enum perm)p));
	text = arena_strdup(arena, names.s);
	str_done(&names);
	return text;
}

/* They are few, and come in one order only. */
static int
role_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const int64_t beyond =
	    from != NULL ? ((const struct role_rec *)from)->id : 0;
	const bool back = dir == PAGE_BEFORE || dir == PAGE_LAST;
	const struct role *role;
	struct page all;
	size_t i, first, end;
	int rc;

	(void)arg;
	if ((rc = role_page(s, &all)) < 0)
		return rc;
	role = all.rows;
	for (first = 0; dir == PAGE_AFTER && first < all.n; first++)
		if (role[first].id > beyond)
			break;
	for (end = all.n; dir == PAGE_BEFORE && end > 0; end--)
		if (role[end - 1].id < beyond)
			break;
	if (back && end - first > limit)
		first = end - limit;
	page_init(out, sizeof(struct role_rec), limit);
	for (i = first; i < end && out->n < limit; i++) {
		struct role_rec *row = page_add(out);

		row->id = role[i].id;
		row->name = arena_strdup(&out->arena, role[i].name);
		row->title = arena_strdup(&out->arena, role[i].title);
		row->staff_n = role[i].staff_n;
		row->permissions = perm_names(&out->arena, role[i].perms);
	}
	page_free(&all);
	return 0;
}

static int
role_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_roles, filters, nfilters, NULL,
		role_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
role_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct role_rec below = { .id = id - 1 };
	int rc;

	rc = role_read(s, NULL, PAGE_AFTER, &below, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_roles = {
	.name = "roles",
	.fields = role_fields,
	.row_size = sizeof(struct role_rec),
	.page = role_rec_page,
	.get = role_rec_get,
};
