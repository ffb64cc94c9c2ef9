/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_SETTINGS_PRIV_H
#define DOMAIN_SETTINGS_PRIV_H

#include "shopmgr/base/err.h"

struct txn;

/* The settings of a new shop. */
int settings_seed(struct txn *txn, const char *shop_name) MUST_CHECK;

#endif
