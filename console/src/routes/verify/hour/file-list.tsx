import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { countOf } from "../../../parts/numbers.ts";
import { VerdictMark } from "../../../parts/verdict-mark.tsx";
import { verdictKinds, verdictWords, withoutWord } from "../../../parts/verdicts.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { JudgedFile } from "../../../verify-api.ts";
import type { CellPlace } from "../../collect/ledger/ledger-state.ts";
import { EventsLink } from "../events-link.tsx";
import { fileNameOf, ObjectName } from "../object-name.tsx";
import classes from "./hour.module.css";
import { deliveredAt } from "./delivered-at.ts";

/** So many proven files are shown at once: one reads on for what is wrong, not for what is well. */
const fineMax = 5;
const minuteMs = 60_000;

/** Log files with their verdicts, the worst first; of those that are proven only some, until asked for. */
export function FileList({ files, place }: { readonly files: readonly JudgedFile[]; readonly place: CellPlace }) {
  const [isWhole, setWhole] = useState(false);
  const sorted = files.toSorted((a, b) => verdictKinds.indexOf(b.kind) - verdictKinds.indexOf(a.kind));
  const problems = sorted.filter(({ kind }) => kind !== "proven").length;
  const shown = isWhole ? sorted : sorted.slice(0, problems + fineMax);
  return (
    <>
      <ul className={classes["list"]} aria-label="Log files">
        {shown.map((file, index) => (
          <FileItem
            key={file.name}
            file={file}
            place={place}
            isSaid={file.kind === "proven" && file.sentence === shown[index - 1]?.sentence}
          />
        ))}
      </ul>
      {shown.length < sorted.length ? (
        <button
          type="button"
          className={`${controls["button"]} ${controls["small"]}`}
          onClick={() => {
            setWhole(true);
          }}
        >
          Show {countOf(sorted.length - shown.length, "more proven log file")}
        </button>
      ) : null}
    </>
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
