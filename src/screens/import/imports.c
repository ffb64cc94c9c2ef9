/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "import_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What was imported before. */

enum { SORT_OWN, SORT_WHEN };

/* clang-format off */
static const struct column columns[] = {
	{ N_("When"), 11, 0, 0, COLUMN_DOWN, SORT_WHEN },
	{ N_("Who"), 8, 1, 3, 0, 0 },
	{ N_("Kind"), 9, 1, 2, 0, 0 },
	{ N_("Files"), 18, 6, 0, COLUMN_ENDS, 0 },
	{ N_("New"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Changed"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Same"), 7, 0, 5, COLUMN_RIGHT, 0 },
	{ N_("Refused"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("On hold"), 7, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("State"), 9, 0, 1, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_WHEN,
	COL_WHO,
	COL_KIND,
	COL_FILES,
	COL_NEW,
	COL_CHANGED,
	COL_SAME,
	COL_REFUSED,
	COL_HELD,
	COL_STATE
};

/* A name, a TAB and its hash a line: the names. */
static void
show_names(char *buf, size_t size, const char *files)
{
	struct str names = STR_INIT;
	size_t n;

	for (; *files != '\0'; files += n + (files[n] == '\n')) {
		if (names.len > 0)
			str_addc(&names, ' ');
		str_addn(&names, files, strcspn(files, "\t\n"));
		n = strcspn(files, "\n");
	}
	copy_text(buf, size, names.s);
	str_done(&names);
}

/* "ExportOrderList.csv +1": the first, and how many came with it. */
static void
show_first(char *buf, size_t size, const char *files)
{
	size_t len = strcspn(files, "\t\n"), more = 0;
	const char *p;

	for (p = files; (p = strchr(p, '\n')) != NULL; p++)
		more += p[1] != '\0';
	if (more > 0)
		snprintf(buf, size, "%.*s +%zu", (int)len, files, more);
	else
		snprintf(buf, size, "%.*s", (int)len, files);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct import_batch *b = row;

	if (b->state == IMPORT_UNDONE)
		*style = STYLE_DIM;
	switch (col) {
	case COL_WHEN:
		show_when(buf, size, b->at);
		break;
	case COL_WHO:
		copy_text(buf, size, b->staff);
		break;
	case COL_KIND:
		copy_text(buf, size, import_kind_text(b->kind));
		break;
	case COL_FILES:
		show_first(buf, size, b->files);
		break;
	case COL_NEW:
		show_count(buf, size, b->new_n);
		break;
	case COL_CHANGED:
		show_count(buf, size, b->updated_n);
		break;
	case COL_SAME:
		show_count(buf, size, b->unchanged_n);
		break;
	case COL_REFUSED:
		if (b->rejected_n > 0)
			*style = STYLE_BAD;
		show_count(buf, size, b->rejected_n);
		break;
	case COL_HELD:
		show_count(buf, size, b->held_n);
		break;
	case COL_STATE:
		if (b->state == IMPORT_RUNNING || b->state == IMPORT_UNDOING)
			*style = STYLE_WARN;
		copy_text(buf, size, import_state_text(b->state));
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	bool desc, oldest = list_sort(sc, &desc) == SORT_WHEN && !desc;

	return import_batch_list(session_of(sc), oldest, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct import_batch),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("Nothing was imported yet. F9 imports files."),
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	bool desc;

	if (list_sort(sc, &desc) == 0)
		canvas_text(c, r.y, r.x, r.w, STYLE_DIM, _("newest first"));
}

/* What files tell of the columns. */
static const char *const fields[] = { "at", "staff", "kind", "files", "new",
	"updated", "unchanged", "rejected", "held", "state" };

static const struct list_kind kind = {
	.record = "imports",
	.fields = fields,
	.fetch = fetch,
	.hint = N_("words of the file's name, who imported it"),
	.head = head,
};

static int
open_imports(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "imports");
	return list_restart(sc);
}

/* Everything about one: its files with their fingerprints, too. */
static int
cmd_show(struct screen *sc)
{
	const struct import_batch *b = list_row(sc);
	char at[40], undone[120] = "", when[40], figures[5][MONEY_SIZE];
	struct str text = STR_INIT;

	if (b->undone_at != 0)
		snprintf(undone, sizeof(undone), "%s  %s",
		    show_moment(when, sizeof(when), b->undone_at),
		    b->undone_by);
	show_facts(&text,
	    (const char *const[]){ _("When"),
		show_moment(at, sizeof(at), b->at), _("Who"), b->staff,
		_("Kind"), import_kind_text(b->kind), _("New"),
		count_show(b->new_n, figures[0]), _("Changed"),
		count_show(b->updated_n, figures[1]), _("Same"),
		count_show(b->unchanged_n, figures[2]), _("Refused"),
		count_show(b->rejected_n, figures[3]), _("On hold"),
		count_show(b->held_n, figures[4]), _("Undone"), undone, NULL });
	str_addf(
	    &text, "\n%s\n%s", _("Files and their fingerprints"), b->files);
	ui_text(sc->ui, _("Import"), text.s);
	str_done(&text);
	return 0;
}

static int
cmd_changes(struct screen *sc)
{
	const struct import_batch *b = list_row(sc);
	const struct changes_arg arg = { .batch = b->id };

	return ui_open(sc->ui, "changes", &arg);
}

#define STANDS_MAX 200

/* Why an import can not be taken back: what came to stand on it. */
static int
show_standing(struct screen *sc, int64_t id)
{
	const struct import_stands *stands;
	struct str text = STR_INIT;
	struct page page;
	size_t i;
	int rc;

	rc = import_standing(session_of(sc), id, STANDS_MAX, &page);
	if (rc < 0)
		return rc;
	if (page.n > 0) {
		str_add(&text, _("Later work stands on this import. It has to "
				 "be taken back first:"));
		str_add(&text, "\n\n");
	}
	for (i = 0; i < page.n; i++) {
		stands = page_row(&page, i);
		str_addf(&text, "%s  %s\n", stands->label, stands->what);
	}
	if (page.n == STANDS_MAX)
		str_add(&text, _("… and more"));
	if (page.n > 0)
		ui_text(sc->ui, _("It cannot be undone"), text.s);
	str_done(&text);
	page_free(&page);
	return 0;
}

/* The whole import goes, after a question that says what that is. */
static int
cmd_undo(struct screen *sc)
{
	const struct import_batch *b = list_row(sc);
	struct run run = { .ui = sc->ui };
	const struct import_options opt = { .progress = run_progress,
		.arg = &run };
	int64_t id = b->id;
	char names[200], a[MONEY_SIZE], d[MONEY_SIZE];
	struct err err;
	int rc;

	if (b->state == IMPORT_UNDONE) {
		ui_say(sc->ui, "%s", _("It is undone already."));
		return 0;
	}
	show_names(names, sizeof(names), b->files);
	if (!ui_confirm(sc->ui, _("Undo"),
		_("Undo the import of %s?\nGone afterwards: %s new. As before: %s "
		  "changed."),
		names, count_show(b->new_n, a), count_show(b->updated_n, d)))
		return 0;
	rc = import_undo(session_of(sc), id, &opt);
	if (rc == ERR_STATE) {
		err = *session_err(session_of(sc));
		if ((rc = show_standing(sc, id)) == 0)
			ui_complain(sc->ui, "%s", err.text);
		return rc;
	}
	if (rc == ERR_CANCELLED)
		ui_say(sc->ui, "%s", _("Stopped. Nothing was changed."));
	if (rc < 0)
		return rc;
	if ((rc = list_refresh(sc)) == 0)
		ui_say(sc->ui, "%s", _("The import is undone."));
	return rc;
}

static const struct cmd cmds[] = {
	{ "import-what", "Enter", N_("Changes"),
	    N_("What this import changed in orders that were there"),
	    PERM_IMPORT, CMD_NEEDS_ROW, cmd_changes },
	{ "import-files", "f", N_("Files"),
	    N_("The files of this import and their fingerprints"), PERM_IMPORT,
	    CMD_NEEDS_ROW, cmd_show },
	{ "import-undo", "u", N_("Undo"),
	    N_("Take the whole import back, unless later work stands on it"),
	    PERM_IMPORT, CMD_NEEDS_ROW, cmd_undo },
	{ "import-find", "/", N_("Find"),
	    N_("Find an import by the name of a file"), PERM_IMPORT, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_imports = {
	.name = "imports",
	.title = N_("Imports"),
	.perm = PERM_IMPORT,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct list),
	.open = open_imports,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
