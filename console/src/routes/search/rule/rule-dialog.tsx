import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { putSearch, type Outcome } from "../../../detect-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { LevelChoice } from "../../../parts/level-choice.tsx";
import type { Level } from "../../../parts/levels.ts";
import { NameField } from "../../../parts/name-field.tsx";
import { namesProblem } from "../../../parts/names-problem.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { TokenNote } from "../../../parts/token-note.tsx";
import { useDetectMutation, useSearches } from "../../detect/use-detect.ts";
import { OutcomeChoice } from "../../detect/outcome-choice.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import { explain } from "../query-text.ts";
import classes from "./rule-dialog.module.css";

export interface RuleDialogProps {
  readonly query: string;
  readonly tz: "local" | undefined;
  readonly onClose: () => void;
}

const groups = [
  ["userIdentity.arn", "the same caller"],
  ["sourceIPAddress", "the same address"],
  ["userIdentity.accessKeyId", "the same access key"],
  ["recipientAccountId", "the same account"],
  ["", "all together"],
] as const;

const spans = [
  [60_000, "a minute"],
  [300_000, "five minutes"],
  [600_000, "ten minutes"],
  [3_600_000, "an hour"],
  [86_400_000, "a day"],
] as const;

/** Makes the search a rule: so many events that answer it, within a time, of one of something. */
export function RuleDialog({ query, tz, onClose }: RuleDialogProps) {
  const announce = useAnnounce();
  const taken = (useSearches().data ?? []).map((each) => each.name);
  const [name, setName] = useState("");
  const [count, setCount] = useState("5");
  const [withinMs, setWithin] = useState(600_000);
  const [by, setBy] = useState("userIdentity.arn");
  const [level, setLevel] = useState<Level>("medium");
  const [outcome, setOutcome] = useState<Outcome>("incident");
  const problem = namesProblem(name.trim(), taken);
  const put = useDetectMutation(putSearch, () => {
    announce(`${name.trim()} is a rule now`);
    onClose();
  });
  return (
    <DialogForm
      title="Save as a rule"
      yes="Save it"
      sending={put}
      isLacking={problem !== undefined || !(Number(count) >= 1)}
      onSend={() => {
        const groupBy = by === "" ? [] : [by];
        put.mutate({ name: name.trim(), query, groupBy, count: Number(count), withinMs, level, outcome });
      }}
      onClose={onClose}
      above={<TokenNote />}
    >
      <p>
        Every event is held against it as it is stored:{" "}
        <code className={classes["query"]}>
          <VisibleText text={query} />
        </code>
      </p>
      <p className={classes["soft"]}>
        <VisibleText text={explain(query).slice(0, 400)} />
      </p>
      <NameField name={name} problem={problem} placeholder="many-denied" onName={setName} />
      <fieldset className={classes["condition"]}>
        <legend>It fires at</legend>
        <input
          type="number"
          className={controls["input"]}
          aria-label="So many events"
          min={1}
          max={1_000_000}
          value={count}
          onChange={(event) => {
            setCount(event.target.value);
          }}
        />
        <span>{count === "1" ? "event" : "events"} of</span>
        <select
          className={controls["input"]}
          aria-label="Of what"
          value={by}
          onChange={(event) => {
            setBy(event.target.value);
          }}
        >
          {groups.map(([key, title]) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </select>
        <span>within</span>
        <select
          className={controls["input"]}
          aria-label="Within"
          value={withinMs}
          onChange={(event) => {
            setWithin(Number(event.target.value));
          }}
        >
          {spans.map(([key, title]) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </select>
      </fieldset>
      <LevelChoice level={level} onPick={setLevel} />
      <OutcomeChoice outcome={outcome} onPick={setOutcome} />
      <p className={classes["soft"]}>
        <Link to="/detect/searches" search={{ tz }}>
          Searches that are saved already
        </Link>
      </p>
    </DialogForm>
  );
}
