/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/transfers.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* Bins, slips, transfers, and what waits to be put away. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}

/* The warehouse that is asked for; 0: none is. */
static int
want_warehouse(
    struct session *s, const struct rec_filter *filters, size_t n, int64_t *id)
{
	const char *name = rec_want(filters, n, "warehouse");

	*id = 0;
	return name == NULL ? 0 : warehouse_find(s, name, id);
}

#define ROW struct bin
static const struct rec_field bin_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	{ "bin", N_("Bin"), REC_TEXT, offsetof(ROW, code), NULL },
	{ "kind", N_("Kind"), REC_CODE, offsetof(ROW, kind), bin_kind_name },
	F(walk, N_("Walking order"), REC_INT),
	F(active, N_("In use"), REC_BOOL),
	F(goods, N_("Products"), REC_INT),
	F(pieces, N_("Pieces"), REC_INT),
	F(note, N_("Note"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
bin_read_page(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return bin_page(s, arg, dir, from, limit, out);
}

static int
bin_rec_page(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "warehouse", NULL };
	struct bin_filter f = { .kind = -1, .closed_too = true };
	const struct rec_sift sift = { &rec_bins, filters, n, done,
		bin_read_page, &f };
	int rc = want_warehouse(s, filters, n, &f.warehouse_id);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_bins = {
	.name = "bins",
	.fields = bin_fields,
	.row_size = sizeof(struct bin),
	.page = bin_rec_page,
	.get = bin_get,
};

#define ROW struct stock_slip
static const struct rec_field slip_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(slip_no, N_("Slip no."), REC_TEXT),
	F(kind, N_("Kind"), REC_WORD),
	F(at, N_("Time"), REC_TIME),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(lines, N_("Lines"), REC_INT),
	{ "quantity", N_("Quantity"), REC_INT, offsetof(ROW, qty), NULL },
	F(value, N_("Value"), REC_COST),
	F(freight, N_("Freight"), REC_COST),
	F(supplier, N_("Supplier"), REC_TEXT),
	F(reason, N_("Reason"), REC_TEXT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(purchase_no, N_("Purchase"), REC_TEXT),
	F(transfer_no, N_("Transfer"), REC_TEXT),
	F(count_no, N_("Stocktake"), REC_TEXT),
	F(reverses, N_("Reverses"), REC_TEXT),
	F(reversed, N_("Reversed by"), REC_TEXT),
	F(staff, N_("Staff"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
slip_read_page(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return slip_page(s, arg, dir, from, limit, out);
}

static int
slip_rec_page(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "kind", NULL };
	const struct slip_filter f = { .kind = rec_want(filters, n, "kind") };
	const struct rec_sift sift = { &rec_slips, filters, n, done,
		slip_read_page, &f };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_slips = {
	.name = "slips",
	.fields = slip_fields,
	.row_size = sizeof(struct stock_slip),
	.page = slip_rec_page,
	.get = slip_get,
};

#define ROW struct transfer
static const struct rec_field transfer_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(transfer_no, N_("Transfer"), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    transfer_state_name },
	F(from, N_("From warehouse"), REC_TEXT),
	F(to, N_("Into warehouse"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	F(sent_at, N_("Sent at"), REC_TIME),
	F(arrived_at, N_("Arrived at"), REC_TIME),
	F(lines, N_("Lines"), REC_INT),
	{ "quantity", N_("Quantity"), REC_INT, offsetof(ROW, qty), NULL },
	{ "under_way", N_("Under way"), REC_INT, offsetof(ROW, open), NULL },
	F(value, N_("Value"), REC_COST),
	F(note, N_("Note"), REC_TEXT),
	F(staff, N_("Staff"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
transfer_read_page(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return transfer_page(s, arg, dir, from, limit, out);
}

static int
transfer_rec_page(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "warehouse", NULL };
	struct transfer_filter f = { .state = -1 };
	const struct rec_sift sift = { &rec_transfers, filters, n, done,
		transfer_read_page, &f };
	int rc = want_warehouse(s, filters, n, &f.warehouse_id);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

static const struct rec_field warehouse_filter[] = {
	{ "warehouse", NULL, REC_TEXT, 0, NULL },
	FIELD_END,
};

const struct rec_kind rec_transfers = {
	.name = "transfers",
	.fields = transfer_fields,
	.row_size = sizeof(struct transfer),
	.page = transfer_rec_page,
	.get = transfer_get,
	.filters = warehouse_filter,
};

#define ROW struct put_wait
static const struct rec_field wait_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(slip_no, N_("Slip no."), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	{ "quantity", N_("Quantity"), REC_INT, offsetof(ROW, qty), NULL },
	F(rest, N_("To be put away"), REC_INT),
	F(late, N_("Late"), REC_BOOL),
	{ "bin", N_("Bin"), REC_TEXT, offsetof(ROW, to), NULL },
	FIELD_END,
};
#undef ROW

static int
wait_read_page(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const int64_t *warehouse = arg;

	return put_wait_page(s, *warehouse, dir, from, limit, out);
}

static int
wait_rec_page(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "warehouse", NULL };
	int64_t warehouse;
	const struct rec_sift sift = { &rec_put_waits, filters, n, done,
		wait_read_page, &warehouse };
	int rc = want_warehouse(s, filters, n, &warehouse);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

/* The list's row behind the id before it, if it is that id. */
static int
wait_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct put_wait before = { .id = id - 1 };
	int rc = put_wait_page(s, 0, PAGE_AFTER, &before, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_put_waits = {
	.name = "put-away",
	.fields = wait_fields,
	.row_size = sizeof(struct put_wait),
	.page = wait_rec_page,
	.get = wait_rec_get,
};
