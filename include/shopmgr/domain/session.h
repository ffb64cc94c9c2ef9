/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_SESSION_H
#define SHOPMGR_DOMAIN_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * One person at work on one shop database. Every domain function takes the
 * session, and leaves the sentence about what went wrong in session_err().
 */

struct session;
struct str;

#define SESSION_NAME 64

/* Opens an existing shop (ERR_NOTFOUND if there is none) and brings its
 * schema up to date. Nobody is logged in yet. @err is filled in when there is
 * no session to hold the error. */
int session_open(struct session **out, const char *path, struct err *err)
    MUST_CHECK;
void session_close(struct session *s);

/*
 * In by name and password. ERR_DENIED, after the same time whether name or
 * password was wrong. After some refusals in a row of one name (settings
 * login_slow_after, login_lock_after, login_lock_min) it is not even looked at
 * for a while, which grows: ERR_BUSY with field "login", and the sentence that
 * says how long.
 * ERR_STATE with field "code": the password is right, but a one-time code is
 * needed too: call session_login_code(). Refusals are kept in the database, so
 * they count at every terminal.
 */
int session_login(struct session *s, const char *login, const char *password)
    MUST_CHECK;
/* The same with the code of the authenticator program (RFC 6238), "" for none.
 * A code counts once. */
int session_login_code(struct session *s, const char *login,
    const char *password, const char *code) MUST_CHECK;
/* Who has this badge: the login name in @login, or ERR_NOTFOUND. A badge says
 * who one is; the password is asked for as well. */
int session_badge(struct session *s, const char *code, char login[SESSION_NAME])
    MUST_CHECK;
/*
 * Somebody else takes over the session, by name, password and code as at a
 * log-in: at once, or not at all. Refused, it stays with who has it.
 */
int session_change(struct session *s, const char *login, const char *password,
    const char *code) MUST_CHECK;
/* The full name behind a login name; ERR_NOTFOUND for nobody who works here. */
int session_name_of(
    struct session *s, const char *login, char name[SESSION_NAME]) MUST_CHECK;
/* When the person logged in did so, and in which roles, in words. */
int session_me(struct session *s, int64_t *since, struct str *roles) MUST_CHECK;
/* Is this name not even looked at now, after refusals? Then the sentence that
 * says how long is in @buf, and session_err() is as it was. */
bool session_waits(
    struct session *s, const char *login, char *buf, size_t size);
/* Is this the password of who is logged in? Counts refusals as log-in does,
 * and asks for no one-time code: for the lock of an idle terminal. */
int session_unlock(struct session *s, const char *password) MUST_CHECK;
/* The password was given by somebody else: it must be changed before any
 * operation but that one (op_begin() refuses with ERR_STATE). */
bool session_must_change(const struct session *s);
void session_logout(struct session *s);
bool session_logged_in(const struct session *s);

/*
 * Step-up: somebody with the permission "approve", and with @perm, allows the
 * person logged in one action, with the own name (or badge) and password. It
 * holds for the next operation that needs @perm, which records who approved, or
 * until session_approval_end(). ERR_INVALID "login" when that person may not
 * approve it, or is the same one.
 */
int session_approve(struct session *s, unsigned perm, const char *login,
    const char *password) MUST_CHECK;
void session_approval_end(struct session *s);

const struct err *session_err(const struct session *s);
int64_t session_staff(const struct session *s); /* 0: nobody */
const char *session_login_name(const struct session *s);
const char *session_staff_name(const struct session *s);
const char *session_role(const struct session *s); /* first role's name */
const char *session_shop_name(const struct session *s);

/* Changes when somebody else has committed: time to read again. */
int64_t session_version(struct session *s);
/* Asks @poll now and then during long work; non-zero cancels it. */
void session_on_progress(struct session *s, int (*poll)(void *arg), void *arg);
/* For signal handlers. */
void session_cancel(struct session *s);
/* Housekeeping for a quiet moment (checkpoint). */
void session_idle(struct session *s);

#endif
