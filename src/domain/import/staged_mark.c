/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "staged_mark_priv.h"

static const char sql_mark[] = "SELECT value FROM setting WHERE name = $1";
static const char sql_mark_set[] =
    "INSERT INTO setting (name, value) VALUES ($1, $2)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
static const char sql_waits[] =
    "SELECT count(*) FROM (SELECT 1 FROM staged WHERE (batch_id, id) > ($1, $2)"
    " LIMIT 1)";

int
staged_mark_get(struct session *s, const char *name, struct staged_mark *out)
{
	struct db_rows *rows;
	int rc;

	*out = (struct staged_mark){ .batch = 0 };
	if ((rc = db_query(s->db, sql_mark, DB_ARGS(db_t(name)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0 &&
	    sscanf(db_text(rows, 0), "%" SCNd64 ":%" SCNd64, &out->batch,
		&out->row) != 2)
		*out = (struct staged_mark){ .batch = 0 };
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
staged_mark_set(
    struct txn *txn, const char *name, const struct staged_mark *mark)
{
	char text[64];

	snprintf(
	    text, sizeof(text), "%" PRId64 ":%" PRId64, mark->batch, mark->row);
	return db_exec(
	    txn, sql_mark_set, DB_ARGS(db_t(name), db_t(text)), NULL);
}

int
staged_mark_waits(struct session *s, const char *name, int64_t *waits)
{
	struct staged_mark mark;
	int rc;

	if ((rc = staged_mark_get(s, name, &mark)) < 0)
		return rc;
	return db_get1(
	    s->db, sql_waits, DB_ARGS(db_i(mark.batch), db_i(mark.row)), waits);
}
