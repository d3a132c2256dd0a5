package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import panelperf.session.Knobs;

/** The app that the README shows, as a newcomer would copy it. */
final class ReadmeAppTest {
    private static final Pattern APP =
            Pattern.compile("```java\n(package com\\.example;\n.*?class (\\w+) implements App.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void it_is_about_20_lines_compiles_and_does_what_the_text_says() throws Exception {
        Matcher shown = APP.matcher(Files.readString(Path.of("README.md")));
        assertThat(shown.find()).as("an app in the README").isTrue();
        assertThat(shown.group(1).lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(20);

        try (URLClassLoader loader = compiled(shown.group(2), shown.group(1))) {
            App app = loader.loadClass("com.example." + shown.group(2))
                    .asSubclass(App.class)
                    .getConstructor()
                    .newInstance();
            try (VirtualServer server = new VirtualServer(app, Knobs.standard())) {
                converse(server);
            }
        }
    }

    private URLClassLoader compiled(String name, String source) throws Exception {
        Path file = directory.resolve(name + ".java");
        Files.writeString(file, source);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        file.toString());
        assertThat(failed).as("javac's exit code").isZero();
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, App.class.getClassLoader());
    }

    private static void converse(VirtualServer server) {
        VirtualSocket socket = server.openSocket();
        socket.messages();
        socket.send("PULL-DOC-REQ", "m1", "{}");
        JsonNode roots = socket.messages().get(0).content().at("/doc/roots");
        assertThat(roots.findValuesAsText("name")).startsWith("Slider", "Div");

        socket.send("PATCH-DOC", "m2", VirtualSocket.DOCUMENT_READY);
        server.pass(Duration.ofMillis(299));
        assertThat(server.waitingRenders()).isZero();
        server.pass(Duration.ofMillis(1));
        server.render();
        assertThat(texts(socket)).anyMatch(text -> text.contains("Soup of the day."));

        socket.send(
                "PATCH-DOC",
                "m3",
                "{\"events\":[{\"kind\":\"ModelChanged\",\"model\":{\"id\":\""
                        + roots.at("/0/id").asText() + "\"},\"attr\":\"value\",\"new\":7}]}");
        assertThat(texts(socket)).anyMatch(text -> text.contains("<p>A table for 7.</p>"));
    }

    private static List<String> texts(VirtualSocket socket) {
        return socket.messages().stream()
                .map(message -> message.content().toString())
                .toList();
    }
}
