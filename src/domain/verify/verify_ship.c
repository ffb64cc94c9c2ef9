/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "verify_priv.h"

/* Promises, parcels, parts and orders that go together. */

const struct verify_rule verify_ship_rules[] = {
	{ N_("Stock is promised only to orders that still have to be shipped"),
	    N_("Order {1} holds {2} of {3}, but is past that"),
	    "SELECT order_no, qty, sku_code FROM reservation "
	    "JOIN orders ON orders.id = order_id "
	    "JOIN variant ON variant.id = variant_id "
	    "WHERE state NOT IN (2, 3) /*scan*/" },
	{ N_("Promises agree with the lines of their orders"),
	    N_("Order {1}, line {2}: {3} are promised, {4} are ordered, or the "
	       "goods differ"),
	    "SELECT order_no, l.line_no, r.qty, l.qty FROM reservation r "
	    "JOIN order_line l ON l.order_id = r.order_id AND "
	    "l.line_no = r.line_no JOIN orders ON orders.id = r.order_id "
	    "WHERE l.qty - l.sent <> (SELECT sum(w.qty) FROM reservation w "
	    "WHERE w.order_id = r.order_id AND w.line_no = r.line_no) OR "
	    "l.variant_id IS NULL OR l.variant_id <> r.variant_id /*scan*/" },
	{ N_("What paid orders need is promised to them"),
	    N_("Order {1}, line {2}: nothing is promised"),
	    "SELECT order_no, line_no FROM orders "
	    "JOIN order_line l ON l.order_id = orders.id "
	    "WHERE (state = 2 OR (state = 3 AND EXISTS (SELECT 1 "
	    "FROM parcel_line s WHERE s.order_id = orders.id))) "
	    "AND l.variant_id IS NOT NULL "
	    "AND l.refund_state <> 2 AND l.qty > l.sent AND NOT EXISTS "
	    "(SELECT 1 FROM reservation r WHERE r.order_id = l.order_id "
	    "AND r.line_no = l.line_no) /*scan*/" },
	{ N_("Orders with parcels are shipped"),
	    N_("Parcel {1} was shipped, but its order {2} was not"),
	    "SELECT parcel.waybill_no, order_no FROM parcel "
	    "JOIN orders ON orders.id = order_id WHERE state IN (1, 2) "
	    "/*scan*/" },
	{ N_("Parcels have their stock slip"),
	    N_("Parcel {1} of order {2} has no shipping slip"),
	    "SELECT parcel.waybill_no, order_no FROM parcel "
	    "JOIN orders ON orders.id = parcel.order_id "
	    "JOIN stock_slip ON stock_slip.id = slip_id "
	    "WHERE stock_slip.kind <> 'ship' OR "
	    "coalesce(stock_slip.order_id, 0) <> parcel.order_id /*scan*/" },
	{ N_("Shipping slips have their parcel"),
	    N_("Slip {1} took goods for a parcel that is not there"),
	    "SELECT slip_no FROM stock_slip WHERE kind = 'ship' AND "
	    "order_id IS NOT NULL AND reverses_id IS NULL AND NOT EXISTS "
	    "(SELECT 1 FROM parcel WHERE parcel.order_id = "
	    "stock_slip.order_id) AND NOT EXISTS (SELECT 1 FROM stock_slip r "
	    "WHERE r.reverses_id = stock_slip.id) /*scan*/" },
	{ N_("Promises say which orders wait for one piece alone"),
	    N_("Order {1}: the promise of line {2} says otherwise"),
	    "SELECT order_no, r.line_no FROM reservation r "
	    "JOIN orders ON orders.id = r.order_id WHERE r.alone <> CASE WHEN "
	    "r.qty = 1 AND state = 2 AND lead_id IS NULL AND parts = 0 AND "
	    "NOT EXISTS (SELECT 1 FROM orders f WHERE f.lead_id = orders.id) "
	    "AND (SELECT count(*) FROM order_line l "
	    "WHERE l.order_id = r.order_id AND l.qty > l.sent "
	    "AND l.refund_state <> 2) = 1 THEN 1 ELSE 0 END /*scan*/" },
	{ N_("Shipped goods cost what their slip says"),
	    N_("Order {1}: slip {2} took goods worth {3} fen, its lines say "
	       "{4}"),
	    /* Parcels of before do not say what each line cost; lines that
	     * went another way have their cost too. */
	    "SELECT order_no, slip_no, took, cost FROM (SELECT order_no, "
	    "slip_no, (SELECT -sum(m.value) FROM stock_move m "
	    "WHERE m.slip_id = parcel.slip_id) AS took, "
	    "(SELECT sum(l.cost) FROM order_line l "
	    "WHERE l.order_id = orders.id AND l.kit >= 0) AS cost FROM parcel "
	    "JOIN orders ON orders.id = parcel.order_id "
	    "JOIN stock_slip ON stock_slip.id = parcel.slip_id "
	    "WHERE EXISTS (SELECT 1 FROM parcel_line s "
	    "WHERE s.parcel_id = parcel.id AND s.cost IS NULL)) AS slips "
	    "WHERE took > coalesce(cost, 0) /*scan*/" },
	{ N_("What a parcel took cost what its slip says"),
	    N_("Parcel {1}: slip {2} took goods worth {3} fen, its lines say "
	       "{4}"),
	    "SELECT waybill_no, slip_no, took, cost FROM (SELECT waybill_no, "
	    "slip_no, (SELECT -sum(m.value) FROM stock_move m "
	    "WHERE m.slip_id = parcel.slip_id) AS took, "
	    "(SELECT sum(s.cost) FROM parcel_line s "
	    "WHERE s.parcel_id = parcel.id) AS cost, "
	    "(SELECT count(*) - count(s.cost) FROM parcel_line s "
	    "WHERE s.parcel_id = parcel.id) AS before FROM parcel "
	    "JOIN stock_slip ON stock_slip.id = parcel.slip_id) AS slips "
	    "WHERE before = 0 AND took <> coalesce(cost, 0) /*scan*/" },
	{ N_("Parcels hold the pieces that their slips took"),
	    N_("Parcel {1} holds {2} pieces, its slip took {3}"),
	    "SELECT waybill_no, held, took FROM (SELECT waybill_no, "
	    "(SELECT sum(s.qty) FROM parcel_line s "
	    "WHERE s.parcel_id = parcel.id) AS held, "
	    "(SELECT count(*) - count(s.cost) FROM parcel_line s "
	    "WHERE s.parcel_id = parcel.id) AS before, "
	    "(SELECT -sum(m.qty) FROM stock_move m "
	    "WHERE m.slip_id = parcel.slip_id) AS took FROM parcel) AS slips "
	    "WHERE before = 0 AND held <> took /*scan*/" },
	{ N_("Lines are sent, and cost, as their parcels say"),
	    N_("Order {1}, line {2}: {3} are in parcels, {4} are sent, or the "
	       "cost differs"),
	    /* What went by way of the platform is in no parcel of ours. */
	    "SELECT order_no, line_no, there, sent FROM (SELECT l.order_id, "
	    "l.line_no, l.sent, coalesce(l.cost, 0) AS cost, sum(s.qty) AS "
	    "there, sum(s.cost) AS worth, count(*) - count(s.cost) AS before "
	    "FROM parcel_line s JOIN order_line l ON l.order_id = s.order_id "
	    "AND l.line_no = s.line_no GROUP BY l.order_id, l.line_no) AS x "
	    "JOIN orders ON orders.id = x.order_id WHERE there > sent OR "
	    "(state = 3 AND there <> sent) OR (before = 0 AND (worth > cost "
	    "OR (there = sent AND worth <> cost))) /*scan*/ /*sort*/" },
	{ N_("What waits to be shipped is sent only by parcels"),
	    N_("Order {1}, line {2}: {3} are sent, but in no parcel"),
	    "SELECT order_no, line_no, sent FROM orders "
	    "JOIN order_line l ON l.order_id = orders.id "
	    "WHERE state = 2 AND sent <> 0 AND kit >= 0 /*scan*/" },
	{ N_("The parts of split orders hold all of them"),
	    N_("Order {1}, line {2}: its parts hold {3} and sent {4}"),
	    "SELECT order_no, line_no, held, gone FROM (SELECT o.order_no, "
	    "l.line_no, l.qty, l.sent, coalesce(sum(q.qty), 0) AS held, "
	    "coalesce(sum(q.sent), 0) AS gone FROM orders o "
	    "JOIN order_line l ON l.order_id = o.id LEFT JOIN order_part q "
	    "ON q.order_id = l.order_id AND q.line_no = l.line_no "
	    "WHERE o.parts > 0 AND o.state IN (2, 3) AND l.refund_state <> 2 "
	    "AND l.kit >= 0 "
	    "GROUP BY o.id, o.order_no, l.line_no, l.qty, l.sent) AS x "
	    "WHERE held <> CASE WHEN qty < sent THEN sent ELSE qty END "
	    "OR gone <> sent /*scan*/ /*sort*/" },
	{ N_("Only split orders have parts"),
	    N_("Order {1} has parts, but is not split"),
	    "SELECT DISTINCT order_no FROM order_part "
	    "JOIN orders ON orders.id = order_id "
	    "WHERE order_part.part > orders.parts /*scan*/ /*sort*/" },
	{ N_("Orders that go together go with one that goes by itself"),
	    N_("Order {1} goes with order {2}, which goes with another, is "
	       "split, or is closed"),
	    "SELECT o.order_no, l.order_no FROM orders o "
	    "JOIN orders l ON l.id = o.lead_id WHERE l.lead_id IS NOT NULL OR "
	    "l.id = o.id OR o.parts > 0 OR l.parts > 0 OR (o.state IN (2, 3) "
	    "AND l.state IN (1, 6)) /*scan*/" },
	{ N_("Parcels tell of all orders that are in them"),
	    N_("Parcel {1} holds goods of order {2} and does not say so"),
	    "SELECT DISTINCT parcel.waybill_no, order_no FROM parcel_line s "
	    "JOIN parcel ON parcel.id = s.parcel_id "
	    "JOIN orders ON orders.id = s.order_id "
	    "WHERE s.order_id <> parcel.order_id AND NOT EXISTS "
	    "(SELECT 1 FROM parcel_also a WHERE a.parcel_id = s.parcel_id "
	    "AND a.order_id = s.order_id) /*scan*/ /*sort*/" },
	{ N_("What waits for the scale has goods in it"),
	    N_("Parcel {1} waits for the scale, but nothing is in it"),
	    "SELECT waybill_no FROM packed WHERE NOT EXISTS (SELECT 1 "
	    "FROM packed_line l WHERE l.packed_id = packed.id) /*scan*/" },
	{ NULL, NULL, NULL },
};
