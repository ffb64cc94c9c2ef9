/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/ui.h"

/* The terminal while nobody is at it: everything waits for the same person. */

bool
is_badge(const char *code)
{
	return strncasecmp(code, STAFF_BADGE, strlen(STAFF_BADGE)) == 0;
}

bool
app_wait(void *arg, const struct ui_who *who, char *buf, size_t size)
{
	const struct app *app = arg;

	return session_waits(app->session, who->name, buf, size);
}

int
app_badge(void *arg, struct ui_who *who, const char *code)
{
	const struct app *app = arg;
	char login[SESSION_NAME];
	int rc;

	if (!is_badge(code))
		return 0;
	if ((rc = session_badge(app->session, code, login)) < 0)
		return rc;
	copy_text(who->name, sizeof(who->name), login);
	return 1;
}

static int
check(void *arg, struct ui_who *who)
{
	const struct app *app = arg;

	return session_unlock(app->session, who->password);
}

/* Somebody else's badge says that somebody else is here. */
static int
badge(void *arg, struct ui_who *who, const char *code)
{
	struct app *app = arg;
	int rc = app_badge(app, who, code);

	if (rc != 1)
		return rc;
	if (strcmp(who->name, session_login_name(app->session)) == 0)
		return 1;
	copy_text(app->next.login, sizeof(app->next.login), who->name);
	copy_text(
	    who->name, sizeof(who->name), session_login_name(app->session));
	return 2;
}

/* To end the session of whoever went away is a question of its own. */
static bool
log_out(struct app *app, struct ui *ui)
{
	const char *lost = ui_unsaved(ui);
	bool yes;

	yes = ui_confirm(ui, _("Log out"), _("Log %s out?\n%s"),
	    session_staff_name(app->session),
	    lost != NULL ? lost : _("Nothing that is open would be lost."));
	if (yes)
		app->next.again = app->next.out = true;
	else
		app->next.login[0] = '\0';
	return yes;
}

bool
app_lock(void *arg, struct ui *ui)
{
	struct app *app = arg;
	char text[300], full[TIME_SIZE];
	struct ui_who who = { .title = _("Locked"),
		.text = text,
		.verb = _("Unlock"),
		.other = _("Somebody else"),
		.known = session_staff_name(app->session),
		.stay = true,
		.check = check,
		.badge = badge,
		.wait = app_wait,
		.arg = app };

	time_full(time_now(), full);
	snprintf(text, sizeof(text),
	    _("Locked since %.5s. What %s has open stays as it is."), full + 11,
	    session_staff_name(app->session));
	for (;;) {
		copy_text(who.name, sizeof(who.name),
		    session_login_name(app->session));
		switch (ui_who(ui, &who)) {
		case UI_WHO_RIGHT:
			return true;
		case UI_WHO_LEFT:
			return false;
		case UI_WHO_OTHER:
			if (log_out(app, ui))
				return false;
			break;
		}
	}
}
