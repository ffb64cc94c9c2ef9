/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

#include "form_priv.h"
#include "marks.h"

/* How a form looks: labels, fields and what stands beside them, on as many
 * lines as they need, of which the screen shows those around the cursor. */

#define LABEL_GAP  2
#define VALUE_W    14
#define FIELD_W    44 /* at most */
#define FIELD_MIN  14
#define NOTE_W     52
#define NOTE_ROWS  5
#define FORM_W     56 /* at least */
#define ERROR_ROWS 3

static int
label_w(const struct form *f)
{
	int w = 0, i;

	for (i = 0; i < f->n; i++) {
		int need = text_width(_(f->entry[i].field->label));

		if (need > w)
			w = need;
	}
	return w + 2; /* the mark of what must be filled in */
}

static int
field_w(const struct field *f)
{
	if (f->type == FIELD_PICK)
		return field_pick_w(f);
	if (f->type == FIELD_NOTE)
		return NOTE_W;
	if (field_is_value(f))
		return VALUE_W;
	return f->size > 0 && (int)f->size < FIELD_W ? (int)f->size : FIELD_W;
}

static int
form_w(const struct form *f)
{
	int widest = 0, i;

	for (i = 0; i < f->n; i++) {
		const struct field *field = f->entry[i].field;
		int w = field_w(field), aside = field_aside_w(field);

		if (aside > 0)
			w += 2 + aside;
		if (field->hint != NULL)
			w += 2 + text_width(_(field->hint));
		if (w > widest)
			widest = w;
	}
	widest += label_w(f) + LABEL_GAP;
	return widest > FORM_W ? widest : FORM_W;
}

static int
entry_rows(const struct entry *e)
{
	return e->field->type == FIELD_NOTE ? NOTE_ROWS : 1;
}

static void
draw_choice(const struct entry *e, struct canvas *c, bool focus)
{
	const char *word = field_choice(e->text);
	size_t size = strlen(word) + 5;
	char *text = xmalloc(size);

	snprintf(text, size, focus ? "< %s >" : "  %s", word);
	canvas_pad(c, e->place.y, e->place.x, e->place.w, STYLE_FIELD, text);
	free(text);
	if (focus)
		canvas_cursor(c, e->place.y, e->place.x + 2);
}

static void
draw_fixed(const struct entry *e, struct canvas *c, struct rect clip)
{
	const char *text =
	    e->field->type == FIELD_PICK ? field_choice(e->text) : e->text;
	struct rect r = e->place;

	if (r.y >= clip.y)
		canvas_wrap(c, r, STYLE_TEXT, text);
}

static void
draw_value(struct entry *e, struct canvas *c, struct rect clip, bool focus)
{
	const struct rect *r = &e->place;

	if (e->field->type == FIELD_NOTE && entry_may_change(e))
		note_draw(&e->note, c, *r, clip, focus);
	else if (!entry_may_change(e))
		draw_fixed(e, c, clip);
	else if (e->field->type == FIELD_PICK)
		draw_choice(e, c, focus);
	else
		line_draw(&e->line, c, r->y, r->x, r->w, focus);
}

/* What it comes to, and the hint. */
static void
draw_aside(const struct entry *e, struct canvas *c, int y, int x, int right,
    bool focus)
{
	char text[128] = "";

	if (field_is_value(e->field) && entry_may_change(e))
		field_aside(e->field, e->text, text, sizeof(text));
	if (e->field->type == FIELD_DATE && focus && e->text[0] == '\0')
		copy_text(text, sizeof(text),
		    e->field->flags & FIELD_PAST ? _("such as 11-20, -3, fri")
						 : _("such as 11-30, +3, fri"));
	if (text[0] != '\0')
		x +=
		    canvas_text(c, y, x, right - x,
			e->field->type == FIELD_DATE ? STYLE_DIM : STYLE_ACCENT,
			text) +
		    2;
	if (e->field->hint != NULL)
		canvas_text(c, y, x, right - x, STYLE_DIM, _(e->field->hint));
}

static void
draw_label(const struct form *f, int i, struct canvas *c, int y, int x, int w)
{
	const struct entry *e = &f->entry[i];
	bool required = e->field->flags & FIELD_REQUIRED;
	int used = canvas_text(c, y, x, w - 2,
	    i == f->at ? STYLE_ACCENT : STYLE_LABEL, _(e->field->label));

	if (required)
		canvas_text(c, y, x + used + 1, 1, STYLE_ACCENT, "*");
	if (entry_changed(e) && entry_may_change(e))
		canvas_text(c, y, x + w, 1, STYLE_WARN, mark_changed());
}

/* A field gives way to what must be read beside it. */
static int
room_for(const struct field *f, int w, int room)
{
	int beside = field_aside_w(f);

	if (f->hint != NULL)
		beside += text_width(_(f->hint)) + (beside > 0 ? 2 : 0);
	if (beside > 0 && w + 2 + beside > room)
		w = room - 2 - beside > FIELD_MIN ? room - 2 - beside
						  : FIELD_MIN;
	return w < room ? w : room;
}

/* Hints behind choices stand below each other: as far to the right as the
 * widest of them needs. */
static int
hint_w(const struct form *f, const struct entry *e, int room)
{
	int widest = e->place.w, i;

	if (e->field->type != FIELD_PICK)
		return widest;
	for (i = 0; i < f->n; i++) {
		const struct field *field = f->entry[i].field;
		int w = room_for(field, field_w(field), room);

		if (field->type == FIELD_PICK && field->hint != NULL &&
		    w > widest)
			widest = w;
	}
	/* The longest hint may be that of the narrowest. */
	if (e->field->hint != NULL &&
	    widest + 2 + text_width(_(e->field->hint)) > room)
		return e->place.w;
	return widest;
}

/* At @y, of which only the lines in @in are to be seen. */
static void
draw_entry(struct form *f, int i, struct canvas *c, struct rect in, int y)
{
	struct entry *e = &f->entry[i];
	int lw = label_w(f), right = in.x + in.w, x, w;

	if (lw > in.w / 2)
		lw = in.w / 2;
	x = in.x + lw + LABEL_GAP;
	w = room_for(e->field, field_w(e->field), right - x);
	e->place = (struct rect){ y, x, entry_rows(e), w };
	if (y >= in.y)
		draw_label(f, i, c, y, in.x, lw);
	draw_value(e, c, in, i == f->at);
	if (y >= in.y)
		draw_aside(e, c, y, x + hint_w(f, e, right - x) + 2, right,
		    i == f->at);
}

static int
error_rows(const struct form *f, int w)
{
	int lines = 0;

	if (f->error[0] != '\0')
		lines = text_lines(f->error, f->wrong >= 0 ? w - 2 : w);
	return lines < ERROR_ROWS ? lines : ERROR_ROWS;
}

/* The error goes beneath the field at fault, as far to the left as it needs to
 * be read whole; that of the whole form goes to its end. */
static void
draw_error(
    const struct form *f, struct canvas *c, struct rect in, int y, int lines)
{
	int skip = f->wrong >= 0 ? 2 : 0;

	if (lines > in.y + in.h - y)
		lines = in.y + in.h - y;
	if (y >= in.y)
		canvas_wrap(c,
		    (struct rect){ y, in.x + skip, lines, in.w - skip },
		    STYLE_BAD, f->error);
}

/* The first line of an entry, counted from the first of all; of n: all. */
static int
line_of(const struct form *f, int i, int errors)
{
	int y = 0, j;

	for (j = 0; j < i; j++)
		y += entry_rows(&f->entry[j]) + (j == f->wrong ? errors : 0);
	return y;
}

/* The entry with the cursor, and the error beneath it, are in view. */
static void
scroll(struct form *f, int room, int errors)
{
	int first = line_of(f, f->at, errors);
	int last = first + entry_rows(&f->entry[f->at]) +
		   (f->wrong == f->at ? errors : 0);
	int all = line_of(f, f->n, errors);

	if (f->top > all - room)
		f->top = all - room;
	if (last > f->top + room)
		f->top = last - room;
	if (first < f->top || f->top < 0)
		f->top = first < f->top ? first : 0;
}

static void
make_hints(struct form *f)
{
	const struct entry *e = &f->entry[f->at];
	struct hint *h = f->hints;

	if (e->field->type == FIELD_PICK && entry_may_change(e))
		*h++ = (struct hint){ "Space", _("Choices") };
	if (e->field->type == FIELD_NOTE)
		*h++ = (struct hint){ "Enter", _("New line") };
	*h++ = (struct hint){ "Ctrl-S", _("Save") };
	*h++ = (struct hint){ "Tab", _("Next field") };
	if (e->line.undo != NULL && entry_changed(e))
		*h++ = (struct hint){ "Ctrl-Z", _("Undo") };
	*h++ = (struct hint){ "Esc", _("Give up") };
	*h = (struct hint){ NULL, NULL };
}

void
form_draw(struct dialog *d, struct canvas *c, struct rect r)
{
	struct form *f = d->state;
	int w = form_w(f), errors, whole, room, y, i;
	struct rect in;

	make_hints(f);
	if (w > r.w - 4)
		w = r.w - 4;
	errors = error_rows(f, w);
	whole = f->wrong < 0 ? errors : 0; /* keeps its place at the end */
	in = dialog_box(c, r, line_of(f, f->n, errors) + whole, w, f->title);
	room = in.h - whole;
	scroll(f, room, errors);
	y = in.y - f->top;
	for (i = 0; i < f->n; i++) {
		struct rect clip = { in.y, in.x, room, in.w };
		int rows = entry_rows(&f->entry[i]);

		f->entry[i].place.h = 0;
		if (y + rows > in.y && y < in.y + room)
			draw_entry(f, i, c, clip, y);
		y += rows;
		if (f->wrong == i && errors > 0) {
			if (y < in.y + room)
				draw_error(f, c, clip, y, errors);
			y += errors;
		}
	}
	if (f->top > 0)
		canvas_right(
		    c, in.y - 1, in.x, in.w, STYLE_DIM, mark_arrow(true));
	if (y > in.y + room)
		canvas_right(
		    c, in.y + in.h, in.x, in.w, STYLE_DIM, mark_arrow(false));
	if (whole > 0)
		draw_error(f, c, in, in.y + in.h - whole, whole);
}
