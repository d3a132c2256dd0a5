package panelperf;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the walls between the rooms: what each package may import, beside the JDK and JSpecify. */
final class ArchitectureTest {
    private static final String ROOT = "panelperf.";

    /** Room to what may be imported there. A name without a dot is a room of ours, and its inner rooms. */
    private static final Map<String, List<String>> DOORS = Map.ofEntries(
            Map.entry("time", List.of()),
            Map.entry("stats", List.of("org.apache.commons.statistics..", "org.apache.commons.numbers..")),
            Map.entry("visit", List.of("time")),
            Map.entry("session", List.of("time")),
            Map.entry("rehearsal", List.of("session", "stats")),
            Map.entry("run", List.of("visit", "session", "time")),
            Map.entry("verdict", List.of("run", "visit", "session", "stats")),
            Map.entry("report", List.of("rehearsal", "verdict", "run", "visit", "session", "stats")),
            Map.entry("generator", List.of("run", "time")),
            Map.entry("serverside", List.of("run", "visit", "bokeh", "com.fasterxml.jackson..")),
            Map.entry("journal", List.of("run", "visit", "session", "time", "com.fasterxml.jackson..")),
            Map.entry("bokeh", List.of("com.fasterxml.jackson..", "javax.crypto..")),
            Map.entry("transpile", List.of()),
            Map.entry(
                    "headless",
                    List.of(
                            "visit",
                            "time",
                            "bokeh",
                            "transpile",
                            "org.htmlunit..",
                            "io.netty..",
                            "com.fasterxml.jackson..")),
            Map.entry("canary", List.of("visit", "stats", "time", "org.openqa.selenium..", "com.fasterxml.jackson..")),
            Map.entry(
                    "gatling",
                    List.of("visit", "time", "io.gatling..", "scala..", "io.netty.channel..", "io.netty.util..")),
            Map.entry(
                    "target",
                    List.of(
                            "session",
                            "bokeh",
                            "time",
                            "io.netty..",
                            "com.fasterxml.jackson..",
                            "org.slf4j..",
                            "ch.qos.logback..",
                            "io.micrometer..",
                            "org.HdrHistogram..",
                            "jdk.jfr..")),
            Map.entry(
                    "calibration",
                    List.of("session", "bokeh", "stats", "time", "io.netty..", "jdk.net..", "com.fasterxml.jackson..")),
            Map.entry(
                    "study",
                    List.of(
                            "report",
                            "verdict",
                            "run",
                            "visit",
                            "session",
                            "stats",
                            "generator",
                            "journal",
                            "serverside",
                            "bokeh",
                            "headless",
                            "transpile",
                            "canary",
                            "gatling",
                            "time",
                            "io.gatling..",
                            "com.fasterxml.jackson..")),
            Map.entry(
                    "app",
                    List.of(
                            "target",
                            "calibration",
                            "session",
                            "bokeh",
                            "time",
                            "study",
                            "headless",
                            "transpile",
                            "canary",
                            "visit",
                            "report",
                            "rehearsal",
                            "picocli..")));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("panelperf");

    /** Gatling's sources compile into the test classes, so they need a pass of their own. */
    private static final JavaClasses SIMULATIONS = new ClassFileImporter().importPackages("panelperf.simulation");

    private static final JavaClasses BENCHMARK = new ClassFileImporter().importPackages("panelperf.benchmark");

    static Stream<String> rooms() {
        return DOORS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_imports_only_through_its_doors(String room) {
        List<String> allowed =
                new ArrayList<>(List.of("java..", "javax.net.ssl..", "com.sun.management..", "org.jspecify.."));
        allowed.add(ROOT + room + "..");
        for (String door : DOORS.getOrDefault(room, List.of())) {
            allowed.add(door.contains(".") ? door : ROOT + door + "..");
        }
        classes()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .allowEmptyShould(false)
                .check(MAIN);
    }

    @Test
    void every_room_is_in_the_table() {
        assertThat(MAIN.stream()
                        .map(JavaClass::getPackageName)
                        .map(ArchitectureTest::room)
                        .distinct())
                .allMatch(DOORS::containsKey);
    }

    @Test
    void rooms_form_no_cycle() {
        slices().matching("panelperf.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void simulations_are_scripts_that_know_the_study_and_gatling_only() {
        classes()
                .that()
                .resideInAPackage("panelperf.simulation..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "panelperf.simulation..",
                        "panelperf.study..",
                        "panelperf.gatling..",
                        "io.gatling.javaapi..")
                .check(SIMULATIONS);
    }

    @Test
    void the_benchmark_knows_the_target_by_its_command_line_and_the_wire_only() {
        classes()
                .that()
                .resideInAPackage("panelperf.benchmark..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.management..",
                        "com.sun.management..",
                        "com.sun.tools.attach..",
                        "org.jspecify..",
                        "panelperf.benchmark..",
                        "panelperf.stats..",
                        "panelperf.time..",
                        "io.gatling.javaapi..",
                        "io.netty..")
                .check(BENCHMARK);
    }

    @Test
    void only_the_room_of_time_reads_the_clocks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("panelperf.time")
                .should()
                .accessTargetWhere(readsAClock())
                .check(MAIN);
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaAccess<?>> readsAClock() {
        return target(nameMatching("nanoTime|currentTimeMillis"))
                .or(target(nameMatching("now"))
                        .and(target(owner(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(Instant.class)))))
                .or(target(nameMatching("system.*"))
                        .and(target(owner(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(Clock.class)))));
    }

    @Test
    void no_class_is_named_for_the_lack_of_a_name() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Base)")
                .check(MAIN);
    }

    @Test
    void every_room_has_a_door_plate() {
        List<String> missing = new ArrayList<>();
        collect(MAIN.getPackage("panelperf"), missing);
        assertThat(missing).as("packages without a package-info.java").isEmpty();
    }

    private static void collect(JavaPackage room, List<String> missing) {
        if (!room.getClasses().isEmpty() && room.tryGetPackageInfo().isEmpty()) {
            missing.add(room.getName());
        }
        room.getSubpackages().forEach(inner -> collect(inner, missing));
    }

    private static String room(String packageName) {
        return packageName.substring(ROOT.length()).split("\\.", 2)[0];
    }
}
