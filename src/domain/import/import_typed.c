/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"

#include "import_list.h"
#include "import_typed.h"

/*
 * Lists of ours that people type in: a row over what is there, judged and
 * written by the department that has it. What the list has no column for stays.
 */

static char *
text_at(const struct typed_place *p, void *edit)
{
	return (char *)edit + p->at;
}

static int64_t
number_at(const struct typed_place *p, const void *edit)
{
	int64_t n = 0;

	if (p->type == TYPED_YES)
		n = *(const bool *)((const char *)edit + p->at);
	else
		memcpy(&n, (const char *)edit + p->at, sizeof(n));
	return n;
}

static void
number_put(const struct typed_place *p, void *edit, int64_t n)
{
	if (p->type == TYPED_YES)
		*(bool *)((char *)edit + p->at) = n != 0;
	else
		memcpy((char *)edit + p->at, &n, sizeof(n));
}

bool
yes_or_no(struct slice v, int64_t *yes)
{
	static const char *const words[] = { "no", "否", "0", "false", "yes",
		"是", "1", "true" };
	size_t i;

	for (i = 0; i < 8; i++)
		if (slice_same(v, words[i], strlen(words[i])))
			break;
	*yes = i >= 4;
	return i < 8;
}

/* An empty cell takes a text away, and what may be none. */
static void
take_nothing(
    const struct kept_row *row, const struct typed_place *p, int at, void *edit)
{
	const int column = row->file->kept_at[at];

	if (column < 0 || (size_t)column >= row->raw->n)
		return;
	if (p->type == TYPED_TEXT)
		text_at(p, edit)[0] = '\0';
	else if (p->type != TYPED_NUMBER && p->type != TYPED_YES)
		number_put(p, edit, p->unsaid);
}

static bool
take_text(struct job *j, const struct kept_row *row,
    const struct typed_place *p, int at, void *edit)
{
	const struct slice v = row->v[at];

	if (v.n < p->size) {
		copy_text(
		    text_at(p, edit), p->size, slice_text(&j->scratch, v));
		return true;
	}
	kept_refuse(j, row, at, _("The text is too long: %d bytes at most"),
	    (int)p->size - 1);
	return false;
}

/* Exports say the moment at which it is over. */
static bool
take_end(struct job *j, const struct kept_row *row, int at, int64_t *day)
{
	const char *text = slice_text(&j->scratch, row->v[at]);

	if (time_parse(text, day) < 0) {
		kept_refuse(j, row, at,
		    _("\"%s\" is not a time as in 2026-11-30 14:00:00"), text);
		return false;
	}
	*day = time_day(strchr(text, ':') != NULL ? *day - 1 : *day);
	return true;
}

static bool
take_cell(struct job *j, const struct kept_row *row,
    const struct typed_place *p, void *edit)
{
	int at = kept_at(row->layout, p->name);
	int64_t n = row->n[at];

	if (row->v[at].n == 0) {
		take_nothing(row, p, at, edit);
		return true;
	}
	switch (p->type) {
	case TYPED_TEXT:
		return take_text(j, row, p, at, edit);
	case TYPED_YES:
		if (!yes_or_no(row->v[at], &n)) {
			kept_refuse(j, row, at, _("Write yes or no"));
			return false;
		}
		break;
	case TYPED_DAY:
		n = time_day(n);
		break;
	case TYPED_END:
		if (!take_end(j, row, at, &n))
			return false;
		break;
	case TYPED_NUMBER:
	case TYPED_MAYBE:
		break;
	}
	number_put(p, edit, n);
	return true;
}

static bool
take_cells(struct job *j, const struct kept_row *row, const struct typed *t,
    void *edit)
{
	size_t i;

	for (i = 0; i < t->nplaces; i++)
		if (!take_cell(j, row, &t->places[i], edit))
			return false;
	return true;
}

static bool
same_place(const struct typed_place *p, void *a, void *b)
{
	return p->type == TYPED_TEXT ? strcmp(text_at(p, a), text_at(p, b)) == 0
				     : number_at(p, a) == number_at(p, b);
}

static bool
same(const struct typed *t, void *a, void *b)
{
	size_t i;

	for (i = 0; i < t->nplaces; i++)
		if (!same_place(&t->places[i], a, b))
			return false;
	return true;
}

static void *
fresh(struct job *j, const struct typed *t)
{
	char *edit = memset(arena_alloc(&j->scratch, t->size), 0, t->size);
	size_t i;

	for (i = 0; i < t->nplaces; i++)
		if (t->places[i].type != TYPED_TEXT)
			number_put(&t->places[i], edit, t->places[i].unsaid);
	return edit;
}

static int
id_of(struct job *j, const struct typed *t, void *edit, int64_t *id)
{
	*id = 0;
	return t->id_of != NULL
		   ? t->id_of(j, edit, id)
		   : list_look_up(
			 j, t->by, slice_of(text_at(&t->places[0], edit)), id);
}

static int
look(struct job *j, const struct typed *t, int64_t id, const void *edit,
    void *was, bool *there)
{
	struct page page;
	int rc;

	*there = false;
	if (id == 0)
		return 0;
	if (t->look != NULL)
		return t->look(j, id, edit, was, there);
	if ((rc = t->get(j->s, id, &page)) < 0)
		return rc;
	*there = true;
	t->from(was, page_row(&page, 0));
	page_free(&page);
	return 0;
}

bool
is_refused(const struct job *j, int rc)
{
	return (rc == ERR_INVALID || rc == ERR_CONFLICT || rc == ERR_NOTFOUND ||
		   rc == ERR_STATE) &&
	       !txn_failed(j->txn);
}

int
row_judged(struct job *j, const struct kept_row *row, int rc, bool *fine)
{
	*fine = rc == 0;
	if (!is_refused(j, rc))
		return rc;
	kept_refuse(j, row, kept_at(row->layout, j->s->err.field), "%s",
	    j->s->err.text);
	return 0;
}

/* What it was, to put it back. */
static int
image_of(struct job *j, const struct typed *t, int64_t id, const void *edit,
    void *was, struct str *out)
{
	const struct typed_place *p;
	size_t i;

	if (t->image != NULL)
		return t->image(j, id, edit, was, out);
	for (i = 0; i < t->nplaces; i++) {
		p = &t->places[i];
		if (p->type == TYPED_TEXT)
			image_text(out, p->name, slice_of(text_at(p, was)));
		else
			image_int(out, p->name, number_at(p, was));
	}
	return 0;
}

static void
say_value(const struct kept_row *row, const struct typed_place *p, int at,
    void *edit, struct str *out)
{
	char buf[MONEY_SIZE > TIME_SIZE ? MONEY_SIZE : TIME_SIZE];
	int64_t n;

	if (p->type == TYPED_TEXT) {
		str_add(out, text_at(p, edit));
		return;
	}
	n = number_at(p, edit);
	if (p->type == TYPED_YES)
		str_add(out, n != 0 ? _("yes") : _("no"));
	else if (p->type == TYPED_DAY || p->type == TYPED_END)
		str_add(out, n != 0 ? day_text(n, buf) : "");
	else if (row->layout->fields[at].type == KEPT_MONEY)
		str_add(out, n >= 0 ? money_plain(n, buf) : "");
	else
		str_addf(out, "%" PRId64, n);
}

/* What a column of the file has, or would have; "–" where that is nothing. */
static void
say(const struct kept_row *row, const struct typed_place *p, void *edit,
    struct str *out)
{
	const int at = kept_at(row->layout, p->name);
	size_t len;

	str_addf(out, "%s%s ", out->len > 0 ? "; " : "",
	    kept_header(row->file, (size_t)at));
	len = out->len;
	say_value(row, p, at, edit, out);
	if (out->len == len)
		str_add(out, "–");
}

/* What is other than it was; @was NULL: all that is said. */
static int
note_change(struct job *j, const struct typed *t, const struct kept_row *row,
    int64_t id, void *was, void *edit, const char *image)
{
	struct str before = STR_INIT, after = STR_INIT;
	struct noted note = {
		.kind = t->kind, .subject = id, .what = t->what, .image = image
	};
	const struct typed_place *p;
	size_t i;
	int rc;

	for (i = 0; i < t->nplaces; i++) {
		p = &t->places[i];
		if (was != NULL ? same_place(p, was, edit)
				: row->v[kept_at(row->layout, p->name)].n == 0)
			continue;
		if (was != NULL)
			say(row, p, was, &before);
		say(row, p, edit, &after);
	}
	note.before = before.s;
	note.after = after.s;
	rc = change_note(j, &note);
	if (rc == 0)
		rc = op_note(j->s, &op_import, j->txn, t->kind, id, "%s%s%s",
		    before.s, was != NULL ? " -> " : "", after.s);
	str_done(&before);
	str_done(&after);
	return rc;
}

/* Is it as it was, though it is written otherwise in the file? */
static int
is_still(struct job *j, const struct typed *t, int64_t id, void *was,
    void *edit, bool *still)
{
	void *now = fresh(j, t);
	bool there;
	int rc = look(j, t, id, edit, now, &there);

	*still = rc == 0 && there && same(t, was, now);
	if (rc == 0 && there)
		memcpy(edit, now, t->size);
	return rc;
}

static int
write_row(struct job *j, const struct typed *t, const struct kept_row *row,
    int64_t id, bool there, void *was, void *edit)
{
	struct str image = STR_INIT;
	bool fine = true, still = false;
	int64_t of = id;
	int rc = 0;

	if (of != 0)
		rc = image_of(j, t, id, edit, was, &image);
	if (rc == 0)
		rc = row_judged(j, row, t->write(j, &id, edit), &fine);
	if (rc == 0 && fine && there)
		rc = is_still(j, t, id, was, edit, &still);
	if (rc == 0 && fine) {
		kept_count(j, still   ? KEPT_SAME
			      : there ? KEPT_CHANGED
				      : KEPT_MADE);
		if (of == 0)
			rc = op_note(
			    j->s, &op_import, j->txn, t->kind, id, "made");
		else if (!still)
			rc = note_change(
			    j, t, row, id, there ? was : NULL, edit, image.s);
	}
	str_done(&image);
	return rc;
}

static int
typed_row(struct job *j, struct kept_row *row)
{
	const struct typed *t = typed_of(row->layout->shape);
	void *was = fresh(j, t), *edit = fresh(j, t);
	bool there = false, fine;
	int64_t id = 0;
	int rc;

	if (!take_cells(j, row, t, edit))
		return 0;
	rc = row_judged(j, row, id_of(j, t, edit, &id), &fine);
	if (rc == 0 && fine)
		rc = row_judged(
		    j, row, look(j, t, id, edit, was, &there), &fine);
	if (rc < 0 || !fine)
		return rc;
	if (there) {
		memcpy(edit, was, t->size);
		(void)take_cells(j, row, t, edit);
		if (same(t, was, edit)) {
			kept_count(j, KEPT_SAME);
			return 0;
		}
	}
	return write_row(j, t, row, id, there, was, edit);
}

int
typed_file(struct job *j, struct imp_file *f)
{
	const struct typed *t = typed_of(f->kept->shape);
	int rc;

	if ((rc = session_need(j->s, t->perm)) < 0 ||
	    (rc = session_need(j->s, t->also)) < 0)
		return rc;
	return kept_each(j, f, typed_row);
}

static int
put_image(struct job *j, const struct typed *t, int64_t id, char *image)
{
	void *edit = fresh(j, t);
	struct slice v;
	char *name;
	size_t i;
	int rc;

	if (t->back != NULL)
		return t->back(j, id, image);
	while (image_next(&image, &name, &v))
		for (i = 0; i < t->nplaces; i++)
			if (strcmp(t->places[i].name, name) != 0)
				continue;
			else if (t->places[i].type == TYPED_TEXT)
				copy_text(text_at(&t->places[i], edit),
				    t->places[i].size, v.s);
			else
				number_put(&t->places[i], edit,
				    strtoll(v.s, NULL, 10));
	rc = t->write(j, &id, edit);
	/* What it was is another's by now, or goods lie there. */
	return is_refused(j, rc) ? 0 : rc;
}

static int
put_back_one(struct undo *u, int64_t id)
{
	const struct typed *t = u->typed;
	struct job *j = &u->j;
	char **image;
	size_t n, i;
	int rc = undo_images(j, t->kind, id, &image, &n);

	if (rc < 0)
		return rc;
	for (i = 0; rc == 0 && i < n; i++)
		rc = put_image(j, t, id, image[i]);
	free(image);
	if (rc == 0)
		rc = op_note(j->s, &op_import, j->txn, t->kind, id,
		    "as before import %" PRId64, j->batch);
	return rc < 0 ? rc : undo_used_up(j, t->kind, id);
}

int
typed_undo(struct undo *u)
{
	unsigned shape;
	int rc = 0;

	for (shape = SHAPE_COURIERS; rc == 0 && shape < SHAPE_MAX; shape++) {
		u->typed = typed_of((enum kept_shape)shape);
		rc = undo_changed(u, u->typed->kind, put_back_one);
	}
	return rc;
}
