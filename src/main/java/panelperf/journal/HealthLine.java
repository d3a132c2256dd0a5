package panelperf.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import panelperf.run.HealthSample;

/** A line of {@code health.ndjson}, to JSON and back. */
final class HealthLine {
    private HealthLine() {}

    static ObjectNode of(ObjectMapper mapper, String run, HealthSample sample) {
        ObjectNode line = mapper.createObjectNode()
                .put("v", VisitLine.VERSION)
                .put("run", run)
                .put("endMs", VisitLine.rounded(sample.endMs()))
                .put("periodMs", VisitLine.rounded(sample.periodMs()))
                .put("stalledMs", VisitLine.rounded(sample.stalledMs()))
                .put("gcMs", sample.gcMs())
                .put("cpuMs", VisitLine.rounded(sample.cpuMs()));
        VisitLine.optional(line, "targetCpuMs", sample.targetCpuMs());
        return line.put("ended", sample.ended())
                .put("startLateMs", VisitLine.rounded(sample.startLateMs()))
                .put("jobLateMs", VisitLine.rounded(sample.jobLateMs()));
    }

    static HealthSample read(JsonNode line) {
        return new HealthSample(
                VisitLine.number(line, "endMs").asDouble(),
                VisitLine.number(line, "periodMs").asDouble(),
                VisitLine.number(line, "stalledMs").asDouble(),
                line.path("gcMs").asDouble(),
                line.path("cpuMs").asDouble(),
                VisitLine.readOptional(line, "targetCpuMs"),
                line.path("ended").asInt(),
                line.path("startLateMs").asDouble(),
                line.path("jobLateMs").asDouble());
    }
}
