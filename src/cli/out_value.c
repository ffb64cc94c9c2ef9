/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "out_priv.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"

void
add_shown(struct str *out, const char *s)
{
	size_t len = strlen(s), n;
	uint32_t cp;
	char utf8[4];

	for (; len > 0; s += n, len -= n) {
		n = utf8_decode(s, len, &cp);
		if (cp == '\n' || cp == '\t' || cp == '\r')
			cp = ' ';
		else if (!cp_printable(cp))
			cp = UTF8_BAD;
		str_addn(out, utf8, utf8_encode(cp, utf8));
	}
}

void
add_cell(struct str *out, const char *s, int width, bool right)
{
	int pad = width - text_width(s);

	if (right && pad > 0)
		str_addf(out, "%*s", pad, "");
	str_add(out, s);
	if (!right && pad > 0)
		str_addf(out, "%*s", pad, "");
}

void
json_string(struct str *out, const char *s)
{
	size_t len = strlen(s), n;
	uint32_t cp;
	char utf8[4];

	str_addc(out, '"');
	for (; len > 0; s += n, len -= n) {
		n = utf8_decode(s, len, &cp);
		if (cp == '"' || cp == '\\')
			str_addf(out, "\\%c", (char)cp);
		else if (cp == '\n')
			str_add(out, "\\n");
		else if (cp < 0x20 || cp == 0x7f)
			str_addf(out, "\\u%04x", (unsigned)cp);
		else
			str_addn(out, utf8, utf8_encode(cp, utf8));
	}
	str_addc(out, '"');
}

void
csv_cell(struct str *out, const char *s)
{
	if (strpbrk(s, ",\"\r\n") == NULL) {
		str_add(out, s);
		return;
	}
	str_addc(out, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"')
			str_addc(out, '"');
		str_addc(out, *s);
	}
	str_addc(out, '"');
}

static int64_t
int_at(const struct rec_field *f, const void *row)
{
	int64_t n;

	memcpy(&n, (const char *)row + f->offset, sizeof(n));
	return n;
}

static const char *
text_at(const struct rec_field *f, const void *row)
{
	const char *s;

	memcpy(&s, (const char *)row + f->offset, sizeof(s));
	return s != NULL ? s : "";
}

/* A field as text: for people, or exact. */
void
value_text(const struct session *s, const struct rec_field *f, const void *row,
    bool people, struct str *out)
{
	char buf[MONEY_SIZE > TIME_SIZE ? MONEY_SIZE : TIME_SIZE];

	str_cut(out, 0);
	if (record_hidden(s, f))
		return;
	switch (f->type) {
	case REC_CODE:
	case REC_BOOL:
	case REC_WORD:
		if (people)
			record_words(f, row, out);
		else if (f->type == REC_BOOL)
			str_add(out, int_at(f, row) != 0 ? "true" : "false");
		else
			record_plain(f, row, out);
		break;
	case REC_TEXT:
		if (people)
			add_shown(out, text_at(f, row));
		else
			str_add(out, text_at(f, row));
		break;
	case REC_INT:
		str_addf(out, "%lld", (long long)int_at(f, row));
		break;
	case REC_MONEY:
	case REC_COST:
		str_add(out, people ? money_show(int_at(f, row), buf)
				    : money_plain(int_at(f, row), buf));
		break;
	case REC_TIME:
		if (int_at(f, row) != 0)
			str_add(out, people ? time_full(int_at(f, row), buf)
					    : time_iso(int_at(f, row), buf));
		break;
	}
}

void
json_value(const struct session *s, struct str *out, const struct rec_field *f,
    const void *row)
{
	struct str value = STR_INIT;

	value_text(s, f, row, false, &value);
	if (f->type == REC_INT || f->type == REC_BOOL)
		str_add(out, value.s);
	else if (value.len == 0 && (f->type == REC_TIME || f->type == REC_COST))
		str_add(out, "null");
	else
		json_string(out, value.s);
	str_done(&value);
}
