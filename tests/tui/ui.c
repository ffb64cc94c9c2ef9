/* SPDX-License-Identifier: MIT */
#include "toy.h"

#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"

/* A small shop of three screens, to see how screens are kept and keys find
 * their way. */

static struct own {
	int64_t version;
	const char *hold_keys; /* bound in the settings */
	int refreshed, idled;
} own;

static const char *
shop(void *app)
{
	(void)app;
	return "留样店";
}

static const char *
who(void *app)
{
	(void)app;
	return "Li Na · agent";
}

static const char *
binding(void *app, const char *screen, const char *cmd)
{
	(void)app;
	if (strcmp(screen, "orders") == 0 && strcmp(cmd, "order-hold") == 0)
		return own.hold_keys;
	return NULL;
}

static int64_t
version(void *app)
{
	(void)app;
	return own.version;
}

static void
idle(void *app)
{
	(void)app;
	own.idled++;
}

static int
refresh_any(struct screen *sc)
{
	(void)sc;
	own.refreshed++;
	return 0;
}

static void
draw_any(struct screen *sc, struct canvas *c, struct rect r)
{
	char text[80];

	snprintf(text, sizeof(text), "%s: %d x %d", sc->ops->name, r.h, r.w);
	canvas_text(c, r.y, r.x, r.w, STYLE_TEXT, text);
	canvas_text(c, r.y + r.h - 1, r.x, r.w, STYLE_TEXT, "last row");
	canvas_text(c, 0, 0, 80, STYLE_BAD, "no screen draws up here");
	canvas_text(c, canvas_h(c) - 1, 0, 80, STYLE_BAD, "nor down here");
}

static int
key_any(struct screen *sc, const struct key *k)
{
	if (k->code == KEY_SCAN && strcmp(sc->ops->name, "orders") == 0) {
		snprintf(toy.scanned, sizeof(toy.scanned), "%s", k->text);
		return 1;
	}
	return 0;
}

static int
do_fail(struct screen *sc)
{
	(void)sc;
	return err_set(&toy.err, ERR_BUSY, "",
	    "Somebody else is saving just now: nothing was changed, please "
	    "try again in a moment, and tell the one who keeps the shop's "
	    "machine if it goes on");
}

static int
do_card(struct screen *sc)
{
	return ui_open(sc->ui, "order", "4119203366520877731");
}

static int
do_next_card(struct screen *sc)
{
	return ui_open(sc->ui, "order", "4119203366520877732");
}

static int
do_bad_card(struct screen *sc)
{
	return ui_open(sc->ui, "order", "bad");
}

static int
do_work(struct screen *sc)
{
	int64_t i;

	/* Until Esc, however fast the machine. */
	for (i = 0; !ui_progress(sc->ui, "Importing", i, 0); i++)
		;
	return ERR_CANCELLED;
}

static int
do_boss(struct screen *sc)
{
	return ui_open(sc->ui, "staff", NULL);
}

static const struct cmd order_cmds[] = {
	{ "order-open", "Enter", N_("Open"), N_("Show the whole order"),
	    PERM_ALL, CMD_NEEDS_ROW, do_card },
	{ "order-hold", "h F4", N_("Hold"), N_("Stop it from being shipped"),
	    PERM_ALL, CMD_NEEDS_ROW, do_hold },
	{ "order-bad", "b", N_("Bad"), N_("Open one that is gone"), 0, 0,
	    do_bad_card },
	{ "order-fail", "f", N_("Fail"), N_("Fail at something"), 0, 0,
	    do_fail },
	{ "order-ask", "a", N_("Ask"), N_("Ask before"), 0, 0, do_ask },
	{ "order-work", "w", N_("Work"), N_("Work for long"), 0, 0, do_work },
	{ "order-next", "n", NULL, N_("The next order"), 0, 0, do_next_card },
	{ "order-price", "p", N_("Price"), N_("Change the price"), PERM_BOSS, 0,
	    do_hold },
	{ "order-staff", "s", N_("Staff of today"), N_("Who works"), 0, 0,
	    do_boss },
	{ .name = NULL },
};

static const struct cmd card_cmds[] = {
	{ "card-next", "n", N_("Next"), N_("The next order"), 0, 0,
	    do_next_card },
	{ .name = NULL },
};

#define COMMON \
	.size = sizeof(struct state), .open = open_any, .close = close_any, \
	.refresh = refresh_any, .draw = draw_any, .subtitle = subtitle

static const struct screen_ops front = {
	.name = "front", .title = N_("Toy today"), .go = "F9", COMMON
};
static const struct screen_ops orders = { .name = "orders",
	.title = N_("Toy orders"),
	.go = "F2",
	.perm = PERM_ALL,
	.cmds = order_cmds,
	.key = key_any,
	.has_row = has_row,
	COMMON };
static const struct screen_ops order = {
	.name = "order", .title = N_("Toy order"), .cmds = card_cmds, COMMON
};
static const struct screen_ops staff = { .name = "staff",
	.title = N_("Toy staff"),
	.go = "F7",
	.perm = PERM_BOSS,
	COMMON };
static const struct screen_ops *const all[] = { &front, &orders, &order, &staff,
	NULL };

static void
body(struct drive *d, void *arg)
{
	const struct ui_host host = {
		.may = may,
		.err = last_err,
		.shop = shop,
		.who = who,
		.binding = binding,
		.version = version,
		.idle = idle,
	};

	(void)arg;
	toy_run(d, &host, all);
}

static struct drive *
start(int h, int w)
{
	toy = (struct toy){ .held = 0 };
	own = (struct own){ 0 };
	i18n_init("en");
	return drive_new(h, w, body, NULL);
}

static void
the_four_places(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	golden_check("tui-front", drive_text(d));
	drive_keys(d, "F2");
	golden_check("tui-orders", d->styles);
	drive_keys(d, "Enter");
	golden_check("tui-order", drive_text(d));
	drive_keys(d, "resize:40x132");
	golden_check("tui-order-132", drive_text(d));
	drive_free(d);
	assert_int_equal(toy.opened, toy.closed);
}

static void
esc_goes_back_and_q_asks_at_the_end(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 Enter Esc");
	assert_true(drive_sees(d, "orders: "));
	drive_keys(d, "Enter q Esc Esc Esc");
	assert_true(drive_sees(d, "front: "));
	assert_false(d->over);
	drive_keys(d, "q");
	assert_true(drive_sees(d, "Leave shopmgr?"));
	drive_keys(d, "Esc");
	assert_false(d->over);
	drive_keys(d, "q Enter");
	assert_true(d->over);
	drive_free(d);

	d = start(24, 80);
	drive_keys(d, "F2 Ctrl-Q");
	assert_true(d->over);
	drive_free(d);
}

static void
an_open_screen_is_gone_to(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 F9 F2");
	assert_int_equal(toy.opened, 2);
	drive_keys(d, "Enter n n");
	assert_true(drive_sees(d, "4119203366520877732"));
	/* One card took the other's place: one Esc leads to the list. */
	drive_keys(d, "Esc");
	assert_true(drive_sees(d, "orders: "));
	drive_free(d);
	assert_int_equal(toy.opened, toy.closed);
}

static void
a_screen_that_fails_to_open_is_told_of(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 b");
	assert_true(drive_sees(d, "No such order"));
	assert_true(drive_sees(d, "orders: "));
	drive_free(d);
	assert_int_equal(toy.opened, toy.closed);
}

static void
many_screens_are_too_many(void **state)
{
	struct drive *d = start(24, 80);
	int i;

	(void)state;
	for (i = 0; i < 60; i++)
		drive_keys(d, "F2 Enter F9");
	assert_true(drive_sees(d, "front: "));
	drive_free(d);
	assert_int_equal(toy.opened, toy.closed);
}

static void
permission_hides_and_forbids(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2");
	assert_null(strstr(drive_text(d), "Price"));
	drive_keys(d, "p");
	assert_int_equal(toy.held, 0);
	assert_true(drive_sees(d, "Your role does not allow this: Price."));
	drive_keys(d, "F7");
	assert_true(drive_sees(d, "orders: "));
	assert_true(drive_sees(d, "Your role may not open \"Toy staff\"."));
	drive_keys(d, "s");
	assert_true(drive_sees(d, "Your role may not open \"Toy staff\"."));
	toy.boss = true;
	drive_keys(d, "p F7");
	assert_int_equal(toy.held, 1);
	assert_true(drive_sees(d, "staff: "));
	drive_free(d);
}

static void
a_command_without_a_row_says_so(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	toy.no_row = true;
	drive_keys(d, "F2 h");
	assert_int_equal(toy.held, 0);
	assert_true(drive_sees(d, "Nothing is selected for that."));
	golden_check("tui-orders-no-row", d->styles);
	drive_free(d);
}

static void
settings_bind_other_keys(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	own.hold_keys = "Ctrl-O x";
	drive_keys(d, "F2");
	assert_true(drive_sees(d, "Ctrl-O Hold"));
	drive_keys(d, "h F4");
	assert_int_equal(toy.held, 0);
	drive_keys(d, "x Ctrl-O");
	assert_int_equal(toy.held, 2);
	drive_free(d);
}

static void
messages_go_and_errors_wait(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 h");
	assert_true(drive_sees(d, "Order 1 is on hold."));
	drive_keys(d, "tick z tick"); /* z does nothing here */
	assert_true(drive_sees(d, "Order 1 is on hold."));
	drive_keys(d, "Enter");
	assert_null(strstr(drive_text(d), "on hold"));
	drive_keys(d, "Esc f tick");
	/* Long: it takes lines from the screen rather than be cut. */
	golden_check("tui-long-error", drive_text(d));
	assert_int_equal(d->bells[0], 1);
	drive_keys(d, "z");
	assert_null(strstr(drive_text(d), "Somebody"));
	drive_free(d);
}

static void
a_scan_goes_where_it_is_wanted(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "scan:6901234567892");
	assert_true(drive_sees(
	    d, "Nothing here takes the scanned code 6901234567892."));
	assert_int_equal(d->bells[0], 1);
	drive_keys(d, "F2 scan:6901234567892");
	assert_string_equal(toy.scanned, "6901234567892");
	drive_free(d);
}

static void
a_dialog_holds_back_what_others_change(void **state)
{
	struct drive *d = start(24, 80);
	int before;

	(void)state;
	drive_keys(d, "F2");
	before = own.refreshed;
	own.version++;
	drive_keys(d, "tick tick");
	assert_int_equal(own.refreshed, before + 1);
	drive_keys(d, "a");
	own.version++;
	/* The command that asks still holds a row of the list. */
	drive_keys(d, "tick tick resize:30x100");
	assert_int_equal(own.refreshed, before + 1);
	assert_true(drive_sees(d, "Ship it?"));
	drive_keys(d, "Enter");
	assert_int_equal(toy.held, 100);
	assert_int_equal(own.refreshed, before + 2);
	drive_free(d);
}

static void
nothing_new_is_no_frame(void **state)
{
	struct drive *d = start(24, 80);
	int frames;

	(void)state;
	drive_keys(d, "F2");
	frames = d->frames;
	drive_keys(d, "tick tick tick");
	assert_int_equal(d->frames, frames);
	own.version++;
	drive_keys(d, "tick");
	assert_int_equal(d->frames, frames + 1);
	drive_free(d);
}

static void
help_is_made_from_the_commands(void **state)
{
	struct drive *d = start(46, 80);

	(void)state;
	drive_keys(d, "F2 F1");
	golden_check("tui-help", drive_text(d));
	drive_keys(d, "Esc Ctrl-T F1");
	golden_check("tui-help-zh", drive_text(d));
	drive_free(d);
	i18n_init("en");
}

/* Whatever the language, the help and the way out are there, and whole. */
static void
the_help_line_keeps_the_way_out(void **state)
{
	static const struct {
		int w;
		const char *lang, *tail;
	} cases[] = {
		{ 80, "en", "F1 Help  Esc Back" },
		{ 80, "zh_CN", "F1 帮助  Esc 返回" },
		{ 100, "en", "F1 Help  Esc Back" },
		{ 200, "zh_CN", "F1 帮助  Esc 返回" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct drive *d = start(24, cases[i].w);
		const char *end, *last;

		i18n_init(cases[i].lang);
		drive_keys(d, "F2");
		assert_true(drive_sees(d, cases[i].tail));
		last = strrchr(drive_text(d), '\n');
		assert_int_equal(last[1], '\0');
		end = last - strlen(cases[i].tail);
		assert_memory_equal(end, cases[i].tail, strlen(cases[i].tail));
		drive_free(d);
	}
	i18n_init("en");
}

static void
too_small_a_window_is_told_in_a_sentence(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "resize:10x40");
	golden_check("tui-small", drive_text(d));
	drive_keys(d, "F2 h resize:1x1 h resize:0x0 h resize:24x80");
	assert_true(drive_sees(d, "front: "));
	drive_keys(d, "resize:20x80 q");
	assert_true(d->over);
	drive_free(d);
}

static void
a_storm_of_sizes(void **state)
{
	struct drive *d = start(24, 80);
	unsigned seed = 5;
	char script[64];
	int i;

	(void)state;
	drive_keys(d, "F2 a");
	for (i = 0; i < 300; i++) {
		seed = seed * 1103515245u + 12345u;
		snprintf(script, sizeof(script), "resize:%ux%u %s",
		    seed >> 8 & 63, seed >> 16 & 255, i % 7 ? "F1" : "tick");
		drive_keys(d, script);
	}
	drive_keys(d, "resize:24x80");
	assert_true(drive_sees(d, "Ship it?"));
	drive_free(d);
}

static void
esc_stops_long_work(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	/* The keys behind the Esc are played when the work has stopped. */
	drive_keys(d, "F2 w Esc h");
	assert_int_equal(toy.held, 1);
	assert_true(drive_sees(d, "Order 1 is on hold."));
	drive_free(d);
}

static void
a_lost_terminal_ends_everything(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 a hangup");
	assert_true(d->over);
	assert_int_equal(toy.held, 0);
	assert_int_equal(toy.opened, toy.closed);
	drive_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_four_places),
		cmocka_unit_test(esc_goes_back_and_q_asks_at_the_end),
		cmocka_unit_test(an_open_screen_is_gone_to),
		cmocka_unit_test(a_screen_that_fails_to_open_is_told_of),
		cmocka_unit_test(many_screens_are_too_many),
		cmocka_unit_test(permission_hides_and_forbids),
		cmocka_unit_test(a_command_without_a_row_says_so),
		cmocka_unit_test(settings_bind_other_keys),
		cmocka_unit_test(messages_go_and_errors_wait),
		cmocka_unit_test(a_scan_goes_where_it_is_wanted),
		cmocka_unit_test(a_dialog_holds_back_what_others_change),
		cmocka_unit_test(nothing_new_is_no_frame),
		cmocka_unit_test(help_is_made_from_the_commands),
		cmocka_unit_test(the_help_line_keeps_the_way_out),
		cmocka_unit_test(too_small_a_window_is_told_in_a_sentence),
		cmocka_unit_test(a_storm_of_sizes),
		cmocka_unit_test(esc_stops_long_work),
		cmocka_unit_test(a_lost_terminal_ends_everything),
	};

	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
