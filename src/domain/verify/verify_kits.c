/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "verify_priv.h"

/* Kits, and the lines of their parts. */

const struct verify_rule verify_kit_rules[] = {
	{ N_("Kits are made up of single products"),
	    N_("Kit {1}: its part {2} is a kit, or it has none"),
	    "SELECT v.sku_code, coalesce(p.sku_code, '') FROM variant v "
	    "LEFT JOIN kit_part k ON k.kit_id = v.id "
	    "LEFT JOIN variant p ON p.id = k.part_id "
	    "WHERE (v.kit = 1 AND (k.kit_id IS NULL OR p.kit = 1)) "
	    "OR (v.kit = 0 AND k.kit_id IS NOT NULL) /*scan*/" },
	{ N_("Kits have no stock themselves"),
	    N_("Kit {1}: {2} pieces of it lie in stock, {3} are promised"),
	    "SELECT v.sku_code, s.on_hand, s.reserved FROM stock s "
	    "JOIN variant v ON v.id = s.variant_id WHERE v.kit = 1 "
	    "AND (s.on_hand <> 0 OR s.reserved <> 0) /*scan*/" },
	{ N_("Kits that are to be shipped stand in lines of their parts"),
	    N_("Order {1}, line {2}: {3} kits are ordered, {4} are in parts"),
	    "SELECT order_no, line_no, qty, CASE WHEN l.kit = -1 THEN sent "
	    "ELSE 0 END FROM orders JOIN order_line l ON "
	    "l.order_id = orders.id JOIN variant v ON v.id = l.variant_id "
	    "WHERE state = 2 AND ((l.kit = 0 AND v.kit = 1) OR (l.kit = -1 "
	    "AND (qty <> sent OR NOT EXISTS (SELECT 1 FROM order_line p "
	    "WHERE p.order_id = l.order_id AND p.kit = l.line_no)))) "
	    "/*scan*/" },
	{ N_("Parts of kits cost the buyer nothing, and go as the kit does"),
	    N_("Order {1}, line {2}: no part of the kit in line {3}, or not "
	       "for nothing, or refunded without it"),
	    "SELECT order_no, p.line_no, p.kit FROM order_line p "
	    "JOIN orders ON orders.id = p.order_id LEFT JOIN order_line k "
	    "ON k.order_id = p.order_id AND k.line_no = p.kit "
	    "WHERE p.kit > 0 AND (coalesce(k.kit, 0) <> -1 OR p.price <> 0 "
	    "OR p.paid <> 0 OR (state = 2 AND (p.refund_state <> "
	    "k.refund_state OR (k.sent > 0 AND p.qty % k.sent <> 0)))) "
	    "/*scan*/" },
	{ N_("Kits cost what their parts do"),
	    N_("Order {1}, line {2}: the kit cost {3} fen, its parts {4}"),
	    "SELECT order_no, k.line_no, k.cost, x.cost FROM order_line k "
	    "JOIN orders ON orders.id = k.order_id LEFT JOIN (SELECT "
	    "p.order_id, p.kit, sum(p.cost) AS cost FROM order_line p "
	    "WHERE p.kit > 0 GROUP BY p.order_id, p.kit) AS x "
	    "ON x.order_id = k.order_id AND x.kit = k.line_no "
	    "WHERE k.kit = -1 AND coalesce(k.cost, -1) <> "
	    "coalesce(x.cost, -1) /*scan*/ /*sort*/" },
	{ NULL, NULL, NULL },
};
