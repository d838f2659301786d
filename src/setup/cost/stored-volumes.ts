import type { EventStore } from "../../store/index.ts";
import {
  type DeliveredFiles,
  monthDays,
  type VolumeAsk,
  type VolumeCell,
  type Volumes,
  type VolumeSource,
} from "./volumes.ts";

const dayMs = 86_400_000;

/** Counts what is stored, and says what a month of it would be. */
export function storedVolumes(store: Pick<EventStore, "volumes">): VolumeSource {
  return {
    async measure(ask: VolumeAsk, signal?: AbortSignal): Promise<Volumes> {
      const { events, logFiles } = await store.volumes(ask, signal);
      const first = new Map<string, number>();
      for (const { account, firstEventAt } of events) {
        first.set(account, Math.min(first.get(account) ?? Infinity, firstEventAt));
      }
      const looked = new Map(
        [...first].map(([account, at]) => [account, Math.max(ask.to - Math.max(at, ask.from), 1)]),
      );
      const monthly = (account: string, count: number) =>
        Math.round((count * monthDays * dayMs) / (looked.get(account) ?? ask.to - ask.from));
      return {
        accounts: ask.accounts,
        cells: events.map(({ account, firstEventAt: _first, ...cell }): VolumeCell => ({
          ...cell,
          accountId: account,
          events: monthly(account, cell.events),
          bytes: monthly(account, cell.bytes),
        })),
        delivered: logFiles.map(({ account, ...delivered }): DeliveredFiles => ({
          ...delivered,
          accountId: account,
          files: monthly(account, delivered.files),
          bytes: monthly(account, delivered.bytes),
        })),
        basis: {
          kind: "measured",
          from: ask.from,
          to: ask.to,
          days: [...looked].map(([accountId, ms]) => ({ accountId, days: ms / dayMs })),
          unknown: ask.accounts.filter((account) => !looked.has(account)),
        },
      };
    },
  };
}
