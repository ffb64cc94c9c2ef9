/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../core/tsv_priv.h"
#include "attrs_priv.h"

/* What has to be known of goods made to order: the definitions. */

static const struct op op_add = { "attr-add", PERM_RULE_EDIT, "attr" };
static const struct op op_save = { "attr-save", PERM_RULE_EDIT, "attr" };

static void
take_def(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct attr_def *d = out;

	d->id = db_int(rows, 0);
	d->version = db_int(rows, 1);
	d->product_id = db_int(rows, 2);
	d->product = row_text(rows, 3, arena);
	d->name = row_text(rows, 4, arena);
	d->title = row_text(rows, 5, arena);
	d->type = row_text(rows, 6, arena);
	d->unit = row_text(rows, 7, arena);
	d->choices = row_text(rows, 8, arena);
	d->least = db_int(rows, 9);
	d->most = db_int(rows, 10);
	d->critical = db_int(rows, 11);
	d->seq = db_int(rows, 12);
	d->active = db_int(rows, 13);
}

#define DEF_SELECT \
	"SELECT d.id, d.version, d.product_id, p.name, d.name, d.title," \
	" d.type, d.unit, d.choices, d.least, d.most, d.critical, d.seq," \
	" d.active FROM attr_def d LEFT JOIN product p ON p.id = d.product_id"

int
attr_def_page(struct session *s, enum page_dir dir, const struct attr_def *from,
    size_t limit, struct page *out)
{
	struct query q = QUERY(DEF_SELECT " WHERE 1 = 1");
	const struct query_key key = { "d.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_page(&q, &key, 1, false, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct attr_def), limit, take_def, out);
}

int
attr_def_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(DEF_SELECT " WHERE 1 = 1");
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "d.id =", db_i(id));
	rc = query_fetch(
	    s->db, &q, PAGE_FIRST, sizeof(struct attr_def), 1, take_def, out);
	if (rc == 0 && out->n == 0) {
		page_free(out);
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such attribute"));
	}
	return rc;
}

void
attr_def_edit_from(struct attr_def_edit *e, const struct attr_def *d)
{
	size_t n = strlen(d->choices);

	*e = (struct attr_def_edit){ .least = d->least,
		.most = d->most,
		.seq = d->seq,
		.critical = d->critical != 0,
		.active = d->active != 0 };
	copy_text(e->product, sizeof(e->product), d->product);
	copy_text(e->name, sizeof(e->name), d->name);
	copy_text(e->title, sizeof(e->title), d->title);
	copy_text(e->type, sizeof(e->type), d->type);
	copy_text(e->unit, sizeof(e->unit), d->unit);
	if (n > 2) {
		copy_text(e->choices, sizeof(e->choices), d->choices + 1);
		e->choices[n - 2] = '\0';
	}
}

static int
refuse(struct session *s, const char *field, const char *why)
{
	return err_set(&s->err, ERR_INVALID, field, "%s", why);
}

/* Names are data: they stand in files and on command lines. */
static bool
good_name(const char *name)
{
	return name[0] >= 'a' && name[0] <= 'z' &&
	       name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] ==
		   '\0';
}

/* "红, 蓝；绿" as ";红;蓝;绿;". */
static int
join_choices(struct session *s, struct attr_def_edit *e)
{
	struct str all = STR_INIT;
	char *choice, *rest, clean[sizeof(e->choices)];
	int rc = 0;

	for (char *p = e->choices; *p != '\0'; p++)
		if (*p == ',')
			*p = ';';
	for (choice = strtok_r(e->choices, ";", &rest); choice != NULL;
	     choice = strtok_r(NULL, ";", &rest)) {
		(void)trim_text(clean, sizeof(clean), choice);
		if (clean[0] != '\0')
			str_addf(&all, "%s%s;", all.len == 0 ? ";" : "", clean);
	}
	if (all.len >= sizeof(e->choices))
		rc = refuse(s, "choices", _("These are too many choices"));
	else
		copy_text(e->choices, sizeof(e->choices), all.s);
	str_done(&all);
	return rc;
}

static int
check(struct session *s, struct attr_def_edit *e)
{
	bool length = strcmp(e->type, "length") == 0;
	char *texts[] = { e->product, e->name, e->title, e->unit, e->choices };
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (!utf8_valid(texts[i], strlen(texts[i])) ||
		    strpbrk(texts[i], "\r\n\t") != NULL)
			return refuse(
			    s, "title", _("The text must be one line"));
		(void)trim_text(texts[i], strlen(texts[i]) + 1, texts[i]);
	}
	if (!good_name(e->name))
		return refuse(s, "name",
		    _("A name is of small letters, digits and _: width"));
	if (e->title[0] == '\0')
		return refuse(s, "title", _("Say what people call it"));
	for (i = 0; i < ATTR_TYPES && strcmp(attr_types[i], e->type) != 0; i++)
		;
	if (i == ATTR_TYPES)
		return refuse(s, "type",
		    _("A type is length, number, day, choice or text"));
	if (length && e->unit[0] != '\0' && !attr_unit_known(e->unit))
		return refuse(s, "unit", _("A unit is mm, cm, m, 尺 or 寸"));
	if (e->least < 0 || e->most < e->least)
		return refuse(
		    s, "most", _("The upper limit is below the lower one"));
	if (strcmp(e->type, "choice") != 0)
		e->choices[0] = '\0';
	else if (e->choices[0] == '\0')
		return refuse(s, "choices", _("Say what there is to choose"));
	return join_choices(s, e);
}

static const char sql_product[] =
    "SELECT id FROM product WHERE name = $1 ORDER BY name, id LIMIT 1";
static const char sql_taken[] =
    "SELECT count(*) FROM attr_def WHERE coalesce(product_id, 0) = $1"
    " AND name = $2 AND id <> $3";

/* *@product_id: 0 for all. */
static int
place(struct session *s, const struct attr_def_edit *e, int64_t id,
    int64_t *product_id)
{
	int64_t taken;
	int rc = 0;

	*product_id = 0;
	if (e->product[0] != '\0')
		rc = db_get1(
		    s->db, sql_product, DB_ARGS(db_t(e->product)), product_id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "product",
		    _("There is no product %s"), e->product);
	if (rc == 0)
		rc = db_get1(s->db, sql_taken,
		    DB_ARGS(db_i(*product_id), db_t(e->name), db_i(id)),
		    &taken);
	if (rc == 0 && taken > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "name",
		    _("There is an attribute %s already"), e->name);
	return rc;
}

static const char sql_add[] =
    "INSERT INTO attr_def (product_id, name, title, type, unit, choices,"
    " least, most, critical, seq, active) VALUES ($1, $2, $3, $4, $5, $6,"
    " $7, $8, $9, $10, $11)";

static int
insert(struct txn *txn, const struct attr_def_edit *e, int64_t product_id,
    int64_t *id)
{
	return db_insert(txn, sql_add,
	    DB_ARGS(db_id(product_id), db_t(e->name), db_t(e->title),
		db_t(e->type), db_t(e->unit), db_t(e->choices), db_i(e->least),
		db_i(e->most), db_i(e->critical), db_i(e->seq),
		db_i(e->active)),
	    id);
}

static const char sql_save[] =
    "UPDATE attr_def SET product_id = $3, name = $4, title = $5, type = $6,"
    " unit = $7, choices = $8, least = $9, most = $10, critical = $11,"
    " seq = $12, active = $13, version = version + 1"
    " WHERE id = $1 AND ($2 = 0 OR version = $2)";
static const char sql_used[] =
    "SELECT count(*) FROM (SELECT 1 FROM line_attr a JOIN attr_def d"
    " ON d.name = a.name WHERE d.id = $1 AND (d.name <> $2 OR d.type <> $3)"
    " LIMIT 1) u /*scan*/";

/* What was typed under a name and a type is read by them for ever. */
static int
save(struct session *s, struct txn *txn, int64_t id, int64_t version,
    const struct attr_def_edit *e)
{
	int64_t product_id, n;
	int rc;

	if ((rc = place(s, e, id, &product_id)) < 0 ||
	    (rc = db_fetch1(txn, sql_used,
		 DB_ARGS(db_i(id), db_t(e->name), db_t(e->type)), &n)) < 0)
		return rc;
	if (n > 0)
		return err_set(&s->err, ERR_STATE, "type",
		    _("It was typed for orders already: add another one, and "
		      "put this one out of use"));
	rc = db_exec(txn, sql_save,
	    DB_ARGS(db_i(id), db_i(version), db_id(product_id), db_t(e->name),
		db_t(e->title), db_t(e->type), db_t(e->unit), db_t(e->choices),
		db_i(e->least), db_i(e->most), db_i(e->critical), db_i(e->seq),
		db_i(e->active)),
	    &n);
	if (rc == 0 && n == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The attribute was changed by someone else meanwhile"));
	return rc;
}

int
attr_def_write(struct session *s, struct txn *txn, int64_t *id, int64_t version,
    struct attr_def_edit *e)
{
	int64_t product_id;
	int rc;

	if ((rc = check(s, e)) < 0)
		return rc;
	if (*id != 0)
		return save(s, txn, *id, version, e);
	if ((rc = attrs_seed(s, txn)) == 0 &&
	    (rc = place(s, e, 0, &product_id)) == 0)
		rc = insert(txn, e, product_id, id);
	return rc;
}

int
attr_def_add(struct session *s, const struct attr_def_edit *edit, int64_t *id)
{
	struct attr_def_edit e = *edit;
	struct txn *txn;
	int64_t added = 0;
	int rc;

	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = attr_def_write(s, txn, &added, 0, &e);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, added, "%s %s%s%s", e.name,
		    e.title, e.product[0] != '\0' ? ": " : "", e.product);
	op_abort(s, &txn);
	if (rc == 0)
		*id = added;
	return rc;
}

static void
tell(struct str *out, const struct attr_def_edit *e)
{
	str_addf(out,
	    "%s %s %s unit %s, %s, %" PRId64 " to %" PRId64 ", critical %d, "
	    "active %d",
	    e->name, e->title, e->type, e->unit, e->choices, e->least, e->most,
	    e->critical, e->active);
}

int
attr_def_save(struct session *s, int64_t id, int64_t version,
    const struct attr_def_edit *edit)
{
	struct attr_def_edit e = *edit, was;
	struct str words = STR_INIT;
	struct page page;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	if ((rc = attr_def_get(s, id, &page)) == 0) {
		attr_def_edit_from(&was, page_row(&page, 0));
		page_free(&page);
		rc = attr_def_write(s, txn, &id, version, &e);
		tell(&words, &was);
		str_add(&words, " -> ");
		tell(&words, &e);
	}
	if (rc == 0)
		rc = op_commit(s, &op_save, &txn, id, "%s", words.s);
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}

static const char sql_any[] =
    "SELECT count(*) FROM (SELECT 1 FROM attr_def LIMIT 1) d /*scan*/";

int
attrs_seed(struct session *s, struct txn *txn)
{
	struct attr_def_edit e;
	int64_t n, id;
	struct tsv t;
	int rc;

	(void)s;
	if ((rc = db_fetch1(txn, sql_any, DB_NOARGS, &n)) < 0 || n > 0)
		return rc;
	tsv_open(&t, "attrs.tsv");
	while (rc == 0 && tsv_next(&t) == 1) {
		e = (struct attr_def_edit){ .active = true };
		copy_text(e.name, sizeof(e.name), tsv_get(&t, "name"));
		copy_text(e.title, sizeof(e.title), tsv_get(&t, "title"));
		copy_text(e.type, sizeof(e.type), tsv_get(&t, "type"));
		copy_text(e.unit, sizeof(e.unit), tsv_get(&t, "unit"));
		copy_text(e.choices, sizeof(e.choices), tsv_get(&t, "choices"));
		e.least = strtoll(tsv_get(&t, "least"), NULL, 10);
		e.most = strtoll(tsv_get(&t, "most"), NULL, 10);
		e.seq = strtoll(tsv_get(&t, "seq"), NULL, 10);
		e.critical = strcmp(tsv_get(&t, "critical"), "1") == 0;
		rc = insert(txn, &e, 0, &id);
	}
	tsv_done(&t);
	return rc;
}
