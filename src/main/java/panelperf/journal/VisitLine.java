package panelperf.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.Redaction;
import panelperf.visit.StepView;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

/** A visit's lines in {@code visits.ndjson}, to JSON and back. */
final class VisitLine {
    static final int VERSION = 1;
    static final String START = "start";
    static final String END = "end";

    private VisitLine() {}

    static ObjectNode start(ObjectMapper mapper, String run, VisitStart start) {
        return mapper.createObjectNode()
                .put("v", VERSION)
                .put("event", START)
                .put("run", run)
                .put("scenario", start.scenario())
                .put("user", start.user())
                .put("iteration", start.iteration())
                .put("intendedStartMs", rounded(start.intendedStartMs()))
                .put("url", Redaction.of(start.url()));
    }

    static ObjectNode end(ObjectMapper mapper, String run, Visit visit) {
        PageView view = visit.view();
        ObjectNode line = start(mapper, run, visit.start()).put("event", END);
        line.put("engine", visit.engine())
                .put("queuedMs", rounded(view.queuedMs()))
                .put("jobDelayMs", rounded(view.jobDelayMs()))
                .put("durationMs", rounded(view.durationMs()))
                .put("endMs", rounded(visit.endMs()))
                .put("status", view.status());
        outcome(line, view.outcome());
        line.putObject("checks")
                .put("server_responded", visit.serverResponded())
                .put("page_loaded", visit.pageLoaded());
        ObjectNode milestones = line.putObject("milestonesMs");
        view.milestones().millis().forEach((milestone, ms) -> milestones.put(milestone.word(), rounded(ms)));
        loaders(line, view.loaders());
        line.put("requests", view.requests())
                .put("receivedBytes", view.receivedBytes())
                .put("sessionId", view.sessionId());
        if (!view.steps().isEmpty()) {
            line.put("loadMs", rounded(view.loadMs()));
            ArrayNode steps = line.putArray("steps");
            view.steps()
                    .forEach(step -> steps.addObject()
                            .put("name", step.name())
                            .put("startMs", rounded(step.startMs()))
                            .put("durationMs", rounded(step.durationMs()))
                            .put("outcome", step.end().word()));
        }
        return line;
    }

    static void outcome(ObjectNode line, Outcome outcome) {
        line.put("outcome", outcome.word());
        if (outcome instanceof Outcome.Failed failed) {
            line.put("cause", failed.cause()).put("detail", failed.detail());
        } else if (outcome instanceof Outcome.TimedOut timedOut) {
            line.put("cause", "deadline").put("detail", timedOut.waitingFor());
        }
    }

    static void loaders(ObjectNode line, Loaders loaders) {
        line.putObject("loaders").put("seen", loaders.seen()).put("left", loaders.left());
    }

    /** Milliseconds that may be unknown: absent then. */
    static void optional(ObjectNode line, String field, OptionalDouble ms) {
        ms.ifPresent(value -> line.put(field, rounded(value)));
    }

    static VisitStart readStart(JsonNode line) {
        return new VisitStart(
                text(line, "scenario"),
                number(line, "user").asLong(),
                number(line, "iteration").asInt(),
                URI.create(text(line, "url")),
                number(line, "intendedStartMs").asDouble());
    }

    static Visit readEnd(JsonNode line) {
        Map<Milestone, Double> milestones = new EnumMap<>(Milestone.class);
        line.path("milestonesMs")
                .properties()
                .forEach(field -> Milestone.ofWord(field.getKey())
                        .ifPresent(milestone ->
                                milestones.put(milestone, field.getValue().asDouble())));
        PageView view = new PageView(
                number(line, "status").asInt(),
                readOutcome(line),
                number(line, "queuedMs").asDouble(),
                line.path("jobDelayMs").asDouble(), // not in the first journals
                number(line, "durationMs").asDouble(),
                new Milestones(milestones),
                readLoaders(line),
                line.path("requests").asInt(),
                line.path("receivedBytes").asLong(),
                optionalText(line, "sessionId"),
                line.path("loadMs").asDouble(number(line, "durationMs").asDouble()), // where there were no steps
                readSteps(line));
        return new Visit(readStart(line), text(line, "engine"), view);
    }

    static Loaders readLoaders(JsonNode line) {
        JsonNode loaders = line.path("loaders");
        return new Loaders(loaders.path("seen").asInt(), loaders.path("left").asInt());
    }

    static OptionalDouble readOptional(JsonNode line, String field) {
        JsonNode value = line.path(field);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    private static List<StepView> readSteps(JsonNode line) {
        List<StepView> steps = new ArrayList<>();
        for (JsonNode step : line.path("steps")) {
            String word = text(step, "outcome");
            StepView.End end = StepView.End.ofWord(word)
                    .orElseThrow(
                            () -> new IllegalArgumentException("outcome of a step: expected done, unchanged, failed,"
                                    + " timed_out or interrupted, found '" + word + "'"));
            steps.add(new StepView(
                    text(step, "name"),
                    number(step, "startMs").asDouble(),
                    number(step, "durationMs").asDouble(),
                    end));
        }
        return steps;
    }

    static Outcome readOutcome(JsonNode line) {
        String word = text(line, "outcome");
        return switch (word) {
            case "loaded" -> new Outcome.Loaded();
            case "failed" ->
                new Outcome.Failed(text(line, "cause"), line.path("detail").asText());
            case "timed_out" -> new Outcome.TimedOut(line.path("detail").asText());
            case "interrupted" -> new Outcome.Interrupted();
            default ->
                throw new IllegalArgumentException(
                        "outcome: expected loaded, failed, timed_out or interrupted, found '" + word + "'");
        };
    }

    private static String text(JsonNode line, String field) {
        String value = optionalText(line, field);
        if (value == null) {
            throw new IllegalArgumentException("expected a text '" + field + "', found " + line.path(field));
        }
        return value;
    }

    private static @Nullable String optionalText(JsonNode line, String field) {
        return line.path(field).isTextual() ? line.path(field).asText() : null;
    }

    static JsonNode number(JsonNode line, String field) {
        if (!line.path(field).isNumber()) {
            throw new IllegalArgumentException("expected a number '" + field + "', found " + line.path(field));
        }
        return line.path(field);
    }

    /** To the microsecond: finer digits are noise, and make the lines a third longer. */
    static BigDecimal rounded(double ms) {
        return BigDecimal.valueOf(Math.round(ms * 1000), 3);
    }
}
