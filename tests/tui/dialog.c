/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drive.h"
#include "golden.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"

/* Dialogs and forms on an empty screen: the body of each test is one question.
 */

static struct err last;

static const struct err *
last_err(void *app)
{
	(void)app;
	return &last;
}

static void
draw_nothing(struct screen *sc, struct canvas *c, struct rect r)
{
	(void)sc;
	canvas_text(c, r.y + 4, r.x, r.w, STYLE_BAD, "what was here before");
}

static const struct screen_ops plain = {
	.name = "plain", .title = N_("A toy"), .draw = draw_nothing
};
static const struct screen_ops *const all[] = { &plain, NULL };

static struct drive *
start(void (*body)(struct drive *d, void *arg), void *arg)
{
	return drive_new(24, 80, body, arg);
}

static struct ui *
open_ui(struct drive *d)
{
	const struct ui_host host = { .err = last_err };
	struct ui *ui = ui_new(&host, &d->port, all, d->h, d->w);

	assert_int_equal(ui_open(ui, "plain", NULL), 0);
	return ui;
}

/* ui_confirm() */

static void
confirm_body(struct drive *d, void *arg)
{
	struct ui *ui = open_ui(d);

	*(int *)arg = ui_confirm(ui, "Ship",
	    "Ship %d parcels and export the file for 淘宝? This cannot be "
	    "taken back on the platform.",
	    3);
	ui_free(ui);
}

static void
confirm_waits_for_a_considered_enter(void **state)
{
	int answer = -1;
	struct drive *d = start(confirm_body, &answer);

	(void)state;
	golden_check("tui-confirm", d->styles);
	/* What a scanner, a stray hand or a paste brings answers nothing. */
	drive_keys(d, "scan:6901234567892 paste:'yes' y x at-once Enter");
	assert_false(d->over);
	assert_int_equal(d->bells[0], 5);
	drive_keys(d, "Enter");
	assert_true(d->over);
	assert_int_equal(answer, 1);
	drive_free(d);
}

static void
confirm_is_no_by_esc_and_by_a_lost_terminal(void **state)
{
	static const char *const keys[] = { "Esc", "hangup", "'yn' Esc" };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		int answer = -1;
		struct drive *d = start(confirm_body, &answer);

		drive_keys(d, keys[i]);
		assert_true(d->over);
		assert_int_equal(answer, 0);
		drive_free(d);
	}
}

/* ui_ask() */

struct asked {
	bool yes;
	char text[40];
};

static void
ask_body(struct drive *d, void *arg)
{
	struct asked *a = arg;
	struct ui *ui = open_ui(d);

	a->yes = ui_ask(
	    ui, "Why is the order put on hold?", a->text, sizeof(a->text));
	ui_free(ui);
}

static void
ask_takes_text_and_scans(void **state)
{
	struct asked a = { .text = "缺货" };
	struct drive *d = start(ask_body, &a);

	(void)state;
	drive_keys(d, "'，等补货 ' scan:6901234");
	golden_check("tui-ask", drive_text(d));
	assert_false(d->over);
	drive_keys(d, "Enter");
	assert_true(a.yes);
	assert_string_equal(a.text, "缺货，等补货 6901234");
	drive_free(d);
}

static void
ask_given_up_changes_nothing(void **state)
{
	struct asked a = { .text = "old" };
	struct drive *d = start(ask_body, &a);

	(void)state;
	drive_keys(d, "' and new' Esc");
	assert_false(a.yes);
	assert_string_equal(a.text, "old");
	drive_free(d);
}

/* ui_pick() */

static void
pick_body(struct drive *d, void *arg)
{
	static const char *const couriers[] = { "顺丰速运", "中通快递",
		"圆通速递", "申通快递", "韵达快递", "极兔速递", "邮政EMS",
		"京东物流", "德邦快递", "百世快递", "菜鸟裹裹", "跨越速运",
		"丹鸟", "DHL", "UPS" };
	struct ui *ui = open_ui(d);

	*(int *)arg = ui_pick(ui, "Courier", couriers, 15, 1);
	ui_free(ui);
}

static int
pick(const char *keys)
{
	int chosen = -2;
	struct drive *d = start(pick_body, &chosen);

	drive_keys(d, keys);
	assert_true(d->over);
	drive_free(d);
	return chosen;
}

static void
pick_by_arrows_words_and_pinyin(void **state)
{
	(void)state;
	assert_int_equal(pick("Enter"), 1);
	assert_int_equal(pick("Down Down Up Enter"), 2);
	assert_int_equal(pick("End Enter"), 14);
	assert_int_equal(pick("Home Up Enter"), 0);
	assert_int_equal(pick("PgDn PgDn Enter"), 14);
	assert_int_equal(pick("'sf' Enter"), 0);
	assert_int_equal(pick("'yt' Enter"), 2);
	assert_int_equal(pick("'物流' Enter"), 7);
	assert_int_equal(pick("'dhl' Enter"), 13);
	assert_int_equal(pick("'快递' Down Enter"), 3);
	assert_int_equal(pick("'zzz' Enter Backspace Esc Enter"), 0);
	assert_int_equal(pick("'zt' Esc Esc"), -1);
	assert_int_equal(pick("hangup"), -1);
}

static void
pick_shows_where_one_is(void **state)
{
	int chosen;
	struct drive *d = start(pick_body, &chosen);

	(void)state;
	golden_check("tui-pick", drive_text(d));
	drive_keys(d, "End");
	golden_check("tui-pick-end", drive_text(d));
	drive_keys(d, "'快递'");
	golden_check("tui-pick-found", drive_text(d));
	drive_free(d);
}

/* ui_text() */

static void
text_body(struct drive *d, void *arg)
{
	struct ui *ui = open_ui(d);

	ui_text(ui, "Refused rows", arg);
	ui_free(ui);
}

static void
text_scrolls(void **state)
{
	char text[2000] = "";
	struct drive *d;
	int i;

	(void)state;
	for (i = 1; i <= 40; i++) {
		char row[80];

		snprintf(
		    row, sizeof(row), "Row %d: 数量“%d.5”不是整数\n", i, i);
		strncat(text, row, sizeof(text) - strlen(text) - 1);
	}
	d = start(text_body, text);
	golden_check("tui-text", drive_text(d));
	drive_keys(d, "PgDn j");
	golden_check("tui-text-down", drive_text(d));
	drive_keys(d, "End End");
	assert_true(drive_sees(d, "Row 40"));
	drive_keys(d, "k k Home Up");
	assert_true(drive_sees(d, "Row 1:"));
	drive_keys(d, "Enter");
	assert_true(d->over);
	drive_free(d);
}

static void
tell_body(struct drive *d, void *arg)
{
	struct ui *ui = open_ui(d);

	ui_tell(ui, "Exported", arg);
	ui_free(ui);
}

static void
telling_is_as_large_as_what_is_told(void **state)
{
	char text[] = "3 parcels were written to 发货-20261122.csv. Upload it "
		      "at the platform under 批量发货, and the parcels are "
		      "done.";
	struct drive *d = start(tell_body, text);

	(void)state;
	golden_check("tui-tell", drive_text(d));
	drive_keys(d, "PgUp PgDn x q");
	assert_true(d->over);
	drive_free(d);
}

/* ui_form() */

struct item {
	char sku[16];
	char name[48];
	int64_t price;
	int64_t weight;
	char kind[12];
	char shop[24];
	char password[24];
};

static const char *const kinds[] = { "normal", "fragile", "kit", NULL };

static const struct field fields[] = {
	{ FIELD_CHARS(
	    struct item, sku, FIELD_TEXT, N_("商家编码"), FIELD_REQUIRED) },
	{ FIELD_CHARS(struct item, name, FIELD_TEXT, N_("Name of goods"), 0) },
	{ FIELD_NUM(struct item, price, FIELD_MONEY, N_("售价"), 0),
	    .hint = N_("yuan") },
	{ FIELD_NUM(struct item, weight, FIELD_COUNT, N_("Weight"), 0),
	    .hint = N_("grams") },
	{ FIELD_CHARS(struct item, kind, FIELD_PICK, N_("Kind"), 0),
	    .choices = kinds },
	{ FIELD_CHARS(struct item, shop, FIELD_TEXT, N_("店铺"), FIELD_FIXED) },
	{ FIELD_CHARS(struct item, password, FIELD_SECRET, N_("Password"), 0) },
	{ .name = NULL },
};

struct filling {
	struct item item;
	int rc;
	int saves;
};

/* The rules, which the form does not know. */
static int
save(void *arg, const void *record)
{
	struct filling *f = arg;
	const struct item *item = record;

	f->saves++;
	if (item->sku[0] == '\0')
		return err_set(
		    &last, ERR_INVALID, "sku", "An item needs a code");
	if (strcmp(item->sku, "TAKEN") == 0)
		return err_set(&last, ERR_CONFLICT, "sku",
		    "The code TAKEN is that of 不锈钢雪平锅 20cm already: "
		    "choose another one, or change that one");
	if (item->price < 0)
		return err_set(
		    &last, ERR_INVALID, "price", "A price is not negative");
	if (item->weight == 13)
		return err_set(&last, ERR_BUSY, "",
		    "Somebody else is saving just now: try again");
	return 0;
}

static void
form_body(struct drive *d, void *arg)
{
	struct filling *f = arg;
	struct ui *ui = open_ui(d);

	f->rc = ui_form(ui, "New item", fields, &f->item, save, f);
	ui_free(ui);
}

static void
filling_init(struct filling *f)
{
	*f = (struct filling){ .rc = -9,
		.item = { .price = 12950,
		    .weight = 850,
		    .kind = "fragile",
		    .shop = "留样店" } };
}

static void
a_form_fills_in_a_record(void **state)
{
	struct filling f;
	struct drive *d;

	(void)state;
	filling_init(&f);
	d = start(form_body, &f);
	golden_check("tui-form", d->styles);
	drive_keys(d, "'F-503' Enter '三德刀' Tab Ctrl-U '¥1,299.5' Down "
		      "Ctrl-U '1200' Enter Right Enter 'geheim' Enter");
	assert_true(d->over);
	assert_int_equal(f.rc, 1);
	assert_string_equal(f.item.sku, "F-503");
	assert_string_equal(f.item.name, "三德刀");
	assert_int_equal(f.item.price, 129950);
	assert_int_equal(f.item.weight, 1200);
	assert_string_equal(f.item.kind, "kit");
	assert_string_equal(f.item.shop, "留样店");
	assert_string_equal(f.item.password, "geheim");
	drive_free(d);
}

static void
an_error_stands_under_its_field(void **state)
{
	struct filling f;
	struct drive *d;

	(void)state;
	filling_init(&f);
	d = start(form_body, &f);
	drive_keys(d, "Tab 'x' Ctrl-S");
	golden_check("tui-form-empty", d->styles);
	/* The cursor went there; typing takes the sentence away. */
	drive_keys(d, "'TAKEN'");
	assert_null(strstr(drive_text(d), "needs a code"));
	drive_keys(d, "F2");
	golden_check("tui-form-taken", drive_text(d));
	drive_keys(d, "Ctrl-U 'F-1' Tab Tab Ctrl-U '-5' Ctrl-S");
	assert_true(drive_sees(d, "A price is not negative"));
	drive_keys(d, "Ctrl-U '5 Yen' Ctrl-S");
	assert_true(drive_sees(d, "An amount is wanted here"));
	drive_keys(d, "Ctrl-U Tab Ctrl-U '1.5' Ctrl-S");
	assert_true(drive_sees(d, "A whole number is wanted here"));
	drive_keys(d, "Ctrl-U '13' Ctrl-S");
	golden_check("tui-form-busy", drive_text(d));
	drive_keys(d, "Backspace '4' Ctrl-S");
	assert_int_equal(f.rc, 1);
	assert_int_equal(f.item.price, 0);
	assert_int_equal(f.item.weight, 14);
	drive_free(d);
}

static void
giving_up_asks_when_something_changed(void **state)
{
	struct filling f;
	struct drive *d;

	(void)state;
	filling_init(&f);
	d = start(form_body, &f);
	drive_keys(d, "Esc");
	assert_true(d->over);
	assert_int_equal(f.rc, 0);
	drive_free(d);

	filling_init(&f);
	d = start(form_body, &f);
	drive_keys(d, "'x' Tab Tab Ctrl-U '-1' Ctrl-S Esc");
	assert_true(drive_sees(d, "Give up what was changed?"));
	drive_keys(d, "Esc");
	assert_true(drive_sees(d, "New item"));
	drive_keys(d, "Esc Enter");
	assert_true(d->over);
	assert_int_equal(f.rc, 0);
	assert_int_equal(f.saves, 1);
	/* A save that was refused leaves no trace. */
	assert_string_equal(f.item.sku, "");
	assert_int_equal(f.item.price, 12950);
	drive_free(d);
}

static void
a_scan_fills_the_field_and_saves_nothing(void **state)
{
	struct filling f;
	struct drive *d;

	(void)state;
	filling_init(&f);
	d = start(form_body, &f);
	drive_keys(d, "scan:6901234567892");
	assert_true(drive_sees(d, "6901234567892"));
	drive_keys(d, "Shift-Tab");
	drive_free(d);
	assert_int_equal(f.saves, 0);
}

static void
a_choice_is_picked_from_a_list(void **state)
{
	struct filling f;
	struct drive *d;

	(void)state;
	filling_init(&f);
	d = start(form_body, &f);
	drive_keys(d, "'a' Tab Tab Tab Tab Left");
	assert_true(drive_sees(d, "< normal >"));
	drive_keys(d, "Left");
	assert_true(drive_sees(d, "< kit >"));
	drive_keys(d, "Space");
	golden_check("tui-form-pick", drive_text(d));
	drive_keys(d, "'fra' Enter");
	assert_true(drive_sees(d, "< fragile >"));
	drive_keys(d, "Ctrl-S");
	assert_string_equal(f.item.kind, "fragile");
	drive_free(d);
}

/* More fields than the screen has lines. */

#define LONG 26

struct sheet {
	int64_t n[LONG];
};

static int
cancelled_once(void *arg, const void *record)
{
	const struct sheet *sheet = record;
	int *saves = arg;

	if (++*saves == 1)
		return err_set(&last, ERR_CANCELLED, "", "Esc was pressed");
	if (sheet->n[LONG - 1] != 7)
		return err_set(&last, ERR_INVALID, "f25", "Seven is wanted");
	return 0;
}

static void
sheet_body(struct drive *d, void *arg)
{
	static char names[LONG][8];
	struct field rows[LONG + 1] = { 0 };
	struct ui *ui = open_ui(d);
	struct sheet sheet = { .n = { 1 } };
	int i;

	for (i = 0; i < LONG; i++) {
		snprintf(names[i], sizeof(names[i]), "f%d", i);
		rows[i] = (struct field){ .name = names[i],
			.label = names[i],
			.type = FIELD_COUNT,
			.offset = offsetof(struct sheet, n) +
				  (size_t)i * sizeof(int64_t),
			.size = sizeof(int64_t) };
	}
	assert_int_equal(
	    ui_form(ui, "Many", rows, &sheet, cancelled_once, arg), 1);
	ui_free(ui);
}

static void
a_long_form_scrolls(void **state)
{
	int saves = 0;
	struct drive *d = start(sheet_body, &saves);

	(void)state;
	golden_check("tui-form-long", drive_text(d));
	drive_keys(d, "Ctrl-S"); /* cancelled: nothing to tell */
	assert_int_equal(d->bells[0], 0);
	drive_keys(d, "Ctrl-S");
	golden_check("tui-form-long-end", drive_text(d));
	drive_keys(d, "Up Tab '7' Enter");
	assert_true(d->over);
	assert_int_equal(saves, 3);
	drive_free(d);
}

static void
a_form_in_a_storm_of_sizes(void **state)
{
	struct filling f;
	struct drive *d;
	char script[64];
	int h;

	(void)state;
	filling_init(&f);
	d = start(form_body, &f);
	for (h = 0; h < 60; h++) {
		snprintf(script, sizeof(script), "resize:%dx%d Tab 'x'", h,
		    200 - 3 * h);
		drive_keys(d, script);
	}
	drive_keys(d, "resize:24x80 hangup");
	assert_true(d->over);
	assert_int_equal(f.rc, 0);
	assert_string_equal(f.item.sku, "");
	drive_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(confirm_waits_for_a_considered_enter),
		cmocka_unit_test(confirm_is_no_by_esc_and_by_a_lost_terminal),
		cmocka_unit_test(ask_takes_text_and_scans),
		cmocka_unit_test(ask_given_up_changes_nothing),
		cmocka_unit_test(pick_by_arrows_words_and_pinyin),
		cmocka_unit_test(pick_shows_where_one_is),
		cmocka_unit_test(text_scrolls),
		cmocka_unit_test(telling_is_as_large_as_what_is_told),
		cmocka_unit_test(a_form_fills_in_a_record),
		cmocka_unit_test(an_error_stands_under_its_field),
		cmocka_unit_test(giving_up_asks_when_something_changed),
		cmocka_unit_test(a_scan_fills_the_field_and_saves_nothing),
		cmocka_unit_test(a_choice_is_picked_from_a_list),
		cmocka_unit_test(a_long_form_scrolls),
		cmocka_unit_test(a_form_in_a_storm_of_sizes),
	};

	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
