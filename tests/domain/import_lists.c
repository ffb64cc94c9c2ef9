/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

/* Our own lists. */

static void
products_come_by_code(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_summary *sum;
	static const char first[] =
	    "商家编码,商品,规格,条码,价格,重量,再订货点,目标库存,库位,颜色\n"
	    "TS-1,T恤,T恤 白 L,6901 6902,59.00,200,5,20,A-01,白\n"
	    "TS-2,T恤,T恤 黑 M,6903,59.00,200,,,,黑\n";
	static const char second[] =
	    "price,sku_code,name\n69.00,TS-1,\n59.00,TS-2,T恤 黑 M\n"
	    "9.90,WZ-5,袜子\n";

	(void)state;
	sum = take(s, "products", fixture_file("p.csv", first), NULL);
	counts(sum, 2, 0, 0, 0);
	assert_int_equal(sum->products_new, 2);
	assert_non_null(strstr(import_warning(taken, 0), "颜色"));
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM product"), 1);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM barcode"), 3);
	assert_string_equal(
	    text_of(s, "SELECT bin || ' ' || low FROM stock s JOIN variant v "
		       "ON v.id = variant_id WHERE sku_code = 'TS-1'"),
	    "A-01 1");
	counts(take(s, "products", fixture_file("p.csv", first), NULL), 0, 0, 2,
	    0);
	counts(take(s, "products", fixture_file("p2.csv", second), NULL), 1, 1,
	    1, 0);
	assert_string_equal(
	    text_of(s, "SELECT price || ' ' || name || ' ' || reorder_at FROM "
		       "variant WHERE sku_code = 'TS-1'"),
	    "6900 T恤 白 L 5");
	assert_null(import_warning(taken, 0));
	let_go();
	fixture_end(s);
}

static void
products_that_clash_are_refused(void **state)
{
	struct session *s = fixture_session("owner");
	const struct import_reject *r;
	size_t n;

	(void)state;
	counts(take(s, "products",
		   fixture_file("p.csv",
		       "sku_code,name,barcodes,price,reorder_at,target_level\n"
		       "A,甲,111,1,,\n"
		       "B,乙,111,1,,\n"
		       ",丙,,1,,\n"
		       "C,丙,,很贵,,\n"
		       "D,丁,,1,9,5\n"
		       "E,戊,A,1,,\n"),
		   NULL),
	    1, 0, 0, 5);
	r = import_rejects(taken, &n);
	assert_int_equal(n, 5);
	assert_string_equal(r[0].column, "barcodes");
	assert_string_equal(r[1].column, "sku_code");
	assert_string_equal(r[2].column, "price");
	assert_string_equal(r[3].column, "target_level");
	assert_string_equal(r[4].column, "barcodes");
	assert_int_equal(r[4].line, 7);
	let_go();
	fixture_end(s);
}

static void
opening_stock_is_one_slip(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t a = fixture_variant(s, "A", 0, 0);
	int64_t moved = fixture_variant(s, "M", 3, 100);
	static const char text[] = "商家编码,数量,成本,库位,供应商\n"
				   "A,10,12.50,B-02,义乌厂\n"
				   "M,5,1,,\n"
				   "X,5,1,,\n"
				   "A2,两,1,,\n";

	(void)state;
	fixture_variant(s, "A2", 0, 0);
	counts(take(s, "stock", fixture_file("s.csv", text), NULL), 1, 0, 0, 3);
	assert_int_equal(fixture_on_hand(s, a), 10);
	assert_int_equal(fixture_on_hand(s, moved), 3);
	assert_string_equal(
	    text_of(s, "SELECT k.kind || ' ' || supplier || ' ' || value FROM "
		       "stock_slip k JOIN stock_move m ON m.slip_id = k.id "
		       "ORDER BY m.id DESC LIMIT 1"),
	    "receipt 义乌厂 12500");
	assert_string_equal(
	    text_of(s, "SELECT bin FROM stock WHERE on_hand = 10"), "B-02");
	counts(take(s, "stock", fixture_file("s.csv", text), NULL), 0, 0, 1, 3);
	assert_int_equal(fixture_on_hand(s, a), 10);
	/* A list of what there is asks for nothing. */
	counts(
	    take(s, "stock",
		fixture_file("now.csv", "sku_code,on_hand\nA,10\nM,3\n"), NULL),
	    0, 0, 2, 0);
	assert_int_equal(fixture_on_hand(s, moved), 3);
	let_go();
	fixture_end(s);
}

static void
customers_come_by_nick_or_phone(void **state)
{
	struct session *s = fixture_session("owner");
	static const char text[] = "会员名,姓名,电话,备注\n"
				   "甲甲,张三,13900000001,老客户\n"
				   ",李四,13900000002,\n"
				   "乙**,王五,,\n"
				   "乙**,赵六,13900000003,\n";

	(void)state;
	counts(take(s, "customers", fixture_file("c.csv", text), NULL), 3, 0, 0,
	    1);
	assert_int_equal(import_summary(taken)->customers_new, 3);
	assert_string_equal(
	    text_of(s,
		"SELECT group_concat(identity || ' ' || name || ' ' || "
		"pinyin, ';') FROM (SELECT * FROM customer ORDER BY id)"),
	    "taobao:甲甲 张三 zs;tel:13900000002 李四 ls;tel:13900000003 赵六 "
	    "zl");
	counts(take(s, "customers", fixture_file("c.csv", text), NULL), 0, 0, 3,
	    1);
	counts(take(s, "customers",
		   fixture_file("d.csv", "nick,name\n甲甲,张三丰\n"), NULL),
	    0, 1, 0, 0);
	assert_string_equal(
	    text_of(s, "SELECT name || ' ' || pinyin || ' ' || phone || ' ' || "
		       "note FROM customer WHERE nick = '甲甲'"),
	    "张三丰 zsf 13900000001 老客户");
	/* Their orders find them. */
	take(s, "orders", ORDERS_2021, NULL);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM customer"), 10);
	let_go();
	fixture_end(s);
}

static void
a_list_changes_all_or_nothing(void **state)
{
	const char *path = fixture_file("p.csv",
	    "sku_code,product,barcodes,bin,price\nA,甲,1 2,X,1\nB,乙,3,,2\n");

	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		char *before = everything(s);
		int rc;

		fault_arm(&f);
		rc = try_import(s, NULL, "products", path, NULL);
		fault_disarm(&f);
		if (rc < 0)
			same_text(before, everything(s));
		else
			free(before);
		fixture_verify(s);
		let_go();
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(products_come_by_code),
		cmocka_unit_test(products_that_clash_are_refused),
		cmocka_unit_test(opening_stock_is_one_slip),
		cmocka_unit_test(customers_come_by_nick_or_phone),
		cmocka_unit_test(a_list_changes_all_or_nothing),
	};

	setenv("SHOPMGR_NOW", "2024-06-01 10:00:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
