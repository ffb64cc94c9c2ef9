/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/settings.h"
#include "till.h"

/* Review, gifts and reminders at a terminal. */

static const struct {
	const char *name, *keys;
} looks[] = {
	{ "review", "Ctrl-P 'Review' Enter r" },
	{ "review-waiting", "Ctrl-P 'Review' Enter Tab" },
	{ "review-hold", "Ctrl-P 'Review' Enter r h Enter" },
	{ "review-rules", "Ctrl-P 'Rules of review' Enter t" },
	{ "review-rule", "Ctrl-P 'Rules of review' Enter j j Enter" },
	{ "gifts", "Ctrl-P 'Gifts' Enter" },
	{ "gift", "Ctrl-P 'Gifts' Enter Enter" },
	{ "reminders", "Ctrl-P 'Reminders' Enter" },
	{ "remind", "Ctrl-P 'Reminders' Enter Enter Enter" },
	{ "remind-figures", "Ctrl-P 'Reminders' Enter Enter Enter Ctrl-S f" },
	{ "texts", "Ctrl-P 'Texts' Enter" },
	{ "text", "Ctrl-P 'Texts' Enter Enter" },
};

static void
must(struct till *k, int rc)
{
	if (rc < 0)
		fail_msg("%s", session_err(k->s)->text);
}

static void
give(struct till *k)
{
	const struct gift_rule_edit pan = { .name = "满99送",
		.min_paid = 9900,
		.gift_sku = "DT-01",
		.gift_qty = 1,
		.each_time = true,
		.active = true };
	const struct gift_rule_edit old = { .name = "双十一",
		.sku = "XP-20",
		.min_qty = 2,
		.gift_sku = "DT-01",
		.gift_qty = 2,
		.since = 20753,
		.until = 20768 };
	int64_t id;

	must(k, gift_rule_add(k->s, &pan, &id));
	must(k, gift_rule_add(k->s, &old, &id));
	must(k, setting_save(k->s, "remind_after_min", "5"));
}

static void
look(size_t i, const char *lang, int h, int w)
{
	struct till *k = till_open("manager", lang, h, w);
	char file[128];

	give(k);
	till_keys(k, looks[i].keys);
	snprintf(file, sizeof(file), "screen-%s-%.2s-%dx%d", looks[i].name,
	    lang, w, h);
	golden_check(file, drive_text(k->d));
	till_close(k);
}

static void
looks_as_approved(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
		look(i, "zh_CN", 24, 80);
		look(i, "en", 24, 80);
		look(i, "zh_CN", 40, 120);
		look(i, "en", 40, 120);
	}
}

static void
somebody_says_what_becomes_of_an_order(void **state)
{
	struct till *k = till_open("manager", "en", 24, 100);

	(void)state;
	till_keys(k, "Ctrl-P 'Review' Enter r");
	till_sees(k, "Reviewed: 4 passed, 1 stopped.");
	till_sees(k, "4119203366520877650");
	till_keys(k, "p");
	till_sees(k, "Order 4119203366520877650 may go now.");
	till_sees(k, "No order waits for your word.");
	till_keys(k, "Tab");
	till_sees(k, "Every paid order was reviewed.");
	till_close(k);
	k = till_open("manager", "en", 24, 100);
	till_keys(k,
	    "Ctrl-P 'Review' Enter r h 'address' Enter 'ask' Tab '+2h' "
	    "Ctrl-S");
	till_sees(k, "is on hold until 16:05: address to be checked.");
	till_sees(k, "No order waits for your word.");
	till_close(k);
}

static void
marked_orders_pass_together(void **state)
{
	struct till *k = till_open("manager", "en", 24, 100);

	(void)state;
	till_keys(k, "Ctrl-P 'Review' Enter Tab Space Space p");
	till_sees(k, "2 orders may go now.");
	till_sees(k, "Not reviewed 3");
	till_close(k);
}

static void
rules_are_switched_and_moved(void **state)
{
	struct till *k = till_open("manager", "en", 24, 100);

	(void)state;
	till_keys(k, "Ctrl-P 'Rules of review' Enter -");
	till_sees(k, "The rule stands at the end already");
	till_keys(k, "+ a t");
	till_sees(k, "Tried on the last orders");
	till_keys(k, "n 'New one' Tab Tab '1;2' Ctrl-S");
	till_sees(k, "The rule is saved.");
	till_sees(k, "New one");
	till_close(k);
}

static void
what_the_buyer_said_is_kept(void **state)
{
	struct till *k = till_open("manager", "en", 24, 100);

	(void)state;
	must(k, setting_save(k->s, "remind_after_min", "5"));
	till_keys(k, "Ctrl-P 'Reminders' Enter a");
	till_sees(k, "was not reminded yet");
	till_keys(k, "Enter Enter Enter Ctrl-S");
	till_sees(k, "The buyer of order 4119203366520877801 was reminded.");
	till_keys(k, "a Tab 'payday' Tab 'tomorrow' Ctrl-S");
	till_sees(k, "Nobody is to be reminded now.");
	till_keys(k, "Tab l");
	till_sees(k, "payday");
	till_close(k);
}

static void
gifts_are_worked_out(void **state)
{
	struct till *k = till_open("manager", "en", 24, 100);

	(void)state;
	till_keys(k, "Ctrl-P 'Gifts' Enter");
	till_sees(k, "Nothing is given away yet.");
	till_keys(k, "n 'Sheath' Tab 'NONE' Ctrl-S");
	till_sees(k, "There is no product with the code NONE");
	till_keys(k, "Ctrl-U 'DT-01' Ctrl-S");
	till_sees(k, "The rule is saved");
	till_keys(k, "w Enter");
	till_sees(k, "orders are others now.");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_as_approved),
		cmocka_unit_test(somebody_says_what_becomes_of_an_order),
		cmocka_unit_test(marked_orders_pass_together),
		cmocka_unit_test(rules_are_switched_and_moved),
		cmocka_unit_test(what_the_buyer_said_is_kept),
		cmocka_unit_test(gifts_are_worked_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
