/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "verify_priv.h"

/* Before the order: quotations, and orders that others led to. */

const struct verify_rule verify_sale_rules[] = {
	{ N_("What quotations come to is the sum of their lines"),
	    N_("Quotation {1} says {2} fen in all"),
	    "SELECT q.quote_no, q.total FROM quotation q WHERE q.total <>"
	    " q.postage + (SELECT coalesce(sum(l.qty * l.price), 0)"
	    " FROM quotation_line l WHERE l.quotation_id = q.id) /*scan*/" },
	{ N_("Quotations that were ordered have their order, others none"),
	    N_("Quotation {1} and its order do not agree"),
	    "SELECT q.quote_no FROM quotation q"
	    " LEFT JOIN orders o ON o.id = q.order_id"
	    " WHERE (q.state = 2) <> (q.order_id IS NOT NULL)"
	    " OR (q.state = 2 AND o.origin <> 4) /*scan*/" },
	{ N_("Orders from quotations have theirs"),
	    N_("Order {1} is from a quotation that is not there"),
	    "SELECT o.order_no FROM orders o LEFT JOIN quotation q"
	    " ON q.order_id = o.id WHERE o.origin = 4 AND o.origin <> 0"
	    " AND q.id IS NULL" },
	{ N_("What is sent again has its order, and costs nothing"),
	    N_("Order {1} is sent again, but for money or for no order"),
	    "SELECT o.order_no FROM orders o WHERE o.origin = 3"
	    " AND o.origin <> 0 AND (o.total <> 0 OR o.paid <> 0"
	    " OR NOT EXISTS (SELECT 1 FROM order_link k"
	    " WHERE k.order_id = o.id AND k.how = 'reissue'))" },
	{ NULL, NULL, NULL },
};
