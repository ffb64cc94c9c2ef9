/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/page.h"
#include "shopmgr/db/migrate.h"
#include "shopmgr/domain/op.h"

#include "../find/find_priv.h"
#include "../stock/stock_priv.h"
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

static const char sql_due[] = "SELECT count(*) FROM setting WHERE name = $1";
static const char sql_done[] = "DELETE FROM setting WHERE name = $1";

int
session_due(struct session *s, const char *name,
    int (*what)(struct session *s, struct txn *txn))
{
	struct txn *txn;
	int64_t due;
	int rc;

	rc = db_get1(s->db, sql_due, DB_ARGS(db_t(name)), &due);
	if (rc < 0 || due == 0)
		return rc;
	if ((rc = op_begin_alone(s, &txn)) < 0)
		return rc;
	/* Somebody else may have been first. */
	rc = db_fetch1(txn, sql_due, DB_ARGS(db_t(name)), &due);
	if (rc == 0 && due > 0 && (rc = what(s, txn)) == 0)
		rc = db_exec(txn, sql_done, DB_ARGS(db_t(name)), NULL);
	if (rc == 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	return rc;
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
	if (rc == 0 && !(flags & DB_READ))
		rc = stock_days_due(s);
	if (rc == 0 && !(flags & DB_READ))
		rc = bins_along_due(s);
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
session_open_read(struct session **out, const char *path, struct err *err)
{
	return open_session(out, path, DB_READ, err);
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
	find_close(s);
	db_close(s->db);
	free(s);
}

const struct err *
session_err(const struct session *s)
{
	return &s->err;
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

int
page_one(struct session *s, int rc, struct page *out, const char *field,
    const char *none)
{
	if (rc < 0 || out->n == 1)
		return rc;
	page_free(out);
	return err_set(&s->err, ERR_NOTFOUND, field, "%s", none);
}

int
session_any(struct session *s, struct session_any *any, const char *sql)
{
	int64_t version, n;
	int rc;

	if (any->read && any->turn == s->turn)
		return any->any;
	version = session_version(s);
	if (!any->read || any->version != version) {
		if ((rc = db_get1(s->db, sql, DB_NOARGS, &n)) < 0)
			return rc;
		any->any = n != 0;
		any->version = version;
		any->read = true;
	}
	any->turn = s->turn;
	return any->any;
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
