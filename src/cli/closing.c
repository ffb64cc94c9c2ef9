/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/cli/cli.h"
#include "shopmgr/domain/backup.h"

/* What the program does when the last one has left the shop. */

static volatile sig_atomic_t unwanted;

static void
on_signal(int sig)
{
	(void)sig;
	unwanted = 1;
}

/* Ctrl-C ends the wait; a window that is closed does not take the copy. */
static void
catch_signals(void)
{
	struct sigaction stop = { .sa_handler = on_signal };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigemptyset(&stop.sa_mask);
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGINT, &stop, NULL);
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGHUP, &ignore, NULL);
	sigaction(SIGXFSZ, &ignore, NULL);
}

static void
on_begin(void *arg, const char *dir)
{
	(void)arg;
	fprintf(stderr,
	    _("Nobody is left: the copy of the day is being made in %s "
	      "(Ctrl-C: not now)\n"),
	    dir);
}

static int
on_poll(void *arg)
{
	(void)arg;
	return unwanted != 0;
}

void
cli_closing(const char *db)
{
	const struct backup_ask ask = { on_begin, on_poll, NULL };
	struct str made = STR_INIT;
	struct err err = { 0 };
	int rc;

	catch_signals();
	rc = backup_closing(db, &ask, &made, &err);
	if (rc == 1)
		fprintf(
		    stderr, _("The copy %s is written and verified\n"), made.s);
	else if (rc < 0)
		fprintf(stderr, _("shopmgr: no copy was made: %s\n"), err.text);
	str_done(&made);
}
