/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/waves.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

/* Pick waves, and a new one. */

struct state {
	struct list list;
	int64_t state; /* 0: all */
	int64_t n[WAVE_STATES];
};

enum {
	COL_NO,
	COL_KIND,
	COL_STATE,
	COL_ORDERS,
	COL_OPEN,
	COL_PICKED,
	COL_SORTED,
	COL_KICKED,
	COL_PICKER,
	COL_AT,
	COL_STAFF
};

/* clang-format off */
static const struct column columns[] = {
	[COL_NO] = { N_("Wave"), 9, 0, 0, COLUMN_WHOLE, 0 },
	[COL_KIND] = { N_("Kind"), 15, 1, 0, 0, 0 },
	[COL_STATE] = { N_("State"), 10, 0, 2, 0, 0 },
	[COL_ORDERS] = { N_("Orders"), 6, 0, 0, COLUMN_RIGHT, 0 },
	[COL_OPEN] = { N_("To pack"), 7, 0, 0, COLUMN_RIGHT, 0 },
	[COL_PICKED] = { N_("Picked"), 9, 0, 0, COLUMN_RIGHT, 0 },
	[COL_SORTED] = { N_("Sorted"), 7, 0, 3, COLUMN_RIGHT, 0 },
	[COL_KICKED] = { N_("Kicked out"), 10, 0, 4, COLUMN_RIGHT, 0 },
	[COL_PICKER] = { N_("Picker"), 8, 1, 1, 0, 0 },
	[COL_AT] = { N_("Made at"), 11, 0, 0, 0, 0 },
	[COL_STAFF] = { N_("Made by"), 8, 1, 5, 0, 0 },
	{ .title = NULL },
};
static const char *const fields[] = { "wave_no", "kind", "state", "slots",
	"open", "picked;need", "sorted", "kicked", "picker", "at", "staff" };
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct wave *w = row;

	switch (col) {
	case COL_NO:
		copy_text(buf, size, w->wave_no);
		break;
	case COL_KIND:
		copy_text(buf, size, wave_kind_text(w->kind));
		break;
	case COL_STATE:
		copy_text(buf, size, wave_state_text(w->state));
		break;
	case COL_ORDERS:
		show_count(buf, size, w->slots);
		break;
	case COL_OPEN:
		show_count(buf, size, w->open);
		break;
	case COL_PICKED:
		if (w->picked < w->need && w->state == WAVE_OPEN)
			*style = STYLE_WARN;
		snprintf(
		    buf, size, "%" PRId64 " / %" PRId64, w->picked, w->need);
		break;
	case COL_SORTED:
		if (w->kind == WAVE_SEVERAL)
			show_count(buf, size, w->sorted);
		break;
	case COL_KICKED:
		if (w->kicked > 0)
			show_count(buf, size, w->kicked);
		break;
	case COL_PICKER:
		copy_text(buf, size, w->picker);
		break;
	case COL_AT:
		show_when(buf, size, w->at);
		break;
	case COL_STAFF:
		copy_text(buf, size, w->staff);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return wave_page(session_of(sc), st->state, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct wave),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	switch (st->state) {
	case WAVE_OPEN:
		return _("No wave is to be picked. n makes one of what waits.");
	case WAVE_PICKED:
		return _("No wave that is picked waits to be packed.");
	default:
		return _("No waves yet. n makes one of what waits.");
	}
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char place[NAME_ROOM];
	const struct tab words[] = { { _("To be picked"), st->n[WAVE_OPEN] },
		{ _("Picked"), st->n[WAVE_PICKED] }, { _("Finished"), -1 },
		{ _("All"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, words, 4,
	    st->state == 0 ? 3 : (size_t)st->state - 1);
	canvas_right(c, r.y, r.x + r.w / 2, r.w / 2, STYLE_DIM,
	    floor_place_name(sc, place));
}

static int
open_row(struct screen *sc, const char *name)
{
	const struct wave *w = list_row(sc);
	const struct wave_arg arg = { .id = w->id };

	return ui_open(sc->ui, name, &arg);
}

static int
cmd_open(struct screen *sc)
{
	return open_row(sc, "wave");
}

static const struct list_kind kind = {
	.record = "waves",
	.fields = fields,
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = wave_counts(session_of(sc), st->n);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
open_waves(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;
	int rc;

	(void)arg;
	st->state = WAVE_OPEN;
	list_open(sc, &kind, &source, "waves");
	rc = wave_counts(session_of(sc), st->n);
	return rc < 0 ? rc : list_restart(sc);
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->state = st->state == WAVE_DONE ? 0 : st->state + 1;
	return list_restart(sc);
}

static int
cmd_tab_back(struct screen *sc)
{
	struct state *st = sc->state;

	st->state = st->state == 0 ? WAVE_DONE : st->state - 1;
	return list_restart(sc);
}

/* "Several pieces, sorted: 12 orders, 31 pieces of 18 products". */
static void
choice(char *buf, size_t size, int64_t kind_no, const struct wave_preview *p)
{
	char due[TIME_SIZE] = "";

	if (p->orders == 0) {
		snprintf(buf, size, _("%s: %s"), wave_kind_text(kind_no),
		    p->lacking > 0 ? _("stock is missing") : _("nothing"));
		return;
	}
	if (p->due != 0)
		time_short(p->due, time_now(), due);
	/* TRANSLATORS: kind of wave, product or nothing, then counts; waiting:
	 * orders of that kind in all; the first deadline */
	snprintf(buf, size,
	    _("%s%s%s: orders %lld of %lld, pieces %lld, products %lld, "
	      "first %s"),
	    wave_kind_text(kind_no), p->sku[0] != '\0' ? " " : "", p->sku,
	    (long long)p->orders, (long long)p->waiting, (long long)p->pieces,
	    (long long)p->skus, due);
}

struct filter {
	char courier[64], shop[64], province[64], sku[64];
	int64_t until; /* a day number: all of that day */
	int64_t most;
};
static const struct field filter_fields[] = {
	{ FIELD_CHARS(struct filter, courier, FIELD_TEXT, N_("Courier"), 0) },
	{ FIELD_CHARS(struct filter, shop, FIELD_TEXT, N_("Shop"), 0) },
	{ FIELD_CHARS(struct filter, province, FIELD_TEXT, N_("Province"), 0) },
	{ FIELD_NUM(struct filter, until, FIELD_DATE, N_("Ship by"), 0),
	    .hint = N_("deadlines up to that day") },
	{ FIELD_CHARS(struct filter, sku, FIELD_TEXT, N_("Product code"), 0),
	    .hint = N_("of the wave of one product") },
	{ FIELD_NUM(
	    struct filter, most, FIELD_COUNT, N_("Orders at most"), 0) },
	{ .name = NULL },
};

static void
what_of(const struct filter *f, struct wave_what *what)
{
	*what = (struct wave_what){ .most = f->most,
		.until = f->until != 0 ? day_start(f->until + 1) : 0 };
	copy_text(what->courier, sizeof(what->courier), f->courier);
	copy_text(what->shop, sizeof(what->shop), f->shop);
	copy_text(what->province, sizeof(what->province), f->province);
	copy_text(what->sku, sizeof(what->sku), f->sku);
}

static int
filter_check(void *arg, const void *record)
{
	struct wave_preview would[WAVE_KINDS];
	struct wave_what what;

	what_of(record, &what);
	return wave_preview(arg, &what, would);
}

/* One of the kinds, or (WAVE_KINDS) another choice of orders; -1: none. */
static int
pick_kind(struct screen *sc, const struct wave_what *what)
{
	struct wave_preview would[WAVE_KINDS];
	const char *choices[WAVE_KINDS];
	char text[WAVE_KINDS][200];
	int i, rc;

	if ((rc = wave_preview(session_of(sc), what, would)) < 0) {
		ui_failed(sc->ui, rc);
		return -1;
	}
	for (i = WAVE_ONE; i < WAVE_KINDS; i++) {
		choice(text[i], sizeof(text[i]), i, &would[i]);
		choices[i - 1] = text[i];
	}
	choices[WAVE_KINDS - 1] = _("Only some of them…");
	i = ui_pick(
	    sc->ui, _("What is the wave to hold?"), choices, WAVE_KINDS, 0);
	return i < 0 ? -1 : i + 1;
}

static int
cmd_new(struct screen *sc)
{
	struct filter f = { .until = 0 };
	struct wave_what what = { .kind = 0 };
	struct wave_arg arg = { 0 };
	int64_t place = floor_place(session_of(sc));
	int at, rc;

	rc = floor_ask(sc, false);
	if (rc == 0 && floor_place(session_of(sc)) != place)
		rc = refresh(sc);
	if (rc < 0)
		return rc;
	while ((at = pick_kind(sc, &what)) == WAVE_KINDS) {
		if (ui_form(sc->ui, _("Only some orders"), filter_fields, &f,
			filter_check, session_of(sc)) <= 0)
			return 0;
		what_of(&f, &what);
	}
	if (at < 0)
		return 0;
	what.kind = at;
	if ((rc = wave_make(session_of(sc), &what, &arg.id)) < 0)
		return rc;
	return ui_open(sc->ui, "wave", &arg);
}

static int
cmd_pick(struct screen *sc)
{
	return open_row(sc, "wave-pick");
}

static int
cmd_sort(struct screen *sc)
{
	return open_row(sc, "wave-sort");
}

static int
cmd_cancel(struct screen *sc)
{
	const struct wave *w = list_row(sc);
	int64_t id = w->id;
	char no[32];
	int rc;

	copy_text(no, sizeof(no), w->wave_no);
	if (!ui_confirm(sc->ui, _("Cancel the wave"),
		_("Cancel wave %s? Its orders are free again, and what was "
		  "picked is to be put back."),
		no))
		return 0;
	if ((rc = wave_cancel(session_of(sc), id)) < 0)
		return rc;
	ui_say(sc->ui, _("Wave %s is cancelled."), no);
	return refresh(sc);
}

static int
cmd_back(struct screen *sc)
{
	return ui_open(sc->ui, "put-back", NULL);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct wave *w = list_row(sc);
	bool going =
	    w != NULL && (w->state == WAVE_OPEN || w->state == WAVE_PICKED);

	if (cmd->run == cmd_pick)
		return going && w->state == WAVE_OPEN ? cmd->label : NULL;
	if (cmd->run == cmd_sort)
		return going && w->kind == WAVE_SEVERAL ? cmd->label : NULL;
	if (cmd->run == cmd_cancel)
		return going ? cmd->label : NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "wave-open", "Enter", N_("Open"), N_("Open the wave's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "wave-new", "n", N_("New"),
	    N_("Make a wave of orders that are free to go"), PERM_WAVE_MAKE, 0,
	    cmd_new },
	{ "wave-pick", "p", N_("Pick goods"), N_("Pick the wave by scan"),
	    PERM_ORDER_SHIP, CMD_NEEDS_ROW, cmd_pick },
	{ "wave-sort", "s", N_("Sort goods"),
	    N_("Sort what was picked into the slots, by scan"), PERM_ORDER_SHIP,
	    CMD_NEEDS_ROW, cmd_sort },
	{ "wave-cancel", "d", N_("Void"),
	    N_("Give the orders of the wave back"), PERM_WAVE_MAKE,
	    CMD_NEEDS_ROW, cmd_cancel },
	{ "wave-back", "b", N_("Returns"), N_("See what goes back where"),
	    PERM_ORDER_SHIP, 0, cmd_back },
	{ "wave-place", "Ctrl-B", NULL, N_("In which warehouse you work"),
	    PERM_ORDER_VIEW, 0, cmd_floor_place },
	{ "wave-tab", "Tab Right", N_("Next tab"),
	    N_("Waves to be picked, picked, done, all"), PERM_NONE, 0,
	    cmd_tab },
	{ "wave-tab-back", "Shift-Tab Left", NULL, N_("The tab before"),
	    PERM_NONE, 0, cmd_tab_back },
	{ .name = NULL },
};

const struct screen_ops screen_waves = {
	.name = "waves",
	.title = N_("Pick waves"),
	.go = "",
	.does = N_("Pick several orders in one walk"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_waves,
	.close = list_close,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
