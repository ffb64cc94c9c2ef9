/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "golden.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/session.h"
#include "till.h"

/* People and goods whose names are as long as they come: ten full names, and
 * titles of forty characters, in every list, card and form. */

#define N(a)  (sizeof(a) / sizeof((a)[0]))
#define FIRST 4119203366520870001LL

static const struct {
	const char *name, *nick, *title;
} full[] = {
	{ "欧阳震华", "t_1501234567890123",
	    "手工锻打夹钢三层复合钢厨房家用多功能切片切菜砍骨斩切两用中式厨师刀具套装礼盒八件" },
	{ "阿卜杜热西提·买买提依明", "天山脚下的葡萄干与馕饼专卖老店铺子",
	    "不锈钢雪平锅日式小奶锅不粘锅家用宝宝辅食锅婴儿煮面锅热牛奶泡面锅电磁炉通用二十厘" },
	{ "慕容云海", "云海",
	    "景德镇陶瓷餐具套装骨瓷碗盘家用六十头欧式简约中式碗碟套装乔迁送礼高档碗筷组合新款" },
	{ "努尔艾力·阿不力米提江·吐尔逊", "nurali_xinjiang_2026",
	    "章丘手工铁锅老式炒锅家用炒菜锅无涂层不粘锅电磁炉燃气灶通用三十二厘米带盖鱼鳞纹款" },
	{ "司马相如", "凤求凰",
	    "竹木砧板防霉抗菌加厚切菜板家用实木案板厨房粘板占板擀面板双面可用大号擀面揉面板子" },
	{ "爱新觉罗·启星", "正黄旗",
	    "保温壶家用大容量热水瓶不锈钢暖壶开水瓶学生宿舍暖水瓶保温水壶三升玻璃内胆高颜值款" },
	{ "次仁德吉卓玛央宗", "拉萨的阳光总是格外好",
	    "双立人同款德国进口钢材厨房剪刀家用多功能强力鸡骨剪不锈钢烤肉食物剪子可拆卸清洗款" },
	{ "尼格买提·热合曼", "n",
	    "密封罐玻璃食品级带盖家用厨房蜂蜜柠檬储物罐茶叶罐泡菜坛子腌制罐子大小号组合六件套" },
	{ "诸葛司马南宫上官", "复姓之家",
	    "空气炸锅家用新款大容量智能多功能全自动无油电烤箱一体机薯条机可视化八升触屏蒸烤款" },
	{ "呼延灼", "双鞭",
	    "硅胶锅铲耐高温不粘锅专用铲子家用炒菜铲汤勺漏勺厨具套装全套食品级木柄八件套收纳桶" },
};

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%s", session_err(s)->text);
}

static void
stock_goods(struct session *s)
{
	size_t i;

	for (i = 0; i < N(full); i++) {
		struct variant_edit edit = { .price = 1234567 };
		struct stock_entry e = { .qty = 12345, .cost = 654321 };
		int64_t id;

		snprintf(edit.sku_code, sizeof(edit.sku_code), "LONG-%02d",
		    (int)i + 1);
		copy_text(edit.product, sizeof(edit.product), full[i].title);
		must(s, variant_add(s, &edit, &id));
		copy_text(e.sku, sizeof(e.sku), edit.sku_code);
		copy_text(e.bin, sizeof(e.bin), "A-03-2");
		must(s, stock_receive(s, &e, &id));
	}
}

/* The heading of a platform's file, as the till has it. */
static void
add_heading(struct str *out, const char *file)
{
	str_addn(out, file, strcspn(file, "\n") + 1);
}

static void
take_orders(struct session *s)
{
	struct str orders = STR_INIT, items = STR_INIT;
	struct import_options opt = { .dry_run = false };
	const char *files[2];
	struct import *im;
	size_t i;

	add_heading(&orders, till_order_file);
	add_heading(&items, till_item_file);
	for (i = 0; i < N(full); i++) {
		str_addf(&orders,
		    "%lld,%s,12345.67,0.00,12345.67,12345.67,"
		    "买家已付款，等待卖家发货,请用顺丰,%s,"
		    "新疆维吾尔自治区 巴音郭楞蒙古自治州 库尔勒市 "
		    "天山街道 人民东路 %d 号(841000),快递,,'1391234%04d,"
		    "2026-11-22 09:%02d:00,2026-11-22 09:%02d:30,%s,1,,,"
		    "老客户,1,0,留样店,订单未关闭,0,0元\n",
		    FIRST + (long long)i, full[i].nick, full[i].name,
		    (int)i + 1, (int)i, (int)i, (int)i, full[i].title);
		str_addf(&items,
		    "%lld,%s,12345.67,1,,颜色分类:深空灰色加大加厚款,,,"
		    "买家已付款，等待卖家发货,LONG-%02d\n",
		    FIRST + (long long)i, full[i].title, (int)i + 1);
	}
	files[0] = fixture_file("ExportOrderListLong.csv", orders.s);
	files[1] = fixture_file("ExportOrderDetailListLong.csv", items.s);
	must(s, import_run(s, "orders", files, 2, &opt, &im));
	import_free(im);
	str_done(&orders);
	str_done(&items);
}

static struct till *
open_shop(const char *lang, int h, int w)
{
	struct till *k = till_empty("owner", lang, h, w);

	stock_goods(k->s);
	take_orders(k->s);
	return k;
}

static const struct {
	const char *name, *keys;
} looks[] = {
	{ "orders", "F2" },
	{ "order", "F2 Enter" },
	{ "customers", "F5" },
	{ "stock", "F4" },
	{ "product", "F4 e Tab" },
};

static void
look(const char *lang, int h, int w)
{
	size_t i;

	for (i = 0; i < N(looks); i++) {
		struct till *k = open_shop(lang, h, w);
		char file[80];

		till_keys(k, looks[i].keys);
		snprintf(file, sizeof(file), "screen-long-%s-%.2s-%dx%d",
		    looks[i].name, lang, w, h);
		golden_check(file, drive_text(k->d));
		till_close(k);
	}
}

static void
long_names_have_their_place(void **state)
{
	(void)state;
	look("zh_CN", 24, 80);
	look("zh_CN", 40, 120);
	look("en", 24, 80);
}

/* Ids and amounts are whole in the narrowest list, and no row is wider. */
static void
names_give_way_to_numbers(void **state)
{
	struct till *k = open_shop("zh_CN", 24, 80);
	const char *row;
	size_t i;

	(void)state;
	for (i = 0; i < N(full); i++)
		assert_int_equal(text_width(full[i].title), 2 * 40);
	till_keys(k, "F2");
	for (i = 0; i < N(full); i++) {
		char no[32];

		snprintf(no, sizeof(no), "%lld", FIRST + (long long)i);
		till_sees(k, no);
	}
	till_sees(k, "12,345.67");
	for (row = drive_text(k->d); *row != '\0';) {
		size_t n = strcspn(row, "\n");
		char *line = xstrndup(row, n);

		assert_in_range(text_width(line), 0, 80);
		free(line);
		row += n + (row[n] == '\n');
	}
	till_close(k);
}

/* In the form the cursor stands behind the fortieth character, and what is
 * typed there is what is kept. */
static void
a_long_title_is_edited_at_its_end(void **state)
{
	struct till *k = open_shop("zh_CN", 24, 80);

	(void)state;
	till_keys(k, "F4 Home e Tab End Backspace Backspace '一套' Ctrl-S");
	till_keys(k, "e Tab");
	till_sees(k, "一套");
	till_keys(k, "Esc");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_names_have_their_place),
		cmocka_unit_test(names_give_way_to_numbers),
		cmocka_unit_test(a_long_title_is_edited_at_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
