/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>
#include <zint.h>

#include "barcode.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

#define MOST_LINEAR 80   /* characters that somebody would scan */
#define MOST_QR     1000 /* bytes: beyond that no label's square is enough */

static const struct {
	int zint, quiet;
} kinds[] = {
	[PAPER_CODE128] = { BARCODE_CODE128, 10 },
	[PAPER_QR] = { BARCODE_QRCODE, 4 },
	[PAPER_EAN13] = { BARCODE_EANX, 11 },
};

/* Without ECI, which simple scanners do not know: readers tell UTF-8 by
 * itself. */
static int
check_text(enum paper_symbol symbol, const char *text, struct err *err)
{
	size_t len = strlen(text), i;

	if (len == 0)
		return err_set(
		    err, ERR_INVALID, "", _("There is nothing to encode"));
	if (symbol == PAPER_QR && len > MOST_QR)
		return err_set(err, ERR_INVALID, "",
		    _("A QR code of more than %d bytes cannot be scanned"),
		    MOST_QR);
	if (symbol == PAPER_QR && !utf8_valid(text, len))
		return err_set(err, ERR_INVALID, "",
		    _("The text for the QR code is not UTF-8"));
	if (symbol == PAPER_EAN13 &&
	    ((len != 12 && len != 13) || strspn(text, "0123456789") != len))
		return err_set(err, ERR_INVALID, "",
		    _("%s is no EAN-13: that is 13 digits"), text);
	if (symbol != PAPER_CODE128)
		return 0;
	for (i = 0; i < len; i++)
		if (!isascii(text[i]) || !isprint(text[i]))
			return err_set(err, ERR_INVALID, "",
			    _("%s cannot be a barcode: only letters, digits "
			      "and signs of ASCII can"),
			    text);
	if (len > MOST_LINEAR)
		return err_set(err, ERR_INVALID, "",
		    _("%s cannot be a barcode: it has more than %d characters"),
		    text, MOST_LINEAR);
	return 0;
}

static int
refused(const struct zint_symbol *z, enum paper_symbol symbol, const char *text,
    struct err *err)
{
	if (symbol == PAPER_EAN13)
		return err_set(err, ERR_INVALID, "",
		    _("%s is no EAN-13: its last digit does not match the "
		      "others"),
		    text);
	return err_set(err, ERR_INVALID, "",
	    _("The barcode cannot be made: %s"), z->errtxt);
}

static void
copy(struct barcode *out, const struct zint_symbol *z, struct arena *arena)
{
	size_t row_size = ((size_t)z->width + 7) / 8;
	unsigned char *bits;
	int i;

	out->width = z->width;
	out->rows = z->rows;
	out->quiet = kinds[out->symbol].quiet;
	bits = arena_alloc(arena, (size_t)z->rows * row_size);
	for (i = 0; i < z->rows; i++)
		memcpy(
		    bits + (size_t)i * row_size, z->encoded_data[i], row_size);
	out->bits = bits;
	out->digits = out->symbol != PAPER_EAN13
			  ? NULL
			  : arena_strdup(arena, (const char *)z->text);
}

int
barcode_make(struct barcode *out, enum paper_symbol symbol, const char *text,
    struct arena *arena, struct err *err)
{
	struct zint_symbol *z;
	int rc = check_text(symbol, text, err);

	if (rc < 0)
		return rc;
	z = ZBarcode_Create();
	if (z == NULL)
		return err_set(err, ERR_IO, "", _("There is no memory left"));
	z->symbology = kinds[symbol].zint;
	z->input_mode = DATA_MODE;
	if (symbol == PAPER_QR)
		z->option_1 = 2; /* level M: 15 % may be dirty */
	out->symbol = symbol;
	rc = ZBarcode_Encode(z, (const unsigned char *)text, (int)strlen(text));
	if (rc >= ZINT_ERROR)
		rc = refused(z, symbol, text, err);
	else
		copy(out, z, arena);
	ZBarcode_Delete(z);
	return rc < 0 ? rc : 0;
}
