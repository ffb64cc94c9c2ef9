/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../orders/order_acts.h"
#include "roles.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What each role may do: a matrix that is changed as a whole, and saved. */

size_t
matrix_changes(const struct matrix *m)
{
	size_t n = 0, i;
	uint64_t diff;

	for (i = 0; i < m->n; i++)
		for (diff = m->role[i].was ^ m->role[i].is; diff != 0;
		     diff &= diff - 1)
			n++;
	return n;
}

static const struct matrix_role *
role_by_id(const struct matrix *m, int64_t id)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (m->role[i].id == id)
			return &m->role[i];
	return NULL;
}

/* What is not saved yet stays, on top of what others have made of it. */
static void
take_over(struct matrix *m, const struct page *roles)
{
	struct matrix_role *list = xcalloc(roles->n + 1, sizeof(*list));
	size_t i;

	for (i = 0; i < roles->n; i++) {
		const struct role *role = page_row(roles, i);
		const struct matrix_role *old = role_by_id(m, role->id);
		struct matrix_role *is = &list[i];

		is->id = role->id;
		is->version = role->version;
		is->staff_n = role->staff_n;
		is->was = is->is = role->perms;
		copy_text(is->name, sizeof(is->name), role->name);
		copy_text(is->title, sizeof(is->title), role->title);
		if (old != NULL)
			is->is ^= old->was ^ old->is;
	}
	free(m->role);
	m->role = list;
	m->n = roles->n;
}

static int
refresh(struct screen *sc)
{
	struct page roles = { 0 };
	int rc = role_page(session_of(sc), &roles);

	if (rc < 0)
		return rc;
	take_over(sc->state, &roles);
	page_free(&roles);
	return 0;
}

static void
close_roles(struct screen *sc)
{
	struct matrix *m = sc->state;

	free(m->role);
}

static int
key_roles(struct screen *sc, const struct key *k)
{
	struct matrix *m = sc->state;

	switch (k->code) {
	case KEY_SCAN:
		return scan_anywhere(sc, k->text);
	case KEY_UP_:
	case 'k':
		return matrix_move(m, -1, 0);
	case KEY_DOWN_:
	case 'j':
		return matrix_move(m, 1, 0);
	case KEY_LEFT_:
	case KEY_BACKTAB:
	case 'h':
		return matrix_move(m, 0, -1);
	case KEY_RIGHT_:
	case KEY_TAB_:
	case 'l':
		return matrix_move(m, 0, 1);
	case KEY_PGUP:
		return matrix_move(m, -m->rows, 0);
	case KEY_PGDN:
		return matrix_move(m, m->rows, 0);
	case KEY_HOME_:
	case 'g':
		return matrix_move(m, -PERM_MAX, 0);
	case KEY_END_:
	case 'G':
		return matrix_move(m, PERM_MAX, 0);
	default:
		return 0;
	}
}

static struct matrix_role *
current(struct screen *sc)
{
	struct matrix *m = sc->state;

	return (size_t)m->col < m->n ? &m->role[m->col] : NULL;
}

static bool
has_role(struct screen *sc)
{
	return current(sc) != NULL;
}

static int
cmd_toggle(struct screen *sc)
{
	struct matrix *m = sc->state;

	current(sc)->is ^= UINT64_C(1) << matrix_perm(m->row);
	return 0;
}

/* Each role by itself: what was saved stays saved when the next is refused. */
static int
cmd_save(struct screen *sc)
{
	struct matrix *m = sc->state;
	size_t i, n = 0;
	int rc = 0;

	for (i = 0; rc == 0 && i < m->n; i++) {
		struct matrix_role *role = &m->role[i];

		if (role->was == role->is)
			continue;
		rc = role_save(
		    session_of(sc), role->id, role->version, role->is);
		if (rc == 0) {
			role->was = role->is;
			n++;
		}
	}
	if (rc < 0)
		ui_failed(sc->ui, rc);
	else if (n == 0)
		ui_say(sc->ui, "%s", _("Nothing was changed."));
	else
		ui_say(sc->ui,
		    ngettext("%d role is saved; it holds at once.",
			"%d roles are saved; it holds at once.", n),
		    (int)n);
	return refresh(sc);
}

struct role_form {
	char name[32];
	char title[64];
};

/* clang-format off */
static const struct field fields[] = {
	{ FIELD_CHARS(struct role_form, title, FIELD_TEXT, N_("Role title"),
	    FIELD_REQUIRED), .hint = N_("as people call it") },
	{ FIELD_CHARS(struct role_form, name, FIELD_TEXT, N_("Short name"),
	    FIELD_REQUIRED), .hint = N_("a-z 0-9 -") },
	{ .name = NULL },
};
/* clang-format on */

static int
save_new(void *arg, const void *record)
{
	const struct role_form *form = record;
	int64_t id;

	return role_add(arg, form->name, form->title, &id);
}

static int
cmd_new(struct screen *sc)
{
	struct role_form form = { .name = "" };
	struct matrix *m = sc->state;
	int rc;

	rc = ui_form(
	    sc->ui, _("New role"), fields, &form, save_new, session_of(sc));
	if (rc <= 0)
		return rc;
	ui_say(sc->ui, _("%s may do nothing yet. Space allows, Ctrl-S saves."),
	    form.title);
	rc = refresh(sc);
	m->col = (int)m->n - 1;
	return rc;
}

static int
cmd_history(struct screen *sc)
{
	const struct matrix_role *role = current(sc);

	return open_history(sc, "role", role->id, role->title);
}

/* As it is saved. */
static int
cmd_export(struct screen *sc)
{
	return act_export_kind(sc, "roles");
}

static int
cmd_back(struct screen *sc)
{
	size_t n = matrix_changes(sc->state);

	if (n == 0 || ui_confirm(sc->ui, _("Give up"),
			  ngettext("%d change is not saved. Give it up?",
			      "%d changes are not saved. Give them up?", n),
			  (int)n))
		ui_close(sc->ui);
	return 0;
}

static const char *
unsaved(struct screen *sc)
{
	return matrix_changes(sc->state) > 0
		   ? _("Changes of roles are not saved.")
		   : NULL;
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	if (cmd->run == cmd_save && matrix_changes(sc->state) == 0)
		return NULL;
	return cmd->label;
}

static void
draw_roles(struct screen *sc, struct canvas *c, struct rect r)
{
	matrix_draw(sc->state, c, r);
}

static const struct cmd cmds[] = {
	{ "role-toggle", "Space", N_("Allow"),
	    N_("Allow this to the role, or no longer"), PERM_ROLE_EDIT,
	    CMD_NEEDS_ROW, cmd_toggle },
	{ "role-save", "Ctrl-S", N_("Save"), N_("Save all that is changed"),
	    PERM_ROLE_EDIT, 0, cmd_save },
	{ "role-new", "n", N_("New"), N_("Make another role"), PERM_ROLE_EDIT,
	    0, cmd_new },
	{ "history", "H", N_("History"),
	    N_("Everything that was done to this record"), PERM_NONE,
	    CMD_NEEDS_ROW, cmd_history },
	{ "role-export", "x", N_("Export"),
	    N_("Write all roles, and what they may do, to a file"), PERM_EXPORT,
	    0, cmd_export },
	{ "role-back", "Esc q", N_("Back"),
	    N_("To the screen before; asks when something is not saved"),
	    PERM_NONE, 0, cmd_back },
	{ .name = NULL },
};

const struct screen_ops screen_roles = {
	.name = "roles",
	.title = N_("Roles"),
	.perm = PERM_STAFF_VIEW,
	.cmds = cmds,
	.size = sizeof(struct matrix),
	.close = close_roles,
	.refresh = refresh,
	.key = key_roles,
	.draw = draw_roles,
	.has_row = has_role,
	.label = label,
	.unsaved = unsaved,
};
