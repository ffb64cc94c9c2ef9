/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_BINS_PRIV_H
#define DOMAIN_BINS_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/bins.h"

/* Bins, inside the operations of others. */

struct session;
struct txn;

struct bin_now {
	int64_t id, warehouse_id;
	enum bin_kind kind;
	bool active;
	char code[BIN_CODE];
};

/* How one comes by: by the walk, where that says nothing by the code, in which
 * numbers count as numbers: A-2 before A-10. bin.along is the code so written
 * that statements have the same by ORDER BY walk, along. */
#define BIN_ALONG (4 * BIN_CODE)
const char *bin_along(char out[BIN_ALONG], const char *code);
int bin_compare(
    int64_t walk, const char *code, int64_t other_walk, const char *other_code);

/* ERR_NOTFOUND when there is none. */
int bin_read(struct session *s, int64_t id, struct bin_now *b) MUST_CHECK;
/* By its code within the warehouse; ERR_INVALID, field "bin". */
int bin_find(struct session *s, int64_t warehouse_id, const char *code,
    struct bin_now *b) MUST_CHECK;
/* The same of one that is in use, also when it is typed in small letters;
 * ERR_NOTFOUND, field "to_bin". */
int bin_open(struct session *s, int64_t warehouse_id, const char *code,
    struct bin_now *b) MUST_CHECK;
/* By its code; a pick bin of that code is made when there is none. A closed one
 * is ERR_STATE. */
int bin_need(struct session *s, struct txn *txn, int64_t warehouse_id,
    const char *code, struct bin_now *b) MUST_CHECK;
/* The warehouse's first bin of this kind, made at need; BIN_PICK: the one that
 * is no bin in particular. */
int bin_of_kind(struct session *s, struct txn *txn, int64_t warehouse_id,
    enum bin_kind kind, struct bin_now *b) MUST_CHECK;
/* What lies of it in a bin. */
int bin_holds(struct session *s, int64_t bin_id, int64_t variant_id,
    int64_t *qty) MUST_CHECK;

/* Goods that wait to be put away: more of them, or the oldest taken off. */
int put_wait_add(struct txn *txn, int64_t slip_id, int64_t warehouse_id,
    int64_t variant_id, int64_t qty, int64_t at) MUST_CHECK;
int put_wait_take(struct session *s, struct txn *txn, int64_t warehouse_id,
    int64_t variant_id, int64_t qty, int64_t at) MUST_CHECK;
/* Where it is to be put: its home bin, else where it lies, else an empty one.
 * Fills in bin and why. */
int put_where(struct session *s, int64_t warehouse_id, int64_t variant_id,
    struct put_proposal *out) MUST_CHECK;

#endif
