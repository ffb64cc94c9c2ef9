/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/domain/backup.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/shopdb.h"

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
}

/* A shop on a file with something in it. */
static struct session *
open_shop(const char *name)
{
	struct session *s;
	struct err err;

	if (session_open(&s, fixture_shop(name), &err) < 0)
		fail_msg("%s", err.text);
	fixture_role(s, "owner");
	fixture_variant(s, "PAN", 10, 3000);
	fixture_order(s, "1001", 2, "PAN", NULL);
	return s;
}

/* An empty folder of that name. */
static const char *
folder(const char *name)
{
	const char *path = fixture_path(name);

	if (mkdir(path, 0700) < 0)
		fail_msg("cannot make %s", path);
	return path;
}

static const char *
in(const char *dir, const char *name)
{
	static char path[400];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void
put(const char *dir, const char *name)
{
	FILE *f = fopen(in(dir, name), "w");

	if (f == NULL || fputs("x", f) < 0 || fclose(f) != 0)
		fail_msg("cannot write %s", in(dir, name));
}

static bool
there(const char *dir, const char *name)
{
	struct stat st;

	return lstat(in(dir, name), &st) == 0;
}

/* How many files are in @dir whose names end with @end. */
static int
files(const char *dir, const char *end)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	size_t len = strlen(end), n;
	int found = 0;

	if (d == NULL)
		return 0;
	while ((e = readdir(d)) != NULL) {
		n = strlen(e->d_name);
		found += e->d_name[0] != '.' && n >= len &&
			 strcmp(e->d_name + n - len, end) == 0;
	}
	closedir(d);
	return found;
}

static int64_t
at(const char *text)
{
	int64_t t;

	assert_int_equal(time_parse(text, &t), 0);
	return t;
}

static void
a_kept_copy_is_the_shop_itself(void **state)
{
	const char *dir = fixture_path("kept");
	struct session *s = open_shop("a.db"), *copy;
	struct str path = STR_INIT;
	struct stat st;
	struct err err;

	mode_t old = umask(0);

	(void)state;
	time_travel(at("2026-11-22 19:13:13"));
	must(s, backup_keep(s, dir, &path));
	umask(old);
	assert_string_equal(path.s, in(dir, "shop-20261122-191313.db"));
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(path.s, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(files(dir, ""), 1);
	assert_int_equal(fixture_audited(s, "backup", 0), 1);
	assert_int_equal(session_open(&copy, path.s, &err), 0);
	fixture_verify(copy);
	assert_int_equal(fixture_int(copy, "SELECT count(*) FROM orders"), 1);
	session_close(copy);
	/* One more in the same second. */
	must(s, backup_keep(s, dir, &path));
	assert_string_equal(path.s, in(dir, "shop-20261122-191314.db"));
	time_travel(0);
	str_done(&path);
	fixture_end(s);
}

/* Whatever others may do by the umask. */
static void
files_beside_a_shop_are_private(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".gate" };
	mode_t old = umask(0);
	const char *dir = fixture_path("open"), *path;
	struct session *s;
	struct stat st;
	struct err err;
	char name[32];
	size_t i;

	(void)state;
	assert_int_equal(mkdir(dir, 0700), 0);
	path = fixture_path("open/shop.db");
	assert_int_equal(shopdb_init(path, "owner", "owner-password", &err), 0);
	assert_int_equal(session_open(&s, path, &err), 0);
	fixture_role(s, "owner");
	fixture_variant(s, "PAN", 10, 3000);
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		snprintf(name, sizeof(name), "shop.db%s", ends[i]);
		assert_int_equal(stat(in(dir, name), &st), 0);
		if ((st.st_mode & 0777) != 0600)
			fail_msg("%s: %o", name, st.st_mode & 0777);
	}
	assert_int_equal(files(dir, ""), 4);
	umask(old);
	fixture_end(s);
}

static void
copies_need_the_permission(void **state)
{
	const char *dir = fixture_path("denied");
	struct session *s = open_shop("denied.db");
	struct str path = STR_INIT;
	struct page page;

	(void)state;
	fixture_role(s, "clerk");
	assert_int_equal(backup_keep(s, dir, &path), ERR_DENIED);
	assert_int_equal(backup_list(s, dir, &page), ERR_DENIED);
	assert_int_equal(backup_rehearse(s, dir, NULL, NULL), ERR_DENIED);
	assert_false(there(dir, ""));
	str_done(&path);
	fixture_end(s);
}

/* What there is beside copies; each is somebody else's. */
static const char *const strangers[] = { "shop-20200101-120000.db.bak",
	"shop-20200230-120000.db", "shop-20200101-250000.db",
	"shop-20200101_120000.db", "Shop-20200101-120000.db",
	"shop-20200101-12000.db", "shop-2020010a-120000.db", "shop.db",
	"xshop-20200101-120000.db", "shop-20200101-120000.db-wal",
	"shop-20200230-120000.db.part", "notes.part" };
#define STRANGERS (int)(sizeof(strangers) / sizeof(strangers[0]))

/* A copy each evening of the days up to 2026-11-21, and one at noon. */
static void
fill(const char *dir, int days)
{
	char t[TIME_SIZE], name[64];
	int i;

	for (i = 1; i <= days; i++) {
		day_text(time_day(at("2026-11-22 12:00:00")) - i, t);
		snprintf(name, sizeof(name), "shop-%.4s%.2s%.2s-220000.db", t,
		    t + 5, t + 8);
		put(dir, name);
		memcpy(name + 14, "12", 2);
		put(dir, name);
	}
	for (i = 0; i < STRANGERS; i++)
		put(dir, strangers[i]);
}

static void
the_newest_of_days_and_months_stay(void **state)
{
	static const char *const stay[] = { "shop-20261122-191313.db",
		"shop-20261121-220000.db", "shop-20261120-220000.db",
		"shop-20261031-220000.db" };
	const char *dir = folder("rotate");
	struct session *s = open_shop("rotate.db");
	struct str path = STR_INIT;
	int i;

	(void)state;
	fill(dir, 100);
	put(dir, "elsewhere");
	assert_int_equal(symlink(in(dir, "elsewhere"),
			     fixture_path("rotate/shop-20200101-120000.db")),
	    0);
	must(s, setting_save(s, "backup_daily", "3"));
	must(s, setting_save(s, "backup_monthly", "2"));
	time_travel(at("2026-11-22 19:13:13"));
	must(s, backup_keep(s, dir, &path));
	for (i = 0; i < 4; i++)
		if (!there(dir, stay[i]))
			fail_msg("%s is gone", stay[i]);
	for (i = 0; i < STRANGERS; i++)
		if (!there(dir, strangers[i]))
			fail_msg("%s is gone", strangers[i]);
	assert_true(there(dir, "elsewhere"));
	assert_true(there(dir, "shop-20200101-120000.db"));
	assert_int_equal(files(dir, ""), 4 + STRANGERS + 2);
	time_travel(0);
	str_done(&path);
	fixture_end(s);
}

/* By a clock that was set back the new one is the oldest. */
static void
the_new_one_stays_whatever_the_clock_says(void **state)
{
	const char *dir = folder("clock");
	struct session *s = open_shop("clock.db");
	struct str path = STR_INIT;

	(void)state;
	fill(dir, 30);
	must(s, setting_save(s, "backup_monthly", "1"));
	time_travel(at("2024-01-01 10:00:00"));
	must(s, backup_keep(s, dir, &path));
	assert_true(there(dir, "shop-20240101-100000.db"));
	time_travel(0);
	str_done(&path);
	fixture_end(s);
}

static void
a_holiday_takes_no_copies(void **state)
{
	const char *dir = folder("holiday");
	struct session *s = open_shop("holiday.db");
	struct str path = STR_INIT;

	(void)state;
	put(dir, "shop-20260101-220000.db");
	put(dir, "shop-20260102-220000.db");
	put(dir, "shop-20260103-220000.db");
	must(s, setting_save(s, "backup_daily", "3"));
	must(s, setting_save(s, "backup_monthly", "0"));
	time_travel(at("2026-11-22 19:13:13"));
	must(s, backup_keep(s, dir, &path));
	assert_true(there(dir, "shop-20260103-220000.db"));
	assert_true(there(dir, "shop-20260102-220000.db"));
	assert_false(there(dir, "shop-20260101-220000.db"));
	time_travel(0);
	str_done(&path);
	fixture_end(s);
}

static void
damage(struct session *s, const char *sql)
{
	struct txn *txn;

	/* Without the keys of tables to one another. */
	must(s, bulk_load_begin(s->db, &txn));
	must(s, db_script(txn, sql));
	must(s, db_commit(&txn));
	bulk_load_end(s->db);
}

/* Books that do not hold push out no copy of books that did. */
static void
what_is_not_proven_does_not_count(void **state)
{
	const char *dir = folder("unproven");
	struct session *s = open_shop("unproven.db");
	struct str path = STR_INIT;

	(void)state;
	fill(dir, 20);
	must(s, setting_save(s, "backup_daily", "1"));
	damage(s, "UPDATE stock SET on_hand = 99");
	assert_int_equal(backup_keep(s, dir, &path), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "99 are on hand"));
	assert_int_equal(files(dir, ""), 40 + STRANGERS);
	assert_int_equal(fixture_audited(s, "backup", 0), 0);
	damage(s, "UPDATE stock SET on_hand = 10");
	damage(s, "DROP TRIGGER audit_no_update;"
		  "UPDATE audit SET detail = 'x' WHERE id = 2");
	assert_int_equal(backup_keep(s, dir, &path), ERR_STATE);
	assert_non_null(strstr(session_err(s)->text, "Audit entry 2 ("));
	assert_int_equal(files(dir, ""), 40 + STRANGERS);
	str_done(&path);
	fixture_end(s);
}

static void
what_a_killed_one_left_is_cleared(void **state)
{
	static const char *const left[] = { "shop-20261121-220001.db.part",
		"shop-20261121-220001.db.part-wal",
		"shop-20261121-220001.db.part-shm",
		"shop-20261121-220001.db.part-journal" };
	const char *dir = folder("left");
	struct session *s = open_shop("left.db");
	struct str path = STR_INIT;
	struct page page;
	int i;

	(void)state;
	for (i = 0; i < 4; i++)
		put(dir, left[i]);
	for (i = 0; i < STRANGERS; i++)
		put(dir, strangers[i]);
	must(s, backup_list(s, dir, &page));
	assert_int_equal(page.n, 0);
	page_free(&page);
	must(s, backup_keep(s, dir, &path));
	for (i = 0; i < 4; i++)
		assert_false(there(dir, left[i]));
	assert_int_equal(files(dir, ""), 1 + STRANGERS);
	str_done(&path);
	fixture_end(s);
}

static void
only_one_is_made_at_a_time(void **state)
{
	const char *dir = folder("locked");
	struct session *s = open_shop("locked.db");
	struct str path = STR_INIT;
	DIR *d = opendir(dir);

	(void)state;
	put(dir, "shop-20261121-220001.db.part");
	assert_int_equal(flock(dirfd(d), LOCK_EX), 0);
	assert_int_equal(backup_keep(s, dir, &path), ERR_BUSY);
	assert_int_equal(files(dir, ""), 1);
	closedir(d);
	must(s, backup_keep(s, dir, &path));
	str_done(&path);
	fixture_end(s);
}

static void
a_folder_that_cannot_be_is_refused(void **state)
{
	struct session *s = open_shop("nowhere.db");
	struct str path = STR_INIT;
	struct page page;

	(void)state;
	fixture_file("plain", "no folder");
	assert_int_equal(backup_keep(s, fixture_path("plain"), &path), ERR_IO);
	assert_int_equal(
	    backup_keep(s, fixture_path("none/such"), &path), ERR_IO);
	assert_int_equal(
	    backup_list(s, fixture_path("none"), &page), ERR_NOTFOUND);
	assert_int_equal(fixture_audited(s, "backup", 0), 0);
	str_done(&path);
	fixture_end(s);
}

/* In a process of its own, which can write no file larger than 64 kB. */
static void
a_full_disk_leaves_nothing(void **state)
{
	const struct rlimit limit = { 64 << 10, 64 << 10 };
	const char *dir = folder("full");
	struct session *s = open_shop("full.db");
	struct str path = STR_INIT;
	int status, rc;
	pid_t pid;

	(void)state;
	fill(dir, 20);
	must(s, setting_save(s, "backup_daily", "1"));
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
			_exit(2);
		rc = backup_keep(s, dir, &path);
		_exit(rc == ERR_IO && session_err(s)->text[0] != '\0' ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(files(dir, ""), 40 + STRANGERS);
	str_done(&path);
	fixture_end(s);
}

static void
a_copy_is_due_after_a_day(void **state)
{
	static const struct {
		const char *name;
		bool due;
	} last[] = {
		{ "shop-20261121-215959.db", true },
		{ "shop-20261121-231312.db", true },
		{ "shop-20261121-231314.db", false },
		{ "shop-20261122-191313.db", false },
		/* From a clock that was wrong. */
		{ "shop-20301122-191313.db", true },
		{ "shop-20261122-191313.db.part", true },
	};
	const char *dir = folder("due");
	struct session *s = open_shop("due.db");
	bool due = false;
	size_t i;

	(void)state;
	time_travel(at("2026-11-22 19:13:13"));
	must(s, backup_due(s, dir, &due));
	assert_true(due);
	must(s, backup_due(s, fixture_path("due/none"), &due));
	assert_true(due);
	for (i = 0; i < sizeof(last) / sizeof(last[0]); i++) {
		put(dir, last[i].name);
		must(s, backup_due(s, dir, &due));
		if (due != last[i].due)
			fail_msg("%s: %d", last[i].name, due);
		unlink(in(dir, last[i].name));
	}
	time_travel(0);
	fixture_end(s);
}

static void
the_list_is_newest_first(void **state)
{
	const char *dir = folder("list");
	struct session *s = open_shop("list.db");
	const struct backup *b;
	struct page page;
	size_t i;

	(void)state;
	fill(dir, 5);
	must(s, backup_list(s, dir, &page));
	assert_int_equal(page.n, 10);
	b = page_row(&page, 0);
	assert_string_equal(b->name, "shop-20261121-220000.db");
	assert_string_equal(b->path, in(dir, b->name));
	assert_true(b->at == at("2026-11-21 22:00:00"));
	assert_int_equal(b->size, 1);
	for (i = 0; i < page.n; i++) {
		b = page_row(&page, i);
		assert_int_equal(b->id, i + 1);
		assert_true(i == 0 || b[-1].at > b->at);
	}
	page_free(&page);
	fixture_end(s);
}

/* A copy that counts, or no trace of it. */
static void
copies_survive_every_failure(void **state)
{
	const char *dir = folder("faulty");

	(void)state;
	fill(dir, 3);
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct str path = STR_INIT;
		int rc;

		fault_install(true);
		fault_arm(&f);
		rc = backup_keep(s, dir, &path);
		fault_disarm(&f);
		fault_install(false);
		assert_int_equal(rc < 0, f.hit);
		assert_int_equal(fixture_audited(s, "backup", 0), rc == 0);
		assert_int_equal(files(dir, ".part"), 2);
		if (rc < 0)
			assert_int_equal(files(dir, "0.db"), 6 + 7);
		else
			assert_int_equal(unlink(path.s), 0);
		fixture_verify(s);
		str_done(&path);
		fixture_end(s);
	}
}

static int begun;

static void
on_begin(void *arg, const char *dir)
{
	assert_string_equal(dir, arg);
	begun++;
}

static int
on_poll(void *arg)
{
	(void)arg;
	return 0;
}

static void
the_last_one_out_leaves_a_copy(void **state)
{
	const char *dir = folder("closing");
	struct backup_ask ask = { on_begin, on_poll, (void *)dir };
	struct session *s = open_shop("closing.db");
	const char *shop = fixture_path("closing.db");
	struct str made = STR_INIT;
	struct err err;

	(void)state;
	begun = 0;
	time_travel(at("2026-11-22 19:13:13"));
	/* Somebody is there. */
	must(s, setting_save(s, "backup_dir", dir));
	assert_int_equal(backup_closing(shop, &ask, &made, &err), 0);
	/* No folder is set. */
	must(s, setting_save(s, "backup_dir", ""));
	session_close(s);
	assert_int_equal(backup_closing(shop, &ask, &made, &err), 0);
	assert_int_equal(begun, 0);
	assert_int_equal(session_open(&s, shop, &err), 0);
	fixture_role(s, "owner");
	must(s, setting_save(s, "backup_dir", dir));
	session_close(s);
	assert_int_equal(backup_closing(shop, &ask, &made, &err), 1);
	assert_string_equal(made.s, in(dir, "shop-20261122-191313.db"));
	assert_int_equal(begun, 1);
	/* There is one of today. */
	assert_int_equal(backup_closing(shop, &ask, &made, &err), 0);
	assert_int_equal(files(dir, ""), 1);
	assert_int_equal(session_open(&s, shop, &err), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE op = 'backup' "
			   "AND staff_id IS NULL"),
	    1);
	fixture_verify(s);
	time_travel(0);
	str_done(&made);
	fixture_end(s);
}

static void
the_folder_at_closing_is_a_whole_path(void **state)
{
	struct session *s = fixture_session("owner");

	(void)state;
	assert_int_equal(setting_save(s, "backup_dir", "backups"), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "value");
	must(s, setting_save(s, "backup_dir", "/mnt/备份"));
	must(s, setting_save(s, "backup_dir", ""));
	fixture_end(s);
}

/* What a rehearsal told. */
struct told {
	int bad, good;
	struct str text;
};

static void
tell(void *arg, bool bad, const char *text)
{
	struct told *told = arg;

	told->bad += bad;
	told->good += !bad;
	if (bad)
		str_addf(&told->text, "%s\n", text);
}

/* @finding is the one there is; NULL: none. */
static void
rehearse(struct session *s, const char *path, const char *finding)
{
	struct told told = { .text = STR_INIT };
	int rc = backup_rehearse(s, path, tell, &told);

	must(s, rc);
	assert_int_equal(rc, told.bad);
	if (finding == NULL && rc != 0)
		fail_msg("%s", told.text.s);
	if (finding != NULL &&
	    (rc != 1 || strstr(told.text.s, finding) == NULL))
		fail_msg("%d: %s\nnot: %s", rc, told.text.s, finding);
	assert_true(finding != NULL || told.good > 10);
	str_done(&told.text);
}

static void
work_on(struct session *s)
{
	struct pack_close close = {
		.courier = "YTO", .waybill_no = "YT1234567890123", .weight = 500
	};
	struct packing *p;

	fixture_order(s, "1002", 1, "PAN", NULL);
	must(s, pack_open(s, "1002", &p));
	must(s, pack_scan(s, p, "PAN", NULL));
	must(s, pack_ship(s, p, &close, NULL));
	pack_free(p);
	fixture_variant(s, "POT", 3, 500);
}

static void
a_rehearsal_leaves_all_as_it_was(void **state)
{
	const char *dir = folder("rehearse");
	struct session *s = open_shop("rehearse.db");
	struct str path = STR_INIT;
	struct stat before, after;

	(void)state;
	must(s, backup_keep(s, dir, &path));
	assert_int_equal(stat(path.s, &before), 0);
	rehearse(s, path.s, NULL);
	work_on(s);
	/* Left by one that was killed. */
	assert_int_equal(mkdir(in(dir, "shopmgr-rehearsal-aaaaaa"), 0700), 0);
	put(dir, "shopmgr-rehearsal-aaaaaa/shop.db");
	put(dir, "shopmgr-rehearsal-aaaaaa/shop.db-wal");
	rehearse(s, path.s, NULL);
	assert_int_equal(files(dir, ""), 1);
	assert_int_equal(stat(path.s, &after), 0);
	assert_int_equal(before.st_mtime, after.st_mtime);
	assert_int_equal(before.st_size, after.st_size);
	assert_int_equal(fixture_audited(s, "backup-rehearse", 0), 2);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM parcel"), 1);
	fixture_verify(s);
	str_done(&path);
	fixture_end(s);
}

static void
a_rehearsal_in_use_is_not_cleared(void **state)
{
	const char *dir = folder("busy");
	struct session *s = open_shop("busy.db");
	struct str path = STR_INIT;
	DIR *d;

	(void)state;
	must(s, backup_keep(s, dir, &path));
	assert_int_equal(mkdir(in(dir, "shopmgr-rehearsal-bbbbbb"), 0700), 0);
	put(dir, "shopmgr-rehearsal-bbbbbb/shop.db");
	d = opendir(in(dir, "shopmgr-rehearsal-bbbbbb"));
	assert_int_equal(flock(dirfd(d), LOCK_EX), 0);
	rehearse(s, path.s, NULL);
	assert_true(there(dir, "shopmgr-rehearsal-bbbbbb/shop.db"));
	closedir(d);
	rehearse(s, path.s, NULL);
	assert_false(there(dir, "shopmgr-rehearsal-bbbbbb"));
	str_done(&path);
	fixture_end(s);
}

/* Something happened to the shop after the copy was made. */
static void
expect(const char *sql, const char *finding)
{
	static int n;
	char name[32], kept[32];
	struct str path = STR_INIT;
	struct session *s;

	snprintf(name, sizeof(name), "differs-%d.db", n);
	snprintf(kept, sizeof(kept), "differs-%d", n++);
	s = open_shop(name);
	work_on(s);
	must(s, backup_keep(s, fixture_path(kept), &path));
	damage(s, "DROP TRIGGER audit_no_delete; DROP TRIGGER audit_no_update;"
		  "DROP TRIGGER stock_move_no_delete;"
		  "DROP TRIGGER stock_move_no_update;"
		  "PRAGMA defer_foreign_keys = ON;");
	damage(s, sql);
	rehearse(s, path.s, finding);
	str_done(&path);
	fixture_end(s);
}

static void
what_changed_since_the_copy_is_found(void **state)
{
	(void)state;
	expect("DELETE FROM stock_move WHERE id = 2",
	    "Stock moves: the copy has 3, the shop 2");
	expect("UPDATE stock_move SET qty = qty + 1 WHERE id = 2",
	    "Stock moves: what the copy has adds up to something else");
	expect("UPDATE parcel SET shipped_at = 5",
	    "Parcels: what the copy has adds up to something else");
	expect("UPDATE stock_slip SET at = 5 WHERE id = 1", "Stock slips: ");
	expect("UPDATE orders SET id = 77 WHERE order_no = '1001'",
	    "Orders: the copy has 2, the shop 1");
	/* The log cut off and grown again, with a chain that holds. */
	expect("DELETE FROM audit WHERE id > 3;"
	       "UPDATE audit_head SET audit_id = 3, "
	       "hash = (SELECT hash FROM audit WHERE audit.id = 3)",
	    "the shop's only to 3");
	expect("UPDATE audit SET hash = 'x' WHERE id = "
	       "(SELECT max(id) - 1 FROM audit)",
	    "is not the one that the copy has");
}

/* A copy of before the log had a chain, as an older program made it. */
static void
copies_from_before_the_chain_are_compared_too(void **state)
{
	const char *dir = folder("old");
	struct session *s = open_shop("old.db");
	struct str path = STR_INIT;

	(void)state;
	damage(s, "DROP TRIGGER audit_no_update; UPDATE audit SET hash = '';"
		  "DELETE FROM audit_head");
	must(s, shopdb_backup(s, in(dir, "old.db")));
	str_add(&path, in(dir, "old.db"));
	rehearse(s, path.s, NULL);
	work_on(s);
	rehearse(s, path.s, NULL);
	damage(s, "UPDATE audit SET detail = 'x' WHERE id = 2");
	rehearse(s, path.s, "is not the one that the copy has");
	str_done(&path);
	fixture_end(s);
}

static void
what_is_no_copy_of_this_shop_is_found(void **state)
{
	const char *dir = folder("other");
	struct session *s = open_shop("one.db"), *other;
	struct told told = { .text = STR_INIT };
	struct str path = STR_INIT;

	(void)state;
	assert_int_equal(
	    backup_rehearse(s, in(dir, "none.db"), tell, &told), ERR_NOTFOUND);
	put(dir, "text.db");
	assert_int_equal(
	    backup_rehearse(s, in(dir, "text.db"), tell, &told), ERR_DB);
	assert_int_equal(files(dir, ""), 1);
	other = open_shop("two.db");
	fixture_variant(other, "KNIFE", 1, 100);
	work_on(other);
	must(other, backup_keep(other, dir, &path));
	assert_true(backup_rehearse(s, path.s, tell, &told) > 0);
	assert_non_null(strstr(told.text.s, "The copy's log goes up to"));
	fixture_end(other);
	str_done(&told.text);
	str_done(&path);
	fixture_end(s);
}

static void
rehearsals_survive_every_failure(void **state)
{
	const char *dir = folder("tries");
	char copy[400];

	(void)state;
	snprintf(copy, sizeof(copy), "%s", in(dir, "copy.db"));
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		struct told told = { .text = STR_INIT };
		int rc;

		unlink(copy);
		must(s, shopdb_backup(s, copy));
		fault_install(true);
		fault_arm(&f);
		rc = backup_rehearse(s, copy, tell, &told);
		fault_disarm(&f);
		fault_install(false);
		/* What the file's own proof meets is a finding. */
		assert_true((rc != 0) == f.hit);
		assert_int_equal(files(dir, ""), 1);
		fixture_verify(s);
		str_done(&told.text);
		fixture_end(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kept_copy_is_the_shop_itself),
		cmocka_unit_test(files_beside_a_shop_are_private),
		cmocka_unit_test(copies_need_the_permission),
		cmocka_unit_test(the_newest_of_days_and_months_stay),
		cmocka_unit_test(the_new_one_stays_whatever_the_clock_says),
		cmocka_unit_test(a_holiday_takes_no_copies),
		cmocka_unit_test(what_is_not_proven_does_not_count),
		cmocka_unit_test(what_a_killed_one_left_is_cleared),
		cmocka_unit_test(only_one_is_made_at_a_time),
		cmocka_unit_test(a_folder_that_cannot_be_is_refused),
		cmocka_unit_test(a_full_disk_leaves_nothing),
		cmocka_unit_test(a_copy_is_due_after_a_day),
		cmocka_unit_test(the_list_is_newest_first),
		cmocka_unit_test(copies_survive_every_failure),
		cmocka_unit_test(the_last_one_out_leaves_a_copy),
		cmocka_unit_test(the_folder_at_closing_is_a_whole_path),
		cmocka_unit_test(a_rehearsal_leaves_all_as_it_was),
		cmocka_unit_test(a_rehearsal_in_use_is_not_cleared),
		cmocka_unit_test(what_changed_since_the_copy_is_found),
		cmocka_unit_test(copies_from_before_the_chain_are_compared_too),
		cmocka_unit_test(what_is_no_copy_of_this_shop_is_found),
		cmocka_unit_test(rehearsals_survive_every_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
