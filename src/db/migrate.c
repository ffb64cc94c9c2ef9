/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/migrate.h"

#include "db_priv.h"

static const char prefix[] = "sql/";

/* embed.awk has made sure that they are numbered without a gap. */
static int
number(const struct embed *e)
{
	size_t n = sizeof(prefix) - 1;

	return strncmp(e->name, prefix, n) == 0 ? atoi(e->name + n) : 0;
}

int
migrate_latest(void)
{
	const struct embed *e;
	int latest = 0;

	for (e = embeds; e->name != NULL; e++)
		if (number(e) > latest)
			latest = number(e);
	return latest;
}

static const char *
step_sql(int64_t version)
{
	const struct embed *e;

	for (e = embeds; e->name != NULL; e++)
		if (number(e) == version)
			return e->text;
	assert(false && "no such step");
	return "";
}

static const char sql_table[] =
    "CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT;"
    "INSERT INTO schema_version (version) VALUES (0);";

static const char sql_version[] = "UPDATE schema_version SET version = $1";

/* The step to @version; someone else may have taken it meanwhile. */
static int
step(struct db *db, int64_t version)
{
	struct txn *txn;
	int64_t now;
	int rc;

	if ((rc = db_begin(db, &txn)) < 0)
		return rc;
	rc = db_schema(db, &now);
	if (rc == 0 && now < version) {
		if (now == 0)
			rc = db_script(txn, sql_table);
		if (rc == 0)
			rc = db_script(txn, step_sql(version));
		if (rc == 0)
			rc = db_exec(
			    txn, sql_version, DB_ARGS(db_i(version)), NULL);
		if (rc == 0)
			rc = db->ops->schema_set(db, version);
		if (rc == 0)
			rc = db_commit(&txn);
	}
	db_rollback(&txn);
	return rc;
}

/* NAME.before-v3; NAME.before-v3.2 if there is one from another time. */
static int
keep_copy(struct db *db, int64_t version)
{
	struct str path = STR_INIT;
	int i, rc;

	str_addf(&path, "%s.before-v%d", db->path, (int)version);
	for (i = 2; access(path.s, F_OK) == 0; i++) {
		str_cut(&path, 0);
		str_addf(&path, "%s.before-v%d.%d", db->path, (int)version, i);
	}
	rc = db_backup(db, path.s);
	log_msg("schema goes to %d; copy in %s: %d", (int)version, path.s, rc);
	str_done(&path);
	return rc;
}

/*
 * Whoever comes while another does it waits until he has; or goes on, should he
 * have ended in the middle. @claim: to be closed; or -1, and nothing to be
 * done.
 */
static int
wait_turn(struct db *db, int64_t latest, int *claim)
{
	static const struct timespec bit = { .tv_nsec = 5000000 };
	int64_t version;
	int rc;

	*claim = -1;
	if (db->memory)
		return 0;
	while ((rc = gate_claim(db, CLAIM_MIGRATE, claim)) == 0) {
		rc = db_schema(db, &version);
		if (rc < 0 || version >= latest)
			return rc;
		if (db->poll != NULL && db->poll(db->poll_arg) != 0)
			return err_set(
			    db->err, ERR_CANCELLED, "", _("Stopped"));
		nanosleep(&bit, NULL);
	}
	return rc < 0 ? rc : 0;
}

static int
bring_up(struct db *db, int64_t version, int64_t latest)
{
	int rc = db->ops->tune(db, DB_TUNE_WHOLE);

	if (rc == 0 && version > 0 && !db->memory)
		rc = keep_copy(db, version + 1);
	while (rc == 0 && version < latest)
		rc = step(db, ++version);
	if (db->ops->tune(db, DB_TUNE_NORMAL) < 0)
		log_msg("after a migration: %s", db->err->text);
	return rc;
}

int
migrate(struct db *db, struct err *err)
{
	int latest = migrate_latest(), claim, rc;
	int64_t version;

	if ((rc = db_schema(db, &version)) < 0)
		return rc;
	if (version < latest) {
		if ((rc = wait_turn(db, latest, &claim)) < 0)
			return rc;
		if ((rc = db_schema(db, &version)) == 0 && version < latest)
			rc = bring_up(db, version, latest);
		if (claim >= 0)
			close(claim);
	}
	if (rc == 0 && version > latest)
		return err_set(err, ERR_DB, "",
		    _("%s was made by a newer shopmgr (version %d; this one "
		      "knows %d)"),
		    db->path, (int)version, latest);
	return rc;
}
