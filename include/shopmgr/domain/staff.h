/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_STAFF_H
#define SHOPMGR_DOMAIN_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Who works here, in which roles, and what a role may do. A person has any
 * number of roles and may what any of them may. Rules §1. There is always
 * somebody active who may change staff and roles: what would end that is
 * refused (ERR_STATE), also by oneself for oneself. Without the permission
 * role.edit nobody changes, or makes, somebody who may do more (ERR_DENIED).
 * Who is logged in notices a change at the next operation or reading; of who
 * was closed that is ERR_DENIED, and then nobody is logged in any more.
 */

struct session;

struct staff {
	int64_t id;
	int64_t version;
	const char *login, *name, *roles; /* role names, blanks between */
	int64_t active, created_at, last_login_at;
	int64_t badge, otp, must_change; /* 1: has one, has one, must */
	int64_t locked_until;            /* by refused log-ins; 0: is not */
};

struct staff_edit {
	char login[32];
	char name[64];
	char roles[200];
	char password[128]; /* of a new one only */
};

int staff_page(struct session *s, enum page_dir dir, const struct staff *from,
    size_t limit, struct page *out) MUST_CHECK;
int staff_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* By login name; ERR_NOTFOUND. */
int staff_by_login(struct session *s, const char *login, int64_t *id)
    MUST_CHECK;
int staff_add(struct session *s, const struct staff_edit *edit, int64_t *id)
    MUST_CHECK;
/* Name and roles; the login name stays. ERR_CONFLICT if changed since. */
int staff_save(struct session *s, int64_t id, int64_t version,
    const struct staff_edit *edit) MUST_CHECK;
/* Leaves or comes back. Nobody closes the door on oneself. */
int staff_set_active(struct session *s, int64_t id, bool active) MUST_CHECK;
/* A password by the owner; it must be changed at the next log-in. */
int staff_reset(struct session *s, int64_t id, const char *password) MUST_CHECK;
/* Forget the refused log-ins of this person. */
int staff_unlock(struct session *s, int64_t id) MUST_CHECK;
/* One's own; the old one is asked for. At least 8 characters, not the old. */
int staff_password(struct session *s, const char *old, const char *password)
    MUST_CHECK;

/* For forms that ask twice: ERR_INVALID "again" unless both are the same. */
int password_twice(struct session *s, const char *password, const char *again)
    MUST_CHECK;

/*
 * A badge: a new random code for this person, to be printed as a barcode; the
 * one before is worth nothing from now on. Only its digest is kept. The code
 * begins with "SMB-", so that a scan of it is known everywhere.
 */
#define STAFF_BADGE      "SMB-"
#define STAFF_BADGE_SIZE 32
int staff_badge_new(struct session *s, int64_t id, char code[STAFF_BADGE_SIZE])
    MUST_CHECK;
int staff_badge_drop(struct session *s, int64_t id) MUST_CHECK;

/*
 * One-time codes (动态验证码, RFC 6238: 6 digits, 30 s, SHA-1) for one's own
 * log-in. otp_begin() makes a secret and the otpauth:// address that an
 * authenticator program takes; nothing is kept until otp_confirm() is given a
 * code that fits. Ended by oneself with the password, or by whoever may change
 * the staff (a lost phone).
 */
struct otp_setup {
	char secret[40]; /* base32 in groups of four, to type in */
	char uri[256];
};
int otp_begin(struct session *s, struct otp_setup *out) MUST_CHECK;
int otp_confirm(struct session *s, const struct otp_setup *setup,
    const char *code) MUST_CHECK;
int otp_end(struct session *s, const char *password) MUST_CHECK;
int staff_otp_end(struct session *s, int64_t id) MUST_CHECK;
bool otp_is_on(struct session *s); /* one's own */

struct role {
	int64_t id;
	int64_t version;
	const char *name;  /* "clerk": data */
	const char *title; /* in words, translated where it is one of ours */
	int64_t staff_n;   /* active people who have it */
	uint64_t perms;    /* a bit each enum perm */
};

/* All of them, in their order; needs staff.view. */
int role_page(struct session *s, struct page *out) MUST_CHECK;
/* Needs role.edit. @name: lower-case letters, digits, '-'; @title: for people.
 */
int role_add(struct session *s, const char *name, const char *title,
    int64_t *id) MUST_CHECK;
/* All its permissions at once; the record says which came and which went. */
int role_save(struct session *s, int64_t id, int64_t version, uint64_t perms)
    MUST_CHECK;

const char *role_text(const char *role); /* "clerk" -> 仓储专员 */

#endif
