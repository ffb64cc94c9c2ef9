/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/domain/orders.h"

/* A later import reads and compares before it asks for the right to write: two
 * people at one shop. */

#define HEAD \
	"订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额," \
	"买家应付货款,订单状态,收货人姓名,收货地址,联系手机," \
	"订单创建时间,订单付款时间,宝贝标题,物流单号,物流公司,订单备注\n"
#define ROW(no, state) \
	no ",nick" no ",20,0,20,20," state ",收,广东省 广州市 越秀区 1号," \
	   "13900000001,2024-05-01 10:00:00,2024-05-01 10:01:00,东西,,,\n"
#define UNPAID "等待买家付款"
#define PAID   "\"买家已付款，等待卖家发货\""
#define DONE   "交易成功"
#define ITEMS_HEAD \
	"子订单编号,主订单编号,标题,价格,购买数量,商品属性,商家编码\n"
#define ITEM(no, qty) no "," no ",东西,20," qty ",,SKU-1\n"

struct other {
	struct session *s;
	const char *file; /* what the other one imports meanwhile, or NULL */
	int n;            /* how often it had its chance */
	int rc;
};

/* The other one at work, while the first is reading. */
static int
meanwhile(void *arg, const struct import_progress *p)
{
	struct other *o = arg;
	struct order_remark r = { .memo = "加急", .flag = 1 };
	struct import *im;
	int64_t id, version;

	(void)p;
	if (o->n++ > 0)
		return 0;
	if (o->file != NULL) {
		o->rc = import_run(o->s, "orders", &o->file, 1, NULL, &im);
		if (o->rc == 0)
			import_free(im);
		return 0;
	}
	id = fixture_int(o->s, "SELECT id FROM orders WHERE order_no = '101'"
			       " /*scan*/");
	version = fixture_int(
	    o->s, "SELECT version FROM orders WHERE order_no = '101' /*scan*/");
	o->rc = order_remark(o->s, id, version, &r);
	return 0;
}

static struct session *
enter(const char *path)
{
	struct session *s;
	struct err err;

	assert_int_equal(session_open(&s, path, &err), 0);
	assert_int_equal(session_login(s, "owner", "owner-password"), 0);
	return s;
}

static const char *
state_of(struct session *s, const char *no)
{
	struct str sql = STR_INIT;
	const char *text;

	str_addf(&sql,
	    "SELECT state || ' ' || coalesce(memo, '') FROM orders"
	    " WHERE order_no = '%s'",
	    no);
	text = text_of(s, sql.s);
	str_done(&sql);
	return text;
}

/* The first imports @file; what the other does meanwhile must work. */
static const struct import_summary *
import_beside(struct session *s, struct other *o, const char *file)
{
	struct import_options opt = { .progress = meanwhile, .arg = o };

	assert_int_equal(try_import(s, &opt, "orders", file, NULL), 0);
	assert_true(o->n > 0);
	assert_int_equal(o->rc, 0);
	fixture_verify(s);
	return import_summary(taken);
}

static void
others_write_while_a_file_is_read(void **state)
{
	const char *path = fixture_shop("beside.db");
	struct session *s = enter(path);
	struct other o = { .s = enter(path) };

	(void)state;
	take(s, "orders",
	    fixture_file("a.csv", HEAD ROW("101", PAID) ROW("102", UNPAID)),
	    NULL);
	counts(import_beside(s, &o,
		   fixture_file("b.csv", HEAD ROW("101", PAID) ROW("102", PAID)
					     ROW("103", PAID))),
	    1, 1, 1, 0);
	assert_int_equal(import_summary(taken)->rows, 3);
	assert_string_equal(state_of(s, "101"), "2 加急");
	assert_string_equal(state_of(s, "102"), "2 ");
	let_go();
	session_close(o.s);
	session_close(s);
}

static void
an_import_in_between_is_not_overlooked(void **state)
{
	const char *path = fixture_shop("between.db");
	struct session *s = enter(path);
	struct other o = { .s = enter(path) };

	(void)state;
	take(s, "orders",
	    fixture_file("a.csv", HEAD ROW("101", UNPAID) ROW("102", UNPAID)),
	    NULL);
	o.file = fixture_file("newer.csv", HEAD ROW("101", DONE));
	/* Its row of 101 is what the shop knew when it was sifted. */
	counts(import_beside(s, &o,
		   fixture_file(
		       "b.csv", HEAD ROW("101", UNPAID) ROW("102", PAID))),
	    0, 1, 1, 0);
	assert_int_equal(import_summary(taken)->rows, 2);
	assert_string_equal(state_of(s, "101"), "5 ");
	assert_string_equal(state_of(s, "102"), "2 ");
	let_go();
	session_close(o.s);
	session_close(s);
}

/* Known orders with something new in their lines, new ones, refused ones. */
static void
a_pair_of_which_little_is_new(void **state)
{
	struct session *s = fixture_session("owner");
	const char *orders = fixture_file(
	    "o.csv", HEAD ROW("101", PAID) ROW("102", PAID) ROW("x y", PAID));
	const char *items = fixture_file("i.csv",
	    ITEMS_HEAD ITEM("101", "1") ITEM("102", "1") ITEM("x y", "1"));
	const char *more = fixture_file("i2.csv",
	    ITEMS_HEAD ITEM("101", "1") ",,东西,20,1,,SKU-1\n" ITEM("102", "2")
		ITEM("104", "1") ITEM("999", "1"));

	(void)state;
	counts(take(s, "orders", orders, items), 2, 0, 0, 2);
	counts(take(s, "orders", orders, items), 0, 0, 2, 2);
	counts(take(s, "orders",
		   fixture_file("o2.csv",
		       HEAD ROW("101", PAID) ROW("102", PAID) ROW("104", PAID)),
		   more),
	    1, 1, 1, 2);
	assert_string_equal(
	    text_of(s, "SELECT group_concat(qty, ' ') FROM (SELECT qty FROM"
		       " order_line ORDER BY order_id) l"),
	    "1 2 1");
	assert_int_equal(import_summary(taken)->rows, 8);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_write_while_a_file_is_read),
		cmocka_unit_test(an_import_in_between_is_not_overlooked),
		cmocka_unit_test(a_pair_of_which_little_is_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
