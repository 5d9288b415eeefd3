package dev.headway.server;

import dev.headway.server.caller.Tier;
import dev.headway.server.caller.keys.InvalidKeyFile;
import dev.headway.server.caller.keys.KeyEntry;
import dev.headway.server.caller.keys.KeyFile;
import dev.headway.server.caller.keys.KeyFileEditor;
import dev.headway.server.config.Environment;
import dev.headway.server.config.Machine;
import dev.headway.server.config.Variable;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Changes the file of users' keys; a server that runs takes the change over within a second. */
@Command(
        name = "keys",
        description = "Give users keys, and take them away. A server that runs follows within a second.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "The file is the one that API_KEYS_FILE names. It holds the SHA-256 of each key and not the key.",
            "",
            "Examples:",
            "  headway keys add alice --tier pro",
            "  headway keys list",
            "  headway keys revoke alice",
            "",
            "Exit codes: 0 done, 1 not done, 2 wrong arguments."
        })
final class KeysCommand {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The file of keys (API_KEYS_FILE).")
    private Optional<Path> file = Optional.empty();

    KeysCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(
            name = "add",
            description = "Give a new user a key, and print it: the only time that it is shown.",
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "NAME", description = "1 to 64 letters, digits and . _ - @") String name,
            @Option(
                            names = "--tier",
                            paramLabel = "TIER",
                            defaultValue = "free",
                            description = "free, pro or enterprise: the limit for submitting jobs.")
                    String tier) {
        Tier known = Tier.find(tier)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "\"" + tier + "\" is no tier; accepted are free, pro and enterprise"));
        return edit(() -> {
            String key = new KeyFileEditor(requireFile(), new SecureRandom()).add(name, known);
            out().println(key);
            err().println("headway: this is the key of " + name + ", tier " + known
                    + ". It is written down nowhere and cannot be shown again.");
        });
    }

    @Command(name = "list", description = "Print names and tiers.", mixinStandardHelpOptions = true)
    int list() {
        return edit(() -> {
            for (KeyEntry entry : KeyFile.read(requireFile()).entries()) {
                out().println(entry.user().name() + "\t"
                        + entry.user().tier().map(Tier::toString).orElse("-"));
            }
        });
    }

    @Command(name = "revoke", description = "Take a user's key away.", mixinStandardHelpOptions = true)
    int revoke(@Parameters(paramLabel = "NAME", description = "The user.") String name) {
        return edit(() -> {
            new KeyFileEditor(requireFile(), new SecureRandom()).revoke(name);
            err().println("headway: the key of " + name + " is void.");
        });
    }

    private int edit(Runnable action) {
        try {
            action.run();
            return Main.OK;
        } catch (InvalidKeyFile unusable) {
            return complain("the file of keys cannot be used: " + unusable.getMessage());
        } catch (IllegalArgumentException refused) {
            return complain(String.valueOf(refused.getMessage()));
        } catch (UncheckedIOException failure) {
            return complain("the file of keys cannot be changed: " + failure.getCause());
        }
    }

    private Path requireFile() {
        if (file.isPresent()) {
            return surroundings.directory().resolve(file.get());
        }
        Machine machine = Machine.present();
        return Environment.read(Map.of(), surroundings.environment(), surroundings.directory())
                .find(Variable.API_KEYS_FILE)
                .filter(text -> !text.isBlank())
                .map(machine::path)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no file of keys: set API_KEYS_FILE, or name one by --file"));
    }

    private int complain(String problem) {
        err().println("headway: " + problem);
        return Main.COULD_NOT_START;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
