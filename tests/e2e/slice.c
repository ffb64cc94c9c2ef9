/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"

/*
 * From a platform's files to a shipped order, as a person does it: log in,
 * import, find, pack by scanner, export. In both languages.
 */

#define FIRST 4119203366520871001LL

struct words {
	const char *lang, *login, *todo, *import, *rows, *proved, *imported,
	    *found, *scan_order, *scan_goods, *wrong, *complete, *weight,
	    *shipped, *layout, *written;
};

static const struct words english = { "en", "Log-in", "TO DO", "Which files?",
	"The first rows", "Proved", "Imported.", "Find", "Scan the order",
	"Scan the goods", "UNKNOWN CODE", "Complete.", "Weight in grams",
	"SHIPPED: ", "Layout of the file", "1 row written" };
static const struct words chinese = { "zh_CN", "登录名", "待办", "选择文件",
	"文件开头几行", "试算完成", "导入完成", "查找", "扫描订单", "扫描商品",
	"没有商品", "商品已齐", "重量", "已发货：", "文件格式", "已写入" };

static struct shop sh;

static int
set_up(void **state)
{
	(void)state;
	shop_new(&sh);
	shop_goods(&sh, "PAN-20", "6901234567892", 10);
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
import(struct vt *vt, const struct words *w)
{
	char cmd[300];

	shop_pair(&sh, "PAN-20", FIRST, 3);
	snprintf(cmd, sizeof(cmd), "mv %s/order.csv %s/item.csv %s/exchange/",
	    sh.dir, sh.dir, sh.dir);
	assert_int_equal(system(cmd), 0);
	vt_type(vt, "i");
	vt_wait(vt, w->import, DESK_WAIT);
	vt_wait(vt, "order.csv", DESK_WAIT);
	vt_type(vt, " " DOWN " ");
	vt_enter(vt);
	vt_wait(vt, w->rows, DESK_WAIT);
	vt_enter(vt);
	vt_wait(vt, w->proved, DESK_WAIT);
	vt_enter(vt);
	vt_wait(vt, w->imported, DESK_WAIT);
	vt_type(vt, ESC);
	vt_wait(vt, w->import, DESK_WAIT);
	vt_type(vt, ESC);
	vt_wait(vt, w->todo, DESK_WAIT);
}

/* By the pinyin initials of the receiver, 张三丰. */
static void
find(struct vt *vt, const struct words *w)
{
	vt_type(vt, "/");
	vt_wait(vt, w->found, DESK_WAIT);
	vt_type(vt, "zsf");
	vt_wait(vt, "4119203366520871001", DESK_WAIT);
	vt_type(vt, ESC);
	vt_type(vt, ESC);
	vt_wait(vt, w->todo, DESK_WAIT);
}

static void
pack(struct vt *vt, const struct words *w)
{
	vt_type(vt, F3);
	vt_wait(vt, w->scan_order, DESK_WAIT);
	vt_type(vt, "4119203366520871001" ENTER);
	vt_wait(vt, w->scan_goods, DESK_WAIT);
	vt_type(vt, "6900000000000" ENTER);
	vt_wait(vt, w->wrong, DESK_WAIT);
	vt_type(vt, "6901234567892" ENTER);
	vt_wait(vt, w->complete, DESK_WAIT);
	vt_type(vt, "YTO");
	vt_enter(vt);
	vt_gone(vt, w->complete, DESK_WAIT);
	vt_type(vt, "YT7600000000001" ENTER);
	vt_wait(vt, w->weight, DESK_WAIT);
	vt_type(vt, "820" ENTER);
	vt_wait(vt, w->shipped, DESK_WAIT);
	vt_wait(vt, "YT7600000000001", DESK_WAIT);
	vt_type(vt, ESC);
	vt_wait(vt, w->todo, DESK_WAIT);
}

/* The parcels that the platform does not know of yet. */
static void export(struct vt *vt, const struct words *w)
{
	char cmd[300];

	for (int i = 0; i < 5; i++)
		vt_type(vt, DOWN);
	vt_enter(vt);
	vt_wait(vt, "YT7600000000001", DESK_WAIT);
	vt_type(vt, "x");
	vt_wait(vt, "┌", DESK_WAIT);
	vt_enter(vt);
	vt_wait(vt, w->layout, DESK_WAIT);
	vt_enter(vt);
	vt_wait(vt, w->written, DESK_WAIT);
	snprintf(cmd, sizeof(cmd),
	    "grep -q '^4119203366520871001,.*YT7600000000001' "
	    "%s/exchange/shipments-*.csv",
	    sh.dir);
	assert_int_equal(system(cmd), 0);
}

static void
whole_slice(const struct words *w)
{
	struct vt *vt = desk_open(&sh, w->lang);

	vt_wait(vt, w->login, DESK_WAIT);
	vt_type(vt, "owner\tnot the password");
	vt_enter(vt);
	vt_gone(vt, "••••", DESK_WAIT);
	vt_type(vt, "password1");
	vt_enter(vt);
	vt_wait(vt, w->todo, DESK_WAIT);
	import(vt, w);
	find(vt, w);
	pack(vt, w);
	export(vt, w);
	desk_leave(vt);
	shop_must(&sh, "--format json show order %lld", FIRST);
	assert_non_null(strstr(sh.out, "\"state\":\"shipped\""));
	shop_must(&sh, "verify");
}

static void
in_english(void **state)
{
	(void)state;
	whole_slice(&english);
}

static void
in_chinese(void **state)
{
	(void)state;
	whole_slice(&chinese);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(in_english, set_up, tear_down),
		cmocka_unit_test_setup_teardown(in_chinese, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
