/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/freight.h"

#include "../core/session_priv.h"
#include "freight_priv.h"

/* Which line of which template holds, and what it comes to. */

const char *const freight_bases[] = { N_("piece"), N_("weight"), N_("volume"),
	NULL };

static const char *const basis_texts[] = { N_("by piece"), N_("by weight"),
	N_("by volume") };

const char *
freight_basis_name(int64_t basis)
{
	return basis >= 0 && basis < BASIS_MAX ? freight_bases[basis] : "";
}

const char *
freight_basis_text(int64_t basis)
{
	return basis >= 0 && basis < BASIS_MAX ? _(basis_texts[basis]) : "";
}

int64_t
freight_fee(int64_t amount, int64_t first, int64_t first_fee, int64_t step,
    int64_t step_fee, int64_t least_fee)
{
	int64_t fee = first_fee, steps;

	if (amount > first && step > 0) {
		steps = (amount - first - 1) / step + 1;
		if (__builtin_mul_overflow(steps, step_fee, &fee) ||
		    __builtin_add_overflow(fee, first_fee, &fee))
			return INT64_MAX;
	}
	return fee > least_fee ? fee : least_fee;
}

int64_t
freight_charged(int64_t grams, int64_t cm3, int64_t divisor)
{
	int64_t light;

	if (divisor <= 0 || cm3 <= 0)
		return grams;
	if (__builtin_mul_overflow(cm3, INT64_C(1000), &light))
		return INT64_MAX;
	light = (light - 1) / divisor + 1;
	return light > grams ? light : grams;
}

bool
freight_rate_fee(const struct freight_rate *r, const struct freight_load *load,
    int64_t *fee, int64_t *charged)
{
	int64_t amount = load->pieces;

	if (r->basis == BASIS_WEIGHT)
		amount = freight_charged(load->grams, load->cm3, r->divisor);
	else if (r->basis == BASIS_VOLUME)
		amount = load->cm3;
	if (amount <= 0)
		return false;
	*fee = freight_fee(
	    amount, r->first, r->first_fee, r->step, r->step_fee, r->least_fee);
	if (charged != NULL)
		*charged = amount;
	return true;
}

/* A line of data/provinces.tsv: code, name, what it is called in short. */
int64_t
province_brief(const char *text, char out[32])
{
	const char *line = strchr(embed_text("provinces.tsv"), '\n');
	const char *name;
	size_t n;

	out[0] = '\0';
	/* Two characters tell each from the others. */
	if (strnlen(text, 6) < 6)
		return 0;
	for (; line != NULL && line[1] != '\0'; line = strchr(line + 1, '\n')) {
		name = line + 1 + strcspn(line + 1, "\t");
		if (*name != '\t' || memcmp(name + 1, text, 6) != 0)
			continue;
		name += 1 + strcspn(name + 1, "\t");
		n = strcspn(name + 1, "\t\n");
		if (n >= 32)
			return 0;
		memcpy(out, name + 1, n);
		out[n] = '\0';
		return strtoll(line + 1, NULL, 10);
	}
	return 0;
}

#define RATES \
	"SELECT t.courier_id, t.warehouse_id, t.id, t.since, t.basis," \
	" t.divisor, z.province, z.first, z.first_fee, z.step, z.step_fee," \
	" z.least_fee, z.est_days, z.served FROM freight_template t" \
	" JOIN freight_zone z ON z.template_id = t.id WHERE t.active = 1"

static const char sql_all[] = RATES " /*scan*/";
static const char sql_all_there[] =
    RATES " AND z.province IN ($1, '') /*scan*/";
static const char sql_courier[] = RATES " AND t.courier_id = $1";
static const char sql_courier_there[] =
    RATES " AND z.province IN ($1, '') AND t.courier_id = $2";

static void
take_rate(const struct db_rows *rows, struct freight_rate *r)
{
	*r = (struct freight_rate){
		.courier_id = db_int(rows, 0),
		.warehouse_id = db_int(rows, 1),
		.template_id = db_int(rows, 2),
		.since = db_int(rows, 3),
		.basis = db_int(rows, 4),
		.divisor = db_int(rows, 5),
		.first = db_int(rows, 7),
		.first_fee = db_int(rows, 8),
		.step = db_int(rows, 9),
		.step_fee = db_int(rows, 10),
		.least_fee = db_int(rows, 11),
		.days = db_int(rows, 12),
		.served = db_int(rows, 13),
	};
	copy_text(r->province, sizeof(r->province), db_text(rows, 6));
}

int
freight_rates_read(struct session *s, int64_t courier_id, const char *province,
    struct freight_rates *out)
{
	struct db_val args[2];
	struct db_rows *rows;
	const char *sql = courier_id != 0 ? sql_courier : sql_all;
	size_t n = 0;
	int rc;

	*out = (struct freight_rates){ 0 };
	if (province != NULL) {
		sql = courier_id != 0 ? sql_courier_there : sql_all_there;
		args[n++] = db_t(province);
	}
	if (courier_id != 0)
		args[n++] = db_i(courier_id);
	if ((rc = db_query(s->db, sql, args, n, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (out->n == out->cap) {
			out->cap = out->cap == 0 ? 16 : out->cap * 2;
			out->v =
			    xreallocarray(out->v, out->cap, sizeof(out->v[0]));
		}
		take_rate(rows, &out->v[out->n++]);
	}
	db_done(rows);
	if (rc < 0)
		freight_rates_done(out);
	return rc;
}

void
freight_rates_done(struct freight_rates *rates)
{
	free(rates->v);
	*rates = (struct freight_rates){ 0 };
}

static bool
goes_before(const struct freight_rate *a, const struct freight_rate *b)
{
	if ((a->warehouse_id != 0) != (b->warehouse_id != 0))
		return a->warehouse_id != 0;
	if (a->since != b->since)
		return a->since > b->since;
	if (a->template_id != b->template_id)
		return a->template_id > b->template_id;
	return a->province[0] != '\0';
}

const struct freight_rate *
freight_rate_find(const struct freight_rates *rates, int64_t courier_id,
    int64_t warehouse_id, const char *province, int64_t at)
{
	const struct freight_rate *best = NULL, *r;
	size_t i;

	for (i = 0; i < rates->n; i++) {
		r = &rates->v[i];
		if (r->courier_id != courier_id || r->since > at ||
		    (r->warehouse_id != 0 && r->warehouse_id != warehouse_id))
			continue;
		if (r->province[0] != '\0' &&
		    strcmp(r->province, province) != 0)
			continue;
		if (best == NULL || goes_before(r, best))
			best = r;
	}
	return best != NULL && best->served ? best : NULL;
}
