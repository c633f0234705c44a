package dev.melt.core.workload;

import dev.melt.core.problem.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a set: {@code NAME[3]} one, {@code NAME[0:6]} the first six, {@code NAME[44:]} from the 45th on. */
record Selection(String base, String range) {
    private static final Pattern FORM = Pattern.compile("(.+)\\[([^\\[\\]]*)]", Pattern.DOTALL);
    private static final Pattern RANGE = Pattern.compile("([0-9]{0,9})(:?)([0-9]{0,9})");

    static Optional<Selection> parse(String given) {
        Matcher form = FORM.matcher(given);
        return form.matches() ? Optional.of(new Selection(form.group(1), form.group(2))) : Optional.empty();
    }

    Workload of(Workload whole) {
        String name = whole.name() + "[" + range + "]";
        if (whole instanceof ConversationSet set) {
            return new ConversationSet(name, part(set.dialogues()), set.generate());
        }
        if (whole instanceof PromptSet set) {
            return new PromptSet(name, part(set.prompts()), set.chat(), set.generate());
        }
        throw new InvalidInputException(
                "workload '" + name + "'",
                "a set of conversations or prompts needed to select from",
                "another kind of workload found",
                "leave [" + range + "] out");
    }

    private <T> List<T> part(List<T> all) {
        Matcher form = RANGE.matcher(range);
        if (!form.matches() || range.isEmpty()) {
            throw fault(all.size(), "'" + range + "' found");
        }
        int from = form.group(1).isEmpty() ? 0 : Integer.parseInt(form.group(1));
        int to = form.group(2).isEmpty() ? from + 1 : end(form.group(3), all.size());
        if (from >= to || to > all.size()) {
            throw fault(all.size(), from >= to ? "an empty part found" : "the set has " + all.size());
        }
        return all.subList(from, to);
    }

    private static int end(String digits, int size) {
        return digits.isEmpty() ? size : Integer.parseInt(digits);
    }

    private InvalidInputException fault(int size, String finding) {
        return new InvalidInputException(
                "workload '" + base + "[" + range + "]'",
                "a number or a range within 0:" + size + " needed",
                finding,
                "write " + base + "[0] or " + base + "[0:" + size + "]");
    }
}
