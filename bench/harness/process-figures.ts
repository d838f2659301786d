import { readdirSync, readFileSync } from "node:fs";

/** Linux counts a process's time in hundredths of a second wherever Node runs (`man 7 time`, USER_HZ). */
const ticksPerSecond = 100;
const kibibyte = 1024;

/** Seconds of CPU that a process has used, its finished children apart; undefined where there is no `/proc`. */
export function cpuSecondsOf(processId: number): number | undefined {
  const ticks = ticksOf(processId);
  return ticks === undefined ? undefined : (ticks.user + ticks.system) / ticksPerSecond;
}

export interface Memory {
  readonly residentBytes: number;
  /** The most that was resident at any time. */
  readonly peakBytes: number;
}

/** What a process has in memory (`VmRSS`, `VmHWM`); undefined where there is no `/proc`. */
export function memoryOf(processId: number): Memory | undefined {
  const status = readProc(`${processId}/status`);
  const resident = kilobytesIn(status, "VmRSS");
  const peak = kilobytesIn(status, "VmHWM");
  if (resident === undefined || peak === undefined) return undefined;
  return { residentBytes: resident, peakBytes: peak };
}

/** The processes that a process has started, and theirs. */
export function descendantsOf(processId: number): number[] {
  const children = tasksOf(processId).flatMap((task) =>
    (readProc(`${processId}/task/${task}/children`) ?? "").split(" ").filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** CPU time so far, of the whole machine and of this process with everything it started. */
export interface CpuClock {
  readonly busySeconds: number;
  readonly ownSeconds: number;
}

export function readCpuClock(): CpuClock | undefined {
  const [name, user, nice, system, , , irq, softIrq, steal] =
    (readProc("stat") ?? "").split("\n", 1)[0]?.split(/\s+/) ?? [];
  if (name !== "cpu") return undefined;
  // What a virtual machine's host gives to other machines is lost to us as well.
  const busy = [user, nice, system, irq, softIrq, steal].reduce((sum, ticks) => sum + Number(ticks ?? 0), 0);
  const own = [process.pid, ...descendantsOf(process.pid)].map(ticksOf);
  const ownTicks = own.reduce((sum, ticks) => sum + (ticks ? ticks.user + ticks.system + ticks.children : 0), 0);
  return { busySeconds: busy / ticksPerSecond, ownSeconds: ownTicks / ticksPerSecond };
}

/** The share of all cores that others used between two readings, from 0 to 1: how quiet the machine was. */
export function othersShare(before: CpuClock, after: CpuClock, seconds: number, cores: number): number {
  const busy = after.busySeconds - before.busySeconds;
  const own = after.ownSeconds - before.ownSeconds;
  return Math.min(1, Math.max(0, (busy - own) / (seconds * cores)));
}

interface Ticks {
  readonly user: number;
  readonly system: number;
  /** Of children that have ended. */
  readonly children: number;
}

function ticksOf(processId: number): Ticks | undefined {
  return readTicks(readProc(`${processId}/stat`) ?? "");
}

/** Reads `/proc/PID/stat`; the name in it may hold spaces and parentheses (`man 5 proc_pid_stat`). */
export function readTicks(stat: string): Ticks | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
  if (user === undefined || system === undefined) return undefined;
  return { user, system, children: (childUser ?? 0) + (childSystem ?? 0) };
}

function tasksOf(processId: number): string[] {
  try {
    return readdirSync(`/proc/${processId}/task`);
  } catch {
    return [];
  }
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return undefined;
  }
}

function kilobytesIn(status: string | undefined, name: string): number | undefined {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status ?? "");
  return found ? Number(found[1]) * kibibyte : undefined;
}
