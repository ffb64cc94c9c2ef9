/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/shops.h"
#include "import_lib.h"

/* What the shops are called, and where they are. */

#define HEAD \
	"订单编号,总金额,买家应付货款,买家实际支付金额,订单状态,店铺名称," \
	"订单创建时间,订单付款时间\n"
#define ROW(no, shop) \
	no ",9,9,9,交易成功," shop ",2024-06-01 10:00:00,2024-06-01 10:01:00\n"

static int64_t
shop_id(struct session *s, const char *name)
{
	const struct shop_name *shop;
	struct page page;
	int64_t id = 0;
	size_t i;

	assert_int_equal(shop_page(s, &page), 0);
	for (i = 0; i < page.n; i++) {
		shop = page_row(&page, i);
		if (strcmp(shop->name, name) == 0)
			id = shop->id;
	}
	page_free(&page);
	return id;
}

static void
two_shops(struct session *s)
{
	counts(take(s, "orders",
		   fixture_file("two.csv",
		       HEAD ROW("1", "测试旗舰店") ROW("2", "测试店")),
		   NULL),
	    2, 0, 0, 0);
}

static void
a_shop_is_put_right(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id;

	(void)state;
	two_shops(s);
	/* By its name it must be on Tmall; its owner knows better. */
	assert_string_equal(
	    text_of(s, "SELECT platform || ' ' || name FROM shop ORDER BY id"),
	    "tmall 测试旗舰店\ntaobao 测试店");
	id = shop_id(s, "测试旗舰店");
	assert_int_equal(shop_save(s, id, "taobao", "测试旗舰店"), 0);
	assert_string_equal(
	    text_of(s, "SELECT op || ' ' || detail FROM audit ORDER BY id DESC "
		       "LIMIT 1"),
	    "shop-save tmall 测试旗舰店 -> taobao 测试旗舰店");
	/* The file is of the same shop as before. */
	counts(take(s, "orders", fixture_path("two.csv"), NULL), 0, 0, 2, 0);
	assert_int_equal(shop_save(s, id, "taobao", "新店"), 0);
	counts(take(s, "orders", fixture_file("new.csv", HEAD ROW("1", "新店")),
		   NULL),
	    0, 0, 1, 0);
	/* As it was called before, too; and no other shop may take that. */
	counts(take(s, "orders", fixture_path("two.csv"), NULL), 0, 0, 2, 0);
	assert_int_equal(
	    shop_save(s, shop_id(s, "测试店"), "taobao", "测试旗舰店"),
	    ERR_CONFLICT);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM shop"), 2);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM orders"), 2);
	let_go();
	fixture_end(s);
}

static void
refused(struct session *s, int64_t id, const char *platform, const char *name,
    int want, const char *field)
{
	char *before = everything(s), *after;

	assert_int_equal(shop_save(s, id, platform, name), want);
	assert_string_equal(s->err.field, field);
	assert_true(s->err.text[0] != '\0');
	after = everything(s);
	same_text(before, after);
}

static void
what_would_clash_is_refused(void **state)
{
	struct session *s = fixture_session("owner");
	struct txn *txn;
	int64_t id;

	(void)state;
	two_shops(s);
	id = shop_id(s, "测试旗舰店");
	refused(s, id, "tmall", "", ERR_INVALID, "name");
	refused(s, id, "tmall", "a\tb", ERR_INVALID, "name");
	refused(s, id, "mars", "测试旗舰店", ERR_INVALID, "platform");
	refused(s, 999, "tmall", "x", ERR_NOTFOUND, "");
	/* Taobao and Tmall are one to their files. */
	refused(s, id, "tmall", "测试店", ERR_CONFLICT, "name");
	refused(s, id, "taobao", "测试店", ERR_CONFLICT, "name");
	/* Numbers and buyers are those of the platform. */
	refused(s, id, "jd", "测试旗舰店", ERR_CONFLICT, "platform");
	assert_non_null(strstr(s->err.text, "测试旗舰店"));
	/* One that nothing came from goes where it likes. */
	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_insert(txn,
			     "INSERT INTO shop (platform, name) VALUES "
			     "('manual', '测试店')",
			     DB_NOARGS, &id),
	    0);
	assert_int_equal(db_commit(&txn), 0);
	assert_int_equal(shop_save(s, id, "jd", "测试店"), 0);
	refused(s, id, "taobao", "测试店", ERR_CONFLICT, "name");
	let_go();
	fixture_end(s);
}

static void
a_fault_leaves_it_as_it_was(void **state)
{
	struct session *s;
	int64_t id;
	int rc;

	(void)state;
	FOR_EACH_FAULT(f)
	{
		s = fixture_faulty("owner");
		two_shops(s);
		let_go();
		id = shop_id(s, "测试店");
		fault_arm(&f);
		rc = shop_save(s, id, "tmall", "别的店");
		fault_disarm(&f);
		assert_true(rc == 0 || f.hit);
		assert_string_equal(
		    text_of(s, "SELECT platform || ' ' || name FROM shop "
			       "ORDER BY id DESC LIMIT 1"),
		    rc == 0 ? "tmall 别的店" : "taobao 测试店");
		fixture_verify(s);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shop_is_put_right),
		cmocka_unit_test(what_would_clash_is_refused),
		cmocka_unit_test(a_fault_leaves_it_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
