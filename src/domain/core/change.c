/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

#include "door_priv.h"
#include "row_priv.h"
#include "session_priv.h"

/* One person after the other in the same session, and what a terminal has to
 * know of who stands in front of it. */

static const char sql_name[] =
    "SELECT name FROM staff WHERE login = $1 AND active = 1";

int
session_name_of(struct session *s, const char *login, char name[SESSION_NAME])
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_name, DB_ARGS(db_t(login)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) == 1)
		copy_text(name, SESSION_NAME, db_text(rows, 0));
	db_done(rows);
	if (rc == 0)
		return err_set(&s->err, ERR_NOTFOUND, "login",
		    _("Nobody who works here has the login name %s"), login);
	return rc < 0 ? rc : 0;
}

static const char sql_since[] = "SELECT last_login_at FROM staff WHERE id = $1";

static const char sql_roles[] =
    "SELECT role.name, title FROM staff_role JOIN role ON role.id = role_id "
    "WHERE staff_id = $1 ORDER BY role_id";

int
session_me(struct session *s, int64_t *since, struct str *roles)
{
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0 ||
	    (rc = db_get1(
		 s->db, sql_since, DB_ARGS(db_i(s->staff_id)), since)) < 0 ||
	    (rc = db_query(
		 s->db, sql_roles, DB_ARGS(db_i(s->staff_id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) == 1) {
		const char *title = row_text(rows, 1, NULL);

		if (roles->len > 0)
			str_add(roles, C_("list", ", "));
		str_add(roles, title[0] != '\0'
				   ? title
				   : role_text(row_text(rows, 0, NULL)));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
password_twice(struct session *s, const char *password, const char *again)
{
	if (strcmp(password, again) == 0)
		return 0;
	return err_set(&s->err, ERR_INVALID, "again",
	    _("The new password was not the same both times"));
}

bool
session_waits(struct session *s, const char *login, char *buf, size_t size)
{
	struct err was = s->err;
	bool waits = refused_wait(s, login) == ERR_BUSY;

	if (waits)
		copy_text(buf, size, s->err.text);
	s->err = was;
	return waits;
}

/* Nothing was changed; what went wrong stays told. */
static int
stay(struct session *s, int64_t staff, int why)
{
	struct err was = s->err;
	int rc = session_become(s, staff);

	if (rc < 0)
		return rc;
	s->err = was;
	return why;
}

int
session_change(struct session *s, const char *login, const char *password,
    const char *code)
{
	int64_t before = s->staff_id, after;
	int rc = session_login_code(s, login, password, code);

	if (before == 0)
		return rc;
	if (rc < 0)
		return stay(s, before, rc);
	/* That the other one has left is written down, too. */
	after = s->staff_id;
	if (session_become(s, before) == 0)
		session_logout(s);
	return session_become(s, after);
}
