/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../stock/stock_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/low_stock.h"
#include "shopmgr/domain/requests.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What should be bought: what is gone first on top. Chosen rows become a
 * purchase request. */

struct state {
	struct list list;
	enum low_stock_kind tab;
	/* The whole list, and the one before, whose texts the table may show
	 * until it has read the new one. */
	struct page all, before;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Lasts"), 6, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("SKU code"), 10, 1, 0, COLUMN_WHOLE, 0 },
	{ N_("Item"), 12, 3, 0, COLUMN_ENDS, 0 },
	{ N_("Available"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("In transit"), 10, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Asked for"), 9, 0, 3, COLUMN_RIGHT, 0 },
	{ N_("Sold 30 d"), 9, 0, 4, COLUMN_RIGHT, 0 },
	{ N_("To buy"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Supplier"), 12, 2, 2, 0, 0 },
	{ N_("Delivers"), 8, 0, 5, COLUMN_RIGHT, 0 },
	{ N_("Warehouse"), 9, 1, 6, 0, 0 },
	{ N_("Reorder at"), 10, 0, 7, COLUMN_RIGHT, 0 },
	{ N_("Target"), 6, 0, 8, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

enum {
	COL_COVER,
	COL_SKU,
	COL_NAME,
	COL_AVAILABLE,
	COL_TRANSIT,
	COL_ASKED,
	COL_SOLD,
	COL_PROPOSE,
	COL_COMPANY,
	COL_LEAD,
	COL_WAREHOUSE,
	COL_REORDER,
	COL_TARGET
};

static void
days(char *buf, size_t size, int64_t n)
{
	if (n != LOW_STOCK_FOREVER)
		snprintf(buf, size, _("%lld d"), (long long)n);
}

static void
text_cell(const struct low_stock *l, int col, char *buf, size_t size)
{
	const char *const texts[] = {
		[COL_SKU] = l->sku_code,
		[COL_NAME] = l->name,
		[COL_COMPANY] = l->company,
		[COL_WAREHOUSE] = l->warehouse,
	};

	copy_text(buf, size, texts[col]);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct low_stock *l = row;
	const int64_t counts[] = {
		[COL_AVAILABLE] = l->available,
		[COL_TRANSIT] = l->in_transit,
		[COL_ASKED] = l->asked,
		[COL_SOLD] = l->sold,
		[COL_PROPOSE] = l->propose,
		[COL_REORDER] = l->reorder_at,
		[COL_TARGET] = l->target_level,
	};

	switch (col) {
	case COL_COVER:
		if (l->cover == 0)
			*style = STYLE_BAD;
		else if (l->cover != LOW_STOCK_FOREVER &&
			 l->cover < l->lead_days)
			*style = STYLE_WARN;
		days(buf, size, l->cover);
		break;
	case COL_LEAD:
		if (l->company_id != 0)
			days(buf, size, l->lead_days);
		break;
	case COL_SKU:
	case COL_NAME:
	case COL_COMPANY:
	case COL_WAREHOUSE:
		text_cell(l, col, buf, size);
		break;
	default:
		if (col == COL_PROPOSE && l->propose > 0)
			*style = STYLE_STRONG;
		if (counts[col] != 0 || col == COL_AVAILABLE)
			show_count(buf, size, counts[col]);
		break;
	}
}

/* The rows are held by the state; so a page costs nothing. */
static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct low_stock *l = from;
	size_t i;

	page_init(out, sizeof(struct low_stock), st->all.n);
	for (i = 0; i < st->all.n; i++)
		*(struct low_stock *)page_add(out) =
		    *(const struct low_stock *)page_row(&st->all, i);
	page_window(out, dir, l != NULL ? l->id : 0, limit);
	return 0;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct low_stock),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->tab == LOW_STOCK_NOW
		   ? _("Nothing is at or below its reorder point.")
		   : _("Whatever is sold lasts until the supplier can "
		       "deliver.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab words[] = {
		{ _("To be reordered"),
		    st->tab == LOW_STOCK_NOW ? (int64_t)st->all.n : -1 },
		{ _("Soon gone"),
		    st->tab == LOW_STOCK_SOON ? (int64_t)st->all.n : -1 },
	};

	draw_tabs(c, r.y, r.x, r.w, words, 2, st->tab);
}

static int
cmd_ledger(struct screen *sc)
{
	const struct low_stock *l = list_row(sc);
	const struct ledger_arg arg = { .variant_id = l->variant_id,
		.name = l->name };

	return ui_open(sc->ui, "ledger", &arg);
}

/* What files tell of the columns. */
static const char *const fields[] = { "days", "sku_code", "name", "available",
	"in_transit", "asked", "sold", "propose", "company", "lead_days",
	"warehouse", "reorder_at", "target_level" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "low_stock",
	.fields = fields,
	.hint = N_("code, item, supplier, warehouse"),
	.enter = cmd_ledger,
	.empty = empty,
	.head = head,
};

static int
read_all(struct screen *sc)
{
	struct state *st = sc->state;
	struct page page;
	int rc = low_stock_all(session_of(sc), st->tab, &page);

	if (rc < 0)
		return rc;
	page_free(&st->before);
	st->before = st->all;
	st->all = page;
	return 0;
}

static int
open_low(struct screen *sc, const void *arg)
{
	int rc;

	(void)arg;
	list_open(sc, &kind, &source, "low-stock");
	rc = read_all(sc);
	return rc < 0 ? rc : list_restart(sc);
}

static void
close_low(struct screen *sc)
{
	struct state *st = sc->state;

	list_close(sc);
	page_free(&st->all);
	page_free(&st->before);
}

static int
refresh(struct screen *sc)
{
	int rc = read_all(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;
	int rc;

	st->tab = st->tab == LOW_STOCK_NOW ? LOW_STOCK_SOON : LOW_STOCK_NOW;
	rc = read_all(sc);
	return rc < 0 ? rc : list_restart(sc);
}

static int
cmd_request(struct screen *sc)
{
	const struct list *l = sc->state;
	const struct low_stock *row = list_row(sc);
	struct request_made made;
	size_t n = list_marked(sc);
	int64_t *ids = xcalloc(n + 1, sizeof(*ids));
	int rc;

	ids[0] = row->id;
	if (n > 0)
		table_marked(l->table, ids, n);
	rc = request_low(session_of(sc), ids, n > 0 ? n : 1, "", &made);
	free(ids);
	if (rc < 0)
		return rc;
	table_unmark(l->table);
	if (made.left > 0)
		ui_say(sc->ui,
		    _("Asked for: %s. Left out, as enough is on its way: "
		      "%lld."),
		    made.nos, (long long)made.left);
	else
		ui_say(sc->ui, _("Asked for: %s."), made.nos);
	return refresh(sc);
}

/* They came without an order. */
static int
cmd_receive(struct screen *sc)
{
	const struct list *l = sc->state;
	size_t i, n = list_marked(sc);
	int64_t *ids = xcalloc(n > 0 ? n : 1, sizeof(*ids));
	int rc;

	if (n > 0)
		table_marked(l->table, ids, n);
	else
		ids[n++] = list_row_id(list_row(sc));
	for (i = 0; i < n; i++)
		ids[i] >>= 16; /* the product of low_stock_id() */
	rc = act_receive_many(sc, ids, n);
	free(ids);
	return rc;
}

static int
cmd_requests(struct screen *sc)
{
	return ui_open(sc->ui, "requests", NULL);
}

static const struct cmd cmds[] = {
	{ "low-request", "r", N_("Request"),
	    N_("Ask for what is proposed, of all that are selected"),
	    PERM_PURCHASE_REQUEST, CMD_NEEDS_ROW | CMD_MANY, cmd_request },
	{ "low-ledger", "Enter", N_("Ledger"), N_("What came and went of it"),
	    PERM_STOCK_VIEW, CMD_NEEDS_ROW, cmd_ledger },
	{ "low-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("What is low now, or gone before the supplier could deliver"),
	    PERM_NONE, 0, cmd_tab },
	{ "low-requests", "R", N_("Requests"), N_("What was asked for"),
	    PERM_PURCHASE_REQUEST, 0, cmd_requests },
	{ "low-find", "/", N_("Find"), N_("Find a product that is low"),
	    PERM_NONE, 0, cmd_list_find },
	{ "low-receive", "+ =", N_("Receive"),
	    N_("Take goods in that came without an order: one slip"),
	    PERM_STOCK_RECEIVE, CMD_NEEDS_ROW | CMD_MANY, cmd_receive },
	{ .name = NULL },
};

const struct screen_ops screen_low_stock = {
	.name = "low-stock",
	.title = N_("To be bought"),
	.go = "",
	.does = N_("What runs out; ask for more"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_low,
	.close = close_low,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
