/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_STAFF_PRIV_H
#define DOMAIN_STAFF_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/otp.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/session.h"

struct session;

/* Somebody as they stand in the shop, for a change. */
struct staff_row {
	int64_t version;
	char login[SESSION_NAME], name[SESSION_NAME];
	char badge[SECRET_DIGEST];
	char otp_secret[OTP_SECRET_SIZE];
	bool active;
	uint64_t perms; /* by all roles */
};

/* ERR_NOTFOUND for nobody. */
int staff_read(struct session *s, int64_t id, struct staff_row *row) MUST_CHECK;
/* Who works here and may do @perm, but for the one at work. */
int staff_others(struct session *s, enum perm perm, int64_t *n) MUST_CHECK;

#endif
