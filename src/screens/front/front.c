/* SPDX-License-Identifier: MIT */
#include "../core/screens_priv.h"
#include "front_priv.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/ui.h"

/* What is to be done, by this person, now; and how the day goes. Every figure
 * opens the list behind it. */

static int
open_front(struct screen *sc, const void *arg)
{
	(void)arg;
	return front_load(sc);
}

static void
close_front(struct screen *sc)
{
	front_free(sc->state);
}

static int
key_front(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	size_t n = st->ntodo + st->rows.n;
	size_t page = st->seen > 1 ? st->seen - 1 : 1;

	switch (k->code) {
	case KEY_SCAN:
		return scan_anywhere(sc, k->text);
	case KEY_UP_:
	case 'k':
		st->at -= st->at > 0;
		return 1;
	case KEY_DOWN_:
	case 'j':
		st->at += st->at + 1 < n;
		return 1;
	case KEY_PGUP:
		st->at = st->at > page ? st->at - page : 0;
		return 1;
	case KEY_PGDN:
		st->at = st->at + page < n ? st->at + page : n > 0 ? n - 1 : 0;
		return 1;
	case KEY_HOME_:
		st->at = 0;
		return 1;
	case KEY_END_:
		st->at = n > 0 ? n - 1 : 0;
		return 1;
	default:
		return 0;
	}
}

static bool
has_row(struct screen *sc)
{
	struct state *st = sc->state;

	return st->at < st->ntodo + st->rows.n;
}

static int
open_row(struct screen *sc, const void *row)
{
	const struct state *st = sc->state;
	const struct order *o = row;
	const struct variant *v = row;
	const struct listing *l = row;

	switch (st->list) {
	case LIST_SHIP:
	case LIST_HELD:
		return ui_open(
		    sc->ui, "order", &(struct order_arg){ .id = o->id });
	case LIST_LOW:
		return ui_open(sc->ui, "stock",
		    &(struct stock_arg){ .code = v->sku_code });
	case LIST_UNMAPPED:
		if (!session_may(session_of(sc), PERM_PRODUCT_EDIT))
			return ui_open(sc->ui, "unmapped", NULL);
		return ui_open(sc->ui, "map",
		    &(struct map_arg){ .listing_id = l->id,
			.title = l->title,
			.attrs = l->attrs,
			.code = l->sku_code });
	}
	return 0;
}

static int
cmd_open(struct screen *sc)
{
	static const int tabs[TODO_MAX] = {
		[TODO_SHIP] = TAB_TO_SHIP,
		[TODO_HELD] = TAB_HELD,
		[TODO_PART] = TAB_PART,
		[TODO_UNPAID] = TAB_UNPAID,
	};
	struct parcels_arg parcels = { .unexported = true };
	struct stock_arg stock = { .low_only = true };
	struct state *st = sc->state;
	enum todo_kind kind;

	if (st->at >= st->ntodo)
		return open_row(sc, page_row(&st->rows, st->at - st->ntodo));
	kind = st->todo[st->at].kind;
	switch (kind) {
	case TODO_BELOW:
		return ui_open(sc->ui, "below", NULL);
	case TODO_LOW: /* where it is asked for, for who may */
		return session_may(session_of(sc), PERM_PURCHASE_REQUEST)
			   ? ui_open(sc->ui, "low-stock", NULL)
			   : ui_open(sc->ui, "stock", &stock);
	case TODO_MAP:
		return ui_open(sc->ui, "unmapped", NULL);
	case TODO_CHANGED:
		return ui_open(sc->ui, "changes",
		    &(struct changes_arg){
			.batch = st->changed_by, .urgent_only = true });
	case TODO_EXPORT:
		return ui_open(sc->ui, "parcels", &parcels);
	case TODO_PACKED:
		parcels.unexported = false;
		return ui_open(sc->ui, "parcels", &parcels);
	case TODO_SHIP:
	case TODO_HELD:
	case TODO_PART:
	case TODO_UNPAID:
		return ui_open(sc->ui, "orders",
		    &(struct orders_arg){ .tab = tabs[kind] });
	case TODO_MAX:
		break;
	}
	return 0;
}

static int
cmd_import(struct screen *sc)
{
	return ui_open(sc->ui, "import", NULL);
}

static const struct cmd cmds[] = {
	{ "front-open", "Enter", N_("Open"),
	    N_("Open the list or the order behind the line"), PERM_NONE,
	    CMD_NEEDS_ROW, cmd_open },
	{ "front-find", "/", N_("Find"),
	    N_("Orders, people, goods and parcels, by whatever is known"),
	    PERM_NONE, 0, cmd_find_anything },
	{ "front-import", "i", NULL, N_("Import files of a platform"),
	    PERM_IMPORT, 0, cmd_import },
	{ "my-password", "P", NULL, N_("Change my own password"), PERM_NONE, 0,
	    cmd_password },
	{ .name = NULL },
};

const struct screen_ops screen_front = {
	.name = "front",
	.title = N_("Front"),
	.perm = PERM_NONE,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_front,
	.close = close_front,
	.refresh = front_load,
	.key = key_front,
	.draw = front_draw,
	.has_row = has_row,
};
