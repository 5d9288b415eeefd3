package dev.headway.trainer.failure;

/** The training has diverged: the loss or the gradient is no longer a number. */
public final class LossNotFinite extends TrainerFailure {
    private static final long serialVersionUID = 1L;

    /** Makes the failure for {@code what} (the loss, the gradient norm) with the value seen at {@code step}. */
    public LossNotFinite(String what, double seen, long step) {
        super(what + " is not finite (" + seen + ") at step " + step
                + "; a lower learning_rate, more warmup_steps or a smaller max_grad_norm may help");
    }
}
