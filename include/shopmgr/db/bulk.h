/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DB_BULK_H
#define SHOPMGR_DB_BULK_H

#include "shopmgr/db/db.h"

/*
 * Many rows at once. A bulk gathers rows and writes them by one INSERT of many
 * VALUES (0.68 of the time of single inserts). A bulk load, for filling an
 * empty shop, also leaves the secondary indexes away until the end and checks
 * the foreign keys once instead of row by row.
 */

struct bulk;

/* Rows of @ncols columns for @table; @columns is "a, b, c". Literals only. */
struct bulk *bulk_new(
    struct txn *txn, const char *table, const char *columns, size_t ncols);
/* Copies the texts. */
int bulk_row(struct bulk *b, const struct db_val *vals) MUST_CHECK;
int bulk_flush(struct bulk *b) MUST_CHECK;
void bulk_free(struct bulk *b); /* what is not flushed is dropped */

/*
 * db_begin() for a bulk load of @tables (NULL-terminated): foreign keys off,
 * big cache. Then bulk_load_start() drops the tables' secondary indexes (not
 * their keys, nor those named in @keep: what the rows do not fill, but is asked
 * for meanwhile; NULL: none), bulk_load_finish() makes them again and checks
 * all foreign keys; both inside the transaction. bulk_load_end() after commit
 * or rollback puts the connection back to normal.
 */
int bulk_load_begin(struct db *db, struct txn **out) MUST_CHECK;
int bulk_load_start(struct txn *txn, const char *const *tables,
    const char *const *keep) MUST_CHECK;
int bulk_load_finish(struct txn *txn) MUST_CHECK;
void bulk_load_end(struct db *db);

/* db_begin() for much work in little memory, whatever the size of the database;
 * bulk_load_end() after it too. */
int bulk_merge_begin(struct db *db, struct txn **out) MUST_CHECK;
/* As tuned for a merge, for long reading before it; bulk_load_end() too puts
 * the connection back to normal. */
void bulk_merge_tune(struct db *db, bool on);

/*
 * For much work in many short transactions, one behind the other: as for a
 * merge, and a commit need not outlive the power until bulk_steps_last(), whose
 * next commit makes all of them last. What is committed stays in its order, so
 * that after a power cut there is nothing without what was before it.
 * bulk_merge_tune(db, false) ends it.
 */
void bulk_steps_tune(struct db *db);
void bulk_steps_last(struct db *db);
/* The same where nobody else has the database open: the log is folded late. */
void bulk_steps_alone(struct db *db);
/* db_begin() as tuned by that, and for one long transaction where the log can
 * be done without: then no page is written twice, and nobody who comes sees
 * anything before it ends. bulk_steps_tune() too has the log again. */
int bulk_sole_begin(struct db *db, struct txn **out) MUST_CHECK;
/* Is a transaction larger than its memory? Then what it writes again costs
 * twice, and it had better end. */
bool bulk_spills(struct db *db);
/* From here on references are the caller's care: where looking for what refers
 * to a row would take a look at a whole table. */
void bulk_steps_loose(struct db *db);
/* Does somebody wait for the right to write that we have? */
bool bulk_others_wait(struct db *db);
/* Between two of them, when no transaction is open: whoever waits for the right
 * to write has it first, and a log grown long is folded. */
void bulk_steps_between(struct db *db);

#endif
