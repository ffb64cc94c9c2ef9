/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Grades of members, and what they pay for some products. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("Grade"), 16, 3, 0, 0, 0 },
	{ N_("Paid from"), 12, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Pays"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Own prices"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
static const struct column price_columns[] = {
	{ N_("SKU"), 12, 1, 0, 0, 0 },
	{ N_("Item"), 16, 4, 0, COLUMN_ENDS, 0 },
	{ N_("Grade"), 12, 1, 0, 0, 0 },
	{ N_("Member price"), 12, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("List price"), 12, 0, 2, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct grade *g = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, g->name);
		break;
	case 1:
		show_money(buf, size, g->from_paid);
		break;
	case 2:
		snprintf(buf, size, "%lld.%lld %%",
		    (long long)(g->permille / 10),
		    (long long)(g->permille % 10));
		break;
	case 3:
		show_count(buf, size, g->prices);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_window(
	    grade_page(session_of(arg), out), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct grade),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("There is no grade yet. n makes one."),
};

static const char *const fields[] = { "name", "from_paid", "permille",
	"prices" };

static const struct list_kind kind = {
	.record = "grades",
	.fields = fields,
};

static int
open_grades(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "grades");
	return list_refresh(sc);
}

static const struct field form_fields[] = {
	{ FIELD_CHARS(
	    struct grade_edit, name, FIELD_TEXT, N_("Grade"), FIELD_REQUIRED) },
	{ FIELD_NUM(
	      struct grade_edit, from_paid, FIELD_MONEY, N_("Paid from"), 0),
	    .hint = N_("proposed from there on") },
	{ FIELD_NUM(
	      struct grade_edit, permille, FIELD_COUNT, N_("Per mille"), 0),
	    .hint = N_("of the list price; 950: 5 % less") },
	{ .name = NULL },
};

struct grade_to {
	struct session *s;
	int64_t id, version; /* id 0: a new one */
};

static int
save(void *arg, const void *record)
{
	struct grade_to *to = arg;

	return to->id == 0 ? grade_add(to->s, record, &to->id)
			   : grade_save(to->s, to->id, to->version, record);
}

static int
fill_in(struct screen *sc, const char *title, struct grade_edit *e,
    struct grade_to *to)
{
	int rc = ui_form(sc->ui, title, form_fields, e, save, to);

	return rc <= 0 ? rc : list_refresh(sc);
}

static int
cmd_new(struct screen *sc)
{
	struct grade_to to = { .s = session_of(sc) };
	struct grade_edit e = { .permille = 1000 };

	return fill_in(sc, _("New grade"), &e, &to);
}

static int
cmd_edit(struct screen *sc)
{
	const struct grade *g = list_row(sc);
	struct grade_to to = { session_of(sc), g->id, g->version };
	struct grade_edit e;

	grade_edit_from(&e, g);
	return fill_in(sc, _("Grade"), &e, &to);
}

static bool
goes_on(void *arg, const struct grade_counts *so_far)
{
	return !ui_progress(arg, _("Grading"), so_far->seen, 0);
}

/* What would be done, of which one chooses: -1 nothing, 1 to lower, too. */
static int
choose(struct screen *sc, const struct grade_counts *n)
{
	char raise[160], both[200], up[MONEY_SIZE], down[MONEY_SIZE];
	const char *choices[] = { raise, both };
	bool lower = n->lowered > 0;

	count_show(n->raised, up);
	count_show(n->lowered, down);
	snprintf(raise, sizeof(raise),
	    ngettext("Give %s customer a higher grade",
		"Give %s customers a higher grade", (unsigned long)n->raised),
	    up);
	snprintf(both, sizeof(both),
	    _("Give %s a higher grade, and %s a lower one"), up, down);
	return ui_pick(sc->ui, _("The grade that was paid for"), choices,
	    lower ? 2 : 1, 0);
}

static int
cmd_apply(struct screen *sc)
{
	struct grade_how how = {
		.try_only = true, .goes_on = goes_on, .arg = sc->ui
	};
	char up[MONEY_SIZE], down[MONEY_SIZE];
	struct grade_counts n;
	int chosen, rc;

	rc = grade_apply(session_of(sc), &how, &n);
	if (rc < 0 || n.stopped)
		return rc;
	if (n.raised + n.lowered == 0) {
		ui_say(sc->ui, "%s",
		    _("All customers have the grade that they paid for."));
		return 0;
	}
	if ((chosen = choose(sc, &n)) < 0)
		return 0;
	how.try_only = false;
	how.lower = chosen == 1;
	if ((rc = grade_apply(session_of(sc), &how, &n)) < 0)
		return rc;
	ui_say(sc->ui, _("%s customers got a higher grade, %s a lower one."),
	    count_show(n.raised, up),
	    count_show(how.lower ? n.lowered : 0, down));
	return list_refresh(sc);
}

static int
cmd_prices(struct screen *sc)
{
	return ui_open(sc->ui, "member-prices", NULL);
}

static int
cmd_history(struct screen *sc)
{
	const struct grade *g = list_row(sc);

	return open_history(sc, "grade", g->id, g->name);
}

static const struct cmd cmds[] = {
	{ "grade-edit", "Enter e", N_("Edit"), N_("Change this grade"),
	    PERM_SALE_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "grade-new", "n", N_("New"), N_("Make another grade"), PERM_SALE_EDIT,
	    0, cmd_new },
	{ "grade-apply", "a", N_("To all"),
	    N_("Give all customers the grade that they have paid for"),
	    PERM_SALE_EDIT, 0, cmd_apply },
	{ "grade-prices", "p", N_("Per item"),
	    N_("Prices of their own that grades have for products"),
	    PERM_CUSTOMER_VIEW, 0, cmd_prices },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_grades = {
	.name = "grades",
	.title = N_("Grades of members"),
	.go = "",
	.does = N_("Grades, what they pay, and who has them"),
	.perm = PERM_CUSTOMER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct list),
	.open = open_grades,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
};

static void
price_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct member_price *m = row;

	(void)style;
	switch (col) {
	case 0:
		copy_text(buf, size, m->sku_code);
		break;
	case 1:
		copy_text(buf, size, m->name);
		break;
	case 2:
		copy_text(buf, size, m->grade);
		break;
	case 3:
		show_money(buf, size, m->price);
		break;
	case 4:
		show_money(buf, size, m->list);
		break;
	}
}

static int
fetch_prices(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const struct member_price_filter all;

	return member_price_page(session_of(arg), &all, dir, from, limit, out);
}

static const struct table_source price_source;

static int
price_fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(
	    arg, &price_source, fetch_prices, dir, from, limit, out);
}

static const struct table_source price_source = {
	.columns = price_columns,
	.row_size = sizeof(struct member_price),
	.fetch = price_fetch,
	.id = list_row_id,
	.cell = price_cell,
	.empty = N_("No product has a price of its own for a grade. n sets "
		    "one, i takes a list in."),
};

static const char *const price_list_fields[] = { "sku_code", "name", "grade",
	"price", "list" };

static const struct list_kind price_kind = {
	.record = "member-prices",
	.fields = price_list_fields,
	.hint = N_("code, name, grade"),
};

static int
open_prices(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &price_kind, &price_source, "member-prices");
	return list_restart(sc);
}

struct price_form {
	char sku[64], grade[64];
	int64_t price;
};

static const struct field price_fields[] = {
	{ FIELD_CHARS(
	      struct price_form, sku, FIELD_TEXT, N_("SKU"), FIELD_REQUIRED),
	    .hint = N_("product code") },
	{ FIELD_CHARS(struct price_form, grade, FIELD_TEXT, N_("Grade"),
	    FIELD_REQUIRED) },
	{ FIELD_NUM(
	    struct price_form, price, FIELD_MONEY, N_("Member price"), 0) },
	{ .name = NULL },
};

static int
save_price(void *arg, const void *record)
{
	const struct price_form *f = record;

	return member_price_set(arg, f->sku, f->grade, f->price);
}

static int
ask_price(struct screen *sc, struct price_form *form)
{
	int rc = ui_form(sc->ui, _("Member price"), price_fields, form,
	    save_price, session_of(sc));

	return rc <= 0 ? rc : list_refresh(sc);
}

static int
cmd_price_new(struct screen *sc)
{
	struct price_form form = { .sku = "" };

	return ask_price(sc, &form);
}

static int
cmd_price_edit(struct screen *sc)
{
	const struct member_price *m = list_row(sc);
	struct price_form form = { .price = m->price };

	copy_text(form.sku, sizeof(form.sku), m->sku_code);
	copy_text(form.grade, sizeof(form.grade), m->grade);
	return ask_price(sc, &form);
}

static int
cmd_price_drop(struct screen *sc)
{
	const struct member_price *m = list_row(sc);
	int rc = member_price_set(
	    session_of(sc), m->sku_code, m->grade, MEMBER_PRICE_NONE);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_price_import(struct screen *sc)
{
	struct member_price_taken n;
	char path[400] = "";
	int rc;

	if (!ui_ask(sc->ui, _("File with the columns sku_code, grade, price"),
		path, sizeof(path)))
		return 0;
	if ((rc = member_price_take(session_of(sc), path, &n)) < 0)
		return rc;
	ui_say(sc->ui,
	    _("%lld prices are set, %lld taken away, %lld were so already"),
	    (long long)n.set, (long long)n.removed, (long long)n.same);
	return list_refresh(sc);
}

static const struct cmd price_cmds[] = {
	{ "price-edit", "Enter e", N_("Edit"), N_("Change this price"),
	    PERM_SALE_EDIT, CMD_NEEDS_ROW, cmd_price_edit },
	{ "price-find", "/", N_("Find"), N_("Find a price"), PERM_CUSTOMER_VIEW,
	    0, cmd_list_find },
	{ "price-new", "n", N_("New"), N_("Set another price"), PERM_SALE_EDIT,
	    0, cmd_price_new },
	{ "price-drop", "d", N_("Remove"),
	    N_("The share of the list price again"), PERM_SALE_EDIT,
	    CMD_NEEDS_ROW, cmd_price_drop },
	{ "price-import", "i", N_("Import"),
	    N_("Take in a list of prices, whole or not at all"), PERM_SALE_EDIT,
	    0, cmd_price_import },
	{ .name = NULL },
};

const struct screen_ops screen_member_prices = {
	.name = "member-prices",
	.title = N_("Member prices"),
	.go = "",
	.does = N_("Prices of single goods for a grade"),
	.perm = PERM_CUSTOMER_VIEW,
	.cmds = price_cmds,
	.shared = &list_cmds,
	.size = sizeof(struct list),
	.open = open_prices,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
