/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "audit.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* Of the log, what somebody wants to see: who, what, about what, when. */

#define PEOPLE 200 /* to choose from */
#define OPS    200

struct audit_filter
audit_filter_of(const struct audit_view *v)
{
	return (struct audit_filter){
		.staff_id = v->staff_id,
		.op = v->op[0] != '\0' ? v->op : NULL,
		.kind = v->kind[0] != '\0' ? v->kind : NULL,
		.subject = v->subject,
		.since = v->since != 0 ? day_start(v->since) : 0,
		.until = v->until != 0 ? day_start(v->until + 1) : 0,
	};
}

static void
add(struct str *out, const char *text)
{
	if (text[0] == '\0')
		return;
	if (out->len > 0)
		str_add(out, " · ");
	str_add(out, text);
}

char *
audit_view_text(const struct audit_view *v, char *buf, size_t size)
{
	char from[TIME_SIZE] = "", to[TIME_SIZE] = "", days[128] = "";
	struct str out = STR_INIT;

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
	add(&out, v->staff);
	if (v->op[0] != '\0')
		add(&out, audit_op_text(v->op));
	add(&out, v->record);
	add(&out, days);
	copy_text(buf, size, out.len > 0 ? out.s : "");
	str_done(&out);
	return buf;
}

/* The form, and what its choices stand for. */
struct form {
	char person[96], op[96];
	char record[128];
	int64_t since, until;
};

struct choices {
	struct screen *sc;
	struct audit_view *view;
	const char *people[PEOPLE + 2]; /* as shown; the first is nobody in
					   particular */
	int64_t ids[PEOPLE + 1];
	char *names; /* what people[] points to */
	const char *ops[OPS + 2];
};

static int
find_people(struct choices *ch)
{
	struct session *s = session_of(ch->sc);
	const struct staff *m;
	struct page page = { 0 };
	size_t n = 0, i, used = 0;
	int rc;

	ch->people[n++] = _("anybody");
	/* Who may not see the staff can ask for the own entries. */
	if (!session_may(s, PERM_STAFF_VIEW)) {
		ch->people[n] = session_staff_name(s);
		ch->ids[n] = session_staff(s);
		return 0;
	}
	rc = staff_page(s, PAGE_FIRST, NULL, PEOPLE, &page);
	if (rc < 0)
		return rc;
	ch->names = xcalloc(page.n + 1, sizeof(((struct form *)0)->person));
	for (i = 0; i < page.n; i++) {
		char *name = ch->names + used;

		m = page_row(&page, i);
		used += sizeof(((struct form *)0)->person);
		snprintf(name, sizeof(((struct form *)0)->person), "%s (%s)",
		    m->name, m->login);
		ch->people[n] = name;
		ch->ids[n++] = m->id;
	}
	page_free(&page);
	return 0;
}

static void
find_ops(struct choices *ch)
{
	size_t i;

	ch->ops[0] = _("anything");
	for (i = 0; i < OPS && audit_ops[i] != NULL; i++)
		ch->ops[i + 1] = audit_op_text(audit_ops[i]);
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

/* A record that was not typed here keeps its name. */
static int
find_record(struct session *s, const char *name, struct audit_view *v)
{
	const char *kind = "";
	int rc = 0;

	if (strcmp(name, v->record) == 0)
		return 0;
	v->subject = 0;
	if (name[0] != '\0')
		rc = audit_find(s, name, &kind, &v->subject);
	copy_text(v->record, sizeof(v->record), name);
	copy_text(v->kind, sizeof(v->kind), kind);
	return rc;
}

static int
save(void *arg, const void *record)
{
	const struct form *form = record;
	struct choices *ch = arg;
	struct audit_view v = *ch->view;
	size_t at;
	int rc;

	at = index_of(ch->people, form->person);
	v.staff_id = at > 0 ? ch->ids[at] : 0;
	copy_text(v.staff, sizeof(v.staff), at > 0 ? form->person : "");
	at = index_of(ch->ops, form->op);
	copy_text(v.op, sizeof(v.op), at > 0 ? audit_ops[at - 1] : "");
	v.since = form->since;
	v.until = form->until;
	rc = find_record(session_of(ch->sc), form->record, &v);
	if (rc == 0)
		*ch->view = v;
	return rc;
}

/* clang-format off */
static const struct field any_fields[] = {
	{ FIELD_CHARS(struct form, person, FIELD_PICK, N_("Who"), 0) },
	{ FIELD_CHARS(struct form, op, FIELD_PICK, N_("Action"), 0) },
	{ FIELD_CHARS(struct form, record, FIELD_TEXT, N_("Record"), 0),
	    .hint = N_("order, SKU, log-in") },
	{ FIELD_NUM(struct form, since, FIELD_DATE, N_("From day"),
	    FIELD_PAST) },
	{ FIELD_NUM(struct form, until, FIELD_DATE, N_("To day"),
	    FIELD_PAST) },
	{ .name = NULL },
};
/* clang-format on */

int
audit_ask(struct screen *sc, struct audit_view *v)
{
	struct choices *ch = xcalloc(1, sizeof(*ch));
	struct field fields[sizeof(any_fields) / sizeof(*any_fields)];
	struct form form = { .since = v->since, .until = v->until };
	size_t i;
	int rc;

	ch->sc = sc;
	ch->view = v;
	rc = find_people(ch);
	find_ops(ch);
	memcpy(fields, any_fields, sizeof(fields));
	fields[0].choices = ch->people;
	fields[1].choices = ch->ops;
	copy_text(form.person, sizeof(form.person), ch->people[0]);
	for (i = 1; ch->people[i] != NULL; i++)
		if (ch->ids[i] == v->staff_id)
			copy_text(
			    form.person, sizeof(form.person), ch->people[i]);
	copy_text(form.op, sizeof(form.op),
	    v->op[0] != '\0' ? audit_op_text(v->op) : ch->ops[0]);
	copy_text(form.record, sizeof(form.record), v->record);
	if (rc == 0)
		rc = ui_form(
		    sc->ui, _("What of the log?"), fields, &form, save, ch);
	free(ch->names);
	free(ch);
	return rc;
}
