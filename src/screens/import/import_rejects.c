/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "import_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/import_desk.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The refused rows: opened as a form, put right, and tried again. */

#define CELL_ROOM 256 /* more than what is there already */

struct shown_row {
	int64_t id; /* its place, from 1 */
	const struct import_reject *reject;
	bool mended;
};

/* clang-format off */
static const struct column columns[] = {
	{ "", 1, 0, 0, 0, 0 },
	{ N_("File"), 14, 2, 1, COLUMN_ENDS, 0 },
	{ N_("Line"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Column"), 14, 1, 0, 0, 0 },
	{ N_("Reason"), 26, 6, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct shown_row *shown = row;
	const struct import_reject *r = shown->reject;

	if (shown->mended)
		*style = STYLE_ACCENT;
	switch (col) {
	case 0:
		copy_text(buf, size, shown->mended ? "✎" : "");
		break;
	case 1:
		copy_text(buf, size, r->file);
		break;
	case 2:
		show_count(buf, size, r->line);
		break;
	case 3:
		copy_text(buf, size,
		    r->column[0] != '\0' ? r->column : _("whole row"));
		break;
	case 4:
		copy_text(buf, size, r->reason);
		break;
	}
}

static const struct import_reject *
reject_of(const struct refused_row *row)
{
	size_t n;

	return &import_rejects(row->im, &n)[row->at];
}

/* There may be very many: only those asked for are looked at. */
static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct refused *r = &st->refused;
	const struct shown_row *last = from;
	size_t at = last != NULL ? (size_t)last->id : 0, first = 0, end, i;
	struct shown_row *row;

	if (dir == PAGE_FIRST)
		end = limit;
	else if (dir == PAGE_AFTER)
		end = (first = at) + limit;
	else {
		end = dir == PAGE_BEFORE && at > 0 ? at - 1 : r->n;
		first = end > limit ? end - limit : 0;
	}
	if (end > r->n)
		end = r->n;
	page_init(out, sizeof(*row), limit);
	for (i = first; i < end; i++) {
		row = page_add(out);
		row->id = (int64_t)i + 1;
		row->reject = reject_of(&r->v[i]);
		row->mended = r->v[i].mended != NULL;
	}
	return 0;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct shown_row),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No row is refused any more."),
};

static void
add_all(struct refused *r, struct import *im)
{
	size_t i, n;

	import_rejects(im, &n);
	if (n == 0)
		return;
	r->v = xreallocarray(r->v, r->n + n, sizeof(*r->v));
	for (i = 0; i < n; i++)
		r->v[r->n++] = (struct refused_row){ .im = im, .at = i };
}

bool
rejects_any(const struct state *st)
{
	size_t n = 0;

	if (st->refused.table != NULL)
		return st->refused.n > 0;
	if (st->im != NULL)
		import_rejects(st->im, &n);
	return n > 0;
}

int
rejects_open(struct screen *sc)
{
	struct state *st = sc->state;
	struct refused *r = &st->refused;

	if (!rejects_any(st)) {
		ui_say(sc->ui, "%s", _("No row was refused."));
		return 0;
	}
	if (r->table == NULL) {
		add_all(r, st->im);
		r->table = table_new(&source, sc);
	}
	st->step = STEP_REJECTS;
	return table_reload(r->table);
}

void
rejects_close(struct state *st)
{
	struct refused *r = &st->refused;

	table_free(r->table);
	while (r->n > 0)
		free(r->v[--r->n].mended);
	free(r->v);
	while (r->nretried > 0)
		import_free(r->retried[--r->nretried]);
	free(r->retried);
	*r = (struct refused){ 0 };
}

int
rejects_key(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	return table_key(st->refused.table, k);
}

static size_t
count_mended(const struct refused *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->n; i++)
		n += r->v[i].mended != NULL;
	return n;
}

const char *
rejects_unsaved(const struct state *st)
{
	return count_mended(&st->refused) > 0
		   ? _("Rows are mended that were not tried again yet.")
		   : NULL;
}

void
rejects_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct shown_row *row = table_selected(st->refused.table);
	size_t mended = count_mended(&st->refused);
	char text[200];
	int h = 0;

	snprintf(text, sizeof(text),
	    ngettext("%zu refused row", "%zu refused rows", st->refused.n),
	    st->refused.n);
	r.x++;
	r.w -= 2;
	h = canvas_text(c, r.y, r.x, r.w, STYLE_LABEL, text);
	if (mended > 0) {
		snprintf(text, sizeof(text),
		    ngettext("%zu is mended: r tries it again",
			"%zu are mended: r tries them again", mended),
		    mended);
		canvas_text(
		    c, r.y, r.x + h + 3, r.w - h - 3, STYLE_ACCENT, text);
	}
	/* The reason whole, however long it is. */
	h = row != NULL ? text_lines(row->reject->reason, r.w) : 0;
	h = h > 3 ? 3 : h;
	if (row != NULL)
		canvas_wrap(c, (struct rect){ r.y + r.h - h, r.x, h, r.w },
		    STYLE_BAD, row->reject->reason);
	table_draw(st->refused.table, c,
	    (struct rect){ r.y + 2, r.x - 1, r.h - 3 - h, r.w + 2 });
}

/* A row as a form. */
struct sheet {
	struct page cells;
	struct field *fields;
	char *record;
	size_t *place; /* of each cell, in the record */
	char why[700];
};

static struct field
text_field(struct sheet *f, const struct import_cell *cell, size_t offset)
{
	return (struct field){
		.name = cell->header,
		.label = cell->header[0] != '\0'
			     ? cell->header
			     : arena_printf(&f->cells.arena, _("(column %zu)"),
				   (size_t)cell->id),
		.type = FIELD_TEXT,
		.offset = offset,
		.size = strlen(cell->value) + CELL_ROOM,
	};
}

/* First why, then the field at fault, then the others as they come. */
static void
sheet_init(struct sheet *f, const struct refused_row *row)
{
	const struct import_reject *r = reject_of(row);
	const struct import_cell *cell;
	size_t i, n, used = sizeof(f->why);
	int pass;

	import_cells(row->im, row->at,
	    row->mended != NULL ? row->mended : r->row, &f->cells);
	n = f->cells.n;
	f->fields = xcalloc(n + 2, sizeof(*f->fields));
	f->place = xcalloc(n + 1, sizeof(*f->place));
	for (i = 0; i < n; i++) {
		cell = page_row(&f->cells, i);
		f->place[i] = used;
		used += strlen(cell->value) + CELL_ROOM;
	}
	f->record = xcalloc(1, used);
	copy_text(f->record, sizeof(f->why), r->reason);
	f->fields[0] = (struct field){ .name = "-",
		.label = N_("Refused why"),
		.type = FIELD_NOTE,
		.flags = FIELD_FIXED,
		.size = sizeof(f->why) };
	used = 1;
	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < n; i++) {
			cell = page_row(&f->cells, i);
			if (cell->fault == (pass == 1))
				continue;
			copy_text(f->record + f->place[i],
			    strlen(cell->value) + 1, cell->value);
			f->fields[used++] = text_field(f, cell, f->place[i]);
		}
}

static void
sheet_done(struct sheet *f)
{
	page_free(&f->cells);
	free(f->fields);
	free(f->record);
	free(f->place);
}

/* Whether it is right now, the next try says. */
static int
keep(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return 0;
}

static void
store(struct refused_row *row, const struct sheet *f)
{
	const char **values = xcalloc(f->cells.n, sizeof(*values));
	const struct import_cell *cell;
	bool changed = false;
	size_t i;

	for (i = 0; i < f->cells.n; i++) {
		cell = page_row(&f->cells, i);
		values[i] = f->record + f->place[i];
		changed |= strcmp(values[i], cell->value) != 0;
	}
	if (changed) {
		free(row->mended);
		row->mended = import_row_of(values, f->cells.n);
	}
	free(values);
}

int
rejects_mend(struct screen *sc)
{
	struct state *st = sc->state;
	struct refused *r = &st->refused;
	const struct shown_row *shown = table_selected(r->table);
	struct refused_row *row;
	struct sheet f = { .fields = NULL };
	char title[300], line[MONEY_SIZE];
	int rc;

	if (shown == NULL)
		return 0;
	row = &r->v[shown->id - 1];
	snprintf(title, sizeof(title), _("%s, line %s"), shown->reject->file,
	    count_show(shown->reject->line, line));
	sheet_init(&f, row);
	rc = ui_form(sc->ui, title, f.fields, f.record, keep, NULL);
	if (rc > 0)
		store(row, &f);
	sheet_done(&f);
	if (rc <= 0)
		return rc;
	rc = table_reload(r->table);
	return rc < 0 ? rc : table_move(r->table, 1);
}

/* Those that are tried again: what is mended, and of rows that belong together
 * the others with them. */
static bool
goes(const struct refused_row *row, const struct import *im, bool together)
{
	return row->im == im && (row->mended != NULL || together);
}

/* The mended rows of one import, tried again; what is still refused comes in
 * their place. */
static int
retry(struct screen *sc, struct import *im, struct import_options *opt,
    struct import_summary *sum)
{
	struct state *st = sc->state;
	struct refused *r = &st->refused;
	size_t *which = xcalloc(r->n + 1, sizeof(*which)), i, n = 0, left = 0;
	const char **rows = xcalloc(r->n + 1, sizeof(*rows));
	const struct import_summary *one;
	bool together = false;
	struct import *again;
	int rc = 0;

	for (i = 0; i < r->n; i++)
		together |= r->v[i].im == im && r->v[i].mended != NULL;
	together = together && import_rows_together(im);
	for (i = 0; i < r->n; i++)
		if (goes(&r->v[i], im, together)) {
			which[n] = r->v[i].at;
			rows[n++] = r->v[i].mended != NULL
					? r->v[i].mended
					: reject_of(&r->v[i])->row;
		}
	if (n > 0)
		rc = import_retry(
		    session_of(sc), im, which, rows, n, opt, &again);
	free(which);
	free(rows);
	if (rc < 0 || n == 0)
		return rc;
	import_arrive(session_of(sc), again);
	for (i = 0; i < r->n; i++)
		if (goes(&r->v[i], im, together))
			free(r->v[i].mended);
		else
			r->v[left++] = r->v[i];
	r->n = left;
	r->retried =
	    xreallocarray(r->retried, r->nretried + 1, sizeof(*r->retried));
	r->retried[r->nretried++] = again;
	add_all(r, again);
	one = import_summary(again);
	sum->new_n += one->new_n;
	sum->updated_n += one->updated_n;
	sum->unchanged_n += one->unchanged_n;
	sum->rejected_n += one->rejected_n;
	return 0;
}

int
rejects_retry(struct screen *sc)
{
	struct state *st = sc->state;
	struct refused *r = &st->refused;
	struct run run = { .ui = sc->ui };
	struct import_options opt = { .progress = run_progress, .arg = &run };
	struct import_summary sum = { 0 };
	char a[MONEY_SIZE], b[MONEY_SIZE], d[MONEY_SIZE], e[MONEY_SIZE];
	size_t i, before = r->nretried;
	int rc, again;

	if (count_mended(r) == 0) {
		ui_say(
		    sc->ui, "%s", _("No row is mended yet: Enter opens one."));
		return 0;
	}
	if (st->shop[0] != '\0')
		opt.shop = st->shop;
	rc = retry(sc, st->im, &opt, &sum);
	for (i = 0; rc == 0 && i < before; i++)
		rc = retry(sc, r->retried[i], &opt, &sum);
	again = table_restart(r->table);
	if (rc < 0 || again < 0)
		return rc < 0 ? rc : again;
	index_words(sc);
	ui_say(sc->ui,
	    _("Tried again: %s new, %s changed, %s as they were, %s still "
	      "refused."),
	    count_show(sum.new_n, a), count_show(sum.updated_n, b),
	    count_show(sum.unchanged_n, d), count_show(sum.rejected_n, e));
	return 0;
}

/* Those that are still refused, as they are by now. */
static int
write_left(struct session *s, const struct refused *r, const char *path)
{
	struct import_refused *rows = xcalloc(r->n, sizeof(*rows));
	size_t i;
	int rc;

	for (i = 0; i < r->n; i++)
		rows[i] = (struct import_refused){
			.im = r->v[i].im,
			.which = r->v[i].at,
			.row = r->v[i].mended,
		};
	rc = import_refused_write(s, rows, r->n, path);
	free(rows);
	return rc;
}

int
rejects_write(struct screen *sc)
{
	const struct app *app = sc->app;
	const struct state *st = sc->state;
	const struct refused *r = &st->refused;
	char path[4096];
	int rc;

	if (st->im == NULL || !rejects_any(st)) {
		ui_say(sc->ui, "%s", _("No row was refused."));
		return 0;
	}
	rc = exchange_path(session_of(sc), app->exchange, "refused", "csv",
	    path, sizeof(path));
	if (rc == 0)
		rc = r->table != NULL
			 ? write_left(session_of(sc), r, path)
			 : import_rejects_write(session_of(sc), st->im, path);
	if (rc == 0)
		ui_say(sc->ui,
		    _("The refused rows, each with its reason, are in %s"),
		    path);
	return rc;
}
