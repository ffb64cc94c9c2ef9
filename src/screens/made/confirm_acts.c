/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "confirm_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* Typing what is to be made, again, and putting it right. */

/* A form made of a line's definitions. */
#define TYPED_MAX 24
struct typed {
	char text[TYPED_MAX][ATTR_VALUE];
	char reason[200];
	int64_t loss;
};

struct typing {
	struct session *s;
	int64_t order_id, line_no;
	enum attr_how how;
	struct page attrs;
	size_t n;
	const struct line_attr *attr[TYPED_MAX];
	struct field fields[TYPED_MAX + 3];
	char choices[TYPED_MAX][400];
	const char *choice[TYPED_MAX][32];
	int differ;
};

/* ";红;蓝;" as a list. */
static void
split_choices(struct typing *t, size_t i)
{
	char *word, *rest;
	size_t n = 0;

	copy_text(t->choices[i], sizeof(t->choices[i]), t->attr[i]->choices);
	for (word = strtok_r(t->choices[i], ";", &rest); word != NULL && n < 31;
	     word = strtok_r(NULL, ";", &rest))
		t->choice[i][n++] = word;
	t->choice[i][n] = NULL;
}

static const char *
hint_of(const struct line_attr *a)
{
	if (strcmp(a->type, "length") == 0)
		return N_("such as 1.24m, 124cm, 1米24, 4尺");
	if (strcmp(a->type, "day") == 0)
		return N_("such as 11月20日, 周五, +3");
	return NULL;
}

static void
add_field(struct typing *t, const struct line_attr *a)
{
	size_t i = t->n++;
	bool choice = strcmp(a->type, "choice") == 0;

	t->attr[i] = a;
	t->fields[i] = (struct field){
		.name = a->name,
		.label = a->title,
		.type = choice ? FIELD_PICK : FIELD_TEXT,
		.flags = a->critical ? FIELD_REQUIRED : 0,
		.offset = offsetof(struct typed, text) + i * ATTR_VALUE,
		.size = ATTR_VALUE,
		.hint = hint_of(a),
	};
	if (choice) {
		split_choices(t, i);
		t->fields[i].choices = t->choice[i];
	}
}

static void
add_reason(struct typing *t)
{
	/* clang-format off */
	static const struct field more[] = {
		{ FIELD_CHARS(struct typed, reason, FIELD_TEXT,
		    N_("Reason"), FIELD_REQUIRED) },
		/* cppcheck-suppress nullPointer */
		{ FIELD_NUM(struct typed, loss, FIELD_MONEY,
		    N_("Loss"), 0), .hint = N_("yuan, if there was one") },
	};
	/* clang-format on */

	t->fields[t->n] = more[0];
	t->fields[t->n + 1] = more[1];
}

static int
save_typed(void *arg, const void *record)
{
	struct typing *t = arg;
	const struct typed *typed = record;
	struct attr_entry entries[TYPED_MAX];
	struct attr_typing typing = { .how = t->how,
		.entries = entries,
		.reason = typed->reason,
		.loss = typed->loss };
	size_t i;

	for (i = 0; i < t->n; i++)
		if (typed->text[i][0] != '\0' || t->attr[i]->critical)
			entries[typing.n++] = (struct attr_entry){ t->line_no,
				t->attr[i]->name, typed->text[i] };
	return attrs_type(t->s, t->order_id, &typing, &t->differ);
}

/* What of the line is in @state; NULL @name: of any. */
static int
begin(struct screen *sc, struct typing *t, const char *name, int64_t state)
{
	const struct line_attr *a;
	size_t i;
	int rc;

	t->s = session_of(sc);
	if ((rc = line_attrs(t->s, t->order_id, &t->attrs)) < 0)
		return rc;
	for (i = 0; i < t->attrs.n && t->n < TYPED_MAX; i++) {
		a = page_row(&t->attrs, i);
		if (a->line_no == t->line_no &&
		    (name != NULL ? strcmp(a->name, name) == 0
				  : a->state == state))
			add_field(t, a);
	}
	return 0;
}

static int
finish(
    struct screen *sc, struct typing *t, const char *title, struct typed *typed)
{
	int rc = ui_form(sc->ui, title, t->fields, typed, save_typed, t);

	if (rc > 0 && t->differ > 0)
		ui_complain(sc->ui,
		    ngettext("%d differs from the first time: e settles which "
			     "is right",
			"%d differ from the first time: e settles which is "
			"right",
			(unsigned long)t->differ),
		    t->differ);
	else if (rc > 0)
		ui_say(sc->ui, "%s", _("What was typed is kept."));
	page_free(&t->attrs);
	return rc < 0 ? rc : 0;
}

int
act_attrs_type(struct screen *sc, int64_t order_id, int64_t line_no, bool again)
{
	struct typing t = { .order_id = order_id,
		.line_no = line_no,
		.how = again ? ATTR_CONFIRM : ATTR_FIRST };
	struct typed typed = { .loss = 0 };
	int rc = begin(sc, &t, NULL, again ? ATTR_ONCE : ATTR_MISSING);

	if (rc < 0)
		return rc;
	if (t.n > 0)
		return finish(sc, &t,
		    again ? _("Again, as the buyer says it")
			  : _("What is to be made"),
		    &typed);
	page_free(&t.attrs);
	ui_say(sc->ui, "%s",
	    again ? _("Nothing of this line is to be typed again.")
		  : _("Everything of this line is typed; e puts one right."));
	return 0;
}

int
act_attr_correct(
    struct screen *sc, int64_t order_id, int64_t line_no, const char *name)
{
	struct typing t = {
		.order_id = order_id, .line_no = line_no, .how = ATTR_FIRST
	};
	struct typed typed = { .loss = 0 };
	char title[200];
	int rc = begin(sc, &t, name, 0);

	if (rc < 0)
		return rc;
	if (t.n == 0) {
		page_free(&t.attrs);
		return 0;
	}
	if (t.attr[0]->state != ATTR_MISSING)
		add_reason(&t);
	if (t.attr[0]->state == ATTR_DIFFERS)
		snprintf(title, sizeof(title), _("%s: %s or %s?"),
		    t.attr[0]->title, t.attr[0]->words, t.attr[0]->again_words);
	else
		copy_text(title, sizeof(title), t.attr[0]->title);
	return finish(sc, &t, title, &typed);
}
