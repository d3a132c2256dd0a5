package panelperf.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import panelperf.run.RecordedSession;

/** A line of {@code sessions.ndjson}, to JSON and back. */
final class SessionLine {
    private SessionLine() {}

    static ObjectNode of(ObjectMapper mapper, String run, RecordedSession session) {
        ObjectNode line = mapper.createObjectNode()
                .put("v", VisitLine.VERSION)
                .put("run", run)
                .put("source", session.source().name().toLowerCase(Locale.ROOT))
                .put("id", session.id())
                .put("createdMs", VisitLine.rounded(session.createdMs()));
        VisitLine.optional(line, "initialisedMs", session.initialisedMs());
        VisitLine.optional(line, "readyMs", session.readyMs());
        VisitLine.optional(line, "renderedMs", session.renderedMs());
        VisitLine.optional(line, "closedMs", session.closedMs());
        VisitLine.optional(line, "destroyedMs", session.destroyedMs());
        ArrayNode handled = line.putArray("handledMs");
        session.handled()
                .forEach(span ->
                        handled.addArray().add(VisitLine.rounded(span.fromMs())).add(VisitLine.rounded(span.toMs())));
        line.put("fits", session.fits());
        session.visit().ifPresentOrElse(visit -> visit(line.putObject("visit"), visit), () -> line.putNull("visit"));
        return line;
    }

    private static void visit(ObjectNode node, RecordedSession.VisitName visit) {
        node.put("scenario", visit.scenario()).put("user", visit.user()).put("iteration", visit.iteration());
    }

    static RecordedSession read(JsonNode line) {
        List<RecordedSession.Span> handled = new ArrayList<>();
        line.path("handledMs")
                .forEach(span -> handled.add(new RecordedSession.Span(
                        span.path(0).asDouble(), span.path(1).asDouble())));
        JsonNode visit = line.path("visit");
        return new RecordedSession(
                source(line.path("source").asText()),
                line.path("id").asText(),
                VisitLine.number(line, "createdMs").asDouble(),
                VisitLine.readOptional(line, "initialisedMs"),
                VisitLine.readOptional(line, "readyMs"),
                VisitLine.readOptional(line, "renderedMs"),
                VisitLine.readOptional(line, "closedMs"),
                VisitLine.readOptional(line, "destroyedMs"),
                handled,
                visit.isObject()
                        ? Optional.of(new RecordedSession.VisitName(
                                visit.path("scenario").asText(),
                                VisitLine.number(visit, "user").asLong(),
                                VisitLine.number(visit, "iteration").asInt()))
                        : Optional.empty(),
                line.path("fits").asInt());
    }

    private static RecordedSession.Source source(String word) {
        return Stream.of(RecordedSession.Source.values())
                .filter(source -> source.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected the source admin_page or our_target, found '" + word + "'"));
    }
}
