/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The day's sales of an agent, as they are handed over to production. */

struct state {
	struct list list;
	int64_t agent, day;
	char name[64];
	int64_t n, left;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Handed over"), 11, 0, 0, 0, 0 },
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Items"), 14, 2, 0, COLUMN_ENDS, 0 },
	{ N_("Missing"), 16, 3, 0, 0, 0 },
	{ N_("Made to order as"), 20, 4, 1, 0, 0 },
	{ N_("Promised"), 10, 0, 2, 0, 0 },
	{ N_("Buyer"), 8, 1, 3, 0, 0 },
	{ N_("Delivery"), 10, 1, 4, 0, 0 },
	{ N_("Remark"), 10, 2, 5, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
when(const struct handover_row *h, char *buf, size_t size, enum style *style)
{
	if (h->late)
		*style = STYLE_BAD;
	if (h->handed_at != 0)
		show_when(buf, size, h->handed_at);
	else
		copy_text(buf, size, h->late ? _("late") : _("still open"));
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct handover_row *h = row;
	char day[TIME_SIZE];

	switch (col) {
	case 0:
		when(h, buf, size, style);
		break;
	case 1:
		copy_text(buf, size, h->order_no);
		break;
	case 2:
		copy_text(buf, size, h->goods);
		break;
	case 3:
		*style = STYLE_WARN;
		copy_text(buf, size, h->missing);
		break;
	case 4:
		copy_text(buf, size, h->spec);
		break;
	case 5:
		if (h->promised_at != 0)
			copy_text(
			    buf, size, day_text(time_day(h->promised_at), day));
		break;
	case 6:
		copy_text(buf, size, h->nick);
		break;
	case 7:
		copy_text(buf, size, h->delivery);
		break;
	case 8:
		copy_text(buf, size, h->memo);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return handover_page(
	    session_of(sc), st->agent, st->day, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct handover_row),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	(void)sc;
	return _("No sales of that day. The left and right arrows go to "
		 "another one, a to another agent.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char text[300], about[64];

	snprintf(text, sizeof(text), _("%s · %s · %lld in all, %lld left"),
	    st->name,
	    day_about(st->day, time_day(time_now()), about, sizeof(about)),
	    (long long)st->n, (long long)st->left);
	canvas_text(c, r.y, r.x, r.w, STYLE_STRONG, text);
}

/* What files tell of the columns. */
static const char *const fields[] = { "handed_at", "order_no", "goods",
	"missing", "spec", "promised_at", "nick", "delivery", "memo" };

static const struct list_kind kind = {
	.record = "handover",
	.fields = fields,
	.empty = empty,
	.head = head,
};

/* Whose sales these are, and how many. */
static int
count(struct screen *sc)
{
	struct state *st = sc->state;
	const struct handover_agent *a;
	struct page page;
	size_t i;
	int rc = handover_agents(session_of(sc), st->day, &page);

	if (rc < 0)
		return rc;
	st->n = st->left = 0;
	for (i = 0; i < page.n; i++) {
		a = page_row(&page, i);
		if (a->id != st->agent)
			continue;
		st->n = a->n;
		st->left = a->left;
	}
	page_free(&page);
	return 0;
}

static int
restart(struct screen *sc)
{
	int rc = count(sc);

	return rc < 0 ? rc : list_restart(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = count(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
open_handover(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;
	int rc = production_open(session_of(sc), NULL);

	(void)arg;
	st->agent = session_staff(session_of(sc));
	st->day = time_day(time_now());
	copy_text(
	    st->name, sizeof(st->name), session_staff_name(session_of(sc)));
	list_open(sc, &kind, &source, "handover");
	return rc < 0 ? rc : restart(sc);
}

static int
go(struct screen *sc, int64_t by)
{
	struct state *st = sc->state;

	st->day += by;
	return restart(sc);
}

static int
cmd_before(struct screen *sc)
{
	return go(sc, -1);
}

static int
cmd_after(struct screen *sc)
{
	return go(sc, 1);
}

#define AGENTS_MAX 64

static int
cmd_agent(struct screen *sc)
{
	struct state *st = sc->state;
	const struct handover_agent *a;
	const char *names[AGENTS_MAX];
	struct page page;
	size_t i;
	int at, rc = handover_agents(session_of(sc), st->day, &page);

	if (rc < 0)
		return rc;
	for (i = 0; i < page.n && i < AGENTS_MAX; i++)
		names[i] =
		    ((const struct handover_agent *)page_row(&page, i))->name;
	if (i == 0)
		ui_say(sc->ui, "%s", _("Nobody has sales of that day."));
	at = i > 0 ? ui_pick(sc->ui, _("Whose sales?"), names, i, 0) : -1;
	if (at >= 0) {
		a = page_row(&page, (size_t)at);
		st->agent = a->id;
		copy_text(st->name, sizeof(st->name), a->name);
	}
	page_free(&page);
	return at >= 0 ? restart(sc) : 0;
}

static int
cmd_done(struct screen *sc)
{
	struct state *st = sc->state;
	int64_t n, left;
	int rc;

	if (!ui_confirm(sc->ui, _("Hand over"),
		_("Hand the sales over to production that lack nothing?")))
		return 0;
	rc = handover_done(session_of(sc), st->agent, st->day, &n, &left);
	if (rc == 0)
		ui_say(sc->ui, _("Handed over: %lld; left: %lld."),
		    (long long)n, (long long)left);
	return rc < 0 ? rc : refresh(sc);
}

static int
to(struct screen *sc, const char *name)
{
	const struct handover_row *h = list_row(sc);

	return ui_open(sc->ui, name, &(struct order_arg){ .id = h->id });
}

static int
cmd_open(struct screen *sc)
{
	return to(sc, "order");
}

static int
cmd_confirm(struct screen *sc)
{
	return to(sc, "confirm");
}

static const struct cmd cmds[] = {
	{ "handover-done", "h", N_("Hand over"),
	    N_("Hand over what lacks nothing; after the hour of the day it "
	       "is late"),
	    PERM_ORDER_EDIT, CMD_NEEDS_ROW, cmd_done },
	{ "handover-order", "Enter", N_("Open"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "handover-confirm", "t", N_("Type in"),
	    N_("Type or confirm what is to be made"), PERM_ORDER_VIEW,
	    CMD_NEEDS_ROW, cmd_confirm },
	{ "handover-agent", "a", N_("Agent"), N_("Another agent's sales"),
	    PERM_ORDER_VIEW, 0, cmd_agent },
	{ "handover-before", "Left", N_("Day before"), N_("The day before"),
	    PERM_NONE, 0, cmd_before },
	{ "handover-after", "Right", N_("Day after"), N_("The day after"),
	    PERM_NONE, 0, cmd_after },
	{ .name = NULL },
};

const struct screen_ops screen_handover = {
	.name = "handover",
	.title = N_("Hand-over to production"),
	.go = "",
	.does = N_("Give the day's made goods to production"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_handover,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
