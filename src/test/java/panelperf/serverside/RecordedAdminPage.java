package panelperf.serverside;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import panelperf.bokeh.Json;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

/**
 * An admin page as {@code src/test/python/record_admin.py} recorded it, after six visits of which four came at once.
 *
 * @param visits theirs, with the instants of page and socket that the recorder saw
 */
record RecordedAdminPage(JsonNode doc, Map<String, byte[]> buffers, List<Visit> visits) {
    private static final URI PAGE = URI.create("http://localhost:5006/");

    static RecordedAdminPage of(String release) throws IOException {
        JsonNode recorded =
                Json.read(Files.readString(Path.of("src/test/resources/captures/admin-" + release + ".json")));
        Map<String, byte[]> buffers = new HashMap<>();
        recorded.path("buffers")
                .properties()
                .forEach(buffer -> buffers.put(
                        buffer.getKey(),
                        Base64.getDecoder().decode(buffer.getValue().textValue())));
        List<Visit> visits = new ArrayList<>();
        recorded.path("visits").forEach(visit -> visits.add(visit(visits.size(), visit)));
        return new RecordedAdminPage(recorded.path("doc"), buffers, visits);
    }

    private static Visit visit(int user, JsonNode seen) {
        double requested = ms(seen, "requested");
        return visit(
                user,
                requested,
                ms(seen, "html") - requested,
                ms(seen, "pulled") - requested,
                ms(seen, "closed") - requested);
    }

    private static double ms(JsonNode seen, String instant) {
        return seen.path(instant).asDouble() * 1000;
    }

    /** A visit that loaded: started at an instant, with its HTML and its end so long after that. */
    static Visit visit(int user, double startMs, double htmlMs, double endMs) {
        return visit(user, startMs, htmlMs, htmlMs, endMs);
    }

    /** The same with when its document was pulled. */
    static Visit visit(int user, double startMs, double htmlMs, double pulledMs, double endMs) {
        Map<Milestone, Double> at = new EnumMap<>(Milestone.class);
        at.put(Milestone.FIRST_BYTE, htmlMs);
        at.put(Milestone.HTML, htmlMs);
        at.put(Milestone.WS_OPEN, pulledMs);
        at.put(Milestone.PULLED, pulledMs);
        PageView view = new PageView(
                200, new Outcome.Loaded(), 0, 0, endMs, new Milestones(at), new Loaders(2, 0), 1, 1000, "id-" + user);
        return new Visit(new VisitStart("load", user, 0, PAGE, startMs), "light", view);
    }
}
