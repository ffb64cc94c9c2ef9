/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "import_report.h"
#include "list.h"
#include "report.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/*
 * Taking a platform's files in, in three steps that show themselves: which
 * files; what they hold, proved without changing anything; done.
 */

#define FILES_MAX 16

enum step { STEP_FILES, STEP_PROVED, STEP_DONE };

struct state {
	enum step step;
	size_t kind;
	struct table *table;
	char *marked[FILES_MAX]; /* paths */
	size_t nmarked;
	bool by_enter;     /* the one marked is only what the cursor was on */
	struct import *im; /* of the last run */
	struct report report;
};

static const struct {
	const char *name, *label;
} kinds[] = {
	{ "orders", N_("Orders") },
	{ "products", N_("Products") },
	{ "stock", N_("Stock") },
	{ "customers", N_("Customers") },
};
#define NKINDS (sizeof(kinds) / sizeof(*kinds))

struct file_row {
	int64_t id;
	int64_t marked;
	int64_t size, mtime;
	const char *name, *path;
};

/* clang-format off */
static const struct column columns[] = {
	{ "", 1, 0, 0, 0, 0 },
	{ N_("File"), 30, 1, 0, 0, 0 },
	{ N_("Size"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Modified"), 11, 0, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct file_row *f = row;

	if (f->marked)
		*style = STYLE_ACCENT;
	switch (col) {
	case 0:
		copy_text(buf, size, f->marked ? "✓" : "");
		break;
	case 1:
		copy_text(buf, size, f->name);
		break;
	case 2:
		show_bytes(buf, size, f->size);
		break;
	case 3:
		show_when(buf, size, f->mtime);
		break;
	}
}

/* Where @path is among the marked; st->nmarked: it is not. */
static size_t
mark_of(const struct state *st, const char *path)
{
	size_t i;

	for (i = 0; i < st->nmarked; i++)
		if (strcmp(st->marked[i], path) == 0)
			break;
	return i;
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
add_elsewhere(
    const struct state *st, const struct page *files, struct page *out)
{
	struct file_row *row;
	struct stat about;
	size_t i;

	for (i = 0; i < st->nmarked; i++) {
		if (is_among(files, st->marked[i]))
			continue;
		row = page_add(out);
		row->id = -1 - (int64_t)i;
		row->marked = true;
		row->path = arena_strdup(&out->arena, st->marked[i]);
		row->name = row->path;
		if (stat(row->path, &about) == 0) {
			row->size = about.st_size;
			row->mtime = about.st_mtime;
		}
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct app *app = sc->app;
	const struct state *st = sc->state;
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
		row->marked = mark_of(st, row->path) < st->nmarked;
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

static void
unmark_all(struct state *st)
{
	while (st->nmarked > 0)
		free(st->marked[--st->nmarked]);
}

static void
drop_run(struct state *st)
{
	import_free(st->im);
	st->im = NULL;
	report_clear(&st->report);
}

static int
open_import(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	st->table = table_new(&source, sc);
	return table_reload(st->table);
}

static void
close_import(struct screen *sc)
{
	struct state *st = sc->state;

	drop_run(st);
	unmark_all(st);
	table_free(st->table);
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;

	size_t top = st->report.top;

	if (st->step == STEP_FILES)
		return table_reload(st->table);
	import_tell(&st->report, st->im, st->marked,
	    st->nmarked); /* the language may be another */
	st->report.top = top;
	return 0;
}

struct run {
	struct ui *ui;
	int64_t begun;
};

/* Phase, rows a second, time left; Esc stops it. */
static int
progress(void *arg, const struct import_progress *p)
{
	const struct run *run = arg;
	int64_t ns = time_ticks() - run->begun, s = ns / 1000000000;
	char what[200], rows[MONEY_SIZE], speed[MONEY_SIZE], left[TIME_SIZE];

	if (s <= 0 || p->done <= 0)
		snprintf(what, sizeof(what), _("%s: %s rows"), p->phase,
		    count_show(p->rows, rows));
	else
		snprintf(what, sizeof(what), _("%s: %s rows, %s/s, %s left"),
		    p->phase, count_show(p->rows, rows),
		    count_show(p->rows / s, speed),
		    time_span(s * (p->total - p->done) / p->done, left));
	return ui_progress(run->ui, what, p->done, p->total);
}

static int
run_import(struct screen *sc, bool dry)
{
	struct state *st = sc->state;
	struct run run = { .ui = sc->ui, .begun = time_ticks() };
	struct import_options opt = {
		.dry_run = dry,
		.progress = progress,
		.arg = &run,
	};
	struct import *im;
	int rc;

	rc = import_run(session_of(sc), kinds[st->kind].name,
	    (const char *const *)st->marked, st->nmarked, &opt, &im);
	if (rc == ERR_CANCELLED)
		ui_say(sc->ui, "%s", _("Stopped. Nothing was changed."));
	if (rc < 0)
		return rc;
	if (!dry)
		index_words(sc);
	import_free(st->im);
	st->im = im;
	import_tell(&st->report, st->im, st->marked, st->nmarked);
	st->step = dry ? STEP_PROVED : STEP_DONE;
	return 0;
}

/* Back to the files: those that were marked and proved stay marked. */
static int
to_files(struct screen *sc)
{
	struct state *st = sc->state;

	drop_run(st);
	if (st->step == STEP_DONE || st->by_enter)
		unmark_all(st);
	st->by_enter = false;
	st->step = STEP_FILES;
	return table_reload(st->table);
}

/* Another file to be imported together with the others; or no longer. */
static int
toggle(struct screen *sc, const char *path)
{
	struct state *st = sc->state;
	size_t i = mark_of(st, path);

	if (i < st->nmarked) {
		free(st->marked[i]);
		st->marked[i] = st->marked[--st->nmarked];
	} else if (st->nmarked == FILES_MAX) {
		ui_complain(
		    sc->ui, _("No more than %d files at once."), FILES_MAX);
	} else {
		st->marked[st->nmarked++] = xstrdup(path);
	}
	return table_reload(st->table);
}

static bool
has_row(struct screen *sc)
{
	struct state *st = sc->state;

	return st->step != STEP_FILES || st->nmarked > 0 ||
	       table_selected(st->table) != NULL;
}

static int
key_import(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	if (st->step == STEP_FILES)
		return table_key(st->table, k);
	return report_key(&st->report, k);
}

/* What is imported, and from where; or how far it is. */
static void
draw_head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct app *app = sc->app;
	const struct state *st = sc->state;
	struct tab words[NKINDS];
	int x = r.x;
	size_t i;

	switch (st->step) {
	case STEP_FILES:
		for (i = 0; i < NKINDS; i++)
			words[i] = (struct tab){ _(kinds[i].label), -1 };
		draw_tabs(c, r.y, x, r.w, words, NKINDS, st->kind);
		x += canvas_text(c, r.y + 1, x, r.w, STYLE_TEXT,
			 _("Which files? Space marks several.")) +
		     2;
		canvas_text(
		    c, r.y + 1, x, r.x + r.w - x, STYLE_DIM, app->exchange);
		break;
	case STEP_PROVED:
		canvas_text(c, r.y, x, r.w, STYLE_ACCENT,
		    _("Proved; nothing is changed yet. Enter imports."));
		break;
	case STEP_DONE:
		canvas_text(c, r.y, x, r.w, STYLE_GOOD, _("Imported."));
		break;
	}
}

static void
draw_import(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;

	draw_head(sc, c, (struct rect){ r.y, r.x + 1, 2, r.w - 2 });
	if (st->step == STEP_FILES)
		table_draw(
		    st->table, c, (struct rect){ r.y + 3, r.x, r.h - 3, r.w });
	else
		report_draw(&st->report, c,
		    (struct rect){ r.y + 2, r.x + 3, r.h - 2, r.w - 6 });
}

/* Prove the marked files and this one; when that fails it is not marked. */
static int
prove_also(struct screen *sc, const char *path)
{
	struct state *st = sc->state;
	size_t before = st->nmarked;
	int rc, again;

	if (mark_of(st, path) == before && (rc = toggle(sc, path)) < 0)
		return rc;
	rc = run_import(sc, true);
	if (rc == 0 || st->nmarked == before)
		return rc;
	again = toggle(sc, st->marked[st->nmarked - 1]);
	return again < 0 ? again : rc;
}

static int
cmd_next(struct screen *sc)
{
	struct state *st = sc->state;
	const struct file_row *f;
	int rc;

	switch (st->step) {
	case STEP_FILES:
		f = table_selected(st->table);
		if (st->nmarked > 0)
			return run_import(sc, true);
		if (f == NULL)
			return 0;
		rc = prove_also(sc, f->path);
		st->by_enter = rc == 0;
		return rc;
	case STEP_PROVED:
		return run_import(sc, false);
	case STEP_DONE:
		return to_files(sc);
	}
	return 0;
}

static int
cmd_mark(struct screen *sc)
{
	struct state *st = sc->state;
	const struct file_row *f = table_selected(st->table);
	int rc;

	if (st->step != STEP_FILES || f == NULL)
		return 0;
	rc = toggle(sc, f->path);
	return rc < 0 ? rc : table_move(st->table, 1);
}

static int
cmd_path(struct screen *sc)
{
	struct state *st = sc->state;
	char path[1000] = "";

	if (st->step != STEP_FILES ||
	    !ui_ask(sc->ui, _("Path of the file"), path, sizeof(path)) ||
	    path[0] == '\0')
		return 0;
	return prove_also(sc, path);
}

static int
cmd_kind(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->step == STEP_FILES)
		st->kind = (st->kind + 1) % NKINDS;
	return 0;
}

static int
cmd_rejects(struct screen *sc)
{
	const struct app *app = sc->app;
	struct state *st = sc->state;
	char path[4096];
	size_t n = 0;
	int rc;

	if (st->im != NULL)
		import_rejects(st->im, &n);
	if (n == 0) {
		ui_say(sc->ui, "%s", _("No row was refused."));
		return 0;
	}
	rc = exchange_path(session_of(sc), app->exchange, "refused", "csv",
	    path, sizeof(path));
	if (rc == 0)
		rc = import_rejects_write(session_of(sc), st->im, path);
	if (rc < 0)
		return rc;
	ui_say(sc->ui, _("The refused rows, each with its reason, are in %s"),
	    path);
	return 0;
}

static int
cmd_history(struct screen *sc)
{
	return ui_open(sc->ui, "imports", NULL);
}

/* From the report to the files; from the files to where one came from. */
static int
cmd_back(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->step != STEP_FILES)
		return to_files(sc);
	ui_close(sc->ui);
	return 0;
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	static const char *const next[] = {
		[STEP_FILES] = N_("Check"),
		[STEP_PROVED] = N_("Import"),
		[STEP_DONE] = N_("Files"),
	};
	struct state *st = sc->state;
	size_t refused = 0;

	if (cmd->run == cmd_next)
		return next[st->step];
	if (cmd->run == cmd_mark || cmd->run == cmd_path ||
	    cmd->run == cmd_kind || cmd->run == cmd_history)
		return st->step == STEP_FILES ? cmd->label : NULL;
	if (cmd->run == cmd_rejects) {
		if (st->im != NULL)
			import_rejects(st->im, &refused);
		return refused > 0 ? cmd->label : NULL;
	}
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "import-next", "Enter", N_("Next"),
	    N_("Prove the files; then import them"), PERM_IMPORT, CMD_NEEDS_ROW,
	    cmd_next },
	{ "import-mark", "Space", N_("Mark"),
	    N_("Take this file too: both files of a pair together"),
	    PERM_IMPORT, CMD_NEEDS_ROW, cmd_mark },
	{ "import-kind", "Tab", N_("Kind"),
	    N_("Orders, products, stock or customers"), PERM_IMPORT, 0,
	    cmd_kind },
	{ "import-path", "o", N_("Path"), N_("Type the path of a file"),
	    PERM_IMPORT, 0, cmd_path },
	{ "import-rejects", "x", N_("Export"),
	    N_("Write the refused rows to a file, with the reasons"),
	    PERM_IMPORT, 0, cmd_rejects },
	{ "import-history", "l", N_("Imports"), N_("What was imported before"),
	    PERM_IMPORT, 0, cmd_history },
	{ "import-back", "Esc q", N_("Back"),
	    N_("Back to the files, or to the screen before"), PERM_NONE, 0,
	    cmd_back },
	{ .name = NULL },
};

const struct screen_ops screen_import = {
	.name = "import",
	.title = N_("Import"),
	.go = "F9",
	.perm = PERM_IMPORT,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_import,
	.close = close_import,
	.refresh = refresh,
	.key = key_import,
	.draw = draw_import,
	.has_row = has_row,
	.label = label,
};
