package panelperf.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is printed: each figure is the median of its rounds, with the least and the most in brackets. */
final class BenchmarkTable {
    private static final String ROW = "%-13s %9s %7s %22s %20s %20s %22s %22s%n";
    /** The generator is the limit where it uses most of what the machine has beside the server. */
    private static final double BUSY = 0.85;

    private BenchmarkTable() {}

    static String of(BenchmarkOptions options, List<RoundFigures> all) {
        StringBuilder text = new StringBuilder();
        text.append(format(
                "%d users, %d rounds of %d s each in alternation, after %d s to warm up; %d cores, JDK %s, %s%n",
                options.users(),
                options.rounds(),
                options.seconds(),
                options.warmUpSeconds(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                System.getProperty("os.arch")));
        text.append("median [least, most] of the rounds\n\n");
        text.append(format(
                ROW,
                "",
                "lives",
                "failed",
                "lives/s",
                "p50, ms",
                "p99, ms",
                "server CPU, ms/life",
                "generator, ms/life"));
        for (Server server : Server.values()) {
            List<RoundFigures> rounds = of(server, all);
            if (!rounds.isEmpty()) {
                text.append(row(server, rounds));
            }
        }
        return text.append('\n').append(comparison(all)).toString();
    }

    private static List<RoundFigures> of(Server server, List<RoundFigures> all) {
        return all.stream()
                .filter(figures -> figures.round().server() == server)
                .toList();
    }

    private static String row(Server server, List<RoundFigures> rounds) {
        return format(
                ROW,
                server,
                rounds.stream().mapToInt(round -> round.livesMs().length).sum(),
                rounds.stream().mapToInt(RoundFigures::failed).sum(),
                spread(rounds, RoundFigures::livesASecond),
                spread(rounds, round -> round.percentileMs(50)),
                spread(rounds, round -> round.percentileMs(99)),
                spread(rounds, RoundFigures::serverCpuMsALife),
                spread(rounds, RoundFigures::generatorCpuMsALife));
    }

    private static String comparison(List<RoundFigures> all) {
        StringBuilder text = new StringBuilder();
        List<RoundFigures> target = of(Server.TARGET, all);
        for (Server other : List.of(Server.BARE_NETTY, Server.PANEL)) {
            List<RoundFigures> rounds = of(other, all);
            if (!rounds.isEmpty()) {
                text.append(format(
                        "our target / %-12s lives/s x %.2f; lives for the same CPU of the server x %.2f%n",
                        other,
                        median(target, RoundFigures::livesASecond) / median(rounds, RoundFigures::livesASecond),
                        median(rounds, RoundFigures::serverCpuMsALife)
                                / median(target, RoundFigures::serverCpuMsALife)));
            }
        }
        for (Server server : Server.values()) {
            List<RoundFigures> rounds = of(server, all);
            if (!rounds.isEmpty()) {
                text.append(limit(server, rounds));
            }
        }
        return text.toString();
    }

    private static String limit(Server server, List<RoundFigures> rounds) {
        double own = median(rounds, RoundFigures::generatorCores);
        double servers = median(rounds, RoundFigures::serverCores);
        int cores = Runtime.getRuntime().availableProcessors();
        boolean full = own + servers > BUSY * cores;
        return format(
                "with %-12s the generator used %.2f cores and the server %.2f%s%n",
                server,
                own,
                servers,
                full && own > servers
                        ? ": THE GENERATOR WAS THE LIMIT, so lives/s says more of it; compare the CPU a life"
                        : "");
    }

    private static String spread(List<RoundFigures> rounds, ToDoubleFunction<RoundFigures> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        String pattern = median(rounds, figure) < 10 ? "%.2f [%.2f, %.2f]" : "%.0f [%.0f, %.0f]";
        return format(pattern, median(rounds, figure), sorted[0], sorted[sorted.length - 1]);
    }

    private static double median(List<RoundFigures> rounds, ToDoubleFunction<RoundFigures> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(Double.NaN);
    }

    static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern.replace("%n", "\n"), arguments);
    }
}
