/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/platforms.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/shops.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* The figures of the business: what the owner decides. */

#define PLATFORMS_SHOWN 40

/* clang-format off */
static const struct column columns[] = {
	{ N_("Setting"), 40, 1, 0, 0, 0 },
	{ N_("Set to"), 10, 1, 0, 0, 0 },
	{ N_("Unit"), 5, 0, 0, 0, 0 },
	{ N_("From"), 4, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Up to"), 5, 0, 1, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static bool
is_number(const struct setting *v)
{
	return v->max > v->min;
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct setting *v = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, v->meaning);
		break;
	case 1:
		copy_text(buf, size, v->value);
		break;
	case 2:
		copy_text(buf, size, v->unit);
		break;
	case 3:
		if (is_number(v))
			show_count(buf, size, v->min);
		break;
	case 4:
		if (is_number(v))
			show_count(buf, size, v->max);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct setting *last = from;
	int rc = setting_page(session_of(sc), out);

	if (rc == 0)
		page_window(out, dir, last != NULL ? last->id : 0, limit);
	return rc;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct setting),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static int
open_settings(struct screen *sc, const void *arg)
{
	struct list *l = sc->state;

	(void)arg;
	l->table = table_new(&source, sc);
	return list_refresh(sc);
}

struct setting_form {
	char value[64];
};

static const struct field fields[] = {
	{ FIELD_CHARS(struct setting_form, value, FIELD_TEXT, N_("Set to"),
	    FIELD_REQUIRED) },
	{ .name = NULL },
};

struct setting_save {
	struct session *s;
	char name[32];
};

static int
save(void *arg, const void *record)
{
	const struct setting_form *form = record;
	const struct setting_save *to = arg;

	return setting_save(to->s, to->name, form->value);
}

static int
cmd_edit(struct screen *sc)
{
	const struct setting *v = list_row(sc);
	struct setting_save to = { .s = session_of(sc) };
	struct setting_form form;
	char title[160];
	int rc;

	copy_text(to.name, sizeof(to.name), v->name);
	copy_text(form.value, sizeof(form.value), v->value);
	copy_text(title, sizeof(title), v->meaning);
	rc = ui_form(sc->ui, title, fields, &form, save, &to);
	if (rc <= 0)
		return rc;
	ui_say(sc->ui, "%s", _("The setting is saved; it holds at once."));
	return list_refresh(sc);
}

static int
cmd_history(struct screen *sc)
{
	const struct setting *v = list_row(sc);

	return open_history(sc, "setting", v->id, v->meaning);
}

struct shop_form {
	int64_t id;
	char name[101];
	const char *platform;
	struct session *s;
};

static const struct field shop_fields[] = {
	{ FIELD_CHARS(
	    struct shop_form, name, FIELD_TEXT, N_("Shop"), FIELD_REQUIRED) },
	{ .name = NULL },
};

static int
save_shop(void *arg, const void *record)
{
	const struct shop_form *form = record;

	(void)arg;
	return shop_save(form->s, form->id, form->platform, form->name);
}

/* Where a shop is; one that only a taught layout knows stays there. */
static const char *
pick_platform(struct screen *sc, const char *now)
{
	const char *words[PLATFORMS_SHOWN + 1];
	size_t n;
	int at = -1, i;

	for (n = 0; n < PLATFORMS_SHOWN && platform_names[n] != NULL; n++) {
		words[n] = platform_text(platform_names[n]);
		if (strcmp(platform_names[n], now) == 0)
			at = (int)n;
	}
	if (at < 0) {
		at = (int)n;
		words[n++] = now;
	}
	i = ui_pick(sc->ui, _("Where is it?"), words, n, at);
	if (i < 0)
		return NULL;
	return i == at ? now : platform_names[i];
}

static int
edit_shop(struct screen *sc, const struct shop_name *shop)
{
	struct shop_form form = { .id = shop->id, .s = session_of(sc) };
	int rc;

	form.platform = pick_platform(sc, shop->platform);
	if (form.platform == NULL)
		return 0;
	copy_text(form.name, sizeof(form.name), shop->name);
	rc = ui_form(sc->ui, platform_text(form.platform), shop_fields, &form,
	    save_shop, NULL);
	if (rc > 0)
		ui_say(sc->ui,
		    _("The shop is %s now. Files that have its old name go "
		      "on finding it."),
		    form.name);
	return rc < 0 ? rc : 0;
}

static int
cmd_shops(struct screen *sc)
{
	const struct shop_name *shop;
	const char **words;
	struct page page;
	size_t i;
	int at, rc;

	if ((rc = shop_page(session_of(sc), &page)) < 0)
		return rc;
	words = xcalloc(page.n + 1, sizeof(*words));
	for (i = 0; i < page.n; i++) {
		shop = page_row(&page, i);
		words[i] = arena_printf(&page.arena, "%s  %s", shop->name,
		    platform_text(shop->platform));
	}
	if (page.n == 0)
		ui_say(sc->ui, "%s",
		    _("There is no shop yet: the first import makes it."));
	at = page.n > 0 ? ui_pick(sc->ui, _("Which shop?"), words, page.n, 0)
			: -1;
	if (at >= 0)
		rc = edit_shop(sc, page_row(&page, (size_t)at));
	free(words);
	page_free(&page);
	return rc;
}

static const struct cmd cmds[] = {
	{ "setting-edit", "Enter e", N_("Edit"), N_("Change this setting"),
	    PERM_SETTING_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "shops", "s", N_("Shops"),
	    N_("What the shops are called, and on which platform they are"),
	    PERM_SETTING_EDIT, 0, cmd_shops },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_settings = {
	.name = "settings",
	.title = N_("Settings"),
	.go = "F10",
	.does = N_("The shop's own figures and limits"),
	.perm = PERM_SETTING_EDIT,
	.cmds = cmds,
	.size = sizeof(struct list),
	.open = open_settings,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
};
