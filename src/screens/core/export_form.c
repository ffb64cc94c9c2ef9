/* SPDX-License-Identifier: MIT */
#include "export_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/view.h"
#include "shopmgr/tui/ui.h"

#define VIEW "export"

static const char *const encodings[] = { "utf-8-bom", "utf-8", "gb18030" };
#define NENCODINGS (sizeof(encodings) / sizeof(encodings[0]))

/* By what is kept of each: its place. */
static const char *const columns_choices[] = { N_("all columns"),
	N_("as on the screen"), NULL };
static const char *const format_choices[] = { ".csv", ".xlsx", NULL };
static const char *const encoding_choices[] = {
	N_("UTF-8 for spreadsheets (with a mark)"), N_("UTF-8 for programs"),
	N_("GB18030, as old programs want it"), NULL
};
static const char *const protect_choices[] = { N_("as they are"),
	N_("a TAB behind them"), N_("=\"...\" around them"), NULL };

struct export_form {
	char columns[32];
	char format[16];
	char encoding[64];
	char protect[32];
	char name[128];
};

static const struct field fields[] = {
	{ FIELD_CHARS(
	      struct export_form, columns, FIELD_PICK, N_("Columns"), 0),
	    .choices = columns_choices },
	{ FIELD_CHARS(struct export_form, format, FIELD_PICK, N_("Format"), 0),
	    .choices = format_choices },
	{ FIELD_CHARS(
	      struct export_form, encoding, FIELD_PICK, N_("Encoding"), 0),
	    .choices = encoding_choices, .hint = N_("of .csv") },
	{ FIELD_CHARS(
	      struct export_form, protect, FIELD_PICK, N_("Long numbers"), 0),
	    .choices = protect_choices, .hint = N_("of .csv") },
	{ FIELD_CHARS(struct export_form, name, FIELD_TEXT, N_("File name"),
	    FIELD_REQUIRED) },
	{ .name = NULL },
};

static const struct app *
app_of(const struct screen *sc)
{
	return sc->app;
}

static int
choice_at(const char *const *choices, const char *text)
{
	int i;

	for (i = 0; choices[i] != NULL; i++)
		if (strcmp(choices[i], text) == 0)
			return i;
	return 0;
}

static const char *
encoding_named(const char *name)
{
	size_t i;

	for (i = 0; i < NENCODINGS; i++)
		if (strcmp(encodings[i], name) == 0)
			return encodings[i];
	return encodings[0];
}

/* "1 0 gb18030 2" */
static void
how_parse(struct export_how *how, const char *text)
{
	char encoding[16];
	int shown, xlsx, protect;

	if (sscanf(text, "%d %d %15s %d", &shown, &xlsx, encoding, &protect) !=
		4 ||
	    protect < EXPORT_PLAIN || protect > EXPORT_EQUALS)
		return;
	how->shown = shown != 0;
	how->xlsx = xlsx != 0;
	how->encoding = encoding_named(encoding);
	how->protect = (enum export_protect)protect;
}

void
export_how_get(struct screen *sc, struct export_how *how)
{
	const struct config *config = app_of(sc)->config;
	struct str text = STR_INIT;

	*how = (struct export_how){ .shown = true, .encoding = encodings[0] };
	if (config != NULL) {
		how->encoding =
		    encoding_named(config_text(config, "export:encoding"));
		if (config_bool(config, "export:protect_ids"))
			how->protect = EXPORT_TABS;
	}
	if (view_get(session_of(sc), VIEW, &text) == 0)
		how_parse(how, text.s);
	str_done(&text);
}

void
export_how_plain(struct screen *sc, struct export_how *how)
{
	const struct config *config = app_of(sc)->config;
	const char *encoding = encodings[0];

	how->protect = EXPORT_PLAIN;
	if (config != NULL) {
		encoding =
		    encoding_named(config_text(config, "export:encoding"));
		if (config_bool(config, "export:protect_ids"))
			how->protect = EXPORT_TABS;
	}
	how->encoding = encoding != encodings[0] ? encoding : NULL;
}

/* That it cannot be kept is no reason not to write the file. */
static void
how_keep(struct screen *sc, const struct export_how *how)
{
	char text[64];

	snprintf(text, sizeof(text), "%d %d %s %d", how->shown, how->xlsx,
	    how->encoding, (int)how->protect);
	if (view_set(session_of(sc), VIEW, text) < 0)
		return;
}

static void
to_form(const struct export_how *how, struct export_form *form)
{
	size_t i;

	*form = (struct export_form){ .columns = "" };
	copy_text(
	    form->columns, sizeof(form->columns), columns_choices[how->shown]);
	copy_text(
	    form->format, sizeof(form->format), format_choices[how->xlsx]);
	for (i = 0; i < NENCODINGS; i++)
		if (how->encoding == encodings[i])
			copy_text(form->encoding, sizeof(form->encoding),
			    encoding_choices[i]);
	copy_text(form->protect, sizeof(form->protect),
	    protect_choices[how->protect]);
}

static void
from_form(const struct export_form *form, struct export_how *how)
{
	how->shown = choice_at(columns_choices, form->columns) == 1;
	how->xlsx = choice_at(format_choices, form->format) == 1;
	how->encoding = encodings[choice_at(encoding_choices, form->encoding)];
	how->protect =
	    (enum export_protect)choice_at(protect_choices, form->protect);
}

/* Where the file goes, once that is settled. */
struct target {
	struct screen *sc;
	char *path;
	size_t size;
};

static int
check_name(void *arg, const void *record)
{
	const struct target *to = arg;
	const struct export_form *form = record;

	return exchange_named(session_of(to->sc), app_of(to->sc)->exchange,
	    form->name,
	    choice_at(format_choices, form->format) == 1 ? "xlsx" : "csv",
	    to->path, to->size);
}

/* "orders-20261122-1405", of a file that is not there yet. */
static int
first_name(
    struct screen *sc, const char *stem, bool xlsx, char *name, size_t size)
{
	char path[4096], *base, *end;
	int rc;

	rc = exchange_path(session_of(sc), app_of(sc)->exchange, stem,
	    xlsx ? "xlsx" : "csv", path, sizeof(path));
	if (rc < 0)
		return rc;
	base = strrchr(path, '/');
	base = base != NULL ? base + 1 : path;
	end = strrchr(base, '.');
	if (end != NULL)
		*end = '\0';
	copy_text(name, size, base);
	return 0;
}

int
export_ask(struct screen *sc, const char *stem, size_t selected,
    struct export_how *how, char *path, size_t size)
{
	struct target to = { sc, path, size };
	struct export_form form;
	char title[96], n[MONEY_SIZE];
	int rc;

	to_form(how, &form);
	rc = first_name(sc, stem, how->xlsx, form.name, sizeof(form.name));
	if (rc < 0)
		return rc;
	if (selected > 0)
		snprintf(title, sizeof(title),
		    ngettext("Write %s selected row to a file",
			"Write %s selected rows to a file",
			(unsigned long)selected),
		    count_show((int64_t)selected, n));
	else
		copy_text(title, sizeof(title), _("Write this list to a file"));
	rc = ui_form(sc->ui, title, fields, &form, check_name, &to);
	if (rc <= 0)
		return rc;
	from_form(&form, how);
	how_keep(sc, how);
	return 1;
}
