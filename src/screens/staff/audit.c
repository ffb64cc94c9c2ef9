/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "audit.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What was done, by whom and when: the whole log, or one record's history. */

struct state {
	struct list list;
	struct audit_view view;
};

/* An entry with its record's name, which is looked up once a page. */
struct entry {
	struct audit_row row;
	const char *record;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("When"), 11, 0, 0, 0, 0 },
	{ N_("Who"), 6, 2, 0, 0, 0 },
	{ N_("Action"), 14, 2, 0, 0, 0 },
	{ N_("Record"), 22, 0, 0, 0, 0 },
	{ N_("Detail"), 14, 7, 0, 0, 0 },
	{ N_("Approver"), 8, 1, 1, 0, 0 },
	{ .title = NULL },
};
static const struct column history_columns[] = {
	{ N_("When"), 11, 0, 0, 0, 0 },
	{ N_("Who"), 8, 1, 0, 0, 0 },
	{ N_("Action"), 14, 1, 0, 0, 0 },
	{ N_("Detail"), 12, 6, 0, 0, 0 },
	{ N_("Approver"), 8, 0, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */
enum col { COL_WHEN, COL_WHO, COL_WHAT, COL_RECORD, COL_DETAIL, COL_APPROVED };

/* Day and minute, with the year where it is another one; an entry itself tells
 * the second. */
static void
show_time(char *buf, size_t size, int64_t t)
{
	char full[TIME_SIZE], now[TIME_SIZE];

	time_full(t, full);
	time_full(time_now(), now);
	if (strncmp(full, now, 4) == 0)
		snprintf(buf, size, "%.11s", full + 5);
	else
		snprintf(buf, size, "%.10s", full);
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct entry *e = row;
	const struct audit_row *a = &e->row;

	switch ((enum col)col) {
	case COL_WHEN:
		show_time(buf, size, a->at);
		break;
	case COL_WHO:
		copy_text(buf, size,
		    a->staff[0] != '\0' ? a->staff : _("the program"));
		break;
	case COL_WHAT:
		copy_text(buf, size, audit_op_text(a->op));
		break;
	case COL_RECORD:
		copy_text(buf, size, e->record);
		break;
	case COL_DETAIL:
		/* Not twice what the record is called. */
		if (strcmp(a->detail, e->record) != 0)
			show_detail(buf, size, a);
		break;
	case COL_APPROVED:
		*style = STYLE_ACCENT;
		copy_text(buf, size, a->approved);
		break;
	}
}

static void
history_cell(
    const void *row, int col, char *buf, size_t size, enum style *style)
{
	cell(row, col < COL_RECORD ? col : col + 1, buf, size, style);
}

/* Rows of the log, to entries of their own page. */
static int
name_records(struct session *s, const struct page *rows, struct page *out)
{
	char name[256];
	size_t i;
	int rc = 0;

	page_init(out, sizeof(struct entry), rows->n);
	for (i = 0; rc == 0 && i < rows->n; i++) {
		const struct audit_row *a = page_row(rows, i);
		struct entry *e = page_add(out);

		rc = audit_subject(s, a, name, sizeof(name));
		e->row = (struct audit_row){
			.id = a->id, .at = a->at, .subject = a->subject
		};
		e->row.staff = arena_strdup(&out->arena, a->staff);
		e->row.op = arena_strdup(&out->arena, a->op);
		e->row.kind = arena_strdup(&out->arena, a->kind);
		e->row.detail = arena_strdup(&out->arena, a->detail);
		e->row.approved = arena_strdup(&out->arena, a->approved);
		e->record = arena_strdup(&out->arena, rc == 0 ? name : "");
	}
	if (rc < 0)
		page_free(out);
	return rc;
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	struct audit_filter filter = audit_filter_of(&st->view);
	struct page rows = { 0 };
	int rc;

	rc = audit_list(session_of(sc), &filter, dir, from, limit, &rows);
	if (rc == 0)
		rc = name_records(session_of(sc), &rows, out);
	page_free(&rows);
	return rc;
}

/* A record's own is for all who see the record. */
static int
fetch_record(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	struct page rows = { 0 };
	int rc;

	rc = audit_page(session_of(sc), st->view.kind, st->view.subject, dir,
	    from, limit, &rows);
	if (rc == 0)
		rc = name_records(session_of(sc), &rows, out);
	page_free(&rows);
	return rc;
}

static const struct table_source history_source;

static int
fetch_history(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	return list_sieve(
	    arg, &history_source, fetch_record, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct entry),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static const struct table_source history_source = {
	.columns = history_columns,
	.row_size = sizeof(struct entry),
	.fetch = fetch_history,
	.id = list_row_id,
	.cell = history_cell,
};

static const char *
empty(struct screen *sc)
{
	const struct list *l = sc->state;

	if (l->finder.on)
		return list_nothing_fits(sc);
	return sc->ops == &screen_audit
		   ? _("Nothing of the log fits. / asks for something else.")
		   : _("Nothing was done by hand yet.");
}

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char text[300];
	int x = r.x;

	audit_view_text(&st->view, text, sizeof(text));
	x += canvas_text(c, r.y, x, r.w, STYLE_LABEL, _("Filter:")) + 2;
	canvas_text(c, r.y, x, r.x + r.w - x,
	    text[0] != '\0' ? STYLE_ACCENT : STYLE_DIM,
	    text[0] != '\0' ? text : _("the whole log"));
}

/* What files tell of the columns. */
static const char *const fields[] = { "at", "staff", "op", "kind;subject",
	"detail", "approved" };
static const char *const history_fields[] = { "at", "staff", "op", "detail",
	"approved" };

static const struct list_kind log_kind = {
	.record = "audit",
	.fields = fields,
	.empty = empty,
	.head = head,
};
static const struct list_kind history_kind = {
	.record = "audit",
	.fields = history_fields,
	.hint = N_("who, action, words of the detail"),
	.empty = empty,
};

static void
look_at(struct state *st, const struct audit_arg *a)
{
	st->view = (struct audit_view){ .subject = a->subject };
	copy_text(st->view.kind, sizeof(st->view.kind), a->kind);
	copy_text(st->view.record, sizeof(st->view.record), a->name);
}

static int
open_audit(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	if (arg != NULL)
		look_at(st, arg);
	list_open(sc, &log_kind, &source, "audit");
	return list_restart(sc);
}

static int
open_record(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	look_at(st, arg);
	list_open(sc, &history_kind, &history_source, "history");
	return list_restart(sc);
}

int
open_history(
    struct screen *sc, const char *kind, int64_t subject, const char *name)
{
	struct audit_arg arg = { kind, subject, name };

	return ui_open(sc->ui, "history", &arg);
}

/* All of an entry, for what is cut in the list. */
static int
cmd_entry(struct screen *sc)
{
	const struct entry *e = list_row(sc);

	tell_entry(sc, &e->row, e->record);
	return 0;
}

/* To the record itself, where it has a screen. */
static int
cmd_open(struct screen *sc)
{
	const struct entry *e = list_row(sc);
	struct order_arg order = { .id = e->row.subject };
	struct customer_arg customer = { .id = e->row.subject };
	struct stock_arg stock = { .code = e->record };
	struct staff_arg staff = { .id = e->row.subject };
	const char *kind = e->row.kind;

	if (strcmp(kind, "order") == 0)
		return ui_open(sc->ui, "order", &order);
	if (strcmp(kind, "customer") == 0)
		return ui_open(sc->ui, "customer", &customer);
	if (strcmp(kind, "variant") == 0 && e->record[0] != '\0')
		return ui_open(sc->ui, "stock", &stock);
	if (strcmp(kind, "staff") == 0 && e->row.subject != 0)
		return ui_open(sc->ui, "staff", &staff);
	if (strcmp(kind, "role") == 0)
		return ui_open(sc->ui, "roles", NULL);
	return cmd_entry(sc);
}

static int
cmd_filter(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = audit_ask(sc, &st->view);

	return rc <= 0 ? rc : list_restart(sc);
}

static int
cmd_all(struct screen *sc)
{
	struct state *st = sc->state;

	st->view = (struct audit_view){ .since = 0 };
	return list_restart(sc);
}

static int
cmd_history(struct screen *sc)
{
	const struct entry *e = list_row(sc);

	if (e->row.subject == 0)
		return cmd_entry(sc);
	return open_history(sc, e->row.kind, e->row.subject, e->record);
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->view.record;
}

static bool
is_filtered(const struct state *st)
{
	char text[300];

	return audit_view_text(&st->view, text, sizeof(text))[0] != '\0';
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	if (cmd->run == cmd_all && !is_filtered(sc->state))
		return NULL;
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "audit-open", "Enter", N_("Open"), N_("Open the record it was about"),
	    PERM_AUDIT_VIEW, CMD_NEEDS_ROW, cmd_open },
	{ "audit-filter", "/", N_("Filter"),
	    N_("Only of a person, an action, a record or some days"),
	    PERM_AUDIT_VIEW, 0, cmd_filter },
	{ "audit-all", "0", N_("All"), N_("The whole log again"),
	    PERM_AUDIT_VIEW, 0, cmd_all },
	{ "history", "H", N_("History"),
	    N_("Everything that was done to this record"), PERM_NONE,
	    CMD_NEEDS_ROW, cmd_history },
	{ "audit-entry", "i", N_("Entry"), N_("Read the whole entry"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_entry },
	{ .name = NULL },
};

static const struct cmd history_cmds[] = {
	{ "history-entry", "Enter i", N_("Entry"), N_("Read the whole entry"),
	    PERM_NONE, CMD_NEEDS_ROW, cmd_entry },
	{ "history-find", "/", N_("Find"),
	    N_("Find an entry by who, what or words of it"), PERM_NONE, 0,
	    cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_audit = {
	.name = "audit",
	.title = N_("Log"),
	.go = "F12",
	.does = N_("Who did what, and when"),
	.perm = PERM_AUDIT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_audit,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.label = label,
};

const struct screen_ops screen_history = {
	.name = "history",
	.title = N_("History"),
	.perm = PERM_NONE,
	.cmds = history_cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_record,
	.close = list_close,
	.refresh = list_refresh,
	.key = list_key,
	.draw = list_draw,
	.has_row = list_has_row,
	.typing = list_typing,
	.subtitle = subtitle,
};
