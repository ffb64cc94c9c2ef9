/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"

#include "table_model.h"

#define PAGE_MIN   64
#define VIEW_START 20 /* until something has been drawn */

void
model_init(struct model *m, const struct table_source *src, void *arg)
{
	*m = (struct model){ .src = src, .arg = arg, .height = VIEW_START };
}

/* The first page goes; if it is the list's beginning, it is remembered. */
static void
let_go_first(struct model *m)
{
	if (m->before || m->head.n > 0 || m->page[0].n == 0)
		page_free(&m->page[0]);
	else
		m->head = m->page[0];
	m->page[0] = (struct page){ 0 };
}

static void
drop_all(struct model *m)
{
	int i;

	if (m->pages > 0)
		let_go_first(m);
	for (i = 1; i < m->pages; i++)
		page_free(&m->page[i]);
	m->pages = 0;
	m->n = 0;
}

/* Whoever sees the beginning knows the news. */
static void
seen(struct model *m)
{
	if (m->top > 0 || m->before)
		return;
	page_free(&m->head);
	m->head = (struct page){ 0 };
	m->news = 0;
}

void
model_done(struct model *m)
{
	drop_all(m);
	page_free(&m->head);
}

const void *
model_row(const struct model *m, size_t i)
{
	int p;

	for (p = 0; p < m->pages; p++) {
		if (i < m->page[p].n)
			return page_row(&m->page[p], i);
		i -= m->page[p].n;
	}
	return NULL;
}

static size_t
limit(const struct model *m)
{
	return m->height * 2 > PAGE_MIN ? m->height * 2 : PAGE_MIN;
}

static int
fetch_some(struct model *m, enum page_dir dir, const void *from, size_t max,
    struct page *out)
{
	int rc;

	*out = (struct page){ 0 };
	rc = m->src->fetch(m->arg, dir, from, max, out);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}

static int
fetch(struct model *m, enum page_dir dir, const void *from, struct page *out)
{
	return fetch_some(m, dir, from, limit(m), out);
}

static void
drop_first(struct model *m)
{
	size_t gone = m->page[0].n;

	let_go_first(m);
	m->pages--;
	memmove(
	    &m->page[0], &m->page[1], (size_t)m->pages * sizeof(m->page[0]));
	m->n -= gone;
	m->top -= gone;
	m->sel -= gone;
	m->before = true;
}

static void
drop_last(struct model *m)
{
	m->pages--;
	m->n -= m->page[m->pages].n;
	page_free(&m->page[m->pages]);
	m->after = true;
}

/* The farthest page goes, unless it is in view or next to it. */
static void
push_back(struct model *m, const struct page *p)
{
	while (m->pages >= MODEL_PAGES && m->page[0].n < m->top)
		drop_first(m);
	assert(m->pages < MODEL_SLOTS);
	m->page[m->pages++] = *p;
	m->n += p->n;
}

static void
push_front(struct model *m, const struct page *p)
{
	while (m->pages >= MODEL_PAGES &&
	       m->n - m->page[m->pages - 1].n > m->top + m->height)
		drop_last(m);
	assert(m->pages < MODEL_SLOTS);
	memmove(
	    &m->page[1], &m->page[0], (size_t)m->pages * sizeof(m->page[0]));
	m->page[0] = *p;
	m->pages++;
	m->n += p->n;
	m->top += p->n;
	m->sel += p->n;
}

/* Ask for the rows behind the last held. */
static int
more_after(struct model *m)
{
	struct page p;
	int rc = fetch(m, PAGE_AFTER, model_row(m, m->n - 1), &p);

	if (rc < 0)
		return rc;
	m->after = p.n == p.cap && p.n > 0;
	if (p.n > 0)
		push_back(m, &p);
	else
		page_free(&p);
	return 0;
}

static int
more_before(struct model *m)
{
	struct page p;
	int rc = fetch(m, PAGE_BEFORE, model_row(m, 0), &p);

	if (rc < 0)
		return rc;
	m->before = p.n == p.cap && p.n > 0;
	if (p.n > 0)
		push_front(m, &p);
	else
		page_free(&p);
	return 0;
}

/* The selected row in view, no empty lines below while there are rows above. */
static void
clamp(struct model *m)
{
	size_t lowest;

	if (m->n == 0) {
		m->top = m->sel = 0;
		return;
	}
	if (m->sel >= m->n)
		m->sel = m->n - 1;
	if (m->top > m->sel)
		m->top = m->sel;
	if (m->sel >= m->top + m->height)
		m->top = m->sel - m->height + 1;
	/* What others have put on top waits out of view all the same. */
	lowest = m->n > m->height ? m->n - m->height : 0;
	if (!m->before && m->news > lowest)
		lowest = m->news;
	if (!m->after && m->top > lowest)
		m->top = lowest;
}

/*
 * Hold the view and a row beyond either end of it, or know that there is none:
 * so "more" is always the truth.
 */
static int
settle(struct model *m)
{
	int rc;

	clamp(m);
	while (m->n > 0 && m->after && m->top + m->height + 1 > m->n) {
		rc = more_after(m);
		if (rc < 0)
			return rc;
	}
	clamp(m);
	while (m->n > 0 && m->before && m->top == 0) {
		rc = more_before(m);
		if (rc < 0)
			return rc;
		clamp(m);
	}
	seen(m);
	return 0;
}

/* Start anew with one page. */
static int
begin(struct model *m, bool last)
{
	struct page p;
	int rc = fetch(m, last ? PAGE_LAST : PAGE_FIRST, NULL, &p);

	if (rc < 0)
		return rc;
	drop_all(m);
	m->before = last && p.n == p.cap;
	m->after = !last && p.n == p.cap;
	m->page[0] = p;
	m->pages = 1;
	m->n = p.n;
	m->sel = last && m->n > 0 ? m->n - 1 : 0;
	m->top = 0;
	return settle(m);
}

int
model_restart(struct model *m)
{
	return begin(m, false);
}

int
model_end(struct model *m, bool last)
{
	return begin(m, last);
}

/* Where the row with this id is now, or where it would be. */
static size_t
find(const struct model *m, int64_t id, size_t otherwise)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		if (m->src->id(model_row(m, i)) == id)
			return i;
	}
	return otherwise;
}

/* Rows that were held before, but for those that waited as news; none where it
 * is not known which these are. */
struct known {
	int64_t *id;
	size_t n;
};

static void
know(const struct model *m, struct known *k)
{
	size_t i = m->before ? m->n : m->news;

	k->n = 0;
	k->id = xreallocarray(NULL, m->n + 1, sizeof(*k->id));
	for (; i < m->n; i++)
		k->id[k->n++] = m->src->id(model_row(m, i));
}

static bool
is_known(const struct known *k, int64_t id)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (k->id[i] == id)
			return true;
	return false;
}

/*
 * What stands in front of the row that was the first: seen here, or by one look
 * further up. A row that was there before and only has another place now is no
 * news.
 */
static int
count_news(struct model *m, const struct known *k)
{
	const void *first;
	struct page p;
	int rc;

	if (m->head.n == 0)
		return 0;
	first = page_row(&m->head, 0);
	m->news = m->n;
	if (!m->before)
		m->news = find(m, m->src->id(first), m->n);
	if (m->news < m->n) {
		size_t i = 0;

		while (i < m->news && !is_known(k, m->src->id(model_row(m, i))))
			i++;
		m->news = i < TABLE_NEWS ? i : TABLE_NEWS;
		return 0;
	}
	m->news = 0;
	rc = fetch_some(m, PAGE_BEFORE, first, TABLE_NEWS, &p);
	if (rc < 0)
		return rc;
	m->news = p.n;
	page_free(&p);
	return 0;
}

/*
 * Everything read again, the same row selected on the same line of the screen.
 * The rows in front of it are read first; those behind the last of them then
 * begin with the row itself, if it is still there.
 */
int
model_reload(struct model *m)
{
	const void *row = model_row(m, m->sel);
	size_t line = m->sel - m->top, at;
	struct page front, back;
	struct known known;
	int64_t id;
	int rc;

	if (row == NULL)
		return begin(m, false);
	id = m->src->id(row);
	rc = fetch(m, PAGE_BEFORE, row, &front);
	if (rc < 0)
		return rc;
	rc = front.n > 0
		 ? fetch(m, PAGE_AFTER, page_row(&front, front.n - 1), &back)
		 : fetch(m, PAGE_FIRST, NULL, &back);
	if (rc < 0) {
		page_free(&front);
		return rc;
	}
	know(m, &known);
	drop_all(m);
	m->before = front.n == front.cap;
	m->after = back.n == back.cap;
	m->n = front.n + back.n;
	at = front.n;
	/* The first page held is never an empty one. */
	if (front.n > 0)
		m->page[m->pages++] = front;
	else
		page_free(&front);
	m->page[m->pages++] = back;
	m->sel = find(m, id, at);
	m->top = m->sel > line ? m->sel - line : 0;
	rc = count_news(m, &known);
	free(known.id);
	return rc < 0 ? rc : settle(m);
}

static int
move_down(struct model *m, size_t by, bool scroll)
{
	int rc;

	while (by > 0) {
		size_t room = m->n - 1 - m->sel;
		size_t step = by < room ? by : room;

		m->sel += step;
		if (scroll)
			m->top += step;
		by -= step;
		rc = settle(m);
		if (rc < 0)
			return rc;
		if (m->sel + 1 == m->n && !m->after)
			break;
	}
	return 0;
}

static int
move_up(struct model *m, size_t by, bool scroll)
{
	int rc;

	while (by > 0) {
		size_t step = by < m->sel ? by : m->sel;

		m->sel -= step;
		if (scroll)
			m->top -= step < m->top ? step : m->top;
		by -= step;
		rc = settle(m);
		if (rc < 0)
			return rc;
		if (m->sel == 0 && !m->before)
			break;
	}
	return 0;
}

int
model_move(struct model *m, long by, bool scroll)
{
	if (m->n == 0)
		return 0;
	if (by > 0)
		return move_down(m, (size_t)by, scroll);
	return move_up(m, (size_t)-by, scroll);
}

int
model_view(struct model *m, size_t height)
{
	if (height < 1)
		height = 1;
	if (height == m->height)
		return 0;
	m->height = height;
	return settle(m);
}
