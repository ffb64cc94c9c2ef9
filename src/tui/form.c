/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"

#include "marks.h"
#include "ui_priv.h"

/*
 * A record being filled in. What is typed stays text until it is saved; the
 * record gets it then, and gets its old values back when the user gives up.
 */

#define LABEL_GAP  2
#define NUMBER_W   14
#define FIELD_W    44 /* at most */
#define ERROR_ROWS 3

struct entry {
	const struct field *field;
	struct line line;
	char *text;
	char *before;   /* as it was at first */
	int64_t number; /* the same, of a number */
	bool scanned;   /* what stands there came from the scanner */
};

struct form {
	struct ui *ui;
	const char *title;
	struct entry *entry;
	int n, at; /* at: the entry with the cursor */
	int top;   /* the first one in view */
	char *record;
	int (*save)(void *arg, const void *record);
	void *arg;
	const struct hint *hints; /* the first is for choices only */
	char error[420];
	int wrong; /* the entry at fault; -1: the whole */
};

static bool
is_number(const struct field *f)
{
	return f->type == FIELD_COUNT || f->type == FIELD_MONEY;
}

static bool
may_change(const struct entry *e)
{
	return !(e->field->flags & FIELD_FIXED);
}

static void
number_text(const struct field *f, int64_t n, char *buf, size_t size)
{
	char money[MONEY_SIZE];

	if (n == 0 && !(f->flags & FIELD_FIXED))
		copy_text(buf, size, ""); /* nothing to be typed over */
	else if (f->type == FIELD_MONEY)
		copy_text(buf, size, money_plain(n, money));
	else
		snprintf(buf, size, "%" PRId64, n);
}

static void
entry_init(struct entry *e, const struct field *f, const char *record)
{
	size_t size = is_number(f) ? MONEY_SIZE : f->size;

	e->field = f;
	e->text = xcalloc(1, size);
	if (is_number(f)) {
		memcpy(&e->number, record + f->offset, sizeof(e->number));
		number_text(f, e->number, e->text, size);
	} else
		copy_text(e->text, size, record + f->offset);
	e->before = xstrdup(e->text);
	line_init(&e->line, e->text, size);
	e->line.secret = f->type == FIELD_SECRET;
}

static void
wipe(char *text, size_t size)
{
	explicit_bzero(text, size);
	free(text);
}

static void
entry_done(struct entry *e)
{
	wipe(e->text, e->line.size);
	wipe(e->before, strlen(e->before));
	line_done(&e->line);
}

static bool
changed(const struct form *f)
{
	int i;

	for (i = 0; i < f->n; i++) {
		if (strcmp(f->entry[i].text, f->entry[i].before) != 0)
			return true;
	}
	return false;
}

static int
refuse(struct form *f, int wrong, const char *text)
{
	copy_text(f->error, sizeof(f->error), text);
	f->wrong = wrong;
	if (wrong >= 0)
		f->at = wrong;
	ui_bell(f->ui, 0);
	return -1;
}

static int
store_number(struct form *f, int i)
{
	struct entry *e = &f->entry[i];
	int64_t n = 0;
	bool blank = e->text[strspn(e->text, " ")] == '\0';

	if (e->field->type == FIELD_MONEY) {
		if (!blank && money_parse(e->text, &n) < 0)
			return refuse(
			    f, i, _("An amount is wanted here, such as 12.50"));
	} else if (!blank && count_parse(e->text, &n) < 0)
		return refuse(f, i, _("A whole number is wanted here"));
	memcpy(f->record + e->field->offset, &n, sizeof(n));
	return 0;
}

static int
store(struct form *f)
{
	int i;

	for (i = 0; i < f->n; i++) {
		struct entry *e = &f->entry[i];

		if (!may_change(e))
			continue;
		if (!is_number(e->field))
			copy_text(f->record + e->field->offset, e->field->size,
			    e->text);
		else if (store_number(f, i) < 0)
			return -1;
	}
	return 0;
}

static void
restore(struct form *f)
{
	int i;

	for (i = 0; i < f->n; i++) {
		struct entry *e = &f->entry[i];
		char *to = f->record + e->field->offset;

		if (is_number(e->field))
			memcpy(to, &e->number, sizeof(e->number));
		else
			copy_text(to, e->field->size, e->before);
	}
}

static int
entry_named(const struct form *f, const char *name)
{
	int i;

	for (i = 0; i < f->n; i++) {
		if (strcmp(f->entry[i].field->name, name) == 0)
			return i;
	}
	return -1;
}

static int
try_save(struct dialog *d)
{
	struct form *f = d->state;
	const struct err *err;
	int rc;

	f->error[0] = '\0';
	if (store(f) < 0)
		return 1;
	rc = f->save(f->arg, f->record);
	if (rc >= 0) {
		dialog_end(d, 1);
		return 1;
	}
	if (rc == ERR_CANCELLED)
		return 1;
	err = f->ui->host.err(f->ui->host.app);
	refuse(f,
	    rc == ERR_INVALID || rc == ERR_CONFLICT ? entry_named(f, err->field)
						    : -1,
	    err->text);
	return 1;
}

/* To the next field that may be changed; false: there is none. */
static bool
step(struct form *f, int by)
{
	int i;

	for (i = f->at + by; i >= 0 && i < f->n; i += by) {
		if (may_change(&f->entry[i])) {
			f->at = i;
			return true;
		}
	}
	return false;
}

static void
step_around(struct form *f, int by)
{
	if (step(f, by))
		return;
	f->at = by > 0 ? -1 : f->n;
	step(f, by);
}

static size_t
choices_of(const struct field *f, const char *value, int *at)
{
	size_t n;

	*at = -1;
	for (n = 0; f->choices[n] != NULL; n++) {
		if (strcmp(f->choices[n], value) == 0)
			*at = (int)n;
	}
	return n;
}

static const char *
shown(const char *choice)
{
	return choice[0] != '\0' ? _(choice) : "";
}

static void
pick_from_list(struct form *f, struct entry *e)
{
	int at;
	size_t n = choices_of(e->field, e->text, &at), i;
	const char **words = xreallocarray(NULL, n + 1, sizeof(*words));

	for (i = 0; i < n; i++)
		words[i] = shown(e->field->choices[i]);
	at = ui_pick(f->ui, _(e->field->label), words, n, at > 0 ? at : 0);
	if (at >= 0)
		line_set(&e->line, e->field->choices[at]);
	free(words);
}

/* The choices are gone round by Left and Right, or shown as a list. */
static int
pick_key(struct form *f, struct entry *e, const struct key *k)
{
	int at;
	size_t n = choices_of(e->field, e->text, &at);

	switch (k->code) {
	case KEY_LEFT_:
		at = at > 0 ? at - 1 : (int)n - 1;
		break;
	case KEY_RIGHT_:
		at = at + 1 < (int)n ? at + 1 : 0;
		break;
	case ' ':
		pick_from_list(f, e);
		return 1;
	default:
		return 0;
	}
	if (n > 0)
		line_set(&e->line, e->field->choices[at]);
	return 1;
}

static void
leave(struct dialog *d)
{
	struct form *f = d->state;

	if (!changed(f) ||
	    ui_confirm(f->ui, _("Give up"), _("Give up what was changed?")))
		dialog_end(d, 0);
}

/*
 * A scan is the whole answer to a field: it takes the place of what was
 * proposed or scanned there, and the next field follows, as after a scanner's
 * Enter everywhere. What somebody typed is only added to.
 */
static int
scan_key(struct form *f, struct entry *e, const struct key *k)
{
	bool list = e->field->flags & FIELD_LIST;
	const struct key blank = { .code = ' ' };

	if (list && e->line.at > 0 && e->text[e->line.at - 1] != ' ')
		line_key(&e->line, &blank);
	if (!list && (e->scanned || strcmp(e->text, e->before) == 0))
		line_set(&e->line, k->text);
	else
		line_key(&e->line, k);
	e->scanned = true;
	if (!list)
		step(f, 1);
	return 1;
}

static int
entry_key(struct form *f, struct entry *e, const struct key *k)
{
	int used;

	if (e->field->type == FIELD_PICK)
		return pick_key(f, e, k);
	if (k->code == KEY_SCAN)
		return scan_key(f, e, k);
	used = line_key(&e->line, k);
	if (used)
		e->scanned = false;
	return used;
}

static int
field_key(struct form *f, const struct key *k)
{
	struct entry *e = &f->entry[f->at];
	int at = f->at, used;

	if (!may_change(e))
		return 0;
	used = entry_key(f, e, k);
	if (used && f->wrong == at)
		f->error[0] = '\0';
	return used;
}

static int
form_key(struct dialog *d, const struct key *k)
{
	struct form *f = d->state;

	switch (k->code) {
	case KEY_TAB_:
		step_around(f, 1);
		return 1;
	case KEY_BACKTAB:
		step_around(f, -1);
		return 1;
	case KEY_DOWN_:
		step(f, 1);
		return 1;
	case KEY_UP_:
		step(f, -1);
		return 1;
	case KEY_ENTER_:
		if (step(f, 1))
			return 1;
		return try_save(d);
	case KEY_CTRL('s'):
	case KEY_F0 + 2:
		return try_save(d);
	case KEY_ESC_:
		leave(d);
		return 1;
	default:
		return field_key(f, k);
	}
}

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
	int w = is_number(f) ? NUMBER_W : FIELD_W, at;
	size_t i, n;

	if (f->type == FIELD_PICK) {
		w = 8;
		n = choices_of(f, "", &at);
		for (i = 0; i < n; i++) {
			int need = text_width(shown(f->choices[i])) + 4;

			if (need > w)
				w = need;
		}
		return w < FIELD_W ? w : FIELD_W;
	}
	return f->size > 0 && (int)f->size < w && !is_number(f) ? (int)f->size
								: w;
}

static int
form_w(const struct form *f)
{
	int widest = 0, i;

	for (i = 0; i < f->n; i++) {
		const struct field *field = f->entry[i].field;
		int w = field_w(field);

		if (field->hint != NULL)
			w += 2 + text_width(_(field->hint));
		if (w > widest)
			widest = w;
	}
	return label_w(f) + LABEL_GAP + widest;
}

static void
draw_value(struct form *f, int i, struct canvas *c, int y, int x, int w)
{
	struct entry *e = &f->entry[i];
	bool focus = i == f->at;
	char *text;
	size_t size;

	if (e->field->type != FIELD_PICK && may_change(e)) {
		line_draw(&e->line, c, y, x, w, focus);
		return;
	}
	if (!may_change(e)) {
		canvas_text(c, y, x, w, STYLE_TEXT,
		    e->field->type == FIELD_PICK ? shown(e->text) : e->text);
		return;
	}
	size = strlen(shown(e->text)) + 5;
	text = xmalloc(size);
	snprintf(text, size, focus ? "< %s >" : "  %s", shown(e->text));
	canvas_pad(c, y, x, w, STYLE_FIELD, text);
	free(text);
	if (focus)
		canvas_cursor(c, y, x + 2);
}

static void
draw_entry(struct form *f, int i, struct canvas *c, struct rect in, int y)
{
	const struct field *field = f->entry[i].field;
	int lw = label_w(f), x = in.x + lw + LABEL_GAP, w = field_w(field);
	int used = canvas_text(c, y, in.x, lw,
	    i == f->at ? STYLE_ACCENT : STYLE_LABEL, _(field->label));

	if (field->flags & FIELD_REQUIRED)
		canvas_text(c, y, in.x + used + 1, 1, STYLE_ACCENT, "*");
	if (w > in.x + in.w - x)
		w = in.x + in.w - x;
	draw_value(f, i, c, y, x, w);
	x += w + 2;
	if (field->hint != NULL)
		canvas_text(
		    c, y, x, in.x + in.w - x, STYLE_DIM, _(field->hint));
}

/* The error goes beneath the field at fault, as far to the left as it needs to
 * be read whole; that of the whole form goes to its end. */
static int
draw_error(struct form *f, struct canvas *c, struct rect in, int y)
{
	int skip = f->wrong >= 0 ? 2 : 0, w = in.w - skip;
	int lines = text_lines(f->error, w);

	if (lines > ERROR_ROWS)
		lines = ERROR_ROWS;
	if (lines > in.y + in.h - y)
		lines = in.y + in.h - y;
	return canvas_wrap(
	    c, (struct rect){ y, in.x + skip, lines, w }, STYLE_BAD, f->error);
}

static bool
on_choices(const struct form *f)
{
	const struct entry *e = &f->entry[f->at];

	return e->field->type == FIELD_PICK && may_change(e);
}

static void
form_draw(struct dialog *d, struct canvas *c, struct rect r)
{
	struct form *f = d->state;
	int w = form_w(f), lines = 0, i, y;
	struct rect in;

	if (w < 56)
		w = 56;
	if (w > r.w - 4)
		w = r.w - 4;
	d->hints = f->hints + !on_choices(f);
	if (f->error[0] != '\0')
		lines = text_lines(f->error, w - 2);
	if (lines > ERROR_ROWS)
		lines = ERROR_ROWS;
	in = dialog_box(c, r, f->n + lines, w, f->title);
	if (f->at < f->top)
		f->top = f->at;
	if (f->at >= f->top + in.h - lines)
		f->top = f->at - (in.h - lines) + 1;
	for (i = f->top, y = in.y; i < f->n && y < in.y + in.h; i++) {
		draw_entry(f, i, c, in, y++);
		if (f->error[0] != '\0' && f->wrong == i)
			y += draw_error(f, c, in, y);
	}
	if (f->top > 0)
		canvas_right(
		    c, in.y - 1, in.x, in.w, STYLE_DIM, mark_arrow(true));
	if (i < f->n)
		canvas_right(
		    c, in.y + in.h, in.x, in.w, STYLE_DIM, mark_arrow(false));
	if (f->error[0] != '\0' && f->wrong < 0)
		draw_error(f, c, in, in.y + in.h - lines);
}

static void
form_init(struct form *f, const struct field *fields)
{
	int i;

	while (fields[f->n].name != NULL)
		f->n++;
	f->entry = xcalloc((size_t)f->n, sizeof(*f->entry));
	for (i = 0; i < f->n; i++)
		entry_init(&f->entry[i], &fields[i], f->record);
	f->at = -1;
	if (!step(f, 1))
		f->at = 0;
}

int
ui_form(struct ui *ui, const char *title, const struct field *fields,
    void *record, int (*save)(void *arg, const void *record), void *arg)
{
	static const struct dialog_ops ops = { form_draw, form_key };
	const struct hint hints[] = { { "Space", _("Choices") },
		{ "Ctrl-S", _("Save") }, { "Tab", _("Next field") },
		{ "Esc", _("Give up") }, { NULL, NULL } };
	struct form f = { .ui = ui,
		.title = title,
		.record = record,
		.save = save,
		.arg = arg,
		.wrong = -1 };
	struct dialog d = { .ops = &ops, .state = &f };
	int rc, i;

	assert(fields[0].name != NULL);
	f.hints = hints;
	form_init(&f, fields);
	rc = dialog_run(ui, &d, 0);
	if (rc == 0)
		restore(&f);
	for (i = 0; i < f.n; i++)
		entry_done(&f.entry[i]);
	free(f.entry);
	return rc;
}
