/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/domain/receipts.h"
#include "shopmgr/domain/requests.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/domain/transfers.h"
#include "shopmgr/domain/waves.h"
#include "verbs_fail.h"

/* Verbs of purchasing, of the warehouse, of files and papers, as verbs_fail. */

static int
buy(struct session *s, int64_t id)
{
	const struct purchase_edit e = { .company = "Maker Ltd" };
	const struct purchase_line_edit line = {
		.sku_code = "PAN-FAIL", .qty = 5, .price = 900
	};

	return purchase_add(s, &e, &line, 1, &id);
}

static int
buy_later(struct session *s, int64_t id)
{
	const struct purchase_edit e = {
		.company = "Maker Ltd", .freight = 700, .note = "by boat"
	};

	return purchase_save(s, id, 0, &e);
}

static int
too_many_come(struct session *s, int64_t id)
{
	const struct receipt_line line = { .code = "PAN-FAIL", .qty = 50 };
	const struct receipt_doc doc = {
		.purchase_id = id, .over = true, .lines = &line, .n = 1
	};
	struct receipt_said said;

	return receipt_post(s, &doc, &said);
}

static int
bill(struct session *s, int64_t id)
{
	const struct invoice_edit e = { .company = "Maker Ltd",
		.invoice_no = "F-1" };
	const struct invoice_entry line = { id, 1, 5, 900 };

	return invoice_add(s, &e, &line, 1, &id);
}

/* One's own. */
static int
unbill(struct session *s, int64_t id)
{
	return invoice_back(s, id, "twice");
}

static int
want(struct session *s, int64_t id)
{
	const struct request_edit e = { .note = "soon" };
	const struct request_line_edit line = { .sku_code = "PAN-FAIL",
		.qty = 2 };

	return request_add(s, &e, &line, 1, &id);
}

static int
want_more(struct session *s, int64_t id)
{
	const struct request_line_edit line = {
		.sku_code = "PAN-FAIL", .qty = 7, .why = "a fair"
	};

	return request_line_set(s, id, 0, &line);
}

static int
want_later(struct session *s, int64_t id)
{
	const struct request_edit e = { .note = "later" };

	return request_save(s, id, 0, &e);
}

static int
transfer_pans(struct session *s, int64_t id, int64_t qty)
{
	struct transfer_piece pans = { .sku = "PAN-FAIL", .qty = qty };
	const struct transfer_edit e = {
		.to = "South", .lines = &pans, .n = 1
	};

	return id == 0 ? transfer_add(s, &e, &id) : transfer_save(s, id, 1, &e);
}

static int
carry(struct session *s, int64_t id)
{
	(void)id;
	return transfer_pans(s, 0, 1);
}

static int
carry_more(struct session *s, int64_t id)
{
	return transfer_pans(s, id, 3);
}

/* The parcel that trade_on() left on the scale. */
static int
open_parcel(struct session *s, int64_t id)
{
	(void)id;
	return pack_unpack(s, "FAIL-1");
}

static int
ship_anyhow(struct session *s, int64_t id)
{
	const struct pack_close close = { .courier = "YTO",
		.waybill_no = "YT0000000099002",
		.weight = 90000,
		.force = true };
	struct packing *p;
	int rc = pack_open(s, "FAIL-2", &p);

	(void)id;
	if (rc < 0)
		return rc;
	rc = pack_scan(s, p, "PAN-FAIL", NULL);
	if (rc >= 0)
		rc = pack_ship(s, p, &close, NULL);
	pack_free(p);
	return rc;
}

static int
pick_by_paper(struct session *s, int64_t id)
{
	int64_t pieces;

	return wave_picked(s, id, &pieces);
}

static int
bins_in(struct session *s, int64_t id)
{
	struct bin_import sum;

	(void)id;
	return bins_import(s, fixture_path("bins.csv"), &sum);
}

static int
freight_in(struct session *s, int64_t id)
{
	struct freight_taken taken;

	(void)id;
	return freight_import(s, "", &taken);
}

static int
teach(struct session *s, int64_t id)
{
	static const char *const header[] = { "no", "at" };
	static const char *const fields[] = { "order_no", "created_at" };
	const struct import_look look = { .ncols = 2, .header = header };

	(void)id;
	return import_teach(s, &look, "orders", "", "Mine", fields);
}

static int
match(struct session *s, int64_t id)
{
	return statement_match(s, id, 1);
}

static int
paper_again(struct session *s, int64_t id)
{
	struct print_said said;

	return print_document(s, id,
	    &(struct print_job){ .path = fixture_path("paper.pdf") }, &said);
}

static int
quote_note(struct session *s, int64_t id)
{
	struct quotation_edit e;
	int rc = quotation_edit_from(s, id, &e);

	if (rc < 0)
		return rc;
	copy_text(e.sale.note, sizeof(e.sale.note), "in red");
	return quotation_save(s, id, 1, &e);
}

static int
quote_paper(struct session *s, int64_t id)
{
	struct print_said said;

	return print_quotation(s, id,
	    &(struct print_job){ .path = fixture_path("quote.pdf") }, &said);
}

static const struct failing_verb verbs[] = {
	{ "purchase-add", buy, NULL },
	{ "purchase-save", buy_later, "purchase" },
	{ "purchase-order", purchase_order, "purchase" },
	{ "purchase-receive-over", too_many_come, "purchase" },
	{ "invoice-add", bill, "purchase" },
	{ "invoice-withdraw", unbill, "purchase_invoice" },
	{ "request-add", want, NULL },
	{ "request-line", want_more, "purchase_request" },
	{ "request-save", want_later, "purchase_request" },
	{ "transfer-add", carry, NULL },
	{ "transfer-save", carry_more, "transfer" },
	{ "count-recount", stocktake_recount_line, "stocktake_line" },
	{ "order-unpack", open_parcel, NULL },
	{ "order-ship-force", ship_anyhow, NULL },
	{ "wave-picked", pick_by_paper, "wave" },
	{ "bin-import", bins_in, NULL },
	{ "freight-import", freight_in, NULL },
	{ "layout-teach", teach, NULL },
	{ "layout-unteach", import_unteach, "layout_taught" },
	{ "statement-match", match, "statement_line" },
	{ "document-print", paper_again, "document" },
	{ "quote-save", quote_note, "quotation" },
	{ "quote-print", quote_paper, "quotation" },
};

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static void
keep_parcel(struct session *s)
{
	const struct pack_close close = { .courier = "YTO",
		.waybill_no = "YT0000000099001" };
	struct packing *p;

	must(s, pack_open(s, "FAIL-1", &p));
	must(s, pack_scan(s, p, "PAN-FAIL", NULL));
	must(s, pack_keep(s, p, &close, NULL));
	pack_free(p);
}

/* Two cups that nobody found. */
static void
count_cups(struct session *s)
{
	const struct stocktake_edit e = { .kind = "spot", .codes = "CUP-FAIL" };
	int64_t id, again;

	fixture_variant(s, "CUP-FAIL", 2, 100);
	must(s, stocktake_start(s, &e, &id));
	must(s, stocktake_close(s, id, true, &again));
	assert_int_equal(again, 0);
}

static void
files(struct session *s)
{
	const char *file;
	struct import *im;

	fixture_file("bins.csv", "bin,kind\nFAIL-1,\nFAIL-2,reserve\n");
	file = fixture_file("prices.csv",
	    "快递公司,首重重量(KG),续重重量(KG),首重价格,续重价格,"
	    "所辖地区,最低收费,计抛基数\n"
	    "圆通,1,0.5,8,3,全国,8,6000\n圆通,1,0.5,15,9,新疆|西藏,,\n");
	must(s, import_run(s, "freight-templates", &file, 1,
		    &(struct import_options){ 0 }, &im));
	import_free(im);
}

/* What the verbs need that a month of trade does not leave. */
static struct session *
trade_on(void)
{
	const struct company_edit maker = { .name = "Maker Ltd",
		.supplier = "yes" };
	const struct warehouse_edit south = { .name = "South", .active = true };
	struct session *s = trade();
	struct txn *txn;
	int64_t id;

	must(s, company_add(s, &maker, &id));
	must(s, warehouse_add(s, &south, &id));
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn,
		    "UPDATE variant SET weight = 500"
		    " WHERE sku_code = 'PAN-FAIL'",
		    DB_NOARGS, NULL));
	must(s, db_commit(&txn));
	fixture_order(s, "FAIL-1", 1, "PAN-FAIL", NULL);
	fixture_order(s, "FAIL-2", 1, "PAN-FAIL", NULL);
	keep_parcel(s);
	fixture_order(s, "FAIL-3", 1, "PAN-FAIL", NULL);
	must(s, wave_make(s,
		    &(struct wave_what){ .kind = WAVE_SAME, .sku = "PAN-FAIL" },
		    &id));
	count_cups(s);
	files(s);
	return s;
}

static void
verbs_survive_every_failure(void **state)
{
	struct session *s = trade_on();

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
