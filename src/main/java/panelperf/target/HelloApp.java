package panelperf.target;

import java.util.List;
import java.util.function.Supplier;
import panelperf.bokeh.Document;
import panelperf.bokeh.Model;

/** The page of the study: a header, a spinner, then "Hello, world!". */
public final class HelloApp implements App {
    /**
     * Takes the body's loader away, in the words of Panel's own callback (panel/io/server.py). BokehJS runs it; the page
     * script knows its shape.
     */
    private static final String BODY_LOADED = """
            const body = document.getElementsByTagName('body')[0]
            body.classList.remove('pn-loading', 'pn-arc')
            """;

    @Override
    public String title() {
        return "Panel Performance";
    }

    @Override
    public Made make(Supplier<String> ids) {
        String main = ids.get();
        Model placeholder = Model.div(ids.get(), "<pre> </pre>");
        Model column = Model.column(main, "main-" + main.substring(1), List.of(placeholder))
                .loading();
        Model bodyLoaded = Model.customJs(ids.get(), BODY_LOADED);
        String content = ids.get();
        return new Made(
                new Document(title(), List.of(column), List.of(bodyLoaded)),
                List.of(new Deferred(main, () -> List.of(Model.div(content, "<p>Hello, world!</p>")))));
    }
}
