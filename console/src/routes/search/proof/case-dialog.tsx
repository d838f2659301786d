import { useId, useState } from "react";
import type { Question } from "../../../api.ts";
import controls from "../../../parts/controls.module.css";
import { Dialog } from "../../../parts/dialog.tsx";
import type { Zone } from "../../../parts/instants.ts";
import { formatBytes } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { TokenNote } from "../../../parts/token-note.tsx";
import { describeRange } from "../time-range/ranges.ts";
import classes from "./case-dialog.module.css";
import { useCase } from "./use-case.ts";

export interface CaseDialogProps {
  readonly question: Question;
  readonly zone: Zone;
  readonly onClose: () => void;
}

const titleMax = 200;
const noteMax = 10_000;

/** Asks what a case is called and downloads it: the events found, their log files, and what proves them. */
export function CaseDialog({ question, zone, onClose }: CaseDialogProps) {
  const id = useId();
  const [title, setTitle] = useState("");
  const [note, setNote] = useState("");
  const download = useCase();
  const isGoing = download.state.kind === "going";
  function close(): void {
    download.stop();
    onClose();
  }
  return (
    <Dialog title="Case file" isOpen onClose={close}>
      <p>
        One file for whoever has to believe you: the events, the log files that they lie in, CloudTrail’s digests,
        signatures and public keys, a page that explains, and a script that checks all of it without a network.
      </p>
      <TokenNote />
      <form
        className={classes["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          download.start({ question, title: title.trim(), note: note.trim() });
        }}
      >
        <Contents question={question} zone={zone} />
        <label htmlFor={`${id}-title`}>Title</label>
        <input
          id={`${id}-title`}
          className={controls["input"]}
          required
          autoFocus
          maxLength={titleMax}
          value={title}
          onChange={(event) => {
            setTitle(event.target.value);
          }}
        />
        <label htmlFor={`${id}-note`}>Note, which stands on its first page</label>
        <textarea
          id={`${id}-note`}
          className={controls["input"]}
          maxLength={noteMax}
          value={note}
          onChange={(event) => {
            setNote(event.target.value);
          }}
        />
        {download.state.kind === "failed" ? <ProblemNote error={download.state.error} /> : null}
        <output className={classes["progress"]} aria-live="polite">
          {download.state.kind === "going"
            ? `Making the case file… ${download.state.bytes === 0 ? "" : `${formatBytes(download.state.bytes)} so far`}`
            : download.state.kind === "done"
              ? `Downloaded: ${download.state.fileName}, ${formatBytes(download.state.bytes)}`
              : ""}
        </output>
        <div className={controls["buttons"]}>
          <ChangeButton look="main" icon="download" isBusy={isGoing}>
            Make the case file
          </ChangeButton>
          <button type="button" className={controls["button"]} onClick={close}>
            {isGoing ? "Cancel" : "Close"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** What will be in it: the search as it stands. */
function Contents({ question, zone }: Pick<CaseDialogProps, "question" | "zone">) {
  const { query, from, to, verdict } = question;
  return (
    <dl className={classes["contents"]}>
      <dt>Events</dt>
      <dd>{query === "" ? "Every event" : <VisibleText text={query.slice(0, 500)} className={classes["query"]} />}</dd>
      <dt>Time</dt>
      <dd>{describeRange(from, to, zone)}</dd>
      {verdict === undefined ? null : (
        <>
          <dt>Proof</dt>
          <dd>Events of every verdict: a case does not leave out what cannot be proven</dd>
        </>
      )}
    </dl>
  );
}
