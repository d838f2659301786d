import type { SourceKind } from "./source.ts";
import { queueSource } from "./queue/queue-source.ts";

/** Every kind of source there is, in the order in which people are offered them. */
export const sourceKinds: readonly SourceKind[] = [queueSource].map(asAnyKind);

/** Settings reach a kind only through its own schema. */
function asAnyKind(kind: object): SourceKind {
  return kind as SourceKind;
}
