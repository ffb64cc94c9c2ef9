/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/time.h"

#include "order_sieve.h"

bool
order_sieve_is_open(const struct order_sieve *v)
{
	return v->shop_id == 0 && v->courier_id == 0 && v->agent_id == 0 &&
	       v->warehouse_id == 0 && v->province[0] == '\0' &&
	       v->least == 0 && v->most == 0 && v->hold[0] == '\0' &&
	       v->origin == 0 && v->done == 0 && v->undone == 0 &&
	       v->flag == 0 && !v->remarked && !v->noted && !v->nobody &&
	       !v->late;
}

void
order_sieve_set(struct query *q, const struct order_sieve *v)
{
	if (v->agent_id != 0)
		query_and(q, "o.agent_id =", db_i(v->agent_id));
	if (v->origin == 0)
		return;
	if (v->origin - 1 != ORDER_PLATFORM)
		query_lit(q, " AND o.origin <> 0");
	query_and(q, "o.origin =", db_i(v->origin - 1));
}

static void
add_bits(struct query *q, const struct order_sieve *v)
{
	if (v->done != 0) {
		query_and(q, "o.done &", db_i(v->done));
		query_lit(q, " = ");
		query_add_val(q, db_i(v->done));
	}
	if (v->undone != 0) {
		query_and(q, "o.done &", db_i(v->undone));
		query_lit(q, " = 0");
	}
}

static void
add_texts(struct query *q, const struct order_sieve *v)
{
	if (v->province[0] != '\0') {
		query_and(
		    q, "substr(r.province, 1, length(", db_t(v->province));
		query_lit(q, ")) = ");
		query_add_val(q, db_t(v->province));
	}
	if (v->hold[0] != '\0') {
		query_and(q,
		    "EXISTS (SELECT 1 FROM order_hold h WHERE h.order_id ="
		    " o.id AND h.cleared_at = 0 AND h.reason =",
		    db_t(v->hold));
		query_lit(q, ")");
	}
	if (v->remarked)
		query_lit(q, " AND coalesce(o.memo, '') <> ''");
	if (v->noted)
		query_lit(q, " AND coalesce(o.buyer_note, '') <> ''");
}

void
order_sieve_rows(struct query *q, const struct order_sieve *v)
{
	order_sieve_set(q, v);
	if (v->shop_id != 0)
		query_and(q, "o.shop_id =", db_i(v->shop_id));
	if (v->courier_id != 0)
		query_and(q, "o.courier_id =", db_i(v->courier_id));
	if (v->warehouse_id != 0)
		query_and(
		    q, "coalesce(o.warehouse_id, 1) =", db_i(v->warehouse_id));
	if (v->least != 0)
		query_and(q, "o.total >=", db_i(v->least));
	if (v->most != 0)
		query_and(q, "o.total <=", db_i(v->most));
	if (v->flag != 0)
		query_and(q, "o.flag =", db_i(v->flag - 1));
	if (v->nobody)
		query_lit(q, " AND o.agent_id IS NULL");
	add_bits(q, v);
	add_texts(q, v);
	if (v->late) {
		query_lit(q, " AND " ORDER_SHIP_BY " > 0");
		query_and(q, ORDER_SHIP_BY " <", db_i(time_now()));
	}
}
