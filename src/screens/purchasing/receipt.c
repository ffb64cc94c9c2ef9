/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/print_acts.h"
#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "../core/show.h"
#include "../floor/wave_floor.h"
#include "receipt_due.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receiving.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/transfers.h"
#include "shopmgr/tui/ui.h"

/* Goods at the door: which order, then scan after scan, then one slip. What was
 * scanned is kept: one goes on with it whatever happened to the terminal. */

struct got {
	int64_t qty, bad;
};
struct state {
	struct floor floor;
	int64_t id; /* the order; 0: it is asked for */
	bool given; /* by whoever opened the bench */
	char no[32];
	struct page lines;
	struct got got[PURCHASE_LINES + 1]; /* by line_no */
	int64_t last;                       /* line_no */
	int64_t pieces;
	int64_t scanned, version; /* the receiving; 0: nothing was scanned */
	struct page due;          /* to choose from, while there is no order */
	size_t at;
	int64_t slip_id; /* the one before; 0: none */
};

static void
count(struct state *st)
{
	size_t i;

	for (st->pieces = 0, i = 0; i <= PURCHASE_LINES; i++)
		st->pieces += st->got[i].qty;
}

/* What was scanned of the order, whoever did. */
static int
read_scanned(struct screen *sc, const struct receiving *r)
{
	struct state *st = sc->state;
	const struct receiving_line *l;
	struct page page;
	size_t i;
	int rc;

	if ((rc = receiving_lines(session_of(sc), r->id, &page)) < 0)
		return rc;
	for (i = 0, l = page.rows; i < page.n; i++)
		if (l[i].id <= PURCHASE_LINES)
			st->got[l[i].id] = (struct got){ l[i].qty, l[i].bad };
	page_free(&page);
	if (st->last == 0)
		st->last = r->line_no;
	st->version = r->version;
	return 0;
}

static int
refresh_order(struct screen *sc)
{
	struct session *s = session_of(sc);
	struct state *st = sc->state;
	int64_t before = st->scanned;
	struct page page;
	int rc;

	if ((rc = purchase_lines(s, st->id, &page)) < 0)
		return rc;
	page_free(&st->lines);
	st->lines = page;
	rc = receiving_page(
	    s, RECEIVING_OPEN, st->id, PAGE_FIRST, NULL, 1, &page);
	if (rc < 0)
		return rc;
	memset(st->got, 0, sizeof(st->got));
	st->scanned = page.n > 0 ? list_row_id(page.rows) : 0;
	if (st->scanned != before && before != 0) {
		st->last = 0;
		floor_bad(sc, 1,
		    _("What was scanned of %s was received or thrown away "
		      "meanwhile: scans begin anew."),
		    st->no);
	}
	if (page.n > 0)
		rc = read_scanned(sc, page.rows);
	page_free(&page);
	count(st);
	return rc;
}

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	struct page page;
	int rc;

	if (st->id != 0)
		return refresh_order(sc);
	if ((rc = due_read(session_of(sc), &page)) < 0)
		return rc;
	page_free(&st->due);
	st->due = page;
	if (st->at >= page.n)
		st->at = page.n > 0 ? page.n - 1 : 0;
	return 0;
}

static void
forget(struct state *st)
{
	page_free(&st->lines);
	st->lines = (struct page){ .n = 0 };
	memset(st->got, 0, sizeof(st->got));
	st->id = st->last = st->pieces = st->scanned = st->version = 0;
	st->no[0] = '\0';
}

static int
open_transfer(struct screen *sc, int64_t id)
{
	return ui_open(sc->ui, "transfer", &(struct transfer_arg){ .id = id });
}

static int
take_order(struct screen *sc, const char *text)
{
	struct session *s = session_of(sc);
	struct state *st = sc->state;
	int64_t id;
	int rc;

	if (!st->given && transfer_by_no(s, text, &id) == 0)
		return open_transfer(sc, id);
	if (receipt_order(s, text, &id) < 0)
		return floor_failed(sc);
	forget(st);
	st->id = id;
	if ((rc = refresh(sc)) < 0)
		return rc;
	if (st->lines.n > 0)
		copy_text(st->no, sizeof(st->no),
		    ((const struct purchase_line *)page_row(&st->lines, 0))
			->purchase_no);
	if (st->pieces > 0)
		floor_good(sc,
		    ngettext("%s: %lld piece was scanned before; go on.",
			"%s: %lld pieces were scanned before; go on.",
			(unsigned long)st->pieces),
		    st->no, (long long)st->pieces);
	else
		floor_good(sc, _("%s: scan what came; 12*CODE says how many."),
		    st->no);
	return 0;
}

/* How a line stands now. Others' scans come by refresh(). */
static void
stands(struct state *st, int64_t line_no, const struct receiving_now *now)
{
	st->got[line_no] = (struct got){ now->qty, now->bad };
	st->last = line_no;
	st->scanned = now->id;
	st->version = now->version;
	count(st);
}

static int
take(struct screen *sc, const char *text)
{
	struct state *st = sc->state;
	struct receiving_now now;
	struct receipt_scan scan;
	bool alone;

	if (st->id == 0)
		return take_order(sc, text);
	if (receiving_scan(session_of(sc), st->id, text, &scan, &now) < 0)
		return floor_failed(sc);
	alone = st->scanned == 0 || now.version == st->version + 1;
	if (scan.line_no > PURCHASE_LINES)
		return 0;
	stands(st, scan.line_no, &now);
	if (now.qty > scan.most)
		floor_bad(sc, 0,
		    _("TOO MANY: of %s %lld are to come, %lld are here."),
		    scan.name, (long long)scan.open, (long long)now.qty);
	else
		floor_good(sc, "%s  %lld / %lld", scan.name, (long long)now.qty,
		    (long long)scan.open);
	return alone ? 0 : refresh(sc);
}

static int
open_bench(struct screen *sc, const void *arg)
{
	const struct purchase_arg *a = arg;
	char no[32];

	floor_open(sc, take);
	if (a == NULL)
		return refresh(sc);
	((struct state *)sc->state)->given = true;
	snprintf(no, sizeof(no), "%" PRId64, a->id);
	return take_order(sc, no);
}

static void
close_bench(struct screen *sc)
{
	struct state *st = sc->state;

	forget(st);
	page_free(&st->due);
	floor_close(sc);
}

static void
draw_line(const struct state *st, struct canvas *c, struct rect r,
    const struct purchase_line *l)
{
	const struct got *g = &st->got[l->line_no];
	enum style style = l->line_no == st->last ? STYLE_STRONG
			   : g->qty < l->open     ? STYLE_TEXT
			   : g->qty > l->open     ? STYLE_WARN
						  : STYLE_GOOD;
	char text[96], bad[40] = "";

	if (g->bad > 0)
		snprintf(bad, sizeof(bad), _(" (%lld bad)"), (long long)g->bad);
	snprintf(text, sizeof(text), "%" PRId64 "%s / %" PRId64, g->qty, bad,
	    l->open);
	canvas_text(c, r.y, r.x, 1, style,
	    l->line_no == st->last            ? "▶"
	    : g->qty > 0 && g->qty >= l->open ? "✔"
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
		draw_due(&st->due, st->at, c, r);
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

/* Enter alone takes the row one is on. */
static int
cmd_answer(struct screen *sc)
{
	struct state *st = sc->state;
	const struct due_row *d;
	char no[32];

	if (st->floor.text[0] != '\0' || st->id != 0 || st->due.n == 0)
		return cmd_floor_answer(sc);
	d = page_row(&st->due, st->at);
	if (d->kind == DUE_TRANSFER)
		return open_transfer(sc, d->id);
	copy_text(no, sizeof(no), d->no);
	return take_order(sc, no);
}

static int
cmd_up(struct screen *sc)
{
	struct state *st = sc->state;

	st->at -= st->at > 0;
	return 0;
}

static int
cmd_down(struct screen *sc)
{
	struct state *st = sc->state;

	st->at += st->at + 1 < st->due.n;
	return 0;
}

static int
cmd_bad(struct screen *sc)
{
	struct state *st = sc->state;
	struct receiving_now now;

	if (st->last == 0) {
		floor_bad(sc, 0, "%s",
		    _("Scan the piece first, then say that it is bad."));
		return 0;
	}
	if (receiving_bad(session_of(sc), st->scanned, st->last, &now) < 0)
		return floor_failed(sc);
	stands(st, st->last, &now);
	floor_good(sc, _("%lld of them are defective."), (long long)now.bad);
	return 0;
}

/* More than may come is asked about, of those who may allow it. */
static int
post(struct screen *sc, struct receipt_said *said)
{
	const struct state *st = sc->state;
	struct session *s = session_of(sc);
	struct receipt_doc doc = { .freight = RECEIPT_FREIGHT_KNOWN };
	int rc = receiving_post(s, st->scanned, st->version, &doc, said);

	if (rc != ERR_STATE || strcmp(session_err(s)->field, "qty") != 0 ||
	    !session_may(s, PERM_PURCHASE_ORDER) ||
	    !ui_confirm(sc->ui, _("Take them"), "%s", session_err(s)->text))
		return rc;
	doc.over = true;
	return receiving_post(s, st->scanned, st->version, &doc, said);
}

/* Somebody else may have been there: what there is now, and why not. */
static int
failed(struct screen *sc)
{
	struct state *st = sc->state;
	char why[sizeof(st->floor.said)];
	int rc;

	floor_failed(sc);
	copy_text(why, sizeof(why), st->floor.said);
	rc = refresh(sc);
	copy_text(st->floor.said, sizeof(st->floor.said), why);
	return rc;
}

static int
nothing_yet(struct screen *sc)
{
	floor_bad(sc, 0, "%s", _("Nothing was scanned yet."));
	return 0;
}

static int
cmd_post(struct screen *sc)
{
	struct state *st = sc->state;
	struct receipt_said said;

	if (st->pieces == 0)
		return nothing_yet(sc);
	if (!ui_confirm(sc->ui, _("Receive"), _("Receive %lld pieces of %s?"),
		(long long)st->pieces, st->no))
		return 0;
	if (post(sc, &said) < 0)
		return failed(sc);
	forget(st);
	st->slip_id = said.slip_id;
	floor_good(sc, _("%s: %lld came; still to come: %lld"), said.slip_no,
	    (long long)said.pieces, (long long)said.open);
	return refresh(sc);
}

static int
cmd_drop(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->scanned == 0)
		return nothing_yet(sc);
	if (!ui_confirm(sc->ui, _("Throw away"),
		ngettext("Throw away the scan of %lld piece of %s?",
		    "Throw away the scans of %lld pieces of %s?",
		    (unsigned long)st->pieces),
		(long long)st->pieces, st->no))
		return 0;
	if (receiving_drop(session_of(sc), st->scanned, st->version) < 0)
		return failed(sc);
	st->scanned = st->version = st->last = 0;
	floor_good(sc, _("%s: the scans are thrown away."), st->no);
	return refresh(sc);
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

/* First what is typed, then the order, then the screen. */
static int
cmd_leave(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->floor.text[0] != '\0' || st->id == 0)
		return cmd_floor_leave(sc);
	st->floor.band = FLOOR_QUIET;
	if (st->pieces > 0)
		ui_say(sc->ui,
		    ngettext("%s: %lld scanned piece is kept.",
			"%s: %lld scanned pieces are kept.",
			(unsigned long)st->pieces),
		    st->no, (long long)st->pieces);
	forget(st);
	if (!st->given)
		return refresh(sc);
	ui_close(sc->ui);
	return 0;
}

/* Labels are of what is in stock. */
static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;

	if (cmd->run == cmd_labels)
		return st->slip_id == 0 ? NULL : cmd->label;
	if (cmd->run == cmd_bad || cmd->run == cmd_post)
		return st->id == 0 ? NULL : cmd->label;
	if (cmd->run == cmd_drop)
		return st->scanned == 0 ? NULL : cmd->label;
	return cmd->label;
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
	    PERM_STOCK_RECEIVE, 0, cmd_answer },
	{ "receive-up", "Up", NULL, N_("The row above"), PERM_NONE, 0, cmd_up },
	{ "receive-down", "Down", NULL, N_("The row below"), PERM_NONE, 0,
	    cmd_down },
	{ "receive-bad", "F4", N_("Bad piece"),
	    N_("One of what was scanned last is defective"), PERM_STOCK_RECEIVE,
	    0, cmd_bad },
	{ "receive-post", "F8", N_("Receive"),
	    N_("All that came is scanned: into stock with it"),
	    PERM_STOCK_RECEIVE, 0, cmd_post },
	{ "receive-labels", "F6", N_("Tags"),
	    N_("Print a label for each piece of what was received last"),
	    PERM_STOCK_VIEW, 0, cmd_labels },
	{ "receive-drop", "F7", N_("Throw away"),
	    N_("Throw away what was scanned of this order"), PERM_STOCK_RECEIVE,
	    0, cmd_drop },
	{ "receive-leave", "Esc", N_("Back"),
	    N_("Another order, or leave; what was scanned is kept"), PERM_NONE,
	    0, cmd_leave },
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
};
