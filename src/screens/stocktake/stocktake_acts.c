/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"
#include "stocktake.h"

/* What is done to one count. */

static const char *const kinds[] = { N_("full count"), N_("spot check"),
	N_("by bin"), N_("of the month"), N_("of the year"), NULL };
static const char *const yes_no[] = { N_("yes"), N_("no"), NULL };

/* clang-format off */
#define EDIT struct stocktake_edit
static const struct field fields[] = {
	{ FIELD_CHARS(EDIT, kind, FIELD_PICK, N_("Kind"), FIELD_REQUIRED),
	    .choices = kinds },
	{ FIELD_CHARS(EDIT, codes, FIELD_TEXT, N_("Goods or bins"),
	    FIELD_LIST), .hint = N_("of a spot check, or by bin") },
	{ FIELD_CHARS(EDIT, warehouse, FIELD_TEXT, N_("Warehouse"), 0),
	    .hint = N_("empty: the main one") },
	{ FIELD_CHARS(EDIT, blind, FIELD_PICK, N_("Blind"), 0),
	    .choices = yes_no, .hint = N_("who counts sees no books") },
	{ FIELD_CHARS(EDIT, note, FIELD_TEXT, N_("Note"), 0) },
	{ .name = NULL },
};
/* clang-format on */

struct save {
	struct session *s;
	int64_t id;
};

static int
save_new(void *arg, const void *record)
{
	struct save *save = arg;

	return stocktake_start(save->s, record, &save->id);
}

int
act_count_new(struct screen *sc, int64_t *id)
{
	struct save save = { .s = session_of(sc) };
	struct stocktake_edit e = { .blind = "yes" };
	int rc;

	copy_text(e.kind, sizeof(e.kind), kinds[0]);
	rc = ui_form(sc->ui, _("New count"), fields, &e, save_new, &save);
	if (rc > 0)
		*id = save.id;
	return rc < 0 ? rc : 0;
}

int
act_count_scan(struct screen *sc, const struct stocktake *t)
{
	return ui_open(
	    sc->ui, "count-scan", &(struct count_arg){ .id = t->id });
}

int
act_count_close(struct screen *sc, const struct stocktake *t)
{
	int64_t id = t->id, open = t->lines - t->counted, again;
	const char *ways[2];
	int at = 0, rc;

	ways[0] = _("Leave it as it is in the books");
	ways[1] = _("It is not there: count 0");
	if (open > 0)
		at = ui_pick(sc->ui,
		    _("Not everything was counted. What of the rest?"), ways, 2,
		    0);
	else if (!ui_confirm(sc->ui, _("Finish"), _("Is all of %s counted?"),
		     t->count_no))
		return 0;
	if (at < 0)
		return 0;
	rc = stocktake_close(session_of(sc), id, at == 1, &again);
	if (rc == 0 && again > 0)
		ui_say(sc->ui,
		    ngettext("Counted. %lld line is far off: it is counted "
			     "again.",
			"Counted. %lld lines are far off: they are counted "
			"again.",
			(unsigned long)again),
		    (long long)again);
	else if (rc == 0)
		ui_say(sc->ui, "%s",
		    _("Counted. Somebody who did not count posts it."));
	return rc;
}

int
act_count_recount(struct screen *sc, const struct stocktake *t)
{
	char text[32] = "";
	int64_t id = t->id, fen, again;
	int rc;

	if (!ui_ask(sc->ui, _("Count again what is off by how many yuan?"),
		text, sizeof(text)))
		return 0;
	if (money_parse(text, &fen) != 0) {
		ui_complain(sc->ui, "%s", _("This is no amount"));
		return 0;
	}
	rc = stocktake_recount(session_of(sc), id, fen, &again);
	if (rc == 0)
		ui_say(
		    sc->ui, _("To be counted again: %lld"), (long long)again);
	return rc;
}

int
act_count_post(struct screen *sc, const struct stocktake *t)
{
	char gain[MONEY_SIZE], loss[MONEY_SIZE];
	int64_t id = t->id;
	int rc;

	money_show(t->gain, gain);
	money_show(t->loss, loss);
	/* Else it says what is to be done first. */
	if (t->again == 0 && t->state == STOCKTAKE_COUNTED &&
	    !ui_confirm(sc->ui, _("Post"),
		_("Let the books follow %s? Gain %s, loss %s."), t->count_no,
		gain, loss))
		return 0;
	rc = stocktake_post(session_of(sc), id, NULL);
	if (rc == 0)
		ui_say(sc->ui, "%s", _("Posted: the books say what is there."));
	return rc;
}

/* A count or its slip, when it is known why. */
static int
finish(struct screen *sc, const char *question, const char *said, int64_t id,
    int (*how)(struct session *s, int64_t id, const char *reason))
{
	char reason[200] = "";
	int rc;

	if (!ui_ask(sc->ui, question, reason, sizeof(reason)))
		return 0;
	rc = how(session_of(sc), id, reason);
	if (rc == 0)
		ui_say(sc->ui, "%s", said);
	return rc;
}

static int
reverse(struct session *s, int64_t id, const char *reason)
{
	return stock_reverse(s, id, reason, NULL);
}

int
act_count_reverse(struct screen *sc, const struct stocktake *t)
{
	return finish(sc, _("Why is the slip of the count taken back?"),
	    _("The books are as they were before the count."), t->slip_id,
	    reverse);
}

int
act_count_cancel(struct screen *sc, const struct stocktake *t)
{
	return finish(sc, _("Why is the count given up?"),
	    _("The count is cancelled."), t->id, stocktake_cancel);
}

int
act_count_reason(struct screen *sc, const struct stocktake_line *l)
{
	char reason[200];
	int64_t id = l->id;

	copy_text(reason, sizeof(reason), l->reason);
	if (!ui_ask(sc->ui, _("Why is it off?"), reason, sizeof(reason)))
		return 0;
	return stocktake_reason(session_of(sc), id, reason);
}

/* The next one behind @id that is to be counted; 0: there is none. */
static int
next_line(struct session *s, const struct stocktake_filter *f, int64_t id,
    struct page *out)
{
	const struct stocktake_line from = { .id = id };
	int rc = stocktake_line_page(s, f, PAGE_AFTER, &from, 1, out);

	if (rc == 0 && out->n == 0)
		page_free(out);
	return rc < 0 ? rc : (int)out->n;
}

/* 1: on to the next, also when nothing was typed. */
static int
type_line(struct screen *sc, const struct stocktake_line *l)
{
	struct stocktake_taken taken;
	char label[NAME_ROOM + 200], text[16] = "";
	int64_t qty;

	snprintf(label, sizeof(label), _("%s · %s %s: how many are there?"),
	    l->bin[0] != '\0' ? l->bin : _("no bin"), l->sku_code, l->name);
	if (!ui_ask(sc->ui, label, text, sizeof(text)))
		return 0;
	if (text[0] == '\0')
		return 1;
	if (count_parse(text, &qty) != 0 || qty < 0) {
		ui_complain(sc->ui, _("%s is no number of pieces."), text);
		return 0;
	}
	if (stocktake_take(session_of(sc), l->stocktake_id, l->bin_id,
		l->sku_code, STOCKTAKE_EXACTLY, qty, &taken) < 0)
		return session_err(session_of(sc))->code;
	ui_say(sc->ui, "%s  %lld", taken.sku_code, (long long)taken.counted);
	return 1;
}

int
act_count_type(struct screen *sc, const struct stocktake *t,
    const struct stocktake_line *l)
{
	const struct stocktake_filter f = { .stocktake_id = t->id,
		.which =
		    t->state == STOCKTAKE_COUNTING ? LINES_OPEN : LINES_AGAIN };
	int64_t at = l->id - 1;
	struct page page;
	int rc;

	while ((rc = next_line(session_of(sc), &f, at, &page)) > 0) {
		at = ((const struct stocktake_line *)page.rows)->id;
		rc = type_line(sc, page.rows);
		page_free(&page);
		if (rc <= 0)
			return rc;
	}
	if (rc == 0)
		ui_say(sc->ui, "%s", _("No line is left below."));
	return rc;
}

const char *
count_label(const struct cmd *cmd, const struct stocktake *t)
{
	const int64_t state = t != NULL ? t->state : STOCKTAKE_ALL;
	const bool counted = state == STOCKTAKE_COUNTED;
	const struct {
		const char *name;
		bool now;
	} acts[] = {
		{ "count-scan",
		    state == STOCKTAKE_COUNTING || (counted && t->again > 0) },
		{ "count-sheet",
		    state == STOCKTAKE_COUNTING || (counted && t->again > 0) },
		{ "count-type",
		    state == STOCKTAKE_COUNTING || (counted && t->again > 0) },
		{ "count-close", state == STOCKTAKE_COUNTING },
		{ "count-recount", counted },
		{ "count-recount-line", counted },
		{ "count-reason", state <= STOCKTAKE_COUNTED },
		{ "count-post", counted && t->again == 0 },
		{ "count-reverse", state == STOCKTAKE_POSTED &&
				       t->slip_id != 0 &&
				       t->reversed[0] == '\0' },
		{ "count-cancel", state <= STOCKTAKE_COUNTED },
	};
	size_t i;

	for (i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (strcmp(acts[i].name, cmd->name) == 0)
			return acts[i].now ? cmd->label : NULL;
	return cmd->label;
}
