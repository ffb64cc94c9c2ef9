/* SPDX-License-Identifier: MIT */
#include "toy.h"

#include "shopmgr/tui/ui.h"

/* The ui as a door keeper: what is locked, who is asked, what is approved. */

static struct own {
	bool approves;    /* host.step_up() */
	int asked, ended; /* it, and host.step_end() */
	int locks;        /* host.lock() */
	int64_t lock_after;
	char named[64]; /* what do_name() got */
	char badge[32]; /* what host.scan() got */
	int checks;     /* of a password */
	int who;        /* how ui_who() ended; -1: not yet */
	const char *wait;
} own;

static bool
step_up(void *app, struct ui *ui, unsigned perm, const char *what)
{
	(void)app;
	assert_int_equal(perm, PERM_BOSS);
	assert_string_equal(what, "Price");
	own.asked++;
	return ui_confirm(ui, "Approve", "Approve it?") && own.approves;
}

static void
step_end(void *app)
{
	(void)app;
	own.ended++;
}

static int
check_word(void *arg, struct ui_who *who)
{
	(void)arg;
	own.checks++;
	if (strcmp(who->name, "lina") != 0)
		return err_set(
		    &toy.err, ERR_INVALID, "login", "Nobody is called that");
	if (strcmp(who->password, "sesame") != 0)
		return err_set(&toy.err, ERR_DENIED, "", "That is not it");
	if (who->code[0] == '\0')
		return err_set(&toy.err, ERR_STATE, "code", "A code, too");
	if (strcmp(who->code, "123456") != 0)
		return err_set(&toy.err, ERR_DENIED, "code", "Not that code");
	return 0;
}

static int
read_badge(void *arg, struct ui_who *who, const char *code)
{
	(void)arg;
	if (strcmp(code, "SMB-X") == 0)
		return err_set(
		    &toy.err, ERR_NOTFOUND, "login", "Nobody has that badge");
	if (strcmp(code, "SMB-LINA") != 0)
		return 0;
	snprintf(who->name, sizeof(who->name), "lina");
	return 1;
}

static bool
wait_word(void *arg, const struct ui_who *who, char *buf, size_t size)
{
	(void)arg;
	(void)who;
	if (own.wait == NULL)
		return false;
	snprintf(buf, size, "%s", own.wait);
	return true;
}

static enum ui_who_end
ask_who(struct ui *ui, bool lock)
{
	struct ui_who who = { .title = "Who is it?",
		.text = "Somebody went away and has to come back.",
		.verb = "Unlock",
		.other = lock ? "Somebody else" : NULL,
		.known = lock ? "Li Na" : NULL,
		.stay = lock,
		.check = check_word,
		.badge = read_badge,
		.wait = wait_word };
	enum ui_who_end end;

	snprintf(who.name, sizeof(who.name), "%s", lock ? "lina" : "");
	end = ui_who(ui, &who);
	assert_string_equal(who.password, "");
	assert_string_equal(who.code, "");
	return end;
}

static bool
lock(void *app, struct ui *ui)
{
	(void)app;
	own.locks++;
	assert_true(ui_locked(ui));
	return ask_who(ui, true) == UI_WHO_RIGHT;
}

static bool
scan_badge(void *app, struct ui *ui, const char *code)
{
	(void)app;
	(void)ui;
	if (strncmp(code, "SMB-", 4) != 0)
		return false;
	snprintf(own.badge, sizeof(own.badge), "%s", code);
	return true;
}

static void
draw_any(struct screen *sc, struct canvas *c, struct rect r)
{
	canvas_text(c, r.y, r.x, r.w, STYLE_TEXT, sc->ops->name);
}

static const char *
order_no(struct screen *sc)
{
	(void)sc;
	return "4119203366520877731";
}

static int
key_any(struct screen *sc, const struct key *k)
{
	(void)sc;
	if (k->code != KEY_SCAN)
		return 0;
	snprintf(toy.scanned, sizeof(toy.scanned), "%s", k->text);
	return 1;
}

static int
do_card(struct screen *sc)
{
	return ui_open(sc->ui, "order", "");
}

static int
do_name(struct screen *sc)
{
	ui_ask(sc->ui, "Whom to tell?", own.named, sizeof(own.named));
	return 0;
}

static int
do_who(struct screen *sc)
{
	own.who = (int)ask_who(sc->ui, false);
	return 0;
}

static const char *
unsaved(struct screen *sc)
{
	(void)sc;
	return toy.held > 1000 ? "A thousand are not saved." : NULL;
}

static const struct cmd order_cmds[] = {
	{ "order-open", "Enter", N_("Open"), N_("Show the whole order"),
	    PERM_ALL, CMD_NEEDS_ROW, do_card },
	{ "order-hold", "h F4", N_("Hold"), N_("Stop it from being shipped"),
	    PERM_ALL, CMD_NEEDS_ROW, do_hold },
	{ "order-name", "m", NULL, N_("Name somebody"), 0, 0, do_name },
	{ "order-who", "W", NULL, N_("Say who it is"), 0, 0, do_who },
	{ "order-price", "p", N_("Price"), N_("Change the price"), PERM_BOSS, 0,
	    do_hold },
	{ .name = NULL },
};

#define COMMON \
	.size = sizeof(struct state), .open = open_any, .close = close_any, \
	.draw = draw_any

static const struct screen_ops front = {
	.name = "front", .title = N_("Toy today"), .go = "F9", COMMON
};
static const struct screen_ops orders = { .name = "orders",
	.title = N_("Toy orders"),
	.go = "F2",
	.perm = PERM_ALL,
	.cmds = order_cmds,
	.key = key_any,
	.subtitle = order_no,
	.unsaved = unsaved,
	COMMON };
static const struct screen_ops order = {
	.name = "order", .title = N_("Toy order"), COMMON
};
static const struct screen_ops *const all[] = { &front, &orders, &order, NULL };

static void
body(struct drive *d, void *arg)
{
	const struct ui_host host = {
		.may = may,
		.err = last_err,
		.step_up = step_up,
		.step_end = step_end,
		.lock = own.lock_after < 0 ? NULL : lock,
		.lock_after = own.lock_after,
		.scan = scan_badge,
	};

	(void)arg;
	toy_run(d, &host, all);
}

static struct drive *
start_alone(int h, int w, int64_t lock_after)
{
	toy = (struct toy){ .held = 0 };
	own = (struct own){ 0 };
	own.who = -1;
	own.lock_after = lock_after;
	i18n_init("en");
	return drive_new(h, w, body, NULL);
}

static struct drive *
start(int h, int w)
{
	return start_alone(h, w, 0);
}

/* Nothing is seen, nothing reaches what is beneath, and it is all there after.
 */
static void
a_lock_hides_what_is_open_and_keeps_it(void **state)
{
	struct drive *d = start(24, 80);
	int64_t opened;

	(void)state;
	drive_keys(d, "F2 Enter Esc m 'half a na'");
	opened = toy.opened;
	drive_keys(d, "Ctrl-X");
	golden_check("tui-locked", drive_text(d));
	drive_keys(d, "'wrong' Enter");
	assert_true(drive_sees(d, "That is not it"));
	drive_keys(d, "Esc q F2 F9 Enter Ctrl-X scan:690123 paste:'x y' tick "
		      "Ctrl-U Ctrl-L resize:40x120 F1 Tab");
	assert_true(ui_locked(toy.ui));
	assert_null(strstr(drive_text(d), "half a na"));
	assert_null(strstr(drive_text(d), "orders"));
	assert_string_equal(toy.scanned, "");
	assert_int_equal(toy.held, 0);
	drive_keys(d, "Ctrl-U 'sesame' Enter '123456' Enter");
	assert_false(ui_locked(toy.ui));
	assert_true(drive_sees(d, "half a na"));
	drive_keys(d, "'me' Enter");
	assert_string_equal(own.named, "half a name");
	assert_int_equal(toy.opened, opened);
	assert_int_equal(own.locks, 1);
	drive_free(d);
}

static void
a_terminal_left_alone_locks_itself(void **state)
{
	struct drive *d = start_alone(24, 80, INT64_C(5000000000));

	(void)state;
	drive_keys(d, "F2 tick tick tick tick j tick tick tick tick");
	assert_int_equal(own.locks, 0);
	drive_keys(d, "tick");
	assert_int_equal(own.locks, 1);
	drive_keys(d, "tick tick tick tick tick tick tick tick tick tick");
	assert_int_equal(own.locks, 1);
	drive_keys(d, "'sesame' Enter '123456' Enter");
	assert_true(drive_sees(d, "orders"));
	drive_keys(d, "tick tick tick tick");
	assert_int_equal(own.locks, 1);
	drive_keys(d, "tick");
	assert_int_equal(own.locks, 2);
	drive_free(d);
}

static void
a_hangup_ends_what_is_locked(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 m 'half' Ctrl-X hangup");
	assert_true(d->over);
	assert_string_equal(own.named, "");
	drive_free(d);
	assert_int_equal(toy.opened, toy.closed);
	d = start(24, 80);
	drive_keys(d, "F2 Ctrl-X F7"); /* somebody else */
	assert_true(d->over);
	drive_free(d);
}

static void
without_a_door_there_is_no_lock(void **state)
{
	struct drive *d = start_alone(24, 80, -1);

	(void)state;
	drive_keys(d, "F2 Ctrl-X");
	assert_false(ui_locked(toy.ui));
	assert_true(drive_sees(d, "orders"));
	drive_keys(d, "F1 PgDn PgDn");
	assert_null(strstr(drive_text(d), "Lock the terminal"));
	drive_free(d);
}

static void
what_a_role_may_not_somebody_else_approves_once(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 p");
	assert_true(drive_sees(d, "Approve it?"));
	drive_keys(d, "Enter");
	assert_true(drive_sees(d, "Your role does not allow this: Price."));
	assert_int_equal(toy.held, 0);
	assert_int_equal(own.ended, 0);
	own.approves = true;
	drive_keys(d, "p Enter");
	assert_int_equal(toy.held, 1);
	assert_int_equal(own.ended, 1);
	drive_keys(d, "p Esc"); /* and asked again the next time */
	assert_int_equal(own.asked, 3);
	assert_int_equal(toy.held, 1);
	drive_free(d);
}

static void
who_is_asked_until_it_is_right(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 W");
	golden_check("tui-who", drive_text(d));
	drive_keys(d, "'wang' Enter 'sesame' Enter");
	golden_check("tui-who-name", drive_text(d));
	drive_keys(d, "Ctrl-U 'lina' Enter 'wrong' Enter");
	assert_true(drive_sees(d, "That is not it"));
	assert_true(drive_sees(d, "lina"));
	drive_keys(d, "'sesame' Enter");
	assert_true(drive_sees(d, "One-time code"));
	assert_int_equal(own.who, -1);
	drive_keys(d, "'654321' Enter");
	golden_check("tui-who-code", drive_text(d));
	drive_keys(d, "'123456' Enter");
	assert_int_equal(own.who, UI_WHO_RIGHT);
	/* However fast. */
	drive_keys(d,
	    "W 'lina' at-once Enter 'sesame' at-once Enter '123456' at-once "
	    "Enter");
	assert_int_equal(own.who, UI_WHO_RIGHT);
	drive_keys(d, "W 'lina' Esc");
	assert_int_equal(own.who, UI_WHO_LEFT);
	drive_free(d);
}

static void
a_badge_says_who_and_waiting_is_told(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 W scan:SMB-X");
	assert_true(drive_sees(d, "Nobody has that badge"));
	drive_keys(d, "scan:SMB-LINA");
	assert_true(drive_sees(d, "lina"));
	assert_int_equal(own.checks, 0); /* a badge is no password */
	own.wait = "Wait for 3 s";
	drive_keys(d, "tick");
	assert_true(drive_sees(d, "Wait for 3 s"));
	own.wait = NULL;
	drive_keys(d, "tick");
	assert_null(strstr(drive_text(d), "Wait for"));
	drive_keys(d, "scan:sesame scan:123456"); /* typed by a machine */
	assert_int_equal(own.who, UI_WHO_RIGHT);
	assert_string_equal(own.badge, "");
	drive_free(d);
}

static void
a_badge_goes_round_screens_and_dialogs(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 scan:SMB-1");
	assert_string_equal(own.badge, "SMB-1");
	assert_string_equal(toy.scanned, "");
	drive_keys(d, "m 'a' scan:SMB-2 'b' Enter");
	assert_string_equal(own.badge, "SMB-2");
	assert_string_equal(own.named, "ab");
	drive_keys(d, "scan:690");
	assert_string_equal(toy.scanned, "690");
	drive_free(d);
}

static void
what_is_unsaved_is_known(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "F2 Enter");
	assert_null(ui_unsaved(toy.ui));
	assert_string_equal(ui_top_name(toy.ui), "order");
	toy.held = 1001;
	assert_string_equal(ui_unsaved(toy.ui), "A thousand are not saved.");
	drive_keys(d, "Ctrl-P 'leave' Enter");
	assert_true(drive_sees(d, "Leave shopmgr?"));
	assert_true(drive_sees(d, "A thousand are not saved."));
	drive_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lock_hides_what_is_open_and_keeps_it),
		cmocka_unit_test(a_terminal_left_alone_locks_itself),
		cmocka_unit_test(a_hangup_ends_what_is_locked),
		cmocka_unit_test(without_a_door_there_is_no_lock),
		cmocka_unit_test(
		    what_a_role_may_not_somebody_else_approves_once),
		cmocka_unit_test(who_is_asked_until_it_is_right),
		cmocka_unit_test(a_badge_says_who_and_waiting_is_told),
		cmocka_unit_test(a_badge_goes_round_screens_and_dialogs),
		cmocka_unit_test(what_is_unsaved_is_known),
	};

	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
