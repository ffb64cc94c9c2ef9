/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "screens_priv.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/ui.h"

/* A supervisor allows one thing at the terminal of somebody who may not. */

struct asked {
	struct app *app;
	unsigned perm;
};

static int
check(void *arg, struct ui_who *who)
{
	const struct asked *a = arg;

	return session_approve(
	    a->app->session, a->perm, who->name, who->password);
}

static int
badge(void *arg, struct ui_who *who, const char *code)
{
	const struct asked *a = arg;

	return app_badge(a->app, who, code);
}

static bool
wait(void *arg, const struct ui_who *who, char *buf, size_t size)
{
	const struct asked *a = arg;

	return app_wait(a->app, who, buf, size);
}

bool
app_step_up(void *arg, struct ui *ui, unsigned perm, const char *what)
{
	struct asked asked = { .app = arg, .perm = perm };
	char text[400];
	struct ui_who who = { .title = _("Approval"),
		.text = text,
		.verb = _("Approve"),
		.check = check,
		.badge = badge,
		.wait = wait,
		.arg = &asked };

	if (!perm_approvable((enum perm)perm))
		return false;
	/* TRANSLATORS: "Wang asks: Release. Whoever may approve releasing
	 * orders ..." */
	snprintf(text, sizeof(text),
	    _("%s asks: %s. Whoever may approve %s allows it this once, by "
	      "name or badge and password."),
	    session_staff_name(asked.app->session), what,
	    perm_text((enum perm)perm));
	return ui_who(ui, &who) == UI_WHO_RIGHT;
}

void
app_step_end(void *arg)
{
	const struct app *app = arg;

	session_approval_end(app->session);
}
