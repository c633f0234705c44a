package dev.melt.engines.answer;

/**
 * That a process' figures were found and put into a log.
 *
 * @param lastLine number of the last line, in {@link ProcessOutput#all()}, that has one of them
 * @param whole whether they are all that a finished process prints
 */
public record Figures(int lastLine, boolean whole) {}
