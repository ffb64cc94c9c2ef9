/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "import_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/import_desk.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shops.h"
#include "shopmgr/tui/ui.h"

/* How a file is understood: its first rows under our names, cleaned; or as they
 * stand in it. */

#define WIDEST 24
#define GAP    2

void
look_clear(struct state *st)
{
	while (st->nlooks > 0)
		import_look_free(&st->looks[--st->nlooks]);
	st->at = 0;
	st->left = 0;
}

int
look_at_marked(struct screen *sc)
{
	struct state *st = sc->state;
	struct import_options opt = { 0 };
	const struct marked *file;
	size_t at = st->at;
	int rc = 0;

	look_clear(st);
	while (rc == 0 && st->nlooks < st->nmarked) {
		file = &st->marked[st->nlooks];
		opt.encoding =
		    file->encoding[0] != '\0' ? file->encoding : NULL;
		rc = import_look(
		    session_of(sc), file->path, &opt, &st->looks[st->nlooks]);
		if (rc == 0)
			st->nlooks++;
	}
	if (rc < 0)
		look_clear(st);
	st->at = at < st->nlooks ? at : 0;
	st->left = 0;
	return rc;
}

size_t
look_unknown(const struct state *st)
{
	size_t i;

	for (i = 0; i < st->nlooks; i++)
		if (st->looks[i].kind == NULL)
			break;
	return i;
}

static int
rank_of(const char *kind)
{
	static const char *const first[] = { "products", "goods", "stock",
		"customers", "orders" };
	int i = 0;

	while (i < 5 && strcmp(first[i], kind) != 0)
		i++;
	return i;
}

void
look_choose(struct state *st)
{
	const char *kind = st->looks[0].kind;
	struct import_look look;
	struct marked file;
	size_t i;

	for (i = 1; i < st->nlooks; i++)
		if (rank_of(st->looks[i].kind) < rank_of(kind))
			kind = st->looks[i].kind;
	st->nrun = 0;
	for (i = 0; i < st->nlooks; i++) {
		if (strcmp(st->looks[i].kind, kind) != 0)
			continue;
		look = st->looks[i];
		file = st->marked[i];
		st->looks[i] = st->looks[st->nrun];
		st->marked[i] = st->marked[st->nrun];
		st->looks[st->nrun] = look;
		st->marked[st->nrun++] = file;
	}
	st->at = 0;
}

/* Is this column seen? Understood, only those are that say something. */
static bool
is_seen(const struct state *st, const struct import_look *look, size_t col)
{
	return st->raw || look->kind == NULL || look->fields[col] != NULL;
}

static const char *
heading(const struct state *st, const struct import_look *look, size_t col)
{
	return st->raw || look->labels[col] == NULL ? look->header[col]
						    : look->labels[col];
}

static const char *
value(const struct state *st, const struct import_look *look, size_t row,
    size_t col)
{
	size_t i = row * look->ncols + col;

	return st->raw || look->kind == NULL ? look->raw[i] : look->read[i];
}

static int
column_w(const struct state *st, const struct import_look *look, size_t col)
{
	int w = text_width(heading(st, look, col)), one;
	size_t i;

	for (i = 0; i < look->nrows; i++) {
		one = text_width(value(st, look, i, col));
		w = one > w ? one : w;
	}
	return w > WIDEST ? WIDEST : w > 1 ? w : 1;
}

/* Figures under each other, the others from the left. */
static void
draw_cell(const struct state *st, const struct import_look *look, size_t col,
    struct canvas *c, int y, int x, int w, enum style style, const char *text)
{
	if (!st->raw && look->kind != NULL && look->figures[col])
		canvas_right(c, y, x, w, style, text);
	else
		canvas_text(c, y, x, w, style, text);
}

static void
draw_rows(const struct state *st, const struct import_look *look,
    struct canvas *c, struct rect r)
{
	int x = r.x, w, right = r.x + r.w, y;
	size_t col, row, seen = 0;
	bool more = false;

	for (col = 0; col < look->ncols; col++) {
		if (!is_seen(st, look, col) || seen++ < st->left)
			continue;
		w = column_w(st, look, col);
		more = x + w > right;
		if (x >= right || (more && x > r.x))
			break;
		draw_cell(st, look, col, c, r.y, x, w, STYLE_LABEL,
		    heading(st, look, col));
		for (row = 0, y = r.y + 1;
		     row < look->nrows && y < r.y + r.h - 1; row++, y++)
			draw_cell(st, look, col, c, y, x, w, STYLE_TEXT,
			    value(st, look, row, col));
		x += w + GAP;
	}
	if (more || st->left > 0)
		canvas_text(c, r.y + r.h - 1, r.x, r.w, STYLE_DIM,
		    more && st->left > 0 ? _("◀ ▶ more columns")
		    : more               ? _("▶ more columns")
					 : _("◀ more columns"));
}

static bool
has_field(const struct import_look *look, const char *field)
{
	size_t i;

	for (i = 0; look->kind != NULL && i < look->ncols; i++)
		if (look->fields[i] != NULL &&
		    strcmp(look->fields[i], field) == 0)
			return true;
	return false;
}

/* The shop they go to, and who said so. Of items, their orders do, in the file
 * beside it. */
static const char *
shop_text(const struct state *st, const struct import_look *look)
{
	bool items = look->kind != NULL && strcmp(look->kind, "orders") == 0 &&
		     !has_field(look, "created_at");
	size_t i;

	if (has_field(look, "shop"))
		return _("as the file says");
	for (i = 0; items && i < st->nlooks; i++)
		if (has_field(&st->looks[i], "shop") &&
		    has_field(&st->looks[i], "created_at"))
			return _("as the file beside it says");
	return st->shop[0] != '\0' ? st->shop : _("the default");
}

static void
draw_about(const struct state *st, const struct import_look *look,
    struct canvas *c, struct rect *r)
{
	const char *labels[] = { _("File"), _("What it is"), _("Written as"),
		_("Shop"), NULL };
	char text[400];
	struct facts f;

	facts_begin(&f, c, *r, labels);
	copy_text(text, sizeof(text), look->name);
	if (st->nlooks > 1)
		snprintf(text, sizeof(text), _("%s (%zu of %zu)"), look->name,
		    st->at + 1, st->nlooks);
	fact(&f, labels[0], text, STYLE_STRONG);
	fact_wrap(&f, labels[1], look->text,
	    look->kind != NULL ? STYLE_ACCENT : STYLE_BAD, 2);
	snprintf(text, sizeof(text), "%s%s%s%s", look->container,
	    look->encoding[0] != '\0' ? C_("list", ", ") : "", look->encoding,
	    look->doubtful ? _(" (a guess: where the text is wrong, e)") : "");
	fact(&f, labels[2], text, look->doubtful ? STYLE_WARN : STYLE_TEXT);
	fact(&f, labels[3], shop_text(st, look), STYLE_TEXT);
	r->h -= f.y + 1 - r->y;
	r->y = f.y + 1;
}

void
look_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct import_look *look = &st->looks[st->at];

	r.x++;
	r.w -= 2;
	draw_about(st, look, c, &r);
	canvas_text(c, r.y, r.x, r.w, STYLE_DIM,
	    look->kind == NULL && look->ncols > 0
		? _("The first rows, as they are in the file: m names the "
		    "columns")
	    : look->kind == NULL ? _("There are no rows in this file")
	    : st->raw ? _("The first rows, as they are in the file: v shows "
			  "how they are understood")
		      : _("The first rows, as understood: v shows the file's "
			  "own"));
	draw_rows(st, look, c, (struct rect){ r.y + 2, r.x, r.h - 2, r.w });
}

static size_t
columns_seen(const struct state *st)
{
	const struct import_look *look = &st->looks[st->at];
	size_t i, n = 0;

	for (i = 0; i < look->ncols; i++)
		n += is_seen(st, look, i);
	return n;
}

int
look_key(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	switch (k->code) {
	case KEY_LEFT_:
		st->left -= st->left > 0;
		return 1;
	case KEY_RIGHT_:
		st->left += st->left + 1 < columns_seen(st);
		return 1;
	case KEY_HOME_:
		st->left = 0;
		return 1;
	default:
		return 0;
	}
}

int
look_next(struct screen *sc)
{
	struct state *st = sc->state;

	st->at = (st->at + 1) % st->nlooks;
	st->left = 0;
	return 0;
}

int
look_turn(struct screen *sc)
{
	struct state *st = sc->state;

	st->raw = !st->raw;
	st->left = 0;
	return 0;
}

int
look_pick_encoding(struct screen *sc)
{
	static const char *const names[] = { "", "gb18030", "utf-8", "big5",
		"utf-16le", "utf-16be" };
	const char *words[] = { _("As it looks"), "GB18030 (GBK, GB2312)",
		"UTF-8", "Big5", "UTF-16 LE", "UTF-16 BE" };
	struct state *st = sc->state;
	struct marked *file = &st->marked[st->at];
	char before[sizeof(file->encoding)];
	int at = 0, i, rc, again;

	for (i = 0; i < 6; i++)
		if (strcmp(names[i], file->encoding) == 0)
			at = i;
	at = ui_pick(sc->ui, _("How the text is written"), words, 6, at);
	if (at < 0)
		return 0;
	copy_text(before, sizeof(before), file->encoding);
	copy_text(file->encoding, sizeof(file->encoding), names[at]);
	rc = look_at_marked(sc);
	if (rc >= 0)
		return rc;
	/* It is not that; the file is seen as it was. */
	ui_failed(sc->ui, rc);
	copy_text(file->encoding, sizeof(file->encoding), before);
	again = look_at_marked(sc);
	if (again < 0)
		st->step = STEP_FILES;
	return 0;
}

int
look_pick_shop(struct screen *sc)
{
	struct state *st = sc->state;
	const struct shop_name *shop;
	const char **words;
	struct page page;
	size_t i;
	int at, rc;

	if ((rc = shop_page(session_of(sc), &page)) < 0)
		return rc;
	words = xcalloc(page.n + 1, sizeof(*words));
	words[0] = _("the default");
	for (i = 0; i < page.n; i++) {
		shop = page_row(&page, i);
		words[i + 1] = arena_printf(&page.arena, "%s  %s", shop->name,
		    platform_text(shop->platform));
	}
	at = ui_pick(
	    sc->ui, _("Shop, where a file does not say"), words, page.n + 1, 0);
	if (at == 0)
		st->shop[0] = '\0';
	if (at > 0) {
		shop = page_row(&page, (size_t)at - 1);
		copy_text(st->shop, sizeof(st->shop), shop->name);
	}
	free(words);
	page_free(&page);
	return 0;
}
