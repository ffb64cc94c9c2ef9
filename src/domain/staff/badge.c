/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

#include "../core/door_priv.h"
#include "../core/session_priv.h"
#include "staff_priv.h"

/* Badges: 100 random bits in Crockford's digits, which no scanner and nobody
 * who types them mistakes. The shop keeps a digest, so that who reads its
 * file cannot print them. */

#define DIGITS 20

static const struct op op_new = { "staff-badge", PERM_STAFF_EDIT, "staff" };
static const struct op op_drop = { "staff-badge-drop", PERM_STAFF_EDIT,
	"staff" };

_Static_assert(sizeof(STAFF_BADGE) + DIGITS <= STAFF_BADGE_SIZE,
    "a badge's code must fit");

static void
make_code(char code[STAFF_BADGE_SIZE])
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char bytes[DIGITS];
	size_t at, i;

	secret_random(bytes, sizeof(bytes));
	at = (size_t)snprintf(code, STAFF_BADGE_SIZE, "%s", STAFF_BADGE);
	for (i = 0; i < DIGITS; i++)
		code[at++] = digits[bytes[i] & 31];
	code[at] = '\0';
	secret_wipe(bytes, sizeof(bytes));
}

static void
digest_code(const char *code, char digest[SECRET_DIGEST])
{
	const struct secret_part part = { code, strlen(code) };

	secret_digest(&part, 1, digest);
}

static const char sql_badge[] =
    "SELECT login FROM staff WHERE badge = $1 AND badge <> '' AND active = 1";

int
session_badge(struct session *s, const char *code, char login[SESSION_NAME])
{
	char upper[STAFF_BADGE_SIZE] = "", digest[SECRET_DIGEST];
	struct db_rows *rows;
	size_t i;
	int rc;

	for (i = 0; i < sizeof(upper) - 1 && code[i] != '\0'; i++)
		upper[i] = (char)toupper((unsigned char)code[i]);
	digest_code(upper, digest);
	rc = db_query(s->db, sql_badge, DB_ARGS(db_t(digest)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) == 1)
		copy_text(login, SESSION_NAME, db_text(rows, 0));
	db_done(rows);
	if (rc == 0)
		rc = err_set(&s->err, ERR_NOTFOUND, "login",
		    _("This badge is nobody's"));
	return rc < 0 ? rc : 0;
}

static const char sql_set[] = "UPDATE staff SET badge = $2 WHERE id = $1";

static int
set_badge(struct session *s, const struct op *op, int64_t id, const char *badge)
{
	struct staff_row row = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = staff_read(s, id, &row);
	if (rc == 0)
		rc = door_above(s, row.perms);
	if (rc == 0 && badge[0] == '\0' && row.badge[0] == '\0')
		rc = err_set(
		    &s->err, ERR_STATE, "", _("%s has no badge"), row.login);
	if (rc == 0)
		rc =
		    db_exec(txn, sql_set, DB_ARGS(db_i(id), db_t(badge)), NULL);
	if (rc == 0)
		rc = op_commit(s, op, &txn, id, "%s", row.login);
	op_abort(s, &txn);
	return rc;
}

int
staff_badge_new(struct session *s, int64_t id, char code[STAFF_BADGE_SIZE])
{
	char made[STAFF_BADGE_SIZE], digest[SECRET_DIGEST];
	int rc;

	make_code(made);
	digest_code(made, digest);
	if ((rc = set_badge(s, &op_new, id, digest)) == 0)
		copy_text(code, STAFF_BADGE_SIZE, made);
	secret_wipe(made, sizeof(made));
	return rc;
}

int
staff_badge_drop(struct session *s, int64_t id)
{
	return set_badge(s, &op_drop, id, "");
}
