import { AwsError } from "../../../aws/index.ts";

const idShape = /^[A-Za-z0-9_-]{1,80}$/u;

interface Failed {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

/** Looks at the entries of a batch as a whole: SQS API Reference, SendMessageBatch, errors. */
export function readBatch<Entry extends { readonly Id: string | undefined }>(
  entries: readonly Entry[] | undefined,
): readonly (Entry & { readonly Id: string })[] {
  if (entries === undefined || entries.length === 0)
    throw new AwsError("EmptyBatchRequest", "There should be at least one entry in the request.");
  if (entries.length > 10)
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  const ids = new Set<string>();
  return entries.map((entry) => {
    const id = entry.Id ?? "";
    if (!idShape.test(id))
      throw new AwsError(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      );
    if (ids.has(id)) throw new AwsError("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);
    ids.add(id);
    return { ...entry, Id: id };
  });
}

/** Does the same for each entry; what AWS refuses of one does not stop the others. */
export function eachEntry<Entry extends { readonly Id: string }, Done extends object>(
  entries: readonly Entry[],
  act: (entry: Entry) => Done,
) {
  const successful: (Done & { readonly Id: string })[] = [];
  const failed: Failed[] = [];
  for (const entry of entries) {
    try {
      successful.push({ ...act(entry), Id: entry.Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: entry.Id, SenderFault: error.status < 500, Code: error.code, Message: error.message });
    }
  }
  return { Successful: successful, Failed: failed };
}
