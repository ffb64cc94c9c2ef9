/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

static char dir[] = "/tmp/shopmgr-config-XXXXXX";
static char path[128];

static int
make_folder(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/test.ini", dir);
	setenv("HOME", "/home/li", 1);
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_CONFIG_HOME");
	i18n_init("en");
	return 0;
}

static int
remove_folder(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static void
write_bytes(const char *where, const char *text, size_t n)
{
	FILE *f = fopen(where, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	fclose(f);
}

static int
load_bytes(struct config **c, const char *text, size_t n, struct err *err)
{
	write_bytes(path, text, n);
	*err = (struct err){ .text = "" };
	return config_load(c, path, err);
}

static int
load(struct config **c, const char *text, struct err *err)
{
	return load_bytes(c, text, strlen(text), err);
}

static struct config *
must_load(const char *text)
{
	struct config *c = NULL;
	struct err err;

	if (load(&c, text, &err) != 0)
		fail_msg("\"%s\": %s", text, err.text);
	return c;
}

/* Refused, in that line, with those words. */
static void
check_refused(const char *text, size_t n, int line, const char *words)
{
	struct config *c = NULL;
	struct err err;
	char place[160];

	if (load_bytes(&c, text, n, &err) != ERR_INVALID)
		fail_msg("taken: %s", text);
	snprintf(place, sizeof(place), "%s, line %d", path, line);
	if (strncmp(err.text, place, strlen(place)) != 0 ||
	    strstr(err.text, words) == NULL)
		fail_msg("\"%s\" is refused by \"%s\"", text, err.text);
	assert_int_equal(err.code, ERR_INVALID);
	assert_null(c);
}

static void
no_file_gives_the_defaults(void **state)
{
	const char *def, *section, *name;
	char key[64];
	struct config *c;
	size_t i;

	(void)state;
	c = must_load("");
	for (i = 0; (def = config_setting(i, &section, &name)) != NULL; i++) {
		snprintf(key, sizeof(key), "%s:%s", section, name);
		if (strcmp(key, "shop:database") == 0)
			def = "/home/li/.local/share/shopmgr/shop.db";
		if (strncmp(def, "~/", 2) == 0)
			assert_string_equal(config_text(c, key) + 8, def + 1);
		else
			assert_string_equal(config_text(c, key), def);
	}
	assert_true(i >= 15);
	assert_int_equal(config_int(c, "ui:escape_ms"), 50);
	assert_true(config_bool(c, "packing:weigh"));
	assert_false(config_bool(c, "export:protect_ids"));
	assert_null(config_binding(c, "orders", "order-hold"));
	config_free(c);
	config_free(NULL);
}

static void
values_are_taken_whole(void **state)
{
	struct config *c = must_load("\xef\xbb\xbf# settings\r\n"
				     "; another comment\r\n"
				     "\r\n"
				     "[shop]\r\n"
				     "name = 留样店 \t\r\n"
				     "  database=\t/srv/shop.db  ; the shop\r\n"
				     "zone = \"Europe/Berlin\" # there\r\n"
				     "[ UI ]\r\n"
				     "LANG = zh_CN\r\n"
				     "escape_ms = 050\r\n"
				     "idle_s = 86400\r\n"
				     "[shop]\r\n"
				     "exchange = '~/文件夹'");

	(void)state;
	assert_string_equal(config_path(c), path);
	assert_string_equal(config_text(c, "shop:name"), "留样店");
	assert_string_equal(config_text(c, "shop:database"), "/srv/shop.db");
	assert_string_equal(config_text(c, "shop:zone"), "Europe/Berlin");
	assert_string_equal(config_text(c, "shop:exchange"), "/home/li/文件夹");
	assert_string_equal(config_text(c, "ui:lang"), "zh_CN");
	assert_int_equal(config_int(c, "ui:escape_ms"), 50);
	assert_int_equal(config_int(c, "ui:idle_s"), 86400);
	config_free(c);
}

static void
quotes_hold_what_would_be_cut(void **state)
{
	struct config *c = must_load("[shop]\nname = \" No. #1; 'ok' \"\n"
				     "[log]\nfile = ''\n");

	(void)state;
	assert_string_equal(config_text(c, "shop:name"), " No. #1; 'ok' ");
	assert_string_equal(config_text(c, "log:file"), "");
	config_free(c);
	c = must_load("[shop]\nname = \"\" # none\n[log]\nfile =\n");
	assert_string_equal(config_text(c, "shop:name"), "");
	config_free(c);
	c = must_load("[shop]\nname = a \"b\" = c\n");
	assert_string_equal(config_text(c, "shop:name"), "a \"b\" = c");
	config_free(c);
}

static void
yes_and_no_in_all_their_words(void **state)
{
	static const char *const words[] = { "no", "yes", "off", "ON", "False",
		"true", "0", "1", "否", "是" };
	char text[64];
	struct config *c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		snprintf(
		    text, sizeof(text), "[packing]\nweigh = %s\n", words[i]);
		c = must_load(text);
		assert_int_equal(config_bool(c, "packing:weigh"), i % 2);
		config_free(c);
	}
}

static void
paths_start_where_one_expects(void **state)
{
	struct config *c;
	char beside[160], root[PATH_MAX];

	(void)state;
	assert_non_null(getcwd(root, sizeof(root)));
	snprintf(beside, sizeof(beside), "%s/shop.db", dir);
	c = must_load("[shop]\ndatabase = shop.db\n");
	assert_string_equal(config_text(c, "shop:database"), beside);
	config_free(c);
	/* Also when the file was named from here. */
	assert_int_equal(chdir(dir), 0);
	write_bytes(path, "[shop]\ndatabase = shop.db\n", 26);
	assert_int_equal(
	    config_load(&c, "test.ini", &(struct err){ .text = "" }), 0);
	assert_string_equal(config_text(c, "shop:database"), beside);
	assert_int_equal(chdir(root), 0);
	config_free(c);
	c = must_load("[shop]\ndatabase = :memory:\n");
	assert_string_equal(config_text(c, "shop:database"), ":memory:");
	config_free(c);
	c = must_load("[shop]\ndatabase = postgresql://host/shop\n");
	assert_string_equal(
	    config_text(c, "shop:database"), "postgresql://host/shop");
	config_free(c);
	setenv("XDG_DATA_HOME", "/data", 1);
	c = must_load("[shop]\ndatabase =\n");
	assert_string_equal(
	    config_text(c, "shop:database"), "/data/shopmgr/shop.db");
	config_free(c);
	setenv("XDG_DATA_HOME", "relative", 1);
	c = must_load("");
	assert_string_equal(config_text(c, "shop:database"),
	    "/home/li/.local/share/shopmgr/shop.db");
	config_free(c);
	unsetenv("XDG_DATA_HOME");
}

static const struct {
	const char *text;
	int line;
	const char *words;
} refused[] = {
	{ "\n\nname = x\n", 3, "below a [section]" },
	{ "[shop]\nnane = x\n", 2, "no setting nane in [shop]" },
	{ "[shop]\nlang = en\n", 2, "no setting lang in [shop]" },
	{ "[ship]\n", 1, "no section [ship]" },
	{ "[keys]\na = b\n", 1, "no section [keys]" },
	{ "[keys.]\na = b\n", 1, "no section [keys.]" },
	{ "[]\n", 1, "no section []" },
	{ "[", 1, "written [name]" },
	{ "[shop] x\n", 1, "written [name]" },
	{ "[shop] # x\n", 1, "written [name]" },
	{ "[shop\n", 1, "written [name]" },
	{ "[[shop]]\n", 1, "written [name]" },
	{ "[shop]\nname\n", 2, "name = value" },
	{ "[shop]\n= x\n", 2, "name = value" },
	{ "[shop]\nname = a\n\nname = b\n", 4, "in line 2" },
	{ "[shop]\nNAME = a\n[shop]\nname = a\n", 4, "in line 2" },
	{ "[shop]\nname = pass#word\n", 2, "in quotes" },
	{ "[shop]\nname = a;b\n", 2, "in quotes" },
	{ "[shop]\nname = #1\n", 2, "in quotes" },
	{ "[shop]\nname = \"open\n", 2, "in quotes" },
	{ "[shop]\nname = \"a\" b\n", 2, "in quotes" },
	{ "[shop]\nname = '\n", 2, "in quotes" },
	{ "[shop]\nexchange = C:\\dir\\\nname = x\n", 2, "backslash" },
	{ "# C:\\dir\\ \n[shop]\n", 1, "backslash" },
	{ "[shop]\nname = a\x1b[31m\n", 2, "plain UTF-8" },
	{ "[shop]\nname = a\rb\n", 2, "plain UTF-8" },
	{ "[shop]\nname = \xc1\xf4\n", 2, "plain UTF-8" },
	{ "# \xff\n", 1, "plain UTF-8" },
	{ "[shop]\nzone = Asia/Atlantis\n", 2, "Asia/Atlantis" },
	{ "[shop]\nzone =\n", 2, "time zone" },
	{ "[ui]\nlang = fr\n", 2, "auto zh_CN en" },
	{ "[ui]\nlang = zh_C\n", 2, "auto zh_CN en" },
	{ "[ui]\nlang = \"auto zh_CN\"\n", 2, "auto zh_CN en" },
	{ "[ui]\nlang =\n", 2, "auto zh_CN en" },
	{ "[ui]\nescape_ms = 19\n", 2, "from 20 to 500" },
	{ "[ui]\nescape_ms = 501\n", 2, "from 20 to 500" },
	{ "[ui]\nescape_ms = -50\n", 2, "from 20 to 500" },
	{ "[ui]\nescape_ms = 12abc\n", 2, "from 20 to 500" },
	{ "[ui]\nescape_ms = 0x50\n", 2, "from 20 to 500" },
	{ "[ui]\nescape_ms = 5 0\n", 2, "from 20 to 500" },
	{ "[ui]\nescape_ms = 50.0\n", 2, "from 20 to 500" },
	{ "[ui]\nescape_ms =\n", 2, "from 20 to 500" },
	{ "[ui]\nidle_s = 99999999999\n", 2, "from 0 to 86400" },
	{ "[ui]\nidle_s = 18446744073709551676\n", 2, "from 0" },
	{ "[packing]\nweigh = maybe\n", 2, "yes or no" },
	{ "[packing]\nweigh =\n", 2, "yes or no" },
	{ "[keys.orders]\norder-hold = ;\n", 2, "in quotes" },
	{ "[keys.orders]\norder-hold = h ; F4\n", 2, "in quotes" },
	{ "[keys.orders]\na = b\na = c\n", 3, "in line 2" },
};

static void
what_is_not_understood_is_refused_by_line(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		check_refused(refused[i].text, strlen(refused[i].text),
		    refused[i].line, refused[i].words);
	check_refused("[shop]\nname = a\0b\n", 18, 2, "plain UTF-8");
	check_refused("[shop]\n\0\n", 9, 2, "plain UTF-8");
}

static void
lines_have_a_limit_and_below_it_are_whole(void **state)
{
	char text[2048];
	struct config *c;
	int n;

	(void)state;
	n = snprintf(text, sizeof(text), "[shop]\nname = %0993d\n", 7);
	c = must_load(text);
	assert_int_equal(strlen(config_text(c, "shop:name")), 993);
	config_free(c);
	n = snprintf(text, sizeof(text), "[shop]\nname = %0994d\n", 7);
	check_refused(text, (size_t)n, 2, "too long");
	n = snprintf(text, sizeof(text), "# %01500d\n", 7);
	check_refused(text, (size_t)n, 1, "too long");
	n = snprintf(text, sizeof(text), "[shop]\n%0100d = 1\n", 7);
	check_refused(text, (size_t)n, 2, "name = value");
}

static void
what_is_no_readable_file_is_told(void **state)
{
	char *big = calloc(1, 70000);
	struct config *c = NULL;
	struct err err;

	(void)state;
	assert_int_equal(config_load(&c, "/nowhere/x.ini", &err), ERR_NOTFOUND);
	assert_non_null(strstr(err.text, "/nowhere/x.ini"));
	assert_int_equal(config_load(&c, dir, &err), ERR_IO);
	assert_non_null(strstr(err.text, "not a file"));
	assert_int_equal(config_load(&c, "/dev/zero", &err), ERR_IO);
	memset(big, '\n', 70000);
	assert_int_equal(load_bytes(&c, big, 70000, &err), ERR_INVALID);
	assert_non_null(strstr(err.text, "64 KiB"));
	assert_null(c);
	free(big);
}

struct seen {
	char text[256];
	int stop_after;
};

static int
note(void *arg, const char *screen, const char *cmd, const char *keys)
{
	struct seen *seen = arg;
	size_t n = strlen(seen->text);

	snprintf(seen->text + n, sizeof(seen->text) - n, "%s/%s=%s|", screen,
	    cmd, keys);
	return --seen->stop_after == 0 ? ERR_INVALID : 0;
}

static void
keys_are_bound_by_screen_and_command(void **state)
{
	struct seen all = { "", 0 }, one = { "", 1 };
	struct config *c = must_load("[keys.orders]\n"
				     "order-hold = h F4\n"
				     "order-find = \"; #\"\n"
				     "[ui]\nlang = en\n"
				     "[keys.packing]\n"
				     "order-hold =\n");

	(void)state;
	assert_string_equal(config_binding(c, "orders", "order-hold"), "h F4");
	assert_string_equal(config_binding(c, "orders", "order-find"), "; #");
	assert_string_equal(config_binding(c, "packing", "order-hold"), "");
	assert_null(config_binding(c, "orders", "order-ship"));
	assert_null(config_binding(c, "stock", "order-hold"));
	assert_null(config_binding(c, "orders", ""));
	assert_int_equal(config_bindings(c, note, &all), 0);
	assert_string_equal(all.text,
	    "orders/order-hold=h F4|orders/order-find=; #|"
	    "packing/order-hold=|");
	assert_int_equal(config_bindings(c, note, &one), ERR_INVALID);
	assert_string_equal(one.text, "orders/order-hold=h F4|");
	config_free(c);
}

static void
settings_are_searched_for_in_the_home(void **state)
{
	char sub[256], file[300];
	struct config *c;
	struct err err;

	(void)state;
	snprintf(sub, sizeof(sub), "%s/shopmgr", dir);
	snprintf(file, sizeof(file), "%s/shopmgr.ini", sub);
	assert_int_equal(mkdir(sub, 0700), 0);
	write_bytes(file, "[shop]\nname = mine\n", 19);
	setenv("XDG_CONFIG_HOME", dir, 1);
	assert_int_equal(config_load(&c, NULL, &err), 0);
	assert_string_equal(config_path(c), file);
	assert_string_equal(config_text(c, "shop:name"), "mine");
	config_free(c);
	write_bytes(file, "nonsense\n", 9);
	assert_int_equal(config_load(&c, NULL, &err), ERR_INVALID);
	unsetenv("XDG_CONFIG_HOME");
	unlink(file);
	rmdir(sub);
}

/* "; lang = auto" is line @i of the table. */
static void
check_line(char *line, const char *section, size_t i)
{
	const char *def, *want_section, *want_name;
	char want[128];

	def = config_setting(i, &want_section, &want_name);
	if (def == NULL)
		fail_msg("\"%s\" is in shopmgr.ini alone", line);
	assert_string_equal(section, want_section);
	snprintf(want, sizeof(want), "; %s =%s%s", want_name,
	    def[0] != '\0' ? " " : "", def);
	assert_string_equal(line, want);
}

static void
the_shipped_file_is_the_table(void **state)
{
	char line[256], section[64] = "", live[8192] = "";
	const char *a, *b, *def;
	struct config *c;
	size_t i = 0;
	FILE *f = fopen("shopmgr.ini", "r"); /* run from the root */

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		assert_true(text_width(line) <= 80);
		if (sscanf(line, "[%63[^]]]", section) == 1)
			strncat(live, line, sizeof(live) - strlen(live) - 2);
		if (line[0] == ';') {
			check_line(line, section, i++);
			strncat(
			    live, line + 1, sizeof(live) - strlen(live) - 2);
		}
		strncat(live, "\n", sizeof(live) - strlen(live) - 1);
	}
	fclose(f);
	def = config_setting(i, &a, &b);
	if (def != NULL)
		fail_msg("%s:%s is not in shopmgr.ini", a, b);
	/* With every ";" taken away it is taken, and is the defaults. */
	c = must_load(live);
	assert_int_equal(config_int(c, "ui:scan_ms"), 30);
	assert_string_equal(config_text(c, "export:encoding"), "utf-8-bom");
	config_free(c);
}

/* Whatever the bytes: taken or refused with words, and never a crash. */
static void
noise_is_taken_or_refused_with_words(void **state)
{
	static const char *const bits[] = { "[shop]", "[ui]", "[keys.x]",
		"name", "lang", " ", "=", "\"", "'", "#", ";", "\\", "\n",
		"\r\n", "en", "中", "\xff", "[", "]", "\t", ":", "a", "%s",
		"\n[shop]\nname=" };
	uint32_t seed = 5;
	char text[512];
	struct config *c;
	struct err err;
	int round, k;
	size_t n;

	(void)state;
	for (round = 0; round < 3000; round++) {
		n = 0;
		for (k = 0; k < 30; k++) {
			seed = seed * 1664525 + 1013904223;
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s",
			    bits[(seed >> 8) %
				 (sizeof(bits) / sizeof(bits[0]))]);
		}
		c = NULL;
		if (load_bytes(&c, text, n, &err) == 0)
			config_free(c);
		else
			assert_true(err.text[0] != '\0' && c == NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_file_gives_the_defaults),
		cmocka_unit_test(values_are_taken_whole),
		cmocka_unit_test(quotes_hold_what_would_be_cut),
		cmocka_unit_test(yes_and_no_in_all_their_words),
		cmocka_unit_test(paths_start_where_one_expects),
		cmocka_unit_test(what_is_not_understood_is_refused_by_line),
		cmocka_unit_test(lines_have_a_limit_and_below_it_are_whole),
		cmocka_unit_test(what_is_no_readable_file_is_told),
		cmocka_unit_test(keys_are_bound_by_screen_and_command),
		cmocka_unit_test(settings_are_searched_for_in_the_home),
		cmocka_unit_test(the_shipped_file_is_the_table),
		cmocka_unit_test(noise_is_taken_or_refused_with_words),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
