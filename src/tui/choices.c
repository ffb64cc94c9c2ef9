/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/base/str.h"

#include "pick.h"

#define INITIALS 128

void
choices_init(struct choices *c, const char *const *words,
    const char *const *others, size_t n)
{
	*c = (struct choices){ .words = words, .others = others, .n = n };
	c->fit = xreallocarray(NULL, n + 1, sizeof(*c->fit));
	choices_narrow(c, "");
}

void
choices_done(struct choices *c)
{
	size_t i;

	for (i = 0; c->initials != NULL && i < c->n; i++)
		free(c->initials[i]);
	free(c->initials);
	free(c->fit);
}

/* In both readings: a first character that is a surname elsewhere is none in
 * the name of a thing. */
static char *
initials_of(const char *word)
{
	char name[INITIALS], plain[INITIALS];
	struct str out = STR_INIT;

	pinyin_initials(word, name, sizeof(name));
	str_add(&out, name);
	if (pinyin_initials_plain(word, plain, sizeof(plain)))
		str_addf(&out, "\n%s", plain);
	return str_take(&out);
}

static void
make_initials(struct choices *c)
{
	size_t i;

	if (c->initials != NULL)
		return;
	c->initials = xreallocarray(NULL, c->n + 1, sizeof(*c->initials));
	for (i = 0; i < c->n; i++)
		c->initials[i] = initials_of(c->words[i]);
}

/* 3: is it, 2: begins with it, 1: has it, 0: not at all. */
static int
fits(const char *text, const char *typed)
{
	const char *at = text != NULL ? strcasestr(text, typed) : NULL;

	if (at == NULL)
		return 0;
	if (strcasecmp(text, typed) == 0)
		return 3;
	return at == text || at[-1] == '\n' ? 2 : 1;
}

static int
rank(const struct choices *c, size_t i, const char *typed)
{
	const char *text[3] = { c->words[i],
		c->others != NULL ? c->others[i] : NULL, c->initials[i] };
	int best = 0, j;

	for (j = 0; j < 3; j++) {
		int r = fits(text[j], typed);

		if (r > best)
			best = r;
	}
	return best;
}

void
choices_narrow(struct choices *c, const char *typed)
{
	int want;
	size_t i;

	c->nfit = 0;
	if (typed[0] == '\0') {
		for (i = 0; i < c->n; i++)
			c->fit[c->nfit++] = (int)i;
		return;
	}
	make_initials(c);
	for (want = 3; want >= 1; want--) {
		for (i = 0; i < c->n; i++) {
			if (rank(c, i, typed) == want)
				c->fit[c->nfit++] = (int)i;
		}
	}
}
