/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_PROPOSE_PRIV_H
#define DOMAIN_PROPOSE_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/str.h"

/*
 * A name of goods, taken apart for comparing: the pairs of characters in it,
 * however it is written, and what tells goods of one name apart.
 */

#define NAME_PAIRS 256 /* of longer ones, the beginning counts */
#define NAME_MARKS 12

/* "20cm", "黑色", "大号": marks of one class exclude each other. */
struct name_mark {
	uint32_t class, value;
};

struct name_parts {
	uint64_t pairs[NAME_PAIRS]; /* each once */
	size_t npairs;
	struct name_mark marks[NAME_MARKS];
	size_t nmarks;
};

/* @attrs: "颜色:黑色;尺寸:20厘米"; "" for none. */
void name_read(struct name_parts *out, const char *title, const char *attrs);
/* Letters small, full-width signs ordinary, nothing but letters and digits. */
void name_key(struct str *out, const char *s);

#endif
