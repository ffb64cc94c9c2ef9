/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../review/review_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The rules of gifts, in the order in which they are gone through. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("Rule"), 14, 2, 0, 0, 0 },
	{ N_("For"), 22, 5, 0, 0, 0 },
	{ N_("Gift"), 14, 3, 0, 0, 0 },
	{ N_("Qty"), 4, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Used"), 4, 0, 0, 0, 0 },
	{ N_("Since"), 10, 0, 2, 0, 0 },
	{ N_("Ends"), 10, 0, 2, 0, 0 },
	{ N_("Shop"), 8, 1, 3, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
show_day(char *buf, size_t size, int64_t t)
{
	char day[TIME_SIZE];

	if (t != 0)
		copy_text(buf, size, day_text(time_day(t), day));
}

/* What the rule asks for. */
static void
show_for(char *buf, size_t size, const struct gift_rule *g)
{
	const char *what = g->sku[0] != '\0' ? g->sku : _("any goods");
	char money[40];
	size_t n;

	show_money(money, sizeof(money), g->min_paid);
	if (g->min_paid > 0 && g->min_qty > 0)
		snprintf(buf, size, _("%s × %lld, from %s"), what,
		    (long long)g->min_qty, money);
	else if (g->min_paid > 0)
		snprintf(buf, size, _("%s, from %s"), what, money);
	else if (g->min_qty > 0)
		snprintf(
		    buf, size, _("%s × %lld"), what, (long long)g->min_qty);
	else
		copy_text(buf, size, what);
	n = strlen(buf);
	if (g->each_time)
		snprintf(buf + n, size - n, " %s", _("each time"));
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct gift_rule *g = row;

	if (!g->active)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, g->name);
		break;
	case 1:
		show_for(buf, size, g);
		break;
	case 2:
		copy_text(buf, size, g->gift);
		break;
	case 3:
		show_count(buf, size, g->gift_qty);
		break;
	case 4:
		copy_text(buf, size, g->active ? _("yes") : _("no"));
		break;
	case 5:
		show_day(buf, size, g->since);
		break;
	case 6:
		show_day(buf, size, g->until != 0 ? g->until - 1 : 0);
		break;
	case 7:
		copy_text(buf, size, g->shop);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;

	return list_window(
	    gift_rule_page(session_of(sc), out), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct gift_rule),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("Nothing is given away yet. n makes a rule."),
};

static const char *const fields[] = { "name", "min_paid;sku;min_qty",
	"gift;gift_sku", "gift_qty", "active", "since", "until", "shop" };

static const struct list_kind kind = {
	.record = "gift-rules",
	.fields = fields,
};

static int
open_gifts(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "gifts");
	return list_refresh(sc);
}

struct gift_form {
	char name[64], shop[64];
	int64_t since, until, min_paid;
	char sku[64];
	int64_t min_qty;
	char gift_sku[64];
	int64_t gift_qty;
	char each_time[8], alone[8], active[8];
};

#define FORM struct gift_form
static const struct field form_fields[] = {
	{ FIELD_CHARS(
	    FORM, name, FIELD_TEXT, N_("Rule name"), FIELD_REQUIRED) },
	{ FIELD_CHARS(FORM, gift_sku, FIELD_TEXT, N_("Gift"), FIELD_REQUIRED),
	    .hint = N_("product code") },
	{ FIELD_NUM(FORM, gift_qty, FIELD_COUNT, N_("Pieces"), 0) },
	{ FIELD_NUM(FORM, min_paid, FIELD_MONEY, N_("Paid from"), 0),
	    .hint = N_("0: any") },
	{ FIELD_CHARS(FORM, sku, FIELD_TEXT, N_("Bought"), 0),
	    .hint = N_("product code; empty: anything") },
	{ FIELD_NUM(FORM, min_qty, FIELD_COUNT, N_("Pieces from"), 0) },
	{ FIELD_CHARS(FORM, each_time, FIELD_PICK, N_("Each time"), 0),
	    .choices = yes_no,
	    .hint = N_("again for each further amount or number") },
	{ FIELD_NUM(FORM, since, FIELD_DATE, N_("Since"), 0) },
	{ FIELD_NUM(FORM, until, FIELD_DATE, N_("Last day"), 0) },
	{ FIELD_CHARS(FORM, shop, FIELD_TEXT, N_("Shop"), 0),
	    .hint = N_("empty: all") },
	{ FIELD_CHARS(FORM, alone, FIELD_PICK, N_("Alone"), 0),
	    .choices = yes_no, .hint = N_("no further rule after it") },
	{ FIELD_CHARS(FORM, active, FIELD_PICK, N_("Used"), 0),
	    .choices = yes_no },
	{ .name = NULL },
};

struct gift_save {
	struct session *s;
	int64_t id, version, seq; /* id 0: a new one */
};

static int
save(void *arg, const void *record)
{
	const struct gift_form *f = record;
	const struct gift_save *to = arg;
	struct gift_rule_edit e = { .since = f->since,
		.until = f->until,
		.min_paid = f->min_paid,
		.min_qty = f->min_qty,
		.gift_qty = f->gift_qty,
		.each_time = is_yes(f->each_time),
		.alone = is_yes(f->alone),
		.active = is_yes(f->active),
		.seq = to->seq };
	int64_t id;

	copy_text(e.name, sizeof(e.name), f->name);
	copy_text(e.shop, sizeof(e.shop), f->shop);
	copy_text(e.sku, sizeof(e.sku), f->sku);
	copy_text(e.gift_sku, sizeof(e.gift_sku), f->gift_sku);
	return to->id == 0 ? gift_rule_add(to->s, &e, &id)
			   : gift_rule_save(to->s, to->id, to->version, &e);
}

static int
fill_in(struct screen *sc, const char *title, struct gift_form *form,
    struct gift_save *to)
{
	int rc = ui_form(sc->ui, title, form_fields, form, save, to);

	if (rc <= 0)
		return rc;
	ui_say(sc->ui, "%s",
	    _("The rule is saved; w works out the gifts of orders that are "
	      "paid already."));
	return list_refresh(sc);
}

static void
answer(struct gift_form *form, const struct gift_rule_edit *e)
{
	copy_text(
	    form->each_time, sizeof(form->each_time), yes_text(e->each_time));
	copy_text(form->alone, sizeof(form->alone), yes_text(e->alone));
	copy_text(form->active, sizeof(form->active), yes_text(e->active));
}

static int
cmd_new(struct screen *sc)
{
	const struct gift_rule_edit e = { .active = true };
	struct gift_save to = { .s = session_of(sc) };
	struct gift_form form = { .gift_qty = 1 };

	answer(&form, &e);
	return fill_in(sc, _("New rule of gifts"), &form, &to);
}

static int
cmd_edit(struct screen *sc)
{
	const struct gift_rule *g = list_row(sc);
	struct gift_save to = { .s = session_of(sc),
		.id = g->id,
		.version = g->version,
		.seq = g->seq };
	struct gift_rule_edit e;
	struct gift_form form;

	gift_rule_edit_from(&e, g);
	form = (struct gift_form){ .since = e.since,
		.until = e.until,
		.min_paid = e.min_paid,
		.min_qty = e.min_qty,
		.gift_qty = e.gift_qty };
	copy_text(form.name, sizeof(form.name), e.name);
	copy_text(form.shop, sizeof(form.shop), e.shop);
	copy_text(form.sku, sizeof(form.sku), e.sku);
	copy_text(form.gift_sku, sizeof(form.gift_sku), e.gift_sku);
	answer(&form, &e);
	return fill_in(sc, _("Rule of gifts"), &form, &to);
}

static int
cmd_active(struct screen *sc)
{
	const struct gift_rule *g = list_row(sc);
	int rc = gift_rule_active(session_of(sc), g->id, !g->active);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_work_out(struct screen *sc)
{
	int64_t n;
	int rc;

	if (!ui_confirm(sc->ui, _("Work out"),
		_("Work out the gifts of all orders that are paid and not "
		  "sent?")))
		return 0;
	if ((rc = order_gifts_all(session_of(sc), &n)) < 0)
		return rc;
	ui_say(sc->ui,
	    ngettext("The gifts of %lld order are others now.",
		"The gifts of %lld orders are others now.", (unsigned long)n),
	    (long long)n);
	return 0;
}

static int
cmd_history(struct screen *sc)
{
	const struct gift_rule *g = list_row(sc);

	return open_history(sc, "gift-rule", g->id, g->name);
}

static const struct cmd cmds[] = {
	{ "gift-edit", "Enter e", N_("Edit"), N_("Change this rule"),
	    PERM_RULE_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "gift-new", "n", N_("New"), N_("Make another rule"), PERM_RULE_EDIT,
	    0, cmd_new },
	{ "gift-active", "a", N_("On/off"), N_("Use this rule, or not"),
	    PERM_RULE_EDIT, CMD_NEEDS_ROW, cmd_active },
	{ "gift-work-out", "w", N_("Work out"),
	    N_("Work out the gifts of orders that are paid already"),
	    PERM_ORDER_EDIT, 0, cmd_work_out },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_gifts = {
	.name = "gifts",
	.title = N_("Gifts"),
	.go = "",
	.does = N_("What is given for free, with which orders"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct list),
	.open = open_gifts,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
};
