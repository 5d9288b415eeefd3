package dev.headway.jobs.job;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last readable state of a trainer's progress file, without its history of metrics. Immutable.
 *
 * <p>The fields are the trainer's own, by their names in the file ({@code current_step}, {@code train_loss}, …); a field
 * that is missing, null or of another type is simply absent here. Numbers that JSON cannot carry have become null
 * before, and {@link #lossIsNotFinite} remembers that one of them was a loss.
 */
public final class Progress {
    /** What is known before the trainer has written anything. */
    public static final Progress NONE = new Progress(JsonText.EMPTY);

    private static final String LOSS_IS_NOT_FINITE = "loss_is_not_finite";

    private final JsonText json;
    private final ObjectNode fields;

    private Progress(JsonText json) {
        this.json = json;
        this.fields = json.tree();
    }

    /**
     * Takes a copy of what a trainer wrote.
     *
     * @param fields the fields of the file, without the history
     * @param lossIsNotFinite whether a loss among them was NaN or infinite
     * @return the progress
     */
    public static Progress of(ObjectNode fields, boolean lossIsNotFinite) {
        ObjectNode copy = fields.deepCopy();
        copy.remove(LOSS_IS_NOT_FINITE);
        if (lossIsNotFinite) {
            copy.put(LOSS_IS_NOT_FINITE, true);
        }
        return new Progress(JsonText.of(copy));
    }

    /**
     * Reads what {@link #json} gave.
     *
     * @param json the fields
     * @return the progress
     */
    public static Progress ofStored(JsonText json) {
        return new Progress(json);
    }

    /**
     * Gives all fields at once.
     *
     * @return the fields as JSON
     */
    public JsonText json() {
        return json;
    }

    /**
     * Finds a number.
     *
     * @param field its name in the progress file
     * @return the number, if the trainer has written one
     */
    public OptionalDouble number(String field) {
        return JsonNumbers.finite(fields.path(field));
    }

    /**
     * Finds a whole number; one with a fraction is cut.
     *
     * @param field its name in the progress file
     * @return the number, if the trainer has written one that fits
     */
    public OptionalLong whole(String field) {
        OptionalDouble number = number(field);
        return number.isPresent() ? OptionalLong.of((long) number.getAsDouble()) : OptionalLong.empty();
    }

    /**
     * Finds a text.
     *
     * @param field its name in the progress file
     * @return the text, if the trainer has written one
     */
    public Optional<String> text(String field) {
        return fields.path(field).stringValueOpt();
    }

    /**
     * Says whether the trainer calls itself done.
     *
     * @return whether its {@code status} is "completed"
     */
    public boolean saysCompleted() {
        return text("status").filter("completed"::equals).isPresent();
    }

    /**
     * Says whether a loss was NaN or infinite when last looked at.
     *
     * @return whether it was
     */
    public boolean lossIsNotFinite() {
        return fields.has(LOSS_IS_NOT_FINITE);
    }

    /**
     * Fills the bar: what a job that has completed shows.
     *
     * @return the same progress at 100 percent
     */
    public Progress atTheEnd() {
        ObjectNode full = fields.deepCopy();
        full.put("progress_percent", 100.0);
        return new Progress(JsonText.of(full));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Progress progress && json.equals(progress.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json.text();
    }
}
