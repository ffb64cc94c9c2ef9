/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DOMAIN_FREIGHT_LIB_H
#define TESTS_DOMAIN_FREIGHT_LIB_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

/* What the tests of freight share: a courier's prices in a line, and a parcel
 * in another. */

static inline int64_t
version_of(struct session *s, int64_t id)
{
	char sql[100];

	snprintf(sql, sizeof(sql),
	    "SELECT version FROM freight_template WHERE id = %lld",
	    (long long)id);
	return fixture_int(s, sql);
}

/* What no verb does: a weight, an address. */
static inline void
must_exec(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

static inline int64_t
freight_of(struct session *s, const char *courier, const char *name)
{
	struct freight_template_edit e = { .basis = "weight", .active = true };
	int64_t id;

	copy_text(e.courier, sizeof(e.courier), courier);
	copy_text(e.name, sizeof(e.name), name);
	assert_int_equal(freight_template_add(s, &e, &id), 0);
	/* Everywhere else: dear. */
	assert_int_equal(freight_zone_set(s, id, 1,
			     &(struct freight_zone_edit){ .first = 1000,
				 .first_fee = 9000,
				 .step = 1000,
				 .step_fee = 9000,
				 .served = true }),
	    0);
	return id;
}

/* By kilograms. */
static inline void
freight_to(struct session *s, int64_t id, const char *province, int64_t first,
    int64_t more, int64_t days)
{
	struct freight_zone_edit e = { .first = 1000,
		.first_fee = first,
		.step = 1000,
		.step_fee = more,
		.days = days,
		.served = true };

	copy_text(e.province, sizeof(e.province), province);
	assert_int_equal(freight_zone_set(s, id, version_of(s, id), &e), 0);
}

static inline void
freight_not_to(struct session *s, int64_t id, const char *province)
{
	struct freight_zone_edit e = { .step = 1 };

	copy_text(e.province, sizeof(e.province), province);
	assert_int_equal(freight_zone_set(s, id, version_of(s, id), &e), 0);
}

/* All that the order has, in one parcel. */
static inline void
ship(struct session *s, const char *no, const char *courier,
    const char *waybill, int64_t grams)
{
	struct pack_close close = { .weight = grams, .force = true };
	const struct pack_line *l;
	struct packing *p;
	char code[64];
	size_t i, n;
	int64_t k, need;

	copy_text(close.courier, sizeof(close.courier), courier);
	copy_text(close.waybill_no, sizeof(close.waybill_no), waybill);
	assert_int_equal(pack_open(s, no, &p), 0);
	l = pack_lines(p, &n);
	for (i = 0; i < n; i++) {
		need = l[i].need;
		copy_text(code, sizeof(code), l[i].sku_code);
		for (k = 0; k < need; k++)
			assert_true(pack_scan(s, p, code, NULL) >= 0);
	}
	assert_int_equal(pack_ship(s, p, &close, NULL), 0);
	pack_free(p);
}

#endif
