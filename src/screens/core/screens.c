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

/* In this order they are listed. */
const struct screen_ops *const screens[] = {
	/* Those with a key of their own, in the order of the keys. */
	&screen_front,
	&screen_orders,
	&screen_pack,
	&screen_stock,
	&screen_customers,
	&screen_parcels,
	&screen_staff,
	&screen_listings,
	&screen_import,
	&screen_settings,
	&screen_me,
	&screen_audit,
	/* Sales. */
	&screen_order,
	&screen_order_new,
	&screen_review,
	&screen_review_rules,
	&screen_gifts,
	&screen_quotations,
	&screen_quotation,
	&screen_reminders,
	&screen_texts,
	&screen_customer,
	&screen_grades,
	&screen_member_prices,
	&screen_payments,
	&screen_statements,
	&screen_documents,
	&screen_history,
	/* The floor and couriers. */
	&screen_waves,
	&screen_wave,
	&screen_wave_pick,
	&screen_wave_sort,
	&screen_put_back,
	&screen_manifests,
	&screen_manifest,
	&screen_tracking,
	&screen_couriers,
	&screen_freight,
	&screen_freight_zones,
	&screen_freight_bills,
	&screen_freight_lines,
	&screen_freight_profit,
	/* Goods and stock. */
	&screen_product,
	&screen_kit,
	&screen_kits,
	&screen_categories,
	&screen_mapping,
	&screen_ledger,
	&screen_low_stock,
	&screen_slips,
	&screen_slip,
	&screen_counts,
	&screen_count,
	&screen_count_scan,
	&screen_count_report,
	&screen_put_away,
	&screen_bins,
	&screen_bin,
	&screen_warehouses,
	&screen_transfers,
	&screen_transfer,
	&screen_below,
	&screen_stock_report,
	/* Purchasing. */
	&screen_companies,
	&screen_company,
	&screen_requests,
	&screen_request,
	&screen_purchases,
	&screen_purchase,
	&screen_receive,
	&screen_invoices,
	&screen_invoice,
	&screen_supplier_pays,
	&screen_supplier_returns,
	/* Goods made to order. */
	&screen_production,
	&screen_production_order,
	&screen_handover,
	&screen_confirm,
	&screen_attrs,
	&screen_corrections,
	/* Beneath others. */
	&screen_imports,
	&screen_changes,
	&screen_roles,
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

/* Asked each second: also whether there still is somebody, as an account may be
 * closed while it is in use. */
static int64_t
host_version(void *arg)
{
	struct app *app = arg;

	if (app->next.ui != NULL && !session_logged_in(app->session)) {
		app->next.again = true;
		ui_quit(app->next.ui);
	}
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

	if (app->next.ui != NULL)
		ui_failed(app->next.ui, view_set(app->session, name, value));
}

/* Nanoseconds after which a terminal that is left alone locks itself. */
static int64_t
lock_after(const struct app *app)
{
	return app->config != NULL
		   ? config_int(app->config, "ui:idle_s") * 1000000000
		   : 0;
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
		.step_up = app_step_up,
		.step_end = app_step_end,
		.lock = app_lock,
		.view_get = host_view_get,
		.view_set = host_view_set,
		.lock_after = lock_after(app),
		.scan = app_scan,
		.find = app_find,
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

struct size {
	int h, w;
};

/* The screens, the first of them first, until they are left. */
static int
run_screens(const struct ui_host *host, const struct ui_port *port,
    const struct screen_ops *const *from, const char *on, struct size *size)
{
	struct ui *ui = ui_new(host, port, from, size->h, size->w);
	struct app *app = host->app;
	int rc = 0;

	if (from != door)
		app->next.ui = ui;
	if (on != NULL)
		rc = ui_open(ui, from[0]->name, NULL);
	if (rc == 0 && on != NULL)
		rc = ui_open(ui, on, NULL);
	if (rc == 0)
		rc = ui_run(ui);
	size->h = canvas_h(ui_canvas(ui));
	size->w = canvas_w(ui_canvas(ui));
	app->next.ui = NULL;
	ui_free(ui);
	return rc;
}

/* Nobody is in, or somebody whose password is not yet the own. */
static bool
outside(const struct app *app)
{
	return !session_logged_in(app->session) ||
	       session_must_change(app->session);
}

static int
run_door(struct app *app, const struct ui_port *port, struct size *size)
{
	struct ui_host host;

	app_host(app, &host);
	host.lock = NULL; /* it is one */
	host.find = NULL; /* nothing, before it is known who asks */
	host.scan = NULL;
	return run_screens(&host, port, door, NULL, size);
}

static int
run_inside(struct app *app, const struct ui_port *port, struct size *size)
{
	const struct app_next was = app->next;
	struct ui_port own = *port;
	struct ui_host host;
	int rc;

	app->next = (struct app_next){ .again = false };
	app_host(app, &host);
	session_on_progress(app->session, esc_pressed, &own);
	rc = run_screens(&host, port, screens, was.screen, size);
	session_on_progress(app->session, NULL, NULL);
	return rc;
}

int
app_run(struct app *app, const struct ui_port *port, int h, int w)
{
	struct size size = { h, w };
	int rc = 0;

	do {
		if (outside(app))
			rc = run_door(app, port, &size);
		if (rc < 0 || outside(app))
			break;
		rc = run_inside(app, port, &size);
		if (app->next.again && app->next.out)
			session_logout(app->session);
	} while (rc == 0 && app->next.again);
	if (rc == 0)
		session_logout(app->session);
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
