/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "desk.h"

static struct vt *
start(struct shop *sh, const char *lang, const char *user)
{
	const char *build = getenv("BUILD");
	static char program[200], ini[200], password[200];
	const char *argv[12] = { program, "-c", ini, "--lang", lang };
	char text[400], dir[200];

	snprintf(program, sizeof(program), "%s/shopmgr",
	    build != NULL ? build : "build");
	snprintf(ini, sizeof(ini), "%s/desk.ini", sh->dir);
	snprintf(dir, sizeof(dir), "%s/exchange", sh->dir);
	mkdir(dir, 0700);
	snprintf(text, sizeof(text), "[shop]\ndatabase = %s\nexchange = %s\n",
	    sh->db, dir);
	shop_file(sh, "desk.ini", text);
	if (user != NULL) {
		snprintf(password, sizeof(password), "%s/password", sh->dir);
		argv[5] = "--user";
		argv[6] = user;
		argv[7] = "--password-file";
		argv[8] = password;
	}
	return vt_spawn(24, 80, argv);
}

struct vt *
desk_open(struct shop *sh, const char *lang)
{
	return start(sh, lang, NULL);
}

struct vt *
desk_at_work(struct shop *sh, const char *lang, const char *user)
{
	struct vt *vt = start(sh, lang, user);

	vt_wait(vt, lang[0] == 'z' ? "待办" : "TO DO", DESK_WAIT);
	/* The key line is drawn last. */
	vt_wait(vt, "F1 ", DESK_WAIT);
	return vt;
}

void
desk_leave(struct vt *vt)
{
	int rc;

	vt_type(vt, "\021");
	rc = vt_end(vt, DESK_WAIT);
	if (rc != 0)
		fail_msg("it ended with %d:\n%s", rc, vt_text(vt));
	assert_false(vt_altscreen(vt));
	assert_true(vt_cursor_visible(vt));
	assert_true(vt_echo(vt));
	vt_free(vt);
}
