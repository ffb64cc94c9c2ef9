/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/tui/table_priv.h"
#include "golden.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"

/* How a list is wanted: order, columns, marks; and what others put on top. */

#define ROWS_MAX 4000

struct row {
	int64_t id, paid;
};

/* Rows in memory, asked for as a database is; sorted by id or by what was
 * paid, in either direction. */
struct list {
	struct row rows[ROWS_MAX];
	size_t n;
	struct table *t;
	bool refuses; /* to be sorted */
};

enum { SORT_OWN, SORT_NO, SORT_PAID };

static int sort_by;
static bool down;

static int
compare(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int64_t d = sort_by == SORT_PAID ? x->paid - y->paid : 0;

	if (d == 0)
		d = x->id - y->id;
	return (d > 0) - (d < 0) == 0 ? 0 : (d > 0) == down ? -1 : 1;
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct list *l = arg;
	size_t start = 0, end, i;

	sort_by = table_sort(l->t, &down);
	if (l->refuses && sort_by != SORT_OWN)
		return ERR_STATE;
	qsort(l->rows, l->n, sizeof(l->rows[0]), compare);
	end = l->n;
	if (dir == PAGE_AFTER)
		while (start < l->n && compare(&l->rows[start], from) <= 0)
			start++;
	if (dir == PAGE_BEFORE)
		while (end > 0 && compare(&l->rows[end - 1], from) >= 0)
			end--;
	if (dir == PAGE_BEFORE || dir == PAGE_LAST)
		start = end > limit ? end - limit : 0;
	else if (end - start > limit)
		end = start + limit;
	page_init(out, sizeof(struct row), limit);
	for (i = start; i < end; i++)
		*(struct row *)page_add(out) = l->rows[i];
	return 0;
}

static int64_t
id_of(const void *row)
{
	const struct row *r = row;

	return r->id;
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct row *r = row;

	switch (col) {
	case 1:
		snprintf(buf, size, "4119203366520%06" PRId64, r->id);
		break;
	case 2:
		snprintf(buf, size, "%s", r->id / 10 % 3 ? "张**" : "欧阳**");
		break;
	case 3:
		snprintf(buf, size, "不锈钢雪平锅 20cm ×%" PRId64, r->id % 7);
		break;
	case 4:
		snprintf(buf, size, "%" PRId64 ".00", r->paid);
		break;
	case 5:
		snprintf(buf, size, "%s", "2 h late");
		*style = STYLE_WARN;
		break;
	default:
		snprintf(buf, size, "%s", col == 0 ? "!" : "杭州");
		break;
	}
}

static const struct column columns[] = {
	{ "", 1, 0, 0, 0, 0 },
	{ "Order no.", 19, 0, 0, COLUMN_WHOLE, SORT_NO },
	{ "Buyer", 8, 0, 1, 0, 0 },
	{ "Goods", 12, 1, 0, 0, 0 },
	{ "Paid", 9, 0, 0, COLUMN_RIGHT, SORT_PAID },
	{ "Deadline", 10, 0, 2, 0, 0 },
	{ "Place", 8, 0, 3, COLUMN_OFF, 0 },
	{ .title = NULL },
};
static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct row),
	.fetch = fetch,
	.id = id_of,
	.cell = cell,
};

static struct list list;

static struct table *
fill(size_t n)
{
	size_t i;

	memset(&list, 0, sizeof(list));
	for (i = 0; i < n; i++)
		list.rows[i] = (struct row){ (int64_t)(i + 1) * 10,
			(int64_t)(i * 7919 % 1000) };
	list.n = n;
	list.t = table_new(&source, &list);
	assert_int_equal(table_restart(list.t), 0);
	return list.t;
}

static void
put(int64_t id, int64_t paid)
{
	assert_true(list.n < ROWS_MAX);
	list.rows[list.n++] = (struct row){ id, paid };
}

static int64_t
selected(const struct table *t)
{
	const struct row *row = table_selected(t);

	return row != NULL ? row->id : 0;
}

static void
press(struct table *t, uint32_t code)
{
	struct key k = { .code = code };

	assert_int_equal(table_key(t, &k), 1);
}

static char *
view_of(const struct table *t)
{
	struct str s = STR_INIT;

	table_view_text(t, &s);
	return str_take(&s);
}

static void
view_is(const struct table *t, const char *text)
{
	char *view = view_of(t);

	assert_string_equal(view, text);
	free(view);
}

static void
draw(struct table *t, int h, int w, const char *golden)
{
	struct canvas *c = canvas_new(h, w);
	char *text;

	table_draw_state(t, c, 0, 1, w - 2);
	table_draw(t, c, (struct rect){ 1, 0, h - 1, w });
	text = canvas_dump_styles(c);
	golden_check(golden, text);
	free(text);
	canvas_free(c);
}

static unsigned
random_next(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 8;
}

/* Counted in front of the row that was the first when the beginning was last
 * in view. */
static size_t
in_front_of(int64_t id)
{
	size_t n = 0, i;

	for (i = 0; i < list.n; i++)
		n += list.rows[i].id < id;
	return n < TABLE_NEWS ? n : TABLE_NEWS;
}

static int64_t
lowest(void)
{
	int64_t id = INT64_MAX;
	size_t i;

	for (i = 0; i < list.n; i++)
		if (list.rows[i].id < id)
			id = list.rows[i].id;
	return id;
}

static void
what_others_put_on_top_waits_and_is_counted(void **state)
{
	struct table *t = fill(1000);
	const struct model *m = &t->model;
	int64_t first = lowest(), next = -1, was;
	unsigned seed = 11;
	size_t line, news = 0;
	int i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		unsigned dice = random_next(&seed) % 40;

		if (dice == 0) {
			press(t, KEY_HOME_);
		} else if (dice == 1) {
			press(t, KEY_END_);
		} else if (dice < 12) {
			assert_int_equal(
			    table_move(t, (long)(dice * 13) - 80), 0);
		} else if (dice < 20) {
			put(next--, 1); /* on top */
		} else if (list.n < ROWS_MAX - 1) {
			put(5 + 10 * (int64_t)(random_next(&seed) % 100) +
				INT64_C(1000000) * i,
			    1); /* anywhere below */
		}
		was = selected(t);
		line = m->sel - m->top;
		if (dice >= 12) {
			assert_int_equal(table_reload(t), 0);
			assert_int_equal(selected(t), was);
			assert_int_equal(m->sel - m->top, line);
			news = in_front_of(first);
		}
		if (m->top == 0 && !m->before) {
			first = lowest();
			news = 0;
		}
		assert_int_equal(table_news(t), news);
		if (list.n > ROWS_MAX - 2)
			break;
	}
	press(t, 'g');
	assert_int_equal(table_news(t), 0);
	assert_int_equal(selected(t), lowest());
	table_free(t);
}

/* Its figure has changed, and so its place: nothing is hidden for that. */
static void
a_row_that_moves_to_the_top_is_no_news(void **state)
{
	struct table *t = fill(3); /* paid 0, 919, 838 */
	size_t i;

	(void)state;
	assert_int_equal(table_set_sort(t, SORT_PAID, true), 0);
	press(t, KEY_HOME_);
	assert_int_equal(selected(t), 20);
	for (i = 0; i < list.n; i++)
		if (list.rows[i].id == 10)
			list.rows[i].paid = 2000;
	put(40, 3000);
	assert_int_equal(table_reload(t), 0);
	assert_int_equal(selected(t), 20);
	assert_int_equal(table_news(t), 1); /* the one that was put there */
	assert_int_equal(t->model.top, 1);
	/* It stays news while nobody has looked. */
	assert_int_equal(table_reload(t), 0);
	assert_int_equal(table_news(t), 1);
	press(t, KEY_HOME_);
	assert_int_equal(table_news(t), 0);
	assert_int_equal(selected(t), 40);
	table_free(t);
}

static void
news_shows_above_the_list(void **state)
{
	struct table *t = fill(40);
	int i;

	(void)state;
	put(3, 1);
	put(4, 1);
	put(5, 1);
	assert_int_equal(table_reload(t), 0);
	assert_int_equal(selected(t), 10);
	assert_int_equal(table_news(t), 3);
	draw(t, 9, 80, "tui-table-news");
	for (i = 0; i < 200; i++)
		put(-i, 1);
	assert_int_equal(table_reload(t), 0);
	draw(t, 6, 80, "tui-table-news-many");
	press(t, KEY_HOME_);
	assert_int_equal(table_news(t), 0);
	assert_int_equal(selected(t), -199);
	table_free(t);
}

static void
a_list_is_sorted_by_a_column(void **state)
{
	struct table *t = fill(300);
	const struct row *row;
	bool desc;

	(void)state;
	assert_int_equal(table_move(t, 100), 0);
	assert_int_equal(table_mark(t, true), 0);
	assert_int_equal(table_set_sort(t, SORT_PAID, true), 0);
	assert_int_equal(table_sort(t, &desc), SORT_PAID);
	assert_true(desc);
	row = table_selected(t);
	assert_int_equal(row->paid, 996);
	assert_int_equal(table_marked(t, NULL, 0), 1); /* it is still meant */
	draw(t, 9, 80, "tui-table-sorted");
	width_ambiguous = 2;
	draw(t, 9, 80, "tui-table-sorted-ambiguous");
	width_ambiguous = 1;
	view_is(t, "sort=-Paid");
	list.refuses = true;
	assert_int_equal(table_set_sort(t, SORT_NO, false), ERR_STATE);
	assert_int_equal(table_sort(t, &desc), SORT_PAID); /* as it was */
	assert_true(desc);
	assert_ptr_equal(table_selected(t), row);
	list.refuses = false;
	assert_int_equal(table_set_sort(t, 0, true), 0);
	assert_int_equal(selected(t), 10);
	view_is(t, "");
	table_free(t);
}

static void
marks_stay_with_their_rows(void **state)
{
	struct table *t = fill(100);
	int64_t ids[2];

	(void)state;
	assert_int_equal(table_mark(t, true), 0);
	assert_int_equal(selected(t), 20); /* one down */
	assert_int_equal(table_mark(t, true), 0);
	press(t, 'j');
	assert_int_equal(table_mark(t, true), 0);
	assert_int_equal(table_marked(t, ids, 2), 3);
	assert_int_equal(ids[0], 10);
	assert_int_equal(ids[1], 20);
	assert_int_equal(table_move(t, -1), 0);
	draw(t, 9, 80, "tui-table-marked");
	width_ambiguous = 2;
	draw(t, 9, 80, "tui-table-marked-ambiguous");
	width_ambiguous = 1;
	press(t, KEY_END_);
	assert_int_equal(table_reload(t), 0);
	press(t, 'g');
	assert_true(table_is_marked(t, table_selected(t)));
	assert_int_equal(table_mark(t, false), 0);
	assert_int_equal(table_marked(t, ids, 2), 2);
	assert_int_equal(ids[0], 20);
	table_mark_id(t, 20, false);
	assert_int_equal(table_marked(t, NULL, 0), 1);
	table_unmark(t);
	assert_int_equal(table_marked(t, NULL, 0), 0);
	assert_int_equal(table_mark(t, true), 0);
	assert_int_equal(table_restart(t), 0); /* another list */
	assert_int_equal(table_marked(t, NULL, 0), 0);
	table_free(t);
	t = fill(0);
	assert_int_equal(table_mark(t, true), 0);
	table_mark_page(t);
	assert_int_equal(table_marked(t, NULL, 0), 0);
	table_free(t);
}

static void
all_in_view_are_marked_or_none(void **state)
{
	struct canvas *c = canvas_new(12, 80);
	struct table *t = fill(100);

	(void)state;
	table_draw(t, c, (struct rect){ 0, 0, 12, 80 }); /* ten rows */
	assert_int_equal(table_mark(t, true), 0);
	table_mark_page(t);
	assert_int_equal(table_marked(t, NULL, 0), 10);
	press(t, KEY_PGDN);
	table_mark_page(t); /* one is both on the page before and on this */
	assert_int_equal(table_marked(t, NULL, 0), 19);
	table_mark_page(t);
	assert_int_equal(table_marked(t, NULL, 0), 9);
	table_free(t);
	canvas_free(c);
}

static void
columns_are_chosen_by_a_text(void **state)
{
	struct table *t = fill(40);

	(void)state;
	view_is(t, "");
	table_set_view(t, "sort=Order no.;Paid;Order no.=19;Goods=30;-Buyer;"
			  "Place;-Deadline");
	assert_int_equal(table_restart(t), 0);
	view_is(t, "sort=Order no.;Paid;Order no.=19;Goods=30;-Buyer;Place;"
		   "-Deadline");
	draw(t, 9, 80, "tui-table-chosen");
	draw(t, 9, 50, "tui-table-chosen-50");
	/* A number is never cut, however narrow it was made. */
	table_set_view(t, "Order no.=5;Goods=5;-Paid;-Deadline;-Buyer");
	draw(t, 5, 80, "tui-table-narrow-id");
	/* What is not said stays as it is; what is unknown is left out. */
	table_set_view(t, "Weather;Deadline;;Goods=2;Goods;Place=1000;=;-");
	view_is(t, "Deadline;Goods;Place;Order no.;Buyer;Paid");
	table_set_view(t, "sort=Weather");
	view_is(t, "");
	table_set_view(t, "sort=-Goods"); /* by which it cannot be sorted */
	view_is(t, "");
	table_set_view(
	    t, "-Order no.;-Buyer;-Goods;-Paid;-Deadline;-Place"); /* the sign
								      is left */
	table_free(t);
}

/* Half a page, as PgDn a whole one. */
static void
half_pages(void **state)
{
	struct canvas *c = canvas_new(12, 80);
	struct table *t = fill(100);

	(void)state;
	table_draw(t, c, (struct rect){ 0, 0, 12, 80 }); /* ten rows */
	press(t, KEY_CTRL('d'));
	assert_int_equal(selected(t), 60);
	press(t, KEY_CTRL('d'));
	press(t, KEY_CTRL('u'));
	assert_int_equal(selected(t), 60);
	press(t, KEY_CTRL('u'));
	assert_int_equal(selected(t), 10);
	table_free(t);
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_others_put_on_top_waits_and_is_counted),
		cmocka_unit_test(a_row_that_moves_to_the_top_is_no_news),
		cmocka_unit_test(news_shows_above_the_list),
		cmocka_unit_test(a_list_is_sorted_by_a_column),
		cmocka_unit_test(marks_stay_with_their_rows),
		cmocka_unit_test(all_in_view_are_marked_or_none),
		cmocka_unit_test(columns_are_chosen_by_a_text),
		cmocka_unit_test(half_pages),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
