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
	double spent;
	char n[MONEY_SIZE], rate[MONEY_SIZE], left[TIME_SIZE] = "";

	if (!isatty(STDERR_FILENO))
		return;
	if (p->start == 0)
		p->start = now;
	if (p->shown && now - p->last < SECOND / 5)
		return;
	p->last = now;
	p->shown = true;
	spent = (double)(now - p->start) / SECOND;
	count_show(rows, n);
	count_show(spent > 0 ? (int64_t)((double)rows / spent) : 0, rate);
	fputs("\r\033[K", stderr);
	if (done > 0 && total >= done) {
		time_span(
		    (int64_t)(spent * (double)(total - done) / (double)done),
		    left);
		fprintf(stderr,
		    /* TRANSLATORS: phase, percent, rows, rows a second, time */
		    _("%s %d %%, %s rows, %s/s, %s left"), phase,
		    (int)((double)done * 100 / (double)total), n, rate, left);
	} else {
		fprintf(stderr, _("%s %s rows, %s/s"), phase, n, rate);
	}
	fflush(stderr);
}

void
progress_end(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
