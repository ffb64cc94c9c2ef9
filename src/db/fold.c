/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/log.h"

#include "db_priv.h"

/*
 * What is committed stands in the log, until it is copied into the file: the
 * log is folded. Whoever finds it large has a thread do that, with a connection
 * of its own: most of it while others go on, then, at the gate, the little that
 * they added, so that the log begins anew. It keeps its size: pages written to
 * new places of a file cost more.
 */

int64_t db_log_max = 64 << 20;
#define LOG_LONG   4  /* times that, while there are no others */
#define LOG_STEP   4  /* parts of it that it grows until the next try */
#define LOG_LITTLE 64 /* part of it that may be copied in the gate */
#define READERS_MS 20 /* the last of them are waited for, in the gate */

struct fold {
	pthread_t thread;
	char *path;
	int claim;
};

/* Not so: somebody still reads what was long ago. @grown: since it was of the
 * size known. */
static bool
fold_pass(struct db *db, enum db_fold how, int64_t *grown)
{
	int64_t was = db->log_size, left;

	if (db->ops->fold(db, how, 0, &left) < 0)
		return false;
	*grown = db->log_size - was;
	return left <= db_log_max / LOG_STEP;
}

/* What others add while the disk takes it is much, at first; each time it is
 * less. */
static bool
fold_most(struct db *db)
{
	int64_t grown = INT64_MAX, was;

	db->log_size = 0;
	do {
		was = grown;
		if (!fold_pass(db, FOLD_BESIDE, &grown))
			return false;
	} while (grown > db_log_max / LOG_LITTLE && grown < was);
	return true;
}

static void
fold_all(struct db *db)
{
	int64_t left;

	if (fold_most(db) && gate_enter(db) == 0) {
		(void)db->ops->fold(db, FOLD_WHOLE, READERS_MS, &left);
		gate_leave(db);
	}
	db->log_size = 0; /* as far as we know: a commit tells */
}

static void *
fold_apart(void *arg)
{
	struct fold *f = arg;
	struct err err = { 0 };
	struct db *db;

	if (db_open(&db, f->path, 0, &err) == 0) {
		gate_depart(db); /* the same program */
		fold_all(db);
		db_close(db);
	} else {
		log_msg("folding the log: %s", err.text);
	}
	close(f->claim);
	return NULL;
}

void
fold_end(struct db *db)
{
	if (db->fold == NULL)
		return;
	pthread_join(db->fold->thread, NULL);
	free(db->fold->path);
	free(db->fold);
	db->fold = NULL;
}

static void
start(struct db *db, int claim)
{
	struct fold *f;
	sigset_t all, old;

	fold_end(db); /* it has: the claim was free */
	f = xcalloc(1, sizeof(*f));
	f->path = xstrdup(db->path);
	f->claim = claim;
	/* Signals are for the main thread. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	if (pthread_create(&f->thread, NULL, fold_apart, f) == 0) {
		db->fold = f;
	} else {
		close(claim);
		free(f->path);
		free(f);
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void
fold_later(struct db *db)
{
	int64_t most = db->long_log ? LOG_LONG * db_log_max : db_log_max;
	int claim;

	if (db->memory || db->log_size <= most)
		db->fold_at = most;
	if (db->memory || db->log_size <= db->fold_at)
		return;
	db->fold_at = db->log_size + most / LOG_STEP;
	if (gate_claim(db, CLAIM_FOLD, &claim) == 1)
		start(db, claim);
}

void
fold_now(struct db *db)
{
	int64_t left;

	if (db->memory)
		return;
	if (db->log_size > db_log_max)
		fold_all(db);
	else
		(void)db->ops->fold(db, FOLD_MUCH, 0, &left);
}

void
fold_often(struct db *db)
{
	int64_t left;

	if (db->memory || db->log_size <= db_log_max / 2 ||
	    !fold_pass(db, FOLD_MUCH, &left))
		return;
	if (db->ops->fold(db, FOLD_WHOLE, 0, &left) == 0)
		db->log_size = 0;
}
