/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/base/str.h"

#include "db_priv.h"

/*
 * Foreign keys after a bulk load. Rows that were loaded are numbered 1, 2, ...
 * without a gap, so every reference to them holds if none lies outside: a look
 * at its index, where it has one, and one scan a table for the others, where
 * looking up the parents of each row takes many times as long. Tables with
 * references of another kind are looked up.
 */

struct parent {
	struct parent *next;
	const char *name;
	int64_t rows; /* -1: they are not numbered without a gap */
};

struct reference {
	struct reference *next;
	const char *column;
	struct parent *to;
	bool indexed; /* its column leads an index */
};

struct child {
	struct child *next;
	const char *name;
	struct reference *refs;
};

struct keys {
	struct db *db;
	struct arena arena;
	struct parent *parents;
	struct child *children;
};

static int
count(struct keys *k, struct parent *p)
{
	struct str sql = STR_INIT;
	struct db_rows *rows;
	int64_t numbered;
	int rc;

	p->rows = -1;
	rc = db_get1(
	    k->db, k->db->ops->sql_numbered, DB_ARGS(db_t(p->name)), &numbered);
	if (rc < 0 || numbered == 0)
		return rc;
	/* Each by itself: no row need be looked at. */
	str_addf(&sql,
	    "SELECT (SELECT count(*) FROM %s), (SELECT min(id) FROM %s),"
	    " (SELECT max(id) FROM %s) /*scan*/",
	    p->name, p->name, p->name);
	rc = db_query(k->db, sql.s, DB_NOARGS, &rows);
	str_done(&sql);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) == 1 &&
	    (db_int(rows, 0) == 0 ||
		(db_int(rows, 1) == 1 && db_int(rows, 2) == db_int(rows, 0))))
		p->rows = db_int(rows, 0);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static struct parent *
parent_find(struct keys *k, const char *name)
{
	struct parent *p = k->parents;

	while (p != NULL && strcmp(p->name, name) != 0)
		p = p->next;
	if (p == NULL) {
		p = arena_alloc(&k->arena, sizeof(*p));
		p->name = arena_strdup(&k->arena, name);
		p->next = k->parents;
		k->parents = p;
	}
	return p;
}

/* The references come table by table. */
static void
reference(struct keys *k, const struct db_rows *row)
{
	const char *table = db_text(row, 0);
	struct child *c = k->children;
	struct reference *r;

	if (c == NULL || strcmp(c->name, table) != 0) {
		c = arena_alloc(&k->arena, sizeof(*c));
		c->name = arena_strdup(&k->arena, table);
		c->next = k->children;
		k->children = c;
	}
	r = arena_alloc(&k->arena, sizeof(*r));
	r->column = arena_strdup(&k->arena, db_text(row, 1));
	r->to = parent_find(k, db_text(row, 2));
	r->indexed = db_int(row, 3) != 0;
	r->next = c->refs;
	c->refs = r;
}

static int
gather(struct keys *k)
{
	struct db_rows *rows;
	int rc = db_query(k->db, k->db->ops->sql_references, DB_NOARGS, &rows);

	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		reference(k, rows);
	db_done(rows);
	for (struct parent *p = k->parents; rc == 0 && p != NULL; p = p->next)
		rc = count(k, p);
	return rc;
}

/* Or: is there a row of @c that @where is true of? */
static void
add_exists(struct str *sql, const struct child *c, const char *where)
{
	str_addf(sql, "%sEXISTS (SELECT 1 FROM %s WHERE %s)",
	    sql->len > 0 ? " OR " : "SELECT CASE WHEN ", c->name, where);
}

/* 1: they hold; 0: who knows. */
static int
within(struct keys *k, const struct child *c)
{
	struct str sql = STR_INIT, one = STR_INIT, others = STR_INIT;
	const struct reference *r;
	int64_t holds = 1;
	int rc = 0;

	for (r = c->refs; holds != 0 && r != NULL; r = r->next) {
		str_cut(&one, 0);
		str_addf(&one, "%s < 1 OR %s > %" PRId64, r->column, r->column,
		    r->to->rows);
		if (r->to->rows < 0)
			holds = 0;
		else if (r->indexed)
			add_exists(&sql, c, one.s);
		else
			str_addf(&others, "%s%s", others.len > 0 ? " OR " : "",
			    one.s);
	}
	if (others.len > 0)
		add_exists(&sql, c, others.s);
	str_add(&sql, " THEN 0 ELSE 1 END /*scan*/");
	if (holds != 0)
		rc = db_get1(k->db, sql.s, DB_NOARGS, &holds);
	str_done(&sql);
	str_done(&one);
	str_done(&others);
	return rc < 0 ? rc : holds != 0;
}

int
keys_check(struct db *db)
{
	struct keys k = { .db = db };
	struct child *c;
	int rc = gather(&k);

	for (c = k.children; rc == 0 && c != NULL; c = c->next)
		if ((rc = within(&k, c)) >= 0)
			rc = rc == 1 ? 0 : db->ops->foreign_keys(db, c->name);
	arena_done(&k.arena);
	return rc;
}

static int
refers(
    struct db *db, const char *table, const char *column, int64_t id, bool *yes)
{
	struct str sql = STR_INIT;
	int64_t n = 0;
	int rc;

	str_addf(&sql,
	    "SELECT CASE WHEN EXISTS (SELECT 1 FROM %s WHERE %s = $1) THEN 1"
	    " ELSE 0 END /*scan*/",
	    table, column);
	rc = db_get1(db, sql.s, DB_ARGS(db_i(id)), &n);
	str_done(&sql);
	*yes |= n != 0;
	return rc;
}

int
db_referred(
    struct db *db, const char *table, int64_t id, const char *but, bool *yes)
{
	struct db_rows *rows;
	int rc = db_query(db, db->ops->sql_references, DB_NOARGS, &rows);

	*yes = false;
	if (rc < 0)
		return rc;
	while (!*yes && (rc = db_next(rows)) == 1) {
		if (strcmp(db_text(rows, 2), table) != 0 ||
		    strcmp(db_text(rows, 0), but) == 0)
			continue;
		if ((rc = refers(
			 db, db_text(rows, 0), db_text(rows, 1), id, yes)) < 0)
			break;
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}
