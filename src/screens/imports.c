/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* What was imported before. */

enum { SORT_OWN, SORT_WHEN };

/* clang-format off */
static const struct column columns[] = {
	{ N_("When"), 11, 0, 0, COLUMN_DOWN, SORT_WHEN },
	{ N_("Who"), 8, 1, 2, 0, 0 },
	{ N_("Files"), 20, 6, 0, 0, 0 },
	{ N_("New"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Changed"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Same"), 7, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Refused"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("On hold"), 7, 0, 1, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct import_batch *b = row;
	char *p;

	switch (col) {
	case 0:
		show_when(buf, size, b->at);
		break;
	case 1:
		copy_text(buf, size, b->staff);
		break;
	case 2: /* a name and its hash a line: the names */
		copy_text(buf, size, b->files);
		for (p = buf; (p = strchr(p, '\n')) != NULL;)
			*p = ' ';
		break;
	case 3:
		show_count(buf, size, b->new_n);
		break;
	case 4:
		show_count(buf, size, b->updated_n);
		break;
	case 5:
		show_count(buf, size, b->unchanged_n);
		break;
	case 6:
		if (b->rejected_n > 0)
			*style = STYLE_BAD;
		show_count(buf, size, b->rejected_n);
		break;
	case 7:
		show_count(buf, size, b->held_n);
		break;
	}
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	bool desc, oldest = list_sort(sc, &desc) == SORT_WHEN && !desc;

	return import_batch_list(session_of(sc), oldest, dir, from, limit, out);
}

static const struct table_source source;

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct screen *sc = arg;

	if (list_sought(sc)[0] == '\0')
		return fetch_all(sc, dir, from, limit, out);
	return list_sieve(sc, &source, fetch_all, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct import_batch),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct list *l = sc->state;

	return l->finder.on ? list_nothing_fits(sc)
			    : _("Nothing was imported yet. F9 imports files.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	bool desc;

	if (list_sort(sc, &desc) == 0)
		canvas_text(c, r.y, r.x, r.w, STYLE_DIM, _("newest first"));
}

static const struct list_kind kind = {
	.hint = N_("words of the file's name, who imported it"),
	.empty = empty,
	.head = head,
};

static int
open_imports(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "imports");
	return list_restart(sc);
}

static int
cmd_show(struct screen *sc)
{
	const struct import_batch *b = list_row(sc);

	ui_text(sc->ui, _("Files"), b->files);
	return 0;
}

static const struct cmd cmds[] = {
	{ "import-files", "Enter", N_("Files"),
	    N_("The files of this import and their fingerprints"), PERM_IMPORT,
	    CMD_NEEDS_ROW, cmd_show },
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
