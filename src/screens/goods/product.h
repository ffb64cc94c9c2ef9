/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_PRODUCT_H
#define SCREENS_PRODUCT_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/page.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/table.h"

/* A product's card: what it holds, its lists, and how its facts are drawn. */

enum product_tab {
	PRODUCT_STOCK,
	PRODUCT_SUPPLIERS,
	PRODUCT_PRICES,
	PRODUCT_ITEMS,
	PRODUCT_PARTS,
	PRODUCT_VARIANTS,
	PRODUCT_LEDGER,
	PRODUCT_TABS
};

struct product_state {
	int64_t id;
	struct page page; /* the variant, a row; none: not read yet */
	enum product_tab tab;
	struct table *table[PRODUCT_TABS];
};

static inline const struct variant *
product_of(const struct product_state *st)
{
	return page_row(&st->page, 0);
}

/* The lists' sources; each is of the screen. What a role may not read is not
 * among the tabs: product_sees(). */
struct product_part {
	const char *label;
	struct table_source source;
};
extern const struct product_part product_parts[PRODUCT_TABS];
struct session;
bool product_sees(const struct session *s, enum product_tab tab);

/* Lines that were drawn. */
int draw_product_identity(
    struct canvas *c, struct rect r, const struct variant *v);
int draw_product_facts(const struct session *s, struct canvas *c, struct rect r,
    const struct variant *v);

#endif
