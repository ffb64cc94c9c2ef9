/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "order_acts.h"
#include "screens_priv.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* Lists to files in the exchange folder. */

static int
progress(void *arg, int64_t rows)
{
	char what[96], n[MONEY_SIZE];

	snprintf(
	    what, sizeof(what), _("Writing: %s rows"), count_show(rows, n));
	return ui_progress(arg, what, rows, 0);
}

static int
write_file(struct screen *sc, const char *kind, const char *stem,
    struct export_options *opt)
{
	const struct app *app = sc->app;
	char path[4096], n[MONEY_SIZE];
	int64_t rows = 0;
	int rc;

	opt->progress = progress;
	opt->arg = sc->ui;
	if (app->config != NULL)
		opt->encoding = config_text(app->config, "export:encoding");
	opt->english = strcmp(i18n_lang(), "en") == 0;
	rc = exchange_path(
	    session_of(sc), app->exchange, stem, "csv", path, sizeof(path));
	if (rc == 0)
		rc = export_run(session_of(sc), kind, path, opt, &rows);
	if (rc < 0)
		return rc;
	if (rows == 0) {
		ui_say(sc->ui,
		    _("There was nothing to write: %s has only its heading."),
		    path);
		return 0;
	}
	ui_say(sc->ui,
	    ngettext("%s row written to %s", "%s rows written to %s",
		(unsigned long)rows),
	    count_show(rows, n), path);
	return 0;
}

int
act_export(struct screen *sc, const char *kind,
    const struct rec_filter *filters, size_t nfilters)
{
	struct export_options opt = {
		.filters = filters,
		.nfilters = nfilters,
	};

	return write_file(sc, kind, kind, &opt);
}

/* The platforms that take a shipping file. */
static const char *const shipping_platforms[] = { "taobao", "pdd" };

int
act_export_shipments(struct screen *sc)
{
	const char *choices[] = { _("Taobao and Tmall"), _("Pinduoduo") };
	struct export_options opt = { .all = false };
	char stem[64];
	int at;

	at = ui_pick(sc->ui, _("Shipping file for"), choices, 2, 0);
	if (at < 0)
		return 0;
	opt.platform = shipping_platforms[at];
	snprintf(stem, sizeof(stem), "shipments-%s", opt.platform);
	return write_file(sc, "shipments", stem, &opt);
}

int
act_export_orders(struct screen *sc, int tab)
{
	/* By enum order_tab, as the record kind names them. */
	static const char *const names[] = { NULL, "unpaid", "to_ship", "held",
		"part_shipped", "shipped", "done", "closed" };
	const char *choices[] = { _("The orders of this tab"),
		_("The shipping file of a platform") };
	struct rec_filter filter = { "tab", names[tab] };

	switch (ui_pick(sc->ui, _("Write to a file"), choices, 2, 0)) {
	case 0:
		return act_export(
		    sc, "orders", &filter, filter.value != NULL ? 1 : 0);
	case 1:
		return act_export_shipments(sc);
	default:
		return 0;
	}
}
