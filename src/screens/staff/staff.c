/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "staff_acts.h"

/* Who works here, in which roles, and how they come in. */

struct state {
	struct list list;
	struct page roles; /* struct role: their titles */
};

/* A member of the staff; the roles in words, which the titles are read for. */
struct entry {
	struct staff staff;
	const char *roles;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Log-in"), 10, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Full name"), 8, 2, 0, 0, 0 },
	{ N_("Role"), 14, 6, 0, 0, 0 },
	{ N_("State"), 12, 1, 0, 0, 0 },
	{ N_("Badge"), 5, 0, 2, 0, 0 },
	{ N_("One-time"), 6, 0, 3, 0, 0 },
	{ N_("Last log-in"), 11, 0, 1, 0, 0 },
	{ N_("Since"), 10, 0, 4, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
show_staff_state(
    char *buf, size_t size, const struct staff *m, enum style *style)
{
	char full[TIME_SIZE];

	if (!m->active) {
		copy_text(buf, size, _("left"));
	} else if (m->locked_until > time_now()) {
		*style = STYLE_BAD;
		time_full(m->locked_until, full);
		snprintf(buf, size, _("locked %.5s"), full + 11);
	} else if (m->must_change) {
		*style = STYLE_WARN;
		copy_text(buf, size, _("new password"));
	} else {
		copy_text(buf, size, _("active"));
	}
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct entry *e = row;
	const struct staff *m = &e->staff;

	if (!m->active)
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, m->login);
		break;
	case 1:
		copy_text(buf, size, m->name);
		break;
	case 2:
		copy_text(buf, size, e->roles);
		break;
	case 3:
		show_staff_state(buf, size, m, style);
		break;
	case 4:
		copy_text(buf, size, m->badge ? _("yes") : "");
		break;
	case 5:
		copy_text(buf, size, m->otp ? _("yes") : "");
		break;
	case 6:
		show_when(buf, size, m->last_login_at);
		break;
	case 7:
		show_when(buf, size, m->created_at);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	struct page rows = { 0 };
	char words[300];
	size_t i;
	int rc;

	rc = staff_page(session_of(sc), dir, from, limit, &rows);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(struct entry), rows.n);
	for (i = 0; i < rows.n; i++) {
		const struct staff *m = page_row(&rows, i);
		struct entry *e = page_add(out);

		e->staff = *m;
		e->staff.login = arena_strdup(&out->arena, m->login);
		e->staff.name = arena_strdup(&out->arena, m->name);
		e->staff.roles = arena_strdup(&out->arena, m->roles);
		roles_words(words, sizeof(words), m->roles, &st->roles);
		e->roles = arena_strdup(&out->arena, words);
	}
	page_free(&rows);
	return 0;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct entry),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("Nobody works here yet. n adds somebody."),
};

/* What files tell of the columns. */
static const char *const fields[] = { "login", "name", "roles",
	"active;must_change;locked_until", "badge", "otp", "last_login_at",
	"created_at" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "staff",
	.fields = fields,
	.hint = N_("log-in, name, role"),
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	struct page roles = { 0 };
	int rc = role_page(session_of(sc), &roles);

	if (rc < 0)
		return rc;
	page_free(&st->roles);
	st->roles = roles;
	return list_refresh(sc);
}

/* Down to the one that is meant: there are not that many. */
static int
stand_on(struct screen *sc, int64_t id)
{
	struct state *st = sc->state;
	const struct entry *e = list_row(sc), *before = NULL;
	int rc = 0;

	while (rc == 0 && e != NULL && e != before && e->staff.id != id) {
		before = e;
		rc = table_move(st->list.table, 1);
		e = list_row(sc);
	}
	return rc;
}

static int
open_staff(struct screen *sc, const void *arg)
{
	const struct staff_arg *a = arg;
	int rc;

	list_open(sc, &kind, &source, "staff");
	rc = refresh(sc);
	return rc == 0 && a != NULL ? stand_on(sc, a->id) : rc;
}

static void
close_staff(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->roles);
	list_close(sc);
}

static const struct staff *
selected(struct screen *sc)
{
	const struct entry *e = list_row(sc);

	return e != NULL ? &e->staff : NULL;
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct staff *))
{
	int rc = what(sc, selected(sc));

	return rc < 0 ? rc : refresh(sc);
}

static int
act_in_roles(
    struct screen *sc, int (*what)(struct screen *, const struct staff *,
			   const struct page *roles))
{
	struct state *st = sc->state;
	int rc = what(sc, selected(sc), &st->roles);

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_new(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = act_staff_new(sc, &st->roles);

	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_edit(struct screen *sc)
{
	return act_in_roles(sc, act_staff_name);
}

static int
cmd_roles(struct screen *sc)
{
	return act_in_roles(sc, act_staff_roles);
}

static int
cmd_active(struct screen *sc)
{
	return act(sc, act_staff_active);
}

static int
cmd_reset(struct screen *sc)
{
	return act(sc, act_staff_reset);
}

static int
cmd_unlock(struct screen *sc)
{
	return act(sc, act_staff_unlock);
}

static int
cmd_badge(struct screen *sc)
{
	return act(sc, act_staff_badge);
}

static int
cmd_badge_drop(struct screen *sc)
{
	return act(sc, act_staff_badge_drop);
}

static int
cmd_code_end(struct screen *sc)
{
	return act(sc, act_staff_code_end);
}

static int
cmd_matrix(struct screen *sc)
{
	return ui_open(sc->ui, "roles", NULL);
}

static int
cmd_history(struct screen *sc)
{
	const struct staff *m = selected(sc);

	return open_history(sc, "staff", m->id, m->login);
}

/* Only what there is something for. */
static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct staff *m = selected(sc);

	if (m == NULL)
		return cmd->label;
	if (cmd->run == cmd_active)
		return m->active ? N_("Close") : N_("Reopen");
	if ((cmd->run == cmd_unlock && m->locked_until <= time_now()) ||
	    (cmd->run == cmd_badge_drop && !m->badge) ||
	    (cmd->run == cmd_code_end && !m->otp) ||
	    (cmd->run == cmd_badge && !m->active))
		return NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "staff-edit", "Enter e", N_("Edit"), N_("Change the name"),
	    PERM_STAFF_EDIT, CMD_NEEDS_ROW, cmd_edit },
	{ "staff-new", "n", N_("New"), N_("Add somebody to the staff"),
	    PERM_STAFF_EDIT, 0, cmd_new },
	{ "staff-unlock", "u", N_("Unlock"),
	    N_("Forget the refused log-ins, so that one can try again"),
	    PERM_STAFF_EDIT, CMD_NEEDS_ROW, cmd_unlock },
	{ "staff-roles", "r", N_("Roles"), N_("Change in which roles one is"),
	    PERM_STAFF_EDIT, CMD_NEEDS_ROW, cmd_roles },
	{ "role-matrix", "m", N_("Matrix"), N_("See what each role may do"),
	    PERM_STAFF_VIEW, 0, cmd_matrix },
	{ "staff-reset", "w", N_("Password"),
	    N_("Give a new password to who has forgotten it"), PERM_STAFF_EDIT,
	    CMD_NEEDS_ROW, cmd_reset },
	{ "staff-badge", "b", N_("Badge"),
	    N_("Make a new badge; its code is shown once"), PERM_STAFF_EDIT,
	    CMD_NEEDS_ROW, cmd_badge },
	{ "staff-active", "c", N_("Close"),
	    N_("Close the account of who leaves, or open it again"),
	    PERM_STAFF_EDIT, CMD_NEEDS_ROW, cmd_active },
	{ "staff-badge-drop", "B", N_("Drop badge"),
	    N_("Make the badge worth nothing"), PERM_STAFF_EDIT, CMD_NEEDS_ROW,
	    cmd_badge_drop },
	{ "staff-code-end", "O", N_("Code off"),
	    N_("End the one-time code of who has lost the telephone"),
	    PERM_STAFF_EDIT, CMD_NEEDS_ROW, cmd_code_end },
	{ "staff-find", "/", N_("Find"),
	    N_("Find somebody by log-in, name or role"), PERM_STAFF_VIEW, 0,
	    cmd_list_find },
	{ "history", "H", N_("History"),
	    N_("Everything that was done to this record"), PERM_NONE,
	    CMD_NEEDS_ROW, cmd_history },
	{ "my-password", "P", NULL, N_("Change my own password"), PERM_NONE, 0,
	    cmd_password },
	{ .name = NULL },
};

const struct screen_ops screen_staff = {
	.name = "staff",
	.title = N_("Staff"),
	.go = "F7",
	.does = N_("People, roles, passwords and badges"),
	.perm = PERM_STAFF_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_staff,
	.close = close_staff,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
