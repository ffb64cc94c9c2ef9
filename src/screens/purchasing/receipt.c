/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../floor/wave_floor.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receipts.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/ui.h"

/* Goods at the door: which order, then scan after scan, then one slip. */

struct got {
	int64_t qty, bad;
};
struct state {
	struct floor floor;
	int64_t id; /* the order; 0: it is asked for */
	char no[32];
	struct page lines;
	struct got got[PURCHASE_LINES + 1]; /* by line_no */
	int64_t last;                       /* line_no */
	int64_t pieces;
	int64_t slip_id; /* the one before; 0: none */
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	struct page page;
	int rc;

	if (st->id == 0)
		return 0;
	if ((rc = purchase_lines(session_of(sc), st->id, &page)) < 0)
		return rc;
	page_free(&st->lines);
	st->lines = page;
	return 0;
}

static void
forget(struct state *st)
{
	page_free(&st->lines);
	st->lines = (struct page){ .n = 0 };
	memset(st->got, 0, sizeof(st->got));
	st->id = st->last = st->pieces = 0;
	st->no[0] = '\0';
}

static int
take_order(struct screen *sc, const char *text)
{
	struct state *st = sc->state;
	int64_t id;
	int rc;

	if (receipt_order(session_of(sc), text, &id) < 0)
		return floor_failed(sc);
	forget(st);
	st->id = id;
	if ((rc = refresh(sc)) < 0)
		return rc;
	if (st->lines.n > 0)
		copy_text(st->no, sizeof(st->no),
		    ((const struct purchase_line *)page_row(&st->lines, 0))
			->purchase_no);
	floor_good(sc, _("%s: scan what came; 12*CODE says how many."), st->no);
	return 0;
}

static void
count(struct state *st)
{
	size_t i;

	for (st->pieces = 0, i = 0; i <= PURCHASE_LINES; i++)
		st->pieces += st->got[i].qty;
}

static int
take(struct screen *sc, const char *text)
{
	struct state *st = sc->state;
	struct receipt_scan scan;
	struct got *g;

	if (st->id == 0)
		return take_order(sc, text);
	if (receipt_scan(session_of(sc), st->id, text, &scan) < 0)
		return floor_failed(sc);
	if (scan.line_no > PURCHASE_LINES)
		return 0;
	g = &st->got[scan.line_no];
	g->qty = scan.counted ? scan.qty : g->qty + scan.qty;
	if (g->bad > g->qty)
		g->bad = g->qty;
	st->last = scan.line_no;
	count(st);
	if (g->qty > scan.most)
		floor_bad(sc, 0,
		    _("TOO MANY: of %s %lld are to come, %lld are here."),
		    scan.name, (long long)scan.open, (long long)g->qty);
	else
		floor_good(sc, "%s  %lld / %lld", scan.name, (long long)g->qty,
		    (long long)scan.open);
	return 0;
}

static int
open_bench(struct screen *sc, const void *arg)
{
	const struct purchase_arg *a = arg;
	char no[32];

	floor_open(sc, take);
	if (a == NULL)
		return 0;
	snprintf(no, sizeof(no), "%" PRId64, a->id);
	return take_order(sc, no);
}

static void
close_bench(struct screen *sc)
{
	forget(sc->state);
	floor_close(sc);
}

static void
draw_line(const struct state *st, struct canvas *c, struct rect r,
    const struct purchase_line *l)
{
	const struct got *g = &st->got[l->line_no];
	enum style style = l->line_no == st->last       ? STYLE_STRONG
			   : l->open > 0 && g->qty == 0 ? STYLE_TEXT
			   : g->qty > l->open           ? STYLE_WARN
							: STYLE_GOOD;
	char text[96], bad[40] = "";

	if (g->bad > 0)
		snprintf(bad, sizeof(bad), _(" (%lld bad)"), (long long)g->bad);
	snprintf(text, sizeof(text), "%" PRId64 "%s / %" PRId64, g->qty, bad,
	    l->open);
	canvas_text(c, r.y, r.x, 1, style,
	    l->line_no == st->last ? "▶"
	    : g->qty > 0           ? "✔"
				   : "┃");
	canvas_text(c, r.y, r.x + 2, 14, style, l->sku_code);
	canvas_ends(c, r.y, r.x + 17, r.w - 41, style, l->name);
	canvas_right(c, r.y, r.x + r.w - 23, 23, style, text);
}

static void
draw_lines(const struct state *st, struct canvas *c, struct rect r)
{
	const struct purchase_line *l = st->lines.rows;
	size_t h = r.h > 0 ? (size_t)r.h : 0, at = 0, top, i;

	for (i = 0; i < st->lines.n; i++)
		if (l[i].line_no == st->last)
			at = i;
	top = at > h / 2 ? at - h / 2 : 0;
	for (i = top; i < st->lines.n && i - top < h; i++)
		if (l[i].line_no <= PURCHASE_LINES)
			draw_line(st, c,
			    (struct rect){ r.y + (int)(i - top), r.x, 1, r.w },
			    &l[i]);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char right[64] = "";

	if (st->id != 0)
		snprintf(right, sizeof(right),
		    ngettext(
			"%lld piece", "%lld pieces", (unsigned long)st->pieces),
		    (long long)st->pieces);
	r = floor_draw(sc, c, r,
	    st->id == 0 ? _("Scan or type the order's number")
			: _("Scan the goods"),
	    right);
	if (st->id == 0) {
		canvas_center(c, r.y + r.h / 3, r.x, r.w, STYLE_DIM,
		    _("Which order did the goods come for?"));
		return;
	}
	if (st->last != 0 && r.h > FLOOR_BIG_H + 4) {
		floor_big(
		    c, r.y, r.x, r.w, STYLE_STRONG, st->got[st->last].qty);
		r = (struct rect){ r.y + FLOOR_BIG_H + 1, r.x,
			r.h - FLOOR_BIG_H - 1, r.w };
	}
	draw_lines(st, c, r);
}

static int
cmd_bad(struct screen *sc)
{
	struct state *st = sc->state;
	struct got *g = &st->got[st->last];

	if (st->last == 0 || g->bad == g->qty) {
		floor_bad(sc, 0, "%s",
		    _("Scan the piece first, then say that it is bad."));
		return 0;
	}
	g->bad++;
	floor_good(sc, _("%lld of them are defective."), (long long)g->bad);
	return 0;
}

/* What was scanned, as lines; their number. */
static size_t
lines_of(const struct state *st, struct receipt_line *out)
{
	const struct purchase_line *l = st->lines.rows;
	const struct got *g;
	size_t i, n = 0;

	for (i = 0; i < st->lines.n; i++) {
		if (l[i].line_no > PURCHASE_LINES)
			continue;
		g = &st->got[l[i].line_no];
		if (g->qty == 0)
			continue;
		out[n].qty = g->qty;
		out[n].bad = g->bad;
		copy_text(out[n].code, sizeof(out[n].code), l[i].sku_code);
		n++;
	}
	return n;
}

/* More than may come is asked about, of those who may allow it. */
static int
post(struct screen *sc, struct receipt_doc *doc, struct receipt_said *said)
{
	struct session *s = session_of(sc);
	int rc = receipt_post(s, doc, said);

	if (rc != ERR_STATE || strcmp(session_err(s)->field, "qty") != 0 ||
	    !session_may(s, PERM_PURCHASE_ORDER) ||
	    !ui_confirm(sc->ui, _("Take them"), "%s", session_err(s)->text))
		return rc;
	doc->over = true;
	return receipt_post(s, doc, said);
}

static int
cmd_post(struct screen *sc)
{
	struct state *st = sc->state;
	struct receipt_line *lines;
	struct receipt_said said;
	struct receipt_doc doc = { .purchase_id = st->id,
		.freight = RECEIPT_FREIGHT_KNOWN };
	struct arena arena = { 0 };
	int rc;

	lines = arena_alloc(&arena, (st->lines.n + 1) * sizeof(*lines));
	doc.lines = lines;
	doc.n = lines_of(st, lines);
	if (doc.n == 0) {
		floor_bad(sc, 0, "%s", _("Nothing was scanned yet."));
	} else if (ui_confirm(sc->ui, _("Receive"),
		       _("Receive %lld pieces of %s?"), (long long)st->pieces,
		       st->no)) {
		rc = post(sc, &doc, &said);
		if (rc < 0) {
			floor_failed(sc);
		} else {
			forget(st);
			st->slip_id = said.slip_id;
			floor_good(sc, _("%s: %lld came; still to come: %lld"),
			    said.slip_no, (long long)said.pieces,
			    (long long)said.open);
		}
	}
	arena_done(&arena);
	return 0;
}

static int
cmd_labels(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->slip_id != 0)
		return act_print_by_id(sc, st->slip_id, print_receipt_labels);
	floor_bad(sc, 0, "%s", _("Nothing was received yet."));
	return 0;
}

static int
cmd_leave(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->floor.text[0] == '\0' && st->pieces > 0 &&
	    !ui_confirm(sc->ui, _("Leave"),
		_("Leave without receiving the %lld pieces?"),
		(long long)st->pieces))
		return 0;
	return cmd_floor_leave(sc);
}

static const char *
unsaved(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->pieces > 0
		   ? _("Goods were scanned and are not received yet.")
		   : NULL;
}

/* Labels are of what is in stock. */
static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;

	return cmd->run == cmd_labels && st->slip_id == 0 ? NULL : cmd->label;
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->no;
}

static const struct cmd cmds[] = {
	{ "receive-answer", "Enter", NULL,
	    N_("Take what is typed; 12*CODE: there are twelve"),
	    PERM_STOCK_RECEIVE, 0, cmd_floor_answer },
	{ "receive-bad", "F4", N_("Bad piece"),
	    N_("One of what was scanned last is defective"), PERM_STOCK_RECEIVE,
	    0, cmd_bad },
	{ "receive-post", "F8", N_("Receive"),
	    N_("All that came is scanned: into stock with it"),
	    PERM_STOCK_RECEIVE, 0, cmd_post },
	{ "receive-labels", "F6", N_("Tags"),
	    N_("Print a label for each piece of what was received last"),
	    PERM_STOCK_VIEW, 0, cmd_labels },
	{ "receive-leave", "Esc", N_("Back"), N_("Leave"), PERM_NONE, 0,
	    cmd_leave },
	{ .name = NULL },
};

const struct screen_ops screen_receive = {
	.name = "receive",
	.title = N_("Receiving"),
	.go = "",
	.does = N_("Scan what a supplier delivers"),
	.perm = PERM_STOCK_RECEIVE,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_bench,
	.close = close_bench,
	.refresh = refresh,
	.key = floor_key,
	.draw = draw,
	.typing = floor_typing,
	.subtitle = subtitle,
	.label = label,
	.unsaved = unsaved,
};
