/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "review_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The rules of review, in the order in which they are gone through. */

struct state {
	struct list list;
	struct page tried; /* struct review_try; empty: not tried */
};

/* A rule, and how many of the last orders it would stop; -1: not tried. */
struct entry {
	struct review_rule r;
	int64_t n, of;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Rule"), 14, 2, 0, 0, 0 },
	{ N_("Looks for"), 18, 0, 0, 0, 0 },
	{ N_("Criteria"), 12, 6, 1, 0, 0 },
	{ N_("Then"), 8, 0, 2, 0, 0 },
	{ N_("Used"), 4, 0, 0, 0, 0 },
	{ N_("Tried"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Shop"), 8, 1, 3, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct entry *e = row;

	if (!e->r.active)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, review_rule_text(e->r.name));
		break;
	case 1:
		copy_text(buf, size, review_what_text(e->r.what));
		break;
	case 2:
		copy_text(buf, size, e->r.value);
		break;
	case 3:
		copy_text(buf, size,
		    e->r.courier[0] != '\0' ? e->r.courier
					    : review_action_text(e->r.action));
		break;
	case 4:
		copy_text(buf, size, e->r.active ? _("yes") : _("no"));
		break;
	case 5:
		if (e->n >= 0)
			snprintf(
			    buf, size, "%" PRId64 "/%" PRId64, e->n, e->of);
		break;
	case 6:
		copy_text(buf, size, e->r.shop);
		break;
	}
}

static void
add_tried(const struct state *st, struct entry *e)
{
	const struct review_try *t;
	size_t i;

	e->n = -1;
	for (i = 0; i < st->tried.n; i++) {
		t = page_row(&st->tried, i);
		if (t->id == e->r.id) {
			e->n = t->n;
			e->of = t->of;
		}
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct review_rule *r;
	struct page all;
	struct entry *e;
	size_t i;
	int rc;

	if ((rc = review_rule_page(session_of(sc), &all)) < 0)
		return rc;
	page_init(out, sizeof(*e), all.n);
	for (i = 0; i < all.n; i++) {
		r = page_row(&all, i);
		e = page_add(out);
		e->r = *r;
		e->r.name = arena_strdup(&out->arena, r->name);
		e->r.what = arena_strdup(&out->arena, r->what);
		e->r.value = arena_strdup(&out->arena, r->value);
		e->r.shop = arena_strdup(&out->arena, r->shop);
		e->r.action = arena_strdup(&out->arena, r->action);
		e->r.courier = arena_strdup(&out->arena, r->courier);
		add_tried(sc->state, e);
	}
	page_free(&all);
	page_window(out, dir, from != NULL ? list_row_id(from) : 0, limit);
	return 0;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct entry),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("There is no rule yet. n makes one, D those of a new "
		    "shop."),
};

static const char *const fields[] = { "name", "what", "value", "action",
	"active", "", "shop" };

static void
whole(const void *row, char *buf, size_t size)
{
	const struct entry *e = row;

	copy_text(buf, size, e->r.value);
}

static const struct list_kind kind = {
	.whole = whole,
	.record = "review-rules",
	.fields = fields,
};

static int
open_rules(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "review-rules");
	return list_refresh(sc);
}

static void
close_rules(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->tried);
	list_close(sc);
}

struct rule_form {
	char name[64];
	char what[48], value[400], shop[64], action[24], courier[64];
	char active[8];
};

static const struct field form_fields[] = {
	{ FIELD_CHARS(struct rule_form, name, FIELD_TEXT, N_("Rule name"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct rule_form, what, FIELD_PICK, N_("Looks for"), 0),
	    .choices = review_what_texts },
	{ FIELD_CHARS(struct rule_form, value, FIELD_TEXT, N_("Criteria"), 0),
	    .hint = N_("words; yuan; 3/24") },
	{ FIELD_CHARS(struct rule_form, shop, FIELD_TEXT, N_("Shop"), 0),
	    .hint = N_("empty: all") },
	{ FIELD_CHARS(struct rule_form, action, FIELD_PICK, N_("Then"), 0),
	    .choices = review_action_texts },
	{ FIELD_CHARS(struct rule_form, courier, FIELD_TEXT, N_("Courier"), 0),
	    .hint = N_("for such a rule") },
	{ FIELD_CHARS(struct rule_form, active, FIELD_PICK, N_("Used"), 0),
	    .choices = yes_no },
	{ .name = NULL },
};

struct rule_save {
	struct session *s;
	int64_t id, version, seq; /* id 0: a new one */
};

static int
save(void *arg, const void *record)
{
	const struct rule_form *form = record;
	const struct rule_save *to = arg;
	struct review_rule_edit e = { .seq = to->seq,
		.active = is_yes(form->active) };
	int what = text_index(review_what_texts, form->what);
	int action = text_index(review_action_texts, form->action);
	int64_t id;

	copy_text(e.name, sizeof(e.name), form->name);
	copy_text(e.value, sizeof(e.value), form->value);
	copy_text(e.shop, sizeof(e.shop), form->shop);
	copy_text(e.courier, sizeof(e.courier), form->courier);
	if (what >= 0)
		copy_text(e.what, sizeof(e.what), review_whats[what]);
	if (action >= 0)
		copy_text(e.action, sizeof(e.action), review_actions[action]);
	return to->id == 0 ? review_rule_add(to->s, &e, &id)
			   : review_rule_save(to->s, to->id, to->version, &e);
}

static int
fill_in(struct screen *sc, const char *title, struct rule_form *form,
    struct rule_save *to)
{
	int rc = ui_form(sc->ui, title, form_fields, form, save, to);

	if (rc <= 0)
		return rc;
	ui_say(sc->ui, "%s", _("The rule is saved."));
	return list_refresh(sc);
}

static int
cmd_new(struct screen *sc)
{
	struct rule_save to = { .s = session_of(sc) };
	struct rule_form form = { .name = "" };

	copy_text(form.what, sizeof(form.what), review_what_texts[0]);
	copy_text(form.action, sizeof(form.action), review_action_texts[0]);
	copy_text(form.active, sizeof(form.active), yes_text(true));
	return fill_in(sc, _("New rule of review"), &form, &to);
}

static int
cmd_edit(struct screen *sc)
{
	const struct entry *e = list_row(sc);
	struct rule_save to = { .s = session_of(sc),
		.id = e->r.id,
		.version = e->r.version,
		.seq = e->r.seq };
	struct rule_form form = { .name = "" };
	int what = text_index(review_whats, e->r.what);
	int action = text_index(review_actions, e->r.action);

	copy_text(form.name, sizeof(form.name), e->r.name);
	copy_text(form.value, sizeof(form.value), e->r.value);
	copy_text(form.shop, sizeof(form.shop), e->r.shop);
	copy_text(form.courier, sizeof(form.courier), e->r.courier);
	copy_text(form.active, sizeof(form.active), yes_text(e->r.active));
	if (what >= 0)
		copy_text(
		    form.what, sizeof(form.what), review_what_texts[what]);
	if (action >= 0)
		copy_text(form.action, sizeof(form.action),
		    review_action_texts[action]);
	return fill_in(sc, _("Rule of review"), &form, &to);
}

static int
cmd_active(struct screen *sc)
{
	const struct entry *e = list_row(sc);
	int rc = review_rule_active(session_of(sc), e->r.id, !e->r.active);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_up(struct screen *sc)
{
	const struct entry *e = list_row(sc);
	int rc = review_rule_move(session_of(sc), e->r.id, -1);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_down(struct screen *sc)
{
	const struct entry *e = list_row(sc);
	int rc = review_rule_move(session_of(sc), e->r.id, 1);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_try(struct screen *sc)
{
	struct state *st = sc->state;
	struct page tried;
	int rc = review_try(session_of(sc), &tried);

	if (rc < 0)
		return rc;
	page_free(&st->tried);
	st->tried = tried;
	ui_say(sc->ui,
	    _("Tried on the last orders: how many of them each rule sees."));
	return list_refresh(sc);
}

/* What the rules said before they were changed is said anew. */
static int
cmd_couriers(struct screen *sc)
{
	int64_t seen, changed;
	char n[MONEY_SIZE];
	int rc = review_couriers(session_of(sc), &seen, &changed);

	if (rc == 0)
		ui_say(sc->ui,
		    ngettext("%s order goes with another courier now.",
			"%s orders go with another courier now.",
			(unsigned long)changed),
		    count_show(changed, n));
	return rc;
}

static int
cmd_defaults(struct screen *sc)
{
	int64_t n;
	int rc = review_rule_defaults(session_of(sc), &n);

	if (rc < 0)
		return rc;
	ui_say(sc->ui,
	    ngettext("%lld rule of a new shop is added.",
		"%lld rules of a new shop are added.", (unsigned long)n),
	    (long long)n);
	return list_refresh(sc);
}

static int
cmd_history(struct screen *sc)
{
	const struct entry *e = list_row(sc);

	return open_history(sc, "review-rule", e->r.id, e->r.name);
}

static const struct cmd cmds[] = {
	{ "rule-edit", "Enter e", N_("Edit"), N_("Change this rule"),
	    PERM_RULE_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "rule-new", "n", N_("New"), N_("Make another rule"), PERM_RULE_EDIT,
	    0, cmd_new },
	{ "rule-active", "a", N_("On/off"), N_("Use this rule, or not"),
	    PERM_RULE_EDIT, CMD_NEEDS_ROW, cmd_active },
	{ "rule-try", "t", N_("Try"),
	    N_("See how many of the last 500 orders each rule would stop"),
	    PERM_ORDER_VIEW, 0, cmd_try },
	{ "rule-up", "-", N_("Sooner"), N_("One place towards the front"),
	    PERM_RULE_EDIT, CMD_NEEDS_ROW, cmd_up },
	{ "rule-down", "+", N_("Later"), N_("One place towards the end"),
	    PERM_RULE_EDIT, CMD_NEEDS_ROW, cmd_down },
	{ "rule-couriers", "K", N_("Couriers"),
	    N_("Say anew by whom the orders that wait go, by the rules"),
	    PERM_ORDER_REVIEW, 0, cmd_couriers },
	{ "rule-defaults", "D", NULL,
	    N_("Add the rules of a new shop that are not here"), PERM_RULE_EDIT,
	    0, cmd_defaults },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_review_rules = {
	.name = "review-rules",
	.title = N_("Rules of review"),
	.go = "",
	.does = N_("Which orders wait for a person, and why"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_rules,
	.close = close_rules,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
};
