/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/find.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/domain/view.h"
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
	&screen_parcels,
	&screen_staff,
	&screen_listings,
	&screen_mapping,
	&screen_import,
	&screen_imports,
	&screen_settings,
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
	const char *name = "";

	if (app->config != NULL)
		name = config_text(app->config, "shop:name");
	return name[0] != '\0' ? name : session_shop_name(app->session);
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

#define IDLE_MS 200

static void
host_idle(void *arg)
{
	const struct app *app = arg;
	int64_t left = 0;

	session_idle(app->session);
	/* What was imported meanwhile, for "Find anything". A failure is in the
	 * log, and told where it matters: to who looks for something. */
	if (session_logged_in(app->session) &&
	    find_index(app->session, IDLE_MS, &left) < 0)
		return;
}

static char *
host_view_get(void *arg, const char *name)
{
	const struct app *app = arg;
	struct str text = STR_INIT;

	/* How a list looks is nothing to fail for. */
	if (view_get(app->session, name, &text) < 0)
		str_cut(&text, 0);
	return str_take(&text);
}

static void
host_view_set(void *arg, const char *name, const char *value)
{
	const struct app *app = arg;

	/* How a list looks is nothing to fail for. */
	if (view_set(app->session, name, value) < 0)
		return;
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
		.find = app_find,
		.view_get = host_view_get,
		.view_set = host_view_set,
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

/* Between the terminal and the ui: notes when nobody was there for too long. */
struct watch {
	const struct ui_port *port;
	int64_t limit; /* nanoseconds; 0: none */
	int64_t last;  /* key */
	bool left;     /* it was too long */
};

static void
watch_wait(void *arg, int timeout_ms, struct key *out)
{
	struct watch *w = arg;

	w->port->wait(w->port->arg, timeout_ms, out);
	if (out->code != KEY_TICK && out->code != KEY_RESIZE_)
		w->last = out->at;
	else if (w->last == 0)
		w->last = out->at;
	else if (w->limit > 0 && out->at - w->last >= w->limit) {
		w->left = true;
		out->code = KEY_HANGUP;
	}
}

static void
watch_show(void *arg, const struct canvas *c)
{
	const struct watch *w = arg;

	w->port->show(w->port->arg, c);
}

static void
watch_bell(void *arg, int kind)
{
	const struct watch *w = arg;

	if (w->port->bell != NULL)
		w->port->bell(w->port->arg, kind);
}

static bool
watch_esc(void *arg)
{
	const struct watch *w = arg;

	return w->port->esc_waiting != NULL &&
	       w->port->esc_waiting(w->port->arg);
}

struct size {
	int h, w;
};

/* The screens, the first of them first, until they are left. */
static int
run_screens(struct app *app, const struct ui_port *port,
    const struct screen_ops *const *from, struct size *size)
{
	struct ui_host host;
	struct ui *ui;
	int rc;

	app_host(app, &host);
	if (from == door)
		host.find = NULL; /* before it is known who asks */
	ui = ui_new(&host, port, from, size->h, size->w);
	rc = ui_run(ui);
	size->h = canvas_h(ui_canvas(ui));
	size->w = canvas_w(ui_canvas(ui));
	ui_free(ui);
	return rc;
}

int
app_run(struct app *app, const struct ui_port *port, int h, int w)
{
	struct ui_port own = *port;
	struct watch watch = { .port = port };
	struct size size = { h, w };
	int rc;

	if (app->config != NULL)
		watch.limit = config_int(app->config, "ui:idle_s") * 1000000000;
	own.wait = watch_wait;
	own.show = watch_show;
	own.bell = watch_bell;
	own.esc_waiting = watch_esc;
	own.arg = &watch;
	do {
		watch.left = false;
		watch.last = 0;
		if (!session_logged_in(app->session) &&
		    (rc = run_screens(app, port, door, &size)) < 0)
			return rc;
		if (!session_logged_in(app->session))
			return 0;
		session_on_progress(app->session, esc_pressed, &own);
		rc = run_screens(app, &own, screens, &size);
		session_on_progress(app->session, NULL, NULL);
		if (watch.left)
			session_logout(app->session);
	} while (rc == 0 && watch.left);
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

/* The commands behind "[keys.orders]", "[keys.list]", or "[keys.global]". */
static const struct cmd *
cmds_by_name(const char *name)
{
	const struct screen_ops *ops = screen_by_name(name);

	if (strcmp(name, "global") == 0)
		return ui_globals();
	if (strcmp(name, list_cmds.name) == 0)
		return list_cmds.cmds;
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

/* Who else of them has this key; NULL: nobody. */
static const struct cmd *
taken(const struct check *ck, const char *scope, const struct cmd *cmds,
    const struct cmd *own, uint32_t code)
{
	const struct cmd *cmd;
	const char *bound;

	for (cmd = cmds; cmd->name != NULL; cmd++) {
		bound = config_binding(ck->config, scope, cmd->name);
		if (cmd != own && !(cmd->needs & CMD_SOMETIMES) &&
		    has_key(bound != NULL ? bound : cmd->keys, code))
			return cmd;
	}
	return NULL;
}

/* The same in its own section, and in those of the lists it is with on a
 * screen. */
static const struct cmd *
taken_anywhere(const struct check *ck, const char *scope,
    const struct cmd *cmds, const struct cmd *own, uint32_t code)
{
	const struct cmd *cmd = taken(ck, scope, cmds, own, code);
	size_t i;

	if (own->needs & CMD_SOMETIMES)
		return cmd;
	for (i = 0; cmd == NULL && screens[i] != NULL; i++) {
		const struct cmd_set *set = screens[i]->shared;

		if (set == NULL)
			continue;
		if (cmds == set->cmds)
			cmd = taken(
			    ck, screens[i]->name, screens[i]->cmds, own, code);
		else if (cmds == screens[i]->cmds)
			cmd = taken(ck, set->name, set->cmds, own, code);
	}
	return cmd;
}

/* One binding of the settings: what it names exists, and stands alone. */
static int
check_binding(void *arg, const char *screen, const char *cmd, const char *keys)
{
	const struct check *ck = arg;
	const struct cmd *cmds = cmds_by_name(screen), *own, *other;
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
		other = taken_anywhere(ck, screen, cmds, own, code);
		if (other != NULL)
			return err_set(ck->err, ERR_INVALID, cmd,
			    _("%s: [keys.%s] %s: the key %s is also "
			      "that of %s"),
			    config_path(ck->config), screen, cmd, name,
			    other->name);
	}
	return 0;
}

int
app_check_bindings(const struct config *config, struct err *err)
{
	struct check ck = { .config = config, .err = err };

	return config_bindings(config, check_binding, &ck);
}
