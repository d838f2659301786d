import { VerdictMark } from "../../../parts/verdict-mark.tsx";
import { verdictKinds, verdictWords, withoutWord } from "../../../parts/verdicts.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { JudgedFile } from "../../../verify-api.ts";
import type { CellPlace } from "../../collect/ledger/ledger-state.ts";
import { EventsLink } from "../events-link.tsx";
import { fileNameOf, ObjectName } from "../object-name.tsx";
import classes from "./hour.module.css";
import { deliveredAt } from "./delivered-at.ts";
import { ShortList } from "./short-list.tsx";

const minuteMs = 60_000;

/** Log files with their verdicts, the worst first. */
export function FileList({ files, place }: { readonly files: readonly JudgedFile[]; readonly place: CellPlace }) {
  const sorted = files.toSorted((a, b) => verdictKinds.indexOf(b.kind) - verdictKinds.indexOf(a.kind));
  return (
    <ShortList label="Log files" fineName="proven log file" items={sorted} isFine={({ kind }) => kind === "proven"}>
      {(file, above) => (
        <FileItem
          key={file.name}
          file={file}
          place={place}
          isSaid={file.kind === "proven" && file.sentence === above?.sentence}
        />
      )}
    </ShortList>
  );
}

interface FileItemProps {
  readonly file: JudgedFile;
  readonly place: CellPlace;
  /** The file above it has the same sentence: the same digest proves both. */
  readonly isSaid: boolean;
}

function FileItem({ file, place, isSaid }: FileItemProps) {
  const { word, tone } = verdictWords[file.kind];
  const at = deliveredAt(file.name) ?? place.from;
  return (
    <li data-tone={tone}>
      <span className={classes["sign"]}>
        <VerdictMark kind={file.kind} size={15} />
      </span>
      <div>
        <ObjectName label={word} name={file.name} isLead />
        {isSaid ? null : (
          <p className={tone === "bad" ? classes["sentence"] : classes["soft"]}>
            <VisibleText text={withoutWord(file.kind, file.sentence)} />
          </p>
        )}
        {file.digest === "" || file.sentence.includes(fileNameOf(file.digest)) ? null : (
          <ObjectName label="Digest" name={file.digest} />
        )}
      </div>
      <EventsLink
        account={place.accountId}
        region={place.region}
        from={at - 20 * minuteMs}
        to={at + 5 * minuteMs}
        title="The account's events of the minutes before this log file was delivered"
      >
        Events
      </EventsLink>
    </li>
  );
}
