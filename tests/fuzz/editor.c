/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/tui/input.h"
#include "../../src/tui/note.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"

/*
 * Any bytes at the keyboard: decoded to keys, which edit a line, or a note of
 * several, which is drawn. The first byte chooses the sizes; of the others 0xf5
 * and above, which no terminal sends as text, stand for function keys and for
 * time.
 */

#define MS INT64_C(1000000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The cursor's place is where a character begins. */
static void
at_boundary(const struct line *l)
{
	size_t at = 0;

	while (at < l->at)
		at = text_next(l->buf, l->len, at);
	assert(at == l->at);
}

static void
check(struct line *l, struct canvas *c, int w)
{
	int y, x;

	assert(l->len < l->size);
	assert(strlen(l->buf) == l->len);
	assert(utf8_valid(l->buf, l->len));
	at_boundary(l);
	canvas_cursor(c, -1, -1);
	line_draw(l, c, 0, 1, w, true);
	canvas_cursor_get(c, &y, &x);
	assert(y == 0 && x >= 1 && x <= w);
	for (x = 0; x < w + 2; x++) {
		const struct cell *cell = canvas_cell(c, 0, x);

		assert(cell->cp[0] != 0 || x > 0);
		if (x == 0 || x == w + 1)
			assert(cell->cp[0] == ' ');
	}
}

static void
check_note(struct note *n, struct canvas *c, int w)
{
	const struct rect r = { 1, 1, 3, w };
	struct line *l = n->line;
	int y, x;

	assert(l->len < l->size && strlen(l->buf) == l->len);
	assert(utf8_valid(l->buf, l->len));
	at_boundary(l);
	canvas_cursor(c, -1, -1);
	note_draw(n, c, r, r, true);
	canvas_cursor_get(c, &y, &x);
	assert(y >= 1 && y <= 3 && x >= 1 && x <= (w > 3 ? w : 3));
}

static void
feed(struct input *in, uint8_t byte, int64_t *now)
{
	static const uint32_t keys[] = { KEY_UP_, KEY_DOWN_, KEY_END_,
		KEY_LEFT_, KEY_RIGHT_, KEY_HOME_, KEY_DEL };

	if (byte < 0xf5) {
		input_byte(in, byte, *now);
		return;
	}
	switch (byte) {
	case 0xf5:
	case 0xf6:
	case 0xf7:
	case 0xf8:
	case 0xf9:
	case 0xfa:
	case 0xfb:
		input_key(in, keys[byte - 0xf5], *now);
		break;
	case 0xfc:
		input_paste(in, true, *now);
		break;
	case 0xfd:
		input_paste(in, false, *now);
		break;
	default:
		*now += byte == 0xfe ? 10 * MS : 2000 * MS;
		input_tick(in, *now);
		break;
	}
}

static void
run(const uint8_t *data, size_t size, struct line *l, struct note *n, int w)
{
	struct canvas *c = canvas_new(5, w + 5);
	int64_t now = 1000 * MS;
	struct input in;
	struct key k;
	size_t i;

	input_init(&in, 30);
	for (i = 0; i < size; i++) {
		feed(&in, data[i], &now);
		while (input_next(&in, &k)) {
			if (n != NULL)
				note_key(n, &k);
			else
				line_key(l, &k);
			free((char *)k.text);
			if (n != NULL)
				check_note(n, c, w);
			else
				check(l, c, w);
		}
	}
	input_done(&in);
	canvas_free(c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t first = size > 0 ? data[0] : 0;
	int w = 1 + (first & 15);
	size_t room = 1 + (size_t)(first >> 4) * 5;
	bool several = (first & 0x83) == 0x82;
	char *buf = calloc(1, room);
	struct line l;
	struct note n;

	assert(buf != NULL);
	line_init(&l, buf, room);
	l.secret = (first & 0x81) == 0x81;
	if (several)
		note_init(&n, &l);
	if (size > 0)
		run(data + 1, size - 1, &l, several ? &n : NULL, w);
	line_done(&l);
	free(buf);
	return 0;
}
