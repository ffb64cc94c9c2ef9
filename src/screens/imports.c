/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* What was imported before. */

struct state {
	struct table *table;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("When"), 11, 0, 0, 0 },
	{ N_("Who"), 8, 1, 2, 0 },
	{ N_("Files"), 20, 6, 0, 0 },
	{ N_("New"), 7, 0, 0, COLUMN_RIGHT },
	{ N_("Changed"), 7, 0, 0, COLUMN_RIGHT },
	{ N_("Same"), 7, 0, 3, COLUMN_RIGHT },
	{ N_("Refused"), 7, 0, 0, COLUMN_RIGHT },
	{ N_("On hold"), 7, 0, 1, COLUMN_RIGHT },
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
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;

	return import_batch_page(session_of(sc), dir, from, limit, out);
}

static int64_t
row_id(const void *row)
{
	const struct import_batch *b = row;

	return b->id;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct import_batch),
	.fetch = fetch,
	.id = row_id,
	.cell = cell,
	.empty = N_("Nothing was imported yet. F9 imports files."),
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;

	return table_reload(st->table);
}

static int
open_imports(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	st->table = table_new(&source, sc);
	return refresh(sc);
}

static void
close_imports(struct screen *sc)
{
	struct state *st = sc->state;

	table_free(st->table);
}

static int
key_imports(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	return table_key(st->table, k);
}

static void
draw_imports(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;

	table_draw(st->table, c, r);
}

static bool
has_row(struct screen *sc)
{
	struct state *st = sc->state;

	return table_selected(st->table) != NULL;
}

static int
cmd_show(struct screen *sc)
{
	struct state *st = sc->state;
	const struct import_batch *b = table_selected(st->table);

	ui_text(sc->ui, _("Files"), b->files);
	return 0;
}

static const struct cmd cmds[] = {
	{ "import-files", "Enter", N_("Files"),
	    N_("The files of this import and their fingerprints"), PERM_IMPORT,
	    CMD_NEEDS_ROW, cmd_show },
	{ .name = NULL },
};

const struct screen_ops screen_imports = {
	.name = "imports",
	.title = N_("Imports"),
	.perm = PERM_IMPORT,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_imports,
	.close = close_imports,
	.refresh = refresh,
	.key = key_imports,
	.draw = draw_imports,
	.has_row = has_row,
};
