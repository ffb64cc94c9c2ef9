/* SPDX-License-Identifier: MIT */
#include <assert.h>

#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"

#include "../core/refs_priv.h"
#include "../core/session_priv.h"
#include "../core/sort_priv.h"
#include "order_rows.h"
#include "order_sieve.h"
#include "order_sort.h"

/*
 * Orders by one of their columns. No index of the orders is made for it, as
 * each would cost every import: what the tab, the customer and the period leave
 * is sorted, as long as it is little enough.
 */

#define ID SORT_NUMBER("o.id")

/* Of both kinds of number, that an index of all orders has in order. */
static const struct sort_key by_no[] = { SORT_TEXT("o.order_no"),
	SORT_NUMBER("o.shop_id"), SORT_TEXT(NULL) };

/* An expression is nothing that an index could be walked by instead. */
static const struct sort_key sorts[ORDER_SORT_MAX][SORT_KEYS] = {
	[ORDER_SORT_NO] = { SORT_TEXT("o.order_no || ''"),
	    SORT_NUMBER("o.shop_id") },
	[ORDER_SORT_PAID_AT] = { SORT_NUMBER(ORDER_PAID_AT), ID },
	[ORDER_SORT_CREATED] = { SORT_NUMBER("o.created_at"), ID },
	[ORDER_SORT_SHIP_BY] = { SORT_NUMBER(ORDER_SHIP_BY), ID },
	[ORDER_SORT_SHIPPED_AT] = { SORT_NUMBER("o.shipped_at"), ID },
	[ORDER_SORT_PAID] = { SORT_NUMBER("o.paid"), ID },
	[ORDER_SORT_TOTAL] = { SORT_NUMBER("o.total"), ID },
	[ORDER_SORT_NICK] = { SORT_TEXT("coalesce(c.nick, '')"), ID },
	[ORDER_SORT_RECEIVER] = { SORT_TEXT("coalesce(r.pinyin, '')"),
	    SORT_TEXT("coalesce(r.name, '')"), ID },
	[ORDER_SORT_PLACE] = { SORT_TEXT("coalesce(r.province || ' ' ||"
					 " r.city || ' ' || r.district, '')"),
	    ID },
	[ORDER_SORT_COURIER] = { SORT_TEXT("coalesce(co.name, '')"), ID },
	[ORDER_SORT_WAYBILL] = { SORT_TEXT("coalesce(o.waybill_no, '')"), ID },
};

#define OF_PEOPLE \
	" LEFT JOIN customer c ON c.id = r.customer_id" \
	" LEFT JOIN courier co ON co.id = o.courier_id"
#define ORDERS \
	" FROM orders o LEFT JOIN receiver r ON r.id = o.receiver_id" OF_PEOPLE
/* From the customer's receivers to their orders, never the other way. */
#define OF_CUSTOMER \
	" FROM receiver r CROSS JOIN orders o" OF_PEOPLE \
	" WHERE o.receiver_id = r.id"

static void
add_set(struct query *q, const struct order_filter *f,
    const struct order_place *places, size_t nplaces)
{
	if (f->customer_id != 0)
		query_and(q, "r.customer_id =", db_i(f->customer_id));
	if (nplaces > 0) {
		query_and(q, "o.held =", db_i(places[0].held));
		query_and(q, "o.state IN (", db_i(places[0].state));
		if (nplaces > 1) {
			assert(places[1].held == places[0].held);
			query_lit(q, ", ");
			query_add_val(q, db_i(places[1].state));
		}
		query_lit(q, ")");
	}
	if (f->since != 0)
		query_and(q, "o.created_at >=", db_i(f->since));
	if (f->until != 0)
		query_and(q, "o.created_at <", db_i(f->until));
}

static int
allowed(struct session *s, const struct order_filter *f,
    const struct order_place *places, size_t nplaces)
{
	struct query all =
	    QUERY("SELECT count(*) FROM (SELECT 1 FROM orders o WHERE 1 = 1");
	struct query own = QUERY("SELECT count(*) FROM (SELECT 1" OF_CUSTOMER);
	struct query *q = f->customer_id != 0 ? &own : &all;

	add_set(q, f, places, nplaces);
	order_sieve_set(q, &f->sieve);
	return sort_allowed(s, q);
}

/* Every order there is, by number: at any size. */
static bool
is_walk(const struct order_filter *f, size_t nplaces)
{
	return f->sort == ORDER_SORT_NO && nplaces == 0 &&
	       order_sieve_is_open(&f->sieve) && f->customer_id == 0 &&
	       f->since == 0 && f->until == 0;
}

/* Those that no column has in pinyin. */
static bool
by_pinyin(const struct order_filter *f)
{
	return f->sort == ORDER_SORT_NICK || f->sort == ORDER_SORT_PLACE ||
	       f->sort == ORDER_SORT_COURIER;
}

static struct query
rows_of(const struct order_filter *f, size_t nplaces)
{
	struct query q = QUERY("SELECT o.id, ");

	query_add_lit(&q, sorts[f->sort][0].column);
	if (f->customer_id != 0)
		query_lit(&q, OF_CUSTOMER);
	else
		query_lit(&q, ORDERS " WHERE 1 = 1");
	if (!by_pinyin(f))
		query_lit(&q, " /*sort*/");
	if (nplaces == 0 && f->customer_id == 0 && f->since == 0 &&
	    f->until == 0)
		query_lit(&q, " /*scan*/");
	return q;
}

int
order_sorted(struct session *s, const struct order_filter *f,
    const struct order_place *places, size_t nplaces, enum page_dir dir,
    const struct order *from, size_t limit, struct page *out)
{
	struct query walk = QUERY("SELECT o.id FROM orders o WHERE 1 = 1");
	struct sorting by = { .keys = sorts[f->sort],
		.row = ORDERS " WHERE o.id =",
		.from = from != NULL ? from->id : 0,
		.desc = f->desc,
		.dir = dir,
		.limit = limit };
	struct refs refs = { 0 };
	struct query q;
	int rc;

	assert(f->sort > ORDER_SORT_OWN && f->sort < ORDER_SORT_MAX);
	if (is_walk(f, nplaces)) {
		by.keys = by_no;
		rc = sort_refs(s, &walk, &by, &refs);
	} else if ((rc = allowed(s, f, places, nplaces)) == 0) {
		q = rows_of(f, nplaces);
		add_set(&q, f, places, nplaces);
		order_sieve_rows(&q, &f->sieve);
		rc = by_pinyin(f) ? sort_refs_by_pinyin(s, &q, &by, &refs)
				  : sort_refs(s, &q, &by, &refs);
	}
	if (rc == 0)
		rc = order_load(s, &refs, out);
	refs_done(&refs);
	return rc;
}
