/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "verify_priv.h"

/* Confirmation, production orders and the hand-over. */

const struct verify_rule verify_made_rules[] = {
	{ N_("Orders that are confirmed say by whom"),
	    N_("Order {1} is confirmed, but nobody has confirmed it"),
	    "SELECT order_no FROM orders WHERE done & 2 <> 0 AND NOT EXISTS "
	    "(SELECT 1 FROM confirmation c WHERE c.order_id = orders.id "
	    "AND c.what > 0) /*scan*/" },
	{ N_("Production orders belong to a line of their order"),
	    N_("Production order {1} is for a line that order {2} does not "
	       "have"),
	    "SELECT p.production_no, o.order_no FROM production p "
	    "JOIN orders o ON o.id = p.order_id WHERE NOT EXISTS "
	    "(SELECT 1 FROM order_line l WHERE l.order_id = p.order_id "
	    "AND l.line_no = p.line_no) /*scan*/" },
	{ N_("A line has one production order that counts"),
	    N_("Order {1}, line {2}: {3} production orders are open"),
	    "SELECT o.order_no, p.line_no, count(*) FROM production p "
	    "JOIN orders o ON o.id = p.order_id WHERE p.state <> 4 "
	    "GROUP BY p.order_id, p.line_no HAVING count(*) > 1 "
	    "/*scan*/ /*sort*/" },
	{ N_("What was placed with a maker says what was placed"),
	    N_("Production order {1} was placed, but not with whom, or when"),
	    "SELECT production_no FROM production WHERE state IN (1, 2, 3) "
	    "AND (maker = '' OR placed_at = 0) /*scan*/" },
	{ N_("Hand-overs have as many orders as counted"),
	    N_("The hand-over {1}: {2} orders are counted, {3} are there"),
	    "SELECT h.id, h.n, count(d.order_id) FROM handover h "
	    "LEFT JOIN handover_order d ON d.handover_id = h.id "
	    "GROUP BY h.id, h.n, h.late_n HAVING count(d.order_id) <> h.n "
	    "OR coalesce(sum(d.late), 0) <> h.late_n /*scan*/ /*sort*/" },
	{ .title = NULL },
};
