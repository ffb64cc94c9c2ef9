/* SPDX-License-Identifier: MIT */
#ifndef SQLITE_PRIV_H
#define SQLITE_PRIV_H

#include "db_priv.h"

/* What sqlite.c, which alone calls SQLite, shares with sqlite_set.c. */

struct sqlite3;
struct sqlite3_stmt;

struct lite {
	struct sqlite3 *h;
	struct sqlite3_stmt *version; /* asked again and again: kept */
	int64_t page_size;
	bool no_log;       /* see lite_leave_wal() */
	int64_t missed;    /* versions that were no change */
	bool durable;      /* commits are to outlast the power */
	int64_t patience;  /* ms: rather fail than wait longer */
	bool stopped;      /* somebody would not wait any longer */
	uint32_t seed;     /* of the waiting times */
	int64_t busy_from; /* ticks */
};

/* sqlite.c */
int lite_script(struct db *db, const char *sql) MUST_CHECK;
/* The number that a pragma says. */
int lite_pragma(struct db *db, const char *sql, int64_t *out) MUST_CHECK;
void lite_leave_wal(struct db *db);

/* sqlite_set.c */
int lite_make_file(struct db *db, const char *path, unsigned flags) MUST_CHECK;
/* A connection just opened: how it works, and what its file is. */
int lite_set_up(struct db *db, unsigned flags) MUST_CHECK;
int lite_schema_get(struct db *db, int64_t *out) MUST_CHECK;
int lite_schema_set(struct db *db, int64_t version) MUST_CHECK;
int lite_tune(struct db *db, enum db_tune tune) MUST_CHECK;
bool lite_in_use(const char *path);

#endif
