/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "pdf_whole.h"

#define ENTRY 20 /* bytes of one in the table, by the format */
#define TAIL  64 /* where the table's place stands */

/* Digits up to the first other byte, which is before @end; -1: none. */
static long
number(const char *s, const char *end)
{
	long n = 0;

	if (s >= end || *s < '0' || *s > '9')
		return -1;
	for (; s < end && *s >= '0' && *s <= '9'; s++) {
		if (n > 100000000000)
			return -1;
		n = n * 10 + (*s - '0');
	}
	return s < end ? n : -1;
}

static bool
is_object(const char *pdf, long size, long at, long no)
{
	char head[32];
	int n = snprintf(head, sizeof(head), "%ld 0 obj", no);

	return at >= 0 && at < size - n &&
	       memcmp(pdf + at, head, (size_t)n) == 0;
}

static bool
is_whole(const char *pdf, long size)
{
	const char *end = pdf + size, *tail, *table;
	long at, n, i;

	if (size < TAIL)
		return false;
	tail = memmem(end - TAIL, TAIL, "startxref\n", 10);
	if (tail == NULL)
		return false;
	at = number(tail + 10, end);
	if (at < 0 || at > size - TAIL || memcmp(pdf + at, "xref\n0 ", 7) != 0)
		return false;
	table = pdf + at + 7;
	n = number(table, end);
	table = memchr(table, '\n', (size_t)(end - table));
	if (n < 2 || table == NULL || (end - table) / ENTRY < n)
		return false;
	for (i = 1; i < n; i++) /* 0 is none */
		if (!is_object(
			pdf, size, number(table + 1 + i * ENTRY, end), i))
			return false;
	return true;
}

bool
pdf_is_whole(int fd)
{
	struct stat st;
	void *pdf;
	bool whole;

	if (fstat(fd, &st) < 0 || st.st_size == 0)
		return false;
	pdf = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (pdf == MAP_FAILED)
		return false;
	whole = is_whole(pdf, (long)st.st_size);
	munmap(pdf, (size_t)st.st_size);
	return whole;
}
