/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

#include "marks.h"

/* Where the terminal draws the signs two columns wide, ASCII stands in. */
static const char *
either(const char *sign, const char *ascii)
{
	return width_ambiguous == 2 ? ascii : sign;
}

const char *
mark_row(void)
{
	return either("▌", ">");
}

const char *
mark_check(void)
{
	return either("✓", "*");
}

const char *
mark_arrow(bool up)
{
	return up ? either("▲", "^") : either("▼", "v");
}

const char *
mark_changed(void)
{
	return either("•", "~");
}

int
mark_more(struct canvas *c, int y, int x, int w, bool above)
{
	char text[64];

	snprintf(text, sizeof(text), "%s %s", mark_arrow(above), _("more"));
	return canvas_text(c, y, x, w, STYLE_DIM, text);
}
