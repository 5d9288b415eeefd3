package dev.headway.trainer.text;

/**
 * How a conversation is laid out in tokens: {@code <s><|user|>question</s><|assistant|>answer</s>}.
 *
 * <p>The roles are special tokens, so no text of a user can pose as one. Stateless; threads may share it.
 */
public final class ChatLayout {
    /** The same layout as a Jinja template, which other tools apply to a list of messages. */
    static final String TEMPLATE = "{{ bos_token }}"
            + "{% for message in messages %}"
            + "{{ '<|' + message['role'] + '|>' + message['content'] + eos_token }}"
            + "{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    private ChatLayout() {}
}
