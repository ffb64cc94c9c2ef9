/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_SESSION_H
#define SHOPMGR_DOMAIN_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * One person at work on one shop database. Every domain function takes the
 * session, and leaves the sentence about what went wrong in session_err().
 */

struct session;

#define SESSION_NAME 64

/* Opens an existing shop (ERR_NOTFOUND if there is none) and brings its
 * schema up to date. Nobody is logged in yet. @err is filled in when there is
 * no session to hold the error. */
int session_open(struct session **out, const char *path, struct err *err)
    MUST_CHECK;
void session_close(struct session *s);

/* ERR_DENIED, after the same time whether name or password was wrong. */
int session_login(struct session *s, const char *login, const char *password)
    MUST_CHECK;
void session_logout(struct session *s);
bool session_logged_in(const struct session *s);

const struct err *session_err(const struct session *s);
int64_t session_staff(const struct session *s); /* 0: nobody */
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
