/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "staged_mark_priv.h"

/* What departments took from a file goes with it when it is taken back. */

static const char sql_events[] =
    "SELECT id, parcel_id FROM track_event WHERE batch_id = $1"
    " ORDER BY id LIMIT $2";
static const char sql_no_event[] = "DELETE FROM track_event WHERE id = $1";
static const char sql_stands[] =
    "UPDATE parcel SET (track, track_at) = (SELECT e.state, e.at"
    " FROM (SELECT 0 AS state, 0 AS at, '' AS text, 0 AS known UNION ALL"
    " SELECT t.state, t.at, t.text, 1 FROM track_event t"
    " WHERE t.parcel_id = $1) e"
    " ORDER BY e.known DESC, e.at DESC, e.text DESC LIMIT 1) /*sort*/"
    " WHERE id = $1";
static const char sql_watched[] =
    "UPDATE parcel SET watch = CASE WHEN track = 4 THEN 0 ELSE 1 END"
    " WHERE id = $1";

struct event {
	int64_t id, parcel_id;
};

static int
take_back(struct txn *txn, const struct event *e, bool last_of_parcel)
{
	int rc = db_exec(txn, sql_no_event, DB_ARGS(db_i(e->id)), NULL);

	if (rc < 0 || !last_of_parcel)
		return rc;
	rc = db_exec(txn, sql_stands, DB_ARGS(db_i(e->parcel_id)), NULL);
	if (rc == 0)
		rc = db_exec(
		    txn, sql_watched, DB_ARGS(db_i(e->parcel_id)), NULL);
	return rc;
}

int
track_undo(struct session *s, struct txn *txn, int64_t batch, size_t most)
{
	struct event *v = xcalloc(most, sizeof(*v));
	struct db_rows *rows;
	size_t n = 0, i;
	int rc;

	rc = db_query(s->db, sql_events,
	    DB_ARGS(db_i(batch), db_i((int64_t)most)), &rows);
	if (rc == 0) {
		while (n < most && (rc = db_next(rows)) > 0)
			v[n++] =
			    (struct event){ db_int(rows, 0), db_int(rows, 1) };
		db_done(rows);
	}
	for (i = 0; rc >= 0 && i < n; i++)
		rc = take_back(txn, &v[i],
		    i + 1 == n || v[i + 1].parcel_id != v[i].parcel_id);
	free(v);
	return rc < 0 ? rc : n > 0;
}

static const char sql_no_lines[] =
    "DELETE FROM statement_line WHERE id IN (SELECT l.id FROM statement_line l"
    " WHERE l.batch_id = $1 ORDER BY l.id LIMIT $2)";

int
statement_undo(struct session *s, struct txn *txn, int64_t batch, size_t most)
{
	int64_t gone = 0;
	int rc;

	(void)s;
	rc = db_exec(txn, sql_no_lines,
	    DB_ARGS(db_i(batch), db_i((int64_t)most)), &gone);
	return rc < 0 ? rc : gone > 0;
}
