/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What has to be known of goods made to order. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("Short name"), 12, 0, 0, 0, 0 },
	{ N_("Title"), 12, 1, 0, 0, 0 },
	{ N_("Type"), 8, 0, 0, 0, 0 },
	{ N_("Unit"), 6, 0, 2, 0, 0 },
	{ N_("From"), 8, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Up to"), 8, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Typed twice"), 11, 0, 0, 0, 0 },
	{ N_("In use"), 6, 0, 1, 0, 0 },
	{ N_("Product"), 10, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Choices"), 10, 2, 4, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
limit_words(const struct attr_def *d, int64_t n, char *buf, size_t size)
{
	char raw[32];

	if (d->least == 0 && d->most == 0)
		return;
	snprintf(raw, sizeof(raw), "%lld", (long long)n);
	attr_words(d->type, "", raw, buf, size);
	buf[strcspn(buf, "(（")] = '\0';
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct attr_def *d = row;

	if (!d->active)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, d->name);
		break;
	case 1:
		copy_text(buf, size, d->title);
		break;
	case 2:
		copy_text(buf, size, attr_type_text(d->type));
		break;
	case 3:
		copy_text(buf, size, d->unit);
		break;
	case 4:
		limit_words(d, d->least, buf, size);
		break;
	case 5:
		limit_words(d, d->most, buf, size);
		break;
	case 6:
		copy_text(buf, size, _(variant_made[d->critical != 0]));
		break;
	case 7:
		copy_text(buf, size, _(variant_made[d->active != 0]));
		break;
	case 8:
		copy_text(
		    buf, size, d->product_id != 0 ? d->product : _("all"));
		break;
	case 9:
		copy_text(buf, size, d->choices);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return attr_def_page(session_of(arg), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct attr_def),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	(void)sc;
	return _("Some come with the first product that is made to order; + "
		 "adds one.");
}

static const char *const fields[] = { "name", "title", "type", "unit", "least",
	"most", "critical", "active", "product", "choices" };

static const struct list_kind kind = {
	.record = "attrs",
	.fields = fields,
	.empty = empty,
};

struct form {
	struct attr_def_edit edit;
	char type[16], critical[8], active[8];
};

/* clang-format off */
static const struct field form_fields[] = {
	{ FIELD_CHARS(struct form, edit.name, FIELD_TEXT, N_("Short name"),
	    FIELD_REQUIRED), .hint = N_("small letters: width") },
	{ FIELD_CHARS(struct form, edit.title, FIELD_TEXT, N_("Title"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct form, type, FIELD_PICK, N_("Type"), 0),
	    .choices = attr_type_texts },
	{ FIELD_CHARS(struct form, edit.unit, FIELD_TEXT, N_("Unit"), 0),
	    .hint = N_("when none is typed") },
	{ FIELD_CHARS(struct form, edit.choices, FIELD_TEXT, N_("Choices"),
	    0), .hint = N_("with commas between") },
	{ FIELD_NUM(struct form, edit.least, FIELD_COUNT, N_("From"), 0),
	    .hint = N_("lengths: mm") },
	{ FIELD_NUM(struct form, edit.most, FIELD_COUNT, N_("Up to"), 0),
	    .hint = N_("0: any") },
	{ FIELD_CHARS(struct form, critical, FIELD_PICK, N_("Typed twice"),
	    0), .choices = variant_made },
	{ FIELD_CHARS(struct form, active, FIELD_PICK, N_("In use"), 0),
	    .choices = variant_made },
	{ FIELD_CHARS(struct form, edit.product, FIELD_TEXT, N_("Product"),
	    0), .hint = N_("empty: all") },
	{ FIELD_NUM(struct form, edit.seq, FIELD_COUNT, N_("Sequence"), 0) },
	{ .name = NULL },
};
/* clang-format on */

struct save {
	struct session *s;
	int64_t id, version; /* 0: a new one */
};

static int
save_def(void *arg, const void *record)
{
	struct save *save = arg;
	const struct form *form = record;
	struct attr_def_edit e = form->edit;
	size_t i;

	for (i = 0; i < ATTR_TYPES; i++)
		if (strcmp(attr_type_texts[i], form->type) == 0)
			copy_text(e.type, sizeof(e.type), attr_types[i]);
	e.critical = strcmp(form->critical, variant_made[1]) == 0;
	e.active = strcmp(form->active, variant_made[1]) == 0;
	return save->id == 0
		   ? attr_def_add(save->s, &e, &save->id)
		   : attr_def_save(save->s, save->id, save->version, &e);
}

static int
edit(struct screen *sc, struct save *save, struct form *f, const char *title)
{
	int rc;

	copy_text(
	    f->critical, sizeof(f->critical), variant_made[f->edit.critical]);
	copy_text(f->active, sizeof(f->active), variant_made[f->edit.active]);
	rc = ui_form(sc->ui, title, form_fields, f, save_def, save);
	if (rc > 0)
		ui_say(sc->ui, _("%s is kept."), f->edit.title);
	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_add(struct screen *sc)
{
	struct save save = { .s = session_of(sc) };
	struct form f = { .edit = { .critical = true, .active = true } };

	copy_text(f.type, sizeof(f.type), attr_type_texts[0]);
	return edit(sc, &save, &f, _("New attribute"));
}

static int
cmd_edit(struct screen *sc)
{
	const struct attr_def *d = list_row(sc);
	struct save save = { session_of(sc), d->id, d->version };
	struct form f = { .type = "" };
	size_t i;

	attr_def_edit_from(&f.edit, d);
	for (i = 0; i < ATTR_TYPES; i++)
		if (strcmp(attr_types[i], d->type) == 0)
			copy_text(f.type, sizeof(f.type), attr_type_texts[i]);
	return edit(sc, &save, &f, d->title);
}

static int
open_attrs(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "attrs");
	return list_restart(sc);
}

static const struct cmd cmds[] = {
	{ "attr-edit", "Enter e", N_("Edit"), N_("Change the attribute"),
	    PERM_RULE_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "attr-add", "n +", N_("New"),
	    N_("Something more that has to be known"), PERM_RULE_EDIT, 0,
	    cmd_add },
	{ .name = NULL },
};

struct state {
	struct list list;
};

const struct screen_ops screen_attrs = {
	.name = "attrs",
	.title = N_("Attributes of made goods"),
	.go = "",
	.does = N_("What is noted of goods made to order"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_attrs,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
