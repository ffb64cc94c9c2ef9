/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/db/migrate.h"
#include "shopmgr/domain/op.h"

#include "session_priv.h"

static const char sql_shop_name[] =
    "SELECT value FROM setting WHERE name = 'shop_name'";

/* @sql's one text, or "" where there is none. */
static int
read_text(struct session *s, const char *sql, const struct db_val *args,
    size_t nargs, char *buf, size_t size)
{
	struct db_rows *rows;
	int rc;

	buf[0] = '\0';
	if ((rc = db_query(s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) == 1)
		copy_text(buf, size, db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
open_session(
    struct session **out, const char *path, unsigned flags, struct err *err)
{
	struct session *s = xcalloc(1, sizeof(*s));
	int rc;

	rc = db_open(&s->db, path, flags, &s->err);
	if (rc == 0)
		rc = migrate(s->db, &s->err);
	if (rc == 0)
		rc = read_text(s, sql_shop_name, DB_NOARGS, s->shop_name,
		    sizeof(s->shop_name));
	if (rc < 0) {
		*err = s->err;
		session_close(s);
		return rc;
	}
	*out = s;
	return 0;
}

int
session_open(struct session **out, const char *path, struct err *err)
{
	return open_session(out, path, 0, err);
}

int
session_create(struct session **out, const char *path, struct err *err)
{
	return open_session(out, path, DB_CREATE, err);
}

void
session_close(struct session *s)
{
	if (s == NULL)
		return;
	db_close(s->db);
	free(s);
}

static const char sql_staff[] = "SELECT name FROM staff WHERE id = $1";

static const char sql_role[] =
    "SELECT role.name FROM staff_role JOIN role ON role.id = role_id "
    "WHERE staff_id = $1 ORDER BY role_id LIMIT 1";

static const char sql_perms[] =
    "SELECT perm FROM staff_role JOIN role_perm USING (role_id) "
    "WHERE staff_id = $1";

int
session_become(struct session *s, int64_t staff_id)
{
	struct db_rows *rows;
	uint64_t bits = 0;
	int rc;

	session_logout(s);
	rc = db_query(s->db, sql_perms, DB_ARGS(db_i(staff_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		bits |= UINT64_C(1) << perm_by_name(db_text(rows, 0));
	db_done(rows);
	if (rc == 0)
		rc = read_text(s, sql_staff, DB_ARGS(db_i(staff_id)),
		    s->staff_name, sizeof(s->staff_name));
	if (rc == 0)
		rc = read_text(s, sql_role, DB_ARGS(db_i(staff_id)), s->role,
		    sizeof(s->role));
	if (rc < 0)
		return rc;
	s->staff_id = staff_id;
	s->perms = bits & ~(UINT64_C(1) << PERM_NONE);
	return 0;
}

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

int
session_login(struct session *s, const char *login, const char *password)
{
	char hash[SECRET_SIZE] = "";
	int64_t id = 0;
	bool same;
	int rc;

	session_logout(s);
	if ((rc = find_hash(s, login, hash, &id)) < 0)
		return rc;
	same = secret_verify(hash, password);
	secret_wipe(hash, sizeof(hash));
	if (id == 0 || !same) {
		log_msg("login refused: %s", login);
		return err_set(&s->err, ERR_DENIED, "",
		    _("The login name or the password is wrong"));
	}
	return session_become(s, id);
}

void
session_logout(struct session *s)
{
	s->staff_id = 0;
	s->perms = 0;
	s->staff_name[0] = '\0';
	s->role[0] = '\0';
}

bool
session_logged_in(const struct session *s)
{
	return s->staff_id != 0;
}

const struct err *
session_err(const struct session *s)
{
	return &s->err;
}

int64_t
session_staff(const struct session *s)
{
	return s->staff_id;
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

const char *
session_shop_name(const struct session *s)
{
	return s->shop_name;
}

int64_t
session_version(struct session *s)
{
	return db_version(s->db);
}

void
session_on_progress(struct session *s, int (*poll)(void *arg), void *arg)
{
	db_on_progress(s->db, poll, arg);
}

void
session_cancel(struct session *s)
{
	db_cancel(s->db);
}

void
session_idle(struct session *s)
{
	db_checkpoint(s->db);
}
