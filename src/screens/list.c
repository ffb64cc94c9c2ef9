/* SPDX-License-Identifier: MIT */
#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/table.h"

#define FIND_W 24

static struct table *
table_of(const struct screen *sc)
{
	const struct list *l = sc->state;

	return l->table;
}

const void *
list_row(const struct screen *sc)
{
	return table_selected(table_of(sc));
}

int64_t
list_row_id(const void *row)
{
	return *(const int64_t *)row;
}

bool
list_has_row(struct screen *sc)
{
	return list_row(sc) != NULL;
}

int
list_refresh(struct screen *sc)
{
	return table_reload(table_of(sc));
}

void
list_close(struct screen *sc)
{
	table_free(table_of(sc));
}

int
list_key(struct screen *sc, const struct key *k)
{
	if (k->code == KEY_SCAN)
		return scan_anywhere(sc, k->text);
	return table_key(table_of(sc), k);
}

void
list_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	table_draw(table_of(sc), c, r);
}

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
	line_draw(&f->line, c, r.y, x, FIND_W, true);
	x += FIND_W + 2;
	canvas_text(c, r.y, x, end - x, STYLE_DIM, hint);
}
