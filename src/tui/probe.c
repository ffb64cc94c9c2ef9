/* SPDX-License-Identifier: MIT */
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/time.h"

#include "probe.h"

#define MS       INT64_C(1000000)
#define PROBE_MS 150

static size_t
digits(const unsigned char *bytes, size_t n, size_t at, int *value)
{
	*value = 0;
	while (at < n && bytes[at] >= '0' && bytes[at] <= '9' && *value < 1000)
		*value = *value * 10 + bytes[at++] - '0';
	return at;
}

/* ESC [ row ; column R */
static size_t
answer_at(const unsigned char *bytes, size_t n, size_t at, int *col)
{
	int row;

	if (at + 1 >= n || bytes[at] != 0x1b || bytes[at + 1] != '[')
		return 0;
	at = digits(bytes, n, at + 2, &row);
	if (at >= n || row == 0 || bytes[at] != ';')
		return 0;
	at = digits(bytes, n, at + 1, col);
	return at<n && * col> 0 && bytes[at] == 'R' ? at + 1 : 0;
}

int
probe_answer(unsigned char *bytes, size_t *n)
{
	size_t i, end;
	int col;

	for (i = 0; i < *n; i++) {
		end = answer_at(bytes, *n, i, &col);
		if (end == 0)
			continue;
		memmove(bytes + i, bytes + end, *n - end);
		*n -= end - i;
		return col;
	}
	return 0;
}

int
probe_width(unsigned char *typed, size_t size, size_t *n)
{
	static const char ask[] = "\033[1;1H\xe2\x80\x9c\033[6n";
	int64_t until = time_ticks() + PROBE_MS * MS;
	int col = 0;

	if (write(STDOUT_FILENO, ask, sizeof(ask) - 1) < 0)
		return 1;
	while (col == 0 && *n < size) {
		struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
		int64_t left = until - time_ticks();
		ssize_t got;

		if (left <= 0 || poll(&p, 1, (int)(left / MS) + 1) <= 0)
			break;
		got = read(STDIN_FILENO, typed + *n, size - *n);
		if (got <= 0)
			break;
		*n += (size_t)got;
		col = probe_answer(typed, n);
	}
	return col == 3 ? 2 : 1;
}
