/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_AUDIT_H
#define SHOPMGR_DOMAIN_AUDIT_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/* What was done, by whom, when. Read-only here: op.c writes it. */

struct session;

struct audit_row {
	int64_t id;
	int64_t at;
	const char *staff; /* "" for the program itself */
	const char *op;
	const char *kind;
	int64_t subject;
	const char *detail;
};

/* One record's history, newest first. */
int audit_page(struct session *s, const char *kind, int64_t subject,
    enum page_dir dir, const struct audit_row *from, size_t limit,
    struct page *out) MUST_CHECK;
/* Everything, newest first. Needs audit.view. */
int audit_all(struct session *s, enum page_dir dir,
    const struct audit_row *from, size_t limit, struct page *out) MUST_CHECK;
/* "order-ship" in the user's words. */
const char *audit_op_text(const char *op);

#endif
