/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/backup.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"

#include "../core/session_priv.h"
#include "backup_priv.h"

static const struct op op_backup = { "backup", PERM_BACKUP, "shop" };

#define NAME_SIZE 24 /* "shop-20261122-191313.db" */
#define PART      ".part"
#define DUE       (20 * 3600)

struct kept {
	char name[NAME_SIZE];
	int64_t at, size;
};

/* A folder of kept copies. */
struct folder {
	const char *dir;
	int fd;
	struct kept *kept; /* newest first */
	size_t n, cap;
};

static void
name_of(int64_t at, char name[NAME_SIZE])
{
	char t[TIME_SIZE];

	time_full(at, t); /* "2026-11-22 19:13:13" */
	snprintf(name, NAME_SIZE, "shop-%.4s%.2s%.2s-%.2s%.2s%.2s.db", t, t + 5,
	    t + 8, t + 11, t + 14, t + 17);
}

/* Is it a name that we give, and of when? */
static bool
time_of(const char *name, int64_t *at)
{
	char t[TIME_SIZE], same[NAME_SIZE];

	if (strlen(name) != NAME_SIZE - 1)
		return false;
	snprintf(t, sizeof(t), "%.4s-%.2s-%.2s %.2s:%.2s:%.2s", name + 5,
	    name + 9, name + 11, name + 14, name + 16, name + 18);
	if (time_parse(t, at) < 0)
		return false;
	name_of(*at, same);
	return strcmp(name, same) == 0;
}

static int
newest_first(const void *a, const void *b)
{
	const struct kept *ka = a, *kb = b;

	return -strcmp(ka->name, kb->name);
}

static void
add_kept(struct folder *f, const char *name, int64_t at, int64_t size)
{
	struct kept *k;

	if (f->n == f->cap) {
		f->cap = f->cap != 0 ? f->cap * 2 : 32;
		f->kept = xreallocarray(f->kept, f->cap, sizeof(*f->kept));
	}
	k = &f->kept[f->n++];
	*k = (struct kept){ .at = at, .size = size };
	copy_text(k->name, sizeof(k->name), name);
}

/* Calls @entry for each ordinary file in it. */
static int
each_file(struct folder *f, struct err *err,
    void (*entry)(struct folder *f, const char *name, const struct stat *st))
{
	int fd = openat(f->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *e;
	struct stat st;

	if (d == NULL) {
		if (fd >= 0)
			close(fd);
		return err_set(err, ERR_IO, "", _("Cannot read %s: %s"), f->dir,
		    strerror(errno));
	}
	while ((e = readdir(d)) != NULL)
		if (fstatat(f->fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode))
			entry(f, e->d_name, &st);
	closedir(d);
	return 0;
}

static void
note_kept(struct folder *f, const char *name, const struct stat *st)
{
	int64_t at;

	if (time_of(name, &at))
		add_kept(f, name, at, st->st_size);
}

static int
read_folder(struct folder *f, struct err *err)
{
	int rc;

	f->n = 0;
	if ((rc = each_file(f, err, note_kept)) == 0 && f->n > 1)
		qsort(f->kept, f->n, sizeof(*f->kept), newest_first);
	return rc;
}

static int
open_folder(struct folder *f, const char *dir, struct err *err)
{
	*f = (struct folder){ .dir = dir };
	f->fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f->fd >= 0)
		return 0;
	return err_set(err, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "",
	    _("Cannot read %s: %s"), dir, strerror(errno));
}

static void
close_folder(struct folder *f)
{
	if (f->fd >= 0)
		close(f->fd); /* and with it the lock */
	free(f->kept);
}

/* What a killed one left: SHOP.db.part, and what SQLite had beside it. */
static void
clear_part(struct folder *f, const char *name, const struct stat *st)
{
	static const char *const ends[] = { PART, PART "-wal", PART "-shm",
		PART "-journal" };
	char base[NAME_SIZE];
	int64_t at;
	size_t i;

	(void)st;
	if (strlen(name) < NAME_SIZE - 1)
		return;
	snprintf(base, sizeof(base), "%.*s", NAME_SIZE - 1, name);
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (strcmp(name + NAME_SIZE - 1, ends[i]) == 0 &&
		    time_of(base, &at))
			unlinkat(f->fd, name, 0);
}

/*
 * One at a time in a folder: so that what looks half done is left over. Where
 * the file system has no locks nothing is cleared.
 */
static int
enter_folder(struct folder *f, const char *dir, struct err *err)
{
	int rc;

	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return err_set(err, ERR_IO, "", _("Cannot write %s: %s"), dir,
		    strerror(errno));
	if ((rc = open_folder(f, dir, err)) < 0)
		return rc;
	if (flock(f->fd, LOCK_EX | LOCK_NB) == 0)
		rc = each_file(f, err, clear_part);
	else if (errno == EWOULDBLOCK)
		rc = err_set(err, ERR_BUSY, "",
		    _("Another copy is being made in %s"), dir);
	if (rc < 0)
		close_folder(f);
	return rc;
}

/* By itself, as one would find it. */
static int
prove_copy(struct session *s, const char *path)
{
	struct session *copy;
	int rc;

	if ((rc = session_open_read(&copy, path, &s->err)) < 0)
		return rc;
	db_progress_like(copy->db, s->db);
	if ((rc = backup_prove(copy, path)) < 0)
		s->err = copy->err;
	session_close(copy);
	return rc;
}

static int
begin(struct session *s, struct txn **txn)
{
	return s->staff_id != 0 ? op_begin(s, &op_backup, txn)
				: op_begin_alone(s, txn);
}

/* Gives it its name and a record, or neither. */
static int
finish(struct session *s, struct folder *f, const char *part, const char *name,
    const char *path)
{
	struct txn *txn;
	int rc;

	if ((rc = begin(s, &txn)) < 0)
		return rc;
	if (renameat(f->fd, part, f->fd, name) < 0)
		rc = err_set(&s->err, ERR_IO, "", _("Cannot write %s: %s"),
		    path, strerror(errno));
	else if ((rc = op_commit(s, &op_backup, &txn, 0, "%s", path)) < 0)
		unlinkat(f->fd, name, 0);
	op_abort(s, &txn);
	if (rc == 0 && fsync(f->fd) < 0)
		log_msg("fsync %s: %s", f->dir, strerror(errno));
	return rc;
}

#define QUICK 60 /* seconds: names may run so far ahead of the clock */

/*
 * A second later where there is one of this second, and behind all of those
 * that were named so: the newest by name is the one made last.
 */
static int
free_name(struct folder *f, char name[NAME_SIZE], struct err *err)
{
	int64_t at = time_now();
	int rc;

	if ((rc = read_folder(f, err)) < 0)
		return rc;
	if (f->n > 0 && f->kept[0].at >= at && f->kept[0].at < at + QUICK)
		at = f->kept[0].at + 1;
	do
		name_of(at++, name);
	while (faccessat(f->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0);
	return 0;
}

static int
make_copy(
    struct session *s, struct folder *f, char name[NAME_SIZE], struct str *path)
{
	char part[NAME_SIZE + sizeof(PART)];
	struct str whole = STR_INIT;
	int rc;

	if ((rc = free_name(f, name, &s->err)) < 0)
		return rc;
	str_cut(path, 0);
	str_addf(path, "%s/%s", f->dir, name);
	str_addf(&whole, "%s" PART, path->s);
	snprintf(part, sizeof(part), "%s" PART, name);
	rc = db_copy(s->db, whole.s);
	if (rc == 0 && (rc = prove_copy(s, whole.s)) == 0)
		rc = finish(s, f, part, name, path->s);
	if (rc < 0)
		unlinkat(f->fd, part, 0);
	str_done(&whole);
	return rc;
}

/* The newest of its day, or of its month, while there are any left to keep; the
 * one just made whatever the clock says. */
static void
rotate(struct folder *f, const char *made, int64_t days, int64_t months)
{
	const char *day = "", *month = "";
	const struct kept *k;
	bool keep;
	size_t i;

	for (i = 0; i < f->n; i++) {
		k = &f->kept[i];
		keep = strcmp(k->name, made) == 0;
		if (strncmp(day, k->name, 13) != 0) {
			day = k->name;
			keep = keep || days > 0;
			days--;
		}
		if (strncmp(month, k->name, 11) != 0) {
			month = k->name;
			keep = keep || months > 0;
			months--;
		}
		if (!keep && unlinkat(f->fd, k->name, 0) < 0)
			log_msg("%s/%s stays: %s", f->dir, k->name,
			    strerror(errno));
	}
}

static int
keep_one(struct session *s, const char *dir, struct str *path)
{
	int64_t days, months;
	char name[NAME_SIZE];
	struct folder f;
	int rc;

	if ((rc = setting_int(s, SETTING_BACKUP_DAILY, &days)) < 0 ||
	    (rc = setting_int(s, SETTING_BACKUP_MONTHLY, &months)) < 0 ||
	    (rc = enter_folder(&f, dir, &s->err)) < 0)
		return rc;
	rc = make_copy(s, &f, name, path);
	/* It counts, whatever becomes of the others. */
	if (rc == 0 && read_folder(&f, &s->err) == 0)
		rotate(&f, name, days, months);
	close_folder(&f);
	return rc;
}

int
backup_keep(struct session *s, const char *dir, struct str *path)
{
	int rc = session_need(s, PERM_BACKUP);

	return rc < 0 ? rc : keep_one(s, dir, path);
}

int
backup_due(struct session *s, const char *dir, bool *due)
{
	int64_t now = time_now();
	struct folder f;
	size_t i;
	int rc;

	*due = true;
	if ((rc = open_folder(&f, dir, &s->err)) == ERR_NOTFOUND)
		return 0;
	if (rc < 0)
		return rc;
	rc = read_folder(&f, &s->err);
	/* One from the future is of a clock that was wrong. */
	for (i = 0; rc == 0 && *due && i < f.n; i++)
		*due = f.kept[i].at > now + DUE || f.kept[i].at <= now - DUE;
	close_folder(&f);
	return rc;
}

int
backup_list(struct session *s, const char *dir, struct page *out)
{
	struct backup *row;
	struct folder f;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_BACKUP)) < 0 ||
	    (rc = open_folder(&f, dir, &s->err)) < 0)
		return rc;
	if ((rc = read_folder(&f, &s->err)) == 0) {
		page_init(out, sizeof(*row), f.n + 1);
		for (i = 0; i < f.n; i++) {
			row = page_add(out);
			row->id = (int64_t)i + 1;
			row->at = f.kept[i].at;
			row->size = f.kept[i].size;
			row->name = arena_strdup(&out->arena, f.kept[i].name);
			row->path = arena_printf(
			    &out->arena, "%s/%s", dir, f.kept[i].name);
		}
	}
	close_folder(&f);
	return rc;
}

int
backup_closing(const char *path, const struct backup_ask *ask, struct str *made,
    struct err *err)
{
	char dir[SETTING_VALUE];
	struct session *s;
	bool due = false;
	int rc;

	if (db_in_use(path))
		return 0;
	if ((rc = session_open(&s, path, err)) < 0)
		return rc;
	session_on_progress(s, ask->poll, ask->arg);
	rc = setting_text(s, SETTING_BACKUP_DIR, dir, sizeof(dir));
	if (rc == 0 && dir[0] != '\0')
		rc = backup_due(s, dir, &due);
	if (rc == 0 && due) {
		ask->begin(ask->arg, dir);
		rc = keep_one(s, dir, made);
		rc = rc == 0 ? 1 : rc;
	}
	if (rc < 0) {
		log_msg("no copy at closing: %s", s->err.text);
		*err = s->err;
	}
	session_close(s);
	return rc;
}
