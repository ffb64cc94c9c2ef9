/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/i18n.h"

#include "order_priv.h"

/*
 * Notes that the program writes by itself are kept as a code, and what it is
 * about behind a blank: whoever reads them has his own language. Anything else
 * is what somebody typed, or wrote before there were codes.
 */

static const struct {
	const char *code, *text;
} saids[] = {
	{ SAID_ADDRESS, N_("The address was changed on the platform") },
	{ SAID_REMARK, N_("The remark was changed on the platform") },
	{ SAID_BAD_LINE, N_("A line of it was refused at import") },
	{ SAID_SKU, N_("The buyer changed the SKU on the platform: %s") },
	{ SAID_SKU_UNKNOWN,
	    N_("The buyer changed the SKU on the platform to \"%s\"; the shop "
	       "has no such one of this item: see what is to be sent") },
};

const char *
said_text(struct arena *arena, const char *note)
{
	const char *about;
	size_t i, n;

	if (note[0] != '@')
		return note;
	n = strcspn(note, " ");
	about = note[n] != '\0' ? note + n + 1 : "";
	for (i = 0; i < sizeof(saids) / sizeof(saids[0]); i++)
		if (strlen(saids[i].code) == n &&
		    memcmp(note, saids[i].code, n) == 0)
			return strstr(saids[i].text, "%s") != NULL
				   ? arena_printf(
					 arena, _(saids[i].text), about)
				   : _(saids[i].text);
	return note;
}
