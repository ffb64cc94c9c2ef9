/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/couriers.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

#include "../core/session_priv.h"
#include "../record/record_priv.h"

/* Couriers, their prices and bills, and what parcels brought, as records. */

#define F(name, label, type) \
	{ \
#name, label, type, offsetof(ROW, name), NULL \
	}
#define C(name, label, code) \
	{ \
#name, label, REC_CODE, offsetof(ROW, name), code \
	}

#define ROW struct courier_card
static const struct rec_field courier_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(name, N_("Courier"), REC_TEXT),
	F(code, N_("Code"), REC_TEXT),
	F(phone, N_("Phone"), REC_TEXT),
	F(aliases, N_("Other names"), REC_TEXT),
	F(shape, N_("Shape of waybills"), REC_TEXT),
	F(templates, N_("Templates"), REC_INT),
	F(active, N_("In use"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
courier_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return courier_card_page(s, dir, from, limit, out);
}

static int
courier_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_couriers, filters, nfilters, NULL,
		courier_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_couriers = {
	.name = "couriers",
	.fields = courier_fields,
	.row_size = sizeof(struct courier_card),
	.page = courier_rec_page,
	.get = courier_card,
};

#define ROW struct warehouse
static const struct rec_field warehouse_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(name, N_("Warehouse"), REC_TEXT),
	F(province, N_("Province"), REC_TEXT),
	F(hub, N_("Hub of"), REC_TEXT),
	F(below_zero, N_("May go below zero"), REC_BOOL),
	{ "virtual", N_("Goods lie elsewhere"), REC_BOOL, offsetof(ROW, away),
	    NULL },
	F(put_away, N_("Goods are put away"), REC_BOOL),
	F(address, N_("Address"), REC_TEXT),
	F(active, N_("In use"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
warehouse_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return warehouse_page(s, dir, from, limit, out);
}

static int
warehouse_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_warehouses, filters, nfilters, NULL,
		warehouse_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_warehouses = {
	.name = "warehouses",
	.fields = warehouse_fields,
	.row_size = sizeof(struct warehouse),
	.page = warehouse_rec_page,
	.get = warehouse_get,
};

#define ROW struct freight_template
static const struct rec_field template_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(courier, N_("Courier"), REC_TEXT),
	F(name, N_("Template"), REC_TEXT),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	C(basis, N_("Goes by"), freight_basis_name),
	F(divisor, N_("Volume divisor"), REC_INT),
	F(since, N_("Since"), REC_TIME),
	F(zones, N_("Places"), REC_INT),
	F(active, N_("In use"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
template_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return freight_template_page(s, dir, from, limit, out);
}

static int
template_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_freight_templates, filters,
		nfilters, NULL, template_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_freight_templates = {
	.name = "freight_templates",
	.fields = template_fields,
	.row_size = sizeof(struct freight_template),
	.page = template_rec_page,
	.get = freight_template_get,
};

#define ROW struct freight_bill
static const struct rec_field bill_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(courier, N_("Courier"), REC_TEXT),
	F(bill_no, N_("Bill"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	F(staff, N_("Who"), REC_TEXT),
	F(n, N_("Lines"), REC_INT),
	F(amount, N_("Billed"), REC_MONEY),
	F(due, N_("Due"), REC_MONEY),
	F(wrong_n, N_("Wrong"), REC_INT),
	F(open_n, N_("Unsettled"), REC_INT),
	FIELD_END,
};
#undef ROW

static int
bill_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return freight_bill_page(s, dir, from, limit, out);
}

static int
bill_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct rec_sift sift = { &rec_freight_bills, filters, nfilters,
		NULL, bill_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_freight_bills = {
	.name = "freight_bills",
	.fields = bill_fields,
	.row_size = sizeof(struct freight_bill),
	.page = bill_rec_page,
	.get = freight_bill_get,
};

#define ROW struct freight_line
static const struct rec_field line_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(courier, N_("Courier"), REC_TEXT),
	F(bill_no, N_("Bill"), REC_TEXT),
	F(waybill_no, N_("Waybill no."), REC_TEXT),
	{ "finding", N_("Finding"), REC_CODE, offsetof(ROW, state),
	    freight_line_state_name },
	F(province, N_("Province"), REC_TEXT),
	F(weight, N_("Billed weight"), REC_INT),
	F(ours, N_("Our weight"), REC_INT),
	F(amount, N_("Billed"), REC_MONEY),
	F(due, N_("Due"), REC_MONEY),
	F(order_no, N_("Order no."), REC_TEXT),
	F(shipped_at, N_("Shipped at"), REC_TIME),
	F(settled, N_("Dealt with"), REC_WORD),
	F(note, N_("Remark"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static const struct rec_field line_filters[] = {
	{ "bill", NULL, REC_INT, 0, NULL },
	{ "tab", NULL, REC_TEXT, 0, NULL },
	FIELD_END,
};

static int
line_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return freight_line_page(s, arg, dir, from, limit, out);
}

static const char *const line_tabs[LINE_TABS] = { "open", "disputed",
	"credited", "paid", "all" };

/* bill=3: all of that bill; else what is open. */
static int
want_lines(struct session *s, const struct rec_filter *filters, size_t nfilters,
    struct freight_line_filter *f)
{
	const char *bill = rec_want(filters, nfilters, "bill");
	const char *tab = rec_want(filters, nfilters, "tab");
	int i;

	if (bill != NULL && count_parse(bill, &f->bill_id) < 0)
		return err_set(&s->err, ERR_INVALID, "bill",
		    _("%s can have no such value: %.60s"), "bill", bill);
	f->tab = f->bill_id != 0 ? LINE_ALL : LINE_OPEN;
	for (i = 0; tab != NULL && i < LINE_TABS; i++)
		if (strcmp(line_tabs[i], tab) == 0)
			break;
	if (tab != NULL && i == LINE_TABS)
		return err_set(&s->err, ERR_INVALID, "tab",
		    _("%s can have no such value: %.60s"), "tab", tab);
	if (tab != NULL)
		f->tab = (enum freight_line_tab)i;
	return 0;
}

static int
line_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "bill", "tab", NULL };
	struct freight_line_filter f = { .tab = LINE_OPEN };
	const struct rec_sift sift = { &rec_freight_lines, filters, nfilters,
		done, line_read, &f };
	int rc = want_lines(s, filters, nfilters, &f);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_freight_lines = {
	.name = "freight_lines",
	.fields = line_fields,
	.row_size = sizeof(struct freight_line),
	.page = line_rec_page,
	.get = freight_line_get,
	.filters = line_filters,
};

#define ROW struct freight_profit
static const struct rec_field profit_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(shipped_at, N_("Shipped at"), REC_TIME),
	F(waybill_no, N_("Waybill no."), REC_TEXT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(courier, N_("Courier"), REC_TEXT),
	F(province, N_("Province"), REC_TEXT),
	F(weight, N_("Weight"), REC_INT),
	F(postage, N_("Postage"), REC_MONEY),
	F(freight, N_("Freight"), REC_MONEY),
	F(material, N_("Material"), REC_MONEY),
	F(profit, N_("Left over"), REC_MONEY),
	F(known, N_("Freight known"), REC_BOOL),
	F(billed, N_("Billed"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static const struct rec_field profit_filters[] = {
	{ "since", NULL, REC_TIME, 0, NULL },
	{ "until", NULL, REC_TIME, 0, NULL },
	{ "loss", NULL, REC_BOOL, 0, NULL },
	FIELD_END,
};

static int
profit_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return freight_profit_page(s, arg, dir, from, limit, out);
}

static int
profit_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "since", "until", "loss", "courier",
		NULL };
	const char *courier = rec_want(filters, nfilters, "courier");
	struct freight_profit_filter f = { .since = 0 };
	const struct rec_sift sift = { &rec_freight_profit, filters, nfilters,
		done, profit_read, &f };
	int rc;

	if ((rc = rec_want_time(s, filters, nfilters, "since", &f.since)) < 0 ||
	    (rc = rec_want_time(s, filters, nfilters, "until", &f.until)) < 0 ||
	    (rc = rec_want_yes(s, filters, nfilters, "loss", &f.loss)) < 0)
		return rc;
	if (courier != NULL &&
	    (rc = courier_find(s, courier, &f.courier_id)) < 0)
		return rc;
	return rec_sift(s, &sift, dir, from, limit, out);
}

static const char sql_shipped_at[] =
    "SELECT shipped_at FROM parcel WHERE id = $1";

static int
profit_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct freight_profit_filter all = { .since = 0 };
	struct freight_profit above = { .id = id + 1 };
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	rc = db_get1(
	    s->db, sql_shipped_at, DB_ARGS(db_i(id)), &above.shipped_at);
	if (rc == ERR_NOTFOUND)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such record"));
	if (rc == 0)
		rc = freight_profit_page(s, &all, PAGE_AFTER, &above, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_freight_profit = {
	.name = "freight_profit",
	.fields = profit_fields,
	.row_size = sizeof(struct freight_profit),
	.page = profit_rec_page,
	.get = profit_rec_get,
	.filters = profit_filters,
};
