/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_MANIFEST_PRIV_H
#define DOMAIN_MANIFEST_PRIV_H

#include <stdint.h>

#include "shopmgr/domain/manifest.h"

struct txn;

/* A manifest, read inside the transaction. */
struct manifest_now {
	int64_t id, courier_id, closed_at, at;
	char manifest_no[32], courier[64], driver[64];
};
int manifest_now(struct session *s, struct txn *txn, int64_t id,
    struct manifest_now *out) MUST_CHECK;
/* The same; ERR_STATE when it is closed. */
int manifest_now_open(struct session *s, struct txn *txn, int64_t id,
    struct manifest_now *out) MUST_CHECK;

struct parcel_now {
	int64_t id, courier_id, manifest_id, handed_at;
	char waybill_no[64], courier[64];
};
/* May the parcel go with the courier? ERR_STATE with the reason. */
int manifest_check(struct session *s, const struct manifest_now *m,
    const struct parcel_now *p) MUST_CHECK;
/* By its waybill; ERR_NOTFOUND, or ERR_STATE when it waits for the scale. */
int manifest_parcel(struct session *s, const char *waybill_no,
    struct parcel_now *out) MUST_CHECK;

#endif
