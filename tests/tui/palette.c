/* SPDX-License-Identifier: MIT */
#include "toy.h"

#include "shopmgr/tui/seek.h"

/* A toy of two screens, with words that the program has, so that there is
 * Chinese for them. */

static struct own {
	int saved;
	char typed[80];
	const char *palette_key;
	int left; /* of the work between two keys */
} own;

static const char *
binding(void *app, const char *screen, const char *cmd)
{
	(void)app;
	if (strcmp(screen, "orders") == 0 && strcmp(cmd, "order-hold") == 0)
		return "Z";
	return strcmp(cmd, "palette") == 0 ? own.palette_key : NULL;
}

static const char *const found[] = { "4119203366520877731",
	"4119203366520877702", "4119203366520877999" };

static int
look(void *arg, const char *text, struct seek_row *rows, int max,
    const char **more)
{
	size_t i;
	int n = 0;

	(void)arg;
	if (text[0] == '\0')
		return 0;
	for (i = 0; i < 3 && n < max; i++)
		if (strstr(found[i], text) != NULL)
			rows[n++] = (struct seek_row){ .tag = "order",
				.label = found[i],
				.what = "【顺丰包邮】不锈钢雪平锅 复古 加厚 "
					"20cm 家用耐高温，多功能 送女友",
				.note = i == 1 ? "remark" : "" };
	*more = n > 1 ? "There is more." : NULL;
	return n;
}

static int
idle(void *arg, bool *fresh)
{
	(void)arg;
	if (own.left == 0)
		return 0;
	own.left--;
	*fresh = own.left == 0;
	return own.left > 0;
}

static int
find(void *app, struct ui *ui)
{
	char typed[64] = "";
	const struct seek seek = { .title = "Find",
		.choose = "Open",
		.hint = "Numbers and names.",
		.none = "Nothing fits.",
		.text = typed,
		.size = sizeof(typed),
		.look = look,
		.idle = idle,
		.arg = app };
	int chosen = ui_seek(ui, &seek);

	snprintf(own.typed, sizeof(own.typed), "%d %s", chosen, typed);
	return chosen >= 0 ? ui_visit(ui, "order", found[chosen]) : 0;
}

struct record {
	char name[40];
};

static int
save(void *arg, const void *record)
{
	const struct record *r = record;

	(void)arg;
	own.saved++;
	snprintf(own.typed, sizeof(own.typed), "%s", r->name);
	return 0;
}

static int
do_form(struct screen *sc)
{
	static const struct field fields[] = {
		{ FIELD_CHARS(struct record, name, FIELD_TEXT, N_("Name"), 0) },
		{ .name = NULL },
	};
	struct record r = { "" };
	int rc = ui_form(sc->ui, "A form", fields, &r, save, NULL);

	return rc < 0 ? rc : 0;
}

static const struct cmd cmds[] = {
	{ "order-hold", "h", N_("Hold"),
	    N_("Stop the order from being shipped, with a reason"), 0,
	    CMD_NEEDS_ROW, do_hold },
	{ "order-form", "e", N_("Change"), N_("Change the name"), 0, 0,
	    do_form },
	{ "order-ask", "a", N_("Ship"), N_("Ship it after a question"), 0, 0,
	    do_ask },
	{ "order-cancel", "c", N_("Cancel"), N_("Cancel the order"), PERM_BOSS,
	    0, do_hold },
	{ .name = NULL },
};

#define COMMON \
	.size = sizeof(struct state), .open = open_any, .close = close_any, \
	.subtitle = subtitle

static const struct screen_ops orders = { .name = "orders",
	.title = N_("Orders"),
	.go = "F2",
	.cmds = cmds,
	.has_row = has_row,
	COMMON };
static const struct screen_ops order = {
	.name = "order", .title = N_("Order"), .cmds = cmds, COMMON
};
static const struct screen_ops stock = { .name = "stock",
	.title = N_("Stock"),
	.go = "F4",
	.does = N_("What is on hand; in, out and adjust"),
	COMMON };
static const struct screen_ops *const screens[] = { &orders, &order, &stock,
	NULL };

static void
body(struct drive *d, void *arg)
{
	const struct ui_host host = { .may = may,
		.err = last_err,
		.binding = binding,
		.find = find,
		.app = arg };

	toy_run(d, &host, screens);
}

static struct drive *
start(int h, int w)
{
	toy = (struct toy){ .held = 0 };
	own = (struct own){ 0 };
	return drive_new(h, w, body, NULL);
}

static void
the_palette_shows_what_there_is(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	toy.no_row = true;
	drive_keys(d, "Ctrl-P");
	golden_check("tui-palette", drive_text(d));
	drive_keys(d, "Esc resize:40x120 Ctrl-T Ctrl-P");
	golden_check("tui-palette-zh-120", drive_text(d));
	drive_free(d);
	i18n_init("en");
}

static void
a_command_is_found_in_either_language(void **state)
{
	static const char *const ways[] = { "hold", "Ho", "挂起", "order-hold",
		"gq", "guaqi", "Gua q", "shipped, with" };
	static const char *const langs[] = { "en", "zh_CN" };
	char script[64];
	size_t i, j;

	(void)state;
	for (j = 0; j < 2; j++) {
		i18n_init(langs[j]);
		for (i = 0; i < 7 + (j == 0); i++) {
			struct drive *d = start(24, 80);

			snprintf(script, sizeof(script), "Ctrl-P '%s' Enter",
			    ways[i]);
			drive_keys(d, script);
			if (toy.held != 1)
				fail_msg("%s by %s", langs[j], ways[i]);
			drive_free(d);
		}
	}
	i18n_init("en");
}

static void
what_cannot_run_says_why(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	toy.no_row = true;
	drive_keys(d, "Ctrl-P 'hold'");
	assert_true(drive_sees(d, "nothing is selected"));
	drive_keys(d, "Enter");
	assert_int_equal(toy.held, 0);
	assert_true(drive_sees(d, "Commands"));
	drive_keys(d, "Ctrl-U 'cancel'");
	assert_true(drive_sees(d, "not for your role"));
	drive_keys(d, "Enter Esc");
	assert_int_equal(toy.held, 0);
	drive_free(d);
}

static void
it_goes_to_screens_and_shows_bound_keys(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "Ctrl-P 'hold'");
	assert_true(drive_sees(d, " Z  Hold"));
	drive_keys(d, "Ctrl-U 'stock' Enter");
	assert_true(drive_sees(d, "shopmgr  Stock"));
	drive_keys(d, "Ctrl-P 'qqq'");
	assert_true(drive_sees(d, "No command is called that."));
	drive_keys(d, "Enter Esc q");
	assert_true(drive_sees(d, "shopmgr  Orders"));
	own.palette_key = "F8";
	drive_keys(d, "Ctrl-P");
	assert_false(strstr(drive_text(d), "Commands") != NULL);
	drive_keys(d, "F8");
	assert_true(drive_sees(d, "Commands"));
	drive_free(d);
}

static void
one_finds_while_typing(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "Ctrl-F");
	assert_true(drive_sees(d, "Numbers and names."));
	drive_keys(d, "'4119'");
	golden_check("tui-seek", drive_text(d));
	drive_keys(d, "Down Enter");
	assert_string_equal(own.typed, "1 4119");
	assert_true(drive_sees(d, "Order  4119203366520877702"));
	drive_keys(d, "Esc");
	assert_true(drive_sees(d, "shopmgr  Orders"));
	drive_keys(d, "Ctrl-F 'x'");
	assert_true(drive_sees(d, "Nothing fits."));
	/* Not above itself, nor the palette above it. */
	drive_keys(d, "Ctrl-F Ctrl-P Esc");
	assert_string_equal(own.typed, "-1 x");
	assert_true(drive_sees(d, "shopmgr  Orders"));
	drive_free(d);
}

static void
a_scan_is_looked_up_whole(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "Ctrl-F 'abc' scan:4119203366520877702");
	assert_true(drive_sees(d, "4119203366520877702"));
	assert_string_equal(own.typed, "");
	drive_keys(d, "Enter");
	assert_string_equal(own.typed, "0 4119203366520877702");
	drive_free(d);
}

/* What is typed stays, above and beneath. */
static void
a_form_waits_beneath(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "e 'half a na' Ctrl-F '4119'");
	drive_keys(d, "Enter");
	assert_true(drive_sees(d, "Order  4119203366520877731"));
	assert_null(strstr(drive_text(d), "half a na"));
	/* It is a whole program up there: another form, another find. */
	drive_keys(d, "h e 'other' Ctrl-S");
	assert_string_equal(own.typed, "other");
	assert_int_equal(toy.held, 1);
	drive_keys(d, "F4");
	assert_true(drive_sees(d, "shopmgr  Stock"));
	drive_keys(d, "Esc Esc");
	assert_true(drive_sees(d, "half a na"));
	drive_keys(d, "'me' Ctrl-F Esc Ctrl-S");
	assert_string_equal(own.typed, "half a name");
	assert_int_equal(own.saved, 2);
	assert_true(drive_sees(d, "shopmgr  Orders"));
	assert_int_equal(toy.opened - toy.closed, 1);
	drive_free(d);
}

static void
above_a_dialog_only_what_leaves_it_alone_runs(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "a Ctrl-P 'hold'");
	assert_true(drive_sees(d, "answer what is open first"));
	drive_keys(d, "Enter");
	assert_int_equal(toy.held, 0);
	drive_keys(d, "Ctrl-U 'stock' Enter");
	assert_true(drive_sees(d, "shopmgr  Stock"));
	drive_keys(d, "q");
	assert_true(drive_sees(d, "Ship it?"));
	drive_keys(d, "Enter");
	assert_int_equal(toy.held, 100);
	drive_free(d);
}

static void
a_scan_never_answers_and_never_goes_silently(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "a scan:6901234500031");
	assert_true(drive_sees(d, "6901234500031"));
	assert_true(drive_sees(d, "was not taken"));
	assert_true(drive_sees(d, "Ship it?"));
	assert_int_equal(d->bells[0], 1);
	assert_int_equal(toy.held, 0);
	drive_keys(d, "Enter");
	assert_int_equal(toy.held, 100);
	/* Into a field it is as good as typed. */
	drive_keys(d, "e scan:6901234500031 Ctrl-S");
	assert_string_equal(own.typed, "6901234500031");
	drive_free(d);
}

static void
there_is_an_end_to_what_is_open_above_dialogs(void **state)
{
	struct drive *d = start(24, 80);
	int i;

	(void)state;
	for (i = 0; i < 40; i++)
		drive_keys(d, "a Ctrl-F '4119' Enter");
	assert_true(drive_sees(d, "Too much is open"));
	for (i = 0; i < 80; i++)
		drive_keys(d, "Esc");
	assert_true(drive_sees(d, "shopmgr  Orders"));
	assert_null(strstr(drive_text(d), "Ship it?"));
	drive_free(d);
	/* The end of the terminal ends all of it. */
	d = start(24, 80);
	drive_keys(d, "e 'x' Ctrl-F '4119' Enter a Ctrl-F '4' hangup");
	assert_true(d->over);
	drive_free(d);
	assert_int_equal(toy.opened, toy.closed);
}

static void
work_between_keys_goes_on_by_itself(void **state)
{
	struct drive *d = start(24, 80);

	(void)state;
	drive_keys(d, "Ctrl-F");
	own.left = 3;
	drive_keys(d, "'4' tick tick tick");
	assert_int_equal(own.left, 0);
	drive_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_palette_shows_what_there_is),
		cmocka_unit_test(a_command_is_found_in_either_language),
		cmocka_unit_test(what_cannot_run_says_why),
		cmocka_unit_test(it_goes_to_screens_and_shows_bound_keys),
		cmocka_unit_test(one_finds_while_typing),
		cmocka_unit_test(a_scan_is_looked_up_whole),
		cmocka_unit_test(a_form_waits_beneath),
		cmocka_unit_test(above_a_dialog_only_what_leaves_it_alone_runs),
		cmocka_unit_test(a_scan_never_answers_and_never_goes_silently),
		cmocka_unit_test(there_is_an_end_to_what_is_open_above_dialogs),
		cmocka_unit_test(work_between_keys_goes_on_by_itself),
	};

	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	i18n_init("en");
	return cmocka_run_group_tests_name("tui/palette", tests, NULL, NULL);
}
