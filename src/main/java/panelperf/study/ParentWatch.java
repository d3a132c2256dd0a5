package panelperf.study;

/**
 * Ends the run when the Maven that started it is gone. A signal to Maven's process alone leaves the forked run going to
 * its end, four minutes of load that nobody waits for.
 */
final class ParentWatch {
    private ParentWatch() {}

    /**
     * Calls {@code whenGone} once Maven has ended, when Maven is this process's parent; else does nothing, because a run
     * started from a shell may outlive it on purpose.
     */
    static void watchMaven(ProcessHandle self, Runnable whenGone) {
        self.parent().filter(ParentWatch::isMaven).ifPresent(maven -> {
            var unused = maven.onExit().thenRun(whenGone);
        });
    }

    static boolean isMaven(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("classworlds"))
                .isPresent();
    }
}
