package panelperf.target;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import panelperf.bokeh.Changes;
import panelperf.bokeh.Document;
import panelperf.bokeh.Model;
import panelperf.bokeh.Models;

/** What the target serves at {@code /}. Each session gets a document of its own. */
@FunctionalInterface
public interface App {
    /**
     * Makes a session's document; called on the document loop, so it must be quick. What the app remembers of the session
     * it keeps in the variables of its functions.
     *
     * @param models makes models; may be used by deferred functions too
     */
    Made make(Models models);

    /**
     * A document, what is still to come, and what clients may change.
     *
     * @param document its roots are drawn into {@code #main}, in order
     * @param deferred what is rendered once a client has drawn the page; may be empty
     * @param editables what a client's change of is taken; every other change is acknowledged and dropped
     */
    record Made(Document document, List<Deferred> deferred, List<Editable> editables) {
        public Made {
            deferred = List.copyOf(deferred);
            editables = List.copyOf(editables);
            for (Deferred part : deferred) {
                if (!document.knows(part.loaderId())) {
                    throw new IllegalArgumentException("deferred part: expected a model of the document, found '"
                            + part.loaderId() + "'; name the loader's id");
                }
            }
        }

        /** A document as it is. */
        public Made(Document document) {
            this(document, List.of(), List.of());
        }

        /**
         * The same with content that takes its time.
         *
         * @param loader shows the spinner, and then the content
         * @param delay how long it takes, beside what the server's renders take anyway
         * @param content makes the children
         */
        public Made later(Model loader, Duration delay, Callable<List<Model>> content) {
            return later(new Deferred(loader.id(), delay, content, Optional.empty()));
        }

        /** The same with one more deferred part. */
        public Made later(Deferred part) {
            List<Deferred> more = new ArrayList<>(deferred);
            more.add(part);
            return new Made(document, more, editables);
        }

        /**
         * The same with a slider that is heard.
         *
         * @param slider its range is what a client may choose of
         */
        public Made onSlide(Model slider, Slid slid) {
            double start = slider.attributes().path("start").asDouble();
            double end = slider.attributes().path("end").asDouble();
            return onChange(new Editable(
                    slider.id(),
                    "value",
                    Accepted.number(start, end),
                    (value, changes) -> slid.to(value.doubleValue(), changes)));
        }

        /** The same with one more property that clients may change. */
        public Made onChange(Editable editable) {
            List<Editable> more = new ArrayList<>(editables);
            more.add(editable);
            return new Made(document, deferred, more);
        }
    }

    /**
     * Content that takes its time.
     *
     * @param loaderId the model that shows the loader, and then the content
     * @param delay how long it occupies its place of the render pool, beside what the server's renders take anyway; burns
     *     no CPU; 0 to a day
     * @param content makes the children; called once, on a thread of the render pool. When it throws, the loader goes and
     *     no content comes, as in Panel.
     * @param after what is done once the content was sent
     */
    record Deferred(String loaderId, Duration delay, Callable<List<Model>> content, Optional<After> after) {
        public Deferred {
            checkDelay(delay);
        }

        /** The same, and something more that long after its content was sent. */
        public Deferred then(Duration later, Reaction reaction) {
            return new Deferred(loaderId, delay, content, Optional.of(new After(later, reaction)));
        }
    }

    /**
     * A second step, as Panel's {@code add_timeout_callback}: it is done on the document loop and occupies no place.
     *
     * @param delay how long after the first; 0 to a day
     */
    record After(Duration delay, Reaction reaction) {
        public After {
            checkDelay(delay);
        }
    }

    private static void checkDelay(Duration delay) {
        if (delay.isNegative() || delay.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "delay: expected 0 to a day, found " + delay + "; a page that takes longer is never loaded");
        }
    }

    /** Changes the document; called on the document loop, so it must be quick. */
    @FunctionalInterface
    interface Reaction {
        void change(Changes changes);
    }

    /**
     * A property that clients may change. The change is checked, put into the document, told to the session's other
     * clients, and then heard by the app, whose own changes go to all of them.
     *
     * @param modelId whose property it is; the model may come later
     * @param attribute for example {@code value}
     * @param accepted which values are taken; keep them small, because the document keeps the last
     * @param heard called on the document loop, so it must be quick
     */
    record Editable(String modelId, String attribute, Accepted accepted, Heard heard) {}

    /** What an app does about a change. */
    @FunctionalInterface
    interface Heard {
        void changed(JsonNode value, Changes changes);
    }

    /** What an app does about a slider's new value. */
    @FunctionalInterface
    interface Slid {
        void to(double value, Changes changes);
    }
}
