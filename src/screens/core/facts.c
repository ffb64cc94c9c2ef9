/* SPDX-License-Identifier: MIT */
#include "screens_priv.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"

/* Labels and values as a text, for dialogs that tell. */

void
show_facts(struct str *out, const char *const *pairs)
{
	int w = 0, n;
	size_t i;

	for (i = 0; pairs[i] != NULL; i += 2)
		if (pairs[i + 1][0] != '\0' && text_width(pairs[i]) > w)
			w = text_width(pairs[i]);
	for (i = 0; pairs[i] != NULL; i += 2) {
		if (pairs[i + 1][0] == '\0')
			continue;
		str_add(out, pairs[i]);
		for (n = text_width(pairs[i]); n < w + 2; n++)
			str_addc(out, ' ');
		str_addf(out, "%s\n", pairs[i + 1]);
	}
}
