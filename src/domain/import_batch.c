/* SPDX-License-Identifier: MIT */
#include "shopmgr/db/query.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/op.h"

#include "row_priv.h"
#include "session_priv.h"

/* What was imported before. */

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
