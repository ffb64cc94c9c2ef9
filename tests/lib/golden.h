/* SPDX-License-Identifier: MIT */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

/*
 * Compare @text with tests/golden/NAME.txt and fail the test with a readable
 * difference. With UPDATE=1 in the environment the file is written instead.
 */
#define golden_check(name, text) golden_check_(name, text, __FILE__, __LINE__)
void golden_check_(
    const char *name, const char *text, const char *file, int line);

#endif
