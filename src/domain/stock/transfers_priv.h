/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_TRANSFERS_PRIV_H
#define DOMAIN_TRANSFERS_PRIV_H

#include "shopmgr/domain/transfers.h"

/* What transfers*.c share. */

struct transfer_now {
	int64_t id, from_id, to_id;
	enum transfer_state state;
	char no[32];
};
int transfer_read(struct session *s, int64_t id, struct transfer_now *t)
    MUST_CHECK;
int transfer_need(struct session *s, const struct transfer_now *t,
    enum transfer_state state) MUST_CHECK;

#endif
