import { sourceKinds } from "../sources/source-kinds.ts";
import type { KindView } from "./collector.ts";
import { kindView } from "./source-settings.ts";

/** Every kind of source that this program has, for help and documentation; a running server tells its own. */
export function knownKinds(): readonly KindView[] {
  return sourceKinds.map(kindView);
}
