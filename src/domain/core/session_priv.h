/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_SESSION_PRIV_H
#define DOMAIN_SESSION_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/settings.h"

struct page;
struct search;

/* Whether a shop has something that few have, so that the others do not pay for
 * it: looked at again when read is false, or when somebody has committed before
 * this session's turn to write came. */
struct session_any {
	bool read, any;
	int64_t version; /* the session_version() when it was looked at, */
	uint64_t turn;   /* and the turn when that was compared */
};

struct session {
	struct db *db; /* its errors go to err */
	struct err err;
	struct search *search; /* the index of words, once it was needed */
	struct err search_err;
	int64_t staff_id;
	uint64_t perms; /* a bit each enum perm */
	char login[SESSION_NAME];
	char staff_name[SESSION_NAME];
	char role[SESSION_NAME];
	char shop_name[SESSION_NAME];
	bool must_change;     /* the password is somebody else's choice */
	int64_t door_epoch;   /* the setting when perms were read, */
	int64_t door_version; /* and session_version() when it was looked at */
	uint64_t approved;    /* bits: what was allowed once, */
	int64_t approver;     /* and by whom; 0: nothing is */
	int64_t approved_by;  /* the approver, while an operation needs that */
	int64_t floor;        /* the warehouse one works in; 0: any */
	struct {
		bool read;       /* value is what was in force */
		int64_t version; /* at this session_version() */
		int64_t value[SETTING_MAX];
	} settings;
	uint64_t turn;                    /* counts its transactions */
	struct session_any gifts;         /* is there a rule of gifts? */
	struct session_any kits;          /* is there a kit? */
	struct session_any courier_rules; /* does a rule name one? */
};

/* An in-process session on ":memory:" or a new file, schema made, nobody
 * logged in: for shopdb_init() and the tests. */
int session_create(struct session **out, const char *path, struct err *err)
    MUST_CHECK;
/* On a shop that is only read, and of this program's version. */
int session_open_read(struct session **out, const char *path, struct err *err)
    MUST_CHECK;
/* Be @staff_id without a password: for shopdb_init() and the tests. */
int session_become(struct session *s, int64_t staff_id) MUST_CHECK;
/* op_begin() for the program itself: in a shop that has nobody yet, and at the
 * door, where nobody is logged in or it is no matter who is. */
int op_begin_alone(struct session *s, struct txn **out) MUST_CHECK;
/* The end of what the log does not want to hold: see refused.c. */
int op_commit_silent(struct session *s, struct txn **txn) MUST_CHECK;
/* What a migration leaves to the program, once: it set the setting @name. */
int session_due(struct session *s, const char *name,
    int (*what)(struct session *s, struct txn *txn)) MUST_CHECK;
/* 1 when @sql counts any, else 0. */
int session_any(struct session *s, struct session_any *any, const char *sql)
    MUST_CHECK;
/* The end of reading one row into @out, which came to @rc: ERR_NOTFOUND with
 * @field and @none, translated, when there was none. */
int page_one(struct session *s, int rc, struct page *out, const char *field,
    const char *none) MUST_CHECK;
/* Fill an empty schema: roles, couriers, the main warehouse, the owner. */
int shopdb_seed(struct session *s, const char *login, const char *password)
    MUST_CHECK;
/* Create @path as shopdb_init() does; @fill (or NULL) fills it before it has
 * its name, nobody logged in yet. */
int shopdb_make(const char *path, const char *login, const char *password,
    int (*fill)(struct session *s, void *arg), void *arg, struct err *err)
    MUST_CHECK;
/* ERR_IO when something of @part, which was closed, is in its log alone: then
 * it must not get its name, @path. */
int shopdb_in_one_file(const char *part, const char *path, struct err *err)
    MUST_CHECK;
/* ERR_INVALID for one that is too short. */
int password_check(struct session *s, const char *password) MUST_CHECK;

#endif
