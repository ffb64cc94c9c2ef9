/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What an import changed in records that were there before; first the orders
 * that are still to be shipped. */

struct state {
	struct list list;
	int64_t batch; /* 0: the newest that changed something */
	bool urgent_only;
	const char *what; /* NULL: all */
};

/* What can change, as the domain calls it. */
static const char *const kinds_of_change[] = { "state", "refund", "address",
	"remark", "amount", "lines" };
#define NKINDS (sizeof(kinds_of_change) / sizeof(*kinds_of_change))

/* clang-format off */
static const struct column columns[] = {
	{ "", 1, 0, 0, 0, 0 },
	{ N_("Record"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("What changed"), 16, 1, 0, 0, 0 },
	{ N_("Before"), 14, 2, 0, 0, 0 },
	{ N_("Now"), 14, 3, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct import_change *ch = row;

	switch (col) {
	case 0:
		*style = STYLE_WARN;
		copy_text(buf, size, ch->urgent ? "!" : "");
		break;
	case 1:
		copy_text(buf, size, ch->label);
		break;
	case 2:
		if (ch->urgent)
			*style = STYLE_WARN;
		copy_text(buf, size, import_change_text(ch->what));
		break;
	case 3:
		*style = STYLE_DIM;
		copy_text(buf, size, ch->before);
		break;
	case 4:
		copy_text(buf, size, ch->after);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct import_change_filter filter = {
		.batch = st->batch,
		.what = st->what,
		.urgent_only = st->urgent_only,
	};

	return import_change_page(
	    session_of(sc), &filter, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct import_change),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->urgent_only
		   ? _("Nothing that is still to be shipped has changed.")
		   : _("Nothing that was there before has changed.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[] = { { _("All"), -1 }, { _("To ship"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, 2, st->urgent_only ? 1 : 0);
	if (st->what != NULL)
		canvas_right(c, r.y, r.x, r.w, STYLE_ACCENT,
		    import_change_text(st->what));
}

static int
cmd_open(struct screen *sc)
{
	const struct import_change *ch = list_row(sc);
	const struct order_arg arg = { ch->subject };

	if (strcmp(ch->kind, "order") == 0)
		return ui_open(sc->ui, "order", &arg);
	if (strcmp(ch->kind, "product") == 0 ||
	    strcmp(ch->kind, "variant") == 0)
		return ui_open(
		    sc->ui, "stock", &(struct stock_arg){ .code = ch->label });
	if (strcmp(ch->kind, "customer") == 0)
		return ui_open(sc->ui, "customer",
		    &(struct customer_arg){ .id = ch->subject });
	return 0;
}

/* How it was and how it is: of an address only the end may differ. */
static void
whole(const void *row, char *buf, size_t size)
{
	const struct import_change *ch = row;

	if (ch->before[0] == '\0' && ch->after[0] == '\0') {
		copy_text(buf, size, import_change_text(ch->what));
		return;
	}
	snprintf(buf, size, "%s%s%s", ch->before,
	    ch->before[0] != '\0' ? " → " : "",
	    ch->after[0] != '\0' ? ch->after : _("nothing"));
}

/* What files tell of the columns. */
static const char *const fields[] = { "urgent", "label", "what", "before",
	"after" };

static const struct list_kind kind = {
	.record = "import_changes",
	.fields = fields,
	.fetch = fetch,
	.hint = N_("order numbers, words of what changed"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
	.whole = whole,
};

static int
open_changes(struct screen *sc, const void *arg)
{
	const struct changes_arg *a = arg;
	struct state *st = sc->state;

	st->batch = a != NULL ? a->batch : 0;
	st->urgent_only = a != NULL && a->urgent_only;
	list_open(sc, &kind, &source, "changes");
	return list_restart(sc);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->urgent_only = !st->urgent_only;
	list_seek_end(sc);
	return list_restart(sc);
}

static int
cmd_what(struct screen *sc)
{
	struct state *st = sc->state;
	const char *words[NKINDS + 1];
	size_t i, at = 0;
	int picked;

	words[0] = _("Everything");
	for (i = 0; i < NKINDS; i++) {
		words[i + 1] = import_change_text(kinds_of_change[i]);
		if (st->what == kinds_of_change[i])
			at = i + 1;
	}
	picked = ui_pick(sc->ui, _("What changed"), words, NKINDS + 1, (int)at);
	if (picked < 0)
		return 0;
	st->what = picked > 0 ? kinds_of_change[picked - 1] : NULL;
	return list_restart(sc);
}

static const struct cmd cmds[] = {
	{ "change-open", "Enter", N_("Open"),
	    N_("Open the order, product or customer"), PERM_NONE, CMD_NEEDS_ROW,
	    cmd_open },
	{ "change-what", "f", N_("Filter"),
	    N_("Only changes of one kind: states, refunds, addresses, …"),
	    PERM_NONE, 0, cmd_what },
	{ "change-find", "/", N_("Find"),
	    N_("Find a change by order number or words"), PERM_NONE, 0,
	    cmd_list_find },
	{ "change-tab", "Tab Right Shift-Tab Left", N_("Next tab"),
	    N_("All changes, or only of what is still to be shipped"),
	    PERM_NONE, 0, cmd_tab },
	{ .name = NULL },
};

const struct screen_ops screen_changes = {
	.name = "changes",
	.title = N_("What changed"),
	.perm = PERM_IMPORT,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_changes,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
