/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/shelf.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/transfers.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What is done to one transfer. */

struct form {
	char from[64], to[64], note[200];
	char sku[64], bin[NAME_ROOM];
	int64_t qty;
};

struct save {
	struct session *s;
	int64_t id, version;
	const struct page *lines; /* as they are */
	const char *sku;          /* the line that is changed; NULL: none */
};

/* clang-format off */
#define HEAD_FIELDS \
	{ FIELD_CHARS(struct form, from, FIELD_TEXT, N_("From warehouse"), 0), \
	    .hint = N_("empty: the main one") }, \
	{ FIELD_CHARS(struct form, to, FIELD_TEXT, N_("Into warehouse"), \
	    FIELD_REQUIRED), .hint = N_("a warehouse") }, \
	{ FIELD_CHARS(struct form, note, FIELD_TEXT, N_("Note"), 0) }
#define SKU_FIELD \
	{ FIELD_CHARS(struct form, sku, FIELD_TEXT, N_("Product"), \
	    FIELD_REQUIRED), .hint = N_("code or barcode") }

static const struct field new_fields[] = {
	HEAD_FIELDS,
	SKU_FIELD,
	{ FIELD_NUM(struct form, qty, FIELD_COUNT, N_("Pieces"),
	    FIELD_REQUIRED) },
	{ .name = NULL },
};
static const struct field head_fields[] = {
	HEAD_FIELDS,
	{ .name = NULL },
};
static const struct field line_fields[] = {
	SKU_FIELD,
	{ FIELD_NUM(struct form, qty, FIELD_COUNT, N_("Pieces"),
	    FIELD_REQUIRED), .hint = N_("0 takes it away") },
	{ .name = NULL },
};
static const struct field arrive_fields[] = {
	SKU_FIELD,
	{ FIELD_NUM(struct form, qty, FIELD_COUNT, N_("Pieces"),
	    FIELD_REQUIRED) },
	{ FIELD_CHARS(struct form, bin, FIELD_TEXT, N_("Bin"), 0),
	    .hint = N_("empty: of itself") },
	{ .name = NULL },
};
/* clang-format on */

static void
head_of(struct transfer_edit *e, const struct form *f)
{
	copy_text(e->from, sizeof(e->from), f->from);
	copy_text(e->to, sizeof(e->to), f->to);
	copy_text(e->note, sizeof(e->note), f->note);
}

static void
form_of(struct form *f, const struct transfer *t)
{
	copy_text(f->from, sizeof(f->from), t->from);
	copy_text(f->to, sizeof(f->to), t->to);
	copy_text(f->note, sizeof(f->note), t->note);
}

static int
save_new(void *arg, const void *record)
{
	const struct form *f = record;
	struct save *save = arg;
	struct transfer_piece line = { .qty = f->qty };
	struct transfer_edit e = { .lines = &line, .n = 1 };

	head_of(&e, f);
	copy_text(line.sku, sizeof(line.sku), f->sku);
	return transfer_add(save->s, &e, &save->id);
}

int
act_transfer_new(struct screen *sc, int64_t *id)
{
	struct save save = { .s = session_of(sc) };
	struct form f = { .qty = 1 };
	int rc =
	    ui_form(sc->ui, _("New transfer"), new_fields, &f, save_new, &save);

	if (rc > 0)
		*id = save.id;
	return rc < 0 ? rc : 0;
}

/* All lines as they are, but for the one that is changed. */
static int
save_lines(void *arg, const void *record)
{
	const struct form *f = record;
	const struct save *save = arg;
	const struct transfer_line *l;
	struct transfer_edit e = { .n = 0 };
	size_t i;
	int rc;

	head_of(&e, f);
	e.lines = xcalloc(save->lines->n + 1, sizeof(*e.lines));
	for (i = 0; i < save->lines->n; i++) {
		l = page_row(save->lines, i);
		if (save->sku != NULL && strcmp(l->sku_code, save->sku) == 0)
			continue;
		copy_text(e.lines[e.n].sku, sizeof(e.lines->sku), l->sku_code);
		e.lines[e.n++].qty = l->qty;
	}
	if (f->sku[0] != '\0' && (f->qty != 0 || save->sku == NULL)) {
		copy_text(e.lines[e.n].sku, sizeof(e.lines->sku), f->sku);
		e.lines[e.n++].qty = f->qty;
	}
	rc = transfer_save(save->s, save->id, save->version, &e);
	free(e.lines);
	return rc;
}

static int
edit(struct screen *sc, const char *title, const struct field *fields,
    struct form *f, const struct transfer *t, const char *sku)
{
	struct page lines;
	struct save save = { session_of(sc), t->id, t->version, &lines, sku };
	int rc = transfer_lines(save.s, save.id, &lines);

	if (rc < 0)
		return rc;
	form_of(f, t);
	rc = ui_form(sc->ui, title, fields, f, save_lines, &save);
	page_free(&lines);
	return rc < 0 ? rc : 0;
}

int
act_transfer_head(struct screen *sc, const struct transfer *t)
{
	struct form f = { .qty = 0 };

	return edit(sc, _("Transfer"), head_fields, &f, t, NULL);
}

int
act_transfer_line(
    struct screen *sc, const struct transfer *t, const struct transfer_line *l)
{
	struct form f = { .qty = 1 };
	char sku[64] = "";

	if (l != NULL) {
		copy_text(sku, sizeof(sku), l->sku_code);
		copy_text(f.sku, sizeof(f.sku), sku);
		f.qty = l->qty;
	}
	return edit(sc,
	    l != NULL ? _("Line of the transfer") : _("One more product"),
	    line_fields, &f, t, l != NULL ? sku : NULL);
}

int
act_transfer_send(struct screen *sc, const struct transfer *t)
{
	int64_t id = t->id, slip_id;
	char no[32];
	int rc;

	copy_text(no, sizeof(no), t->transfer_no);
	if (!ui_confirm(sc->ui, _("Send"),
		_("Send %s: all its goods leave %s?"), no, t->from))
		return 0;
	rc = transfer_send(session_of(sc), id, &slip_id);
	if (rc == 0)
		ui_say(sc->ui, _("%s is under way."), no);
	return rc;
}

static int
save_arrival(void *arg, const void *record)
{
	const struct form *f = record;
	const struct save *save = arg;
	struct transfer_piece line = { .qty = f->qty };
	int64_t slip_id;

	copy_text(line.sku, sizeof(line.sku), f->sku);
	return transfer_arrive(save->s, save->id, &line, 1, f->bin, &slip_id);
}

static int
arrive_all(struct screen *sc, const struct transfer *t)
{
	int64_t id = t->id, slip_id;
	char no[32];
	int rc;

	copy_text(no, sizeof(no), t->transfer_no);
	if (!ui_confirm(sc->ui, _("Arrived"),
		ngettext("Is all of %s there, the last %lld piece?",
		    "Is all of %s there, the last %lld pieces?",
		    (unsigned long)t->open),
		no, (long long)t->open))
		return 0;
	rc = transfer_arrive(session_of(sc), id, NULL, 0, "", &slip_id);
	if (rc == 0)
		ui_say(sc->ui, _("%s has arrived."), no);
	return rc;
}

int
act_transfer_arrive(
    struct screen *sc, const struct transfer *t, const char *code)
{
	struct save save = { .s = session_of(sc), .id = t->id };
	struct form f = { .qty = 1 };
	int rc;

	if (code == NULL)
		return arrive_all(sc, t);
	copy_text(f.sku, sizeof(f.sku), code);
	rc = ui_form(sc->ui, _("What has arrived"), arrive_fields, &f,
	    save_arrival, &save);
	if (rc > 0)
		ui_say(sc->ui, _("%s: %lld there."), f.sku, (long long)f.qty);
	return rc < 0 ? rc : 0;
}

int
act_transfer_lose(struct screen *sc, const struct transfer *t)
{
	char no[32], reason[200] = "", label[120];
	int64_t id = t->id, slip_id;
	int rc;

	copy_text(no, sizeof(no), t->transfer_no);
	snprintf(label, sizeof(label),
	    ngettext("%s: why does %lld piece never arrive?",
		"%s: why do %lld pieces never arrive?", (unsigned long)t->open),
	    no, (long long)t->open);
	if (!ui_ask(sc->ui, label, reason, sizeof(reason)))
		return 0;
	rc = transfer_lose(session_of(sc), id, reason, &slip_id);
	if (rc == 0)
		ui_say(sc->ui, _("%s: what was lost is written off."), no);
	return rc;
}

int
act_transfer_cancel(struct screen *sc, const struct transfer *t)
{
	char no[32], reason[200] = "", label[120];
	int64_t id = t->id;
	int rc;

	copy_text(no, sizeof(no), t->transfer_no);
	snprintf(label, sizeof(label), _("%s: why is it cancelled?"), no);
	if (!ui_ask(sc->ui, label, reason, sizeof(reason)))
		return 0;
	rc = transfer_cancel(session_of(sc), id, reason);
	if (rc == 0)
		ui_say(sc->ui, _("%s is cancelled."), no);
	return rc;
}

const char *
transfer_label(const struct cmd *cmd, const struct transfer *t)
{
	const int64_t state = t != NULL ? t->state : -1;
	const struct {
		const char *name;
		bool now;
	} acts[] = {
		{ "transfer-send", state == TRANSFER_WRITTEN },
		{ "transfer-add-line", state == TRANSFER_WRITTEN },
		{ "transfer-edit-line", state == TRANSFER_WRITTEN },
		{ "transfer-edit", state == TRANSFER_WRITTEN },
		{ "transfer-arrive", state == TRANSFER_SENT },
		{ "transfer-some", state == TRANSFER_SENT },
		{ "transfer-lose", state == TRANSFER_SENT },
		{ "transfer-cancel",
		    state == TRANSFER_WRITTEN || state == TRANSFER_SENT },
		{ "transfer-print",
		    state == TRANSFER_SENT || state == TRANSFER_ARRIVED },
	};
	size_t i;

	for (i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (strcmp(acts[i].name, cmd->name) == 0)
			return acts[i].now ? cmd->label : NULL;
	return cmd->label;
}
