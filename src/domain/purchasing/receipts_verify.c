/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "../verify/verify_priv.h"

/* What came from suppliers, what they ask for, what they were paid. */

const struct verify_rule verify_receipt_rules[] = {
	{ N_("What came and went back of an order is what its slips say"),
	    N_("{1}, line {2}: {3} came, {4} bad, {5} sent back; its slips "
	       "say otherwise"),
	    "SELECT p.purchase_no, t.line_no, t.received, t.bad, t.returned "
	    "FROM (SELECT l.purchase_id, l.line_no, l.received, l.bad, "
	    "l.returned, "
	    "(SELECT coalesce(sum(x.qty), 0) FROM purchase_slip_line x "
	    "JOIN stock_slip a ON a.id = x.slip_id WHERE "
	    "x.purchase_id = l.purchase_id AND x.line_no = l.line_no "
	    "AND a.kind = 'receipt') AS came, "
	    "(SELECT coalesce(sum(x.bad), 0) FROM purchase_slip_line x "
	    "JOIN stock_slip a ON a.id = x.slip_id WHERE "
	    "x.purchase_id = l.purchase_id AND x.line_no = l.line_no "
	    "AND a.kind = 'receipt') AS came_bad, "
	    "(SELECT -coalesce(sum(x.qty), 0) FROM purchase_slip_line x "
	    "JOIN stock_slip a ON a.id = x.slip_id WHERE "
	    "x.purchase_id = l.purchase_id AND x.line_no = l.line_no "
	    "AND a.kind = 'supplier') AS went FROM purchase_line l) AS t "
	    "JOIN purchase p ON p.id = t.purchase_id WHERE "
	    "t.received <> t.came OR t.bad <> t.came_bad OR "
	    "t.returned <> t.went /*scan*/" },
	{ N_("Slips of purchases moved what their lines say"),
	    N_("{1}: {2} pieces moved, its lines say {3}"),
	    "SELECT slip_no, moved, said FROM (SELECT a.slip_no, "
	    "(SELECT coalesce(sum(m.qty), 0) FROM stock_move m "
	    "WHERE m.slip_id = a.id) AS moved, "
	    "(SELECT coalesce(sum(x.qty), 0) FROM purchase_slip_line x "
	    "WHERE x.slip_id = a.id) AS said FROM stock_slip a "
	    "WHERE a.purchase_id IS NOT NULL AND a.kind IN "
	    "('receipt', 'supplier')) AS sums WHERE moved <> said /*scan*/" },
	{ N_("What was scanned and received is what its slip says"),
	    N_("{1}: {2} pieces were scanned, the slip says {3}; lines that "
	       "differ: {4}"),
	    "SELECT slip_no, scanned, said, off FROM (SELECT a.slip_no, "
	    "(SELECT coalesce(sum(l.qty), 0) FROM receiving_line l "
	    "WHERE l.receiving_id = r.id) AS scanned, "
	    "(SELECT coalesce(sum(x.qty), 0) FROM purchase_slip_line x "
	    "WHERE x.slip_id = r.slip_id) AS said, "
	    "(SELECT count(*) FROM receiving_line l "
	    "LEFT JOIN purchase_slip_line x ON x.slip_id = r.slip_id "
	    "AND x.purchase_id = r.purchase_id AND x.line_no = l.line_no "
	    "WHERE l.receiving_id = r.id AND (l.qty <> coalesce(x.qty, 0) "
	    "OR l.bad <> coalesce(x.bad, 0))) AS off FROM receiving r "
	    "JOIN stock_slip a ON a.id = r.slip_id WHERE r.state = 1) AS sums "
	    "WHERE scanned <> said OR off <> 0 /*scan*/" },
	{ N_("What is scanned at the door is of orders under way"),
	    N_("{1}: goods of it are scanned, and it is {2}"),
	    "SELECT p.purchase_no, p.state FROM receiving r "
	    "JOIN purchase p ON p.id = r.purchase_id WHERE r.state = 0 "
	    "AND p.state NOT IN (1, 2, 3) /*scan*/" },
	{ N_("What is invoiced of an order is what approved invoices say"),
	    N_("{1}, line {2}: {3} are invoiced, the invoices say {4}"),
	    "SELECT purchase_no, line_no, invoiced, said FROM "
	    "(SELECT p.purchase_no, l.line_no, l.invoiced, "
	    "(SELECT coalesce(sum(x.qty), 0) FROM purchase_invoice_line x "
	    "JOIN purchase_invoice i ON i.id = x.invoice_id "
	    "WHERE x.purchase_id = l.purchase_id AND x.line_no = l.line_no "
	    "AND i.state = 3) AS said FROM purchase_line l "
	    "JOIN purchase p ON p.id = l.purchase_id) AS sums "
	    "WHERE invoiced <> said /*scan*/" },
	{ N_("Suppliers' invoices come to what their lines say"),
	    N_("{1}: {2} fen are kept, its lines come to {3}"),
	    "SELECT entry_no, total, lines FROM (SELECT i.entry_no, i.total, "
	    "i.freight + i.tax + (SELECT coalesce(sum(l.qty * l.price), 0) "
	    "FROM purchase_invoice_line l WHERE l.invoice_id = i.id) AS lines "
	    "FROM purchase_invoice i) AS sums WHERE total <> lines /*scan*/" },
	{ N_("What is paid of suppliers' invoices is what payments say"),
	    N_("{1}: {2} fen are paid, the payments come to {3}"),
	    "SELECT entry_no, paid, said FROM (SELECT i.entry_no, i.paid, "
	    "(SELECT coalesce(sum(p.amount), 0) FROM purchase_payment p "
	    "WHERE p.invoice_id = i.id) AS said FROM purchase_invoice i) "
	    "AS sums WHERE paid <> said /*scan*/" },
	{ N_("Payments that take one back are as much"),
	    N_("{1} is {2} fen, what it takes back {3}"),
	    "SELECT a.payment_no, a.amount, b.amount FROM purchase_payment a "
	    "JOIN purchase_payment b ON b.id = a.reverses_id "
	    "WHERE a.amount <> -b.amount /*scan*/" },
	{ NULL, NULL, NULL },
};
