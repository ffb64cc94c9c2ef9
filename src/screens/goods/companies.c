/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "company_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Companies: suppliers, couriers, business customers. */

enum { TAB_ALL_KINDS, TAB_SUPPLIERS, TAB_COURIERS, TAB_BUYERS, TABS };
static const unsigned tab_kinds[TABS] = { 0, COMPANY_SUPPLIER, COMPANY_COURIER,
	COMPANY_CUSTOMER };

struct state {
	struct list list;
	unsigned tab;
	bool closed_too;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Company"), 16, 3, 0, 0, 0 },
	{ N_("Company kinds"), 12, 1, 0, 0, 0 },
	{ N_("Contact person"), 14, 1, 1, 0, 0 },
	{ N_("Phone"), 12, 0, 2, COLUMN_WHOLE, 0 },
	{ N_("Goods sold to us"), 8, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Lead days"), 9, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("Terms days"), 10, 0, 5, COLUMN_RIGHT, 0 },
	{ N_("State"), 8, 0, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct company *c = row;

	if (!c->active)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, c->name);
		break;
	case 1:
		show_kinds(buf, size, c);
		break;
	case 2:
		copy_text(buf, size, c->contact);
		break;
	case 3:
		copy_text(buf, size, c->phone);
		break;
	case 4:
		if (c->items > 0)
			show_count(buf, size, c->items);
		break;
	case 5:
		if (c->lead_days > 0)
			show_count(buf, size, c->lead_days);
		break;
	case 6:
		if (c->terms_days > 0)
			show_count(buf, size, c->terms_days);
		break;
	case 7:
		copy_text(buf, size, c->active ? _("in use") : _("closed"));
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	struct screen *sc = arg;
	const struct state *st = sc->state;
	const char *sought = list_sought(sc);
	const struct company_filter filter = {
		.kinds = sought[0] == '\0' ? tab_kinds[st->tab] : 0,
		.open_only = sought[0] == '\0' && !st->closed_too,
		.text = sought,
	};

	return company_page(session_of(sc), &filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct company),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return _("No company fits. A part of the name, its pinyin "
			 "initials, contact or phone.");
	return _("No companies here yet. n writes one down, F9 imports a "
		 "list.");
}

static int
cmd_open(struct screen *sc)
{
	const struct company *c = list_row(sc);
	const struct company_arg arg = { .id = c->id };

	return ui_open(sc->ui, "company", &arg);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab words[TABS] = { { _("All"), -1 },
		{ _("Suppliers"), -1 }, { _("Courier companies"), -1 },
		{ _("Business customers"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, TABS, st->tab);
}

static const char *const fields[] = { "name", "kinds", "contact", "phone",
	"items", "lead_days", "terms_days", "active" };

static const struct list_kind kind = {
	.record = "companies",
	.fields = fields,
	.hint = N_("name, initials, contact, phone"),
	.own_order = true,
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
open_companies(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "companies");
	return list_restart(sc);
}

static int
cmd_new(struct screen *sc)
{
	const struct state *st = sc->state;
	unsigned as = tab_kinds[st->tab];
	int rc = act_company_new(sc, as != 0 ? as : COMPANY_SUPPLIER);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_edit(struct screen *sc)
{
	int rc = act_company_edit(sc, list_row(sc));

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_turn(struct screen *sc)
{
	int rc = act_company_turn(sc, list_row(sc));

	return rc < 0 ? rc : list_refresh(sc);
}

static int
turn_to(struct screen *sc, unsigned tab)
{
	struct state *st = sc->state;

	st->tab = tab % TABS;
	return list_restart(sc);
}

static int
cmd_next_tab(struct screen *sc)
{
	const struct state *st = sc->state;

	return turn_to(sc, st->tab + 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	const struct state *st = sc->state;

	return turn_to(sc, st->tab + TABS - 1);
}

static int
cmd_closed(struct screen *sc)
{
	struct state *st = sc->state;

	st->closed_too = !st->closed_too;
	return list_restart(sc);
}

static int
cmd_history(struct screen *sc)
{
	const struct company *c = list_row(sc);

	return open_history(sc, "company", c->id, c->name);
}

static const struct cmd cmds[] = {
	{ "company-open", "Enter", N_("Open"),
	    N_("See the company, what it sells us and for how much"),
	    PERM_COMPANY_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "company-new", "n", N_("New"), N_("Write another company down"),
	    PERM_COMPANY_EDIT, 0, cmd_new },
	{ "company-edit", "e", N_("Edit"), N_("Change the company"),
	    PERM_COMPANY_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "company-find", "/", N_("Find"),
	    N_("Find a company by name, initials, contact or phone"),
	    PERM_COMPANY_VIEW, 0, cmd_list_find },
	{ "company-next-tab", "Tab Right", N_("Next tab"),
	    N_("All, suppliers, couriers, business customers"), PERM_NONE, 0,
	    cmd_next_tab },
	{ "company-prev-tab", "Shift-Tab Left", NULL, N_("The tab before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "company-turn", "d", N_("Close/open"),
	    N_("Order nothing from it any more, or again"), PERM_COMPANY_EDIT,
	    CMD_NEEDS_ROW, cmd_turn },
	{ "company-closed", "w", N_("Closed too"),
	    N_("Also those that were closed, or not"), PERM_NONE, 0,
	    cmd_closed },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_companies = {
	.name = "companies",
	.title = N_("Companies"),
	.go = "",
	.does = N_("Suppliers, couriers, business buyers"),
	.perm = PERM_COMPANY_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_companies,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
