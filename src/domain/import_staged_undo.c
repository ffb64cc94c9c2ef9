/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "staged_priv.h"

/* Rows that an import kept are taken away again; those it replaced come back.
 */

static const char sql_images[] =
    "SELECT subject, image FROM import_change WHERE batch_id = $1"
    " AND kind = 'staged' ORDER BY id /*sort*/";
static const char sql_back[] =
    "UPDATE staged SET batch_id = $3, line = $4, at = $5, order_no = $6,"
    " fields = $7 WHERE id = $1 AND batch_id = $2";
static const char sql_made[] =
    "SELECT kind, count(*) FROM staged WHERE batch_id = $1 GROUP BY kind"
    " /*sort*/";
static const char sql_fewer[] =
    "UPDATE staged_count SET n = n - $2 WHERE kind = $1";
static const char sql_used[] =
    "UPDATE import_change SET image = '' WHERE batch_id = $1"
    " AND kind = 'staged'";
static const char sql_gone[] = "DELETE FROM staged WHERE batch_id = $1";

/* The next piece of an image; the rest is behind it. */
static char *
piece(char **rest)
{
	char *at = *rest;

	*rest += strcspn(at, "\t");
	if (**rest == '\t')
		*(*rest)++ = '\0';
	return at;
}

static int
put_back(struct txn *txn, int64_t batch, int64_t id, char *image)
{
	char *rest = image;
	int64_t was = strtoll(piece(&rest), NULL, 10);
	int64_t line = strtoll(piece(&rest), NULL, 10);
	int64_t at = strtoll(piece(&rest), NULL, 10);
	const char *order_no = piece(&rest);

	return db_exec(txn, sql_back,
	    DB_ARGS(db_i(id), db_i(batch), db_i(was), db_i(line), db_i(at),
		db_t(order_no), db_t(rest)),
	    NULL);
}

static int
put_all_back(
    struct session *s, struct txn *txn, int64_t batch, struct arena *arena)
{
	struct db_rows *rows;
	int rc, done = 0;

	rc = db_query(s->db, sql_images, DB_ARGS(db_i(batch)), &rows);
	if (rc < 0)
		return rc;
	while (done == 0 && (rc = db_next(rows)) > 0) {
		arena_reset(arena);
		done = put_back(txn, batch, db_int(rows, 0),
		    arena_strdup(arena, db_text(rows, 1)));
	}
	db_done(rows);
	return done < 0 ? done : rc;
}

static int
uncount(struct session *s, struct txn *txn, int64_t batch, struct arena *arena)
{
	struct db_rows *rows;
	int rc, done = 0;

	rc = db_query(s->db, sql_made, DB_ARGS(db_i(batch)), &rows);
	if (rc < 0)
		return rc;
	while (done == 0 && (rc = db_next(rows)) > 0)
		done = db_exec(txn, sql_fewer,
		    DB_ARGS(db_t(arena_strdup(arena, db_text(rows, 0))),
			db_i(db_int(rows, 1))),
		    NULL);
	db_done(rows);
	return done < 0 ? done : rc;
}

int
staged_undo(struct session *s, struct txn *txn, int64_t batch)
{
	struct arena arena = { 0 };
	int rc;

	rc = put_all_back(s, txn, batch, &arena);
	if (rc == 0)
		rc = db_exec(txn, sql_used, DB_ARGS(db_i(batch)), NULL);
	if (rc == 0)
		rc = uncount(s, txn, batch, &arena);
	if (rc == 0)
		rc = db_exec(txn, sql_gone, DB_ARGS(db_i(batch)), NULL);
	arena_done(&arena);
	return rc;
}

/* Rows of it that a later import, which still stands, took the place of. */
static const char sql_replaced[] =
    "SELECT coalesce(min(c.batch_id), 0) FROM import_change c"
    " JOIN import_batch b ON b.id = c.batch_id AND b.state IN (1, 2)"
    " WHERE c.kind = 'staged' AND c.batch_id > $1 AND c.image >= $2"
    " AND c.image < $3 /*scan*/";

int
staged_replaced(struct session *s, int64_t batch, int64_t *by)
{
	char from[24], until[24];

	/* What stands behind the tab in the order of bytes is a line feed. */
	snprintf(from, sizeof(from), "%lld\t", (long long)batch);
	snprintf(until, sizeof(until), "%lld\n", (long long)batch);
	return db_get1(s->db, sql_replaced,
	    DB_ARGS(db_i(batch), db_t(from), db_t(until)), by);
}
