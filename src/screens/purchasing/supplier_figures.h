/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_SUPPLIER_FIGURES_H
#define SCREENS_SUPPLIER_FIGURES_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/table.h"

/* A supplier in figures, as a table of its card. */

struct screen;

struct figure {
	int64_t id;
	const char *label, *value;
	const char *screen; /* that shows what is behind it */
};
extern const struct column supplier_figure_columns[];
void supplier_figure_cell(
    const void *row, int col, char *buf, size_t size, enum style *style);
int supplier_figures(const struct screen *sc, int64_t company_id,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
    MUST_CHECK;

#endif
