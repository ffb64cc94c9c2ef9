/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_RESTRICT_H
#define SHOPMGR_BASE_RESTRICT_H

/*
 * The program as the shell of an account that people reach over ssh. They get
 * its screens and nothing else: what they could choose, options, a command and
 * most of the environment, is not theirs to choose. That is so when it is
 * started
 *
 *	-shopmgr			a log-in: sshd, login, su -
 *	shopmgr -c COMMAND		as sshd starts an account's own shell
 *for "ssh HOST COMMAND", scp and sftp; only where it is that account's shell
 *	shopmgr --restricted		by a ForceCommand of sshd
 */

enum restrict_kind {
	RESTRICT_NOT,
	RESTRICT_SCREENS, /* the screens were asked for */
	RESTRICT_COMMAND, /* something else was: to be refused */
};

/* Of how this process was started. */
enum restrict_kind restrict_kind(int argc, char *const *argv);
/* The same of what is given: the account's shell and this program's file, with
 * all links followed; what the client of a ForceCommand asked for, or NULL. */
enum restrict_kind restrict_kind_of(int argc, char *const *argv,
    const char *shell, const char *exe, const char *original);

/*
 * Leaves of the environment only what says which terminal and which language
 * somebody has, and of that only what looks like it. HOME is the account's.
 * Nothing will be written when the program crashes: it would hold customers'
 * data.
 */
void restrict_environment(void);

#endif
