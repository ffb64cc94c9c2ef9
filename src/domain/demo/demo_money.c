/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"

#include "../core/session_priv.h"
#include "demo_priv.h"

/* Money of the demo shop: some of it written down by hand, a statement of the
 * platform in which not everything agrees, and papers. */

#define PAID_BY_HAND 5
#define DONE         400

/* Of the newest orders to be shipped; a part of one is to come, another part
 * should have come. */
static const struct {
	const char *method, *ref, *note;
	int part; /* per cent of what was paid */
	int due;  /* days from now; 0: received */
} by_hand[PAID_BY_HAND] = {
	{ "alipay", "2026112200001001", "", 100, 0 },
	{ "huabei", "2026112200001002", "", 100, 0 },
	{ "bank", "6217000010001", "对公转账", 60, 0 },
	{ "bank", "", "尾款", 40, -2 },
	{ "cod", "", "快递代收", 100, 3 },
};

static int
pay(struct demo_life *l, const struct order *o, int i, int64_t *id)
{
	struct payment_edit e = { .amount = o->paid * by_hand[i].part / 100 };

	snprintf(e.method, sizeof(e.method), "%s", by_hand[i].method);
	snprintf(e.ref, sizeof(e.ref), "%s", by_hand[i].ref);
	snprintf(e.note, sizeof(e.note), "%s", by_hand[i].note);
	if (by_hand[i].due != 0)
		e.due_at = l->clock + by_hand[i].due * DAY;
	return payment_add(l->s, o->id, &e, id);
}

static int
payments(struct demo_life *l)
{
	const struct order_filter filter = { .tab = TAB_TO_SHIP };
	int64_t id = 0, counter;
	struct page page;
	int rc, i;

	rc = order_page(l->s, &filter, PAGE_FIRST, NULL, PAID_BY_HAND, &page);
	if (rc < 0)
		return rc; /* there is no page to free */
	for (i = 0; rc == 0 && i < PAID_BY_HAND && page.n == PAID_BY_HAND;
	     i++) {
		/* The rest is of the same order as the part before it. */
		rc = pay(l,
		    page_row(
			&page, (size_t)(by_hand[i].part == 40 ? i - 1 : i)),
		    i, &id);
		if (rc == 0 && i == 1)
			rc = payment_reverse(
			    l->s, id, "记错订单，冲销", &counter);
	}
	page_free(&page);
	return rc;
}

static void
write_line(FILE *f, const struct order *o, int64_t amount, int i)
{
	char day[TIME_SIZE], money[MONEY_SIZE];

	fprintf(f, "%s,%s,10:%02d:00,9800%06d,%s,,交易收款,%s,0.00,\n", o->shop,
	    day_text(time_day(o->finished_at), day), i % 60, i, o->order_no,
	    money_plain(amount, money));
}

/* Most of it agrees: one order's money is not there, one got less, and one's
 * line names no order. */
static int
write_statement(struct demo_life *l, const char *path)
{
	const struct order_filter filter = { .tab = TAB_DONE };
	const struct order *o;
	struct order nameless;
	char day[TIME_SIZE];
	struct page page;
	FILE *f;
	int rc, i;

	rc = order_page(l->s, &filter, PAGE_FIRST, NULL, DONE, &page);
	if (rc < 0)
		return rc;
	if ((f = fopen(path, "w")) == NULL) {
		page_free(&page);
		return err_set(&l->s->err, ERR_IO, "", _("Cannot write %s: %s"),
		    path, strerror(errno));
	}
	fprintf(f, "商家昵称,入帐日期,入帐时间,支付流水号,主订单id,子订单id,"
		   "入帐类型,收入金额(元),支出金额(元),业务描述\n");
	for (i = 0; i < (int)page.n; i++) {
		o = page_row(&page, (size_t)i);
		nameless = *o;
		nameless.order_no = "";
		if (i != 7 && o->paid > o->refund)
			write_line(f, i == 11 ? &nameless : o,
			    o->paid - o->refund - (i == 19 ? 500 : 0), i);
	}
	fprintf(f,
	    "%s,%s,18:00:00,9800999999,,,技术服务费,0.00,36.80,"
	    "信用卡支付服务费\n",
	    demo_shops[0], day_text(time_day(l->clock - DAY), day));
	page_free(&page);
	return demo_written(f, path, &l->s->err);
}

static int
statement(struct demo_life *l)
{
	struct import_options opt = { 0 };
	struct statement_taken n;
	const char *file;
	struct import *im;
	char path[300];
	int rc;

	snprintf(path, sizeof(path), "%s/结算明细.csv", l->dir);
	file = path;
	if ((rc = write_statement(l, path)) == 0)
		rc = import_run(l->s, "payments", &file, 1, &opt, &im);
	unlink(path);
	if (rc != 0)
		return rc;
	import_free(im);
	return statement_take(l->s, &n);
}

static int
papers(struct demo_life *l)
{
	static const struct document_edit invoice = { .kind = "invoice",
		.title = "杭州西溪餐饮有限公司",
		.tax_no = "91330106MA2XXXXX0A" };
	static const struct document_edit delivery = { .kind = "delivery" };
	const struct order_filter filter = { .tab = TAB_SHIPPED };
	const struct order *o;
	struct page page;
	int64_t id = 0;
	size_t i, n;
	int rc;

	if ((rc = order_page(l->s, &filter, PAGE_FIRST, NULL, 2, &page)) < 0)
		return rc;
	n = page.n == 2 ? 2 : 0;
	for (i = 0; rc == 0 && i < n; i++) {
		o = page_row(&page, i);
		if (i == 0)
			rc = document_issue(l->s, o->id, &delivery, &id);
		if (rc == 0)
			rc = document_issue(l->s, o->id, &invoice, &id);
	}
	if (rc == 0 && n == 2)
		rc = document_cancel(l->s, id, "抬头写错");
	page_free(&page);
	return rc;
}

int
demo_money(struct demo_life *l)
{
	int rc;

	if ((rc = demo_at_work(l, l->d.now - 30, MANAGER)) < 0 ||
	    (rc = payments(l)) < 0 || (rc = statement(l)) < 0)
		return rc;
	return papers(l);
}
