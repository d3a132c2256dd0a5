package panelperf.target;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import panelperf.bokeh.Changes;
import panelperf.bokeh.LineFigure;
import panelperf.bokeh.Model;
import panelperf.bokeh.Models;

/**
 * A dashboard as people build them: a slider, and four panes that load by themselves, each in its own time. Two of them
 * are nested, one of these brings a pane that loads later still; the slider changes the figure.
 */
public final class DashboardApp implements App {
    @Override
    public Made make(Models models) {
        return new Dashboard(models).made();
    }

    /** One session's: its models, and where its slider stands. */
    private static final class Dashboard {
        private static final int VISITORS = 40;
        private static final int MOST_VISITORS = 100;
        private static final LineFigure FIGURE = new LineFigure(
                "Requests per second", "second", "seconds since the start", "requests", "requests per second", 260);

        private final Models models;
        private final Model slider;
        private final Model readout;
        private final Model summary;
        private final Model chart;
        private final Model notes;
        private final Model lateNotes;
        private final Model stations;
        private final Model source;
        /** The document loop sets it. */
        private final AtomicInteger visitors = new AtomicInteger(VISITORS);

        Dashboard(Models models) {
            this.models = models;
            slider = models.slider("Visitors at once", 1, MOST_VISITORS, 1, VISITORS);
            readout = models.div(Stations.readout(VISITORS));
            summary = models.loader();
            chart = models.loader();
            notes = models.loader();
            lateNotes = models.loader();
            stations = models.loader();
            source = models.source(Stations.requests(VISITORS));
        }

        Made made() {
            Model panes = models.row(models.column(heading("Load"), chart), models.column(heading("Notes"), notes));
            Model table = models.column(heading("Stations"), stations);
            return new Made(models.document("Station dashboard", summary, slider, readout, panes, table))
                    .later(summary, Duration.ofMillis(100), () -> List.of(models.div(Stations.SUMMARY)))
                    .later(figure())
                    .later(notes())
                    .later(stations, Duration.ofMillis(700), () -> List.of(table()))
                    .onSlide(slider, this::slid);
        }

        /** With its style beside it: what is in a shadow root does not see the page's. */
        private Model heading(String words) {
            return models.div("<h2 style=\"margin: 12px 0 0; font-size: 1.1rem; font-weight: 500\">" + words + "</h2>");
        }

        private Deferred figure() {
            return new Deferred(
                            chart.id(),
                            Duration.ofMillis(400),
                            () -> List.of(models.line(source, FIGURE)),
                            Optional.empty())
                    .then(Duration.ZERO, this::catchUp);
        }

        private Deferred notes() {
            Model first = models.div("<p>Every station is asked for its notes.</p>");
            return new Deferred(notes.id(), Duration.ofMillis(200), () -> List.of(first, lateNotes), Optional.empty())
                    .then(Duration.ofMillis(900), changes -> {
                        changes.children(lateNotes, List.of(models.div("<p>All stations answered.</p>")));
                        changes.loaded(lateNotes);
                    });
        }

        private Model table() {
            return models.table(models.source(Stations.table()), 260, Stations.HEADINGS);
        }

        private void slid(double value, Changes changes) {
            visitors.set((int) Math.round(value));
            changes.set(readout, "text", Stations.readout(visitors.get()));
            if (changes.has(source)) {
                changes.data(source, Stations.requests(visitors.get()));
            }
        }

        /** The slider may have moved before its figure was there. */
        private void catchUp(Changes changes) {
            if (visitors.get() != VISITORS) {
                changes.data(source, Stations.requests(visitors.get()));
            }
        }
    }
}
