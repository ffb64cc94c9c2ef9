/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_SHOPDB_H
#define SHOPMGR_DOMAIN_SHOPDB_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * The shop database as a whole: making one, proving its books, copies of it.
 */

struct session;

/* Create @path (ERR_CONFLICT if it is there) with its roles, couriers, main
 * warehouse and its owner. */
int shopdb_init(const char *path, const char *login, const char *password,
    struct err *err) MUST_CHECK;

/*
 * Fill a new shop with a month of lively trade around today, for trying out and
 * for teaching. *@logins gets lines "login password role" (caller frees). Where
 * it fails the shop is half filled, and to be thrown away.
 */
int shopdb_demo(struct session *s, char **logins) MUST_CHECK;
/* shopdb_init() and that, both or nothing; ERR_CANCELLED once @stop (or NULL)
 * says so. */
int shopdb_init_demo(const char *path, const char *login, const char *password,
    bool (*stop)(void), char **logins, struct err *err) MUST_CHECK;

/*
 * Prove the books: every kept figure from its entries, every state from its
 * parts, then the file itself. Calls @tell for each finding (a translated
 * sentence) and for each check done (bad false). Returns the number of
 * findings, or a failure.
 */
int shopdb_verify(struct session *s,
    void (*tell)(void *arg, bool bad, const char *text), void *arg) MUST_CHECK;

/* A verified copy while others work; needs "backup". */
int shopdb_backup(struct session *s, const char *path) MUST_CHECK;
/* Put @backup in the place of @path after proving it; what was there is kept as
 * PATH.before-restore. Nobody may have @path open. */
int shopdb_restore(const char *backup, const char *path, struct err *err)
    MUST_CHECK;

#endif
