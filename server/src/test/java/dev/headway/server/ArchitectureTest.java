package dev.headway.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who may know whom: the sentences of docs/architecture.md, checked against the class files of every module. */
final class ArchitectureTest {
    private static final String LIMITER = "dev.headway.limiter..";
    private static final String CALLER = "dev.headway.server.caller..";

    private static final JavaClasses HEADWAY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.headway");

    @Test
    void everyModuleIsSeenByThisTest() {
        for (String module : new String[] {"limiter", "limiter.redis", "jobs", "trainer", "server"}) {
            assertThat(HEADWAY.that(resideInAPackage("dev.headway." + module + "..")))
                    .as(module)
                    .isNotEmpty();
        }
    }

    @Test
    void theLimiterDependsOnNothingButTheJdk() {
        holds(classes()
                .that(resideInAPackage("dev.headway.limiter.."))
                .and(resideInAnyPackage("dev.headway.limiter.redis..").negate())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "dev.headway.limiter..", "org.jspecify..")
                        .and(resideInAPackage("dev.headway.limiter.redis..").negate())));
    }

    @Test
    void jobsAndLimiterDoNotKnowEachOther() {
        holds(noClasses()
                .that(resideInAPackage("dev.headway.jobs.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.headway.limiter..", "dev.headway.server..")));
        holds(noClasses()
                .that(resideInAPackage("dev.headway.limiter.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.headway.jobs..", "dev.headway.server..")));
    }

    @Test
    void theTrainerStandsAlone() {
        holds(noClasses()
                .that(resideInAPackage("dev.headway.trainer.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.headway.limiter..", "dev.headway.jobs..", "dev.headway.server..")));
        holds(noClasses()
                .that(resideInAPackage("dev.headway.trainer..").negate())
                .should()
                .dependOnClassesThat(resideInAPackage("dev.headway.trainer..")));
    }

    @Test
    void onlyTheHttpServerKnowsVertx() {
        onlyIn("dev.headway.server.http.server..", "io.vertx..");
    }

    @Test
    void onlyThoseWhoSpeakToANetworkKnowItsTransport() {
        holds(noClasses()
                .that(resideInAPackage("dev.headway..")
                        .and(resideInAPackage("dev.headway.server.http.server..")
                                .negate())
                        .and(resideInAPackage("dev.headway.limiter.redis..").negate()))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.netty..")));
    }

    @Test
    void onlyJobsStoreKnowsJdbc() {
        onlyIn("dev.headway.jobs.store..", "java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "com.zaxxer..");
    }

    @Test
    void onlyLimiterRedisKnowsARedisClient() {
        onlyIn("dev.headway.limiter.redis..", "io.lettuce..", "redis..");
    }

    @Test
    void onlyServerMetricsKnowsMicrometer() {
        onlyIn("dev.headway.server.metrics..", "io.micrometer..", "io.prometheus..");
    }

    @Test
    void theThrottleKnowsNeitherTheApiNorTheEngine() {
        holds(noClasses()
                .that(resideInAPackage("dev.headway.server.throttle.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.headway.server.api..", "dev.headway.jobs..")));
    }

    @Test
    void onlyMainKnowsTheSystemClockTheEnvironmentAndExitCodes() {
        holds(noClasses()
                .that(resideInAPackage("dev.headway.server..").or(resideInAPackage("dev.headway.jobs..")))
                .and(simpleName("Main").negate())
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC"));
    }

    @Test
    void routesAndTheirHandlersKnowNoSockets() {
        holds(noClasses()
                .that(resideInAnyPackage(
                        "dev.headway.server.api..", "dev.headway.server.http", "dev.headway.server.http.routing"))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.headway.server.http.server..")));
    }

    @Test
    void callersKnowNothingOfWhatIsDoneForThem() {
        holds(noClasses()
                .that(resideInAPackage("dev.headway.server.caller.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.headway.limiter..", "dev.headway.server.throttle..", "dev.headway.server.http..")));
    }

    @Test
    void theRoomsOfTheThrottleKnowOnlyThoseBelow() {
        onlyKnows("dev.headway.server.throttle.census", CALLER);
        onlyKnows("dev.headway.server.throttle.answer", LIMITER);
        onlyKnows("dev.headway.server.throttle.settings", LIMITER, CALLER, "dev.headway.server.throttle.answer");
        onlyKnows(
                "dev.headway.server.throttle.rules",
                LIMITER,
                CALLER,
                "dev.headway.server.throttle.answer",
                "dev.headway.server.throttle.settings");
        onlyKnows("dev.headway.server.throttle", LIMITER, CALLER, "dev.headway.server.throttle..");
    }

    @Test
    void noPackageNeedsItselfThroughAnother() {
        for (String module : new String[] {"limiter", "jobs", "trainer", "server"}) {
            holds(slices().matching("dev.headway." + module + ".(*)..").should().beFreeOfCycles());
        }
        holds(slices().matching("dev.headway.server.(**)").should().beFreeOfCycles());
    }

    private static void onlyIn(String home, String... strangers) {
        holds(noClasses()
                .that(resideInAPackage("dev.headway..")
                        .and(resideInAPackage(home).negate()))
                .should()
                .dependOnClassesThat(resideInAnyPackage(strangers)));
    }

    private static void onlyKnows(String room, String... others) {
        holds(noClasses()
                .that(resideInAPackage(room))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.headway..")
                        .and(resideInAPackage(room).negate())
                        .and(resideInAnyPackage(others).negate())));
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(HEADWAY);
    }
}
