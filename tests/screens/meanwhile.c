/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "fixture.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/settings.h"
#include "till.h"

/* Others work at the same time, each at a terminal of their own. */

static void
hold(struct session *s, const char *order_no)
{
	int64_t id;

	assert_int_equal(order_by_no(s, order_no, &id), 0);
	assert_int_equal(order_hold(s, id, "manual", "another terminal"), 0);
}

/* The list is read again, and the cursor stays on the order it was on. */
static void
the_selected_row_stays(void **state)
{
	struct session *other;
	struct till *k = till_shared("en", 24, 80, &other);

	(void)state;
	till_keys(k, "F2 Down Down");
	till_sees(k, "▌    4119203366520877610");
	hold(other, "4119203366520877702"); /* above it */
	till_keys(k, "tick tick");
	till_sees(k, "[To ship 3]");
	till_misses(k, "4119203366520877702");
	till_sees(k, "▌    4119203366520877610");
	hold(other, "4119203366520877610"); /* the very one */
	till_keys(k, "tick tick");
	till_sees(k, "[To ship 2]");
	till_sees(
	    k, "▌    4119203366520877731"); /* the one that took its place */
	session_close(other);
	till_close(k);
}

/* What is being asked is not disturbed; the answer meets what is true by then.
 */
static void
a_question_outlives_the_others_change(void **state)
{
	struct session *other;
	struct till *k = till_shared("en", 24, 80, &other);

	(void)state;
	till_keys(k, "F2 m 'be quick'");
	hold(other, "4119203366520877702");
	till_keys(k, "tick tick");
	till_sees(k, "be quick");
	till_keys(k, "Ctrl-S");
	till_sees(k, "changed by someone else");
	till_sees(k, "be quick"); /* nothing typed is lost */
	session_close(other);
	till_close(k);
}

/* A deadline is the owner's to decide, and holds everywhere at once. */
static void
another_deadline_is_seen_at_once(void **state)
{
	struct session *other;
	struct till *k = till_shared("en", 24, 80, &other);

	(void)state;
	till_keys(k, "F2 Down");
	till_sees(k, "28 h left"); /* paid yesterday 18:41, of 48 hours */
	assert_int_equal(setting_save(other, "ship_hours", "24"), 0);
	till_keys(k, "tick tick");
	till_sees(k, "4 h left");
	session_close(other);
	till_close(k);
}

static void
settings_are_edited(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);

	(void)state;
	till_keys(k, "F10 Down");
	till_sees(k, "Time to ship an order, once it is paid");
	till_keys(k, "Enter Ctrl-U '1000' Enter");
	till_sees(k, "A whole number from 1 to 720 is wanted");
	till_keys(k, "Ctrl-U '72' Enter");
	till_sees(k, "The setting is saved");
	till_keys(k, "F2");
	till_sees(k, "19 h left");
	till_keys(k, "F10 Home Enter Ctrl-U '锅铺' Enter F2");
	till_sees(k, "锅铺");
	till_close(k);
	k = till_open("clerk", "en", 24, 80);
	till_keys(k, "F10");
	till_sees(k, "Your role may not open \"Settings\".");
	till_close(k);
}

/* Money in yuan, yes and no as words; what is long is read whole beneath. */
static void
settings_are_typed_as_what_they_are(void **state)
{
	struct till *k = till_open("owner", "en", 24, 80);
	struct session *s = k->s;

	(void)state;
	till_keys(k, "F10 / 'bill may' Enter");
	till_sees(k, "yuan");
	till_keys(k, "Ctrl-U '1.25' Enter");
	till_sees(k, " 1.25 ");
	till_keys(k, "Ctrl-U 'remark' Enter 'n' Enter Ctrl-S");
	till_sees(k, "The setting is saved");
	till_keys(k, "Ctrl-U 'confirmed with' Down");
	till_sees(k, "   order always is");
	assert_int_equal(fixture_int(s, "SELECT CAST(value AS INTEGER) FROM"
					" setting WHERE name = 'freight_over'"),
	    125);
	assert_int_equal(
	    fixture_int(s, "SELECT CAST(value AS INTEGER) FROM setting"
			   " WHERE name = 'import_hold_remark'"),
	    0);
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_selected_row_stays),
		cmocka_unit_test(a_question_outlives_the_others_change),
		cmocka_unit_test(another_deadline_is_seen_at_once),
		cmocka_unit_test(settings_are_edited),
		cmocka_unit_test(settings_are_typed_as_what_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
