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
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What had been typed or confirmed wrongly: who had it wrong, and whether the
 * maker had it by then. */

#define PEOPLE 200 /* to choose from */

struct corrections_view {
	char order_no[64], typed_by[64];
	int64_t since, until; /* days */
};

struct state {
	struct list list;
	enum correction_when tab;
	struct corrections_view view;
	struct correction_filter filter; /* what @view says */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Time"), 10, 0, 0, 0, 0 },
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("What"), 8, 1, 0, 0, 0 },
	{ N_("Before"), 10, 2, 0, COLUMN_ENDS, 0 },
	{ N_("After"), 10, 2, 0, COLUMN_ENDS, 0 },
	{ N_("Maker had it"), 12, 0, 0, 0, 0 },
	{ N_("Typed by"), 8, 1, 1, 0, 0 },
	{ N_("Corrected by"), 12, 0, 3, 0, 0 },
	{ N_("Loss"), 9, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Reason"), 10, 2, 4, 0, 0 },
	{ .title = NULL },
};

static const struct field view_fields[] = {
	{ FIELD_CHARS(struct corrections_view, order_no, FIELD_TEXT,
	    N_("Order number"), 0), .hint = N_("empty: any") },
	{ FIELD_CHARS(struct corrections_view, typed_by, FIELD_PICK,
	    N_("Typed by"), 0) },
	{ FIELD_NUM(struct corrections_view, since, FIELD_DATE, N_("From day"),
	    FIELD_PAST) },
	{ FIELD_NUM(struct corrections_view, until, FIELD_DATE, N_("To day"),
	    FIELD_PAST) },
	{ .name = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct correction *c = row;

	switch (col) {
	case 0:
		show_when(buf, size, c->at);
		break;
	case 1:
		copy_text(buf, size, c->order_no);
		break;
	case 2:
		copy_text(buf, size, c->title);
		break;
	case 3:
		copy_text(buf, size, c->before);
		break;
	case 4:
		copy_text(buf, size, c->after);
		break;
	case 5:
		if (c->placed != 0)
			*style = STYLE_WARN;
		copy_text(
		    buf, size, c->placed != 0 ? _("already") : _("not yet"));
		break;
	case 6:
		copy_text(buf, size, c->typed_by);
		break;
	case 7:
		copy_text(buf, size, c->staff);
		break;
	case 8:
		show_money_or_none(buf, size, c->loss);
		break;
	case 9:
		copy_text(buf, size, c->reason);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	struct correction_filter f = st->filter;

	f.when = st->tab;
	return correction_page(session_of(sc), &f, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct correction),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
};

static bool
is_filtered(const struct state *st)
{
	const struct correction_filter *f = &st->filter;

	return f->order_id != 0 || f->typed_by != 0 || f->since != 0 ||
	       f->until != 0;
}

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	return is_filtered(st) ? _("No correction fits. Esc shows all rows.")
			       : _("Nothing had to be corrected.");
}

/* "1001 · 李娜 · 2026-11-20 to 2026-11-22" */
static void
filter_text(const struct corrections_view *v, struct str *out)
{
	char from[TIME_SIZE] = "…", to[TIME_SIZE] = "…";

	str_add(out, v->order_no);
	if (v->typed_by[0] != '\0')
		str_addf(out, "%s%s", out->len > 0 ? " · " : "", v->typed_by);
	if (v->since == 0 && v->until == 0)
		return;
	if (v->since != 0)
		day_text(v->since, from);
	if (v->until != 0)
		day_text(v->until, to);
	str_add(out, out->len > 0 ? " · " : "");
	str_addf(out, _("%s to %s"), from, to);
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct tab words[CORRECTION_WHENS] = { { _("All"), -1 },
		{ _("After it was placed"), -1 },
		{ _("Before it was placed"), -1 } };
	const struct state *st = sc->state;

	draw_tabs(c, r.y, r.x, r.w, words, CORRECTION_WHENS, st->tab);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct str words = STR_INIT;
	char text[300];

	list_draw(sc, c, r);
	if (is_filtered(st) && !st->list.finder.on) {
		filter_text(&st->view, &words);
		snprintf(text, sizeof(text), _("filter: %s · Esc shows all"),
		    words.s);
		canvas_text(c, r.y + 1, r.x + 1, r.w - 2, STYLE_ACCENT, text);
	}
	str_done(&words);
}

static int
cmd_open(struct screen *sc)
{
	const struct correction *c = list_row(sc);

	return ui_open(
	    sc->ui, "order", &(struct order_arg){ .id = c->order_id });
}

/* What files tell of the columns. */
static const char *const fields[] = { "at", "order_no", "title", "before",
	"after", "placed", "typed_by", "staff", "loss", "reason" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "corrections",
	.fields = fields,
	.hint = N_("order, what, who, reason"),
	.enter = cmd_open,
	.empty = empty,
	.head = head,
};

static int
open_corrections(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "corrections");
	return list_restart(sc);
}

static int
turn(struct screen *sc, unsigned by)
{
	struct state *st = sc->state;

	st->tab = (enum correction_when)((st->tab + by) % CORRECTION_WHENS);
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
	return turn(sc, CORRECTION_WHENS - 1);
}

/* The form's people, and what it comes to. */
struct asking {
	struct session *s;
	struct page people;
	const char *names[PEOPLE + 2];
	struct correction_filter filter;
};

static int
understand(void *arg, const void *record)
{
	const struct corrections_view *v = record;
	const struct order_name *n;
	struct asking *a = arg;
	size_t i;

	a->filter = (struct correction_filter){
		.since = v->since != 0 ? day_start(v->since) : 0,
		.until = v->until != 0 ? day_start(v->until + 1) : 0,
	};
	for (i = 0, n = a->people.rows; i < a->people.n; i++)
		if (strcmp(n[i].name, v->typed_by) == 0)
			a->filter.typed_by = n[i].id;
	return v->order_no[0] == '\0'
		   ? 0
		   : order_by_no(a->s, v->order_no, &a->filter.order_id);
}

static int
ask(struct screen *sc, struct asking *a)
{
	struct field form[sizeof(view_fields) / sizeof(view_fields[0])];
	struct state *st = sc->state;
	struct corrections_view v = st->view;
	const struct order_name *n = a->people.rows;
	size_t i;
	int rc;

	a->names[0] = _("any");
	for (i = 0; i < a->people.n && i < PEOPLE; i++)
		a->names[i + 1] = n[i].name;
	if (v.typed_by[0] == '\0')
		copy_text(v.typed_by, sizeof(v.typed_by), a->names[0]);
	memcpy(form, view_fields, sizeof(form));
	form[1].choices = a->names;
	rc = ui_form(sc->ui, _("Which corrections"), form, &v, understand, a);
	if (rc <= 0)
		return rc;
	if (a->filter.typed_by == 0)
		v.typed_by[0] = '\0';
	st->view = v;
	st->filter = a->filter;
	return list_restart(sc);
}

static int
cmd_filter(struct screen *sc)
{
	struct asking a = { .s = session_of(sc) };
	int rc;

	if ((rc = order_names(a.s, CHOICE_AGENT, &a.people)) < 0)
		return rc;
	rc = ask(sc, &a);
	page_free(&a.people);
	return rc;
}

/* Esc ends the filter before it leaves. */
static int
key(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	int rc;

	if (k->code != KEY_ESC_ || !is_filtered(st) || st->list.finder.on)
		return list_key(sc, k);
	st->view = (struct corrections_view){ .since = 0 };
	st->filter = (struct correction_filter){ .order_id = 0 };
	rc = list_restart(sc);
	return rc < 0 ? rc : 1;
}

static const struct cmd cmds[] = {
	{ "correction-order", "Enter", N_("Order"), N_("Open the order's card"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "correction-filter", "f", N_("Filter"),
	    N_("Of an order, of who typed it, of a time"), PERM_ORDER_VIEW, 0,
	    cmd_filter },
	{ "correction-find", "/", N_("Find"), N_("Find a row by what it says"),
	    PERM_NONE, 0, cmd_list_find },
	{ "correction-next", "Tab Right", N_("Next tab"), N_("The next list"),
	    PERM_NONE, 0, cmd_next },
	{ "correction-before", "Shift-Tab Left", NULL, N_("The list before"),
	    PERM_NONE, 0, cmd_before },
	{ .name = NULL },
};

const struct screen_ops screen_corrections = {
	.name = "corrections",
	.title = N_("Corrections"),
	.go = "",
	.does = N_("What was put right in made goods"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_corrections,
	.close = list_close,
	.refresh = list_refresh,
	.key = key,
	.draw = draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
