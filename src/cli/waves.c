/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/waves.h"

/* Pick waves and what goes back. */

#define LINE(field) offsetof(struct wave_line, field)
static const struct rec_field line_fields[] = {
	{ "bin", N_("Bin"), REC_TEXT, LINE(bin), NULL },
	{ "sku_code", N_("Product code"), REC_TEXT, LINE(sku_code), NULL },
	{ "name", N_("Item"), REC_TEXT, LINE(name), NULL },
	{ "need", N_("Pieces"), REC_INT, LINE(need), NULL },
	{ "picked", N_("Picked"), REC_INT, LINE(picked), NULL },
	{ "sorted", N_("Sorted"), REC_INT, LINE(sorted), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

#define ORDER(field) offsetof(struct wave_order, field)
static const struct rec_field order_fields[] = {
	{ "slot", N_("Slot"), REC_INT, ORDER(slot), NULL },
	{ "order_no", N_("Order no."), REC_TEXT, ORDER(order_no), NULL },
	{ "state", N_("State"), REC_CODE, ORDER(state), wave_slot_name },
	{ "why", N_("Reason"), REC_TEXT, ORDER(why), NULL },
	{ "need", N_("Pieces"), REC_INT, ORDER(need), NULL },
	{ "sorted", N_("Sorted"), REC_INT, ORDER(sorted), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
wave_id(struct cli *c, const char *no, int64_t *id)
{
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	return wave_by_no(c->s, no, id) != 0 ? cli_failed(c) : CLI_OK;
}

/* The wave whole, with its lines and orders. */
static int
told(struct cli *c, int64_t id)
{
	struct page wave = { 0 }, lines = { 0 }, orders = { 0 };
	int rc;

	rc = wave_get(c->s, id, &wave);
	if (rc == 0)
		rc = wave_lines(c->s, id, &lines);
	if (rc == 0)
		rc = wave_orders(c->s, id, &orders);
	if (rc == 0) {
		out_begin(c);
		out_record(c, record_kind("waves")->fields, page_row(&wave, 0));
		out_table(c, "lines", _("Lines"), line_fields, &lines);
		out_table(c, "orders", _("Orders"), order_fields, &orders);
		out_end(c);
	}
	page_free(&wave);
	page_free(&lines);
	page_free(&orders);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}

struct make_args {
	const char *courier, *shop, *province, *warehouse, *sku, *until, *most;
};

static int
read_what(struct cli *c, const struct make_args *a, struct wave_what *what)
{
	int64_t until;
	int rc;

	rc = args_copy(
	    c, "--courier", what->courier, sizeof(what->courier), a->courier);
	if (rc == 0)
		rc = args_copy(
		    c, "--shop", what->shop, sizeof(what->shop), a->shop);
	if (rc == 0)
		rc = args_copy(c, "--province", what->province,
		    sizeof(what->province), a->province);
	if (rc == 0)
		rc =
		    args_copy(c, "--sku", what->sku, sizeof(what->sku), a->sku);
	if (rc == 0 && a->most != NULL)
		rc = args_count(c, "--most", a->most, &what->most);
	if (rc != 0 || a->until == NULL)
		return rc;
	if (time_parse(a->until, &until) < 0)
		return cli_misused(c, _("%s is no time"), a->until);
	what->until = strchr(a->until, ':') == NULL
			  ? day_start(time_day(until) + 1)
			  : until;
	return 0;
}

struct preview {
	int64_t kind, orders, waiting, lacking, pieces, skus;
	const char *sku;
};

#define WOULD(field) offsetof(struct preview, field)
static const struct rec_field preview_fields[] = {
	{ "kind", N_("Kind"), REC_CODE, WOULD(kind), wave_kind_name },
	{ "orders", N_("Orders"), REC_INT, WOULD(orders), NULL },
	{ "waiting", N_("Waiting"), REC_INT, WOULD(waiting), NULL },
	{ "lacking", N_("Stock missing"), REC_INT, WOULD(lacking), NULL },
	{ "pieces", N_("Pieces"), REC_INT, WOULD(pieces), NULL },
	{ "products", N_("Products"), REC_INT, WOULD(skus), NULL },
	{ "sku_code", N_("Product code"), REC_TEXT, WOULD(sku), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

/* What a wave of each kind would hold. */
static int
preview(struct cli *c, const struct wave_what *what)
{
	struct wave_preview would[WAVE_KINDS];
	struct page rows;
	int kind;

	if (wave_preview(c->s, what, would) != 0)
		return cli_failed(c);
	page_init(&rows, sizeof(struct preview), WAVE_KINDS);
	for (kind = WAVE_ONE; kind < WAVE_KINDS; kind++)
		*(struct preview *)page_add(&rows) = (struct preview){ kind,
			would[kind].orders, would[kind].waiting,
			would[kind].lacking, would[kind].pieces,
			would[kind].skus, would[kind].sku };
	out_list_begin(c, preview_fields);
	out_list_rows(c, &rows);
	out_list_end(c);
	page_free(&rows);
	return CLI_OK;
}

static int
verb_make(struct cli *c, int argc, char **argv)
{
	struct make_args a = { 0 };
	bool dry_run = false;
	const struct arg args[] = {
		{ .name = "--courier", .value = &a.courier },
		{ .name = "--shop", .value = &a.shop },
		{ .name = "--province", .value = &a.province },
		{ .name = "--warehouse", .value = &a.warehouse },
		{ .name = "--sku", .value = &a.sku },
		{ .name = "--until", .value = &a.until },
		{ .name = "--most", .value = &a.most },
		{ .name = "--dry-run", .flag = &dry_run },
		{ 0 },
	};
	struct wave_what what = { .kind = 0 };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, args, 0, 1, &rest);

	if (rc == 0)
		rc = read_what(c, &a, &what);
	if (rc == 0 && rest.n > 0 &&
	    (what.kind = wave_kind_by_name(rest.v[0])) == 0)
		rc = cli_misused(c, _("%s is no kind of wave"), rest.v[0]);
	if (rc == 0 && rest.n == 0 && !dry_run)
		rc = cli_misused(c, _("Something is missing"));
	if (rc == 0)
		rc = cli_session(c);
	if (rc == 0 && a.warehouse != NULL &&
	    warehouse_find(c->s, a.warehouse, &what.warehouse_id) != 0)
		rc = cli_failed(c);
	if (rc != 0)
		return rc;
	if (dry_run)
		return preview(c, &what);
	return wave_make(c->s, &what, &id) != 0 ? cli_failed(c) : told(c, id);
}

static int
verb_list(struct cli *c, int argc, char **argv)
{
	static char name[] = "list", kind[] = "waves";
	char *list[16] = { name, kind };
	int i;

	if (argc > 13)
		return cli_misused(c, _("Something is missing"));
	for (i = 1; i < argc; i++)
		list[i + 1] = argv[i];
	return cmd_list(c, argc + 1, list);
}

static int
verb_show(struct cli *c, int argc, char **argv)
{
	const struct arg none[] = { { 0 } };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, none, 1, 1, &rest);

	if (rc == 0)
		rc = wave_id(c, rest.v[0], &id);
	return rc != 0 ? rc : told(c, id);
}

static const char *
said_name(const struct wave_scan *scan)
{
	static const char *const names[] = { "ok", "bin", "full", "all" };

	return names[scan->said];
}

static const char *
said_text(const struct wave_scan *scan)
{
	switch (scan->said) {
	case WAVE_OK:
		return _("counted");
	case WAVE_BIN:
		return _("to be taken here");
	case WAVE_FULL:
		return _("the slot is complete");
	case WAVE_ALL:
		return _("nothing is missing");
	case WAVE_WRONG:
		return _("not in this wave");
	case WAVE_MANY:
		return _("too many");
	case WAVE_EMPTY:
		return _("nothing more from this bin");
	case WAVE_UNKNOWN:
		break;
	}
	return _("no product and no bin has this code");
}

/* A scan that does not count is told as a failure, to scripts too. */
static int
refused(struct cli *c, const struct wave_scan *scan, const char *code)
{
	return cli_complain(c, CLI_REFUSED, "%s: %s",
	    scan->sku[0] != '\0' ? scan->sku : code, said_text(scan));
}

static int
scanned(struct cli *c, const struct wave_scan *scan, const char *code)
{
	if (scan->said > WAVE_ALL)
		return refused(c, scan, code);
	if (out_for_people(c) && scan->slot != 0) {
		out_sentence(c, _("%s: slot %lld, %lld of %lld: %s"), scan->sku,
		    (long long)scan->slot, (long long)scan->have,
		    (long long)scan->need, said_text(scan));
		return CLI_OK;
	}
	if (out_for_people(c)) {
		out_sentence(c, _("%s: %lld of %lld: %s"), scan->sku,
		    (long long)scan->have, (long long)scan->need,
		    said_text(scan));
		return CLI_OK;
	}
	out_begin(c);
	out_text(c, "said", NULL, said_name(scan));
	out_text(c, "sku_code", NULL, scan->sku);
	out_text(c, "bin", NULL, scan->bin);
	out_int(c, "slot", NULL, scan->slot);
	out_int(c, "have", NULL, scan->have);
	out_int(c, "need", NULL, scan->need);
	out_int(c, "left", NULL, scan->left);
	out_text(c, "next_sku", NULL, scan->next_sku);
	out_text(c, "next_bin", NULL, scan->next_bin);
	out_end(c);
	return CLI_OK;
}

#define FATE(field) offsetof(struct wave_fate, field)
static const struct rec_field fate_fields[] = {
	{ "slot", N_("Slot"), REC_INT, FATE(slot), NULL },
	{ "order_no", N_("Order no."), REC_TEXT, FATE(order_no), NULL },
	{ "need", N_("Pieces"), REC_INT, FATE(need), NULL },
	{ "goes_on", N_("Goes on"), REC_BOOL, FATE(goes_on), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

/* The rest of a line is not there: who goes without, what goes back. */
static int
missing(struct cli *c, int64_t id, const char *code)
{
	struct wave_lack lack;

	if (wave_short(c->s, id, code, &lack) != 0)
		return cli_failed(c);
	out_begin(c);
	out_text(c, "sku_code", _("Missing"), lack.sku);
	out_int(c, "kicked", _("On hold"), lack.kicked);
	out_int(c, "go_on", _("Go on"), lack.go_on);
	out_int(c, "sort_again", _("To be sorted once more"), lack.again);
	out_table(c, "orders", _("Orders"), fate_fields, &lack.fates);
	out_table(c, "put_back", _("What goes back"),
	    record_kind("put_backs")->fields, &lack.backs);
	out_end(c);
	wave_lack_free(&lack);
	return CLI_OK;
}

static int
verb_pick(struct cli *c, int argc, char **argv)
{
	const char *qty = NULL;
	bool is_short = false;
	const struct arg args[] = {
		{ .name = "--qty", .value = &qty },
		{ .name = "--short", .flag = &is_short },
		{ 0 },
	};
	struct wave_scan scan;
	struct arg_list rest;
	int64_t id, n = 1;
	int rc = args_parse(c, argc, argv, args, 2, 2, &rest);

	if (rc == 0 && qty != NULL)
		rc = args_count(c, "--qty", qty, &n);
	if (rc == 0)
		rc = wave_id(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	if (is_short)
		return missing(c, id, rest.v[1]);
	if (wave_pick(c->s, id, rest.v[1], n, &scan) != 0)
		return cli_failed(c);
	return scanned(c, &scan, rest.v[1]);
}

static int
verb_picked(struct cli *c, int argc, char **argv)
{
	const struct arg none[] = { { 0 } };
	struct arg_list rest = { .n = 0 };
	int64_t id = 0, pieces;
	int rc = args_parse(c, argc, argv, none, 1, 1, &rest);

	if (rc == 0)
		rc = wave_id(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	if (wave_picked(c->s, id, &pieces) != 0)
		return cli_failed(c);
	out_sentence(c,
	    ngettext("%lld piece is picked.", "%lld pieces are picked.",
		(unsigned long)pieces),
	    (long long)pieces);
	return told(c, id);
}

static int
verb_sort(struct cli *c, int argc, char **argv)
{
	const struct arg none[] = { { 0 } };
	struct wave_scan scan;
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, none, 2, 2, &rest);

	if (rc == 0)
		rc = wave_id(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	if (wave_sort(c->s, id, rest.v[1], &scan) != 0)
		return cli_failed(c);
	return scanned(c, &scan, rest.v[1]);
}

static int
verb_cancel(struct cli *c, int argc, char **argv)
{
	const struct arg none[] = { { 0 } };
	struct arg_list rest;
	int64_t id;
	int rc = args_parse(c, argc, argv, none, 1, 1, &rest);

	if (rc == 0)
		rc = wave_id(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	return wave_cancel(c->s, id) != 0 ? cli_failed(c) : told(c, id);
}

const struct command wave_verbs[] = {
	{ "make",
	    "single|same|several [--courier NAME] [--shop NAME] "
	    "[--province NAME] [--sku SKU] [--until TIME] [--most N] "
	    "[--warehouse NAME] [--dry-run]",
	    N_("Makes a pick wave of orders that are free to go, the most "
	       "urgent first: of one piece each, all of one product, or of "
	       "several pieces that are sorted into slots. --dry-run tells "
	       "what each kind would hold."),
	    verb_make, NULL },
	{ "list", "[--where FIELD=VALUE]... [--limit N]",
	    N_("Prints the waves, the newest first."), verb_list, NULL },
	{ "show", "WAVE",
	    N_("Prints a wave with its goods, in the order of the bins, and "
	       "its orders."),
	    verb_show, NULL },
	{ "pick", "WAVE CODE [--qty N] [--short]",
	    N_("Counts what was picked; a bin's code tells what to take "
	       "there. --short: there is no more of it; it goes to the most "
	       "urgent orders it suffices for, the others are held."),
	    verb_pick, NULL },
	{ "picked", "WAVE",
	    N_("All that is missing was picked by the printed list."),
	    verb_picked, NULL },
	{ "sort", "WAVE CODE", N_("Tells to which slot a piece goes."),
	    verb_sort, NULL },
	{ "cancel", "WAVE", N_("Gives the orders of a wave back."), verb_cancel,
	    NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

static int
back_list(struct cli *c, int argc, char **argv)
{
	static char name[] = "list", kind[] = "put_backs";
	char *list[16] = { name, kind };
	int i;

	if (argc > 13)
		return cli_misused(c, _("Something is missing"));
	for (i = 1; i < argc; i++)
		list[i + 1] = argv[i];
	return cmd_list(c, argc + 1, list);
}

static int
back_told(struct cli *c, struct page *page)
{
	const struct put_back *b = page_row(page, 0);

	if (out_for_people(c)) {
		out_sentence(c, _("%s: %lld to %s"), b->sku_code,
		    (long long)b->qty, b->bin);
	} else {
		out_begin(c);
		out_record(c, record_kind("put_backs")->fields, b);
		out_end(c);
	}
	page_free(page);
	return CLI_OK;
}

static int
back_done(struct cli *c, int argc, char **argv)
{
	const char *qty = NULL;
	const struct arg args[] = {
		{ .name = "--qty", .value = &qty },
		{ 0 },
	};
	struct arg_list rest;
	struct page page;
	int64_t n = 0;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0 && qty != NULL)
		rc = args_count(c, "--qty", qty, &n);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (put_back_scan(c->s, rest.v[0], n, &page) != 0)
		return cli_failed(c);
	return back_told(c, &page);
}

static int
back_undo(struct cli *c, int argc, char **argv)
{
	const struct arg none[] = { { 0 } };
	struct arg_list rest;
	struct page page;
	int64_t id = 0;
	int rc = args_parse(c, argc, argv, none, 1, 1, &rest);

	if (rc == 0)
		rc = args_count(c, "ID", rest.v[0], &id);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (put_back_undo(c->s, id, &page) != 0)
		return cli_failed(c);
	return back_told(c, &page);
}

const struct command put_back_verbs[] = {
	{ "list", "[--limit N]", N_("Prints what goes back where."), back_list,
	    NULL },
	{ "done", "CODE [--qty N]",
	    N_("The oldest entry of a product is put back, or N pieces of it: "
	       "tells how many, and where."),
	    back_done, NULL },
	{ "undo", "ID",
	    N_("That was not put back after all: an entry against it, and it "
	       "has to go back again."),
	    back_undo, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
