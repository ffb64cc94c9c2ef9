/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/io/sheet_out.h"

#include "demo_priv.h"

/* The platform offers what was ordered in these last days. */
#define WINDOW (16 * DAY)

static const char *const order_head[] = {
	"订单编号",
	"买家会员名",
	"买家应付货款",
	"买家应付邮费",
	"总金额",
	"买家实际支付金额",
	"订单状态",
	"买家留言",
	"收货人姓名",
	"收货地址",
	"联系手机",
	"订单创建时间",
	"订单付款时间",
	"宝贝标题",
	"物流单号",
	"物流公司",
	"店铺名称",
	"订单关闭原因",
	"退款金额",
	"发货时间",
	"确认收货时间",
	"修改后的收货地址",
};
#define ORDER_COLUMNS (sizeof(order_head) / sizeof(order_head[0]))

static const char *const item_head[] = {
	"子订单编号",
	"主订单编号",
	"商品标题",
	"商品价格",
	"购买数量",
	"商品属性",
	"订单状态",
	"商家编码",
	"买家应付货款",
	"买家实付金额",
	"退款状态",
	"退款金额",
	"订单创建时间",
	"订单付款时间",
	"店铺名称",
};
#define ITEM_COLUMNS (sizeof(item_head) / sizeof(item_head[0]))

/* What the platform knows of an order at some moment. */
struct view {
	const struct demo_order *o;
	bool paid, part, shipped, done, closed, refunding, moved;
	int64_t done_at;
	const char *state;
};

static void
look(struct view *v, const struct demo_order *o, int64_t at)
{
	int64_t trip = 4 * DAY + o->created_at % (3 * DAY);

	*v = (struct view){ .o = o };
	v->paid = o->paid_at != 0 && o->paid_at <= at;
	v->part = o->part_at != 0 && o->part_at <= at;
	v->shipped = o->shipped_at != 0 && o->shipped_at <= at;
	v->done_at = o->shipped_at + trip;
	v->done = v->shipped && v->done_at <= at;
	v->closed = v->shipped ? v->done && o->returned
			       : o->closed_at != 0 && o->closed_at <= at;
	v->refunding =
	    v->closed ? v->paid
		      : !v->shipped && o->refund_at != 0 && o->refund_at <= at;
	v->moved = o->address_at != 0 && o->address_at <= at;
	v->state = v->closed    ? "交易关闭"
		   : v->done    ? "交易成功"
		   : v->shipped ? "卖家已发货，等待买家确认"
		   : v->part    ? "卖家部分发货"
		   : v->paid    ? "买家已付款，等待卖家发货"
				: "等待买家付款";
}

/* Room for a row's texts. */
struct cells {
	char money[6][MONEY_SIZE];
	char time[4][TIME_SIZE];
	char text[2][300];
};

static const char *
when(int64_t t, bool known, char buf[TIME_SIZE])
{
	return known ? time_full(t, buf) : "";
}

static int
order_row(struct sheet_out *out, const struct view *v)
{
	const struct demo_order *o = v->o;
	const struct demo_person *who = o->who;
	int64_t paid = v->paid ? demo_paid(o) : 0;
	struct cells c;

	snprintf(c.text[0], sizeof(c.text[0]), "%s %s %s %s", who->province,
	    who->city, who->district, who->street);
	snprintf(c.text[1], sizeof(c.text[1]), "%s %s %s %s，改送门卫",
	    who->province, who->city, who->district, who->street);
	return sheet_out_row(
	    out, (const char *const[ORDER_COLUMNS]){
		     o->no,
		     who->nick,
		     money_plain(demo_goods(o), c.money[0]),
		     money_plain(o->postage, c.money[1]),
		     money_plain(demo_goods(o) + o->postage, c.money[2]),
		     money_plain(paid, c.money[3]),
		     v->state,
		     o->note,
		     who->name,
		     c.text[0],
		     who->phone,
		     time_full(o->created_at, c.time[0]),
		     when(o->paid_at, v->paid, c.time[1]),
		     o->lines[0].item->name,
		     v->shipped ? o->waybill : "",
		     v->shipped ? o->courier : "",
		     demo_shops[o->shop],
		     !v->closed ? ""
		     : v->paid  ? "退款"
				: "买家未付款",
		     money_plain(v->closed ? paid : 0, c.money[4]),
		     when(o->shipped_at, v->shipped, c.time[2]),
		     when(v->done_at, v->done && !v->closed, c.time[3]),
		     v->moved ? c.text[1] : "",
		 });
}

static int
item_row(struct sheet_out *out, const struct view *v, size_t i)
{
	const struct demo_order *o = v->o;
	const struct demo_line *line = &o->lines[i];
	int64_t goods = line->item->price * line->qty;
	/* The discount is the first line's. */
	int64_t paid = v->paid ? goods - (i == 0 ? o->discount : 0) : 0;
	struct cells c;

	snprintf(c.text[0], sizeof(c.text[0]), "%s%zu", o->no, i + 1);
	snprintf(c.text[1], sizeof(c.text[1]), "%d", (int)line->qty);
	return sheet_out_row(
	    out, (const char *const[ITEM_COLUMNS]){
		     c.text[0],
		     o->no,
		     line->item->name,
		     money_plain(line->item->price, c.money[0]),
		     c.text[1],
		     "",
		     v->state,
		     line->item->sku,
		     money_plain(goods, c.money[1]),
		     money_plain(paid, c.money[2]),
		     !v->refunding ? "没有申请退款"
		     : v->closed   ? "退款成功"
				 : "买家已经申请退款，等待卖家同意",
		     money_plain(v->refunding ? paid : 0, c.money[3]),
		     time_full(o->created_at, c.time[0]),
		     when(o->paid_at, v->paid, c.time[1]),
		     demo_shops[o->shop],
		 });
}

static int
write_file(const struct demo *d, int64_t at, const char *path, bool items,
    struct err *err)
{
	static const enum sheet_col cols[ORDER_COLUMNS + ITEM_COLUMNS];
	const struct sheet_opts opts = { .encoding = SHEET_UTF8_BOM,
		.raw = true };
	struct sheet_out *out;
	struct view v;
	size_t i, k;
	int rc;

	rc = sheet_out_open(
	    &out, path, &opts, cols, items ? ITEM_COLUMNS : ORDER_COLUMNS, err);
	if (rc < 0)
		return rc;
	rc = sheet_out_row(out, items ? item_head : order_head);
	for (i = 0; rc == 0 && i < d->norders; i++) {
		const struct demo_order *o = &d->orders[i];

		if (o->created_at > at || o->created_at < at - WINDOW)
			continue;
		look(&v, o, at);
		if (!items)
			rc = order_row(out, &v);
		for (k = 0; items && rc == 0 && k < o->nlines; k++)
			rc = item_row(out, &v, k);
	}
	if (rc == 0)
		rc = sheet_out_finish(out);
	sheet_out_close(out);
	return rc;
}

int
demo_download(const struct demo *d, int64_t at, const char *dir,
    struct demo_files *out, struct err *err)
{
	char day[TIME_SIZE], stamp[TIME_SIZE];
	size_t n = 0;
	const char *p;
	int rc;

	for (p = time_full(at, day); *p != '\0' && n < 12; p++)
		if (*p >= '0' && *p <= '9')
			stamp[n++] = *p;
	stamp[n] = '\0';
	snprintf(out->orders, sizeof(out->orders), "%s/ExportOrderList%s.csv",
	    dir, stamp);
	snprintf(out->items, sizeof(out->items),
	    "%s/ExportOrderDetailList%s.csv", dir, stamp);
	rc = write_file(d, at, out->orders, false, err);
	return rc < 0 ? rc : write_file(d, at, out->items, true, err);
}

int
demo_written(FILE *f, const char *path, struct err *err)
{
	bool bad = ferror(f) != 0;

	if (fclose(f) == 0 && !bad)
		return 0;
	return err_set(
	    err, ERR_IO, "", _("Cannot write %s: %s"), path, strerror(errno));
}
