/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"

#include "db_priv.h"

/*
 * The gate is a lock on the file NAME.gate. The kernel lets waiters through in
 * turn, which SQLite's own waiting does not: it polls, and starves the unlucky.
 *
 * flock() cannot be told how long to wait. So when the gate is taken a thread
 * does the waiting, and we wait for the thread, with a limit and with an eye on
 * the Esc key. A thread that is given up closes its file when its turn comes.
 */

#define SLICE_MS 100

struct waiter {
	pthread_mutex_t mutex;
	pthread_cond_t turn;
	int fd;
	int rc;      /* of flock(), once done */
	bool done;   /* its turn came */
	bool orphan; /* nobody waits for it any more */
};

static void
waiter_free(struct waiter *w)
{
	pthread_cond_destroy(&w->turn);
	pthread_mutex_destroy(&w->mutex);
	free(w);
}

static void *
wait_for_turn(void *arg)
{
	struct waiter *w = arg;
	bool orphan;
	int rc;

	do {
		rc = flock(w->fd, LOCK_EX);
	} while (rc < 0 && errno == EINTR);
	pthread_mutex_lock(&w->mutex);
	w->rc = rc;
	w->done = true;
	orphan = w->orphan;
	pthread_cond_signal(&w->turn);
	pthread_mutex_unlock(&w->mutex);
	if (orphan) {
		close(w->fd);
		waiter_free(w);
	}
	return NULL;
}

/* Signals are for the main thread. */
static int
start_waiter(struct waiter *w)
{
	pthread_attr_t attr;
	pthread_t thread;
	sigset_t all, old;
	int rc;

	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	rc = pthread_create(&thread, &attr, wait_for_turn, w);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	pthread_attr_destroy(&attr);
	return rc;
}

static struct timespec
in_ms(long ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += ms * 1000000;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

static struct waiter *
waiter_new(int fd)
{
	struct waiter *w = xcalloc(1, sizeof(*w));
	pthread_condattr_t attr;

	w->fd = fd;
	pthread_mutex_init(&w->mutex, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->turn, &attr);
	pthread_condattr_destroy(&attr);
	return w;
}

/* The gate is shut: wait at it. Takes over @fd when it fails. */
static int
queue(struct db *db, int fd)
{
	struct waiter *w = waiter_new(fd);
	bool cancelled = false, done;
	struct timespec until;
	long waited;
	int rc;

	if (start_waiter(w) != 0) {
		waiter_free(w);
		close(fd);
		return db_busy(db);
	}
	pthread_mutex_lock(&w->mutex);
	for (waited = 0; !w->done && !cancelled && waited < DB_PATIENCE_MS;
	     waited += SLICE_MS) {
		until = in_ms(SLICE_MS);
		while (!w->done &&
		       pthread_cond_timedwait(&w->turn, &w->mutex, &until) == 0)
			continue;
		if (!w->done && db->poll != NULL)
			cancelled = db->poll(db->poll_arg) != 0;
	}
	done = w->done;
	rc = w->rc;
	w->orphan = !done;
	pthread_mutex_unlock(&w->mutex);
	if (done)
		waiter_free(w);
	if (done && rc == 0)
		return 0;
	if (done)
		close(fd);
	if (cancelled)
		return err_set(db->err, ERR_CANCELLED, "", _("Stopped"));
	return db_busy(db);
}

int
gate_enter(struct db *db)
{
	struct str path = STR_INIT;
	int fd, rc = 0;

	if (db->memory || db->cache)
		return 0;
	str_addf(&path, "%s.gate", db->path);
	fd = open(path.s, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		rc = err_set(db->err, ERR_IO, "", _("Cannot write %s: %s"),
		    path.s, strerror(errno));
	str_done(&path);
	if (rc < 0)
		return rc;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0 && (rc = queue(db, fd)) < 0)
		return rc;
	db->gate_fd = fd;
	return 0;
}

void
gate_leave(struct db *db)
{
	if (db->gate_fd >= 0)
		close(db->gate_fd);
	db->gate_fd = -1;
}
