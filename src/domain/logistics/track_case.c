/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/tracking.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"

/* What somebody does about a parcel on its way. */

static const struct op op_open = { "track-case-open", PERM_TRACK_EDIT,
	"parcel" };
static const struct op op_noted = { "track-case-note", PERM_TRACK_EDIT,
	"parcel" };
static const struct op op_close = { "track-case-close", PERM_TRACK_EDIT,
	"parcel" };
static const struct op op_reopen = { "track-case-reopen", PERM_TRACK_EDIT,
	"parcel" };

const char *const track_kinds[] = { "not_collected", "still", "refused",
	"returned", "not_received", "late", "lost", "intercept", "other",
	NULL };
static const char *const kind_texts[] = { N_("not collected"),
	N_("does not move"), N_("refused by the buyer"), N_("returned"),
	N_("signed for, not received"), N_("late"), N_("lost"),
	N_("to be stopped"), N_("something else") };

const char *const track_outcomes[] = { "arrived", "stopped", "too_late",
	"brought_back", "sent_again", "claimed", "nothing", NULL };
static const char *const outcome_texts[] = { N_("arrived"), N_("stopped"),
	N_("too late to stop"), N_("brought back"), N_("sent again"),
	N_("the courier pays"), N_("nothing came of it") };

static const char *
words(const char *const *names, const char *const *texts, const char *name)
{
	size_t i;

	for (i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0)
			return _(texts[i]);
	return name;
}

const char *
track_kind_text(const char *kind)
{
	return words(track_kinds, kind_texts, kind);
}

const char *
track_outcome_text(const char *outcome)
{
	return words(track_outcomes, outcome_texts, outcome);
}

/* The books know of goods that are here again when somebody says so. */
const char *
track_outcome_next(const char *outcome)
{
	if (strcmp(outcome, "brought_back") != 0)
		return "";
	return _("Take goods in: stock return ORDER SKU QTY --reason TEXT");
}

static bool
among(const char *const *names, const char *name)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

#define NOTE_MAX 1000

static int
check_note(struct session *s, const char *note)
{
	if (!utf8_valid(note, strlen(note)))
		return err_set(&s->err, ERR_INVALID, "note",
		    _("The text is not valid UTF-8"));
	if (strlen(note) > NOTE_MAX)
		return err_set(&s->err, ERR_INVALID, "note",
		    _("The text is too long: %d bytes at most"), NOTE_MAX);
	return 0;
}

static const char sql_track[] = "SELECT track FROM parcel WHERE id = $1";

static int
check_kind(struct session *s, int64_t parcel_id, const char *kind)
{
	int64_t track;
	int rc;

	rc = db_get1(s->db, sql_track, DB_ARGS(db_i(parcel_id)), &track);
	if (rc == ERR_NOTFOUND)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such parcel"));
	if (rc < 0)
		return rc;
	if (strcmp(kind, "intercept") == 0 && track == TRACK_SIGNED)
		return err_set(&s->err, ERR_STATE, "kind",
		    _("It is signed for: there is nothing left to stop"));
	if (strcmp(kind, "not_received") == 0 && track != TRACK_SIGNED)
		return err_set(&s->err, ERR_STATE, "kind",
		    _("The courier does not say yet that it is signed for"));
	return 0;
}

static const char sql_holder[] =
    "SELECT coalesce(st.name, '') FROM track_case c"
    " LEFT JOIN staff st ON st.id = c.staff_id"
    " WHERE c.parcel_id = $1 AND c.kind = $2 AND c.closed_at = 0";

/* 0, or ERR_CONFLICT that names who has such a case. */
static int
check_none(struct session *s, int64_t parcel_id, const char *kind)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(
	    s->db, sql_holder, DB_ARGS(db_i(parcel_id), db_t(kind)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "kind",
		    _("%s sees to that already"), db_text(rows, 0));
	db_done(rows);
	return rc;
}

static const char sql_open[] =
    "INSERT INTO track_case (parcel_id, kind, at, staff_id, note)"
    " VALUES ($1, $2, $3, $4, $5)";
static const char sql_watch[] = "UPDATE parcel SET watch = 1 WHERE id = $1";

int
track_case_open(struct session *s, int64_t parcel_id, const char *kind,
    const char *note, int64_t *id)
{
	struct txn *txn;
	int rc;

	if (!among(track_kinds, kind))
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("%s is no reason to see to a parcel"), kind);
	if ((rc = check_note(s, note)) < 0 ||
	    (rc = op_begin(s, &op_open, &txn)) < 0)
		return rc;
	rc = check_kind(s, parcel_id, kind);
	if (rc == 0)
		rc = check_none(s, parcel_id, kind);
	if (rc == 0)
		rc = db_insert(txn, sql_open,
		    DB_ARGS(db_i(parcel_id), db_t(kind), db_i(time_now()),
			db_id(s->staff_id), db_t(note)),
		    id);
	if (rc == 0)
		rc = db_exec(txn, sql_watch, DB_ARGS(db_i(parcel_id)), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_open, &txn, parcel_id, "%s%s%s", kind,
		    note[0] != '\0' ? ": " : "", note);
	op_abort(s, &txn);
	return rc;
}

struct case_now {
	int64_t parcel_id, closed_at;
	char kind[32];
	struct str note;
};

static const char sql_case[] =
    "SELECT parcel_id, closed_at, kind, note FROM track_case WHERE id = $1";

/* The case as it is; the caller frees its note. */
static int
case_now(struct session *s, int64_t id, bool closed, struct case_now *out)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_case, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->parcel_id = db_int(rows, 0);
		out->closed_at = db_int(rows, 1);
		copy_text(out->kind, sizeof(out->kind), db_text(rows, 2));
		str_add(&out->note, db_text(rows, 3));
	}
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such case"));
	if (rc > 0 && !closed && out->closed_at != 0)
		return err_set(
		    &s->err, ERR_STATE, "", _("That case is closed already"));
	if (rc > 0 && closed && out->closed_at == 0)
		return err_set(
		    &s->err, ERR_STATE, "", _("That case is open already"));
	return rc < 0 ? rc : 0;
}

/* What was written stays; each further note is a line of its own. */
static void
add_note(struct str *note, const char *more)
{
	if (more[0] == '\0')
		return;
	if (note->len > 0)
		str_addc(note, '\n');
	str_add(note, more);
}

static const char sql_note[] =
    "UPDATE track_case SET note = $2, staff_id = $3, version = version + 1"
    " WHERE id = $1";

int
track_case_note(struct session *s, int64_t id, const char *note)
{
	struct case_now now = { .note = STR_INIT };
	struct txn *txn;
	int rc;

	if ((rc = check_note(s, note)) < 0 ||
	    (rc = op_begin(s, &op_noted, &txn)) < 0)
		return rc;
	rc = case_now(s, id, false, &now);
	if (rc == 0) {
		add_note(&now.note, note);
		rc = check_note(s, now.note.s);
	}
	if (rc == 0)
		rc = db_exec(txn, sql_note,
		    DB_ARGS(db_i(id), db_t(now.note.s), db_id(s->staff_id)),
		    NULL);
	if (rc == 0)
		rc = op_commit(s, &op_noted, &txn, now.parcel_id, "%s%s%s",
		    now.kind, note[0] != '\0' ? ": " : "", note);
	op_abort(s, &txn);
	str_done(&now.note);
	return rc;
}

static const char sql_close[] =
    "UPDATE track_case SET closed_at = $2, closed_by = $3, outcome = $4,"
    " note = $5, version = version + 1 WHERE id = $1";
/* Brought back, stopped, paid for by the courier: nothing is to be waited for.
 */
static const char sql_settled[] =
    "UPDATE parcel SET watch = 0 WHERE id = $1 AND ($2 IN ('arrived',"
    " 'stopped', 'brought_back', 'sent_again', 'claimed') OR track = 4)"
    " AND NOT EXISTS (SELECT 1 FROM track_case c"
    " WHERE c.parcel_id = parcel.id AND c.closed_at = 0)";

static int
close_it(struct session *s, struct txn *txn, int64_t id, const char *outcome,
    struct case_now *now)
{
	int rc;

	rc = db_exec(txn, sql_close,
	    DB_ARGS(db_i(id), db_i(time_now()), db_id(s->staff_id),
		db_t(outcome), db_t(now->note.s)),
	    NULL);
	if (rc < 0)
		return rc;
	return db_exec(txn, sql_settled,
	    DB_ARGS(db_i(now->parcel_id), db_t(outcome)), NULL);
}

int
track_case_close(
    struct session *s, int64_t id, const char *outcome, const char *note)
{
	struct case_now now = { .note = STR_INIT };
	struct txn *txn;
	int rc;

	if (!among(track_outcomes, outcome))
		return err_set(
		    &s->err, ERR_INVALID, "outcome", _("Say what came of it"));
	if ((rc = check_note(s, note)) < 0 ||
	    (rc = op_begin(s, &op_close, &txn)) < 0)
		return rc;
	rc = case_now(s, id, false, &now);
	if (rc == 0) {
		add_note(&now.note, note);
		rc = check_note(s, now.note.s);
	}
	if (rc == 0)
		rc = close_it(s, txn, id, outcome, &now);
	if (rc == 0)
		rc = op_commit(s, &op_close, &txn, now.parcel_id, "%s: %s%s%s",
		    now.kind, outcome, note[0] != '\0' ? ", " : "", note);
	op_abort(s, &txn);
	str_done(&now.note);
	return rc;
}

static const char sql_reopen[] =
    "UPDATE track_case SET closed_at = 0, closed_by = NULL, outcome = '',"
    " staff_id = $2, version = version + 1 WHERE id = $1";

int
track_case_reopen(struct session *s, int64_t id)
{
	struct case_now now = { .note = STR_INIT };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_reopen, &txn)) < 0)
		return rc;
	rc = case_now(s, id, true, &now);
	if (rc == 0)
		rc = check_none(s, now.parcel_id, now.kind);
	if (rc == 0)
		rc = db_exec(txn, sql_reopen,
		    DB_ARGS(db_i(id), db_id(s->staff_id)), NULL);
	if (rc == 0)
		rc =
		    db_exec(txn, sql_watch, DB_ARGS(db_i(now.parcel_id)), NULL);
	if (rc == 0)
		rc = op_commit(
		    s, &op_reopen, &txn, now.parcel_id, "%s", now.kind);
	op_abort(s, &txn);
	str_done(&now.note);
	return rc;
}
