import { bucketSource } from "./bucket/bucket-source.ts";
import { eventsSource } from "./events/events-source.ts";
import { folderSource } from "./folder/folder-source.ts";
import { lookupSource } from "./lookup/lookup-source.ts";
import { pushSource } from "./push/push-source.ts";
import { queueSource } from "./queue/queue-source.ts";
import type { SourceKind } from "./source.ts";

/** Every kind of source there is, in the order in which people are offered them. */
export const sourceKinds: readonly SourceKind[] = [
  queueSource,
  bucketSource,
  eventsSource,
  lookupSource,
  folderSource,
  pushSource,
].map(asAnyKind);

/** Settings reach a kind only through its own schema. */
function asAnyKind(kind: object): SourceKind {
  return kind as SourceKind;
}
