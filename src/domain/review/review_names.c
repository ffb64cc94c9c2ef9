/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/review.h"

/* The rules that a shop begins with (data/review.tsv) are named in Chinese;
 * who reads the screens in another language reads their names in that. */

static const struct {
	const char *name, *text;
} seeded[] = {
	{ "买家留言", N_("Buyer left a message") },
	{ "卖家备注要求", N_("Remark asks to wait") },
	{ "预售商品", N_("Presale goods") },
	{ "地址不详", N_("Vague address") },
	{ "收货人不全", N_("Receiver incomplete") },
	{ "同一买家多单", N_("Many orders of a buyer") },
	{ "大额订单", N_("Large amount") },
	{ "小额订单", N_("Small amount") },
	{ "货到付款", N_("Paid on delivery") },
	{ "库存不足", N_("Too little in stock") },
	{ "偏远地区", N_("Remote region") },
	{ "商品未匹配", N_("Item without a product") },
};

const char *
review_rule_text(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(seeded) / sizeof(seeded[0]); i++)
		if (strcmp(seeded[i].name, name) == 0)
			return _(seeded[i].text);
	return name;
}
