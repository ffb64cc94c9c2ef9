/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "statements.h"

/* Lines of statements find their orders. */

#define CHOICES 21 /* those proposed, and another one */

/* "4119…7731  paid 11-20 14:05  201.12  留样店" */
static void
choice_text(const struct statement_order *o, char *buf, size_t size)
{
	char paid[MONEY_SIZE], when[TIME_SIZE];

	snprintf(buf, size, _("%s  paid %s  %s  %s"), o->order_no,
	    show_when(when, sizeof(when), o->paid_at),
	    money_show(o->paid, paid), o->shop);
}

/* 1: *@id is the order; 0: given up. */
static int
ask_number(struct screen *sc, int64_t *id)
{
	char no[64] = "";
	int rc;

	if (!ui_ask(sc->ui, _("The order's number:"), no, sizeof(no)))
		return 0;
	rc = order_by_no(session_of(sc), no, id);
	return rc < 0 ? rc : 1;
}

static int
choose(
    struct screen *sc, const struct page *page, const char *title, int64_t *id)
{
	const char *words[CHOICES];
	char texts[CHOICES][160];
	size_t n;
	int at;

	for (n = 0; n < page->n && n < CHOICES - 1; n++) {
		choice_text(page_row(page, n), texts[n], sizeof(texts[n]));
		words[n] = texts[n];
	}
	words[n] = _("another order, by its number …");
	at = ui_pick(sc->ui, title, words, n + 1, 0);
	if (at < 0)
		return 0;
	if ((size_t)at == n)
		return ask_number(sc, id);
	*id = ((const struct statement_order *)page_row(page, (size_t)at))
		  ->order_id;
	return 1;
}

int
act_statement_match(struct screen *sc, const struct statement_line *l)
{
	char title[200], amount[MONEY_SIZE], when[TIME_SIZE];
	int64_t line = l->id, order = 0;
	struct page page;
	int rc;

	snprintf(title, sizeof(title), _("%s of %s is for"),
	    money_show(l->amount, amount),
	    show_when(when, sizeof(when), l->at));
	if ((rc = statement_propose(session_of(sc), line, &page)) < 0)
		return rc;
	rc = choose(sc, &page, title, &order);
	page_free(&page);
	if (rc <= 0 || (rc = statement_match(session_of(sc), line, order)) < 0)
		return rc;
	ui_say(sc->ui, "%s", _("The line has its order."));
	return 0;
}

static int
match_one(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	struct page page;
	int64_t order = 0;
	size_t n;
	int rc;

	(void)arg;
	if ((rc = statement_propose(session_of(sc), id, &page)) < 0)
		return rc;
	if ((n = page.n) > 0)
		order = ((const struct statement_order *)page_row(&page, 0))
			    ->order_id;
	page_free(&page);
	if (n == 1)
		return statement_match(session_of(sc), id, order);
	return err_set(err, ERR_STATE, "",
	    n == 0 ? _("No order fits it")
		   : ngettext("%zu order fits it", "%zu orders fit it",
			 (unsigned long)n),
	    n);
}

static void
match_name(struct screen *sc, int64_t id, char *buf, size_t size)
{
	const struct list *list = sc->state;
	const struct statement_line *l = table_row(list->table, id);
	char amount[MONEY_SIZE], when[TIME_SIZE];

	if (l != NULL)
		snprintf(buf, size, "%s  %s  %s",
		    show_when(when, sizeof(when), l->at), l->ref,
		    money_show(l->amount, amount));
}

static void
matched(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu line has its order.", "%zu lines have their orders.",
		(unsigned long)n),
	    n);
}

int
act_statement_match_many(struct screen *sc)
{
	const struct list_job job = { .doing = _("Matching"),
		.one = match_one,
		.name = match_name,
		.said = matched };

	return list_each(sc, &job);
}

int
act_statement_explain(struct screen *sc, const struct statement_line *l)
{
	int64_t id = l->id;
	char note[300] = "";
	int rc;

	if (!ui_ask(sc->ui, _("What is this money, if it is for no order?"),
		note, sizeof(note)))
		return 0;
	if ((rc = statement_explain(session_of(sc), id, note)) < 0)
		return rc;
	ui_say(sc->ui, "%s", _("The line is explained."));
	return 0;
}

int
act_statement_reopen(struct screen *sc, const struct statement_line *l)
{
	int rc = statement_reopen(session_of(sc), l->id);

	if (rc == 0)
		ui_say(sc->ui, "%s", _("The line is open again."));
	return rc;
}
