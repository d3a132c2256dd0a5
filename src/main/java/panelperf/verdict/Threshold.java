package panelperf.verdict;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import panelperf.run.Run;
import panelperf.visit.Milestone;
import panelperf.visit.Visit;

/** A limit on what visits were like, for one scenario or over all. */
public sealed interface Threshold {
    /** The scope of a threshold over all scenarios. */
    String ALL = "all";

    /** The scenario's name, or {@link #ALL}. */
    String scope();

    /** What is asked for, as a sentence: unique in a run, stable, ASCII. */
    String name();

    /** A check that a visit passes or does not. */
    enum Check {
        SERVER_RESPONDED("server responded") {
            @Override
            boolean passed(Visit visit) {
                return visit.serverResponded();
            }
        },
        PAGE_LOADED("page loaded") {
            @Override
            boolean passed(Visit visit) {
                return visit.pageLoaded();
            }
        };

        private final String title;

        Check(String title) {
            this.title = title;
        }

        abstract boolean passed(Visit visit);

        /** The name in options and journals, for example {@code page_loaded}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * At least this share of visits passes.
     *
     * @param atLeast 0 to 1
     */
    record Rate(String scope, Check check, double atLeast) implements Threshold {
        public Rate {
            if (!(atLeast >= 0 && atLeast <= 1)) {
                throw new IllegalArgumentException("rate of a threshold: expected 0 to 1, found " + atLeast);
            }
        }

        private String percent() {
            return new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(atLeast * 100);
        }

        @Override
        public String name() {
            return String.format(Locale.ROOT, "%s: %s >= %s %%", scope, check.title, percent());
        }
    }

    /** A percentile of a time is short enough. */
    sealed interface InTime extends Threshold {
        /** 0 to 100. */
        double rank();

        /** Milliseconds, more than 0. */
        double atMostMs();

        /** The times of a run, or of the part of it that is the scope's; positive infinity where what is timed did not come. */
        double[] sample(Run part);

        /** What is timed, in the words of the reports. */
        String what();

        @Override
        default String name() {
            return String.format(Locale.ROOT, "%s: %s p%.0f <= %.0f ms", scope(), what(), rank(), atMostMs());
        }
    }

    /**
     * A percentile of a milestone comes in time.
     *
     * @param rank 0 to 100
     * @param atMostMs milliseconds since the intended start
     */
    record Time(String scope, Milestone milestone, double rank, double atMostMs) implements InTime {
        public Time {
            check(milestone.word(), rank, atMostMs);
        }

        @Override
        public double[] sample(Run part) {
            return Sample.of(part, milestone);
        }

        @Override
        public String what() {
            return title(milestone);
        }
    }

    /**
     * A percentile of a step comes in time. Its times are those of a table of steps: one that was not done is slower than
     * every limit, one that was not begun, because its page did not load, is the rate's of loaded pages.
     *
     * @param step the word of a step, see {@link #wordOf}
     * @param rank 0 to 100
     * @param atMostMs milliseconds since the step was due
     */
    record StepTime(String scope, String step, double rank, double atMostMs) implements InTime {
        public StepTime {
            check(step, rank, atMostMs);
        }

        /**
         * A step's name as a word, for example {@code set_Visitors_at_once}: what is no ASCII letter or digit is an underscore.
         */
        public static String wordOf(String name) {
            return name.replaceAll("[^A-Za-z0-9]", "_");
        }

        @Override
        public double[] sample(Run part) {
            return Sample.steps(part, name -> wordOf(name).equals(step));
        }

        @Override
        public String what() {
            return step.replace('_', ' ');
        }
    }

    private static void check(String what, double rank, double atMostMs) {
        if (!(rank >= 0 && rank <= 100) || !(atMostMs > 0)) {
            throw new IllegalArgumentException("threshold of " + what
                    + ": expected a rank of 0 to 100 and a limit of more than 0 ms, found p" + rank + " and " + atMostMs
                    + " ms");
        }
    }

    private static String title(Milestone milestone) {
        return switch (milestone) {
            case FCP_MODEL -> "FCP (model)";
            case LCP_MODEL -> "LCP (model)";
            default -> milestone.word().replace('_', ' ');
        };
    }
}
