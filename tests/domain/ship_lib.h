/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DOMAIN_SHIP_LIB_H
#define TESTS_DOMAIN_SHIP_LIB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/merge.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/split.h"

/* What the tests of parcels share. */

/* Behind everybody's back. */
static inline void
exec(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	if (db_script(txn, sql) < 0)
		fail_msg("%s: %s", sql, s->err.text);
	assert_int_equal(db_commit(&txn), 0);
}

static inline int
scan(struct session *s, struct packing *p, const char *code)
{
	return pack_scan(s, p, code, NULL);
}

static inline struct packing *
opened(struct session *s, const char *code)
{
	struct packing *p = NULL;

	if (pack_open(s, code, &p) != 0)
		fail_msg("%s: %s", code, s->err.text);
	return p;
}

static inline void
scan_all(struct session *s, struct packing *p)
{
	const struct pack_line *l;
	size_t n, i;

	l = pack_lines(p, &n);
	for (i = 0; i < n; i++)
		while (l[i].have < l[i].need)
			assert_true(scan(s, p, l[i].sku_code) >= 0);
}

static inline struct packing *
packed(struct session *s, const char *code)
{
	struct packing *p = opened(s, code);

	scan_all(s, p);
	return p;
}

/* Each with its own number. */
static inline struct pack_close
by_yto(int n)
{
	struct pack_close c = { .courier = "YTO" };

	snprintf(c.waybill_no, sizeof(c.waybill_no), "YT%013d", n);
	return c;
}

static inline void
ships(struct session *s, const char *code, int n)
{
	struct pack_close c = by_yto(n);
	struct packing *p = packed(s, code);

	if (pack_ship(s, p, &c, NULL) != 0)
		fail_msg("%s: %s", code, s->err.text);
	pack_free(p);
}

static inline void
refused(
    struct session *s, const char *code, enum err_code rc, const char *words)
{
	struct packing *p = NULL;

	assert_int_equal(pack_open(s, code, &p), rc);
	assert_null(p);
	if (strstr(session_err(s)->text, words) == NULL)
		fail_msg("%s: no %s", session_err(s)->text, words);
}

static inline void
tells(struct session *s, const char *words)
{
	if (strstr(session_err(s)->text, words) == NULL)
		fail_msg("%s: no %s", session_err(s)->text, words);
}

static inline int64_t
state_of(struct session *s, int64_t order)
{
	char sql[80];

	snprintf(sql, sizeof(sql), "SELECT state FROM orders WHERE id = %lld",
	    (long long)order);
	return fixture_int(s, sql);
}

#endif
