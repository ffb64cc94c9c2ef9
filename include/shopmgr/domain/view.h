/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_VIEW_H
#define SHOPMGR_DOMAIN_VIEW_H

#include "shopmgr/base/err.h"
#include "shopmgr/base/str.h"

/*
 * How the person logged in likes a list: a text that the list understands,
 * under the list's name. It is no business record: no permission is needed but
 * being logged in, and the log says nothing of it.
 */

struct session;

/* "" when there is none. */
int view_get(struct session *s, const char *name, struct str *out) MUST_CHECK;
/* "" forgets it. */
int view_set(struct session *s, const char *name, const char *value) MUST_CHECK;

#endif
