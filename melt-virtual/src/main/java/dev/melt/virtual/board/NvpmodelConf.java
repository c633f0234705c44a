package dev.melt.virtual.board;

import dev.melt.virtual.machine.Cluster;
import java.util.List;
import java.util.Locale;

/** {@code /etc/nvpmodel.conf}: which files a power mode sets, and to what. */
record NvpmodelConf(BoardProfile profile, Tegra tegra) {
    private static final String CPU = "/sys/devices/system/cpu/cpu";

    String text() {
        StringBuilder text = new StringBuilder();
        parameters(text);
        for (Tegra.PowerMode mode : tegra.modes()) {
            mode(mode, text);
        }
        text.append("# mandatory section to configure the default mode\n< PM_CONFIG DEFAULT=")
                .append(tegra.defaultMode())
                .append(" >");
        return text.toString();
    }

    private void parameters(StringBuilder text) {
        text.append("""
                # FORMAT:
                # < PARAM TYPE=PARAM_TYPE NAME=PARAM_NAME >
                # ARG1_NAME ARG1_PATH_VAL
                # < POWER_MODEL ID=id_num NAME=mode_name >
                # PARAM1_NAME ARG1_NAME ARG1_VAL

                < PARAM TYPE=FILE NAME=CPU_ONLINE >
                """);
        for (int i = 0; i < profile.processors(); i++) {
            text.append("CORE_%d %s%d/online\n".formatted(i, CPU, i));
        }
        if (hasPowerGating()) {
            text.append("\n< PARAM TYPE=FILE NAME=TPC_POWER_GATING >\nTPC_PG_MASK %s/tpc_pg_mask\n"
                    .formatted(tegra.gpu().control()));
        }
        text.append("\n< PARAM TYPE=FILE NAME=GPU_POWER_CONTROL_ENABLE >\nGPU_PWR_CNTL_EN %s/power/control\n"
                .formatted(tegra.gpu().control()));
        for (Cluster cluster : clusters()) {
            String folder = CPU + cluster.first() + "/cpufreq/scaling_";
            text.append("\n< PARAM TYPE=CLOCK NAME=%s >\n".formatted(name(cluster)));
            text.append("FREQ_TABLE %savailable_frequencies\n".formatted(folder));
            text.append("MAX_FREQ %smax_freq\nMIN_FREQ %smin_freq\n".formatted(folder, folder));
        }
        String gpu = tegra.gpu().devfreq();
        text.append("\n< PARAM TYPE=CLOCK NAME=GPU >\nFREQ_TABLE %s/available_frequencies\n".formatted(gpu));
        text.append("MAX_FREQ %s/max_freq\nMIN_FREQ %s/min_freq\n".formatted(gpu, gpu));
        text.append("\n< PARAM TYPE=FILE NAME=GPU_POWER_CONTROL_DISABLE >\nGPU_PWR_CNTL_DIS %s/power/control\n"
                .formatted(tegra.gpu().control()));
        text.append("\n< PARAM TYPE=CLOCK NAME=EMC >\nMAX_FREQ %s\n\n"
                .formatted(tegra.emc().cap()));
    }

    private void mode(Tegra.PowerMode mode, StringBuilder text) {
        text.append("< POWER_MODEL ID=%d NAME=%s >\n".formatted(mode.id(), mode.name()));
        for (int i = 0; i < profile.processors(); i++) {
            text.append("CPU_ONLINE CORE_%d %d\n".formatted(i, i < mode.online() ? 1 : 0));
        }
        if (hasPowerGating()) {
            text.append("TPC_POWER_GATING TPC_PG_MASK %d\n".formatted(mode.powerGating()));
        }
        text.append("GPU_POWER_CONTROL_ENABLE GPU_PWR_CNTL_EN on\n");
        for (Cluster cluster : clusters()) {
            if (cluster.first() < mode.online()) {
                text.append("%s MIN_FREQ %d\n".formatted(name(cluster), tegra.cpuLeastKilohertz()));
                text.append("%s MAX_FREQ %d\n".formatted(name(cluster), mode.cpuKilohertz()));
            }
        }
        text.append("GPU MIN_FREQ 0\nGPU MAX_FREQ %d\n".formatted(mode.gpuHertz()));
        text.append("GPU_POWER_CONTROL_DISABLE GPU_PWR_CNTL_DIS auto\n");
        text.append("EMC MAX_FREQ %d\n\n".formatted(mode.emcHertz()));
    }

    /** Else no mode takes a reboot. */
    private boolean hasPowerGating() {
        return tegra.modes().stream()
                        .mapToInt(Tegra.PowerMode::powerGating)
                        .distinct()
                        .count()
                > 1;
    }

    private List<Cluster> clusters() {
        return profile.clusters();
    }

    private String name(Cluster cluster) {
        return String.format(
                Locale.ROOT, tegra.cpuParameter(), profile.clusters().indexOf(cluster));
    }
}
