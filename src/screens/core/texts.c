/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../review/review_acts.h"
#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/reminders.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* The texts that buyers are written to with. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("Text name"), 16, 1, 0, 0, 0 },
	{ N_("Text"), 40, 6, 0, 0, 0 },
	{ N_("Used"), 4, 0, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct text_template *t = row;

	if (!t->active)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, t->name);
		break;
	case 1:
		copy_text(buf, size, t->text);
		break;
	case 2:
		copy_text(buf, size, t->active ? _("yes") : _("no"));
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;

	return list_window(
	    text_page(session_of(sc), NULL, out), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct text_template),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("There is no text yet. n makes one, D those of a new "
		    "shop."),
};

static const char *const fields[] = { "name", "text", "active" };

static void
whole(const void *row, char *buf, size_t size)
{
	const struct text_template *t = row;

	copy_text(buf, size, t->text);
}

static const struct list_kind kind = {
	.whole = whole,
	.record = "texts",
	.fields = fields,
};

static int
open_texts(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "texts");
	return list_refresh(sc);
}

struct text_form {
	char name[64];
	char text[1000];
	char active[8];
};

static const struct field form_fields[] = {
	{ FIELD_CHARS(struct text_form, name, FIELD_TEXT, N_("Text name"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(
	    struct text_form, text, FIELD_NOTE, N_("Text"), FIELD_REQUIRED) },
	{ FIELD_CHARS(struct text_form, active, FIELD_PICK, N_("Used"), 0),
	    .choices = yes_no },
	{ .name = NULL },
};

struct text_save_to {
	struct session *s;
	int64_t id, version; /* id 0: a new one */
	char kind[16];
};

static int
save(void *arg, const void *record)
{
	const struct text_form *form = record;
	const struct text_save_to *to = arg;
	struct text_template_edit e = { .active = is_yes(form->active) };
	int64_t id;

	copy_text(e.kind, sizeof(e.kind), to->kind);
	copy_text(e.name, sizeof(e.name), form->name);
	copy_text(e.text, sizeof(e.text), form->text);
	return to->id == 0 ? text_add(to->s, &e, &id)
			   : text_save(to->s, to->id, to->version, &e);
}

static int
fill_in(struct screen *sc, const char *title, struct text_form *form,
    struct text_save_to *to)
{
	int rc = ui_form(sc->ui, title, form_fields, form, save, to);

	if (rc <= 0)
		return rc;
	ui_say(sc->ui, "%s", _("The text is saved."));
	return list_refresh(sc);
}

static int
cmd_new(struct screen *sc)
{
	struct text_save_to to = { .s = session_of(sc), .kind = "unpaid" };
	struct text_form form = { .name = "" };

	copy_text(form.active, sizeof(form.active), yes_text(true));
	return fill_in(sc,
	    _("New text: {nick} {order_no} {amount} {goods} {ago}"), &form,
	    &to);
}

static int
cmd_edit(struct screen *sc)
{
	const struct text_template *t = list_row(sc);
	struct text_save_to to = {
		.s = session_of(sc), .id = t->id, .version = t->version
	};
	struct text_form form = { .name = "" };

	copy_text(to.kind, sizeof(to.kind), t->kind);
	copy_text(form.name, sizeof(form.name), t->name);
	copy_text(form.text, sizeof(form.text), t->text);
	copy_text(form.active, sizeof(form.active), yes_text(t->active));
	return fill_in(sc,
	    strcmp(t->kind, "unpaid") == 0
		? _("Text: {nick} {order_no} {amount} {goods} {ago}")
		: _("Text: {nick} {quote_no} {amount} {goods} {postage} "
		    "{valid}"),
	    &form, &to);
}

static int
cmd_defaults(struct screen *sc)
{
	int64_t n;
	int rc = text_defaults(session_of(sc), &n);

	if (rc < 0)
		return rc;
	ui_say(sc->ui,
	    ngettext("%lld text of a new shop is added.",
		"%lld texts of a new shop are added.", (unsigned long)n),
	    (long long)n);
	return list_refresh(sc);
}

static const struct cmd cmds[] = {
	{ "text-edit", "Enter e", N_("Edit"), N_("Change this text"),
	    PERM_RULE_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "text-new", "n", N_("New"), N_("Write another text"), PERM_RULE_EDIT,
	    0, cmd_new },
	{ "text-defaults", "D", NULL,
	    N_("Add the texts of a new shop that are not here"), PERM_RULE_EDIT,
	    0, cmd_defaults },
	{ .name = NULL },
};

const struct screen_ops screen_texts = {
	.name = "texts",
	.title = N_("Texts"),
	.go = "",
	.does = N_("Ready-made messages to buyers"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct list),
	.open = open_texts,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
};
