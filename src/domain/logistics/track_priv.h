/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_TRACK_PRIV_H
#define DOMAIN_TRACK_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/domain/tracking.h"

struct txn;

/* One piece of news of a parcel. */
struct track_told {
	int64_t parcel_id, at;
	enum track_state state;
	const char *place, *text;
	int64_t batch_id; /* the file it came in; 0: none */
};
/* Keep it, and what follows from it; *@fresh: it was not known yet. */
int track_tell(struct session *s, struct txn *txn,
    const struct track_told *told, bool *fresh) MUST_CHECK;

#endif
