/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/session.h"

/*
 * clerks DB USER PASSWORD N THINK_MS COMMAND...: N people put orders on hold
 * and release them, thinking in between, for as long as the command runs. Says
 * how long their commits took.
 */

#define MOST  200000 /* commits that are counted */
#define DEPTH 500    /* orders a clerk works on */

struct tally {
	atomic_int stop;
	atomic_size_t n, failed;
	atomic_int_least64_t took[MOST]; /* ns */
};

struct desk {
	struct session *s;
	struct page orders;
	struct tally *tally;
	unsigned seed;
	long think_ms;
};

static int
count(struct desk *d, int64_t from, int rc)
{
	int64_t took = time_ticks() - from;
	size_t at;

	if (rc == ERR_STATE || rc == ERR_CONFLICT)
		return 0; /* the import was there first: not a commit */
	if (rc != 0) {
		atomic_fetch_add(&d->tally->failed, 1);
		fprintf(stderr, "clerk: %s\n", session_err(d->s)->text);
		return rc;
	}
	at = atomic_fetch_add(&d->tally->n, 1);
	if (at < MOST)
		atomic_store(&d->tally->took[at], took);
	return 0;
}

static void
think(struct desk *d)
{
	long ms = d->think_ms / 2 + rand_r(&d->seed) % (d->think_ms + 1);
	struct timespec t = { .tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* What a clerk does until the command has ended. */
static void
work(struct desk *d)
{
	while (!atomic_load(&d->tally->stop)) {
		const struct order *o = page_row(
		    &d->orders, (size_t)rand_r(&d->seed) % d->orders.n);
		int64_t from = time_ticks();

		if (count(d, from,
			order_hold(d->s, o->id, "manual", "bench")) != 0)
			return;
		think(d);
		from = time_ticks();
		if (count(d, from, order_release(d->s, o->id, "manual", "")) !=
		    0)
			return;
		think(d);
	}
}

/* Each clerk has its own share of the orders that are to be shipped. */
static int
clerk(char **argv, int i, long think_ms, struct tally *tally)
{
	struct order_filter filter = { .tab = TAB_TO_SHIP };
	struct desk d = {
		.tally = tally, .seed = (unsigned)i + 1, .think_ms = think_ms
	};
	struct err err;
	struct page skip;

	if (session_open(&d.s, argv[1], &err) != 0 ||
	    session_login(d.s, argv[2], argv[3]) != 0 ||
	    order_page(d.s, &filter, PAGE_FIRST, NULL, (size_t)i * DEPTH + 1,
		&skip) != 0 ||
	    skip.n == 0 ||
	    order_page(d.s, &filter, PAGE_AFTER, page_row(&skip, skip.n - 1),
		DEPTH, &d.orders) != 0 ||
	    d.orders.n == 0) {
		fprintf(stderr, "clerk: no orders to work on\n");
		return 1;
	}
	page_free(&skip);
	work(&d);
	page_free(&d.orders);
	session_close(d.s);
	return 0;
}

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
report(struct tally *t)
{
	size_t n = atomic_load(&t->n);
	int64_t *took;

	if (n > MOST)
		n = MOST;
	if (n == 0) {
		puts("0 commits");
		return;
	}
	took = malloc(n * sizeof(*took));
	for (size_t i = 0; i < n; i++)
		took[i] = atomic_load(&t->took[i]);
	qsort(took, n, sizeof(*took), by_size);
	printf("p50 %.1f p99 %.1f max %.1f ms, %zu commits, %zu failed\n",
	    (double)took[n / 2] / 1e6, (double)took[n * 99 / 100] / 1e6,
	    (double)took[n - 1] / 1e6, n, atomic_load(&t->failed));
	free(took);
}

int
main(int argc, char **argv)
{
	struct tally *tally;
	pid_t command;
	int n, status;

	if (argc < 7 || (n = atoi(argv[4])) <= 0)
		return 2;
	tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tally == MAP_FAILED)
		return 126;
	for (int i = 0; i < n; i++)
		if (fork() == 0)
			_exit(clerk(argv, i, atol(argv[5]), tally));
	command = fork();
	if (command == 0) {
		execvp(argv[6], argv + 6);
		_exit(127);
	}
	waitpid(command, &status, 0);
	atomic_store(&tally->stop, 1);
	while (wait(NULL) > 0)
		;
	report(tally);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
