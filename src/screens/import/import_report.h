/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_IMPORT_REPORT_H
#define SCREENS_IMPORT_REPORT_H

#include <stddef.h>

struct import;
struct page;
struct report;

#define COMING_SHOWN 12

/* What an import of the files @paths comes to, in the language of the moment;
 * anything @rp said before goes. @coming: of import_coming(), one more than is
 * shown. */
void import_tell(struct report *rp, const struct import *im,
    const char *const *paths, size_t n, const struct page *coming);

#endif
