/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/invoices.h"
#include "supplier_figures.h"

/* What a supplier did, and what stands open with it. */

/* clang-format off */
const struct column supplier_figure_columns[] = {
	{ N_("Figure"), 30, 1, 0, 0, 0 },
	{ N_("How it stands"), 24, 2, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

#define FIGURES  16
#define ORDERS   "purchases"
#define RETURNS  "supplier-returns"
#define INVOICES "invoices"
#define PAYMENTS "supplier-payments"

void
supplier_figure_cell(
    const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct figure *f = row;

	(void)style;
	copy_text(buf, size, col == 0 ? f->label : f->value);
}

static void PRINTF_LIKE(4, 5) add(struct page *page, const char *label,
    const char *screen, const char *fmt, ...)
{
	struct figure *f = page_add(page);
	char text[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	f->id = (int64_t)page->n;
	f->label = label;
	f->screen = screen;
	f->value = arena_strdup(&page->arena, text);
}

static int64_t
percent(int64_t part, int64_t whole)
{
	return whole > 0 ? (part * 100 + whole / 2) / whole : 0;
}

static void
add_orders(struct page *page, const struct supplier_card *c)
{
	add(page, _("Last orders"), ORDERS, "%" PRId64, c->orders);
	if (c->done > 0) {
		add(page, _("It really takes"), ORDERS,
		    ngettext(
			"%lld day", "%lld days", (unsigned long)c->lead_days),
		    (long long)c->lead_days);
		add(page, _("On time"), ORDERS,
		    "%" PRId64 " %% (%" PRId64 " / %" PRId64 ")",
		    percent(c->on_time, c->done), c->on_time, c->done);
	}
	add(page, _("Ended short"), ORDERS, "%" PRId64, c->short_orders);
	add(page, _("Pieces that came"), ORDERS, "%" PRId64, c->received);
	add(page, _("Defective of them"), RETURNS,
	    "%" PRId64 " (%" PRId64 " %%)", c->bad,
	    percent(c->bad, c->received));
	add(page, _("Sent back"), RETURNS, "%" PRId64, c->returned);
}

static void
add_money(struct page *page, const struct supplier_card *c, bool costs)
{
	char a[MONEY_SIZE], b[MONEY_SIZE];

	add(page, _("Open orders"), ORDERS, "%" PRId64 "%s%s", c->open_orders,
	    costs ? " · " : "", costs ? money_show(c->open_total, a) : "");
	add(page, _("Invoices to approve"), INVOICES, "%" PRId64, c->waiting);
	if (!costs)
		return;
	add(page, _("Bought"), ORDERS, "%s", money_show(c->bought, a));
	add(page, _("Owed"), INVOICES, _("%s, overdue %s"),
	    money_show(c->owed, a), money_show(c->overdue, b));
	add(page, _("Paid in advance"), PAYMENTS, "%s",
	    money_show(c->advance, a));
	add(page, _("Credit expected"), RETURNS, "%s",
	    money_show(c->credit, a));
}

int
supplier_figures(const struct screen *sc, int64_t company_id, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct figure *f = from;
	struct session *s = session_of(sc);
	struct supplier_card c;
	int rc = supplier_card(s, company_id, &c);

	if (rc < 0)
		return rc;
	page_init(out, sizeof(struct figure), FIGURES);
	add_orders(out, &c);
	add_money(out, &c, session_may(s, PERM_COST_VIEW));
	page_window(out, dir, f != NULL ? f->id : 0, limit);
	return 0;
}
