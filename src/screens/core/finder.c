/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>

#include "list.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/tui/screen.h"
#include "shopmgr/tui/table.h"

/* The line in which one types what is looked for, and the rows in which that
 * stands. */

#define FIND_W     24
#define SIEVE_PAGE 500
#define SIEVE_MAX  5000 /* rows looked at for a page */
#define CELL_SIZE  512
#define ROW_MAX    1024

void
finder_init(struct finder *f)
{
	line_init(&f->line, f->text, sizeof(f->text));
}

void
finder_done(struct finder *f)
{
	line_done(&f->line);
}

void
finder_begin(struct finder *f, const char *text)
{
	f->on = true;
	f->rests = false;
	line_set(&f->line, text);
}

int
finder_key(struct finder *f, struct table *t, const struct key *k)
{
	int rc;

	switch (k->code) {
	case KEY_ESC_:
		f->on = false;
		return FIND_END;
	case KEY_ENTER_:
		return table_selected(t) != NULL ? FIND_OPEN : FIND_TAKEN;
	case KEY_UP_:
	case KEY_DOWN_:
	case KEY_PGUP:
	case KEY_PGDN:
		rc = table_key(t, k);
		return rc < 0 ? rc : FIND_TAKEN;
	case KEY_SCAN:
		line_set(&f->line, k->text);
		return FIND_CHANGED;
	default:
		return line_key(&f->line, k) ? FIND_CHANGED : FIND_OTHER;
	}
}

void
finder_draw(struct finder *f, struct canvas *c, struct rect r,
    const char *label, const char *hint)
{
	int x = r.x, end = r.x + r.w;

	x += canvas_text(c, r.y, x, r.w, STYLE_LABEL, label) + 2;
	line_draw(&f->line, c, r.y, x, FIND_W, !f->rests);
	x += FIND_W + 2;
	canvas_text(c, r.y, x, end - x, STYLE_DIM, hint);
}

/* Every word of @text, in any cell of the row. */
static bool
fits(const struct table_source *src, const void *row, const char *text,
    struct str *all)
{
	char buf[CELL_SIZE], word[64];
	enum style style;
	size_t n;
	int i;

	str_cut(all, 0);
	for (i = 0; src->columns[i].title != NULL; i++) {
		buf[0] = '\0';
		src->cell(row, i, buf, sizeof(buf), &style);
		str_add(all, buf);
		str_addc(all, '\n');
	}
	for (; *(text += strspn(text, " ")) != '\0'; text += n) {
		n = strcspn(text, " ");
		if (n >= sizeof(word))
			return false;
		memcpy(word, text, n);
		word[n] = '\0';
		if (strcasestr(all->s, word) == NULL)
			return false;
	}
	return true;
}

/* Only the rows of @p that fit stay in it. */
static void
sift(const struct table_source *src, struct page *p, const char *text)
{
	char *to = p->rows;
	struct str all = STR_INIT;
	size_t i, n = 0;

	for (i = 0; i < p->n; i++) {
		const void *row = page_row(p, i);

		if (!fits(src, row, text, &all))
			continue;
		if (row != to + n * p->row_size)
			memmove(to + n * p->row_size, row, p->row_size);
		n++;
	}
	str_done(&all);
	p->n = n;
}

/* At most @limit of them, from the side that was asked from; whether there may
 * be more is told as a full page tells it. */
static void
trim(struct page *p, enum page_dir dir, size_t limit, bool more)
{
	if (p->n > limit) {
		if (dir == PAGE_BEFORE || dir == PAGE_LAST)
			p->rows =
			    (char *)p->rows + (p->n - limit) * p->row_size;
		p->n = limit;
		more = true;
	}
	p->cap = more ? p->n : p->n + 1;
}

int
list_sieve(struct screen *sc, const struct table_source *src,
    int (*fetch)(void *arg, enum page_dir dir, const void *from, size_t limit,
	struct page *out),
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	bool back = dir == PAGE_BEFORE || dir == PAGE_LAST, full;
	struct list *l = sc->state;
	struct page was = { 0 }, p;
	int64_t edge[ROW_MAX / sizeof(int64_t)];
	size_t looked = 0;
	int rc;

	if (list_sought(sc)[0] == '\0')
		return fetch(sc, dir, from, limit, out);
	for (;;) {
		rc = fetch(sc, dir, from, SIEVE_PAGE, &p);
		page_free(&was);
		if (rc < 0)
			return rc;
		full = p.n > 0 && p.n == p.cap;
		looked += p.n;
		/* Sifting moves rows: the one to go on from is put aside; what
		 * it points to stays. */
		assert(p.row_size <= sizeof(edge));
		if (full)
			memcpy(
			    edge, page_row(&p, back ? 0 : p.n - 1), p.row_size);
		sift(src, &p, l->finder.text);
		if (p.n > 0 || !full)
			break;
		if (looked >= SIEVE_MAX) {
			l->cut = true;
			break;
		}
		was = p;
		from = edge;
		dir = back ? PAGE_BEFORE : PAGE_AFTER;
	}
	trim(&p, dir, limit, full && p.n > 0);
	*out = p;
	return 0;
}

int
list_fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct screen *sc = arg;
	const struct list *l = sc->state;

	return list_sieve(sc, l->source, l->kind->fetch, dir, from, limit, out);
}

const char *
list_nothing_fits(const struct screen *sc)
{
	const struct list *l = sc->state;

	return l->cut ? _("Nothing fits in the first 5,000 rows.")
		      : _("Nothing fits.");
}
