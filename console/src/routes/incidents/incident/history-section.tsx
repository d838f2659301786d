import { useId, useState } from "react";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Icon, type IconName } from "../../../parts/icon.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleLines, VisibleText } from "../../../parts/visible-text.tsx";
import type { HistoryEntry, IncidentDetails } from "../../../incidents-api.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { Moment } from "../../collect/moment.tsx";
import entries from "../../setup/history/history.module.css";
import shared from "../../setup/setup.module.css";
import { useChange } from "../use-incidents.ts";
import classes from "./sections.module.css";

const looks: Readonly<Record<string, readonly [word: string, icon: IconName]>> = {
  opened: ["Opened", "warning"],
  grew: ["Grew", "plus"],
  severity: ["Severity", "up"],
  state: ["State", "right"],
  owner: ["Owner", "person"],
  comment: ["Comment", "copy"],
  silenced: ["Silenced", "pause"],
  merged: ["Merged", "link"],
  split: ["Split", "way"],
  reopened: ["Reopened", "history"],
};

/** What happened to the incident and what was said of it, the newest first. */
export function HistorySection({ incident }: { readonly incident: IncidentDetails }) {
  return (
    <section className={shared["card"]} aria-label="History">
      <h2>History</h2>
      <CommentForm id={incident.id} />
      <ul className={entries["entries"]}>
        {incident.history.toReversed().map((entry) => (
          <Line key={entry.number} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Line({ entry: { at, by, kind, sentence } }: { readonly entry: HistoryEntry }) {
  const [word, icon] = looks[kind] ?? [kind, "history"];
  return (
    <li>
      <span className={entries["kind"]}>
        <Icon name={icon} size={13} />
        {word}
      </span>
      <div>
        <span className={classes["said"]}>
          <VisibleLines text={sentence} />
        </span>
        {by === "" ? null : (
          <span className={classes["soft"]}>
            {" "}
            – <VisibleText text={by} />
          </span>
        )}
      </div>
      <span className={entries["when"]}>
        <Moment at={at} />
      </span>
    </li>
  );
}

const commentMax = 10_000;

function CommentForm({ id }: { readonly id: string }) {
  const field = useId();
  const announce = useAnnounce();
  const [comment, setComment] = useState("");
  const change = useChange(id, () => {
    setComment("");
    announce("Your comment stands in the history");
  });
  return (
    <form
      className={classes["comment"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (comment.trim() !== "") change.mutate({ kind: "comment", comment: comment.trim() });
      }}
    >
      <label htmlFor={field}>Comment</label>
      <textarea
        id={field}
        className={controls["input"]}
        rows={2}
        maxLength={commentMax}
        value={comment}
        onChange={(event) => {
          setComment(event.target.value);
        }}
      />
      <div className={controls["buttons"]}>
        <ChangeButton isBusy={change.isPending || comment.trim() === ""}>Add comment</ChangeButton>
      </div>
      {change.isError ? <ProblemNote error={change.error} /> : null}
    </form>
  );
}
