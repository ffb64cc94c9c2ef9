/* SPDX-License-Identifier: MIT */
#include "ship_lib.h"
#include "shopmgr/domain/session.h"

/* A shop of before days were kept. */

static void
days_of_before_are_added_when_it_is_opened(void **state)
{
	struct session *s = fixture_faulty("owner");
	struct err err;
	const char *path;

	(void)state;
	fixture_variant(s, "A", 50, 1000);
	fixture_order(s, "66", 2, "A", NULL);
	ships(s, "66", 1);
	fixture_verify(s);
	exec(s, "DELETE FROM stock_day");
	exec(s, "INSERT INTO setting (name, value)"
		" VALUES ('stock_days_due', '1')");
	path = fixture_path("before.db");
	assert_int_equal(db_copy(s->db, path), 0);
	fixture_end(s);
	assert_int_equal(session_open(&s, path, &err), 0);
	assert_int_equal(fixture_int(s, "SELECT sum(came) FROM stock_day"), 50);
	assert_int_equal(fixture_int(s, "SELECT sum(sold) FROM stock_day"), 2);
	assert_int_equal(
	    fixture_int(s, "SELECT sum(cost) FROM stock_day"), 2000);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM setting"
					" WHERE name = 'stock_days_due'"),
	    0);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_of_before_are_added_when_it_is_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
