/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/tui/table_model.h"
#include "golden.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

/* A list of rows in memory, asked for as a database is: by what lies beyond a
 * row, never by number. */

struct row {
	int64_t id;
};

struct list {
	int64_t *ids; /* sorted */
	size_t n;
	int fetches;
	bool broken;
};

static size_t
first_above(const struct list *l, int64_t id)
{
	size_t lo = 0, hi = l->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (l->ids[mid] <= id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct list *l = arg;
	const struct row *row = from;
	size_t start = 0, end = l->n, i;

	l->fetches++;
	if (l->broken)
		return ERR_DB;
	if (dir == PAGE_AFTER)
		start = first_above(l, row->id);
	if (dir == PAGE_BEFORE)
		end = first_above(l, row->id - 1);
	if (dir == PAGE_BEFORE || dir == PAGE_LAST)
		start = end > limit ? end - limit : 0;
	else if (end - start > limit)
		end = start + limit;
	page_init(out, sizeof(*row), limit);
	for (i = start; i < end; i++) {
		struct row *r = page_add(out);

		r->id = l->ids[i];
	}
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
	case 0:
		snprintf(buf, size, "4119203366520%06" PRId64, r->id);
		break;
	case 1:
		snprintf(buf, size, "%s", r->id / 10 % 3 ? "张**" : "欧阳**");
		break;
	case 2:
		snprintf(
		    buf, size, "不锈钢雪平锅 20cm ×%" PRId64, r->id / 10 % 7);
		break;
	case 3:
		snprintf(buf, size, "%" PRId64 ".00", r->id * 13 % 2000);
		break;
	default:
		snprintf(
		    buf, size, "%s", r->id / 10 % 3 ? "today" : "2 h late");
		if (r->id / 10 % 3 == 0)
			*style = STYLE_WARN;
		break;
	}
}

static const struct column columns[] = {
	{ "Order no.", 19, 0, 0, COLUMN_WHOLE, 0 },
	{ "Buyer", 8, 0, 1, 0, 0 },
	{ "Goods", 12, 1, 0, 0, 0 },
	{ "Paid", 10, 0, 0, COLUMN_RIGHT, 0 },
	{ "Deadline", 10, 0, 2, 0, 0 },
	{ .title = NULL },
};

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct row),
	.fetch = fetch,
	.id = id_of,
	.cell = cell,
	.empty = "No orders yet. F9 imports a file.",
};

static void
fill(struct list *l, size_t n)
{
	size_t i;

	*l = (struct list){ .n = n };
	l->ids = calloc(n + 1, sizeof(*l->ids));
	assert_non_null(l->ids);
	for (i = 0; i < n; i++)
		l->ids[i] = (int64_t)(i + 1) * 10;
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

static unsigned
random_next(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 8;
}

/* What the model must be, from the whole list and the selected row. */
static void
agrees(const struct model *m, const struct list *l, size_t at)
{
	size_t first = at - (m->sel - m->top), i;

	assert_true(m->pages <= MODEL_SLOTS);
	assert_true(m->sel >= m->top && m->sel < m->top + m->height);
	for (i = 0; i < m->height && m->top + i < m->n; i++) {
		const struct row *row = model_row(m, m->top + i);

		assert_int_equal(row->id, l->ids[first + i]);
	}
	/* The view is full, and "more" is the truth. */
	assert_int_equal(i, l->n < m->height ? l->n : m->height);
	assert_int_equal(m->top > 0 || m->before, first > 0);
	assert_int_equal(
	    m->top + m->height < m->n || m->after, first + m->height < l->n);
}

static void
a_random_walk_agrees_with_an_array(void **state)
{
	struct list l;
	struct model m;
	unsigned seed = 7;
	size_t at = 0;
	int i;

	(void)state;
	fill(&l, 100000);
	model_init(&m, &source, &l);
	assert_int_equal(model_restart(&m), 0);
	for (i = 0; i < 20000; i++) {
		unsigned dice = random_next(&seed) % 100;
		long by = (long)(random_next(&seed) % 200) - 100;

		if (dice == 0) {
			assert_int_equal(model_end(&m, true), 0);
			at = l.n - 1;
		} else if (dice == 1) {
			assert_int_equal(model_end(&m, false), 0);
			at = 0;
		} else if (dice == 2) {
			assert_int_equal(model_reload(&m), 0);
		} else if (dice == 3) {
			size_t h = 1 + random_next(&seed) % 300;

			assert_int_equal(model_view(&m, h), 0);
		} else {
			if (dice < 10)
				by *= 20;
			assert_int_equal(model_move(&m, by, dice < 50), 0);
			if (by < 0)
				at -= at < (size_t)-by ? at : (size_t)-by;
			else
				at = at + (size_t)by < l.n ? at + (size_t)by
							   : l.n - 1;
		}
		agrees(&m, &l, at);
	}
	model_done(&m);
	free(l.ids);
}

static void
stepping_down_and_up_costs_few_fetches(void **state)
{
	struct list l;
	struct model m;
	int i;

	(void)state;
	fill(&l, 100000);
	model_init(&m, &source, &l);
	assert_int_equal(model_restart(&m), 0);
	for (i = 0; i < 20000; i++)
		assert_int_equal(model_move(&m, 1, false), 0);
	for (i = 0; i < 20000; i++)
		assert_int_equal(model_move(&m, -1, false), 0);
	assert_int_equal(m.sel - m.top, 0);
	assert_false(m.before);
	assert_in_range(l.fetches, 1, 700);
	model_done(&m);
	free(l.ids);
}

static void
the_selected_row_stays_when_rows_come_and_go(void **state)
{
	struct list l;
	struct table *t;
	struct canvas *c = canvas_new(22, 80);
	unsigned seed = 3;
	int i;

	(void)state;
	fill(&l, 1000);
	t = table_new(&source, &l);
	table_draw(t, c, (struct rect){ 0, 0, 22, 80 });
	assert_int_equal(table_reload(t), 0);
	for (i = 0; i < 2000; i++) {
		size_t at = random_next(&seed) % l.n;
		int64_t was = selected(t);

		/* A row goes somewhere, another comes elsewhere: ids between
		 * the old ones. */
		if (l.ids[at] != was) {
			memmove(&l.ids[at], &l.ids[at + 1],
			    (l.n - at - 1) * sizeof(*l.ids));
			at = first_above(
			    &l, (int64_t)(random_next(&seed) % 10000));
			if (at > l.n - 1)
				at = l.n - 1;
			memmove(&l.ids[at + 1], &l.ids[at],
			    (l.n - at - 1) * sizeof(*l.ids));
			l.ids[at] = at > 0 ? l.ids[at - 1] + 1 : 1;
			if (at + 1 < l.n && l.ids[at] >= l.ids[at + 1])
				l.ids[at + 1] = l.ids[at] + 1;
		}
		if (first_above(&l, was) == first_above(&l, was - 1))
			continue; /* overwritten just now */
		assert_int_equal(table_reload(t), 0);
		assert_int_equal(selected(t), was);
		assert_int_equal(
		    table_move(t, (long)(random_next(&seed) % 9) - 4), 0);
	}
	table_free(t);
	canvas_free(c);
	free(l.ids);
}

static void
a_selected_row_that_is_gone_leaves_its_place(void **state)
{
	struct list l;
	struct table *t;

	(void)state;
	fill(&l, 5);
	t = table_new(&source, &l);
	assert_int_equal(table_reload(t), 0);
	press(t, 'j');
	assert_int_equal(selected(t), 20);
	memmove(&l.ids[1], &l.ids[2], 3 * sizeof(*l.ids));
	l.n = 4;
	assert_int_equal(table_reload(t), 0);
	assert_int_equal(selected(t), 30);
	press(t, 'G');
	assert_int_equal(selected(t), 50);
	l.n = 3;
	assert_int_equal(table_reload(t), 0);
	assert_int_equal(selected(t), 40);
	l.n = 0;
	assert_int_equal(table_reload(t), 0);
	assert_null(table_selected(t));
	press(t, 'j');
	press(t, KEY_PGUP);
	l.n = 3;
	assert_int_equal(table_reload(t), 0);
	assert_int_equal(selected(t), 10);
	table_free(t);
	free(l.ids);
}

static void
a_failure_changes_nothing(void **state)
{
	struct key down = { .code = KEY_DOWN_ };
	struct list l;
	struct table *t;

	(void)state;
	fill(&l, 1000);
	t = table_new(&source, &l);
	assert_int_equal(table_reload(t), 0);
	assert_int_equal(table_move(t, 30), 0);
	l.broken = true;
	assert_int_equal(table_reload(t), ERR_DB);
	assert_int_equal(table_end(t, true), ERR_DB);
	assert_int_equal(selected(t), 310);
	assert_int_equal(table_move(t, 500), ERR_DB);
	l.broken = false;
	assert_int_equal(table_key(t, &down), 1);
	assert_int_equal(table_move(t, -5000), 0);
	assert_int_equal(selected(t), 10);
	table_free(t);
	free(l.ids);
}

static void
keys_page_and_jump(void **state)
{
	struct key other = { .code = 'x' };
	struct canvas *c = canvas_new(12, 80);
	struct list l;
	struct table *t;

	(void)state;
	fill(&l, 100);
	t = table_new(&source, &l);
	assert_int_equal(table_restart(t), 0);
	table_draw(t, c, (struct rect){ 0, 0, 12, 80 }); /* 10 rows */
	press(t, KEY_PGDN);
	assert_int_equal(selected(t), 100);
	press(t, 'k');
	press(t, KEY_UP_);
	assert_int_equal(selected(t), 80);
	press(t, KEY_END_);
	assert_int_equal(selected(t), 1000);
	assert_false(table_more_below(t));
	assert_true(table_more_above(t));
	press(t, KEY_DOWN_);
	assert_int_equal(selected(t), 1000);
	press(t, 'g');
	assert_int_equal(selected(t), 10);
	assert_false(table_more_above(t));
	assert_int_equal(table_key(t, &other), 0);
	table_free(t);
	canvas_free(c);
	free(l.ids);
}

static void
draw(struct table *t, int h, int w, const char *golden)
{
	struct canvas *c = canvas_new(h, w);
	char *text;

	table_draw(t, c, (struct rect){ 0, 0, h, w });
	text = canvas_dump_styles(c);
	golden_check(golden, text);
	free(text);
	canvas_free(c);
}

static int
click(struct table *t, int y, int x)
{
	struct key k = { .code = KEY_CLICK, .h = y, .w = x };

	return table_key(t, &k);
}

static void
a_click_selects_the_row_that_is_there(void **state)
{
	struct canvas *c = canvas_new(24, 80);
	struct table *t;
	struct list l;

	(void)state;
	fill(&l, 5);
	t = table_new(&source, &l);
	assert_int_equal(table_restart(t), 0);
	assert_int_equal(click(t, 5, 5), 0); /* not drawn yet */
	table_draw(t, c, (struct rect){ 3, 0, 15, 80 });
	assert_int_equal(click(t, 6, 30), 1);
	assert_int_equal(selected(t), 30);
	assert_int_equal(click(t, 4, 79), 1);
	assert_int_equal(selected(t), 10);
	assert_int_equal(click(t, 3, 5), 0);  /* the heading */
	assert_int_equal(click(t, 9, 5), 0);  /* below the last one */
	assert_int_equal(click(t, 22, 5), 0); /* somewhere else */
	assert_int_equal(selected(t), 10);
	table_free(t);
	canvas_free(c);
	free(l.ids);
}

static void
columns_drop_and_grow_with_the_screen(void **state)
{
	struct list l;
	struct table *t;

	(void)state;
	fill(&l, 40);
	t = table_new(&source, &l);
	assert_int_equal(table_restart(t), 0);
	assert_int_equal(table_move(t, 4), 0);
	draw(t, 9, 80, "tui-table-80");
	draw(t, 9, 120, "tui-table-120");
	draw(t, 9, 56, "tui-table-56");
	draw(t, 9, 40, "tui-table-40");
	width_ambiguous = 2;
	draw(t, 9, 80, "tui-table-ambiguous");
	width_ambiguous = 1;
	table_free(t);
	free(l.ids);
}

static void
an_empty_list_says_why(void **state)
{
	struct list l;
	struct table *t;

	(void)state;
	fill(&l, 0);
	t = table_new(&source, &l);
	assert_int_equal(table_restart(t), 0);
	draw(t, 9, 80, "tui-table-empty");
	table_set_empty(t, "没有符合“雪平锅”的订单。Esc 显示全部。");
	draw(t, 9, 80, "tui-table-empty-filter");
	table_free(t);
	free(l.ids);
}

/* Sizes that leave no room must do no harm. */
static void
tiny_places_are_survived(void **state)
{
	struct canvas *c = canvas_new(30, 90);
	struct list l;
	struct table *t;
	int h, w;

	(void)state;
	fill(&l, 300);
	t = table_new(&source, &l);
	assert_int_equal(table_restart(t), 0);
	for (h = 0; h < 12; h++) {
		for (w = 0; w < 60; w++) {
			table_draw(t, c, (struct rect){ 1, 1, h, w });
			press(t, 'j');
		}
	}
	assert_int_equal(selected(t), 3000);
	table_free(t);
	canvas_free(c);
	free(l.ids);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_random_walk_agrees_with_an_array),
		cmocka_unit_test(stepping_down_and_up_costs_few_fetches),
		cmocka_unit_test(the_selected_row_stays_when_rows_come_and_go),
		cmocka_unit_test(a_selected_row_that_is_gone_leaves_its_place),
		cmocka_unit_test(a_failure_changes_nothing),
		cmocka_unit_test(keys_page_and_jump),
		cmocka_unit_test(a_click_selects_the_row_that_is_there),
		cmocka_unit_test(columns_drop_and_grow_with_the_screen),
		cmocka_unit_test(an_empty_list_says_why),
		cmocka_unit_test(tiny_places_are_survived),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
