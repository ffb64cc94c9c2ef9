/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "order_acts.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/tui/table.h"
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
	if (app->config != NULL) {
		opt->encoding = config_text(app->config, "export:encoding");
		opt->protect_ids =
		    config_bool(app->config, "export:protect_ids");
	}
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

int
act_export_marked(struct screen *sc, const char *kind)
{
	const struct list *l = sc->state;
	size_t n = list_marked(sc);
	int64_t *ids = xcalloc(n + 1, sizeof(*ids));
	struct export_options opt = { .ids = ids, .nids = n };
	int rc;

	table_marked(l->table, ids, n);
	rc = write_file(sc, kind, kind, &opt);
	free(ids);
	return rc;
}

#define SHOPS_MAX 32
#define AT_ONCE   200

/* A shop some of whose parcels its platform does not know of yet. */
struct waiting {
	char platform[32], shop[128];
	int64_t parcels;
};

static void
count_parcel(struct waiting *shops, size_t *n, const struct parcel *p)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (strcmp(shops[i].platform, p->platform) == 0 &&
		    strcmp(shops[i].shop, p->shop) == 0)
			break;
	if (i == SHOPS_MAX)
		return;
	if (i == *n) {
		copy_text(
		    shops[i].platform, sizeof(shops[i].platform), p->platform);
		copy_text(shops[i].shop, sizeof(shops[i].shop), p->shop);
		shops[i].parcels = 0;
		++*n;
	}
	shops[i].parcels++;
}

static int
waiting_shops(
    struct session *s, struct waiting shops[SHOPS_MAX], size_t *nshops)
{
	struct parcel_filter filter = { .unexported = true };
	struct page page = { 0 }, next;
	enum page_dir dir = PAGE_FIRST;
	const void *last = NULL;
	size_t i;
	int rc;

	*nshops = 0;
	do {
		rc = parcel_page(s, &filter, dir, last, AT_ONCE, &next);
		page_free(&page);
		if (rc < 0)
			return rc;
		page = next;
		for (i = 0; i < page.n; i++)
			count_parcel(shops, nshops, page_row(&page, i));
		dir = PAGE_AFTER;
		last = page.n > 0 ? page_row(&page, page.n - 1) : NULL;
	} while (page.n == AT_ONCE);
	page_free(&page);
	return 0;
}

/* Each shop has a back office of its own, which takes its parcels alone. */
static int
pick_shop(struct screen *sc, const struct waiting *shops, size_t n)
{
	char words[SHOPS_MAX][256], count[MONEY_SIZE];
	const char *choices[SHOPS_MAX];
	size_t i;

	for (i = 0; i < n; i++) {
		snprintf(words[i], sizeof(words[i]),
		    ngettext("%s · %s: %s parcel", "%s · %s: %s parcels",
			(unsigned long)shops[i].parcels),
		    platform_text(shops[i].platform), shops[i].shop,
		    count_show(shops[i].parcels, count));
		choices[i] = words[i];
	}
	return ui_pick(sc->ui, _("Shipping file for"), choices, n, 0);
}

int
act_export_shipments(struct screen *sc)
{
	struct waiting shops[SHOPS_MAX];
	struct rec_filter filter = { "shop", NULL };
	struct export_options opt = { .filters = &filter, .nfilters = 1 };
	char stem[64];
	size_t n;
	int rc, at;

	rc = waiting_shops(session_of(sc), shops, &n);
	if (rc < 0)
		return rc;
	if (n == 0) {
		ui_say(sc->ui, "%s", _("The platforms know of every parcel."));
		return 0;
	}
	at = pick_shop(sc, shops, n);
	if (at < 0)
		return 0;
	opt.platform = shops[at].platform;
	filter.value = shops[at].shop;
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
		_("The shipping file of a shop") };
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
