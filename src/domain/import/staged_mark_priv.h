/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_STAGED_MARK_PRIV_H
#define DOMAIN_STAGED_MARK_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/* How far the kept rows of files (staged.h) were taken by a department: a
 * setting of its own, "batch:row". Files come in with growing numbers, and a
 * row that a later file replaced has that file's number. */

struct session;
struct str;
struct txn;

struct staged_mark {
	int64_t batch, row;
};
/* @name: of the setting, "track_mark". None yet: the beginning. */
int staged_mark_get(
    struct session *s, const char *name, struct staged_mark *out) MUST_CHECK;
int staged_mark_set(struct txn *txn, const char *name,
    const struct staged_mark *mark) MUST_CHECK;
/* *@waits: 1 when there are rows behind it. */
int staged_mark_waits(struct session *s, const char *name, int64_t *waits)
    MUST_CHECK;

/* What was taken from the file @batch is taken back, @most at a time: 1, or 0
 * when there is nothing left. Parcels stand as their other news say. */
int track_undo(struct session *s, struct txn *txn, int64_t batch, size_t most)
    MUST_CHECK;
int statement_undo(
    struct session *s, struct txn *txn, int64_t batch, size_t most) MUST_CHECK;

/* import_freight.c: a freight template with its prices as it is, and back. */
int freight_image(struct session *s, int64_t id, struct str *out) MUST_CHECK;
int freight_put_back(
    struct session *s, struct txn *txn, int64_t id, char *image) MUST_CHECK;
/* It was made of the rows of @batch, or was another before: that goes with the
 * import when it is taken back. @was NULL: there was none. */
int freight_took(struct txn *txn, int64_t batch, int64_t id, const char *was)
    MUST_CHECK;

#endif
