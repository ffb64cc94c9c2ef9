/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "codes_priv.h"

static const struct code *
code_at(const struct codes *codes, int64_t n)
{
	const struct code *c;

	if (n < 0 || n >= (int64_t)codes->n)
		return NULL;
	c = &codes->v[n];
	return c->name != NULL && c->name[0] != '\0' ? c : NULL;
}

const char *
code_name(const struct codes *codes, int64_t n)
{
	const struct code *c = code_at(codes, n);

	return c != NULL ? c->name : "";
}

const char *
code_text(const struct codes *codes, int64_t n)
{
	const struct code *c = code_at(codes, n);

	return c != NULL ? _(c->text) : "";
}

int
code_by_name(const struct codes *codes, const char *word)
{
	const struct code *c;
	int i;

	for (i = 0; i < (int)codes->n; i++)
		if ((c = code_at(codes, i)) != NULL &&
		    (strcmp(word, c->name) == 0 || strcmp(word, c->text) == 0 ||
			strcmp(word, _(c->text)) == 0))
			return i;
	return -1;
}
