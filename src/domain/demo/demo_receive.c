/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receipts.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/transfers.h"

#include "../core/session_priv.h"
#include "demo_priv.h"

/* Two orders of the demo shop that came: one whole, with everything behind it
 * to the last payment, and one in part, whose invoice asks for all of it. And
 * a warehouse of a courier's, which gets some of it. */

#define PANS  "永康锅业"
#define KNIFE "阳江刀剪"
#define CLOUD "平台云仓"

static int
buy(struct demo_life *l, const char *supplier, int64_t freight,
    const struct purchase_line_edit *lines, int64_t *id)
{
	struct purchase_edit e = { .freight = freight };
	int rc;

	copy_text(e.company, sizeof(e.company), supplier);
	rc = purchase_add(l->s, &e, lines, 2, id);
	return rc < 0 ? rc : purchase_order(l->s, *id);
}

static int
come(struct demo_life *l, int64_t id, const struct receipt_line *lines,
    size_t n, const char *note)
{
	struct receipt_doc doc = { .purchase_id = id,
		.freight = RECEIPT_FREIGHT_KNOWN,
		.lines = lines,
		.n = n };
	struct receipt_said said;

	copy_text(doc.note, sizeof(doc.note), note);
	return receipt_post(l->s, &doc, &said);
}

static int
send_back(struct demo_life *l)
{
	static const struct receipt_line bad = { "XP-16", 2, 2 };
	const struct receipt_doc doc = { .purchase_id = l->came,
		.note = "涂层划伤",
		.lines = &bad,
		.n = 1 };
	struct receipt_said said;

	return supplier_return(l->s, &doc, &said);
}

/* With @freight; all that is ordered, come or not. */
static int
bill(struct demo_life *l, const char *supplier, const char *no, int64_t order,
    int64_t freight, int64_t *id)
{
	struct invoice_edit e = { .freight = freight };
	struct invoice_entry entries[2];
	const struct purchase_line *line;
	struct page page;
	size_t n;
	int rc;

	copy_text(e.company, sizeof(e.company), supplier);
	copy_text(e.invoice_no, sizeof(e.invoice_no), no);
	if ((rc = purchase_lines(l->s, order, &page)) < 0)
		return rc;
	for (n = 0; n < page.n && n < 2; n++) {
		line = page_row(&page, n);
		entries[n] = (struct invoice_entry){ order, line->line_no,
			line->qty, line->price };
	}
	page_free(&page);
	return invoice_add(l->s, &e, entries, n, id);
}

static int
pay(struct demo_life *l, const char *entry_no, const char *company,
    int64_t amount, const char *note)
{
	struct supplier_pay_edit e = { .amount = amount, .method = "bank" };
	int64_t id;

	copy_text(e.entry_no, sizeof(e.entry_no), entry_no);
	copy_text(e.company, sizeof(e.company), company);
	copy_text(e.note, sizeof(e.note), note);
	return supplier_pay(l->s, &e, &id);
}

/* The owner lets it be paid, and the dearer freight goes to the pans. */
static int
approve(struct demo_life *l, int64_t at)
{
	struct invoice_freight_said said;
	int rc;

	time_travel(l->clock = at);
	if ((rc = session_become(l->s, l->owner)) < 0 ||
	    (rc = invoice_approve(l->s, l->billed, "运费涨价，已电话确认")) < 0)
		return rc;
	return invoice_freight_post(l->s, l->billed, &said);
}

/* The order of pans, from day to day. */
static int
pans(struct demo_life *l, int64_t day, int64_t at)
{
	static const struct purchase_line_edit lines[] = {
		{ .sku_code = "XP-16", .qty = 20, .price = 2450 },
		{ .sku_code = "XP-18", .qty = 20, .price = 2800 },
	};
	static const struct receipt_line part[] = { { "XP-16", 20, 2 },
		{ "XP-18", 12, 0 } };
	static const struct receipt_line rest[] = { { "XP-18", 8, 0 } };
	int rc = demo_at_work(l, at,
	    day == 7 || day == 9 ? STORE
	    : day == 14          ? MANAGER
				 : BUYER);

	if (rc < 0)
		return rc;
	switch (day) {
	case 2:
		return buy(l, PANS, 6000, lines, &l->came);
	case 7:
		return come(l, l->came, part, 2, "缺 8 件，周内补");
	case 9:
		return come(l, l->came, rest, 1, "");
	case 10:
		rc = bill(l, PANS, "25332000000118", l->came, 8000, &l->billed);
		return rc < 0 ? rc : approve(l, at + HOUR);
	case 12:
		return send_back(l);
	default:
		rc = pay(l, "PI-1", "", 60000, "首付");
		return rc < 0 ? rc : pay(l, "PI-1", "", 0, "尾款");
	}
}

/* The order of knives: it has come in part. */
static int
knives(struct demo_life *l, int64_t day, int64_t at)
{
	static const struct purchase_line_edit lines[] = {
		{ .sku_code = "SG-90", .qty = 24, .price = 980 },
		{ .sku_code = "CP-170", .qty = 12, .price = 4900 },
	};
	static const struct receipt_line part[] = { { "SG-90", 24, 1 },
		{ "CP-170", 6, 0 } };
	int64_t invoice;
	int rc = demo_at_work(l, at, day == DEMO_DAYS - 3 ? STORE : BUYER);

	if (rc < 0)
		return rc;
	switch (day) {
	case DEMO_DAYS - 9:
		if ((rc = buy(l, KNIFE, 2400, lines, &l->part)) < 0 ||
		    (rc = demo_at_work(l, at + HOUR, MANAGER)) < 0)
			return rc;
		return pay(l, "", KNIFE, 50000, "订金");
	case DEMO_DAYS - 3:
		return come(l, l->part, part, 2, "");
	default:
		return bill(l, KNIFE, "044002000311", l->part, 2400, &invoice);
	}
}

int
demo_receive(struct demo_life *l, int64_t day)
{
	int64_t at = l->d.first + day * DAY + 20 * HOUR;

	switch (day) {
	case 2:
	case 7:
	case 9:
	case 10:
	case 12:
	case 14:
		return pans(l, day, at);
	case DEMO_DAYS - 9:
	case DEMO_DAYS - 3:
	case DEMO_DAYS - 2:
		return knives(l, day, at);
	}
	return 0;
}

static int
send(struct demo_life *l, const char *sku, int64_t qty, int64_t *id)
{
	struct transfer_piece piece = { .qty = qty };
	struct transfer_edit e = {
		.to = CLOUD, .note = "大促前置仓", .lines = &piece, .n = 1
	};
	int64_t slip;
	int rc;

	copy_text(piece.sku, sizeof(piece.sku), sku);
	rc = transfer_add(l->s, &e, id);
	return rc < 0 ? rc : transfer_send(l->s, *id, &slip);
}

/* At the very end, so that nothing was ever sent from there. */
int
demo_transfer(struct demo_life *l)
{
	const struct warehouse_edit w = { .name = CLOUD,
		.province = "浙江省",
		.address = "义乌国际物流园 3 号库",
		.active = true,
		.away = true };
	int64_t id, slip;
	int rc = demo_at_work(l, l->d.now - 30 * MINUTE, MANAGER);

	if (rc == 0)
		rc = warehouse_add(l->s, &w, &id);
	if (rc == 0)
		rc = stock_levels(l->s, "XP-16", CLOUD, 3, 12);
	if (rc == 0)
		rc = stock_levels(l->s, "XP-18", CLOUD, 0, 0);
	if (rc == 0)
		rc = demo_at_work(l, l->d.now - 20 * MINUTE, STORE);
	if (rc == 0)
		rc = send(l, "XP-16", 6, &id);
	if (rc == 0)
		rc = transfer_arrive(l->s, id, NULL, 0, "", &slip);
	return rc < 0 ? rc : send(l, "XP-18", 6, &id);
}
