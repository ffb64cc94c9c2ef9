/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

#include "session_priv.h"

#define PASSWORD_LEAST 8

static const struct op op_add = { "staff-add", PERM_STAFF_EDIT, "staff" };
static const struct op op_password = { "staff-password", PERM_NONE, "staff" };

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

static void
read_staff(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct staff *staff = out;

	staff->id = db_int(rows, 0);
	staff->version = db_int(rows, 1);
	staff->login = arena_strdup(arena, db_text(rows, 2));
	staff->name = arena_strdup(arena, db_text(rows, 3));
	staff->active = db_int(rows, 4);
	staff->created_at = db_int(rows, 5);
	staff->roles = arena_strdup(arena, db_text(rows, 6));
}

int
staff_page(struct session *s, enum page_dir dir, const struct staff *from,
    size_t limit, struct page *out)
{
	struct query q =
	    QUERY("SELECT id, version, login, name, active, created_at, "
		  "(SELECT group_concat(role.name, ' ') FROM staff_role "
		  "JOIN role ON role.id = role_id WHERE staff_id = staff.id) "
		  "FROM staff WHERE 1 = 1");
	struct query_key key = { "login",
		db_t(from != NULL ? from->login : NULL) };
	int rc;

	if ((rc = session_need(s, PERM_STAFF_VIEW)) < 0)
		return rc;
	query_page(&q, &key, 1, false, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct staff), limit, read_staff, out);
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

static int
check(struct session *s, const struct staff_edit *edit)
{
	if (edit->login[0] == '\0' || strpbrk(edit->login, " \t") != NULL)
		return err_set(&s->err, ERR_INVALID, "login",
		    _("A login name without blanks is needed"));
	if (edit->name[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "name", _("A name is needed"));
	return password_check(s, edit->password);
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
	return rc < 0 ? rc : grant(s, txn, *id, edit->roles);
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

static const char sql_hash[] =
    "SELECT password FROM staff WHERE id = $1 AND active = 1";
static const char sql_set_password[] =
    "UPDATE staff SET password = $2, version = version + 1 WHERE id = $1";

static int
check_old(struct session *s, const char *old)
{
	struct db_rows *rows;
	bool same = false;
	int rc;

	rc = db_query(s->db, sql_hash, DB_ARGS(db_i(s->staff_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) == 1)
		same = secret_verify(db_text(rows, 0), old);
	db_done(rows);
	if (rc >= 0 && !same)
		rc = err_set(&s->err, ERR_INVALID, "old",
		    _("The old password is wrong"));
	return rc < 0 ? rc : 0;
}

int
staff_password(struct session *s, const char *old, const char *password)
{
	char hash[SECRET_SIZE];
	struct txn *txn;
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0 ||
	    (rc = check_old(s, old)) < 0 ||
	    (rc = password_check(s, password)) < 0 ||
	    (rc = secret_hash(password, hash, &s->err)) < 0 ||
	    (rc = op_begin(s, &op_password, &txn)) < 0)
		return rc;
	rc = db_exec(txn, sql_set_password,
	    DB_ARGS(db_i(s->staff_id), db_t(hash)), NULL);
	if (rc == 0)
		rc = op_commit(
		    s, &op_password, &txn, s->staff_id, "%s", s->staff_name);
	op_abort(s, &txn);
	return rc;
}

const char *
role_text(const char *role)
{
	static const struct {
		const char *role, *text;
	} texts[] = {
		{ "owner", N_("shop owner") },
		{ "manager", N_("store manager") },
		{ "supervisor", N_("customer-service supervisor") },
		{ "agent", N_("sales agent") },
		{ "aftersales", N_("after-sales agent") },
		{ "warehouse", N_("warehouse manager") },
		{ "clerk", N_("warehouse clerk") },
		{ "buyer", N_("purchaser") },
		{ "editor", N_("web editor") },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].role, role) == 0)
			return _(texts[i].text);
	return role;
}
