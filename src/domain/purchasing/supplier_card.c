/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../money/invoices_priv.h"

/* A supplier in figures. */

#define LAST \
	"(SELECT id, state, total, freight, ordered_at, expected_at, done_at" \
	" FROM purchase WHERE company_id = $1 AND state <> 0 AND state <> 5" \
	" ORDER BY id DESC LIMIT $2) AS p"
static const char sql_orders[] =
    "SELECT count(*),"
    " coalesce(sum(CASE WHEN state < 3 THEN 1 ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN state < 3 THEN total + freight ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN state = 3 THEN 1 ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN state = 3 THEN done_at - ordered_at"
    " ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN state = 3 AND done_at <= expected_at THEN 1"
    " ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN state = 4 THEN 1 ELSE 0 END), 0)"
    " FROM " LAST " /*scan*/";
static const char sql_pieces[] =
    "SELECT coalesce(sum(l.received), 0), coalesce(sum(l.bad), 0),"
    " coalesce(sum(l.returned), 0),"
    " coalesce(sum((l.received - l.returned) * l.price), 0),"
    " coalesce(sum(CASE WHEN l.invoiced > l.received - l.returned"
    " THEN (l.invoiced - l.received + l.returned) * l.price ELSE 0 END), 0)"
    " FROM " LAST " JOIN purchase_line l ON l.purchase_id = p.id /*scan*/";
/* By the index of those that stand. */
static const char sql_invoices[] =
    "SELECT coalesce(sum(CASE WHEN state < 3 THEN 1 ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN state = 3 THEN total - paid ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN state = 3 AND paid < total AND due_at < $2"
    " THEN total - paid ELSE 0 END), 0)"
    " FROM purchase_invoice WHERE company_id = $1 AND state <> 4";
/* The first row's numbers. */
static int
read_row(struct session *s, const char *sql, const struct db_val *args,
    size_t nargs, int64_t *const *to, int n)
{
	struct db_rows *rows;
	int i, rc = db_query(s->db, sql, args, nargs, &rows);

	if (rc < 0)
		return rc;
	rc = db_next(rows);
	for (i = 0; rc > 0 && i < n; i++)
		*to[i] = db_int(rows, i);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
supplier_card(struct session *s, int64_t company_id, struct supplier_card *out)
{
	struct supplier_card c = { .orders = 0 };
	int64_t seconds = 0;
	int64_t *const orders[] = { &c.orders, &c.open_orders, &c.open_total,
		&c.done, &seconds, &c.on_time, &c.short_orders };
	int64_t *const pieces[] = { &c.received, &c.bad, &c.returned, &c.bought,
		&c.credit };
	int64_t *const invoices[] = { &c.waiting, &c.owed, &c.overdue };
	const struct db_val last[] = { db_i(company_id),
		db_i(SUPPLIER_ORDERS) };
	const struct db_val now[] = { db_i(company_id), db_i(time_now()) };
	int rc;

	if ((rc = session_need(s, PERM_COMPANY_VIEW)) < 0 ||
	    (rc = session_need(s, PERM_PURCHASE_VIEW)) < 0 ||
	    (rc = read_row(s, sql_orders, last, 2, orders, 7)) < 0 ||
	    (rc = read_row(s, sql_pieces, last, 2, pieces, 5)) < 0 ||
	    (rc = read_row(s, sql_invoices, now, 2, invoices, 3)) < 0 ||
	    (rc = advance_left(s, company_id, &c.advance)) < 0)
		return rc;
	if (c.done > 0)
		c.lead_days = (seconds / c.done + 43200) / 86400;
	if (!session_may(s, PERM_COST_VIEW))
		c.open_total = c.bought = c.credit = c.owed = c.overdue =
		    c.advance = 0;
	*out = c;
	return 0;
}
