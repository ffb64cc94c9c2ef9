/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "order_filter.h"
#include "order_filter_kept.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

#define CHOICES 300
#define PLACES  48 /* provinces, and any */

bool
order_view_is_open(const struct order_view *v)
{
	return v->since == 0 && v->until == 0 && order_sieve_is_open(&v->sieve);
}

void
order_view_apply(const struct order_view *v, struct order_filter *f)
{
	f->sieve = v->sieve;
	f->since = v->since != 0 ? day_start(v->since) : 0;
	f->until = v->until != 0 ? day_start(v->until + 1) : 0;
}

/* Remarks and deadlines, as one chooses among them. */
static const char *const remarks[] = { N_("any"), N_("with a remark"),
	N_("the buyer says something"), NULL };
static const char *const lateness[] = { N_("any"), N_("past the deadline"),
	NULL };

static void
add(struct str *out, const char *text)
{
	if (text[0] == '\0')
		return;
	if (out->len > 0)
		str_add(out, " · ");
	str_add(out, text);
}

static void
add_days(struct str *out, const struct order_view *v)
{
	char from[TIME_SIZE] = "", to[TIME_SIZE] = "", days[128] = "";

	if (v->since != 0)
		day_text(v->since, from);
	if (v->until != 0)
		day_text(v->until, to);
	if (v->since != 0 && v->since == v->until)
		copy_text(days, sizeof(days), from);
	else if (v->since != 0 && v->until != 0)
		snprintf(days, sizeof(days), _("%s to %s"), from, to);
	else if (v->since != 0)
		snprintf(days, sizeof(days), _("since %s"), from);
	else if (v->until != 0)
		snprintf(days, sizeof(days), _("up to %s"), to);
	add(out, days);
}

static void
add_amounts(struct str *out, const struct order_sieve *s)
{
	char least[MONEY_SIZE], most[MONEY_SIZE], text[128] = "";

	money_show(s->least, least);
	money_show(s->most, most);
	if (s->least != 0 && s->most != 0)
		snprintf(text, sizeof(text), _("%s to %s"), least, most);
	else if (s->least != 0)
		snprintf(text, sizeof(text), _("%s and more"), least);
	else if (s->most != 0)
		snprintf(text, sizeof(text), _("%s at most"), most);
	add(out, text);
}

static void
add_deeds(struct str *out, const struct order_sieve *s)
{
	char text[128];
	int64_t bit;

	for (bit = 1; order_done_text(bit) != NULL; bit *= 2) {
		if (s->done & bit)
			add(out, order_done_text(bit));
		if ((s->undone & bit) == 0)
			continue;
		/* TRANSLATORS: of an order: not "packed" yet */
		snprintf(text, sizeof(text), _("not %s"), order_done_text(bit));
		add(out, text);
	}
}

char *
order_view_text(const struct order_view *v, char *buf, size_t size)
{
	const struct order_sieve *s = &v->sieve;
	struct str out = STR_INIT;

	add(&out, v->shop);
	add(&out, s->province);
	add(&out, v->courier);
	add(&out, s->nobody ? _("nobody's sale") : v->agent);
	add(&out, v->warehouse);
	if (s->hold[0] != '\0')
		add(&out, order_hold_text(s->hold));
	if (s->origin != 0)
		add(&out, order_origin_text(s->origin - 1));
	add_deeds(&out, s);
	if (s->flag != 0 && s->flag <= ORDER_FLAGS)
		add(&out, _(order_flags[s->flag - 1]));
	if (s->remarked)
		add(&out, _(remarks[1]));
	if (s->noted)
		add(&out, _(remarks[2]));
	if (s->late)
		add(&out, _(lateness[1]));
	add_amounts(&out, s);
	add_days(&out, v);
	copy_text(buf, size, out.len > 0 ? out.s : "");
	str_done(&out);
	return buf;
}

/* The form, and what its choices stand for. */
struct form {
	char shop[NAME_ROOM], courier[NAME_ROOM], agent[NAME_ROOM],
	    warehouse[NAME_ROOM];
	char province[96], hold[96], origin[96], done[96], undone[96];
	char flag[32], remark[96], late[96];
	int64_t since, until, least, most;
	char name[64];
};

struct choices {
	struct screen *sc;
	struct order_view *view;
	struct page pages[CHOICE_MAX];
	const char *names[CHOICE_MAX][CHOICES + 3];
	const char *holds[32], *origins[16], *deeds[16], *flags[16];
	const char *provinces[PLACES];
};

/* What there is to choose from; in front of it, anything. */
static int
read_names(struct choices *ch)
{
	const struct order_name *n;
	size_t i, k;
	int rc;

	for (k = 0; k < CHOICE_MAX; k++) {
		ch->names[k][0] = _("any");
		rc = order_names(
		    session_of(ch->sc), (enum order_choice)k, &ch->pages[k]);
		if (rc < 0)
			return rc;
		for (i = 0, n = ch->pages[k].rows; i < ch->pages[k].n; i++)
			ch->names[k][i + 1] = n[i].name;
	}
	ch->names[CHOICE_AGENT][ch->pages[CHOICE_AGENT].n + 1] = _("nobody");
	return 0;
}

static void
read_words(struct choices *ch)
{
	size_t i, n = sizeof(ch->holds) / sizeof(ch->holds[0]);

	ch->holds[0] = ch->origins[0] = ch->deeds[0] = ch->flags[0] =
	    ch->provinces[0] = _("any");
	for (i = 0; freight_provinces()[i] != NULL && i + 2 < PLACES; i++)
		ch->provinces[i + 1] = freight_provinces()[i];
	for (i = 0; order_hold_reasons[i] != NULL && i + 2 < n; i++)
		ch->holds[i + 1] = order_hold_text(order_hold_reasons[i]);
	for (i = 0; i <= ORDER_QUOTED; i++)
		ch->origins[i + 1] = order_origin_text((int64_t)i);
	for (i = 0; order_done_text(INT64_C(1) << i) != NULL; i++)
		ch->deeds[i + 1] = order_done_text(INT64_C(1) << i);
	for (i = 0; order_flags[i] != NULL; i++)
		ch->flags[i + 1] = _(order_flags[i]);
}

static size_t
index_of(const char *const *words, const char *word)
{
	size_t i;

	for (i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return 0;
}

/* The id of what was chosen, and its name for @shown; 0: anything. */
static int64_t
chosen(const struct choices *ch, enum order_choice what, const char *name,
    char shown[NAME_ROOM])
{
	size_t at = index_of(ch->names[what], name);
	const struct order_name *n = ch->pages[what].rows;

	shown[0] = '\0';
	if (at == 0 || at > ch->pages[what].n)
		return 0;
	copy_text(shown, NAME_ROOM, n[at - 1].name);
	return n[at - 1].id;
}

static int64_t
bit_of(const struct choices *ch, const char *word)
{
	size_t at = index_of(ch->deeds, word);

	return at > 0 ? INT64_C(1) << (at - 1) : 0;
}

static void
take(const struct choices *ch, const struct form *f, struct order_view *v)
{
	struct order_sieve *s = &v->sieve;
	size_t at;

	*v = (struct order_view){ .since = f->since, .until = f->until };
	s->shop_id = chosen(ch, CHOICE_SHOP, f->shop, v->shop);
	s->courier_id = chosen(ch, CHOICE_COURIER, f->courier, v->courier);
	s->agent_id = chosen(ch, CHOICE_AGENT, f->agent, v->agent);
	s->nobody = index_of(ch->names[CHOICE_AGENT], f->agent) ==
		    ch->pages[CHOICE_AGENT].n + 1;
	s->warehouse_id =
	    chosen(ch, CHOICE_WAREHOUSE, f->warehouse, v->warehouse);
	if ((at = index_of(ch->provinces, f->province)) > 0)
		copy_text(s->province, sizeof(s->province), ch->provinces[at]);
	s->least = f->least;
	s->most = f->most;
	if ((at = index_of(ch->holds, f->hold)) > 0)
		copy_text(s->hold, sizeof(s->hold), order_hold_reasons[at - 1]);
	s->origin = (int64_t)index_of(ch->origins, f->origin);
	s->done = bit_of(ch, f->done);
	s->undone = bit_of(ch, f->undone);
	s->flag = (int64_t)index_of(ch->flags, f->flag);
	s->remarked = index_of(remarks, f->remark) == 1;
	s->noted = index_of(remarks, f->remark) == 2;
	s->late = index_of(lateness, f->late) == 1;
}

static const char *
deed(const struct choices *ch, int64_t bits)
{
	size_t i;

	for (i = 0; ch->deeds[i + 1] != NULL; i++)
		if (bits & (INT64_C(1) << i))
			return ch->deeds[i + 1];
	return ch->deeds[0];
}

static void
fill(const struct choices *ch, const struct order_view *v, struct form *f)
{
	const struct order_sieve *s = &v->sieve;
	const char *any = _("any");
	size_t i;

	*f = (struct form){ .since = v->since,
		.until = v->until,
		.least = s->least,
		.most = s->most };
	copy_text(f->shop, sizeof(f->shop), v->shop[0] ? v->shop : any);
	copy_text(
	    f->courier, sizeof(f->courier), v->courier[0] ? v->courier : any);
	copy_text(f->agent, sizeof(f->agent),
	    s->nobody     ? _("nobody")
	    : v->agent[0] ? v->agent
			  : any);
	copy_text(f->warehouse, sizeof(f->warehouse),
	    v->warehouse[0] ? v->warehouse : any);
	copy_text(f->province, sizeof(f->province),
	    ch->provinces[index_of(ch->provinces, s->province)]);
	copy_text(f->hold, sizeof(f->hold), any);
	for (i = 0; order_hold_reasons[i] != NULL; i++)
		if (strcmp(order_hold_reasons[i], s->hold) == 0)
			copy_text(f->hold, sizeof(f->hold), ch->holds[i + 1]);
	copy_text(f->origin, sizeof(f->origin), ch->origins[s->origin]);
	copy_text(f->done, sizeof(f->done), deed(ch, s->done));
	copy_text(f->undone, sizeof(f->undone), deed(ch, s->undone));
	copy_text(f->flag, sizeof(f->flag), ch->flags[s->flag]);
	copy_text(f->remark, sizeof(f->remark),
	    remarks[s->remarked ? 1
		    : s->noted  ? 2
				: 0]);
	copy_text(f->late, sizeof(f->late), lateness[s->late]);
}

static int
save(void *arg, const void *record)
{
	const struct form *form = record;
	struct choices *ch = arg;
	struct order_view v;
	int rc = 0;

	take(ch, form, &v);
	if (form->name[0] != '\0')
		rc = order_view_keep(session_of(ch->sc), form->name, &v);
	if (rc == 0)
		*ch->view = v;
	return rc;
}

#define PICK(m, label) FIELD_CHARS(struct form, m, FIELD_PICK, label, 0)
/* clang-format off */
static const struct field any_fields[] = {
	{ PICK(shop, N_("Shop")) },
	{ PICK(province, N_("Province")) },
	{ PICK(courier, N_("Courier")) },
	{ PICK(agent, N_("Agent")) },
	{ PICK(warehouse, N_("Warehouse")) },
	{ PICK(hold, N_("On hold for")) },
	{ PICK(origin, N_("Origin")) },
	{ PICK(done, N_("What is done")) },
	{ PICK(undone, N_("What is not")) },
	{ PICK(flag, N_("Flag")), .choices = NULL },
	{ PICK(remark, N_("Remark")), .choices = remarks },
	{ PICK(late, N_("Deadline")), .choices = lateness },
	{ FIELD_NUM(struct form, least, FIELD_MONEY, N_("From amount"), 0) },
	{ FIELD_NUM(struct form, most, FIELD_MONEY, N_("To amount"), 0) },
	{ FIELD_NUM(struct form, since, FIELD_DATE, N_("From day"),
	    FIELD_PAST) },
	{ FIELD_NUM(struct form, until, FIELD_DATE, N_("To day"),
	    FIELD_PAST) },
	{ FIELD_CHARS(struct form, name, FIELD_TEXT, N_("Keep as"), 0),
	    .hint = N_("a name, F finds it again") },
	{ .name = NULL },
};
/* clang-format on */

static void
set_choices(struct choices *ch, struct field *fields)
{
	const struct {
		const char *name;
		const char *const *choices;
	} of[] = {
		{ "shop", ch->names[CHOICE_SHOP] },
		{ "courier", ch->names[CHOICE_COURIER] },
		{ "agent", ch->names[CHOICE_AGENT] },
		{ "warehouse", ch->names[CHOICE_WAREHOUSE] },
		{ "province", ch->provinces },
		{ "hold", ch->holds },
		{ "origin", ch->origins },
		{ "done", ch->deeds },
		{ "undone", ch->deeds },
		{ "flag", ch->flags },
	};
	size_t i, k;

	for (i = 0; fields[i].name != NULL; i++)
		for (k = 0; k < sizeof(of) / sizeof(of[0]); k++)
			if (strcmp(of[k].name, fields[i].name) == 0)
				fields[i].choices = of[k].choices;
}

int
order_view_ask(struct screen *sc, struct order_view *v)
{
	struct choices *ch = xcalloc(1, sizeof(*ch));
	struct field fields[sizeof(any_fields) / sizeof(*any_fields)];
	struct form form;
	size_t k;
	int rc;

	ch->sc = sc;
	ch->view = v;
	rc = read_names(ch);
	read_words(ch);
	memcpy(fields, any_fields, sizeof(fields));
	set_choices(ch, fields);
	fill(ch, v, &form);
	if (rc == 0)
		rc = ui_form(
		    sc->ui, _("Which orders?"), fields, &form, save, ch);
	for (k = 0; k < CHOICE_MAX; k++)
		page_free(&ch->pages[k]);
	free(ch);
	return rc;
}
