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
 * flock() cannot be told how long to wait. A short while we wait in it and have
 * a timer's signal end that, which costs next to nothing. Then a thread does
 * the waiting, and we wait for the thread, with a limit and with an eye on the
 * Esc key. A thread that is given up closes its file when its turn comes.
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

/*
 * Who waits says so by a lock of another kind, on the first byte of the same
 * file: several can hold it, and it goes with the descriptor.
 */
static void
say_waiting(int fd, bool on)
{
	struct flock l = { .l_type = on ? F_RDLCK : F_UNLCK,
		.l_whence = SEEK_SET,
		.l_len = 1 };

	(void)fcntl(fd, F_OFD_SETLK, &l);
}

static bool
others_wait(int fd)
{
	struct flock l = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1
	};

	return fcntl(fd, F_OFD_GETLK, &l) == 0 && l.l_type != F_UNLCK;
}

bool
gate_waited_for(const struct db *db)
{
	return db->gate_fd >= 0 && others_wait(db->gate_fd);
}

static void
on_tick(int signo)
{
	(void)signo; /* that it came is all */
}

/* Wait for one's turn, but not long. */
static bool
soon(int fd)
{
	const struct itimerspec when = {
		.it_value = { .tv_nsec = SLICE_MS * 1000000L },
		.it_interval = { .tv_nsec = SLICE_MS * 1000000L / 10 },
	};
	struct sigevent tick = { .sigev_notify = SIGEV_THREAD_ID,
		.sigev_signo = SIGRTMIN };
	struct sigaction on = { .sa_handler = on_tick }; /* no SA_RESTART */
	sigset_t own, old;
	timer_t timer;
	int rc;

	tick._sigev_un._tid = gettid();
	if (sigaction(SIGRTMIN, &on, NULL) < 0 ||
	    timer_create(CLOCK_MONOTONIC, &tick, &timer) < 0)
		return false;
	sigemptyset(&own);
	sigaddset(&own, SIGRTMIN);
	pthread_sigmask(SIG_UNBLOCK, &own, &old);
	rc = timer_settime(timer, 0, &when, NULL) < 0 ? -1 : flock(fd, LOCK_EX);
	timer_delete(timer);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return rc == 0;
}

/* Not that soon. Takes over @fd when it fails. */
static int
wait_long(struct db *db, int fd)
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

/* The gate is shut: wait at it. Takes over @fd when it fails. */
static int
queue(struct db *db, int fd)
{
	int rc;

	say_waiting(fd, true);
	rc = soon(fd) ? 0 : wait_long(db, fd);
	if (rc == 0)
		say_waiting(fd, false);
	return rc;
}

/* The file NAME.@what beside the database; @make it if it is not there. */
static int
open_beside(struct db *db, const char *what, bool make, int *fd)
{
	struct str path = STR_INIT;
	int rc = 0;

	str_addf(&path, "%s.%s", db->path, what);
	*fd = open(path.s, O_RDWR | O_CLOEXEC | (make ? O_CREAT : 0), 0600);
	if (*fd < 0)
		rc = err_set(db->err, ERR_IO, "", _("Cannot write %s: %s"),
		    path.s, strerror(errno));
	str_done(&path);
	return rc;
}

int
gate_enter(struct db *db)
{
	int fd, rc;

	if (db->memory || db->cache)
		return 0;
	if ((rc = open_beside(db, "gate", true, &fd)) < 0)
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

/*
 * Whoever was woken when the gate was left still has to get there; who comes
 * back at once would be quicker each time. So wait until one of them is in, or
 * none waits any more; but not long, as one may have been given up.
 */
#define YIELD_NS    100000
#define YIELD_TIMES 50

void
gate_yield(struct db *db)
{
	static const struct timespec bit = { .tv_nsec = YIELD_NS };
	int fd, i;

	if (db->memory || db->cache || open_beside(db, "gate", true, &fd) < 0)
		return;
	for (i = 0; i < YIELD_TIMES && others_wait(fd); i++) {
		nanosleep(&bit, NULL);
		if (flock(fd, LOCK_EX | LOCK_NB) < 0)
			break;
		(void)flock(fd, LOCK_UN);
	}
	close(fd);
}

/*
 * Who has the database open says so by a lock on the second byte of that file,
 * as long as he has; a reader only where there is such a file.
 */
static struct flock
presence(short type)
{
	return (struct flock){
		.l_type = type, .l_whence = SEEK_SET, .l_start = 1, .l_len = 1
	};
}

void
gate_attend(struct db *db, bool make)
{
	struct flock l = presence(F_RDLCK);
	struct err why = *db->err;

	if (db->here_fd >= 0)
		return;
	if (open_beside(db, "gate", make, &db->here_fd) == 0)
		(void)fcntl(db->here_fd, F_OFD_SETLK, &l);
	else
		*db->err = why; /* a copy on a medium that is only read */
}

void
gate_depart(struct db *db)
{
	if (db->here_fd >= 0)
		close(db->here_fd);
	db->here_fd = -1;
}

bool
db_alone(const struct db *db)
{
	struct flock l = presence(F_WRLCK);

	if (db->memory)
		return true;
	return db->here_fd >= 0 && fcntl(db->here_fd, F_OFD_GETLK, &l) == 0 &&
	       l.l_type == F_UNLCK;
}

int
gate_claim(struct db *db, enum gate_claim what, int *claim)
{
	struct flock l = { .l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = what,
		.l_len = 1 };
	int fd, rc;

	if ((rc = open_beside(db, "gate", true, &fd)) < 0)
		return rc;
	if (fcntl(fd, F_OFD_SETLK, &l) < 0) {
		close(fd);
		return 0;
	}
	*claim = fd;
	return 1;
}

int
db_claim(struct db *db, const char *name, int *claim)
{
	int fd, rc;

	if (db->memory)
		return 1;
	if ((rc = open_beside(db, name, true, &fd)) < 0)
		return rc;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		close(fd);
		return 0;
	}
	*claim = fd;
	return 1;
}

void
db_unclaim(int *claim)
{
	if (*claim >= 0)
		close(*claim);
	*claim = -1;
}
