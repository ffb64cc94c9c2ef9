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

#endif
