/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/categories.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The tree of categories; Enter shows the goods of one. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("Category"), 24, 2, 0, 0, 0 },
	{ N_("Products"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Path"), 24, 3, 1, 0, 0 },
	{ .title = NULL },
};

#define EDIT struct category_edit
static const struct field form_fields[] = {
	{ FIELD_CHARS(EDIT, name, FIELD_TEXT, N_("Category name"), FIELD_REQUIRED) },
	{ FIELD_CHARS(EDIT, parent, FIELD_TEXT, N_("In"), 0),
	    .hint = N_("empty: on top; made if it is not there") },
	{ .name = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct category *c = row;

	switch (col) {
	case 0:
		snprintf(buf, size, "%*s%s", (int)c->depth * 2, "", c->name);
		break;
	case 1:
		if (c->products > 0)
			show_count(buf, size, c->products);
		break;
	case 2:
		*style = STYLE_DIM;
		copy_text(buf, size, c->depth > 0 ? c->path : "");
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_window(
	    category_all(session_of(arg), out), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct category),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No categories yet. n makes one; an import of "
		    "products brings its own."),
};

static int
cmd_goods(struct screen *sc)
{
	const struct category *c = list_row(sc);
	const struct stock_arg arg = { .category = c->path };

	return ui_open(sc->ui, "stock", &arg);
}

static const char *const fields[] = { "name", "products", "path;depth" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "categories",
	.fields = fields,
	.hint = N_("a part of the name"),
	.enter = cmd_goods,
};

static int
open_categories(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "categories");
	return list_restart(sc);
}

struct saving {
	struct session *s;
	int64_t id, version; /* 0: a new one */
};

static int
save(void *arg, const void *record)
{
	struct saving *sv = arg;

	if (sv->id == 0)
		return category_add(sv->s, record, &sv->id);
	return category_save(sv->s, sv->id, sv->version, record);
}

static int
fill_in(struct screen *sc, const char *title, struct saving *sv,
    struct category_edit *e)
{
	int rc = ui_form(sc->ui, title, form_fields, e, save, sv);

	if (rc <= 0)
		return rc;
	ui_say(sc->ui, _("%s is saved."), e->name);
	return list_refresh(sc);
}

/* Beside the one that one is on. */
static int
cmd_new(struct screen *sc)
{
	const struct category *c = list_row(sc);
	struct saving sv = { .s = session_of(sc) };
	struct category_edit e = { .name = "" };

	if (c != NULL)
		category_edit_from(&e, c);
	e.name[0] = '\0';
	return fill_in(sc, _("New category"), &sv, &e);
}

static int
cmd_edit(struct screen *sc)
{
	const struct category *c = list_row(sc);
	struct saving sv = {
		.s = session_of(sc),
		.id = c->id,
		.version = c->version,
	};
	struct category_edit e;

	category_edit_from(&e, c);
	return fill_in(sc, _("Category"), &sv, &e);
}

static int
cmd_drop(struct screen *sc)
{
	const struct category *c = list_row(sc);
	char path[CATEGORY_PATH];
	int rc;

	copy_text(path, sizeof(path), c->path);
	if ((rc = category_drop(session_of(sc), c->id)) < 0 ||
	    (rc = list_refresh(sc)) < 0)
		return rc;
	ui_say(sc->ui, _("%s is taken away."), path);
	return 0;
}

static int
cmd_history(struct screen *sc)
{
	const struct category *c = list_row(sc);

	return open_history(sc, "category", c->id, c->path);
}

static const struct cmd cmds[] = {
	{ "category-goods", "Enter", N_("Products"),
	    N_("See the products of this category and of those in it"),
	    PERM_PRODUCT_VIEW, CMD_NEEDS_ROW, cmd_goods },
	{ "category-new", "n", N_("New"), N_("Make another category"),
	    PERM_PRODUCT_EDIT, 0, cmd_new },
	{ "category-edit", "e", N_("Edit"),
	    N_("Give it another name, or put it in another one"),
	    PERM_PRODUCT_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "category-drop", "X", N_("Take away"),
	    N_("Take an empty category away"), PERM_PRODUCT_EDIT, CMD_NEEDS_ROW,
	    cmd_drop },
	{ "category-find", "/", N_("Find"), N_("Find a category by its name"),
	    PERM_NONE, 0, cmd_list_find },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_categories = {
	.name = "categories",
	.title = N_("Categories"),
	.go = "",
	.does = N_("Sort the goods into groups"),
	.perm = PERM_PRODUCT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct list),
	.open = open_categories,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
