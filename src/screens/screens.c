/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "screens_priv.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/ui.h"

const struct screen_ops *const screens[] = {
	&screen_front,
	&screen_orders,
	&screen_order,
	&screen_pack,
	&screen_stock,
	&screen_ledger,
	&screen_customers,
	&screen_customer,
	&screen_listings,
	&screen_mapping,
	&screen_parcels,
	&screen_import,
	&screen_imports,
	&screen_staff,
	&screen_audit,
	NULL,
};

/* Before anybody is logged in there is only this. */
static const struct screen_ops *const door[] = { &screen_login, NULL };

struct session *
session_of(const struct screen *sc)
{
	const struct app *app = sc->app;

	return app->session;
}

static bool
host_may(void *arg, unsigned perm)
{
	const struct app *app = arg;

	return perm == PERM_NONE || session_may(app->session, (enum perm)perm);
}

static const struct err *
host_err(void *arg)
{
	const struct app *app = arg;

	return session_err(app->session);
}

static const char *
host_shop(void *arg)
{
	const struct app *app = arg;

	return session_shop_name(app->session);
}

static const char *
host_who(void *arg)
{
	struct app *app = arg;

	if (!session_logged_in(app->session))
		return "";
	snprintf(app->who, sizeof(app->who), "%s · %s",
	    session_staff_name(app->session),
	    role_text(session_role(app->session)));
	return app->who;
}

static const char *
host_binding(void *arg, const char *screen, const char *cmd)
{
	const struct app *app = arg;

	if (app->config == NULL)
		return NULL;
	return config_binding(app->config, screen, cmd);
}

static int64_t
host_version(void *arg)
{
	const struct app *app = arg;

	return session_version(app->session);
}

static void
host_idle(void *arg)
{
	const struct app *app = arg;

	session_idle(app->session);
}

void
app_host(struct app *app, struct ui_host *out)
{
	*out = (struct ui_host){
		.may = host_may,
		.err = host_err,
		.shop = host_shop,
		.who = host_who,
		.binding = host_binding,
		.version = host_version,
		.idle = host_idle,
		.app = app,
	};
}

/* Long work asks this now and then: Esc stops it. */
static int
esc_pressed(void *arg)
{
	const struct ui_port *port = arg;

	return port->esc_waiting != NULL && port->esc_waiting(port->arg);
}

int
app_run(struct app *app, const struct ui_port *port, int h, int w)
{
	struct ui_port p = *port;
	struct ui_host host;
	struct ui *ui;
	int rc = 0;

	app_host(app, &host);
	if (!session_logged_in(app->session)) {
		ui = ui_new(&host, port, door, h, w);
		rc = ui_run(ui);
		h = canvas_h(ui_canvas(ui));
		w = canvas_w(ui_canvas(ui));
		ui_free(ui);
		if (rc < 0 || !session_logged_in(app->session))
			return rc;
	}
	session_on_progress(app->session, esc_pressed, &p);
	ui = ui_new(&host, port, screens, h, w);
	rc = ui_run(ui);
	ui_free(ui);
	session_on_progress(app->session, NULL, NULL);
	return rc;
}

static const struct screen_ops *
screen_by_name(const char *name)
{
	size_t i;

	for (i = 0; screens[i] != NULL; i++)
		if (strcmp(screens[i]->name, name) == 0)
			return screens[i];
	return NULL;
}

/* The commands behind "[keys.orders]", or "[keys.global]". */
static const struct cmd *
cmds_by_name(const char *name)
{
	const struct screen_ops *ops = screen_by_name(name);

	if (strcmp(name, "global") == 0)
		return ui_globals();
	return ops != NULL ? ops->cmds : NULL;
}

static const struct cmd *
cmd_by_name(const struct cmd *cmds, const char *name)
{
	const struct cmd *cmd;

	for (cmd = cmds; cmd->name != NULL; cmd++)
		if (strcmp(cmd->name, name) == 0)
			return cmd;
	return NULL;
}

/* The next of the names in *@keys, parted by blanks; 0 at the end. */
static size_t
next_key(const char **keys, char *name, size_t size)
{
	size_t n;

	*keys += strspn(*keys, " ");
	n = strcspn(*keys, " ");
	snprintf(name, size, "%.*s", (int)n, *keys);
	*keys += n;
	return n;
}

static bool
has_key(const char *keys, uint32_t code)
{
	char name[32];

	while (next_key(&keys, name, sizeof(name)) > 0)
		if (key_parse(name) == code)
			return true;
	return false;
}

struct check {
	const struct config *config;
	struct err *err;
};

/* One binding of the settings: what it names exists, and stands alone. */
static int
check_binding(void *arg, const char *screen, const char *cmd, const char *keys)
{
	const struct check *ck = arg;
	const struct cmd *cmds = cmds_by_name(screen), *own, *other;
	const char *bound;
	char name[32];
	uint32_t code;

	if (cmds == NULL)
		return err_set(ck->err, ERR_INVALID, cmd,
		    _("%s: [keys.%s]: there is no such screen"),
		    config_path(ck->config), screen);
	own = cmd_by_name(cmds, cmd);
	if (own == NULL)
		return err_set(ck->err, ERR_INVALID, cmd,
		    _("%s: [keys.%s] %s: there is no such command"),
		    config_path(ck->config), screen, cmd);
	while (next_key(&keys, name, sizeof(name)) > 0) {
		code = key_parse(name);
		if (code == 0)
			return err_set(ck->err, ERR_INVALID, cmd,
			    _("%s: [keys.%s] %s: there is no key \"%s\""),
			    config_path(ck->config), screen, cmd, name);
		for (other = cmds; other->name != NULL; other++) {
			bound = config_binding(ck->config, screen, other->name);
			if (other != own &&
			    has_key(bound != NULL ? bound : other->keys, code))
				return err_set(ck->err, ERR_INVALID, cmd,
				    _("%s: [keys.%s] %s: the key %s is also "
				      "that of %s"),
				    config_path(ck->config), screen, cmd, name,
				    other->name);
		}
	}
	return 0;
}

int
app_check_bindings(const struct config *config, struct err *err)
{
	struct check ck = { .config = config, .err = err };

	return config_bindings(config, check_binding, &ck);
}
