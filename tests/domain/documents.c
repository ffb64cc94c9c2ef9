/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/documents.h"
#include <sys/stat.h>
#include <unistd.h>

#include "import_lib.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/print.h"

/* Delivery notices and invoices. */

static struct session *
shop(const char *role, int64_t *order)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "A", 50, 1000);
	*order = fixture_order(s, "1001", 2, "A", NULL);
	fixture_role(s, role);
	return s;
}

static int
issue(struct session *s, int64_t order, const char *kind, const char *title,
    const char *tax_no, int64_t *id)
{
	struct document_edit e = { .kind = kind };

	copy_text(e.title, sizeof(e.title), title);
	copy_text(e.tax_no, sizeof(e.tax_no), tax_no);
	return document_issue(s, order, &e, id);
}

static void
number_is(struct session *s, int64_t id, const char *no)
{
	const struct document *d;
	struct page page;
	int64_t found;

	assert_int_equal(document_get(s, id, &page), 0);
	d = page_row(&page, 0);
	assert_string_equal(d->doc_no, no);
	assert_int_equal(d->total, 10000);
	page_free(&page);
	assert_int_equal(document_by_no(s, no, &found), 0);
	assert_int_equal(found, id);
}

static void
each_kind_has_its_numbers(void **state)
{
	int64_t order, id;
	struct session *s = shop("agent", &order);

	(void)state;
	assert_int_equal(issue(s, order, "delivery", "", "", &id), 0);
	number_is(s, id, "DN-000001");
	assert_int_equal(issue(s, order, "invoice", "杭州某某有限公司",
			     "91330106ma2abcde1x", &id),
	    0);
	number_is(s, id, "SI-000001");
	/* A second one only when the first is none any more. */
	assert_int_equal(issue(s, order, "invoice", "", "", &id), ERR_CONFLICT);
	assert_non_null(strstr(s->err.text, "SI-000001"));
	assert_int_equal(document_by_no(s, "si-1", &id), 0);
	assert_int_equal(document_cancel(s, id, ""), ERR_INVALID);
	assert_string_equal(s->err.field, "reason");
	assert_int_equal(document_cancel(s, id, "wrong title"), 0);
	assert_int_equal(document_cancel(s, id, "again"), ERR_STATE);
	assert_int_equal(issue(s, order, "invoice", "", "", &id), 0);
	number_is(s, id, "SI-000002");
	assert_int_equal(fixture_audited(s, "document-issue", id), 1);
	fixture_role(s, "owner");
	fixture_verify(s);
	fixture_end(s);
}

static void
wrong_ones_are_refused(void **state)
{
	int64_t order, id;
	struct session *s = shop("owner", &order);

	(void)state;
	assert_int_equal(issue(s, order, "receipt", "", "", &id), ERR_INVALID);
	assert_string_equal(s->err.field, "kind");
	assert_int_equal(
	    issue(s, order, "invoice", "某公司", "123", &id), ERR_INVALID);
	assert_string_equal(s->err.field, "tax_no");
	assert_int_equal(
	    issue(s, order, "invoice", "", "91330106MA2ABCDE1X", &id),
	    ERR_INVALID);
	assert_string_equal(s->err.field, "title");
	assert_int_equal(order_cancel(s, order, "no goods"), 0);
	assert_int_equal(issue(s, order, "delivery", "", "", &id), ERR_STATE);
	assert_int_equal(issue(s, 99, "delivery", "", "", &id), ERR_NOTFOUND);
	assert_int_equal(document_cancel(s, 99, "x"), ERR_NOTFOUND);
	assert_int_equal(document_by_no(s, "DN-9", &id), ERR_NOTFOUND);
	fixture_end(s);
}

/* What stood on it stays, whatever becomes of the order. */
static void
the_body_is_frozen(void **state)
{
	int64_t order, id;
	struct session *s = shop("owner", &order);
	struct txn *txn;

	(void)state;
	assert_int_equal(issue(s, order, "invoice", "", "", &id), 0);
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_script(txn, "UPDATE orders SET paid = 1;"
					"UPDATE variant SET name = 'other'"),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	number_is(s, id, "SI-000001");
	assert_int_equal(fixture_int(s, "SELECT instr(body, 'other') FROM"
					" document"),
	    0);
	assert_true(
	    fixture_int(s, "SELECT instr(body, '100.00') FROM document") > 0);
	fixture_end(s);
}

static void
it_is_printed(void **state)
{
	int64_t order, id;
	struct session *s = shop("agent", &order);
	const char *path = fixture_path("invoice.pdf");
	struct print_job job = { .path = path };
	struct print_said said;
	struct stat st;

	(void)state;
	assert_int_equal(issue(s, order, "invoice", "某公司", "", &id), 0);
	if (print_document(s, id, &job, &said) < 0)
		fail_msg("%s", s->err.text);
	assert_int_equal(said.pages, 1);
	assert_string_equal(said.warning, "");
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size > 1000);
	assert_int_equal(fixture_audited(s, "document-print", id), 1);
	assert_int_equal(document_cancel(s, id, "wrong"), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(print_document(s, id, &job, &said), 0);
	assert_int_equal(print_document(s, 99, &job, &said), ERR_NOTFOUND);
	fixture_end(s);
}

static void
faults_leave_old_or_new(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		int64_t order, id = 0;
		int rc[2];

		fixture_variant(s, "A", 50, 1000);
		order = fixture_order(s, "1001", 2, "A", NULL);
		fault_arm(&f);
		rc[0] = issue(s, order, "delivery", "", "", &id);
		rc[1] = rc[0] == 0 ? document_cancel(s, id, "wrong") : rc[0];
		fault_disarm(&f);
		assert_true(f.hit || (rc[0] | rc[1]) == 0);
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM document"),
		    rc[0] == 0);
		assert_int_equal(fixture_int(s, "SELECT count(*) FROM document"
						" WHERE cancelled_at > 0"),
		    rc[1] == 0);
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_has_its_numbers),
		cmocka_unit_test(wrong_ones_are_refused),
		cmocka_unit_test(the_body_is_frozen),
		cmocka_unit_test(it_is_printed),
		cmocka_unit_test(faults_leave_old_or_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
