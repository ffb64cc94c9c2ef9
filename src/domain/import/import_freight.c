/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/freight.h"

#include "../logistics/freight_priv.h"
#include "import_priv.h"
#include "staged_mark_priv.h"

/* Freight templates that a file made or changed: what they were, and back. */

static const char sql_template[] =
    "SELECT courier_id, warehouse_id, basis, divisor, active, since, name"
    " FROM freight_template WHERE id = $1";
static const char *const names[] = { "courier", "warehouse", "basis", "divisor",
	"active", "since" };
#define NNAMES 6

int
freight_image(struct session *s, int64_t id, struct str *out)
{
	const struct freight_zone *z;
	struct str line = STR_INIT;
	struct db_rows *rows;
	struct page page;
	size_t i;
	int rc;

	rc = db_query(s->db, sql_template, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		for (i = 0; i < NNAMES; i++)
			image_int(out, names[i], db_int(rows, (int)i));
		image_text(out, "name", slice_of(db_text(rows, 6)));
	}
	db_done(rows);
	if (rc < 0 || (rc = freight_zones(s, id, &page)) < 0)
		return rc;
	for (i = 0, z = page.rows; i < page.n; i++, z++) {
		str_cut(&line, 0);
		str_addf(&line,
		    "%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64
		    ",%" PRId64 ",%" PRId64 ",%s",
		    z->first, z->first_fee, z->step, z->step_fee, z->least_fee,
		    z->days, z->served, z->province);
		image_text(out, "zone", slice_of(line.s));
	}
	str_done(&line);
	page_free(&page);
	return 0;
}

static const char sql_back[] =
    "UPDATE freight_template SET courier_id = $2, warehouse_id = $3,"
    " basis = $4, divisor = $5, active = $6, since = $7, name = $8,"
    " version = version + 1 WHERE id = $1 AND NOT EXISTS (SELECT 1"
    " FROM freight_template t WHERE t.courier_id = $2 AND t.name = $8"
    " AND t.id <> $1)";
static const char sql_empty[] =
    "DELETE FROM freight_zone WHERE template_id = $1";

static int
zone_back(struct txn *txn, int64_t id, const char *line)
{
	int64_t n[7];
	char *at = (char *)line;
	size_t i;

	for (i = 0; i < 7; i++)
		n[i] = strtoll(at, &at, 10), at += *at == ',';
	return freight_zone_put(txn, id, at,
	    &(struct freight_zone_edit){ .first = n[0],
		.first_fee = n[1],
		.step = n[2],
		.step_fee = n[3],
		.least_fee = n[4],
		.days = n[5],
		.served = n[6] != 0 });
}

int
freight_put_back(struct session *s, struct txn *txn, int64_t id, char *image)
{
	struct db_val args[8] = { db_i(id) };
	struct slice v;
	char *name;
	size_t i;
	int rc;

	(void)s;
	rc = db_exec(txn, sql_empty, DB_ARGS(db_i(id)), NULL);
	while (rc == 0 && image_next(&image, &name, &v)) {
		for (i = 0; i < NNAMES; i++)
			if (strcmp(name, names[i]) == 0)
				args[i + 1] = db_i(strtoll(v.s, NULL, 10));
		if (strcmp(name, "name") == 0)
			args[7] = slice_val(v);
		else if (strcmp(name, "zone") == 0)
			rc = zone_back(txn, id, v.s);
	}
	args[2] = db_id(args[2].i);
	return rc < 0 ? rc : db_exec(txn, sql_back, args, 8, NULL);
}

static const char sql_made[] =
    "INSERT INTO import_made (batch_id, kind, first, last)"
    " VALUES ($1, 'freight-template', $2, $2)";
static const char sql_changed[] =
    "INSERT INTO import_change (batch_id, kind, subject, what, before, after,"
    " calm, image) VALUES ($1, 'freight-template', $2, 'facts', '', '', 1, $3)";

int
freight_took(struct txn *txn, int64_t batch, int64_t id, const char *was)
{
	return was == NULL
		   ? db_exec(
			 txn, sql_made, DB_ARGS(db_i(batch), db_i(id)), NULL)
		   : db_exec(txn, sql_changed,
			 DB_ARGS(db_i(batch), db_i(id), db_t(was)), NULL);
}
