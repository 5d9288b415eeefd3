package dev.headway.server;

import dev.headway.server.api.Endpoints;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Identity;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.config.Environment;
import dev.headway.server.config.InvalidSettings;
import dev.headway.server.config.Machine;
import dev.headway.server.config.Settings;
import dev.headway.server.config.Variable;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which limits hold, by the same settings and the same file of rules as the server. */
@Command(
        name = "limits",
        description = "Check a file of rules, say which limits would hold for whom, and how they stand.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  headway limits check deploy/limits/public.yaml",
            "  headway limits top",
            "  headway limits explain --user alice --ip 198.51.100.7 POST /api/training/execute",
            "",
            "Exit codes: 0 done, 2 something is wrong with the file, the settings or the arguments."
        })
final class LimitsCommand {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    LimitsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(
            name = "check",
            description = "Say everything that is wrong with a file of rules, with line and column.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file (LIMITS_FILE).")
                    Optional<String> file) {
        return with(file, settings -> {
            if (settings.policy().source().isEmpty()) {
                throw wrong("no file of rules: name one, or set LIMITS_FILE");
            }
            settings.policy()
                    .warnings()
                    .forEach(warning -> err().println(warning.place() + ": warning: " + warning.text()));
            int rules = settings.policy().policy().rules().size();
            out().println(settings.policy().source().get().name() + ": " + (rules == 1 ? "1 rule" : rules + " rules")
                    + ", nothing wrong");
        });
    }

    @Command(
            name = "explain",
            description = "Say which limits would hold for a request, and why.",
            mixinStandardHelpOptions = true)
    int explain(
            @Parameters(paramLabel = "VERB", description = "GET, POST, DELETE.") String verb,
            @Parameters(paramLabel = "PATH", description = "A path, or the template of a route.") String path,
            @Option(
                            names = "--user",
                            paramLabel = "NAME",
                            description = "Whoever has this user's key; nobody's, if not given.")
                    Optional<String> user,
            @Option(
                            names = "--tier",
                            paramLabel = "TIER",
                            description = "The user's tier; as API_KEYS_FILE has it, if not given.")
                    Optional<String> tier,
            @Option(
                            names = "--ip",
                            paramLabel = "ADDRESS",
                            defaultValue = "127.0.0.1",
                            description = "From this address (${DEFAULT-VALUE}).")
                    String ip,
            @Option(
                            names = "--length",
                            paramLabel = "BYTES",
                            defaultValue = "0",
                            description = "With a body so long (${DEFAULT-VALUE}).")
                    long length,
            @Option(names = "--chunked", description = "With a body whose length is not told.") boolean chunked,
            @Option(names = "--file", paramLabel = "FILE", description = "By this file of rules (LIMITS_FILE).")
                    Optional<String> file) {
        return with(file, settings -> {
            String endpoint = Endpoints.find(verb.toUpperCase(Locale.ROOT), path)
                    .orElseThrow(() -> wrong("\"" + verb + " " + path + "\" is no endpoint that is limited; there are: "
                            + String.join(", ", Endpoints.limited().keySet())));
            Caller caller = caller(settings, user, tier, ip);
            new LimitsExplanation(settings, endpoint, caller, chunked ? Long.MAX_VALUE : length).print(out());
            if (user.isPresent() && settings.keys().usersFile().isEmpty()) {
                err().println("headway: API_KEYS_FILE is not set, so the server knows no users: " + user.get()
                        + " would be anybody.");
            }
        });
    }

    private interface Action {
        void run(Settings settings);
    }

    private int with(Optional<String> file, Action action) {
        try {
            Map<Variable, String> options = new EnumMap<>(Variable.class);
            file.ifPresent(text -> options.put(Variable.LIMITS_FILE, text));
            Environment environment = Environment.read(options, surroundings.environment(), surroundings.directory());
            action.run(Settings.of(environment, Machine.present().in(surroundings.directory())));
            return Main.OK;
        } catch (InvalidSettings invalid) {
            invalid.problems().forEach(err()::println);
            return Main.WRONG_SETTINGS;
        }
    }

    private Caller caller(Settings settings, Optional<String> user, Optional<String> tier, String ip) {
        if (tier.isPresent() && user.isEmpty()) {
            throw wrong("a tier is a user's: name one by --user");
        }
        ClientAddress address =
                ClientAddress.find(ip).orElseThrow(() -> wrong("\"" + ip + "\" is no address of IPv4 or IPv6"));
        Identity identity =
                user.<Identity>map(name -> user(settings, name, tier)).orElse(Identity.ANONYMOUS);
        return new Caller(settings.rateLimits().callers().resolver().client(address), identity);
    }

    private User user(Settings settings, String name, Optional<String> tier) {
        Optional<Tier> asked = tier.map(text -> Tier.find(text)
                .orElseThrow(() -> wrong("\"" + text + "\" is no tier; accepted are free, pro and enterprise")));
        Optional<Tier> known = settings.keys().users().find(name).flatMap(User::tier);
        try {
            return new User(name, asked.or(() -> known));
        } catch (IllegalArgumentException noName) {
            throw wrong(String.valueOf(noName.getMessage()));
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
