/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shop.h"

/* "order add|copy|reissue", "quote", "grade" and "member-price". */

#define FIRST 4119203366520871001LL
#define TO    "'张三 13800001111 浙江省杭州市西湖区文三路1号'"

static struct shop sh;

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in: %s", part, text);
}

static int
open_shop(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 20);
	shop_orders(&sh, "PAN-20", FIRST, 1);
	return 0;
}

static int
close_shop(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

/* From the first word to the parcel, as every other order. */
static void
an_order_by_hand_goes_all_the_way(void **state)
{
	(void)state;
	shop_must(&sh, "--format json order add --nick 小雨 --to " TO
		       " --line PAN-20:2:39 --postage 8");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"order_no\":\"SO-000002\"");
	has(sh.out, "\"state\":\"unpaid\"");
	assert_int_equal(
	    shop_do(&sh, "order add --nick a --to " TO " --line NONE"), 1);
	has(sh.err, "NONE");
	assert_int_equal(shop_do(&sh, "order add --line PAN-20:two"), 2);
	shop_must(&sh, "payment add SO-000002 alipay 86");
	shop_must(&sh, "--format json list orders --where order_no=SO-000002");
	has(sh.out, "\"state\":\"paid\"");
	has(sh.out, "\"origin\":\"manual\"");
	shop_must(&sh, "wave make same");
	shop_must(&sh,
	    "order ship SO-000002 --courier YTO --waybill YT1234567890123"
	    " --scan PAN-20 --scan PAN-20");
	shop_must(&sh,
	    "--format json order reissue SO-000002 --reason 破损 --line 1:1");
	has(sh.out, "\"order_no\":\"RO-000003\"");
	assert_int_equal(shop_do(&sh, "order reissue SO-000002"), 1);
	shop_must(&sh, "order copy SO-000002");
	has(sh.out, "SO-000004");
	shop_must(
	    &sh, "--format json order add --customer 小雨 --line PAN-20 --cod");
	has(sh.out, "\"state\":\"paid\"");
	shop_must(&sh, "--format json list orders --where cod=yes");
	has(sh.out, "\"paid_at\":null");
	shop_must(&sh,
	    "--lang en export orders --encoding utf-8 --where cod=yes "
	    "--columns cod,paid_at");
	assert_string_equal(sh.out, "cod,paid_at\r\nyes,\r\n");
	shop_must(&sh, "verify");
}

static void
a_quotation_becomes_an_order(void **state)
{
	(void)state;
	shop_must(&sh, "--format json quote add --nick 小雪 --to " TO
		       " --line PAN-20:10:35 --channel wangwang");
	has(sh.out, "\"quote_no\":\"Q-000001\"");
	shop_must(&sh, "quote line Q-000001 PAN-20:12:34.50");
	shop_must(&sh, "quote send q-000001");
	shop_must(&sh, "quote text Q-000001");
	has(sh.out, "414.00");
	shop_must(&sh, "quote follow Q-000001 --valid +9 --note 再考虑");
	shop_must(&sh, "--format json quote show Q-000001");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"qty\":12");
	has(sh.out, "\"state\":\"quoted\"");
	shop_must(&sh, "--format json quote order Q-000001");
	has(sh.out, "\"order_no\":\"SO-");
	assert_int_equal(shop_do(&sh, "quote lose Q-000001 --reason 太贵"), 1);
	shop_must(&sh, "quote add --nick 小风 --line PAN-20");
	shop_must(&sh, "quote lose Q-000002 --reason 太贵");
	shop_must(&sh, "--format csv list quotations --where state=lost");
	has(sh.out, "太贵");
	assert_int_equal(shop_do(&sh, "list quotations --where state=gone"), 2);
	shop_must(&sh, "quote reopen Q-000002");
	shop_must(&sh, "--format json quote figures");
	has(sh.out, "\"asked\":2");
	has(sh.out, "\"ordered\":1");
	shop_must(&sh, "verify");
}

static void
members_pay_what_was_agreed(void **state)
{
	char file[600];

	(void)state;
	shop_must(&sh, "grade set VIP --paid 2000 --permille 950");
	shop_must(&sh, "--format json grade give 小雨 VIP");
	has(sh.out, "\"grade\":\"VIP\"");
	assert_int_equal(shop_do(&sh, "grade give 小雨 GOLD"), 1);
	shop_must(&sh, "member-price set PAN-20 VIP 30");
	shop_must(&sh, "--format json member-price of PAN-20 --customer 小雨");
	has(sh.out, "\"price\":\"30.00\"");
	has(sh.out, "\"by\":\"member\"");
	snprintf(file, sizeof(file), "%s/prices.csv", sh.dir);
	shop_must(&sh, "export member-prices -o %s", file);
	shop_must(&sh, "member-price set PAN-20 VIP none");
	shop_must(&sh, "--format json member-price import %s", file);
	has(sh.out, "\"set\":1");
	shop_must(&sh, "--format csv list member-prices");
	has(sh.out, "PAN-20");
	shop_must(&sh, "--format json grade apply --dry-run");
	has(sh.out, "\"kept\":1");
	shop_must(&sh, "--format json grade apply --lower");
	has(sh.out, "\"lowered\":1");
	shop_must(&sh, "grade apply");
	has(sh.out, "0 got a higher grade");
	shop_must(&sh, "--format csv list grades");
	has(sh.out, "950");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_order_by_hand_goes_all_the_way),
		cmocka_unit_test(a_quotation_becomes_an_order),
		cmocka_unit_test(members_pay_what_was_agreed),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
