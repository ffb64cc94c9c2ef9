/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_DOOR_PRIV_H
#define DOMAIN_DOOR_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/* Who is in, who may come in, and what both may do. */

struct db;
struct session;
struct txn;

/* person.c: who is logged in. */

/* Nobody is, from here on; nothing is written. */
void person_forget(struct session *s);
/* Read again what the person logged in may do, if that was changed: ERR_DENIED
 * when the account was closed, and then nobody is logged in any more. The one
 * looks only when somebody has committed, the other always. */
int person_look(struct session *s) MUST_CHECK;
int person_look_now(struct session *s) MUST_CHECK;
/* What somebody may do, a bit each enum perm. */
int person_perms(struct session *s, int64_t staff, uint64_t *perms) MUST_CHECK;

/* refused.c: the refused log-ins. */

/* ERR_BUSY with a sentence while @login has to wait. */
int refused_wait(struct session *s, const char *login) MUST_CHECK;
/* One more, by itself and recorded; ERR_BUSY as above. */
int refused_add(struct session *s, const char *login) MUST_CHECK;
/* How many in a row. */
int refused_n(struct session *s, const char *login, int64_t *n) MUST_CHECK;
int refused_forget(struct txn *txn, const char *login) MUST_CHECK;

/* login.c */

/* Is this the password of somebody who works here? 0 and whose; ERR_DENIED is
 * counted; ERR_BUSY when it was not looked at. */
int door_password(struct session *s, const char *login, const char *password,
    int64_t *id) MUST_CHECK;
/* Is it one's own? Else ERR_INVALID with @field and @sentence. */
int door_own(struct session *s, const char *password, const char *field,
    const char *sentence) MUST_CHECK;

/* What was refused before counts no longer, if that can be written. */
void door_forgive(struct session *s, const char *login);

/* roles.c: who may change whom. Inside a transaction. */

/* Everybody logged in has to look what they may do. */
int door_changed(struct session *s, struct txn *txn) MUST_CHECK;
/* ERR_DENIED unless one may oneself what @perms are, or change roles. */
int door_above(struct session *s, uint64_t perms) MUST_CHECK;
/* After a change: there is somebody left who may change staff and roles, and it
 * is not oneself who no longer may. */
int door_kept(struct session *s) MUST_CHECK;

#endif
