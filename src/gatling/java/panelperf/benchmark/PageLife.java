package panelperf.benchmark;

/** The words of a page's life on the wire. */
final class PageLife {
    /** What a browser says when it has drawn the page. */
    static final String DOCUMENT_READY = "{\"events\":[{\"kind\":\"MessageSent\",\"msg_type\":\"bokeh_event\","
            + "\"msg_data\":{\"type\":\"event\",\"name\":\"document_ready\",\"values\":{\"type\":\"map\"}}}]}";

    /** A regular expression for the patch that takes a loader's classes away. */
    static final String LOADER_ENDED = "\"attr\": ?\"css_classes\", ?\"new\": ?\\[\\]";

    /** A regular expression for the token in a page. */
    static final String TOKEN = "\"token\": ?\"([^\"]+)\"";

    private PageLife() {}
}
