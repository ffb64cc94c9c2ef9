/* SPDX-License-Identifier: MIT */
#ifndef DB_PRIV_H
#define DB_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/map.h"
#include "shopmgr/db/db.h"

/*
 * Inside the database layer: the front (db.c) keeps statements, transactions
 * and the watch over bad plans; a backend runs them. A backend function that
 * fails fills in db->err.
 */

struct db_effort; /* what running a statement took */

/* How the log is copied into the file. */
enum db_fold {
	FOLD_MUCH,   /* what can be, without waiting */
	FOLD_BESIDE, /* the same, bit by bit: the disk is others', too */
	FOLD_WHOLE,  /* all of it, so that the log begins anew */
};

/* How the connection is set up. */
enum db_tune {
	DB_TUNE_NORMAL,
	DB_TUNE_LOAD,   /* a big cache, foreign keys off */
	DB_TUNE_INDEX,  /* a small sorter */
	DB_TUNE_MERGE,  /* little memory: the file is not mapped */
	DB_TUNE_STEPS,  /* the same; the last commits may be lost with the power
			 */
	DB_TUNE_ALONE,  /* the same, and the log may grow long */
	DB_TUNE_LOOSE,  /* foreign keys are not looked at */
	DB_TUNE_LAST,   /* and from here on they may not */
	DB_TUNE_RELAX,  /* commits that may be lost */
	DB_TUNE_SHARED, /* others write, too: the file is not mapped */
	DB_TUNE_WHOLE,  /* little memory, though all is read */
};

struct db_ops {
	/* Sets db->conn. */
	int (*open)(struct db *db, const char *path, unsigned flags);
	void (*close)(struct db *db);

	int (*prepare)(struct db *db, const char *sql, void **stmt);
	void (*finalize)(struct db *db, void *stmt);
	/* @lent: the texts outlive the run; else they are copied. */
	int (*bind)(struct db *db, void *stmt, const struct db_val *args,
	    size_t nargs, bool lent);
	int (*step)(struct db *db, void *stmt); /* 1: a row */
	void (*reset)(struct db *db, void *stmt, struct db_effort *effort);
	int64_t (*col_int)(void *stmt, int col);
	const char *(*col_text)(void *stmt, int col);
	size_t (*col_len)(void *stmt, int col);
	bool (*col_isnull)(void *stmt, int col);

	int (*begin)(struct db *db);
	int (*commit)(struct db *db);
	/* What was committed is on the disk. */
	int (*sync)(struct db *db);
	void (*rollback)(struct db *db);
	int64_t (*changes)(struct db *db);
	int64_t (*last_id)(struct db *db);
	int (*script)(struct db *db, const char *sql);

	void (*cancel)(struct db *db);
	int (*version)(struct db *db, int64_t *out);
	int (*schema_get)(struct db *db, int64_t *out);
	int (*schema_set)(struct db *db, int64_t version);
	int (*copy)(struct db *db, const char *path); /* into an empty file */
	int (*integrity)(struct db *db);
	/* All of them hold: those of @table, or of every one (NULL). */
	int (*foreign_keys)(struct db *db, const char *table);
	bool (*in_use)(const char *path);
	/* @left: bytes that are in the log alone. Says nothing of why it could
	 * not. */
	int (*fold)(
	    struct db *db, enum db_fold how, int patience_ms, int64_t *left);
	/* Were pages written early, as they had no room? Since last asked. */
	bool (*spilled)(struct db *db);
	int (*tune)(struct db *db, enum db_tune tune);
	/* Do without the log until it is tuned otherwise, if nobody else has
	 * the file open. */
	void (*leave_log)(struct db *db);
	/* Name and SQL of table $1's indexes that can be made again. */
	const char *sql_indexes;
	/* Table, column, table referred to, whether an index begins with the
	 * column: of every foreign key, by table. */
	const char *sql_references;
	/* 1 when the key of table $1 is a number, "id". */
	const char *sql_numbered;
};

struct db_effort {
	int64_t steps; /* of scans */
	int64_t sorts, indexes;
};

struct txn {
	struct db *db;
};

struct db_rows {
	struct db *db;
	const char *sql;
	void *stmt;
	int64_t nrows;
	bool busy;
	bool kept;       /* in the cache */
	bool scan, sort; /* its text says so */
};

/* Statements that are found without looking up their text. */
#define DB_RECENT 256u

struct db {
	const struct db_ops *ops;
	void *conn;
	struct err *err;
	char *path;
	bool memory;
	bool cache;  /* DB_CACHE */
	bool shared; /* DB_TUNE_SHARED */

	struct map texts; /* statement's text -> index in kept */
	struct db_rows **kept;
	size_t nkept, cap;
	struct db_rows *recent[DB_RECENT]; /* by where their text stands */

	struct txn txn;
	bool in_txn;
	bool failed; /* the transaction: only a rollback helps */
	int snapshots;
	int gate_fd; /* -1: not inside */
	int here_fd; /* while it is open: see gate_attend(); or -1 */
	struct bulk_load *load;

	int64_t log_size; /* bytes, after our last commit */
	int64_t fold_at;  /* it is to be folded when it is as large; 0: see
			   * fold.c */
	bool long_log;    /* it may grow long: nobody else has to fold it */
	struct fold *fold;

	int (*poll)(void *arg);
	void *poll_arg;
};

extern const struct db_ops db_sqlite;
/* The backend for databases opened from here on; tests put theirs here. */
extern const struct db_ops *db_backend;

/* The writers' gate: one at a time, in turn. Nothing for ":memory:". */
int gate_enter(struct db *db) MUST_CHECK;
void gate_leave(struct db *db);
/* Does somebody wait at it, which we hold? */
bool gate_waited_for(const struct db *db);
/* From here on db_alone() of others knows of us; and no more. @make its file
 * if it is not there. */
void gate_attend(struct db *db, bool make);
void gate_depart(struct db *db);
/* For one who has just left it and will be back at once: others first. */
void gate_yield(struct db *db);

/* db_begin() for one who is inside; if it fails he is no more. */
int db_begin_inside(struct db *db, struct txn **out) MUST_CHECK;

/* What one at a time may do, which the gate is not shut for: a byte of its
 * file is locked. 1: @claim is a descriptor to close; 0: somebody does. */
enum gate_claim { CLAIM_FOLD = 2, CLAIM_MIGRATE };
int gate_claim(struct db *db, enum gate_claim what, int *claim) MUST_CHECK;

/* The log is folded when it has grown large: by a thread, after a commit; */
void fold_later(struct db *db);
/* by who has time: what can be folded, however little; */
void fold_now(struct db *db);
/* by one who writes much, before others would have to. */
void fold_often(struct db *db);
void fold_end(struct db *db);

/* Every reference holds; the same as ops->foreign_keys, sooner. */
int keys_check(struct db *db) MUST_CHECK;

/* Has a bulk load indexes to make again? */
bool bulk_load_pending(const struct db *db);

/* For migrations: the schema's number, kept in the file's head. */
int db_schema(struct db *db, int64_t *version) MUST_CHECK;

/* Ten seconds of waiting for others, then ERR_BUSY. */
#define DB_PATIENCE_MS 10000
int db_busy(struct db *db); /* sets the error, returns it */

#endif
