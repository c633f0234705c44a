package dev.melt.core.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.config.ConfigFiles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the sets that ship to the lengths of the published ones: 25 words in the mean, 16 in the median, up to 241. */
class ConversationDataTest {
    private static ConversationSet set(String name) {
        return (ConversationSet) new Workloads(new ConfigFiles(List.of())).resolve(name);
    }

    private static List<String> prompts(ConversationSet set) {
        return set.dialogues().stream().flatMap(d -> d.prompts().stream()).toList();
    }

    private static int[] sortedWordCounts(ConversationSet set) {
        return prompts(set).stream()
                .mapToInt(prompt -> prompt.split("\\s+").length)
                .sorted()
                .toArray();
    }

    private static double mean(int[] words) {
        return Arrays.stream(words).average().orElseThrow();
    }

    @Test
    void fiftyConversationsHaveSixToTenPromptsEach() {
        ConversationSet set = set("conversations-50");

        assertThat(set.dialogues())
                .hasSize(50)
                .allSatisfy(d -> assertThat(d.prompts()).hasSizeBetween(6, 10));
        assertThat(set.promptCount()).isBetween(390, 420);
        assertThat(prompts(set)).doesNotHaveDuplicates();
        assertThat(set.generate()).isEqualTo(128);
    }

    @Test
    void fiftyConversationsHaveTheLengthsOfThePublishedOnes() {
        int[] words = sortedWordCounts(set("conversations-50"));

        assertThat(mean(words)).isBetween(23.0, 27.0);
        assertThat(words[words.length / 2]).isBetween(15, 17);
        assertThat(words[0]).isLessThanOrEqualTo(2);
        assertThat(words[words.length - 1]).isBetween(200, 241);
    }

    @Test
    void theSustainedSetIsOneConversationOf48() {
        ConversationSet set = set("sustained-48");

        assertThat(set.dialogues()).hasSize(1);
        assertThat(set.promptCount()).isEqualTo(48);
        assertThat(mean(sortedWordCounts(set))).isBetween(17.0, 21.0);
    }

    @Test
    void theShortChatHasSixConversations() {
        assertThat(set("chat-6").dialogues()).hasSize(6);
        assertThat(mean(sortedWordCounts(set("chat-6")))).isBetween(18.0, 30.0);
    }
}
