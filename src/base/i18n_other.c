/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/map.h"

/*
 * gettext finds a text in one language, and only there. The catalogue itself
 * has both: two tables of length and place, of the texts as they are in the
 * program and as they are in Chinese.
 */

#define DOMAIN   "shopmgr"
#define MO_MAGIC 0x950412deu
#define MO_MAX   (16L * 1024 * 1024)

static struct {
	bool tried;
	char *mo; /* the catalogue, ended by a zero; NULL: none */
	size_t size;
	struct map chinese, english; /* to the place in mo of the other */
} known;

static uint32_t
number_at(size_t at)
{
	uint32_t n = 0;

	if (at + sizeof(n) <= known.size)
		memcpy(&n, known.mo + at, sizeof(n));
	return n;
}

static void
read_catalogue(void)
{
	const char *dir = bindtextdomain(DOMAIN, NULL);
	char path[4096 + 64];
	long size = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/zh_CN/LC_MESSAGES/" DOMAIN ".mo",
	    dir != NULL ? dir : "");
	f = fopen(path, "rb");
	if (f == NULL)
		return;
	if (fseek(f, 0, SEEK_END) == 0)
		size = ftell(f);
	if (size > 0 && size < MO_MAX && fseek(f, 0, SEEK_SET) == 0) {
		known.mo = xcalloc((size_t)size + 1, 1);
		known.size = fread(known.mo, 1, (size_t)size, f);
	}
	fclose(f);
	if (known.size != (size_t)size || number_at(0) != MO_MAGIC) {
		free(known.mo);
		known.mo = NULL;
	}
}

static void
remember(struct map *m, const char *text, size_t other)
{
	bool fresh;
	int64_t *at = map_put(m, text, strlen(text), &fresh);

	if (fresh)
		*at = (int64_t)other;
}

/* Plurals are known by their first form; a context is no part of a text. */
static void
learn(void)
{
	uint32_t n, ids, texts, i;

	known.tried = true;
	read_catalogue();
	if (known.mo == NULL)
		return;
	n = number_at(8);
	ids = number_at(12);
	texts = number_at(16);
	for (i = 0; i < n; i++) {
		size_t id = number_at(ids + i * 8 + 4);
		size_t text = number_at(texts + i * 8 + 4);
		const char *context;

		if (id >= known.size || text >= known.size)
			continue;
		context = strchr(known.mo + id, '\004');
		if (context != NULL)
			id = (size_t)(context + 1 - known.mo);
		remember(&known.chinese, known.mo + id, text);
		remember(&known.english, known.mo + text, id);
	}
}

const char *
i18n_other(const char *text)
{
	bool english = strcmp(i18n_lang(), "en") == 0;
	const int64_t *at;

	if (!known.tried)
		learn();
	if (text[0] == '\0' || known.mo == NULL)
		return text;
	at = map_get(
	    english ? &known.chinese : &known.english, text, strlen(text));
	return at != NULL && known.mo[*at] != '\0' ? known.mo + *at : text;
}
