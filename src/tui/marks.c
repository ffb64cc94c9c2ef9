/* SPDX-License-Identifier: MIT */
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
mark_arrow(bool up)
{
	return up ? either("▲", "^") : either("▼", "v");
}

int
mark_more(struct canvas *c, int y, int x, int w, bool above)
{
	int used = canvas_text(c, y, x, w, STYLE_DIM, mark_arrow(above)) + 1;

	if (w <= used)
		return used;
	return used +
	       canvas_text(c, y, x + used, w - used, STYLE_DIM, _("more"));
}
