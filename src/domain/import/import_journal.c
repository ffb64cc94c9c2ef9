/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/db/bulk.h"

#include "import_priv.h"

/*
 * The plan in the database. Its first entry says what the files are, each
 * other one has some orders: all rows of theirs that differ, of all files. It
 * is written in small transactions, as a batch of state 0, which is nothing
 * yet; one commit more makes it one that is being done (1). A step deletes the
 * entries that it does, in the same transaction.
 */

#define ENTRY_ORDERS 16u
#define WRITE_BYTES  ((size_t)1 << 20)

static const char sql_add[] =
    "INSERT INTO import_journal (batch_id, seq, rows) VALUES ($1, $2, $3)";

static int
add(struct job *j, int64_t seq, const struct str *rows)
{
	return db_exec(j->txn, sql_add,
	    DB_ARGS(db_i(j->batch), db_i(seq),
		(struct db_val){
		    .type = DB_BLOB, .len = rows->len, .b = rows->s }),
	    NULL);
}

static void
put_row(struct spool *sp, const char **fields, size_t n, int64_t line)
{
	size_t *lens = xcalloc(n, sizeof(*lens)), i;
	struct sheet_row row = {
		.fields = fields, .lens = lens, .n = n, .line = line
	};

	for (i = 0; i < n; i++)
		lens[i] = strlen(fields[i]);
	spool_hold(sp, &row);
	free(lens);
}

static void
put_file(struct spool *sp, const struct imp_file *f)
{
	const char **fields = xcalloc(f->nheader + 2, sizeof(*fields));
	struct str marks = STR_INIT;
	size_t i;

	/* The hash, and the columns whose numbers are as they were. */
	str_addf(&marks, "%016" PRIx64, f->hash);
	for (i = 0; i < f->nheader; i++)
		if (f->whole[i] == WHOLE_YES)
			str_addf(&marks, " %zu", i);
	fields[0] = f->name;
	fields[1] = marks.s;
	for (i = 0; i < f->nheader; i++)
		fields[2 + i] = f->header[i];
	put_row(sp, fields, f->nheader + 2, f->header_line);
	str_done(&marks);
	free(fields);
}

/* The first entry: a row for the whole, then one for each file. */
static int
add_head(struct job *j)
{
	struct spool *sp = spool_new();
	char approved[24], orders[24], now[24];
	const char *whole[] = { j->opt->shop != NULL ? j->opt->shop : "",
		approved, orders, now };
	struct slice held;
	struct str head = STR_INIT;
	size_t i;
	int rc;

	snprintf(approved, sizeof(approved), "%" PRId64, j->approved_by);
	snprintf(orders, sizeof(orders), "%zu", j->all_orders);
	snprintf(now, sizeof(now), "%" PRId64, j->now);
	put_row(sp, whole, 4, 0);
	for (i = 0; i < j->im->nfiles; i++)
		put_file(sp, &j->im->files[i]);
	held = spool_held(sp);
	str_addn(&head, held.s, held.n);
	rc = add(j, 0, &head);
	str_done(&head);
	spool_free(sp);
	return rc;
}

static int
more_room(struct job *j)
{
	int rc;

	if ((rc = op_commit_silent(j->s, &j->txn)) < 0)
		return rc;
	bulk_steps_between(j->s->db);
	if ((rc = job_phase(j, N_("writing"))) < 0)
		return rc;
	return op_begin_alone(j->s, &j->txn);
}

/* From order @from on; @pause: others may have their turn in between. */
static int
add_orders(struct job *j, size_t from, bool pause)
{
	struct str rows = STR_INIT;
	size_t size = ENTRY_ORDERS, n = plan_orders(j->plan), bytes = 0;
	int64_t seq = 0;
	int rc = 0;

	if (import_step_most < size)
		size = import_step_most;
	for (; rc == 0 && from < n; from += size) {
		str_cut(&rows, 0);
		rc = plan_read(j->plan, from, from + size, &rows, &j->s->err);
		if (rc == 0)
			rc = add(j, ++seq, &rows);
		bytes += rows.len;
		if (rc == 0 && pause && bytes >= WRITE_BYTES) {
			rc = more_room(j);
			bytes = 0;
		}
	}
	str_done(&rows);
	return rc;
}

static const char sql_planned[] =
    "UPDATE import_batch SET state = 1 WHERE id = $1";

/* The commit that makes it a plan is one that the power does not undo. */
static int
make_plan(struct job *j)
{
	int rc;

	if ((rc = op_commit_silent(j->s, &j->txn)) < 0)
		return rc;
	bulk_steps_last(j->s->db);
	if ((rc = op_begin_alone(j->s, &j->txn)) < 0)
		return rc;
	rc = db_exec(j->txn, sql_planned, DB_ARGS(db_i(j->batch)), NULL);
	return rc < 0 ? rc : op_commit_silent(j->s, &j->txn);
}

static const char sql_rest[] =
    "UPDATE import_batch SET state = 1, undone_by = NULL WHERE id = $1";

int
journal_rest(struct job *j, size_t from)
{
	int rc;

	if ((rc = add_head(j)) < 0 || (rc = add_orders(j, from, false)) < 0)
		return rc;
	rc = db_exec(j->txn, sql_rest, DB_ARGS(db_i(j->batch)), NULL);
	return rc < 0 ? rc : op_commit_silent(j->s, &j->txn);
}

int
journal_write(struct job *j)
{
	bool begun = false;
	int rc;

	bulk_steps_tune(j->s->db);
	rc = op_begin(j->s, &op_import, &j->txn);
	if (rc == 0) {
		j->approved_by = j->s->approved_by;
		rc = batch_begin(j, IMPORT_PLANNED);
		begun = rc == 0;
	}
	if (rc == 0 && (rc = add_head(j)) == 0 &&
	    (rc = add_orders(j, 0, true)) == 0)
		rc = make_plan(j);
	op_abort(j->s, &j->txn);
	if (rc < 0 && begun) {
		struct err why = j->s->err;

		/* If this fails too, the next one throws it away. */
		if (journal_drop(j->s, j->batch) < 0)
			log_msg("a plan was left: %s", j->s->err.text);
		j->s->err = why;
	}
	return rc;
}

static const char sql_read[] =
    "SELECT seq, rows FROM import_journal WHERE batch_id = $1 AND seq > $3"
    " ORDER BY seq LIMIT $2";
static const char sql_end[] =
    "SELECT coalesce(max(seq), 0) FROM import_journal WHERE batch_id = $1";

int
journal_read(
    struct job *j, size_t orders, struct str *out, int64_t *last, bool *end)
{
	size_t size =
	    import_step_most < ENTRY_ORDERS ? import_step_most : ENTRY_ORDERS;
	int64_t n = (int64_t)((orders + size - 1) / size);
	struct db_rows *rows;
	int rc;

	if (j->last_seq == 0 &&
	    (rc = db_get1(
		 j->s->db, sql_end, DB_ARGS(db_i(j->batch)), &j->last_seq)) < 0)
		return rc;
	rc = db_query(j->s->db, sql_read,
	    DB_ARGS(db_i(j->batch), db_i(n), db_i(*last)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		*last = db_int(rows, 0);
		str_addn(out, db_text(rows, 1), db_len(rows, 1));
	}
	db_done(rows);
	*end = out->len == 0 || *last >= j->last_seq;
	return rc;
}

static const char sql_done[] =
    "DELETE FROM import_journal WHERE batch_id = $1 AND seq > $2"
    " AND seq <= $3";

int
journal_done(struct job *j, int64_t last)
{
	/* The head goes with the last of them. */
	return db_exec(j->txn, sql_done,
	    DB_ARGS(
		db_i(j->batch), db_i(last == INT64_MAX ? -1 : 0), db_i(last)),
	    NULL);
}

static const char sql_head[] =
    "SELECT j.rows, b.kind, b.staff_id FROM import_journal j"
    " JOIN import_batch b ON b.id = j.batch_id"
    " WHERE j.batch_id = $1 AND j.seq = 0";

static int
head_whole(struct job *j, struct spool *sp, struct import_options *opt)
{
	struct sheet_row row;
	int rc = spool_next(sp, &row, &j->s->err);

	if (rc <= 0 || row.n != 4)
		return rc < 0 ? rc : ERR_DB;
	if (row.lens[0] > 0)
		opt->shop = arena_strdup(&j->im->arena, row.fields[0]);
	j->approved_by = strtoll(row.fields[1], NULL, 10);
	j->all_orders = (size_t)strtoull(row.fields[2], NULL, 10);
	j->now = strtoll(row.fields[3], NULL, 10);
	return 0;
}

static int
head_file(struct job *j, const struct sheet_row *row)
{
	struct import *im = j->im;
	struct imp_file *f;
	size_t i;
	char *marks;

	if (row->n < 2)
		return ERR_DB;
	im->files =
	    xreallocarray(im->files, im->nfiles + 1, sizeof(*im->files));
	f = &im->files[im->nfiles++];
	*f = (struct imp_file){
		.name = arena_strdup(&im->arena, row->fields[0]),
		.hash = strtoull(row->fields[1], &marks, 16),
		.header_line = row->line,
		.nheader = row->n - 2,
	};
	f->path = f->name;
	f->header = arena_alloc(&im->arena, row->n * sizeof(*f->header));
	for (i = 0; i < f->nheader; i++)
		f->header[i] = arena_strdup(&im->arena, row->fields[2 + i]);
	ids_begin(j, f);
	while (*marks == ' ') {
		i = strtoull(marks, &marks, 10);
		if (i < f->nheader)
			f->whole[i] = WHOLE_YES;
	}
	return layout_again(j, f);
}

static int
head_files(struct job *j, struct spool *sp)
{
	struct sheet_row row;
	int rc;

	while ((rc = spool_next(sp, &row, &j->s->err)) > 0)
		if ((rc = head_file(j, &row)) < 0)
			return rc;
	return rc < 0 ? rc : files_known(j);
}

int
journal_open(struct job *j, struct import_options *opt, int64_t *staff)
{
	struct spool *sp = spool_new();
	struct db_rows *rows;
	int rc;

	rc = db_query(j->s->db, sql_head, DB_ARGS(db_i(j->batch)), &rows);
	if (rc == 0) {
		if ((rc = db_next(rows)) > 0) {
			spool_add(sp, db_text(rows, 0), db_len(rows, 0));
			copy_text(
			    j->im->kind, sizeof(j->im->kind), db_text(rows, 1));
			*staff = db_int(rows, 2);
		}
		db_done(rows);
	}
	if (rc > 0 && (rc = head_whole(j, sp, opt)) == 0)
		rc = head_files(j, sp);
	else if (rc == 0)
		rc = ERR_DB;
	spool_free(sp);
	if (rc == ERR_DB)
		rc = err_set(&j->s->err, ERR_DB, "",
		    _("What an import wrote down before it began is damaged"));
	return rc;
}

static const char sql_some[] =
    "DELETE FROM import_journal WHERE batch_id = $1 AND seq <= $2";
static const char sql_first[] =
    "SELECT coalesce(min(seq), -1) FROM import_journal WHERE batch_id = $1";
static const char sql_no_batch[] =
    "DELETE FROM import_batch WHERE id = $1 AND state = 0";

/* Some at a time: it may be long. */
static int
drop_some(struct session *s, int64_t batch, int64_t *first)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin_alone(s, &txn)) < 0)
		return rc;
	rc = db_fetch1(txn, sql_first, DB_ARGS(db_i(batch)), first);
	if (rc == 0 && *first >= 0)
		rc = db_exec(txn, sql_some,
		    DB_ARGS(db_i(batch), db_i(*first + 200)), NULL);
	else if (rc == 0)
		rc = db_exec(txn, sql_no_batch, DB_ARGS(db_i(batch)), NULL);
	if (rc == 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	return rc;
}

int
journal_drop(struct session *s, int64_t batch)
{
	int64_t first = 0;
	int rc = 0;

	while (rc == 0 && first >= 0) {
		rc = drop_some(s, batch, &first);
		bulk_steps_between(s->db);
	}
	return rc;
}
