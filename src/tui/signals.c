/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "signals.h"

volatile sig_atomic_t signals_resized, signals_end, signals_back;

static const struct termios *saved_modes;
static const char *last_words;
static size_t last_words_len;
static sigset_t wait_mask, old_mask;

static const int waited[] = { SIGWINCH, SIGCONT, SIGTERM, SIGHUP, SIGINT };
/* Ctrl-Z is undo here; ncurses would stop, and leave pastes marked. A file that
 * may not grow is an error of writing, and no reason to die. */
static const int ignored[] = { SIGTSTP, SIGXFSZ };
static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
#define N(a) (sizeof(a) / sizeof((a)[0]))
static struct sigaction old_waited[N(waited)], old_fatal[N(fatal)];
static struct sigaction old_ignored[N(ignored)];

static void
on_waited(int sig)
{
	if (sig == SIGWINCH)
		signals_resized = 1;
	else if (sig == SIGCONT)
		signals_back = 1;
	else
		signals_end = 1;
}

/* Leave the terminal usable, then let the signal do what it does. */
static void
on_fatal(int sig)
{
	size_t i;

	if (write(STDOUT_FILENO, last_words, last_words_len) >= 0)
		tcsetattr(STDOUT_FILENO, TCSANOW, saved_modes);
	for (i = 0; i < N(fatal); i++)
		sigaction(fatal[i], &old_fatal[i], NULL);
	raise(sig);
}

void
signals_catch(const struct termios *saved)
{
	struct sigaction wait_for = { .sa_handler = on_waited };
	struct sigaction die = { .sa_handler = on_fatal,
		.sa_flags = SA_NODEFER };
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t block;
	size_t i;

	signals_resized = signals_end = signals_back = 0;
	saved_modes = saved;
	last_words_len = 0;

	sigemptyset(&block);
	sigemptyset(&wait_for.sa_mask);
	sigemptyset(&die.sa_mask);
	for (i = 0; i < N(waited); i++)
		sigaddset(&block, waited[i]);
	sigprocmask(SIG_BLOCK, &block, &old_mask);
	wait_mask = old_mask;
	for (i = 0; i < N(waited); i++) {
		sigdelset(&wait_mask, waited[i]);
		sigaction(waited[i], &wait_for, &old_waited[i]);
	}
	for (i = 0; i < N(fatal); i++)
		sigaction(fatal[i], &die, &old_fatal[i]);
	sigemptyset(&ignore.sa_mask);
	for (i = 0; i < N(ignored); i++)
		sigaction(ignored[i], &ignore, &old_ignored[i]);
}

/* One that is still pending comes to us, as it would kill later. */
void
signals_release(void)
{
	size_t i;

	sigprocmask(SIG_SETMASK, &old_mask, NULL);
	for (i = 0; i < N(fatal); i++)
		sigaction(fatal[i], &old_fatal[i], NULL);
	for (i = 0; i < N(waited); i++)
		sigaction(waited[i], &old_waited[i], NULL);
	for (i = 0; i < N(ignored); i++)
		sigaction(ignored[i], &old_ignored[i], NULL);
}

void
signals_last_words(const char *bytes, size_t n)
{
	last_words = bytes;
	last_words_len = n;
}

const sigset_t *
signals_wait_mask(void)
{
	return &wait_mask;
}
