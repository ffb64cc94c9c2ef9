/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/import_desk.h"

#include "../core/csv_line.h"
#include "import_priv.h"

/* Imports are few; the newest are looked through for the file's hash. */
static const char sql_seen[] = "SELECT coalesce(max(at), 0) FROM import_batch"
			       " WHERE state < 3 AND files LIKE $1 /*scan*/";

static int
read_hash(struct session *s, const char *path, uint64_t *hash)
{
	struct sheet *sheet;
	struct sheet_row row;
	int rc;

	if ((rc = sheet_open(&sheet, path, &s->err)) < 0)
		return rc;
	while ((rc = sheet_next(sheet, &row)) > 0)
		continue;
	*hash = sheet_hash(sheet);
	sheet_close(sheet);
	return rc;
}

int
import_seen(struct session *s, const char *path, int64_t *at)
{
	char like[40];
	uint64_t hash;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0 ||
	    (rc = read_hash(s, path, &hash)) < 0)
		return rc;
	snprintf(like, sizeof(like), "%%\t%016" PRIx64 "%%", hash);
	return db_get1(s->db, sql_seen, DB_ARGS(db_t(like)), at);
}

void
import_cells(
    const struct import *im, size_t which, const char *row, struct page *out)
{
	const struct import_reject *r = &im->rejects[which];
	const struct imp_file *file = reject_file(im, r);
	size_t i, n = csv_count(row),
		  all = n > file->nheader ? n : file->nheader;
	const char **fields = xcalloc(all, sizeof(*fields));
	struct import_cell *cell;
	char *line;

	page_init(out, sizeof(*cell), all);
	line = arena_strdup(&out->arena, row);
	n = csv_split(line, fields, all);
	for (i = 0; i < all; i++) {
		cell = page_add(out);
		cell->id = (int64_t)i + 1;
		cell->header = i < file->nheader ? file->header[i] : "";
		cell->value = i < n ? fields[i] : "";
		cell->fault = cell->header[0] != '\0' &&
			      strcmp(cell->header, r->column) == 0;
	}
	free(fields);
}

char *
import_row_of(const char *const *values, size_t n)
{
	struct str line = STR_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		csv_field(&line, values[i]);
	return str_take(&line);
}
