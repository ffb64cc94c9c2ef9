/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_BACKUP_PRIV_H
#define DOMAIN_BACKUP_PRIV_H

#include "shopmgr/base/err.h"

/* What backups, rehearsals and putting back share. */

struct session;

/* A copy of the database @backup, which stays as it is, as the new file @path.
 * @like: asks whom that session asks; NULL: nobody. */
int backup_unpack(const char *backup, const char *path,
    const struct session *like, struct err *err) MUST_CHECK;
/* ERR_STATE with the first finding when the books of the shop that @s has open
 * do not hold; it is called @name. */
int backup_prove(struct session *s, const char *name) MUST_CHECK;

#endif
