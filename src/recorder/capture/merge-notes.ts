import { type CallNote } from "./ended-call.ts";

/** Later notes go over earlier ones; what is a list or a set of elements grows. */
export function mergeNotes(notes: readonly CallNote[] = []): CallNote {
  return notes.reduce<CallNote>(
    (all, note) => ({
      ...all,
      ...note,
      ...((all.additionalEventData ?? note.additionalEventData) === undefined
        ? {}
        : { additionalEventData: { ...all.additionalEventData, ...note.additionalEventData } }),
      ...((all.resources ?? note.resources) === undefined
        ? {}
        : { resources: [...(all.resources ?? []), ...(note.resources ?? [])] }),
      ...((all.recipients ?? note.recipients) === undefined
        ? {}
        : { recipients: [...new Set([...(all.recipients ?? []), ...(note.recipients ?? [])])] }),
    }),
    {},
  );
}
