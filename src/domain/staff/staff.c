/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/staff.h"

#include "../core/door_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "staff_priv.h"

static const struct op op_add = { "staff-add", PERM_STAFF_EDIT, "staff" };
static const struct op op_save = { "staff-save", PERM_STAFF_EDIT, "staff" };
static const struct op op_close = { "staff-close", PERM_STAFF_EDIT, "staff" };
static const struct op op_reopen = { "staff-reopen", PERM_STAFF_EDIT, "staff" };
static const struct op op_unlock = { "staff-unlock", PERM_STAFF_EDIT, "staff" };

static void
read_staff(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct staff *staff = out;

	staff->id = db_int(rows, 0);
	staff->version = db_int(rows, 1);
	staff->login = row_text(rows, 2, arena);
	staff->name = row_text(rows, 3, arena);
	staff->active = db_int(rows, 4);
	staff->created_at = db_int(rows, 5);
	staff->last_login_at = db_int(rows, 6);
	staff->badge = db_int(rows, 7);
	staff->otp = db_int(rows, 8);
	staff->must_change = db_int(rows, 9);
	staff->roles = row_text(rows, 10, arena);
	staff->locked_until = db_int(rows, 11);
}

#define SELECT_STAFF \
	"SELECT staff.id, version, staff.login, name, active, created_at, " \
	"last_login_at, CASE WHEN badge <> '' THEN 1 ELSE 0 END, " \
	"CASE WHEN otp_secret <> '' THEN 1 ELSE 0 END, must_change, " \
	"(SELECT group_concat(role.name, ' ') FROM staff_role " \
	"JOIN role ON role.id = role_id WHERE staff_id = staff.id), " \
	"CASE WHEN refused.n >= "

/* With the end of the lock as the settings have it now. */
static int
fetch(struct session *s, const char *where, struct db_val value,
    enum page_dir dir, const struct staff *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT_STAFF);
	struct query_key key = { "staff.login",
		db_t(from != NULL ? from->login : NULL) };
	int64_t lock, min;
	int rc;

	if ((rc = session_need(s, PERM_STAFF_VIEW)) < 0 ||
	    (rc = setting_int(s, SETTING_LOGIN_LOCK_AFTER, &lock)) < 0 ||
	    (rc = setting_int(s, SETTING_LOGIN_LOCK_MIN, &min)) < 0)
		return rc;
	query_add_val(&q, db_i(lock));
	query_lit(&q, " AND refused.last_at > ");
	query_add_val(&q, db_i(time_now() - min * 60));
	query_lit(&q, " THEN refused.last_at + ");
	query_add_val(&q, db_i(min * 60));
	query_lit(&q, " ELSE 0 END FROM staff LEFT JOIN login_refused refused "
		      "ON refused.login = staff.login WHERE 1 = 1");
	if (where != NULL)
		query_add_and(&q, where, value);
	query_page(&q, &key, 1, false, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct staff), limit, read_staff, out);
}

int
staff_page(struct session *s, enum page_dir dir, const struct staff *from,
    size_t limit, struct page *out)
{
	return fetch(s, NULL, db_i(0), dir, from, limit, out);
}

static int
refuse_nobody(struct session *s)
{
	return err_set(&s->err, ERR_NOTFOUND, "", _("There is no such person"));
}

int
staff_get(struct session *s, int64_t id, struct page *out)
{
	int rc =
	    fetch(s, " AND staff.id = ", db_i(id), PAGE_FIRST, NULL, 1, out);

	if (rc == 0 && out->n == 0) {
		page_free(out);
		rc = refuse_nobody(s);
	}
	return rc;
}

static const char sql_by_login[] = "SELECT id FROM staff WHERE login = $1";

int
staff_by_login(struct session *s, const char *login, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_STAFF_VIEW)) < 0)
		return rc;
	rc = db_get1(s->db, sql_by_login, DB_ARGS(db_t(login)), id);
	if (rc == ERR_NOTFOUND)
		rc = err_set(&s->err, ERR_NOTFOUND, "login",
		    _("Nobody has the login name %s"), login);
	return rc;
}

static const char sql_read[] =
    "SELECT version, login, name, badge, otp_secret, active FROM staff "
    "WHERE id = $1";

int
staff_read(struct session *s, int64_t id, struct staff_row *row)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_read, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) == 1) {
		row->version = db_int(rows, 0);
		copy_text(row->login, sizeof(row->login), db_text(rows, 1));
		copy_text(row->name, sizeof(row->name), db_text(rows, 2));
		copy_text(row->badge, sizeof(row->badge), db_text(rows, 3));
		copy_text(
		    row->otp_secret, sizeof(row->otp_secret), db_text(rows, 4));
		row->active = db_int(rows, 5) != 0;
	}
	db_done(rows);
	if (rc == 0)
		return refuse_nobody(s);
	return rc < 0 ? rc : person_perms(s, id, &row->perms);
}

static const char sql_others[] =
    "SELECT count(*) FROM staff WHERE active = 1 AND id <> $1 AND id IN"
    " (SELECT staff_id FROM staff_role JOIN role_perm USING (role_id)"
    " WHERE perm = $2) /*scan*/";

int
staff_others(struct session *s, enum perm perm, int64_t *n)
{
	return db_get1(s->db, sql_others,
	    DB_ARGS(db_i(s->staff_id), db_t(perm_name(perm))), n);
}

static const char sql_role_id[] = "SELECT id FROM role WHERE name = $1";
static const char sql_grant[] =
    "INSERT INTO staff_role (staff_id, role_id) VALUES ($1, $2) "
    "ON CONFLICT DO NOTHING";

static const char sql_roles[] = "SELECT name FROM role ORDER BY id";

/* Names those that there are. */
static int
refuse_role(struct session *s, const char *name)
{
	struct str known = STR_INIT;
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_roles, DB_NOARGS, &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		str_addf(
		    &known, "%s%s", known.len > 0 ? " " : "", db_text(rows, 0));
	db_done(rows);
	if (rc == 0)
		rc = err_set(&s->err, ERR_INVALID, "roles",
		    _("There is no role \"%s\"; there are: %s"), name,
		    known.len > 0 ? known.s : "");
	str_done(&known);
	return rc;
}

/* @roles: names with blanks between, at least one. */
static int
grant(struct session *s, struct txn *txn, int64_t staff, const char *roles)
{
	char name[SESSION_NAME];
	int64_t role;
	size_t n, given = 0;
	int rc = 0;

	for (; rc == 0 && *roles != '\0'; roles += n) {
		if ((n = strspn(roles, " ")) > 0)
			continue;
		n = strcspn(roles, " ");
		snprintf(name, sizeof(name), "%.*s", (int)n, roles);
		rc = db_fetch1(txn, sql_role_id, DB_ARGS(db_t(name)), &role);
		if (rc == ERR_NOTFOUND)
			return refuse_role(s, name);
		if (rc == 0)
			rc = db_exec(txn, sql_grant,
			    DB_ARGS(db_i(staff), db_i(role)), NULL);
		given++;
	}
	if (rc == 0 && given == 0)
		rc = err_set(&s->err, ERR_INVALID, "roles",
		    _("At least one role is needed"));
	return rc;
}

/* What one may not oneself, one does not let others do. */
static int
grant_below(
    struct session *s, struct txn *txn, int64_t staff, const char *roles)
{
	uint64_t perms;
	int rc;

	if ((rc = grant(s, txn, staff, roles)) < 0 ||
	    (rc = person_perms(s, staff, &perms)) < 0)
		return rc;
	return door_above(s, perms);
}

static int
check_name(struct session *s, const struct staff_edit *edit)
{
	if (edit->name[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "name", _("A name is needed"));
	return 0;
}

static int
check(struct session *s, const struct staff_edit *edit)
{
	if (edit->login[0] == '\0' || strpbrk(edit->login, " \t") != NULL)
		return err_set(&s->err, ERR_INVALID, "login",
		    _("A login name without blanks is needed"));
	return check_name(s, edit);
}

static const char sql_taken[] = "SELECT count(*) FROM staff WHERE login = $1";
static const char sql_add[] =
    "INSERT INTO staff (login, name, password, created_at) "
    "VALUES ($1, $2, $3, $4)";

static int
add(struct session *s, struct txn *txn, const struct staff_edit *edit,
    const char *hash, int64_t *id)
{
	int64_t taken;
	int rc;

	rc = db_fetch1(txn, sql_taken, DB_ARGS(db_t(edit->login)), &taken);
	if (rc == 0 && taken != 0)
		rc = err_set(&s->err, ERR_CONFLICT, "login",
		    _("The login name %s is already taken"), edit->login);
	if (rc == 0)
		rc = db_insert(txn, sql_add,
		    DB_ARGS(db_t(edit->login), db_t(edit->name), db_t(hash),
			db_i(time_now())),
		    id);
	return rc < 0 ? rc : grant_below(s, txn, *id, edit->roles);
}

int
staff_add(struct session *s, const struct staff_edit *edit, int64_t *id)
{
	char hash[SECRET_SIZE];
	struct txn *txn;
	int64_t staff = 0;
	int rc;

	if ((rc = session_need(s, PERM_STAFF_EDIT)) < 0 ||
	    (rc = check(s, edit)) < 0 ||
	    (rc = password_check(s, edit->password)) < 0 ||
	    (rc = secret_hash(edit->password, hash, &s->err)) < 0 ||
	    (rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = add(s, txn, edit, hash, &staff);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, staff, "%s (%s): %s",
		    edit->login, edit->name, edit->roles);
	op_abort(s, &txn);
	if (rc == 0)
		*id = staff;
	return rc;
}

/* As the list has them: by the order of the roles. */
static const char sql_names[] =
    "SELECT role.name FROM staff_role JOIN role ON role.id = role_id "
    "WHERE staff_id = $1 ORDER BY role_id";

static int
read_roles(struct session *s, int64_t id, struct str *roles)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_names, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		str_addf(
		    roles, "%s%s", roles->len > 0 ? " " : "", db_text(rows, 0));
	db_done(rows);
	return rc;
}

static const char sql_save[] =
    "UPDATE staff SET name = $2, version = version + 1 WHERE id = $1";
static const char sql_revoke[] = "DELETE FROM staff_role WHERE staff_id = $1";

/* *@was and *@is are the roles. */
static int
save(struct session *s, struct txn *txn, int64_t id,
    const struct staff_edit *edit, struct str *was, struct str *is)
{
	int rc = read_roles(s, id, was);

	if (rc == 0)
		rc = db_exec(
		    txn, sql_save, DB_ARGS(db_i(id), db_t(edit->name)), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_revoke, DB_ARGS(db_i(id)), NULL);
	if (rc == 0)
		rc = grant_below(s, txn, id, edit->roles);
	if (rc == 0)
		rc = read_roles(s, id, is);
	if (rc == 0)
		rc = door_kept(s);
	return rc == 0 ? door_changed(s, txn) : rc;
}

static int
check_version(struct session *s, const struct staff_row *row, int64_t version)
{
	if (row->version == version)
		return 0;
	return err_set(&s->err, ERR_CONFLICT, "",
	    _("Somebody else has changed this meanwhile: look again"));
}

int
staff_save(struct session *s, int64_t id, int64_t version,
    const struct staff_edit *edit)
{
	struct str was = STR_INIT, is = STR_INIT;
	struct staff_row row = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = session_need(s, PERM_STAFF_EDIT)) < 0 ||
	    (rc = check_name(s, edit)) < 0 ||
	    (rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = staff_read(s, id, &row);
	if (rc == 0)
		rc = check_version(s, &row, version);
	if (rc == 0)
		rc = door_above(s, row.perms);
	if (rc == 0)
		rc = save(s, txn, id, edit, &was, &is);
	/* What is there already is no change and leaves no record. */
	if (rc == 0 &&
	    (strcmp(was.s, is.s) != 0 || strcmp(row.name, edit->name) != 0))
		rc = op_commit(s, &op_save, &txn, id, "%s: %s -> %s; %s -> %s",
		    row.login, row.name, edit->name, was.s, is.s);
	op_abort(s, &txn);
	str_done(&was);
	str_done(&is);
	return rc;
}

static const char sql_active[] =
    "UPDATE staff SET active = $2, version = version + 1 WHERE id = $1";

static int
set_active(struct session *s, struct txn *txn, int64_t id, bool active)
{
	int rc;

	rc = db_exec(txn, sql_active, DB_ARGS(db_i(id), db_i(active)), NULL);
	if (rc == 0)
		rc = door_kept(s);
	return rc == 0 ? door_changed(s, txn) : rc;
}

int
staff_set_active(struct session *s, int64_t id, bool active)
{
	const struct op *op = active ? &op_reopen : &op_close;
	struct staff_row row = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = session_need(s, PERM_STAFF_EDIT)) < 0)
		return rc;
	if (!active && id == s->staff_id)
		return err_set(
		    &s->err, ERR_STATE, "", _("Nobody closes the own account"));
	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = staff_read(s, id, &row);
	if (rc == 0)
		rc = door_above(s, row.perms);
	if (rc == 0 && row.active != active) {
		rc = set_active(s, txn, id, active);
		if (rc == 0)
			rc = op_commit(
			    s, op, &txn, id, "%s (%s)", row.login, row.name);
	}
	op_abort(s, &txn);
	return rc;
}

int
staff_unlock(struct session *s, int64_t id)
{
	struct staff_row row = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_unlock, &txn)) < 0)
		return rc;
	rc = staff_read(s, id, &row);
	if (rc == 0)
		rc = door_above(s, row.perms);
	if (rc == 0)
		rc = refused_forget(txn, row.login);
	if (rc == 0)
		rc = op_commit(s, &op_unlock, &txn, id, "%s", row.login);
	op_abort(s, &txn);
	return rc;
}
