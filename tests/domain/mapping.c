/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/propose.h"
#include "shopmgr/domain/session.h"

/* Which product an item of a platform is proposed to be, and why. */

static int64_t
add(struct session *s, const char *sku, const char *product, const char *name,
    const char *barcode)
{
	struct variant_edit e = { .price = 100 };
	int64_t id;

	copy_text(e.sku_code, sizeof(e.sku_code), sku);
	copy_text(e.product, sizeof(e.product), product);
	copy_text(e.name, sizeof(e.name), name);
	copy_text(e.barcodes, sizeof(e.barcodes), barcode);
	if (variant_add(s, &e, &id) < 0)
		fail_msg("%s: %s", sku, session_err(s)->text);
	return id;
}

static struct session *
shop(void)
{
	struct session *s = fixture_session("owner");

	add(s, "XP-20", "雪平锅", "不锈钢雪平锅 20cm", "6901234500017");
	add(s, "XP-18", "雪平锅", "不锈钢雪平锅 18cm", "");
	add(s, "XP-22", "雪平锅", "不锈钢雪平锅 22cm", "");
	add(s, "SD-F503", "三德刀", "三德刀 F-503", "");
	add(s, "MD-1000", "磨刀石", "磨刀石 1000#", "");
	add(s, "MD-3000", "磨刀石", "磨刀石 3000#", "");
	add(s, "DT-B", "刀套", "厨房刀套 黑色", "");
	add(s, "DT-R", "刀套", "厨房刀套 红色", "");
	add(s, "WQ-L", "围裙", "防水围裙 大号", "");
	add(s, "WQ-S", "围裙", "防水围裙 小号", "");
	return s;
}

static const struct proposal *
best(struct session *s, const char *title, const char *attrs, const char *code)
{
	static struct proposal out[PROPOSALS_MAX];
	static char sku[64];
	const struct listing l = {
		.title = title, .attrs = attrs, .sku_code = code, .item_no = ""
	};
	struct proposer *p;

	assert_int_equal(proposer_new(s, &p), 0);
	if (listing_propose(p, &l, out) == 0)
		out[0] = (struct proposal){ .sku_code = "" };
	copy_text(sku, sizeof(sku), out[0].sku_code);
	out[0].sku_code = sku;
	proposer_free(p);
	return out;
}

static void
is(struct session *s, const char *title, const char *attrs, const char *code,
    const char *sku, enum proposal_ground ground)
{
	const struct proposal *p = best(s, title, attrs, code);

	assert_string_equal(p->sku_code, sku);
	assert_int_equal(p->ground, ground);
}

static void
a_code_is_known_however_it_is_written(void **state)
{
	struct session *s = shop();

	(void)state;
	is(s, "", "", "XP-20", "XP-20", PROPOSAL_CODE);
	is(s, "", "", "6901234500017", "XP-20", PROPOSAL_CODE);
	is(s, "", "", "xp20", "XP-20", PROPOSAL_ALIKE);
	is(s, "", "", "ＸＰ _20 ", "XP-20", PROPOSAL_ALIKE);
	assert_true(
	    best(s, "", "", "XP-20")->sure > best(s, "", "", "xp 20")->sure);
	fixture_end(s);
}

/* Two codes that differ in a hyphen only: who knows which is meant? */
static void
a_code_alike_to_two_is_none(void **state)
{
	struct session *s = shop();

	(void)state;
	add(s, "XP20", "锅", "另一口锅", "");
	is(s, "", "", "XP-20", "XP-20", PROPOSAL_CODE);
	is(s, "", "", "xp 20", "", 0);
	fixture_end(s);
}

static void
a_title_is_longer_than_a_name(void **state)
{
	struct session *s = shop();

	(void)state;
	is(s, "正品包邮 三德刀F-503厨房家用切菜刀 锋利不锈钢刀具", "", "",
	    "SD-F503", PROPOSAL_ATTRS);
	is(s, "【新款】防水围裙家用厨房 大号 加厚", "", "", "WQ-L",
	    PROPOSAL_ATTRS);
	fixture_end(s);
}

static void
the_specification_decides(void **state)
{
	struct session *s = shop();

	(void)state;
	is(s, "日式不锈钢雪平锅 家用奶锅", "尺寸:20厘米", "", "XP-20",
	    PROPOSAL_ATTRS);
	is(s, "日式不锈钢雪平锅 家用奶锅", "规格：18CM", "", "XP-18",
	    PROPOSAL_ATTRS);
	/* A title with all sizes: the specification says which. */
	is(s, "不锈钢雪平锅18cm/20cm/22cm", "颜色分类:22公分", "", "XP-22",
	    PROPOSAL_ATTRS);
	is(s, "磨刀石 家用磨刀", "目数:3000#", "", "MD-3000", PROPOSAL_ATTRS);
	is(s, "厨房刀套", "颜色分类:红色", "", "DT-R", PROPOSAL_ATTRS);
	is(s, "厨房刀套", "Color: Black", "", "DT-B", PROPOSAL_ATTRS);
	is(s, "防水围裙", "尺码:小号", "", "WQ-S", PROPOSAL_ATTRS);
	fixture_end(s);
}

/* Without what tells them apart, two are as good as each other. */
static void
what_fits_two_is_not_sure(void **state)
{
	struct session *s = shop();

	(void)state;
	assert_true(best(s, "不锈钢雪平锅", "", "")->sure <= 60);
	assert_true(best(s, "不锈钢雪平锅", "20cm", "")->sure > 60);
	fixture_end(s);
}

static void
what_has_nothing_in_common_is_not_proposed(void **state)
{
	struct session *s = shop();

	(void)state;
	is(s, "儿童雨伞", "颜色:蓝色", "YS-1", "", 0);
	is(s, "", "", "", "", 0);
	is(s, "邮费差价", "", "", "", 0);
	fixture_end(s);
}

static int64_t
listing_of(struct session *s, const char *title)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT id FROM listing WHERE title = '%s'",
	    title);
	return fixture_int(s, sql);
}

static void
what_was_mapped_before_is_proposed_again(void **state)
{
	struct session *s = shop();
	int64_t released, id;

	(void)state;
	fixture_order(s, "4119203366520870001", 1, "?秘密代号甲", NULL);
	id = listing_of(s, "秘密代号甲");
	is(s, "秘密代号甲", "", "", "", 0);
	assert_int_equal(
	    listing_map(s, id,
		fixture_int(
		    s, "SELECT id FROM variant WHERE sku_code = 'DT-R'"),
		&released),
	    0);
	assert_int_equal(released, 1);
	is(s, "秘密代号甲", "", "", "DT-R", PROPOSAL_EARLIER);
	is(s, "秘密 代号甲！", "", "", "DT-R", PROPOSAL_EARLIER);
	/* Another specification is one of the same product. */
	is(s, "秘密代号甲 厨房刀套", "黑色", "", "DT-B", PROPOSAL_ATTRS);
	fixture_end(s);
}

static void
proposals_want_the_right_to_see_products(void **state)
{
	struct session *s = shop();
	struct proposer *p = NULL;

	(void)state;
	session_logout(s);
	assert_int_equal(proposer_new(s, &p), ERR_DENIED);
	assert_null(p);
	fixture_end(s);
}

#define MANY 5000

/* A screen full of items in a shop of many products; how long it takes is
 * printed. */
static void
each_of_many_is_told_from_the_others(void **state)
{
	static const char *const things[] = { "雪平锅", "三德刀", "磨刀石",
		"围裙", "砧板", "保温杯", "筷子", "汤勺", "烤盘", "密封罐" };
	static const char *const makes[] = { "不锈钢", "家用", "日式", "加厚",
		"竹制", "防滑", "便携", "儿童" };
	static const char *const colours[] = { "黑色", "白色", "红色", "蓝色",
		"绿色" };
	struct session *s = fixture_session("owner");
	struct proposal out[PROPOSALS_MAX];
	char title[200], name[200], sku[32], attrs[60];
	struct listing l = {
		.title = title, .attrs = attrs, .sku_code = "", .item_no = ""
	};
	struct proposer *p;
	int64_t begun, built, took;
	int i, right = 0;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(sku, sizeof(sku), "V%05d", i);
		snprintf(name, sizeof(name), "%s%s %s %dcm", makes[i / 10 % 8],
		    things[i % 10], colours[i / 80 % 5], 10 + i / 400);
		add(s, sku, things[i % 10], name, "");
	}
	begun = time_ticks();
	assert_int_equal(proposer_new(s, &p), 0);
	built = time_ticks();
	for (i = 0; i < 60; i++) {
		int at = i * 83 % MANY;

		snprintf(title, sizeof(title),
		    "新款正品包邮%s%s厨房家用多功能不粘", makes[at / 10 % 8],
		    things[at % 10]);
		snprintf(attrs, sizeof(attrs), "颜色:%s;尺寸:%d厘米",
		    colours[at / 80 % 5], 10 + at / 400);
		snprintf(sku, sizeof(sku), "V%05d", at);
		if (listing_propose(p, &l, out) > 0 &&
		    strcmp(out[0].sku_code, sku) == 0)
			right++;
	}
	took = time_ticks() - built;
	print_message("%d of 60 right; built in %d ms, 60 proposals in %d ms\n",
	    right, (int)((built - begun) / 1000000), (int)(took / 1000000));
	assert_int_equal(right, 60);
	proposer_free(p);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_is_known_however_it_is_written),
		cmocka_unit_test(a_code_alike_to_two_is_none),
		cmocka_unit_test(a_title_is_longer_than_a_name),
		cmocka_unit_test(the_specification_decides),
		cmocka_unit_test(what_fits_two_is_not_sure),
		cmocka_unit_test(what_has_nothing_in_common_is_not_proposed),
		cmocka_unit_test(what_was_mapped_before_is_proposed_again),
		cmocka_unit_test(proposals_want_the_right_to_see_products),
		cmocka_unit_test(each_of_many_is_told_from_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
