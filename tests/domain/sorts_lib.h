/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SORTS_LIB_H
#define TESTS_SORTS_LIB_H

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

/*
 * Walking through a list by a column: whatever it is, the pages that follow
 * one another there and back hold every row once, in that order, rows that are
 * equal by their ids.
 */

#define FEW  300   /* in a tab, and of everything else */
#define DONE 20600 /* too many to sort */
#define PAGE 23

static struct session *s;

static inline int
end_shop(void **state)
{
	(void)state;
	fixture_end(s);
	return 0;
}

static inline void
must(int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, session_err(s)->field,
		    session_err(s)->text);
}

static inline void
exec(const char *sql)
{
	struct txn *txn;

	must(db_begin(s->db, &txn));
	must(db_exec(txn, sql, DB_NOARGS, NULL));
	must(db_commit(&txn));
}

/* "WITH n (i) AS (1, ..., last)" in front of a SELECT. */
#define NUMBERS(last) \
	" WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL" \
	" SELECT i + 1 FROM n WHERE i < " last ")"
#define TEXT_OF(n) #n
#define VALUE(n)   TEXT_OF(n)

/* A list to walk through: how its pages are read, and what is before what. */
struct list {
	const char *name;
	int (*page)(const struct list *l, enum page_dir dir, const void *from,
	    struct page *out);
	int (*compare)(int sort, const void *a, const void *b);
	bool by_id; /* equal rows are in the order of their ids */
	int sort;
	bool desc;
	struct order_filter orders;
	struct parcel_filter parcels;
	bool few; /* listings: only unmapped ones; variants: only low ones */
};

static inline int64_t
id_of(const void *row)
{
	int64_t id;

	memcpy(&id, row, sizeof(id));
	return id;
}

static inline void
check_pair(const struct list *l, const void *a, const void *b)
{
	int c = l->compare(l->sort, a, b);

	if (c == 0 && l->by_id)
		c = id_of(a) < id_of(b) ? -1 : 1;
	if (l->desc ? c < 0 : c > 0)
		fail_msg("%s by %d%s: %" PRId64 " before %" PRId64, l->name,
		    l->sort, l->desc ? " down" : "", id_of(a), id_of(b));
}

/* All ids from one end to the other; returns how many. */
static inline size_t
walk(const struct list *l, bool back, int64_t *ids, size_t max)
{
	struct page pages[2] = { { 0 }, { 0 } };
	const void *last = NULL;
	enum page_dir dir = back ? PAGE_LAST : PAGE_FIRST;
	size_t i, n = 0, got;
	int now = 0;

	do {
		struct page *p = &pages[now];

		page_free(p);
		must(l->page(l, dir, last, p));
		got = p->n;
		for (i = 0; i < got; i++) {
			const void *row = page_row(p, back ? got - 1 - i : i);

			if (last != NULL)
				check_pair(
				    l, back ? row : last, back ? last : row);
			last = row;
			assert_true(n < max);
			ids[n++] = id_of(row);
		}
		dir = back ? PAGE_BEFORE : PAGE_AFTER;
		now = !now;
	} while (got == PAGE);
	page_free(&pages[0]);
	page_free(&pages[1]);
	return n;
}

static inline int
by_number(const void *a, const void *b)
{
	int64_t x = id_of(a), y = id_of(b);

	return x < y ? -1 : x > y;
}

static inline void
check_once(const struct list *l, const int64_t *ids, size_t n)
{
	static int64_t sorted[2 * FEW];
	size_t i;

	memcpy(sorted, ids, n * sizeof(sorted[0]));
	qsort(sorted, n, sizeof(sorted[0]), by_number);
	for (i = 1; i < n; i++)
		if (sorted[i] == sorted[i - 1])
			fail_msg("%s by %d: %" PRId64 " twice", l->name,
			    l->sort, sorted[i]);
}

static inline void
check_list(struct list *l, int first, int end, size_t rows)
{
	static int64_t there[2 * FEW], back[2 * FEW];
	size_t i;

	for (l->sort = first; l->sort < end; l->sort++)
		for (l->desc = false;; l->desc = true) {
			assert_int_equal(walk(l, false, there, 2 * FEW), rows);
			assert_int_equal(walk(l, true, back, 2 * FEW), rows);
			check_once(l, there, rows);
			for (i = 0; i < rows; i++)
				assert_int_equal(there[i], back[rows - 1 - i]);
			if (l->desc)
				break;
		}
}

static inline int
of_two(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static inline int
by_pinyin(const char *a, const char *b)
{
	char x[64], y[64];
	int c;

	pinyin_full(a, x, sizeof(x));
	pinyin_full(b, y, sizeof(y));
	c = strcmp(x, y);
	return c != 0 ? c : strcmp(a, b);
}

static inline void
refused(int rc)
{
	assert_int_equal(rc, ERR_STATE);
	assert_string_equal(session_err(s)->field, "sort");
}

#endif
