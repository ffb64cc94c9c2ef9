/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ship_orders.h"
#include "shopmgr/base/time.h"

/*
 * ship SHOP USER PASSWORD ORDERS N THINK_MS [SYNC_MS]: N clerks, each a program
 * of its own, ship the orders, thinking in between, until one of them has
 * shipped all of his share. Says how long a parcel took, how many there were a
 * second, and how they were shared. With SYNC_MS the disk takes that much
 * longer each time that it is asked to keep what it was given.
 */

#define MOST 200000

struct tally {
	atomic_int ready, go, stop;
	atomic_size_t n, failed;
	atomic_int_least64_t ended;
	size_t each[1000];
	atomic_int_least64_t took[MOST]; /* ns */
};

static struct tally *tally;
static long sync_ms;

static void
wait_ms(double ms)
{
	int64_t ns = (int64_t)(ms * 1e6);
	struct timespec t = { .tv_sec = ns / 1000000000,
		.tv_nsec = ns % 1000000000 };

	nanosleep(&t, NULL);
}

/* In the place of the C library's. */
int
fdatasync(int fd)
{
	if (sync_ms > 0)
		wait_ms((double)sync_ms);
	return (int)syscall(SYS_fdatasync, fd);
}

int
fsync(int fd)
{
	if (sync_ms > 0)
		wait_ms((double)sync_ms);
	return (int)syscall(SYS_fsync, fd);
}

static void
work(struct session *s, const struct order_list *list, int i, int n,
    double think_ms)
{
	unsigned seed = (unsigned)i + 1;
	size_t k;

	for (k = (size_t)i; k < list->n; k += (size_t)n) {
		int64_t from;
		size_t at;

		/* As people: mostly soon, now and then after long. */
		wait_ms(-think_ms *
			log(((double)rand_r(&seed) + 1) / (RAND_MAX + 1.0)));
		if (atomic_load(&tally->stop))
			return;
		from = time_ticks();
		if (order_go(s, &list->v[k], (int64_t)k) != 0) {
			fprintf(stderr, "clerk: %s\n", session_err(s)->text);
			atomic_fetch_add(&tally->failed, 1);
			continue;
		}
		at = atomic_fetch_add(&tally->n, 1);
		if (at < MOST)
			atomic_store(&tally->took[at], time_ticks() - from);
		tally->each[i]++;
	}
	if (atomic_exchange(&tally->stop, 1) == 0)
		atomic_store(&tally->ended, time_ticks());
}

static int
clerk(char **argv, const struct order_list *list, int i, int n)
{
	struct session *s = orders_session(argv[1], argv[2], argv[3]);

	atomic_fetch_add(&tally->ready, 1);
	while (!atomic_load(&tally->go))
		wait_ms(1);
	work(s, list, i, n, atof(argv[6]));
	session_close(s);
	return 0;
}

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
report(int clerks, double seconds)
{
	size_t n = atomic_load(&tally->n), least = SIZE_MAX, most = 0;
	int64_t *took;
	size_t i;

	n = n < MOST ? n : MOST;
	took = calloc(n + 1, sizeof(*took));
	for (i = 0; i < n; i++)
		took[i] = atomic_load(&tally->took[i]);
	qsort(took, n, sizeof(*took), by_size);
	for (i = 0; i < (size_t)clerks; i++) {
		least = tally->each[i] < least ? tally->each[i] : least;
		most = tally->each[i] > most ? tally->each[i] : most;
	}
	printf("p50 %.1f p99 %.1f p99.9 %.1f max %.1f ms, %.0f/s, "
	       "share %.2f, %zu shipped, %zu failed\n",
	    (double)took[n / 2] / 1e6, (double)took[n * 99 / 100] / 1e6,
	    (double)took[n * 999 / 1000] / 1e6, (double)took[n - 1] / 1e6,
	    (double)n / seconds, most > 0 ? (double)least / (double)most : 0, n,
	    atomic_load(&tally->failed));
	free(took);
}

int
main(int argc, char **argv)
{
	struct order_list list;
	int64_t from;
	int i, n;

	if (argc < 7 || (n = atoi(argv[5])) <= 0 || n > 1000)
		return 2;
	sync_ms = argc > 7 ? atol(argv[7]) : 0;
	orders_read(argv[4], &list);
	tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tally == MAP_FAILED)
		return 126;
	for (i = 0; i < n; i++)
		if (fork() == 0)
			_exit(clerk(argv, &list, i, n));
	while (atomic_load(&tally->ready) < n) {
		if (waitpid(-1, NULL, WNOHANG) > 0) {
			fprintf(stderr, "a clerk did not get in\n");
			atomic_store(&tally->stop, 1);
			break;
		}
		wait_ms(10);
	}
	from = time_ticks();
	atomic_store(&tally->go, 1);
	while (wait(NULL) > 0)
		;
	if (atomic_load(&tally->n) == 0)
		return 1;
	report(n, (double)(atomic_load(&tally->ended) - from) / 1e9);
	return 0;
}
