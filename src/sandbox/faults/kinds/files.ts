import { AwsError } from "../../../aws/index.ts";
import { editFile } from "../edit-file.ts";
import { defineFault, type DeliveredFile, type FaultTargets } from "../fault.ts";
import { isHit, selection } from "../selection.ts";

const fileSelection = {
  ...selection,
  kind: {
    kind: "choice",
    summary: "Log files, digests, or both",
    default: "log-files",
    among: ["log-files", "digests", "both"],
  },
} as const;

interface FileSelection {
  readonly share: number;
  readonly region: string;
  readonly trail: string;
  readonly kind: string;
}

/** Digests lie beside the log files, under `CloudTrail-Digest` (CloudTrail User Guide, "Digest file location"). */
function isWanted(values: FileSelection, { trail, object }: DeliveredFile, { random }: FaultTargets): boolean {
  const kind = object.key.includes("/CloudTrail-Digest/") ? "digests" : "log-files";
  return (values.kind === "both" || values.kind === kind) && isHit(values, trail, random);
}

export const lostFiles = defineFault({
  name: "lost-files",
  summary: "Files get lost on their way to the bucket; digests and notices name them all the same",
  parameters: fileSelection,
  apply: (targets, values) =>
    targets.files.add((file, pass) => {
      if (!isWanted(values, file, targets)) return pass(file);
      targets.onDone();
      return Promise.resolve();
    }),
});

export const changedFiles = defineFault({
  name: "changed-files",
  summary: "Files arrive with other content than was recorded: a record edited, or one missing",
  parameters: {
    ...fileSelection,
    how: {
      kind: "choice",
      summary: "What is done to a file",
      default: "edited",
      among: ["edited", "record-removed"],
    },
  },
  apply: (targets, values) =>
    targets.files.add((file, pass) => {
      if (!isWanted(values, file, targets)) return pass(file);
      targets.onDone();
      return pass(withBody(file, editFile(file.object.body, values.how === "edited" ? "edited" : "record-removed")));
    }),
});

export const truncatedFiles = defineFault({
  name: "truncated-files",
  summary: "Files arrive cut off in the middle",
  parameters: fileSelection,
  apply: (targets, values) =>
    targets.files.add((file, pass) => {
      if (!isWanted(values, file, targets)) return pass(file);
      targets.onDone();
      const { body } = file.object;
      return pass(withBody(file, body.subarray(0, Math.floor(body.length / 2))));
    }),
});

export const duplicatedFiles = defineFault({
  name: "duplicated-files",
  summary: "Files arrive twice: the same content under a second name, of which no digest knows",
  parameters: fileSelection,
  apply: (targets, values) =>
    targets.files.add(async (file, pass) => {
      await pass(file);
      if (!isWanted(values, file, targets)) return;
      const { key } = file.object;
      const twin = key.replace(/[A-Za-z0-9]{16}(?=\.json\.gz$)/, (name) => anotherName(name, targets.random));
      if (twin === key) return;
      targets.onDone();
      await pass({ ...file, object: { ...file.object, key: twin } });
    }),
});

export const swappedFiles = defineFault({
  name: "swapped-files",
  summary: "The contents of two files that follow each other are exchanged",
  parameters: fileSelection,
  apply(targets, values) {
    let first: { readonly file: DeliveredFile; readonly passed: Promise<void> } | undefined;
    return targets.files.add(async (file, pass) => {
      if (!isWanted(values, file, targets)) return pass(file);
      const other = first;
      if (other === undefined || other.file.object.bucket !== file.object.bucket) {
        const passed = pass(file);
        first = { file, passed };
        return passed;
      }
      first = undefined;
      targets.onDone();
      // Files are put at the same time: the first must not arrive over what takes its place.
      await other.passed.catch(() => undefined);
      await pass(withBody(other.file, file.object.body));
      await pass(withBody(file, other.file.object.body));
    });
  },
});

export const silentRegion = defineFault({
  name: "silent-region",
  summary: "A region falls silent: its log files and digests no longer arrive, and nothing announces them",
  parameters: {
    region: { kind: "text", summary: "The region" },
    files: {
      kind: "choice",
      summary:
        "Whether the recorder notices, and delivers when the fault is cleared, or the files are gone without a word",
      default: "late",
      among: ["late", "lost"],
    },
  },
  apply(targets, { region, files }) {
    const silence = (place: string) => place === region;
    const leaveFiles = targets.files.add((file, pass) => {
      if (!silence(file.trail.region)) return pass(file);
      targets.onDone();
      if (files === "lost") return Promise.resolve();
      throw new AwsError("ServiceUnavailable", `Deliveries of ${region} are held up on purpose`, 503);
    });
    const leaveNotices = targets.notices.add((notice, pass) =>
      silence(notice.trail.region) ? Promise.resolve() : pass(notice),
    );
    return () => {
      leaveFiles();
      leaveNotices();
    };
  },
});

function withBody(file: DeliveredFile, body: Uint8Array): DeliveredFile {
  return { ...file, object: { ...file.object, body } };
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function anotherName(name: string, random: { next(): number }): string {
  return [...name].map(() => letters.charAt(Math.floor(random.next() * letters.length))).join("");
}
