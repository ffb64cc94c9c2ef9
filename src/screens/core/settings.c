/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../review/review_acts.h"
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
	{ N_("Setting"), 38, 1, 0, 0, 0 },
	{ N_("Set to"), 10, 1, 0, 0, 0 },
	{ N_("Unit"), 5, 0, 0, 0, 0 },
	{ N_("From"), 4, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Up to"), 8, 0, 1, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

/* A limit, as the value is shown. */
static void
limit(const struct setting *v, int64_t n, char *buf, size_t size)
{
	if (v->shape == SETTING_NUMBER)
		show_count(buf, size, n);
	else if (v->shape == SETTING_MONEY)
		show_money(buf, size, n);
}

static void
value(const struct setting *v, char *buf, size_t size)
{
	if (v->shape == SETTING_MONEY)
		show_money(buf, size, strtoll(v->value, NULL, 10));
	else if (v->shape == SETTING_YES_NO)
		copy_text(buf, size, _(yes_text(v->value[0] == '1')));
	else
		copy_text(buf, size, v->value);
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
		value(v, buf, size);
		break;
	case 2:
		copy_text(
		    buf, size, v->shape == SETTING_MONEY ? _("yuan") : v->unit);
		break;
	case 3:
		limit(v, v->min, buf, size);
		break;
	case 4:
		limit(v, v->max, buf, size);
		break;
	}
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;

	return list_window(
	    setting_page(session_of(sc), out), dir, from, limit, out);
}

static const struct table_source source;

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(arg, &source, fetch_all, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct setting),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static void
whole(const void *row, char *buf, size_t size)
{
	const struct setting *v = row;

	if (v->shape == SETTING_TEXT && v->value[0] != '\0')
		snprintf(buf, size, "%s\n%s", v->meaning, v->value);
	else
		copy_text(buf, size, v->meaning);
}

static int cmd_edit(struct screen *sc);

static const char *const record_fields[] = { "meaning", "value", "unit", "min",
	"max" };

static const struct list_kind kind = {
	.hint = N_("words of what it is about"),
	.enter = cmd_edit,
	.whole = whole,
	.record = "settings",
	.fields = record_fields,
};

static int
open_settings(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "settings");
	return list_restart(sc);
}

/* What a setting is typed in as. */
struct text_form {
	char value[SETTING_VALUE];
};

struct money_form {
	int64_t value;
};

static const struct field text_fields[] = {
	{ FIELD_CHARS(struct text_form, value, FIELD_TEXT, N_("Set to"), 0) },
	{ .name = NULL },
};

static const struct field number_fields[] = {
	{ FIELD_CHARS(struct text_form, value, FIELD_TEXT, N_("Set to"),
	    FIELD_REQUIRED) },
	{ .name = NULL },
};

static const struct field yes_fields[] = {
	{ FIELD_CHARS(struct text_form, value, FIELD_PICK, N_("Set to"), 0),
	    .choices = yes_no },
	{ .name = NULL },
};

static const struct field money_fields[] = {
	{ FIELD_NUM(struct money_form, value, FIELD_MONEY, N_("Set to"),
	      FIELD_REQUIRED),
	    .hint = N_("yuan") },
	{ .name = NULL },
};

static const struct field *const fields[] = {
	[SETTING_NUMBER] = number_fields,
	[SETTING_YES_NO] = yes_fields,
	[SETTING_MONEY] = money_fields,
	[SETTING_TEXT] = text_fields,
};

struct setting_save {
	struct session *s;
	enum setting_shape shape;
	char name[32];
};

static int
save(void *arg, const void *record)
{
	const struct text_form *text = record;
	const struct money_form *money = record;
	const struct setting_save *to = arg;
	char fen[32];

	if (to->shape == SETTING_YES_NO)
		return setting_save(
		    to->s, to->name, is_yes(text->value) ? "1" : "0");
	if (to->shape != SETTING_MONEY)
		return setting_save(to->s, to->name, text->value);
	snprintf(fen, sizeof(fen), "%" PRId64, money->value);
	return setting_save(to->s, to->name, fen);
}

static int
cmd_edit(struct screen *sc)
{
	const struct setting *v = list_row(sc);
	struct setting_save to = { .s = session_of(sc), .shape = v->shape };
	struct money_form money = { strtoll(v->value, NULL, 10) };
	struct text_form text;
	char title[160];
	int rc;

	copy_text(to.name, sizeof(to.name), v->name);
	copy_text(title, sizeof(title), v->meaning);
	copy_text(text.value, sizeof(text.value),
	    v->shape == SETTING_YES_NO ? yes_text(v->value[0] == '1')
				       : v->value);
	rc = ui_form(sc->ui, title, fields[v->shape],
	    v->shape == SETTING_MONEY ? (void *)&money : (void *)&text, save,
	    &to);
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
	{ "setting-find", "/", N_("Find"), N_("Find a setting"), PERM_NONE, 0,
	    cmd_list_find },
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
	.typing = list_typing,
	.shared = &list_cmds,
};
