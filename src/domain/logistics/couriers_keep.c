/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <regex.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/couriers.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../floor/ship_priv.h"
#include "freight_priv.h"

/* The couriers as they are kept. */

static const struct op op_add = { "courier-add", PERM_FREIGHT_EDIT, "courier" };
static const struct op op_save = { "courier-save", PERM_FREIGHT_EDIT,
	"courier" };

static void
take_card(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct courier_card *c = out;

	c->id = db_int(rows, 0);
	c->version = db_int(rows, 1);
	c->name = row_text(rows, 2, arena);
	c->code = row_text(rows, 3, arena);
	c->aliases = row_text(rows, 4, arena);
	c->shape = row_text(rows, 5, arena);
	c->phone = row_text(rows, 6, arena);
	c->active = db_int(rows, 7);
	c->templates = db_int(rows, 8);
}

#define SELECT \
	"SELECT c.id, c.version, c.name, c.code, c.aliases, c.waybill_shape," \
	" c.phone, c.active, (SELECT count(*) FROM freight_template t" \
	" WHERE t.courier_id = c.id AND t.active = 1) FROM courier c" \
	" WHERE 1 = 1"

int
courier_card_page(struct session *s, enum page_dir dir,
    const struct courier_card *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key key = { "c.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	query_page(&q, &key, 1, false, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct courier_card), limit, take_card, out);
}

int
courier_card(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	query_and(&q, "c.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct courier_card), 1,
	    take_card, out);
	return page_one(s, rc, out, "", _("There is no such courier"));
}

void
courier_edit_from(struct courier_edit *e, const struct courier_card *c)
{
	size_t i, n;

	*e = (struct courier_edit){ .active = c->active != 0 };
	copy_text(e->name, sizeof(e->name), c->name);
	copy_text(e->code, sizeof(e->code), c->code);
	copy_text(e->phone, sizeof(e->phone), c->phone);
	copy_text(e->shape, sizeof(e->shape), c->shape);
	/* ";圆通;YTO;" is typed as "圆通;YTO" */
	copy_text(e->aliases, sizeof(e->aliases),
	    c->aliases + (c->aliases[0] == ';'));
	n = strlen(e->aliases);
	for (i = n; i > 0 && e->aliases[i - 1] == ';'; i--)
		e->aliases[i - 1] = '\0';
}

/* "圆通、YTO" as ";圆通;YTO;". Names have blanks in them ("J&T Express"). */
static int
tidy_aliases(struct session *s, const char *typed, char *out, size_t size)
{
	char copy[400], part[64], *at, *rest;
	struct str all = STR_INIT;
	size_t i;
	int rc = 0;

	copy_text(copy, sizeof(copy), typed);
	for (i = 0; copy[i] != '\0'; i++) {
		if (memcmp(copy + i, "、", 3) == 0 ||
		    memcmp(copy + i, "；", 3) == 0 ||
		    memcmp(copy + i, "，", 3) == 0)
			memset(copy + i, ';', 3);
		if (copy[i] == ',')
			copy[i] = ';';
	}
	for (at = strtok_r(copy, ";", &rest); at != NULL;
	     at = strtok_r(NULL, ";", &rest)) {
		if (!trim_text(part, sizeof(part), at))
			rc = err_set(&s->err, ERR_INVALID, "aliases",
			    _("%s is too long for another name"), at);
		else if (part[0] != '\0')
			str_addf(&all, ";%s", part);
	}
	if (all.len > 0)
		str_addc(&all, ';');
	if (rc == 0 && (all.len >= size || !utf8_valid(all.s, all.len)))
		rc = err_set(&s->err, ERR_INVALID, "aliases",
		    _("These are too many other names"));
	if (rc == 0)
		copy_text(out, size, all.s);
	str_done(&all);
	return rc;
}

static int
check_shape(struct session *s, const struct courier_edit *e)
{
	char why[120], sample[64];
	regex_t re;
	size_t i;
	int rc;

	if (e->shape[0] == '\0')
		return 0;
	if ((rc = regcomp(&re, e->shape, REG_EXTENDED | REG_NOSUB)) != 0) {
		regerror(rc, &re, why, sizeof(why));
		return err_set(&s->err, ERR_INVALID, "shape",
		    _("The waybills' shape is no expression: %s"), why);
	}
	regfree(&re);
	if (!trim_text(sample, sizeof(sample), e->sample))
		sample[0] = '\0';
	for (i = 0; sample[i] != '\0'; i++)
		sample[i] = (char)toupper((unsigned char)sample[i]);
	if (sample[0] != '\0' && !waybill_fits(e->shape, sample))
		return err_set(&s->err, ERR_INVALID, "sample",
		    _("%s does not fit the shape"), sample);
	return 0;
}

static int
check_edit(
    struct session *s, const struct courier_edit *e, struct courier_edit *out)
{
	*out = *e;
	if (!trim_text(out->name, sizeof(out->name), e->name) ||
	    out->name[0] == '\0' || strchr(out->name, ';') != NULL ||
	    !utf8_valid(out->name, strlen(out->name)))
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	if (!trim_text(out->code, sizeof(out->code), e->code) ||
	    !utf8_valid(out->code, strlen(out->code)))
		return err_set(&s->err, ERR_INVALID, "code",
		    _("This is no code of a courier"));
	if (!trim_text(out->phone, sizeof(out->phone), e->phone) ||
	    !utf8_valid(out->phone, strlen(out->phone)))
		return err_set(&s->err, ERR_INVALID, "phone",
		    _("This is no phone number"));
	if (!utf8_valid(e->shape, strlen(e->shape)))
		return err_set(&s->err, ERR_INVALID, "shape",
		    _("The waybills' shape is no text"));
	return check_shape(s, e);
}

static const char sql_others[] =
    "SELECT name, aliases FROM courier WHERE id <> $1 /*scan*/";

/* A name must say who is meant: none of ours may be another's. */
static bool
shares(const char *names, const char *name, const char *aliases)
{
	size_t n = strlen(name);
	const char *at, *end;

	for (at = names; *at == ';' && at[1] != '\0'; at = end) {
		char one[70];

		end = at + 1 + strcspn(at + 1, ";");
		if ((size_t)(end - at) == n + 1 &&
		    strncasecmp(at + 1, name, n) == 0)
			return true;
		if ((size_t)(end - at) + 2 > sizeof(one))
			continue;
		memcpy(one, at, (size_t)(end - at));
		one[end - at] = ';';
		one[end - at + 1] = '\0';
		if (strcasestr(aliases, one) != NULL)
			return true;
	}
	return false;
}

static int
check_names(struct session *s, const struct courier_edit *e, int64_t id)
{
	struct str names = STR_INIT;
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_others, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	str_addf(&names, ";%s%s", e->name, e->aliases[0] != '\0' ? "" : ";");
	str_add(&names, e->aliases);
	while ((rc = db_next(rows)) > 0) {
		if (!shares(names.s, db_text(rows, 0), db_text(rows, 1)))
			continue;
		rc = err_set(&s->err, ERR_CONFLICT,
		    strcasecmp(e->name, db_text(rows, 0)) == 0 ? "name"
							       : "aliases",
		    _("%s has one of these names already"), db_text(rows, 0));
		break;
	}
	db_done(rows);
	str_done(&names);
	return rc;
}

static const char sql_add[] =
    "INSERT INTO courier (name, code, aliases, waybill_shape, phone, active)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
static const char sql_save[] =
    "UPDATE courier SET name = $1, code = $2, aliases = $3,"
    " waybill_shape = $4, phone = $5, active = $6, version = version + 1"
    " WHERE id = $7 AND ($8 = 0 OR version = $8)";

int
courier_write(struct session *s, struct txn *txn, int64_t *id, int64_t version,
    const struct courier_edit *edit)
{
	struct courier_edit e;
	int64_t changed;
	int rc;

	if ((rc = check_edit(s, edit, &e)) < 0 ||
	    (rc = tidy_aliases(
		 s, edit->aliases, e.aliases, sizeof(e.aliases))) < 0 ||
	    (rc = check_names(s, &e, *id)) < 0)
		return rc;
	const struct db_val vals[] = { db_t(e.name), db_t(e.code),
		db_t(e.aliases), db_t(e.shape), db_t(e.phone), db_i(e.active),
		db_i(*id), db_i(version) };

	if (*id == 0)
		return db_insert(txn, sql_add, vals, 6, id);
	rc = db_exec(txn, sql_save, vals, 8, &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The courier %s was changed by someone else meanwhile"),
		    e.name);
	return rc;
}

int
courier_add(struct session *s, const struct courier_edit *edit, int64_t *id)
{
	struct txn *txn;
	int rc;

	*id = 0;
	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = courier_write(s, txn, id, 0, edit);
	if (rc == 0)
		rc = op_commit(
		    s, &op_add, &txn, *id, "%s %s", edit->name, edit->code);
	op_abort(s, &txn);
	return rc;
}

int
courier_save(struct session *s, int64_t id, int64_t version,
    const struct courier_edit *edit)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = courier_write(s, txn, &id, version, edit);
	if (rc == 0)
		rc = op_commit(s, &op_save, &txn, id, "%s %s%s", edit->name,
		    edit->code, edit->active ? "" : ", not used");
	op_abort(s, &txn);
	return rc;
}
