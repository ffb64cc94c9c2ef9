/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/tracking.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Parcels on their way that somebody must see to: a worklist, not a map. */

struct state {
	struct list list;
	enum track_list which;
	int64_t n[TRACK_LISTS];
	struct page events; /* of the parcel in the pane */
	int64_t of;         /* 0: of none */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Shipped at"), 10, 0, 5, COLUMN_DOWN, 0 },
	{ N_("Waybill no."), 15, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Courier"), 10, 1, 0, 0, 0 },
	{ N_("State"), 12, 0, 0, 0, 0 },
	{ N_("Last news"), 10, 0, 0, 0, 0 },
	{ N_("Receiver"), 8, 1, 3, 0, 0 },
	{ N_("Province"), 8, 0, 4, 0, 0 },
	{ N_("Reason"), 14, 1, 1, 0, 0 },
	{ N_("Who"), 8, 1, 2, 0, 0 },
	{ N_("Order number"), 19, 0, 6, COLUMN_WHOLE, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct track_row *t = row;

	switch (col) {
	case 0:
		show_when(buf, size, t->shipped_at);
		break;
	case 1:
		copy_text(buf, size, t->waybill_no);
		break;
	case 2:
		copy_text(buf, size, t->courier);
		break;
	case 3:
		if (t->state > TRACK_SIGNED)
			*style = STYLE_WARN;
		copy_text(buf, size, track_text(t->state));
		break;
	case 4:
		show_when(buf, size, t->at);
		break;
	case 5:
		copy_text(buf, size, t->receiver);
		break;
	case 6:
		copy_text(buf, size, t->province);
		break;
	case 7:
		copy_text(
		    buf, size, t->case_id != 0 ? track_kind_text(t->kind) : "");
		break;
	case 8:
		copy_text(buf, size, t->staff);
		break;
	case 9:
		copy_text(buf, size, t->order_no);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return track_page(session_of(sc), st->which, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct track_row),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static const struct {
	const char *label, *empty;
} lists[TRACK_LISTS] = {
	[TRACK_UNCOLLECTED] = { N_("Not collected"),
	    N_("The couriers have collected every parcel.") },
	[TRACK_STILL] = { N_("Not moving"), N_("Every parcel moves.") },
	[TRACK_BACK] = { N_("Coming back"), N_("No parcel comes back.") },
	[TRACK_BAD] = { N_("In trouble"), N_("No parcel is in trouble.") },
	[TRACK_LATE] = { N_("Late"),
	    N_("No parcel is late. Tracking files come in by F9.") },
	[TRACK_CASES] = { N_("Cases"),
	    N_("Nobody sees to any parcel. n opens a case.") },
};

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return _(lists[st->which].empty);
}

static void
pane_drop(struct state *st)
{
	page_free(&st->events);
	st->events = (struct page){ 0 };
	st->of = 0;
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = track_counts(session_of(sc), st->n);

	pane_drop(st);
	return rc < 0 ? rc : list_refresh(sc);
}

static const struct list_kind kind;

/* What was imported since is taken in by whoever comes and may. */
static int
open_tracking(struct screen *sc, const void *arg)
{
	struct session *s = session_of(sc);
	struct state *st = sc->state;
	struct track_taken n;
	int rc = 0;

	(void)arg;
	if (session_may(s, PERM_TRACK_EDIT))
		rc = track_take(s, &n);
	if (rc == 0)
		rc = track_counts(s, st->n);
	if (rc < 0)
		return rc;
	for (st->which = TRACK_UNCOLLECTED;
	     st->which < TRACK_CASES && st->n[st->which] == 0; st->which++)
		;
	list_open(sc, &kind, &source, "tracking");
	return list_restart(sc);
}

static void
close_tracking(struct screen *sc)
{
	pane_drop(sc->state);
	list_close(sc);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct tab tabs[TRACK_LISTS];
	unsigned i;

	for (i = 0; i < TRACK_LISTS; i++)
		tabs[i] = (struct tab){ _(lists[i].label), st->n[i] };
	draw_tabs(c, r.y, r.x, r.w, tabs, TRACK_LISTS, (size_t)st->which);
}

static void
draw_events(struct canvas *c, struct rect r, const struct page *events)
{
	char when[64];
	size_t i;
	int y = r.y;

	for (i = 0; i < events->n && y < r.y + r.h; i++, y++) {
		const struct track_event *e = page_row(events, i);

		canvas_text(c, y, r.x, 11, STYLE_DIM,
		    show_when(when, sizeof(when), e->at));
		canvas_text(c, y, r.x + 12, r.w - 12, STYLE_TEXT, e->text);
	}
}

static void
pane(struct screen *sc, struct canvas *c, struct rect r, const void *row)
{
	struct state *st = sc->state;
	const struct track_row *t = row;
	char who[128];
	int y = r.y;

	if (t->parcel_id != st->of) {
		pane_drop(st);
		if (track_events(session_of(sc), t->parcel_id, &st->events) < 0)
			return;
		st->of = t->parcel_id;
	}
	canvas_text(c, y, r.x, r.w, STYLE_STRONG, t->waybill_no);
	y++;
	snprintf(who, sizeof(who), "%s  %s", t->courier, t->phone);
	canvas_text(c, y++, r.x, r.w, STYLE_DIM, who);
	if (t->note[0] != '\0')
		y += canvas_wrap(c,
		    (struct rect){ .y = y, .x = r.x, .h = 6, .w = r.w },
		    STYLE_TEXT, t->note);
	y++;
	draw_events(c,
	    (struct rect){ .y = y, .x = r.x, .h = r.y + r.h - y, .w = r.w },
	    &st->events);
}

static int
cmd_open(struct screen *sc)
{
	const struct track_row *t = list_row(sc);

	return scan_anywhere(sc, t->waybill_no);
}

static const char *const fields[] = { "shipped_at", "waybill_no", "courier",
	"state", "last_at", "receiver", "province", "kind", "staff",
	"order_no" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "tracking",
	.fields = fields,
	.hint = N_("waybill, courier, receiver, who"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
	.pane_from = 140,
	.pane = pane,
};

static int
turn(struct screen *sc, int by)
{
	struct state *st = sc->state;

	st->which = (enum track_list)(
	    ((int)st->which + by + TRACK_LISTS) % TRACK_LISTS);
	list_seek_end(sc);
	return list_restart(sc);
}

static int
cmd_next(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_before(struct screen *sc)
{
	return turn(sc, -1);
}

int
show_track_events(struct screen *sc, int64_t parcel_id, const char *courier,
    const char *waybill_no)
{
	struct str text = STR_INIT;
	char when[64], title[128];
	struct page page;
	size_t i;
	int rc;

	rc = track_events(session_of(sc), parcel_id, &page);
	if (rc < 0)
		return rc;
	snprintf(title, sizeof(title), "%s %s", courier, waybill_no);
	for (i = 0; i < page.n; i++) {
		const struct track_event *e = page_row(&page, i);

		str_addf(&text, "%s  %s  %s%s%s\n",
		    show_moment(when, sizeof(when), e->at),
		    track_text(e->state), e->place,
		    e->place[0] != '\0' ? "  " : "", e->text);
	}
	if (page.n == 0)
		str_add(&text, _("The courier has told nothing yet."));
	page_free(&page);
	ui_text(sc->ui, title, text.s);
	str_done(&text);
	return 0;
}

static int
cmd_events(struct screen *sc)
{
	const struct track_row *t = list_row(sc);

	return show_track_events(sc, t->parcel_id, t->courier, t->waybill_no);
}

#define CHOICES 16

/* One of the domain's words, as people read them; NULL: given up. */
static const char *
choose(struct screen *sc, const char *title, const char *const *names,
    const char *(*text)(const char *name))
{
	const char *words[CHOICES];
	size_t n;
	int chosen;

	for (n = 0; n < CHOICES && names[n] != NULL; n++)
		words[n] = text(names[n]);
	chosen = ui_pick(sc->ui, title, words, n, 0);
	return chosen < 0 ? NULL : names[chosen];
}

static int
done(struct screen *sc, int rc, const char *said)
{
	if (rc < 0)
		return rc;
	ui_say(sc->ui, "%s", said);
	return refresh(sc);
}

static int
cmd_case(struct screen *sc)
{
	const struct track_row *t = list_row(sc);
	char note[400] = "", label[200];
	const char *what;
	int64_t id, parcel = t->parcel_id;

	snprintf(label, sizeof(label), "%s", t->waybill_no);
	what = choose(
	    sc, _("What is to be seen to?"), track_kinds, track_kind_text);
	if (what == NULL)
		return 0;
	snprintf(label + strlen(label), sizeof(label) - strlen(label), "  %s",
	    track_kind_text(what));
	if (!ui_ask(sc->ui, label, note, sizeof(note)))
		return 0;
	return done(sc,
	    track_case_open(session_of(sc), parcel, what, note, &id),
	    _("It is in the list of cases."));
}

static int
no_case(struct screen *sc)
{
	ui_say(sc->ui, "%s", _("Nobody sees to it yet: n opens a case."));
	ui_bell(sc->ui, 0);
	return 0;
}

static int
cmd_note(struct screen *sc)
{
	const struct track_row *t = list_row(sc);
	char note[400] = "";
	int64_t id = t->case_id;

	if (id == 0)
		return no_case(sc);
	if (!ui_ask(sc->ui, _("What was done:"), note, sizeof(note)))
		return 0;
	return done(sc, track_case_note(session_of(sc), id, note),
	    _("Noted; the case is yours."));
}

static int
cmd_close(struct screen *sc)
{
	const struct track_row *t = list_row(sc);
	char note[400] = "", said[200];
	const char *outcome;
	int64_t id = t->case_id;

	if (id == 0)
		return no_case(sc);
	outcome = choose(
	    sc, _("What came of it?"), track_outcomes, track_outcome_text);
	if (outcome == NULL ||
	    !ui_ask(sc->ui, track_outcome_text(outcome), note, sizeof(note)))
		return 0;
	snprintf(said, sizeof(said), "%s %s", _("The case is closed."),
	    track_outcome_next(outcome));
	return done(
	    sc, track_case_close(session_of(sc), id, outcome, note), said);
}

/* What somebody learnt on the phone. */
static int
cmd_tell(struct screen *sc)
{
	const struct track_row *t = list_row(sc);
	const char *words[TRACK_MAX];
	char text[400] = "";
	int64_t id = t->parcel_id;
	int state;

	for (state = TRACK_NONE + 1; state < TRACK_MAX; state++)
		words[state - 1] = track_text(state);
	state =
	    ui_pick(sc->ui, _("Where is the parcel?"), words, TRACK_MAX - 1, 0);
	if (state < 0 || !ui_ask(sc->ui, words[state], text, sizeof(text)))
		return 0;
	return done(sc,
	    track_add(session_of(sc), id, (enum track_state)(state + 1),
		time_now(), text),
	    _("Kept with the parcel."));
}

static const struct cmd cmds[] = {
	{ "track-open", "Enter", N_("Open"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "track-case", "n", N_("New case"),
	    N_("See to this parcel: ask after it, stop it, claim it"),
	    PERM_TRACK_EDIT, CMD_NEEDS_ROW, cmd_case },
	{ "track-note", "m", N_("Note"),
	    N_("Write down what was done, and take the case"), PERM_TRACK_EDIT,
	    CMD_NEEDS_ROW, cmd_note },
	{ "track-close", "c", N_("Close"), N_("Say what came of the case"),
	    PERM_TRACK_EDIT, CMD_NEEDS_ROW, cmd_close },
	{ "track-tell", "t", N_("News"),
	    N_("Keep what somebody learnt of the parcel"), PERM_TRACK_EDIT,
	    CMD_NEEDS_ROW, cmd_tell },
	{ "track-events", "e", N_("Events"),
	    N_("What the courier told, from the newest"), PERM_ORDER_VIEW,
	    CMD_NEEDS_ROW, cmd_events },
	{ "track-find", "/", N_("Find"),
	    N_("Find by waybill, courier, receiver or who sees to it"),
	    PERM_ORDER_VIEW, 0, cmd_list_find },
	{ "track-next", "Tab Right", N_("Next tab"), N_("The next list"),
	    PERM_NONE, 0, cmd_next },
	{ "track-before", "Shift-Tab Left", NULL, N_("The list before"),
	    PERM_NONE, 0, cmd_before },
	{ .name = NULL },
};

const struct screen_ops screen_tracking = {
	.name = "tracking",
	.title = N_("Tracking"),
	.go = "",
	.does = N_("Parcels that stand still or come back"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_tracking,
	.close = close_tracking,
	.refresh = refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
