package dev.headway.server;

import picocli.CommandLine.Command;

/** Says how limits stand; its subcommands do. */
@Command(
        name = "limits",
        description = "Say how limits stand.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: headway limits top"})
final class LimitsCommand {}
