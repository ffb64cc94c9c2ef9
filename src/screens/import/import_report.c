/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/report.h"
#include "../core/show.h"
#include "import_report.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/import.h"

#define REJECTS_MAX 500 /* shown; the file gets all of them */

/* What was read, and in short what comes of it. */
static void
report_counts(struct report *rp, const struct import *im)
{
	const struct import_summary *sum = import_summary(im);
	const struct {
		const char *label;
		int64_t n;
		enum style style;
	} rows[] = {
		{ _("new"), sum->new_n, STYLE_GOOD },
		{ _("changed"), sum->updated_n, STYLE_TEXT },
		{ _("as they were"), sum->unchanged_n, STYLE_DIM },
		{ _("refused"), sum->rejected_n,
		    sum->rejected_n > 0 ? STYLE_BAD : STYLE_DIM },
		{ _("new lines"), sum->lines_new, STYLE_TEXT },
		{ _("new customers"), sum->customers_new, STYLE_TEXT },
		{ _("new products"), sum->products_new, STYLE_TEXT },
		{ _("put on hold"), sum->held,
		    sum->held > 0 ? STYLE_WARN : STYLE_DIM },
	};
	char n[MONEY_SIZE];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (i < 4 || rows[i].n != 0)
			report_add(rp, rows[i].style, "%12s  %s",
			    count_show(rows[i].n, n), rows[i].label);
	if (sum->unmapped > 0)
		report_add(rp, STYLE_DIM, "%14s%s", "",
		    _("F8 shows the items that wait for their product"));
}

static void
report_rejects(struct report *rp, const struct import *im, bool one_file)
{
	const struct import_reject *rejects;
	const char *column;
	char line[MONEY_SIZE];
	size_t i, n;

	rejects = import_rejects(im, &n);
	if (n == 0)
		return;
	report_add(rp, STYLE_TEXT, "%s", "");
	report_add(rp, STYLE_LABEL, "%s", _("Refused rows"));
	for (i = 0; i < n && i < REJECTS_MAX; i++) {
		column = rejects[i].column[0] != '\0' ? rejects[i].column
						      : _("whole row");
		count_show(rejects[i].line, line);
		if (one_file)
			report_add(rp, STYLE_BAD, _("Line %s, %s: %s"), line,
			    column, rejects[i].reason);
		else
			report_add(rp, STYLE_BAD, _("%s, line %s, %s: %s"),
			    rejects[i].file, line, column, rejects[i].reason);
	}
	if (n > REJECTS_MAX)
		report_add(rp, STYLE_DIM,
		    _("… and %zu more: x writes them all to a file"),
		    n - REJECTS_MAX);
}

/* What will be otherwise, the urgent first. */
static void
report_coming(struct report *rp, const struct page *coming)
{
	const struct import_change *c;
	bool bare; /* of people only that they changed is told */
	size_t i;

	if (coming->n == 0)
		return;
	report_add(rp, STYLE_TEXT, "%s", "");
	report_add(rp, STYLE_LABEL, "%s", _("What will change"));
	for (i = 0; i < coming->n && i < COMING_SHOWN; i++) {
		c = page_row(coming, i);
		bare = c->before[0] == '\0' && c->after[0] == '\0';
		report_add(rp, c->urgent ? STYLE_WARN : STYLE_TEXT,
		    "%s %s  %s%s%s%s%s", c->urgent ? "!" : " ", c->label,
		    import_change_text(c->what), bare ? "" : C_("label", ": "),
		    c->before, c->before[0] != '\0' ? " → " : "",
		    bare || c->after[0] != '\0' ? c->after : _("nothing"));
	}
	if (coming->n > COMING_SHOWN)
		report_add(rp, STYLE_DIM, "  %s",
		    _("… and more: after the import c shows them all"));
}

void
import_tell(struct report *rp, const struct import *im,
    const char *const *paths, size_t n, const struct page *coming)
{
	const char *warning;
	size_t i;

	report_clear(rp);
	for (i = 0; i < n; i++)
		report_add(rp, STYLE_TEXT, "%s%s%s",
		    strrchr(paths[i], '/') != NULL ? strrchr(paths[i], '/') + 1
						   : paths[i],
		    C_("label", ": "), import_file_text(im, i));
	report_add(rp, STYLE_TEXT, "%s", "");
	report_counts(rp, im);
	for (i = 0; (warning = import_warning(im, i)) != NULL; i++)
		report_add(rp, STYLE_WARN, "! %s", warning);
	report_coming(rp, coming);
	report_rejects(rp, im, n == 1);
}
