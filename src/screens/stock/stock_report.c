/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/stock_report.h"
#include "shopmgr/tui/chart.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The reports on the stock: a table, beneath it what it comes to. */

#define PANEL      7  /* lines beneath the list */
#define PANEL_FROM 17 /* on screens with so many lines */
#define PLACES     30

struct state {
	struct list list;
	struct stock_report_ask ask;
	/* The report, and the one before, whose texts the table may show until
	 * it has read the new one. */
	struct stock_report r, before;
	struct column columns[STOCK_REPORT_COLS + 1];
	struct table_source source;
	char warehouse[NAME_ROOM]; /* "": all */
	char subtitle[NAME_ROOM + 80];
};

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct stock_report_row *r = row;
	const struct rec_field *f = &r->fields[col];
	const char *at = (const char *)row + f->offset, *text;
	int64_t n;

	if (f->type == REC_TEXT) {
		memcpy(&text, at, sizeof(text));
		copy_text(buf, size, text);
		return;
	}
	memcpy(&n, at, sizeof(n));
	if (f->type == REC_MONEY)
		show_money_or_none(buf, size, n);
	else if (f->type == REC_TIME)
		show_when(buf, size, n);
	else if (f->type == REC_BOOL)
		copy_text(buf, size, n != 0 ? _("Late") : "");
	else if (n != 0)
		show_count(buf, size, n);
	if (n < 0 || (f->type == REC_BOOL && n != 0))
		*style = STYLE_WARN;
}

/* Are its rows of several warehouses? Then they are told apart at any width. */
static bool
is_of_several(const struct stock_report *r)
{
	size_t i;

	for (i = 1; i < r->n && r->rows[0].warehouse != NULL; i++)
		if (strcmp(r->rows[i].warehouse, r->rows[0].warehouse) != 0)
			return true;
	return false;
}

/* What a narrow screen keeps. */
static bool
is_main(const struct rec_field *f, bool several)
{
	static const char *const names[] = { "sku_code", "name", "on_hand",
		"value", "opening", "closing", "closing_value", "older", "days",
		"cost", "sales", "sold", "days_of_stock", "class", "percent",
		"slip_no", "rest", "hours", "late" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(f->name, names[i]) == 0)
			return true;
	return several && strcmp(f->name, "warehouse") == 0;
}

static struct column
column_of(const struct rec_field *f, int drop, bool several)
{
	struct column c = { .title = f->label, .width = 8 };

	if (strcmp(f->name, "received") == 0 ||
	    strcmp(f->name, "shipped") == 0 ||
	    (several && strcmp(f->name, "closing_value") == 0))
		c.drop = 1;
	else if (!is_main(f, several))
		c.drop = drop;
	if (stock_report_is_figure(f))
		c.flags = COLUMN_RIGHT;
	if (f->type == REC_MONEY)
		c.width = 10;
	else if (strcmp(f->name, "category") == 0)
		c.grow = 1;
	else if (several && strcmp(f->name, "warehouse") == 0)
		c.width = 9;
	else if (strcmp(f->name, "class") == 0)
		c.width = 5;
	if (strcmp(f->name, "sku_code") == 0)
		c = (struct column){ f->label, 10, 1, 0, COLUMN_WHOLE, 0 };
	else if (strcmp(f->name, "name") == 0)
		c = (struct column){ f->label, 12, 3, 0, COLUMN_ENDS, 0 };
	else if (strcmp(f->name, "slip_no") == 0)
		c = (struct column){ f->label, 10, 0, 0, COLUMN_WHOLE, 0 };
	return c;
}

static int
fetch_all(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	page_init(out, sizeof(*st->r.rows), st->r.n);
	for (size_t i = 0; i < st->r.n; i++)
		*(struct stock_report_row *)page_add(out) = st->r.rows[i];
	page_window(out, dir, from != NULL ? *(const int64_t *)from : 0, limit);
	return 0;
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return list_sieve(arg, &st->source, fetch_all, dir, from, limit, out);
}

/* The columns that this report has, in place of those of the one before. */
static void
columns_of(struct state *st)
{
	bool several = is_of_several(&st->r);
	const struct rec_field *f;
	size_t n = 0;

	for (f = st->r.fields; f->name != NULL; f++, n++)
		st->columns[n] = column_of(f, (int)n + 1, several);
	st->columns[n] = (struct column){ .title = NULL };
	st->source = (struct table_source){
		.columns = st->columns,
		.row_size = sizeof(struct stock_report_row),
		.fetch = fetch,
		.id = list_row_id,
		.cell = cell,
	};
}

static int
read_report(struct screen *sc)
{
	struct state *st = sc->state;
	struct stock_report r;
	char when[80];
	int rc = stock_report(session_of(sc), &st->ask, &r);

	if (rc < 0) {
		stock_report_free(&r);
		return rc;
	}
	stock_report_free(&st->before);
	st->before = st->r;
	st->r = r;
	snprintf(st->subtitle, sizeof(st->subtitle), "%s · %s",
	    stock_report_when(&st->r, when, sizeof(when)),
	    st->warehouse[0] != '\0' ? st->warehouse : _("all warehouses"));
	return 0;
}

static const struct list_kind kind;

/* Another report, or of another time or place. */
static int
begin(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = read_report(sc);

	if (rc < 0)
		return rc;
	columns_of(st);
	list_seek_end(sc);
	list_open(sc, &kind, &st->source, stock_report_name(st->ask.kind));
	return list_restart(sc);
}

static int
open_report(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;
	int64_t today = time_day(time_now());

	(void)arg;
	st->ask = (struct stock_report_ask){ .from = today - 29, .to = today };
	return begin(sc);
}

static void
close_report(struct screen *sc)
{
	struct state *st = sc->state;

	list_close(sc);
	stock_report_free(&st->r);
	stock_report_free(&st->before);
}

static int
refresh(struct screen *sc)
{
	int rc = read_report(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

/* --- what is drawn --- */

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct tab tabs[REPORT_KINDS] = { { _("Value"), -1 },
		{ _("Ledger"), -1 }, { _("Age"), -1 }, { _("Dead"), -1 },
		{ _("Turnover"), -1 }, { _("ABC"), -1 }, { _("Shelf"), -1 } };

	draw_tabs(c, r.y, r.x, r.w, tabs, REPORT_KINDS, (size_t)st->ask.kind);
}

static const char *
empty(struct screen *sc)
{
	const struct state *st = sc->state;

	if (st->list.finder.on)
		return list_nothing_fits(sc);
	return st->ask.kind == REPORT_DEAD ? _("No stock is dead.")
					   : _("There is nothing to report.");
}

/* "In all: On hand 23 · Value 111.50": as much as there is room for. */
/* Returns how many lines it takes. @c NULL: nothing is drawn. */
static int
draw_total(const struct stock_report *r, struct canvas *c, struct rect line)
{
	char text[100], n[MONEY_SIZE];
	const struct rec_field *f;
	int x = line.x, lines = 1, w;
	int64_t v;

	if (r->n > 0 && c != NULL)
		canvas_text(c, line.y, x, line.w, STYLE_STRONG, _("In all"));
	x += text_width(_("In all"));
	for (f = r->fields; r->n > 0 && f->name != NULL; f++) {
		if (!stock_report_sums(r, f))
			continue;
		memcpy(&v, (const char *)&r->total + f->offset, sizeof(v));
		if (v == 0)
			continue;
		snprintf(text, sizeof(text), "%s %s", _(f->label),
		    f->type == REC_MONEY ? money_show(v, n) : count_show(v, n));
		w = text_width(text) + 2;
		if (x + w > line.x + line.w) {
			line.y++;
			x = line.x - 2;
			lines++;
		}
		if (c != NULL)
			canvas_text(c, line.y, x + 2, line.x + line.w - x - 2,
			    STYLE_STRONG, text);
		x += w;
	}
	return lines;
}

static void
draw_bars(const struct stock_report *r, struct canvas *c, struct rect at)
{
	struct chart_bar bars[STOCK_REPORT_BARS];
	char texts[STOCK_REPORT_BARS][MONEY_SIZE];
	size_t i;

	for (i = 0; i < r->nbars; i++)
		bars[i] = (struct chart_bar){ .label = r->bars[i].label,
			.value = r->bars[i].value,
			.text = r->money
				    ? money_show(r->bars[i].value, texts[i])
				    : count_show(r->bars[i].value, texts[i]),
			.style = STYLE_ACCENT };
	chart_bars(c, at, bars, r->nbars);
}

/* Beside the bars: how the value went, or the facts. */
static void
draw_beside(const struct stock_report *r, struct canvas *c, struct rect at)
{
	const char *labels[STOCK_REPORT_FACTS + 1] = { NULL };
	struct facts f;
	size_t i;

	if (r->nspark > 0) {
		canvas_text(
		    c, at.y, at.x, at.w, STYLE_LABEL, _("Value every 30 days"));
		chart_spark(
		    c, at.y + 1, at.x, at.w, STYLE_ACCENT, r->spark, r->nspark);
		return;
	}
	if (r->nfacts == 0)
		return;
	for (i = 0; i < r->nfacts; i++)
		labels[i] = r->facts[i].label;
	facts_begin(&f, c, at, labels);
	for (i = 0; i < r->nfacts; i++)
		fact(&f, r->facts[i].label, r->facts[i].value, STYLE_TEXT);
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct stock_report *rp = &st->r;
	struct rect total = { 0, r.x + 1, 1, r.w - 2 };
	int n = draw_total(rp, NULL, total);
	struct rect panel = { r.y + r.h - PANEL - (n - 1), r.x + 1, PANEL - 2,
		r.w - 2 };
	bool beside = rp->nspark > 0 || rp->nfacts > 0;

	if (r.h < PANEL_FROM) {
		list_draw(sc, c, r);
		return;
	}
	r.h -= PANEL + (n - 1);
	list_draw(sc, c, r);
	canvas_rule(c, panel.y, r.x, r.w);
	total.y = panel.y + 1;
	panel.y += 1 + draw_total(rp, c, total);
	if (beside) {
		int left = panel.w * (rp->nspark > 0 ? 4 : 3) / 6;

		draw_beside(rp, c,
		    (struct rect){ panel.y, panel.x + left + 2, panel.h,
			panel.w - left - 2 });
		panel.w = left;
	}
	draw_bars(rp, c, panel);
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->subtitle;
}

/* --- what can be done --- */

static int
turn(struct screen *sc, int by)
{
	struct state *st = sc->state;

	st->ask.kind = (enum stock_report_kind)(
	    ((int)st->ask.kind + REPORT_KINDS + by) % REPORT_KINDS);
	st->ask.by = REPORT_BY_PRODUCT;
	st->ask.measure = REPORT_BY_SALES;
	return begin(sc);
}

static int
cmd_next(struct screen *sc)
{
	return turn(sc, 1);
}

static int
cmd_back(struct screen *sc)
{
	return turn(sc, -1);
}

static int
ask_day(struct screen *sc, const char *label, int64_t *day)
{
	char text[TIME_SIZE];

	day_text(*day, text);
	if (!ui_ask(sc->ui, label, text, sizeof(text)))
		return 0;
	if (day_parse_past(text, time_day(time_now()), day) == 0)
		return 1;
	ui_complain(sc->ui, _("There is no day %s"), text);
	return 0;
}

/* Of the value the day alone; of the others the period. */
static int
cmd_period(struct screen *sc)
{
	struct state *st = sc->state;
	struct stock_report_ask ask = st->ask;

	if (ask.kind != REPORT_VALUE &&
	    ask_day(sc, _("From which day?"), &ask.from) == 0)
		return 0;
	if (ask_day(sc, _("To the end of which day?"), &ask.to) == 0)
		return 0;
	if (ask.from > ask.to && ask.kind == REPORT_VALUE)
		ask.from = ask.to - 29;
	if (ask.from > ask.to) {
		ui_complain(
		    sc->ui, "%s", _("The period ends before it begins"));
		return 0;
	}
	st->ask = ask;
	return begin(sc);
}

static int
cmd_warehouse(struct screen *sc)
{
	struct state *st = sc->state;
	const char *names[PLACES + 1] = { _("all warehouses") };
	const struct warehouse *w;
	struct page page;
	size_t i, now = 0;
	int rc, at;

	rc = warehouse_page(session_of(sc), PAGE_FIRST, NULL, PLACES, &page);
	if (rc < 0)
		return rc;
	for (i = 0; i < page.n; i++) {
		w = page_row(&page, i);
		names[i + 1] = w->name;
		if (w->id == st->ask.warehouse_id)
			now = i + 1;
	}
	at = ui_pick(sc->ui, _("Warehouse"), names, page.n + 1, (int)now);
	if (at >= 0) {
		w = at > 0 ? page_row(&page, (size_t)at - 1) : NULL;
		st->ask.warehouse_id = w != NULL ? w->id : 0;
		copy_text(st->warehouse, sizeof(st->warehouse),
		    w != NULL ? w->name : "");
	}
	page_free(&page);
	return at >= 0 ? begin(sc) : 0;
}

static int
cmd_by(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->ask.kind == REPORT_VALUE)
		st->ask.by = (enum stock_report_by)(
		    ((int)st->ask.by + 1) % (REPORT_BY_CATEGORY + 1));
	else
		st->ask.measure = (enum stock_report_measure)(
		    ((int)st->ask.measure + 1) % REPORT_MEASURES);
	return begin(sc);
}

static int
cmd_ledger(struct screen *sc)
{
	const struct stock_report_row *row = list_row(sc);
	const struct ledger_arg arg = { .variant_id = row->variant_id,
		.name = row->name };

	if (row->variant_id != 0)
		return ui_open(sc->ui, "ledger", &arg);
	ui_say(sc->ui, "%s", _("This row is of several products."));
	return 0;
}

static int
cmd_file(struct screen *sc)
{
	const char *const kinds[] = { ".xlsx", ".csv" };
	const struct app *app = sc->app;
	const struct state *st = sc->state;
	char path[PRINT_PATH];
	int at = ui_pick(sc->ui, _("Which kind of file?"), kinds, 2, 0), rc;

	if (at < 0)
		return 0;
	rc = exchange_path(session_of(sc), app->exchange,
	    stock_report_name(st->ask.kind), kinds[at] + 1, path, sizeof(path));
	if (rc == 0)
		rc = stock_report_file(session_of(sc), &st->r, path, false);
	if (rc == 0)
		ui_say(sc->ui, _("%s is in %s"),
		    stock_report_title(st->ask.kind), path);
	return rc;
}

static int
cmd_print(struct screen *sc)
{
	const struct app *app = sc->app;
	const struct state *st = sc->state;
	const struct print_job job = { .dir = app->exchange, .copies = 1 };
	struct print_said said;
	int rc = print_report(session_of(sc), &st->r, &job, &said);

	if (rc < 0)
		return rc;
	if (said.warning[0] != '\0')
		ui_complain(sc->ui, "%s", said.warning);
	else
		ui_say(sc->ui, _("%s is in %s"),
		    stock_report_title(st->ask.kind),
		    said.queue[0] != '\0' ? said.queue : said.path);
	return 0;
}

/* Only where it would do something. */
static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;

	if (cmd->run == cmd_by && st->ask.kind != REPORT_VALUE &&
	    st->ask.kind != REPORT_ABC)
		return NULL;
	if (cmd->run == cmd_period &&
	    (st->ask.kind == REPORT_AGEING || st->ask.kind == REPORT_DEAD))
		return NULL;
	return cmd->label;
}

static const struct list_kind kind = {
	.hint = N_("code, item, warehouse"),
	.enter = cmd_ledger,
	.empty = empty,
	.head = head,
};

static const struct cmd cmds[] = {
	{ "report-ledger", "Enter", N_("Ledger"),
	    N_("What came and went of it"), PERM_STOCK_VIEW, CMD_NEEDS_ROW,
	    cmd_ledger },
	{ "report-next", "Tab Right", N_("Next tab"), N_("The next report"),
	    PERM_NONE, 0, cmd_next },
	{ "report-back", "Shift-Tab Left", NULL, N_("The report before"),
	    PERM_NONE, 0, cmd_back },
	{ "report-period", "p", N_("Period"),
	    N_("Of which days; of the value: at the end of which day"),
	    PERM_NONE, 0, cmd_period },
	{ "report-warehouse", "w", N_("Warehouse"),
	    N_("Of one warehouse, or of all"), PERM_NONE, 0, cmd_warehouse },
	{ "report-by", "b", N_("Group by"),
	    N_("The value by product, warehouse, category; classes by cost or "
	       "pieces"),
	    PERM_NONE, 0, cmd_by },
	{ "report-file", "x", N_("File"),
	    N_("Write the report to a file in the exchange folder"),
	    PERM_EXPORT, 0, cmd_file },
	{ "report-print", "P", N_("Print"), N_("Print the report"), PERM_NONE,
	    0, cmd_print },
	{ "report-find", "/", N_("Find"), N_("Find a row of the report"),
	    PERM_NONE, 0, cmd_list_find },
	{ .name = NULL },
};

const struct screen_ops screen_stock_report = {
	.name = "stock-report",
	.title = N_("Stock reports"),
	.go = "",
	.does = N_("Value, age, turnover and ABC of stock"),
	.perm = PERM_STOCK_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_report,
	.close = close_report,
	.refresh = refresh,
	.key = list_key,
	.draw = draw,
	.has_row = list_has_row,
	.subtitle = subtitle,
	.typing = list_typing,
	.label = label,
};
