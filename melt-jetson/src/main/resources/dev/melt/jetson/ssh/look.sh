# What a Linux machine says of itself, in one go; read by sh from its input. Most of it with the shell's own read.
#   F PATH VALUE   the first line of a file        M PATH   lines of a file follow, each after |
#   C NAME         lines of a command follow
T='	'
one() {
    for F; do
        V=
        read -r V <"$F" && [ -n "$V" ] || [ -n "$V" ] && echo "F$T$F$T$V"
    done 2>/dev/null
}
lines() { while IFS= read -r V || [ -n "$V" ]; do echo "|$V"; done; }
all() {
    for F; do
        [ -r "$F" ] && echo "M$T$F" && lines <"$F"
    done 2>/dev/null
}
has() { command -v "$1" >/dev/null 2>&1; }
# Programs may hang.
LIMIT=
! has timeout || LIMIT='timeout 10'
command_() {
    echo "C$T$1"
    shift
    $LIMIT "$@" 2>/dev/null </dev/null | lines
}
PATH=$PATH:/usr/sbin:/sbin
S=/sys/class
one $S/thermal/thermal_zone*/type $S/thermal/thermal_zone*/temp
one $S/thermal/cooling_device*/type $S/thermal/cooling_device*/cur_state $S/thermal/cooling_device*/max_state
for N in name 'temp*_input' 'temp*_label' 'power*_input' 'power*_average' 'curr*_input' 'in[0-9]*_input' 'in[0-9]*_label' \
    'oc*_event_cnt' pwm1 fan1_input; do
    one $S/hwmon/hwmon*/$N
done
for N in 'rail_name_*' 'in_power*_input' 'in_voltage*_input' 'in_current*_input'; do
    one /sys/bus/i2c/drivers/ina3221x/*/iio:device*/$N
done
P=/sys/devices/system/cpu
one $P/cpu[0-9]*/cpufreq/scaling_cur_freq $P/possible
for N in scaling_max_freq scaling_min_freq cpuinfo_max_freq cpuinfo_min_freq related_cpus scaling_governor scaling_available_governors; do
    one $P/cpufreq/policy*/$N
done
for N in type scope status capacity temp voltage_now current_now power_now charge_now energy_now; do one $S/power_supply/*/$N; done
for N in name max_energy_range_uj energy_uj; do one $S/powercap/intel-rapl:*/$N; done
for N in cur_freq min_freq max_freq governor; do
    one $S/devfreq/*/$N /sys/devices/platform/*.gpu/devfreq_dev/$N /sys/devices/platform/*.ga10b/devfreq/*/$N \
        /sys/devices/platform/*.gv11b/devfreq/*/$N /sys/devices/*.gv11b/devfreq/*/$N \
        /sys/devices/gpu.0/devfreq/*/$N
done
one /sys/devices/pwm-fan/target_pwm /sys/devices/gpu.0/load /sys/devices/platform/gpu.0/load /sys/devices/platform/*.gpu/load /sys/kernel/debug/bpmp/debug/clk/emc/rate
one /proc/loadavg /proc/sys/kernel/random/boot_id /proc/sys/kernel/osrelease /proc/self/smaps_rollup /etc/machine-id
one $S/dmi/id/product_name $S/dmi/id/sys_vendor /sys/hypervisor/type /etc/nv_tegra_release
all /proc/stat /proc/meminfo /proc/cpuinfo /etc/os-release /etc/nvpmodel.conf /etc/melt-virtual
command_ home sh -c 'cd && pwd'
command_ arch uname -m
command_ user id -u
command_ page getconf PAGESIZE
D=/sys/firmware/devicetree/base # which /proc/device-tree leads to
for N in model compatible serial-number; do
    [ ! -r $D/$N ] || { echo "C$T$N" && tr '\0' '\n' <$D/$N | lines; }
done
echo "C${T}programs"
for N in java nvpmodel jetson_clocks tegrastats nvidia-smi sudo; do has $N && echo "|$N $(command -v $N)"; done
! has java || { echo "C${T}java" && java -version 2>&1 </dev/null | lines; }
! has df || command_ df df -k "$HOME"
! has nvpmodel || command_ nvpmodel nvpmodel -q
! has sudo || { echo "C${T}rights" && sudo -n true 2>/dev/null </dev/null && echo '|yes'; }
! has dpkg-query || command_ l4t-core dpkg-query -W -f='${Version}\n' nvidia-l4t-core
if has nvidia-smi; then
    N=" $(nvidia-smi --help-query-gpu 2>/dev/null </dev/null | sed -n '/^"/{
        s/"[^"a-z]*"/ /g
        s/"/ /g
        p
    }' | tr '\n' ' ') "
    Q=index,name
    for F in driver_version power.draw.instant power.draw temperature.gpu utilization.gpu memory.used memory.total clocks.current.sm \
        clocks.sm clocks.max.sm power.limit total_energy_consumption; do
        case $N in *" $F "*) Q=$Q,$F ;; esac
    done
    echo "C${T}nvidia-smi-fields" && echo "|$Q"
    command_ nvidia-smi nvidia-smi --query-gpu=$Q --format=csv,noheader,nounits
fi
! has tegrastats || { echo "C${T}tegrastats" && $LIMIT tegrastats --interval 100 2>/dev/null </dev/null | head -n 1 | lines; }
exit 0
