/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_PINYIN_H
#define SHOPMGR_BASE_PINYIN_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Chinese names to Latin letters, so that 张三丰 is found by "zsf". The table
 * is data/pinyin.tsv; surnames have their own readings (单 shan, 仇 qiu).
 */

/* Initials of a name: "zsf"; letters and digits stay, lower case; all else is
 * left out. The first character is read as a surname. */
void pinyin_initials(const char *name, char *buf, size_t size);
/* The same with every character in its ordinary reading; returns false when
 * that gives nothing different. */
bool pinyin_initials_plain(const char *name, char *buf, size_t size);
/* Whole syllables, "zhang san feng", for sorting. */
void pinyin_full(const char *name, char *buf, size_t size);
/* The same of words that are no name: 单据 is "dan ju". */
void pinyin_words(const char *text, char *buf, size_t size);

#endif
