/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../core/screens_priv.h"
#include "import_priv.h"
#include "import_report.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/ui.h"

/* A run, tried out or in earnest, and what came of it. */

void
result_drop(struct state *st)
{
	rejects_close(st);
	import_free(st->im);
	st->im = NULL;
	st->urgent = false;
	report_clear(&st->report);
}

/* Phase, rows a second, time left; Esc stops it, as long as it can be. */
int
run_progress(void *arg, const struct import_progress *p)
{
	struct run *run = arg;
	char what[200], rows[MONEY_SIZE], speed[MONEY_SIZE], left[TIME_SIZE];
	struct pace_told t = pace_take(
	    &run->pace, p->phase, p->done, p->total, p->rows, time_ticks());

	count_show(t.rows, rows);
	time_span(t.left, left);
	if (p->final && t.left >= 0)
		snprintf(what, sizeof(what),
		    _("%s: %s rows, %s left; it can no longer be stopped"),
		    p->phase, rows, left);
	else if (p->final)
		snprintf(what, sizeof(what),
		    _("%s: %s rows; it can no longer be stopped"), p->phase,
		    rows);
	else if (t.left < 0 || t.speed < 0)
		snprintf(what, sizeof(what), _("%s: %s rows"), p->phase, rows);
	else
		snprintf(what, sizeof(what), _("%s: %s rows, %s/s, %s left"),
		    p->phase, rows, count_show(t.speed, speed), left);
	if (!p->final)
		return ui_progress(run->ui, what, p->done, p->total);
	ui_finishing(run->ui, what, p->done, p->total);
	return 0;
}

/* Did it change what is still to be shipped? */
static int
ask_urgent(struct screen *sc)
{
	struct state *st = sc->state;
	const struct import_change_filter filter = {
		.batch = import_summary(st->im)->batch, .urgent_only = true
	};
	struct page page;
	int rc;

	if (filter.batch == 0)
		return 0;
	rc = import_change_page(
	    session_of(sc), &filter, PAGE_FIRST, NULL, 1, &page);
	if (rc < 0)
		return rc;
	st->urgent = page.n > 0;
	page_free(&page);
	return 0;
}

/* In a dry run, what would change as well. */
int
result_tell(struct screen *sc)
{
	struct state *st = sc->state;
	const char *paths[FILES_MAX];
	struct page coming;
	size_t i;
	int rc;

	rc = import_coming(session_of(sc), st->im, COMING_SHOWN + 1, &coming);
	if (rc < 0)
		return rc;
	for (i = 0; i < st->nrun; i++)
		paths[i] = st->marked[i].path;
	import_tell(&st->report, st->im, paths, st->nrun, &coming);
	page_free(&coming);
	if (st->nrun < st->nmarked)
		report_add(&st->report, STYLE_ACCENT,
		    ngettext("%zu file of another kind comes afterwards",
			"%zu files of other kinds come afterwards",
			st->nmarked - st->nrun),
		    st->nmarked - st->nrun);
	return 0;
}

/* When it was written, and how much; of one that has gone, nothing. */
static void
stamp(const char *path, int64_t *at, int64_t *bytes)
{
	struct stat about;
	bool there = stat(path, &about) == 0;

	*at = there ? (int64_t)about.st_mtim.tv_sec * 1000000000 +
			  about.st_mtim.tv_nsec
		    : 0;
	*bytes = there ? about.st_size : 0;
}

/* Which of the files is no longer what was tried; NULL: none. */
static const char *
changed_since(const struct state *st)
{
	int64_t at, bytes;
	size_t i;

	for (i = 0; i < st->nrun; i++) {
		stamp(st->marked[i].path, &at, &bytes);
		if (at != st->marked[i].proved || bytes != st->marked[i].bytes)
			return st->looks[i].name;
	}
	return NULL;
}

int
result_run(struct screen *sc, bool dry)
{
	struct state *st = sc->state;
	struct run run = { .ui = sc->ui };
	const char *paths[FILES_MAX], *encodings[FILES_MAX], *other;
	struct import_options opt = {
		.shop = st->shop[0] != '\0' ? st->shop : NULL,
		.encodings = encodings,
		.progress = run_progress,
		.arg = &run,
	};
	struct marked *file;
	struct import *im;
	size_t i;
	int rc;

	other = dry ? NULL : changed_since(st);
	dry = opt.dry_run = dry || other != NULL;
	for (i = 0; i < st->nrun; i++) {
		file = &st->marked[i];
		paths[i] = file->path;
		encodings[i] =
		    file->encoding[0] != '\0' ? file->encoding : NULL;
		if (dry)
			stamp(file->path, &file->proved, &file->bytes);
	}
	rc = import_run(session_of(sc), NULL, paths, st->nrun, &opt, &im);
	if (rc == ERR_CANCELLED)
		ui_say(sc->ui, "%s", _("Stopped. Nothing was changed."));
	if (rc < 0)
		return rc;
	if (!dry)
		import_arrive(session_of(sc), im);
	result_drop(st);
	st->im = im;
	st->step = dry ? STEP_PROVED : STEP_DONE;
	if (other != NULL)
		ui_complain(sc->ui,
		    _("%s has changed since it was looked at. This is what it "
		      "says now."),
		    other);
	if ((rc = result_tell(sc)) < 0 || dry)
		return rc;
	files_forget(st);
	index_words(sc);
	return ask_urgent(sc);
}

/* What came of it, in one sentence. */
static const char *
verdict(const struct state *st, enum style *style)
{
	const struct import_summary *sum = import_summary(st->im);
	bool proved = st->step == STEP_PROVED;

	*style = STYLE_WARN;
	if (sum->new_n + sum->updated_n + sum->unchanged_n > 0) {
		*style = proved ? STYLE_ACCENT : STYLE_GOOD;
		return proved
			   ? _("Proved; nothing is changed yet. Enter imports.")
			   : _("Imported.");
	}
	if (sum->rejected_n == 0)
		return _("There is nothing in it that could be imported.");
	return proved ? _("Not one row can be imported. Why stands below.")
		      : _("Nothing was imported. Why stands below.");
}

void
result_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	int x = r.x + 1, w = r.w - 2;
	enum style style;
	const char *text = verdict(st, &style);

	x += canvas_text(c, r.y, x, w, style, text) + 1;
	if (st->step == STEP_DONE && st->urgent)
		canvas_text(c, r.y, x, r.x + r.w - x, STYLE_WARN,
		    _("Orders still to be shipped have changed: look at them "
		      "first."));
	report_draw(&st->report, c,
	    (struct rect){ r.y + 2, r.x + 3, r.h - 2, r.w - 6 });
}

int
result_changes(struct screen *sc)
{
	const struct state *st = sc->state;
	const struct changes_arg arg = { .batch =
					     import_summary(st->im)->batch };

	return ui_open(sc->ui, "changes", &arg);
}

int
result_next(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->urgent) {
		st->urgent = false;
		return result_changes(sc);
	}
	return rejects_any(st) ? rejects_open(sc) : import_to_files(sc);
}
