/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shopdb.h"

#include "../core/session_priv.h"
#include "backup_priv.h"

static const struct op op_restore = { "restore", PERM_NONE, "shop" };

/* The files that a database consists of. */
static const char *const parts[] = { "", "-wal", "-shm" };

static void
remove_part(const char *path)
{
	struct str name = STR_INIT;
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		str_cut(&name, 0);
		str_addf(&name, "%s%s", path, parts[i]);
		unlink(name.s);
	}
	str_cut(&name, 0);
	str_addf(&name, "%s.gate", path);
	unlink(name.s);
	str_done(&name);
}

int
backup_unpack(const char *backup, const char *path, const struct session *like,
    struct err *err)
{
	struct db *db;
	int rc;

	if ((rc = db_open(&db, backup, DB_READ, err)) < 0)
		return rc;
	if (like != NULL)
		db_progress_like(db, like->db);
	rc = db_copy(db, path);
	db_close(db);
	return rc;
}

/* The first finding is told. */
static void
note_finding(void *arg, bool bad, const char *text)
{
	struct str *finding = arg;

	if (bad && finding->len == 0)
		str_add(finding, text);
}

int
backup_prove(struct session *s, const char *name)
{
	struct str finding = STR_INIT;
	int rc = shopdb_verify(s, note_finding, &finding);

	if (rc > 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("The books in %s do not hold: %s"), name, finding.s);
	str_done(&finding);
	return rc;
}

/* Proven, and with a note in its log that it was put back. */
static int
prepare(const char *part, const char *backup, const char *path, struct err *err)
{
	struct session *s;
	struct txn *txn;
	int rc;

	if ((rc = session_open(&s, part, err)) < 0)
		return rc;
	rc = backup_prove(s, backup);
	if (rc == 0)
		rc = op_begin_alone(s, &txn);
	if (rc == 0) {
		rc = op_commit(s, &op_restore, &txn, 0, "%s", backup);
		op_abort(s, &txn);
	}
	if (rc < 0)
		*err = s->err;
	session_close(s);
	return rc < 0 ? rc : shopdb_in_one_file(part, path, err);
}

/* The old one, log and all, becomes PATH.before-restore, with a number if there
 * is one from another time. */
static int
put_aside(const char *path, struct err *err)
{
	struct str base = STR_INIT, from = STR_INIT, to = STR_INIT;
	int n, rc = 0;
	size_t i;

	str_addf(&base, "%s.before-restore", path);
	for (n = 2; access(base.s, F_OK) == 0; n++) {
		str_cut(&base, 0);
		str_addf(&base, "%s.before-restore.%d", path, n);
	}
	for (i = 0; rc == 0 && i < sizeof(parts) / sizeof(parts[0]); i++) {
		str_cut(&from, 0);
		str_cut(&to, 0);
		str_addf(&from, "%s%s", path, parts[i]);
		str_addf(&to, "%s%s", base.s, parts[i]);
		if (rename(from.s, to.s) < 0 && errno != ENOENT)
			rc = err_set(err, ERR_IO, "", _("Cannot rename %s: %s"),
			    from.s, strerror(errno));
	}
	str_done(&base);
	str_done(&from);
	str_done(&to);
	return rc;
}

static bool
same_file(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
	       sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

int
shopdb_restore(const char *backup, const char *path, struct err *err)
{
	struct str part = STR_INIT;
	int rc = 0;

	if (same_file(backup, path))
		return err_set(err, ERR_INVALID, "",
		    _("%s is the shop itself, not a backup of it"), backup);
	if (db_in_use(path))
		return err_set(err, ERR_BUSY, "",
		    _("Somebody is at work in %s; all must leave first"), path);
	str_addf(&part, "%s.restoring", path);
	remove_part(part.s);
	/* A copy, so that proving it (and bringing an old one up to date)
	 * leaves the backup as it is. */
	rc = backup_unpack(backup, part.s, NULL, err);
	if (rc == 0)
		rc = prepare(part.s, backup, path, err);
	if (rc == 0 && db_in_use(path))
		rc = err_set(err, ERR_BUSY, "",
		    _("Somebody is at work in %s; all must leave first"), path);
	if (rc == 0)
		rc = put_aside(path, err);
	if (rc == 0 && rename(part.s, path) < 0)
		rc = err_set(err, ERR_IO, "", _("Cannot rename %s: %s"), part.s,
		    strerror(errno));
	remove_part(part.s);
	str_done(&part);
	return rc;
}
