/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../orders/order_acts.h"
#include "export_form.h"
#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/view.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* Lists to files in the exchange folder. */

#define NAMES_SHOWN 3

static const struct app *
app_of(const struct screen *sc)
{
	return sc->app;
}

static int
progress(void *arg, int64_t rows)
{
	char what[96], n[MONEY_SIZE];

	snprintf(
	    what, sizeof(what), _("Writing: %s rows"), count_show(rows, n));
	return ui_progress(arg, what, rows, 0);
}

/* "A, B, C +117": the first of @n, whole. */
static void
some_names(char *buf, size_t size, const char *names, int64_t n)
{
	char rest[MONEY_SIZE];
	size_t len = 0;
	int shown = 0;

	while (shown < NAMES_SHOWN && names[len] != '\0') {
		len += shown > 0 ? 2 : 0; /* ", " */
		len += strcspn(names + len, ",");
		shown++;
	}
	if (n > shown)
		snprintf(buf, size, "%.*s +%s", (int)len, names,
		    count_show(n - shown, rest));
	else
		copy_text(buf, size, names);
}

/* They count as told: so all of them are to be read, however many. */
static void
say_by_hand(struct screen *sc, const struct export_result *r)
{
	struct str text = STR_INIT;
	char n[MONEY_SIZE];

	str_addf(&text,
	    ngettext("%s row written to %s. Tell the platform by hand "
		     "of what went without a courier: %s",
		"%s rows written to %s. Tell the platform by hand of "
		"what went without a courier: %s",
		(unsigned long)r->rows),
	    count_show(r->rows, n), r->first, r->hand_names);
	if (r->by_hand > NAMES_SHOWN)
		ui_text(sc->ui, _("Write to a file"), text.s);
	else
		ui_complain(sc->ui, "%s", text.s);
	str_done(&text);
}

static void
say(struct screen *sc, const struct export_result *r)
{
	char n[MONEY_SIZE], some[EXPORT_NAMES];

	if (r->by_hand > 0) {
		say_by_hand(sc, r);
		return;
	}
	some_names(some, sizeof(some), r->left_names, r->left_out);
	if (r->left_out > 0)
		ui_complain(sc->ui,
		    ngettext("%s row written to %s. Left out, as nobody can "
			     "be reached by their address: %s",
			"%s rows written to %s. Left out, as nobody can be "
			"reached by their address: %s",
			(unsigned long)r->rows),
		    count_show(r->rows, n), r->first, some);
	else if (r->rows == 0)
		ui_say(sc->ui,
		    _("There was nothing to write: %s has only its heading."),
		    r->first);
	else if (r->files > 1)
		ui_say(sc->ui, _("%s rows written to %d files, %s to %s"),
		    count_show(r->rows, n), r->files, r->first, r->last);
	else
		ui_say(sc->ui,
		    ngettext("%s row written to %s", "%s rows written to %s",
			(unsigned long)r->rows),
		    count_show(r->rows, n), r->first);
}

static int
write_to(struct screen *sc, const char *kind, const char *path,
    const struct export_how *how, struct export_options *opt)
{
	struct export_result result = { 0 };
	int rc;

	opt->progress = progress;
	opt->arg = sc->ui;
	opt->encoding = how->encoding;
	opt->protect_ids = how->protect == EXPORT_TABS;
	opt->protect_equals = how->protect == EXPORT_EQUALS;
	opt->english = strcmp(i18n_lang(), "en") == 0;
	opt->keep_files = true;
	opt->result = &result;
	rc = export_run(session_of(sc), kind, path, opt, NULL);
	opt->result = NULL;
	if (rc == 0)
		say(sc, &result);
	return rc;
}

/* In another's layout: a file with a name of its own, .csv or .xlsx as the
 * person likes. How lists are kept from spreadsheets is no matter of it. */
static int
write_file(struct screen *sc, const char *kind, const char *stem,
    struct export_options *opt)
{
	struct export_how how;
	char path[4096];
	int rc;

	export_how_get(sc, &how);
	export_how_plain(sc, &how);
	rc = exchange_path(session_of(sc), app_of(sc)->exchange, stem,
	    how.xlsx ? "xlsx" : "csv", path, sizeof(path));
	return rc < 0 ? rc : write_to(sc, kind, path, &how, opt);
}

#define NAMES_MAX 64

/* The fields that the list's columns tell of, as they are shown. */
static size_t
shown_fields(
    const struct list *l, struct arena *arena, const char *names[NAMES_MAX])
{
	int cols[NAMES_MAX];
	size_t i, n = 0, ncols = table_shown(l->table, cols, NAMES_MAX);
	char *at, *gap;

	for (i = 0; i < ncols; i++) {
		at = arena_strdup(arena, l->kind->fields[cols[i]]);
		for (; *at != '\0' && n < NAMES_MAX; at = gap) {
			gap = at + strcspn(at, ";");
			if (*gap != '\0')
				*gap++ = '\0';
			names[n++] = at;
		}
	}
	return n;
}

static int
read_list(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return table_rows(arg, dir, from, limit, out);
}

static int
write_list(struct screen *sc, const struct export_how *how, const char *path)
{
	const struct list *l = sc->state;
	const char *names[NAMES_MAX];
	struct arena arena = { 0 };
	size_t n = list_marked(sc);
	int64_t *ids = xcalloc(n + 1, sizeof(*ids));
	struct export_options opt = { .read = read_list, .read_arg = l->table };
	int rc;

	if (n > 0) {
		table_marked(l->table, ids, n);
		opt.ids = ids;
		opt.nids = n;
	}
	if (how->shown) {
		opt.ncolumns = shown_fields(l, &arena, names);
		opt.columns = names;
	}
	rc = write_to(sc, l->kind->record, path, how, &opt);
	arena_done(&arena);
	free(ids);
	return rc;
}

int
act_export_list(struct screen *sc)
{
	const struct list *l = sc->state;
	struct export_how how;
	char path[4096];
	int rc;

	export_how_get(sc, &how);
	rc = export_ask(
	    sc, l->kind->record, list_marked(sc), &how, path, sizeof(path));
	return rc > 0 ? write_list(sc, &how, path) : rc;
}

int
act_export_kind(struct screen *sc, const char *kind)
{
	struct export_options opt = { 0 };
	struct export_how how;
	char path[4096];
	int rc;

	export_how_get(sc, &how);
	rc = export_ask(sc, kind, 0, &how, path, sizeof(path));
	return rc > 0 ? write_to(sc, kind, path, &how, &opt) : rc;
}

#define SHOPS_MAX   32
#define AT_ONCE     200
#define LAYOUTS_MAX 32

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

#define LAYOUT_VIEW "shipments-%s"

/* Its back office takes several: the one that was taken last is proposed. -1:
 * given up. */
static int
pick_layout(struct screen *sc, const char *platform, const struct page *page)
{
	const struct export_layout *l = page->rows;
	const char *choices[LAYOUTS_MAX];
	struct str last = STR_INIT;
	char view[64];
	size_t i;
	int at = 0;

	if (page->n < 2)
		return 0;
	snprintf(view, sizeof(view), LAYOUT_VIEW, platform);
	if (view_get(session_of(sc), view, &last) < 0)
		last.len = 0;
	for (i = 0; i < page->n && i < LAYOUTS_MAX; i++) {
		choices[i] = l[i].label;
		if (last.len > 0 ? strcmp(l[i].name, last.s) == 0
				 : strcmp(l[i].name, platform) == 0)
			at = (int)i;
	}
	str_done(&last);
	at = ui_pick(sc->ui, _("Layout of the file"), choices, i, at);
	/* That it cannot be kept is no reason not to write the file. */
	if (at >= 0 && view_set(session_of(sc), view, l[at].name) < 0)
		return at;
	return at;
}

static int
export_shop(struct screen *sc, const struct waiting *shop)
{
	const struct rec_filter filters[] = { { "shop", shop->shop },
		{ "platform", shop->platform } };
	struct export_options opt = { .filters = filters, .nfilters = 2 };
	const struct export_layout *l;
	struct page page;
	char stem[64];
	int rc, at;

	rc = export_layouts_for(session_of(sc), shop->platform, &page);
	if (rc < 0)
		return rc;
	at = pick_layout(sc, shop->platform, &page);
	if (at >= 0) {
		l = page_row(&page, (size_t)at);
		opt.platform = l->name;
		snprintf(stem, sizeof(stem), "shipments-%s", l->name);
		rc = write_file(sc, "shipments", stem, &opt);
	}
	page_free(&page);
	return rc;
}

int
act_export_shipments(struct screen *sc)
{
	struct waiting shops[SHOPS_MAX];
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
	return at < 0 ? 0 : export_shop(sc, &shops[at]);
}

/* Which of the lists for couriers. */
static int
export_labels(struct screen *sc)
{
	const char *choices[LAYOUTS_MAX];
	const struct export_layout *l;
	struct export_options opt = { 0 };
	size_t n = list_marked(sc), i;
	int64_t *ids = xcalloc(n + 1, sizeof(*ids));
	const struct list *list = sc->state;
	struct page page;
	char stem[64];
	int rc, at;

	rc = export_layouts(session_of(sc), "labels", &page);
	if (rc < 0) {
		free(ids);
		return rc;
	}
	l = page.rows;
	for (i = 0; i < page.n && i < LAYOUTS_MAX; i++)
		choices[i] = l[i].label;
	at = ui_pick(sc->ui, _("List for a courier"), choices, i, 0);
	if (at >= 0) {
		opt.platform = l[at].name;
		table_marked(list->table, ids, n);
		opt.ids = n > 0 ? ids : NULL;
		opt.nids = n;
		snprintf(stem, sizeof(stem), "labels-%s", opt.platform);
		rc = write_file(sc, "labels", stem, &opt);
	}
	page_free(&page);
	free(ids);
	return rc;
}

int
act_export_orders(struct screen *sc)
{
	const char *choices[] = { list_marked(sc) > 0
				      ? _("The orders that are selected")
				      : _("The orders of this list"),
		_("The shipping file of a shop"),
		_("A list of addresses for a courier") };

	switch (ui_pick(sc->ui, _("Write to a file"), choices, 3, 0)) {
	case 0:
		return act_export_list(sc);
	case 1:
		return act_export_shipments(sc);
	case 2:
		return export_labels(sc);
	default:
		return 0;
	}
}
