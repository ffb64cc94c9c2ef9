/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"
#include "staff_acts.h"

#define ROLES_MAX 100

/* Is @name among "a b c"? */
static bool
has_role(const char *names, const char *name)
{
	size_t len = strlen(name);
	const char *at;

	for (at = names; (at = strstr(at, name)) != NULL; at += len)
		if ((at == names || at[-1] == ' ') &&
		    (at[len] == ' ' || at[len] == '\0'))
			return true;
	return false;
}

char *
roles_words(char *buf, size_t size, const char *names, const struct page *roles)
{
	struct str out = STR_INIT;
	size_t i;

	for (i = 0; i < roles->n; i++) {
		const struct role *role = page_row(roles, i);

		if (!has_role(names, role->name))
			continue;
		if (out.len > 0)
			str_add(&out, C_("list", ", "));
		str_add(&out, role->title);
	}
	copy_text(buf, size, out.s);
	str_done(&out);
	return buf;
}

/* The roles of somebody, several at once, to names with blanks between. */
static bool
pick_roles(struct screen *sc, const char *title, const struct page *roles,
    const char *had, char *names, size_t size)
{
	const char *words[ROLES_MAX] = { NULL };
	bool on[ROLES_MAX];
	struct str out = STR_INIT;
	size_t n = roles->n < ROLES_MAX ? roles->n : ROLES_MAX, i;
	const struct role *role;

	for (i = 0; i < n; i++) {
		role = page_row(roles, i);
		words[i] = role->title;
		on[i] = has_role(had, role->name);
	}
	if (!ui_pick_many(sc->ui, title, words, n, on))
		return false;
	for (i = 0; i < n; i++) {
		role = page_row(roles, i);
		if (on[i])
			str_addf(
			    &out, "%s%s", out.len > 0 ? " " : "", role->name);
	}
	copy_text(names, size, out.s);
	str_done(&out);
	return true;
}

struct new_form {
	char login[32];
	char name[64];
	char roles[200]; /* in words */
	char password[128];
	char again[128];
};

/* clang-format off */
static const struct field new_fields[] = {
	{ FIELD_CHARS(struct new_form, login, FIELD_TEXT, N_("Log-in"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct new_form, name, FIELD_TEXT, N_("Full name"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct new_form, roles, FIELD_TEXT, N_("Role"),
	    FIELD_FIXED) },
	{ FIELD_CHARS(struct new_form, password, FIELD_SECRET,
	    N_("Password"), FIELD_REQUIRED),
	    .hint = N_("8 characters or more") },
	{ FIELD_CHARS(struct new_form, again, FIELD_SECRET,
	    N_("Once more"), FIELD_REQUIRED) },
	{ .name = NULL },
};
/* clang-format on */

struct new_save {
	struct session *s;
	char roles[200];
};

static int
save_new(void *arg, const void *record)
{
	const struct new_form *form = record;
	const struct new_save *to = arg;
	struct staff_edit edit = { .login = "" };
	int64_t id;
	int rc;

	rc = password_twice(to->s, form->password, form->again);
	if (rc < 0)
		return rc;
	copy_text(edit.login, sizeof(edit.login), form->login);
	copy_text(edit.name, sizeof(edit.name), form->name);
	copy_text(edit.roles, sizeof(edit.roles), to->roles);
	copy_text(edit.password, sizeof(edit.password), form->password);
	rc = staff_add(to->s, &edit, &id);
	secret_wipe(edit.password, sizeof(edit.password));
	return rc;
}

int
act_staff_new(struct screen *sc, const struct page *roles)
{
	struct new_save to = { .s = session_of(sc) };
	struct new_form form = { .login = "" };
	int rc;

	if (!pick_roles(sc, _("In which roles?"), roles, "", to.roles,
		sizeof(to.roles)))
		return 0;
	roles_words(form.roles, sizeof(form.roles), to.roles, roles);
	rc = ui_form(sc->ui, _("New member of the staff"), new_fields, &form,
	    save_new, &to);
	secret_wipe(form.password, sizeof(form.password));
	secret_wipe(form.again, sizeof(form.again));
	if (rc <= 0)
		return rc;
	ui_say(sc->ui, _("%s can log in now as %s."), form.name, form.login);
	return 0;
}

struct name_form {
	char login[32];
	char name[64];
	char roles[200];
};

/* clang-format off */
static const struct field name_fields[] = {
	{ FIELD_CHARS(struct name_form, login, FIELD_TEXT, N_("Log-in"),
	    FIELD_FIXED) },
	{ FIELD_CHARS(struct name_form, name, FIELD_TEXT, N_("Full name"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct name_form, roles, FIELD_TEXT, N_("Role"),
	    FIELD_FIXED) },
	{ .name = NULL },
};
/* clang-format on */

struct edit_save {
	struct session *s;
	int64_t id, version;
	struct staff_edit edit;
};

static int
save_name(void *arg, const void *record)
{
	const struct name_form *form = record;
	struct edit_save *to = arg;

	copy_text(to->edit.name, sizeof(to->edit.name), form->name);
	return staff_save(to->s, to->id, to->version, &to->edit);
}

static struct edit_save
edit_of(struct screen *sc, const struct staff *m)
{
	struct edit_save to = {
		.s = session_of(sc), .id = m->id, .version = m->version
	};

	copy_text(to.edit.login, sizeof(to.edit.login), m->login);
	copy_text(to.edit.name, sizeof(to.edit.name), m->name);
	copy_text(to.edit.roles, sizeof(to.edit.roles), m->roles);
	return to;
}

int
act_staff_name(
    struct screen *sc, const struct staff *m, const struct page *roles)
{
	struct edit_save to = edit_of(sc, m);
	struct name_form form = { .login = "" };
	int rc;

	copy_text(form.login, sizeof(form.login), m->login);
	copy_text(form.name, sizeof(form.name), m->name);
	roles_words(form.roles, sizeof(form.roles), m->roles, roles);
	rc = ui_form(
	    sc->ui, _("Somebody's name"), name_fields, &form, save_name, &to);
	if (rc > 0)
		ui_say(sc->ui, _("%s is saved."), form.name);
	return rc < 0 ? rc : 0;
}

int
act_staff_roles(
    struct screen *sc, const struct staff *m, const struct page *roles)
{
	struct edit_save to = edit_of(sc, m);
	char title[160], words[300];
	int rc;

	snprintf(title, sizeof(title), _("The roles of %s"), m->name);
	if (!pick_roles(sc, title, roles, m->roles, to.edit.roles,
		sizeof(to.edit.roles)))
		return 0;
	rc = staff_save(to.s, to.id, to.version, &to.edit);
	if (rc == 0)
		ui_say(sc->ui, _("%s: %s"), to.edit.name,
		    roles_words(words, sizeof(words), to.edit.roles, roles));
	return rc;
}

int
act_staff_active(struct screen *sc, const struct staff *m)
{
	bool active = !m->active;
	int64_t id = m->id;
	char name[64];
	int rc;

	copy_text(name, sizeof(name), m->name);
	if (!active &&
	    !ui_confirm(sc->ui, _("Close"),
		_("Close the account of %s? Nothing that %s did is lost, and "
		  "the account can be opened again."),
		name, name))
		return 0;
	rc = staff_set_active(session_of(sc), id, active);
	if (rc < 0)
		return rc;
	if (active)
		ui_say(sc->ui, _("%s can log in again."), name);
	else
		ui_say(sc->ui, _("%s cannot log in any more."), name);
	return 0;
}

struct reset_form {
	char password[128], again[128];
};

/* clang-format off */
static const struct field reset_fields[] = {
	{ FIELD_CHARS(struct reset_form, password, FIELD_SECRET,
	    N_("New password"), FIELD_REQUIRED),
	    .hint = N_("8 characters or more") },
	{ FIELD_CHARS(struct reset_form, again, FIELD_SECRET,
	    N_("Once more"), FIELD_REQUIRED) },
	{ .name = NULL },
};
/* clang-format on */

static int
save_reset(void *arg, const void *record)
{
	const struct reset_form *form = record;
	const struct edit_save *to = arg;
	int rc = password_twice(to->s, form->password, form->again);

	return rc < 0 ? rc : staff_reset(to->s, to->id, form->password);
}

int
act_staff_reset(struct screen *sc, const struct staff *m)
{
	struct edit_save to = edit_of(sc, m);
	struct reset_form form = { .password = "" };
	char title[160];
	int rc;

	snprintf(title, sizeof(title), _("A new password for %s"), m->name);
	rc = ui_form(sc->ui, title, reset_fields, &form, save_reset, &to);
	secret_wipe(&form, sizeof(form));
	if (rc > 0)
		ui_say(sc->ui,
		    _("%s has to choose an own password at the next log-in."),
		    to.edit.name);
	return rc < 0 ? rc : 0;
}

int
act_staff_unlock(struct screen *sc, const struct staff *m)
{
	char name[64];
	int rc;

	copy_text(name, sizeof(name), m->name);
	rc = staff_unlock(session_of(sc), m->id);
	if (rc == 0)
		ui_say(sc->ui, _("%s can try to log in again at once."), name);
	return rc;
}

#define GROUP  4 /* characters, apart from one another */
#define GROUPS 3 /* a line */

/* "S M B -   7 K Q 2": to be read from where one stands. */
static void
add_large(struct str *out, const char *code)
{
	size_t i;

	for (i = 0; code[i] != '\0'; i++) {
		if (i % (GROUP * GROUPS) == 0)
			str_add(out, "\n    ");
		else if (i % GROUP == 0)
			str_add(out, "   ");
		str_addf(out, "%c ", code[i]);
	}
}

/* The code is seen this once; nothing keeps it. */
static void
show_badge(struct screen *sc, const char *name, const char *code)
{
	struct str text = STR_INIT;
	char title[160];

	snprintf(title, sizeof(title), _("The badge of %s"), name);
	str_addf(&text, "%s\n",
	    _("This is the code of the new badge. It is shown only now:"));
	add_large(&text, code);
	str_addf(&text, "\n\n    %s\n\n%s", code,
	    _("Print it as a barcode (Code 128) with your label program. The "
	      "badge before is worth nothing any more."));
	ui_tell(sc->ui, title, text.s);
	secret_wipe(text.s, text.len);
	str_done(&text);
}

int
act_staff_badge(struct screen *sc, const struct staff *m)
{
	const char *hows[] = { _("Print it"), _("Show its code once") };
	char code[STAFF_BADGE_SIZE], name[64];
	int64_t id = m->id;
	int rc, how;

	copy_text(name, sizeof(name), m->name);
	if (m->badge &&
	    !ui_confirm(sc->ui, _("New badge"),
		_("Make a new badge for %s? The one there is opens nothing "
		  "any more."),
		name))
		return 0;
	how = ui_pick(sc->ui, _("The new badge"), hows, 2, 0);
	if (how < 0)
		return 0;
	if (how == 0)
		return act_print_by_id(sc, id, print_badge);
	rc = staff_badge_new(session_of(sc), id, code);
	if (rc == 0)
		show_badge(sc, name, code);
	secret_wipe(code, sizeof(code));
	return rc;
}

int
act_staff_badge_drop(struct screen *sc, const struct staff *m)
{
	int64_t id = m->id;
	char name[64];
	int rc;

	copy_text(name, sizeof(name), m->name);
	if (!ui_confirm(sc->ui, _("Drop"),
		_("Drop the badge of %s? It says nobody's name any more."),
		name))
		return 0;
	rc = staff_badge_drop(session_of(sc), id);
	if (rc == 0)
		ui_say(sc->ui, _("%s has no badge any more."), name);
	return rc;
}

int
act_staff_code_end(struct screen *sc, const struct staff *m)
{
	int64_t id = m->id;
	char name[64];
	int rc;

	copy_text(name, sizeof(name), m->name);
	if (!ui_confirm(sc->ui, _("Code off"),
		_("Let %s log in without a one-time code? Do so when the "
		  "telephone is lost."),
		name))
		return 0;
	rc = staff_otp_end(session_of(sc), id);
	if (rc == 0)
		ui_say(
		    sc->ui, _("%s logs in by the password alone now."), name);
	return rc;
}
