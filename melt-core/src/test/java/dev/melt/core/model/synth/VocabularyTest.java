package dev.melt.core.model.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.model.shape.ModelFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VocabularyTest {
    @ParameterizedTest
    @EnumSource(ModelFamily.class)
    void hasAsManyTokensAsTheShapeSaysAndNoneTwice(ModelFamily family) {
        Vocabulary vocabulary = Vocabulary.of(SmallShapes.of(family));

        List<String> tokens = IntStream.range(0, vocabulary.size())
                .mapToObj(vocabulary::token)
                .toList();

        assertThat(tokens).hasSize(2048).doesNotHaveDuplicates();
    }

    @Test
    void everyPieceCanBeReachedFromTheLeft() {
        Set<String> reachable = new HashSet<>();
        for (String piece : WordPieces.first(Integer.MAX_VALUE)) {
            String before = piece.substring(0, piece.length() - 1);
            assertThat(before.length() == 1 || reachable.contains(before))
                    .as(piece)
                    .isTrue();
            reachable.add(piece);
        }
        assertThat(reachable).hasSizeGreaterThan(3000);
    }

    @Test
    void mapsBytesToLettersAsGpt2Does() {
        assertThat(BpeVocabulary.byteLetter('A')).isEqualTo('A');
        assertThat(BpeVocabulary.byteLetter(' ')).isEqualTo('\u0120');
        assertThat(BpeVocabulary.byteLetter('\n')).isEqualTo('\u010a');
        assertThat(BpeVocabulary.byteLetter(0xad)).isEqualTo('\u0143');
        assertThat(BpeVocabulary.byteLetter(0xff)).isEqualTo('\u00ff');
    }
}
