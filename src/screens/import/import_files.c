/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "import_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/import_desk.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The exchange folder, and what each file in it is. */

#define LOOK_NS     INT64_C(150000000) /* no key waits longer for it */
#define COMPARE_MAX (INT64_C(64) << 20)

struct file_row {
	int64_t id;
	int64_t marked;
	int64_t size, mtime;
	const char *name, *path;
	const struct known_file *known;
};

enum { COL_MARK, COL_NAME, COL_WHAT, COL_SIZE, COL_TIME, COL_IMPORTED };

/* clang-format off */
static const struct column columns[] = {
	{ "", 1, 0, 0, 0, 0 },
	{ N_("File"), 24, 4, 0, COLUMN_ENDS, 0 },
	{ N_("What it is"), 20, 3, 0, 0, 0 },
	{ N_("Size"), 7, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Modified"), 9, 0, 1, 0, 0 },
	{ N_("Imported"), 9, 0, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static const char *
what_text(const struct known_file *k)
{
	if (!k->looked)
		return "…";
	switch (k->what) {
	case WHAT_UNKNOWN:
		return _("unknown");
	case WHAT_UNREADABLE:
		return _("cannot be read");
	case WHAT_EMPTY:
		return _("empty");
	case WHAT_KNOWN:
		break;
	}
	return k->text;
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct file_row *f = row;
	const struct known_file *known = f->known;

	if (f->marked)
		*style = STYLE_ACCENT;
	switch (col) {
	case COL_MARK:
		copy_text(buf, size, f->marked ? "✓" : "");
		break;
	case COL_NAME:
		copy_text(buf, size, f->name);
		break;
	case COL_WHAT:
		if (known->text[0] == '\0')
			*style = STYLE_DIM;
		copy_text(buf, size, what_text(known));
		break;
	case COL_SIZE:
		show_bytes(buf, size, f->size);
		break;
	case COL_TIME:
		show_when(buf, size, f->mtime);
		break;
	case COL_IMPORTED:
		*style = STYLE_DIM;
		show_when(buf, size, known->imported);
		break;
	}
}

size_t
files_mark_of(const struct state *st, const char *path)
{
	size_t i;

	for (i = 0; i < st->nmarked; i++)
		if (strcmp(st->marked[i].path, path) == 0)
			break;
	return i;
}

static struct known_file *
known_of(struct state *st, const char *path, int64_t size, int64_t mtime)
{
	struct known_file *k;

	for (k = st->known; k != NULL; k = k->next)
		if (k->size == size && k->mtime == mtime &&
		    strcmp(k->path, path) == 0)
			return k;
	k = xcalloc(1, sizeof(*k));
	k->path = xstrdup(path);
	k->text = xstrdup("");
	k->size = size;
	k->mtime = mtime;
	k->next = st->known;
	st->known = k;
	return k;
}

/* A file that can not be read is not known; why, says who wants to import it.
 */
static void
look_at(struct screen *sc, struct known_file *k)
{
	struct import_look look;

	k->looked = true;
	k->text[0] = '\0';
	if (import_look(session_of(sc), k->path, NULL, &look) < 0) {
		k->what = WHAT_UNREADABLE;
		return;
	}
	k->what = look.kind != NULL ? WHAT_KNOWN
		  : look.ncols > 0  ? WHAT_UNKNOWN
				    : WHAT_EMPTY;
	if (look.kind != NULL) {
		free(k->text);
		k->text = xstrdup(look.what);
	}
	import_look_free(&look);
}

static void
compare(struct screen *sc, struct known_file *k)
{
	k->compared = true;
	if (k->size > COMPARE_MAX ||
	    import_seen(session_of(sc), k->path, &k->imported) < 0)
		k->imported = 0;
}

void
files_forget(struct state *st)
{
	struct known_file *k;

	for (k = st->known; k != NULL; k = k->next)
		k->compared = false;
}

/* First what they are, and then whether they were here; a while at a time. */
static void
get_to_know(struct screen *sc)
{
	struct state *st = sc->state;
	int64_t until = time_ticks() + LOOK_NS;
	struct known_file *k;

	for (k = st->known; k != NULL && time_ticks() < until; k = k->next)
		if (!k->looked)
			look_at(sc, k);
	for (k = st->known; k != NULL && time_ticks() < until; k = k->next)
		if (!k->compared)
			compare(sc, k);
}

static bool
is_among(const struct page *files, const char *path)
{
	const struct exchange_file *file;
	size_t i;

	for (i = 0; i < files->n; i++) {
		file = page_row(files, i);
		if (strcmp(file->path, path) == 0)
			return true;
	}
	return false;
}

/* What is marked but lies in another folder is seen too, with its path. */
static void
add_elsewhere(struct state *st, const struct page *files, struct page *out)
{
	struct file_row *row;
	struct stat about;
	size_t i;

	for (i = 0; i < st->nmarked; i++) {
		if (is_among(files, st->marked[i].path))
			continue;
		row = page_add(out);
		row->id = -1 - (int64_t)i;
		row->marked = true;
		row->path = arena_strdup(&out->arena, st->marked[i].path);
		row->name = row->path;
		if (stat(row->path, &about) == 0) {
			row->size = about.st_size;
			row->mtime = about.st_mtime;
		}
		row->known = known_of(st, row->path, row->size, row->mtime);
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct app *app = sc->app;
	struct state *st = sc->state;
	const struct file_row *last = from;
	const struct exchange_file *file;
	struct file_row *row;
	struct page files;
	size_t i;
	int rc;

	rc = exchange_files(session_of(sc), app->exchange, &files);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(*row), files.n + st->nmarked);
	add_elsewhere(st, &files, out);
	for (i = 0; i < files.n; i++) {
		file = page_row(&files, i);
		row = page_add(out);
		row->id = file->id;
		row->size = file->size;
		row->mtime = file->mtime;
		row->name = arena_strdup(&out->arena, file->name);
		row->path = arena_strdup(&out->arena, file->path);
		row->marked = files_mark_of(st, row->path) < st->nmarked;
		row->known = known_of(st, row->path, row->size, row->mtime);
	}
	page_free(&files);
	page_window(out, dir, last != NULL ? last->id : 0, limit);
	return 0;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct file_row),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("The exchange folder is empty. Put the platform's files "
		    "there, or type a path with o."),
};

int
files_open_step(struct screen *sc)
{
	struct state *st = sc->state;

	st->table = table_new(&source, sc);
	return table_reload(st->table);
}

void
files_close(struct screen *sc)
{
	struct state *st = sc->state;
	struct known_file *k;

	files_unmark_first(st, st->nmarked);
	table_free(st->table);
	while ((k = st->known) != NULL) {
		st->known = k->next;
		free(k->path);
		free(k->text);
		free(k);
	}
}

void
files_unmark_first(struct state *st, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(st->marked[i].path);
	st->nmarked -= n;
	memmove(st->marked, st->marked + n, st->nmarked * sizeof(*st->marked));
}

/* Another file to be imported together with the others; or no longer. */
int
files_toggle(struct screen *sc, const char *path)
{
	struct state *st = sc->state;
	size_t i = files_mark_of(st, path);

	if (i < st->nmarked) {
		free(st->marked[i].path);
		st->marked[i] = st->marked[--st->nmarked];
	} else if (st->nmarked == FILES_MAX) {
		ui_complain(
		    sc->ui, _("No more than %d files at once."), FILES_MAX);
	} else {
		st->marked[st->nmarked++] =
		    (struct marked){ .path = xstrdup(path) };
	}
	return table_reload(st->table);
}

const char *
files_selected(const struct screen *sc)
{
	const struct state *st = sc->state;
	const struct file_row *f = table_selected(st->table);

	return f != NULL ? f->path : NULL;
}

void
files_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct app *app = sc->app;
	struct state *st = sc->state;
	const struct file_row *f;
	int x = r.x + 1;

	get_to_know(sc);
	x += canvas_text(c, r.y, x, r.w - 2, STYLE_TEXT,
		 _("Which files? Space marks several.")) +
	     2;
	canvas_text(c, r.y, x, r.x + r.w - x, STYLE_DIM, app->exchange);
	table_draw(st->table, c, (struct rect){ r.y + 2, r.x, r.h - 3, r.w });
	/* Its name whole, whatever the column cuts. */
	if ((f = table_selected(st->table)) != NULL)
		canvas_text(
		    c, r.y + r.h - 1, r.x + 1, r.w - 2, STYLE_DIM, f->name);
}
