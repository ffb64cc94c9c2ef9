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
};

static bool
is_code(const char *note, size_t n, const char *code)
{
	return strlen(code) == n && memcmp(note, code, n) == 0;
}

const char *
said_text(struct arena *arena, const char *note)
{
	size_t i, n = strcspn(note, " ");
	const char *about = note[n] != '\0' ? note + n + 1 : "";

	if (note[0] != '@')
		return note;
	for (i = 0; i < sizeof(saids) / sizeof(saids[0]); i++)
		if (is_code(note, n, saids[i].code))
			return _(saids[i].text);
	if (is_code(note, n, SAID_SKU))
		return arena_printf(arena,
		    _("The buyer changed the SKU on the platform: %s"), about);
	if (is_code(note, n, SAID_SKU_UNKNOWN))
		return arena_printf(arena,
		    _("The buyer changed the SKU on the platform to \"%s\"; "
		      "the shop has no such one of this item: see what is to "
		      "be sent"),
		    about);
	return note;
}
