/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "../io/pdf.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/domain/waves.h"
#include "shopmgr/io/printer.h"

/* What goes on paper, read back from it. */

#define FILE_NAME "paper.pdf"

static void
set(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static struct session *
shop(const char *role, int64_t ids[2])
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "A", 50, 1000);
	fixture_variant(s, "B", 50, 1000);
	ids[0] = fixture_order(s, "4119203366520877702", 2, "A", "B", NULL);
	ids[1] = fixture_order(s, "4119203366520877703", 1, "A", NULL);
	set(s, "UPDATE receiver SET name = '李小明', phone = '13812345678',"
	       " province = '浙江省', city = '杭州市', district = '西湖区',"
	       " address = '文三路 90 号' /*scan*/");
	fixture_role(s, role);
	return s;
}

static const char *
path(void)
{
	return tmp_path(FILE_NAME);
}

/* What is no label says no more than its reader may know. */
static void
who_may_not_see_contacts_prints_none(void **state)
{
	const struct print_job job = { .path = path() };
	const struct document_edit e = { .kind = "delivery" };
	struct print_said said;
	int64_t ids[2], id;
	struct session *s = shop("owner", ids);
	const char *text;

	(void)state;
	assert_int_equal(document_issue(s, ids[0], &e, &id), 0);
	assert_int_equal(print_document(s, id, &job, &said), 0);
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "李小明"));
	assert_non_null(strstr(text, "13812345678"));
	s->perms &= ~((uint64_t)1 << PERM_CONTACT_VIEW);
	assert_int_equal(print_document(s, id, &job, &said), 0);
	text = pdf_text(path(), 1);
	assert_null(strstr(text, "李小明"));
	assert_null(strstr(text, "13812345678"));
	assert_null(strstr(text, "文三路"));
	fixture_end(s);
}

static void
a_label_has_the_whole_address(void **state)
{
	struct print_said said;
	int64_t ids[2];
	struct session *s = shop("clerk", ids);
	const char *text;

	(void)state;
	assert_int_equal(print_labels(s, ids, 2,
			     &(struct print_job){ .path = path() }, &said),
	    0);
	assert_int_equal(said.printed, 2);
	assert_int_equal(said.pages, 2);
	assert_int_equal(said.left_out, 0);
	assert_string_equal(said.warning, "");
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "李小明"));
	assert_non_null(strstr(text, "13812345678"));
	assert_non_null(strstr(text, "文三路 90 号"));
	text = pdf_codes(path(), 2);
	assert_non_null(strstr(text, "CODE-128:4119203366520877703\n"));
	assert_non_null(strstr(text, "QR-Code:4119203366520877703\n"));
	/* Whose address it was is known. */
	assert_int_equal(fixture_audited(s, "order-print", ids[0]), 1);
	assert_int_equal(fixture_audited(s, "order-print", ids[1]), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders WHERE done & 4 = 4"
			   " /*scan*/"),
	    2);
	fixture_end(s);
}

static void
send_some(struct session *s, const char *order_no, const char *code)
{
	struct pack_close close = {
		.courier = "YTO", .waybill_no = "YT1234567890123", .more = true
	};
	struct packing *p;

	assert_int_equal(pack_open(s, order_no, &p), 0);
	assert_true(pack_scan(s, p, code, NULL) >= 0);
	assert_int_equal(pack_ship(s, p, &close, NULL), 0);
	pack_free(p);
}

/* At the door nobody looks into the shop: the paper says what is to be paid. */
static void
cash_on_delivery_stands_on_the_papers(void **state)
{
	struct print_said said;
	int64_t ids[2];
	struct session *s = shop("clerk", ids);
	const struct print_job job = { .path = path() };

	(void)state;
	set(s, "UPDATE orders SET cod = 1, total = 12850, paid = 0"
	       " WHERE id = 1");
	assert_int_equal(print_labels(s, ids, 2, &job, &said), 0);
	assert_non_null(strstr(pdf_text(path(), 1), "Collect ¥128.50"));
	assert_null(strstr(pdf_text(path(), 2), "Collect"));
	assert_int_equal(print_slips(s, ids, 1, &job, &said), 0);
	assert_non_null(strstr(pdf_text(path(), 1), "¥128.50"));
	assert_null(strstr(pdf_text(path(), 1), "Paid at"));
	/* Once: the label of the next parcel asks for nothing. */
	send_some(s, "4119203366520877702", "A");
	assert_int_equal(print_labels(s, ids, 1, &job, &said), 0);
	assert_null(strstr(pdf_text(path(), 1), "Collect"));
	assert_non_null(strstr(pdf_text(path(), 1), "no waybill yet"));
	fixture_end(s);
}

static void
who_must_not_get_one_is_named(void **state)
{
	struct print_said said;
	int64_t ids[2];
	struct session *s = shop("owner", ids);

	(void)state;
	set(s, "UPDATE receiver SET name = '李**' WHERE id ="
	       " (SELECT receiver_id FROM orders WHERE id = 1)");
	assert_int_equal(order_hold(s, ids[1], "manual", ""), 0);
	assert_int_equal(print_labels(s, ids, 2,
			     &(struct print_job){ .path = path() }, &said),
	    ERR_STATE);
	assert_int_equal(said.left_out, 2);
	assert_non_null(strstr(said.left_names, "masks the address"));
	assert_non_null(strstr(said.left_names, "on hold"));
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders WHERE done & 4 = 4"
			   " /*scan*/"),
	    0);
	assert_int_equal(order_release(s, ids[1], NULL, ""), 0);
	set(s, "UPDATE receiver SET name = '李㐂' /*scan*/");
	assert_int_equal(print_labels(s, ids, 2,
			     &(struct print_job){ .path = path() }, &said),
	    0);
	fixture_role(s, "buyer");
	assert_int_equal(print_labels(s, ids, 2,
			     &(struct print_job){ .path = path() }, &said),
	    ERR_DENIED);
	fixture_end(s);
}

static void
a_slip_says_what_is_in_it(void **state)
{
	struct print_said said;
	int64_t ids[2];
	struct session *s = shop("clerk", ids);
	const char *text;

	(void)state;
	assert_int_equal(print_slips(s, ids, 2,
			     &(struct print_job){ .path = path() }, &said),
	    0);
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "Product A"));
	assert_non_null(strstr(text, "Product B"));
	assert_non_null(strstr(text, "4"));
	assert_string_equal(
	    pdf_codes(path(), 1), "CODE-128:4119203366520877702\n");
	fixture_end(s);
}

static void
a_wave_is_one_walk(void **state)
{
	const struct wave_what what = { .kind = WAVE_SEVERAL };
	struct print_said said;
	int64_t ids[2], wave;
	struct session *s = shop("warehouse", ids);
	const char *text;

	(void)state;
	assert_int_equal(wave_make(s, &what, &wave), 0);
	assert_int_equal(
	    print_picks(s, wave, &(struct print_job){ .path = path() }, &said),
	    0);
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "W-000001"));
	assert_non_null(strstr(text, "Product B"));
	assert_non_null(strstr(text, "Slot"));
	assert_int_equal(
	    print_picks(s, 99, &(struct print_job){ .path = path() }, &said),
	    ERR_NOTFOUND);
	fixture_end(s);
}

static void
the_driver_signs_a_manifest(void **state)
{
	struct pack_close how = { .courier = "圆通",
		.waybill_no = "YT8812345678901",
		.weight = 500 };
	struct print_said said;
	int64_t ids[2], id, n, left;
	struct session *s = shop("warehouse", ids);
	struct packing *p;
	const char *text;

	(void)state;
	assert_int_equal(pack_open(s, "4119203366520877703", &p), 0);
	assert_int_equal(pack_scan(s, p, "A", NULL), PACK_COMPLETE);
	assert_int_equal(pack_ship(s, p, &how, NULL), 0);
	pack_free(p);
	assert_int_equal(manifest_open(s, "圆通", &id), 0);
	assert_int_equal(manifest_all(s, id, &n, &left), 0);
	assert_int_equal(manifest_close(s, id, "王师傅"), 0);
	assert_int_equal(
	    print_manifest(s, id, &(struct print_job){ .path = path() }, &said),
	    0);
	text = pdf_text(path(), 1);
	assert_non_null(strstr(text, "M-000001"));
	assert_non_null(strstr(text, "YT8812345678901"));
	assert_non_null(strstr(text, "王师傅"));
	fixture_end(s);
}

/* Worn by who it is of; the scanner knows. */
static void
a_badge_is_read_by_the_scanner(void **state)
{
	const struct print_job job = { .path = path() };
	struct session *s = fixture_session("owner");
	char code[STAFF_BADGE_SIZE] = "", login[SESSION_NAME];
	struct print_said said;
	const char *text;
	int64_t id;

	(void)state;
	id = session_staff(s);
	assert_int_equal(print_badge(s, id, &job, &said), 0);
	assert_int_equal(said.pages, 1);
	assert_string_equal(said.warning, "");
	assert_non_null(strstr(pdf_text(path(), 1), session_staff_name(s)));
	text = pdf_codes(path(), 1);
	assert_int_equal(sscanf(text, "CODE-128:%31s", code), 1);
	assert_int_equal(session_badge(s, code, login), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM staff WHERE badge <> ''"), 1);
	assert_null(strstr(pdf_text(path(), 1), code));
	assert_int_equal(print_badge(s, 99, &job, &said), ERR_NOTFOUND);
	/* Another one ends it. */
	assert_int_equal(print_badge(s, id, &job, &said), 0);
	assert_int_equal(session_badge(s, code, login), ERR_NOTFOUND);
	fixture_role(s, "clerk");
	assert_int_equal(print_badge(s, id, &job, &said), ERR_DENIED);
	fixture_end(s);
}

/* Nobody's address leaves unrecorded, whatever fails. */
static void
faults_leave_a_record_or_no_paper(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		struct print_said said;
		int64_t id;
		int rc;

		fixture_variant(s, "A", 5, 100);
		id = fixture_order(s, "1001", 1, "A", NULL);
		set(s, "UPDATE receiver SET address = '文三路' /*scan*/");
		remove(path());
		fault_arm(&f);
		rc = print_labels(
		    s, &id, 1, &(struct print_job){ .path = path() }, &said);
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_int_equal(access(path(), F_OK) == 0, rc == 0);
		if (rc == 0)
			assert_int_equal(
			    fixture_audited(s, "order-print", id), 1);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_may_not_see_contacts_prints_none),
		cmocka_unit_test(a_label_has_the_whole_address),
		cmocka_unit_test(cash_on_delivery_stands_on_the_papers),
		cmocka_unit_test(who_must_not_get_one_is_named),
		cmocka_unit_test(a_slip_says_what_is_in_it),
		cmocka_unit_test(a_wave_is_one_walk),
		cmocka_unit_test(the_driver_signs_a_manifest),
		cmocka_unit_test(a_badge_is_read_by_the_scanner),
		cmocka_unit_test(faults_leave_a_record_or_no_paper),
	};

	return cmocka_run_group_tests(tests, tmp_make, tmp_remove);
}
