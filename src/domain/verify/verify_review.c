/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "verify_priv.h"

/* What was done, what ends by itself, and what is given away. */

const struct verify_rule verify_review_rules[] = {
	{ N_("What was done for orders is known"),
	    N_("Order {1} says that {2} was done, which is nothing"),
	    "SELECT order_no, done FROM orders WHERE done < 0 OR done > 1023 "
	    "OR (done & 512 <> 0 AND courier_id IS NULL) /*scan*/" },
	{ N_("Gifts cost the buyer nothing, and a rule gave them"),
	    N_("Order {1}, line {2}: no gift of a rule, or not for nothing"),
	    "SELECT order_no, line_no FROM order_line l "
	    "JOIN orders ON orders.id = l.order_id WHERE l.gift <> 0 AND "
	    "(l.price <> 0 OR l.paid <> 0 OR l.variant_id IS NULL OR "
	    "NOT EXISTS (SELECT 1 FROM gift_rule g WHERE g.id = l.gift)) "
	    "/*scan*/" },
	{ N_("Answers to reminders have their time"),
	    N_("Order {1}: the answer to reminder {2} has no time, or a time "
	       "has no answer"),
	    "SELECT order_no, m.id FROM reminder m "
	    "JOIN orders ON orders.id = m.order_id WHERE "
	    "(m.result = '') <> (m.result_at = 0) /*scan*/" },
	{ NULL, NULL, NULL },
};
