/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "../verify/verify_priv.h"

/* What is asked for and ordered from suppliers. */

const struct verify_rule verify_purchase_rules[] = {
	{ N_("Purchase orders come to what their lines say"),
	    N_("{1}: {2} fen are kept, its lines come to {3}"),
	    "SELECT purchase_no, total, lines FROM (SELECT p.purchase_no, "
	    "p.total, (SELECT coalesce(sum(l.qty * l.price), 0) "
	    "FROM purchase_line l WHERE l.purchase_id = p.id) AS lines "
	    "FROM purchase p) AS sums WHERE total <> lines /*scan*/" },
	{ N_("Purchase orders are as far as their lines"),
	    N_("{1} is in state {2}: {3} pieces came, {4} lines are open"),
	    "SELECT purchase_no, state, came, open FROM "
	    "(SELECT p.purchase_no, p.state, "
	    "(SELECT coalesce(sum(l.received), 0) FROM purchase_line l "
	    "WHERE l.purchase_id = p.id) AS came, (SELECT count(*) "
	    "FROM purchase_line l WHERE l.purchase_id = p.id "
	    "AND l.received < l.qty) AS open FROM purchase p) AS sums "
	    "WHERE (state IN (0, 1, 5) AND came > 0) OR "
	    "(state = 2 AND (came = 0 OR open = 0)) OR "
	    "(state = 3 AND (came = 0 OR open > 0)) /*scan*/" },
	{ N_("What stands of an order is what was ordered and changed"),
	    N_("{1}, line {2}: {3} stand, the entries come to {4}"),
	    "SELECT purchase_no, line_no, stands, entries FROM "
	    "(SELECT p.purchase_no, l.line_no, CASE p.state WHEN 0 THEN 0 "
	    "WHEN 5 THEN 0 WHEN 4 THEN CASE WHEN l.received < l.qty "
	    "THEN l.received ELSE l.qty END ELSE l.qty END AS stands, "
	    "(SELECT coalesce(sum(h.qty), 0) FROM purchase_change h "
	    "WHERE h.purchase_id = l.purchase_id AND h.line_no = l.line_no) "
	    "AS entries FROM purchase_line l "
	    "JOIN purchase p ON p.id = l.purchase_id) AS sums "
	    "WHERE stands <> entries /*scan*/" },
	{ N_("Of an order not more is bad or sent back than came"),
	    N_("{1}, line {2}: {3} came, {4} bad, {5} sent back"),
	    "SELECT p.purchase_no, l.line_no, l.received, l.bad, l.returned "
	    "FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id "
	    "WHERE l.received < 0 OR l.bad NOT BETWEEN 0 AND l.received OR "
	    "l.returned NOT BETWEEN 0 AND l.received OR l.invoiced < 0 "
	    "/*scan*/" },
	{ N_("Requests are as far as their lines"),
	    N_("{1} is in state {2}: {3} lines of it are in no order"),
	    "SELECT request_no, state, left_n FROM (SELECT r.request_no, "
	    "r.state, (SELECT count(*) FROM purchase_request_line l "
	    "WHERE l.request_id = r.id AND l.purchase_id IS NULL) AS left_n, "
	    "(SELECT count(*) FROM purchase_request_line l "
	    "WHERE l.request_id = r.id AND l.purchase_id IS NOT NULL) AS in_n "
	    "FROM purchase_request r) AS sums WHERE "
	    "(state IN (0, 3) AND in_n > 0) OR "
	    "(state = 1 AND (in_n = 0 OR left_n = 0)) OR "
	    "(state = 2 AND (in_n = 0 OR left_n > 0)) /*scan*/" },
	{ NULL, NULL, NULL },
};
