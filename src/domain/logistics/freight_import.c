/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/staged.h"

#include "../core/session_priv.h"
#include "../import/staged_mark_priv.h"
#include "freight_priv.h"

/* Templates out of files: the rules that were kept, by template and method. */

static const struct op op_import = { "freight-import", PERM_FREIGHT_EDIT,
	"freight-template" };

struct sheet {
	const char *template, *method;
	const char *name;   /* of the template it becomes */
	int64_t courier_id; /* 0: nobody knows whose */
	enum freight_by by;
	int64_t divisor;
	int64_t batch; /* the newest file that says something of it */
	struct staged_freight *rules;
	size_t n, cap;
};

struct reading {
	struct sheet *v;
	size_t n, cap;
	int64_t odd; /* rules left out */
	struct arena arena;
};

static void
reading_done(struct reading *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		free(r->v[i].rules);
	free(r->v);
	arena_done(&r->arena);
}

static struct sheet *
sheet_of(struct reading *r, const struct staged_freight *f)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (strcmp(r->v[i].template, f->template) == 0 &&
		    strcmp(r->v[i].method, f->method) == 0)
			return &r->v[i];
	if (r->n == r->cap) {
		r->cap = r->cap == 0 ? 8 : r->cap * 2;
		r->v = xreallocarray(r->v, r->cap, sizeof(r->v[0]));
	}
	r->v[r->n] = (struct sheet){
		.template = f->template,
		.method = f->method,
		.by = f->by,
	};
	return &r->v[r->n++];
}

static int
take_rule(void *arg, const struct staged *t)
{
	struct reading *r = arg;
	struct staged_freight f;
	struct sheet *sheet;

	if (!staged_freight(t, &r->arena, &f))
		return 0;
	sheet = sheet_of(r, &f);
	if (sheet->n == sheet->cap) {
		sheet->cap = sheet->cap == 0 ? 16 : sheet->cap * 2;
		sheet->rules = xreallocarray(
		    sheet->rules, sheet->cap, sizeof(sheet->rules[0]));
	}
	/* A template goes by one thing. */
	if (f.by != sheet->by) {
		r->odd++;
		return 0;
	}
	if (f.divisor > 0)
		sheet->divisor = f.divisor;
	if (t->batch > sheet->batch)
		sheet->batch = t->batch;
	sheet->rules[sheet->n++] = f;
	return 0;
}

/* By its method, else by its own name; not being one is no failure. */
static int
whose(struct session *s, struct sheet *sheet)
{
	const char *names[] = { sheet->method, sheet->template };
	struct err was = s->err;
	size_t i;
	int rc = 0;

	for (i = 0; i < 2 && sheet->courier_id == 0; i++) {
		if (names[i][0] == '\0')
			continue;
		rc = courier_find(s, names[i], &sheet->courier_id);
		if (rc < 0 && rc != ERR_INVALID)
			return rc;
	}
	s->err = was;
	return 0;
}

/* Files have kilograms and cubic metres, of four decimals. */
static int64_t
units(enum freight_by by, int64_t n)
{
	switch (by) {
	case FREIGHT_PIECE:
		return n / 10000;
	case FREIGHT_WEIGHT:
		return n / 10;
	case FREIGHT_VOLUME:
		break;
	}
	return n * 100;
}

static const char sql_put[] =
    "INSERT INTO freight_template (courier_id, name, basis, divisor)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT (courier_id, name) DO UPDATE SET"
    " basis = excluded.basis, divisor = excluded.divisor, active = 1,"
    " version = freight_template.version + 1 RETURNING id";
static const char sql_empty[] =
    "DELETE FROM freight_zone WHERE template_id = $1";

/* "全国", or provinces with | between. */
static int
put_rule(struct txn *txn, int64_t id, const struct staged_freight *f,
    struct freight_taken *out)
{
	struct freight_zone_edit e = {
		.first = units(f->by, f->first),
		.first_fee = f->first_fee,
		.step = units(f->by, f->more),
		.step_fee = f->more_fee,
		.least_fee = f->least,
		.served = true,
	};
	const char *at = f->region;
	char brief[32], part[64];
	size_t n;
	int rc = 0;

	if (e.step < 1)
		e.step = 1;
	if (f->fallback) {
		out->zones++;
		return freight_zone_put(txn, id, "", &e);
	}
	for (; rc == 0 && *at != '\0'; at += n + (at[n] == '|')) {
		n = strcspn(at, "|");
		if (n >= sizeof(part)) {
			out->places++;
			continue;
		}
		memcpy(part, at, n);
		part[n] = '\0';
		if (province_brief(part, brief) == 0) {
			out->places++;
			continue;
		}
		out->zones++;
		rc = freight_zone_put(txn, id, brief, &e);
	}
	return rc;
}

static const char sql_there[] =
    "SELECT id FROM freight_template WHERE courier_id = $1 AND name = $2";

/* What there is already, to put it back when the file is taken back. */
static int
was_sheet(struct session *s, struct txn *txn, const struct sheet *sheet,
    struct str *was)
{
	int64_t id;
	int rc = db_fetch1(txn, sql_there,
	    DB_ARGS(db_i(sheet->courier_id), db_t(sheet->name)), &id);

	if (rc == ERR_NOTFOUND)
		return 0;
	return rc < 0 ? rc : freight_image(s, id, was);
}

static int
put_sheet(struct session *s, struct txn *txn, const struct sheet *sheet,
    struct freight_taken *out)
{
	struct str was = STR_INIT;
	int64_t id = 0;
	size_t i;
	int rc;

	rc = was_sheet(s, txn, sheet, &was);
	if (rc == 0)
		rc = db_fetch1(txn, sql_put,
		    DB_ARGS(db_i(sheet->courier_id), db_t(sheet->name),
			db_i((int64_t)sheet->by), db_i(sheet->divisor)),
		    &id);
	if (rc == 0)
		rc = db_exec(txn, sql_empty, DB_ARGS(db_i(id)), NULL);
	for (i = 0; rc == 0 && i < sheet->n; i++)
		rc = put_rule(txn, id, &sheet->rules[i], out);
	out->templates++;
	if (rc == 0)
		rc = freight_took(
		    txn, sheet->batch, id, was.len > 0 ? was.s : NULL);
	str_done(&was);
	return rc < 0 ? rc
		      : op_note(s, &op_import, txn, "freight-template", id,
			    "%s, %zu", sheet->name, sheet->n);
}

/* All for one courier: then the methods tell them apart. */
static const char *
name_of(struct reading *r, const struct sheet *sheet, bool all)
{
	if (all && sheet->template[0] != '\0' && sheet->method[0] != '\0')
		return arena_printf(
		    &r->arena, "%s %s", sheet->template, sheet->method);
	if (sheet->template[0] != '\0')
		return sheet->template;
	return sheet->method[0] != '\0' ? sheet->method : _("price list");
}

static int
put_all(struct session *s, struct txn *txn, struct reading *r,
    int64_t courier_id, struct freight_taken *out)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < r->n; i++) {
		r->v[i].courier_id = courier_id;
		r->v[i].name = name_of(r, &r->v[i], courier_id != 0);
		if (courier_id == 0)
			rc = whose(s, &r->v[i]);
		if (rc == 0 && r->v[i].courier_id == 0)
			out->unknown++;
		else if (rc == 0)
			rc = put_sheet(s, txn, &r->v[i], out);
	}
	return rc;
}

int
freight_import(
    struct session *s, const char *courier, struct freight_taken *out)
{
	struct reading r = { 0 };
	int64_t courier_id = 0;
	struct txn *txn;
	int rc;

	*out = (struct freight_taken){ 0 };
	if (courier[0] != '\0' &&
	    (rc = courier_find(s, courier, &courier_id)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_import, &txn)) < 0)
		return rc;
	rc = staged_each(s, "freight-templates", 0, take_rule, &r);
	if (rc == 0 && r.n == 0)
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("No freight templates were imported: import their files "
		      "first"));
	if (rc == 0)
		rc = put_all(s, txn, &r, courier_id, out);
	out->places += r.odd;
	if (rc == 0 && out->templates == 0)
		rc = err_set(&s->err, ERR_INVALID, "courier",
		    _("The files do not say which courier's prices they are"));
	if (rc == 0)
		rc = op_commit(s, &op_import, &txn, 0,
		    "%" PRId64 " templates, %" PRId64 " zones", out->templates,
		    out->zones);
	op_abort(s, &txn);
	reading_done(&r);
	return rc;
}
