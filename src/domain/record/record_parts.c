/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/domain/requests.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/domain/transfers.h"
#include "shopmgr/domain/waves.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/*
 * Lists that are part of something: the lines of a transfer, what lies in a
 * bin, what an import changed. Each is read by what it is part of, which is
 * its filter; of nothing in particular it is empty. Their rows have no number
 * by which the whole shop knows them.
 */

struct part {
	int64_t of;
	int (*all)(struct session *s, int64_t of, struct page *out);
	int (*page)(struct session *s, int64_t of, enum page_dir dir,
	    const void *from, size_t limit, struct page *out);
};

static int
read_part(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct part *p = arg;
	int64_t last = 0;
	int rc;

	if (p->page != NULL)
		return p->page(s, p->of, dir, from, limit, out);
	if (from != NULL)
		memcpy(&last, from, sizeof(last));
	if ((rc = p->all(s, p->of, out)) == 0)
		page_window(out, dir, last, limit);
	return rc;
}

static int
part_page(struct session *s, struct part p, struct rec_sift sift,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	const char *of =
	    rec_want(sift.filters, sift.nfilters, sift.kind->filters[0].name);
	const char *const done[] = { sift.kind->filters[0].name, NULL };

	sift.done = done;
	sift.read = read_part;
	sift.arg = &p;
	if (of != NULL && (p.of = strtoll(of, NULL, 10)) != 0)
		return rec_sift(s, &sift, dir, from, limit, out);
	page_init(out, sift.kind->row_size, 1);
	return 0;
}

static int
part_get(struct session *s, int64_t id, struct page *out)
{
	(void)id;
	(void)out;
	return err_set(&s->err, ERR_NOTFOUND, "", _("There is no such record"));
}

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(struct ROW, member), NULL \
	}
/* A kind @kind of rows @row, those of the @of that is asked for. */
#define PART(kind_, file_name, of_, ...) \
	static const struct rec_field kind_##_by[] = { \
		{ of_, NULL, REC_INT, 0, NULL }, \
		FIELD_END, \
	}; \
	static int kind_##_rec_page(struct session *s, \
	    const struct rec_filter *filters, size_t n, enum page_dir dir, \
	    const void *from, size_t limit, struct page *out) \
	{ \
		const struct part p = { __VA_ARGS__ }; \
		const struct rec_sift sift = { .kind = &rec_##kind_, \
			.filters = filters, \
			.nfilters = n }; \
\
		return part_page(s, p, sift, dir, from, limit, out); \
	} \
	const struct rec_kind rec_##kind_ = { \
		.name = file_name, \
		.fields = kind_##_fields, \
		.row_size = sizeof(struct ROW), \
		.page = kind_##_rec_page, \
		.get = part_get, \
		.filters = kind_##_by, \
		.part = true, \
	}

#define ROW import_change
static const struct rec_field import_changes_fields[] = {
	F(kind, N_("Kind"), REC_WORD),
	F(label, N_("Record"), REC_TEXT),
	F(what, N_("What changed"), REC_WORD),
	F(before, N_("Before"), REC_TEXT),
	F(after, N_("Now"), REC_TEXT),
	F(urgent, N_("To be shipped"), REC_BOOL),
	FIELD_END,
};

static int
changes_of(struct session *s, int64_t batch, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct import_change_filter filter = { .batch = batch };

	return import_change_page(s, &filter, dir, from, limit, out);
}

PART(import_changes, "import_changes", "batch", .page = changes_of);
#undef ROW

#define ROW bin_goods
static const struct rec_field bin_goods_fields[] = {
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Item"), REC_TEXT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(code, N_("Bin"), REC_TEXT),
	F(qty, N_("Pieces"), REC_INT),
	F(home, N_("Picked from there"), REC_BOOL),
	FIELD_END,
};

static int
goods_of(struct session *s, int64_t bin, enum page_dir dir, const void *from,
    size_t limit, struct page *out)
{
	return bin_goods_page(s, bin, dir, from, limit, out);
}

PART(bin_goods, "bin_goods", "bin", .page = goods_of);
#undef ROW

#define ROW transfer_line
static const struct rec_field transfer_lines_fields[] = {
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Item"), REC_TEXT),
	F(bin, N_("Bin"), REC_TEXT),
	F(qty, N_("Qty"), REC_INT),
	F(sent, N_("Sent out"), REC_INT),
	F(arrived, N_("Arrived"), REC_INT),
	F(lost, N_("Lost on the way"), REC_INT),
	F(open, N_("Under way"), REC_INT),
	FIELD_END,
};
PART(transfer_lines, "transfer_lines", "transfer", .all = transfer_lines);
#undef ROW

#define ROW freight_zone
static const struct rec_field freight_zones_fields[] = {
	F(province, N_("Province"), REC_TEXT),
	F(first, N_("First up to"), REC_INT),
	F(first_fee, N_("First fee"), REC_MONEY),
	F(step, N_("Each further"), REC_INT),
	F(step_fee, N_("Fee"), REC_MONEY),
	F(least_fee, N_("At least"), REC_MONEY),
	F(days, N_("Days"), REC_INT),
	F(served, N_("Delivered there"), REC_BOOL),
	F(courier, N_("Courier"), REC_TEXT),
	F(template, N_("Template"), REC_TEXT),
	FIELD_END,
};
PART(freight_zones, "freight_zones", "template", .all = freight_zones);
#undef ROW

#define ROW wave_line
static const struct rec_field wave_lines_fields[] = {
	F(bin, N_("Bin"), REC_TEXT),
	F(sku_code, N_("SKU"), REC_TEXT),
	F(name, N_("Product name"), REC_TEXT),
	F(need, N_("Pieces"), REC_INT),
	F(picked, N_("Picked"), REC_INT),
	F(sorted, N_("Sorted"), REC_INT),
	FIELD_END,
};
PART(wave_lines, "wave_lines", "wave", .all = wave_lines);
#undef ROW

#define ROW wave_order
static const struct rec_field wave_orders_fields[] = {
	F(slot, N_("Slot"), REC_INT),
	F(order_no, N_("Order number"), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(struct ROW, state),
	    wave_slot_name },
	F(why, N_("Why"), REC_TEXT),
	F(need, N_("Pieces"), REC_INT),
	F(sorted, N_("Sorted"), REC_INT),
	F(at, N_("When"), REC_TIME),
	FIELD_END,
};
PART(wave_orders, "wave_orders", "wave", .all = wave_orders);
#undef ROW

#define ROW quotation_line
static const struct rec_field quotation_lines_fields[] = {
	F(sku_code, N_("SKU"), REC_TEXT),
	F(name, N_("Item"), REC_TEXT),
	F(qty, N_("Qty"), REC_INT),
	F(price, N_("Price"), REC_MONEY),
	F(list, N_("List price"), REC_MONEY),
	F(amount, N_("Amount"), REC_MONEY),
	F(available, N_("Available"), REC_INT),
	F(note, N_("Note"), REC_TEXT),
	FIELD_END,
};
PART(quotation_lines, "quotation_lines", "quotation", .all = quotation_lines);
#undef ROW

#define ROW request_line
static const struct rec_field request_lines_fields[] = {
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Item"), REC_TEXT),
	F(qty, N_("Qty"), REC_INT),
	F(company, N_("Supplier"), REC_TEXT),
	F(price, N_("Price"), REC_COST),
	F(purchase_no, N_("In order"), REC_TEXT),
	F(why, N_("Why"), REC_TEXT),
	FIELD_END,
};
PART(request_lines, "request_lines", "request", .all = request_lines);
#undef ROW

#define ROW invoice_line
static const struct rec_field invoice_lines_fields[] = {
	F(purchase_no, N_("In order"), REC_TEXT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Item"), REC_TEXT),
	F(ordered, N_("Ordered qty"), REC_INT),
	F(received, N_("Arrived"), REC_INT),
	F(qty, N_("Invoiced"), REC_INT),
	F(order_price, N_("Price"), REC_COST),
	F(price, N_("Invoiced at"), REC_COST),
	F(before, N_("Before"), REC_INT),
	F(differs, N_("Differs"), REC_TEXT),
	FIELD_END,
};
PART(invoice_lines, "invoice_lines", "invoice", .all = invoice_lines);
#undef ROW

#define ROW purchase_change
static const struct rec_field purchase_changes_fields[] = {
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Item"), REC_TEXT),
	F(qty, N_("Qty"), REC_INT),
	F(price, N_("Price"), REC_COST),
	F(reason, N_("Reason"), REC_TEXT),
	F(staff, N_("Who"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	FIELD_END,
};
PART(purchase_changes, "purchase_changes", "purchase", .all = purchase_changes);
#undef ROW

#define ROW stocktake_sum
static const struct rec_field count_sums_fields[] = {
	F(reason, N_("Reason"), REC_TEXT),
	F(lines, N_("Line count"), REC_INT),
	F(pieces, N_("Pieces"), REC_INT),
	F(gain, N_("Gain"), REC_COST),
	F(loss, N_("Stock loss"), REC_COST),
	F(net, N_("Net"), REC_COST),
	FIELD_END,
};
PART(count_sums, "count_sums", "count", .all = stocktake_report);
#undef ROW

#define ROW stock_here
static const struct rec_field below_zero_fields[] = {
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Item"), REC_TEXT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(bin, N_("Bin"), REC_TEXT),
	F(on_hand, N_("On hand"), REC_INT),
	F(reserved, N_("Reserved"), REC_INT),
	F(in_transit, N_("In transit"), REC_INT),
	FIELD_END,
};
#undef ROW

static int
below_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return stock_below_page(s, dir, from, limit, out);
}

static int
below_page(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { NULL };
	const struct rec_sift sift = { &rec_below_zero, filters, n, done,
		below_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

/* Of what is below zero there is not much. */
#define BELOW_MOST 1000

static int
below_get(struct session *s, int64_t id, struct page *out)
{
	const struct stock_here *h;
	struct page all;
	size_t i;
	int rc = stock_below_page(s, PAGE_FIRST, NULL, BELOW_MOST, &all);

	for (i = 0, h = all.rows; rc == 0 && i < all.n; i++)
		if (h[i].id == id) {
			page_init(out, sizeof(*h), 1);
			rec_keep(&rec_below_zero, &h[i], out);
			page_free(&all);
			return 0;
		}
	if (rc < 0)
		return rc;
	page_free(&all);
	return part_get(s, id, out);
}

const struct rec_kind rec_below_zero = {
	.name = "below_zero",
	.fields = below_zero_fields,
	.row_size = sizeof(struct stock_here),
	.page = below_page,
	.get = below_get,
};
