/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "shop.h"

/* Every command as a script runs it: what it prints, and its exit code. */

#define FIRST 4119203366520871001LL

static struct shop sh;

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static void
has_not(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" in:\n%s", part, text);
}

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
	shop_orders(&sh, "PAN-20", FIRST, 6);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shop_free(&sh);
	return 0;
}

static void
tells_version_and_help(void **state)
{
	(void)state;
	assert_int_equal(shop_run(&sh, "--version"), 0);
	has(sh.out, "shopmgr ");
	assert_int_equal(shop_run(&sh, "--help"), 0);
	has(sh.out, "shopmgr order ship NO");
	has(sh.out, "Exit status: 0 done");
	assert_int_equal(shop_run(&sh, "help order"), 0);
	has(sh.out, "order ship");
	has_not(sh.out, "stock receive");
	assert_int_equal(shop_run(&sh, "order ship --help"), 0);
	has(sh.out, "--waybill");
	assert_int_equal(shop_run(&sh, "--lang zh_CN help import"), 0);
	has(sh.out, "导入文件");
	assert_string_equal(sh.err, "");
}

static void
wrong_usage_is_2(void **state)
{
	static const char *const lines[] = { "nonsense", "--nonsense",
		"--lang fr list orders", "--format xml list orders", "--lang",
		"help nonsense", "order", "order split 1", "order merge 1",
		"order ship 1", "order ship 1 --courier YTO",
		"order ship 1 --courier YTO --waybill W", "list",
		"list nonsense", "list orders --where state",
		"list orders --where nonsense=1", "list orders --limit x",
		"list orders --limit -1", "list orders more", "show orders",
		"find", "import orders", "import nonsense x.csv",
		"export nonsense", "export orders --encoding big5",
		"stock receive PAN-20 5", "stock receive PAN-20 x --cost 1",
		"stock receive PAN-20 5 --cost x", "stock issue PAN-20 1",
		"stock count PAN-20", "product add X", "user add x", "backup",
		"batch", "verify now" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		if (shop_do(&sh, "%s", lines[i]) != 2)
			fail_msg("%s: not 2\n%s%s", lines[i], sh.out, sh.err);
		assert_string_equal(sh.out, "");
		has(sh.err, ": ");
	}
}

static void
no_terminal_is_2(void **state)
{
	(void)state;
	assert_int_equal(shop_run(&sh, "< /dev/null"), 2);
	has(sh.err, "This needs a terminal");
}

static void
no_database_is_3(void **state)
{
	(void)state;
	assert_int_equal(shop_do(&sh, "-d %s/none.db list orders", sh.dir), 3);
	has(sh.err, "There is no shop at");
	shop_file(&sh, "text.db", "this is no database at all, only text\n");
	assert_int_equal(shop_do(&sh, "-d %s/text.db list orders", sh.dir), 3);
	has(sh.err, "shopmgr: ");
}

static void
wrong_log_in_is_4(void **state)
{
	(void)state;
	shop_file(&sh, "wrong", "password2\n");
	assert_int_equal(shop_run(&sh,
			     "--user owner --password-file %s/wrong list "
			     "orders",
			     sh.dir),
	    4);
	assert_int_equal(shop_run(&sh,
			     "--user nobody --password-file %s/password list "
			     "orders",
			     sh.dir),
	    4);
	assert_int_equal(shop_run(&sh,
			     "--user owner --password-file %s/none list "
			     "orders",
			     sh.dir),
	    4);
	assert_int_equal(
	    shop_run(&sh,
		"--user owner --password-file - list orders < %s/password",
		sh.dir),
	    0);
	has(sh.out, "4119203366520871001");
}

static void
not_permitted_is_4(void **state)
{
	(void)state;
	assert_int_equal(shop_run(&sh,
			     "--user buyer --password-file %s/password order "
			     "hold %lld",
			     sh.dir, FIRST),
	    4);
	assert_int_equal(shop_run(&sh,
			     "--user clerk --password-file %s/password backup "
			     "%s/x.db",
			     sh.dir, sh.dir),
	    4);
}

static void
environment_stands_in(void **state)
{
	char path[100];

	(void)state;
	snprintf(path, sizeof(path), "%s/password", sh.dir);
	setenv("SHOPMGR_USER", "owner", 1);
	setenv("SHOPMGR_PASSWORD_FILE", path, 1);
	assert_int_equal(shop_run(&sh, "list orders"), 0);
	setenv("SHOPMGR_USER", "nobody", 1);
	assert_int_equal(shop_run(&sh, "list orders"), 4);
	/* An option counts more. */
	assert_int_equal(shop_run(&sh, "--user owner list orders"), 0);
	unsetenv("SHOPMGR_USER");
	unsetenv("SHOPMGR_PASSWORD_FILE");
}

static void
init_makes_a_shop_once(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(shop_do(&sh, "init"), 1);
	has(sh.err, "already");
	shop_must(&sh, "-d %s/a/b/new.db init", sh.dir);
	shop_must(&sh, "-d %s/a/b/new.db verify", sh.dir);
	assert_int_equal(stat(sh.db, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	/* Without a terminal there is nobody to ask. */
	assert_int_equal(
	    shop_run(&sh, "-d %s/c.db init < /dev/null", sh.dir), 4);
	shop_file(&sh, "short", "short\n");
	assert_int_equal(shop_run(&sh,
			     "-d %s/c.db --user owner --password-file "
			     "%s/short init",
			     sh.dir, sh.dir),
	    1);
	assert_int_equal(access("c.db", F_OK), -1);
}

static void
lists_in_three_formats(void **state)
{
	(void)state;
	shop_must(&sh, "list orders --limit 2");
	has(sh.out, "Order no.");
	shop_must(&sh, "--format csv list orders --limit 2");
	has(sh.out, "order_no");
	has(sh.out, ",118.00,");
	has(sh.out, "2024-05-28T09:12:33+08:00");
	shop_must(&sh, "list orders --format json --limit 2");
	assert_true(json_valid(sh.out));
	assert_true(sh.out[0] == '[');
	has(sh.out, "\"order_no\":\"41192033665208710");
	has(sh.out, "\"paid\":\"118.00\"");
	has(sh.out, "\"created_at\":\"2024-05-28T09:12:33+08:00\"");
	has(sh.out, "\"shipped_at\":null");
	has(sh.out, "\"receiver\":\"");
	shop_must(&sh, "--format json list orders --where order_no=nothing");
	assert_true(json_valid(sh.out));
	has_not(sh.out, "order_no");
}

/* Every kind lists, in every format, also when there is nothing. */
static void
lists_every_kind(void **state)
{
	static const char *const kinds[] = { "orders", "customers", "products",
		"stock", "listings", "unmapped", "ledger", "parcels",
		"couriers", "staff", "audit", "imports" };

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		shop_must(&sh, "list %s", kinds[i]);
		shop_must(&sh, "--format csv list %s --limit 0", kinds[i]);
		shop_must(&sh, "--format json list %s --limit 3", kinds[i]);
		assert_true(json_valid(sh.out));
		assert_string_equal(sh.err, "");
	}
}

static void
pages_follow_one_another(void **state)
{
	char last[40] = "";
	const char *id;
	int n = 0;

	(void)state;
	shop_must(&sh, "--format json list orders --limit 4");
	for (id = sh.out; (id = strstr(id, "\"id\":")) != NULL; id++, n++)
		snprintf(last, sizeof(last), "%lld", json_number(id, "id"));
	assert_int_equal(n, 4);
	shop_must(&sh, "--format json list orders --after %s", last);
	for (n = 0, id = sh.out; (id = strstr(id, "\"id\":")) != NULL; id++)
		n++;
	assert_int_equal(n, 2);
	assert_int_equal(shop_do(&sh, "list orders --after 987654321"), 1);
}

static void
shows_the_whole_order(void **state)
{
	(void)state;
	shop_must(&sh, "show order %lld", FIRST);
	has(sh.out, "Lines");
	has(sh.out, "雪平锅");
	shop_must(&sh, "--format json show orders %lld", FIRST);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"lines\":[");
	has(sh.out, "\"holds\":[");
	has(sh.out, "\"parcels\":[");
	has(sh.out, "\"history\":[");
	has(sh.out, "\"sku_code\":\"PAN-20\"");
	shop_must(&sh, "--format csv show order %lld", FIRST);
	has(sh.out, "lines.1.sku_code,PAN-20\n");
	assert_int_equal(shop_do(&sh, "show order 999"), 1);
	shop_must(&sh, "--format json show product PAN-20");
	assert_true(json_valid(sh.out));
	shop_must(&sh, "show product 6901234567892");
	shop_must(&sh, "--format json show customer buyer01");
	assert_true(json_valid(sh.out));
	assert_int_equal(shop_do(&sh, "show customer nobody"), 1);
}

static void
finds_by_what_is_known(void **state)
{
	static const char *const texts[] = { "4119203366520871001", "zsf",
		"张三丰", "0001", "buyer01", "PAN-20", "6901234567892" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		shop_must(&sh, "--format json find '%s'", texts[i]);
		assert_true(json_valid(sh.out));
		has(sh.out, "\"kind\":\"");
	}
	assert_int_equal(shop_do(&sh, "find nothing-like-it"), 1);
}

static void
an_order_goes_its_way(void **state)
{
	(void)state;
	shop_must(&sh, "order confirm %lld --note 'by phone'", FIRST);
	shop_must(&sh, "order hold %lld --note 'wait for Monday'", FIRST);
	assert_int_equal(shop_do(&sh,
			     "order ship %lld --courier YTO --waybill "
			     "YT7600000000001 --scan PAN-20",
			     FIRST),
	    1);
	has(sh.err, "shopmgr: ");
	shop_must(&sh, "order release %lld", FIRST);
	shop_must(&sh, "order remark %lld --memo '改发 红色' --flag 1", FIRST);
	shop_must(&sh, "--format json show order %lld", FIRST);
	has(sh.out, "\"remark\":\"改发 红色\"");
	has(sh.out, "wait for Monday");

	assert_int_equal(shop_do(&sh,
			     "order ship %lld --courier YTO --waybill "
			     "YT7600000000001 --scan WRONG",
			     FIRST),
	    1);
	has(sh.err, "No product has the code WRONG");
	assert_int_equal(shop_do(&sh,
			     "order ship %lld --courier YTO --waybill "
			     "YT7600000000001 --scan PAN-20 --scan PAN-20",
			     FIRST),
	    1);
	has(sh.err, "Too many");
	assert_int_equal(shop_do(&sh,
			     "order ship %lld --courier NOBODY --waybill "
			     "YT7600000000001 --scan PAN-20",
			     FIRST),
	    1);
	shop_must(&sh,
	    "--format json order ship %lld --courier YTO --waybill "
	    "YT7600000000001 --weight 820 --scan 6901234567892",
	    FIRST);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"waybill_no\":\"YT7600000000001\"");
	shop_must(&sh, "--format json show order YT7600000000001");
	has(sh.out, "\"state\":\"shipped\"");
	assert_int_equal(
	    json_number(strstr(sh.out, "\"parcels\""), "weight"), 820);

	/* Neither the order nor the waybill twice. */
	assert_int_equal(shop_do(&sh,
			     "order ship %lld --courier YTO --waybill "
			     "YT7600000000002 --scan PAN-20",
			     FIRST),
	    1);
	assert_int_equal(shop_do(&sh,
			     "order ship %lld --courier YTO --waybill "
			     "YT7600000000001 --scan PAN-20",
			     FIRST + 1),
	    1);
	shop_must(&sh, "order cancel %lld --reason 'buyer asked'", FIRST + 2);
	assert_int_equal(
	    shop_do(&sh, "order cancel %lld --reason x", FIRST), 1);
	shop_must(&sh, "verify");
}

static void
stock_moves_by_slips(void **state)
{
	long long on_hand;
	char slip[40];
	const char *p;

	(void)state;
	shop_must(&sh, "product add LID-20 --product 锅盖 --price 19.90");
	shop_must(
	    &sh, "--format json stock receive LID-20 12 --cost 3.20 --bin B-1");
	assert_true(json_valid(sh.out));
	assert_int_equal(json_number(sh.out, "on_hand_after"), 12);
	has(sh.out, "\"value\":\"38.40\"");
	p = strstr(sh.out, "\"slip_no\":\"");
	assert_non_null(p);
	sscanf(p, "\"slip_no\":\"%30[^\"]", slip);

	assert_int_equal(shop_do(&sh, "stock issue LID-20 13 --reason x"), 1);
	shop_must(&sh, "stock issue LID-20 2 --reason broken");
	shop_must(&sh, "--format json stock adjust LID-20 -1 --reason lost");
	on_hand = json_number(sh.out, "on_hand_after");
	assert_int_equal(on_hand, 9);
	shop_must(&sh, "stock adjust LID-20 +3 --reason found");
	assert_int_equal(
	    shop_do(&sh, "stock move LID-20 12 --from B-1 --to B-2"), 1);
	assert_non_null(strstr(sh.err, "--new-bin"));
	shop_must(&sh, "stock transfer LID-20 12 --from B-1 --to B-2");
	assert_int_equal(
	    shop_do(&sh, "stock transfer LID-20 1 --from B-9 --to B-2"), 1);
	shop_must(&sh, "stock bins LID-20");
	has(sh.out, "pick bin");
	shop_must(&sh, "--format csv stock bins LID-20");
	has(sh.out, ",B-2,pick,12,");
	/* 12 are there: the receipt can be taken back whole, once. */
	shop_must(&sh, "--format json stock reverse %s --reason mistake", slip);
	assert_int_equal(json_number(sh.out, "on_hand_after"), 0);
	assert_int_equal(
	    shop_do(&sh, "stock reverse %s --reason again", slip), 1);
	assert_int_equal(
	    shop_do(&sh, "stock reverse IN-999999 --reason none"), 1);
	assert_int_equal(shop_do(&sh, "stock receive NONE 1 --cost 1"), 1);
	shop_must(&sh, "verify");
}

static void
imports_tell_what_they_did(void **state)
{
	(void)state;
	shop_pair(&sh, "PAN-20", FIRST + 100, 3);
	shop_must(&sh,
	    "--format json import orders --dry-run %s/item.csv "
	    "%s/order.csv",
	    sh.dir, sh.dir);
	assert_true(json_valid(sh.out));
	assert_int_equal(json_number(sh.out, "new"), 3);
	assert_int_equal(json_number(sh.out, "batch"), 0);
	assert_int_equal(shop_do(&sh, "show order %lld", FIRST + 100), 1);

	shop_must(&sh, "--format json import orders %s/item.csv %s/order.csv",
	    sh.dir, sh.dir);
	assert_int_equal(json_number(sh.out, "new"), 3);
	assert_int_equal(json_number(sh.out, "updated"), 0);
	assert_int_equal(json_number(sh.out, "unchanged"), 0);
	assert_int_equal(json_number(sh.out, "rejected"), 0);
	assert_int_equal(json_number(sh.out, "lines_new"), 3);
	assert_true(json_number(sh.out, "batch") > 0);
	(void)json_number(sh.out, "held");

	shop_must(&sh, "--format json import orders %s/order.csv %s/item.csv",
	    sh.dir, sh.dir);
	assert_int_equal(json_number(sh.out, "new"), 0);
	assert_int_equal(json_number(sh.out, "unchanged"), 3);

	/* Goods without a code wait until somebody maps them. */
	shop_pair(&sh, "", FIRST + 200, 2);
	shop_must(&sh, "--format json import orders %s/order.csv %s/item.csv",
	    sh.dir, sh.dir);
	assert_int_equal(json_number(sh.out, "held"), 2);
	shop_must(&sh, "--format json list unmapped");
	shop_must(&sh, "--format json product map %lld PAN-20",
	    json_number(sh.out, "id"));
	assert_int_equal(json_number(sh.out, "released"), 2);
	assert_int_equal(shop_do(&sh, "import orders %s/none.csv", sh.dir), 1);
	shop_file(&sh, "odd.csv", "a,b,c\n1,2,3\n");
	assert_int_equal(shop_do(&sh, "import orders %s/odd.csv", sh.dir), 1);
	shop_must(&sh, "verify");
}

static void
refused_rows_are_given_back(void **state)
{
	char cmd[200];

	(void)state;
	shop_pair(&sh, "PAN-20", FIRST + 300, 3);
	/* The second row's order number, as a spreadsheet damages it. */
	snprintf(cmd, sizeof(cmd),
	    "sed -i 's/=\"%lld\"/4.1192E+18/' %s/order.csv %s/item.csv",
	    FIRST + 301, sh.dir, sh.dir);
	assert_int_equal(system(cmd), 0);
	assert_int_equal(shop_do(&sh,
			     "--format json import orders %s/order.csv "
			     "%s/item.csv --rejects %s/rejects.csv",
			     sh.dir, sh.dir, sh.dir),
	    1);
	assert_true(json_valid(sh.out));
	assert_int_equal(json_number(sh.out, "new"), 2);
	assert_true(json_number(sh.out, "rejected") >= 1);
	has(sh.err, "line 3");
	snprintf(cmd, sizeof(cmd), "grep -q 4.1192E+18 %s/rejects.csv", sh.dir);
	assert_int_equal(system(cmd), 0);
}

static void
exports_by_name_and_encoding(void **state)
{
	char cmd[300];

	(void)state;
	shop_must(&sh, "export orders");
	has(sh.out, "4119203366520871003");
	shop_must(
	    &sh, "export orders -o %s/out.csv --encoding gb18030", sh.dir);
	snprintf(cmd, sizeof(cmd),
	    "iconv -f gb18030 -t utf-8 %s/out.csv | grep -q 雪平锅", sh.dir);
	assert_int_equal(system(cmd), 0);
	shop_must(&sh, "--format json export customers -o %s/out.xlsx", sh.dir);
	assert_true(json_valid(sh.out));
	snprintf(
	    cmd, sizeof(cmd), "head -c 2 %s/out.xlsx | grep -q PK", sh.dir);
	assert_int_equal(system(cmd), 0);
	shop_must(&sh,
	    "--format json export orders --where state=paid -o "
	    "%s/paid.csv",
	    sh.dir);
	assert_true(json_number(sh.out, "rows") >= 1);
	assert_int_equal(
	    shop_do(&sh, "export orders -o %s/none/out.csv", sh.dir), 1);
}

/* The shipping file names each parcel once, the order's number first. */
static void
shipments_are_exported_once(void **state)
{
	long long no = FIRST + 5;

	(void)state;
	shop_must(&sh,
	    "order ship %lld --courier YTO --waybill YT7600000000005 --scan "
	    "PAN-20",
	    no);
	shop_must(&sh, "export shipments --for taobao --encoding utf-8");
	has(sh.out, "\n4119203366520871006,");
	has(sh.out, "YT7600000000005");
	has(sh.out, "圆通");
	shop_must(&sh, "export shipments --for taobao --encoding utf-8");
	has_not(sh.out, "YT7600000000005");
	shop_must(&sh, "export shipments --for taobao --encoding utf-8 --all");
	has(sh.out, "YT7600000000005");
	assert_int_equal(shop_do(&sh, "export shipments --for nowhere"), 1);
}

static void
staff_are_kept(void **state)
{
	(void)state;
	shop_file(&sh, "new", "another-password\n");
	shop_must(&sh,
	    "user add lina --name 李娜 --role agent --role supervisor "
	    "--new-password-file %s/new",
	    sh.dir);
	assert_int_equal(shop_do(&sh,
			     "user add lina --role agent "
			     "--new-password-file %s/new",
			     sh.dir),
	    1);
	assert_int_equal(shop_do(&sh,
			     "user add other --role nonsense "
			     "--new-password-file %s/new",
			     sh.dir),
	    1);
	shop_must(&sh, "--format json user list");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"login\":\"lina\"");
	has_not(sh.out, "argon2");
	assert_int_equal(
	    shop_run(
		&sh, "--user lina --password-file %s/new list orders", sh.dir),
	    0);
	assert_int_equal(shop_run(&sh,
			     "--user lina --password-file %s/new user "
			     "password --new-password-file %s/password",
			     sh.dir, sh.dir),
	    0);
	assert_int_equal(
	    shop_run(
		&sh, "--user lina --password-file %s/new list orders", sh.dir),
	    4);
	assert_int_equal(
	    shop_run(&sh, "--user lina --password-file %s/password list orders",
		sh.dir),
	    0);
}

static void
a_backup_comes_back(void **state)
{
	(void)state;
	shop_must(&sh, "backup %s/copy.db", sh.dir);
	/* An older copy is not written over. */
	shop_must(&sh, "order hold %lld --note later", FIRST + 4);
	shop_must(&sh, "--format json restore %s/copy.db", sh.dir);
	assert_true(json_valid(sh.out));
	shop_must(&sh, "--format json show order %lld", FIRST + 4);
	has_not(sh.out, "\"note\":\"later\"");
	shop_must(&sh, "verify");
	assert_int_equal(shop_run(&sh,
			     "--user clerk --password-file %s/password "
			     "restore %s/copy.db",
			     sh.dir, sh.dir),
	    4);
	shop_file(&sh, "bad.db", "no database");
	assert_int_not_equal(shop_do(&sh, "restore %s/bad.db", sh.dir), 0);
	shop_must(&sh, "verify");
}

static void
verify_tells_what_does_not_hold(void **state)
{
	char cmd[300];

	(void)state;
	shop_must(&sh, "--format json verify");
	assert_true(json_valid(sh.out));
	has(sh.out, "\"ok\":true");
	if (system("command -v sqlite3 > /dev/null") != 0)
		return;
	shop_must(&sh, "backup %s/broken.db", sh.dir);
	snprintf(cmd, sizeof(cmd),
	    "sqlite3 %s/broken.db 'UPDATE stock SET on_hand = on_hand + 1'",
	    sh.dir);
	assert_int_equal(system(cmd), 0);
	assert_int_equal(
	    shop_do(&sh, "-d %s/broken.db --format json verify", sh.dir), 1);
	assert_true(json_valid(sh.out));
	has(sh.out, "\"ok\":false");
	assert_true(json_number(sh.out, "findings_n") > 0);
}

static void
the_demo_shop_is_sound(void **state)
{
	(void)state;
	assert_int_equal(shop_run(&sh, "-d %s/demo.db init --demo", sh.dir), 0);
	has(sh.out, "owner demo-shop owner");
	has(sh.out, "clerk");
	shop_file(&sh, "demo-password", "demo-shop\n");
	assert_int_equal(shop_run(&sh,
			     "-d %s/demo.db --user owner --password-file "
			     "%s/demo-password verify",
			     sh.dir, sh.dir),
	    0);
	assert_int_equal(shop_run(&sh,
			     "-d %s/demo.db --user owner --password-file "
			     "%s/demo-password --format json list orders",
			     sh.dir, sh.dir),
	    0);
	assert_true(json_valid(sh.out));
	has(sh.out, "order_no");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_version_and_help),
		cmocka_unit_test(wrong_usage_is_2),
		cmocka_unit_test(no_terminal_is_2),
		cmocka_unit_test(no_database_is_3),
		cmocka_unit_test(wrong_log_in_is_4),
		cmocka_unit_test(not_permitted_is_4),
		cmocka_unit_test(environment_stands_in),
		cmocka_unit_test(init_makes_a_shop_once),
		cmocka_unit_test(lists_in_three_formats),
		cmocka_unit_test(lists_every_kind),
		cmocka_unit_test(pages_follow_one_another),
		cmocka_unit_test(shows_the_whole_order),
		cmocka_unit_test(finds_by_what_is_known),
		cmocka_unit_test(an_order_goes_its_way),
		cmocka_unit_test(stock_moves_by_slips),
		cmocka_unit_test(imports_tell_what_they_did),
		cmocka_unit_test(refused_rows_are_given_back),
		cmocka_unit_test(exports_by_name_and_encoding),
		cmocka_unit_test(shipments_are_exported_once),
		cmocka_unit_test(staff_are_kept),
		cmocka_unit_test(a_backup_comes_back),
		cmocka_unit_test(verify_tells_what_does_not_hold),
		cmocka_unit_test(the_demo_shop_is_sound),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
