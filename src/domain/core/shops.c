/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/platforms.h"
#include "shopmgr/domain/shops.h"

#include "row_priv.h"
#include "session_priv.h"

#define NAME_MOST 100 /* bytes */

static const struct op op_save = { "shop-save", PERM_SETTING_EDIT,
	"platform-shop" };

static const char sql_page[] = "SELECT id, platform, name FROM shop"
			       " ORDER BY platform, name LIMIT $1";

int
shop_page(struct session *s, struct page *out)
{
	struct shop_name *shop;
	struct db_rows *rows;
	int rc;

	if (!session_may(s, PERM_SETTING_EDIT) &&
	    (rc = session_need(s, PERM_IMPORT)) < 0)
		return rc;
	rc = db_query(s->db, sql_page, DB_ARGS(db_i(SHOPS_MOST)), &rows);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(*shop), SHOPS_MOST);
	while ((rc = db_next(rows)) > 0) {
		shop = page_add(out);
		shop->id = db_int(rows, 0);
		shop->platform = row_text(rows, 1, &out->arena);
		shop->name = row_text(rows, 2, &out->arena);
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc;
}

/* Taobao and Tmall are one to their files. */
static const char *
kin(const char *platform)
{
	if (strcmp(platform, "taobao") == 0)
		return "tmall";
	return strcmp(platform, "tmall") == 0 ? "taobao" : platform;
}

static bool
is_platform(const char *name)
{
	size_t i;

	for (i = 0; platform_names[i] != NULL; i++)
		if (strcmp(platform_names[i], name) == 0)
			return true;
	return false;
}

static const char sql_clash[] =
    "SELECT (SELECT count(*) FROM shop WHERE name = $1"
    " AND platform IN ($2, $3) AND id <> $4) + (SELECT count(*)"
    " FROM shop_alias WHERE name = $1 AND platform IN ($2, $3)"
    " AND shop_id <> $4)";
static const char sql_used[] =
    "SELECT EXISTS (SELECT 1 FROM orders WHERE shop_id = $1)"
    " OR EXISTS (SELECT 1 FROM listing WHERE shop_id = $1)";
static const char sql_was[] = "SELECT platform, name FROM shop WHERE id = $1";
static const char sql_save[] =
    "UPDATE shop SET platform = $2, name = $3 WHERE id = $1";

struct was {
	char platform[64], name[NAME_MOST * 2];
};

static int
read_was(struct session *s, int64_t id, struct was *was)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_was, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(
		    was->platform, sizeof(was->platform), db_text(rows, 0));
		copy_text(was->name, sizeof(was->name), db_text(rows, 1));
	}
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such shop"));
	return rc < 0 ? rc : 0;
}

/* A platform that only a taught layout knows can stay. */
static int
check_platform(struct session *s, struct txn *txn, int64_t id,
    const struct was *was, const char *platform)
{
	int64_t used;
	int rc;

	if (strcmp(was->platform, platform) == 0)
		return 0;
	if (!is_platform(platform))
		return err_set(&s->err, ERR_INVALID, "platform",
		    _("There is no platform %s"), platform);
	if (strcmp(kin(was->platform), platform) == 0)
		return 0;
	if ((rc = db_fetch1(txn, sql_used, DB_ARGS(db_i(id)), &used)) < 0)
		return rc;
	if (used != 0)
		return err_set(&s->err, ERR_CONFLICT, "platform",
		    _("%s has orders or items of %s already: their numbers "
		      "and buyers are that platform's, they cannot go to %s"),
		    was->name, platform_text(was->platform),
		    platform_text(platform));
	return 0;
}

static int
check_clash(struct session *s, struct txn *txn, int64_t id,
    const char *platform, const char *name)
{
	int64_t n;
	int rc = db_fetch1(txn, sql_clash,
	    DB_ARGS(db_t(name), db_t(platform), db_t(kin(platform)), db_i(id)),
	    &n);

	if (rc == 0 && n > 0)
		return err_set(&s->err, ERR_CONFLICT, "name",
		    _("There is a shop %s on %s already"), name,
		    platform_text(platform));
	return rc;
}

static const char sql_alias[] =
    "INSERT INTO shop_alias (platform, name, shop_id) VALUES ($1, $2, $3)"
    " ON CONFLICT (platform, name) DO UPDATE SET shop_id = excluded.shop_id";
static const char sql_alias_gone[] =
    "DELETE FROM shop_alias WHERE name = $1 AND shop_id = $2";

/* Files that have the old name yet go on finding the shop. */
static int
keep_alias(struct txn *txn, int64_t id, const struct was *was, const char *name)
{
	int rc;

	if (strcmp(was->name, name) == 0)
		return 0;
	rc = db_exec(txn, sql_alias,
	    DB_ARGS(db_t(was->platform), db_t(was->name), db_i(id)), NULL);
	return rc < 0 ? rc
		      : db_exec(txn, sql_alias_gone,
			    DB_ARGS(db_t(name), db_i(id)), NULL);
}

int
shop_save(struct session *s, int64_t id, const char *platform, const char *name)
{
	struct was was;
	struct txn *txn;
	int rc;

	if (name[0] == '\0' || strlen(name) > NAME_MOST ||
	    strpbrk(name, "\t\r\n") != NULL)
		return err_set(&s->err, ERR_INVALID, "name",
		    _("A shop needs a name of one line, of at most %d bytes"),
		    NAME_MOST);
	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	if ((rc = read_was(s, id, &was)) == 0 &&
	    (rc = check_platform(s, txn, id, &was, platform)) == 0 &&
	    (rc = check_clash(s, txn, id, platform, name)) == 0)
		rc = db_exec(txn, sql_save,
		    DB_ARGS(db_i(id), db_t(platform), db_t(name)), NULL);
	if (rc == 0)
		rc = keep_alias(txn, id, &was, name);
	if (rc == 0)
		rc = op_commit(s, &op_save, &txn, id, "%s %s -> %s %s",
		    was.platform, was.name, platform, name);
	op_abort(s, &txn);
	return rc;
}
