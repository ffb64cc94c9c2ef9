/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* A template: what it costs to each province; above it, what a parcel would. */

struct state {
	struct list list;
	int64_t id;
	struct page template;       /* of one */
	struct freight_goods asked; /* the parcel that is tried */
	char answer[300];
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("To"), 14, 2, 0, 0, 0 },
	{ N_("First up to"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("First fee"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Each further"), 12, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Fee"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("At least"), 8, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Days"), 5, 0, 1, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};

static const struct field zone_fields[] = {
	{ FIELD_CHARS(struct freight_zone_edit, province, FIELD_TEXT,
	    N_("To"), 0),
	    .hint = N_("provinces, blanks between; empty: elsewhere") },
	{ FIELD_NUM(struct freight_zone_edit, first, FIELD_COUNT,
	    N_("First up to"), FIELD_REQUIRED), .hint = N_("grams, pieces or cm³") },
	{ FIELD_NUM(struct freight_zone_edit, first_fee, FIELD_MONEY,
	    N_("First fee"), FIELD_REQUIRED), .hint = N_("yuan") },
	{ FIELD_NUM(struct freight_zone_edit, step, FIELD_COUNT,
	    N_("Each further"), FIELD_REQUIRED),
	    .hint = N_("grams, pieces or cm³; begun ones count") },
	{ FIELD_NUM(struct freight_zone_edit, step_fee, FIELD_MONEY,
	    N_("Fee"), FIELD_REQUIRED), .hint = N_("yuan each") },
	{ FIELD_NUM(struct freight_zone_edit, least_fee, FIELD_MONEY,
	    N_("At least"), 0), .hint = N_("yuan a parcel") },
	{ FIELD_NUM(struct freight_zone_edit, days, FIELD_COUNT,
	    N_("Days"), 0), .hint = N_("on the way; 0: not known") },
	{ .name = NULL },
};

static const struct field ask_fields[] = {
	{ FIELD_CHARS(struct freight_goods, province, FIELD_TEXT,
	    N_("To"), FIELD_REQUIRED), .hint = N_("province") },
	{ FIELD_NUM(struct freight_goods, grams, FIELD_COUNT,
	    N_("Weight"), 0), .hint = N_("grams") },
	{ FIELD_NUM(struct freight_goods, cm3, FIELD_COUNT,
	    N_("Volume"), 0), .hint = N_("cm³, as 30*20*15") },
	{ FIELD_NUM(struct freight_goods, pieces, FIELD_COUNT,
	    N_("Pieces"), 0) },
	{ .name = NULL },
};
/* clang-format on */

enum {
	COL_TO,
	COL_FIRST,
	COL_FIRST_FEE,
	COL_STEP,
	COL_STEP_FEE,
	COL_LEAST,
	COL_DAYS
};

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct freight_zone *z = row;

	if (!z->served)
		*style = STYLE_DIM;
	if (col != COL_TO && !z->served) {
		if (col == COL_FIRST)
			copy_text(buf, size, _("not served"));
		return;
	}
	switch (col) {
	case COL_TO:
		copy_text(buf, size,
		    z->province[0] != '\0' ? z->province
					   : _("everywhere else"));
		break;
	case COL_FIRST:
		show_count(buf, size, z->first);
		break;
	case COL_FIRST_FEE:
		show_money(buf, size, z->first_fee);
		break;
	case COL_STEP:
		show_count(buf, size, z->step);
		break;
	case COL_STEP_FEE:
		show_money(buf, size, z->step_fee);
		break;
	case COL_LEAST:
		show_money_or_none(buf, size, z->least_fee);
		break;
	case COL_DAYS:
		if (z->days > 0)
			show_count(buf, size, z->days);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct freight_zone *z = from;
	int rc = freight_zones(session_of(sc), st->id, out);

	if (rc == 0)
		page_window(out, dir, z != NULL ? z->id : 0, limit);
	return rc;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct freight_zone),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No prices yet. a adds the first: leave the province "
		    "empty for everywhere."),
};

static const struct freight_template *
template_of(const struct screen *sc)
{
	const struct state *st = sc->state;

	return page_row(&st->template, 0);
}

static int
read_template(struct screen *sc)
{
	struct state *st = sc->state;
	struct page page;
	int rc = freight_template_get(session_of(sc), st->id, &page);

	if (rc < 0)
		return rc;
	page_free(&st->template);
	st->template = page;
	return 0;
}

static const struct list_kind kind;

static int
open_zones(struct screen *sc, const void *arg)
{
	const struct freight_arg *a = arg;
	struct state *st = sc->state;
	int rc;

	st->id = a->id;
	list_open(sc, &kind, &source, "freight-zones");
	if ((rc = read_template(sc)) < 0)
		return rc;
	return list_restart(sc);
}

static void
close_zones(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->template);
	list_close(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = read_template(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static const char *
subtitle(struct screen *sc)
{
	static char text[160];
	const struct state *st = sc->state;
	const struct freight_template *t;

	if (st->template.n == 0)
		return "";
	t = template_of(sc);
	snprintf(text, sizeof(text), "%s · %s", t->courier, t->name);
	return text;
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;

	canvas_text(c, r.y, r.x, r.w,
	    st->answer[0] != '\0' ? STYLE_TEXT : STYLE_DIM,
	    st->answer[0] != '\0' ? st->answer
				  : _("= works out what a parcel would cost"));
}

struct saving {
	struct session *s;
	int64_t id, version;
};

static int
save(void *arg, const void *record)
{
	struct saving *sv = arg;

	return freight_zone_set(sv->s, sv->id, sv->version, record);
}

static int
edit(struct screen *sc, const char *title, struct freight_zone_edit *e)
{
	const struct freight_template *t = template_of(sc);
	struct saving sv = { session_of(sc), t->id, t->version };
	int rc = ui_form(sc->ui, title, zone_fields, e, save, &sv);

	if (rc > 0) {
		rc = refresh(sc);
		ui_say(sc->ui, "%s", _("The prices are saved."));
	}
	return rc;
}

static int
cmd_add(struct screen *sc)
{
	struct freight_zone_edit e = {
		.first = 1000,
		.step = 1000,
		.served = true,
	};

	if (template_of(sc)->basis == BASIS_PIECE)
		e.first = e.step = 1;
	return edit(sc, _("Prices to provinces"), &e);
}

static int
cmd_edit(struct screen *sc)
{
	struct freight_zone_edit e;

	freight_zone_edit_from(&e, list_row(sc));
	return edit(sc, _("Prices to provinces"), &e);
}

static int
cmd_served(struct screen *sc)
{
	const struct freight_template *t = template_of(sc);
	struct freight_zone_edit e;
	int rc;

	freight_zone_edit_from(&e, list_row(sc));
	e.served = !e.served;
	rc = freight_zone_set(session_of(sc), t->id, t->version, &e);
	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_drop(struct screen *sc)
{
	const struct freight_template *t = template_of(sc);
	const struct freight_zone *z = list_row(sc);
	int rc;

	if (!ui_confirm(sc->ui, _("Take away"),
		_("Take away the prices to %s?"),
		z->province[0] != '\0' ? z->province : _("everywhere else")))
		return 0;
	rc = freight_zone_drop(session_of(sc), t->id, t->version, z->province);
	return rc < 0 ? rc : refresh(sc);
}

/* "浙江 1,200 g: 圆通速递 5.00 · 申通快递 5.50": this template's courier first
 * or not, as they would be proposed. */
static void
tell_quotes(struct state *st, const struct page *page)
{
	const struct freight_goods *g = &st->asked;
	const struct freight_quote *q;
	struct str text = STR_INIT;
	char n[MONEY_SIZE];
	size_t i;

	str_addf(&text, "%s %s g: ", g->province, count_show(g->grams, n));
	for (i = 0; i < page->n; i++) {
		q = page_row(page, i);
		str_addf(&text, "%s%s %s", i > 0 ? " · " : "", q->courier,
		    money_show(q->fee, n));
		if (q->days > 0)
			str_addf(&text,
			    ngettext(" (%lld day)", " (%lld days)",
				(unsigned long)q->days),
			    (long long)q->days);
	}
	if (page->n == 0)
		str_add(&text, _("nobody goes there"));
	copy_text(st->answer, sizeof(st->answer), text.s);
	str_done(&text);
}

static int
ask(void *arg, const void *record)
{
	struct screen *sc = arg;
	struct state *st = sc->state;
	struct page page;
	int rc = freight_quote(session_of(sc), record, &page);

	if (rc < 0)
		return rc;
	st->asked = *(const struct freight_goods *)record;
	tell_quotes(st, &page);
	page_free(&page);
	return 0;
}

static int
cmd_ask(struct screen *sc)
{
	struct state *st = sc->state;
	struct freight_goods g = st->asked;
	int rc =
	    ui_form(sc->ui, _("What would it cost?"), ask_fields, &g, ask, sc);

	return rc < 0 ? rc : 0;
}

/* What files tell of the columns. */
static const char *const fields[] = { "province", "first", "first_fee", "step",
	"step_fee", "least_fee", "days" };

static const struct list_kind kind = {
	.record = "freight_zones",
	.fields = fields,
	.fetch = fetch,
	.hint = N_("province"),
	.enter = cmd_edit,
	.head = head,
};

static const struct cmd cmds[] = {
	{ "zone-edit", "Enter e", N_("Edit"),
	    N_("Change the prices to a province"), PERM_FREIGHT_EDIT,
	    CMD_NEEDS_ROW, cmd_edit },
	{ "zone-add", "a", N_("Add"), N_("Add prices for one province or more"),
	    PERM_FREIGHT_EDIT, 0, cmd_add },
	{ "zone-ask", "=", N_("Price it"),
	    N_("Work out what a parcel would cost with each courier"),
	    PERM_FREIGHT_VIEW, 0, cmd_ask },
	{ "zone-served", "n", N_("Served"),
	    N_("The courier does not go there, or does"), PERM_FREIGHT_EDIT,
	    CMD_NEEDS_ROW, cmd_served },
	{ "zone-drop", "Del", N_("Take away"),
	    N_("Take the prices to a province away"), PERM_FREIGHT_EDIT,
	    CMD_NEEDS_ROW, cmd_drop },
	{ "zone-find", "/", N_("Find"), N_("Find a province"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_freight_zones = {
	.name = "freight-zones",
	.title = N_("Prices"),
	.perm = PERM_FREIGHT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_zones,
	.close = close_zones,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.subtitle = subtitle,
	.typing = list_typing,
};
