/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_TYPED_PRIV_H
#define SHOPMGR_BASE_TYPED_PRIV_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What somebody typed with a Chinese input method on: full-width digits, signs
 * and letters become those of ASCII, capitals small letters, the ideographic
 * blank a blank. What else is not ASCII stays. False: longer than @size.
 */
bool typed_plain(const char *s, char *buf, size_t size);

#endif
