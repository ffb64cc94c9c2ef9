/* SPDX-License-Identifier: MIT */
#include "ship_lib.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/bins.h"

#include "../../src/domain/stock/bins_priv.h"

/* One comes by the bins in one order, whoever asks. */

static const char *const as_one_walks[] = { "9", "10", "A-1", "A-02", "A-2",
	"A-2-1", "A-2-10", "A-10", "A-100", "B", "B-7", "a-1", "甲-3",
	"甲-12" };
#define BINS (sizeof(as_one_walks) / sizeof(as_one_walks[0]))

static struct session *
shop(struct session *s)
{
	struct bin_edit e = { .walk = "0", .active = true };
	int64_t id;
	size_t i;

	/* Every fifth: none is added where it will stand. */
	for (i = 0; i < BINS; i++) {
		copy_text(e.code, sizeof(e.code), as_one_walks[i * 5 % BINS]);
		assert_int_equal(bin_add(s, &e, &id), 0);
	}
	return s;
}

/* In pages of three, forwards or back. */
static void
pages_are_in_order(struct session *s, bool back)
{
	const struct bin_filter all = { .kind = BIN_PICK };
	struct bin from = { .code = "" };
	char code[BIN_CODE];
	size_t n = 0, i;
	struct page page;

	do {
		assert_int_equal(bin_page(s, &all,
				     n == 0 ? (back ? PAGE_LAST : PAGE_FIRST)
					    : (back ? PAGE_BEFORE : PAGE_AFTER),
				     n == 0 ? NULL : &from, 3, &page),
		    0);
		for (i = 0; i < page.n; i++) {
			const struct bin *b =
			    page_row(&page, back ? page.n - 1 - i : i);

			assert_string_equal(
			    b->code, as_one_walks[back ? BINS - 1 - n : n]);
			from = *b;
			copy_text(code, sizeof(code), b->code);
			n++;
		}
		from.code = code;
		i = page.n;
		page_free(&page);
	} while (i == 3);
	assert_int_equal(n, BINS);
}

static void
lists_stand_as_one_walks(void **state)
{
	struct session *s = shop(fixture_session("owner"));
	size_t i;

	(void)state;
	for (i = 1; i < BINS; i++)
		assert_true(bin_compare(0, as_one_walks[i - 1], 0,
				as_one_walks[i]) < 0);
	pages_are_in_order(s, false);
	pages_are_in_order(s, true);
	fixture_verify(s);
	fixture_end(s);
}

static void
a_bin_renamed_moves_to_its_place(void **state)
{
	struct session *s = shop(fixture_session("owner"));
	struct bin_edit e = { .code = "A-3", .walk = "0", .active = true };

	(void)state;
	assert_int_equal(
	    bin_save(s, fixture_int(s, "SELECT id FROM bin WHERE code = 'B'"),
		1, &e),
	    0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM bin WHERE along < (SELECT"
			   " along FROM bin WHERE code = 'A-3')"),
	    7);
	fixture_verify(s);
	fixture_end(s);
}

/* A shop of before that was kept. */
static void
bins_of_before_get_their_place_when_it_is_opened(void **state)
{
	struct session *s = shop(fixture_faulty("owner"));
	struct err err;
	const char *path;

	(void)state;
	exec(s, "UPDATE bin SET along = ''");
	exec(s, "INSERT INTO setting (name, value)"
		" VALUES ('bins_along_due', '1')");
	path = fixture_path("before.db");
	assert_int_equal(db_copy(s->db, path), 0);
	fixture_end(s);
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_verify(s);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM setting"
					" WHERE name = 'bins_along_due'"),
	    0);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_stand_as_one_walks),
		cmocka_unit_test(a_bin_renamed_moves_to_its_place),
		cmocka_unit_test(
		    bins_of_before_get_their_place_when_it_is_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
