/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/platforms.h"

const char *const platform_names[] = { "taobao", "tmall", "pdd", "douyin", "jd",
	"1688", "youzan", "kuaishou", "xiaohongshu", "weixin", "alipay",
	"shopify", "etsy", "ebay", "woocommerce", "manual", NULL };

static const char *const texts[] = { N_("Taobao"), N_("Tmall"), N_("Pinduoduo"),
	N_("Douyin"), N_("JD"), "1688", N_("Youzan"), N_("Kuaishou"),
	N_("Xiaohongshu"), N_("WeChat shop"), N_("Alipay"), "Shopify", "Etsy",
	"eBay", "WooCommerce", N_("by hand") };

const char *
platform_text(const char *platform)
{
	size_t i;

	for (i = 0; platform_names[i] != NULL; i++)
		if (strcmp(platform_names[i], platform) == 0)
			return _(texts[i]);
	return platform;
}
