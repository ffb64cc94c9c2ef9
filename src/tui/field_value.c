/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"

#include "form_priv.h"

#define TEXT_SIZE 128

static int64_t
today(void)
{
	return time_day(time_now());
}

bool
field_is_value(const struct field *f)
{
	return f->type == FIELD_COUNT || f->type == FIELD_MONEY ||
	       f->type == FIELD_DATE;
}

static bool
is_blank(const char *text)
{
	return text[strspn(text, " ")] == '\0';
}

static void
write_value(const struct field *f, int64_t v, char *buf, size_t size)
{
	char text[TIME_SIZE > MONEY_SIZE ? TIME_SIZE : MONEY_SIZE];

	if (f->type == FIELD_MONEY)
		copy_text(buf, size, money_plain(v, text));
	else if (f->type == FIELD_DATE)
		copy_text(buf, size, v != 0 ? day_text(v, text) : "");
	else
		snprintf(buf, size, "%" PRId64, v);
}

void
field_text(const struct field *f, int64_t v, char *buf, size_t size)
{
	if (v == 0 && !(f->flags & FIELD_FIXED))
		copy_text(buf, size, ""); /* nothing to be typed over */
	else
		write_value(f, v, buf, size);
}

static int
read_day(const struct field *f, const char *text, int64_t *v)
{
	return f->flags & FIELD_PAST ? day_parse_past(text, today(), v)
				     : day_parse(text, today(), v);
}

int
field_value(const struct field *f, const char *text, int64_t *v)
{
	if (is_blank(text)) {
		*v = 0;
		return 0;
	}
	if (f->type == FIELD_MONEY)
		return money_sum(text, v);
	if (f->type == FIELD_DATE)
		return read_day(f, text, v);
	return count_sum(text, v);
}

const char *
field_wanted(const struct field *f)
{
	if (f->type == FIELD_MONEY)
		return _("An amount is wanted here, such as 12.50 or 3*4.5+2");
	if (f->type == FIELD_DATE)
		return _("A day is wanted here, such as 11-30, +3 or fri");
	return _("A whole number is wanted here, such as 40 or 3*12+4");
}

void
field_aside(const struct field *f, const char *text, char *buf, size_t size)
{
	char shown[MONEY_SIZE];
	int64_t v;

	copy_text(buf, size, "");
	if (is_blank(text) || field_value(f, text, &v) < 0)
		return;
	if (f->type == FIELD_DATE) {
		day_about(v, today(), buf, size);
		return;
	}
	if ((f->type == FIELD_MONEY ? money_parse(text, &v)
				    : count_parse(text, &v)) == 0)
		return; /* no sum */
	snprintf(buf, size, "= %s",
	    f->type == FIELD_MONEY ? money_show(v, shown)
				   : count_show(v, shown));
}

int
field_aside_w(const struct field *f)
{
	char text[TEXT_SIZE];
	int64_t day = today();

	if (f->type != FIELD_DATE)
		return 0;
	return text_width(day_about(day + 9999, day, text, sizeof(text)));
}

void
field_settle(struct entry *e)
{
	char text[TEXT_SIZE];
	int64_t v;

	if (!field_is_value(e->field) || is_blank(e->text) ||
	    field_value(e->field, e->text, &v) < 0)
		return;
	write_value(e->field, v, text, sizeof(text));
	if (strcmp(text, e->text) != 0)
		line_set(&e->line, text);
}
