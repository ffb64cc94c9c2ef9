/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/backup.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shopdb.h"

#include "../audit/audit_chain_priv.h"
#include "../core/session_priv.h"
#include "backup_priv.h"

static const struct op op_rehearse = { "backup-rehearse", PERM_BACKUP, "shop" };

/*
 * The temporary place: a folder of our own beside the backup, where there is
 * room for one more, or else in TMPDIR. It is locked while it is in use, so
 * that one left by a killed program is known, and cleared by the next.
 */
#define PLACE "shopmgr-rehearsal-"
#define SHOP  "shop.db"

struct place {
	struct str path;
	int fd;
};

static void
empty_place(int fd)
{
	int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = own >= 0 ? fdopendir(own) : NULL;
	const struct dirent *e;

	if (d == NULL) {
		if (own >= 0)
			close(own);
		return;
	}
	while ((e = readdir(d)) != NULL)
		if (strncmp(e->d_name, SHOP, sizeof(SHOP) - 1) == 0)
			unlinkat(fd, e->d_name, 0);
	closedir(d);
}

/* Ours, and nobody is in it. */
static void
clear_place(int parent, const char *name)
{
	int fd = openat(
	    parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0) {
		empty_place(fd);
		unlinkat(parent, name, AT_REMOVEDIR);
	}
	close(fd);
}

static void
clear_left(const char *parent)
{
	DIR *d = opendir(parent);
	const struct dirent *e;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL)
		if (strncmp(e->d_name, PLACE, sizeof(PLACE) - 1) == 0)
			clear_place(dirfd(d), e->d_name);
	closedir(d);
}

static int
make_place(struct place *p, const char *parent)
{
	clear_left(parent);
	str_cut(&p->path, 0);
	str_addf(&p->path, "%s/" PLACE "XXXXXX", parent);
	if (mkdtemp(p->path.s) == NULL)
		return -1;
	p->fd = open(p->path.s, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->fd >= 0)
		(void)flock(p->fd, LOCK_EX | LOCK_NB);
	return 0;
}

static int
open_place(struct place *p, const char *backup, struct err *err)
{
	const char *tmp = getenv("TMPDIR"), *slash = strrchr(backup, '/');
	struct str parent = STR_INIT;
	int rc;

	*p = (struct place){ .path = STR_INIT, .fd = -1 };
	if (slash == NULL)
		str_addc(&parent, '.');
	else
		str_addn(&parent, backup, (size_t)(slash - backup) + 1);
	rc = make_place(p, parent.s);
	if (rc < 0)
		rc = make_place(p, tmp != NULL ? tmp : "/tmp");
	if (rc < 0) {
		rc = err_set(err, ERR_IO, "", _("Cannot write %s: %s"),
		    p->path.s, strerror(errno));
		str_done(&p->path);
	}
	str_done(&parent);
	return rc;
}

static void
close_place(struct place *p)
{
	if (p->fd >= 0) {
		empty_place(p->fd);
		close(p->fd);
	}
	if (rmdir(p->path.s) < 0)
		log_msg("%s stays: %s", p->path.s, strerror(errno));
	str_done(&p->path);
}

/* A rehearsal at work. */
struct rehearsal {
	struct session *shop, *copy;
	void (*tell)(void *arg, bool bad, const char *text);
	void *arg;
	int bad;
};

static void say(struct rehearsal *r, bool bad, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

static void
say(struct rehearsal *r, bool bad, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	r->tell(r->arg, bad, text);
	r->bad += bad;
}

/* What is only added to: as many, and as much in sum, as there were. */
#define SUMS 3
static const struct table {
	const char *what;
	const char *last;
	const char *sums; /* their number, and sums, up to number $1 */
} tables[] = {
	{ N_("Stock moves"), "SELECT coalesce(max(id), 0) FROM stock_move",
	    "SELECT count(*), coalesce(sum(qty), 0), coalesce(sum(value), 0) "
	    "FROM stock_move WHERE id <= $1 /*scan*/" },
	{ N_("Stock slips"), "SELECT coalesce(max(id), 0) FROM stock_slip",
	    "SELECT count(*), coalesce(sum(at), 0), "
	    "coalesce(sum(warehouse_id), 0) "
	    "FROM stock_slip WHERE id <= $1 /*scan*/" },
	{ N_("Parcels"), "SELECT coalesce(max(id), 0) FROM parcel",
	    "SELECT count(*), coalesce(sum(order_id), 0), "
	    "coalesce(sum(shipped_at), 0) "
	    "FROM parcel WHERE id <= $1 /*scan*/" },
	{ N_("Orders"), "SELECT coalesce(max(id), 0) FROM orders",
	    "SELECT count(*), coalesce(sum(shop_id), 0), 0 "
	    "FROM orders WHERE id <= $1 /*scan*/" },
};

static int
read_sums(struct session *s, const char *sql, int64_t last, int64_t sum[SUMS])
{
	struct db_rows *rows;
	int i, rc;

	if ((rc = db_query(s->db, sql, DB_ARGS(db_i(last)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) == 1)
		for (i = 0; i < SUMS; i++)
			sum[i] = db_int(rows, i);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
compare_table(struct rehearsal *r, const struct table *t)
{
	int64_t copy[SUMS] = { 0 }, shop[SUMS] = { 0 }, last;
	int rc;

	rc = db_get1(r->copy->db, t->last, DB_NOARGS, &last);
	if (rc == 0)
		rc = read_sums(r->copy, t->sums, last, copy);
	if (rc < 0) {
		r->shop->err = r->copy->err;
		return rc;
	}
	if ((rc = read_sums(r->shop, t->sums, last, shop)) < 0)
		return rc;
	/* TRANSLATORS: "Stock moves: the copy has 7, the shop 8 ..." */
	if (copy[0] != shop[0])
		say(r, true,
		    _("%s: the copy has %" PRId64 ", the shop %" PRId64
		      " up to the same number"),
		    _(t->what), copy[0], shop[0]);
	else if (memcmp(copy, shop, sizeof(copy)) != 0)
		say(r, true,
		    _("%s: what the copy has adds up to something else in the "
		      "shop"),
		    _(t->what));
	else
		say(r, false, _("%s: the copy agrees with the shop"),
		    _(t->what));
	return 0;
}

/* The hash that stands for the entries up to @last, from before there was a
 * chain. */
static int
old_hash(struct session *s, int64_t last, char hash[SECRET_DIGEST])
{
	struct audit_entry e = { .id = 0 };
	struct db_rows *rows;
	int rc;

	hash[0] = '\0';
	rc = db_query(s->db, sql_audit_entries, DB_NOARGS, &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) == 1) {
		audit_read(rows, &e);
		if (e.id > last)
			break;
		audit_hash(&e, hash);
		memcpy(hash, e.hash, SECRET_DIGEST);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_hash[] = "SELECT hash FROM audit WHERE id = $1";

/* What the shop's log has at entry @id: its hash, or "". */
static int
hash_at(struct session *s, int64_t id, char hash[SECRET_DIGEST])
{
	struct db_rows *rows;
	int rc;

	hash[0] = '\0';
	if ((rc = db_query(s->db, sql_hash, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) == 1)
		snprintf(hash, SECRET_DIGEST, "%s", db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_last_entry[] = "SELECT coalesce(max(id), 0) FROM audit";

/* The end of the copy's log, worked out where there was no chain yet. */
static int
copy_end(struct rehearsal *r, struct audit_end *end, bool *chained)
{
	struct session *c = r->copy;
	int rc = audit_end(c->db, end);

	*chained = rc == 1;
	if (rc == 0)
		rc = db_get1(c->db, sql_last_entry, DB_NOARGS, &end->id);
	if (rc == 0)
		rc = old_hash(c, end->id, end->hash);
	if (rc < 0)
		r->shop->err = c->err;
	return rc < 0 ? rc : 0;
}

static int
compare_log(struct rehearsal *r)
{
	struct audit_end end;
	char hash[SECRET_DIGEST];
	bool chained;
	int64_t last;
	int rc;

	if ((rc = copy_end(r, &end, &chained)) < 0)
		return rc;
	rc = db_get1(r->shop->db, sql_last_entry, DB_NOARGS, &last);
	if (rc == 0)
		rc = chained ? hash_at(r->shop, end.id, hash)
			     : old_hash(r->shop, end.id, hash);
	if (rc < 0)
		return rc;
	if (last < end.id)
		say(r, true,
		    _("The copy's log goes up to number %" PRId64
		      ", the shop's only to %" PRId64),
		    end.id, last);
	else if (strcmp(hash, end.hash) != 0)
		say(r, true,
		    _("The shop's log up to number %" PRId64
		      " is not the one that the copy has"),
		    end.id);
	else
		say(r, false,
		    _("The shop's log goes on from the copy's, which ends with "
		      "number %" PRId64),
		    end.id);
	return 0;
}

/* Both as they are now, while others go on working in one. */
static int
compare(struct rehearsal *r)
{
	size_t i;
	int rc;

	if ((rc = db_snapshot(r->shop->db)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < sizeof(tables) / sizeof(tables[0]); i++)
		rc = compare_table(r, &tables[i]);
	if (rc == 0)
		rc = compare_log(r);
	db_snapshot_end(r->shop->db);
	return rc;
}

/* In @place: put back, brought up to date if it is old, proved, compared. */
static int
rehearse(struct rehearsal *r, const char *backup, const struct place *place)
{
	struct str path = STR_INIT;
	struct session *s = r->shop;
	int rc;

	str_addf(&path, "%s/" SHOP, place->path.s);
	rc = backup_unpack(backup, path.s, s, &s->err);
	if (rc == 0)
		rc = session_open(&r->copy, path.s, &s->err);
	if (rc == 0) {
		db_progress_like(r->copy->db, s->db);
		rc = shopdb_verify(r->copy, r->tell, r->arg);
		if (rc < 0)
			s->err = r->copy->err;
		else
			r->bad += rc;
		if (rc >= 0)
			rc = compare(r);
		session_close(r->copy);
	}
	str_done(&path);
	return rc;
}

static int
record(struct session *s, const char *path, int bad)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_rehearse, &txn)) < 0)
		return rc;
	rc = op_commit(s, &op_rehearse, &txn, 0, "%s: %d", path, bad);
	op_abort(s, &txn);
	return rc;
}

int
backup_rehearse(struct session *s, const char *path,
    void (*tell)(void *arg, bool bad, const char *text), void *arg)
{
	struct rehearsal r = { .shop = s, .tell = tell, .arg = arg };
	struct place place;
	int rc;

	if ((rc = session_need(s, PERM_BACKUP)) < 0)
		return rc;
	if (access(path, F_OK) < 0)
		return err_set(&s->err, ERR_NOTFOUND, "",
		    _("Cannot read %s: %s"), path, strerror(errno));
	if ((rc = open_place(&place, path, &s->err)) < 0)
		return rc;
	rc = rehearse(&r, path, &place);
	close_place(&place);
	if (rc == 0)
		rc = record(s, path, r.bad);
	return rc < 0 ? rc : r.bad;
}
