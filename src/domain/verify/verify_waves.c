/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "verify_priv.h"

/* Waves, what goes back, and what was handed over. */

/* A slot that was kicked out keeps what had gone in a parcel of it before. */
#define KICKED(i) \
	"EXISTS (SELECT 1 FROM wave_order x WHERE x.wave_id = " i ".wave_id " \
	"AND x.slot = " i ".slot AND x.state = 2)"

const struct verify_rule verify_wave_rules[] = {
	{ N_("Waves are as large as what their slots need"),
	    N_("Wave {1}, {2}: {3} are to be picked, its slots need {4}"),
	    "SELECT wave_no, sku_code, need, wanted FROM (SELECT w.wave_no, "
	    "v.sku_code, l.need, coalesce((SELECT sum(CASE WHEN " KICKED(
		"i") " "
		     "THEN i.sent ELSE i.need END) FROM wave_item i "
		     "WHERE i.wave_id = l.wave_id AND i.variant_id = l.variant_id), 0) "
		     "AS wanted FROM wave_line l JOIN wave w ON w.id = l.wave_id "
		     "JOIN variant v ON v.id = l.variant_id) AS lines "
		     "WHERE need <> wanted /*scan*/" },
	{ N_("Nothing is picked that is not needed, or sorted that is not "
	     "picked"),
	    N_("Wave {1}, {2}: {3} needed, {4} picked, {5} sorted"),
	    "SELECT w.wave_no, v.sku_code, l.need, l.picked, l.sorted "
	    "FROM wave_line l JOIN wave w ON w.id = l.wave_id "
	    "JOIN variant v ON v.id = l.variant_id WHERE l.picked > l.need "
	    "OR l.sorted > l.picked OR l.picked < 0 OR l.sorted < 0 "
	    "/*scan*/" },
	{ N_("What is sorted lies in the slots"),
	    N_("Wave {1}, {2}: {3} are sorted, {4} lie in its slots"),
	    "SELECT wave_no, sku_code, sorted, there FROM (SELECT w.wave_no, "
	    "v.sku_code, l.sorted, coalesce((SELECT sum(CASE WHEN NOT " KICKED(
		"i") " THEN i.sorted WHEN i.sorted < i.sent THEN i.sorted "
		     "ELSE i.sent END) FROM wave_item i WHERE i.wave_id = l.wave_id "
		     "AND i.variant_id = l.variant_id), 0) AS there FROM wave_line l "
		     "JOIN wave w ON w.id = l.wave_id "
		     "JOIN variant v ON v.id = l.variant_id) AS lines "
		     "WHERE sorted <> there /*scan*/" },
	{ N_("Waves are done when all of their orders are"),
	    N_("Wave {1} has {2} open orders, and is in state {3}"),
	    "SELECT wave_no, open, state FROM (SELECT w.wave_no, w.state, "
	    "(SELECT count(*) FROM wave_order x WHERE x.wave_id = w.id "
	    "AND x.state = 0) AS open FROM wave w) AS waves "
	    "WHERE (state IN (1, 2)) <> (open > 0) /*scan*/" },
	{ N_("Waves that are picked lack nothing"),
	    N_("Wave {1} is picked, but lacks {2}"),
	    "SELECT w.wave_no, v.sku_code FROM wave w "
	    "JOIN wave_line l ON l.wave_id = w.id "
	    "JOIN variant v ON v.id = l.variant_id "
	    "WHERE w.state = 2 AND l.picked < l.need /*scan*/" },
	{ N_("Orders in waves are free to go"),
	    N_("Order {1} is in wave {2}, but held, closed or shipped"),
	    "SELECT o.order_no, w.wave_no FROM wave_order x "
	    "JOIN orders o ON o.id = x.order_id JOIN wave w ON w.id = x.wave_id "
	    "WHERE x.state = 0 AND (o.state NOT IN (2, 3) OR o.held <> 0) "
	    "/*scan*/" },
	{ N_("Orders say whether they are in a wave"),
	    N_("Order {1} says otherwise of its wave"),
	    "SELECT order_no FROM orders o WHERE o.state IN (2, 3) AND "
	    "(o.done & 256 <> 0) <> EXISTS (SELECT 1 FROM wave_order x "
	    "WHERE x.order_id = o.id AND x.state = 0) /*scan*/" },
	{ N_("What goes back was picked for its order"),
	    N_("Order {1}: {2} of {3} go back, it had {4}"),
	    "SELECT order_no, qty, sku_code, had FROM (SELECT o.order_no, "
	    "v.sku_code, sum(b.qty) AS qty, (SELECT sum(i.need - i.sent) "
	    "FROM wave_item i WHERE i.wave_id = b.wave_id "
	    "AND i.variant_id = b.variant_id AND i.slot IN (SELECT x.slot "
	    "FROM wave_order x WHERE x.wave_id = b.wave_id "
	    "AND x.order_id = b.order_id AND x.state = 2)) AS had "
	    "FROM put_back b JOIN orders o ON o.id = b.order_id "
	    "JOIN variant v ON v.id = b.variant_id WHERE b.wave_id IS NOT NULL "
	    "GROUP BY b.wave_id, b.order_id, b.variant_id, o.order_no, "
	    "v.sku_code) AS back WHERE qty > coalesce(had, 0) "
	    "/*scan*/ /*sort*/" },
	{ N_("Parcels are handed over with their manifest"),
	    N_("Parcel {1} says otherwise than its manifest {2}"),
	    "SELECT p.waybill_no, m.manifest_no FROM manifest m "
	    "JOIN parcel p ON p.manifest_id = m.id "
	    "WHERE p.handed_at <> m.closed_at OR p.courier_id <> m.courier_id "
	    "/*scan*/" },
	{ N_("Orders are handed over when all their parcels are"),
	    N_("Order {1} is said to be handed over, but parcel {2} is here"),
	    "SELECT o.order_no, p.waybill_no FROM parcel p "
	    "JOIN parcel_line l ON l.parcel_id = p.id "
	    "JOIN orders o ON o.id = l.order_id "
	    "WHERE p.handed_at = 0 AND o.done & 128 <> 0 /*scan*/" },
	{ NULL, NULL, NULL },
};
