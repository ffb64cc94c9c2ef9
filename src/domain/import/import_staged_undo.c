/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "staged_priv.h"

/* Rows that an import kept are taken away again; those it replaced come back.
 */

static const char sql_images[] =
    "SELECT id, subject, image FROM import_change WHERE batch_id = $1"
    " AND kind = 'staged' AND image <> '' ORDER BY subject, id LIMIT $2";
static const char sql_back[] =
    "UPDATE staged SET batch_id = $3, line = $4, at = $5, order_no = $6,"
    " fields = $7 WHERE id = $1 AND batch_id = $2";
static const char sql_used[] =
    "UPDATE import_change SET image = '' WHERE id = $1";
static const char sql_made[] =
    "SELECT id, kind FROM staged WHERE batch_id = $1 ORDER BY id LIMIT $2";
static const char sql_gone[] = "DELETE FROM staged WHERE id = $1";
static const char sql_fewer[] =
    "UPDATE staged_count SET n = n - 1 WHERE kind = $1";

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

/* A row of one of the two queries; it is over with when it is worked on. */
struct undone {
	int64_t id, subject;
	char *text;
};

/* The next rows of @sql, as many as there are, in @arena. */
static int
next_rows(struct session *s, const char *sql, int64_t batch, size_t most,
    struct arena *arena, struct undone **out, size_t *n)
{
	struct db_rows *rows;
	struct undone *u = arena_alloc(arena, most * sizeof(*u));
	bool images = sql == sql_images;
	int rc;

	*n = 0;
	*out = u;
	rc = db_query(
	    s->db, sql, DB_ARGS(db_i(batch), db_i((int64_t)most)), &rows);
	if (rc < 0)
		return rc;
	while (*n < most && (rc = db_next(rows)) > 0)
		u[(*n)++] = (struct undone){
			.id = db_int(rows, 0),
			.subject = images ? db_int(rows, 1) : 0,
			.text =
			    arena_strdup(arena, db_text(rows, images ? 2 : 1)),
		};
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
put_some_back(struct session *s, struct txn *txn, int64_t batch, size_t most,
    struct arena *arena)
{
	struct undone *u;
	size_t n, i;
	int rc = next_rows(s, sql_images, batch, most, arena, &u, &n);

	for (i = 0; rc == 0 && i < n; i++) {
		rc = put_back(txn, batch, u[i].subject, u[i].text);
		if (rc == 0)
			rc = db_exec(
			    txn, sql_used, DB_ARGS(db_i(u[i].id)), NULL);
	}
	return rc < 0 ? rc : n > 0;
}

static int
take_some(struct session *s, struct txn *txn, int64_t batch, size_t most,
    struct arena *arena)
{
	struct undone *u;
	size_t n, i;
	int rc = next_rows(s, sql_made, batch, most, arena, &u, &n);

	for (i = 0; rc == 0 && i < n; i++) {
		rc = db_exec(txn, sql_gone, DB_ARGS(db_i(u[i].id)), NULL);
		if (rc == 0)
			rc = db_exec(
			    txn, sql_fewer, DB_ARGS(db_t(u[i].text)), NULL);
	}
	return rc < 0 ? rc : n > 0;
}

int
staged_undo(struct session *s, struct txn *txn, int64_t batch, size_t most)
{
	struct arena arena = { 0 };
	int rc;

	rc = put_some_back(s, txn, batch, most, &arena);
	if (rc == 0)
		rc = take_some(s, txn, batch, most, &arena);
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
