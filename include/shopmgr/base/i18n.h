/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_I18N_H
#define SHOPMGR_BASE_I18N_H

#include <libintl.h>

/*
 * Words for people. _() where a text is used, N_() in tables whose texts are
 * translated when shown (by _()), ngettext() for counts, C_() for single words
 * that need a context. Whole sentences only, never glued from parts.
 */

#define _(s)       gettext(s)
#define N_(s)      (s)
#define C_(ctx, s) i18n_context(ctx "\004" s, s)

const char *i18n_context(const char *key, const char *plain);

/*
 * Set the language: "zh_CN", "en", or NULL or "" for what the environment
 * (LANGUAGE, LC_ALL, LC_MESSAGES, LANG) asks for. Always ends in a UTF-8
 * locale, also where zh_CN was never generated. May be called again while
 * running; what is drawn next is in the new language.
 */
void i18n_init(const char *lang);
const char *i18n_lang(void); /* "zh_CN" or "en" */
void i18n_switch(void);      /* to the other one */
/* For tests: look for catalogues there, and not beside the program; before the
 * first i18n_init(). Kept, not copied. */
void i18n_catalogues(const char *dir);

/*
 * A text of the program's in the language that is not shown, for finding it
 * by either: of N_("Hold") or of _("Hold") it is "Hold" on a Chinese screen,
 * "挂起" on an English one. What is no such text is itself.
 */
const char *i18n_other(const char *text);

#endif
