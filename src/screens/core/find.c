/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/find.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/seek.h"
#include "shopmgr/tui/ui.h"

#include "show.h"

/* Find anything: the window for it, above whatever is open. */

#define FOUND_MAX 30 /* that are shown */
#define BUDGET    6  /* ms for words in remarks, a key */
#define SLICE     30 /* ms of indexing between two keys */

struct finding {
	struct app *app;
	struct page page;
	bool recent; /* what is shown was opened before */
	bool indexed;
	int64_t left; /* to be indexed */
	char more[160];
};

static const struct {
	const char *kind, *text;
} kinds[] = {
	{ "order", N_("order") },
	{ "parcel", N_("parcel") },
	{ "customer", N_("customer") },
	{ "product", N_("product") },
	{ "staff", N_("staff") },
};

static const char *
kind_text(const char *kind)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return _(kinds[i].text);
	return kind;
}

static void
clear(struct finding *f)
{
	page_free(&f->page);
	f->page = (struct page){ 0 };
}

/* What this person has opened from here; nobody else's. */
static int
look_back(struct finding *f, struct seek_row *rows, int max)
{
	const struct app_found *r = f->app->found;
	int n;

	f->recent = true;
	if (f->app->found_by != session_staff(f->app->session))
		return 0;
	for (n = 0; n < max && n < APP_FOUND && r[n].kind[0] != '\0'; n++)
		rows[n] = (struct seek_row){ .tag = kind_text(r[n].kind),
			.label = r[n].label,
			.what = r[n].what,
			.note = "" };
	return n;
}

static const char *
about_the_rest(struct finding *f, bool cut)
{
	char left[32];

	if (f->left > 0 && f->left < INT64_MAX)
		snprintf(f->more, sizeof(f->more),
		    _("Remarks are being indexed, %s records are left."),
		    show_count(left, sizeof(left), f->left));
	else if (cut)
		snprintf(f->more, sizeof(f->more), "%s",
		    _("Older remarks were not looked through: type more."));
	else
		return NULL;
	return f->more;
}

static int
look(void *arg, const char *text, struct seek_row *rows, int max,
    const char **more)
{
	struct finding *f = arg;
	size_t i;
	int rc;

	clear(f);
	if (text[strspn(text, " ")] == '\0')
		return look_back(f, rows, max);
	f->recent = false;
	rc = find_quick(f->app->session, text, FOUND_MAX, BUDGET, &f->page);
	if (rc < 0)
		return rc;
	for (i = 0; i < f->page.n; i++) {
		const struct found *found = page_row(&f->page, i);

		rows[i] = (struct seek_row){ .tag = kind_text(found->kind),
			.label = found->label,
			.what = found->what,
			.note = found->where };
	}
	*more = about_the_rest(f, rc > 0);
	return (int)f->page.n;
}

/* Where much was imported and nobody was idle since, remarks are indexed while
 * one looks for something. */
static int
idle(void *arg, bool *fresh)
{
	struct finding *f = arg;
	int64_t before = f->left;
	int rc;

	if (f->indexed)
		return 0;
	rc = find_index(f->app->session, SLICE, &f->left);
	f->indexed = rc < 0 || f->left == 0;
	if (rc < 0) {
		f->left = 0;
		return rc == ERR_CANCELLED ? rc : 0;
	}
	*fresh = before > 0 && f->left == 0;
	/* The same as before: another program is at it. */
	return f->left > 0 && f->left != before;
}

static void
remember(struct app *app, const struct app_found *it)
{
	struct app_found first = *it;
	struct app_found *r = app->found;
	int i;

	if (app->found_by != session_staff(app->session))
		memset(app->found, 0, sizeof(app->found));
	app->found_by = session_staff(app->session);
	for (i = 0; i < APP_FOUND - 1; i++)
		if (r[i].kind[0] == '\0' ||
		    (r[i].id == first.id && strcmp(r[i].kind, first.kind) == 0))
			break;
	memmove(&r[1], &r[0], (size_t)i * sizeof(r[0]));
	r[0] = first;
}

static int
open_found(struct app *app, struct ui *ui, const struct app_found *it)
{
	const struct order_arg order = { .id = it->id };
	const struct customer_arg customer = { .id = it->id };
	const struct stock_arg stock = { .code = it->label };
	const struct staff_arg staff = { .id = it->id };
	struct order_arg of_parcel;
	int rc;

	if (strcmp(it->kind, "order") == 0)
		return ui_visit(ui, "order", &order);
	if (strcmp(it->kind, "customer") == 0)
		return ui_visit(ui, "customer", &customer);
	if (strcmp(it->kind, "product") == 0)
		return ui_visit(ui, "stock", &stock);
	if (strcmp(it->kind, "staff") == 0)
		return ui_visit(ui, "staff", &staff);
	rc = order_by_no(app->session, it->label, &of_parcel.id);
	return rc < 0 ? rc : ui_visit(ui, "order", &of_parcel);
}

/* Out of what is shown, which is gone when a screen opens. */
static void
take(const struct finding *f, int chosen, struct app_found *it)
{
	const struct found *found;

	if (f->recent) {
		*it = f->app->found[chosen];
		return;
	}
	found = page_row(&f->page, (size_t)chosen);
	*it = (struct app_found){ .id = found->id };
	copy_text(it->kind, sizeof(it->kind), found->kind);
	copy_text(it->label, sizeof(it->label), found->label);
	copy_text(it->what, sizeof(it->what), found->what);
}

int
app_find(void *arg, struct ui *ui)
{
	struct app *app = arg;
	struct finding f = { .app = app };
	char typed[160] = "";
	const struct seek seek = {
		.title = _("Find anything"),
		.choose = _("Open"),
		.hint = _("An order number or waybill, a phone or its last "
			  "four digits, a nick, a name or its pinyin initials, "
			  "a product, its code or barcode, or words of a "
			  "remark."),
		.none =
		    _("Nothing fits. Order numbers, waybills, phones, nicks "
		      "and names are found by their beginning, phones also "
		      "by the last four digits, names by pinyin initials; "
		      "goods and remarks by words, all of which must fit."),
		.text = typed,
		.size = sizeof(typed),
		.look = look,
		.idle = idle,
		.arg = &f,
	};
	struct app_found it;
	int chosen, rc = 0;

	if (!session_logged_in(app->session))
		return 0;
	chosen = ui_seek(ui, &seek);
	if (chosen >= 0)
		take(&f, chosen, &it);
	clear(&f);
	if (chosen >= 0) {
		remember(app, &it);
		rc = open_found(app, ui, &it);
	}
	return rc;
}

void
index_words(struct screen *sc)
{
	int64_t left = 0, before, total = 0;

	do {
		before = left;
		if (find_index(session_of(sc), 100, &left) < 0)
			return; /* said when somebody looks for something */
		if (total == 0)
			total = left;
		if (left > 0 && ui_progress(sc->ui, _("indexing remarks"),
				    total - left, total))
			return;
	} while (left > 0 && left != before);
}

int
cmd_find_anything(struct screen *sc)
{
	return app_find(sc->app, sc->ui);
}
