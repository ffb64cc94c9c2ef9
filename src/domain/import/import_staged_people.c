/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "staged_priv.h"

/* The customers of other platforms: who they are there, and what is noted. */

static bool
is_latin(struct slice v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if ((unsigned char)v.s[i] >= 0x80)
			return false;
	return true;
}

/* "Ann Example", but 王小明. */
static struct slice
whole_name(struct job *j, const struct kept_row *row)
{
	struct slice name = kept_value(row, "name");
	struct slice first = kept_value(row, "first_name");
	struct slice last = kept_value(row, "last_name");

	if (name.n > 0 || last.n == 0)
		return name.n > 0 ? name : first;
	if (first.n == 0)
		return last;
	if (is_latin(first) && is_latin(last))
		return slice_of(arena_printf(&j->scratch, "%.*s %.*s",
		    (int)first.n, first.s, (int)last.n, last.s));
	return slice_of(arena_printf(&j->scratch, "%.*s%.*s", (int)last.n,
	    last.s, (int)first.n, first.s));
}

/* What is noted, and the tags behind it in brackets. */
static struct slice
whole_note(struct job *j, const struct kept_row *row)
{
	struct slice note = kept_value(row, "note");
	struct slice tags = kept_value(row, "tags");

	if (tags.n == 0)
		return note;
	return slice_of(arena_printf(&j->scratch, "%.*s%s[%.*s]", (int)note.n,
	    note.s, note.n > 0 ? " " : "", (int)tags.n, tags.s));
}

#define NOBODY "匿名" /* who does not say */

static const char *
identity_of(struct job *j, const struct kept_row *row, struct slice nick,
    struct slice phone)
{
	const char *platform = row->layout->platform;
	struct slice ref = kept_value(row, "ref");

	if (nick.n > 0 && memchr(nick.s, '*', nick.n) == NULL &&
	    !slice_same(nick, NOBODY, strlen(NOBODY)))
		return arena_printf(
		    &j->scratch, "%s:%.*s", platform, (int)nick.n, nick.s);
	if (phone_is_whole(phone))
		return arena_printf(
		    &j->scratch, "tel:%.*s", (int)phone.n, phone.s);
	if (ref.n > 0)
		return arena_printf(
		    &j->scratch, "%s:#%.*s", platform, (int)ref.n, ref.s);
	return NULL;
}

int
contact_row(struct job *j, struct kept_row *row)
{
	struct slice nick = kept_value(row, "nick");
	struct contact_says says = { .phone = kept_value(row, "phone"),
		.name = whole_name(j, row),
		.note = whole_note(j, row) };

	if (nick.n == 0)
		nick = kept_value(row, "email");
	if (says.phone.n == 0)
		says.phone = kept_value(row, "phone2");
	says.nick = nick;
	says.identity = identity_of(j, row, nick, says.phone);
	if (says.identity == NULL) {
		kept_refuse(j, row, kept_at(row->layout, "phone"),
		    _("The row has neither a whole nick nor a whole mobile "
		      "number to know the customer by"));
		return 0;
	}
	return customer_take(j, &says);
}
