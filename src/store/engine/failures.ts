import { StoreError } from "../errors.ts";
import type { EngineFailure } from "./protocol.ts";

/** ClickHouse's error numbers that mean something to a person; the rest is a failed query with the engine's words. */
const timeoutExceeded = 159;
const queryWasCancelled = 394;
const memoryLimitExceeded = 241;
const cannotLockDirectory = 76;

export function translateFailure(failure: EngineFailure): StoreError {
  const message = failure.message.replace(/^.*?DB::Exception: /s, "").replace(/ \(version [^)]*\)$/, "");
  const number = Number(/(?:^|\b)Code: (\d+)/.exec(failure.message)?.[1] ?? 0);
  if (failure.cancelled || number === queryWasCancelled) {
    return new StoreError("The query was cancelled", {
      code: "store-query-cancelled",
      fault: "user",
    });
  }
  if (number === cannotLockDirectory || isInUse.test(failure.message)) return storeInUse(message);
  if (number === timeoutExceeded) {
    return new StoreError("The query took longer than it may", {
      code: "store-query-too-long",
      fault: "user",
      help: "Narrow the time range or the query",
    });
  }
  if (number === memoryLimitExceeded) {
    return new StoreError("The query needs more memory than it may have", {
      code: "store-query-too-large",
      fault: "user",
      help: "Narrow the time range or the query",
      details: { engine: message },
    });
  }
  return new StoreError(`The event engine refused: ${message}`, {
    code: "store-query-failed",
    fault: "ours",
    details: { number },
  });
}

const isInUse = /lock file|CHDB_CONNECTION|already (in use|running)/i;

function storeInUse(engine: string): StoreError {
  return new StoreError("Another Trailwarden process is using this data folder", {
    code: "store-in-use",
    fault: "user",
    help: "Stop the other process, or name another folder with --data",
    details: { engine },
  });
}

/** The engine tells on stderr alone why it cannot open its folder. */
export function translateStartFailure(error: unknown, words: string): unknown {
  if (isInUse.test(words)) return storeInUse(words.trim());
  if (!(error instanceof StoreError) || words.trim() === "") return error;
  const { code, fault, help, details } = error;
  return new StoreError(`${error.message}: ${words.trim()}`, {
    code,
    fault,
    details,
    ...(help === undefined ? {} : { help }),
  });
}
