package org.inotify4j.cli.doctor;

/**
 * Something that is wrong.
 *
 * @param what what it is, in one line that is safe to be shown
 * @param remedy the command that mends it, or what to do where there is none
 */
record DoctorProblem(String what, String remedy) {}
