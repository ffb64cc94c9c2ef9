/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_FORM_H
#define SHOPMGR_TUI_FORM_H

#include <stddef.h>
#include <stdint.h>

/*
 * A form is a table of the fields of a record. The record is a plain struct of
 * the domain; its types are checked against the table by the compiler. The form
 * knows text, widths and keys; the rules are the domain's (see ui_form()).
 * Numbers and amounts may be typed as sums ("3*12+5", "19.9*2-5"), see
 * count_sum() and money_sum(); what they come to stands beside the field.
 */

enum field_type {
	FIELD_TEXT,
	FIELD_SECRET, /* a char array, shown as dots */
	FIELD_COUNT,  /* int64_t */
	FIELD_MONEY,  /* int64_t fen, typed in yuan */
	FIELD_PICK,   /* char array: one of choices, which are shown translated;
			 typing filters them */
	FIELD_DATE,   /* int64_t: a day number (time_day()), 0 none; typed as
			 "2026-11-30", "11-30", "today", "+3", "周五" */
	FIELD_NOTE,   /* a char array of several lines */
};

struct field {
	const char *name;  /* as in err.field */
	const char *label; /* N_("Price") */
	enum field_type type;
	unsigned flags;
	size_t offset;
	size_t size;
	const char *const *choices; /* FIELD_PICK; ends with NULL */
	const char *hint;           /* N_("grams"), behind the field; or NULL */
};
#define FIELD_REQUIRED 0x1 /* marked so; the domain is who refuses */
#define FIELD_FIXED    0x2 /* shown, not changed */
#define FIELD_PAST     0x8 /* a day that has been: "fri" is the last one */
#define FIELD_LIST     0x4 /* several codes, blanks between: a scan adds one */

/* clang-format off */
#define FIELD_BASE_(rec, m, type_, label_, flags_) \
	.name = #m, .label = (label_), .type = (type_), .flags = (flags_), \
	.offset = offsetof(rec, m)

/* A char array. */
#define FIELD_CHARS(rec, m, type_, label_, flags_) \
	FIELD_BASE_(rec, m, type_, label_, flags_), \
	.size = _Generic(&((rec *)0)->m[0], char *: sizeof(((rec *)0)->m))

/* An int64_t, shown and read as the type says. */
#define FIELD_NUM(rec, m, type_, label_, flags_) \
	FIELD_BASE_(rec, m, type_, label_, flags_), \
	.size = _Generic(((rec *)0)->m, int64_t: sizeof(int64_t))
/* clang-format on */

#endif
