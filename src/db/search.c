/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/search.h"

#include "db_priv.h"

/*
 * FTS5 keeps the lists: which words stand in which numbers, and neither texts
 * nor places (contentless, detail=none), which is a quarter of the size. Its
 * own tokenizers know nothing of Chinese, so the words are cut before they get
 * there (words.c), and it sees them with blanks between.
 */

#define FORMAT 1 /* of the file; another one is made anew */

struct search {
	struct db *db;
	struct err *err;
	char *path;
	struct txn *txn;
};

/* clang-format off */
static const char sql_make[] =
    "CREATE TABLE mark (name INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
    " text TEXT NOT NULL);"
    "CREATE TABLE reach (list INTEGER PRIMARY KEY, low INTEGER NOT NULL,"
    " high INTEGER NOT NULL);"
#define LIST(n) \
    "CREATE VIRTUAL TABLE list" n " USING fts5(words, content = ''," \
    " detail = none, columnsize = 0, tokenize = 'ascii');"
    LIST("0") LIST("1") LIST("2") LIST("3");
#undef LIST
/* clang-format on */
static const char sql_drop[] = "DROP TABLE mark; DROP TABLE reach;"
			       "DROP TABLE list0; DROP TABLE list1;"
			       "DROP TABLE list2; DROP TABLE list3;";

/* Somebody else may have been quicker. */
static int
make(struct search *x)
{
	int64_t format = 0;
	int rc;

	if ((rc = db_begin(x->db, &x->txn)) < 0)
		return rc;
	rc = db_schema(x->db, &format);
	if (rc == 0 && format == 0) {
		rc = db_script(x->txn, sql_make);
		if (rc == 0)
			rc = x->db->ops->schema_set(x->db, FORMAT);
		if (rc == 0)
			rc = db_commit(&x->txn);
	}
	db_rollback(&x->txn);
	return rc;
}

static int
open_file(struct search *x)
{
	int64_t format = 0;
	int rc;

	rc = db_open(&x->db, x->path, DB_CREATE | DB_CACHE, x->err);
	if (rc == 0)
		rc = db_schema(x->db, &format);
	if (rc == 0 && format == 0)
		rc = make(x);
	else if (rc == 0 && format != FORMAT)
		rc = err_set(
		    x->err, ERR_DB, "", "%s: format %d", x->path, (int)format);
	if (rc < 0) {
		db_close(x->db);
		x->db = NULL;
	}
	return rc;
}

/* Whoever still has it open goes on with a file that has no name any more. */
void
search_remove(const char *path)
{
	static const char *const parts[] = { "", "-wal", "-shm" };
	struct str name = STR_INIT;
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		str_cut(&name, 0);
		str_addf(&name, "%s%s", path, parts[i]);
		unlink(name.s);
	}
	str_done(&name);
}

int
search_open(struct search **out, const char *path, struct err *err)
{
	struct search *x = xcalloc(1, sizeof(*x));
	int rc;

	x->path = xstrdup(path);
	x->err = err;
	if ((rc = open_file(x)) == ERR_DB) {
		log_msg("%s is made anew: %s", path, err->text);
		search_remove(path);
		rc = open_file(x);
	}
	if (rc < 0) {
		search_close(x);
		return rc;
	}
	*out = x;
	return 0;
}

void
search_close(struct search *x)
{
	if (x == NULL)
		return;
	search_abort(x);
	db_close(x->db);
	free(x->path);
	free(x);
}

static const char sql_mark[] = "SELECT name, at, text FROM mark /*scan*/";

int
search_mark(struct search *x, struct search_mark *mark)
{
	struct db_rows *rows;
	int rc;

	*mark = (struct search_mark){ .text = "" };
	if ((rc = db_query(x->db, sql_mark, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		int64_t name = db_int(rows, 0);

		if (name == SEARCH_MARKS)
			copy_text(
			    mark->text, sizeof(mark->text), db_text(rows, 2));
		else if (name >= 0 && name < SEARCH_MARKS)
			mark->at[name] = db_int(rows, 1);
	}
	db_done(rows);
	return rc;
}

int
search_begin(struct search *x, struct search_mark *mark)
{
	int rc;

	assert(x->txn == NULL);
	if ((rc = db_begin(x->db, &x->txn)) == 0)
		rc = search_mark(x, mark);
	if (rc < 0)
		search_abort(x);
	return rc;
}

static int
by_id(const void *a, const void *b)
{
	const struct search_doc *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static const char *const sql_add[SEARCH_LISTS] = {
	"INSERT INTO list0 (rowid, words) VALUES ($1, $2)",
	"INSERT INTO list1 (rowid, words) VALUES ($1, $2)",
	"INSERT INTO list2 (rowid, words) VALUES ($1, $2)",
	"INSERT INTO list3 (rowid, words) VALUES ($1, $2)",
};
static const char sql_reach[] =
    "INSERT INTO reach (list, low, high) VALUES ($1, $2, $3)"
    " ON CONFLICT (list) DO UPDATE SET low = min(low, excluded.low),"
    " high = max(high, excluded.high)";

int
search_add(struct search *x, unsigned list, struct search_doc *docs, size_t n)
{
	struct str words = STR_INIT;
	size_t i;
	int rc = 0;

	assert(x->txn != NULL && list < SEARCH_LISTS);
	if (n == 0)
		return 0;
	/* In their order, and of each number all texts at once: out of order
	 * FTS5 writes out what it has gathered. */
	qsort(docs, n, sizeof(docs[0]), by_id);
	for (i = 0; rc == 0 && i < n; i++) {
		search_words(docs[i].text, &words);
		if (i + 1 < n && docs[i + 1].id == docs[i].id)
			continue;
		rc = db_exec(x->txn, sql_add[list],
		    DB_ARGS(db_i(docs[i].id), db_t(words.s)), NULL);
		str_cut(&words, 0);
	}
	str_done(&words);
	if (rc == 0)
		rc = db_exec(x->txn, sql_reach,
		    DB_ARGS(db_i(list), db_i(docs[0].id), db_i(docs[n - 1].id)),
		    NULL);
	return rc;
}

int
search_clear(struct search *x)
{
	int rc;

	assert(x->txn != NULL);
	if ((rc = db_script(x->txn, sql_drop)) == 0)
		rc = db_script(x->txn, sql_make);
	return rc;
}

static const char sql_set_mark[] =
    "INSERT INTO mark (name, at, text) VALUES ($1, $2, $3)"
    " ON CONFLICT (name) DO UPDATE SET at = excluded.at, text = excluded.text";

int
search_commit(struct search *x, const struct search_mark *mark)
{
	int i, rc = 0;

	for (i = 0; rc == 0 && i <= SEARCH_MARKS; i++)
		rc = db_exec(x->txn, sql_set_mark,
		    DB_ARGS(db_i(i), db_i(i < SEARCH_MARKS ? mark->at[i] : 0),
			db_t(i < SEARCH_MARKS ? "" : mark->text)),
		    NULL);
	return rc < 0 ? rc : db_commit(&x->txn);
}

void
search_abort(struct search *x)
{
	db_rollback(&x->txn);
}

static const char *const sql_query[SEARCH_LISTS] = {
#define QUERY(n) \
	"SELECT rowid FROM list" n " WHERE list" n " MATCH $1" \
	" AND rowid BETWEEN $2 AND $3 ORDER BY rowid DESC LIMIT $4"
	QUERY("0"),
	QUERY("1"),
	QUERY("2"),
	QUERY("3"),
#undef QUERY
};
static const char sql_get_reach[] =
    "SELECT low, high FROM reach WHERE list = $1";

static int
get_reach(struct search *x, unsigned list, int64_t *low, int64_t *high)
{
	struct db_rows *rows;
	int rc;

	*low = 0;
	*high = -1;
	rc = db_query(x->db, sql_get_reach, DB_ARGS(db_i(list)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*low = db_int(rows, 0);
		*high = db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/*
 * FTS5 cannot be stopped between two hits, and words that are frequent each but
 * never meet have it walk through all of their lists. So it gets to see a
 * stretch of numbers at a time, and between them there is a look at the clock.
 */
#define STRETCH_MIN (INT64_C(1) << 20) /* of seconds: twelve days */
#define STRETCH_MAX (INT64_C(1) << 22)

static int
query_stretch(struct search *x, unsigned list, const char *terms, int64_t from,
    int64_t to, int64_t *ids, size_t limit, size_t *n)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(x->db, sql_query[list],
	    DB_ARGS(
		db_t(terms), db_i(from), db_i(to), db_i((int64_t)(limit - *n))),
	    &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		ids[(*n)++] = db_int(rows, 0);
	db_done(rows);
	return rc;
}

int
search_query(struct search *x, unsigned list, const char *text, int64_t before,
    int ms, int64_t *ids, size_t limit, size_t *n, int64_t *next)
{
	int64_t low, high, from, stretch = STRETCH_MIN;
	int64_t until = time_ticks() + ms * INT64_C(1000000);
	struct str terms = STR_INIT;
	int rc;

	assert(list < SEARCH_LISTS);
	*n = 0;
	*next = 0;
	if ((rc = get_reach(x, list, &low, &high)) < 0)
		return rc;
	if (before != 0 && before <= high)
		high = before - 1;
	search_terms(text, &terms);
	if (terms.len == 0)
		high = low - 1;
	while (rc == 0 && *n < limit && high >= low) {
		from = high - low < stretch ? low : high - stretch + 1;
		rc = query_stretch(x, list, terms.s, from, high, ids, limit, n);
		high = from - 1;
		if (stretch < STRETCH_MAX)
			stretch *= 2;
		if (*n < limit && high >= low && time_ticks() >= until) {
			*next = high + 1;
			break;
		}
	}
	str_done(&terms);
	return rc;
}
