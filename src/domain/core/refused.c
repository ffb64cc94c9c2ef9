/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"

#include "door_priv.h"
#include "session_priv.h"

/*
 * Refused log-ins in a row, by name, in the shop: so they count at every
 * terminal and after a restart. A name of nobody is kept by its digest, as what
 * was typed there may be a password; a blank in front tells it from a login.
 * These, and what is written about them, are bounded: who can only knock at the
 * door shall not fill the disk. Those of people who work here are as many as
 * there are people, and never make room: so no flood of names ends a lock.
 */

#define SLOW_FIRST   2    /* seconds to wait, doubled with each refusal */
#define NOBODY_MOST  1000 /* names of nobody that are remembered, */
#define NOBODY_DROP  100  /* so many at once no longer */
#define NOBODY_NOTES 200  /* entries about them in the log, an hour */
#define HOUR         3600

static const struct op op_refused = { "login-refused", PERM_NONE, "staff" };
static const struct op op_locked = { "login-locked", PERM_NONE, "staff" };

/* As the table knows it. */
struct name {
	const char *key;
	int64_t staff; /* 0: of nobody */
	char nobody[1 + 32 + 1];
};

static const char sql_staff[] = "SELECT id FROM staff WHERE login = $1";

static int
find_name(struct session *s, const char *login, struct name *name)
{
	const struct secret_part part = { login, strlen(login) };
	char digest[SECRET_DIGEST];
	struct db_rows *rows;
	int rc;

	secret_digest(&part, 1, digest);
	snprintf(name->nobody, sizeof(name->nobody), " %.32s", digest);
	if ((rc = db_query(s->db, sql_staff, DB_ARGS(db_t(login)), &rows)) < 0)
		return rc;
	rc = db_next(rows);
	name->staff = rc == 1 ? db_int(rows, 0) : 0;
	db_done(rows);
	name->key = name->staff != 0 ? login : name->nobody;
	return rc < 0 ? rc : 0;
}

static const char sql_refused[] =
    "SELECT n, last_at FROM login_refused WHERE login = $1";

static int
read_refused(struct session *s, const char *login, int64_t *n, int64_t *last)
{
	struct db_rows *rows;
	struct name name = { 0 };
	int rc;

	if ((rc = find_name(s, login, &name)) < 0 ||
	    (rc = db_query(
		 s->db, sql_refused, DB_ARGS(db_t(name.key)), &rows)) < 0)
		return rc;
	rc = db_next(rows);
	*n = rc == 1 ? db_int(rows, 0) : 0;
	*last = rc == 1 ? db_int(rows, 1) : 0;
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
refused_n(struct session *s, const char *login, int64_t *n)
{
	int64_t last;

	return read_refused(s, login, n, &last);
}

/* Seconds that a name has to wait after the last of @n; *@locks: by a lock. */
static int
delay_of(struct session *s, int64_t n, int64_t *delay, bool *locks)
{
	int64_t slow, lock, min, i;
	int rc;

	if ((rc = setting_int(s, SETTING_LOGIN_SLOW_AFTER, &slow)) < 0 ||
	    (rc = setting_int(s, SETTING_LOGIN_LOCK_AFTER, &lock)) < 0 ||
	    (rc = setting_int(s, SETTING_LOGIN_LOCK_MIN, &min)) < 0)
		return rc;
	*locks = n >= lock;
	*delay = min * 60;
	if (*locks)
		return 0;
	*delay = n >= slow ? SLOW_FIRST : 0;
	for (i = slow; i < n && *delay < min * 60; i++)
		*delay *= 2;
	return 0;
}

static int
must_wait(struct session *s, int64_t wait, bool locked)
{
	int64_t min = (wait + 59) / 60;

	if (wait < 120 && !locked)
		return err_set(&s->err, ERR_BUSY, "login",
		    ngettext("Too many refused log-ins: try again in %lld "
			     "second",
			"Too many refused log-ins: try again in %lld seconds",
			(unsigned long)wait),
		    (long long)wait);
	return err_set(&s->err, ERR_BUSY, "login",
	    ngettext("Too many refused log-ins: try again in %lld minute",
		"Too many refused log-ins: try again in %lld minutes",
		(unsigned long)min),
	    (long long)min);
}

int
refused_wait(struct session *s, const char *login)
{
	int64_t n, last, delay, now = time_now();
	bool locks;
	int rc;

	if ((rc = read_refused(s, login, &n, &last)) < 0 || n == 0 ||
	    (rc = delay_of(s, n, &delay, &locks)) < 0)
		return rc;
	/* A clock that was put back makes nobody wait for ever. */
	if (last > now || now >= last + delay)
		return 0;
	return must_wait(s, last + delay - now, locks);
}

/* $1 is in front of all names of nobody, $2 behind them. */
static const char sql_nobodies[] =
    "SELECT count(*) FROM login_refused /*scan*/ "
    "WHERE login >= $1 AND login < $2";
static const char sql_drop[] =
    "DELETE FROM login_refused WHERE login IN "
    "(SELECT login FROM login_refused WHERE login >= $1 AND login < $2 "
    "ORDER BY last_at, login LIMIT $3) /*sort*/";

static int
bound_nobodies(struct txn *txn)
{
	int64_t n;
	int rc;

	rc = db_fetch1(txn, sql_nobodies, DB_ARGS(db_t(" "), db_t("!")), &n);
	if (rc < 0 || n <= NOBODY_MOST)
		return rc;
	return db_exec(txn, sql_drop,
	    DB_ARGS(db_t(" "), db_t("!"), db_i(NOBODY_DROP)), NULL);
}

/* The entries about nobody in the hour that began at last_at, in the row of no
 * name at all. */
static const char sql_notes[] =
    "INSERT INTO login_refused (login, n, last_at) VALUES ('', 1, $1) "
    "ON CONFLICT (login) DO UPDATE SET "
    "n = CASE WHEN $1 - login_refused.last_at BETWEEN 0 AND $2 "
    "THEN login_refused.n + 1 ELSE 1 END, "
    "last_at = CASE WHEN $1 - login_refused.last_at BETWEEN 0 AND $2 "
    "THEN login_refused.last_at ELSE $1 END "
    "RETURNING n";

static int
note_nobody(struct session *s, const struct op *op, struct txn **txn, int64_t n)
{
	int64_t notes;
	int rc;

	rc = db_fetch1(
	    *txn, sql_notes, DB_ARGS(db_i(time_now()), db_i(HOUR - 1)), &notes);
	if (rc == 0)
		rc = bound_nobodies(*txn);
	if (rc < 0)
		return rc;
	if (notes > NOBODY_NOTES)
		return op_commit_silent(s, txn);
	return op_commit(s, op, txn, 0,
	    notes < NOBODY_NOTES
		? "a name of nobody, %lld in a row"
		: "a name of nobody, %lld in a row; more of these are not "
		  "written down for an hour",
	    (long long)n);
}

static const char sql_add[] =
    "INSERT INTO login_refused (login, n, last_at) VALUES ($1, 1, $2) "
    "ON CONFLICT (login) DO UPDATE SET n = login_refused.n + 1, "
    "last_at = excluded.last_at RETURNING n";

int
refused_add(struct session *s, const char *login)
{
	const struct op *op = &op_refused;
	struct txn *txn = NULL;
	int64_t n = 0, delay = 0;
	struct name name = { 0 };
	bool locks = false;
	int rc;

	if ((rc = op_begin_alone(s, &txn)) < 0)
		return rc;
	/* Of guesses at many terminals at once, those that were too many when
	 * their turn came are not answered. */
	rc = refused_wait(s, login);
	if (rc == 0)
		rc = find_name(s, login, &name);
	if (rc == 0)
		rc = db_fetch1(txn, sql_add,
		    DB_ARGS(db_t(name.key), db_i(time_now())), &n);
	if (rc == 0)
		rc = delay_of(s, n, &delay, &locks);
	if (locks)
		op = &op_locked;
	if (rc == 0)
		rc = name.staff == 0
			 ? note_nobody(s, op, &txn, n)
			 : op_commit(s, op, &txn, name.staff,
			       "%s, %lld in a row", login, (long long)n);
	op_abort(s, &txn);
	return rc;
}

static const char sql_forget[] = "DELETE FROM login_refused WHERE login = $1";

int
refused_forget(struct txn *txn, const char *login)
{
	return db_exec(txn, sql_forget, DB_ARGS(db_t(login)), NULL);
}
