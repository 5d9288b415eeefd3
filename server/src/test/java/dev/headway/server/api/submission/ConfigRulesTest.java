package dev.headway.server.api.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Json;
import dev.headway.server.http.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class ConfigRulesTest {
    private static final String TRAINING = "\"training\":{\"method\":\"sft\"}";
    private static final String MODEL = "\"model\":{\"name\":\"Qwen/Qwen3-1.7B\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Missing required config sections: model, training",
                "{\"model\":{}} | Missing required config sections: training",
                "{\"training\":5} | Missing required config sections: model",
                "{\"model\":{},\"training\":{}} | Model config section is missing or empty",
                "{\"model\":null,\"training\":{}} | Model config section is missing or empty",
                "{\"model\":{\"a\":1},\"training\":{}} | model.name is required",
                "{\"model\":{\"name\":null},\"training\":{}} | model.name is required",
                "{\"model\":{\"name\":\"\"},\"training\":{}} | model.name cannot be empty",
                "{\"model\":{\"name\":\" \\t\"},\"training\":{}} | model.name cannot be empty",
                "{\"model\":{\"name\":\"m\"},\"training\":{}} | Training config section is empty",
                "{\"model\":{\"name\":\"m\"},\"training\":{\"a\":1}} | training.method is required (sft, dpo, etc.)",
            })
    void requiresModelAndTraining(String config, String text) {
        assertThat(refused(config)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"method\":\"xyz\" | Invalid training.method 'xyz'. Valid: ['sft', 'dpo', 'rlhf', 'orpo', 'cpt']",
                "\"num_epochs\":-1 | num_epochs must be positive, got -1",
                "\"num_epochs\":0 | num_epochs must be positive, got 0",
                "\"num_epochs\":0.0 | num_epochs must be positive, got 0.0",
                "\"num_epochs\":-2.5 | num_epochs must be positive, got -2.5",
                "\"num_epochs\":false | num_epochs must be positive, got False",
                "\"num_epochs\":null | num_epochs must be positive, got None",
                "\"num_epochs\":\"3\" | num_epochs must be positive, got 3",
                "\"num_epochs\":[\"a\",null] | num_epochs must be positive, got ['a', None]",
                "\"batch_size\":2.0 | batch_size must be positive integer, got 2.0",
                "\"batch_size\":0 | batch_size must be positive integer, got 0",
                "\"learning_rate\":-1e-5 | learning_rate must be positive, got -1e-05",
                "\"learning_rate\":1e-400 | learning_rate must be positive, got 0.0",
                "\"learning_rate\":\"2e-4\" | learning_rate must be positive, got 2e-4",
                "\"learning_rate\":0,\"batch_size\":0 | batch_size must be positive integer, got 0",
            })
    void checksTheTrainingSection(String values, String text) {
        String method = values.contains("method") ? "" : "\"method\":\"SFT\",";

        assertThat(refused("{" + MODEL + ",\"training\":{" + method + values + "}}"))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"lora\":{\"r\":0} | lora.r must be positive integer, got 0",
                "\"lora\":{\"r\":8.5} | lora.r must be positive integer, got 8.5",
                "\"lora\":{\"alpha\":-0.5} | lora.alpha must be positive, got -0.5",
                "\"lora\":{\"target_modules\":[]} | lora.target_modules must be a non-empty list",
                "\"lora\":{\"target_modules\":\"q_proj\"} | lora.target_modules must be a non-empty list",
                "\"lora\":{\"target_modules\":null} | lora.target_modules must be a non-empty list",
                "\"output\":{\"save_total_limit\":-1} | save_total_limit must be non-negative integer, got -1",
                "\"output\":{\"save_total_limit\":1.0} | save_total_limit must be non-negative integer, got 1.0",
            })
    void checksTheOptionalSections(String section, String text) {
        assertThat(refused("{" + MODEL + "," + TRAINING + "," + section + "}")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gpt2 | q_proj | ['c_attn', 'c_proj']",
                "EleutherAI/GPT-Neo-1.3B | q_proj | ['c_attn', 'c_proj']",
                "gpt-j-6b | k_proj | ['q_proj', 'v_proj']",
                "meta/Llama-3.2 | c_attn | ['q_proj', 'v_proj', 'k_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj']",
                "Mistral-7B | c_attn | ['q_proj', 'v_proj', 'k_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj']",
                "microsoft/phi-2 | o_proj | ['q_proj', 'v_proj', 'k_proj', 'dense']",
                "Qwen/Qwen3-1.7B | gate_proj | ['q_proj', 'v_proj', 'k_proj', 'o_proj']",
                "Qwen2.5 | q_proj | ['c_attn', 'c_proj']",
                "llama/unheard-of | gate_proj | ['q_proj', 'v_proj', 'k_proj', 'o_proj']",
            })
    void namesTheModulesOfTheArchitecture(String model, String module, String expected) {
        String config = "{\"model\":{\"name\":\"" + model + "\"}," + TRAINING + ",\"lora\":{\"target_modules\":[\""
                + module + "\"]}}";

        assertThat(refused(config))
                .isEqualTo("Invalid LoRA target_modules ['" + module + "'] for model '" + model
                        + "'. Expected modules for this architecture: " + expected + ". You provided: ['" + module
                        + "']");
    }

    @Test
    void quotesTheWrongModulesFirstAndAllOfThemLast() {
        String config = "{\"model\":{\"name\":\"gpt2\"}," + TRAINING
                + ",\"lora\":{\"target_modules\":[\"c_attn\",\"q_proj\",7]}}";

        assertThat(refused(config))
                .startsWith("Invalid LoRA target_modules ['q_proj', 7] for model 'gpt2'.")
                .endsWith("You provided: ['c_attn', 'q_proj', 7]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gpt2 | {\"strategy\":\"Chat\"}",
                "x/GPT-Neo-125m | {\"chat_template\":null}",
                "gpt-j | {\"strategy\":\"standard\",\"chat_template\":\"t\"}",
            })
    void refusesChatTemplatesForModelsWithoutOne(String model, String data) {
        String config = "{\"model\":{\"name\":\"" + model + "\"}," + TRAINING + ",\"data\":" + data + "}";

        assertThat(refused(config))
                .isEqualTo("Model '" + model + "' does not support chat templates."
                        + " Use data.strategy='standard' or a model with chat template support.");
    }

    @Test
    void checksTheChatTemplateBeforeTheTrainingSection() {
        assertThat(refused("{\"model\":{\"name\":\"gpt2\"},\"data\":{\"strategy\":\"chat\"},\"training\":{}}"))
                .startsWith("Model 'gpt2' does not support chat templates.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"gpt2\",\"training\":{}} | 'str' object has no attribute 'get'",
                "{\"model\":[1],\"training\":{}} | 'list' object has no attribute 'get'",
                "{\"model\":{\"name\":5},\"training\":{}} | 'int' object has no attribute 'strip'",
                "{\"model\":{\"name\":\"m\"},\"training\":{\"method\":5}} | 'int' object has no attribute 'lower'",
                "{\"model\":{\"name\":\"m\"},\"training\":{\"method\":[\"sft\"]}} | 'list' object has no attribute 'lower'",
            })
    void answers500WithPythonsWordsForTypesThatNoRuleSpeaksOf(String config, String text) {
        Response answer = answer(config);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(detail(answer)).isEqualTo("Validation error: " + text);
    }

    @Test
    void acceptsWhatIsOnlyOddAndWarns() {
        CheckedConfig checked = check("""
                {"model":{"name":"headway/nano","quantization":"2bit"},
                 "training":{"method":"CPT","num_epochs":101,"learning_rate":0.5,"batch_size":true},
                 "data":{"dataset_format":"dpo"},
                 "lora":{"r":65,"target_modules":["q_proj"]}}""");

        assertThat(checked.model()).isEqualTo("headway/nano");
        assertThat(checked.method()).isEqualTo("cpt");
        assertThat(checked.warnings()).hasSize(6);
    }

    @Test
    void acceptsNumbersThatNoDoubleHoldsAndWarns() {
        CheckedConfig checked = check("{" + MODEL + ",\"training\":{\"method\":\"sft\",\"num_epochs\":1"
                + "0".repeat(400) + ",\"learning_rate\":1e999999999},\"lora\":{\"r\":" + "9".repeat(900) + "}}");

        assertThat(checked.warnings()).hasSize(3);
    }

    @Test
    void doesNotSendALongValueBackWhole() {
        String config = "{" + MODEL + ",\"training\":{\"method\":\"" + "x".repeat(100_000) + "\"}}";

        assertThat(refused(config)).hasSizeLessThan(5_000).endsWith("…");
    }

    @Test
    void acceptsOddTypesWhereOnlyAWarningIsDue() {
        CheckedConfig checked = check("""
                {"model":{"name":"m","quantization":{"load_in_4bit":true}},"training":{"method":"sft"},
                 "data":{"dataset_format":["jsonl"]},"lora":{"dropout":"x"},"output":[]}""");

        assertThat(checked.warnings()).hasSize(2);
    }

    @Test
    void acceptsARealConfigOnlyWarningOfTheMissingLora() {
        CheckedConfig checked = check("{" + MODEL + ",\"tokenizer\":{\"name\":\"t\"},\"data\":{\"strategy\":\"chat\"},"
                + "\"training\":{\"method\":\"sft\",\"num_epochs\":2.5,\"batch_size\":4,\"learning_rate\":1e-5,"
                + "\"lora_config\":{\"r\":-1}},\"output\":{\"save_total_limit\":0}}");

        assertThat(checked.warnings()).singleElement().asString().contains("lora");
    }

    private static CheckedConfig check(String config) {
        return ConfigRules.check((ObjectNode) Json.mapper().readTree(config));
    }

    private static String refused(String config) {
        Response answer = answer(config);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(detail(answer)).startsWith("Configuration validation failed: ");
        return detail(answer).substring("Configuration validation failed: ".length());
    }

    private static Response answer(String config) {
        return catchThrowableOfType(HttpProblem.class, () -> check(config)).response();
    }

    private static String detail(Response answer) {
        return Json.mapper().readTree(answer.body().text()).path("detail").stringValue();
    }
}
