package panelperf.headless;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import panelperf.RealParts;

/** The releases of Panel that the light engine is tried on. */
enum Release {
    STUDY("Panel 1.3.8"),
    NEWEST("Panel 1.9.4");

    private final String title;

    Release(String title) {
        this.title = title;
    }

    Path python() {
        return this == STUDY ? RealParts.python() : RealParts.newestPython();
    }

    /** All variants on one server. */
    RealPanel variants() throws IOException {
        return RealPanel.start(python(), "src/test/python/variants.py");
    }

    /** One page by {@code panel serve}, with options. */
    RealPanel served(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-m", "panel", "serve", "src/test/python/served.py", "--port", "0"));
        arguments.addAll(List.of(options));
        return RealPanel.start(python(), arguments.toArray(String[]::new));
    }

    /** Documents of Bokeh's own, by {@code bokeh serve}. */
    RealPanel bokehServe() throws IOException {
        String folder = "src/test/python/plain/";
        return RealPanel.start(
                python(),
                "-m",
                "bokeh",
                "serve",
                "--port",
                "0",
                folder + "roots.py",
                folder + "stream.py",
                folder + "raises.py");
    }

    @Override
    public String toString() {
        return title;
    }
}
