/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"

#include "behind.h"

/*
 * What is written is gathered, for each file apart, and handed to the thread by
 * the load: neighbours are one write then. Whoever reads what is still on its
 * way waits for it. Of the database's pages the load is noted in which each was
 * last, by a hash of where it is: two that share a place make one wait in vain,
 * no more.
 */

#define LOADS 6 /* few: what is copied stays in the processor's cache */
#define ROOM  (112u << 10) /* bytes of a load: SQLite's way takes no more */
#define RUNS  64           /* writes of a load that are no neighbours */
#define EARLY (16u << 20)  /* bytes after which the disk begins */
#define PAGE  4096
#define NOTED 8192 /* pages; a power of two */

struct load {
	struct load *next;
	enum behind_file which;
	uint32_t number; /* of the database's, from 1 */
	unsigned nruns;
	size_t len;
	struct run {
		int64_t at;
		size_t n;
	} runs[RUNS];
	unsigned char data[ROOM];
};

struct behind {
	const struct behind_ops *ops;
	void *files[BEHIND_FILES];

	/* The caller's. */
	struct load *open[BEHIND_FILES];
	uint32_t number;      /* of the database's newest load */
	uint32_t last[NOTED]; /* number of a load, by page */

	/* The thread's. */
	size_t since[BEHIND_FILES]; /* bytes since it was last on the disk */

	/* Both's, under the lock. */
	pthread_mutex_t lock;
	pthread_cond_t more, fewer;
	struct load *first, **end, *spare;
	unsigned waiting; /* loads that are not done */
	uint32_t done;    /* the database's loads up to here are */
	int failed, failed_errno;
	bool ends;

	pthread_t thread;
	struct load *loads;
};

/* Much of it goes to the disk meanwhile: there is less left at the end. */
static int
write_load(struct behind *b, const struct load *l)
{
	void *file = b->files[l->which];
	size_t i, from = 0;
	int rc = 0;

	for (i = 0; rc == 0 && i < l->nruns; i++) {
		rc = b->ops->write(
		    file, l->data + from, l->runs[i].n, l->runs[i].at);
		from += l->runs[i].n;
	}
	b->since[l->which] += l->len;
	if (rc == 0 && b->since[l->which] >= EARLY) {
		b->since[l->which] = 0;
		rc = b->ops->sync(file);
	}
	return rc;
}

static void
load_done(struct behind *b, struct load *l, int rc, int number)
{
	if (rc != 0 && b->failed == 0) {
		b->failed = rc;
		b->failed_errno = number;
	}
	if (l->which == BEHIND_DATABASE)
		b->done = l->number;
	l->next = b->spare;
	b->spare = l;
	b->waiting--;
	pthread_cond_signal(&b->fewer);
}

static void *
run(void *arg)
{
	struct behind *b = arg;
	struct load *l;
	int rc, number;
	bool fails;

	pthread_mutex_lock(&b->lock);
	for (;;) {
		while (b->first == NULL && !b->ends)
			pthread_cond_wait(&b->more, &b->lock);
		if ((l = b->first) == NULL)
			break;
		if ((b->first = l->next) == NULL)
			b->end = &b->first;
		fails = b->failed != 0;
		pthread_mutex_unlock(&b->lock);
		rc = fails ? 0 : write_load(b, l);
		number = errno;
		pthread_mutex_lock(&b->lock);
		load_done(b, l, rc, number);
	}
	pthread_mutex_unlock(&b->lock);
	return NULL;
}

struct behind *
behind_new(const struct behind_ops *ops)
{
	struct behind *b = xcalloc(1, sizeof(*b));
	sigset_t all, old;
	size_t i;
	int rc;

	b->ops = ops;
	b->loads = xmalloc(LOADS * sizeof(*b->loads));
	for (i = 0; i < LOADS; i++) {
		b->loads[i].next = b->spare;
		b->spare = &b->loads[i];
	}
	b->end = &b->first;
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->more, NULL);
	pthread_cond_init(&b->fewer, NULL);
	/* Signals are for the main thread. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	rc = pthread_create(&b->thread, NULL, run, b);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (rc == 0)
		return b;
	free(b->loads);
	free(b);
	return NULL;
}

/* What is open goes to the thread. */
static void
send(struct behind *b, enum behind_file which)
{
	struct load *l = b->open[which];

	if (l == NULL)
		return;
	b->open[which] = NULL;
	l->next = NULL;
	*b->end = l;
	b->end = &l->next;
	b->waiting++;
	pthread_cond_signal(&b->more);
}

static int
told(const struct behind *b)
{
	if (b->failed != 0)
		errno = b->failed_errno;
	return b->failed;
}

static void
all_written(struct behind *b)
{
	send(b, BEHIND_JOURNAL);
	send(b, BEHIND_DATABASE);
	while (b->waiting > 0)
		pthread_cond_wait(&b->fewer, &b->lock);
}

int
behind_drain(struct behind *b)
{
	int rc;

	pthread_mutex_lock(&b->lock);
	all_written(b);
	rc = told(b);
	pthread_mutex_unlock(&b->lock);
	return rc;
}

void
behind_free(struct behind *b)
{
	pthread_mutex_lock(&b->lock);
	all_written(b);
	b->ends = true;
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
	pthread_join(b->thread, NULL);
	pthread_cond_destroy(&b->more);
	pthread_cond_destroy(&b->fewer);
	pthread_mutex_destroy(&b->lock);
	free(b->loads);
	free(b);
}

void
behind_open(struct behind *b, enum behind_file which, void *file)
{
	pthread_mutex_lock(&b->lock);
	all_written(b);
	b->files[which] = file;
	b->since[which] = 0;
	pthread_mutex_unlock(&b->lock);
}

void
behind_forget(struct behind *b)
{
	pthread_mutex_lock(&b->lock);
	all_written(b);
	b->failed = 0;
	pthread_mutex_unlock(&b->lock);
}

/* A load with room for @n bytes: the one before goes to the thread. */
static int
room_for(struct behind *b, enum behind_file which, size_t n)
{
	struct load *l = b->open[which];
	int rc;

	if (l != NULL && l->len + n <= ROOM && l->nruns < RUNS)
		return 0;
	pthread_mutex_lock(&b->lock);
	send(b, which);
	while (b->spare == NULL)
		pthread_cond_wait(&b->fewer, &b->lock);
	l = b->spare;
	b->spare = l->next;
	rc = told(b);
	pthread_mutex_unlock(&b->lock);
	l->which = which;
	l->nruns = 0;
	l->len = 0;
	if (which == BEHIND_DATABASE)
		l->number = ++b->number;
	b->open[which] = l;
	return rc;
}

static uint32_t *
last_of(struct behind *b, int64_t at)
{
	return &b->last[(size_t)(at / PAGE) & (NOTED - 1)];
}

int
behind_write(struct behind *b, enum behind_file which, const void *data,
    size_t n, int64_t at)
{
	struct load *l;
	struct run *r;
	size_t i;
	int rc;

	assert(n <= ROOM);
	if ((rc = room_for(b, which, n)) != 0)
		return rc;
	l = b->open[which];
	r = l->nruns > 0 ? &l->runs[l->nruns - 1] : NULL;
	if (r == NULL || r->at + (int64_t)r->n != at) {
		r = &l->runs[l->nruns++];
		r->at = at;
		r->n = 0;
	}
	memcpy(l->data + l->len, data, n);
	l->len += n;
	r->n += n;
	if (which == BEHIND_DATABASE)
		for (i = 0; i < n; i += PAGE)
			*last_of(b, at + (int64_t)i) = l->number;
	return 0;
}

int
behind_meet(struct behind *b, enum behind_file which, size_t n, int64_t at)
{
	struct load *l = b->open[which];
	uint32_t number, i;
	int rc;

	if (which != BEHIND_DATABASE)
		return behind_drain(b);
	pthread_mutex_lock(&b->lock);
	number = b->done;
	for (i = 0; i * PAGE < (size_t)(at % PAGE) + n; i++)
		if (*last_of(b, at + i * PAGE) > number)
			number = *last_of(b, at + i * PAGE);
	if (l != NULL && l->number <= number)
		send(b, which);
	while (b->done < number)
		pthread_cond_wait(&b->fewer, &b->lock);
	rc = told(b);
	pthread_mutex_unlock(&b->lock);
	return rc;
}
