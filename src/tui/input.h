/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_INPUT_H
#define SHOPMGR_TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/str.h"
#include "shopmgr/tui/key.h"

/*
 * From bytes and function keys to events, in order: characters out of UTF-8, a
 * paste as one key, a scanner's burst as one key. The part of the terminal
 * that needs no terminal. Times are time_ticks().
 *
 * A burst is at least SCAN_MIN printable ASCII characters, each less than the
 * gap behind the one before, and an Enter as soon after the last. To tell, a
 * character is held back until the gap is over or the burst has ended; what
 * turns out to be typing is then delivered as it was typed.
 */

#define SCAN_MIN 6
#define SCAN_MAX 128

struct input {
	struct key *ring; /* ready */
	size_t first, n, cap;

	struct key held[SCAN_MAX];
	size_t nheld;
	int64_t gap;
	int64_t last; /* when the last character came */
	bool typing;  /* this run of characters is no scan */
	bool scanned; /* a line feed right behind belongs to the scan */

	char part[4]; /* of a character */
	size_t npart;

	struct str paste;
	bool pasting;
	int64_t pasted; /* when its last byte came */
};

void input_init(struct input *in, int gap_ms);
void input_done(struct input *in);
void input_byte(struct input *in, unsigned char byte, int64_t at);
void input_key(struct input *in, uint32_t code, int64_t at);
void input_click(struct input *in, int y, int x, int64_t at);
void input_paste(struct input *in, bool begin, int64_t at);
/* Time goes by: what was held back may be due. */
void input_tick(struct input *in, int64_t now);
/* When input_tick() has something to do; 0: not before the next byte. */
int64_t input_due(const struct input *in);
/* The next event; its text is the caller's to free(). */
bool input_next(struct input *in, struct key *out);
/* Takes the first key with this code out of the queue, if there is one. */
bool input_take(struct input *in, uint32_t code);

#endif
