/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/otp.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/op.h"

#include "door_priv.h"
#include "row_priv.h"
#include "session_priv.h"

/*
 * Coming in. A refusal that cannot be counted is told as the failure that it
 * is, and without a count nobody who was refused before, or who needs a code,
 * comes in. Otherwise a log-in may go unrecorded while somebody writes for long
 * (a first import): people want to look at things meanwhile.
 */

static const struct op op_login = { "login", PERM_NONE, "staff" };

static const char sql_login[] =
    "SELECT password, id FROM staff WHERE login = $1 AND active = 1";

static const char sql_any_password[] =
    "SELECT password, 0 FROM staff ORDER BY id LIMIT 1";

/* The hash to test, and whose it is (0: of nobody who may log in). */
static int
find_hash(
    struct session *s, const char *login, char hash[SECRET_SIZE], int64_t *id)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_login, DB_ARGS(db_t(login)), &rows)) < 0)
		return rc;
	rc = db_next(rows);
	if (rc == 0) {
		/* Somebody else's: so that it takes as long to refuse an
		 * unknown name as a wrong password. */
		db_done(rows);
		rc = db_query(s->db, sql_any_password, DB_NOARGS, &rows);
		if (rc < 0)
			return rc;
		rc = db_next(rows);
	}
	if (rc == 1) {
		copy_text(hash, SECRET_SIZE, db_text(rows, 0));
		*id = db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
refuse(struct session *s, const char *login, const char *field,
    const char *sentence)
{
	int rc = refused_add(s, login);

	return rc < 0 ? rc
		      : err_set(&s->err, ERR_DENIED, field, "%s", sentence);
}

int
door_password(
    struct session *s, const char *login, const char *password, int64_t *id)
{
	char hash[SECRET_SIZE] = "";
	int64_t who = 0;
	bool same;
	int rc;

	if ((rc = refused_wait(s, login)) < 0 ||
	    (rc = find_hash(s, login, hash, &who)) < 0)
		return rc;
	same = secret_verify(hash, password);
	secret_wipe(hash, sizeof(hash));
	if (who == 0 || !same)
		return refuse(
		    s, login, "", _("The login name or the password is wrong"));
	/* Somebody who was refused meanwhile is not let in, either. */
	if ((rc = refused_wait(s, login)) < 0)
		return rc;
	*id = who;
	return 0;
}

int
door_own(struct session *s, const char *password, const char *field,
    const char *sentence)
{
	int64_t id;
	int rc = door_password(s, s->login, password, &id);

	return rc == ERR_DENIED
		   ? err_set(&s->err, ERR_INVALID, field, "%s", sentence)
		   : rc;
}

static const char sql_code[] =
    "SELECT otp_secret, otp_step FROM staff WHERE id = $1";

/* The step of @code, if one is needed; 0: it is not. */
static int
read_code(struct session *s, int64_t id, const char *code, int64_t *step)
{
	char secret[OTP_SECRET_SIZE] = "";
	struct db_rows *rows;
	int64_t used = 0;
	int rc;

	*step = 0;
	if ((rc = db_query(s->db, sql_code, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) == 1) {
		copy_text(secret, sizeof(secret), db_text(rows, 0));
		used = db_int(rows, 1);
	}
	db_done(rows);
	if (rc < 0 || secret[0] == '\0')
		return rc < 0 ? rc : 0;
	if (code[0] != '\0')
		*step = otp_step(secret, time_now(), used, code);
	secret_wipe(secret, sizeof(secret));
	if (*step != 0)
		return 0;
	return code[0] == '\0'
		   ? err_set(&s->err, ERR_STATE, "code",
			 _("The code of your authenticator is needed too"))
		   : err_set(&s->err, ERR_DENIED, "code",
			 _("The code is wrong, or was used before"));
}

static const char sql_came[] =
    "UPDATE staff SET last_login_at = $2, "
    "otp_step = CASE WHEN $3 > 0 THEN $3 ELSE otp_step END WHERE id = $1";

/* One at a time: a code counts at one terminal only. */
static int
come_in(struct session *s, struct txn **txn, int64_t id, const char *login,
    const char *code)
{
	int64_t step;
	int rc;

	if ((rc = refused_wait(s, login)) < 0 ||
	    (rc = read_code(s, id, code, &step)) < 0 ||
	    (rc = session_become(s, id)) < 0 ||
	    (rc = refused_forget(*txn, login)) < 0)
		return rc;
	rc = db_exec(*txn, sql_came,
	    DB_ARGS(db_i(id), db_i(time_now()), db_i(step)), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_login, txn, id, "%s", login);
	return rc;
}

/* Somebody else writes for long. */
static int
come_in_unseen(
    struct session *s, int64_t id, const char *login, const char *code)
{
	const struct err busy = s->err;
	int64_t n, step;
	int rc;

	if ((rc = refused_n(s, login, &n)) < 0 ||
	    (rc = read_code(s, id, code, &step)) < 0)
		return rc;
	if (n > 0 || step != 0) {
		s->err = busy;
		return ERR_BUSY;
	}
	log_msg("login not recorded: %s", login);
	return session_become(s, id);
}

static int
log_in(struct session *s, const char *login, const char *password,
    const char *code)
{
	struct txn *txn = NULL;
	int64_t id = 0;
	int rc;

	if ((rc = door_password(s, login, password, &id)) < 0)
		return rc;
	rc = op_begin_alone(s, &txn);
	if (rc == 0)
		rc = come_in(s, &txn, id, login, code);
	else if (rc == ERR_BUSY)
		rc = come_in_unseen(s, id, login, code);
	op_abort(s, &txn);
	if (rc == ERR_DENIED && strcmp(s->err.field, "code") == 0)
		return refuse(s, login, "code",
		    _("The code is wrong, or was used before"));
	return rc;
}

int
session_login_code(struct session *s, const char *login, const char *password,
    const char *code)
{
	int rc;

	person_forget(s);
	if ((rc = log_in(s, login, password, code)) < 0)
		person_forget(s);
	return rc;
}

int
session_login(struct session *s, const char *login, const char *password)
{
	return session_login_code(s, login, password, "");
}

void
door_forgive(struct session *s, const char *login)
{
	struct txn *txn = NULL;
	int64_t n = 0;

	if (refused_n(s, login, &n) < 0 || n == 0)
		return;
	if (op_begin_alone(s, &txn) < 0 || refused_forget(txn, login) < 0 ||
	    op_commit_silent(s, &txn) < 0)
		log_msg("refusals of %s still count: %s", login, s->err.text);
	op_abort(s, &txn);
}

int
session_unlock(struct session *s, const char *password)
{
	int64_t id;
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	rc = door_password(s, s->login, password, &id);
	if (rc == ERR_DENIED)
		return err_set(
		    &s->err, ERR_DENIED, "", _("The password is wrong"));
	if (rc == 0)
		door_forgive(s, s->login);
	return rc;
}
