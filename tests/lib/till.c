/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/session.h"
#include "till.h"

#define NOW "2026-11-22 14:05:00"

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("till: %s: %s", session_err(s)->field,
		    session_err(s)->text);
}

/* clang-format off */
static const struct goods {
	const char *sku, *product, *barcode, *bin;
	int64_t price, qty, cost, reorder_at;
} goods[] = {
	{ "XP-20", "不锈钢雪平锅 20cm", "6901234500017", "A-03-2",
	    20112, 40, 8800, 10 },
	{ "XP-18", "不锈钢雪平锅 18cm", "6901234500024", "A-03-1",
	    12900, 6, 7100, 10 },
	{ "SD-F503", "三德刀 F-503", "6901234500031", "B-01-4",
	    19900, 25, 9000, 5 },
	{ "MD-1000", "磨刀石 1000#", "6901234500048", "A-03-2",
	    4500, 120, 1500, 20 },
	{ "MD-3000", "磨刀石 3000#", "6901234500055", "A-03-3",
	    5900, 80, 2100, 20 },
	{ "DT-01", "刀套", "6901234500062", "A-01-7", 1500, 300, 300, 50 },
	{ "LONG-1", "手工锻打夹钢三层复合钢厨房家用多功能切片切菜砍骨斩切两用"
	    "中式厨师刀具套装礼盒", "6901234500079", "C-12-12",
	    129900, 3, 60000, 2 },
};

#define ORDER_HEAD \
	"订单编号,买家会员名,买家应付货款,买家应付邮费,总金额," \
	"买家实际支付金额,订单状态,买家留言,收货人姓名,收货地址," \
	"运送方式,联系电话,联系手机,订单创建时间,订单付款时间," \
	"宝贝标题,宝贝种类,物流单号,物流公司,订单备注,宝贝总数量," \
	"店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费\n"
#define ITEM_HEAD \
	"订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息," \
	"备注,订单状态,商家编码\n"

#define UNPAID  "等待买家付款"
#define TO_SHIP "买家已付款，等待卖家发货"
#define SHIPPED "卖家已发货，等待买家确认"
#define DONE    "交易成功"
#define CLOSED  "交易关闭"

#define ORDER(no, nick, sum, post, paid, state, says, who, where, tel, at, \
    paid_at, title, kinds, waybill, courier, memo, n, closed) \
	no "," nick "," sum "," post "," sum "," paid "," state "," says \
	"," who "," where ",快递,,'" tel "," at "," paid_at "," title "," \
	kinds "," waybill "," courier "," memo "," n \
	",0,留样店," closed ",0,0元\n"
#define ITEM(no, title, price, qty, attrs, state, sku) \
	no "," title "," price "," qty ",," attrs ",,," state "," sku "\n"

const char till_order_file[] = ORDER_HEAD
	ORDER("4119203366520877702", "爱做饭的李小姐", "349.00", "0.00",
	    "349.00", TO_SHIP, "", "李小明",
	    "广东省 广州市 天河区 石牌街道 天河路 85 号 1203 室(510000)",
	    "13812345678", "2026-11-20 09:12:33", "2026-11-20 09:13:02",
	    "三德刀 F-503，磨刀石", "3", "", "", "", "4", "订单未关闭")
	ORDER("4119203366520877650", "赵师傅", "402.24", "0.00", "402.24",
	    TO_SHIP, "请用顺丰，谢谢", "赵建国",
	    "江苏省 南京市 建邺区 沙洲街道 江东中路 1 号(210000)",
	    "13987654321", "2026-11-21 18:40:10", "2026-11-21 18:41:55",
	    "不锈钢雪平锅 20cm", "1", "", "", "改发红色", "2", "订单未关闭")
	ORDER("4119203366520877731", "tb_zhang_0731", "201.12", "0.00",
	    "201.12", TO_SHIP, "", "张三丰",
	    "浙江省 杭州市 西湖区 文三路 1 号(310000)",
	    "13800000731", "2026-11-22 10:02:00", "2026-11-22 10:03:12",
	    "不锈钢雪平锅 20cm", "1", "", "", "", "1", "订单未关闭")
	ORDER("4119203366520877695", "wang_cd", "129.00", "8.00", "129.00",
	    TO_SHIP, "", "王芳", "四川省 成都市 武侯区 人民南路 4 号(610000)",
	    "13700001111", "2026-11-21 13:22:00", "2026-11-21 13:23:00",
	    "砧板 新款", "1", "", "", "", "1", "订单未关闭")
	ORDER("4119203366520877610", "一个名字特别特别特别特别长的买家会员名"
	    "长到列表里放不下的那一种会员", "1299.00", "12.00", "1299.00",
	    TO_SHIP, "", "欧阳修", "上海 上海市 闵行区 莘庄镇 莘建路 8 弄(201100)",
	    "13611112222", "2026-11-22 08:15:00", "2026-11-22 08:15:40",
	    "手工锻打厨师刀具套装礼盒", "1", "", "", "", "1", "订单未关闭")
	ORDER("4119203366520877801", "qian_wait", "45.00", "6.00", "0.00",
	    UNPAID, "", "钱多多", "北京 北京市 朝阳区 建国路 1 号(100000)",
	    "13522223333", "2026-11-22 13:40:00", "", "磨刀石 1000#", "1",
	    "", "", "", "1", "订单未关闭")
	ORDER("4119203366520877540", "sun_happy", "258.00", "0.00", "258.00",
	    SHIPPED, "", "孙悦", "山东省 青岛市 市南区 香港中路 9 号(266000)",
	    "13333334444", "2026-11-18 20:01:02", "2026-11-18 20:05:40",
	    "不锈钢雪平锅 18cm", "1", "SF1300000000022", "顺丰速运", "", "2",
	    "订单未关闭")
	ORDER("4119203366520877123", "tb_zhang_0731", "19.50", "4.50",
	    "19.50", DONE, "", "张三丰", "浙江省 杭州市 西湖区 文三路 1 号(310000)",
	    "13800000731", "2026-11-09 10:00:00", "2026-11-09 10:01:00",
	    "刀套", "1", "YT7600000000011", "圆通速递", "", "1", "订单未关闭")
	ORDER("4119203366520877009", "zhou_gone", "59.00", "0.00", "0.00",
	    CLOSED, "", "周吴郑", "湖北省 武汉市 洪山区 珞喻路 5 号(430000)",
	    "13144445555", "2026-11-15 11:00:00", "", "磨刀石 3000#", "1",
	    "", "", "", "1", "买家未付款");

const char till_item_file[] = ITEM_HEAD
	ITEM("4119203366520877702", "三德刀 F-503", "199.00", "1", "",
	    TO_SHIP, "SD-F503")
	ITEM("4119203366520877702", "磨刀石 1000#", "45.00", "2", "",
	    TO_SHIP, "MD-1000")
	ITEM("4119203366520877702", "刀套", "60.00", "1", "颜色:黑色",
	    TO_SHIP, "DT-01")
	ITEM("4119203366520877650", "不锈钢雪平锅 20cm", "201.12", "2", "",
	    TO_SHIP, "XP-20")
	ITEM("4119203366520877731", "不锈钢雪平锅 20cm", "201.12", "1", "",
	    TO_SHIP, "XP-20")
	ITEM("4119203366520877695", "砧板 新款", "129.00", "1", "尺寸:大号",
	    TO_SHIP, "")
	ITEM("4119203366520877610", "手工锻打厨师刀具套装礼盒", "1299.00",
	    "1", "", TO_SHIP, "LONG-1")
	ITEM("4119203366520877801", "磨刀石 1000#", "45.00", "1", "",
	    UNPAID, "MD-1000")
	ITEM("4119203366520877540", "不锈钢雪平锅 18cm", "129.00", "2", "",
	    SHIPPED, "XP-18")
	ITEM("4119203366520877123", "刀套", "15.00", "1", "", DONE, "DT-01")
	ITEM("4119203366520877009", "磨刀石 3000#", "59.00", "1", "",
	    CLOSED, "MD-3000");
/* clang-format on */

static void
stock_shelves(struct session *s)
{
	struct variant_edit edit;
	struct stock_entry e;
	int64_t id;
	size_t i;

	for (i = 0; i < sizeof(goods) / sizeof(*goods); i++) {
		edit = (struct variant_edit){ .price = goods[i].price,
			.reorder_at = goods[i].reorder_at,
			.target_level = 3 * goods[i].reorder_at };
		copy_text(edit.sku_code, sizeof(edit.sku_code), goods[i].sku);
		copy_text(edit.product, sizeof(edit.product), goods[i].product);
		copy_text(
		    edit.barcodes, sizeof(edit.barcodes), goods[i].barcode);
		copy_text(edit.bin, sizeof(edit.bin), goods[i].bin);
		must(s, variant_add(s, &edit, &id));
		e = (struct stock_entry){ .qty = goods[i].qty,
			.cost = goods[i].cost };
		copy_text(e.sku, sizeof(e.sku), goods[i].sku);
		copy_text(e.bin, sizeof(e.bin), goods[i].bin);
		copy_text(e.supplier, sizeof(e.supplier), "阳江刀具厂");
		must(s, stock_receive(s, &e, &id));
	}
}

static void
take_orders(struct session *s)
{
	const char *files[2];
	struct import_options opt = { .dry_run = false };
	struct import *im;
	const struct import_reject *rejects;
	size_t n;

	files[0] = fixture_file("ExportOrderList20261122.csv", till_order_file);
	files[1] =
	    fixture_file("ExportOrderDetailList20261122.csv", till_item_file);
	must(s, import_run(s, "orders", files, 2, &opt, &im));
	rejects = import_rejects(im, &n);
	if (n > 0)
		fail_msg("till: line %d: %s", (int)rejects[0].line,
		    rejects[0].reason);
	import_free(im);
}

static void
body(struct drive *d, void *arg)
{
	struct till *k = arg;

	app_run(&k->app, &d->port, d->h, d->w);
}

static struct till *
sit_down(struct session *s, const struct config *config, const char *lang,
    int h, int w)
{
	static unsigned nth;
	struct till *k = xcalloc(1, sizeof(*k));
	char name[32];

	snprintf(name, sizeof(name), "exchange-%u", nth++);
	snprintf(k->exchange, sizeof(k->exchange), "%s", fixture_path(name));
	i18n_init(lang);
	k->s = s;
	k->app = (struct app){
		.session = s, .config = config, .exchange = k->exchange
	};
	k->h = h;
	k->w = w;
	k->d = drive_new(h, w, body, k);
	return k;
}

static struct session *
begin(const char *role)
{
	struct session *s;

	setenv("SHOPMGR_NOW", NOW, 1);
	i18n_init("zh_CN"); /* what is kept as text is kept in one language */
	s = fixture_session("owner");
	fixture_role(s, role);
	return s;
}

/* Goods and orders, as they came in. */
static void
trade(struct session *s)
{
	setenv("SHOPMGR_NOW", "2026-11-16 09:30:00", 1);
	stock_shelves(s);
	setenv("SHOPMGR_NOW", "2026-11-22 14:00:00", 1);
	take_orders(s);
	setenv("SHOPMGR_NOW", NOW, 1);
}

struct till *
till_open_with(const struct config *config, const char *role, const char *lang,
    int h, int w)
{
	struct session *s = begin("owner");

	trade(s);
	fixture_role(s, role);
	return sit_down(s, config, lang, h, w);
}

static struct session *
log_in(const char *path)
{
	struct session *s;
	struct err err;

	if (session_open(&s, path, &err) < 0)
		fail_msg("till: %s", err.text);
	must(s, session_login(s, "owner", "owner-password"));
	return s;
}

struct till *
till_shared(const char *lang, int h, int w, struct session **other)
{
	const char *path;
	struct session *s;

	setenv("SHOPMGR_NOW", NOW, 1);
	i18n_init("zh_CN");
	path = fixture_shop("shared.db");
	s = log_in(path);
	trade(s);
	*other = log_in(path);
	return sit_down(s, NULL, lang, h, w);
}

struct till *
till_open(const char *role, const char *lang, int h, int w)
{
	return till_open_with(NULL, role, lang, h, w);
}

struct till *
till_empty(const char *role, const char *lang, int h, int w)
{
	return sit_down(begin(role), NULL, lang, h, w);
}

struct till *
till_door(const char *lang, int h, int w)
{
	struct session *s = begin("clerk");

	session_logout(s);
	return sit_down(s, NULL, lang, h, w);
}

void
till_keys(struct till *k, const char *script)
{
	drive_keys(k->d, script);
}

void
till_sees(struct till *k, const char *text)
{
	if (!drive_sees(k->d, text))
		fail_msg("\"%s\" is not on the screen", text);
}

void
till_misses(struct till *k, const char *text)
{
	if (strstr(drive_text(k->d), text) == NULL)
		return;
	print_error("%s\n", drive_text(k->d));
	fail_msg("\"%s\" is on the screen", text);
}

void
till_hold(struct till *k, const char *order_no, const char *reason)
{
	int64_t id;

	must(k->s, order_by_no(k->s, order_no, &id));
	must(k->s, order_hold(k->s, id, reason, ""));
}

void
till_file(struct till *k, const char *name, const char *text)
{
	char path[512];
	FILE *f;

	mkdir(k->exchange, 0700);
	snprintf(path, sizeof(path), "%s/%s", k->exchange, name);
	f = fopen(path, "w");
	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		fail_msg("till: %s cannot be written", path);
}

bool
till_has_file(struct till *k, const char *prefix)
{
	DIR *d = opendir(k->exchange);
	struct dirent *e;
	bool found = false;

	if (d == NULL)
		return false;
	while ((e = readdir(d)) != NULL)
		if (strncmp(e->d_name, prefix, strlen(prefix)) == 0)
			found = true;
	closedir(d);
	return found;
}

void
till_close(struct till *k)
{
	drive_free(k->d);
	fixture_end(k->s);
	free(k);
}
