package panelperf.target;

import java.time.Duration;
import java.util.List;
import panelperf.bokeh.Document;
import panelperf.bokeh.Model;
import panelperf.bokeh.Models;

/** The page of the study: a header, a spinner, then "Hello, world!". */
public final class HelloApp implements App {
    private static final String TITLE = "Panel Performance";

    @Override
    public Made make(Models models) {
        String main = models.id();
        Model placeholder = Model.div(models.id(), "<pre> </pre>");
        Model column = Model.column(main, "main-" + main.substring(1), List.of(placeholder))
                .loading();
        Model bodyLoaded = models.bodyLoaded();
        String content = models.id();
        return new Made(new Document(TITLE, List.of(column), List.of(bodyLoaded)))
                .later(column, Duration.ZERO, () -> List.of(Model.div(content, "<p>Hello, world!</p>")));
    }
}
