/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "purchase.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/stocktake.h"
#include "stock_cli.h"

/* Counting the stock. */

#define CODES_MAX 500

/* COUNT and what else there is, then the session and the id. */
static int
begin(struct cli *c, int argc, char **argv, const struct arg *args, size_t min,
    size_t max, struct arg_list *rest, int64_t *id)
{
	int rc = args_parse(c, argc, argv, args, min, max, rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return stocktake_by_no(c->s, rest->v[0], id) < 0 ? cli_failed(c) : 0;
}

static int
told(struct cli *c, int64_t id)
{
	const struct stocktake *t;
	struct page page;

	if (stocktake_get(c->s, id, &page) < 0)
		return cli_failed(c);
	t = page_row(&page, 0);
	out_sentence(c,
	    _("Count %s is %s: %lld of %lld lines counted, %lld "
	      "to be counted again"),
	    t->count_no, stocktake_state_text(t->state), (long long)t->counted,
	    (long long)t->lines, (long long)t->again);
	page_free(&page);
	return purchase_told(c, "counts", id);
}

static int
read_codes(struct cli *c, const struct arg_list *rest, struct stocktake_edit *e)
{
	struct str codes = STR_INIT;
	size_t i;
	int rc;

	for (i = 0; i < rest->n; i++)
		str_addf(&codes, "%s%s", i > 0 ? " " : "", rest->v[i]);
	rc = args_copy(c, "CODE", e->codes, sizeof(e->codes),
	    codes.s != NULL ? codes.s : "");
	str_done(&codes);
	return rc;
}

static int
verb_start(struct cli *c, int argc, char **argv)
{
	const char *kind = "full", *warehouse = NULL, *note = NULL;
	struct stocktake_edit e = { .note = "" };
	bool open = false;
	const struct arg args[] = {
		{ .name = "--kind", .value = &kind },
		{ .name = "--warehouse", .value = &warehouse },
		{ .name = "--note", .value = &note },
		{ .name = "--open", .flag = &open },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 0, CODES_MAX, &rest);

	if (rc == 0)
		rc = args_copy(c, "--kind", e.kind, sizeof(e.kind), kind);
	if (rc == 0)
		rc = args_copy(c, "--warehouse", e.warehouse,
		    sizeof(e.warehouse), warehouse);
	if (rc == 0)
		rc = args_copy(c, "--note", e.note, sizeof(e.note), note);
	if (rc == 0)
		rc = read_codes(c, &rest, &e);
	if (rc == 0 && open)
		rc = args_copy(c, "--open", e.blind, sizeof(e.blind), "no");
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	return stocktake_start(c->s, &e, &id) < 0 ? cli_failed(c) : told(c, id);
}

/* What is counted of a product in a bin now. */
static int
take(struct cli *c, int64_t id, int64_t bin, const char *code,
    enum stocktake_how how, int64_t qty)
{
	struct stocktake_taken t;

	if (stocktake_take(c->s, id, bin, code, how, qty, &t) < 0)
		return cli_failed(c);
	out_sentence(c, _("%s %s: %lld counted"), t.sku_code, t.name,
	    (long long)t.counted);
	if (!out_for_people(c)) {
		out_begin(c);
		out_text(c, "sku_code", NULL, t.sku_code);
		out_text(c, "name", NULL, t.name);
		out_int(c, "counted", NULL, t.counted);
		if (t.shown) {
			out_int(c, "book", NULL, t.book);
			out_int(c, "picked", NULL, t.picked);
		}
		out_end(c);
	}
	return CLI_OK;
}

/* COUNT BIN and what comes behind them. */
static int
begin_bin(struct cli *c, int argc, char **argv, size_t min, size_t max,
    struct arg_list *rest, int64_t *id, struct stocktake_place *place)
{
	const struct arg args[] = { { 0 } };
	int rc = begin(c, argc, argv, args, min, max, rest, id);

	if (rc != 0)
		return rc;
	return stocktake_bin(c->s, *id, rest->v[1], place) < 0 ? cli_failed(c)
							       : 0;
}

static int
verb_scan(struct cli *c, int argc, char **argv)
{
	struct stocktake_place place;
	struct arg_list rest;
	const char *code;
	int64_t id, qty;
	char *end;
	size_t i;
	int rc = begin_bin(c, argc, argv, 3, CODES_MAX, &rest, &id, &place);

	for (i = 2; rc == 0 && i < rest.n; i++) {
		code = rest.v[i];
		qty = strtoll(code, &end, 10);
		if (end != code && *end == '*' && end[1] != '\0' && qty > 0)
			code = end + 1;
		else
			qty = 1;
		rc = take(c, id, place.bin_id, code, STOCKTAKE_MORE, qty);
	}
	return rc;
}

static int
verb_set(struct cli *c, int argc, char **argv)
{
	struct stocktake_place place;
	struct arg_list rest;
	int64_t id, qty;
	int rc = begin_bin(c, argc, argv, 4, 4, &rest, &id, &place);

	if (rc == 0)
		rc = args_count(c, "QTY", rest.v[3], &qty);
	return rc != 0 ? rc
		       : take(c, id, place.bin_id, rest.v[2], STOCKTAKE_EXACTLY,
			     qty);
}

static int
verb_bin(struct cli *c, int argc, char **argv)
{
	struct stocktake_place p;
	struct arg_list rest;
	int64_t id;
	int rc = begin_bin(c, argc, argv, 2, 2, &rest, &id, &p);

	if (rc != 0)
		return rc;
	out_sentence(c,
	    _("Bin %s: %lld products counted, %lld pieces; next: "
	      "%s"),
	    p.bin, (long long)p.done, (long long)p.pieces, p.next);
	if (!out_for_people(c)) {
		out_begin(c);
		out_text(c, "bin", NULL, p.bin);
		out_int(c, "counted", NULL, p.done);
		out_int(c, "to_count", NULL, p.open);
		out_int(c, "pieces", NULL, p.pieces);
		out_text(c, "next", NULL, p.next);
		out_int(c, "bins_left", NULL, p.bins);
		out_end(c);
	}
	return CLI_OK;
}

static int
verb_close(struct cli *c, int argc, char **argv)
{
	bool zero = false;
	const struct arg args[] = {
		{ .name = "--zero", .flag = &zero },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id, again;
	int rc = begin(c, argc, argv, args, 1, 1, &rest, &id);

	if (rc != 0)
		return rc;
	return stocktake_close(c->s, id, zero, &again) < 0 ? cli_failed(c)
							   : told(c, id);
}

static int
verb_recount(struct cli *c, int argc, char **argv)
{
	const char *over = "0";
	const struct arg args[] = {
		{ .name = "--over", .value = &over },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id, again, fen = 0;
	int rc = begin(c, argc, argv, args, 1, 1, &rest, &id);

	if (rc == 0)
		rc = args_money(c, "--over", over, &fen);
	if (rc != 0)
		return rc;
	return stocktake_recount(c->s, id, fen, &again) < 0 ? cli_failed(c)
							    : told(c, id);
}

static int
verb_reason(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t line;
	int rc = args_parse(c, argc, argv, args, 2, 2, &rest);

	if (rc == 0)
		rc = args_count(c, "LINE", rest.v[0], &line);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (stocktake_reason(c->s, line, rest.v[1]) < 0)
		return cli_failed(c);
	out_sentence(c, _("The reason is kept: %s"), rest.v[1]);
	return purchase_told(c, "count_lines", line);
}

#define PAGE 500

static int
list_lines(struct cli *c, struct stocktake_filter f)
{
	struct page page = { 0 }, next;
	const void *from = NULL;
	bool more = true;
	int rc = 0;

	out_list_begin(c, record_kind("count_lines")->fields);
	while (more && rc == 0) {
		rc = stocktake_line_page(c->s, &f,
		    from == NULL ? PAGE_FIRST : PAGE_AFTER, from, PAGE, &next);
		if (rc < 0)
			break;
		page_free(&page);
		page = next;
		out_list_rows(c, &page);
		more = page.n == PAGE;
		from = more ? page_row(&page, page.n - 1) : NULL;
	}
	page_free(&page);
	out_list_end(c);
	return rc < 0 ? cli_failed(c) : CLI_OK;
}

static int
verb_list(struct cli *c, int argc, char **argv)
{
	bool off = false, open = false, again = false;
	const struct arg args[] = {
		{ .name = "--off", .flag = &off },
		{ .name = "--open", .flag = &open },
		{ .name = "--again", .flag = &again },
		{ 0 },
	};
	struct stocktake_filter f = { .by_value = true };
	struct arg_list rest;
	int rc = begin(c, argc, argv, args, 1, 1, &rest, &f.stocktake_id);

	if (rc == 0 && off + open + again > 1)
		rc = cli_misused(c, _("Only one of these can be asked for"));
	if (rc != 0)
		return rc;
	f.which = off     ? LINES_OFF
		  : open  ? LINES_OPEN
		  : again ? LINES_AGAIN
			  : LINES_ALL;
	return list_lines(c, f);
}

#define SUM(field) offsetof(struct stocktake_sum, field)
static const struct rec_field sum_fields[] = {
	{ "reason", N_("Reason"), REC_TEXT, SUM(reason), NULL },
	{ "lines", N_("Line count"), REC_INT, SUM(lines), NULL },
	{ "pieces", N_("Pieces"), REC_INT, SUM(pieces), NULL },
	{ "gain", N_("Gain"), REC_COST, SUM(gain), NULL },
	{ "loss", N_("Stock loss"), REC_COST, SUM(loss), NULL },
	{ "net", N_("Net"), REC_COST, SUM(net), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
verb_report(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	struct page page;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, 1, &rest, &id);

	if (rc != 0)
		return rc;
	if (stocktake_report(c->s, id, &page) < 0)
		return cli_failed(c);
	out_list_begin(c, sum_fields);
	out_list_rows(c, &page);
	out_list_end(c);
	page_free(&page);
	return CLI_OK;
}

static int
verb_post(struct cli *c, int argc, char **argv)
{
	const struct arg args[] = { { 0 } };
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, 1, &rest, &id);

	if (rc != 0)
		return rc;
	return stocktake_post(c->s, id, NULL) < 0 ? cli_failed(c) : told(c, id);
}

static int
verb_cancel(struct cli *c, int argc, char **argv)
{
	const char *reason = "";
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id;
	int rc = begin(c, argc, argv, args, 1, 1, &rest, &id);

	if (rc != 0)
		return rc;
	return stocktake_cancel(c->s, id, reason) < 0 ? cli_failed(c)
						      : told(c, id);
}

static int
verb_sheet(struct cli *c, int argc, char **argv)
{
	return print_by_number(
	    c, argc, argv, stocktake_by_no, print_count_sheet);
}

const struct command stock_count_verbs[] = {
	{ "start",
	    "[--kind full|spot|bin|month|year] [CODE]... [--warehouse NAME] "
	    "[--note TEXT] [--open]",
	    N_("Begins a count; spot: of the products named, bin: of the "
	       "bins."),
	    verb_start, NULL },
	{ "scan", "COUNT BIN [QTY*]SKU...",
	    N_("Counts pieces in a bin, one each time, or as many."), verb_scan,
	    NULL },
	{ "set", "COUNT BIN SKU QTY",
	    N_("There are so many in the bin, all in all."), verb_set, NULL },
	{ "sheet", "COUNT [-o FILE.pdf] [--copies N]",
	    N_("Prints what is left to be counted, to be written on; set takes "
	       "the numbers."),
	    verb_sheet, NULL },
	{ "bin", "COUNT BIN",
	    N_("Tells how far a bin is counted, and which is next."), verb_bin,
	    NULL },
	{ "close", "COUNT [--zero]",
	    N_("All is counted; --zero: what nobody counted is not there."),
	    verb_close, NULL },
	{ "recount", "COUNT [--over YUAN]",
	    N_("Has differences counted again, of so much and more."),
	    verb_recount, NULL },
	{ "list", "COUNT [--off|--open|--again]",
	    N_("Lists the lines of a count, what is furthest off first."),
	    verb_list, NULL },
	{ "reason", "LINE TEXT", N_("Keeps why a line is off."), verb_reason,
	    NULL },
	{ "report", "COUNT", N_("Tells gain and loss by reason."), verb_report,
	    NULL },
	{ "post", "COUNT", N_("The books follow the count, by one slip."),
	    verb_post, NULL },
	{ "cancel", "COUNT --reason TEXT", N_("Gives a count up."), verb_cancel,
	    NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
