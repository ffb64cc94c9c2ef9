/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_CARD_H
#define SCREENS_CARD_H

#include <stdint.h>

#include "list.h"

/*
 * One thing on a screen, and the list of what belongs to it. Such a screen's
 * state begins with its struct card, so that these and those of list.h can
 * stand in its screen_ops.
 */

struct session;
struct table_source;

struct card_kind {
	/* The thing; a page of one row. */
	int (*get)(struct session *s, int64_t id, struct page *out);
	/* All its lines, for a source whose fetch is card_fetch(). */
	int (*lines)(struct session *s, int64_t id, struct page *out);
	/* What is told above the list: the lines it took. NULL: nothing. */
	int (*facts)(struct screen *sc, struct canvas *c, struct rect r);
	/* The list, as list_open() wants it. */
	const struct list_kind *list;
	const struct table_source *source;
	const char *view;
};

struct card {
	struct list list;
	const struct card_kind *kind;
	int64_t id;
	struct page own;
};

/* Read the thing and the first of its lines. */
int card_open(struct screen *sc, const struct card_kind *kind, int64_t id);
void card_close(struct screen *sc);
/* Other lines of the same thing. */
int card_turn(struct screen *sc, const struct card_kind *kind);
/* Both again, keeping to the selected line. */
int card_refresh(struct screen *sc);
/* NULL: it is not there any more. */
const void *card_own(const struct screen *sc);
int card_fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out);
void card_draw(struct screen *sc, struct canvas *c, struct rect r);

#endif
