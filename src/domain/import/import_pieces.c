/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"

#include "import_priv.h"

/*
 * Lists, and rows that are kept, go in as they are read: in pieces, each a
 * transaction as long as others may be kept waiting. A file of one piece is
 * one transaction. Nobody knows beforehand how many pieces there will be; so
 * from the end of the first one on the import stands as one that is being
 * taken back, till its last commit says that it is done. Whatever interrupts
 * it in between, it is taken back whole: here, or by import_recover().
 */

#define PIECE_NS   INT64_C(8000000) /* how long the rows of one may take */
#define LOOK_EVERY 8u               /* rows, at the clock */
#define BUSY_TIMES 6                /* ten seconds each */

size_t import_piece_rows = SIZE_MAX;

/* What is remembered of the database is so only while nobody else writes. */
static void
remember(struct job *j)
{
	int64_t version = db_version(j->s->db);

	if (j->dict != NULL && version != j->version)
		job_forget(j);
	j->version = version;
	if (j->dict == NULL)
		job_begin(j);
	finder_look_again(j->finder);
}

static int
piece_begin(struct job *j, bool first)
{
	int i, rc = ERR_BUSY;

	if (first) {
		rc = op_begin_merge(j->s, &op_import, &j->txn);
		j->approved_by = j->s->approved_by;
	}
	for (i = 0; !first && rc == ERR_BUSY && i < BUSY_TIMES; i++)
		rc = op_begin_alone(j->s, &j->txn);
	if (rc < 0)
		return rc;
	j->s->approved_by = j->approved_by;
	/* When trying out, each piece is taken back, its batch too. */
	if ((first || j->opt->dry_run) &&
	    (rc = batch_begin(j, IMPORT_DONE)) < 0)
		return rc;
	remember(j);
	j->piece_rows = 0;
	j->piece_until = time_ticks() + PIECE_NS;
	return made_before(j);
}

/* What follows from the rows of a piece, and what was made and changed. */
static int
piece_end(struct job *j)
{
	int rc;

	if ((rc = job_rest(j)) < 0 || (rc = people_dates(j)) < 0 ||
	    (rc = job_close(j)) < 0)
		return rc;
	return batch_end(j);
}

static const char sql_unfinished[] =
    "UPDATE import_batch SET state = 3, undone_by = $2 WHERE id = $1";

int
piece_commit(struct job *j)
{
	int rc = 0;

	if (j->pieces++ == 0)
		rc = db_exec(j->txn, sql_unfinished,
		    DB_ARGS(db_i(j->batch), db_i(j->s->staff_id)), NULL);
	return rc < 0 ? rc : op_commit_silent(j->s, &j->txn);
}

static void
piece_drop(struct job *j)
{
	op_abort(j->s, &j->txn);
	j->pieces++;
	j->slip_id = 0;
	job_forget(j);
}

int
piece_row(struct job *j)
{
	int rc;

	j->piece_rows++;
	if (j->piece_rows < import_piece_rows &&
	    (j->piece_rows % LOOK_EVERY != 0 || time_ticks() < j->piece_until))
		return 0;
	if ((rc = piece_end(j)) < 0)
		return rc;
	if (j->opt->dry_run)
		piece_drop(j);
	else if ((rc = piece_commit(j)) < 0)
		return rc;
	if (j->pieces == 1)
		bulk_steps_tune(j->s->db);
	bulk_steps_between(j->s->db);
	if ((rc = job_phase(j, N_("writing"))) < 0)
		return rc;
	return piece_begin(j, false);
}

static const char sql_finished[] =
    "UPDATE import_batch SET state = 2, undone_by = NULL WHERE id = $1";

/* From here on it is done whole. */
int
pieces_end(struct job *j)
{
	int rc;

	if (j->opt->dry_run)
		return 0;
	if (j->pieces > 0) {
		if ((rc = op_commit_silent(j->s, &j->txn)) < 0)
			return rc;
		bulk_steps_last(j->s->db);
		if ((rc = op_begin_alone(j->s, &j->txn)) < 0 ||
		    (rc = db_exec(j->txn, sql_finished, DB_ARGS(db_i(j->batch)),
			 NULL)) < 0)
			return rc;
		j->s->approved_by = j->approved_by;
	}
	if (j->opt->progress != NULL)
		db_on_progress(j->s->db, NULL, NULL);
	return job_commit(j);
}

static int
pieces_take(struct job *j)
{
	int rc;

	if ((rc = piece_begin(j, true)) < 0)
		return rc;
	j->settle = settle_new();
	if ((rc = job_phase(j, N_("writing"))) < 0 || (rc = job_read(j)) < 0 ||
	    (rc = piece_end(j)) < 0)
		return rc;
	rejects_end(j);
	settle_end(j);
	rc = job_phase(j, N_("writing"));
	return rc < 0 ? rc : pieces_end(j);
}

int
pieces_back(struct job *j)
{
	struct session *s = j->s;
	struct err why = s->err;
	int rc;

	op_abort(s, &j->txn);
	db_on_progress(s->db, NULL, NULL);
	rc = undo_carry_on(s, j->batch);
	s->err = why;
	if (rc == 0)
		return why.code;
	return err_set(&s->err, why.code, why.field,
	    _("%s. The import is being taken back: that will be finished when "
	      "the shop is opened the next time"),
	    why.text);
}

int
pieces_run(struct job *j)
{
	int rc = j->opt->dry_run ? 0 : import_claim(j);

	if (rc == 0)
		rc = pieces_take(j);
	if (rc < 0 && j->pieces > 0 && !j->opt->dry_run)
		rc = pieces_back(j);
	return rc;
}
