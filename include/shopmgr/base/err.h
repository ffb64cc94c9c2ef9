/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_ERR_H
#define SHOPMGR_BASE_ERR_H

/*
 * Failure. A function that can fail returns 0 or one of these codes, and has
 * then filled in a struct err: its object's (the session's, for the domain), or
 * the one it was passed last. Misuse by the caller is not failure; it asserts.
 */

enum err_code {
	/* The user can put these right. */
	ERR_INVALID = -1,   /* a value was refused: err.field says which */
	ERR_DENIED = -2,    /* the role lacks the permission */
	ERR_NOTFOUND = -3,  /* no such record, or no longer */
	ERR_CONFLICT = -4,  /* changed by someone else, or a duplicate */
	ERR_STATE = -5,     /* the record is past that: a shipped order, say */
	ERR_BUSY = -6,      /* another writer holds the database: try again */
	ERR_CANCELLED = -7, /* the user pressed Esc */

	/* The user cannot. */
	ERR_IO = -8,
	ERR_DB = -9,
};

struct err {
	enum err_code code;
	char field[32];  /* the form field at fault, or "" */
	char text[1000]; /* one translated sentence, no full stop */
};

#define MUST_CHECK        __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* Returns @code, so that "return err_set(...)" is the whole failure path. */
int err_set(struct err *err, enum err_code code, const char *field,
    const char *fmt, ...) PRINTF_LIKE(4, 5);

#endif
