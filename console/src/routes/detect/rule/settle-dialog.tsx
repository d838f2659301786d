import { useState } from "react";
import { settleRule, type Outcome, type RuleChange, type RuleDetails } from "../../../detect-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { isLevel, levels, levelWords, type Level } from "../../../parts/levels.ts";
import { signedBy, useOwnName } from "../../../parts/own-name.ts";
import { ChangeButton } from "../../collect/change-button.tsx";
import { DialogForm } from "../../incidents/incident/dialog-form.tsx";
import { outcomeWords } from "../rule-words.ts";
import { useDetectMutation } from "../use-detect.ts";

/** Settles a rule for this house. */
export function SettleButton({ rule }: { readonly rule: RuleDetails }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ChangeButton
        onClick={() => {
          setOpen(true);
        }}
      >
        Settings…
      </ChangeButton>
      {isOpen ? (
        <SettleDialog
          rule={rule}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}

const stageDays = 14;
const stageFindings = 3;

function SettleDialog({ rule, onClose }: { readonly rule: RuleDetails; readonly onClose: () => void }) {
  const announce = useAnnounce();
  const by = signedBy(useOwnName());
  const [level, setLevel] = useState<Level>(rule.level);
  const [outcome, setOutcome] = useState<Outcome>(rule.outcome);
  const [note, setNote] = useState(rule.note);
  const [isStaged, setStaged] = useState(rule.status === "staged");
  const [days, setDays] = useState(String(stageDays));
  const [findingsMax, setFindingsMax] = useState(String(rule.staged?.findingsMax ?? stageFindings));
  const settle = useDetectMutation(
    () => {
      const begins = isStaged && rule.status !== "staged";
      const ends = !isStaged && rule.status === "staged";
      const change: RuleChange = {
        ...(level === rule.level ? {} : { severity: level }),
        ...(outcome === rule.outcome ? {} : { outcome }),
        ...(note.trim() === rule.note ? {} : { note: note.trim() }),
        ...(begins
          ? { status: "staged", stage: { days: Number(days), findingsMax: Number(findingsMax) } }
          : ends
            ? { status: "on" }
            : {}),
        by,
      };
      return settleRule(rule.key, change);
    },
    () => {
      announce("The rule is settled");
      onClose();
    },
  );
  return (
    <DialogForm
      title="The rule in this house"
      yes="Save"
      isBusy={settle.isPending}
      error={settle.error}
      onSend={() => {
        settle.mutate(undefined);
      }}
      onClose={onClose}
    >
      <label>
        Severity
        <select
          className={controls["input"]}
          value={level}
          onChange={(event) => {
            if (isLevel(event.target.value)) setLevel(event.target.value);
          }}
        >
          {levels.map((each) => (
            <option key={each} value={each}>
              {levelWords[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        What becomes of what it finds
        <select
          className={controls["input"]}
          value={outcome}
          onChange={(event) => {
            const { value } = event.target;
            if (value === "incident" || value === "notification" || value === "observation") setOutcome(value);
          }}
        >
          {(["incident", "notification", "observation"] as const).map((each) => (
            <option key={each} value={each}>
              {outcomeWords[each][0]}
            </option>
          ))}
        </select>
        <small>{outcomeWords[outcome][1]}</small>
      </label>
      {rule.status === "refused" ? null : (
        <StageFields
          {...{ isStaged, days, findingsMax }}
          isRunning={rule.status === "staged"}
          onStaged={setStaged}
          onDays={setDays}
          onFindingsMax={setFindingsMax}
        />
      )}
      <label>
        Note
        <textarea
          className={controls["input"]}
          rows={2}
          maxLength={2_000}
          value={note}
          onChange={(event) => {
            setNote(event.target.value);
          }}
        />
        <small>Why it is so, for whoever asks later</small>
      </label>
    </DialogForm>
  );
}

interface StageFieldsProps {
  readonly isStaged: boolean;
  /** It is being tried out already, by numbers that were given then. */
  readonly isRunning: boolean;
  readonly days: string;
  readonly findingsMax: string;
  readonly onStaged: (isStaged: boolean) => void;
  readonly onDays: (days: string) => void;
  readonly onFindingsMax: (findings: string) => void;
}

function StageFields(props: StageFieldsProps) {
  return (
    <>
      <label style={{ display: "flex", gap: 8 }}>
        <input
          type="checkbox"
          checked={props.isStaged}
          onChange={(event) => {
            props.onStaged(event.target.checked);
          }}
        />
        Try it out first: count what it finds, disturb nobody
      </label>
      {props.isStaged && !props.isRunning ? (
        <>
          <label>
            Days
            <input
              type="number"
              className={controls["input"]}
              min={1}
              max={365}
              required
              value={props.days}
              onChange={(event) => {
                props.onDays(event.target.value);
              }}
            />
          </label>
          <label>
            Switch it on by itself with at most so many findings
            <input
              type="number"
              className={controls["input"]}
              min={0}
              max={100_000}
              required
              value={props.findingsMax}
              onChange={(event) => {
                props.onFindingsMax(event.target.value);
              }}
            />
          </label>
        </>
      ) : null}
    </>
  );
}
