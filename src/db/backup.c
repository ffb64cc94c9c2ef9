/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"

#include "db_priv.h"

/* The backend leaves the writing back to the system. */
static int
sync_file(struct db *db, const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	int rc = fd < 0 || fsync(fd) < 0 ? -1 : 0;

	if (rc < 0)
		rc = err_set(db->err, ERR_IO, "", _("Cannot write %s: %s"),
		    path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return rc;
}

static int
prove_copy(struct db *db, const char *path)
{
	struct db *copy;
	int rc;

	if ((rc = db_open(&copy, path, DB_READ, db->err)) < 0)
		return rc;
	if ((rc = copy->ops->tune(copy, DB_TUNE_WHOLE)) == 0)
		rc = db_integrity(copy);
	db_close(copy);
	return rc;
}

int
db_copy(struct db *db, const char *path)
{
	int fd, rc;

	fd = open(
	    path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(db->err, errno == EEXIST ? ERR_CONFLICT : ERR_IO,
		    "", _("Cannot write %s: %s"), path, strerror(errno));
	close(fd);
	if ((rc = db->ops->copy(db, path)) == 0)
		rc = sync_file(db, path);
	if (rc < 0)
		unlink(path);
	return rc;
}

/* The name appears only when the copy is whole and proven. */
int
db_backup(struct db *db, const char *path)
{
	struct str part = STR_INIT;
	int rc;

	if (access(path, F_OK) == 0)
		return err_set(
		    db->err, ERR_CONFLICT, "", _("%s is already there"), path);
	str_addf(&part, "%s.part", path);
	unlink(part.s);
	rc = db_copy(db, part.s);
	if (rc == 0)
		rc = prove_copy(db, part.s);
	if (rc == 0 && rename(part.s, path) < 0)
		rc = err_set(db->err, ERR_IO, "", _("Cannot write %s: %s"),
		    path, strerror(errno));
	if (rc < 0)
		unlink(part.s);
	str_done(&part);
	return rc;
}

bool
db_in_use(const char *path)
{
	return db_backend->in_use(path);
}
