/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"

#include "input.h"

#define MS         INT64_C(1000000)
#define PASTE_MAX  1048576u
#define PASTE_WAIT (1000 * MS) /* for an end that never comes */
#define SAME_MAX   4           /* a key held down is no scanner */

void
input_init(struct input *in, int gap_ms)
{
	*in = (struct input){ .gap = gap_ms * MS, .paste = STR_INIT };
}

void
input_done(struct input *in)
{
	struct key k;

	while (input_next(in, &k))
		free((char *)k.text);
	free(in->ring);
	str_done(&in->paste);
}

static void
push(struct input *in, uint32_t code, char *text, int64_t at)
{
	size_t i;

	if (in->n == in->cap) {
		size_t cap = in->cap > 0 ? in->cap * 2 : 64;
		struct key *ring = xreallocarray(NULL, cap, sizeof(*ring));

		for (i = 0; i < in->n; i++)
			ring[i] = in->ring[(in->first + i) % in->cap];
		free(in->ring);
		in->ring = ring;
		in->first = 0;
		in->cap = cap;
	}
	in->ring[(in->first + in->n++) % in->cap] =
	    (struct key){ .code = code, .text = text, .at = at };
}

bool
input_next(struct input *in, struct key *out)
{
	if (in->n == 0)
		return false;
	*out = in->ring[in->first];
	in->first = (in->first + 1) % in->cap;
	in->n--;
	return true;
}

bool
input_take(struct input *in, uint32_t code)
{
	size_t i;

	for (i = 0; i < in->n; i++) {
		if (in->ring[(in->first + i) % in->cap].code == code)
			break;
	}
	if (i == in->n)
		return false;
	for (; i + 1 < in->n; i++)
		in->ring[(in->first + i) % in->cap] =
		    in->ring[(in->first + i + 1) % in->cap];
	in->n--;
	return true;
}

/* It was typing after all. */
static void
release(struct input *in)
{
	size_t i;

	for (i = 0; i < in->nheld; i++)
		push(in, in->held[i].code, NULL, in->held[i].at);
	in->nheld = 0;
}

static void
push_scan(struct input *in, int64_t at)
{
	char *text = xmalloc(in->nheld + 1);
	size_t i;

	for (i = 0; i < in->nheld; i++)
		text[i] = (char)in->held[i].code;
	text[i] = '\0';
	in->nheld = 0;
	in->scanned = true;
	push(in, KEY_SCAN, text, at);
}

/* The same letter again and again: codes may have such digits, not letters. */
static bool
held_down(const struct input *in)
{
	uint32_t code = in->held[in->nheld - 1].code;
	size_t i;

	if (in->nheld < SAME_MAX || (code >= '0' && code <= '9'))
		return false;
	for (i = 2; i <= SAME_MAX; i++) {
		if (in->held[in->nheld - i].code != code)
			return false;
	}
	return true;
}

static void
key_or_scan(struct input *in, uint32_t code, int64_t at)
{
	bool burst = at - in->last < in->gap;

	if (!burst) {
		release(in);
		in->typing = false;
	}
	in->last = at;
	if (code >= ' ' && code < 0x7f) {
		in->scanned = false;
		if (in->typing) {
			push(in, code, NULL, at);
			return;
		}
		in->held[in->nheld++] = (struct key){ .code = code, .at = at };
		if (in->nheld == SCAN_MAX || held_down(in)) {
			release(in);
			in->typing = true;
		}
	} else if (code == KEY_ENTER_ && in->nheld >= SCAN_MIN) {
		push_scan(in, at);
	} else {
		release(in);
		push(in, code, NULL, at);
	}
}

void
input_key(struct input *in, uint32_t code, int64_t at)
{
	if (in->npart > 0) {
		in->npart = 0;
		key_or_scan(in, UTF8_BAD, at);
	}
	if (in->pasting)
		return; /* whatever it was, it was pasted */
	key_or_scan(in, code, at);
}

void
input_click(struct input *in, int y, int x, int64_t at)
{
	struct key *k;

	if (in->pasting)
		return;
	release(in);
	push(in, KEY_CLICK, NULL, at);
	k = &in->ring[(in->first + in->n - 1) % in->cap];
	k->h = y;
	k->w = x;
}

static void
control(struct input *in, unsigned char byte, int64_t at)
{
	switch (byte) {
	case '\n':
		/* Some scanners end in CR and LF. */
		if (in->scanned && at - in->last < in->gap)
			in->scanned = false;
		else
			input_key(in, KEY_ENTER_, at);
		break;
	case '\r':
		input_key(in, KEY_ENTER_, at);
		break;
	case '\t':
		input_key(in, KEY_TAB_, at);
		break;
	case '\b':
	case 0x7f:
		input_key(in, KEY_BACK, at);
		break;
	case 0x1b:
		input_key(in, KEY_ESC_, at);
		break;
	default:
		if (byte >= 1 && byte <= 26)
			input_key(in, byte, at);
		break;
	}
}

static size_t
length_of(unsigned char lead)
{
	if (lead >= 0xc2 && lead < 0xe0)
		return 2;
	if (lead >= 0xe0 && lead < 0xf0)
		return 3;
	return lead >= 0xf0 && lead < 0xf5 ? 4 : 1;
}

/* A byte of a character beyond ASCII. One that cannot be costs no other key. */
static void
part_of_character(struct input *in, unsigned char byte, int64_t at)
{
	bool tail = (byte & 0xc0) == 0x80;
	uint32_t cp;

	if (in->npart > 0 && !tail) {
		in->npart = 0;
		key_or_scan(in, UTF8_BAD, at);
	}
	in->part[in->npart++] = (char)byte;
	if (in->npart < length_of((unsigned char)in->part[0]))
		return;
	utf8_decode(in->part, in->npart, &cp);
	in->npart = 0;
	key_or_scan(in, cp, at);
}

void
input_byte(struct input *in, unsigned char byte, int64_t at)
{
	if (in->pasting) {
		in->pasted = at;
		if (in->paste.len < PASTE_MAX && byte != 0)
			str_addc(&in->paste, (char)byte);
	} else if (byte >= 0x80)
		part_of_character(in, byte, at);
	else if (byte < ' ' || byte == 0x7f)
		control(in, byte, at);
	else
		input_key(in, byte, at);
}

void
input_paste(struct input *in, bool begin, int64_t at)
{
	if (begin == in->pasting)
		return;
	in->pasting = begin;
	in->pasted = in->last = at;
	if (begin)
		release(in);
	else
		push(in, KEY_PASTE, str_take(&in->paste), at);
}

void
input_tick(struct input *in, int64_t now)
{
	if (in->nheld > 0 && now - in->last >= in->gap)
		release(in);
	if (in->pasting && now - in->pasted >= PASTE_WAIT)
		input_paste(in, false, now);
}

int64_t
input_due(const struct input *in)
{
	if (in->nheld > 0)
		return in->last + in->gap;
	return in->pasting ? in->pasted + PASTE_WAIT : 0;
}
