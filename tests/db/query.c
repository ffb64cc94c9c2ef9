/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shopmgr/db/query.h"

static struct err err;

struct row {
	int64_t a, id;
	const char *name;
};

static void
read_row(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct row *row = out;

	row->a = db_int(rows, 0);
	row->id = db_int(rows, 1);
	row->name = arena_strdup(arena, db_text(rows, 2));
}

/* @n rows whose a repeats a lot, so that the id has to decide. */
static struct db *
some_db(int n)
{
	struct db *db;
	struct txn *txn;
	char name[16];
	int i;

	db_watch_fatal = true;
	assert_int_equal(db_open(&db, ":memory:", DB_CREATE, &err), 0);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(
	    db_script(txn, "CREATE TABLE t (id INTEGER PRIMARY KEY, "
			   "a INTEGER NOT NULL, name TEXT NOT NULL);"
			   "CREATE INDEX t_a ON t (a, id);"),
	    0);
	for (i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "name-%d", i);
		assert_int_equal(
		    db_exec(txn, "INSERT INTO t (a, name) VALUES ($1, $2)",
			DB_ARGS(db_i(rand() % (n / 10 + 1)), db_t(name)), NULL),
		    0);
	}
	assert_int_equal(db_commit(&txn), 0);
	return db;
}

static void
fetch(struct db *db, bool desc, enum page_dir dir, const struct row *from,
    size_t limit, struct page *out)
{
	struct query q = QUERY("SELECT a, id, name FROM t WHERE 1 = 1");
	struct query_key keys[] = {
		{ "a", db_i(from != NULL ? from->a : 0) },
		{ "id", db_i(from != NULL ? from->id : 0) },
	};

	query_page(&q, keys, 2, desc, dir, limit);
	assert_int_equal(
	    query_fetch(db, &q, dir, sizeof(struct row), limit, read_row, out),
	    0);
}

static void
assert_rows(const struct page *page, const struct page *all, long at, size_t n)
{
	const struct row *got, *want;
	size_t i;

	assert_int_equal(page->n, n);
	for (i = 0; i < n; i++) {
		got = page_row(page, i);
		want = page_row(all, (size_t)at + i);
		assert_int_equal(got->id, want->id);
		assert_int_equal(got->a, want->a);
		assert_string_equal(got->name, want->name);
	}
}

#define ROWS 500

/* Every page, from anywhere, any way, is the same piece of the whole list. */
static void
pages_agree_with_the_list(void **state)
{
	struct db *db = some_db(ROWS);
	struct page all, page;
	long at, limit, n;
	int desc, i;

	(void)state;
	for (desc = 0; desc <= 1; desc++) {
		fetch(db, desc, PAGE_FIRST, NULL, ROWS + 1, &all);
		assert_int_equal(all.n, ROWS);
		for (i = 0; i < 500; i++) {
			at = rand() % ROWS;
			limit = 1 + rand() % 70;
			n = limit < ROWS ? limit : ROWS;
			fetch(db, desc, PAGE_FIRST, NULL, (size_t)limit, &page);
			assert_rows(&page, &all, 0, (size_t)n);
			page_free(&page);
			fetch(db, desc, PAGE_LAST, NULL, (size_t)limit, &page);
			assert_rows(&page, &all, ROWS - n, (size_t)n);
			page_free(&page);
			n = ROWS - at - 1 < limit ? ROWS - at - 1 : limit;
			fetch(db, desc, PAGE_AFTER, page_row(&all, (size_t)at),
			    (size_t)limit, &page);
			assert_rows(&page, &all, at + 1, (size_t)n);
			page_free(&page);
			n = at < limit ? at : limit;
			fetch(db, desc, PAGE_BEFORE, page_row(&all, (size_t)at),
			    (size_t)limit, &page);
			assert_rows(&page, &all, at - n, (size_t)n);
			page_free(&page);
		}
		page_free(&all);
	}
	db_close(db);
}

/* The row one came from may be gone: its place is still known. */
static void
pages_go_on_from_a_row_that_is_gone(void **state)
{
	struct db *db = some_db(50);
	struct page all, page;
	const struct row *gone;
	struct txn *txn;

	(void)state;
	fetch(db, false, PAGE_FIRST, NULL, 50, &all);
	gone = page_row(&all, 20);
	assert_int_equal(db_begin(db, &txn), 0);
	assert_int_equal(db_exec(txn, "DELETE FROM t WHERE id = $1",
			     DB_ARGS(db_i(gone->id)), NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	fetch(db, false, PAGE_AFTER, gone, 5, &page);
	assert_rows(&page, &all, 21, 5);
	page_free(&page);
	fetch(db, false, PAGE_BEFORE, gone, 5, &page);
	assert_rows(&page, &all, 15, 5);
	page_free(&page);
	page_free(&all);
	db_close(db);
}

static void
conditions_number_their_values(void **state)
{
	struct query q = QUERY("SELECT id FROM t WHERE 1 = 1");
	struct query_key key = { "id", db_i(9) };

	(void)state;
	query_and(&q, "a =", db_i(4));
	query_lit(&q, " AND (name = ");
	query_add_val(&q, db_t("x'; DROP TABLE t"));
	query_lit(&q, ")");
	query_page(&q, &key, 1, true, PAGE_AFTER, 3);
	assert_string_equal(q.sql,
	    "SELECT id FROM t WHERE 1 = 1 AND a = $1 AND (name = $2) "
	    "AND (id) < ($3) ORDER BY id DESC LIMIT $4");
	assert_int_equal(q.nargs, 4);
	assert_int_equal(q.args[3].i, 3);
}

static void
failure_leaves_no_page(void **state)
{
	struct query q = QUERY("SELECT nothing FROM nowhere WHERE 1 = 1");
	struct db *db = some_db(1);
	struct page page = { .n = 77 };

	(void)state;
	assert_int_equal(query_fetch(db, &q, PAGE_FIRST, sizeof(struct row), 5,
			     read_row, &page),
	    ERR_DB);
	assert_int_equal(page.n, 77);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_agree_with_the_list),
		cmocka_unit_test(pages_go_on_from_a_row_that_is_gone),
		cmocka_unit_test(conditions_number_their_values),
		cmocka_unit_test(failure_leaves_no_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
