/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/audit.h"

#include "../audit/audit_chain_priv.h"
#include "verify_priv.h"

#define NAME_SIZE 200

/*
 * The chain of the log, in one pass in little memory. After an entry that does
 * not hold it goes on from the hash that is stored, so that one that was
 * altered is named, and not all behind it.
 */
struct chain {
	struct verify *v;
	bool ends; /* there is an end, */
	struct audit_end end;
	int64_t last, last_at; /* the entry before */
	char last_op[64];
	char before[SECRET_DIGEST]; /* its hash */
	int64_t old;  /* the last entry from before there was a chain */
	bool chained; /* those are over */
	bool excused; /* no hash is to be expected: see check_number() */
};

/* "12 (2026-05-28 09:12:33, order shipped)" */
static const char *
name_of(int64_t id, int64_t at, const char *op, char buf[NAME_SIZE])
{
	char time[TIME_SIZE];

	snprintf(buf, NAME_SIZE, "%" PRId64 " (%s, %s)", id,
	    time_full(at, time), audit_op_text(op));
	return buf;
}

static const char *
entry_name(const struct audit_entry *e, char buf[NAME_SIZE])
{
	return name_of(e->id, e->at, e->op.p, buf);
}

/* Numbers go up by one, from one, to the one that is kept. */
static void
check_number(struct chain *c, const struct audit_entry *e)
{
	int64_t first = c->last + 1;
	char name[NAME_SIZE];

	if (e->id == first + 1)
		verify_badf(c->v,
		    _("Audit entry %" PRId64 " is missing before number %s"),
		    first, entry_name(e, name));
	else if (e->id > first)
		verify_badf(c->v,
		    _("Audit entries %" PRId64 " to %" PRId64
		      " are missing before number %s"),
		    first, e->id - 1, entry_name(e, name));
	/* What is found here needs no second finding. */
	if (e->id != first || (c->ends && e->id > c->end.id))
		c->excused = true;
	if (c->ends && e->id > c->end.id)
		verify_badf(c->v,
		    _("Audit entry %s was put in behind the end of the log"),
		    entry_name(e, name));
}

/* @stored is not what comes of the entry and of those before. */
static void
unlike(struct chain *c, const struct audit_entry *e)
{
	char name[NAME_SIZE];

	entry_name(e, name);
	if (!c->chained && c->old > 0)
		verify_badf(c->v,
		    _("Audit entry %s does not follow from those before: it, "
		      "or one of numbers 1 to %" PRId64 ", was altered"),
		    name, c->old);
	else
		verify_badf(c->v,
		    _("Audit entry %s is not as it was written: it, or the one "
		      "before it, was altered or put in"),
		    name);
}

static void
check_entry(struct chain *c, struct audit_entry *e)
{
	char stored[SECRET_DIGEST], name[NAME_SIZE];

	if (e->id < 1) {
		verify_badf(c->v,
		    _("Audit entry %s was put in before the first"),
		    entry_name(e, name));
		return;
	}
	check_number(c, e);
	memcpy(stored, e->hash, sizeof(stored));
	audit_hash(e, c->before);
	if (stored[0] == '\0' && !c->chained) {
		c->old = e->id;
		memcpy(c->before, e->hash, sizeof(c->before));
	} else {
		if (!c->excused && strcmp(stored, e->hash) != 0)
			unlike(c, e);
		c->chained = true;
		c->excused = false;
		memcpy(c->before, stored, sizeof(c->before));
	}
	if (c->ends && e->id == c->end.id && strcmp(stored, c->end.hash) != 0)
		verify_badf(c->v,
		    _("Audit entry %s is not the one that the log ended with"),
		    entry_name(e, name));
	c->last = e->id;
	c->last_at = e->at;
	copy_text(c->last_op, sizeof(c->last_op), e->op.p);
}

static void
check_end(struct chain *c)
{
	char name[NAME_SIZE];

	if (!c->ends && c->chained)
		verify_badf(c->v, "%s",
		    _("The end of the audit log is not kept any more"));
	else if (c->ends && c->last == 0)
		verify_badf(c->v,
		    _("The audit log is empty, but it went up to number "
		      "%" PRId64),
		    c->end.id);
	else if (c->ends && c->last < c->end.id)
		verify_badf(c->v,
		    _("The audit log ends with number %s, but it went up to "
		      "number %" PRId64),
		    name_of(c->last, c->last_at, c->last_op, name), c->end.id);
}

int
verify_log(struct verify *v)
{
	struct chain c = { .v = v };
	struct audit_entry e;
	struct db_rows *rows;
	int rc;

	if ((rc = audit_end(v->s->db, &c.end)) < 0)
		return rc;
	c.ends = rc == 1;
	rc = db_query(v->s->db, sql_audit_entries, DB_NOARGS, &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) == 1) {
		audit_read(rows, &e);
		check_entry(&c, &e);
	}
	db_done(rows);
	if (rc == 0)
		check_end(&c);
	return rc;
}
