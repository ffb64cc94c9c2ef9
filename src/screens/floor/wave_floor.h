/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_WAVE_FLOOR_H
#define SCREENS_WAVE_FLOOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/key.h"
#include "shopmgr/tui/line.h"

/*
 * What the screens of the floor do alike: one place for scans, one question,
 * and what came of the last scan, over the full width. A scanner and Enter are
 * all that is needed. Such a screen's state begins with its struct floor.
 */

struct cmd;
struct screen;

enum floor_band { FLOOR_QUIET, FLOOR_GOOD, FLOOR_BAD };

struct floor {
	struct line line;
	char text[128];
	enum floor_band band; /* stays until the next scan */
	char said[600];
	bool shut; /* nothing is scanned here any more: nothing is asked for */
	/* A code, scanned or typed with Enter; never empty. */
	int (*take)(struct screen *sc, const char *code);
};

void floor_open(
    struct screen *sc, int (*take)(struct screen *sc, const char *code));
void floor_close(struct screen *sc);
int floor_key(struct screen *sc, const struct key *k);
bool floor_typing(struct screen *sc);
/* "3*CODE": *@qty becomes 3; else it stays. What is behind it. */
const char *floor_times(const char *text, int64_t *qty);
/* Where one works, if there is a choice: asked once, or (@anew) again. */
int floor_ask(struct screen *sc, bool anew);
int cmd_floor_place(struct screen *sc);
/* Its name; "" where there is one only, or none was chosen. */
const char *floor_place_name(struct screen *sc, char name[NAME_ROOM]);
int cmd_floor_answer(struct screen *sc);
int cmd_floor_leave(struct screen *sc);

void floor_good(struct screen *sc, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* @bell: 0 that was wrong, 1 stop. */
void floor_bad(struct screen *sc, int bell, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* The session's error, as a stop. 0. */
int floor_failed(struct screen *sc);

/* Band and question at the foot of @r; returns what is left above them. */
struct rect floor_draw(struct screen *sc, struct canvas *c, struct rect r,
    const char *question, const char *right);
/* A number to be read from across the room; its height. */
#define FLOOR_BIG_H 5
void floor_big(
    struct canvas *c, int y, int x, int w, enum style style, int64_t number);

/* The same of a code: letters, digits, '-', '.', '/', '_', blanks, and '*' for
 * "times". False: it has others, or is too long; nothing is drawn. */
bool floor_big_text(
    struct canvas *c, int y, int x, int w, enum style style, const char *text);

/* What ui_open() is given for the screens of one wave or manifest. */
struct wave_arg { /* "wave", "wave-pick", "wave-sort" */
	int64_t id;
};
struct manifest_arg { /* "manifest" */
	int64_t id;
};

#endif
