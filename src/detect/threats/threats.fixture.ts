import { SteppedClock } from "../../base/clock.ts";
import type { RuleItemRow } from "../../state/index.ts";
import type { FetchList } from "./fetch-list.ts";
import { openThreats, type ThreatsOptions } from "./open-threats.ts";

export const began = Date.UTC(2026, 9, 1);

/** The part of the state that keeps lists, in memory. */
export function memoryTable(): ThreatsOptions["table"] {
  const rows = new Map<string, RuleItemRow>();
  return {
    items: async (kind) => [...rows.values()].filter((row) => row.kind === kind),
    putItem: async (row) => void rows.set(`${row.kind}/${row.name}`, structuredClone(row)),
    removeItem: async (kind, name) => void rows.delete(`${kind}/${name}`),
  };
}

/** Lists in a folder, and a URL that gives what a test says. */
export async function openThreatsIn(directory: string) {
  const clock = new SteppedClock(began);
  const table = memoryTable();
  const asked: { url: string; etag: string }[] = [];
  const failures: unknown[] = [];
  let answer: () => Awaited<ReturnType<FetchList>> = () => ({ kind: "text", text: "", etag: "" });
  const options: ThreatsOptions = {
    table,
    directory,
    clock,
    onFailure: (error) => failures.push(error),
    fetch: async (url, { etag }) => {
      asked.push({ url, etag });
      return answer();
    },
  };
  return {
    clock,
    asked,
    failures,
    threats: await openThreats(options),
    reopen: () => openThreats(options),
    answerWith: (next: () => Awaited<ReturnType<FetchList>>) => {
      answer = next;
    },
  };
}
