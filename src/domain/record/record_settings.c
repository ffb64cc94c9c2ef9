/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/settings.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* What the owner decides, as rows. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(struct setting, member), NULL \
	}

static const struct rec_field fields[] = {
	F(id, N_("Id"), REC_INT),
	F(name, N_("Setting name"), REC_TEXT),
	F(value, N_("Set to"), REC_TEXT),
	F(unit, N_("Unit"), REC_TEXT),
	F(min, N_("From"), REC_INT),
	F(max, N_("Up to"), REC_INT),
	F(meaning, N_("Setting"), REC_TEXT),
	FIELD_END,
};

static int
setting_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	struct page all;
	int rc = setting_page(s, &all);

	(void)arg;
	return rc < 0 ? rc
		      : rec_part(s, &rec_settings, &all, dir, from, limit, out);
}

static int
setting_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const none[] = { NULL };
	const struct rec_sift sift = { &rec_settings, filters, nfilters, none,
		setting_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

/* The one behind the one before it. */
static int
setting_get(struct session *s, int64_t id, struct page *out)
{
	const int64_t before = id - 1;
	int rc;

	if (id < 1 || id > SETTING_MAX)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such setting"));
	rc = setting_read(s, NULL, PAGE_AFTER, &before, 1, out);
	return rc < 0 ? rc : 0;
}

const struct rec_kind rec_settings = {
	.name = "settings",
	.fields = fields,
	.row_size = sizeof(struct setting),
	.page = setting_rec_page,
	.get = setting_get,
};
