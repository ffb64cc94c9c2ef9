/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../floor/ship_priv.h"

/* There are a few dozen of them, so they are read whole. */
#define COURIERS_MAX 1000

static void
take_courier(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct courier *c = out;

	c->id = db_int(rows, 0);
	c->name = row_text(rows, 1, arena);
	c->code = row_text(rows, 2, arena);
	c->phone = row_text(rows, 3, arena);
}

int
courier_all(struct session *s, struct page *out)
{
	struct query q =
	    QUERY("SELECT c.id, c.name, c.code, c.phone FROM courier c"
		  " WHERE c.active = 1 /*scan*/");
	const struct query_key keys[] = { { "c.id", db_i(0) } };

	query_page(&q, keys, 1, false, PAGE_FIRST, COURIERS_MAX);
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct courier),
	    COURIERS_MAX, take_courier, out);
}

static const char sql_couriers[] =
    "SELECT id, name, code, aliases, waybill_shape FROM courier"
    " WHERE active = 1 ORDER BY id /*scan*/";

/* Is @text one of ";a;b;c;", without regard to case? */
static bool
in_aliases(const char *aliases, const char *text)
{
	size_t len = strlen(text);

	for (; *aliases != '\0'; aliases++)
		if (*aliases == ';' &&
		    strncasecmp(aliases + 1, text, len) == 0 &&
		    aliases[1 + len] == ';')
			return true;
	return false;
}

int
courier_look_up(struct session *s, const char *text, struct courier_now *out)
{
	char typed[64];
	struct db_rows *rows;
	int rc;

	if (!trim_text(typed, sizeof(typed), text) || typed[0] == '\0' ||
	    strchr(typed, ';') != NULL)
		return err_set(&s->err, ERR_INVALID, "courier",
		    _("Which courier? Give its name or code"));
	if ((rc = db_query(s->db, sql_couriers, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		if (strcasecmp(db_text(rows, 1), typed) == 0 ||
		    strcasecmp(db_text(rows, 2), typed) == 0 ||
		    in_aliases(db_text(rows, 3), typed))
			break;
	if (rc > 0) {
		out->id = db_int(rows, 0);
		copy_text(out->name, sizeof(out->name), db_text(rows, 1));
		/* A shape too long to hold is no shape: it only warns. */
		snprintf(out->shape, sizeof(out->shape), "%s",
		    db_len(rows, 4) < sizeof(out->shape) ? db_text(rows, 4)
							 : "");
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_INVALID, "courier",
		    _("There is no courier %s"), typed);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
courier_find(struct session *s, const char *text, int64_t *id)
{
	struct courier_now c = { 0 };
	int rc;

	if ((rc = courier_look_up(s, text, &c)) < 0)
		return rc;
	*id = c.id;
	return 0;
}

/* Reading a shape takes longer than anything it is used for: the last one is
 * kept. */
bool
waybill_fits(const char *shape, const char *waybill_no)
{
	static char kept[sizeof(((struct courier_now *)NULL)->shape)];
	static regex_t re;

	if (shape[0] == '\0' || strlen(shape) >= sizeof(kept))
		return true;
	if (strcmp(shape, kept) != 0) {
		if (kept[0] != '\0')
			regfree(&re);
		kept[0] = '\0';
		if (regcomp(&re, shape, REG_EXTENDED | REG_NOSUB) != 0)
			return true;
		copy_text(kept, sizeof(kept), shape);
	}
	return regexec(&re, waybill_no, 0, NULL, 0) != REG_NOMATCH;
}

int
courier_by_waybill(struct session *s, const char *waybill_no,
    const char *courier, char name[64])
{
	char no[64], other[64] = "";
	struct db_rows *rows;
	const char *shape;
	bool own = false;
	int rc, n = 0;
	size_t i;

	name[0] = '\0';
	if (!trim_text(no, sizeof(no), waybill_no))
		return 0;
	for (i = 0; no[i] != '\0'; i++)
		no[i] = (char)toupper((unsigned char)no[i]);
	if ((rc = db_query(s->db, sql_couriers, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		shape = db_text(rows, 4);
		if (strcmp(db_text(rows, 1), courier) == 0)
			own = waybill_fits(shape, no);
		else if (shape[0] != '\0' && waybill_fits(shape, no) &&
			 ++n == 1)
			copy_text(other, sizeof(other), db_text(rows, 1));
	}
	db_done(rows);
	if (rc == 0 && !own && n == 1)
		copy_text(name, sizeof(other), other);
	return rc < 0 ? rc : !own;
}
