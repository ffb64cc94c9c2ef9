/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/view.h"

#include "session_priv.h"

#define VIEW_MAX 2000 /* bytes */

/* Never in the log: see view_set(). */
static const struct op op_view = { "view-set", PERM_NONE, "view" };

static const char sql_get[] =
    "SELECT value FROM view WHERE staff_id = $1 AND name = $2";

int
view_get(struct session *s, const char *name, struct str *out)
{
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	rc = db_query(
	    s->db, sql_get, DB_ARGS(db_i(s->staff_id), db_t(name)), &rows);
	if (rc < 0)
		return rc;
	str_cut(out, 0);
	if ((rc = db_next(rows)) > 0)
		str_add(out, db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_set[] =
    "INSERT INTO view (staff_id, name, value) VALUES ($1, $2, $3)"
    " ON CONFLICT (staff_id, name) DO UPDATE SET value = excluded.value";
static const char sql_forget[] =
    "DELETE FROM view WHERE staff_id = $1 AND name = $2";

static int
store(struct session *s, struct txn *txn, const char *name, const char *value)
{
	if (value[0] == '\0')
		return db_exec(txn, sql_forget,
		    DB_ARGS(db_i(s->staff_id), db_t(name)), NULL);
	return db_exec(txn, sql_set,
	    DB_ARGS(db_i(s->staff_id), db_t(name), db_t(value)), NULL);
}

int
view_set(struct session *s, const char *name, const char *value)
{
	struct txn *txn;
	int rc;

	if (name[0] == '\0' || strlen(name) > SESSION_NAME)
		return err_set(&s->err, ERR_INVALID, "name",
		    _("There is no list of that name"));
	if (strlen(value) > VIEW_MAX || !utf8_valid(value, strlen(value)))
		return err_set(&s->err, ERR_INVALID, "value",
		    _("That is not what a list could look like"));
	if ((rc = op_begin(s, &op_view, &txn)) < 0)
		return rc;
	/* Not recorded: it is how one person looks at things. */
	if ((rc = store(s, txn, name, value)) == 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	return rc;
}
