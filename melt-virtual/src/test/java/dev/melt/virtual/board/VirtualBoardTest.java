package dev.melt.virtual.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.board.VirtualBoard.Options;
import dev.melt.virtual.machine.HostPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Virtual boards behind Debian's real sshd, reached by the real ssh and scp. */
class VirtualBoardTest extends WithBoards {
    static List<String> names() {
        return VirtualBoards.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void saysWhatItIsAndThatItIsVirtual(String name) throws Exception {
        VirtualBoard board = start(name);
        RealSsh ssh = ssh(board);

        assertThat(ssh.text("tr -d '\\0' </sys/firmware/devicetree/base/model; echo; uname -r; hostname; pwd"))
                .isEqualTo(board.profile().model() + "\n" + board.profile().kernel() + "\n" + name + "\n/home/"
                        + board.profile().user() + "\n");
        assertThat(ssh.text("cat /etc/melt-virtual"))
                .contains("virtual=1\n", "profile=" + name + "\n", "abi=" + HostPrograms.abi() + "\n");
        assertThat(ssh.text("head -1 /proc/meminfo"))
                .contains(" " + board.profile().memoryKilobytes() + " kB");
        assertThat(ssh.run("cat /etc/nv_tegra_release").text().strip())
                .isEqualTo(board.profile().tegra().map(Tegra::release).orElse(""));
    }

    @Test
    void passesExitCodesAndKeepsStreamsApart() throws Exception {
        RealSsh.Said said = ssh(start("raspberry-pi-5")).run("echo out; echo error >&2; exit 7");

        assertThat(said.exitCode()).isEqualTo(7);
        assertThat(said.text()).isEqualTo("out\n");
        assertThat(said.error()).isEqualTo("error\n");
    }

    @Test
    void carriesEveryByteBothWays() throws Exception {
        RealSsh ssh = ssh(start("raspberry-pi-5"));
        byte[] content = new byte[5_000_000];
        new Random(1).nextBytes(content);

        assertThat(ssh.run("cat >file", content).exitCode()).isZero();

        assertThat(ssh.run("cat file").output()).hasBinaryContent(content);
    }

    @Test
    void copiesFilesOfItsOwnRoot() throws Exception {
        VirtualBoard board = start("orin-nano");
        Path file = Files.writeString(folder.resolve("up"), "content");

        assertThat(ssh(board).copy(file.toString(), board.alias() + ":sub").exitCode())
                .isZero();
        assertThat(ssh(board)
                        .copy(board.alias() + ":/etc/nv_tegra_release", folder + "/down")
                        .exitCode())
                .isZero();

        assertThat(board.onHost("/home/jetson/sub")).hasContent("content");
        assertThat(folder.resolve("down")).content().startsWith("# R36 (release)");
    }

    @Test
    void runsJava() throws Exception {
        RealSsh ssh = ssh(start("orin-agx"));

        assertThat(ssh.text(". /etc/melt-virtual; $java -XshowSettings:properties -version 2>&1"))
                .contains("user.home = ", "java.version = " + System.getProperty("java.version"));
    }

    @Test
    void givesItsUserRootOnlyWhereItMayHaveIt() throws Exception {
        RealSsh free = ssh(start("orin-nano"));
        RealSsh bound = ssh(start("orin-agx", Options.PLAIN.withRights(false)));

        assertThat(free.text("sudo -n id -u")).isEqualTo("0\n");
        assertThat(free.run("sudo -n sh -c 'exit 5'").exitCode()).isEqualTo(5);
        assertThat(free.run("sudo -n no-such-program").error()).isEqualTo("sudo: no-such-program: command not found\n");
        RealSsh.Said refused = bound.run("sudo -n id -u");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.error()).isEqualTo("sudo: a password is required\n");
        if (BoardUser.isApart()) {
            assertThat(free.text("id -u")).isEqualTo("1000\n");
            assertThat(bound.run("echo 1 >/sys/devices/system/cpu/cpu1/online").exitCode())
                    .isNotZero();
            assertThat(bound.run("cat /sys/kernel/debug/bpmp/debug/clk/emc/rate")
                            .error())
                    .contains("Permission denied");
        }
    }

    @Test
    void hasTheSameKeyAndPortAgain() throws Exception {
        VirtualBoard first = start("nano");
        String known = Files.readString(first.knownHosts());
        first.close();

        VirtualBoard second = start("nano");

        assertThat(second.address()).isEqualTo(first.address());
        assertThat(second.knownHosts()).hasContent(known);
        assertThat(ssh(second).text("echo in")).isEqualTo("in\n");
    }

    @Test
    void isRefusedByClientsThatKnewAnotherKey() throws Exception {
        start("nano").close();

        RealSsh.Said said = ssh(start("nano", Options.PLAIN.withNewKey())).run("echo in");

        assertThat(said.exitCode()).isEqualTo(255);
        assertThat(said.error()).contains("REMOTE HOST IDENTIFICATION HAS CHANGED", "Host key verification failed.");
    }

    @Test
    void isNotThereByAnotherName() {
        assertThatThrownBy(() -> VirtualBoards.start("tx3", folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("orin-agx");
    }
}
