/* SPDX-License-Identifier: MIT */
#ifndef TESTS_RECEIVE_TRIES_H
#define TESTS_RECEIVE_TRIES_H

#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/receiving.h"

/* Receipts, suppliers' invoices and payments, for the test of every role at
 * every operation. */

static int
try_receipt_over(struct session *s)
{
	const struct receipt_doc doc = { .purchase_id = 4711, .over = true };
	struct receipt_said said;

	return receipt_post(s, &doc, &said);
}

static int
try_receipt(struct session *s)
{
	const struct receipt_doc doc = { .purchase_id = 4711 };
	struct receipt_said said;

	return receipt_post(s, &doc, &said);
}

static int
try_scan_at_the_door(struct session *s)
{
	struct receiving_now now;
	struct receipt_scan scan;

	return receiving_scan(s, 4711, "X", &scan, &now);
}

static int
try_scan_bad(struct session *s)
{
	struct receiving_now now;

	return receiving_bad(s, 4711, 1, &now);
}

static int
try_scan_drop(struct session *s)
{
	return receiving_drop(s, 4711, 0);
}

static int
try_receiving_post(struct session *s)
{
	const struct receipt_doc doc = { .note = "" };
	struct receipt_said said;

	return receiving_post(s, 4711, 0, &doc, &said);
}

static int
try_receivings(struct session *s)
{
	struct page page = { 0 };
	int rc =
	    receiving_page(s, RECEIVING_ALL, 0, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_supplier_return(struct session *s)
{
	const struct receipt_doc doc = { .purchase_id = 4711, .note = "bad" };
	struct receipt_said said;

	return supplier_return(s, &doc, &said);
}

static int
try_receipt_reverse(struct session *s)
{
	return receipt_reverse(s, 4711, "wrong", NULL);
}

static int
try_receipts(struct session *s)
{
	struct page page = { 0 };
	int rc = receipt_page(s, 0, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_invoices(struct session *s)
{
	const struct invoice_filter due = { .state = INVOICE_DUE };
	struct page page = { 0 };
	int rc = invoice_page(s, &due, PAGE_FIRST, NULL, 5, &page);

	page_free(&page);
	return rc;
}

static int
try_invoice_add(struct session *s)
{
	const struct invoice_edit e = { .company = "nobody",
		.invoice_no = "1" };
	int64_t id;

	return invoice_add(s, &e, NULL, 0, &id);
}

static int
try_invoice_freight(struct session *s)
{
	struct invoice_freight_said said;

	return invoice_freight_post(s, 4711, &said);
}

static int
try_invoice_approve(struct session *s)
{
	return invoice_approve(s, 4711, "");
}

static int
try_invoice_back(struct session *s)
{
	return invoice_back(s, 4711, "wrong");
}

/* The own one, which nobody approved. */
static int
try_invoice_withdraw(struct session *s)
{
	struct txn *txn;
	int rc = s->staff_id == 0 ? ERR_DENIED : db_begin(s->db, &txn);

	if (rc == 0)
		rc = db_exec(txn,
		    "INSERT INTO company (id, name, kinds, created_at)"
		    " VALUES (4711, '甲厂', 1, 0) ON CONFLICT DO NOTHING",
		    DB_NOARGS, NULL);
	if (rc == 0)
		rc = db_exec(txn,
		    "INSERT INTO purchase_invoice (id, entry_no, company_id,"
		    " invoice_no, total, dated, due_at, staff_id, at)"
		    " VALUES (47, 'PI-000047', 4711, 'FP-1', 0, 0, 0, $1, 0)"
		    " ON CONFLICT (id) DO UPDATE"
		    " SET state = 0, staff_id = excluded.staff_id",
		    DB_ARGS(db_i(s->staff_id)), NULL);
	if (rc == 0)
		rc = db_commit(&txn);
	return rc < 0 ? rc : invoice_back(s, 47, "mistyped");
}

static int
try_supplier_pay(struct session *s)
{
	const struct supplier_pay_edit e = { .entry_no = "PI-4711",
		.method = "bank" };
	int64_t id;

	return supplier_pay(s, &e, &id);
}

static int
try_supplier_unpay(struct session *s)
{
	int64_t id;

	return supplier_unpay(s, 4711, "wrong", &id);
}

/* clang-format off */
#define RECEIVE_TRIES \
	{ "purchase-receive", PERM_STOCK_RECEIVE, NULL, try_receipt }, \
	{ "purchase-receive-over", PERM_PURCHASE_ORDER, NULL, \
	    try_receipt_over }, \
	{ "purchase-scan", PERM_STOCK_RECEIVE, NULL, try_scan_at_the_door }, \
	{ NULL, PERM_STOCK_RECEIVE, NULL, try_scan_bad }, \
	{ "purchase-scan-drop", PERM_STOCK_RECEIVE, NULL, try_scan_drop }, \
	{ NULL, PERM_STOCK_RECEIVE, NULL, try_receiving_post }, \
	{ NULL, PERM_PURCHASE_VIEW, NULL, try_receivings }, \
	{ "purchase-return", PERM_PURCHASE_ORDER, NULL, \
	    try_supplier_return }, \
	{ "purchase-slip-back", PERM_STOCK_ADJUST, NULL, \
	    try_receipt_reverse }, \
	{ NULL, PERM_PURCHASE_VIEW, NULL, try_receipts }, \
	{ NULL, PERM_PURCHASE_VIEW, NULL, try_invoices }, \
	{ "invoice-add", PERM_PURCHASE_ORDER, NULL, try_invoice_add }, \
	{ "invoice-approve", PERM_PURCHASE_PAY, NULL, try_invoice_approve }, \
	{ "invoice-back", PERM_PURCHASE_PAY, NULL, try_invoice_back }, \
	{ "invoice-withdraw", PERM_PURCHASE_ORDER, NULL, \
	    try_invoice_withdraw }, \
	{ "invoice-freight", PERM_PURCHASE_PAY, NULL, try_invoice_freight }, \
	{ "purchase-pay", PERM_PURCHASE_PAY, NULL, try_supplier_pay }, \
	{ "purchase-unpay", PERM_PURCHASE_PAY, NULL, try_supplier_unpay }
/* clang-format on */

#endif
