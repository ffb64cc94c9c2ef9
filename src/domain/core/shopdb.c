/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shopdb.h"

#include "../review/review_priv.h"
#include "session_priv.h"
#include "settings_priv.h"
#include "tsv_priv.h"

static const struct op op_init = { "shop-init", PERM_NONE, "shop" };
static const struct op op_backup = { "backup", PERM_BACKUP, "shop" };

static const char sql_role[] = "INSERT INTO role (name) VALUES ($1)";
static const char sql_role_perm[] =
    "INSERT INTO role_perm (role_id, perm) VALUES ($1, $2)";

/* @perms: names with blanks between. */
static int
seed_perms(struct txn *txn, int64_t role, const char *perms)
{
	char name[64];
	size_t n;
	int rc = 0;

	for (; rc == 0 && *perms != '\0'; perms += n + (perms[n] == ' ')) {
		n = strcspn(perms, " ");
		snprintf(name, sizeof(name), "%.*s", (int)n, perms);
		rc = db_exec(
		    txn, sql_role_perm, DB_ARGS(db_i(role), db_t(name)), NULL);
	}
	return rc;
}

static int
seed_roles(struct txn *txn)
{
	struct tsv t;
	int64_t role;
	int rc = 0;

	tsv_open(&t, "roles.tsv");
	while (rc == 0 && tsv_next(&t) == 1) {
		rc = db_insert(
		    txn, sql_role, DB_ARGS(db_t(tsv_get(&t, "role"))), &role);
		if (rc == 0)
			rc = seed_perms(txn, role, tsv_get(&t, "permissions"));
	}
	tsv_done(&t);
	return rc;
}

static const char sql_courier[] =
    "INSERT INTO courier (name, code, aliases, waybill_shape, phone) "
    "VALUES ($1, $2, $3, $4, $5)";

static int
seed_couriers(struct txn *txn)
{
	struct str aliases = STR_INIT;
	struct tsv t;
	int rc = 0;

	tsv_open(&t, "couriers.tsv");
	while (rc == 0 && tsv_next(&t) == 1) {
		str_cut(&aliases, 0);
		str_addf(&aliases, ";%s;", tsv_get(&t, "aliases"));
		rc = db_exec(txn, sql_courier,
		    DB_ARGS(db_t(tsv_get(&t, "name")),
			db_t(tsv_get(&t, "taobao_code")), db_t(aliases.s),
			db_t(tsv_get(&t, "practical_regex")),
			db_t(tsv_get(&t, "service_phone"))),
		    NULL);
	}
	tsv_done(&t);
	str_done(&aliases);
	return rc;
}

static const char sql_warehouse[] =
    "INSERT INTO warehouse (id, name) VALUES (1, $1)";
static const char sql_owner[] =
    "INSERT INTO staff (login, name, password, created_at) "
    "VALUES ($1, $1, $2, $3)";
static const char sql_owner_role[] =
    "INSERT INTO staff_role (staff_id, role_id) "
    "SELECT $1, id FROM role WHERE name = 'owner'";

static int
seed_owner(struct txn *txn, const char *login, const char *hash, int64_t *id)
{
	int rc = db_insert(txn, sql_owner,
	    DB_ARGS(db_t(login), db_t(hash), db_i(time_now())), id);

	return rc < 0 ? rc
		      : db_exec(txn, sql_owner_role, DB_ARGS(db_i(*id)), NULL);
}

/* Nobody is there yet to be permitted anything: the program does it itself. */
int
shopdb_seed(struct session *s, const char *login, const char *password)
{
	char hash[SECRET_SIZE];
	const char *shop_name = _("My shop");
	struct txn *txn = NULL;
	int64_t id = 0;
	int rc;

	if (login[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "login", _("A login name is needed"));
	if ((rc = password_check(s, password)) < 0 ||
	    (rc = secret_hash(password, hash, &s->err)) < 0 ||
	    (rc = op_begin_alone(s, &txn)) < 0)
		return rc;
	rc = seed_roles(txn);
	if (rc == 0)
		rc = seed_couriers(txn);
	if (rc == 0)
		rc = db_exec(txn, sql_warehouse,
		    DB_ARGS(db_t(_("Main warehouse"))), NULL);
	if (rc == 0)
		rc = settings_seed(txn, shop_name);
	if (rc == 0)
		rc = review_seed(txn);
	if (rc == 0)
		rc = texts_seed(txn);
	if (rc == 0)
		rc = seed_owner(txn, login, hash, &id);
	if (rc == 0)
		rc = op_commit(s, &op_init, &txn, id, "%s", login);
	op_abort(s, &txn);
	if (rc == 0)
		copy_text(s->shop_name, sizeof(s->shop_name), shop_name);
	return rc;
}

/* The files that stand beside a database. */
static const char *const beside[] = { "", "-wal", "-shm", ".gate", ".import" };

static void
remove_files(const char *path)
{
	struct str name = STR_INIT;
	size_t i;

	for (i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		str_cut(&name, 0);
		str_addf(&name, "%s%s", path, beside[i]);
		unlink(name.s);
	}
	str_done(&name);
}

int
shopdb_in_one_file(const char *part, const char *path, struct err *err)
{
	struct str log = STR_INIT;
	int rc = 0;

	/* Who closes it last takes the log away, once it is folded. */
	str_addf(&log, "%s-wal", part);
	if (access(log.s, F_OK) == 0)
		rc = err_set(err, ERR_IO, "",
		    _("Not all of %s could be written: is the disk full?"),
		    path);
	str_done(&log);
	return rc;
}

/* The log of a shop that is gone would be taken for the new one's. */
static int
check_free(const char *path, struct err *err)
{
	struct str log = STR_INIT;
	const char *there = NULL;
	int rc = 0;

	str_addf(&log, "%s-wal", path);
	if (access(path, F_OK) == 0)
		there = path;
	else if (access(log.s, F_OK) == 0)
		there = log.s;
	if (there != NULL)
		rc = err_set(
		    err, ERR_CONFLICT, "", _("%s is already there"), there);
	str_done(&log);
	return rc;
}

/* Under another name until it is whole, so that there never is half a shop. */
int
shopdb_make(const char *path, const char *login, const char *password,
    int (*fill)(struct session *s, void *arg), void *arg, struct err *err)
{
	struct str part = STR_INIT;
	struct session *s;
	int rc;

	if ((rc = check_free(path, err)) < 0)
		return rc;
	/* Its own, should others be at the same. */
	str_addf(&part, "%s.new-%ld", path, (long)getpid());
	remove_files(part.s);
	rc = session_create(&s, part.s, err);
	if (rc == 0) {
		rc = shopdb_seed(s, login, password);
		if (rc == 0 && fill != NULL)
			rc = fill(s, arg);
		if (rc < 0)
			*err = s->err;
		session_close(s);
	}
	if (rc == 0)
		rc = shopdb_in_one_file(part.s, path, err);
	/* link() refuses where another init was quicker. */
	if (rc == 0 && link(part.s, path) < 0)
		rc = errno == EEXIST
			 ? err_set(err, ERR_CONFLICT, "",
			       _("%s is already there"), path)
			 : err_set(err, ERR_IO, "", _("Cannot write %s: %s"),
			       path, strerror(errno));
	remove_files(part.s);
	str_done(&part);
	return rc;
}

int
shopdb_init(
    const char *path, const char *login, const char *password, struct err *err)
{
	return shopdb_make(path, login, password, NULL, NULL, err);
}

int
shopdb_backup(struct session *s, const char *path)
{
	struct txn *txn;
	int rc;

	if ((rc = session_need(s, PERM_BACKUP)) < 0 ||
	    (rc = db_backup(s->db, path)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_backup, &txn)) < 0)
		return rc;
	rc = op_commit(s, &op_backup, &txn, 0, "%s", path);
	op_abort(s, &txn);
	return rc;
}
