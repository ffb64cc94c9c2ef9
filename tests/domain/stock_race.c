/* SPDX-License-Identifier: MIT */
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ship_lib.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/transfers.h"

/* Twenty at the same product at once, for RACE_SECONDS: some adjust it, some
 * send it to another warehouse and back, some ship it. */

#define HANDS  20
#define ORDERS 20 /* each of those who ship */
#define PIECES 5000

struct tally {
	int64_t done, refused, odd, shipped, longest; /* microseconds */
};

static int64_t
ticks(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int
adjusts(struct session *s, int64_t i)
{
	struct stock_entry e = {
		.sku = "A", .qty = i % 2 == 0 ? 3 : -3, .reason = "counted"
	};

	return stock_adjust(s, &e, NULL);
}

static int
carries(struct session *s, int64_t i)
{
	struct transfer_piece piece = { .sku = "A", .qty = 2 };
	struct transfer_edit e = { .lines = &piece, .n = 1 };
	int64_t id;
	int rc;

	copy_text(i % 2 == 0 ? e.to : e.from, sizeof(e.to), "云仓");
	rc = transfer_add(s, &e, &id);
	if (rc == 0)
		rc = transfer_send(s, id, NULL);
	return rc < 0 ? rc : transfer_arrive(s, id, NULL, 0, "", NULL);
}

static int
sends(struct session *s, int hand, int64_t i)
{
	struct pack_close c = { .courier = "YTO" };
	struct packing *p;
	char no[16];
	int rc;

	snprintf(no, sizeof(no), "%d", 1000 * (hand + 1) + (int)i);
	snprintf(
	    c.waybill_no, sizeof(c.waybill_no), "YT%03d%010d", hand, (int)i);
	if ((rc = pack_open(s, no, &p)) < 0)
		return rc;
	(void)!pack_scan(s, p, "A", NULL);
	rc = pack_ship(s, p, &c, NULL);
	pack_free(p);
	return rc;
}

static void
work(const char *path, int hand, int64_t until, int out)
{
	struct tally t = { 0 };
	struct session *s;
	struct err err;
	int64_t i, start;
	int rc;

	if (session_open(&s, path, &err) < 0 || session_become(s, 1) < 0)
		_exit(3);
	for (i = 0; (start = ticks()) < until; i++) {
		if (hand % 3 == 2 && i >= ORDERS)
			break;
		rc = hand % 3 == 0   ? adjusts(s, i)
		     : hand % 3 == 1 ? carries(s, i)
				     : sends(s, hand, i);
		start = ticks() - start;
		t.longest = start > t.longest ? start : t.longest;
		t.done += rc == 0;
		t.shipped += rc == 0 && hand % 3 == 2;
		t.refused += rc == ERR_STATE;
		t.odd += rc < 0 && rc != ERR_STATE;
	}
	session_close(s);
	_exit(write(out, &t, sizeof(t)) == sizeof(t) ? 0 : 3);
}

static const char *
shop(void)
{
	const struct warehouse_edit e = { .name = "云仓", .active = true };
	const char *path = fixture_shop("stock-race.db");
	struct session *s;
	struct err err;
	char no[16];
	int64_t id;
	int hand, i;

	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	assert_int_equal(db_relax(s->db, true), 0);
	fixture_variant(s, "A", PIECES, 100);
	assert_int_equal(warehouse_add(s, &e, &id), 0);
	for (hand = 2; hand < HANDS; hand += 3)
		for (i = 0; i < ORDERS; i++) {
			snprintf(no, sizeof(no), "%d", 1000 * (hand + 1) + i);
			fixture_order(s, no, 1, "A", NULL);
		}
	assert_int_equal(db_relax(s->db, false), 0);
	session_close(s);
	return path;
}

static void
sums_are_exact_and_nobody_waits_long(void **state)
{
	const char *path = shop(), *seconds = getenv("RACE_SECONDS");
	int64_t until, odd, pieces;
	struct tally t, all = { 0 };
	struct session *s;
	struct err err;
	int ends[2], i, status;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	until = ticks() + 1000000 * (seconds != NULL ? atoi(seconds) : 1);
	for (i = 0; i < HANDS; i++)
		if (fork() == 0)
			work(path, i, until, ends[1]);
	close(ends[1]);
	while (read(ends[0], &t, sizeof(t)) == sizeof(t)) {
		all.done += t.done;
		all.refused += t.refused;
		all.odd += t.odd;
		all.shipped += t.shipped;
		if (t.longest > all.longest)
			all.longest = t.longest;
	}
	close(ends[0]);
	for (i = 0; i < HANDS; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	printf("%d hands: %lld done, %lld refused, longest %lld.%03lld ms\n",
	    HANDS, (long long)all.done, (long long)all.refused,
	    (long long)all.longest / 1000, (long long)all.longest % 1000);
	assert_int_equal(session_open(&s, path, &err), 0);
	assert_int_equal(session_become(s, 1), 0);
	odd = fixture_int(s, "SELECT coalesce(sum(m.qty), 0) FROM stock_move m"
			     " JOIN stock_slip x ON x.id = m.slip_id"
			     " WHERE x.kind = 'adjust'");
	pieces = fixture_int(s, "SELECT sum(on_hand + in_transit) FROM stock");
	assert_int_equal(pieces, PIECES - all.shipped + odd);
	assert_int_equal(all.odd, 0);
	assert_true(all.done > HANDS);
	fixture_verify(s);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_exact_and_nobody_waits_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
