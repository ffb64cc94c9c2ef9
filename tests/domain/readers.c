/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shopdb.h"

/*
 * Every kind of record, read in a shop with a month of trade behind it, where
 * each has rows: whatever fails, an error comes and nothing is left lying
 * about; a row is found by what stands in it; every order that is offered is
 * one.
 */

#define PARTS 2  /* of what a list can be part of, the first ones are read */
#define ROWS  50 /* of which one is looked for by what stands in it */

static struct session *
trade(bool faulty)
{
	struct session *s =
	    faulty ? fixture_faulty("owner") : fixture_session("owner");
	char *logins;

	if (shopdb_demo(s, &logins) < 0)
		fail_msg("%s", session_err(s)->text);
	free(logins);
	return s;
}

/* The filters without which a list of parts is empty. */
static size_t
part_of(const struct rec_kind *k, const char *of, struct rec_filter *f)
{
	if (!k->part)
		return 0;
	*f = (struct rec_filter){ k->filters[0].name, of };
	return 1;
}

/* A page, the one behind it, the last one, and a row by itself. */
static int
read_kind(struct session *s, const struct rec_kind *k, const char *of)
{
	struct rec_filter f;
	size_t n = part_of(k, of, &f);
	struct page page, other;
	int64_t id = 0;
	int rc;

	rc = k->page(s, &f, n, PAGE_FIRST, NULL, 3, &page);
	if (rc < 0)
		return rc;
	if (page.n > 0) {
		id = *(const int64_t *)page_row(&page, 0);
		rc = k->page(s, &f, n, PAGE_AFTER, page_row(&page, page.n - 1),
		    3, &other);
		if (rc == 0)
			page_free(&other);
	}
	page_free(&page);
	if (rc < 0)
		return rc;
	if ((rc = k->page(s, &f, n, PAGE_LAST, NULL, 3, &page)) < 0)
		return rc;
	page_free(&page);
	if (id == 0 || k->part)
		return 0;
	if ((rc = k->get(s, id, &page)) == 0)
		page_free(&page);
	return rc;
}

static void
reading_a_kind_survives_every_failure(void **state)
{
	struct session *s = trade(true);
	char of[8];
	int i, p, rc;

	(void)state;
	for (i = 0; record_kinds[i] != NULL; i++)
		for (p = 1; p <= (record_kinds[i]->part ? PARTS : 1); p++)
			FOR_EACH_FAULT(f)
			{
				snprintf(of, sizeof(of), "%d", p);
				fault_arm(&f);
				rc = read_kind(s, record_kinds[i], of);
				fault_disarm(&f);
				/* There may be none of which it is part. */
				if (!f.hit && rc == ERR_NOTFOUND &&
				    record_kinds[i]->part)
					continue;
				if ((rc == 0) == f.hit)
					fail_msg("%s, call %d: %d %s",
					    record_kinds[i]->name, f.n, rc,
					    session_err(s)->text);
			}
	fixture_verify(s);
	fixture_end(s);
}

static bool
has_row(const struct page *page, int64_t id)
{
	size_t i;

	for (i = 0; i < page->n; i++)
		if (*(const int64_t *)page_row(page, i) == id)
			return true;
	return false;
}

/* What stands in a field of the row finds it, or is refused as a filter. */
static void
find_by(struct session *s, const struct rec_kind *k, const char *of,
    const struct rec_field *field, const void *row)
{
	struct rec_filter f[2];
	size_t n = part_of(k, of, &f[0]);
	struct str value = STR_INIT;
	struct page page;
	int rc;

	record_plain(field, row, &value);
	if (value.len > 0) {
		f[n++] = (struct rec_filter){ field->name, value.s };
		rc = k->page(s, f, n, PAGE_FIRST, NULL, 1000, &page);
		if (rc < 0 && rc != ERR_INVALID)
			fail_msg("%s %s=%s: %s", k->name, field->name, value.s,
			    session_err(s)->text);
		if (rc == 0 && !has_row(&page, *(const int64_t *)row))
			fail_msg("%s %s=%s does not find its row", k->name,
			    field->name, value.s);
		if (rc == 0)
			page_free(&page);
	}
	str_done(&value);
}

static void
find_by_each(struct session *s, const struct rec_kind *k, const char *of)
{
	const struct rec_field *field;
	struct rec_filter f;
	size_t n = part_of(k, of, &f);
	struct page page;

	if (k->page(s, &f, n, PAGE_FIRST, NULL, ROWS, &page) < 0)
		fail_msg("%s: %s", k->name, session_err(s)->text);
	for (field = k->fields; page.n > 0 && field->name != NULL; field++)
		find_by(s, k, of, field, page_row(&page, page.n / 2));
	page_free(&page);
}

static void
a_row_is_found_by_what_stands_in_it(void **state)
{
	struct session *s = trade(false);
	int i;

	(void)state;
	for (i = 0; record_kinds[i] != NULL; i++)
		find_by_each(s, record_kinds[i], "1");
	fixture_end(s);
}

/* Up, and down: the same rows the other way round, or one is told that this is
 * no order of such a list. */
static void
sort_by(struct session *s, const struct rec_kind *k, const char *name)
{
	char sort[64];
	struct rec_filter f = { "sort", sort };
	struct page page;
	size_t n = 0;
	int rc, down;

	for (down = 0; down < 2; down++) {
		snprintf(sort, sizeof(sort), "%s%s", down ? "-" : "", name);
		rc = k->page(s, &f, 1, PAGE_FIRST, NULL, 1000, &page);
		if (rc < 0 && rc != ERR_INVALID)
			fail_msg("%s by %s: %s", k->name, sort,
			    session_err(s)->text);
		if (rc < 0)
			return;
		if (down && page.n != n)
			fail_msg("%s by %s has other rows", k->name, sort);
		n = page.n;
		page_free(&page);
	}
}

static void
every_order_has_all_rows(void **state)
{
	struct session *s = trade(false);
	const struct rec_field *field;
	int i;

	(void)state;
	for (i = 0; record_kinds[i] != NULL; i++)
		if (record_field(record_kinds[i], "sort") != NULL)
			for (field = record_kinds[i]->fields;
			     field->name != NULL; field++)
				sort_by(s, record_kinds[i], field->name);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading_a_kind_survives_every_failure),
		cmocka_unit_test(a_row_is_found_by_what_stands_in_it),
		cmocka_unit_test(every_order_has_all_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
