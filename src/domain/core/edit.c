/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"

#include "edit_priv.h"
#include "row_priv.h"
#include "session_priv.h"

/* Trim a text of the form in place; it must be clean UTF-8. What has the room
 * of a name is one. */
int
edit_text(struct session *s, const char *field, char *text, size_t size)
{
	if (!utf8_valid(text, strlen(text)))
		return err_set(&s->err, ERR_INVALID, field,
		    _("The text is not valid UTF-8"));
	if (strpbrk(text, "\n\r\t") != NULL)
		return err_set(&s->err, ERR_INVALID, field,
		    _("The text must be one line"));
	(void)trim_text(text, size, text);
	if (size == NAME_ROOM && text_chars(text) > NAME_CHARS)
		return err_set(&s->err, ERR_INVALID, field,
		    _("The name is too long: %d characters at most"),
		    NAME_CHARS);
	return 0;
}

int
edit_name(struct session *s, const char *field, char out[NAME_ROOM],
    const char *typed)
{
	copy_text(out, NAME_ROOM, typed);
	return edit_text(s, field, out, NAME_ROOM);
}

int
edit_range(struct session *s, const char *field, int64_t value, int64_t max)
{
	if (value < 0 || value > max)
		return err_set(&s->err, ERR_INVALID, field,
		    _("The number must be between 0 and %" PRId64), max);
	return 0;
}

void
tell_text(struct str *words, const char *field, const char *was, const char *is)
{
	if (strcmp(was, is) != 0)
		str_addf(words, "%s%s \"%s\" -> \"%s\"",
		    words->len > 0 ? "; " : "", field, was, is);
}

void
tell_number(struct str *words, const char *field, int64_t was, int64_t is)
{
	if (was != is)
		str_addf(words, "%s%s %" PRId64 " -> %" PRId64,
		    words->len > 0 ? "; " : "", field, was, is);
}

void
tell_money(struct str *words, const char *field, int64_t was, int64_t is)
{
	char old[MONEY_SIZE], new[MONEY_SIZE];

	if (was != is)
		str_addf(words, "%s%s %s -> %s", words->len > 0 ? "; " : "",
		    field, money_plain(was, old), money_plain(is, new));
}
