/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* Who works here. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("Log-in"), 12, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Full name"), 12, 2, 0, 0, 0 },
	{ N_("Role"), 20, 4, 0, 0, 0 },
	{ N_("Since"), 10, 0, 1, 0, 0 },
	{ N_("State"), 8, 0, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

/* "clerk buyer" in words. */
static void
roles_words(const char *roles, char *buf, size_t size)
{
	const char *p = roles;
	size_t n, len = 0;
	char role[64];

	buf[0] = '\0';
	while (*(p += strspn(p, " ")) != '\0') {
		n = strcspn(p, " ");
		snprintf(role, sizeof(role), "%.*s", (int)n, p);
		copy_text(
		    buf + len, size - len, len > 0 ? C_("list", ", ") : "");
		len = strlen(buf);
		copy_text(buf + len, size - len, role_text(role));
		len = strlen(buf);
		p += n;
	}
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct staff *m = row;

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
		roles_words(m->roles, buf, size);
		break;
	case 3:
		show_when(buf, size, m->created_at);
		break;
	case 4:
		copy_text(buf, size, m->active ? _("active") : _("left"));
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;

	return staff_page(session_of(sc), dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct staff),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("Nobody works here yet. n adds somebody."),
};

static int
open_staff(struct screen *sc, const void *arg)
{
	struct list *l = sc->state;

	(void)arg;
	l->table = table_new(&source, sc);
	return list_refresh(sc);
}

/* The roles there are, and their words, in the same order. */
static const char *const roles[] = { "owner", "manager", "supervisor", "agent",
	"aftersales", "warehouse", "clerk", "buyer", "editor" };
static const char *const role_words[] = { N_("owner"), N_("store manager"),
	N_("customer-service supervisor"), N_("sales agent"),
	N_("after-sales agent"), N_("warehouse manager"), N_("warehouse clerk"),
	N_("buyer"), N_("web editor"), NULL };

#define MOST 6 /* what most are: warehouse clerks */

struct staff_form {
	char login[32];
	char name[64];
	char role[64];
	char password[128];
};

/* clang-format off */
static const struct field fields[] = {
	{ FIELD_CHARS(struct staff_form, login, FIELD_TEXT, N_("Log-in"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct staff_form, name, FIELD_TEXT, N_("Full name"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct staff_form, role, FIELD_PICK, N_("Role"),
	    FIELD_REQUIRED), .choices = role_words },
	{ FIELD_CHARS(struct staff_form, password, FIELD_SECRET,
	    N_("Password"), FIELD_REQUIRED),
	    .hint = N_("8 characters or more") },
	{ .name = NULL },
};
/* clang-format on */

static int
save(void *arg, const void *record)
{
	const struct staff_form *form = record;
	struct staff_edit edit = { .login = "" };
	struct screen *sc = arg;
	int64_t id;
	size_t i;
	int rc;

	copy_text(edit.login, sizeof(edit.login), form->login);
	copy_text(edit.name, sizeof(edit.name), form->name);
	copy_text(edit.password, sizeof(edit.password), form->password);
	for (i = 0; role_words[i] != NULL; i++)
		if (strcmp(role_words[i], form->role) == 0)
			copy_text(edit.roles, sizeof(edit.roles), roles[i]);
	rc = staff_add(session_of(sc), &edit, &id);
	secret_wipe(edit.password, sizeof(edit.password));
	return rc;
}

static int
cmd_new(struct screen *sc)
{
	struct staff_form form = { .login = "" };
	int rc;

	copy_text(form.role, sizeof(form.role), role_words[MOST]);
	rc = ui_form(
	    sc->ui, _("New member of the staff"), fields, &form, save, sc);
	secret_wipe(form.password, sizeof(form.password));
	if (rc <= 0)
		return rc;
	ui_say(sc->ui, _("%s can log in now as %s."), form.name, form.login);
	return list_refresh(sc);
}

static const struct cmd cmds[] = {
	{ "staff-new", "n", N_("New"), N_("Add somebody to the staff"),
	    PERM_STAFF_EDIT, 0, cmd_new },
	{ "my-password", "P", N_("Password"), N_("Change my own password"),
	    PERM_NONE, 0, cmd_password },
	{ .name = NULL },
};

const struct screen_ops screen_staff = {
	.name = "staff",
	.title = N_("Staff"),
	.go = "F7",
	.perm = PERM_STAFF_VIEW,
	.cmds = cmds,
	.size = sizeof(struct list),
	.open = open_staff,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
};
