/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "purchase.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/requests.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Purchase requests, by how far they are. */

struct state {
	struct list list;
	enum request_state tab;
	int64_t n[REQUEST_ORDERED];
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Request no."), 11, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("State"), 12, 1, 3, 0, 0 },
	{ N_("Warehouse"), 10, 1, 2, 0, 0 },
	{ N_("Lines"), 6, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Pieces"), 7, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Who"), 8, 1, 0, 0, 0 },
	{ N_("Asked at"), 10, 0, 0, 0, 0 },
	{ N_("Decided by"), 10, 1, 4, 0, 0 },
	{ N_("Note"), 10, 3, 1, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct request *r = row;

	switch (col) {
	case 0:
		copy_text(buf, size, r->request_no);
		break;
	case 1:
		if (r->state == REQUEST_APPROVED)
			*style = STYLE_WARN;
		copy_text(buf, size, request_state_text(r->state));
		break;
	case 2:
		copy_text(buf, size, r->warehouse);
		break;
	case 3:
		show_count(buf, size, r->lines);
		break;
	case 4:
		show_count(buf, size, r->pieces);
		break;
	case 5:
		copy_text(buf, size, r->staff);
		break;
	case 6:
		show_when(buf, size, r->at);
		break;
	case 7:
		copy_text(buf, size, r->decided_by);
		break;
	case 8:
		copy_text(
		    buf, size, r->reason[0] != '\0' ? r->reason : r->note);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return request_page(session_of(sc), st->tab, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct request),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->tab == REQUEST_ASKED
		   ? _("Nothing waits to be decided. n asks for something, and "
		       "so does r in the list of what is to be bought.")
		   : _("There are none here.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab words[REQUEST_ALL + 1];
	int i;

	for (i = 0; i < REQUEST_ALL; i++)
		words[i] = (struct tab){ request_state_text(i),
			i < REQUEST_ORDERED ? st->n[i] : -1 };
	words[REQUEST_ALL] = (struct tab){ _("All"), -1 };
	draw_tabs(c, r.y, r.x, r.w, words, REQUEST_ALL + 1, st->tab);
}

static int
cmd_open(struct screen *sc)
{
	const struct request *r = list_row(sc);

	return ui_open(
	    sc->ui, "request", &(struct purchase_arg){ .id = r->id });
}

/* What files tell of the columns. */
static const char *const fields[] = { "request_no", "state", "warehouse",
	"lines", "pieces", "staff", "at", "decided_by", "note;reason" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "requests",
	.fields = fields,
	.hint = N_("number, warehouse, who, note"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
counts(struct screen *sc)
{
	struct state *st = sc->state;

	return request_counts(session_of(sc), st->n);
}

static int
open_requests(struct screen *sc, const void *arg)
{
	int rc;

	(void)arg;
	list_open(sc, &kind, &source, "requests");
	rc = counts(sc);
	return rc < 0 ? rc : list_restart(sc);
}

static int
refresh(struct screen *sc)
{
	int rc = counts(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
turn(struct screen *sc, unsigned by)
{
	struct state *st = sc->state;

	st->tab = (enum request_state)((st->tab + by) % (REQUEST_ALL + 1));
	return list_restart(sc);
}

static int
cmd_next_tab(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_prev_tab(struct screen *sc)
{
	return turn(sc, REQUEST_ALL);
}

static int
cmd_new(struct screen *sc)
{
	struct state *st = sc->state;
	int64_t id = 0;
	int rc = act_request_new(sc, &id);

	if (rc < 0 || id == 0)
		return rc;
	st->tab = REQUEST_ASKED;
	if ((rc = refresh(sc)) < 0)
		return rc;
	return ui_open(sc->ui, "request", &(struct purchase_arg){ .id = id });
}

static int
act(struct screen *sc, int (*what)(struct screen *, const struct request *))
{
	int rc = what(sc, list_row(sc));

	return rc < 0 ? rc : refresh(sc);
}

#define REQUEST_MARKS 50

static int
cmd_approve(struct screen *sc)
{
	const struct request *r = list_row(sc);
	const struct list *l = sc->state;
	int64_t ids[REQUEST_MARKS] = { r->id };
	size_t n = list_marked(sc);
	int rc;

	if (n > REQUEST_MARKS) {
		ui_complain(sc->ui, _("Select no more than %d requests."),
		    REQUEST_MARKS);
		return 0;
	}
	if (n > 0)
		table_marked(l->table, ids, n);
	rc = act_request_approve(
	    sc, ids, n > 0 ? n : 1, n > 0 ? NULL : r->request_no);
	if (rc < 0)
		return rc;
	for (; n > 0; n--)
		table_mark_id(l->table, ids[n - 1], false);
	return refresh(sc);
}

static int
cmd_refuse(struct screen *sc)
{
	return act(sc, act_request_refuse);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	if ((cmd->needs & CMD_MANY) && list_marked(sc) > 0)
		return cmd->label;
	return request_label(cmd, list_row(sc));
}

static const struct cmd cmds[] = {
	{ "request-open", "Enter", N_("Open"), N_("Its lines"),
	    PERM_PURCHASE_REQUEST, CMD_NEEDS_ROW, cmd_open },
	{ "request-new", "n", N_("New"), N_("Ask for something to be bought"),
	    PERM_PURCHASE_REQUEST, 0, cmd_new },
	{ "request-approve", "A", N_("Approve"),
	    N_("Approve it: an order for each supplier is written"),
	    PERM_PURCHASE_ORDER, CMD_NEEDS_ROW | CMD_MANY, cmd_approve },
	{ "request-refuse", "X", N_("Refuse"),
	    N_("Refuse it with a reason, or take the own one back"),
	    PERM_PURCHASE_REQUEST, CMD_NEEDS_ROW, cmd_refuse },
	{ "request-next-tab", "Tab Right", N_("Next tab"), N_("The next state"),
	    PERM_NONE, 0, cmd_next_tab },
	{ "request-prev-tab", "Shift-Tab Left", NULL, N_("The state before"),
	    PERM_NONE, 0, cmd_prev_tab },
	{ "request-find", "/", N_("Find"), N_("Find a request"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_requests = {
	.name = "requests",
	.title = N_("Purchase requests"),
	.go = "",
	.does = N_("Approve what people want bought"),
	.perm = PERM_PURCHASE_REQUEST,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_requests,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
