/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../orders/order_acts.h"
#include "pack_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/waves.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

/* The packing bench: its keys. */

/* Blanks around a code are never part of it. */
static const char *
trimmed(const char *text, char *buf, size_t size)
{
	size_t n;

	text += strspn(text, " \t\r\n");
	copy_text(buf, size, text);
	for (n = strlen(buf); n > 0 && strchr(" \t\r\n", buf[n - 1]); n--)
		buf[n - 1] = '\0';
	return buf;
}

static int
key_pack(struct screen *sc, const struct key *k)
{
	struct bench *b = sc->state;
	char text[128], whole[256];

	switch (k->code) {
	case KEY_SCAN:
		/* A line that stalls within a scan gives its beginning as
		 * typed: taken without that, the rest would pass for a code. */
		snprintf(whole, sizeof(whole), "%s%s", b->text, k->text);
		return bench_take(sc, trimmed(whole, text, sizeof(text)), true);
	default:
		if (b->stage == STAGE_LEAVE)
			return 0;
		return line_key(&b->line, k);
	}
}

#define LAST_PARCELS 20 /* looked at for one's own */

/* The courier of the last parcel one packed is proposed for the next. */
static int
recall_courier(struct screen *sc)
{
	const char *me = session_staff_name(session_of(sc));
	struct parcel_filter all = { .platform = NULL };
	struct bench *b = sc->state;
	const struct parcel *p;
	struct page page;
	size_t i;
	int rc;

	rc = parcel_page(
	    session_of(sc), &all, PAGE_FIRST, NULL, LAST_PARCELS, &page);
	if (rc < 0)
		return rc;
	for (i = 0; i < page.n && b->courier[0] == '\0'; i++) {
		p = page_row(&page, i);
		if (strcmp(p->packer, me) == 0)
			copy_text(b->courier, sizeof(b->courier), p->courier);
	}
	page_free(&page);
	return 0;
}

static int
open_pack(struct screen *sc, const void *arg)
{
	const struct app *app = sc->app;
	const struct pack_arg *a = arg;
	struct bench *b = sc->state;
	int rc;

	line_init(&b->line, b->text, sizeof(b->text));
	claim_place(b->place);
	b->weigh =
	    app->config == NULL || config_bool(app->config, "packing:weigh");
	floor_place_name(sc, b->here);
	rc = courier_all(session_of(sc), &b->couriers);
	if (rc == 0)
		rc = pack_tally(session_of(sc), &b->today, &b->hour);
	if (rc == 0)
		rc = recall_courier(sc);
	if (rc == 0 && a != NULL)
		bench_take(sc, a->order_no, true);
	return rc;
}

static void
close_pack(struct screen *sc)
{
	struct bench *b = sc->state;

	bench_let_go(b, sc);
	pack_free(b->packing);
	line_done(&b->line);
	page_free(&b->couriers);
}

/* What was scanned lives here, not in the database: only the tally is read. */
static int
refresh(struct screen *sc)
{
	struct bench *b = sc->state;

	return pack_tally(session_of(sc), &b->today, &b->hour);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	draw_bench(sc->state, c, r);
}

static int
cmd_answer(struct screen *sc)
{
	struct bench *b = sc->state;
	char text[128];

	bench_take(sc, trimmed(b->text, text, sizeof(text)), false);
	return 0;
}

static int
cmd_undo(struct screen *sc)
{
	struct bench *b = sc->state;

	if (b->stage == STAGE_HOLD || b->stage == STAGE_LEAVE)
		return 0;
	if (b->packing == NULL || pack_undo(b->packing) == 0) {
		ui_say(sc->ui, "%s", _("Nothing was scanned yet."));
		return 0;
	}
	bench_good(b, "%s", _("The last piece is taken out again."));
	bench_ask(b, STAGE_GOODS);
	return 0;
}

static int
cmd_hold(struct screen *sc)
{
	struct bench *b = sc->state;

	if (b->packing == NULL) {
		ui_say(sc->ui, "%s", _("Scan the order that is to be held."));
		return 0;
	}
	if (b->stage == STAGE_HOLD || b->stage == STAGE_LEAVE)
		return 0;
	b->before = b->stage;
	bench_quiet(b);
	bench_ask(b, STAGE_HOLD);
	return 0;
}

static int
cmd_courier(struct screen *sc)
{
	struct bench *b = sc->state;

	if (b->hand == HAND_ALWAYS && b->packing != NULL) {
		ui_say(sc->ui, "%s", _("The buyer collects it."));
		return 0;
	}
	if (b->stage != STAGE_WAYBILL && b->stage != STAGE_WEIGHT &&
	    b->stage != STAGE_HAND) {
		ui_say(sc->ui, "%s",
		    _("The courier is asked for when the goods are complete."));
		return 0;
	}
	bench_quiet(b);
	b->courier[0] = '\0';
	b->own = false;
	bench_ask(b, STAGE_COURIER);
	return 0;
}

static bool
anything_scanned(const struct bench *b)
{
	const struct pack_line *lines;
	size_t i, n;

	if (b->packing == NULL)
		return false;
	lines = pack_lines(b->packing, &n);
	for (i = 0; i < n; i++)
		if (lines[i].have > 0)
			return true;
	return false;
}

/* What is complete as far as it goes, in a parcel of its own. */
static int
cmd_more(struct screen *sc)
{
	struct bench *b = sc->state;

	if (b->stage != STAGE_GOODS || pack_complete(b->packing)) {
		ui_say(sc->ui, "%s",
		    _("While goods are missing, what is scanned can go in a "
		      "parcel of its own."));
		return 0;
	}
	if (!anything_scanned(b)) {
		bench_bad(
		    sc, 0, "%s", _("First scan what goes in this parcel."));
		return 0;
	}
	b->more = true;
	bench_good(b, "%s", _("This goes now; the rest in another parcel."));
	bench_complete(sc);
	return 0;
}

static int
cmd_keep(struct screen *sc)
{
	const struct bench *b = sc->state;

	if (b->packing != NULL && bench_by_hand(b))
		ui_say(sc->ui, "%s",
		    _("No courier takes it: hand it over at once."));
	else if (b->stage == STAGE_WEIGHT && !b->scale)
		bench_keep(sc);
	else
		ui_say(sc->ui, "%s",
		    _("When it has its waybill, a parcel can go to the "
		      "scale."));
	return 0;
}

/* Whatever it weighs: only after it was refused for that. */
static int
cmd_force(struct screen *sc)
{
	const struct bench *b = sc->state;

	if (b->grams == 0)
		return 0;
	if (b->scale)
		bench_weigh(sc, b->grams, true);
	else
		bench_ship(sc, b->grams, true);
	return 0;
}

static int
cmd_next(struct screen *sc)
{
	const struct bench *b = sc->state;

	if (b->packing != NULL || b->scale) {
		ui_say(sc->ui, "%s",
		    _("The next order comes when this one is away."));
		return 0;
	}
	bench_next(sc);
	return 0;
}

static int
cmd_place(struct screen *sc)
{
	struct bench *b = sc->state;
	int rc;

	if (b->packing != NULL) {
		ui_say(sc->ui, "%s", _("First finish this order."));
		return 0;
	}
	rc = floor_ask(sc, true);
	floor_place_name(sc, b->here);
	return rc;
}

/* This bench packs, or it weighs what others have packed. */
static int
cmd_scale(struct screen *sc)
{
	struct bench *b = sc->state;

	if (b->packing != NULL) {
		ui_say(sc->ui, "%s", _("First finish this order."));
		return 0;
	}
	b->scale = !b->scale;
	b->follow = false;
	bench_quiet(b);
	bench_put_away(b);
	return 0;
}

/* Out of a question, away from an order, or off the bench. */
static int
cmd_leave(struct screen *sc)
{
	struct bench *b = sc->state;

	if (b->stage == STAGE_HOLD || b->stage == STAGE_LEAVE) {
		bench_quiet(b);
		bench_ask(b, b->before);
	} else if (b->text[0] != '\0') {
		line_set(&b->line, "");
	} else if (anything_scanned(b)) {
		b->before = b->stage;
		bench_quiet(b);
		bench_ask(b, STAGE_LEAVE);
	} else if (b->packing != NULL || b->waybill[0] != '\0') {
		bench_quiet(b);
		bench_let_go(b, sc);
		b->follow = false;
		bench_put_away(b);
	} else if (b->scale) {
		cmd_scale(sc);
	} else {
		ui_close(sc->ui);
	}
	return 0;
}

/* The order that was refused: by whoever may, or has approved it. */
static int
cmd_release(struct screen *sc)
{
	struct bench *b = sc->state;
	struct order_card card;
	char no[sizeof(b->held)];
	int64_t id;
	int rc;

	if (b->held[0] == '\0')
		return 0;
	copy_text(no, sizeof(no), b->held);
	rc = order_by_no(session_of(sc), no, &id);
	if (rc == 0)
		rc = order_card(session_of(sc), id, &card);
	if (rc < 0)
		return rc;
	rc = act_release(sc, &card.order);
	order_card_free(&card);
	if (rc == 0)
		bench_order(sc, no);
	return rc;
}

static bool
is_held(struct screen *sc)
{
	const struct bench *b = sc->state;

	return (b->stage == STAGE_ORDER && b->held[0] != '\0') || b->grams != 0;
}

static const char *
unsaved(struct screen *sc)
{
	return anything_scanned(sc->state) ? _("An order is half packed.")
					   : NULL;
}

/* Whatever is typed here is an answer. */
static bool
typing(struct screen *sc)
{
	(void)sc;
	return true;
}

/* Only what helps with the question that stands. */
static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	/* Where scans answer, Enter is no key to be told of. */
	static const char *const answer[] = {
		[STAGE_ORDER] = NULL,
		[STAGE_GOODS] = NULL,
		[STAGE_COURIER] = N_("Next"),
		[STAGE_WAYBILL] = NULL,
		[STAGE_HAND] = N_("Hand it over"),
		[STAGE_WEIGHT] = N_("Ship"),
		[STAGE_SCALE] = NULL,
		[STAGE_HOLD] = N_("Hold"),
		[STAGE_LEAVE] = N_("Give up"),
	};
	const struct bench *b = sc->state;
	bool asked = b->stage == STAGE_HOLD || b->stage == STAGE_LEAVE, now;

	if (cmd->run == cmd_answer)
		return answer[b->stage];
	if (cmd->run == cmd_undo)
		now = anything_scanned(b) && !asked;
	else if (cmd->run == cmd_hold)
		now = b->packing != NULL && !asked;
	else if (cmd->run == cmd_courier)
		now = b->packing != NULL && b->hand != HAND_ALWAYS &&
		      (b->stage == STAGE_WAYBILL || b->stage == STAGE_HAND ||
			  b->stage == STAGE_WEIGHT);
	else if (cmd->run == cmd_more)
		now = b->stage == STAGE_GOODS && anything_scanned(b);
	else if (cmd->run == cmd_keep)
		now =
		    b->stage == STAGE_WEIGHT && !b->scale && !bench_by_hand(b);
	else if (cmd->run == cmd_next)
		now = b->stage == STAGE_ORDER;
	else if (cmd->run == cmd_scale)
		now = b->stage == STAGE_ORDER || b->stage == STAGE_SCALE;
	else if (cmd->run == cmd_force)
		now = b->stage == STAGE_WEIGHT && b->grams != 0;
	else if (cmd->run == cmd_release)
		now = b->stage == STAGE_ORDER && b->held[0] != '\0';
	else
		now = true;
	return now ? cmd->label : NULL;
}

static const struct cmd cmds[] = {
	{ "pack-answer", "Enter", N_("Next"),
	    N_("The answer that is typed, or that is proposed"),
	    PERM_ORDER_SHIP, 0, cmd_answer },
	{ "pack-force", "F10", N_("Force"),
	    N_("Ship a parcel whose weight does not fit; that is recorded"),
	    PERM_PACK_FORCE, CMD_NEEDS_ROW, cmd_force },
	{ "pack-more", "F7", N_("Add box"),
	    N_("Ship what is scanned; the rest goes in another parcel"),
	    PERM_ORDER_SHIP, 0, cmd_more },
	{ "pack-next", "Ctrl-N", N_("Next order"),
	    N_("The next order that waits; the others follow by themselves"),
	    PERM_ORDER_SHIP, 0, cmd_next },
	{ "pack-scale", "Ctrl-R", N_("Scale"),
	    N_("Weigh and ship what others have packed, or pack again"),
	    PERM_ORDER_SHIP, 0, cmd_scale },
	{ "pack-undo", "F8", N_("Put back"),
	    N_("Take the last scanned piece out again"), PERM_ORDER_SHIP, 0,
	    cmd_undo },
	{ "pack-hold", "F4", N_("Hold"),
	    N_("Put the order on hold, with the reason"), PERM_ORDER_HOLD, 0,
	    cmd_hold },
	{ "pack-release", "F5", N_("Release"),
	    N_("Let the order on hold go; who may not is asked for approval"),
	    PERM_ORDER_RELEASE, CMD_NEEDS_ROW, cmd_release },
	{ "pack-courier", "F2", N_("Courier"), N_("Take another courier"),
	    PERM_ORDER_SHIP, 0, cmd_courier },
	{ "pack-keep", "Ctrl-O", N_("To scale"),
	    N_("Packed; it is weighed and shipped at the scale"),
	    PERM_ORDER_SHIP, 0, cmd_keep },
	{ "pack-place", "Ctrl-B", NULL, N_("In which warehouse you work"),
	    PERM_ORDER_SHIP, 0, cmd_place },
	{ "pack-leave", "Esc", N_("Back"),
	    N_("Out of this question, away from this order, off the bench"),
	    PERM_NONE, 0, cmd_leave },
	{ .name = NULL },
};

const struct screen_ops screen_pack = {
	.name = "pack",
	.title = N_("Packing"),
	.go = "F3",
	.does = N_("Scan, check, weigh and ship parcels"),
	.perm = PERM_ORDER_SHIP,
	.cmds = cmds,
	.size = sizeof(struct bench),
	.open = open_pack,
	.close = close_pack,
	.refresh = refresh,
	.key = key_pack,
	.draw = draw,
	.typing = typing,
	.label = label,
	.has_row = is_held,
	.unsaved = unsaved,
};
