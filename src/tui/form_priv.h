/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_FORM_PRIV_H
#define SHOPMGR_TUI_FORM_PRIV_H

#include "shopmgr/tui/line.h"

#include "note.h"
#include "ui_priv.h"

/*
 * What the parts of a form share: form.c has the keys and saves, form_draw.c
 * draws, field_value.c knows numbers, amounts and days, field_pick.c choices.
 */

#define HINTS_MAX 7

struct entry {
	const struct field *field;
	struct line line;
	struct note note; /* FIELD_NOTE: the same line in rows */
	char *text;
	char *before;      /* as it was at first */
	int64_t number;    /* the same, of a number */
	bool scanned;      /* what stands there came from the scanner */
	struct rect place; /* as last drawn; h 0: not in view */
};

struct form {
	struct ui *ui;
	const char *title;
	struct entry *entry;
	int n, at; /* at: the entry with the cursor */
	int top;   /* the first line in view */
	char *record;
	int (*save)(void *arg, const void *record);
	void *arg;
	struct hint hints[HINTS_MAX];
	char error[420];
	int wrong; /* the entry at fault; -1: the whole */
};

bool entry_may_change(const struct entry *e);
bool entry_changed(const struct entry *e);

/* form_draw.c */
void form_draw(struct dialog *d, struct canvas *c, struct rect r);

/* field_value.c: fields whose text stands for a number. */
bool field_is_value(const struct field *f);
void field_text(const struct field *f, int64_t v, char *buf, size_t size);
/* ERR_INVALID: it stands for none. */
int field_value(const struct field *f, const char *text, int64_t *v) MUST_CHECK;
const char *field_wanted(const struct field *f); /* what it must be */
/* What stands beside it while it is typed; "" when there is nothing to tell. */
void field_aside(
    const struct field *f, const char *text, char *buf, size_t size);
int field_aside_w(const struct field *f); /* columns to keep for it */
/* The cursor leaves: a sum becomes what it comes to. */
void field_settle(struct entry *e);

/* field_pick.c: choices. */
const char *field_choice(const char *choice); /* as shown */
int field_pick_w(const struct field *f);
int field_pick_key(struct form *f, struct entry *e, const struct key *k);

#endif
