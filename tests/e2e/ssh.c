/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk.h"
#include "sshd.h"

/*
 * The staff's way in: a real sshd, once set up as docs/deployment.md says and
 * once carelessly, with the program as the account's shell and nothing else
 * between. Nobody gets more than the screens.
 */

#define DENIED 4

static struct door door;
static const char *missing; /* why there is no door */

/* The block of docs/deployment.md, for this account and this program. */
static char *
documented(void)
{
	FILE *f = fopen("docs/deployment.md", "r");
	struct str s = STR_INIT;
	char line[300];
	bool in = false;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strcmp(line, "Match User shop\n") == 0)
			in = true;
		else if (line[0] != '\t')
			in = false;
		if (!in)
			continue;
		if (line[0] != '\t')
			str_addf(&s, "Match User %s\n", door.user);
		else if (strstr(line, "ForceCommand") != NULL)
			str_addf(
			    &s, "\tForceCommand %s --restricted\n", door.bin);
		else if (strstr(line, "AuthorizedKeysFile") == NULL)
			str_add(&s, line);
	}
	fclose(f);
	assert_non_null(strstr(s.s, "DisableForwarding yes"));
	return str_take(&s);
}

static int
opened(int rc)
{
	if (rc == SSHD_NONE)
		missing = "there is no " SSHD;
	if (rc == SSHD_NO_NAMESPACE)
		missing = "no mount namespace may be made here";
	return 0;
}

static int
begin(void)
{
	missing = NULL;
	door_new(&door);
	/* They would go before those beside the program. */
	if (access("/etc/shopmgr/shopmgr.ini", F_OK) == 0)
		missing = "this host has an /etc/shopmgr/shopmgr.ini";
	return missing == NULL;
}

static int
open_documented(void **state)
{
	char *match;

	(void)state;
	if (!begin())
		return 0;
	match = documented();
	/* Its shell is the program, too, where that can be arranged. */
	opened(door_open(&door, match, true));
	if (missing != NULL && access(SSHD, X_OK) == 0) {
		missing = NULL;
		opened(door_open(&door, match, false));
	}
	free(match);
	return 0;
}

/* Whoever set this up let in what the client likes. */
static int
open_careless(void **state)
{
	(void)state;
	if (begin())
		opened(door_open(&door,
		    "AcceptEnv SHOPMGR_* XDG_* TERM* HOME LANG* LC_* LOCPATH "
		    "NO_COLOR\n",
		    true));
	return 0;
}

static int
close_door(void **state)
{
	(void)state;
	door_close(&door);
	return 0;
}

static void
need_door(void)
{
	if (missing == NULL)
		return;
	print_message("skipped: %s\n", missing);
	skip();
}

static struct vt *
connect_as(const char *option)
{
	const char *argv[] = { "/usr/bin/ssh", "-F", door.config, "-e", "none",
		"-tt", "-o", option, "door", NULL };
	struct vt *vt = vt_spawn(24, 80, argv);

	vt_wait(vt, "Log-in", SSHD_WAIT);
	return vt;
}

#define NOTHING "LogLevel=ERROR"

static struct vt *
work_as(const char *user)
{
	struct vt *vt = connect_as(NOTHING);

	vt_type(vt, user);
	vt_type(vt, "\tpassword1");
	vt_enter(vt);
	vt_wait(vt, "TO DO", SSHD_WAIT);
	vt_wait(vt, "F1 ", SSHD_WAIT);
	return vt;
}

static void
leave(struct vt *vt)
{
	vt_type(vt, "\021");
	assert_int_equal(vt_end(vt, SSHD_WAIT), 0);
	vt_free(vt);
}

static void
a_person_logs_in_and_works(void **state)
{
	struct vt *vt;

	(void)state;
	need_door();
	vt = work_as("clerk");
	/* The size goes with it, at any moment. */
	vt_resize(vt, 40, 120);
	vt_type(vt, F1);
	vt_wait(vt, "─ Help ─", SSHD_WAIT);
	vt_type(vt, ESC);
	vt_gone(vt, "─ Help ─", SSHD_WAIT);
	leave(vt);
}

static void
keys_of_the_terminal_give_no_shell(void **state)
{
	static const char *const keys[] = { "\032", "\034", "\003", "\031",
		"\023", "\021" };
	struct vt *vt;
	int i, session;

	(void)state;
	need_door();
	vt = work_as("clerk");
	session = door_session(&door);
	for (i = 0; i < 5; i++) {
		vt_type(vt, keys[i]); /* ^Z ^\ ^C ^Y ^S */
		vt_type(vt, F1);
		vt_wait(vt, "─ Help ─", SSHD_WAIT);
		vt_type(vt, ESC);
		vt_gone(vt, "─ Help ─", SSHD_WAIT);
	}
	vt_type(vt, keys[5]); /* ^Q ends it, and the connection with it */
	assert_int_equal(vt_end(vt, SSHD_WAIT), 0);
	vt_free(vt);
	assert_true(door_ended(session));
}

static void
commands_are_refused(void **state)
{
	static const char *const commands[] = {
		"ssh -F %s door id",
		"ssh -F %s door 'id;id'",
		"ssh -F %s door '$(id)'",
		"ssh -F %s door /bin/sh -i",
		"ssh -F %s -tt door id",
		"ssh -F %s door /tmp/other.ini",
		"ssh -F %s door shopmgr -d /tmp/x.db init",
		"ssh -F %s door 'shopmgr --restricted; id'",
		"ssh -F %s door shopmgr export orders",
		"ssh -F %s door shopmgr help",
	};
	size_t i;

	(void)state;
	need_door();
	for (i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		int rc = door_client(&door, commands[i]);

		if (rc != DENIED || strstr(door.out.s, "uid=") != NULL ||
		    strstr(door.out.s, "Only the screens") == NULL)
			fail_msg("%s: %d: %s", commands[i], rc, door.out.s);
	}
	/* What a subsystem complains of, sshd keeps. */
	assert_int_equal(door_client(&door, "ssh -F %s -s door sftp"), DENIED);
	assert_string_equal(door.out.s, "");
}

static void
without_a_terminal_there_is_nothing(void **state)
{
	(void)state;
	need_door();
	assert_int_not_equal(door_client(&door, "ssh -F %s -T door"), 0);
	assert_non_null(strstr(door.out.s, "needs a terminal"));
}

static void
copying_is_refused(void **state)
{
	static const struct {
		const char *tool;
		bool fetch;
	} ways[] = { { "scp", false }, { "scp -O", false }, { "scp", true },
		{ "scp -O", true }, { "sftp", true } };
	const char *copied = door_file(&door, "copied");
	char cmd[500];
	size_t i;

	(void)state;
	need_door();
	for (i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		snprintf(cmd, sizeof(cmd), "%s -F %%s %s%s %s%s", ways[i].tool,
		    ways[i].fetch ? "door:" : "", door.sh.db,
		    ways[i].fetch ? "" : "door:", copied);
		assert_int_not_equal(door_client(&door, cmd), 0);
		assert_int_not_equal(access(copied, F_OK), 0);
	}
}

static void
nothing_is_forwarded(void **state)
{
	char cmd[200];

	(void)state;
	need_door();
	snprintf(
	    cmd, sizeof(cmd), "ssh -F %%s -W 127.0.0.1:%d door", door.port);
	assert_int_equal(door_client(&door, cmd), 255);
	assert_non_null(strstr(door.out.s, "stdio forwarding failed"));
	snprintf(cmd, sizeof(cmd),
	    "ssh -F %%s -N -o ExitOnForwardFailure=yes "
	    "-R 127.0.0.1:%d:127.0.0.1:22 door",
	    free_port());
	assert_int_equal(door_client(&door, cmd), 255);
	assert_non_null(strstr(door.out.s, "remote port forwarding failed"));
}

/* Another shop, other settings, another day, another language. */
static void
the_clients_environment_does_nothing(void **state)
{
	static const char *const vars[] = { "SHOPMGR_DB=%s/other.db",
		"SHOPMGR_USER=owner", "SHOPMGR_PASSWORD_FILE=%s/password",
		"SHOPMGR_LANG=zh_CN", "SHOPMGR_NOW=2001-01-01 00:00:00",
		"XDG_CONFIG_HOME=%s/evil", "HOME=%s/evil", "TERMINFO=%s/evil",
		"LOCPATH=%s/evil" };
	char option[300], format[100];
	struct vt *vt;
	size_t i;

	(void)state;
	need_door();
	door_shell("mkdir -p '%s/evil/shopmgr' '%s/evil/.config/shopmgr'",
	    door.sh.dir, door.sh.dir);
	shop_file(&door.sh, "evil/shopmgr/shopmgr.ini",
	    "[shop]\ndatabase = /nonexistent/x.db\n");
	shop_file(&door.sh, "evil/.config/shopmgr/shopmgr.ini",
	    "[shop]\ndatabase = /nonexistent/x.db\n");
	for (i = 0; i < sizeof(vars) / sizeof(*vars); i++) {
		snprintf(format, sizeof(format), "SetEnv=\"%s\"", vars[i]);
		if (strstr(format, "%s") != NULL)
			snprintf(option, sizeof(option), "SetEnv=\"%.*s%s%s",
			    (int)(strstr(vars[i], "%s") - vars[i]), vars[i],
			    door.sh.dir, strstr(format, "%s") + 2);
		else
			snprintf(option, sizeof(option), "%s", format);
		vt = connect_as(option);
		/* The log-in of this shop, in its own words; of today. */
		vt_wait(vt, "Password", SSHD_WAIT);
		assert_null(strstr(vt_text(vt), "2001"));
		leave(vt);
	}
}

static void
type_path(struct vt *vt, const char *path, const char *answer)
{
	bool behind = strncmp(answer, "is ", 3) == 0;
	char words[300];

	vt_type(vt, "o");
	vt_wait(vt, "Path of the file", SSHD_WAIT);
	vt_type(vt, path);
	vt_enter(vt);
	vt_gone(vt, "Path of the file", SSHD_WAIT);
	snprintf(words, sizeof(words), "%s %s", behind ? path : answer,
	    behind ? answer : path);
	vt_wait(vt, words, SSHD_WAIT);
}

static void
files_outside_the_exchange_folder_stay_closed(void **state)
{
	const char *refused = "is not a file of the exchange folder";
	char link[200], orders[200];
	struct vt *vt;

	(void)state;
	need_door();
	shop_pair(&door.sh, "XP-20", 900000000001, 1);
	snprintf(orders, sizeof(orders), "%s", door_file(&door, "order.csv"));
	snprintf(
	    link, sizeof(link), "%s", door_file(&door, "exchange/link.csv"));
	assert_int_equal(symlink(orders, link), 0);
	assert_int_equal(
	    symlink(door.sh.dir, door_file(&door, "exchange/out")), 0);
	vt = work_as("owner");
	vt_type(vt, "\033[20~"); /* F9 */
	vt_wait(vt, "Which files", SSHD_WAIT);
	assert_null(strstr(vt_text(vt), "link.csv"));
	type_path(vt, "/etc/passwd", refused);
	type_path(vt, "../shop.db", refused);
	type_path(vt, orders, refused);
	type_path(vt, "link.csv", refused);
	type_path(vt, link, refused);
	/* A folder that is a link is none. */
	type_path(vt, "out/order.csv", "There is no file");
	type_path(vt, "~/order.csv", "There is no file");
	leave(vt);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(unlink(door_file(&door, "exchange/out")), 0);
}

/* The client is killed: nobody says good-bye. */
static void
a_lost_connection_ends_the_program(void **state)
{
	struct vt *vt;
	int session;

	(void)state;
	need_door();
	vt = work_as("owner");
	session = door_session(&door);
	vt_kill(vt, SIGKILL);
	vt_end(vt, SSHD_WAIT);
	vt_free(vt);
	assert_true(door_ended(session));
	shop_must(&door.sh, "verify");
}

/* In the middle of an import: all of it is there, or nothing. */
static void
a_connection_lost_in_an_import_leaves_nothing_half_done(void **state)
{
	const int orders = 3000;
	struct vt *vt;
	int session;
	long long n;

	(void)state;
	need_door();
	shop_pair(&door.sh, "XP-20", 800000000001, orders);
	door_shell("mv '%s' '%s' '%s/exchange/'", door_file(&door, "order.csv"),
	    door_file(&door, "item.csv"), door.sh.dir);
	vt = work_as("owner");
	session = door_session(&door);
	vt_type(vt, "\033[20~");
	vt_wait(vt, "order.csv", SSHD_WAIT);
	vt_type(vt, "  ");
	vt_wait(vt, "\xe2\x9c\x93  order.csv", SSHD_WAIT);
	vt_wait(vt, "\xe2\x9c\x93  item.csv", SSHD_WAIT);
	vt_enter(vt);
	vt_wait(vt, "The first rows", SSHD_WAIT);
	vt_enter(vt);
	vt_wait(vt, "Proved", SSHD_WAIT);
	vt_enter(vt);
	vt_kill(vt, SIGKILL);
	vt_end(vt, SSHD_WAIT);
	vt_free(vt);
	assert_true(door_ended(session));
	shop_must(&door.sh, "verify");
	shop_must(&door.sh, "--format json list orders --limit 10000");
	n = 0;
	for (const char *p = door.sh.out; (p = strstr(p, "\"order_no\"")); p++)
		n++;
	if (n != 0 && n != orders)
		fail_msg("%lld of %d orders", n, orders);
}

static const struct CMUnitTest as_documented[] = {
	cmocka_unit_test(a_person_logs_in_and_works),
	cmocka_unit_test(keys_of_the_terminal_give_no_shell),
	cmocka_unit_test(commands_are_refused),
	cmocka_unit_test(without_a_terminal_there_is_nothing),
	cmocka_unit_test(copying_is_refused),
	cmocka_unit_test(nothing_is_forwarded),
	cmocka_unit_test(the_clients_environment_does_nothing),
	cmocka_unit_test(files_outside_the_exchange_folder_stay_closed),
	cmocka_unit_test(a_lost_connection_ends_the_program),
	cmocka_unit_test(
	    a_connection_lost_in_an_import_leaves_nothing_half_done),
};

static const struct CMUnitTest as_the_shell_alone[] = {
	cmocka_unit_test(a_person_logs_in_and_works),
	cmocka_unit_test(commands_are_refused),
	cmocka_unit_test(without_a_terminal_there_is_nothing),
	cmocka_unit_test(copying_is_refused),
	cmocka_unit_test(the_clients_environment_does_nothing),
};

int
main(void)
{
	int failed;

	/* A client that goes away is no reason to end. */
	signal(SIGPIPE, SIG_IGN);
	failed =
	    cmocka_run_group_tests(as_documented, open_documented, close_door);
	return failed + cmocka_run_group_tests(
			    as_the_shell_alone, open_careless, close_door);
}
