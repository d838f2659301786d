import { parseObjectKey } from "../cloudtrail/index.ts";
import type { LogFile, Reject } from "../store/index.ts";
import { reasonToSkip, type ImportTally } from "./import-tally.ts";
import { archiveRead } from "./reading/file-reading.ts";
import type { FinishedFile, SkippedFile } from "./reading/messages.ts";

/** Everything in a file that was no record. */
export function rejectRows(file: FinishedFile, refused: readonly Reject[]): Reject[] {
  return [...file.content.rejects.map((part) => ({ logFile: file.id, ...part })), ...refused];
}

/** A file as it is listed once its events are stored. */
export function logFileRow(
  file: FinishedFile | SkippedFile,
  tally: ImportTally,
  readAt: number,
): Omit<LogFile, "source"> {
  const key = parseObjectKey(file.name.slice(file.name.lastIndexOf("!") + 1));
  const common = {
    id: file.id,
    name: file.name,
    version: file.version,
    deliveredAt: key.ok ? key.key.deliveredAt : undefined,
    readAt,
    gzipMembers: 1,
    bytesBehind: 0,
  };
  if (file.kind === "skipped") {
    const kind = file.reason === archiveRead ? "archive" : "skipped";
    return {
      ...common,
      kind,
      sizeBytes: 0,
      sha256: "",
      records: 0,
      rejected: 0,
      dropped: 0,
      gzipMembers: 0,
      bytesBehind: 0,
      note: kind === "archive" ? "" : file.reason,
    };
  }
  const { content, fault } = file;
  const { gzipMembers, bytesBehind } = content;
  const reason = reasonToSkip(file);
  if (reason !== undefined) {
    const kind = content.wrapper === "digest" ? "digest" : "skipped";
    return {
      ...common,
      kind,
      sizeBytes: content.sizeBytes,
      sha256: content.sha256,
      records: 0,
      rejected: 0,
      dropped: 0,
      gzipMembers,
      bytesBehind,
      note: reason,
    };
  }
  return {
    ...common,
    kind: content.wrapper,
    sizeBytes: content.sizeBytes,
    sha256: content.sha256,
    records: content.records + content.rejected + tally.extraOf(file.id),
    rejected: content.rejected + tally.refusedCount(file.id),
    dropped: tally.droppedOf(file.id),
    gzipMembers,
    bytesBehind,
    note: fault?.message ?? "",
  };
}
