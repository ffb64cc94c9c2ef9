/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/kits.h"
#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* All kits with their parts; Enter leads to one. */

/* clang-format off */
static const struct column columns[] = {
	{ N_("Kit code"), 10, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Kit"), 16, 4, 0, COLUMN_ENDS, 0 },
	{ N_("Part code"), 10, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Part of the kit"), 15, 4, 1, COLUMN_ENDS, 0 },
	{ N_("In a kit"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Available"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct kit_row *p = row;

	switch (col) {
	case 0:
		copy_text(buf, size, p->kit_sku);
		break;
	case 1:
		copy_text(buf, size, p->kit);
		break;
	case 2:
		copy_text(buf, size, p->part_sku);
		break;
	case 3:
		copy_text(buf, size, p->part);
		break;
	case 4:
		show_count(buf, size, p->qty);
		break;
	case 5:
		if (p->available < p->qty)
			*style = STYLE_WARN;
		show_count(buf, size, p->available);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return kit_rows(session_of(arg), 0, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct kit_row),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("No kits yet. In the stock list K makes one of a product; "
		    "an import of kits brings a list of them."),
};

static int
cmd_kit(struct screen *sc)
{
	const struct kit_row *p = list_row(sc);
	const struct kit_arg arg = { .variant_id = p->kit_id, .name = p->kit };

	return ui_open(sc->ui, "kit", &arg);
}

static int
cmd_history(struct screen *sc)
{
	const struct kit_row *p = list_row(sc);

	return open_history(sc, "variant", p->kit_id, p->kit_sku);
}

static const char *const fields[] = { "kit_sku", "kit", "part_sku", "part",
	"qty", "available" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "kits",
	.fields = fields,
	.hint = N_("a part of a name or a code"),
	.enter = cmd_kit,
};

static int
open_kits(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "kits");
	return list_restart(sc);
}

static const struct cmd cmds[] = {
	{ "kits-open", "Enter", N_("Kit"), N_("See or change its parts"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_kit },
	{ "kits-find", "/", N_("Find"),
	    N_("Find a kit by its name, or by what is in it"), PERM_NONE, 0,
	    cmd_list_find },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_kits = {
	.name = "kits",
	.title = N_("Kits"),
	.go = "",
	.does = N_("What is sold as one and sent as several"),
	.perm = PERM_PRODUCT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct list),
	.open = open_kits,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
