/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/bulk.h"

#include "db_priv.h"

#define BULK_ROWS   32
#define BULK_PARTS  5   /* 1 to 16 rows: what is left makes few statements */
#define BULK_VALUES 640 /* parameters of one statement, at most */

struct bulk {
	struct txn *txn;
	size_t ncols, most; /* rows of a full statement */
	size_t nrows;       /* gathered */
	const char *table, *columns;
	char *full; /* the statement for @most rows */
	char *part[BULK_PARTS];
	struct db_val *vals; /* most * ncols */
	struct arena texts;
};

/* INSERT of @nrows rows. */
static char *
insert_sql(const struct bulk *b, size_t nrows)
{
	struct str sql = STR_INIT;
	size_t row, col, n = 0;

	str_addf(&sql, "INSERT INTO %s (%s) VALUES ", b->table, b->columns);
	for (row = 0; row < nrows; row++) {
		str_add(&sql, row > 0 ? ", (" : "(");
		for (col = 0; col < b->ncols; col++)
			str_addf(&sql, "%s$%zu", col > 0 ? ", " : "", ++n);
		str_addc(&sql, ')');
	}
	return str_take(&sql);
}

struct bulk *
bulk_new(struct txn *txn, const char *table, const char *columns, size_t ncols)
{
	struct bulk *b = xcalloc(1, sizeof(*b));

	assert(ncols > 0 && ncols <= BULK_VALUES);
	b->txn = txn;
	b->table = table;
	b->columns = columns;
	b->ncols = ncols;
	b->most = BULK_VALUES / ncols;
	if (b->most > BULK_ROWS)
		b->most = BULK_ROWS;
	b->full = insert_sql(b, b->most);
	b->vals = xcalloc(b->most * ncols, sizeof(*b->vals));
	return b;
}

/* For @left rows or the most of them that a statement is kept for. */
static const char *
part_sql(struct bulk *b, size_t left, size_t *nrows)
{
	int i = BULK_PARTS - 1;

	while (((size_t)1 << i) > left)
		i--;
	*nrows = (size_t)1 << i;
	if (b->part[i] == NULL)
		b->part[i] = insert_sql(b, *nrows);
	return b->part[i];
}

static int
write_rows(struct bulk *b)
{
	size_t at, n = b->most;
	int rc = 0;

	for (at = 0; rc == 0 && at < b->nrows; at += n) {
		const char *sql = b->nrows < b->most
				      ? part_sql(b, b->nrows - at, &n)
				      : b->full;

		rc = db_exec(
		    b->txn, sql, b->vals + at * b->ncols, n * b->ncols, NULL);
	}
	b->nrows = 0;
	arena_reset(&b->texts);
	return rc;
}

int
bulk_row(struct bulk *b, const struct db_val *vals)
{
	struct db_val *to = &b->vals[b->nrows * b->ncols];
	size_t i;

	memcpy(to, vals, b->ncols * sizeof(*to));
	for (i = 0; i < b->ncols; i++) {
		if (to[i].type != DB_TEXT && to[i].type != DB_BLOB)
			continue;
		if (to[i].type == DB_TEXT && to[i].len == 0)
			to[i].len = strlen(to[i].t);
		to[i].t = arena_strndup(&b->texts, to[i].t, to[i].len);
	}
	return ++b->nrows == b->most ? write_rows(b) : 0;
}

int
bulk_flush(struct bulk *b)
{
	return b->nrows > 0 ? write_rows(b) : 0;
}

void
bulk_free(struct bulk *b)
{
	int i;

	if (b == NULL)
		return;
	arena_done(&b->texts);
	free(b->vals);
	for (i = 0; i < BULK_PARTS; i++)
		free(b->part[i]);
	free(b->full);
	free(b);
}

/* What a bulk load has to put back: the indexes it left away. */
struct bulk_load {
	struct arena arena;
	const char **sql;
	size_t n, cap;
};

static int
begin(struct db *db, enum db_tune tune, struct txn **out)
{
	int rc;

	assert(db->load == NULL && !db->in_txn);
	if ((rc = db->ops->tune(db, tune)) == 0)
		rc = db_begin(db, out);
	db->load = xcalloc(1, sizeof(*db->load));
	if (rc < 0)
		bulk_load_end(db);
	return rc;
}

int
bulk_load_begin(struct db *db, struct txn **out)
{
	return begin(db, DB_TUNE_LOAD, out);
}

void
bulk_merge_tune(struct db *db, bool on)
{
	if (db->ops->tune(db, on ? DB_TUNE_MERGE : DB_TUNE_NORMAL) < 0)
		log_msg("the database was not tuned: %s", db->err->text);
}

static void
retune(struct db *db, enum db_tune tune)
{
	if (db->ops->tune(db, tune) < 0)
		log_msg("the database was not tuned: %s", db->err->text);
}

void
bulk_steps_tune(struct db *db)
{
	retune(db, DB_TUNE_STEPS);
}

void
bulk_steps_alone(struct db *db)
{
	retune(db, DB_TUNE_ALONE);
}

bool
bulk_spills(struct db *db)
{
	return db->ops->spilled(db);
}

void
bulk_steps_loose(struct db *db)
{
	retune(db, DB_TUNE_LOOSE);
}

void
bulk_steps_last(struct db *db)
{
	if (db->memory)
		return;
	/* What the power may take is written now, while nobody waits for it. */
	fold_now(db);
	retune(db, DB_TUNE_LAST);
}

bool
bulk_others_wait(struct db *db)
{
	return gate_waited_for(db);
}

void
bulk_steps_between(struct db *db)
{
	assert(!db->in_txn);
	gate_yield(db);
	fold_often(db);
}

int
bulk_sole_begin(struct db *db, struct txn **out)
{
	int rc;

	retune(db, DB_TUNE_ALONE);
	if ((rc = gate_enter(db)) < 0)
		return rc;
	if (!db->memory)
		db->ops->leave_log(db);
	return db_begin_inside(db, out);
}

int
bulk_merge_begin(struct db *db, struct txn **out)
{
	return begin(db, DB_TUNE_MERGE, out);
}

static bool
among(const char *name, const char *const *names)
{
	for (; names != NULL && *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* Note how @table's indexes are made, and add to @drops what removes them. */
static int
remember(struct db *db, const char *table, const char *const *keep,
    struct str *drops)
{
	struct bulk_load *load = db->load;
	struct db_rows *rows;
	int rc;

	rc = db_query(db, db->ops->sql_indexes, DB_ARGS(db_t(table)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) == 1) {
		if (among(db_text(rows, 0), keep))
			continue;
		if (load->n == load->cap) {
			load->cap = load->cap != 0 ? load->cap * 2 : 32;
			load->sql = xreallocarray(
			    load->sql, load->cap, sizeof(*load->sql));
		}
		load->sql[load->n++] =
		    arena_strdup(&load->arena, db_text(rows, 1));
		str_addf(drops, "DROP INDEX %s;", db_text(rows, 0));
	}
	db_done(rows);
	return rc;
}

int
bulk_load_start(
    struct txn *txn, const char *const *tables, const char *const *keep)
{
	struct str drops = STR_INIT;
	int rc = 0;

	assert(txn->db->load != NULL && txn->db->load->n == 0);
	for (; rc == 0 && *tables != NULL; tables++)
		rc = remember(txn->db, *tables, keep, &drops);
	if (rc == 0)
		rc = db_script(txn, drops.s);
	str_done(&drops);
	return rc;
}

int
bulk_load_finish(struct txn *txn)
{
	struct db *db = txn->db;
	size_t i;
	int rc;

	assert(db->load != NULL);
	rc = db->ops->tune(db, DB_TUNE_INDEX);
	for (i = 0; rc == 0 && i < db->load->n; i++)
		rc = db_script(txn, db->load->sql[i]);
	if (rc == 0)
		rc = keys_check(db);
	if (rc == 0)
		db->load->n = 0;
	return rc;
}

bool
bulk_load_pending(const struct db *db)
{
	return db->load != NULL && db->load->n > 0;
}

void
bulk_load_end(struct db *db)
{
	if (db->load == NULL)
		return;
	assert(!db->in_txn);
	if (db->ops->tune(db, DB_TUNE_NORMAL) < 0)
		log_msg("after a bulk load: %s", db->err->text);
	arena_done(&db->load->arena);
	free(db->load->sql);
	free(db->load);
	db->load = NULL;
	fold_now(db);
}
