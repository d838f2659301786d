import type { EarlyKind } from "../../store/index.ts";

const kinds: readonly EarlyKind[] = ["events", "lookup", "push"];

/** Whether what is called so brings events before CloudTrail's own log file does; names begin as sources give them. */
export function earlyKindOf(name: string): EarlyKind | undefined {
  return kinds.find((kind) => name.startsWith(`${kind}://`));
}
