/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/stocktake.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/settings.h"

/* Counting the stock, while one sells. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

/* @qty of a product in a bin, at 10.00. */
static void
lay(struct session *s, const char *sku, const char *bin, int64_t qty)
{
	struct stock_entry e = { .qty = qty, .cost = 1000 };

	copy_text(e.sku, sizeof(e.sku), sku);
	copy_text(e.bin, sizeof(e.bin), bin);
	must(s, stock_receive(s, &e, NULL));
}

static void
sell(struct session *s, const char *sku, const char *bin, int64_t qty)
{
	struct stock_entry e = { .qty = qty, .reason = "sold" };

	copy_text(e.sku, sizeof(e.sku), sku);
	copy_text(e.bin, sizeof(e.bin), bin);
	must(s, stock_issue(s, &e, NULL));
}

static int64_t
lies(struct session *s, const char *sku, const char *bin)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
	    "SELECT coalesce(sum(l.qty), 0) FROM bin_stock l"
	    " JOIN bin b ON b.id = l.bin_id JOIN variant v"
	    " ON v.id = l.variant_id WHERE b.code = '%s' AND v.sku_code = '%s'"
	    " /*scan*/",
	    bin, sku);
	return fixture_int(s, sql);
}

/* PAN: 10 in A-01 and 4 in B-01, LID: 6 in A-01, POT: 2 in B-01. */
static void
fill(struct session *s)
{
	fixture_variant(s, "PAN", 0, 0);
	fixture_variant(s, "LID", 0, 0);
	fixture_variant(s, "POT", 0, 0);
	lay(s, "PAN", "A-01", 10);
	lay(s, "LID", "A-01", 6);
	lay(s, "PAN", "B-01", 4);
	lay(s, "POT", "B-01", 2);
}

static int64_t
start(struct session *s, const char *kind, const char *codes)
{
	struct stocktake_edit e = { .note = "" };
	int64_t id;

	copy_text(e.kind, sizeof(e.kind), kind);
	copy_text(e.codes, sizeof(e.codes), codes);
	must(s, stocktake_start(s, &e, &id));
	return id;
}

static int
take(struct session *s, int64_t id, const char *bin, const char *sku,
    enum stocktake_how how, int64_t qty)
{
	struct stocktake_place place;
	struct stocktake_taken taken;
	int rc = stocktake_bin(s, id, bin, &place);

	return rc < 0
		   ? rc
		   : stocktake_take(s, id, place.bin_id, sku, how, qty, &taken);
}

static void
counted(
    struct session *s, int64_t id, const char *bin, const char *sku, int64_t n)
{
	must(s, take(s, id, bin, sku, STOCKTAKE_EXACTLY, n));
}

static int64_t
close_it(struct session *s, int64_t id, bool zero)
{
	int64_t again;

	must(s, stocktake_close(s, id, zero, &again));
	return again;
}

/* Its texts are the page's, and gone. */
static struct stocktake
look(struct session *s, int64_t id)
{
	struct stocktake t;
	struct page page;

	must(s, stocktake_get(s, id, &page));
	t = *(const struct stocktake *)page_row(&page, 0);
	page_free(&page);
	return t;
}

/* The line of a product in a bin. */
static struct stocktake_line
line(struct session *s, int64_t id, const char *bin, const char *sku)
{
	const struct stocktake_filter f = { .stocktake_id = id };
	struct stocktake_line l = { .id = 0 };
	const struct stocktake_line *row;
	struct page page;
	size_t i;

	must(s, stocktake_line_page(s, &f, PAGE_FIRST, NULL, 50, &page));
	for (i = 0; i < page.n; i++) {
		row = page_row(&page, i);
		if (strcmp(row->bin, bin) == 0 &&
		    strcmp(row->sku_code, sku) == 0)
			l = *row;
	}
	page_free(&page);
	return l;
}

static struct session *
shop(void)
{
	struct session *s = fixture_session("owner");

	fill(s);
	fixture_role(s, "warehouse");
	fixture_role(s, "clerk");
	return s;
}

static void
a_full_count_is_posted_by_another(void **state)
{
	struct session *s = shop();
	int64_t id = start(s, "full", ""), slip;
	struct stocktake t;
	int64_t known;

	(void)state;
	must(s, stocktake_by_no(s, "CT-000001", &known));
	assert_int_equal(known, id);
	assert_int_equal(look(s, id).lines, 4);
	must(s, take(s, id, "A-01", "PAN", STOCKTAKE_MORE, 1));
	must(s, take(s, id, "a-01", "PAN", STOCKTAKE_MORE, 8)); /* 1 missing */
	counted(s, id, "A-01", "LID", 6);
	counted(s, id, "B-01", "PAN", 6); /* 2 more */
	assert_int_equal(close_it(s, id, false), 0);
	t = look(s, id);
	assert_int_equal(t.counted, 3);
	assert_int_equal(t.state, STOCKTAKE_COUNTED);
	assert_int_equal(stocktake_post(s, id, &slip), ERR_DENIED);
	fixture_role(s, "owner");
	must(s, stocktake_post(s, id, &slip));
	assert_int_equal(lies(s, "PAN", "A-01"), 9);
	assert_int_equal(lies(s, "PAN", "B-01"), 6);
	assert_int_equal(lies(s, "POT", "B-01"), 2); /* nobody counted it */
	t = look(s, id);
	assert_int_equal(t.state, STOCKTAKE_POSTED);
	assert_int_equal(t.gain, 2000);
	assert_int_equal(t.loss, 1000);
	assert_int_equal(stocktake_post(s, id, &slip), ERR_STATE);
	assert_int_equal(fixture_audited(s, "count-post", id), 1);
	fixture_verify(s);
	/* Back, once. */
	must(s, stock_reverse(s, slip, "another bin", NULL));
	assert_int_equal(lies(s, "PAN", "A-01"), 10);
	assert_int_equal(stock_reverse(s, slip, "again", NULL), ERR_STATE);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_nobody_counted_is_left_out_or_not_there(void **state)
{
	struct session *s = shop();
	int64_t id = start(s, "month", ""), slip;

	(void)state;
	counted(s, id, "A-01", "PAN", 10);
	counted(s, id, "A-01", "LID", 6);
	counted(s, id, "B-01", "PAN", 4);
	close_it(s, id, true);
	assert_int_equal(line(s, id, "B-01", "POT").off, -2);
	fixture_role(s, "owner");
	must(s, stocktake_post(s, id, &slip));
	assert_int_equal(lies(s, "POT", "B-01"), 0);
	fixture_verify(s);
	fixture_end(s);
}

static void
what_no_book_knows_is_found(void **state)
{
	struct session *s = shop();
	int64_t id = start(s, "full", "");

	(void)state;
	counted(s, id, "A-01", "POT", 3);
	assert_int_equal(look(s, id).lines, 5);
	close_it(s, id, false);
	assert_int_equal(line(s, id, "A-01", "POT").book, 0);
	fixture_role(s, "owner");
	must(s, stocktake_post(s, id, NULL));
	assert_int_equal(lies(s, "POT", "A-01"), 3);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_count_keeps_to_what_it_is_of(void **state)
{
	struct session *s = shop();
	int64_t spot = start(s, "spot", "PAN"), bins = start(s, "bin", "B-01");

	(void)state;
	assert_int_equal(look(s, spot).lines, 2);
	assert_int_equal(
	    take(s, spot, "A-01", "LID", STOCKTAKE_MORE, 1), ERR_STATE);
	assert_int_equal(
	    take(s, bins, "A-01", "PAN", STOCKTAKE_MORE, 1), ERR_STATE);
	assert_string_equal(s->err.field, "bin");
	must(s, take(s, bins, "B-01", "LID", STOCKTAKE_MORE, 1));
	assert_int_equal(
	    take(s, bins, "B-01", "NONE", STOCKTAKE_MORE, 1), ERR_NOTFOUND);
	assert_int_equal(
	    take(s, bins, "B-01", "LID", STOCKTAKE_MORE, 0), ERR_INVALID);
	/* The same pieces are not posted twice. */
	counted(s, bins, "B-01", "PAN", 4);
	assert_int_equal(
	    take(s, spot, "B-01", "PAN", STOCKTAKE_MORE, 1), ERR_STATE);
	fixture_role(s, "owner");
	must(s, stocktake_cancel(s, bins, "tomorrow"));
	must(s, take(s, spot, "B-01", "PAN", STOCKTAKE_MORE, 1));
	assert_int_equal(
	    take(s, bins, "B-01", "PAN", STOCKTAKE_MORE, 1), ERR_STATE);
	fixture_end(s);
}

static void
what_cannot_be_started_says_why(void **state)
{
	struct session *s = shop();
	struct stocktake_edit e = { .kind = "half" };
	int64_t id;

	(void)state;
	assert_int_equal(stocktake_start(s, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "kind");
	copy_text(e.kind, sizeof(e.kind), "spot");
	assert_int_equal(stocktake_start(s, &e, &id), ERR_INVALID);
	assert_string_equal(s->err.field, "codes");
	copy_text(e.codes, sizeof(e.codes), "PAN NONE");
	assert_int_equal(stocktake_start(s, &e, &id), ERR_INVALID);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM stocktake"), 0);
	copy_text(e.kind, sizeof(e.kind), "bin");
	assert_int_equal(stocktake_start(s, &e, &id), ERR_INVALID);
	fixture_end(s);
}

static void
what_is_far_off_is_counted_again_by_another(void **state)
{
	struct session *s = shop();
	int64_t id = start(s, "full", ""), again;

	(void)state;
	counted(s, id, "A-01", "PAN", 2); /* 80.00 off */
	counted(s, id, "B-01", "PAN", 3); /* 10.00 off */
	assert_int_equal(close_it(s, id, false), 1);
	assert_int_equal(line(s, id, "A-01", "PAN").state, LINE_AGAIN);
	assert_int_equal(line(s, id, "A-01", "PAN").shown, 0);
	assert_int_equal(line(s, id, "B-01", "PAN").off, -1);
	assert_int_equal(
	    take(s, id, "B-01", "PAN", STOCKTAKE_MORE, 1), ERR_STATE);
	/* Who counted does not count again, nor post. */
	assert_int_equal(
	    take(s, id, "A-01", "PAN", STOCKTAKE_MORE, 1), ERR_STATE);
	fixture_role(s, "warehouse");
	assert_int_equal(stocktake_post(s, id, NULL), ERR_STATE);
	sell(s, "PAN", "A-01", 1);
	must(s, take(s, id, "A-01", "PAN", STOCKTAKE_MORE, 5));
	must(s, take(s, id, "A-01", "PAN", STOCKTAKE_MORE, 4));
	assert_int_equal(line(s, id, "A-01", "PAN").state, LINE_RECOUNTED);
	assert_int_equal(line(s, id, "A-01", "PAN").first, 2);
	assert_int_equal(line(s, id, "A-01", "PAN").off, 0);
	assert_int_equal(stocktake_post(s, id, NULL), ERR_STATE);
	must(s, stocktake_recount(s, id, 500, &again));
	assert_int_equal(again, 1);
	fixture_role(s, "owner");
	assert_int_equal(stocktake_post(s, id, NULL), ERR_STATE);
	counted(s, id, "B-01", "PAN", 4);
	must(s, stocktake_recount_line(s, line(s, id, "B-01", "PAN").id));
	fixture_role(s, "clerk");
	counted(s, id, "B-01", "PAN", 3);
	fixture_role(s, "manager");
	must(s, stocktake_post(s, id, NULL));
	assert_int_equal(lies(s, "PAN", "A-01"), 9);
	assert_int_equal(lies(s, "PAN", "B-01"), 3);
	fixture_verify(s);
	fixture_end(s);
}

static void
one_alone_counts_and_posts(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id, slip;

	(void)state;
	fill(s);
	id = start(s, "year", "");
	counted(s, id, "A-01", "PAN", 1);
	assert_int_equal(close_it(s, id, false), 1);
	counted(s, id, "A-01", "PAN", 2);
	must(s, stocktake_post(s, id, &slip));
	assert_int_equal(lies(s, "PAN", "A-01"), 2);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_blind_count_hides_the_books(void **state)
{
	struct session *s = shop();
	struct stocktake_edit e = { .kind = "full", .blind = "no" };
	int64_t blind = start(s, "full", ""), open;
	struct stocktake_taken taken;
	struct stocktake_place place;

	(void)state;
	assert_int_equal(line(s, blind, "A-01", "PAN").book, 0);
	must(s, stocktake_bin(s, blind, "A-01", &place));
	assert_int_equal(place.open, 2);
	assert_string_equal(place.next, "B-01");
	must(s, stocktake_take(
		    s, blind, place.bin_id, "LID", STOCKTAKE_MORE, 1, &taken));
	assert_false(taken.shown);
	assert_int_equal(line(s, blind, "A-01", "LID").off, 0);
	assert_int_equal(look(s, blind).loss, 0);
	must(s, stocktake_start(s, &e, &open));
	assert_int_equal(line(s, open, "A-01", "PAN").book, 10);
	must(s, stocktake_take(
		    s, open, place.bin_id, "PAN", STOCKTAKE_MORE, 1, &taken));
	assert_int_equal(taken.book, 10);
	close_it(s, blind, false);
	fixture_role(s, "owner");
	assert_int_equal(line(s, blind, "A-01", "LID").off, 0); /* again */
	assert_int_equal(line(s, blind, "A-01", "LID").state, LINE_AGAIN);
	fixture_end(s);
}

static void
the_report_is_by_reason(void **state)
{
	struct session *s = shop();
	int64_t id = start(s, "full", "");
	const struct stocktake_sum *sum;
	struct page page;

	(void)state;
	counted(s, id, "A-01", "PAN", 8);
	counted(s, id, "A-01", "LID", 5);
	counted(s, id, "B-01", "PAN", 5);
	close_it(s, id, false);
	must(s, stocktake_reason(s, line(s, id, "A-01", "PAN").id, "broken"));
	fixture_role(s, "owner");
	must(s, stocktake_report(s, id, &page));
	assert_int_equal(page.n, 2);
	sum = page_row(&page, 0);
	assert_string_equal(sum->reason, "broken");
	assert_int_equal(sum->loss, 2000);
	sum = page_row(&page, 1);
	assert_int_equal(sum->lines, 2);
	assert_int_equal(sum->net, 0);
	page_free(&page);
	must(s, stocktake_post(s, id, NULL));
	assert_int_equal(
	    stocktake_reason(s, line(s, id, "A-01", "PAN").id, "late"),
	    ERR_STATE);
	fixture_end(s);
}

static void
defective_goods_and_those_to_be_put_away_are_counted(void **state)
{
	struct session *s = shop();
	struct bin_edit bad = {
		.code = "BAD", .kind = "defective", .active = true
	};
	struct stock_line l = { .sku = "PAN", .qty = 3 };
	const struct stock_doc doc = { .reason = "bent", .lines = &l, .n = 1 };
	int64_t id;

	(void)state;
	fixture_role(s, "owner");
	must(s, bin_add(s, &bad, &id));
	must(s, stock_write(s, STOCK_DEFECT, &doc, NULL));
	id = start(s, "bin", "BAD");
	counted(s, id, "BAD", "PAN", 2);
	close_it(s, id, false);
	fixture_role(s, "manager");
	must(s, stocktake_post(s, id, NULL));
	assert_int_equal(
	    fixture_int(s, "SELECT sum(defective) FROM stock /*scan*/"), 2);
	fixture_verify(s);
	fixture_end(s);
}

/* What is really there, against the books that are wrong; sold all the time. */
#define GOODS 6
#define BINS  4
#define STEPS 200

static unsigned
roll(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed / 65536u % n;
}

static void
sold_while_it_is_counted(struct session *s, unsigned seed)
{
	int64_t there[GOODS][BINS], id, n;
	bool done[GOODS][BINS] = { { false } };
	char sku[GOODS][16], bin[BINS][16];
	unsigned g, b, i;

	for (g = 0; g < GOODS; g++) {
		snprintf(sku[g], sizeof(sku[g]), "S%u-%u", seed, g);
		fixture_variant(s, sku[g], 0, 0);
		for (b = 0; b < BINS; b++) {
			snprintf(bin[b], sizeof(bin[b]), "C-%02u", b);
			n = 20 + roll(&seed, 20);
			lay(s, sku[g], bin[b], n);
			there[g][b] = n + roll(&seed, 7) - 3;
		}
	}
	id = start(s, "full", "");
	for (i = 0; i < STEPS; i++) {
		g = roll(&seed, GOODS);
		b = roll(&seed, BINS);
		n = roll(&seed, 3) + 1;
		if (roll(&seed, 3) == 0 && !done[g][b]) {
			counted(s, id, bin[b], sku[g], there[g][b]);
			done[g][b] = true;
		} else if (there[g][b] >= n &&
			   lies(s, sku[g], bin[b]) >= n + 4) {
			sell(s, sku[g], bin[b], n);
			there[g][b] -= n;
		}
	}
	for (g = 0; g < GOODS; g++)
		for (b = 0; b < BINS; b++)
			if (!done[g][b])
				counted(s, id, bin[b], sku[g], there[g][b]);
	assert_int_equal(close_it(s, id, false), 0);
	fixture_role(s, "manager");
	must(s, stocktake_post(s, id, NULL));
	for (g = 0; g < GOODS; g++)
		for (b = 0; b < BINS; b++)
			assert_int_equal(lies(s, sku[g], bin[b]), there[g][b]);
	fixture_verify(s);
}

static void
sales_meanwhile_do_no_harm(void **state)
{
	struct session *s;
	unsigned seed;

	(void)state;
	for (seed = 1; seed <= 3; seed++) {
		s = fixture_session("owner");
		must(s, setting_save(s, "recount_over", "100000"));
		sold_while_it_is_counted(s, seed);
		fixture_end(s);
	}
}

#define SCANS 60

static void
scans(const char *path, int64_t id)
{
	struct session *s;
	struct err err;
	int i;

	if (session_open(&s, path, &err) < 0 || session_become(s, 1) < 0)
		_exit(3);
	for (i = 0; i < SCANS; i++)
		if (take(s, id, "A-01", "PAN", STOCKTAKE_MORE, 1) < 0)
			_exit(4);
	session_close(s);
	_exit(0);
}

static void
two_at_the_same_bin_count_all(void **state)
{
	const char *path = fixture_shop("count.db");
	struct session *s;
	struct err err;
	int64_t id;
	pid_t pid[2];
	int i, status;

	(void)state;
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	fill(s);
	id = start(s, "bin", "A-01");
	session_close(s);
	for (i = 0; i < 2; i++)
		if ((pid[i] = fork()) == 0)
			scans(path, id);
	for (i = 0; i < 2; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	assert_int_equal(line(s, id, "A-01", "PAN").counted, 2 * SCANS);
	fixture_verify(s);
	session_close(s);
}

static int64_t of_faults;

static int
try_start(struct session *s)
{
	const struct stocktake_edit e = { .kind = "full" };

	return stocktake_start(s, &e, &of_faults);
}

static int
try_found(struct session *s)
{
	return take(s, of_faults, "A-01", "POT", STOCKTAKE_MORE, 3);
}

static int
try_close(struct session *s)
{
	int64_t again;

	return stocktake_close(s, of_faults, true, &again);
}

static int
try_again(struct session *s)
{
	return take(s, of_faults, "A-01", "PAN", STOCKTAKE_MORE, 4);
}

static int
try_post(struct session *s)
{
	return stocktake_post(s, of_faults, NULL);
}

/* Everything that a half-done verb would leave behind. */
static int64_t
whole(struct session *s)
{
	return fixture_int(s,
	    "SELECT (SELECT count(*) FROM audit) + 100 * (SELECT"
	    " coalesce(sum(7 * state + counted_n + line_n), 0) FROM stocktake)"
	    " + 10000 * (SELECT coalesce(sum(state + counted), 0)"
	    " FROM stocktake_line) + 1000000 * (SELECT count(*)"
	    " FROM stock_move) + 100000000 * (SELECT count(*)"
	    " FROM stocktake_staff) /*scan*/");
}

static void
fails_whole(struct session *s, int (*verb)(struct session *s))
{
	int64_t before = whole(s);
	int rc = 0;

	FOR_EACH_FAULT(f)
	{
		fault_arm(&f);
		rc = verb(s);
		fault_disarm(&f);
		if (rc == 0)
			break;
		assert_true(f.hit);
		assert_int_equal(whole(s), before);
	}
	must(s, rc);
}

static void
faults_leave_old_or_new(void **state)
{
	static int (*const verbs[])(
	    struct session * s) = { try_start, try_found, try_close };
	struct session *s = fixture_faulty("owner");
	const struct stocktake_filter f = { .which = LINES_AGAIN };
	struct page page;
	size_t i;

	(void)state;
	fill(s);
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		fails_whole(s, verbs[i]);
	fails_whole(s, try_again);
	must(s, stocktake_line_page(s, &f, PAGE_FIRST, NULL, 50, &page));
	for (i = 0; i < page.n; i++) {
		const struct stocktake_line *l = page_row(&page, i);

		counted(s, of_faults, l->bin, l->sku_code, 1);
	}
	page_free(&page);
	fails_whole(s, try_post);
	fixture_verify(s);
	fixture_end(s);
}

/* Until all is counted the lines stand as one walks; then by what they are off.
 */
static void
lines_stand_as_one_walks(void **state)
{
	struct stocktake_edit e = {
		.kind = "bin", .codes = "A-01 B-01", .blind = "no"
	};
	struct stocktake_filter f = { .by_value = true };
	struct session *s = fixture_session("owner");
	const struct stocktake_line *l;
	struct page page;
	struct txn *txn;
	int64_t id;

	(void)state;
	fill(s);
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn,
		    "UPDATE bin SET walk = CASE code WHEN 'B-01' THEN 1"
		    " ELSE 2 END /*scan*/",
		    DB_NOARGS, NULL));
	must(s, db_commit(&txn));
	must(s, stocktake_start(s, &e, &id));
	counted(s, id, "A-01", "PAN", 1);
	f.stocktake_id = id;
	must(s, stocktake_line_page(s, &f, PAGE_FIRST, NULL, 50, &page));
	l = page.rows;
	assert_int_equal(page.n, 4);
	assert_string_equal(l[0].bin, "B-01");
	assert_string_equal(l[1].bin, "B-01");
	assert_string_equal(l[2].bin, "A-01");
	page_free(&page);
	close_it(s, id, false);
	must(s, stocktake_line_page(s, &f, PAGE_FIRST, NULL, 50, &page));
	l = page.rows;
	assert_string_equal(l[0].bin, "A-01");
	assert_string_equal(l[0].sku_code, "PAN");
	page_free(&page);
	fixture_end(s);
}

/* COUNT_LINES=20000: how long it takes to post as many. */
static void
many_lines_are_one_slip(void **state)
{
	const char *env = getenv("COUNT_LINES");
	long i, n = env != NULL ? strtol(env, NULL, 10) : 200;
	struct session *s = fixture_session("owner");
	struct txn *txn;
	char sku[32];
	int64_t id, slip;

	(void)state;
	must(s, setting_save(s, "recount_over", "100000"));
	for (i = 0; i < n; i++) {
		snprintf(sku, sizeof(sku), "M%05ld", i);
		fixture_variant(s, sku, 9, 100);
	}
	id = start(s, "full", "");
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn,
		    "UPDATE stocktake_line SET state = 1, book = 9,"
		    " counted = 8 + variant_id % 2 * 2 /*scan*/",
		    DB_NOARGS, NULL));
	must(s, db_commit(&txn));
	close_it(s, id, false);
	must(s, stocktake_post(s, id, &slip));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM stock_move m"
					" JOIN stock_slip p ON p.id = m.slip_id"
					" WHERE p.kind = 'count' /*scan*/"),
	    n);
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_count_is_posted_by_another),
		cmocka_unit_test(what_nobody_counted_is_left_out_or_not_there),
		cmocka_unit_test(what_no_book_knows_is_found),
		cmocka_unit_test(a_count_keeps_to_what_it_is_of),
		cmocka_unit_test(what_cannot_be_started_says_why),
		cmocka_unit_test(what_is_far_off_is_counted_again_by_another),
		cmocka_unit_test(one_alone_counts_and_posts),
		cmocka_unit_test(a_blind_count_hides_the_books),
		cmocka_unit_test(the_report_is_by_reason),
		cmocka_unit_test(
		    defective_goods_and_those_to_be_put_away_are_counted),
		cmocka_unit_test(sales_meanwhile_do_no_harm),
		cmocka_unit_test(two_at_the_same_bin_count_all),
		cmocka_unit_test(faults_leave_old_or_new),
		cmocka_unit_test(lines_stand_as_one_walks),
		cmocka_unit_test(many_lines_are_one_slip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
