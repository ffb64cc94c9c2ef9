/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "import_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

static int
open_import(struct screen *sc, const void *arg)
{
	(void)arg;
	return files_open_step(sc);
}

static void
close_import(struct screen *sc)
{
	struct state *st = sc->state;

	result_drop(st);
	map_close(st);
	look_clear(st);
	files_close(sc);
}

/* The language may be another, the files others. */
static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	size_t top = st->report.top;
	int rc;

	switch (st->step) {
	case STEP_FILES:
		return table_reload(st->table);
	case STEP_MAP:
		return table_reload(st->mapper.table);
	case STEP_REJECTS:
		return table_reload(st->refused.table);
	case STEP_PROVED:
	case STEP_DONE:
		rc = result_tell(sc);
		st->report.top = top;
		return rc;
	case STEP_LOOK:
		break;
	}
	return 0;
}

/* What the marked files are; when one cannot be read, the list is seen anew,
 * as it may have gone. */
static int
to_look(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = look_at_marked(sc);

	if (rc < 0) {
		ui_failed(sc->ui, rc);
		return table_reload(st->table);
	}
	st->raw = false;
	st->step = STEP_LOOK;
	return 0;
}

/* Back to the files: those that were only looked at stay marked, and what was
 * marked with them but is of another kind has its turn. */
int
import_to_files(struct screen *sc)
{
	struct state *st = sc->state;
	bool done = st->step == STEP_DONE;

	if (done)
		files_unmark_first(st, st->nrun);
	else if (st->by_enter)
		files_unmark_first(st, st->nmarked);
	result_drop(st);
	look_clear(st);
	st->by_enter = false;
	st->step = STEP_FILES;
	if (done && st->nmarked > 0)
		return to_look(sc);
	return table_reload(st->table);
}

/* The marked files and this one; when that fails it is not marked. */
static int
look_also(struct screen *sc, const char *path)
{
	struct state *st = sc->state;
	size_t before = st->nmarked;
	char *copy = xstrdup(path);
	int rc = 0;

	if (files_mark_of(st, copy) == before)
		rc = files_toggle(sc, copy);
	if (rc == 0)
		rc = to_look(sc);
	if (rc == 0 && st->step == STEP_FILES && st->nmarked > before)
		rc = files_toggle(sc, copy);
	free(copy);
	return rc;
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

	switch (st->step) {
	case STEP_FILES:
		return table_key(st->table, k);
	case STEP_LOOK:
		return look_key(sc, k);
	case STEP_MAP:
		return map_key(sc, k);
	case STEP_REJECTS:
		return rejects_key(sc, k);
	case STEP_PROVED:
	case STEP_DONE:
		break;
	}
	return report_key(&st->report, k);
}

static void
draw_import(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;

	switch (st->step) {
	case STEP_FILES:
		files_draw(sc, c, r);
		break;
	case STEP_LOOK:
		look_draw(sc, c, r);
		break;
	case STEP_MAP:
		map_draw(sc, c, r);
		break;
	case STEP_REJECTS:
		rejects_draw(sc, c, r);
		break;
	case STEP_PROVED:
	case STEP_DONE:
		result_draw(sc, c, r);
		break;
	}
}

static int
from_files(struct screen *sc)
{
	struct state *st = sc->state;
	const char *path = files_selected(sc);
	int rc;

	if (st->nmarked > 0)
		return to_look(sc);
	if (path == NULL)
		return 0;
	rc = look_also(sc, path);
	st->by_enter = rc == 0 && st->step == STEP_LOOK;
	return rc;
}

static int
from_look(struct screen *sc)
{
	struct state *st = sc->state;
	size_t unknown = look_unknown(st);

	if (unknown < st->nlooks) {
		st->at = unknown;
		ui_complain(sc->ui, "%s", st->looks[unknown].text);
		return 0;
	}
	look_choose(st);
	return result_run(sc, true);
}

static int
cmd_next(struct screen *sc)
{
	struct state *st = sc->state;

	switch (st->step) {
	case STEP_FILES:
		return from_files(sc);
	case STEP_LOOK:
		return from_look(sc);
	case STEP_MAP:
		return map_pick_field(sc);
	case STEP_PROVED:
		return result_run(sc, false);
	case STEP_DONE:
		return result_next(sc);
	case STEP_REJECTS:
		return rejects_mend(sc);
	}
	return 0;
}

static int
cmd_mark(struct screen *sc)
{
	struct state *st = sc->state;
	const char *path = files_selected(sc);
	char *copy;
	int rc;

	if (st->step != STEP_FILES || path == NULL)
		return 0;
	copy = xstrdup(path);
	rc = files_toggle(sc, copy);
	free(copy);
	return rc < 0 ? rc : table_move(st->table, 1);
}

/* What was typed; a name alone is one of the exchange folder. One that lies
 * there is chosen only for this look, as with Enter. */
static int
cmd_path(struct screen *sc)
{
	const struct app *app = sc->app;
	struct state *st = sc->state;
	char typed[1000] = "", path[2000];
	bool first = st->nmarked == 0;
	size_t n = strlen(app->exchange);
	int rc;

	if (st->step != STEP_FILES ||
	    !ui_ask(sc->ui, _("Path of the file"), typed, sizeof(typed)) ||
	    typed[0] == '\0')
		return 0;
	if (strchr(typed, '/') == NULL)
		snprintf(path, sizeof(path), "%s/%s", app->exchange, typed);
	else
		copy_text(path, sizeof(path), typed);
	rc = look_also(sc, path);
	st->by_enter = rc == 0 && st->step == STEP_LOOK && first &&
		       strncmp(path, app->exchange, n) == 0 && path[n] == '/' &&
		       strchr(path + n + 1, '/') == NULL;
	return rc;
}

/* A command of one step only. */
static int
in_step(struct screen *sc, enum step step, int (*run)(struct screen *sc))
{
	const struct state *st = sc->state;

	return st->step == step ? run(sc) : 0;
}

static int
cmd_raw(struct screen *sc)
{
	return in_step(sc, STEP_LOOK, look_turn);
}

static int
cmd_file(struct screen *sc)
{
	return in_step(sc, STEP_LOOK, look_next);
}

static int
cmd_encoding(struct screen *sc)
{
	return in_step(sc, STEP_LOOK, look_pick_encoding);
}

static int
cmd_shop(struct screen *sc)
{
	return in_step(sc, STEP_LOOK, look_pick_shop);
}

static int
cmd_columns(struct screen *sc)
{
	return in_step(sc, STEP_LOOK, map_open);
}

static int
cmd_kind(struct screen *sc)
{
	return in_step(sc, STEP_MAP, map_pick_kind);
}

static int
cmd_platform(struct screen *sc)
{
	return in_step(sc, STEP_MAP, map_pick_platform);
}

static int
cmd_clear(struct screen *sc)
{
	return in_step(sc, STEP_MAP, map_clear_field);
}

/* Other layouts are known now: what are the files? */
static void
look_again(struct state *st)
{
	struct known_file *k;

	for (k = st->known; k != NULL; k = k->next)
		k->looked = false;
}

static int
teach(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = map_teach(sc);

	if (rc <= 0)
		return rc;
	look_again(st);
	map_close(st);
	st->step = STEP_FILES;
	if ((rc = to_look(sc)) == 0 && st->step == STEP_LOOK)
		ui_say(sc->ui, "%s",
		    _("Files with these columns are recognised from now on."));
	return rc;
}

static int
cmd_teach(struct screen *sc)
{
	return in_step(sc, STEP_MAP, teach);
}

static int
taught(struct screen *sc)
{
	int rc = map_taught(sc);

	look_again(sc->state);
	return rc;
}

static int
cmd_taught(struct screen *sc)
{
	return in_step(sc, STEP_FILES, taught);
}

static int
cmd_refused(struct screen *sc)
{
	return in_step(sc, STEP_DONE, rejects_open);
}

static int
cmd_retry(struct screen *sc)
{
	return in_step(sc, STEP_REJECTS, rejects_retry);
}

static int
cmd_rejects(struct screen *sc)
{
	return rejects_write(sc);
}

static int
cmd_changes(struct screen *sc)
{
	return in_step(sc, STEP_DONE, result_changes);
}

static int
cmd_history(struct screen *sc)
{
	return ui_open(sc->ui, "imports", NULL);
}

/* A step back; from the files to where one came from. */
static int
cmd_back(struct screen *sc)
{
	struct state *st = sc->state;

	switch (st->step) {
	case STEP_FILES:
		ui_close(sc->ui);
		return 0;
	case STEP_MAP:
		map_close(st);
		st->step = STEP_LOOK;
		return 0;
	case STEP_PROVED:
		result_drop(st);
		st->step = STEP_LOOK;
		return 0;
	case STEP_REJECTS:
		st->step = STEP_DONE;
		return 0;
	case STEP_LOOK:
	case STEP_DONE:
		break;
	}
	if (rejects_unsaved(st) != NULL &&
	    !ui_confirm(
		sc->ui, _("Give up"), _("Give up the rows that are mended?")))
		return 0;
	return import_to_files(sc);
}

static const char *
next_label(const struct state *st)
{
	switch (st->step) {
	case STEP_FILES:
		return N_("Look");
	case STEP_LOOK:
		return look_unknown(st) < st->nlooks ? NULL : N_("Check");
	case STEP_MAP:
		return N_("Field");
	case STEP_PROVED:
		return N_("Import");
	case STEP_DONE:
		return st->urgent               ? N_("Changes")
		       : rejects_any(st)        ? N_("Bad rows")
		       : st->nrun < st->nmarked ? N_("Next file")
						: N_("Files");
	case STEP_REJECTS:
		return st->refused.n > 0 ? N_("Mend") : NULL;
	}
	return NULL;
}

/* In which step each is of use. */
static bool
is_of_use(const struct state *st, int (*run)(struct screen *sc))
{
	const struct import_look *look = &st->looks[st->at];

	if (run == cmd_mark || run == cmd_path || run == cmd_history ||
	    run == cmd_taught)
		return st->step == STEP_FILES;
	if (run == cmd_file)
		return st->step == STEP_LOOK && st->nlooks > 1;
	if (run == cmd_raw)
		return st->step == STEP_LOOK && look->kind != NULL;
	if (run == cmd_encoding)
		return st->step == STEP_LOOK && look->ncols > 0 &&
		       look->encoding[0] != '\0';
	if (run == cmd_shop || run == cmd_columns)
		return st->step == STEP_LOOK && look->ncols > 0;
	if (run == cmd_kind || run == cmd_platform || run == cmd_clear ||
	    run == cmd_teach)
		return st->step == STEP_MAP;
	if (run == cmd_retry)
		return st->step == STEP_REJECTS;
	if (run == cmd_refused)
		return st->step == STEP_DONE && st->urgent && rejects_any(st);
	if (run == cmd_changes)
		return st->step == STEP_DONE && !st->urgent &&
		       import_summary(st->im)->updated_n > 0;
	if (run == cmd_rejects)
		return st->im != NULL && rejects_any(st);
	return true;
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;

	if (cmd->run == cmd_next)
		return next_label(st);
	return is_of_use(st, cmd->run) ? cmd->label : NULL;
}

static const char *
unsaved(struct screen *sc)
{
	return rejects_unsaved(sc->state);
}

static const struct cmd cmds[] = {
	{ "import-next", "Enter", N_("Next"),
	    N_("Look at the files, prove them, import them"), PERM_IMPORT,
	    CMD_NEEDS_ROW, cmd_next },
	{ "import-mark", "Space", N_("Mark"),
	    N_("Take this file too: both files of a pair together"),
	    PERM_IMPORT, CMD_NEEDS_ROW, cmd_mark },
	{ "import-path", "o", N_("Path"), N_("Type the path of a file"),
	    PERM_IMPORT, 0, cmd_path },
	{ "import-file", "Tab", N_("Next file"),
	    N_("Look at the next of several files"), PERM_IMPORT, 0, cmd_file },
	{ "import-columns", "m", N_("Columns"),
	    N_("Say what the columns of an unknown file are"),
	    PERM_SETTING_EDIT, 0, cmd_columns },
	{ "import-raw", "v", N_("Other view"),
	    N_("The rows as understood, or as in the file"), PERM_IMPORT, 0,
	    cmd_raw },
	{ "import-encoding", "e", N_("Encoding"),
	    N_("How the text of the file is written"), PERM_IMPORT, 0,
	    cmd_encoding },
	{ "import-shop", "s", N_("Shop"),
	    N_("The shop the orders are of, where the file does not say"),
	    PERM_IMPORT, 0, cmd_shop },
	{ "import-teach", "t", N_("Teach"),
	    N_("Recognise files with these columns from now on"),
	    PERM_SETTING_EDIT, 0, cmd_teach },
	{ "import-kind", "i", N_("Kind"),
	    N_("What is in the file: orders, refunds, products, …"),
	    PERM_SETTING_EDIT, 0, cmd_kind },
	{ "import-platform", "p", N_("Platform"),
	    N_("Where the file comes from"), PERM_SETTING_EDIT, 0,
	    cmd_platform },
	{ "import-clear", "Del Backspace", N_("Not used"),
	    N_("This column is not used"), PERM_SETTING_EDIT, 0, cmd_clear },
	{ "import-retry", "r", N_("Try again"), N_("Try the mended rows again"),
	    PERM_IMPORT, 0, cmd_retry },
	{ "import-refused", "f", N_("Bad rows"),
	    N_("The refused rows, to be mended"), PERM_IMPORT, 0, cmd_refused },
	{ "import-changes", "c", N_("Changes"),
	    N_("What the import changed in orders that were there"),
	    PERM_IMPORT, 0, cmd_changes },
	{ "import-rejects", "w x", N_("Write"),
	    N_("Write the refused rows to a file, with the reasons"),
	    PERM_IMPORT, 0, cmd_rejects },
	{ "import-history", "l", N_("Imports"), N_("What was imported before"),
	    PERM_IMPORT, 0, cmd_history },
	{ "import-taught", "T", N_("Layouts"),
	    N_("The layouts that were taught; forget one"), PERM_SETTING_EDIT,
	    0, cmd_taught },
	{ "import-back", "Esc q", N_("Back"),
	    N_("A step back, or to the screen before"), PERM_NONE, 0,
	    cmd_back },
	{ .name = NULL },
};

const struct screen_ops screen_import = {
	.name = "import",
	.title = N_("Import"),
	.go = "F9",
	.does = N_("Read the platforms' files"),
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
	.unsaved = unsaved,
	.live = true,
};
