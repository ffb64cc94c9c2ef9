/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_AUDIT_H
#define SCREENS_AUDIT_H

#include <stdint.h>

#include "shopmgr/domain/audit.h"

/* Which entries of the log are shown. */

struct screen;

struct audit_view {
	int64_t staff_id; /* 0: anybody */
	char staff[64];
	char op[64];   /* "": anything */
	char kind[32]; /* "": any record */
	int64_t subject;
	char record[128];     /* as people call it */
	int64_t since, until; /* days, both included; 0: open */
};

/* As the domain wants it; points into @v. */
struct audit_filter audit_filter_of(const struct audit_view *v);
/* "王强 · shipped · since 2026-11-20"; "" when everything is shown. */
char *audit_view_text(const struct audit_view *v, char *buf, size_t size);
/* Ask for it by a form: 1 when it was changed, 0 given up, or a failure. */
int audit_ask(struct screen *sc, struct audit_view *v);

#endif
