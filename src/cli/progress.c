/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli_priv.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"

#define SECOND 1000000000

static volatile sig_atomic_t interrupted;
static struct cli *running;

static void
on_signal(int sig)
{
	/* Once asks, twice ends: the database rolls back by itself. */
	if (interrupted != 0)
		_exit(128 + sig);
	interrupted = 1;
	if (running->s != NULL)
		session_cancel(running->s);
}

void
cli_catch_signals(struct cli *c)
{
	struct sigaction sa = { .sa_handler = on_signal };

	running = c;
	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
}

bool
cli_interrupted(void)
{
	return interrupted != 0;
}

void
progress_show(struct progress *p, const char *phase, int64_t done,
    int64_t total, int64_t rows)
{
	int64_t now = time_ticks();
	struct pace_told t;
	char n[MONEY_SIZE], rate[MONEY_SIZE], left[TIME_SIZE];

	if (!isatty(STDERR_FILENO))
		return;
	t = pace_take(&p->pace, phase, done, total, rows, now);
	if (p->shown && now - p->last < SECOND / 5)
		return;
	p->last = now;
	p->shown = true;
	count_show(t.rows, n);
	fputs("\r\033[K", stderr);
	if (t.left >= 0 && t.speed >= 0)
		fprintf(stderr,
		    /* TRANSLATORS: phase, percent, rows, rows a second, time */
		    _("%s %d %%, %s rows, %s/s, %s left"), phase,
		    (int)((double)done * 100 / (double)total), n,
		    count_show(t.speed, rate), time_span(t.left, left));
	else if (t.speed >= 0)
		fprintf(stderr, _("%s %s rows, %s/s"), phase, n,
		    count_show(t.speed, rate));
	else
		fprintf(stderr, _("%s: %s rows"), phase, n);
	fflush(stderr);
}

void
progress_end(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
