/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "verify_priv.h"

/* Payments, statements, numbered papers. */

const struct verify_rule verify_money_rules[] = {
	{ N_("Orders made here are paid as their payments say"),
	    N_("Order {1}: {2} fen are received, {3} are said to be paid"),
	    "SELECT order_no, received, paid FROM (SELECT o.order_no, o.paid, "
	    "(SELECT coalesce(sum(p.amount), 0) FROM payment p "
	    "WHERE p.order_id = o.id AND p.state = 1) AS received "
	    "FROM orders o WHERE o.origin <> 0 AND EXISTS (SELECT 1 "
	    "FROM payment p WHERE p.order_id = o.id)) AS sums "
	    "WHERE received <> paid /*scan*/" },
	{ N_("Cancelled payments and their counter-entries come to nothing"),
	    N_("Order {1}: payment {2} is cancelled without a counter-entry, "
	       "or by another amount"),
	    "SELECT order_no, p.id FROM payment p "
	    "JOIN orders ON orders.id = p.order_id "
	    "LEFT JOIN payment q ON q.reverses_id = p.id "
	    "LEFT JOIN payment r ON r.id = p.reverses_id "
	    "WHERE p.undone <> CASE WHEN q.id IS NULL AND r.id IS NULL "
	    "THEN 0 ELSE 1 END OR coalesce(q.amount, -p.amount) <> -p.amount "
	    "OR coalesce(r.order_id, p.order_id) <> p.order_id /*scan*/" },
	{ N_("Orders do not receive less than nothing"),
	    N_("Order {1} received {2} fen"),
	    "SELECT order_no, sum(p.amount) FROM payment p "
	    "JOIN orders ON orders.id = p.order_id WHERE p.state = 1 "
	    "GROUP BY order_id, order_no HAVING sum(p.amount) < 0 "
	    "/*scan*/ /*sort*/" },
	{ N_("Lines of statements that are settled say how"),
	    N_("Line {1} of a statement ({2}) says {3}"),
	    "SELECT id, ref, how FROM statement_line WHERE "
	    "how NOT IN ('', 'order', 'known') OR "
	    "(how = 'order') <> (order_id IS NOT NULL) OR "
	    "(how = 'known' AND note = '') /*scan*/" },
	{ N_("Cancelled papers say why"), N_("Paper {1} does not"),
	    "SELECT doc_no FROM document WHERE "
	    "(cancelled_at <> 0) <> (reason <> '') /*scan*/" },
	{ NULL, NULL, NULL },
};
