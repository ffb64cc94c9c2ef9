/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"

#include "staged_priv.h"

/*
 * What parcels cost: a rule for a region, by the first pieces (or weight, or
 * volume) and what each further one adds. One row is one rule, or a row has
 * all of a template in lists: ";" between methods, "," between rules, "|"
 * between the provinces of one.
 */

#define ONE INT64_C(10000) /* numbers are in ten-thousandths */

struct rule {
	struct slice template, valuation, method, region;
	int64_t first, more;         /* in ten-thousandths */
	int64_t first_fee, more_fee; /* fen */
	bool fallback;               /* the file says so */
};

/* What the platforms take. */
static const struct {
	const char *valuation;
	int64_t least, most, step;
} limits[] = {
	{ "piece", ONE, 9999 * ONE, ONE },
	{ "weight", ONE / 10, 99999 * ONE / 10, ONE / 10 },
	{ "volume", ONE / 10, 9999 * ONE / 10, ONE / 10 },
};

#define FEE_MOST  99999 /* fen */
#define NAME_MOST 50

static bool
amounts_fit(struct job *j, const struct kept_row *row, const struct rule *r)
{
	size_t i = 0;

	while (i < 2 && !slice_same(r->valuation, limits[i].valuation,
			    strlen(limits[i].valuation)))
		i++;
	if (r->first < limits[i].least || r->first > limits[i].most ||
	    r->first % limits[i].step != 0 || r->more < limits[i].least ||
	    r->more > limits[i].most || r->more % limits[i].step != 0) {
		kept_refuse(j, row, kept_at(row->layout, "first"),
		    i == 0   ? _("Pieces are whole, from 1 to 9999")
		    : i == 1 ? _("Weights are from 0.1 to 9999.9 kg, of one "
				 "decimal")
			     : _("Volumes are from 0.1 to 999.9 m3, of one "
				 "decimal"));
		return false;
	}
	return true;
}

/* Everywhere that nothing else is said of. */
static bool
is_default(struct slice region)
{
	return slice_same(region, "1", 1) ||
	       slice_same(region, "全国", strlen("全国"));
}

/* "310000" is 上海 of data/provinces.tsv; a name is what it is. */
static struct slice
province_name(struct slice code)
{
	const char *line = embed_text("provinces.tsv"), *name;

	for (; *line != '\0'; line += strcspn(line, "\n"), line += *line != 0) {
		if (strncmp(line, code.s, code.n) != 0 || line[code.n] != '\t')
			continue;
		name = line + code.n + 1;
		name += strcspn(name, "\t");
		name += *name == '\t';
		return (struct slice){ name, strcspn(name, "\n\t") };
	}
	return code;
}

/* The next piece before @sep; false when nothing is left. */
static bool
cut(struct slice *rest, char sep, struct slice *piece)
{
	const char *at;

	if (rest->s == NULL)
		return false;
	at = memchr(rest->s, sep, rest->n);
	piece->s = rest->s;
	piece->n = at != NULL ? (size_t)(at - rest->s) : rest->n;
	if (at == NULL) {
		*rest = (struct slice){ NULL, 0 };
	} else {
		rest->n -= piece->n + 1;
		rest->s = at + 1;
	}
	return true;
}

/* Numbers are those of provinces: nothing goes by the city. */
static bool
places_fit(struct job *j, const struct kept_row *row, struct slice region)
{
	int at = kept_at(row->layout, "region");
	struct slice place;

	while (!is_default(region) && cut(&region, '|', &place)) {
		if (!all_digits(place.s, place.n) ||
		    province_name(place).s != place.s)
			continue;
		kept_refuse(j, row,
		    at >= 0 ? at : kept_at(row->layout, "dests"),
		    _("\"%.*s\" is the number of no province; freight goes by "
		      "provinces"),
		    (int)place.n, place.s);
		return false;
	}
	return true;
}

static bool
rule_fits(struct job *j, const struct kept_row *row, const struct rule *r)
{
	if (r->template.n > NAME_MOST) {
		kept_refuse(j, row, kept_at(row->layout, "template"),
		    _("The name is longer than %d bytes"), NAME_MOST);
		return false;
	}
	if (!amounts_fit(j, row, r) || !places_fit(j, row, r->region))
		return false;
	if (r->first_fee > FEE_MOST || r->more_fee > FEE_MOST) {
		kept_refuse(j, row, kept_at(row->layout, "first_fee"),
		    _("Fees are from 0.00 to 999.99"));
		return false;
	}
	if (r->more_fee > r->first_fee && r->first_fee != 0) {
		kept_refuse(j, row, kept_at(row->layout, "more_fee"),
		    _("What is added costs more than the first"));
		return false;
	}
	return true;
}

static void
add_number(struct job *j, struct str *out, const char *name, int64_t n)
{
	char text[MONEY_SIZE];
	size_t len;

	snprintf(
	    text, sizeof(text), "%" PRId64 ".%04" PRId64, n / ONE, n % ONE);
	for (len = strlen(text); text[len - 1] == '0'; len--)
		;
	len -= text[len - 1] == '.';
	fields_add(out, name, slice_of(arena_strndup(&j->scratch, text, len)));
}

static struct slice
region_names(struct job *j, struct slice region)
{
	struct str out = STR_INIT;
	struct slice kept, part = region;
	const char *end = region.s + region.n, *bar;

	if (is_default(region))
		return slice_of("全国");
	while (part.s < end) {
		bar = memchr(part.s, '|', (size_t)(end - part.s));
		part.n = (size_t)((bar != NULL ? bar : end) - part.s);
		if (out.len > 0)
			str_addc(&out, '|');
		kept = province_name(part);
		str_addn(&out, kept.s, kept.n);
		part.s += part.n + 1;
	}
	kept = slice_of(arena_strdup(&j->scratch, out.s));
	str_done(&out);
	return kept;
}

static int
rule_put(struct job *j, struct kept_row *row, const struct rule *r)
{
	struct str key = STR_INIT, out = STR_INIT;
	struct slice region = region_names(j, r->region);
	char fee[MONEY_SIZE];
	int rc;

	str_addf(&key, "%s|%.*s|%.*s|%.*s", row->layout->platform,
	    (int)r->template.n, r->template.s, (int)r->method.n, r->method.s,
	    (int)region.n, region.s);
	fields_add(&out, "template", r->template);
	fields_add(&out, "valuation", r->valuation);
	fields_add(&out, "method", r->method);
	fields_add(&out, "region", region);
	add_number(j, &out, "first", r->first);
	fields_add(&out, "first_fee", slice_of(money_plain(r->first_fee, fee)));
	add_number(j, &out, "more", r->more);
	fields_add(&out, "more_fee", slice_of(money_plain(r->more_fee, fee)));
	fields_add(&out, "fallback",
	    slice_of(r->fallback || is_default(region) ? "yes" : ""));
	fields_add(&out, "payer", kept_value(row, "payer"));
	fields_add(&out, "least", kept_value(row, "least"));
	fields_add(&out, "divisor", kept_value(row, "divisor"));
	fields_rest(j, row, &out);
	rc = staged_put(j, row, key.s, out.s);
	str_done(&key);
	str_done(&out);
	return rc;
}

static bool
is_yes(struct slice v)
{
	static const char *const words[] = { "1", "是", "yes", "true", "TRUE",
		"默认" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_same(v, words[i], strlen(words[i])))
			return true;
	return false;
}

int
freight_row(struct job *j, struct kept_row *row)
{
	const struct kept_layout *l = row->layout;
	struct rule r = { .template = kept_value(row, "template"),
		.valuation = kept_value(row, "valuation"),
		.method = kept_value(row, "method"),
		.region = kept_value(row, "region"),
		.first = row->n[kept_at(l, "first")],
		.first_fee = row->n[kept_at(l, "first_fee")],
		.more = row->n[kept_at(l, "more")],
		.more_fee = row->n[kept_at(l, "more_fee")] };

	r.fallback = is_yes(kept_value(row, "fallback"));
	/* Couriers' own prices are by weight. */
	if (kept_at(l, "valuation") < 0)
		r.valuation = slice_of("weight");
	return rule_fits(j, row, &r) ? rule_put(j, row, &r) : 0;
}

enum { L_DESTS, L_FIRST, L_FIRST_FEE, L_MORE, L_MORE_FEE, L_LISTS };
static const char *const list_names[L_LISTS] = { "dests", "first", "first_fee",
	"more", "more_fee" };

static bool
number_at(struct job *j, const struct kept_row *row, int list,
    struct slice piece, int64_t *n)
{
	const char *text = arena_strndup(&j->scratch, piece.s, piece.n);
	bool money = list == L_FIRST_FEE || list == L_MORE_FEE;

	if (money ? money_parse(text, n) == 0 && *n >= 0 : number_read(text, n))
		return true;
	kept_refuse(j, row, kept_at(row->layout, list_names[list]),
	    money ? _("\"%.40s\" is not an amount of money")
		  : _("\"%.40s\" is not a number"),
	    text);
	return false;
}

/* One rule of a method; what is left of its lists is behind it. */
static bool
rule_read(struct job *j, const struct kept_row *row, struct slice *rest,
    struct rule *r, bool *end)
{
	struct slice piece[L_LISTS];
	int64_t *const to[L_LISTS] = { NULL, &r->first, &r->first_fee, &r->more,
		&r->more_fee };
	int i, have = 0;

	for (i = 0; i < L_LISTS; i++)
		have += cut(&rest[i], ',', &piece[i]);
	*end = have == 0;
	if (have == 0)
		return true;
	if (have < L_LISTS) {
		kept_refuse(j, row, kept_at(row->layout, "dests"),
		    _("The lists do not have as many places each"));
		return false;
	}
	r->region = piece[L_DESTS];
	for (i = L_FIRST; i < L_LISTS; i++)
		if (!number_at(j, row, i, piece[i], to[i]))
			return false;
	return rule_fits(j, row, r);
}

/* All rules of a method are right, or none is kept. */
static int
method_rules(struct job *j, struct kept_row *row, struct slice *lists,
    struct rule *r, bool put, bool *fine)
{
	struct slice rest[L_LISTS];
	bool first = true, end = false;
	int rc = 0;

	memcpy(rest, lists, sizeof(rest));
	while (rc == 0 && *fine) {
		*fine = rule_read(j, row, rest, r, &end);
		if (!*fine || end)
			break;
		if (first && !is_default(r->region)) {
			kept_refuse(j, row, kept_at(row->layout, "dests"),
			    _("The first place of each method is 1, the whole "
			      "country"));
			*fine = false;
		} else if (put) {
			rc = rule_put(j, row, r);
		}
		first = false;
	}
	return rc;
}

static int
all_methods(struct job *j, struct kept_row *row, bool put, bool *fine)
{
	struct rule r = { .template = kept_value(row, "template"),
		.valuation = kept_value(row, "valuation") };
	struct slice methods = kept_value(row, "methods"), lists[L_LISTS],
		     of[L_LISTS];
	int i, have, rc = 0;

	for (i = 0; i < L_LISTS; i++)
		lists[i] = kept_value(row, list_names[i]);
	while (rc == 0 && *fine && cut(&methods, ';', &r.method)) {
		for (have = 0, i = 0; i < L_LISTS; i++)
			have += cut(&lists[i], ';', &of[i]);
		if (have < L_LISTS) {
			kept_refuse(j, row, kept_at(row->layout, "methods"),
			    _("The lists do not have as many methods each"));
			*fine = false;
			break;
		}
		rc = method_rules(j, row, of, &r, put, fine);
	}
	return rc;
}

int
freight_lists_row(struct job *j, struct kept_row *row)
{
	bool fine = true;
	int rc;

	rc = all_methods(j, row, false, &fine);
	return rc < 0 || !fine ? rc : all_methods(j, row, true, &fine);
}
