/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"

#include "vfs.h"
#include "vfs_behind.h"

/*
 * A layer between SQLite and the system's files: a transaction goes to the log
 * in one piece. SQLite makes two writes of each page: a frame's head, the page.
 *
 * What a transaction appends is gathered, from when it has got the right to
 * write (the first of the locks in the shared memory, of all others the only
 * one that it needs) until the page that completes it: its frame's head names
 * the size of the database, which in all others is zero. The write of that page
 * writes everything, or fails; SQLite then undoes the transaction. So nothing
 * is told to be in the log that is not: others look at no frame before the
 * index in the shared memory says that it is there, which it does after that
 * write, behind a barrier; and who copies the log into the file or reads it
 * after a crash goes by the same index, or by what is in the file.
 *
 * Before it is complete, nobody but the transaction itself reads its frames:
 * it had to write some early, and wants one back. Then, and whenever something
 * else is done to the log, they are written first. SQLite was told that they
 * are, so when that fails, all that the transaction writes from there on does.
 * A page that it wrote early and writes again, in its place, is no append and
 * goes straight through, and so do the heads whose sums are then made anew:
 * that is done after the completing page.
 *
 * A transaction that is given up leaves the right to write without that page:
 * what of it was not written need not be. It is the same for a program that
 * ends in the middle. If the power fails in the middle of that write, the
 * sums in the heads say how much of it is good, and without the head of the
 * completing frame, the last, that counts for nothing: as with many writes.
 */

#define WRITE_LOCK 0 /* the byte, in the shared memory's locks */
#define HEAD       24
#define PACE       0x73686e /* to file_control(), a bool * */
#define AT_ONCE    (1u << 20)
#define PIECE      (1u << 16) /* the system's way takes less than twice that */

struct file {
	sqlite3_file base; /* first: it is what SQLite sees */
	sqlite3_file *real;
	struct file *other; /* the database's log, the log's database */
	bool paced;         /* a database: @len bytes since it was synced */

	/* Of a log. */
	bool gathers;
	bool last; /* the page to come completes the transaction */
	int failed;
	unsigned char *buf;
	size_t len, cap;
	sqlite3_int64 from; /* where in the log it goes */
};

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

/* What was gathered is written. */
static int
flush(struct file *log)
{
	size_t len = log->len, done, n;
	int rc = log->failed;

	log->len = 0;
	for (done = 0; done < len && rc == SQLITE_OK; done += n) {
		n = len - done < PIECE ? len - done : PIECE;
		rc = log->real->pMethods->xWrite(log->real, log->buf + done,
		    (int)n, log->from + (sqlite3_int64)done);
	}
	log->failed = rc;
	return rc;
}

static void
gather_begin(struct file *log)
{
	if (log == NULL)
		return;
	log->gathers = true;
	log->last = false;
	log->failed = SQLITE_OK;
	log->len = 0;
}

/* It is written, or given up. */
static void
gather_end(struct file *log)
{
	if (log == NULL)
		return;
	log->gathers = false;
	log->failed = SQLITE_OK;
	log->len = 0;
}

static void
append(struct file *log, const void *data, size_t n, sqlite3_int64 at)
{
	if (log->len == 0)
		log->from = at;
	if (log->cap < log->len + n) {
		log->cap = log->cap * 2 + n + (1 << 16);
		log->buf = xrealloc(log->buf, log->cap);
	}
	memcpy(log->buf + log->len, data, n);
	log->len += n;
}

static bool
names_size(const unsigned char head[HEAD])
{
	return (head[4] | head[5] | head[6] | head[7]) != 0;
}

static int
log_write(sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
	struct file *log = as_file(f);
	bool head = n == HEAD;
	int rc;

	if (log->failed != SQLITE_OK)
		return log->failed;
	if (log->gathers &&
	    (log->len == 0 ? head
			   : at == log->from + (sqlite3_int64)log->len)) {
		append(log, data, (size_t)n, at);
		if (head)
			log->last = names_size(data);
		else if (log->last)
			log->gathers = false;
		return !log->gathers || log->len >= AT_ONCE ? flush(log)
							    : SQLITE_OK;
	}
	if ((rc = flush(log)) != SQLITE_OK)
		return rc;
	return log->real->pMethods->xWrite(log->real, data, n, at);
}

/* What was there before the transaction can be read even if that failed. */
static int
log_read(sqlite3_file *f, void *data, int n, sqlite3_int64 at)
{
	struct file *log = as_file(f);
	int rc = flush(log);

	if (rc != SQLITE_OK && at + n > log->from)
		return rc;
	return log->real->pMethods->xRead(log->real, data, n, at);
}

static int
log_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	int rc = flush(as_file(f));

	return rc != SQLITE_OK
		   ? rc
		   : real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int
log_sync(sqlite3_file *f, int flags)
{
	int rc = flush(as_file(f));

	return rc != SQLITE_OK ? rc
			       : real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int
log_size(sqlite3_file *f, sqlite3_int64 *size)
{
	int rc = flush(as_file(f));

	return rc != SQLITE_OK
		   ? rc
		   : real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int
file_close(sqlite3_file *f)
{
	struct file *file = as_file(f);

	if (file->other != NULL)
		file->other->other = NULL;
	free(file->buf);
	return file->real->pMethods->xClose(file->real);
}

/*
 * What is copied from the log into the file is given to the disk a little at a
 * time, if others are to have theirs kept meanwhile: a queue of thousands of
 * pages would stand before them.
 */
static int
file_write(sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
	struct file *file = as_file(f);
	int rc = file->real->pMethods->xWrite(file->real, data, n, at);

	if (rc != SQLITE_OK || !file->paced)
		return rc;
	file->len += (size_t)n;
	if (file->len < AT_ONCE)
		return SQLITE_OK;
	file->len = 0;
	return file->real->pMethods->xSync(file->real, SQLITE_SYNC_NORMAL);
}

static int
file_control(sqlite3_file *f, int op, void *arg)
{
	struct file *file = as_file(f);

	if (op != PACE)
		return file->real->pMethods->xFileControl(file->real, op, arg);
	file->paced = *(bool *)arg;
	file->len = 0;
	return SQLITE_OK;
}

/* All else is the system's. */

static int
file_read(sqlite3_file *f, void *data, int n, sqlite3_int64 at)
{
	return real_of(f)->pMethods->xRead(real_of(f), data, n, at);
}

static int
file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int
file_sync(sqlite3_file *f, int flags)
{
	return real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int
file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int
file_lock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int
file_unlock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int
file_reserved(sqlite3_file *f, int *is)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), is);
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
	bool right = first == WRITE_LOCK && (flags & SQLITE_SHM_EXCLUSIVE) != 0;
	int rc;

	if (right && (flags & SQLITE_SHM_UNLOCK) != 0)
		gather_end(as_file(f)->other);
	rc = real_of(f)->pMethods->xShmLock(real_of(f), first, n, flags);
	if (rc == SQLITE_OK && right && (flags & SQLITE_SHM_LOCK) != 0)
		gather_begin(as_file(f)->other);
	return rc;
}

/* What is behind it is seen by others: nothing of it may be missing. */
static void
file_shm_barrier(sqlite3_file *f)
{
	if (as_file(f)->other != NULL)
		(void)flush(as_file(f)->other);
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
	return real_of(f)->pMethods->xFetch(real_of(f), at, n, out);
}

static int
file_unfetch(sqlite3_file *f, sqlite3_int64 at, void *page)
{
	return real_of(f)->pMethods->xUnfetch(real_of(f), at, page);
}

static const sqlite3_io_methods database_methods = {
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

static const sqlite3_io_methods log_methods = {
	.iVersion = 1,
	.xClose = file_close,
	.xRead = log_read,
	.xWrite = log_write,
	.xTruncate = log_truncate,
	.xSync = log_sync,
	.xFileSize = log_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_device,
};

/* The system's own files follow ours in the same piece of memory. */
#define OWN_SIZE ((sizeof(struct file) + 15) / 16 * 16)

static int
vfs_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *f, int flags,
    int *told)
{
	sqlite3_vfs *system = vfs->pAppData;
	bool log = (flags & SQLITE_OPEN_WAL) != 0;
	struct file *file = as_file(f), *database;
	int rc;

	if (!log && (flags & SQLITE_OPEN_MAIN_DB) == 0)
		return system->xOpen(system, name, f, flags, told);
	memset(file, 0, sizeof(*file));
	file->real = (sqlite3_file *)(void *)((char *)f + OWN_SIZE);
	file->real->pMethods = NULL;
	rc = system->xOpen(system, name, file->real, flags, told);
	if (file->real->pMethods == NULL)
		return rc;
	f->pMethods = log ? &log_methods : &database_methods;
	if (rc != SQLITE_OK || !log)
		return rc;
	database = as_file(sqlite3_database_file_object(name));
	if (database->base.pMethods == &database_methods) {
		database->other = file;
		file->other = database;
	}
	return rc;
}

/* Of the system's functions only the one that opens asks whose it is. */
static sqlite3_vfs ours;

static void
make_vfs(void)
{
	sqlite3_vfs *system = sqlite3_vfs_find(vfs_behind_name());

	ours = *system;
	ours.pNext = NULL;
	ours.zName = "shopmgr";
	ours.szOsFile += (int)OWN_SIZE;
	ours.pAppData = system;
	ours.xOpen = vfs_open;
	(void)sqlite3_vfs_register(&ours, 0);
}

const char *
vfs_name(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_vfs);
	return ours.zName;
}

void
vfs_pace(sqlite3 *h, bool on)
{
	(void)sqlite3_file_control(h, "main", PACE, &on);
}

bool
vfs_sync(sqlite3 *h, bool log)
{
	int op = log ? SQLITE_FCNTL_JOURNAL_POINTER : SQLITE_FCNTL_FILE_POINTER;
	sqlite3_file *f = NULL;

	return sqlite3_file_control(h, "main", op, (void *)&f) != SQLITE_OK ||
	       f == NULL || f->pMethods == NULL ||
	       f->pMethods->xSync(f, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}
