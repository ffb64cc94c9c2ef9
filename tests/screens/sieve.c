/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/screens/core/list.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/tui/screen.h"
#include "shopmgr/tui/table.h"

/* Of a list that is read by pages, the rows in which some words stand. */

#define ROWS 12000

struct row {
	int64_t id;
	const char *text;
};

static struct list list;
static struct screen sc = { .state = &list };
static int looked;

/* Rows 1 to ROWS; every 100th is a pan, every 7000th a kettle. */
static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct row *row = from;
	int64_t first = 1, last = ROWS, i;
	char text[64];

	(void)arg;
	if (dir == PAGE_AFTER)
		first = row->id + 1;
	if (dir == PAGE_BEFORE)
		last = row->id - 1;
	if (last - first + 1 > (int64_t)limit) {
		if (dir == PAGE_BEFORE || dir == PAGE_LAST)
			first = last - (int64_t)limit + 1;
		else
			last = first + (int64_t)limit - 1;
	}
	page_init(out, sizeof(struct row), limit);
	for (i = first; i <= last; i++, looked++) {
		struct row *r = page_add(out);

		snprintf(text, sizeof(text), "%s %" PRId64,
		    i % 7000 == 0  ? "水壶 Kettle"
		    : i % 100 == 0 ? "雪平锅 Pan"
				   : "刀套",
		    i);
		r->id = i;
		r->text = arena_strdup(&out->arena, text);
	}
	return 0;
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct row *r = row;

	(void)style;
	if (col == 0)
		copy_text(buf, size, r->text);
	else
		snprintf(buf, size, "%s", r->id % 200 ? "small" : "large");
}

static const struct column columns[] = {
	{ "Text", 10, 0, 0, 0, 0 },
	{ "Size", 10, 0, 0, 0, 0 },
	{ .title = NULL },
};
static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct row),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static void
seek(const char *text)
{
	copy_text(list.finder.text, sizeof(list.finder.text), text);
	list.finder.on = true;
	list.cut = false;
	looked = 0;
}

static struct page
page_of(enum page_dir dir, const void *from, size_t limit)
{
	struct page p = { 0 };

	assert_int_equal(
	    list_sieve(&sc, &source, fetch, dir, from, limit, &p), 0);
	return p;
}

static int64_t
id_at(const struct page *p, size_t i)
{
	return ((const struct row *)page_row(p, i))->id;
}

/* All there are, page by page, to the end or to the beginning. */
static size_t
walk(bool back, size_t limit, int64_t step)
{
	struct page p = page_of(back ? PAGE_LAST : PAGE_FIRST, NULL, limit);
	int64_t want = back ? ROWS - ROWS % step : step;
	size_t all = 0, i;

	while (p.n > 0) {
		struct page next;

		assert_true(p.n <= limit);
		for (i = 0; i < p.n; i++, all++) {
			assert_int_equal(
			    id_at(&p, back ? p.n - 1 - i : i), want);
			want += back ? -step : step;
		}
		if (p.n < p.cap)
			break;
		next = page_of(back ? PAGE_BEFORE : PAGE_AFTER,
		    page_row(&p, back ? 0 : p.n - 1), limit);
		page_free(&p);
		p = next;
	}
	page_free(&p);
	return all;
}

static void
rows_that_fit_are_found_there_and_back(void **state)
{
	size_t limit;

	(void)state;
	for (limit = 1; limit < 70; limit += 17) {
		seek("large");
		assert_int_equal(walk(false, limit, 200), ROWS / 200);
		assert_int_equal(walk(true, limit, 200), ROWS / 200);
		assert_false(list.cut);
	}
}

static void
every_word_must_stand_in_it(void **state)
{
	struct page p;

	(void)state;
	seek("  pan  LARGE ");
	p = page_of(PAGE_FIRST, NULL, 64);
	assert_int_equal(id_at(&p, 0), 200);
	page_free(&p);
	seek("锅 small");
	p = page_of(PAGE_FIRST, NULL, 64);
	assert_int_equal(id_at(&p, 0), 100);
	assert_int_equal(id_at(&p, 1), 300);
	page_free(&p);
	seek("pan kettle");
	p = page_of(PAGE_LAST, NULL, 64);
	assert_int_equal(p.n, 0);
	page_free(&p);
}

/* However long the list, a key does not wait for the whole of it. */
static void
it_is_looked_through_only_so_far(void **state)
{
	struct page p;

	(void)state;
	i18n_init("en");
	seek("kettle"); /* row 7,000 */
	p = page_of(PAGE_FIRST, NULL, 64);
	assert_int_equal(p.n, 0);
	assert_true(p.n < p.cap); /* there is no going on from here */
	assert_int_equal(looked, 5000);
	assert_string_equal(
	    list_nothing_fits(&sc), "Nothing fits in the first 5,000 rows.");
	page_free(&p);
	seek("12000"); /* near the end */
	p = page_of(PAGE_LAST, NULL, 64);
	assert_int_equal(p.n, 1);
	assert_int_equal(id_at(&p, 0), 12000);
	page_free(&p);
	seek("no such thing");
	p = page_of(PAGE_AFTER, &(struct row){ .id = ROWS - 10 }, 64);
	assert_int_equal(p.n, 0);
	assert_false(list.cut);
	assert_string_equal(list_nothing_fits(&sc), "Nothing fits.");
	page_free(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_that_fit_are_found_there_and_back),
		cmocka_unit_test(every_word_must_stand_in_it),
		cmocka_unit_test(it_is_looked_through_only_so_far),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
