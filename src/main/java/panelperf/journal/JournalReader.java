package panelperf.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import panelperf.run.HealthSample;
import panelperf.run.RecordedSession;
import panelperf.run.Run;
import panelperf.run.RunInfo;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

/** Reads a run back, also one whose injector was killed in the middle of a line. */
public final class JournalReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JournalReader() {}

    /**
     * A run that was read.
     *
     * @param warnings what was passed over, one sentence each
     */
    public record Reading(Run run, List<String> warnings) {}

    /**
     * Reads the journal in a run's directory. A run that has not finished, or never did, is read as interrupted.
     *
     * @throws IOException when it cannot be read, or is not one of this version; the message is a sentence
     */
    public static Reading read(Path directory) throws IOException {
        JsonNode run = runJson(directory.resolve(Journal.RUN));
        List<String> warnings = new ArrayList<>();
        List<VisitStart> starts = new ArrayList<>();
        List<Visit> visits = new ArrayList<>();
        List<HealthSample> health = new ArrayList<>();
        List<RecordedSession> sessions = new ArrayList<>();
        List<CanaryVisit> canary = new ArrayList<>();
        eachLine(directory.resolve(Journal.VISITS), warnings, line -> takeVisit(line, starts, visits));
        if (Files.exists(directory.resolve(Journal.HEALTH))) { // not in the first journals
            eachLine(directory.resolve(Journal.HEALTH), warnings, line -> health.add(HealthLine.read(line)));
        }
        if (Files.exists(directory.resolve(Journal.SESSIONS))) { // where the server told of them
            eachLine(directory.resolve(Journal.SESSIONS), warnings, line -> sessions.add(SessionLine.read(line)));
        }
        if (Files.exists(directory.resolve(Journal.CANARY))) { // where one was asked for
            eachLine(directory.resolve(Journal.CANARY), warnings, line -> canary.add(CanaryLine.read(line)));
        }
        boolean interrupted = !"finished".equals(run.path("state").asText());
        Run read = Run.of(info(run), starts, visits, interrupted)
                .withHealth(health)
                .withSessions(sessions)
                .withCanary(canary);
        return new Reading(read, List.copyOf(warnings));
    }

    /** Takes a line, or refuses it with an IllegalArgumentException. */
    @FunctionalInterface
    private interface Taker {
        void take(JsonNode line);
    }

    private static void eachLine(Path file, List<String> warnings, Taker taker) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean torn = i == lines.size() - 1 && !text.endsWith("\n");
            String problem = problem(file, lines.get(i), taker);
            if (!problem.isEmpty()) {
                warnings.add(file.getFileName() + " line " + (i + 1)
                        + (torn ? " is torn and was left out: the injector was killed" : " was left out: " + problem));
            }
        }
    }

    /** Empty when the line was taken, else why not. */
    private static String problem(Path file, String text, Taker taker) throws IOException {
        try {
            JsonNode line = MAPPER.readTree(text);
            checkVersion(line, String.valueOf(file.getFileName()));
            taker.take(line);
            return "";
        } catch (JsonProcessingException e) {
            return "expected a JSON object, found '" + text.substring(0, Math.min(60, text.length())) + "'";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void takeVisit(JsonNode line, List<VisitStart> starts, List<Visit> visits) {
        switch (line.path("event").asText()) {
            case VisitLine.START -> starts.add(VisitLine.readStart(line));
            case VisitLine.END -> visits.add(VisitLine.readEnd(line));
            default ->
                throw new IllegalArgumentException("expected the event start or end, found " + line.path("event"));
        }
    }

    private static JsonNode runJson(Path file) throws IOException {
        try {
            JsonNode run = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
            checkVersion(run, Journal.RUN);
            return run;
        } catch (NoSuchFileException e) {
            throw new IOException("expected a run's directory with " + Journal.RUN + ", found none at " + file
                    + "; name the directory that a run printed as its results");
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": expected a JSON object, found something else: " + e.getOriginalMessage());
        }
    }

    private static void checkVersion(JsonNode node, String file) throws IOException {
        if (node.path("v").asInt() > VisitLine.VERSION) {
            throw new IOException(file + ": expected version " + VisitLine.VERSION + ", found " + node.path("v")
                    + "; read it with the release that wrote it");
        }
    }

    private static RunInfo info(JsonNode run) {
        List<String> scenarios = new ArrayList<>();
        run.path("scenarios").forEach(name -> scenarios.add(name.asText()));
        return new RunInfo(
                run.path("id").asText(),
                run.path("simulation").asText(),
                run.path("url").asText(),
                run.path("server").asText(),
                scenarios,
                run.path("startedMs").asDouble(),
                texts(run.path("settings")),
                texts(run.path("environment")));
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
