/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_BINS_EDIT_H
#define DOMAIN_BINS_EDIT_H

#include "bins_priv.h"

/* What bins.c and bins_import.c share. */

struct bin_words {
	char code[BIN_CODE];
	enum bin_kind kind;
	int64_t walk;
};
int bin_check(struct session *s, const struct bin_edit *e,
    struct bin_words *out) MUST_CHECK;
int bin_put(struct txn *txn, int64_t warehouse_id, const struct bin_words *w,
    const struct bin_edit *e, int64_t *id) MUST_CHECK;
int bin_change(struct session *s, struct txn *txn, int64_t id, int64_t version,
    const struct bin_words *w, const struct bin_edit *e) MUST_CHECK;

#endif
