/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

#include "sqlite_priv.h"
#include "vfs_behind.h"

/* SQLite's file and settings: what needs no more of it than its pragmas. */

#define APPLICATION_ID 0x73686d67 /* "shmg" */
#define CACHE_ID       0x73686d63 /* "shmc": DB_CACHE */

/*
 * The file gets its mode before there is anything in it; SQLite gives its log
 * the same. An empty file is a new database.
 */
int
lite_make_file(struct db *db, const char *path, unsigned flags)
{
	int fd;

	if (access(path, F_OK) == 0)
		return 0;
	if (errno != ENOENT || !(flags & DB_CREATE))
		return err_set(db->err, ERR_NOTFOUND, "",
		    _("There is no shop database %s: make one by \"shopmgr "
		      "init\""),
		    path);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(db->err, ERR_IO, "", _("Cannot write %s: %s"),
		    path, strerror(errno));
	close(fd);
	return 0;
}

/*
 * NORMAL: the file is whole whatever happens. That a commit stays is seen to
 * by lite_sync(), for which nobody else has to wait. The limit is the size that
 * the log comes to where most is done: to cut off what is above it costs a
 * commit milliseconds, and making it anew costs more.
 */
static const char settings[] = "PRAGMA foreign_keys = ON;"
			       "PRAGMA trusted_schema = OFF;"
			       "PRAGMA synchronous = NORMAL;"
			       "PRAGMA cache_size = -8192;"
			       "PRAGMA journal_size_limit = 268435456;";

/* In a write-ahead log commits that are lost leave the file whole. */
static const char cache_settings[] = "PRAGMA cache_size = -2048;"
				     "PRAGMA mmap_size = 268435456;";

/* While somebody works without the log, and makes way for us: SQLite would not
 * wait for him. */
static int
have_log(struct db *db)
{
	int64_t until = time_ticks() + DB_PATIENCE_MS * INT64_C(1000000);
	int rc;

	vfs_behind(((struct lite *)db->conn)->h, false);
	while (
	    (rc = lite_script(db, "PRAGMA journal_mode = WAL")) == ERR_BUSY &&
	    !db->cache && time_ticks() < until &&
	    (db->poll == NULL || db->poll(db->poll_arg) == 0))
		usleep(2000);
	return rc;
}

/* What it is, before anything is done to it. */
static int
identify(struct db *db, unsigned flags)
{
	struct lite *lite = db->conn;
	int64_t own = db->cache ? CACHE_ID : APPLICATION_ID, pages = 0, id = 0;
	char set_id[64];
	int rc;

	if ((rc = lite_pragma(db, "PRAGMA page_count", &pages)) < 0 ||
	    (rc = lite_pragma(db, "PRAGMA application_id", &id)) < 0)
		return rc;
	/* A cache that another program is just making has pages and no id. */
	if ((pages == 0 && (flags & DB_CREATE)) || (db->cache && id == 0)) {
		snprintf(set_id, sizeof(set_id), "PRAGMA application_id = %lld",
		    (long long)own);
		if ((rc = lite_script(db, "PRAGMA page_size = 4096")) == 0)
			rc = have_log(db);
		if (rc == 0)
			rc = lite_script(db, set_id);
	} else if (id != own) {
		rc = err_set(db->err, ERR_DB, "",
		    _("%s is not a shopmgr database"), db->path);
	} else if (!(flags & DB_READ)) {
		rc = have_log(db);
	}
	return rc < 0 ? rc
		      : lite_pragma(db, "PRAGMA page_size", &lite->page_size);
}

int
lite_set_up(struct db *db, unsigned flags)
{
	int rc;

	if ((rc = lite_script(db, settings)) < 0)
		return rc;
	((struct lite *)db->conn)->durable = !db->cache;
	if (db->cache)
		rc = lite_script(db, cache_settings);
	else if (sizeof(void *) >= 8 && !db->memory)
		rc = lite_script(db, "PRAGMA mmap_size = 1073741824");
	return rc < 0 ? rc : identify(db, flags);
}

int
lite_schema_get(struct db *db, int64_t *out)
{
	return lite_pragma(db, "PRAGMA user_version", out);
}

int
lite_schema_set(struct db *db, int64_t version)
{
	char sql[64];

	snprintf(
	    sql, sizeof(sql), "PRAGMA user_version = %lld", (long long)version);
	return lite_script(db, sql);
}

int
lite_tune(struct db *db, enum db_tune tune)
{
	struct lite *lite = db->conn;
	int rc;

	switch (tune) {
	case DB_TUNE_NORMAL:
		db->long_log = lite->no_log = false;
		lite->durable = !db->cache;
		rc = lite_script(db, "PRAGMA foreign_keys = ON;"
				     "PRAGMA cache_size = -8192;"
				     "PRAGMA synchronous = NORMAL;"
				     "PRAGMA temp_store = DEFAULT;"
				     "PRAGMA mmap_size = 1073741824");
		return rc < 0 ? rc : have_log(db);
	case DB_TUNE_MERGE:
		/* Statements note in memory what they may have to undo. */
		return lite_script(db, "PRAGMA mmap_size = 0;"
				       "PRAGMA cache_size = -32768;"
				       "PRAGMA temp_store = MEMORY");
	case DB_TUNE_STEPS:
		if (lite->no_log && (rc = have_log(db)) < 0)
			return rc;
		lite->no_log = lite->durable = false;
		return lite_script(db, "PRAGMA mmap_size = 0;"
				       "PRAGMA cache_size = -32768;"
				       "PRAGMA synchronous = NORMAL;"
				       "PRAGMA temp_store = MEMORY");
	case DB_TUNE_ALONE:
		if (lite->no_log)
			return 0;
		db->long_log = true;
		return lite_tune(db, DB_TUNE_STEPS);
	case DB_TUNE_LOOSE:
		return lite_script(db, "PRAGMA foreign_keys = OFF");
	case DB_TUNE_LAST:
		lite->durable = true;
		return 0;
	case DB_TUNE_LOAD:
		lite_leave_wal(db);
		return lite_script(db, "PRAGMA foreign_keys = OFF;"
				       "PRAGMA synchronous = FULL;"
				       "PRAGMA cache_size = -131072;"
				       "PRAGMA mmap_size = 134217728");
	case DB_TUNE_INDEX:
		/* The sorter takes its measure from the cache: small runs in
		 * a temporary file beat one large merge in memory, and those
		 * that the processor's own cache holds beat all others. */
		return lite_script(db, "PRAGMA cache_size = -4096");
	case DB_TUNE_SHARED:
		return lite_script(db, "PRAGMA mmap_size = 0");
	case DB_TUNE_WHOLE:
		/* All of the file is read, and copied: not into memory. */
		return lite_script(db, "PRAGMA mmap_size = 0;"
				       "PRAGMA cache_size = -16384");
	case DB_TUNE_RELAX:
		lite->durable = false;
		return lite_script(db, "PRAGMA synchronous = OFF");
	}
	assert(false && "no such tune");
	return ERR_DB;
}

/*
 * Each connection to a file with a write-ahead log keeps a read lock on the
 * bytes that SQLite's file format sets aside for that.
 */
bool
lite_in_use(const char *path)
{
	struct flock lock = { .l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = 0x40000000 + 2,
		.l_len = 510 };
	int fd = open(path, O_RDWR | O_CLOEXEC);
	bool used = false;

	if (fd < 0)
		return false;
	if (fcntl(fd, F_OFD_GETLK, &lock) == 0)
		used = lock.l_type != F_UNLCK;
	close(fd);
	return used;
}
