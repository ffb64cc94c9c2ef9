/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

#include "form_priv.h"
#include "pick.h"

#define PICK_MIN 8
#define PICK_MAX 44
#define FRAME    4 /* columns of "< " and " >" */

const char *
field_choice(const char *choice)
{
	return choice[0] != '\0' ? _(choice) : "";
}

/* How many there are, and which is chosen; -1: none of them. */
static size_t
choices_of(const struct field *f, const char *value, int *at)
{
	size_t n;

	*at = -1;
	for (n = 0; f->choices[n] != NULL; n++) {
		if (strcmp(f->choices[n], value) == 0)
			*at = (int)n;
	}
	return n;
}

int
field_pick_w(const struct field *f)
{
	int w = PICK_MIN;
	size_t i;

	for (i = 0; f->choices[i] != NULL; i++) {
		int need = text_width(field_choice(f->choices[i])) + FRAME;

		if (need > w)
			w = need;
	}
	return w < PICK_MAX ? w : PICK_MAX;
}

/* The list right at the field; @typed has begun to narrow it down. */
static void
pick_from_list(struct form *f, struct entry *e, const char *typed)
{
	const char *const *choices = e->field->choices;
	bool english = strcmp(i18n_lang(), "en") == 0;
	struct pick p = { .typed = typed, .at = e->place };
	const char **words, **others;
	size_t i;
	int at;

	p.n = choices_of(e->field, e->text, &at);
	p.selected = at > 0 ? at : 0;
	words = xreallocarray(NULL, p.n + 1, sizeof(*words));
	others = xreallocarray(NULL, p.n + 1, sizeof(*others));
	for (i = 0; i < p.n; i++) {
		words[i] = field_choice(choices[i]);
		others[i] = english ? i18n_other(choices[i]) : choices[i];
	}
	p.words = words;
	p.others = others;
	p.title = _(e->field->label);
	at = pick_run(f->ui, &p);
	if (at >= 0)
		line_set(&e->line, choices[at]);
	free(words);
	free(others);
}

/* Round them by Left and Right; by a letter the list, narrowed down to it. */
int
field_pick_key(struct form *f, struct entry *e, const struct key *k)
{
	char typed[5] = "";
	int at;
	size_t n = choices_of(e->field, e->text, &at);

	if (n == 0)
		return 0;
	switch (k->code) {
	case KEY_LEFT_:
		at = at > 0 ? at - 1 : (int)n - 1;
		line_set(&e->line, e->field->choices[at]);
		return 1;
	case KEY_RIGHT_:
		at = at + 1 < (int)n ? at + 1 : 0;
		line_set(&e->line, e->field->choices[at]);
		return 1;
	case KEY_CTRL('z'):
	case KEY_CTRL('y'):
		return line_key(&e->line, k);
	default:
		break;
	}
	if (k->code < ' ' || k->code >= KEY_BASE || !cp_printable(k->code))
		return 0;
	if (k->code != ' ')
		utf8_encode(k->code, typed);
	pick_from_list(f, e, typed);
	return 1;
}
