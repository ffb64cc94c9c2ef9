/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "shopmgr/base/embed.h"

const char *
embed_text(const char *name)
{
	const struct embed *e;

	for (e = embeds; e->name != NULL; e++)
		if (strcmp(e->name, name) == 0)
			return e->text;
	assert(false && "no such file in data");
	return "";
}
