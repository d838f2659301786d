import { useState } from "react";
import { settleRule, type Outcome, type RuleChange, type RuleDetails } from "../../../detect-api.ts";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { LevelChoice } from "../../../parts/level-choice.tsx";
import type { Level } from "../../../parts/levels.ts";
import { LinesField, TextField } from "../../../parts/text-field.tsx";
import { TickField } from "../../../parts/tick-field.tsx";
import { signedBy, useOwnName } from "../../../parts/own-name.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { DialogForm } from "../../../parts/dialog-form.tsx";
import { OutcomeChoice } from "../outcome-choice.tsx";
import { useDetectMutation } from "../use-detect.ts";
import { DedupChoice } from "./dedup-choice.tsx";

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
  const [dedupMs, setDedup] = useState(rule.dedupMs);
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
        ...(dedupMs === rule.dedupMs ? {} : { dedupMs }),
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
      sending={settle}
      onSend={() => {
        settle.mutate(undefined);
      }}
      onClose={onClose}
    >
      <LevelChoice level={level} onPick={setLevel} />
      <OutcomeChoice outcome={outcome} onPick={setOutcome} />
      <DedupChoice settledMs={rule.dedupMs} dedupMs={dedupMs} onPick={setDedup} />
      {rule.status === "refused" ? null : (
        <StageFields
          {...{ isStaged, days, findingsMax }}
          isRunning={rule.status === "staged"}
          onStaged={setStaged}
          onDays={setDays}
          onFindingsMax={setFindingsMax}
        />
      )}
      <LinesField
        title="Note"
        note="Why it is so, for whoever asks later"
        rows={2}
        maxLength={2_000}
        text={note}
        onText={setNote}
      />
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
      <TickField isTicked={props.isStaged} onTick={props.onStaged}>
        Try it out first: count what it finds, disturb nobody
      </TickField>
      {props.isStaged && !props.isRunning ? (
        <>
          <TextField title="Days" type="number" min={1} max={365} required text={props.days} onText={props.onDays} />
          <TextField
            title="Switch it on by itself with at most so many findings"
            type="number"
            min={0}
            max={100_000}
            required
            text={props.findingsMax}
            onText={props.onFindingsMax}
          />
        </>
      ) : null}
    </>
  );
}
