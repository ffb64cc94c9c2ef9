/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

#include "behind.h"
#include "vfs_behind.h"

/*
 * A layer between SQLite and the system's files: a database that nobody else
 * has open, and its journal, are written by a thread, while SQLite goes on.
 *
 * SQLite counts on no write before it has asked for it to be on the disk: with
 * that, here, what is on its way is waited for. What fails before that is told
 * by the next write or read, at the latest by the sync without which nothing is
 * committed; and by all of them until the journal is closed, which SQLite opens
 * anew to take the transaction back. What it has not synced of the journal is
 * of pages whose places in the database it has not written: the same as if the
 * program had ended there.
 *
 * Nothing of that is for where there is a log.
 */

/* What sqlite3_file_control() knows beside SQLite's own. */
#define SET_BEHIND 0x73686d /* bool * */

struct file {
	sqlite3_file base; /* first: it is what SQLite sees */
	sqlite3_file *real;
	struct behind *behind; /* NULL: the system's way */
	enum behind_file which;
	const char *name;   /* the database's; a journal's NULL */
	struct file *next;  /* all databases */
	struct file *owner; /* the journal's database */
	struct file *journal;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file *databases;

static struct file *
as_file(sqlite3_file *f)
{
	return (struct file *)(void *)f;
}

static sqlite3_file *
real_of(sqlite3_file *f)
{
	return as_file(f)->real;
}

static int
now_write(void *file, const void *data, size_t n, int64_t at)
{
	sqlite3_file *f = file;

	return f->pMethods->xWrite(f, data, (int)n, at);
}

static int
now_sync(void *file)
{
	sqlite3_file *f = file;

	return f->pMethods->xSync(f, SQLITE_SYNC_NORMAL);
}

static const struct behind_ops ops = { .write = now_write, .sync = now_sync };

static int
drain(struct file *file)
{
	return file->behind != NULL ? behind_drain(file->behind) : SQLITE_OK;
}

static void
journal_leaves(struct file *journal)
{
	if (journal->behind != NULL) {
		behind_forget(journal->behind);
		behind_open(journal->behind, BEHIND_JOURNAL, NULL);
	}
	journal->behind = NULL;
	if (journal->owner != NULL)
		journal->owner->journal = NULL;
	journal->owner = NULL;
}

static void
set_behind(struct file *file, bool on)
{
	if (on == (file->behind != NULL))
		return;
	if (on) {
		file->behind = behind_new(&ops);
		if (file->behind != NULL)
			behind_open(file->behind, BEHIND_DATABASE, file->real);
		return;
	}
	if (file->journal != NULL)
		journal_leaves(file->journal);
	behind_free(file->behind);
	file->behind = NULL;
}

static void
enlist(struct file *file)
{
	pthread_mutex_lock(&lock);
	file->next = databases;
	databases = file;
	pthread_mutex_unlock(&lock);
}

static void
strike(struct file *file)
{
	struct file **at;

	pthread_mutex_lock(&lock);
	for (at = &databases; *at != NULL; at = &(*at)->next)
		if (*at == file) {
			*at = file->next;
			break;
		}
	pthread_mutex_unlock(&lock);
}

/* Names are one piece of memory for a database and what belongs to it. */
static struct file *
database_of(const char *journal)
{
	const char *name = sqlite3_filename_database(journal);
	struct file *file;

	pthread_mutex_lock(&lock);
	for (file = databases; file != NULL && file->name != name;)
		file = file->next;
	pthread_mutex_unlock(&lock);
	return file;
}

static int
file_close(sqlite3_file *f)
{
	struct file *file = as_file(f);

	if (file->which == BEHIND_DATABASE) {
		strike(file);
		set_behind(file, false);
		if (file->journal != NULL)
			file->journal->owner = NULL;
	} else {
		journal_leaves(file);
	}
	return file->real->pMethods->xClose(file->real);
}

static int
meet(struct file *file, int n, sqlite3_int64 at)
{
	return file->behind != NULL
		   ? behind_meet(file->behind, file->which, (size_t)n, at)
		   : SQLITE_OK;
}

static int
file_read(sqlite3_file *f, void *data, int n, sqlite3_int64 at)
{
	struct file *file = as_file(f);
	int rc = meet(file, n, at);

	return rc != SQLITE_OK
		   ? rc
		   : file->real->pMethods->xRead(file->real, data, n, at);
}

static int
file_write(sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
	struct file *file = as_file(f);

	return file->behind != NULL
		   ? behind_write(
			 file->behind, file->which, data, (size_t)n, at)
		   : file->real->pMethods->xWrite(file->real, data, n, at);
}

static int
file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	int rc = drain(as_file(f));

	return rc != SQLITE_OK
		   ? rc
		   : real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int
file_sync(sqlite3_file *f, int flags)
{
	int rc = drain(as_file(f));

	return rc != SQLITE_OK ? rc
			       : real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int
file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	int rc = drain(as_file(f));

	return rc != SQLITE_OK
		   ? rc
		   : real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int
file_lock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int
file_unlock(sqlite3_file *f, int level)
{
	(void)drain(as_file(f)); /* what failed is told to who syncs */
	return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int
file_reserved(sqlite3_file *f, int *is)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), is);
}

static int
file_control(sqlite3_file *f, int op, void *arg)
{
	if (op != SET_BEHIND)
		return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
	set_behind(as_file(f), *(const bool *)arg);
	return SQLITE_OK;
}

static int
file_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int
file_device(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int
file_shm_map(sqlite3_file *f, int i, int size, int extend, void volatile **out)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), i, size, extend, out);
}

static int
file_shm_lock(sqlite3_file *f, int first, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), first, n, flags);
}

static void
file_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int
file_shm_unmap(sqlite3_file *f, int remove)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

static int
file_fetch(sqlite3_file *f, sqlite3_int64 at, int n, void **out)
{
	int rc = meet(as_file(f), n, at);

	*out = NULL;
	return rc != SQLITE_OK
		   ? rc
		   : real_of(f)->pMethods->xFetch(real_of(f), at, n, out);
}

static int
file_unfetch(sqlite3_file *f, sqlite3_int64 at, void *page)
{
	return real_of(f)->pMethods->xUnfetch(real_of(f), at, page);
}

static const sqlite3_io_methods methods = {
	.iVersion = 3,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_device,
	.xShmMap = file_shm_map,
	.xShmLock = file_shm_lock,
	.xShmBarrier = file_shm_barrier,
	.xShmUnmap = file_shm_unmap,
	.xFetch = file_fetch,
	.xUnfetch = file_unfetch,
};

/* The system's own files follow ours in the same piece of memory. */
#define OWN_SIZE ((sizeof(struct file) + 15) / 16 * 16)

static int
vfs_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *f, int flags,
    int *told)
{
	sqlite3_vfs *system = vfs->pAppData;
	struct file *file = as_file(f), *owner = NULL;
	bool database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
	int rc;

	if ((flags & SQLITE_OPEN_MAIN_JOURNAL) != 0)
		owner = database_of(name);
	if (!database && (owner == NULL || owner->behind == NULL))
		return system->xOpen(system, name, f, flags, told);
	memset(file, 0, sizeof(*file));
	file->real = (sqlite3_file *)(void *)((char *)f + OWN_SIZE);
	file->real->pMethods = NULL;
	rc = system->xOpen(system, name, file->real, flags, told);
	if (file->real->pMethods == NULL)
		return rc;
	f->pMethods = &methods;
	if (database) {
		file->name = name;
		enlist(file);
	} else {
		file->which = BEHIND_JOURNAL;
		file->owner = owner;
		file->behind = owner->behind;
		owner->journal = file;
		behind_open(file->behind, BEHIND_JOURNAL, file->real);
	}
	return rc;
}

/* Of the system's functions only the one that opens asks whose it is. */
static sqlite3_vfs ours;

static void
make_vfs(void)
{
	sqlite3_vfs *system = sqlite3_vfs_find(NULL);

	ours = *system;
	ours.pNext = NULL;
	ours.zName = "shopmgr-behind";
	ours.szOsFile += (int)OWN_SIZE;
	ours.pAppData = system;
	ours.xOpen = vfs_open;
	(void)sqlite3_vfs_register(&ours, 0);
}

const char *
vfs_behind_name(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_vfs);
	return ours.zName;
}

void
vfs_behind(struct sqlite3 *h, bool on)
{
	(void)sqlite3_file_control(h, "main", SET_BEHIND, &on);
}
