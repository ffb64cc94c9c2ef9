/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

#include "import_typed.h"

/*
 * Lists of ours that people type in: a row over what is there, judged and
 * written by the department that has it. What a row does not say stays.
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

static bool
take_cell(struct job *j, const struct kept_row *row,
    const struct typed_place *p, void *edit)
{
	int at = kept_at(row->layout, p->name);
	struct slice v = row->v[at];
	int64_t n = row->n[at];

	if (v.n == 0)
		return true;
	switch (p->type) {
	case TYPED_TEXT:
		if (v.n < p->size) {
			copy_text(text_at(p, edit), p->size,
			    slice_text(&j->scratch, v));
			return true;
		}
		kept_refuse(j, row, at,
		    _("The text is too long: %d bytes at most"),
		    (int)p->size - 1);
		return false;
	case TYPED_YES:
		if (!yes_or_no(v, &n)) {
			kept_refuse(j, row, at, _("Write yes or no"));
			return false;
		}
		break;
	case TYPED_DAY:
		n = time_day(n);
		break;
	case TYPED_NUMBER:
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
same(const struct typed *t, void *a, void *b)
{
	const struct typed_place *p;
	size_t i;

	for (i = 0; i < t->nplaces; i++) {
		p = &t->places[i];
		if (p->type == TYPED_TEXT
			? strcmp(text_at(p, a), text_at(p, b)) != 0
			: number_at(p, a) != number_at(p, b))
			return false;
	}
	return true;
}

/* A new one is in use, unless the row says otherwise. */
static void *
fresh(struct job *j, const struct typed *t)
{
	char *edit = memset(arena_alloc(&j->scratch, t->size), 0, t->size);
	size_t i;

	for (i = 0; i < t->nplaces; i++)
		if (t->places[i].type == TYPED_YES)
			number_put(&t->places[i], edit, 1);
	return edit;
}

/* What the domain will not have is the row's fault, not the import's. */
static int
judged(struct job *j, const struct kept_row *row, int rc, bool *fine)
{
	*fine = rc == 0;
	if (rc != ERR_INVALID && rc != ERR_CONFLICT && rc != ERR_NOTFOUND &&
	    rc != ERR_STATE)
		return rc;
	kept_refuse(j, row, kept_at(row->layout, j->s->err.field), "%s",
	    j->s->err.text);
	return 0;
}

/* What it was, to put it back. */
static int
image_of(struct job *j, const struct typed *t, int64_t id, void *was,
    struct str *out)
{
	const struct typed_place *p;
	size_t i;

	if (t->image != NULL)
		return t->image(j, id, out);
	for (i = 0; i < t->nplaces; i++) {
		p = &t->places[i];
		if (p->type == TYPED_TEXT)
			image_text(out, p->name, slice_of(text_at(p, was)));
		else
			image_int(out, p->name, number_at(p, was));
	}
	return 0;
}

/* In a few words: what it is called is read when it is shown. */
static int
note_change(struct job *j, const struct typed *t, const struct kept_row *row,
    int64_t id, const char *image)
{
	struct str words = STR_INIT;
	struct noted note = { .kind = t->kind, .subject = id, .what = "facts" };
	size_t i;
	int rc;

	for (i = 0; i < row->layout->nfields; i++)
		if (row->v[i].n > 0)
			str_addf(&words, "%s%.*s", words.len > 0 ? " " : "",
			    (int)row->v[i].n, row->v[i].s);
	note.after = words.s;
	note.image = image;
	rc = change_note(j, &note);
	if (rc == 0)
		rc = op_note(
		    j->s, &op_import, j->txn, t->kind, id, "%s", words.s);
	str_done(&words);
	return rc;
}

static int
write_row(struct job *j, const struct typed *t, const struct kept_row *row,
    int64_t id, bool there, void *was, void *edit)
{
	struct str image = STR_INIT;
	int64_t of = id;
	bool fine = true;
	int rc = 0;

	if (id != 0)
		rc = image_of(j, t, id, was, &image);
	if (rc == 0)
		rc = judged(j, row, t->write(j, &id, edit), &fine);
	if (rc == 0 && fine) {
		kept_count(j, there ? KEPT_CHANGED : KEPT_MADE);
		rc = of != 0 ? note_change(j, t, row, id, image.s)
			     : op_note(j->s, &op_import, j->txn, t->kind, id,
				   "made");
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
	rc = judged(j, row, t->find(j, edit, &id, was, &there), &fine);
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
	int rc = session_need(j->s, typed_of(f->kept->shape)->perm);

	return rc < 0 ? rc : kept_each(j, f, typed_row);
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
	return rc == ERR_CONFLICT || rc == ERR_INVALID || rc == ERR_NOTFOUND ||
		       rc == ERR_STATE
		   ? 0
		   : rc;
}

static int
put_back_typed(struct undo *u, enum kept_shape shape, int64_t id)
{
	const struct typed *t = typed_of(shape);
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
put_back_courier(struct undo *u, int64_t id)
{
	return put_back_typed(u, SHAPE_COURIERS, id);
}

int
put_back_bin(struct undo *u, int64_t id)
{
	return put_back_typed(u, SHAPE_BINS, id);
}

int
put_back_template(struct undo *u, int64_t id)
{
	return put_back_typed(u, SHAPE_TEMPLATES, id);
}
