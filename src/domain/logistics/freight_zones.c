/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "freight_priv.h"

/* Lines of templates: what it costs to a province, or everywhere else. */

static const struct op op_set = { "freight-zone-set", PERM_FREIGHT_EDIT,
	"freight-template" };
static const struct op op_drop = { "freight-zone-drop", PERM_FREIGHT_EDIT,
	"freight-template" };

#define PROVINCES  40
#define AMOUNT_MAX 100000000 /* grams, pieces, cm3 */
#define FEE_MAX    10000000  /* fen */
#define DAYS_MAX   365

const char *const *
freight_provinces(void)
{
	static char names[PROVINCES][32];
	static const char *list[PROVINCES + 1];
	const char *line = strchr(embed_text("provinces.tsv"), '\n');
	size_t n = 0;

	if (list[0] != NULL)
		return list;
	for (; n < PROVINCES && line != NULL && line[1] != '\0';
	     line = strchr(line + 1, '\n')) {
		if (province_brief(
			line + 1 + strcspn(line + 1, "\t") + 1, names[n]) == 0)
			continue;
		list[n] = names[n];
		n++;
	}
	return list;
}

static const char sql_zones[] =
    "SELECT z.province, z.first, z.first_fee, z.step, z.step_fee, z.least_fee,"
    " z.est_days, z.served, k.name, t.name FROM freight_zone z"
    " JOIN freight_template t ON t.id = z.template_id"
    " JOIN courier k ON k.id = t.courier_id WHERE z.template_id = $1"
    " ORDER BY z.province";

int
freight_zones(struct session *s, int64_t template_id, struct page *out)
{
	struct db_rows *rows;
	struct freight_zone *z;
	char brief[32];
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0 ||
	    (rc = db_query(
		 s->db, sql_zones, DB_ARGS(db_i(template_id)), &rows)) < 0)
		return rc;
	page_init(out, sizeof(*z), PROVINCES + 1);
	while (out->n <= PROVINCES && (rc = db_next(rows)) > 0) {
		z = page_add(out);
		z->province = row_text(rows, 0, &out->arena);
		z->id = province_brief(z->province, brief);
		z->first = db_int(rows, 1);
		z->first_fee = db_int(rows, 2);
		z->step = db_int(rows, 3);
		z->step_fee = db_int(rows, 4);
		z->least_fee = db_int(rows, 5);
		z->days = db_int(rows, 6);
		z->served = db_int(rows, 7);
		z->courier = row_text(rows, 8, &out->arena);
		z->template = row_text(rows, 9, &out->arena);
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}

void
freight_zone_edit_from(
    struct freight_zone_edit *e, const struct freight_zone *z)
{
	*e = (struct freight_zone_edit){
		.first = z->first,
		.first_fee = z->first_fee,
		.step = z->step,
		.step_fee = z->step_fee,
		.least_fee = z->least_fee,
		.days = z->days,
		.served = z->served != 0,
	};
	copy_text(e->province, sizeof(e->province), z->province);
}

/* The provinces that are named, in short. */
struct places {
	char name[PROVINCES][32];
	size_t n;
};

static int
places_read(struct session *s, const char *text, struct places *out)
{
	static const char apart[] = " ,;|\t";
	char copy[400], *at, *rest;
	size_t i;

	out->n = 0;
	copy_text(copy, sizeof(copy), text);
	/* What people write between them is as good as a blank. */
	for (i = 0; copy[i] != '\0'; i++)
		if (memcmp(copy + i, "、", 3) == 0 ||
		    memcmp(copy + i, "，", 3) == 0 ||
		    memcmp(copy + i, "；", 3) == 0)
			memset(copy + i, ' ', 3);
	for (at = strtok_r(copy, apart, &rest); at != NULL;
	     at = strtok_r(NULL, apart, &rest)) {
		if (out->n == PROVINCES)
			break;
		if (province_brief(at, out->name[out->n++]) == 0)
			return err_set(&s->err, ERR_INVALID, "province",
			    _("%s is no province"), at);
	}
	if (out->n == 0)
		out->name[out->n++][0] = '\0';
	return 0;
}

static int
check_amounts(struct session *s, const struct freight_zone_edit *e)
{
	if (e->first < 0 || e->first > AMOUNT_MAX)
		return err_set(&s->err, ERR_INVALID, "first",
		    _("That is too much for one parcel"));
	if (e->step < 1 || e->step > AMOUNT_MAX)
		return err_set(
		    &s->err, ERR_INVALID, "step", _("A step is at least 1"));
	if (e->first_fee < 0 || e->first_fee > FEE_MAX)
		return err_set(&s->err, ERR_INVALID, "first_fee",
		    _("That is too much for one parcel"));
	if (e->step_fee < 0 || e->step_fee > FEE_MAX)
		return err_set(&s->err, ERR_INVALID, "step_fee",
		    _("That is too much for one parcel"));
	if (e->least_fee < 0 || e->least_fee > FEE_MAX)
		return err_set(&s->err, ERR_INVALID, "least_fee",
		    _("That is too much for one parcel"));
	if (e->days < 0 || e->days > DAYS_MAX)
		return err_set(&s->err, ERR_INVALID, "days",
		    _("The days on the way are between 0 and %d"), DAYS_MAX);
	return 0;
}

static const char sql_touch[] =
    "UPDATE freight_template SET version = version + 1"
    " WHERE id = $1 AND version = $2";

/* It is the template that people change together. */
static int
touch(struct session *s, struct txn *txn, int64_t id, int64_t version)
{
	int64_t changed;
	int rc;

	rc =
	    db_exec(txn, sql_touch, DB_ARGS(db_i(id), db_i(version)), &changed);
	if (rc == 0 && changed == 0)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("The template was changed by someone else meanwhile"));
	return rc;
}

static const char sql_set[] =
    "INSERT INTO freight_zone (template_id, province, first, first_fee, step,"
    " step_fee, least_fee, est_days, served)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (template_id, province) DO UPDATE SET"
    " first = excluded.first, first_fee = excluded.first_fee,"
    " step = excluded.step, step_fee = excluded.step_fee,"
    " least_fee = excluded.least_fee, est_days = excluded.est_days,"
    " served = excluded.served";

int
freight_zone_put(struct txn *txn, int64_t template_id, const char *province,
    const struct freight_zone_edit *e)
{
	return db_exec(txn, sql_set,
	    DB_ARGS(db_i(template_id), db_t(province), db_i(e->first),
		db_i(e->first_fee), db_i(e->step), db_i(e->step_fee),
		db_i(e->least_fee), db_id(e->days), db_i(e->served)),
	    NULL);
}

static int
zone_write(struct session *s, struct txn *txn, int64_t template_id,
    const struct freight_zone_edit *e)
{
	struct places places;
	size_t i;
	int rc;

	if ((rc = places_read(s, e->province, &places)) < 0 ||
	    (rc = check_amounts(s, e)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < places.n; i++)
		rc = freight_zone_put(txn, template_id, places.name[i], e);
	return rc;
}

static const char sql_touched[] =
    "UPDATE freight_template SET version = version + 1 WHERE id = $1";

int
freight_zone_write(struct session *s, struct txn *txn, int64_t template_id,
    const struct freight_zone_edit *e)
{
	int rc = zone_write(s, txn, template_id, e);

	return rc < 0 ? rc
		      : db_exec(
			    txn, sql_touched, DB_ARGS(db_i(template_id)), NULL);
}

int
freight_zone_set(struct session *s, int64_t template_id, int64_t version,
    const struct freight_zone_edit *e)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_set, &txn)) < 0)
		return rc;
	rc = touch(s, txn, template_id, version);
	if (rc == 0)
		rc = zone_write(s, txn, template_id, e);
	if (rc == 0)
		rc = op_commit(s, &op_set, &txn, template_id,
		    "%s: %" PRId64 " %" PRId64 " fen, + %" PRId64 " %" PRId64
		    " fen%s",
		    e->province[0] != '\0' ? e->province : "*", e->first,
		    e->first_fee, e->step, e->step_fee,
		    e->served ? "" : ", not served");
	op_abort(s, &txn);
	return rc;
}

static const char sql_drop[] =
    "DELETE FROM freight_zone WHERE template_id = $1 AND province = $2";

int
freight_zone_drop(struct session *s, int64_t template_id, int64_t version,
    const char *province)
{
	struct txn *txn;
	char brief[32];
	int64_t gone;
	int rc;

	if (province[0] != '\0' && province_brief(province, brief) == 0)
		return err_set(&s->err, ERR_INVALID, "province",
		    _("%s is no province"), province);
	if (province[0] == '\0')
		brief[0] = '\0';
	if ((rc = op_begin(s, &op_drop, &txn)) < 0)
		return rc;
	rc = touch(s, txn, template_id, version);
	if (rc == 0)
		rc = db_exec(txn, sql_drop,
		    DB_ARGS(db_i(template_id), db_t(brief)), &gone);
	if (rc == 0 && gone == 0)
		rc = err_set(&s->err, ERR_NOTFOUND, "province",
		    _("The template says nothing of %s"), province);
	if (rc == 0)
		rc = op_commit(s, &op_drop, &txn, template_id, "%s",
		    brief[0] != '\0' ? brief : "*");
	op_abort(s, &txn);
	return rc;
}
