/* SPDX-License-Identifier: MIT */
#include "shopmgr/domain/shipping.h"

#include "demo_priv.h"

/* What the demo shop packs in. */

int
demo_materials(struct demo_life *l)
{
	static const struct material_edit all[] = {
		{ "BOX-3", "3 号纸箱", 120, 160, true },
		{ "BOX-1", "1 号纸箱", 260, 320, true },
		{ "BAG", "气泡袋", 25, 45, true },
	};
	int64_t id;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(all) / sizeof(all[0]); i++)
		rc = material_add(l->s, &all[i], &id);
	return rc;
}
