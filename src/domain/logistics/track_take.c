/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staged.h"
#include "shopmgr/domain/tracking.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../import/staged_mark_priv.h"
#include "track_priv.h"

/*
 * From the kept rows of tracking files to events of parcels. How far that went
 * is a setting of its own, "batch:row": files come in with growing numbers, and
 * a row that a later file replaced has that file's number.
 */

static const struct op op_take = { "track-take", PERM_TRACK_EDIT, "import" };

#define SLICE 200 /* rows a transaction: a few milliseconds */

static const char mark_name[] = "track_mark";

/* Rows of files that are still being taken in wait. */
static const char sql_rows[] =
    "SELECT t.id, t.kind, t.batch_id, t.at, t.order_no, t.fields FROM staged t"
    " WHERE (t.batch_id, t.id) > ($1, $2) AND t.batch_id < coalesce("
    "(SELECT min(b.id) FROM import_batch b WHERE b.state IN (0, 1, 3)),"
    " 9223372036854775807) ORDER BY t.batch_id, t.id LIMIT $3";
static const char sql_parcel_of[] =
    "SELECT id FROM parcel WHERE waybill_no = $1";

struct slice {
	struct track_event events[SLICE * 2];
	int64_t parcels[SLICE * 2], batches[SLICE * 2];
	size_t n;
	struct staged_mark mark;
	bool more;
	int64_t unknown;
	struct arena arena;
};

static void
add(struct slice *sl, int64_t parcel_id, int64_t at, enum track_state state,
    const char *place, const char *text)
{
	sl->parcels[sl->n] = parcel_id;
	sl->batches[sl->n] = sl->mark.batch;
	sl->events[sl->n++] = (struct track_event){
		.at = at,
		.state = state,
		.place = place,
		.text = text,
	};
}

/* Some files have a row for each event, others where a parcel stands. */
static int
take_row(struct session *s, struct slice *sl, const struct staged *t)
{
	struct staged_event e;
	char waybill[64];
	const char *last;
	int64_t id;
	size_t i;
	int rc;

	if (!staged_event(t, &sl->arena, &e) ||
	    !trim_text(waybill, sizeof(waybill), e.waybill))
		return 0;
	for (i = 0; waybill[i] != '\0'; i++)
		waybill[i] = (char)toupper((unsigned char)waybill[i]);
	rc = db_get1(s->db, sql_parcel_of, DB_ARGS(db_t(waybill)), &id);
	if (rc == ERR_NOTFOUND) {
		sl->unknown++;
		return 0;
	}
	if (rc < 0)
		return rc;
	last = staged_value(t, "last", &sl->arena);
	if (e.signed_at != 0)
		add(sl, id, e.signed_at, TRACK_SIGNED, e.place, e.state);
	else if (e.at != 0 || e.sent_at != 0)
		add(sl, id, e.at != 0 ? e.at : e.sent_at,
		    track_by_words(e.state), e.place,
		    last[0] != '\0' ? last : e.state);
	else
		add(sl, id, t->at, track_by_words(e.state), e.place, e.state);
	return 0;
}

static int
read_slice(struct session *s, struct slice *sl)
{
	struct staged t = { 0 };
	struct db_rows *rows;
	int64_t n = 0;
	int rc;

	rc = db_query(s->db, sql_rows,
	    DB_ARGS(db_i(sl->mark.batch), db_i(sl->mark.row), db_i(SLICE)),
	    &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		n++;
		t.id = sl->mark.row = db_int(rows, 0);
		t.batch = sl->mark.batch = db_int(rows, 2);
		t.at = db_int(rows, 3);
		if (strcmp(db_text(rows, 1), "tracking") != 0)
			continue;
		t.kind = "tracking";
		t.order_no = row_text(rows, 4, &sl->arena);
		t.fields = row_text(rows, 5, &sl->arena);
		if ((rc = take_row(s, sl, &t)) < 0)
			break;
	}
	db_done(rows);
	sl->more = n == SLICE;
	return rc < 0 ? rc : (int)(n > 0);
}

/* Parcels stand together in a file: neighbours count as one. */
static int
write_slice(struct session *s, struct txn *txn, const struct slice *sl,
    struct track_taken *out)
{
	int64_t last = 0;
	bool fresh;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sl->n; i++) {
		const struct track_event *e = &sl->events[i];

		rc = track_tell(s, txn,
		    &(struct track_told){
			.parcel_id = sl->parcels[i],
			.at = e->at,
			.state = (enum track_state)e->state,
			.place = e->place,
			.text = e->text,
			.batch_id = sl->batches[i],
		    },
		    &fresh);
		if (rc < 0 || !fresh)
			continue;
		out->events++;
		out->parcels += sl->parcels[i] != last;
		last = sl->parcels[i];
	}
	out->unknown += sl->unknown;
	return rc < 0 ? rc : staged_mark_set(txn, mark_name, &sl->mark);
}

/* 1: there may be more. */
static int
take_slice(struct session *s, struct slice *sl, struct track_taken *out)
{
	struct track_taken now = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_take, &txn)) < 0)
		return rc;
	if ((rc = staged_mark_get(s, mark_name, &sl->mark)) == 0)
		rc = read_slice(s, sl);
	if (rc <= 0) {
		op_abort(s, &txn);
		return rc;
	}
	rc = write_slice(s, txn, sl, &now);
	if (rc == 0)
		rc = op_commit(s, &op_take, &txn, sl->mark.batch,
		    "%" PRId64 " events of %" PRId64 " parcels", now.events,
		    now.parcels);
	op_abort(s, &txn);
	if (rc < 0)
		return rc;
	out->events += now.events;
	out->parcels += now.parcels;
	out->unknown += now.unknown;
	return sl->more;
}

/* The platform says that the buyer has it, or that there is nothing to have:
 * those at the beginning of what is watched. */
#define FINISHED \
	"SELECT p.id FROM parcel p JOIN orders o ON o.id = p.order_id" \
	" WHERE p.watch = 1 AND p.track <= 4 AND o.state IN (5, 6)" \
	" AND NOT EXISTS (SELECT 1 FROM track_case c" \
	" WHERE c.parcel_id = p.id AND c.closed_at = 0) LIMIT 1000"
static const char sql_finished[] =
    "SELECT count(*) FROM (" FINISHED ") /*scan*/";
static const char sql_unwatch[] =
    "UPDATE parcel SET watch = 0 WHERE id IN (" FINISHED ") /*scan*/";

static int
unwatch(struct session *s)
{
	struct txn *txn;
	int64_t n;
	int rc;

	rc = db_get1(s->db, sql_finished, NULL, 0, &n);
	while (rc == 0 && n > 0) {
		if ((rc = op_begin(s, &op_take, &txn)) < 0)
			return rc;
		rc = db_exec(txn, sql_unwatch, NULL, 0, &n);
		if (rc == 0)
			rc = op_commit(s, &op_take, &txn, 0,
			    "%" PRId64 " orders are finished", n);
		op_abort(s, &txn);
		n = n == 1000 ? n : 0;
	}
	return rc;
}

int
track_take(struct session *s, struct track_taken *out)
{
	struct slice *sl;
	int64_t waits;
	int rc;

	*out = (struct track_taken){ 0 };
	/* Nothing new is found without asking for the right to write. */
	if ((rc = session_need(s, PERM_TRACK_EDIT)) < 0 ||
	    (rc = unwatch(s)) < 0 ||
	    (rc = staged_mark_waits(s, mark_name, &waits)) < 0 || waits == 0)
		return rc;
	sl = xcalloc(1, sizeof(*sl));
	do {
		sl->n = 0;
		sl->unknown = 0;
		rc = take_slice(s, sl, out);
		arena_done(&sl->arena);
		sl->arena = (struct arena){ 0 };
	} while (rc > 0);
	free(sl);
	return rc;
}
