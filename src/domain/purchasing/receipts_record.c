/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receiving.h"

#include "../core/session_priv.h"
#include "../record/record_priv.h"

/* Receipts, suppliers' invoices and payments as rows. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}

#define ROW struct receipt_row
static const struct rec_field receipt_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(slip_no, N_("Slip"), REC_TEXT),
	F(kind, N_("Kind"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	F(purchase_no, N_("Purchase order"), REC_TEXT),
	F(line_no, N_("Line"), REC_INT),
	F(company, N_("Supplier"), REC_TEXT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(qty, N_("Quantity"), REC_INT),
	F(bad, N_("Defective"), REC_INT),
	F(value, N_("Value"), REC_COST),
	F(staff, N_("Who"), REC_TEXT),
	F(reversed, N_("Taken back"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
read_receipts(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const int64_t *id = arg;

	return receipt_page(s, *id, dir, from, limit, out);
}

static int
receipts(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "purchase_no", NULL };
	const char *no = rec_want(filters, n, "purchase_no");
	int64_t id = 0;
	const struct rec_sift sift = { &rec_receipts, filters, n, done,
		read_receipts, &id };
	int rc = no != NULL ? purchase_by_no(s, no, &id) : 0;

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

static int
receipt_get(struct session *s, int64_t id, struct page *out)
{
	const struct receipt_row above = { .slip_id = id >> 16,
		.purchase_id = INT64_MAX };
	const struct receipt_row *r;
	size_t i;
	int rc;

	rc = receipt_page(s, 0, PAGE_AFTER, &above, PURCHASE_LINES, out);
	for (i = 0; rc == 0 && i < out->n; i++) {
		r = page_row(out, i);
		if (r->id != id)
			continue;
		out->rows = (char *)out->rows + i * out->row_size;
		break;
	}
	if (rc == 0)
		out->n = i < out->n;
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_receipts = {
	.name = "receipts",
	.fields = receipt_fields,
	.row_size = sizeof(struct receipt_row),
	.page = receipts,
	.get = receipt_get,
};

#define ROW struct receiving
static const struct rec_field receiving_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(purchase_no, N_("Purchase order"), REC_TEXT),
	F(company, N_("Supplier"), REC_TEXT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    receiving_state_name },
	F(pieces, N_("Pieces"), REC_INT),
	F(bad, N_("Defective"), REC_INT),
	F(staff, N_("Begun by"), REC_TEXT),
	F(at, N_("Begun"), REC_TIME),
	F(last_by, N_("Scanned by"), REC_TEXT),
	F(last_at, N_("Last scan"), REC_TIME),
	F(slip_no, N_("Slip"), REC_TEXT),
	FIELD_END,
};
#undef ROW

struct receiving_filter {
	enum receiving_state state;
	int64_t purchase_id;
};

static int
read_receivings(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct receiving_filter *f = arg;

	return receiving_page(
	    s, f->state, f->purchase_id, dir, from, limit, out);
}

static int
receivings(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "state", "purchase_no", NULL };
	const char *state = rec_want(filters, n, "state");
	const char *no = rec_want(filters, n, "purchase_no");
	struct receiving_filter f = { .state = RECEIVING_ALL };
	const struct rec_sift sift = { &rec_receivings, filters, n, done,
		read_receivings, &f };
	int rc = no != NULL ? purchase_by_no(s, no, &f.purchase_id) : 0;

	if (rc == 0 && state != NULL &&
	    (f.state = receiving_state_by_name(state)) == RECEIVING_ALL)
		rc = err_set(&s->err, ERR_INVALID, "state",
		    _("A state is open, received or dropped"));
	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_receivings = {
	.name = "receivings",
	.fields = receiving_fields,
	.row_size = sizeof(struct receiving),
	.page = receivings,
	.get = receiving_get,
};

#define ROW struct invoice
static const struct rec_field invoice_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(entry_no, N_("Entry"), REC_TEXT),
	F(company, N_("Supplier"), REC_TEXT),
	F(invoice_no, N_("Invoice no."), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    invoice_state_name },
	F(total, N_("Total"), REC_COST),
	F(freight, N_("Freight"), REC_COST),
	F(tax, N_("Tax"), REC_COST),
	F(paid, N_("Paid"), REC_COST),
	F(open, N_("Open"), REC_COST),
	F(dated, N_("Dated"), REC_TIME),
	F(due_at, N_("Due"), REC_TIME),
	F(overdue, N_("Overdue"), REC_BOOL),
	F(staff, N_("Who"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	F(approved_by, N_("Approved by"), REC_TEXT),
	F(approved_at, N_("Approved at"), REC_TIME),
	F(reason, N_("Reason"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
read_invoices(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return invoice_page(s, arg, dir, from, limit, out);
}

static int
invoices(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "state", "company", NULL };
	const char *want = rec_want(filters, n, "state");
	const char *company = rec_want(filters, n, "company");
	struct invoice_filter f = { .state = INVOICE_ALL };
	const struct rec_sift sift = { &rec_invoices, filters, n, done,
		read_invoices, &f };
	int rc;

	if (want != NULL &&
	    (f.state = invoice_state_by_name(want)) == INVOICE_ALL)
		return err_set(&s->err, ERR_INVALID, "state",
		    _("A state is entered, agrees, differs, approved, back or "
		      "due"));
	if (company != NULL &&
	    (rc = company_by_name(s, company, &f.company_id)) < 0)
		return rc;
	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_invoices = {
	.name = "purchase_invoices",
	.fields = invoice_fields,
	.row_size = sizeof(struct invoice),
	.page = invoices,
	.get = invoice_get,
};

#define ROW struct supplier_payment
static const struct rec_field payment_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(payment_no, N_("Payment"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	F(company, N_("Supplier"), REC_TEXT),
	F(entry_no, N_("Entry"), REC_TEXT),
	F(amount, N_("Amount"), REC_COST),
	F(method, N_("Method"), REC_TEXT),
	F(staff, N_("Who"), REC_TEXT),
	F(reverses, N_("Takes back"), REC_TEXT),
	F(reversed, N_("Taken back by"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
read_payments(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return supplier_payment_page(s, arg, dir, from, limit, out);
}

static int
payments(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "company", "entry_no", "advance",
		NULL };
	const char *company = rec_want(filters, n, "company");
	const char *entry = rec_want(filters, n, "entry_no");
	struct supplier_pay_filter f = { .advance = false };
	const struct rec_sift sift = { &rec_supplier_payments, filters, n, done,
		read_payments, &f };
	int rc = rec_want_yes(s, filters, n, "advance", &f.advance);

	if (rc == 0 && company != NULL)
		rc = company_by_name(s, company, &f.company_id);
	if (rc == 0 && entry != NULL)
		rc = invoice_by_no(s, entry, &f.invoice_id);
	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

static int
payment_get(struct session *s, int64_t id, struct page *out)
{
	const struct supplier_payment above = { .id = id + 1 };
	const struct supplier_pay_filter all = { .advance = false };
	int rc = supplier_payment_page(s, &all, PAGE_AFTER, &above, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

static const struct rec_field payment_filters[] = {
	{ "advance", NULL, REC_BOOL, 0, NULL },
	FIELD_END,
};

const struct rec_kind rec_supplier_payments = {
	.name = "purchase_payments",
	.fields = payment_fields,
	.row_size = sizeof(struct supplier_payment),
	.page = payments,
	.get = payment_get,
	.filters = payment_filters,
};

#define ROW struct returnable
static const struct rec_field bad_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(defective, N_("Defective"), REC_INT),
	F(company, N_("Supplier"), REC_TEXT),
	F(purchase_no, N_("Purchase order"), REC_TEXT),
	F(at, N_("Ordered"), REC_TIME),
	F(received, N_("Arrived"), REC_INT),
	F(bad, N_("Came defective"), REC_INT),
	F(returned, N_("Sent back"), REC_INT),
	F(price, N_("Price"), REC_COST),
	FIELD_END,
};
#undef ROW

static int
read_bad(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const int64_t *company_id = arg;
	const struct returnable *r = from;
	int rc = returnable_bad(s, *company_id, out);

	if (rc == 0)
		page_window(out, dir, r != NULL ? r->id : 0, limit);
	return rc;
}

static int
bad_page(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "company", NULL };
	const char *company = rec_want(filters, n, "company");
	int64_t id = 0;
	const struct rec_sift sift = { &rec_defects, filters, n, done, read_bad,
		&id };
	int rc = company != NULL ? company_by_name(s, company, &id) : 0;

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

static int
bad_get(struct session *s, int64_t id, struct page *out)
{
	size_t i;
	int rc = returnable_bad(s, 0, out);

	for (i = 0; rc == 0 && i < out->n; i++)
		if (((const struct returnable *)page_row(out, i))->id == id)
			break;
	if (rc == 0 && i < out->n) {
		out->rows = (char *)out->rows + i * out->row_size;
		out->n = 1;
	}
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_defects = {
	.name = "defects",
	.fields = bad_fields,
	.row_size = sizeof(struct returnable),
	.page = bad_page,
	.get = bad_get,
};
