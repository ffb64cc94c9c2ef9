/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/tracking.h"
#include "import_lib.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

/* Parcels on their way: what couriers tell, who must see to what. */

#define YT1 "YT8812345678901"
#define YT2 "YT8812345678902"

static void
ship(struct session *s, const char *no, const char *waybill)
{
	struct pack_close how = { .courier = "圆通", .weight = 500 };
	struct packing *p;

	copy_text(how.waybill_no, sizeof(how.waybill_no), waybill);
	assert_int_equal(pack_open(s, no, &p), 0);
	assert_int_equal(pack_scan(s, p, "A", NULL), PACK_COMPLETE);
	assert_int_equal(pack_ship(s, p, &how, NULL), 0);
	pack_free(p);
}

/* Two parcels, handed over @hours ago. */
static struct session *
two_parcels(const char *role, int64_t hours)
{
	struct session *s = fixture_session("owner");

	time_travel(time_now() - hours * 3600);
	fixture_variant(s, "A", 50, 1000);
	fixture_order(s, "1001", 1, "A", NULL);
	fixture_order(s, "1002", 1, "A", NULL);
	ship(s, "1001", YT1);
	ship(s, "1002", YT2);
	time_travel(0);
	fixture_role(s, role);
	return s;
}

static int64_t
parcel(struct session *s, const char *waybill)
{
	int64_t id;

	assert_int_equal(track_parcel(s, waybill, &id), 0);
	return id;
}

/* Waybills of a list, as they come. */
static const char *
listed(struct session *s, enum track_list list)
{
	static struct str text;
	int64_t n[TRACK_LISTS];
	struct page page;
	size_t i;

	str_cut(&text, 0);
	str_add(&text, "");
	assert_int_equal(track_page(s, list, PAGE_FIRST, NULL, 50, &page), 0);
	for (i = 0; i < page.n; i++) {
		const struct track_row *t = page_row(&page, i);

		str_addf(&text, "%s%s", i > 0 ? " " : "", t->waybill_no);
	}
	assert_int_equal(track_counts(s, n), 0);
	assert_int_equal(n[list], page.n);
	page_free(&page);
	return text.s != NULL ? text.s : "";
}

static void
words_of_couriers_are_understood(void **state)
{
	static const struct {
		const char *words;
		enum track_state state;
	} said[] = {
		{ "【杭州转运中心】已发出 下一站 【北京】", TRACK_MOVING },
		{ "快件已揽收", TRACK_COLLECTED },
		{ "【北京朝阳】张三正在派件", TRACK_DELIVERING },
		{ "快件已存放至菜鸟驿站,请及时取件", TRACK_DELIVERING },
		{ "已签收,签收人:本人", TRACK_SIGNED },
		{ "客户拒收,快件退回", TRACK_REFUSED },
		{ "快件退回签收", TRACK_RETURNED },
		{ "快件正在退回途中", TRACK_RETURNING },
		{ "疑难件:收件人电话无法联系", TRACK_TROUBLE },
		{ "Out for delivery", TRACK_DELIVERING },
		{ "Delivered, left at door", TRACK_SIGNED },
		{ "未签收", TRACK_DELIVERING },
		{ "天气晴", TRACK_MOVING },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		assert_int_equal(track_by_words(said[i].words), said[i].state);
	for (i = 0; i < TRACK_MAX; i++)
		assert_int_equal(track_by_name(track_name((int64_t)i)), i);
	assert_int_equal(track_by_name("no such"), TRACK_MAX);
}

static const char events_file[] =
    "运单号,时间,状态,地点\n" YT1 ",%s 08:00:00,已揽收,杭州\n" YT1
    ",%s 09:00:00,到达转运中心,杭州\n" YT2 ",%s 08:00:00,已揽收,杭州\n"
    "YT0000000000000,%s 08:00:00,已揽收,杭州\n";

static void
import_events(struct session *s, const char *more)
{
	struct str text = STR_INIT;
	char day[TIME_SIZE];

	day_text(time_day(time_now()) - 1, day);
	str_addf(&text, events_file, day, day, day, day);
	str_add(&text, more);
	take(s, "tracking", fixture_file("events.csv", text.s), NULL);
	str_done(&text);
}

static void
what_files_tell_is_taken_once(void **state)
{
	struct session *s = two_parcels("owner", 20);
	struct track_taken n;
	struct page page;
	char more[100], day[TIME_SIZE];

	(void)state;
	import_events(s, "");
	assert_int_equal(track_take(s, &n), 0);
	assert_int_equal(n.events, 3);
	assert_int_equal(n.unknown, 1);
	assert_int_equal(track_take(s, &n), 0);
	assert_int_equal(n.events + n.unknown, 0);
	assert_int_equal(track_events(s, parcel(s, YT1), &page), 0);
	assert_int_equal(page.n, 2);
	assert_int_equal(
	    ((const struct track_event *)page_row(&page, 0))->state,
	    TRACK_MOVING); /* newest first */
	page_free(&page);
	/* The same file with one event more. */
	snprintf(more, sizeof(more), YT2 ",%s 10:00:00,已签收,北京\n",
	    day_text(time_day(time_now()) - 1, day));
	import_events(s, more);
	assert_int_equal(track_take(s, &n), 0);
	assert_int_equal(n.events, 1);
	assert_int_equal(fixture_int(s, "SELECT track * 10 + watch FROM parcel"
					" WHERE waybill_no = '" YT2 "'"),
	    40);
	fixture_verify(s);
	fixture_end(s);
}

#define NEWEST "SELECT max(id) FROM import_batch"

/* With the file go the news that came in it, and no others. */
static void
a_file_taken_back_takes_its_news_along(void **state)
{
	struct session *s = two_parcels("owner", 30);
	struct import_options opt = { 0 };
	int64_t now = time_now();
	struct track_taken n;

	(void)state;
	assert_int_equal(
	    track_add(s, parcel(s, YT1), TRACK_TROUBLE, now - 60, ""), 0);
	import_events(s, "");
	assert_int_equal(track_take(s, &n), 0);
	assert_int_equal(import_undo(s, fixture_int(s, NEWEST), &opt), 0);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM track_event"), 1);
	assert_int_equal(
	    fixture_int(
		s, "SELECT track FROM parcel WHERE waybill_no = '" YT1 "'"),
	    TRACK_TROUBLE);
	assert_string_equal(listed(s, TRACK_UNCOLLECTED), YT2);
	/* And it can come again. */
	import_events(s, "");
	assert_int_equal(track_take(s, &n), 0);
	assert_int_equal(n.events, 3);
	fixture_verify(s);
	fixture_end(s);
}

static void
older_news_change_nothing(void **state)
{
	struct session *s = two_parcels("agent", 30);
	int64_t id = parcel(s, YT1), now = time_now();

	(void)state;
	assert_int_equal(track_add(s, id, TRACK_DELIVERING, now - 60, ""), 0);
	assert_int_equal(track_add(s, id, TRACK_COLLECTED, now - 9000, ""), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT track FROM parcel WHERE id = 1"),
	    TRACK_DELIVERING);
	/* What was said already is said once. */
	assert_int_equal(
	    track_add(s, id, TRACK_COLLECTED, now - 9000, ""), ERR_CONFLICT);
	assert_int_equal(track_add(s, id, TRACK_NONE, now, ""), ERR_INVALID);
	assert_string_equal(s->err.field, "state");
	assert_int_equal(
	    track_add(s, id, TRACK_MOVING, now + 10 * 86400, ""), ERR_INVALID);
	assert_string_equal(s->err.field, "at");
	assert_int_equal(track_add(s, 99, TRACK_MOVING, now, ""), ERR_NOTFOUND);
	assert_int_equal(fixture_audited(s, "track-add", id), 2);
	fixture_end(s);
}

static void
each_list_has_what_belongs_there(void **state)
{
	struct session *s = two_parcels("owner", 30);
	int64_t a = parcel(s, YT1), b = parcel(s, YT2), now = time_now();

	(void)state;
	assert_string_equal(listed(s, TRACK_UNCOLLECTED), YT1 " " YT2);
	assert_string_equal(listed(s, TRACK_STILL), "");
	assert_int_equal(track_add(s, a, TRACK_COLLECTED, now, ""), 0);
	assert_string_equal(listed(s, TRACK_UNCOLLECTED), YT2);
	time_travel(now + 4 * 86400);
	assert_string_equal(listed(s, TRACK_STILL), YT1);
	time_travel(now + 8 * 86400);
	assert_string_equal(listed(s, TRACK_LATE), YT1 " " YT2);
	assert_int_equal(
	    track_add(s, a, TRACK_REFUSED, now + 8 * 86400, "不要了"), 0);
	assert_int_equal(track_add(s, b, TRACK_LOST, now + 8 * 86400, ""), 0);
	assert_string_equal(listed(s, TRACK_BACK), YT1);
	assert_string_equal(listed(s, TRACK_BAD), YT2);
	assert_string_equal(listed(s, TRACK_LATE), "");
	time_travel(0);
	fixture_end(s);
}

/* What the platform says is over needs nobody. */
static void
finished_orders_are_watched_no_more(void **state)
{
	struct session *s = two_parcels("owner", 30);
	struct track_taken n;
	struct txn *txn;

	(void)state;
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "UPDATE orders SET state = 5 WHERE id = 1", DB_NOARGS,
		NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(track_take(s, &n), 0);
	assert_string_equal(listed(s, TRACK_UNCOLLECTED), YT2);
	fixture_end(s);
}

static void
a_case_is_one_persons(void **state)
{
	struct session *s = two_parcels("agent", 30);
	int64_t a = parcel(s, YT1), id = 0, other;
	struct page page;

	(void)state;
	assert_int_equal(track_case_open(s, a, "bored", "", &id), ERR_INVALID);
	assert_int_equal(
	    track_case_open(s, a, "not_received", "", &id), ERR_STATE);
	assert_int_equal(track_case_open(s, a, "still", "called", &id), 0);
	assert_int_equal(
	    track_case_open(s, a, "still", "", &other), ERR_CONFLICT);
	assert_non_null(strstr(s->err.text, "agent"));
	assert_int_equal(track_case_note(s, id, "will call back"), 0);
	assert_int_equal(
	    track_page(s, TRACK_CASES, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 1);
	assert_string_equal(
	    ((const struct track_row *)page_row(&page, 0))->note,
	    "called\nwill call back");
	page_free(&page);
	assert_int_equal(track_case_close(s, id, "bored", ""), ERR_INVALID);
	assert_int_equal(track_case_close(s, id, "sent_again", ""), 0);
	assert_int_equal(track_case_close(s, id, "nothing", ""), ERR_STATE);
	assert_string_equal(listed(s, TRACK_CASES), "");
	assert_string_equal(listed(s, TRACK_UNCOLLECTED), YT2);
	assert_int_equal(track_case_reopen(s, id), 0);
	assert_int_equal(track_case_reopen(s, id), ERR_STATE);
	assert_string_equal(listed(s, TRACK_CASES), YT1);
	fixture_end(s);
}

static void
what_arrives_closes_its_cases(void **state)
{
	struct session *s = two_parcels("agent", 30);
	int64_t a = parcel(s, YT1), id, stop;

	(void)state;
	assert_int_equal(track_case_open(s, a, "late", "", &id), 0);
	assert_int_equal(track_case_open(s, a, "intercept", "", &stop), 0);
	assert_int_equal(track_add(s, a, TRACK_SIGNED, time_now(), ""), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM track_case"
			   " WHERE closed_at = 0 AND kind = 'intercept'"),
	    1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM track_case"
					" WHERE outcome = 'arrived'"),
	    1);
	assert_int_equal(track_case_close(s, stop, "too_late", ""), 0);
	assert_int_equal(
	    track_case_open(s, a, "intercept", "", &stop), ERR_STATE);
	assert_int_equal(track_case_open(s, a, "not_received", "", &stop), 0);
	assert_string_equal(listed(s, TRACK_CASES), YT1);
	fixture_end(s);
}

static void
an_order_of_our_own_is_done_when_it_arrived(void **state)
{
	struct session *s = two_parcels("owner", 30);
	struct txn *txn;

	(void)state;
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(
	    db_exec(txn, "UPDATE orders SET origin = 1 WHERE id = 1", DB_NOARGS,
		NULL),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(
	    track_add(s, parcel(s, YT1), TRACK_SIGNED, time_now(), ""), 0);
	assert_int_equal(
	    track_add(s, parcel(s, YT2), TRACK_SIGNED, time_now(), ""), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT state FROM orders WHERE id = 1"),
	    ORDER_DONE);
	assert_int_equal(
	    fixture_int(s, "SELECT state FROM orders WHERE id = 2"),
	    ORDER_SHIPPED);
	fixture_verify(s);
	fixture_end(s);
}

static void
hours_from_payment_to_shipment(void **state)
{
	struct session *s = two_parcels("owner", 0);
	struct page page;

	(void)state;
	assert_int_equal(ship_hours(s, 0, time_now() + 1, &page), 0);
	assert_int_equal(page.n, 1);
	assert_int_equal(((const struct ship_hours *)page_row(&page, 0))->n, 2);
	assert_int_equal(
	    ((const struct ship_hours *)page_row(&page, 0))->in_time, 2);
	page_free(&page);
	fixture_end(s);
}

/* Each verb whole or not at all. */
static void
faults_leave_old_or_new(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct track_taken n;
		int64_t id = 0, a = 1;
		int rc[4];

		fixture_variant(s, "A", 50, 1000);
		fixture_order(s, "1001", 1, "A", NULL);
		ship(s, "1001", YT1);
		import_events(s, "");
		fault_arm(&f);
		rc[0] = track_take(s, &n);
		rc[1] = track_case_open(s, a, "late", "", &id);
		rc[2] =
		    rc[1] == 0 ? track_case_close(s, id, "nothing", "") : rc[1];
		rc[3] = track_add(s, a, TRACK_SIGNED, time_now(), "");
		fault_disarm(&f);
		assert_true(f.hit || (rc[0] | rc[1] | rc[2] | rc[3]) == 0);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM "
						"track_event"),
		    (rc[0] == 0 ? 2 : 0) + (rc[3] == 0));
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM track_case"
				   " WHERE closed_at > 0"),
		    rc[2] == 0 || (rc[1] == 0 && rc[3] == 0));
		/* The next one takes what this one did not. */
		assert_int_equal(track_take(s, &n), 0);
		assert_int_equal(n.events, rc[0] == 0 ? 0 : 2);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_couriers_are_understood),
		cmocka_unit_test(what_files_tell_is_taken_once),
		cmocka_unit_test(a_file_taken_back_takes_its_news_along),
		cmocka_unit_test(older_news_change_nothing),
		cmocka_unit_test(each_list_has_what_belongs_there),
		cmocka_unit_test(finished_orders_are_watched_no_more),
		cmocka_unit_test(a_case_is_one_persons),
		cmocka_unit_test(what_arrives_closes_its_cases),
		cmocka_unit_test(an_order_of_our_own_is_done_when_it_arrived),
		cmocka_unit_test(hours_from_payment_to_shipment),
		cmocka_unit_test(faults_leave_old_or_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
