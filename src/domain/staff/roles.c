/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

#include "../core/door_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"

/* Roles and what they may do: data of the shop, which begins with those of
 * data/roles.tsv. */

#define ROLE_MOST 100
#define NAME_MOST 31

static const struct op op_add = { "role-add", PERM_ROLE_EDIT, "role" };
static const struct op op_save = { "role-save", PERM_ROLE_EDIT, "role" };

static uint64_t
bit(enum perm perm)
{
	return UINT64_C(1) << perm;
}

static const char sql_changed[] =
    "UPDATE setting SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) "
    "WHERE name = 'door_epoch'";

int
door_changed(struct session *s, struct txn *txn)
{
	s->door_version = -1; /* one's own changes count for oneself too */
	return db_exec(txn, sql_changed, DB_NOARGS, NULL);
}

int
door_above(struct session *s, uint64_t perms)
{
	if (session_may(s, PERM_ROLE_EDIT) || (perms & ~s->perms) == 0)
		return 0;
	return err_set(&s->err, ERR_DENIED, "",
	    _("This person may do more than you: ask somebody who may change "
	      "roles"));
}

static const char sql_keepers[] =
    "SELECT count(*) FROM staff WHERE active = 1 AND id IN "
    "(SELECT staff_id FROM staff_role JOIN role_perm USING (role_id) "
    "WHERE perm = $1) AND id IN "
    "(SELECT staff_id FROM staff_role JOIN role_perm USING (role_id) "
    "WHERE perm = $2) /*scan*/";

int
door_kept(struct session *s)
{
	const uint64_t door = bit(PERM_STAFF_EDIT) | bit(PERM_ROLE_EDIT);
	uint64_t perms;
	int64_t n;
	int rc;

	rc = db_get1(s->db, sql_keepers,
	    DB_ARGS(db_t(perm_name(PERM_STAFF_EDIT)),
		db_t(perm_name(PERM_ROLE_EDIT))),
	    &n);
	if (rc < 0 || (rc = person_perms(s, s->staff_id, &perms)) < 0)
		return rc;
	if ((s->perms & door & ~perms) != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Nobody takes the right to change staff and roles from "
		      "oneself"));
	if (n == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Somebody has to be left who may change staff and "
		      "roles"));
	return 0;
}

static const char sql_roles[] =
    "SELECT id, version, name, title, "
    "(SELECT count(*) FROM staff_role JOIN staff ON staff.id = staff_id "
    "WHERE role_id = role.id AND active = 1) "
    "FROM role ORDER BY id LIMIT $1 /*scan*/";

static int
read_roles(struct session *s, struct page *out)
{
	struct db_rows *rows;
	struct role *role;
	const char *title;
	int rc;

	rc = db_query(s->db, sql_roles, DB_ARGS(db_i(ROLE_MOST)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) == 1) {
		role = page_add(out);
		role->id = db_int(rows, 0);
		role->version = db_int(rows, 1);
		role->name = row_text(rows, 2, &out->arena);
		title = row_text(rows, 3, &out->arena);
		role->title = title[0] != '\0' ? title : role_text(role->name);
		role->staff_n = db_int(rows, 4);
	}
	db_done(rows);
	return rc;
}

static const char sql_perms[] = "SELECT perm FROM role_perm WHERE role_id = $1";

static int
read_perms(struct session *s, int64_t role, uint64_t *perms)
{
	struct db_rows *rows;
	uint64_t bits = 0;
	int rc;

	rc = db_query(s->db, sql_perms, DB_ARGS(db_i(role)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		bits |= bit(perm_by_name(db_text(rows, 0)));
	db_done(rows);
	*perms = bits & ~bit(PERM_NONE);
	return rc;
}

int
role_page(struct session *s, struct page *out)
{
	struct role *role;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_STAFF_VIEW)) < 0)
		return rc;
	page_init(out, sizeof(*role), ROLE_MOST);
	rc = read_roles(s, out);
	for (i = 0; rc == 0 && i < out->n; i++) {
		role = (struct role *)out->rows + i;
		rc = read_perms(s, role->id, &role->perms);
	}
	if (rc < 0)
		page_free(out);
	return rc;
}

static int
check(struct session *s, const char *name, const char *title, char *trimmed,
    size_t size)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	size_t n = strlen(name);

	if (n == 0 || n > NAME_MOST || strspn(name, letters) != n)
		return err_set(&s->err, ERR_INVALID, "name",
		    _("A role's name is of lower-case letters, digits and -, "
		      "%d at most"),
		    NAME_MOST);
	if (!trim_text(trimmed, size, title))
		return err_set(&s->err, ERR_INVALID, "title",
		    _("The text is too long: %d bytes at most"), (int)size - 1);
	return 0;
}

static const char sql_count[] =
    "SELECT count(*), coalesce(sum(CASE WHEN name = $1 THEN 1 ELSE 0 END), 0) "
    "FROM role /*scan*/";

static int
check_room(struct session *s, const char *name)
{
	struct db_rows *rows;
	bool full, taken;
	int rc;

	if ((rc = db_query(s->db, sql_count, DB_ARGS(db_t(name)), &rows)) < 0)
		return rc;
	rc = db_next(rows);
	full = rc == 1 && db_int(rows, 0) >= ROLE_MOST;
	taken = rc == 1 && db_int(rows, 1) != 0;
	db_done(rows);
	if (rc < 0)
		return rc;
	if (taken)
		return err_set(&s->err, ERR_CONFLICT, "name",
		    _("There is a role %s already"), name);
	if (full)
		return err_set(&s->err, ERR_STATE, "",
		    _("There are %d roles, and no more can be"), ROLE_MOST);
	return 0;
}

static const char sql_add[] = "INSERT INTO role (name, title) VALUES ($1, $2)";

int
role_add(struct session *s, const char *name, const char *title, int64_t *id)
{
	char trimmed[SESSION_NAME] = "";
	struct txn *txn;
	int64_t role = 0;
	int rc;

	if ((rc = session_need(s, PERM_ROLE_EDIT)) < 0 ||
	    (rc = check(s, name, title, trimmed, sizeof(trimmed))) < 0 ||
	    (rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = check_room(s, name);
	if (rc == 0)
		rc = db_insert(
		    txn, sql_add, DB_ARGS(db_t(name), db_t(trimmed)), &role);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, role, "%s (%s)", name,
		    trimmed[0] != '\0' ? trimmed : role_text(name));
	op_abort(s, &txn);
	if (rc == 0)
		*id = role;
	return rc;
}

static const char sql_role[] = "SELECT name, version FROM role WHERE id = $1";

static int
read_role(struct session *s, int64_t id, int64_t version, struct str *name)
{
	struct db_rows *rows;
	int64_t is = 0;
	int rc;

	if ((rc = db_query(s->db, sql_role, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) == 1) {
		str_add(name, db_text(rows, 0));
		is = db_int(rows, 1);
	}
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such role"));
	if (rc == 1 && is != version)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("Somebody else has changed this meanwhile: look again"));
	return rc < 0 ? rc : 0;
}

static const char sql_grant[] =
    "INSERT INTO role_perm (role_id, perm) VALUES ($1, $2)";
static const char sql_revoke[] =
    "DELETE FROM role_perm WHERE role_id = $1 AND perm = $2";
static const char sql_version[] =
    "UPDATE role SET version = version + 1 WHERE id = $1";

/* From @was to @is; @diff: what came and what went. A permission that this
 * program does not know stays. */
static int
change(
    struct txn *txn, int64_t role, uint64_t was, uint64_t is, struct str *diff)
{
	unsigned p;
	bool comes;
	int rc = 0;

	for (p = PERM_NONE + 1; rc == 0 && p < PERM_MAX; p++) {
		if (((was ^ is) >> p & 1) == 0)
			continue;
		comes = (is >> p & 1) != 0;
		str_addf(
		    diff, " %c%s", comes ? '+' : '-', perm_name((enum perm)p));
		rc = db_exec(txn, comes ? sql_grant : sql_revoke,
		    DB_ARGS(db_i(role), db_t(perm_name((enum perm)p))), NULL);
	}
	return rc < 0 ? rc
		      : db_exec(txn, sql_version, DB_ARGS(db_i(role)), NULL);
}

int
role_save(struct session *s, int64_t id, int64_t version, uint64_t perms)
{
	struct str detail = STR_INIT;
	struct txn *txn;
	uint64_t was = 0;
	int rc;

	perms &= bit(PERM_MAX) - 1 - bit(PERM_NONE);
	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = read_role(s, id, version, &detail);
	if (rc == 0)
		rc = read_perms(s, id, &was);
	if (rc == 0 && was != perms) {
		str_addc(&detail, ':');
		rc = change(txn, id, was, perms, &detail);
		if (rc == 0)
			rc = door_kept(s);
		if (rc == 0)
			rc = door_changed(s, txn);
		if (rc == 0)
			rc = op_commit(s, &op_save, &txn, id, "%s", detail.s);
	}
	op_abort(s, &txn);
	str_done(&detail);
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
