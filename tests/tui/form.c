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
#include "shopmgr/base/time.h"

/* What is typed into forms: days, sums, notes, choices. */

static struct err last;

static const struct err *
last_err(void *app)
{
	(void)app;
	return &last;
}

static const struct screen_ops plain = { .name = "plain", .title = "A toy" };
static const struct screen_ops *const all[] = { &plain, NULL };

struct deal {
	char flag[16];
	int64_t due;
	int64_t cost;
	int64_t qty;
	char note[200];
	char buyer[130];
};

static const char *const flags[] = { "", "red", "yellow", "green", NULL };

static const struct field fields[] = {
	{ FIELD_CHARS(struct deal, flag, FIELD_PICK, N_("Flag"), 0),
	    .choices = flags },
	{ FIELD_NUM(struct deal, due, FIELD_DATE, N_("Due"), 0) },
	{ FIELD_NUM(struct deal, cost, FIELD_MONEY, N_("成本"), 0),
	    .hint = N_("yuan") },
	{ FIELD_NUM(struct deal, qty, FIELD_COUNT, N_("Qty"), FIELD_REQUIRED) },
	{ FIELD_CHARS(struct deal, note, FIELD_NOTE, N_("Remark"), 0) },
	{ FIELD_CHARS(struct deal, buyer, FIELD_TEXT, N_("Buyer"), 0) },
	{ .name = NULL },
};

struct filling {
	struct deal deal;
	struct err refuse; /* what the next save says; code 0: nothing */
	int rc, saves;
	const char *unsaved;
	struct ui *ui;
};

static int
save(void *arg, const void *record)
{
	struct filling *f = arg;

	(void)record;
	f->saves++;
	if (f->refuse.code == 0)
		return 0;
	last = f->refuse;
	f->refuse.code = 0;
	return (int)last.code;
}

static void
form_body(struct drive *d, void *arg)
{
	struct filling *f = arg;
	const struct ui_host host = { .err = last_err };

	f->ui = ui_new(&host, &d->port, all, d->h, d->w);
	assert_int_equal(ui_open(f->ui, "plain", NULL), 0);
	f->rc = ui_form(f->ui, "A deal", fields, &f->deal, save, f);
	ui_free(f->ui);
}

static struct drive *
start(struct filling *f)
{
	*f = (struct filling){ .rc = -9 };
	return drive_new(24, 80, form_body, f);
}

static int64_t
day_of(const char *text)
{
	int64_t t;

	assert_int_equal(time_parse(text, &t), 0);
	return time_day(t);
}

static void
sees(struct drive *d, const char *text)
{
	if (!drive_sees(d, text))
		fail_msg("\"%s\" is not on the screen", text);
}

static void
misses(struct drive *d, const char *text)
{
	if (strstr(drive_text(d), text) != NULL)
		fail_msg("\"%s\" is on the screen", text);
}

/* Days */

static void
a_day_is_told_while_it_is_typed(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	drive_keys(d, "Tab");
	sees(d, "such as 11-30, +3, fri");
	drive_keys(d, "'11-30'");
	sees(d, "11-30           2026-11-30 Mon · in 8 d");
	drive_keys(d, "Ctrl-U '周五'");
	sees(d, "周五            2026-11-27 Fri · in 5 d");
	drive_keys(d, "Ctrl-U 'fri'");
	sees(d, "2026-11-27 Fri · in 5 d");
	golden_check("tui-form-day", d->styles);
	/* On leaving it is the day itself; undone, what was typed. */
	drive_keys(d, "Tab");
	sees(d, "Due     • 2026-11-27");
	drive_keys(d, "Shift-Tab Ctrl-Z");
	sees(d, "Due     • fri  ");
	drive_keys(d, "Ctrl-S");
	assert_int_equal(f.rc, 1);
	assert_int_equal(f.deal.due, day_of("2026-11-27"));
	drive_free(d);
}

static void
what_is_no_day_is_refused_there(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	drive_keys(d, "Tab 'soon' Tab");
	sees(d, "soon");
	drive_keys(d, "Ctrl-S");
	sees(d, "A day is wanted here, such as 11-30, +3 or fri");
	assert_int_equal(f.saves, 0);
	drive_keys(d, "Ctrl-U '+3'");
	misses(d, "A day is wanted");
	drive_keys(d, "Ctrl-S");
	assert_int_equal(f.deal.due, day_of("2026-11-25"));
	drive_free(d);
	/* None is fine. */
	d = start(&f);
	drive_keys(d, "Ctrl-S");
	assert_int_equal(f.rc, 1);
	assert_int_equal(f.deal.due, 0);
	drive_free(d);
}

/* Sums */

static void
a_sum_is_told_while_it_is_typed(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	drive_keys(d, "Tab Tab '12.5'");
	misses(d, "= ");
	drive_keys(d, "'+3*2'");
	sees(d, "12.5+3*2        = 18.50  yuan");
	drive_keys(d, "Down '3*12+'");
	sees(d, "18.50           yuan");
	misses(d, "= ");
	drive_keys(d, "'500'");
	sees(d, "= 536");
	golden_check("tui-form-sum", d->styles);
	drive_keys(d, "Ctrl-S");
	assert_int_equal(f.rc, 1);
	assert_int_equal(f.deal.cost, 1850);
	assert_int_equal(f.deal.qty, 536);
	drive_free(d);
}

static void
a_sum_that_is_none_is_refused_there(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	drive_keys(d, "Tab Tab '3*' Tab '2' Ctrl-S");
	sees(d, "An amount is wanted here, such as 12.50 or 3*4.5+2");
	drive_keys(d, "'4' Tab Backspace '2.5*2' Ctrl-S");
	sees(d, "A whole number is wanted here, such as 40 or 3*12+4");
	drive_keys(d, "Ctrl-U '0' Tab");
	sees(d, "• 0 ");
	drive_keys(d, "Ctrl-S");
	assert_int_equal(f.deal.cost, 1200);
	assert_int_equal(f.deal.qty, 0);
	drive_free(d);
}

/* Notes */

#define NOTE "Tab Tab Tab Tab "

static void
a_note_has_lines(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	drive_keys(d, NOTE "'改发红色' Enter Enter 'call first' Up Up 'x'");
	golden_check("tui-form-note", d->styles);
	assert_false(d->over);
	drive_keys(d, "Backspace Down Down End '!' Tab 'Li Na' Ctrl-S");
	assert_int_equal(f.rc, 1);
	assert_string_equal(f.deal.note, "改发红色\n\ncall first!");
	assert_string_equal(f.deal.buyer, "Li Na");
	drive_free(d);
}

static void
a_paste_keeps_its_lines_in_a_note_only(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	drive_keys(d, NOTE "paste:'a\nb\r\nc\td' Tab paste:'a\nb\r\nc\n'");
	assert_false(d->over);
	assert_int_equal(f.saves, 0);
	drive_keys(d, "Ctrl-S");
	assert_string_equal(f.deal.note, "a\nb\nc d");
	assert_string_equal(f.deal.buyer, "a b c");
	drive_free(d);
}

/* Nobody types on without knowing that it goes nowhere. */
static void
a_full_field_says_so(void **state)
{
	struct filling f;
	struct drive *d = start(&f);
	char xs[sizeof(f.deal.buyer)], keys[200];

	(void)state;
	memset(xs, 'x', sizeof(xs) - 1);
	xs[sizeof(xs) - 1] = '\0';
	snprintf(keys, sizeof(keys), NOTE "Tab paste:'%s'", xs);
	drive_keys(d, keys);
	misses(d, "There is no room for more here.");
	drive_keys(d, "'y'");
	sees(d, "There is no room for more here.");
	drive_keys(d, "Backspace 'y'");
	misses(d, "There is no room for more here.");
	drive_free(d);
}

/* A terminal that does not tell a paste sends it as keys in no time. */
static void
fast_keys_make_lines_in_a_note_and_save_nothing(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	drive_keys(d, NOTE "'ab' at-once Enter at-once c at-once Enter 'd' "
			   "scan:69012345 'e'");
	assert_false(d->over);
	drive_keys(d, "Tab 'z' at-once Enter");
	assert_false(d->over);
	assert_int_equal(f.saves, 0);
	drive_keys(d, "Enter");
	assert_true(d->over);
	assert_string_equal(f.deal.note, "ab\nc\nd69012345\ne");
	assert_string_equal(f.deal.buyer, "z");
	drive_free(d);
}

static void
a_long_note_wraps_and_scrolls(void **state)
{
	struct filling f;
	struct drive *d = start(&f);
	int i;

	(void)state;
	drive_keys(d, NOTE);
	for (i = 0; i < 6; i++)
		drive_keys(d, "'一二三四五六七八九十'");
	for (i = 0; i < 4; i++)
		drive_keys(d, "Enter b");
	golden_check("tui-form-note-long", drive_text(d));
	drive_keys(d, "Up Up Up Up Home 'x' End 'y' PgUp 'z'");
	golden_check("tui-form-note-top", drive_text(d));
	drive_keys(d, "Ctrl-Z Up Ctrl-S");
	assert_int_equal(f.rc, 1);
	/* It ends where it is full, at a whole character. */
	assert_int_equal(strlen(f.deal.note), 180 + 8 + 2);
	drive_free(d);
}

static void
up_and_down_keep_to_their_column(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	drive_keys(d, NOTE "'一二三四' Enter 'ab' Enter '甲乙丙丁' Left Up "
			   "'c' Up 'd'");
	drive_keys(d, "Ctrl-S");
	assert_string_equal(f.deal.note, "一d二三四\nabc\n甲乙丙丁");
	drive_free(d);
	/* Beyond the first and the last row are other fields. */
	d = start(&f);
	drive_keys(d, NOTE "'one' Up '7' Down 'x' Down 'y' Ctrl-S");
	assert_int_equal(f.deal.qty, 7);
	assert_string_equal(f.deal.note, "onex");
	assert_string_equal(f.deal.buyer, "y");
	drive_free(d);
}

/* Choices */

static void
a_letter_opens_the_list_right_there(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	drive_keys(d, "y");
	golden_check("tui-form-choices", d->styles);
	drive_keys(d, "Enter");
	sees(d, "< yellow >");
	drive_keys(d, "'绿' Enter");
	sees(d, "< green >");
	drive_keys(d, "Ctrl-Z");
	sees(d, "< yellow >");
	drive_keys(d, "g Esc Esc");
	sees(d, "< yellow >");
	drive_keys(d, "Ctrl-S");
	assert_string_equal(f.deal.flag, "yellow");
	drive_free(d);
}

/* Errors */

static void
nothing_typed_is_lost_by_an_error(void **state)
{
	static const struct err errors[] = {
		{ ERR_BUSY, "", "Somebody else is saving: try again" },
		{ ERR_DB, "", "The disk is full: make room and save again" },
		{ ERR_IO, "", "The file cannot be written" },
		{ ERR_CONFLICT, "", "Somebody else changed it meanwhile" },
		{ ERR_STATE, "qty", "The order is shipped already" },
		{ ERR_DENIED, "cost", "Costs are not yours to change" },
		{ ERR_INVALID, "note", "That is no remark" },
		{ ERR_INVALID, "nothing", "About no field of it" },
	};
	struct filling f;
	struct drive *d = start(&f);
	size_t i;

	(void)state;
	drive_keys(d, "Tab '+3' Tab '3*4' Tab '5' Tab 'a' Enter 'b' Tab 'c'");
	for (i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		f.refuse = errors[i];
		drive_keys(d, "Ctrl-S");
		sees(d, errors[i].text);
		sees(d, "2026-11-25");
		sees(d, "12.00");
		assert_false(d->over);
	}
	f.refuse = errors[6];
	drive_keys(d, "Ctrl-S");
	golden_check("tui-form-refused", d->styles);
	/* The cursor went to the field at fault. */
	drive_keys(d, "'!' Ctrl-S");
	assert_int_equal(f.rc, 1);
	assert_string_equal(f.deal.note, "a\nb!");
	assert_string_equal(f.deal.buyer, "c");
	assert_int_equal(f.deal.cost, 1200);
	drive_free(d);
}

static void
what_would_be_lost_is_known(void **state)
{
	struct filling f;
	struct drive *d = start(&f);

	(void)state;
	assert_null(ui_unsaved(f.ui));
	drive_keys(d, "Tab x");
	assert_non_null(ui_unsaved(f.ui));
	drive_keys(d, "Ctrl-Z");
	assert_null(ui_unsaved(f.ui));
	drive_keys(d, "Esc");
	assert_true(d->over);
	drive_free(d);
}

/* At every size down to nothing, with an error in the note. */
static void
a_form_fits_any_size(void **state)
{
	struct filling f;
	struct drive *d = start(&f);
	char script[80];
	int h, w;

	(void)state;
	drive_keys(d, NOTE "paste:'一\n二\n三\n四\n五\n六\n七'");
	f.refuse = (struct err){ ERR_INVALID, "note",
		"That is no remark, for it is far too long and says nothing "
		"that anybody wants to know about it, now or later" };
	drive_keys(d, "Ctrl-S");
	for (h = 1; h < 40; h += 3) {
		for (w = 1; w < 130; w += 9) {
			snprintf(script, sizeof(script), "resize:%dx%d", h, w);
			drive_keys(d, script);
		}
	}
	drive_keys(d, "resize:24x80");
	sees(d, "That is no remark");
	drive_keys(d, "Ctrl-S");
	assert_string_equal(f.deal.note, "一\n二\n三\n四\n五\n六\n七");
	drive_free(d);
}

/* Passwords */

struct door {
	char name[32];
	char password[64], again[64];
};

static const struct field door_fields[] = {
	{ FIELD_CHARS(struct door, name, FIELD_TEXT, N_("Name"), 0) },
	{ FIELD_CHARS(struct door, password, FIELD_SECRET, N_("Password"), 0) },
	{ FIELD_CHARS(struct door, again, FIELD_SECRET, N_("Once more"), 0) },
	{ .name = NULL },
};

static struct door door;

static bool
take_badge(void *app, struct ui *ui, const char *code)
{
	(void)ui;
	snprintf(app, 32, "%s", code);
	return strncmp(code, "SMB-", 4) == 0;
}

static int
let_in(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return 0;
}

static void
door_body(struct drive *d, void *arg)
{
	const struct ui_host host = {
		.err = last_err, .scan = take_badge, .app = arg
	};
	struct ui *ui = ui_new(&host, &d->port, all, d->h, d->w);

	assert_int_equal(ui_open(ui, "plain", NULL), 0);
	assert_int_equal(
	    ui_form(ui, "A door", door_fields, &door, let_in, NULL), 1);
	ui_free(ui);
}

/* Some keyboards are as fast as a scanner; whatever they type in a password's
 * place is the password, and its Enter an Enter. */
static void
a_password_is_never_a_scan(void **state)
{
	char badge[32] = "";
	struct drive *d;

	(void)state;
	door = (struct door){ .password = "" };
	d = drive_new(24, 80, door_body, badge);
	drive_keys(d, "scan:lina01 'ab' scan:SMB-1234 'x' Ctrl-U 'ab'");
	assert_string_equal(badge, "lina01");
	drive_keys(d, "scan:SMB-1234");
	assert_string_equal(badge, "lina01");
	assert_true(d->over);
	assert_string_equal(door.name, "lina01");
	assert_string_equal(door.password, "abSMB-1234");
	assert_string_equal(door.again, "abSMB-1234");
	drive_free(d);

	door = (struct door){ .password = "" };
	d = drive_new(24, 80, door_body, badge);
	drive_keys(d, "Tab 'abc' at-once Enter 'abc' at-once Enter");
	assert_true(d->over);
	assert_string_equal(door.again, "abc");
	drive_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_told_while_it_is_typed),
		cmocka_unit_test(what_is_no_day_is_refused_there),
		cmocka_unit_test(a_sum_is_told_while_it_is_typed),
		cmocka_unit_test(a_sum_that_is_none_is_refused_there),
		cmocka_unit_test(a_note_has_lines),
		cmocka_unit_test(a_paste_keeps_its_lines_in_a_note_only),
		cmocka_unit_test(a_full_field_says_so),
		cmocka_unit_test(
		    fast_keys_make_lines_in_a_note_and_save_nothing),
		cmocka_unit_test(a_long_note_wraps_and_scrolls),
		cmocka_unit_test(up_and_down_keep_to_their_column),
		cmocka_unit_test(a_letter_opens_the_list_right_there),
		cmocka_unit_test(nothing_typed_is_lost_by_an_error),
		cmocka_unit_test(what_would_be_lost_is_known),
		cmocka_unit_test(a_form_fits_any_size),
		cmocka_unit_test(a_password_is_never_a_scan),
	};

	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	i18n_init("en");
	if (time_zone_set("Asia/Shanghai") < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
