/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "audit_chain_priv.h"

static void
read_entry(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct audit_row *row = out;

	row->id = db_int(rows, 0);
	row->at = db_int(rows, 1);
	row->staff = row_text(rows, 2, arena);
	row->op = row_text(rows, 3, arena);
	row->kind = row_text(rows, 4, arena);
	row->subject = db_int(rows, 5);
	row->detail = row_text(rows, 6, arena);
	row->approved = row_text(rows, 7, arena);
}

static int
fetch(struct session *s, struct query *q, enum page_dir dir,
    const struct audit_row *from, size_t limit, struct page *out)
{
	struct query_key key = { "audit.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	query_page(q, &key, 1, true, dir, limit);
	rc = query_fetch(
	    s->db, q, dir, sizeof(struct audit_row), limit, read_entry, out);
	if (rc == 0)
		contact_hide_entries(s, out);
	return rc;
}

#define SELECT_AUDIT \
	"SELECT audit.id, at, staff.name, op, kind, subject, detail, boss.name " \
	"FROM audit LEFT JOIN staff ON staff.id = staff_id " \
	"LEFT JOIN staff boss ON boss.id = approved_by WHERE 1 = 1"

int
audit_page(struct session *s, const char *kind, int64_t subject,
    enum page_dir dir, const struct audit_row *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT_AUDIT);
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	query_and(&q, "kind =", db_t(kind));
	query_and(&q, "subject =", db_i(subject));
	return fetch(s, &q, dir, from, limit, out);
}

static const char sql_since[] =
    "SELECT id FROM audit WHERE at >= $1 ORDER BY at, id LIMIT 1";
static const char sql_until[] =
    "SELECT id FROM audit WHERE at < $1 ORDER BY at DESC, id DESC LIMIT 1";

/* The entry where a time begins or ends; 1, or 0 when there is none. */
static int
entry_at(struct session *s, const char *sql, int64_t at, int64_t *id)
{
	int rc = db_get1(s->db, sql, DB_ARGS(db_i(at)), id);

	return rc == ERR_NOTFOUND ? 0 : rc < 0 ? rc : 1;
}

/*
 * Numbers grow with time, so a time is a range of them, and every index that
 * ends with the number serves it. A clock that was set back breaks that: what
 * it wrote with a time out of the range is left out, and what it wrote outside
 * of the numbers is not looked for. 1, or 0 when nothing was done then.
 */
static int
and_time(struct session *s, struct query *q, const struct audit_filter *f)
{
	int64_t id;
	int rc = 1;

	if (f->since != 0) {
		if ((rc = entry_at(s, sql_since, f->since, &id)) != 1)
			return rc;
		query_and(q, "audit.id >=", db_i(id));
		query_and(q, "at + 0 >=", db_i(f->since));
	}
	if (f->until != 0) {
		if ((rc = entry_at(s, sql_until, f->until, &id)) != 1)
			return rc;
		query_and(q, "audit.id <=", db_i(id));
		query_and(q, "at + 0 <", db_i(f->until));
	}
	return rc;
}

/*
 * One index leads, that of the filter which leaves the fewest entries; the
 * others are written so that no index of theirs is taken in its place.
 */
static void
and_what(struct query *q, const struct audit_filter *f)
{
	bool by_op = f->subject == 0 && f->op != NULL;
	bool by_staff = f->subject == 0 && f->staff_id != 0;

	if (f->subject != 0)
		query_and(q, "subject =", db_i(f->subject));
	if (by_op)
		query_and(q, "op =", db_t(f->op));
	else if (f->op != NULL)
		query_and(q, "op || '' =", db_t(f->op));
	if (by_staff)
		query_and(q, "audit.staff_id =", db_i(f->staff_id));
	else if (f->staff_id != 0)
		query_and(q, "audit.staff_id + 0 =", db_i(f->staff_id));
	if (f->kind != NULL && !by_op)
		query_and(q, "kind =", db_t(f->kind));
	else if (f->kind != NULL)
		query_and(q, "kind || '' =", db_t(f->kind));
}

int
audit_list(struct session *s, const struct audit_filter *f, enum page_dir dir,
    const struct audit_row *from, size_t limit, struct page *out)
{
	static const struct audit_filter all;
	struct query q = QUERY(SELECT_AUDIT);
	int rc;

	if ((rc = session_need(s, PERM_AUDIT_VIEW)) < 0)
		return rc;
	if (f == NULL)
		f = &all;
	if (f->subject != 0 && f->kind == NULL)
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("Say of which kind the record is"));
	if ((rc = and_time(s, &q, f)) < 0)
		return rc;
	if (rc == 0) {
		page_init(out, sizeof(struct audit_row), limit);
		return 0;
	}
	and_what(&q, f);
	return fetch(s, &q, dir, from, limit, out);
}

static const struct {
	const char *kind, *sql;
} subjects[] = {
	{ "customer", "SELECT nick, name FROM customer WHERE id = $1" },
	{ "listing", "SELECT title FROM listing WHERE id = $1" },
	{ "order", "SELECT order_no FROM orders WHERE id = $1" },
	{ "platform-shop", "SELECT name FROM shop WHERE id = $1" },
	{ "role", "SELECT name FROM role WHERE id = $1" },
	{ "staff", "SELECT login FROM staff WHERE id = $1" },
	{ "variant", "SELECT sku_code FROM variant WHERE id = $1" },
};
#define SUBJECTS (sizeof(subjects) / sizeof(subjects[0]))

int
audit_subject(
    struct session *s, const struct audit_row *row, char *buf, size_t size)
{
	struct arena arena = { 0 };
	struct db_rows *rows;
	const char *name;
	size_t i = 0;
	int rc;

	buf[0] = '\0';
	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	while (i < SUBJECTS && strcmp(subjects[i].kind, row->kind) != 0)
		i++;
	if (i == SUBJECTS)
		return 0;
	rc = db_query(
	    s->db, subjects[i].sql, DB_ARGS(db_i(row->subject)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) == 1) {
		name = db_text(rows, 0);
		if (strcmp(row->kind, "customer") == 0 &&
		    !session_may(s, PERM_CONTACT_VIEW))
			name = mask_nick(&arena, name, db_text(rows, 1));
		copy_text(buf, size, name);
	}
	db_done(rows);
	arena_done(&arena);
	return rc < 0 ? rc : 0;
}

int
audit_head(struct session *s, int64_t *id, char hash[65])
{
	struct audit_end end;
	int rc;

	if ((rc = session_need(s, PERM_AUDIT_VIEW)) < 0 ||
	    (rc = audit_end(s->db, &end)) < 0)
		return rc;
	*id = end.id;
	memcpy(hash, end.hash, sizeof(end.hash));
	return 0;
}
