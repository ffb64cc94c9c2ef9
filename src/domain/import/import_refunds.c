/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../orders/order_priv.h"
#include "staged_priv.h"

/*
 * Refunds are kept until there is somebody to work with them; but an order of
 * which one is asked for must not leave the shop: it is held as if the order
 * file had said so.
 */

enum refund_kept
refund_kept(const struct kept_formats *k, const char *text, bool *known)
{
	size_t i;

	for (i = 0; i < k->nwords; i++)
		if (strstr(text, k->words[i].text) != NULL) {
			*known = true;
			return k->words[i].state;
		}
	*known = false;
	return REFUND_ASKED;
}

int
refund_touch(struct job *j, struct slice no)
{
	struct imp_order o;
	bool found;
	int rc;

	rc = order_seek(j, NULL, no, 0, &o, &found);
	j->refunds_kept = 1;
	if (rc == 0 && found)
		order_touch(j, o.id, TOUCH_KEPT);
	return rc;
}

static const char sql_any[] =
    "SELECT count(*) FROM staged_count WHERE kind = 'refunds' AND n > 0";
static const char sql_refunds[] =
    "SELECT fields FROM staged WHERE order_no = $1 AND order_no <> ''"
    " AND kind = 'refunds'";

/* Does a line of name=value have this one? */
static bool
has_field(const char *fields, const char *field)
{
	size_t n = strlen(field);

	for (; *fields != '\0'; fields += fields[0] == '\t') {
		size_t len = strcspn(fields, "\t");

		if (len == n && memcmp(fields, field, n) == 0)
			return true;
		fields += len;
	}
	return false;
}

int
refunds_of(struct job *j, const char *order_no, bool *any, bool *open)
{
	struct db_rows *rows;
	int64_t n;
	int rc;

	*any = *open = false;
	if (j->refunds_kept == 0) {
		if ((rc = db_get1(j->s->db, sql_any, DB_NOARGS, &n)) < 0)
			return rc;
		j->refunds_kept = n > 0 ? 1 : -1;
	}
	if (j->refunds_kept < 0)
		return 0;
	rc = db_query(j->s->db, sql_refunds, DB_ARGS(db_t(order_no)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		*any = true;
		*open |= !has_field(db_text(rows, 0), "state=taken_back");
	}
	db_done(rows);
	return rc;
}
