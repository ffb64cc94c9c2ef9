/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "form_priv.h"

/*
 * A record being filled in. What is typed stays text until it is saved; the
 * record gets it then, and gets its old values back when the user gives up.
 */

#define VALUE_SIZE 128 /* of a sum as it is typed */

bool
entry_may_change(const struct entry *e)
{
	return !(e->field->flags & FIELD_FIXED);
}

bool
entry_changed(const struct entry *e)
{
	return strcmp(e->text, e->before) != 0;
}

static void
entry_init(struct entry *e, const struct field *f, const char *record)
{
	size_t size = field_is_value(f) ? VALUE_SIZE : f->size;

	e->field = f;
	e->text = xcalloc(1, size);
	if (field_is_value(f)) {
		memcpy(&e->number, record + f->offset, sizeof(e->number));
		field_text(f, e->number, e->text, size);
	} else
		copy_text(e->text, size, record + f->offset);
	line_init(&e->line, e->text, size);
	e->line.secret = f->type == FIELD_SECRET;
	if (f->type == FIELD_NOTE)
		note_init(&e->note, &e->line);
	e->before = xstrdup(e->text);
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
		if (entry_changed(&f->entry[i]))
			return true;
	}
	return false;
}

static int
refuse(struct form *f, int wrong, const char *text)
{
	copy_text(f->error, sizeof(f->error), text);
	f->wrong = wrong;
	if (wrong >= 0 && entry_may_change(&f->entry[wrong]))
		f->at = wrong;
	ui_bell(f->ui, 0);
	return -1;
}

static int
store_value(struct form *f, int i)
{
	struct entry *e = &f->entry[i];
	int64_t v;

	if (field_value(e->field, e->text, &v) < 0)
		return refuse(f, i, field_wanted(e->field));
	memcpy(f->record + e->field->offset, &v, sizeof(v));
	return 0;
}

static int
store(struct form *f)
{
	int i;

	for (i = 0; i < f->n; i++) {
		struct entry *e = &f->entry[i];

		if (!entry_may_change(e))
			continue;
		if (!field_is_value(e->field))
			copy_text(f->record + e->field->offset, e->field->size,
			    e->text);
		else if (store_value(f, i) < 0)
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

		if (field_is_value(e->field))
			memcpy(to, &e->number, sizeof(e->number));
		else
			copy_text(to, e->field->size, e->before);
	}
}

/* -1: none, as also the name "" is. */
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
	field_settle(&f->entry[f->at]);
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
	refuse(f, entry_named(f, err->field), err->text);
	return 1;
}

/* To the next field that may be changed; false: there is none. */
static bool
step(struct form *f, int by)
{
	int i;

	for (i = f->at + by; i >= 0 && i < f->n; i += by) {
		if (!entry_may_change(&f->entry[i]))
			continue;
		if (f->at >= 0 && f->at < f->n)
			field_settle(&f->entry[f->at]);
		f->at = i;
		return true;
	}
	return false;
}

static void
step_around(struct form *f, int by)
{
	if (step(f, by))
		return;
	field_settle(&f->entry[f->at]);
	f->at = by > 0 ? -1 : f->n;
	step(f, by);
}

static const char *
unsaved(const struct dialog *d)
{
	return changed(d->state) ? _("A form is open that is not saved.")
				 : NULL;
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
	if (!list && (e->scanned || !entry_changed(e)))
		line_set(&e->line, k->text);
	else
		line_key(&e->line, k);
	e->scanned = true;
	if (!list)
		step(f, 1);
	return 1;
}

static bool
is_secret(const struct entry *e)
{
	return e->field->type == FIELD_SECRET;
}

static int
entry_key(struct form *f, struct entry *e, const struct key *k)
{
	int used;

	if (e->field->type == FIELD_PICK)
		return field_pick_key(f, e, k);
	if (e->field->type == FIELD_NOTE)
		return note_key(&e->note, k);
	if (k->code == KEY_SCAN && !is_secret(e))
		return scan_key(f, e, k);
	used = line_key(&e->line, k);
	if (used)
		e->scanned = false;
	return used;
}

/* An answer that something is wrong holds until something is changed: there,
 * or, when it was about the whole, anywhere. */
static int
field_key(struct form *f, const struct key *k)
{
	struct entry *e = &f->entry[f->at];
	int at = f->at, used;

	if (!entry_may_change(e))
		return 0;
	used = entry_key(f, e, k);
	if (used && (f->wrong == at || f->wrong < 0))
		f->error[0] = '\0';
	dialog_tell_full(f->ui, &e->line);
	return used;
}

/* The keys between fields. */
static int
way_key(struct dialog *d, uint32_t code)
{
	struct form *f = d->state;

	switch (code) {
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
		return step(f, 1) ? 1 : try_save(d);
	case KEY_CTRL('s'):
	case KEY_F0 + 2:
		return try_save(d);
	case KEY_ESC_:
		leave(d);
		return 1;
	default:
		return 0;
	}
}

/* What comes in the field that one is in, for who sees it before. */
static void
tell_field(struct dialog *d, const struct form *f)
{
	const struct entry *e = &f->entry[f->at];

	d->secret = is_secret(e);
	d->enters = d->secret || e->field->type == FIELD_NOTE;
}

static int
form_key(struct dialog *d, const struct key *k)
{
	struct form *f = d->state;
	bool machine = k->code == KEY_SCAN && is_secret(&f->entry[f->at]);
	int used = 0;

	if (f->entry[f->at].field->type == FIELD_NOTE)
		used = field_key(f, k);
	if (!used)
		used = way_key(d, k->code);
	if (!used && f->entry[f->at].field->type != FIELD_NOTE)
		used = field_key(f, k);
	/* It typed a password, and its Enter. */
	if (used && machine)
		used = way_key(d, KEY_ENTER_);
	tell_field(d, f);
	return used;
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
	struct form f = { .ui = ui,
		.title = title,
		.record = record,
		.save = save,
		.arg = arg,
		.wrong = -1 };
	struct dialog d = { .ops = &ops, .state = &f, .unsaved = unsaved };
	int rc, i;

	assert(fields[0].name != NULL);
	form_init(&f, fields);
	tell_field(&d, &f);
	d.hints = f.hints;
	rc = dialog_run(ui, &d, 0);
	if (rc == 0)
		restore(&f);
	for (i = 0; i < f.n; i++)
		entry_done(&f.entry[i]);
	free(f.entry);
	return rc;
}
