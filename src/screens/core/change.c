/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/ui.h"

/* One person after the other at the same terminal, by badge and password. */

static int
check(void *arg, struct ui_who *who)
{
	const struct app *app = arg;

	return session_change(
	    app->session, who->name, who->password, who->code);
}

/* The work goes on where it was, if that is a place one can go to. */
static const char *
place(const struct ui *ui)
{
	const char *name = ui_top_name(ui);
	size_t i;

	for (i = 0; name != NULL && screens[i] != NULL; i++)
		if (strcmp(screens[i]->name, name) == 0)
			return screens[i]->go != NULL ? name : NULL;
	return NULL;
}

static void
change(struct app *app, struct ui *ui, const char *login, const char *name)
{
	const char *lost = ui_unsaved(ui);
	char text[500];
	struct ui_who who = { .title = _("Change of person"),
		.text = text,
		.verb = _("Change"),
		.known = name,
		.check = check,
		.badge = NULL,
		.wait = app_wait,
		.arg = app };
	int n;

	n = snprintf(text, sizeof(text), _("Change to %s? %s is logged out."),
	    name, session_staff_name(app->session));
	if (lost != NULL && n > 0 && (size_t)n < sizeof(text))
		snprintf(text + n, sizeof(text) - (size_t)n, "\n%s", lost);
	copy_text(who.name, sizeof(who.name), login);
	if (ui_who(ui, &who) != UI_WHO_RIGHT)
		return;
	app->next.again = true;
	app->next.screen = place(ui);
	ui_quit(ui);
}

bool
app_scan(void *arg, struct ui *ui, const char *code)
{
	struct app *app = arg;
	char login[SESSION_NAME], name[SESSION_NAME];
	int rc;

	if (!is_badge(code))
		return false;
	rc = session_badge(app->session, code, login);
	if (rc == 0)
		rc = session_name_of(app->session, login, name);
	/* A password is what people type next: it must not reach a screen. */
	if (rc < 0) {
		ui_bell(ui, 0);
		ui_tell(ui, _("Badge"), session_err(app->session)->text);
	} else if (strcmp(login, session_login_name(app->session)) == 0) {
		ui_lock(ui);
	} else {
		change(app, ui, login, name);
	}
	return true;
}
