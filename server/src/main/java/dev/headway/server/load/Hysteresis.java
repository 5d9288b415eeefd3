package dev.headway.server.load;

/**
 * Decides by one level after the other whether something is busy; for one thread.
 *
 * <p>It is from the first level above its {@link Band} on, and no more after three in a row at the lower end of the band. A level that is
 * not known counts as one of these: for a moment the last answer holds, and then it is as if nobody watched. So a level that
 * wavers around the upper end, or a look that fails now and then, does not make limits change with every look.
 */
final class Hysteresis {
    private static final int CALM_LOOKS = 3;

    private final Band band;
    private boolean busy;
    private int calm;

    Hysteresis(Band band) {
        this.band = band;
    }

    /** Takes in what a look has found, and returns whether it is busy. */
    boolean take(Reading reading) {
        if (reading instanceof Reading.Level level && level.value() > band.back()) {
            calm = 0;
            busy |= level.value() > band.above();
            return busy;
        }
        calm = Math.min(CALM_LOOKS, calm + 1);
        busy &= calm < CALM_LOOKS;
        return busy;
    }
}
