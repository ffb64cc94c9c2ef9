/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "../../src/domain/customers/contact_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

/* What is left of a name, a phone, an address, a remark; and who read one. */

static struct arena arena;

static int
end_texts(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void
a_name_keeps_its_first_character(void **state)
{
	static const struct {
		const char *name, *masked;
	} names[] = {
		{ "张三", "张**" },
		{ "张三丰", "张**" },
		{ "欧阳娜娜", "欧**" },
		{ "张", "张**" },
		{ "John Smith", "J**" },
		{ "𠮷野家", "𠮷**" },
		{ "", "" },
		/* As platforms mask it. */
		{ "张*", "张*" },
		{ "张***", "张***" },
		{ "张*丰", "张**" },
		{ "*三丰", "***" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *once = mask_name(&arena, names[i].name);

		assert_string_equal(once, names[i].masked);
		assert_string_equal(mask_name(&arena, once), once);
	}
}

static void
a_phone_keeps_its_ends(void **state)
{
	static const struct {
		const char *phone, *masked;
	} phones[] = {
		{ "13812345678", "138****5678" },
		{ "138****5678", "138****5678" },
		{ "0571-88886666", "057****6666" },
		{ "+8613812345678", "+86****5678" },
		{ "15781115734-0319", "157****5734" },
		{ "13812345678/13987654321", "138****4321" },
		{ "88886666", "****" },
		{ "12345", "****" },
		{ "", "" },
		{ "一二三四五六七八九十十一", "一二三****九十十一" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(phones) / sizeof(phones[0]); i++) {
		const char *once = mask_phone(&arena, phones[i].phone);

		assert_string_equal(once, phones[i].masked);
		assert_string_equal(mask_phone(&arena, once), once);
	}
}

static void
a_text_keeps_all_but_mobile_numbers(void **state)
{
	static const struct {
		const char *text, *masked;
	} texts[] = {
		{ "打13812345678，谢谢", "打138****5678，谢谢" },
		{ "138-1234-5678", "138-****-5678" },
		{ "138 1234 5678 or 13987654321",
		    "138 **** 5678 or 139****4321" },
		{ "15-13812345678", "15-138****5678" },
		{ "+8613812345678", "+86138****5678" },
		{ "008613812345678.", "0086138****5678." },
		{ "１３８１２３４５６７８", "１３８＊＊＊＊５６７８" },
		{ "138****5678", "138****5678" },
		/* Numbers of other things. */
		{ "订单4119203366520877731", "订单4119203366520877731" },
		{ "YT1234567890123", "YT1234567890123" },
		{ "12812345678", "12812345678" },
		{ "1381234567", "1381234567" },
		{ "138--1234-5678", "138--1234-5678" },
		{ "", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_string_equal(
		    mask_text(&arena, texts[i].text), texts[i].masked);
}

static void
a_nick_stays_unless_it_tells_the_person(void **state)
{
	(void)state;
	assert_string_equal(
	    mask_nick(&arena, "喝水的鱼88", "张三"), "喝水的鱼88");
	assert_string_equal(
	    mask_nick(&arena, "13812345678", "张三"), "138****5678");
	assert_string_equal(mask_nick(&arena, "张三", "张三"), "张**");
	assert_string_equal(mask_nick(&arena, "", ""), "");
}

static void
a_place_is_told_to_the_district(void **state)
{
	(void)state;
	assert_string_equal(mask_place("南山区"), "南山区");
	assert_string_equal(mask_place(""), "");
	/* The file's address was taken apart wrongly. */
	assert_string_equal(mask_place("延安路100弄小区"), "****");
	assert_string_equal(mask_place("３号院小区"), "****");
	assert_string_equal(mask_address("文三路 1 号"), "****");
	assert_string_equal(mask_address(""), "");
}

static void
what_the_log_says_of_an_import_is_masked(void **state)
{
	(void)state;
	assert_string_equal(
	    mask_import(&arena, "state paid -> done; address \"张三 138 路\" "
				"-> \"李四 139 街; x\""),
	    "state paid -> done; address ****");
	assert_string_equal(
	    mask_import(&arena, "receiver 张三"), "receiver ****");
	assert_string_equal(
	    mask_import(&arena, "memo \"no address 1\" -> \"a\""),
	    "memo \"no address 1\" -> \"a\"");
}

/* Somebody who reads the remark masked may still add to it. */
static void
an_edit_loses_no_number(void **state)
{
	char memo[200] = "138****5678 or 138****5678, not 139****4321!";
	char less[200] = "call 139****4321";
	char other[200] = "call 137****0000";

	(void)state;
	unmask_text(memo, "13812345678 / 13800005678 / 13987654321");
	assert_string_equal(
	    memo, "13812345678 or 13800005678, not 13987654321!");
	unmask_text(less, "13812345678 / 13987654321");
	assert_string_equal(less, "call 13987654321");
	unmask_text(other, "13812345678");
	assert_string_equal(other, "call 137****0000");
}

static const struct contact *
revealed(struct session *s, const char *kind, int64_t id, struct page *page)
{
	int rc = contact_reveal(s, kind, id, page);

	if (rc != 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
	assert_int_equal(page->n, 1);
	return page_row(page, 0);
}

static void
revealing_is_recorded_once_each(void **state)
{
	struct session *s = fixture_session("clerk");
	int64_t id = fixture_order(s, "1001", 1, "?pan", NULL);
	const struct contact *c;
	struct page page;

	(void)state;
	c = revealed(s, "order", id, &page);
	assert_string_equal(c->name, "李小明");
	assert_string_equal(c->phone, "13812345678");
	assert_string_equal(c->district, "西湖区");
	assert_string_equal(c->address, "文三路 1 号");
	assert_string_equal(c->nick, "nick-1001");
	page_free(&page);
	assert_int_equal(fixture_audited(s, "contact-reveal", id), 1);
	revealed(s, "order", id, &page);
	page_free(&page);
	assert_int_equal(fixture_audited(s, "contact-reveal", id), 2);
	/* The log itself repeats nothing of it. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE"
			   " op = 'contact-reveal' AND kind = 'order' AND"
			   " detail = 'name phone address nick'"),
	    2);
	fixture_role(s, "agent");
	c = revealed(s, "customer", 1, &page);
	assert_string_equal(c->phone, "13812345678");
	assert_string_equal(c->address, "文三路 1 号");
	page_free(&page);
	revealed(s, "order", id, &page);
	page_free(&page);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit WHERE op ="
					" 'contact-reveal'"),
	    2);
	fixture_end(s);
}

static void
who_may_not_reveal_is_refused(void **state)
{
	struct session *s = fixture_session("buyer");
	int64_t id = fixture_order(s, "1001", 1, "?pan", NULL);
	struct page page;

	(void)state;
	assert_int_equal(contact_reveal(s, "order", id, &page), ERR_DENIED);
	fixture_role(s, "clerk");
	/* Customers are not for clerks, so their contacts are not either. */
	assert_int_equal(contact_reveal(s, "customer", 1, &page), ERR_DENIED);
	assert_int_equal(contact_reveal(s, "order", 999, &page), ERR_NOTFOUND);
	assert_int_equal(contact_reveal(s, "parcel", 1, &page), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "kind");
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM audit WHERE op ="
					" 'contact-reveal'"),
	    0);
	session_logout(s);
	assert_int_equal(contact_reveal(s, "order", id, &page), ERR_DENIED);
	fixture_end(s);
}

static void
nothing_is_revealed_that_is_not_recorded(void **state)
{
	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("clerk");
		int64_t id = fixture_order(s, "1001", 1, "?pan", NULL);
		struct page page = { 0 };
		int rc;

		fault_arm(&f);
		rc = contact_reveal(s, "order", id, &page);
		fault_disarm(&f);
		assert_int_equal(page.n, rc == 0);
		assert_int_equal(
		    fixture_audited(s, "contact-reveal", id), rc == 0);
		page_free(&page);
		fixture_end(s);
	}
}

/* A role of the owner's own: it changes remarks, and reads numbers masked. */
static void
a_remark_keeps_the_number_it_hides(void **state)
{
	struct session *s = fixture_session("owner");
	int64_t id = fixture_order(s, "1001", 1, "?pan", NULL);
	struct order_remark edit = { .memo = "call 13987654321" };
	struct order_card card;

	(void)state;
	assert_int_equal(
	    order_remark(
		s, id, fixture_int(s, "SELECT version FROM orders"), &edit),
	    0);
	s->perms &= ~((uint64_t)1 << PERM_CONTACT_VIEW);
	assert_int_equal(order_card(s, id, &card), 0);
	assert_string_equal(card.order.memo, "call 139****4321");
	snprintf(edit.memo, sizeof(edit.memo), "%s today", card.order.memo);
	assert_int_equal(order_remark(s, id, card.order.version, &edit), 0);
	order_card_free(&card);
	fixture_role(s, "owner");
	assert_int_equal(order_card(s, id, &card), 0);
	assert_string_equal(card.order.memo, "call 13987654321 today");
	order_card_free(&card);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_keeps_its_first_character),
		cmocka_unit_test(a_phone_keeps_its_ends),
		cmocka_unit_test(a_text_keeps_all_but_mobile_numbers),
		cmocka_unit_test(a_nick_stays_unless_it_tells_the_person),
		cmocka_unit_test(a_place_is_told_to_the_district),
		cmocka_unit_test(what_the_log_says_of_an_import_is_masked),
		cmocka_unit_test(an_edit_loses_no_number),
		cmocka_unit_test(revealing_is_recorded_once_each),
		cmocka_unit_test(who_may_not_reveal_is_refused),
		cmocka_unit_test(nothing_is_revealed_that_is_not_recorded),
		cmocka_unit_test(a_remark_keeps_the_number_it_hides),
	};

	return cmocka_run_group_tests(tests, NULL, end_texts);
}
