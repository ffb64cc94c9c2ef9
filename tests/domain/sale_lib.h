/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DOMAIN_SALE_LIB_H
#define TESTS_DOMAIN_SALE_LIB_H

#include "ship_lib.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/order_add.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/quotations.h"

/* What the tests of sales share. */

static inline void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

#define fails(s, rc_, want, name) \
	do { \
		assert_int_equal(rc_, want); \
		assert_string_equal((s)->err.field, name); \
	} while (0)

/* 50 pans for 59.00, 50 spoons for 9.90; a person of each role. */
static inline struct session *
store(void)
{
	struct session *s = fixture_session("owner");

	fixture_variant(s, "PAN", 50, 3000);
	fixture_variant(s, "SPOON", 50, 200);
	exec(s, "UPDATE variant SET price = 5900, name = 'Pan' WHERE id = 1;"
		"UPDATE variant SET price = 990, name = 'Spoon' WHERE id = 2");
	return s;
}

/* Two pans and a spoon, to 张三. */
static inline struct sale
wanted(const char *nick)
{
	struct sale sale = { .postage = 800,
		.n = 2,
		.line = { { .sku = "PAN", .qty = 2, .price = SALE_PRICE },
		    { .sku = "SPOON", .qty = 1, .price = SALE_PRICE } } };

	copy_text(sale.nick, sizeof(sale.nick), nick);
	address_read("张三 13800001111 浙江省杭州市西湖区文三路1号", &sale.to);
	return sale;
}

static inline int
pay(struct session *s, int64_t order, int64_t fen)
{
	int64_t id;

	return payment_add(s, order,
	    &(struct payment_edit){ .method = "alipay", .amount = fen }, &id);
}

/* One number about an order. */
static inline int64_t
of(struct session *s, int64_t id, const char *sql)
{
	int64_t n;

	must(s, db_get1(s->db, sql, DB_ARGS(db_i(id)), &n));
	return n;
}

#endif
