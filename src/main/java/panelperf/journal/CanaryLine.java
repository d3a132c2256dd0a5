package panelperf.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.CanaryVisit;

/** A line of {@code canary.ndjson}, to JSON and back. */
final class CanaryLine {
    private CanaryLine() {}

    static ObjectNode of(ObjectMapper mapper, String run, CanaryVisit visit) {
        ObjectNode line = mapper.createObjectNode()
                .put("v", VisitLine.VERSION)
                .put("run", run)
                .put("startedMs", VisitLine.rounded(visit.startedMs()))
                .put("durationMs", VisitLine.rounded(visit.durationMs()));
        VisitLine.outcome(line, visit.outcome());
        ObjectNode milestones = line.putObject("milestonesMs");
        visit.millis().forEach((milestone, ms) -> milestones.put(milestone.word(), VisitLine.rounded(ms)));
        VisitLine.loaders(line, visit.loaders());
        return line.put("browser", visit.browser()).put("driver", visit.driver());
    }

    static CanaryVisit read(JsonNode line) {
        Map<BrowserMilestone, Double> millis = new EnumMap<>(BrowserMilestone.class);
        line.path("milestonesMs")
                .properties()
                .forEach(field -> BrowserMilestone.ofWord(field.getKey())
                        .ifPresent(milestone ->
                                millis.put(milestone, field.getValue().asDouble())));
        return new CanaryVisit(
                VisitLine.number(line, "startedMs").asDouble(),
                VisitLine.number(line, "durationMs").asDouble(),
                VisitLine.readOutcome(line),
                millis,
                VisitLine.readLoaders(line),
                line.path("browser").asText("unknown"),
                line.path("driver").asText("unknown"));
    }
}
