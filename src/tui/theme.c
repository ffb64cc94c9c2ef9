/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/tui/theme.h"

/*
 * Calm: one accent (a quiet blue), red for what stops work, yellow for what is
 * late or short. Every other difference is weight and brightness. The
 * terminal's own background stays.
 */

struct palette {
	const char *name;
	struct look rich[STYLE_MAX];  /* 256 colours */
	struct look plain[STYLE_MAX]; /* 8 */
};

static const struct palette palettes[] = {
	{
	    .name = "dark",
	    .rich = {
		[STYLE_TEXT] = { -1, -1, 0 },
		[STYLE_TITLE] = { 252, -1, LOOK_BOLD },
		[STYLE_RULE] = { 240, -1, 0 },
		[STYLE_DIM] = { 245, -1, 0 },
		[STYLE_LABEL] = { 248, -1, 0 },
		[STYLE_STRONG] = { -1, -1, LOOK_BOLD },
		[STYLE_ACCENT] = { 110, -1, LOOK_BOLD },
		[STYLE_SELECTED] = { 255, 24, 0 },
		[STYLE_FIELD] = { 255, 236, 0 },
		[STYLE_KEY] = { 110, -1, 0 },
		[STYLE_GOOD] = { 108, -1, 0 },
		[STYLE_WARN] = { 179, -1, 0 },
		[STYLE_BAD] = { 203, -1, LOOK_BOLD },
		[STYLE_BAND_GOOD] = { 255, 28, LOOK_BOLD },
		[STYLE_BAND_BAD] = { 255, 124, LOOK_BOLD },
	    },
	    .plain = {
		[STYLE_TEXT] = { -1, -1, 0 },
		[STYLE_TITLE] = { -1, -1, LOOK_BOLD },
		[STYLE_RULE] = { -1, -1, LOOK_DIM },
		[STYLE_DIM] = { -1, -1, LOOK_DIM },
		[STYLE_LABEL] = { -1, -1, 0 },
		[STYLE_STRONG] = { -1, -1, LOOK_BOLD },
		[STYLE_ACCENT] = { 6, -1, LOOK_BOLD },
		[STYLE_SELECTED] = { -1, -1, LOOK_REVERSE },
		[STYLE_FIELD] = { -1, -1, LOOK_UNDERLINE },
		[STYLE_KEY] = { 6, -1, 0 },
		[STYLE_GOOD] = { 2, -1, 0 },
		[STYLE_WARN] = { 3, -1, LOOK_BOLD },
		[STYLE_BAD] = { 1, -1, LOOK_BOLD },
		[STYLE_BAND_GOOD] = { 7, 2, LOOK_BOLD },
		[STYLE_BAND_BAD] = { 7, 1, LOOK_BOLD },
	    },
	},
	{
	    .name = "light",
	    .rich = {
		[STYLE_TEXT] = { -1, -1, 0 },
		[STYLE_TITLE] = { 236, -1, LOOK_BOLD },
		[STYLE_RULE] = { 250, -1, 0 },
		[STYLE_DIM] = { 243, -1, 0 },
		[STYLE_LABEL] = { 240, -1, 0 },
		[STYLE_STRONG] = { -1, -1, LOOK_BOLD },
		[STYLE_ACCENT] = { 25, -1, LOOK_BOLD },
		[STYLE_SELECTED] = { 232, 153, 0 },
		[STYLE_FIELD] = { 232, 254, 0 },
		[STYLE_KEY] = { 25, -1, 0 },
		[STYLE_GOOD] = { 28, -1, 0 },
		[STYLE_WARN] = { 130, -1, LOOK_BOLD },
		[STYLE_BAD] = { 160, -1, LOOK_BOLD },
		[STYLE_BAND_GOOD] = { 255, 28, LOOK_BOLD },
		[STYLE_BAND_BAD] = { 255, 160, LOOK_BOLD },
	    },
	    .plain = {
		[STYLE_TEXT] = { -1, -1, 0 },
		[STYLE_TITLE] = { -1, -1, LOOK_BOLD },
		[STYLE_RULE] = { -1, -1, LOOK_DIM },
		[STYLE_DIM] = { -1, -1, LOOK_DIM },
		[STYLE_LABEL] = { -1, -1, 0 },
		[STYLE_STRONG] = { -1, -1, LOOK_BOLD },
		[STYLE_ACCENT] = { 4, -1, LOOK_BOLD },
		[STYLE_SELECTED] = { -1, -1, LOOK_REVERSE },
		[STYLE_FIELD] = { -1, -1, LOOK_UNDERLINE },
		[STYLE_KEY] = { 4, -1, 0 },
		[STYLE_GOOD] = { 2, -1, 0 },
		[STYLE_WARN] = { 5, -1, 0 },
		[STYLE_BAD] = { 1, -1, LOOK_BOLD },
		[STYLE_BAND_GOOD] = { 7, 2, LOOK_BOLD },
		[STYLE_BAND_BAD] = { 7, 1, LOOK_BOLD },
	    },
	},
};
#define PALETTES (sizeof(palettes) / sizeof(palettes[0]))

/* No colours at all: the words and signs carry it; these only help the eye. */
static const unsigned mono[STYLE_MAX] = {
	[STYLE_TITLE] = LOOK_BOLD,
	[STYLE_DIM] = LOOK_DIM,
	[STYLE_RULE] = LOOK_DIM,
	[STYLE_STRONG] = LOOK_BOLD,
	[STYLE_ACCENT] = LOOK_BOLD | LOOK_UNDERLINE,
	[STYLE_SELECTED] = LOOK_REVERSE,
	[STYLE_FIELD] = LOOK_UNDERLINE,
	[STYLE_KEY] = LOOK_BOLD,
	[STYLE_WARN] = LOOK_BOLD,
	[STYLE_BAD] = LOOK_BOLD | LOOK_REVERSE,
	[STYLE_BAND_GOOD] = LOOK_BOLD | LOOK_REVERSE,
	[STYLE_BAND_BAD] = LOOK_BOLD | LOOK_REVERSE,
};

static const struct palette *
find(const char *name)
{
	size_t i;

	for (i = 0; i < PALETTES; i++) {
		if (name != NULL && strcmp(palettes[i].name, name) == 0)
			return &palettes[i];
	}
	return NULL;
}

bool
theme_exists(const char *name)
{
	return find(name) != NULL;
}

void
theme_look(const char *name, int colors, enum style style, struct look *out)
{
	const struct palette *p = find(name);

	if (p == NULL)
		p = &palettes[0];
	if (colors >= 256)
		*out = p->rich[style];
	else if (colors >= 8)
		*out = p->plain[style];
	else
		*out = (struct look){ -1, -1, mono[style] };
}
