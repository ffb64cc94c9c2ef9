/* SPDX-License-Identifier: MIT */
#include "verbs_fail.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/categories.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/order_add.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/domain/requests.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/domain/tracking.h"

static int
attr_add_one(struct session *s, int64_t id)
{
	const struct attr_def_edit e = {
		.name = "depth", .title = "Depth", .type = "text"
	};

	(void)id;
	return attr_def_add(s, &e, &id);
}

static int
attr_rename(struct session *s, int64_t id)
{
	const struct attr_def_edit e = {
		.name = "depth", .title = "Deep", .type = "text"
	};

	return attr_def_save(s, id, 1, &e);
}

static int
bin_add_one(struct session *s, int64_t id)
{
	const struct bin_edit e = { .code = "T-1", .active = true };

	(void)id;
	return bin_add(s, &e, &id);
}

static int
bin_note(struct session *s, int64_t id)
{
	const struct bin_edit e = {
		.code = "T-1", .note = "top", .active = true
	};

	return bin_save(s, id, 1, &e);
}

static int
category_rename(struct session *s, int64_t id)
{
	const struct category_edit e = { .name = "again" };

	return category_save(s, id, 1, &e);
}

static int
category_new(struct session *s, int64_t id)
{
	const struct category_edit e = { .name = "for nothing" };

	(void)id;
	return category_add(s, &e, &id);
}

static int
company_new(struct session *s, int64_t id)
{
	const struct company_edit e = { .name = "Nobody Ltd",
		.supplier = "yes" };

	(void)id;
	return company_add(s, &e, &id);
}

static int
company_rename(struct session *s, int64_t id)
{
	const struct company_edit e = { .name = "Somebody Ltd",
		.supplier = "yes" };

	return company_save(s, id, 1, &e);
}

static int
supplier_item_end(struct session *s, int64_t id)
{
	struct db_rows *rows;
	int64_t company = 0;

	if (db_query(s->db,
		"SELECT company_id FROM supplier_item WHERE variant_id = $1"
		" LIMIT 1 /*scan*/",
		DB_ARGS(db_i(id)), &rows) < 0)
		return s->err.code;
	if (db_next(rows) > 0)
		company = db_int(rows, 0);
	db_done(rows);
	return supplier_item_drop(s, id, company);
}

static int
grade_new(struct session *s, int64_t id)
{
	const struct grade_edit e = { .name = "Copper", .permille = 990 };

	(void)id;
	return grade_add(s, &e, &id);
}

static int
grade_cheaper(struct session *s, int64_t id)
{
	const struct grade_edit e = { .name = "Copper", .permille = 980 };

	return grade_save(s, id, 1, &e);
}

static int
grade_give(struct session *s, int64_t id)
{
	return customer_grade_set(s, id, "Copper");
}

static int
price_set(struct session *s, int64_t id)
{
	struct page page;
	char sku[64];
	int rc = variant_get(s, id, &page);

	if (rc < 0)
		return rc;
	copy_text(sku, sizeof(sku),
	    ((const struct variant *)page_row(&page, 0))->sku_code);
	page_free(&page);
	return member_price_set(s, sku, "Copper", 123);
}

static int
product_rest(struct session *s, int64_t id)
{
	return variant_active(s, id, false);
}

static int
gift_new(struct session *s, int64_t id)
{
	const struct gift_rule_edit e = { .name = "With a pan",
		.min_paid = 100,
		.gift_sku = "PAN-FAIL",
		.gift_qty = 1,
		.active = true };

	(void)id;
	return gift_rule_add(s, &e, &id);
}

static int
gift_rest(struct session *s, int64_t id)
{
	return gift_rule_active(s, id, false);
}

static int
material_new(struct session *s, int64_t id)
{
	const struct material_edit e = { .code = "BOX-9", .name = "Box 9" };

	(void)id;
	return material_add(s, &e, &id);
}

static int
material_rename(struct session *s, int64_t id)
{
	const struct material_edit e = { .code = "BOX-9", .name = "Box IX" };

	return material_save(s, id, 1, &e);
}

static int
count_end(struct session *s, int64_t id)
{
	return stocktake_cancel(s, id, "a mistake");
}

static int
count_why(struct session *s, int64_t id)
{
	return stocktake_reason(s, id, "fell down");
}

static int
order_again(struct session *s, int64_t id)
{
	const struct order_reissue how = { .reason = "broken" };

	return order_reissue(s, id, &how, &id);
}

static int
payment_back(struct session *s, int64_t id)
{
	return payment_reverse(s, id, "wrong", &id);
}

static int
quote_later(struct session *s, int64_t id)
{
	return quotation_follow(s, id, "asked", 0);
}

static int
quote_gone(struct session *s, int64_t id)
{
	return quotation_lose(s, id, "too dear");
}

static int
request_no(struct session *s, int64_t id)
{
	return request_refuse(s, id, "no money");
}

static int
production_off(struct session *s, int64_t id)
{
	return production_cancel(s, id, "too late");
}

static int
line_why(struct session *s, int64_t id)
{
	return statement_explain(s, id, "a fee");
}

static int
staff_back(struct session *s, int64_t id)
{
	return staff_set_active(s, id, true);
}

static int
staff_away(struct session *s, int64_t id)
{
	return id == session_staff(s) ? ERR_STATE
				      : staff_set_active(s, id, false);
}

static int
case_new(struct session *s, int64_t id)
{
	return track_case_open(s, id, "still", "", &id);
}

static int
case_done(struct session *s, int64_t id)
{
	return track_case_close(s, id, "nothing", "");
}

static int
case_word(struct session *s, int64_t id)
{
	return track_case_note(s, id, "called");
}

static int
case_again(struct session *s, int64_t id)
{
	return track_case_reopen(s, id);
}

static int
levels(struct session *s, int64_t id)
{
	(void)id;
	return stock_levels(s, "PAN-FAIL", "", 3, 9);
}

static int
adjust(struct session *s, int64_t id)
{
	const struct stock_entry e = {
		.sku = "PAN-FAIL", .qty = -1, .reason = "broken"
	};

	(void)id;
	return stock_adjust(s, &e, &id);
}

static const struct failing_verb verbs[] = {
	{ "attr-add", attr_add_one, NULL },
	{ "attr-save", attr_rename, "attr_def" },
	{ "bin-add", bin_add_one, NULL },
	{ "bin-save", bin_note, "bin" },
	{ "category-add", category_new, NULL },
	{ "category-save", category_rename, "category" },
	{ "category-drop", category_drop, "category" },
	{ "company-add", company_new, NULL },
	{ "company-save", company_rename, "company" },
	{ "company-close", company_close, "company" },
	{ "company-reopen", company_reopen, "company" },
	{ "supplier-item-drop", supplier_item_end, "variant" },
	{ "grade-add", grade_new, NULL },
	{ "grade-save", grade_cheaper, "grade" },
	{ "customer-grade", grade_give, "customer" },
	{ "member-price", price_set, "variant" },
	{ "gift-rule-add", gift_new, NULL },
	{ "gift-rule-save", gift_rest, "gift_rule" },
	{ "material-add", material_new, NULL },
	{ "material-save", material_rename, "material" },
	{ "count-reason", count_why, "stocktake_line" },
	{ "count-cancel", count_end, "stocktake" },
	{ "order-reissue", order_again, "orders" },
	{ "payment-reverse", payment_back, "payment" },
	{ "quote-follow", quote_later, "quotation" },
	{ "quote-lose", quote_gone, "quotation" },
	{ "quote-reopen", quotation_reopen, "quotation" },
	{ "request-refuse", request_no, "purchase_request" },
	{ "statement-explain", line_why, "statement_line" },
	{ "statement-reopen", statement_reopen, "statement_line" },
	{ "production-cancel", production_off, "production" },
	{ "staff-close", staff_away, "staff" },
	{ "staff-reopen", staff_back, "staff" },
	{ "track-case-open", case_new, "parcel" },
	{ "track-case-note", case_word, "track_case" },
	{ "track-case-close", case_done, "track_case" },
	{ "track-case-reopen", case_again, "track_case" },
	{ "stock-levels", levels, NULL },
	{ "stock-adjust", adjust, NULL },
	{ "product-active", product_rest, "variant" },
};

static void
verbs_survive_every_failure(void **state)
{
	struct session *s = trade();

	(void)state;
	verbs_survive(s, verbs, sizeof(verbs) / sizeof(verbs[0]));
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verbs_survive_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
