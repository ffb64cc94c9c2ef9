/* SPDX-License-Identifier: MIT */
#ifndef TESTS_KIT_TRIES_H
#define TESTS_KIT_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/kits.h"

/* Kits, for the test of every role at every operation. */

static int
try_kit_parts(struct session *s)
{
	struct page page = { 0 };
	int rc = kit_parts(s, 1, &page);

	page_free(&page);
	return rc;
}

static int
try_kit_put(struct session *s)
{
	return kit_put(s, 1, 2, 1);
}

/* clang-format off */
#define KIT_TRIES \
	{ NULL, PERM_PRODUCT_VIEW, NULL, try_kit_parts }, \
	{ "product-kit", PERM_PRODUCT_EDIT, NULL, try_kit_put }
/* clang-format on */

#endif
