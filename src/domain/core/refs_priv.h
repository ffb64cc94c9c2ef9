/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_REFS_PRIV_H
#define DOMAIN_REFS_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/db/db.h"

/*
 * Records known by time and id, gathered over several ways that may meet, to be
 * put in order before any of them is read whole. { 0 } is empty.
 */

struct arena;
struct page;
struct session;

struct ref {
	int64_t at, id;
};
struct refs {
	struct ref *v;
	size_t n, cap;
};

void refs_add(struct refs *refs, int64_t at, int64_t id);
/* Add what @sql finds; its columns are time and id. */
int refs_query(struct session *s, struct refs *refs, const char *sql,
    const struct db_val *args, size_t nargs) MUST_CHECK;
/* In order, none twice, at most @limit. */
void refs_settle(struct refs *refs, bool desc, size_t limit);
/* Fill @out with them, one after the other: @sql finds one by its id, @row
 * takes it in. Those that are gone by now are left out. */
int refs_load(struct session *s, const struct refs *refs, const char *sql,
    size_t row_size,
    void (*row)(const struct db_rows *rows, void *out, struct arena *arena),
    struct page *out) MUST_CHECK;
void refs_done(struct refs *refs);
/* What order_find() finds; refs_done() also after a failure. */
int order_find_refs(struct session *s, const char *text, size_t limit,
    struct refs *out) MUST_CHECK;

#endif
