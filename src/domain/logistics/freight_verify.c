/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "../verify/verify_priv.h"

/* Bills and what parcels are billed. */

const struct verify_rule verify_freight_rules[] = {
	{ N_("Parcels are billed as the lines of the bills have it"),
	    N_("Parcel {1} is billed {2}, its lines come to {3}"),
	    "SELECT p.waybill_no, p.billed, x.paid FROM parcel p LEFT JOIN "
	    "(SELECT f.parcel_id AS id, sum(CASE WHEN f.settled <> 'credited' "
	    "THEN f.amount WHEN f.state = 3 THEN 0 "
	    "ELSE coalesce(f.due, f.amount) END) AS paid "
	    "FROM freight_bill_line f WHERE f.parcel_id IS NOT NULL "
	    "GROUP BY f.parcel_id) x ON x.id = p.id "
	    "WHERE coalesce(p.billed, -1) <> coalesce(x.paid, -1) "
	    "/*scan*/ /*sort*/" },
	{ N_("Couriers' bills have the sums of their lines"),
	    N_("Bill {1} says {2}, its lines come to {3}"),
	    "SELECT b.bill_no, b.amount, coalesce(x.amount, 0) "
	    "FROM freight_bill b LEFT JOIN (SELECT f.bill_id AS id, "
	    "count(*) AS n, sum(f.amount) AS amount, "
	    "sum(coalesce(f.due, 0)) AS due, "
	    "sum(CASE WHEN f.state <> 0 THEN 1 ELSE 0 END) AS wrong, "
	    "sum(CASE WHEN f.state <> 0 AND f.settled = '' THEN 1 ELSE 0 END) "
	    "AS unsettled FROM freight_bill_line f GROUP BY f.bill_id) x "
	    "ON x.id = b.id WHERE b.n <> coalesce(x.n, 0) OR "
	    "b.amount <> coalesce(x.amount, 0) OR b.due <> coalesce(x.due, 0) "
	    "OR b.wrong_n <> coalesce(x.wrong, 0) OR "
	    "b.open_n <> coalesce(x.unsettled, 0) /*scan*/ /*sort*/" },
	{ N_("Freight templates have lines of whole steps"),
	    N_("Template {1}: the line of {2} has no step"),
	    "SELECT t.name, z.province FROM freight_zone z "
	    "JOIN freight_template t ON t.id = z.template_id "
	    "WHERE z.step < 1 OR z.first < 0 OR z.first_fee < 0 OR "
	    "z.step_fee < 0 /*scan*/" },
	{ NULL, NULL, NULL },
};
