/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "term_keys.h"

const struct term_key term_keys[] = {
	{ "\033[A", KEY_UP_ },
	{ "\033[B", KEY_DOWN_ },
	{ "\033[C", KEY_RIGHT_ },
	{ "\033[D", KEY_LEFT_ },
	{ "\033[H", KEY_HOME_ },
	{ "\033[F", KEY_END_ },
	{ "\033OA", KEY_UP_ },
	{ "\033OB", KEY_DOWN_ },
	{ "\033OC", KEY_RIGHT_ },
	{ "\033OD", KEY_LEFT_ },
	{ "\033OH", KEY_HOME_ },
	{ "\033OF", KEY_END_ },
	{ "\033OM", KEY_ENTER_ },
	{ "\033[1~", KEY_HOME_ },
	{ "\033[4~", KEY_END_ },
	{ "\033[5~", KEY_PGUP },
	{ "\033[6~", KEY_PGDN },
	{ "\033[2~", KEY_INS },
	{ "\033[3~", KEY_DEL },
	{ "\033[Z", KEY_BACKTAB },
	{ "\033OP", KEY_F0 + 1 },
	{ "\033OQ", KEY_F0 + 2 },
	{ "\033OR", KEY_F0 + 3 },
	{ "\033OS", KEY_F0 + 4 },
	{ "\033[11~", KEY_F0 + 1 },
	{ "\033[12~", KEY_F0 + 2 },
	{ "\033[13~", KEY_F0 + 3 },
	{ "\033[14~", KEY_F0 + 4 },
	{ "\033[15~", KEY_F0 + 5 },
	{ "\033[17~", KEY_F0 + 6 },
	{ "\033[18~", KEY_F0 + 7 },
	{ "\033[19~", KEY_F0 + 8 },
	{ "\033[20~", KEY_F0 + 9 },
	{ "\033[21~", KEY_F0 + 10 },
	{ "\033[23~", KEY_F0 + 11 },
	{ "\033[24~", KEY_F0 + 12 },
	{ "\033[200~", TERM_PASTE_ON },
	{ "\033[201~", TERM_PASTE_OFF },
	{ NULL, 0 },
};

const struct term_key *
term_key_at(const unsigned char *bytes, size_t n)
{
	const struct term_key *k;

	for (k = term_keys; k->bytes != NULL; k++) {
		size_t len = strlen(k->bytes);

		if (len <= n && memcmp(bytes, k->bytes, len) == 0)
			return k;
	}
	return NULL;
}
