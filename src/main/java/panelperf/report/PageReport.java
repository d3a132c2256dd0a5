package panelperf.report;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import panelperf.visit.Drawn;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.Redaction;

/** One visit as a waterfall of its milestones, and what the page is made of. */
public final class PageReport {
    private static final int WIDTH = 60;

    private PageReport() {}

    /**
     * The report, ending with whether the page can be judged and a line feed.
     *
     * @param drawn what the page is made of; null when it never came so far
     */
    public static String render(URI page, PageView view, @Nullable Drawn drawn) {
        StringBuilder text = new StringBuilder(Redaction.of(page) + "\n\n");
        text.append(waterfall(view)).append('\n');
        Lines.field(text, "answer", view.status() == 0 ? "none" : "status " + view.status());
        if (drawn != null) {
            Lines.field(text, "title", drawn.title());
            Lines.field(text, "template", drawn.template());
            Lines.field(text, "roots", drawn.roots().size() + ": " + String.join(", ", drawn.roots()));
            Lines.field(text, "models", counts(drawn.models()));
            if (!drawn.blank().isEmpty()) {
                Lines.field(text, "empty", counts(drawn.blank()) + " (what these paint in a browser is not seen)");
            }
        }
        Lines.field(
                text,
                "loaders",
                view.loaders().seen() + " seen, " + view.loaders().left() + " left");
        Lines.field(
                text,
                "requests",
                Figures.format("%d, %s", view.requests(), Figures.bytes((double) view.receivedBytes())));
        return text.append('\n').append(Lines.wrapped(answer(view), "")).toString();
    }

    /** Each milestone as the time from the one before it. */
    private static String waterfall(PageView view) {
        List<Map.Entry<Milestone, Double>> inOrder = view.milestones().millis().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .toList();
        StringBuilder text = new StringBuilder();
        double before = 0;
        for (Map.Entry<Milestone, Double> milestone : inOrder) {
            int from = column(before, view.durationMs());
            int to = Math.max(from + 1, column(milestone.getValue(), view.durationMs()));
            text.append(Figures.format(
                    "  %-13s %9.1f ms  %s%s\n",
                    milestone.getKey().word(), milestone.getValue(), " ".repeat(from), "█".repeat(to - from)));
            before = milestone.getValue();
        }
        return text.append(Figures.format("  %-13s %9.1f ms\n", "end", view.durationMs()))
                .toString();
    }

    private static int column(double ms, double durationMs) {
        return durationMs <= 0 ? 0 : (int) Math.min(WIDTH - 1.0, ms / durationMs * WIDTH);
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String answer(PageView view) {
        if (view.outcome() instanceof Outcome.Failed failed) {
            String detail =
                    failed.detail().isBlank() ? "" : " (" + failed.detail().strip() + ")";
            return "this page cannot be judged: " + failed.cause() + detail;
        }
        if (view.outcome() instanceof Outcome.TimedOut timedOut) {
            return "this page cannot be judged: it was still waiting for " + timedOut.waitingFor();
        }
        if (view.outcome() instanceof Outcome.Interrupted) {
            return "this page cannot be judged: the visit was interrupted";
        }
        return view.loaders().seen() > 0
                ? "this page can be judged: it is loaded when its loaders have gone"
                : "this page can be judged, but it has no loader: it is loaded when half a second has passed without one";
    }
}
