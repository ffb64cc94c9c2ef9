/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

#include "../staff/staff_priv.h"
#include "door_priv.h"
#include "session_priv.h"

#define PASSWORD_LEAST 8

static const struct op op_password = { "staff-password", PERM_NONE, "staff" };
static const struct op op_reset = { "staff-reset", PERM_STAFF_EDIT, "staff" };

int
password_check(struct session *s, const char *password)
{
	size_t n = 0;

	for (; *password != '\0'; password++)
		n += ((unsigned char)*password & 0xc0) != 0x80;
	if (n >= PASSWORD_LEAST)
		return 0;
	return err_set(&s->err, ERR_INVALID, "password",
	    _("A password needs at least %d characters"), PASSWORD_LEAST);
}

static const char sql_set[] =
    "UPDATE staff SET password = $2, must_change = $3, version = version + 1 "
    "WHERE id = $1";

static int
set_password(struct txn *txn, int64_t id, const char *hash, bool must_change)
{
	return db_exec(txn, sql_set,
	    DB_ARGS(db_i(id), db_t(hash), db_i(must_change)), NULL);
}

int
staff_password(struct session *s, const char *old, const char *password)
{
	char hash[SECRET_SIZE];
	struct txn *txn;
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0 ||
	    (rc = door_own(s, old, "old", _("The old password is wrong"))) <
		0 ||
	    (rc = password_check(s, password)) < 0)
		return rc;
	if (strcmp(old, password) == 0)
		return err_set(&s->err, ERR_INVALID, "password",
		    _("This is the old password: a new one is wanted"));
	if ((rc = secret_hash(password, hash, &s->err)) < 0 ||
	    (rc = op_begin(s, &op_password, &txn)) < 0)
		return rc;
	rc = set_password(txn, s->staff_id, hash, false);
	if (rc == 0)
		rc = refused_forget(txn, s->login);
	if (rc == 0 && s->must_change)
		rc = door_changed(s, txn); /* at the other terminals too */
	if (rc == 0)
		rc = op_commit(
		    s, &op_password, &txn, s->staff_id, "%s", s->staff_name);
	op_abort(s, &txn);
	if (rc == 0)
		s->must_change = false;
	return rc;
}

static int
reset(struct session *s, struct txn *txn, int64_t id, const char *hash,
    struct staff_row *row)
{
	int rc = staff_read(s, id, row);

	if (rc == 0)
		rc = door_above(s, row->perms);
	if (rc == 0)
		rc = set_password(txn, id, hash, true);
	if (rc == 0)
		rc = refused_forget(txn, row->login);
	return rc == 0 ? door_changed(s, txn) : rc;
}

int
staff_reset(struct session *s, int64_t id, const char *password)
{
	char hash[SECRET_SIZE];
	struct staff_row row = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = session_need(s, PERM_STAFF_EDIT)) < 0)
		return rc;
	if (id == s->staff_id)
		return err_set(&s->err, ERR_STATE, "",
		    _("Change your own password by giving the old one"));
	if ((rc = password_check(s, password)) < 0 ||
	    (rc = secret_hash(password, hash, &s->err)) < 0 ||
	    (rc = op_begin(s, &op_reset, &txn)) < 0)
		return rc;
	rc = reset(s, txn, id, hash, &row);
	if (rc == 0)
		rc = op_commit(s, &op_reset, &txn, id, "%s", row.login);
	op_abort(s, &txn);
	return rc;
}
