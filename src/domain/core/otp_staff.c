/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/otp.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

#include "../staff/staff_priv.h"
#include "door_priv.h"
#include "session_priv.h"

static const struct op op_on = { "staff-otp-on", PERM_NONE, "staff" };
static const struct op op_off = { "staff-otp-off", PERM_NONE, "staff" };
static const struct op op_end = { "staff-otp-end", PERM_STAFF_EDIT, "staff" };

/* @text as an address has it, in at most @size bytes: whole characters. */
static void
add_escaped(struct str *uri, const char *text, size_t size)
{
	const size_t end = uri->len + size;
	size_t whole = uri->len;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c & 0xc0) != 0x80)
			whole = uri->len;
		if (isalnum(c) || strchr("-._~", c) != NULL)
			str_addc(uri, (char)c);
		else
			str_addf(uri, "%%%02X", c);
		if (uri->len > end) {
			str_cut(uri, whole);
			return;
		}
	}
}

static int
refuse_second(struct session *s)
{
	return err_set(&s->err, ERR_STATE, "",
	    _("You already log in with a one-time code: end that first"));
}

int
otp_begin(struct session *s, struct otp_setup *out)
{
	char secret[OTP_SECRET_SIZE];
	struct str uri = STR_INIT;
	struct staff_row row = { 0 };
	size_t i, at = 0;
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0 ||
	    (rc = staff_read(s, s->staff_id, &row)) < 0)
		return rc;
	if (row.otp_secret[0] != '\0')
		return refuse_second(s);
	otp_secret_new(secret);
	for (i = 0; secret[i] != '\0'; i++) {
		if (i > 0 && i % 4 == 0)
			out->secret[at++] = ' ';
		out->secret[at++] = secret[i];
	}
	out->secret[at] = '\0';
	str_add(&uri, "otpauth://totp/");
	add_escaped(&uri, s->login, 93);
	str_addf(&uri, "?secret=%s&issuer=", secret);
	add_escaped(&uri, s->shop_name, 99);
	copy_text(out->uri, sizeof(out->uri), uri.s);
	secret_wipe(secret, sizeof(secret));
	secret_wipe(uri.s, uri.len);
	str_done(&uri);
	return 0;
}

/* As it is kept: without the blanks between the groups. */
static void
squeeze(const char *text, char secret[OTP_SECRET_SIZE])
{
	size_t n = 0;

	for (; *text != '\0' && n < OTP_SECRET_SIZE - 1; text++)
		if (*text != ' ')
			secret[n++] = *text;
	secret[n] = '\0';
}

static const char sql_set[] =
    "UPDATE staff SET otp_secret = $2, otp_step = $3 WHERE id = $1";

static int
set_otp(struct txn *txn, int64_t id, const char *secret, int64_t step)
{
	return db_exec(
	    txn, sql_set, DB_ARGS(db_i(id), db_t(secret), db_i(step)), NULL);
}

int
otp_confirm(struct session *s, const struct otp_setup *setup, const char *code)
{
	char secret[OTP_SECRET_SIZE];
	struct staff_row row = { 0 };
	struct txn *txn;
	int64_t step;
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	squeeze(setup->secret, secret);
	step = otp_step(secret, time_now(), 0, code);
	if (step == 0)
		rc = err_set(&s->err, ERR_INVALID, "code",
		    _("This code does not fit: is the clock right?"));
	if (rc < 0 || (rc = op_begin(s, &op_on, &txn)) < 0) {
		secret_wipe(secret, sizeof(secret));
		return rc;
	}
	rc = staff_read(s, s->staff_id, &row);
	if (rc == 0 && row.otp_secret[0] != '\0')
		rc = refuse_second(s);
	if (rc == 0)
		rc = set_otp(txn, s->staff_id, secret, step);
	if (rc == 0)
		rc = op_commit(s, &op_on, &txn, s->staff_id, "%s", s->login);
	op_abort(s, &txn);
	secret_wipe(secret, sizeof(secret));
	return rc;
}

static int
end(struct session *s, const struct op *op, int64_t id)
{
	struct staff_row row = { 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = staff_read(s, id, &row);
	if (rc == 0 && id != s->staff_id)
		rc = door_above(s, row.perms);
	if (rc == 0 && row.otp_secret[0] == '\0')
		rc = err_set(&s->err, ERR_STATE, "",
		    _("%s logs in without a one-time code"), row.login);
	if (rc == 0)
		rc = set_otp(txn, id, "", 0);
	if (rc == 0)
		rc = op_commit(s, op, &txn, id, "%s", row.login);
	op_abort(s, &txn);
	return rc;
}

int
otp_end(struct session *s, const char *password)
{
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0 ||
	    (rc = door_own(
		 s, password, "password", _("The password is wrong"))) < 0)
		return rc;
	return end(s, &op_off, s->staff_id);
}

int
staff_otp_end(struct session *s, int64_t id)
{
	return end(s, &op_end, id);
}

static const char sql_is_on[] =
    "SELECT CASE WHEN otp_secret <> '' THEN 1 ELSE 0 END FROM staff "
    "WHERE id = $1";

bool
otp_is_on(struct session *s)
{
	int64_t on = 0;

	return s->staff_id != 0 &&
	       db_get1(s->db, sql_is_on, DB_ARGS(db_i(s->staff_id)), &on) ==
		   0 &&
	       on != 0;
}
