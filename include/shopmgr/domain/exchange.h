/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_EXCHANGE_H
#define SHOPMGR_DOMAIN_EXCHANGE_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * The exchange folder: where people put the platforms' files, and find those
 * that the shop gives back. It is made when it is not there.
 */

struct session;

struct exchange_file {
	int64_t id; /* its place in the list, from 1 */
	int64_t size, mtime;
	const char *name, *path;
};

/* The files in it, newest first. Needs import. */
int exchange_files(struct session *s, const char *dir, struct page *out)
    MUST_CHECK;
/*
 * A path in it for a new file: "orders-20261122-1405.csv", with a number when
 * that is there already. @stem and @ext: "orders", "csv".
 */
int exchange_path(struct session *s, const char *dir, const char *stem,
    const char *ext, char *buf, size_t size) MUST_CHECK;
/* The same of a name that somebody chose: ERR_INVALID with the field "name"
 * when it is none for a file in there, or there is such a file already. */
int exchange_named(struct session *s, const char *dir, const char *name,
    const char *ext, char *buf, size_t size) MUST_CHECK;

#endif
