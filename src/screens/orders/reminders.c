/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../review/review_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/reminders.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* Orders that were made and not paid: whom to write to, and what came of it. */

#define TEXTS_MAX    50
#define HISTORY_MAX  100
#define FIGURES_DAYS 30

struct state {
	struct list list;
	bool all; /* also those that are not to be reminded yet */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Order number"), 19, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Buyer"), 10, 2, 0, 0, 0 },
	{ N_("To pay"), 9, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Waits"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Reminded"), 8, 0, 2, COLUMN_RIGHT, 0 },
	{ N_("Answer"), 12, 2, 1, 0, 0 },
	{ N_("Goods"), 16, 4, 4, COLUMN_ENDS, 0 },
	{ N_("Last time"), 11, 0, 5, 0, 0 },
	{ N_("Staff"), 8, 0, 6, 0, 0 },
	{ N_("Not before"), 11, 0, 3, 0, 0 },
	{ N_("Shop"), 8, 0, 7, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct unpaid *u = row;
	char span[TIME_SIZE];

	if (u->next_at > time_now())
		*style = STYLE_DIM;
	switch (col) {
	case 0:
		copy_text(buf, size, u->order_no);
		break;
	case 1:
		copy_text(buf, size, u->nick);
		break;
	case 2:
		show_money(buf, size, u->total);
		break;
	case 3:
		copy_text(
		    buf, size, time_apart(u->created_at, time_now(), span));
		break;
	case 4:
		if (u->reminded > 0)
			show_count(buf, size, u->reminded);
		break;
	case 5:
		if (u->reminded > 0)
			copy_text(buf, size, reminder_result_text(u->result));
		break;
	case 6:
		copy_text(buf, size, u->goods);
		break;
	case 7:
		show_when(buf, size, u->last_at);
		break;
	case 8:
		copy_text(buf, size, u->by);
		break;
	case 9:
		if (u->next_at > time_now())
			show_when(buf, size, u->next_at);
		break;
	case 10:
		copy_text(buf, size, u->shop);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return unpaid_page(session_of(sc), !st->all, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct unpaid),
	.fetch = list_fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("Nobody is to be reminded now."),
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab tabs[] = { { _("To be reminded"), -1 },
		{ _("All unpaid"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, tabs, 2, st->all ? 1 : 0);
}

static const char *const fields[] = { "order_no", "nick", "total", "created_at",
	"reminded", "result", "goods", "last_at", "by", "next_at", "shop" };

static const struct list_kind kind = {
	.fetch = fetch,
	.record = "unpaid",
	.fields = fields,
	.hint = N_("order no., buyer, goods"),
	.head = head,
};

static int
open_reminders(struct screen *sc, const void *arg)
{
	(void)arg;
	list_open(sc, &kind, &source, "reminders");
	return list_refresh(sc);
}

struct remind_form {
	char text[TEXT_SIZE];
	char channel[32], result[48];
	char note[200];
	char until[40];
};

static const struct field remind_fields[] = {
	{ FIELD_CHARS(
	    struct remind_form, text, FIELD_NOTE, N_("Text"), FIELD_REQUIRED) },
	{ FIELD_CHARS(
	      struct remind_form, channel, FIELD_PICK, N_("Channel"), 0),
	    .choices = reminder_channel_texts },
	{ FIELD_CHARS(struct remind_form, result, FIELD_PICK, N_("Answer"), 0),
	    .choices = reminder_result_texts },
	{ FIELD_CHARS(struct remind_form, note, FIELD_TEXT, N_("Note"), 0) },
	{ FIELD_CHARS(
	      struct remind_form, until, FIELD_TEXT, N_("Not before"), 0),
	    .hint = N_("+2h, 14:00, tomorrow") },
	{ .name = NULL },
};

struct remind_save {
	struct session *s;
	int64_t order_id, template_id;
	int64_t last_id; /* 0: another reminder; else the answer to this one */
};

static int
save_reminder(void *arg, const void *record)
{
	const struct remind_form *f = record;
	const struct remind_save *to = arg;
	struct reminder_edit e = { .template_id = to->template_id };
	int channel = text_index(reminder_channel_texts, f->channel);
	int result = text_index(reminder_result_texts, f->result);
	int64_t id;
	int rc = order_hold_when(to->s, 0, f->until, &e.next_at);

	if (rc < 0)
		return rc;
	copy_text(e.text, sizeof(e.text), f->text);
	copy_text(e.note, sizeof(e.note), f->note);
	if (channel >= 0)
		copy_text(
		    e.channel, sizeof(e.channel), reminder_channels[channel]);
	if (result >= 0)
		copy_text(e.result, sizeof(e.result), reminder_results[result]);
	return to->last_id == 0 ? reminder_add(to->s, to->order_id, &e, &id)
				: reminder_result(to->s, to->last_id, e.result,
				      e.note, e.next_at);
}

/* The text that is picked, filled in: 1; 0 given up. Own words: "". */
static int
pick_text(struct screen *sc, int64_t order_id, int64_t *id, char *text)
{
	const char *names[TEXTS_MAX + 1];
	int64_t ids[TEXTS_MAX + 1];
	struct page page;
	size_t i, n = 0;
	int rc, at;

	if ((rc = text_page(session_of(sc), "unpaid", &page)) < 0)
		return rc;
	for (i = 0; i < page.n && n < TEXTS_MAX; i++) {
		const struct text_template *t = page_row(&page, i);

		if (!t->active)
			continue;
		ids[n] = t->id;
		names[n++] = t->name;
	}
	ids[n] = 0;
	names[n++] = _("own words");
	at = ui_pick(sc->ui, _("With which text?"), names, n, 0);
	*id = at >= 0 ? ids[at] : 0;
	page_free(&page);
	text[0] = '\0';
	if (at < 0 || *id == 0)
		return at >= 0;
	rc = text_fill(session_of(sc), *id, order_id, text);
	return rc < 0 ? rc : 1;
}

static int
cmd_remind(struct screen *sc)
{
	const struct unpaid *u = list_row(sc);
	struct remind_save to = { .s = session_of(sc), .order_id = u->id };
	struct remind_form form = { .text = "" };
	char title[120], no[64];
	int rc;

	copy_text(no, sizeof(no), u->order_no);
	rc = pick_text(sc, to.order_id, &to.template_id, form.text);
	if (rc <= 0)
		return rc;
	copy_text(
	    form.channel, sizeof(form.channel), reminder_channel_texts[0]);
	copy_text(form.result, sizeof(form.result), reminder_result_texts[0]);
	snprintf(
	    title, sizeof(title), _("Copy this into the chat: order %s"), no);
	rc = ui_form(sc->ui, title, remind_fields, &form, save_reminder, &to);
	if (rc <= 0)
		return rc;
	ui_say(sc->ui, _("The buyer of order %s was reminded."), no);
	return list_refresh(sc);
}

static int
cmd_answer(struct screen *sc)
{
	const struct unpaid *u = list_row(sc);
	struct remind_save to = { .s = session_of(sc), .last_id = u->last_id };
	struct remind_form form = { .text = "" };
	char title[120], no[64];
	int at = text_index(reminder_results, u->result), rc;

	copy_text(no, sizeof(no), u->order_no);
	if (u->last_id == 0) {
		ui_complain(sc->ui,
		    _("The buyer of order %s was not reminded "
		      "yet."),
		    no);
		return 0;
	}
	if (at >= 0)
		copy_text(form.result, sizeof(form.result),
		    reminder_result_texts[at]);
	copy_text(form.note, sizeof(form.note), u->note);
	snprintf(
	    title, sizeof(title), _("Answer of the buyer of order %s"), no);
	/* Without the text and the way it went, which stay. */
	rc = ui_form(
	    sc->ui, title, remind_fields + 2, &form, save_reminder, &to);
	if (rc <= 0)
		return rc;
	ui_say(sc->ui, "%s", _("The answer is kept."));
	return list_refresh(sc);
}

static int
cmd_open(struct screen *sc)
{
	const struct unpaid *u = list_row(sc);

	return ui_open(sc->ui, "order", &(struct order_arg){ .id = u->id });
}

static int
cmd_tab(struct screen *sc)
{
	struct state *st = sc->state;

	st->all = !st->all;
	list_seek_end(sc);
	return list_restart(sc);
}

static int
cmd_texts(struct screen *sc)
{
	return ui_open(sc->ui, "texts", NULL);
}

/* What was written to this buyer, newest first. */
static int
cmd_log(struct screen *sc)
{
	const struct unpaid *u = list_row(sc);
	struct str out = STR_INIT;
	struct page page;
	char when[40];
	size_t i;
	int rc;

	rc = reminder_page(
	    session_of(sc), u->id, PAGE_FIRST, NULL, HISTORY_MAX, &page);
	if (rc < 0)
		return rc;
	for (i = 0; i < page.n; i++) {
		const struct reminder *m = page_row(&page, i);

		str_addf(&out, "%s  %s  %s  %s%s%s\n    %s\n",
		    show_moment(when, sizeof(when), m->at), m->staff,
		    reminder_channel_text(m->channel),
		    reminder_result_text(m->result),
		    m->note[0] != '\0' ? ": " : "", m->note, m->text);
	}
	ui_text(sc->ui, _("Reminders of this order"),
	    page.n > 0 ? out.s : _("The buyer was not reminded yet."));
	str_done(&out);
	page_free(&page);
	return 0;
}

static int
add_figures(
    struct screen *sc, enum reminder_by by, const char *title, struct str *out)
{
	int64_t now = time_now(), day = time_day(now);
	const struct reminder_figures *f;
	struct page page;
	char money[40];
	size_t i;
	int rc;

	rc = reminder_figures(session_of(sc), by,
	    day_start(day - FIGURES_DAYS + 1), now + 1, &page);
	if (rc < 0)
		return rc;
	str_addf(out, "%s\n", title);
	for (i = 0; i < page.n; i++) {
		f = page_row(&page, i);
		str_addf(out,
		    _("  %s: %lld reminded, %lld paid (%lld %%), "
		      "%s\n"),
		    f->name[0] != '\0' ? f->name : _("own words"),
		    (long long)f->orders, (long long)f->paid_n,
		    (long long)(f->paid_n * 100 / f->orders),
		    show_money(money, sizeof(money), f->paid));
	}
	if (page.n == 0)
		str_addf(out, "  %s\n", _("Nobody was reminded."));
	page_free(&page);
	return 0;
}

static int
cmd_figures(struct screen *sc)
{
	struct str out = STR_INIT;
	int rc = add_figures(sc, REMINDER_BY_STAFF, _("By agent"), &out);

	str_addc(&out, '\n');
	if (rc == 0)
		rc = add_figures(sc, REMINDER_BY_TEXT, _("By text"), &out);
	if (rc == 0)
		ui_text(sc->ui,
		    _("Paid within a day of the reminder, last 30 days"),
		    out.s);
	str_done(&out);
	return rc;
}

static const struct cmd cmds[] = {
	{ "remind", "Enter", N_("Remind"),
	    N_("Write to the buyer with one of the texts"), PERM_ORDER_EDIT,
	    CMD_NEEDS_ROW, cmd_remind },
	{ "remind-answer", "a", N_("Answer"),
	    N_("Keep what the buyer said to the last reminder"),
	    PERM_ORDER_EDIT, CMD_NEEDS_ROW, cmd_answer },
	{ "remind-open", "v", N_("Order"), N_("Look at the order"),
	    PERM_ORDER_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "remind-log", "l", N_("Written"),
	    N_("What was written to this buyer"), PERM_ORDER_VIEW,
	    CMD_NEEDS_ROW, cmd_log },
	{ "remind-tab", "Tab", N_("Others"),
	    N_("Those to be reminded now, or all that are unpaid"), PERM_NONE,
	    0, cmd_tab },
	{ "remind-texts", "t", N_("Texts"), N_("The texts to write with"),
	    PERM_ORDER_VIEW, 0, cmd_texts },
	{ "remind-figures", "f", N_("Figures"),
	    N_("How many paid after they were reminded, by agent and text"),
	    PERM_ORDER_VIEW, 0, cmd_figures },
	{ "remind-find", "/", N_("Find"), N_("Find an order in this list"),
	    PERM_NONE, 0, cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_reminders = {
	.name = "reminders",
	.title = N_("Reminders"),
	.go = "",
	.does = N_("Remind buyers who have not paid"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_reminders,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
};
