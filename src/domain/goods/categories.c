/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/categories.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "products_priv.h"

/* The tree of categories. A path is kept with each, so that a product finds its
 * own and a filter all that is below without walking the tree. */

static const struct op op_add = { "category-add", PERM_PRODUCT_EDIT,
	"category" };
static const struct op op_save = { "category-save", PERM_PRODUCT_EDIT,
	"category" };
static const struct op op_drop = { "category-drop", PERM_PRODUCT_EDIT,
	"category" };

#define CATEGORIES 2000

#define SELECT \
	"SELECT c.id, c.version, c.parent_id, c.name, c.path," \
	" (SELECT count(*) FROM product p WHERE p.category_id = c.id)" \
	" FROM category c"

static void
take_category(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct category *c = out;
	const char *p;

	c->id = db_int(rows, 0);
	c->version = db_int(rows, 1);
	c->parent_id = db_int(rows, 2);
	c->name = row_text(rows, 3, arena);
	c->path = row_text(rows, 4, arena);
	c->products = db_int(rows, 5);
	c->depth = 0;
	for (p = c->path; *p != '\0'; p++)
		c->depth += *p == '/';
}

/* A category stands before those in it, and these before its neighbours,
 * whatever characters the names have. */
static int
by_path(const void *a, const void *b)
{
	const char *p = ((const struct category *)a)->path;
	const char *q = ((const struct category *)b)->path;

	while (*p == *q && *p != '\0')
		p++, q++;
	return (*p == '/' ? 1 : (unsigned char)*p) -
	       (*q == '/' ? 1 : (unsigned char)*q);
}

int
category_all(struct session *s, struct page *out)
{
	const struct query q = QUERY(SELECT " ORDER BY c.id /*scan*/");
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct category),
	    CATEGORIES, take_category, out);
	if (rc == 0 && out->n > 1)
		qsort(out->rows, out->n, sizeof(struct category), by_path);
	return rc;
}

int
category_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE 1 = 1");
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	query_and(&q, "c.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct category), 1,
	    take_category, out);
	return page_one(s, rc, out, "", _("There is no such category"));
}

bool
category_tidy(char *path)
{
	char *to = path, *from = path, *end;
	size_t n;

	while (*from != '\0') {
		n = strcspn(from, "/");
		end = from + n;
		while (n > 0 && *from == ' ')
			from++, n--;
		while (n > 0 && from[n - 1] == ' ')
			n--;
		if (n > 0 && to > path)
			*to++ = '/';
		memmove(to, from, n);
		to += n;
		from = end + (*end == '/');
	}
	*to = '\0';
	return text_chars(path) <= NAME_CHARS;
}

int
category_too_long(struct session *s, const char *field)
{
	return err_set(&s->err, ERR_INVALID, field,
	    _("A category's names from the top have %d characters at most"),
	    NAME_CHARS);
}

static const char sql_by_path[] = "SELECT id FROM category WHERE path = $1";

int
category_by_path(struct session *s, const char *path, int64_t *id)
{
	char tidy[CATEGORY_PATH];
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	rc = ERR_NOTFOUND;
	if (trim_text(tidy, sizeof(tidy), path) && category_tidy(tidy))
		rc = db_get1(s->db, sql_by_path, DB_ARGS(db_t(tidy)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "category",
		    _("There is no category %.80s"), path);
	return rc;
}

static const char sql_add[] =
    "INSERT INTO category (parent_id, name, path) VALUES ($1, $2, $3)";

int
category_make(struct session *s, struct txn *txn, const char *path, int64_t *id)
{
	char head[CATEGORY_PATH];
	const char *name = path;
	int64_t parent = 0;
	size_t n;
	int rc = 0;

	*id = 0;
	if (strlen(path) >= sizeof(head))
		return category_too_long(s, "category");
	while (rc == 0 && *name != '\0') {
		n = (size_t)(name - path) + strcspn(name, "/");
		memcpy(head, path, n);
		head[n] = '\0';
		rc = db_fetch1(txn, sql_by_path, DB_ARGS(db_t(head)), id);
		if (rc == ERR_NOTFOUND)
			rc = db_insert(txn, sql_add,
			    DB_ARGS(db_id(parent), db_t(head + (name - path)),
				db_t(head)),
			    id);
		parent = *id;
		name = path + n + (path[n] == '/');
	}
	return rc;
}

void
category_edit_from(struct category_edit *e, const struct category *c)
{
	size_t n = strlen(c->path) - strlen(c->name);

	copy_text(e->name, sizeof(e->name), c->name);
	copy_text(e->parent, sizeof(e->parent), c->path);
	if (n < sizeof(e->parent))
		e->parent[n > 0 ? n - 1 : 0] = '\0';
}

/* What was typed, as it is stored. */
struct place {
	int64_t parent;
	char path[CATEGORY_PATH];
};

static size_t
chars_of(const struct category_edit *e)
{
	size_t parent = text_chars(e->parent);

	return parent + (parent > 0) + text_chars(e->name);
}

static int
check(struct session *s, struct category_edit *e)
{
	int rc;

	if ((rc = edit_text(s, "name", e->name, sizeof(e->name))) < 0 ||
	    (rc = edit_text(s, "parent", e->parent, sizeof(e->parent))) < 0)
		return rc;
	if (e->name[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	if (strchr(e->name, '/') != NULL)
		return err_set(&s->err, ERR_INVALID, "name",
		    _("A name has no / in it: that stands between a category "
		      "and those in it"));
	if (!category_tidy(e->parent) || chars_of(e) > NAME_CHARS)
		return category_too_long(s, "name");
	return 0;
}

/* Where it is to be; @id: itself, 0 for a new one. */
static int
place(struct session *s, struct txn *txn, const struct category_edit *e,
    int64_t id, struct place *p)
{
	struct str path = STR_INIT;
	int64_t there;
	int rc;

	if ((rc = category_make(s, txn, e->parent, &p->parent)) < 0)
		return rc;
	str_addf(&path, "%s%s%s", e->parent, e->parent[0] != '\0' ? "/" : "",
	    e->name);
	copy_text(p->path, sizeof(p->path), path.s);
	str_done(&path);
	rc = db_fetch1(txn, sql_by_path, DB_ARGS(db_t(p->path)), &there);
	if (rc == 0 && there != id)
		return err_set(&s->err, ERR_CONFLICT, "name",
		    _("There is a category %s already"), p->path);
	return rc == ERR_NOTFOUND ? 0 : rc;
}

int
category_add(struct session *s, const struct category_edit *edit, int64_t *id)
{
	struct category_edit e = *edit;
	struct place p;
	struct txn *txn;
	int64_t added;
	int rc;

	if ((rc = check(s, &e)) < 0 || (rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = place(s, txn, &e, 0, &p);
	if (rc == 0)
		rc = db_insert(txn, sql_add,
		    DB_ARGS(db_id(p.parent), db_t(e.name), db_t(p.path)),
		    &added);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, added, "%s", p.path);
	op_abort(s, &txn);
	if (rc == 0)
		*id = added;
	return rc;
}

static const char sql_save[] =
    "UPDATE category SET parent_id = $3, name = $4, path = $5,"
    " version = version + 1 WHERE id = $1 AND version = $2";
/* What is below has the new path in front of the rest of its own. */
static const char sql_below[] =
    "UPDATE category SET path = $2 || substr(path, length($1) + 1),"
    " version = version + 1 WHERE path > $1 || '/' AND path < $1 || '0'";
static const char sql_too_long[] =
    "SELECT count(*) FROM category WHERE path > $1 || '/'"
    " AND path < $1 || '0' AND length(path) - length($1) + length($2) > $3";
static const char sql_path[] = "SELECT path FROM category WHERE id = $1";

static int
path_of(struct session *s, int64_t id, char path[CATEGORY_PATH])
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_path, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		copy_text(path, CATEGORY_PATH, db_text(rows, 0));
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such category"));
	return rc < 0 ? rc : 0;
}

static int
save_apply(struct session *s, struct txn *txn, int64_t id, int64_t version,
    const struct category_edit *e, char was[CATEGORY_PATH], struct place *p)
{
	int64_t n = 0;
	size_t len;
	int rc;

	if ((rc = path_of(s, id, was)) < 0)
		return rc;
	len = strlen(was);
	if (strncmp(e->parent, was, len) == 0 &&
	    (e->parent[len] == '\0' || e->parent[len] == '/'))
		return err_set(&s->err, ERR_INVALID, "parent",
		    _("A category cannot be in itself"));
	if ((rc = place(s, txn, e, id, p)) < 0)
		return rc;
	rc = db_fetch1(txn, sql_too_long,
	    DB_ARGS(db_t(was), db_t(p->path), db_i(NAME_CHARS)), &n);
	if (rc == 0 && n > 0 && strcmp(was, p->path) != 0)
		rc = category_too_long(s, "name");
	if (rc < 0)
		return rc;
	rc = db_exec(txn, sql_save,
	    DB_ARGS(db_i(id), db_i(version), db_id(p->parent), db_t(e->name),
		db_t(p->path)),
	    &n);
	if (rc == 0 && n == 0)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("The category was changed by someone else meanwhile"));
	if (rc == 0 && strcmp(was, p->path) != 0)
		rc = db_exec(
		    txn, sql_below, DB_ARGS(db_t(was), db_t(p->path)), NULL);
	return rc;
}

int
category_save(struct session *s, int64_t id, int64_t version,
    const struct category_edit *edit)
{
	struct category_edit e = *edit;
	char was[CATEGORY_PATH];
	struct place p;
	struct txn *txn;
	int rc;

	if ((rc = check(s, &e)) < 0 || (rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = save_apply(s, txn, id, version, &e, was, &p);
	if (rc == 0)
		rc = op_commit(s, &op_save, &txn, id, "path \"%s\" -> \"%s\"",
		    was, p.path);
	op_abort(s, &txn);
	return rc;
}

static const char sql_used[] =
    "SELECT (SELECT count(*) FROM category WHERE parent_id = $1)"
    " + (SELECT count(*) FROM product WHERE category_id = $1)";
static const char sql_drop[] = "DELETE FROM category WHERE id = $1";

int
category_drop(struct session *s, int64_t id)
{
	char path[CATEGORY_PATH];
	struct txn *txn;
	int64_t n;
	int rc;

	if ((rc = op_begin(s, &op_drop, &txn)) < 0)
		return rc;
	if ((rc = path_of(s, id, path)) == 0 &&
	    (rc = db_fetch1(txn, sql_used, DB_ARGS(db_i(id)), &n)) == 0 &&
	    n > 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Products or other categories are in %s"), path);
	if (rc == 0)
		rc = db_exec(txn, sql_drop, DB_ARGS(db_i(id)), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_drop, &txn, id, "%s", path);
	op_abort(s, &txn);
	return rc;
}
