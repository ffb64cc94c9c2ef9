/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "../orders/order_acts.h"
#include "confirm_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/confirm.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/*
 * Confirming an order with the buyer: each fact is a row; those that are marked
 * are recorded together, and what is wrong is put right where it stands.
 */

struct state {
	struct list list;
	int64_t id;
	char order_no[64];
};

/* clang-format off */
static const struct column columns[] = {
	{ "", 2, 0, 0, 0, 0 },
	{ N_("Fact"), 21, 0, 0, 0, 0 },
	{ N_("As it stands"), 24, 4, 0, COLUMN_ENDS, 0 },
	{ N_("State"), 17, 0, 0, 0, 0 },
	{ N_("When"), 11, 0, 2, 0, 0 },
	{ N_("By"), 8, 1, 1, 0, 0 },
	{ N_("Channel"), 9, 0, 3, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static const char *
channel_text(const char *name)
{
	size_t i;

	for (i = 0; confirm_channels[i] != NULL; i++)
		if (strcmp(confirm_channels[i], name) == 0)
			return _(confirm_channel_texts[i]);
	return name;
}

static void
value(const struct confirm_fact *f, char *buf, size_t size, enum style *style)
{
	if (f->attr == ATTR_DIFFERS) {
		*style = STYLE_BAD;
		snprintf(buf, size, "%s ≠ %s", f->value, f->again);
	} else if (f->attr == ATTR_ONCE && f->value[0] == '\0') {
		*style = STYLE_DIM;
		copy_text(buf, size, _("typed by somebody else"));
	} else {
		copy_text(buf, size, f->value);
	}
}

static void
state_word(
    const struct confirm_fact *f, char *buf, size_t size, enum style *style)
{
	if (f->attr >= 0 && f->attr != ATTR_AGREED && f->needed) {
		*style = f->attr == ATTR_DIFFERS ? STYLE_BAD : STYLE_WARN;
		copy_text(buf, size, attr_state_text(f->attr));
	} else if (f->confirmed) {
		copy_text(buf, size, _("confirmed"));
	} else if (!f->needed) {
		*style = STYLE_DIM;
		copy_text(buf, size, _("not needed"));
	} else {
		*style = STYLE_WARN;
		copy_text(buf, size,
		    f->at != 0 ? _("no longer") : _("not confirmed"));
	}
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct confirm_fact *f = row;

	switch (col) {
	case 0:
		copy_text(buf, size, f->confirmed ? "✔" : "");
		*style = STYLE_GOOD;
		break;
	case 1:
		if (f->line_no != 0)
			snprintf(buf, size, "%lld %s", (long long)f->line_no,
			    f->title);
		else
			copy_text(buf, size, f->title);
		break;
	case 2:
		value(f, buf, size, style);
		break;
	case 3:
		state_word(f, buf, size, style);
		break;
	case 4:
		if (f->at != 0)
			show_when(buf, size, f->at);
		break;
	case 5:
		copy_text(buf, size, f->staff);
		break;
	case 6:
		copy_text(buf, size, channel_text(f->channel));
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct confirm_fact *last = from;
	int rc = confirm_facts(session_of(sc), st->id, out);

	if (rc == 0)
		page_window(out, dir, last != NULL ? last->id : 0, limit);
	return rc;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct confirm_fact),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	int64_t needed, confirmed;
	int w = canvas_text(c, r.y, r.x, r.w, STYLE_STRONG, st->order_no);

	if (confirm_stands(session_of(sc), st->id, &needed, &confirmed) < 0)
		return;
	if ((needed & ~confirmed) == 0)
		canvas_text(c, r.y, r.x + w + 2, r.w - w - 2, STYLE_GOOD,
		    _("Everything is confirmed with the buyer."));
	else
		canvas_text(c, r.y, r.x + w + 2, r.w - w - 2, STYLE_WARN,
		    _("Ask the buyer, mark what is right, and confirm it."));
}

/* What is read out to the buyer. */
static void
whole(const void *row, char *buf, size_t size)
{
	enum style style = STYLE_TEXT;

	value(row, buf, size, &style);
}

static const struct list_kind kind = {
	.head = head,
	.whole = whole,
};

static int
open_confirm(struct screen *sc, const void *arg)
{
	const struct order_arg *a = arg;
	struct state *st = sc->state;
	struct order_card card;
	int rc;

	st->id = a->id;
	if ((rc = order_card(session_of(sc), st->id, &card)) < 0)
		return rc;
	copy_text(st->order_no, sizeof(st->order_no), card.order.order_no);
	order_card_free(&card);
	list_open(sc, &kind, &source, "confirm");
	return list_restart(sc);
}

/* list_each() tells of the rows; what is done with them is done once. */
static int
collect(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	int64_t *bits = arg;

	(void)sc;
	(void)err;
	*bits |= id <= CONFIRM_ALL ? id : CONFIRM_ATTRS;
	return 0;
}

static void
fact_name(struct screen *sc, int64_t id, char *buf, size_t size)
{
	(void)sc;
	copy_text(
	    buf, size, confirm_text(id <= CONFIRM_ALL ? id : CONFIRM_ATTRS));
}

static void
said(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu fact is confirmed.", "%zu facts are confirmed.",
		(unsigned long)n),
	    n);
}

static int
ask_channel(struct screen *sc, const char **channel)
{
	const char *words[16];
	size_t n;
	int at;

	for (n = 0; n < 16 && confirm_channels[n] != NULL; n++)
		words[n] = _(confirm_channel_texts[n]);
	at = ui_pick(sc->ui, _("How did the buyer confirm it?"), words, n, 0);
	if (at < 0)
		return 0;
	*channel = confirm_channels[at];
	return 1;
}

struct answer {
	struct confirm_entry e;
	char note[200];
};

static bool
ask(struct screen *sc, struct answer *a)
{
	a->note[0] = '\0';
	a->e.note = a->note;
	return ask_channel(sc, &a->e.channel) &&
	       ui_ask(sc->ui, _("A note, if there is one:"), a->note,
		   sizeof(a->note));
}

static int
save(struct screen *sc, const struct answer *a)
{
	struct state *st = sc->state;
	int rc = confirm_save(session_of(sc), st->id, &a->e);

	if (rc == 0)
		ui_say(
		    sc->ui, "%s", _("What the buyer confirmed is recorded."));
	return rc < 0 ? rc : list_refresh(sc);
}

/* Asked before, as the marks go with the rows that are collected. */
static int
cmd_confirm(struct screen *sc)
{
	const struct confirm_fact *f = list_row(sc);
	struct answer a = { .e.what = 0 };
	const struct list_job job = { .doing = _("Confirming"),
		.one = collect,
		.name = fact_name,
		.said = said,
		.arg = &a.e.what };
	int rc = 0;

	if (!ask(sc, &a))
		return 0;
	if (list_marked(sc) > 0)
		rc = list_each(sc, &job);
	else
		a.e.what = f->bit;
	return rc < 0 ? rc : save(sc, &a);
}

static int
cmd_everything(struct screen *sc)
{
	struct state *st = sc->state;
	struct answer a = { .e.what = 0 };
	int64_t confirmed;
	int rc;

	rc = confirm_stands(session_of(sc), st->id, &a.e.what, &confirmed);
	if (rc < 0 || !ask(sc, &a))
		return rc;
	return save(sc, &a);
}

static int
put_right(struct screen *sc, int64_t bit)
{
	struct state *st = sc->state;
	struct order_card card;
	int rc = order_card(session_of(sc), st->id, &card);

	if (rc < 0)
		return rc;
	if (bit == CONFIRM_SHIP_DATE || bit == CONFIRM_DELIVERY)
		rc = act_terms(sc, &card.order);
	else
		rc = act_address(sc, &card.order);
	order_card_free(&card);
	return rc;
}

static int
cmd_edit(struct screen *sc)
{
	const struct confirm_fact *f = list_row(sc);
	struct state *st = sc->state;
	int rc;

	if (f->line_no != 0)
		rc = act_attr_correct(sc, st->id, f->line_no, f->name);
	else
		rc = put_right(sc, f->bit);
	return rc < 0 ? rc : list_refresh(sc);
}

static int
type(struct screen *sc, bool again)
{
	const struct confirm_fact *f = list_row(sc);
	struct state *st = sc->state;
	int rc = act_attrs_type(sc, st->id, f->line_no, again);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
cmd_type(struct screen *sc)
{
	return type(sc, false);
}

static int
cmd_again(struct screen *sc)
{
	return type(sc, true);
}

static int
cmd_place(struct screen *sc)
{
	const struct confirm_fact *f = list_row(sc);
	struct state *st = sc->state;
	int rc = act_place_line(sc, st->id, f->line_no);

	return rc < 0 ? rc : list_refresh(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct confirm_fact *f = list_row(sc);
	bool made = f != NULL && f->line_no != 0;

	if (cmd->run == cmd_type || cmd->run == cmd_again ||
	    cmd->run == cmd_place)
		return made ? cmd->label : NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "confirm-save", "c", N_("Confirm"),
	    N_("Record that the buyer confirmed this, or what is marked"),
	    PERM_ORDER_EDIT, CMD_NEEDS_ROW | CMD_MANY, cmd_confirm },
	{ "confirm-all", "A", N_("All"),
	    N_("Record that the buyer confirmed everything"), PERM_ORDER_EDIT,
	    CMD_NEEDS_ROW, cmd_everything },
	{ "confirm-edit", "e Enter", N_("Put right"),
	    N_("Put right what the buyer says is wrong"), PERM_ORDER_EDIT,
	    CMD_NEEDS_ROW, cmd_edit },
	{ "attrs-type", "t", N_("Type in"),
	    N_("Type what is to be made of this line"), PERM_ORDER_EDIT,
	    CMD_NEEDS_ROW, cmd_type },
	{ "attrs-again", "a", N_("Again"),
	    N_("Type it a second time, without a sight of the first"),
	    PERM_ORDER_EDIT, CMD_NEEDS_ROW, cmd_again },
	{ "attrs-place", "p", N_("Place it"),
	    N_("Place the production order of this line with a maker"),
	    PERM_PRODUCTION_EDIT, CMD_NEEDS_ROW, cmd_place },
	{ .name = NULL },
};

const struct screen_ops screen_confirm = {
	.name = "confirm",
	.title = N_("Confirm with the buyer"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_confirm,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.label = label,
};
