/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TESTS_IO_UNZIP_H
#define SHOPMGR_TESTS_IO_UNZIP_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Just enough of zip and deflate (RFC 1951) to look into a workbook, so that
 * the tests need nothing that the program does not.
 */

struct inflate {
	const unsigned char *in;
	size_t len, at;
	unsigned bits, nbits;
	char *out;
	size_t n;
};

struct huffman {
	uint16_t count[16], symbol[288];
};

static unsigned
take_bits(struct inflate *z, unsigned need)
{
	unsigned v;

	while (z->nbits < need) {
		if (z->at == z->len)
			return 0;
		z->bits |= (unsigned)z->in[z->at++] << z->nbits;
		z->nbits += 8;
	}
	v = z->bits & ((1u << need) - 1);
	z->bits >>= need;
	z->nbits -= need;
	return v;
}

static void
huffman_make(struct huffman *h, const unsigned char *lens, unsigned n)
{
	uint16_t offs[16] = { 0 };

	memset(h->count, 0, sizeof(h->count));
	for (unsigned i = 0; i < n; i++)
		h->count[lens[i]]++;
	h->count[0] = 0;
	for (unsigned i = 1; i < 15; i++)
		offs[i + 1] = (uint16_t)(offs[i] + h->count[i]);
	for (unsigned i = 0; i < n; i++)
		if (lens[i] != 0)
			h->symbol[offs[lens[i]]++] = (uint16_t)i;
}

static unsigned
huffman_take(struct inflate *z, const struct huffman *h)
{
	unsigned code = 0, first = 0, index = 0;

	for (unsigned len = 1; len < 16; len++) {
		code |= take_bits(z, 1);
		if (code < first + h->count[len])
			return h->symbol[index + (code - first)];
		index += h->count[len];
		first = (first + h->count[len]) << 1;
		code <<= 1;
	}
	return 256;
}

static void
inflate_codes(
    struct inflate *z, const struct huffman *lit, const struct huffman *dist)
{
	static const uint16_t base[] = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15,
		17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163,
		195, 227, 258 };
	static const uint16_t far_base[] = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25,
		33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
		3073, 4097, 6145, 8193, 12289, 16385, 24577 };
	unsigned s, len, back;

	while ((s = huffman_take(z, lit)) != 256) {
		if (s < 256) {
			z->out[z->n++] = (char)s;
			continue;
		}
		s -= 257;
		len = base[s];
		if (s >= 8 && s < 28)
			len += take_bits(z, (s - 4) / 4);
		s = huffman_take(z, dist);
		back = far_base[s];
		if (s >= 4)
			back += take_bits(z, (s - 2) / 2);
		for (; len > 0; len--, z->n++)
			z->out[z->n] = z->out[z->n - back];
	}
}

static void
inflate_dynamic(struct inflate *z)
{
	static const unsigned char order[] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5,
		11, 4, 12, 3, 13, 2, 14, 1, 15 };
	unsigned char lens[320] = { 0 };
	struct huffman h, lit, dist;
	unsigned nlit = take_bits(z, 5) + 257, ndist = take_bits(z, 5) + 1;
	unsigned ncode = take_bits(z, 4) + 4, n = 0;

	for (unsigned i = 0; i < ncode; i++)
		lens[order[i]] = (unsigned char)take_bits(z, 3);
	huffman_make(&h, lens, 19);
	memset(lens, 0, sizeof(lens));
	while (n < nlit + ndist) {
		unsigned s = huffman_take(z, &h), again = 1;
		unsigned char v = (unsigned char)s;

		if (s == 16) {
			v = lens[n - 1];
			again = 3 + take_bits(z, 2);
		} else if (s > 16) {
			v = 0;
			again = s == 17 ? 3 + take_bits(z, 3)
					: 11 + take_bits(z, 7);
		}
		while (again-- > 0 && n < sizeof(lens))
			lens[n++] = v;
	}
	huffman_make(&lit, lens, nlit);
	huffman_make(&dist, lens + nlit, ndist);
	inflate_codes(z, &lit, &dist);
}

static void
inflate_fixed(struct inflate *z)
{
	unsigned char lens[288];
	struct huffman lit, dist;

	for (unsigned i = 0; i < 288; i++)
		lens[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	huffman_make(&lit, lens, 288);
	memset(lens, 5, 30);
	huffman_make(&dist, lens, 30);
	inflate_codes(z, &lit, &dist);
}

static void
inflate_stored(struct inflate *z)
{
	size_t n;

	z->bits = z->nbits = 0;
	n = z->in[z->at] | (size_t)z->in[z->at + 1] << 8;
	memcpy(z->out + z->n, z->in + z->at + 4, n);
	z->at += 4 + n;
	z->n += n;
}

static uint32_t
zip_number(const unsigned char *p, int bytes)
{
	uint32_t v = 0;

	while (bytes-- > 0)
		v = v << 8 | p[bytes];
	return v;
}

static char *
zip_member(const unsigned char *zip, const unsigned char *entry)
{
	const unsigned char *local = zip + zip_number(entry + 42, 4);
	struct inflate z = { .in = local + 30 + zip_number(local + 26, 2) +
				   zip_number(local + 28, 2),
		.len = zip_number(entry + 20, 4) };
	size_t size = zip_number(entry + 24, 4);
	unsigned last;

	z.out = malloc(size + 1);
	if (zip_number(entry + 10, 2) == 0) {
		memcpy(z.out, z.in, z.n = size);
	} else {
		do {
			last = take_bits(&z, 1);
			switch (take_bits(&z, 2)) {
			case 0:
				inflate_stored(&z);
				break;
			case 1:
				inflate_fixed(&z);
				break;
			default:
				inflate_dynamic(&z);
				break;
			}
		} while (!last && z.n < size);
	}
	z.out[z.n] = '\0';
	return z.out;
}

/* The text of a file in a zip archive, to be freed; NULL: there is none. */
static char *
unzip(const char *path, const char *member)
{
	FILE *f = fopen(path, "rb");
	unsigned char *zip, *p;
	char *text = NULL;
	size_t len;

	if (f == NULL)
		return NULL;
	fseek(f, 0, SEEK_END);
	len = (size_t)ftell(f);
	rewind(f);
	zip = malloc(len);
	len = fread(zip, 1, len, f);
	fclose(f);
	for (p = zip; p + 46 < zip + len && text == NULL; p++)
		if (memcmp(p, "PK\1\2", 4) == 0 &&
		    zip_number(p + 28, 2) == strlen(member) &&
		    memcmp(p + 46, member, strlen(member)) == 0)
			text = zip_member(zip, p);
	free(zip);
	return text;
}

#endif
