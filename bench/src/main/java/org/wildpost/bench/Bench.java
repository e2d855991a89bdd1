// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import picocli.CommandLine;

/** {@code ./wildpost bench}. */
@CommandLine.Command(
        name = "wildpost bench",
        subcommands = {SmtpBench.class, RelayBench.class, QueueBench.class, ImapBench.class, ImapIdleBench.class},
        mixinStandardHelpOptions = true,
        description = "Measures a running server.")
public final class Bench implements Runnable {
    private static final int WRONG = 2;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Exits with 0 when everything that was acknowledged was stored, 1 when not, 2 when nothing could be measured. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench());
        line.setExecutionExceptionHandler((problem, command, result) -> {
            System.err.println("wildpost: " + said(problem) + " (is './wildpost run --demo' running?)");
            return WRONG;
        });
        System.exit(line.execute(arguments));
    }

    /** Some exceptions of the network have no words. */
    static String said(Exception problem) {
        String words = problem.getMessage();
        return words == null ? problem.getClass().getSimpleName() : words;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say what to measure: smtp, relay, queue, imap or imap-idle");
    }
}
