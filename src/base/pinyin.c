/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/embed.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/base/utf8.h"

/* Extension A and the basic block, where all that have a reading are. */
#define FIRST 0x3400u
#define LAST  0x9fffu

#define COMPOUNDS_MAX 256

/*
 * Readings stand in the embedded text, up to the end of their line; the tables
 * hold where. Made on first use, in about a millisecond.
 */
static const char *reading[LAST - FIRST + 1];
static const char *surname[LAST - FIRST + 1];

/* 欧阳: both characters, and "ou yang". */
static struct compound {
	uint32_t first, second;
	const char *reading;
} compounds[COMPOUNDS_MAX];
static size_t ncompounds;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool
in_table(uint32_t cp)
{
	return cp >= FIRST && cp <= LAST;
}

static uint32_t
take_char(const char **s)
{
	uint32_t cp;

	*s += utf8_decode(*s, strnlen(*s, 4), &cp);
	return cp;
}

static int
by_characters(const void *va, const void *vb)
{
	const struct compound *a = va, *b = vb;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->second > b->second) - (a->second < b->second);
}

/* Lines of one or two characters, a tab, and the reading. */
static void
read_table(const char *s, const char **table)
{
	uint32_t first, second;

	for (; *s != '\0'; s = strchr(s, '\n') + 1) {
		first = take_char(&s);
		second = *s != '\t' ? take_char(&s) : 0;
		assert(in_table(first) && *s == '\t');
		s++;
		if (second == 0) {
			table[first - FIRST] = s;
			continue;
		}
		assert(ncompounds < COMPOUNDS_MAX);
		compounds[ncompounds++] = (struct compound){ first, second, s };
	}
}

static void
load(void)
{
	read_table(embed_text("pinyin.tsv"), reading);
	read_table(embed_text("surnames.tsv"), surname);
	qsort(compounds, ncompounds, sizeof(compounds[0]), by_characters);
}

/* Text being written into a buffer that it may not fit. */
struct out {
	char *buf;
	size_t n, size;
	bool whole; /* syllables, not initials */
	bool open;  /* a word of Latin letters may go on */
};

static void
put(struct out *o, char c)
{
	if (o->n + 1 < o->size)
		o->buf[o->n++] = c;
}

/* Each syllable of @s, up to the end of its line. */
static void
put_reading(struct out *o, const char *s)
{
	bool start = true;

	for (; *s != '\n'; s++) {
		if (*s == ' ') {
			start = true;
			continue;
		}
		if (start && o->whole && o->n > 0)
			put(o, ' ');
		if (start || o->whole)
			put(o, *s);
		start = false;
	}
	o->open = false;
}

/* A letter or digit, also of full width, in lower case; or 0. */
static char
latin(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e)
		cp -= 0xff01 - '!';
	if (cp >= 'A' && cp <= 'Z')
		return (char)(cp - 'A' + 'a');
	if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9'))
		return (char)cp;
	return 0;
}

static void
put_other(struct out *o, uint32_t cp)
{
	char c = latin(cp);

	if (c == 0) {
		o->open = false;
		return;
	}
	if (o->whole && !o->open && o->n > 0)
		put(o, ' ');
	put(o, c);
	o->open = true;
}

/* The surname @name begins with, if it is read in its own way. */
static const char *
surname_of(const char **name)
{
	struct compound key = { 0, 0, NULL };
	const struct compound *found;
	const char *s = *name, *one;

	key.first = take_char(&s);
	if (!in_table(key.first))
		return NULL;
	one = s;
	if (*s != '\0') {
		key.second = take_char(&s);
		found = bsearch(&key, compounds, ncompounds,
		    sizeof(compounds[0]), by_characters);
		if (found != NULL) {
			*name = s;
			return found->reading;
		}
	}
	if (surname[key.first - FIRST] != NULL)
		*name = one;
	return surname[key.first - FIRST];
}

static void
write_name(struct out *o, const char *name, bool surnames)
{
	const char *own;
	uint32_t cp;

	assert(o->size > 0);
	pthread_once(&once, load);
	while (*name == ' ')
		name++;
	if (surnames && *name != '\0' && (own = surname_of(&name)) != NULL)
		put_reading(o, own);
	while (*name != '\0') {
		cp = take_char(&name);
		if (in_table(cp) && reading[cp - FIRST] != NULL)
			put_reading(o, reading[cp - FIRST]);
		else
			put_other(o, cp);
	}
	o->buf[o->n] = '\0';
}

void
pinyin_initials(const char *name, char *buf, size_t size)
{
	struct out o = { .buf = buf, .size = size };

	write_name(&o, name, true);
}

bool
pinyin_initials_plain(const char *name, char *buf, size_t size)
{
	char other[256];
	struct out o = { .buf = buf, .size = size };

	write_name(&o, name, false);
	pinyin_initials(
	    name, other, size < sizeof(other) ? size : sizeof(other));
	return strncmp(other, buf, sizeof(other) - 1) != 0;
}

void
pinyin_full(const char *name, char *buf, size_t size)
{
	struct out o = { .buf = buf, .size = size, .whole = true };

	write_name(&o, name, true);
}

void
pinyin_words(const char *text, char *buf, size_t size)
{
	struct out o = { .buf = buf, .size = size, .whole = true };

	write_name(&o, text, false);
}
