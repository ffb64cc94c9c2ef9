/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/low_stock.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/requests.h"

#include "../core/session_priv.h"
#include "../record/record_priv.h"

/* What should be bought, was asked for and is ordered, as rows. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}

#define ROW struct low_stock
static const struct rec_field low_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(available, N_("Available"), REC_INT),
	F(in_transit, N_("In transit"), REC_INT),
	F(asked, N_("Asked for"), REC_INT),
	F(reorder_at, N_("Reorder point"), REC_INT),
	F(target_level, N_("Target level"), REC_INT),
	F(sold, N_("Sold in 30 days"), REC_INT),
	F(days, N_("Lasts for days"), REC_TEXT),
	F(company, N_("Supplier"), REC_TEXT),
	F(lead_days, N_("Days to deliver"), REC_INT),
	F(price, N_("Price"), REC_COST),
	F(propose, N_("To buy"), REC_INT),
	FIELD_END,
};
#undef ROW

static const struct rec_field low_filters[] = {
	{ "soon", NULL, REC_BOOL, 0, NULL },
	FIELD_END,
};

static int
read_low(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const bool *soon = arg;
	const struct low_stock *l = from;
	int rc = low_stock_all(s, *soon ? LOW_STOCK_SOON : LOW_STOCK_NOW, out);

	if (rc == 0)
		page_window(out, dir, l != NULL ? l->id : 0, limit);
	return rc;
}

static int
low_page(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "soon", NULL };
	bool soon = false;
	const struct rec_sift sift = { &rec_low_stock, filters, n, done,
		read_low, &soon };
	int rc = rec_want_yes(s, filters, n, "soon", &soon);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

/* On either of the lists. */
static int
low_get(struct session *s, int64_t id, struct page *out)
{
	enum low_stock_kind kind = LOW_STOCK_NOW;
	int rc;
	size_t i;

	for (;; kind = LOW_STOCK_SOON) {
		if ((rc = low_stock_all(s, kind, out)) < 0)
			return rc;
		for (i = 0; i < out->n; i++)
			if (((const struct low_stock *)page_row(out, i))->id ==
			    id)
				break;
		if (i < out->n || kind == LOW_STOCK_SOON)
			break;
		page_free(out);
	}
	if (i < out->n) {
		out->rows = (char *)out->rows + i * out->row_size;
		out->n = 1;
	}
	return rec_only(s, id, out);
}

const struct rec_kind rec_low_stock = {
	.name = "low_stock",
	.fields = low_fields,
	.row_size = sizeof(struct low_stock),
	.page = low_page,
	.get = low_get,
	.filters = low_filters,
};

#define ROW struct request
static const struct rec_field request_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(request_no, N_("Request no."), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    request_state_name },
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(lines, N_("Lines"), REC_INT),
	F(pieces, N_("Pieces"), REC_INT),
	F(left, N_("Lines not ordered"), REC_INT),
	F(staff, N_("Who"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	F(decided_by, N_("Decided by"), REC_TEXT),
	F(decided_at, N_("Decided at"), REC_TIME),
	F(reason, N_("Reason"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
read_requests(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const enum request_state *state = arg;

	return request_page(s, *state, dir, from, limit, out);
}

static int
requests(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "state", NULL };
	const char *want = rec_want(filters, n, "state");
	enum request_state state = REQUEST_ASKED;
	const struct rec_sift sift = { &rec_requests, filters, n, done,
		read_requests, &state };

	while (state < REQUEST_ALL &&
	       (want == NULL || strcmp(request_state_name(state), want) != 0))
		state++;
	if (want != NULL && state == REQUEST_ALL)
		return err_set(&s->err, ERR_INVALID, "state",
		    _("A state is asked, approved, ordered or refused"));
	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_requests = {
	.name = "requests",
	.fields = request_fields,
	.row_size = sizeof(struct request),
	.page = requests,
	.get = request_get,
};

#define ROW struct purchase
static const struct rec_field purchase_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(purchase_no, N_("Purchase order"), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    purchase_state_name },
	F(late, N_("Late"), REC_BOOL),
	F(company, N_("Supplier"), REC_TEXT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(lines, N_("Lines"), REC_INT),
	F(pieces, N_("Pieces"), REC_INT),
	F(received, N_("Arrived"), REC_INT),
	F(scanned, N_("Scanned at the door"), REC_INT),
	F(total, N_("Total"), REC_COST),
	F(freight, N_("Freight"), REC_COST),
	F(request_no, N_("Request no."), REC_TEXT),
	F(staff, N_("Who"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	F(ordered_by, N_("Ordered by"), REC_TEXT),
	F(ordered_at, N_("Ordered"), REC_TIME),
	F(expected_at, N_("Expected"), REC_TIME),
	F(first_at, N_("First received"), REC_TIME),
	F(done_at, N_("Ended at"), REC_TIME),
	F(reason, N_("Reason"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
read_purchases(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return purchase_page(s, arg, dir, from, limit, out);
}

static int
purchases(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "state", "company", NULL };
	const char *want = rec_want(filters, n, "state");
	const char *company = rec_want(filters, n, "company");
	struct purchase_filter f = { .state = PURCHASE_ALL };
	const struct rec_sift sift = { &rec_purchases, filters, n, done,
		read_purchases, &f };
	int rc;

	if (want != NULL &&
	    (f.state = purchase_state_by_name(want)) == PURCHASE_ALL)
		return err_set(&s->err, ERR_INVALID, "state",
		    _("A state is draft, ordered, part, received, closed or "
		      "cancelled"));
	if (company != NULL &&
	    (rc = company_by_name(s, company, &f.company_id)) < 0)
		return rc;
	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_purchases = {
	.name = "purchases",
	.fields = purchase_fields,
	.row_size = sizeof(struct purchase),
	.page = purchases,
	.get = purchase_get,
};

#define ROW struct purchase_line
static const struct rec_field line_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(purchase_no, N_("Purchase order"), REC_TEXT),
	F(line_no, N_("Line"), REC_INT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    purchase_state_name },
	F(company, N_("Supplier"), REC_TEXT),
	F(code, N_("Their code"), REC_TEXT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	F(unit, N_("Unit"), REC_TEXT),
	F(qty, N_("Quantity"), REC_INT),
	F(price, N_("Price"), REC_COST),
	F(amount, N_("Amount"), REC_COST),
	F(received, N_("Arrived"), REC_INT),
	F(bad, N_("Defective"), REC_INT),
	F(returned, N_("Sent back"), REC_INT),
	F(invoiced, N_("Invoiced"), REC_INT),
	F(open, N_("To come"), REC_INT),
	F(expected_at, N_("Expected"), REC_TIME),
	F(request_no, N_("Request no."), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
read_lines(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const int64_t *id = arg;
	const struct purchase_line *l = from;
	int rc;

	if (*id == 0)
		return purchase_line_page(s, dir, from, limit, out);
	if ((rc = purchase_lines(s, *id, out)) == 0)
		page_window(out, dir, l != NULL ? l->id : 0, limit);
	return rc;
}

static int
lines(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "purchase_no", NULL };
	const char *no = rec_want(filters, n, "purchase_no");
	int64_t id = 0;
	const struct rec_sift sift = { &rec_purchase_lines, filters, n, done,
		read_lines, &id };
	int rc = no != NULL ? purchase_by_no(s, no, &id) : 0;

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

static int
line_get(struct session *s, int64_t id, struct page *out)
{
	const struct purchase_line above = { .purchase_id = id >> 16,
		.line_no = (id & 0xffff) + 1 };
	int rc = purchase_line_page(s, PAGE_AFTER, &above, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_purchase_lines = {
	.name = "purchase_lines",
	.fields = line_fields,
	.row_size = sizeof(struct purchase_line),
	.page = lines,
	.get = line_get,
};
