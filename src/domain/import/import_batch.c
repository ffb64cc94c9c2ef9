/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/query.h"

#include "../core/row_priv.h"
#include "import_priv.h"

/* The record of an import, and what was imported before. */

static const char sql_batch_add[] =
    "INSERT INTO import_batch (kind, files, staff_id, at, new_n, updated_n,"
    " unchanged_n, rejected_n, line_n, held_n, state, audit_from)"
    " VALUES ($1, $2, $3, $4, 0, 0, $6, 0, 0, 0, $5,"
    " (SELECT coalesce(max(id), 0) + 1 FROM audit))";
/* What was counted since. */
static const char sql_batch_count[] =
    "UPDATE import_batch SET files = $2, new_n = new_n + $3,"
    " updated_n = updated_n + $4, unchanged_n = unchanged_n + $5,"
    " rejected_n = rejected_n + $6, line_n = line_n + $7,"
    " held_n = held_n + $8 WHERE id = $1";

/* Their names and hashes, a line each. */
static void
file_names(const struct job *j, struct str *out)
{
	size_t i;

	for (i = 0; i < j->im->nfiles; i++)
		str_addf(out, "%s%s\t%016" PRIx64, i > 0 ? "\n" : "",
		    j->im->files[i].name, j->im->files[i].hash);
}

int
batch_begin(struct job *j, enum import_state state)
{
	struct str names = STR_INIT;
	int rc;

	file_names(j, &names);
	rc = db_insert(j->txn, sql_batch_add,
	    DB_ARGS(db_t(j->im->kind), db_t(names.s), db_i(j->s->staff_id),
		db_i(j->now), db_i(state), db_i(j->im->sum.unchanged_n)),
	    &j->batch);
	str_done(&names);
	j->counted = j->im->sum;
	return rc;
}

int
batch_end(struct job *j)
{
	const struct import_summary *sum = &j->im->sum, *was = &j->counted;
	struct str names = STR_INIT;
	int rc;

	file_names(j, &names);
	rc = db_exec(j->txn, sql_batch_count,
	    DB_ARGS(db_i(j->batch), db_t(names.s),
		db_i(sum->new_n - was->new_n),
		db_i(sum->updated_n - was->updated_n),
		db_i(sum->unchanged_n - was->unchanged_n),
		db_i(sum->rejected_n - was->rejected_n),
		db_i(sum->lines_new - was->lines_new),
		db_i(sum->held - was->held)),
	    NULL);
	str_done(&names);
	j->counted = *sum;
	return rc;
}

static const char sql_batch_counts[] =
    "SELECT new_n, updated_n, unchanged_n, rejected_n, line_n, held_n"
    " FROM import_batch WHERE id = $1";

int
batch_counts(struct job *j, struct import_summary *sum)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(
	    j->s->db, sql_batch_counts, DB_ARGS(db_i(j->batch)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		sum->new_n = db_int(rows, 0);
		sum->updated_n = db_int(rows, 1);
		sum->unchanged_n = db_int(rows, 2);
		sum->rejected_n = db_int(rows, 3);
		sum->lines_new = db_int(rows, 4);
		sum->held = db_int(rows, 5);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static void
fill(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct import_batch *b = out;

	b->id = db_int(rows, 0);
	b->kind = row_text(rows, 1, arena);
	b->files = row_text(rows, 2, arena);
	b->staff = row_text(rows, 3, arena);
	b->at = db_int(rows, 4);
	b->new_n = db_int(rows, 5);
	b->updated_n = db_int(rows, 6);
	b->unchanged_n = db_int(rows, 7);
	b->rejected_n = db_int(rows, 8);
	b->line_n = db_int(rows, 9);
	b->held_n = db_int(rows, 10);
	b->state = db_int(rows, 11);
	b->undone_at = db_int(rows, 12);
	b->undone_by = row_text(rows, 13, arena);
}

int
import_batch_list(struct session *s, bool oldest_first, enum page_dir dir,
    const struct import_batch *from, size_t limit, struct page *out)
{
	struct query q = QUERY(
	    "SELECT b.id, b.kind, b.files, s.name, b.at, b.new_n, b.updated_n,"
	    " b.unchanged_n, b.rejected_n, b.line_n, b.held_n, b.state,"
	    " b.undone_at, u.name"
	    " FROM import_batch b JOIN staff s ON s.id = b.staff_id"
	    " LEFT JOIN staff u ON u.id = b.undone_by"
	    " WHERE b.state <> 0");
	struct query_key key = { .column = "b.id" };
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0)
		return rc;
	if (from != NULL)
		key.from = db_i(from->id);
	query_page(&q, &key, 1, !oldest_first, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct import_batch), limit, fill, out);
}

int
import_batch_page(struct session *s, enum page_dir dir,
    const struct import_batch *from, size_t limit, struct page *out)
{
	return import_batch_list(s, false, dir, from, limit, out);
}

const char *
import_state_name(int64_t state)
{
	static const char *const names[] = { "planned", "running", "done",
		"undoing", "undone" };

	return names[state >= 0 && state <= IMPORT_UNDONE ? state : 0];
}

const char *
import_state_text(int64_t state)
{
	switch (state) {
	case IMPORT_RUNNING:
		return _("under way");
	case IMPORT_UNDOING:
		return _("undoing");
	case IMPORT_UNDONE:
		return _("undone");
	default:
		return "";
	}
}
