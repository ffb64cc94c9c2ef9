/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_STAFF_H
#define SHOPMGR_DOMAIN_STAFF_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/* Who works here. Rules §1. */

struct session;

struct staff {
	int64_t id;
	int64_t version;
	const char *login, *name, *roles; /* role names, blanks between */
	int64_t active, created_at;
};

struct staff_edit {
	char login[32];
	char name[64];
	char roles[200];
	char password[128];
};

int staff_page(struct session *s, enum page_dir dir, const struct staff *from,
    size_t limit, struct page *out) MUST_CHECK;
int staff_add(struct session *s, const struct staff_edit *edit, int64_t *id)
    MUST_CHECK;
/* One's own; the old one is asked for. At least 8 characters. */
int staff_password(struct session *s, const char *old, const char *password)
    MUST_CHECK;
const char *role_text(const char *role); /* "clerk" -> 仓储专员 */

#endif
