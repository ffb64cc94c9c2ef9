/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/domain/session.h"
#include "till.h"

/* Quotations, orders by hand, sent again, grades: by keys, and how they look.
 */

#define ORDER "4119203366520877731"
/* As long as a name on a platform is, and an address. */
#define LONG_NAME \
	"欧阳上官司马诸葛慕容令狐皇甫尉迟公孙长孙宇文夏侯轩辕东方南宫西门独孤端" \
	"木百里"
#define LONG_ADDRESS \
	"文三路四百七十八号华星科技大厦十二楼一二〇三室收发室旁边的小仓库"

static void
must(struct till *k, int rc)
{
	if (rc < 0)
		fail_msg("%s: %s", session_err(k->s)->field,
		    session_err(k->s)->text);
}

static int64_t
asked(struct till *k, const char *name, const char *sku, int64_t qty,
    int64_t price)
{
	struct quotation_edit e = { .channel = "phone" };
	int64_t id;

	copy_text(e.sale.nick, sizeof(e.sale.nick), "小雨");
	copy_text(e.sale.to.name, sizeof(e.sale.to.name), name);
	copy_text(e.sale.to.phone, sizeof(e.sale.to.phone), "13800001111");
	copy_text(e.sale.to.province, sizeof(e.sale.to.province), "浙江省");
	copy_text(e.sale.to.city, sizeof(e.sale.to.city), "杭州市");
	copy_text(e.sale.to.address, sizeof(e.sale.to.address), LONG_ADDRESS);
	e.sale.n = 1;
	e.sale.line[0].qty = qty;
	e.sale.line[0].price = price;
	copy_text(e.sale.line[0].sku, sizeof(e.sale.line[0].sku), sku);
	must(k, quotation_add(k->s, &e, &id));
	return id;
}

/* One of each: asked, quoted, come to nothing, an order; a grade. */
static struct till *
open_till(const char *role, const char *lang, int h, int w)
{
	struct till *k = till_open(role, lang, h, w);
	int64_t id, order;

	must(k, grade_add(
		    k->s, &(struct grade_edit){ "黄金会员", 50000, 950 }, &id));
	must(k,
	    grade_add(k->s, &(struct grade_edit){ "普通会员", 0, 1000 }, &id));
	must(k, customer_grade_set(k->s, 1, "黄金会员"));
	must(k, member_price_set(k->s, "MD-1000", "黄金会员", 3900));
	(void)asked(k, "张三", "MD-1000", 2, 4500);
	must(k, quotation_send(k->s, asked(k, LONG_NAME, "DT-01", 3, 1234567)));
	id = asked(k, "李四", "MD-1000", 1, 4500);
	must(k, quotation_lose(k->s, id, "买家嫌贵，去别家买了"));
	id = asked(k, "王五", "MD-1000", 1, 4500);
	must(k, quotation_send(k->s, id));
	must(k, quotation_order(k->s, id, &order));
	return k;
}

#define GO(what)   "Ctrl-P '" what "' Enter "
#define QUOTATIONS GO("Quotations")
#define GRADES     GO("Grades of")

static const struct {
	const char *name, *keys;
} looks[] = {
	{ "quotations", QUOTATIONS },
	{ "quotations-quoted", QUOTATIONS "Tab Tab" },
	{ "quotations-lost", QUOTATIONS "Shift-Tab" },
	{ "quotations-figures", QUOTATIONS "i" },
	{ "quotation", QUOTATIONS "Down Down Enter" },
	{ "quotation-ordered", QUOTATIONS "Enter" },
	{ "quotation-text", QUOTATIONS "Down Down Enter t" },
	{ "quotation-new", QUOTATIONS "n" },
	{ "quotation-buyer", QUOTATIONS "n b" },
	{ "quotation-line", QUOTATIONS "n +" },
	{ "quotation-edit", QUOTATIONS "Down Down Enter e" },
	{ "quotation-follow", QUOTATIONS "Down Down f" },
	{ "grades", GRADES },
	{ "grade", GRADES "Enter" },
	{ "member-prices", GRADES "p" },
	{ "member-price", GRADES "p Enter" },
	{ "order-new", "F2 n" },
	{ "order-new-buyer", "F2 n b" },
	{ "order-sent-again", "F2 6 Enter S" },
};

static void
looks_as_approved(const char *lang, int h, int w)
{
	struct till *k;
	char file[128];
	size_t i;

	for (i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		k = open_till("manager", lang, h, w);
		till_keys(k, looks[i].keys);
		snprintf(file, sizeof(file), "sale-%s-%.2s-%dx%d",
		    looks[i].name, lang, w, h);
		golden_check(file, drive_text(k->d));
		till_close(k);
	}
}

static void
each_looks_as_approved(void **state)
{
	(void)state;
	looks_as_approved("zh_CN", 24, 80);
	looks_as_approved("en", 24, 80);
	looks_as_approved("zh_CN", 40, 120);
	looks_as_approved("en", 40, 120);
}

/* A whole job: asked, quoted, ordered; what is wrong is said at its field. */
static void
an_enquiry_becomes_an_order(void **state)
{
	struct till *k = open_till("manager", "en", 24, 80);

	(void)state;
	till_keys(k, QUOTATIONS "n");
	till_sees(k, "No goods yet.");
	till_keys(k, "s");
	till_misses(k, "Q-000005");
	till_keys(k, "+ 'NONE' Ctrl-S");
	till_sees(k, "NONE");
	till_keys(k, "Esc Enter scan:MD-1000");
	till_sees(k, "MD-1000");
	till_keys(k, "b '小雪' Tab '王小雪 13900002222 '"
		     "'浙江省杭州市西湖区文三路1号' Ctrl-S");
	till_sees(k, "王小雪");
	till_keys(k, "s");
	till_sees(k, "Q-000005");
	till_keys(k, "s");
	till_sees(k, "quoted");
	till_keys(k, "Enter Enter");
	till_sees(k, "SO-000011");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM quotation"
					   " WHERE order_id IS NOT NULL"),
	    2);
	fixture_verify(k->s);
	till_close(k);
}

/* First it is said how many, and nothing is done before one has chosen. */
static void
all_customers_get_their_grade(void **state)
{
	struct till *k = open_till("manager", "en", 24, 80);
	int64_t without;

	(void)state;
	without = fixture_int(k->s, "SELECT count(*) FROM customer"
				    " WHERE grade_id IS NULL /*scan*/");
	till_keys(k, GRADES "a");
	till_sees(k, "The grade that was paid for");
	till_keys(k, "Esc");
	assert_int_equal(fixture_int(k->s, "SELECT count(*) FROM customer"
					   " WHERE grade_id IS NULL /*scan*/"),
	    without);
	till_keys(k, "a Enter");
	till_sees(k, "customers got a higher grade");
	assert_true(
	    fixture_int(k->s, "SELECT count(*) FROM customer"
			      " WHERE grade_id IS NULL /*scan*/") < without);
	till_close(k);
}

static void
somebody_says_by_whom_it_goes(void **state)
{
	struct till *k = open_till("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "scan:" ORDER " K");
	till_sees(k, "By whom does it go?");
	till_keys(k, "'EMS' Enter");
	till_sees(k, "Order " ORDER " goes with EMS.");
	till_sees(k, "Courier");
	till_keys(k, "K Enter");
	till_sees(k, "The rules choose by whom order " ORDER " goes.");
	till_keys(k, "F2 1 Space Space K '圆通' Enter");
	till_sees(k, "The couriers of 2 orders are set.");
	till_keys(k, "Ctrl-P 'Rules of' Enter K");
	till_sees(k, "go with another courier now.");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_looks_as_approved),
		cmocka_unit_test(an_enquiry_becomes_an_order),
		cmocka_unit_test(all_customers_get_their_grade),
		cmocka_unit_test(somebody_says_by_whom_it_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
