/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_PLATFORMS_H
#define SHOPMGR_DOMAIN_PLATFORMS_H

/* The platforms by name, as the data has it ("taobao"), and as people call
 * them. One that a layout of the user's own names is called by that name. */

extern const char *const platform_names[]; /* ends with NULL */
const char *platform_text(const char *platform);

#endif
