/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_PICK_H
#define SHOPMGR_TUI_PICK_H

#include <stdbool.h>
#include <stddef.h>

#include "shopmgr/tui/canvas.h"

/*
 * Choices and what somebody types to find one: a part of its words in either
 * language, or of the initials of their pinyin. Those that begin with it come
 * first.
 */

struct ui;

struct choices {
	const char *const *words;  /* as shown */
	const char *const *others; /* in the other language; may be NULL */
	size_t n;
	char **initials; /* of the words; made when something is typed */
	int *fit;        /* the choices that fit, best first */
	size_t nfit;
};

void choices_init(struct choices *c, const char *const *words,
    const char *const *others, size_t n);
void choices_done(struct choices *c);
void choices_narrow(struct choices *c, const char *typed);

struct pick {
	const char *title;
	const char *const *words, *const *others;
	size_t n;
	int selected;
	bool *on;          /* several may be chosen: which are */
	const char *typed; /* so far; or NULL */
	struct rect at;    /* the field it belongs to; h 0: none */
	bool amid;         /* what is scanned meanwhile is for who asks */
};

/* The chosen index (of several: 0), or -1. */
int pick_run(struct ui *ui, const struct pick *p);

#endif
