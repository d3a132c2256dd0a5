package panelperf.gatling;

import java.util.Map;
import java.util.function.Consumer;
import panelperf.visit.Browser;
import panelperf.visit.Cause;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;

/** A browser that answers by the path: {@code /fails}, {@code /throws}, {@code /hangs…}; everything else loads. */
final class ScriptedBrowser implements Browser {
    volatile boolean closed;

    @Override
    public String engine() {
        return "scripted";
    }

    @Override
    public void open(PageRequest request, Consumer<PageView> whenDone) {
        PageView view = switch (request.url().getPath()) {
            case "/throws" -> throw new IllegalStateException("a browser that breaks the port's contract");
            case "/fails" -> PageView.unseen(new Outcome.Failed(Cause.REFUSED, "nobody there"), 0, 3);
            default -> loaded();
        };
        Thread answer = new Thread(() -> whenDone.accept(view), "scripted-browser");
        answer.setDaemon(true);
        answer.start();
    }

    private static PageView loaded() {
        Milestones milestones = new Milestones(Map.of(Milestone.FCP_MODEL, 40.0, Milestone.SPINNER_GONE, 70.0));
        return new PageView(200, new Outcome.Loaded(), 0, 0, 70, milestones, new Loaders(1, 0), 3, 999, "session");
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {
        closed = true;
    }
}
