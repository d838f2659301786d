import { pauseOrStop } from "../../../base/clock.ts";
import { defineFault, type FaultTargets, type Notice } from "../fault.ts";
import { isHit, selection } from "../selection.ts";

type Pass = (notice: Notice) => Promise<void>;

export const lateNotices = defineFault({
  name: "late-notices",
  summary: "Notices of log files come late",
  parameters: { ...selection, minutes: { kind: "minutes", summary: "How late", default: 20 } },
  apply(targets, values) {
    const stop = new AbortController();
    const leave = targets.notices.add((notice, pass) => {
      if (!isHit(values, notice.trail, targets.random)) return pass(notice);
      targets.onDone();
      // Who publishes is not kept waiting: for the recorder the notice is out.
      void passLater(targets, notice, pass, values.minutes, stop.signal);
      return Promise.resolve();
    });
    return () => {
      leave();
      stop.abort();
    };
  },
});

/** Waits and passes on; when the fault is cleared meanwhile, the notice goes at once. */
async function passLater(
  { clock, onFailed }: FaultTargets,
  notice: Notice,
  pass: Pass,
  minutes: number,
  signal: AbortSignal,
): Promise<void> {
  await pauseOrStop(clock, minutes * 60_000, signal);
  await pass(notice).catch(onFailed);
}

export const repeatedNotices = defineFault({
  name: "repeated-notices",
  summary: "Notices of log files come more than once",
  parameters: { ...selection, times: { kind: "count", summary: "How often in all", default: 2, most: 100 } },
  apply: (targets, values) =>
    targets.notices.add(async (notice, pass) => {
      const isRepeated = isHit(values, notice.trail, targets.random);
      if (isRepeated) targets.onDone();
      for (let left = isRepeated ? values.times : 1; left > 0; left -= 1) await pass(notice);
    }),
});

export const lostNotices = defineFault({
  name: "lost-notices",
  summary: "Notices of log files get lost; the files are there",
  parameters: selection,
  apply: (targets, values) =>
    targets.notices.add((notice, pass) => {
      if (!isHit(values, notice.trail, targets.random)) return pass(notice);
      targets.onDone();
      return Promise.resolve();
    }),
});

export const reorderedNotices = defineFault({
  name: "reordered-notices",
  summary: "Notices of log files come in another order: some are held back and come out shuffled",
  parameters: { ...selection, held: { kind: "count", summary: "How many are held back", default: 5, most: 1000 } },
  apply(targets, values) {
    const held: (() => Promise<void>)[] = [];
    const leave = targets.notices.add(async (notice, pass) => {
      if (!isHit(values, notice.trail, targets.random)) return pass(notice);
      targets.onDone();
      held.push(() => pass(notice));
      if (held.length >= values.held) await release();
    });
    async function release(): Promise<void> {
      const all = held.splice(0).map((pass) => ({ pass, place: targets.random.next() }));
      for (const { pass } of all.sort((a, b) => a.place - b.place)) await pass().catch(targets.onFailed);
    }
    return async () => {
      leave();
      await release();
    };
  },
});
