package dev.headway.server;

import dev.headway.jobs.run.ErrandSettings;
import dev.headway.jobs.run.Errands;
import dev.headway.jobs.run.ValidationCommand;
import dev.headway.server.api.validation.Validator;
import dev.headway.server.config.Settings;
import dev.headway.server.config.ValidationSettings;
import dev.headway.server.metrics.ValidationMeter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What measures models, as the settings say; closing it ends what runs. Safe to share between threads. */
final class Validations implements AutoCloseable {
    /** One core takes little from the trainers, and gives the same digits on machines of any size. */
    private static final int THREADS = 1;

    private final Errands errands;
    private final Validator validator;

    private Validations(Errands errands, Validator validator) {
        this.errands = errands;
        this.validator = validator;
    }

    static Validations open(Settings settings, Surroundings surroundings, ValidationMeter meter) {
        ValidationSettings wanted = settings.jobs().validation();
        ErrandSettings bounds = new ErrandSettings(
                surroundings.directory(),
                surroundings.environment(),
                settings.jobs().passthrough(),
                surroundings.home().trainerEnvironment(THREADS),
                wanted.maxConcurrent(),
                wanted.limit());
        try {
            Errands errands = Errands.open(bounds);
            ValidationCommand command = wanted.command().orElseGet(surroundings.home()::validation);
            return new Validations(errands, new Validator(errands, command, meter, surroundings.ticker()));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    Validator validator() {
        return validator;
    }

    @Override
    public void close() {
        errands.close();
    }
}
