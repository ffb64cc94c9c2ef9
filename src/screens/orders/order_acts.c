/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "order_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

#define REASONS_MAX 24

/* Ask for one of @reasons; NULL: given up. */
static const char *
pick_reason(
    struct screen *sc, const char *title, const char *const *reasons, size_t n)
{
	const char *words[REASONS_MAX];
	size_t i;
	int at;

	for (i = 0; i < n; i++)
		words[i] = order_hold_text(reasons[i]);
	at = ui_pick(sc->ui, title, words, n, 0);
	return at >= 0 ? reasons[at] : NULL;
}

const char *
act_ask_reason(struct screen *sc)
{
	const char *reasons[REASONS_MAX];
	size_t n = 0, i;

	/* What the program finds by itself is not for picking. */
	for (i = 0; order_hold_reasons[i] != NULL && n < REASONS_MAX; i++)
		if (strcmp(order_hold_reasons[i], "unmapped") != 0)
			reasons[n++] = order_hold_reasons[i];
	return pick_reason(sc, _("Why must it stop?"), reasons, n);
}

static const struct field hold_fields[] = {
	{ FIELD_CHARS(struct hold_answer, note, FIELD_TEXT, N_("Note"), 0) },
	{ FIELD_CHARS(struct hold_answer, until, FIELD_TEXT, N_("Until"), 0),
	    .hint = N_("+2h, tomorrow, Fri 9:00, promised") },
	{ .name = NULL },
};

struct hold_save {
	struct session *s;
	int64_t id;
	const char *reason;
	bool many;
	struct hold_answer *answer;
};

static int
save_hold(void *arg, const void *record)
{
	const struct hold_answer *form = record;
	struct hold_save *save = arg;
	int rc;

	*save->answer = *form;
	rc = order_hold_when(save->s, save->id, form->until, &save->answer->at);
	if (rc < 0 || save->many)
		return rc;
	return order_hold_until(
	    save->s, save->id, save->reason, form->note, save->answer->at);
}

int
act_ask_hold(struct screen *sc, const char *title, int64_t id,
    const char *reason, struct hold_answer *hold)
{
	struct hold_save save = { session_of(sc), id, reason, true, hold };
	struct hold_answer form = { .note = "" };

	return ui_form(sc->ui, title, hold_fields, &form, save_hold, &save);
}

int
act_hold(struct screen *sc, const struct order *o)
{
	struct hold_answer form = { .note = "" }, answer;
	struct hold_save save = { session_of(sc), o->id, NULL, false, &answer };
	char no[64], title[200], when[32];
	int rc;

	copy_text(no, sizeof(no), o->order_no);
	save.reason = act_ask_reason(sc);
	if (save.reason == NULL)
		return 0;
	snprintf(title, sizeof(title), _("Hold order %s: %s"), no,
	    order_hold_text(save.reason));
	rc = ui_form(sc->ui, title, hold_fields, &form, save_hold, &save);
	if (rc <= 0)
		return rc;
	if (answer.at != 0)
		ui_say(sc->ui, _("Order %s is on hold until %s: %s."), no,
		    show_when(when, sizeof(when), answer.at),
		    order_hold_text(save.reason));
	else
		ui_say(sc->ui, _("Order %s is on hold: %s."), no,
		    order_hold_text(save.reason));
	return 0;
}

/* Is @reason among "a b c"? */
static bool
held_for(const struct order *o, const char *reason)
{
	size_t len = strlen(reason);
	const char *at;

	for (at = o->holds; (at = strstr(at, reason)) != NULL; at += len)
		if ((at == o->holds || at[-1] == ' ') &&
		    (at[len] == ' ' || at[len] == '\0'))
			return true;
	return false;
}

/* The reasons of them that a person may say are settled. */
static size_t
open_reasons(const struct order *o, const char **out, size_t max)
{
	size_t i, n = 0;

	for (i = 0; order_hold_reasons[i] != NULL && n < max; i++)
		if (held_for(o, order_hold_reasons[i]) &&
		    strcmp(order_hold_reasons[i], "unmapped") != 0)
			out[n++] = order_hold_reasons[i];
	return n;
}

int
act_release(struct screen *sc, const struct order *o)
{
	const char *reasons[REASONS_MAX], *reason = NULL;
	char no[64], note[200] = "", label[200];
	int64_t id = o->id;
	size_t n;
	int rc;

	copy_text(no, sizeof(no), o->order_no);
	n = open_reasons(o, reasons, REASONS_MAX);
	if (n > 1) {
		reason =
		    pick_reason(sc, _("Which reason is settled?"), reasons, n);
		if (reason == NULL)
			return 0;
	} else if (n == 1) {
		reason = reasons[0];
	}
	if (n == 0) { /* the domain says why */
		rc = order_release(session_of(sc), id, NULL, note);
		return rc < 0 ? rc : 0;
	}
	snprintf(label, sizeof(label), _("Order %s, %s. How was it settled?"),
	    no, order_hold_text(reason));
	if (!ui_ask(sc->ui, label, note, sizeof(note)))
		return 0;
	rc = order_release(session_of(sc), id, reason, note);
	if (rc < 0)
		return rc;
	ui_say(sc->ui, _("Order %s: the hold is cleared."), no);
	return 0;
}

struct remark_form {
	char memo[1000];
	char flag[16];
};

static const struct field remark_fields[] = {
	{ FIELD_CHARS(struct remark_form, memo, FIELD_NOTE, N_("Remark"), 0) },
	{ FIELD_CHARS(struct remark_form, flag, FIELD_PICK, N_("Flag"), 0),
	    .choices = order_flags },
	{ .name = NULL },
};

struct remark_save {
	struct session *s;
	int64_t id, version;
};

static int
save_remark(void *arg, const void *record)
{
	const struct remark_save *save = arg;
	const struct remark_form *form = record;
	struct order_remark edit = { .flag = 0 };
	int64_t i;

	copy_text(edit.memo, sizeof(edit.memo), form->memo);
	for (i = 0; order_flags[i] != NULL; i++)
		if (strcmp(order_flags[i], form->flag) == 0)
			edit.flag = i;
	return order_remark(save->s, save->id, save->version, &edit);
}

int
act_remark(struct screen *sc, const struct order *o)
{
	struct remark_save save = {
		.s = session_of(sc),
		.id = o->id,
		.version = o->version,
	};
	struct remark_form form = { .memo = "" };
	char title[96], no[64];
	int64_t flag = o->flag;
	int rc;

	copy_text(no, sizeof(no), o->order_no);
	copy_text(form.memo, sizeof(form.memo), o->memo);
	if (flag < 0 || flag > 5)
		flag = 0;
	copy_text(form.flag, sizeof(form.flag), order_flags[flag]);
	snprintf(title, sizeof(title), _("Remark on order %s"), no);
	rc = ui_form(sc->ui, title, remark_fields, &form, save_remark, &save);
	if (rc > 0)
		ui_say(sc->ui, _("The remark on order %s is saved."), no);
	return rc < 0 ? rc : 0;
}

int
act_confirm(struct screen *sc, const struct order *o)
{
	return ui_open(sc->ui, "confirm", &(struct order_arg){ .id = o->id });
}

int
act_cancel(struct screen *sc, const struct order *o)
{
	char no[64], reason[200] = "", label[200];
	int64_t id = o->id;
	int rc;

	copy_text(no, sizeof(no), o->order_no);
	snprintf(label, sizeof(label), _("Order %s: why is it cancelled?"), no);
	if (!ui_ask(sc->ui, label, reason, sizeof(reason)))
		return 0;
	/* Without a reason it is refused: no question before that. */
	if (reason[0] != '\0' &&
	    !ui_confirm(sc->ui, _("Cancel the order"),
		_("Cancel order %s? Its stock becomes free again."), no))
		return 0;
	rc = order_cancel(session_of(sc), id, reason);
	if (rc < 0)
		return rc;
	ui_say(sc->ui, _("Order %s is cancelled."), no);
	return 0;
}

int
act_reopen(struct screen *sc, const struct order *o)
{
	char no[64], note[200] = "", label[200];
	int64_t id = o->id;
	int rc;

	copy_text(no, sizeof(no), o->order_no);
	snprintf(label, sizeof(label), _("Order %s: why is it reopened?"), no);
	if (!ui_ask(sc->ui, label, note, sizeof(note)))
		return 0;
	rc = order_reopen(session_of(sc), id, note);
	if (rc < 0)
		return rc;
	ui_say(sc->ui, _("Order %s is open again."), no);
	return 0;
}

int
act_pack(struct screen *sc, const struct order *o)
{
	struct pack_arg arg = { .order_no = o->order_no };

	return ui_open(sc->ui, "pack", &arg);
}

int
act_map(struct screen *sc, const struct order *o)
{
	const struct order_line *l = NULL;
	struct order_card card;
	size_t i;
	int rc;

	rc = order_card(session_of(sc), o->id, &card);
	if (rc < 0)
		return rc;
	for (i = 0; i < card.lines.n; i++) {
		l = page_row(&card.lines, i);
		if (l->variant_id == 0)
			break;
	}
	if (i == card.lines.n)
		ui_say(sc->ui, "%s", _("Every line has its product."));
	else
		rc = ui_open(sc->ui, "map",
		    &(struct map_arg){
			.listing_id = l->listing_id,
			.title = l->title,
			.attrs = l->attrs,
			.code = l->listing_sku,
		    });
	order_card_free(&card);
	return rc;
}

const char *
act_label(const struct cmd *cmd, const struct order *o)
{
	bool paid = o != NULL &&
		    (o->state == ORDER_PAID || o->state == ORDER_PART_SHIPPED);
	bool unpaid = o != NULL && o->state == ORDER_UNPAID;
	bool grouped = o != NULL && (o->lead_id != 0 || o->followers != 0);
	const char *reasons[REASONS_MAX];
	const struct {
		const char *name;
		bool now;
	} acts[] = {
		{ "order-pack", paid && !o->held },
		{ "order-hold", paid },
		{ "order-release",
		    paid && open_reasons(o, reasons, REASONS_MAX) > 0 },
		{ "order-map", paid && held_for(o, "unmapped") },
		{ "order-confirm", paid || unpaid },
		{ "order-cancel", unpaid || (paid && o->state == ORDER_PAID) },
		{ "order-remark", o != NULL },
		{ "order-reopen", o != NULL && o->state == ORDER_CLOSED },
		{ "order-address", (paid || unpaid) && !grouped },
		{ "order-money",
		    unpaid || (paid && o->origin != ORDER_PLATFORM) },
		{ "order-terms", paid || unpaid },
		{ "order-agent", o != NULL },
		{ "order-merge", paid && o->lead_id == 0 && o->cod == 0 },
		{ "order-unmerge", paid && grouped },
		{ "order-split", paid && !grouped },
		{ "order-route", paid },
		{ "order-courier", paid || unpaid },
		{ "order-reissue", o != NULL && o->state > ORDER_PAID },
		{ "order-return", o != NULL && o->state > ORDER_PAID },
		{ "order-copy", o != NULL },
		{ "order-quotation", o != NULL && o->origin == ORDER_QUOTED },
		{ "order-print",
		    o != NULL && !o->held && o->state > 1 && o->state < 6 },
	};
	size_t i;

	for (i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (strcmp(acts[i].name, cmd->name) == 0)
			return acts[i].now ? cmd->label : NULL;
	return cmd->label;
}
