package panelperf.gatling;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import panelperf.visit.Browser;
import panelperf.visit.Cause;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.Step;
import panelperf.visit.StepView;

/** A browser that answers by the path: {@code /fails}, {@code /throws}, {@code /hangs…}; everything else loads. */
final class ScriptedBrowser implements Browser {
    final List<PageRequest> opened = new CopyOnWriteArrayList<>();
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
            case "/stuck" ->
                walked(request.steps(), StepView.End.TIMED_OUT, new Outcome.TimedOut("set Guests: answer"));
            default ->
                request.steps().isEmpty() ? loaded() : walked(request.steps(), StepView.End.DONE, new Outcome.Loaded());
        };
        opened.add(request);
        Thread answer = new Thread(() -> whenDone.accept(view), "scripted-browser");
        answer.setDaemon(true);
        answer.start();
    }

    private static PageView loaded() {
        Milestones milestones = new Milestones(Map.of(Milestone.FCP_MODEL, 40.0, Milestone.SPINNER_GONE, 70.0));
        return new PageView(200, new Outcome.Loaded(), 0, 0, 70, milestones, new Loaders(1, 0), 3, 999, "session");
    }

    /** Loaded at 70 ms; each step takes 25 ms after half a second, and ends as the last is to end. */
    private static PageView walked(List<Step> steps, StepView.End end, Outcome outcome) {
        PageView load = loaded();
        List<StepView> views = steps.stream()
                .filter(step -> !(step instanceof Step.Think))
                .map(step -> new StepView(step.name(), 500, 25, end))
                .toList();
        return new PageView(
                200, outcome, 0, 0, 525, load.milestones(), load.loaders(), 3, 999, "session", load.loadMs(), views);
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {
        closed = true;
    }
}
