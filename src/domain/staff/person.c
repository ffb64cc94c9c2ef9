/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/domain/op.h"

#include "../core/door_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"

/*
 * Who is logged in, and what that person may do. It is read at the log-in, and
 * again when door_epoch says that somebody has changed staff or roles.
 */

static const struct op op_logout = { "logout", PERM_NONE, "staff" };

void
person_forget(struct session *s)
{
	s->staff_id = 0;
	s->perms = 0;
	s->login[0] = '\0';
	s->staff_name[0] = '\0';
	s->role[0] = '\0';
	s->must_change = false;
	session_approval_end(s);
}

static const char sql_perms[] =
    "SELECT perm FROM staff_role JOIN role_perm USING (role_id) "
    "WHERE staff_id = $1";

int
person_perms(struct session *s, int64_t staff, uint64_t *perms)
{
	struct db_rows *rows;
	uint64_t bits = 0;
	int rc;

	rc = db_query(s->db, sql_perms, DB_ARGS(db_i(staff)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		bits |= UINT64_C(1) << perm_by_name(db_text(rows, 0));
	db_done(rows);
	if (rc == 0)
		*perms = bits & ~(UINT64_C(1) << PERM_NONE);
	return rc;
}

static const char sql_role[] =
    "SELECT role.name FROM staff_role JOIN role ON role.id = role_id "
    "WHERE staff_id = $1 ORDER BY role_id LIMIT 1";

static int
read_role(struct session *s, int64_t staff)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_role, DB_ARGS(db_i(staff)), &rows);
	if (rc < 0)
		return rc;
	rc = db_next(rows);
	copy_text(s->role, sizeof(s->role), rc == 1 ? db_text(rows, 0) : "");
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_person[] =
    "SELECT login, name, must_change FROM staff WHERE id = $1 AND active = 1";

/* 1, or 0 for somebody who does not work here. */
static int
read_person(struct session *s, int64_t staff)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_person, DB_ARGS(db_i(staff)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) == 1) {
		copy_text(s->login, sizeof(s->login), db_text(rows, 0));
		copy_text(
		    s->staff_name, sizeof(s->staff_name), db_text(rows, 1));
		s->must_change = db_int(rows, 2) != 0;
	}
	db_done(rows);
	return rc;
}

static const char sql_epoch[] =
    "SELECT value FROM setting WHERE name = 'door_epoch'";

static int
read_epoch(struct session *s, int64_t *epoch)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_epoch, DB_NOARGS, &rows)) < 0)
		return rc;
	rc = db_next(rows);
	*epoch = rc == 1 ? strtoll(row_text(rows, 0, NULL), NULL, 10) : 0;
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Be @staff, who may what the shop says now. */
static int
enter(struct session *s, int64_t staff, int64_t epoch)
{
	uint64_t perms = 0;
	int rc = read_person(s, staff);

	if (rc == 0) {
		person_forget(s);
		return err_set(
		    &s->err, ERR_DENIED, "", _("Your account was closed"));
	}
	if (rc < 0 || (rc = read_role(s, staff)) < 0 ||
	    (rc = person_perms(s, staff, &perms)) < 0)
		return rc;
	s->staff_id = staff;
	s->perms = perms;
	s->door_epoch = epoch;
	return 0;
}

int
session_become(struct session *s, int64_t staff_id)
{
	int64_t epoch, version = session_version(s);
	int rc;

	person_forget(s);
	if ((rc = read_epoch(s, &epoch)) < 0 ||
	    (rc = enter(s, staff_id, epoch)) < 0) {
		person_forget(s);
		return rc;
	}
	s->door_version = version;
	return 0;
}

int
person_look_now(struct session *s)
{
	int64_t epoch;
	int rc;

	if ((rc = read_epoch(s, &epoch)) < 0)
		return rc;
	return epoch == s->door_epoch ? 0 : enter(s, s->staff_id, epoch);
}

int
person_look(struct session *s)
{
	int64_t version;
	int rc;

	if (s->staff_id == 0)
		return 0;
	version = session_version(s);
	if (version == s->door_version)
		return 0;
	if ((rc = person_look_now(s)) == 0)
		s->door_version = version;
	return rc;
}

/* That somebody has left is written down where that is no trouble. */
void
session_logout(struct session *s)
{
	struct txn *txn = NULL;

	if (s->staff_id == 0)
		return;
	if (op_begin_alone(s, &txn) < 0 ||
	    op_commit(s, &op_logout, &txn, s->staff_id, "%s", s->login) < 0)
		log_msg("logout not recorded: %s", s->err.text);
	op_abort(s, &txn);
	person_forget(s);
}

bool
session_logged_in(const struct session *s)
{
	return s->staff_id != 0;
}

bool
session_must_change(const struct session *s)
{
	return s->must_change;
}

int64_t
session_staff(const struct session *s)
{
	return s->staff_id;
}

const char *
session_login_name(const struct session *s)
{
	return s->login;
}

const char *
session_staff_name(const struct session *s)
{
	return s->staff_name;
}

const char *
session_role(const struct session *s)
{
	return s->role;
}
