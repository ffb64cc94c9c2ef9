/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_SETTINGS_PRIV_H
#define DOMAIN_SETTINGS_PRIV_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/settings.h"

struct session;
struct txn;

/* The settings of a new shop. */
int settings_seed(struct txn *txn, const char *shop_name) MUST_CHECK;

/* struct setting's id; ERR_NOTFOUND "name". */
int setting_find(struct session *s, const char *name, int64_t *id) MUST_CHECK;
const char *setting_name(int64_t id); /* "": there is none */
/* Judged and written; @value gets it as it is kept. */
int setting_write(struct session *s, struct txn *txn, int64_t id,
    const char *typed, char value[SETTING_VALUE]) MUST_CHECK;

#endif
