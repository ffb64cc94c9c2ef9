/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_CONFIG_PRIV_H
#define SHOPMGR_BASE_CONFIG_PRIV_H

#include <stddef.h>

#include "shopmgr/base/err.h"

/*
 * The lines of an ini file, read strictly: what iniparser would drop, cut or
 * join in silence is refused here first, by line.
 */

/* A setting; or the head of a section, its name then "". */
struct ini_entry {
	char *section, *name, *value;
	int line;
};

struct ini {
	const char *path; /* for messages */
	struct ini_entry *entries;
	size_t n, cap;
};

/* @text is of @len bytes, terminated, without a byte order mark. */
int ini_scan(struct ini *ini, const char *text, size_t len, struct err *err)
    MUST_CHECK;
const struct ini_entry *ini_find(
    const struct ini *ini, const char *section, const char *name);
void ini_done(struct ini *ini);

#endif
