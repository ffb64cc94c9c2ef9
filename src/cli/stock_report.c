/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli_priv.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/stock_report.h"

/* Reports: printed, or into a file. */

struct report_args {
	const char *month, *from, *to, *at, *warehouse, *by, *path;
};

static int
read_day(struct cli *c, const char *what, const char *text, int64_t *day)
{
	if (day_parse_past(text, time_day(time_now()), day) != 0)
		return cli_misused(c, _("%s: there is no day %s"), what, text);
	return 0;
}

/* "2026-10": the first day of it, and the last. */
static int
read_month(struct cli *c, const char *text, struct stock_report_ask *ask)
{
	char first[16], next[16];
	int year, month, end = 0;

	if (sscanf(text, "%4d-%2d%n", &year, &month, &end) != 2 ||
	    text[end] != '\0' || month < 1 || month > 12)
		return cli_misused(
		    c, _("%s: there is no month %s"), "--month", text);
	snprintf(first, sizeof(first), "%04d-%02d-01", year, month);
	snprintf(next, sizeof(next), "%04d-%02d-01",
	    month == 12 ? year + 1 : year, month % 12 + 1);
	if (day_parse(first, 0, &ask->from) != 0 ||
	    day_parse(next, 0, &ask->to) != 0)
		return cli_misused(
		    c, _("%s: there is no month %s"), "--month", text);
	ask->to--;
	return 0;
}

static int
read_period(
    struct cli *c, const struct report_args *a, struct stock_report_ask *ask)
{
	char month[TIME_SIZE];
	int rc = 0;

	if ((a->month != NULL) + (a->at != NULL) +
		(a->from != NULL || a->to != NULL) >
	    1)
		return cli_misused(
		    c, _("One of --month, --at, and --from with --to"));
	ask->to = time_day(time_now());
	if (a->month != NULL)
		return read_month(c, a->month, ask);
	if (a->at != NULL) {
		rc = read_day(c, "--at", a->at, &ask->to);
		ask->from = ask->to;
		return rc;
	}
	if (a->to != NULL)
		rc = read_day(c, "--to", a->to, &ask->to);
	if (rc == 0 && a->from != NULL)
		return read_day(c, "--from", a->from, &ask->from);
	if (rc == 0) { /* since the first of the month */
		day_text(ask->to, month);
		memcpy(month + 8, "01", 3);
		rc = read_day(c, "--from", month, &ask->from);
	}
	return rc;
}

static int
read_by(struct cli *c, const char *by, struct stock_report_ask *ask)
{
	if (by == NULL || strcmp(by, "product") == 0)
		return 0;
	if (ask->kind == REPORT_VALUE && strcmp(by, "warehouse") == 0)
		ask->by = REPORT_BY_WAREHOUSE;
	else if (ask->kind == REPORT_VALUE && strcmp(by, "category") == 0)
		ask->by = REPORT_BY_CATEGORY;
	else if (ask->kind == REPORT_ABC && strcmp(by, "pieces") == 0)
		ask->measure = REPORT_BY_PIECES;
	else if (ask->kind == REPORT_ABC && strcmp(by, "cost") == 0)
		ask->measure = REPORT_BY_COST;
	else if (ask->kind != REPORT_ABC || strcmp(by, "sales") != 0)
		return cli_misused(c, _("%s cannot be by %s"),
		    stock_report_name(ask->kind), by);
	return 0;
}

/* The fields that are sums; ends with name NULL. */
static const struct rec_field *
sums(struct cli *c, const struct stock_report *r)
{
	struct rec_field *f =
	    arena_alloc(&c->arena, STOCK_REPORT_COLS * sizeof(*f));
	size_t i, n = 0;

	for (i = 0; r->fields[i].name != NULL; i++)
		if (stock_report_sums(r, &r->fields[i]))
			f[n++] = r->fields[i];
	return f;
}

static void
tell(struct cli *c, const struct stock_report *r)
{
	const struct page rows = { .rows = r->rows,
		.n = r->n,
		.cap = r->n,
		.row_size = sizeof(*r->rows) };
	char when[80];
	size_t i;

	if (c->opts.format == FORMAT_CSV) {
		out_list_begin(c, r->fields);
		out_list_rows(c, &rows);
		out_list_end(c);
		return;
	}
	out_begin(c);
	out_text(c, "report", _("Report"), stock_report_title(r->ask.kind));
	out_text(
	    c, "period", _("Period"), stock_report_when(r, when, sizeof(when)));
	for (i = 0; i < r->nfacts; i++)
		out_text(
		    c, r->facts[i].name, r->facts[i].label, r->facts[i].value);
	out_table(c, "rows", "", r->fields, &rows);
	out_table(c, "total", _("In all"), sums(c, r),
	    &(const struct page){ .rows = (void *)(uintptr_t)&r->total,
		.n = 1,
		.cap = 1,
		.row_size = sizeof(r->total) });
	out_end(c);
}

static int
write_file(struct cli *c, const struct stock_report *r, const char *path)
{
	const char *end = strrchr(path, '.');
	const struct print_job job = { .path = path };
	struct print_said said = { .printed = 0 };
	int rc;

	if (end != NULL && strcasecmp(end, ".pdf") == 0)
		rc = print_report(c->s, r, &job, &said);
	else
		rc = stock_report_file(
		    c->s, r, path, strcmp(i18n_lang(), "en") == 0);
	if (rc != 0)
		return cli_failed(c);
	if (said.warning[0] != '\0')
		cli_say(c, "%s", said.warning);
	out_sentence(
	    c, _("%s is in %s"), stock_report_title(r->ask.kind), path);
	if (!out_for_people(c)) {
		out_begin(c);
		out_text(c, "file", NULL, path);
		out_int(c, "rows", NULL, (int64_t)r->n);
		out_end(c);
	}
	return CLI_OK;
}

int
cmd_report(struct cli *c, int argc, char **argv)
{
	struct report_args a = { .month = NULL };
	const struct arg args[] = {
		{ .name = "--month", .value = &a.month },
		{ .name = "--from", .value = &a.from },
		{ .name = "--to", .value = &a.to },
		{ .name = "--at", .value = &a.at },
		{ .name = "--warehouse", .value = &a.warehouse },
		{ .name = "--by", .value = &a.by },
		{ .name = "-o", .value = &a.path },
		{ 0 },
	};
	struct stock_report_ask ask = { .from = 0 };
	struct stock_report r = { .n = 0 };
	struct arg_list rest;
	int kind, rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc != 0)
		return rc;
	if ((kind = stock_report_named(rest.v[0])) < 0)
		return cli_misused(c, _("There is no report %s"), rest.v[0]);
	ask.kind = (enum stock_report_kind)kind;
	if ((rc = cli_session(c)) != 0 ||
	    (rc = read_period(c, &a, &ask)) != 0 ||
	    (rc = read_by(c, a.by, &ask)) != 0)
		return rc;
	if (a.warehouse != NULL &&
	    warehouse_find(c->s, a.warehouse, &ask.warehouse_id) != 0)
		return cli_failed(c);
	if (stock_report(c->s, &ask, &r) != 0)
		rc = cli_failed(c);
	else if (a.path != NULL && strcmp(a.path, "-") != 0)
		rc = write_file(c, &r, a.path);
	else
		tell(c, &r);
	stock_report_free(&r);
	return rc;
}
