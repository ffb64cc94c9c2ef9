/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DOMAIN_VERBS_FAIL_H
#define TESTS_DOMAIN_VERBS_FAIL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/shopdb.h"

/*
 * Verbs that no other test runs while the database fails, in a shop with a
 * month of trade: as long as one fails the log has no new entry and the next
 * try finds all as it was; when it has succeeded the books prove.
 */

struct failing_verb {
	const char *op;
	int (*run)(struct session *s, int64_t id);
	const char *of; /* the table of which it is tried with each, newest
			   first; NULL: of nothing */
};

#define ASKED 500 /* so many are tried of each table */

static inline struct session *
trade(void)
{
	struct session *s = fixture_faulty("owner");
	char *logins;

	if (shopdb_demo(s, &logins) < 0)
		fail_msg("%s", s->err.text);
	free(logins);
	fixture_variant(s, "PAN-FAIL", 9, 1250);
	return s;
}

static inline size_t
subjects(struct session *s, const char *of, int64_t id[ASKED])
{
	struct str sql = STR_INIT;
	struct db_rows *rows;
	size_t n = 0;

	id[0] = 0;
	if (of == NULL)
		return 1;
	str_addf(&sql, "SELECT id FROM %s ORDER BY id DESC /*scan*/", of);
	assert_int_equal(db_query(s->db, sql.s, DB_NOARGS, &rows), 0);
	while (n < ASKED && db_next(rows) > 0)
		id[n++] = db_int(rows, 0);
	db_done(rows);
	str_done(&sql);
	return n;
}

static inline int64_t
entries(struct session *s)
{
	return fixture_int(s, "SELECT count(*) FROM audit");
}

/* Whether it could be done to this one; then it was, after all failures. */
static inline bool
done_to(struct session *s, const struct failing_verb *verb, int64_t id)
{
	int64_t before = entries(s);
	bool done = false;
	int rc;

	FOR_EACH_FAULT(f)
	{
		if (done)
			break;
		fault_arm(&f);
		rc = verb->run(s, id);
		fault_disarm(&f);
		done = rc >= 0;
		if ((entries(s) > before) != done)
			fail_msg("%s, call %d: %d %s, %d new entries", verb->op,
			    f.n, rc, s->err.text, (int)(entries(s) - before));
		if (!f.hit && !done)
			return false;
	}
	return done;
}

/* In this order: some stand on what those before them made. */
static inline void
verbs_survive(struct session *s, const struct failing_verb *verbs, size_t n)
{
	int64_t id[ASKED];
	size_t i, j, m;

	for (i = 0; i < n; i++) {
		m = subjects(s, verbs[i].of, id);
		for (j = 0; j < m && !done_to(s, &verbs[i], id[j]); j++)
			;
		if (j == m)
			fail_msg("%s could be done to nothing: %s", verbs[i].op,
			    s->err.text);
		fixture_verify(s);
	}
}

#endif
