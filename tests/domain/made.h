/* SPDX-License-Identifier: MIT */
#ifndef TESTS_MADE_H
#define TESTS_MADE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../../src/domain/core/session_priv.h"
#include "../../src/domain/made/confirm_priv.h"
#include "fixture.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/products.h"

/* A banner made to order, for tests. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
}

static void
make_to_order(struct session *s, const char *sku)
{
	struct variant_edit e;
	struct page page;
	int64_t id, version;

	must(s, variant_by_code(s, sku, &id));
	must(s, variant_get(s, id, &page));
	variant_edit_from(&e, page_row(&page, 0));
	version = ((const struct variant *)page_row(&page, 0))->version;
	page_free(&page);
	memcpy(e.made, "yes", 4);
	must(s, variant_save(s, id, version, &e));
}

/* Two banners, paid; nothing is known of them yet. */
static int64_t
made_order(struct session *s)
{
	int64_t id;

	fixture_variant(s, "BANNER", 0, 0);
	make_to_order(s, "BANNER");
	id = fixture_order(s, "1001", 2, "BANNER", NULL);
	must(s, production_open(s, NULL));
	return id;
}

/* The one that counts. */
static int64_t
production_of(struct session *s, int64_t order)
{
	(void)order;
	return fixture_int(s, "SELECT max(id) FROM production");
}

static int
type_one(struct session *s, int64_t order, enum attr_how how, const char *name,
    const char *text, const char *reason, int *differ)
{
	const struct attr_entry e = { 1, name, text };
	const struct attr_typing t = {
		.how = how, .entries = &e, .n = 1, .reason = reason
	};

	return attrs_type(s, order, &t, differ);
}

static void
type_how(struct session *s, int64_t order, enum attr_how how,
    const char *width_text, const char *day)
{
	const struct attr_entry e[] = {
		{ 1, "width", width_text },
		{ 1, "length", "2m" },
		{ 1, "colour", "红" },
		{ 1, "text", "开业大吉" },
		{ 1, "ship_date", day },
	};
	const struct attr_typing t = { .how = how, .entries = e, .n = 5 };

	must(s, attrs_type(s, order, &t, NULL));
}

static void
type_all(
    struct session *s, int64_t order, const char *width_text, const char *day)
{
	type_how(s, order, ATTR_FIRST, width_text, day);
}

static void
type_again(
    struct session *s, int64_t order, const char *width_text, const char *day)
{
	type_how(s, order, ATTR_AGAIN, width_text, day);
}

static void
agreed_again(struct session *s, int64_t order)
{
	fixture_role(s, "supervisor");
	type_again(s, order, "124cm", "2099-11-02");
}

static int64_t
made_agent(struct session *s)
{
	return fixture_int(s, "SELECT agent_id FROM orders");
}

static int64_t
held_for(struct session *s, int64_t order, const char *reason)
{
	int64_t n;

	must(s, db_get1(s->db,
		    "SELECT count(*) FROM order_hold WHERE order_id = $1"
		    " AND reason = $2 AND cleared_at = 0",
		    DB_ARGS(db_i(order), db_t(reason)), &n));
	return n;
}

static void
changed(struct session *s, int64_t order, int64_t bit, const char *before,
    const char *after)
{
	static const struct op op = { "order-terms", PERM_ORDER_EDIT, "order" };
	struct txn *txn;

	must(s, op_begin(s, &op, &txn));
	must(s, confirm_changed(s, txn, order, bit, before, after));
	must(s, op_commit(s, &op, &txn, order, "promised"));
}

#endif
