import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { pauseSource, removeSource, resumeSource, type Source } from "../../../collect-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { useAskAgain } from "../use-collect.ts";
import classes from "./source.module.css";

export interface SourceActionsProps {
  readonly source: Source;
  readonly onRemoved: () => void;
}

/** Pause, resume, and remove, which asks once. */
export function SourceActions({ source, onRemoved }: SourceActionsProps) {
  const { name, status, isBuiltIn } = source;
  const isPaused = status === "paused";
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const [isAsking, setAsking] = useState(false);
  const turn = useMutation({
    mutationFn: () => (isPaused ? resumeSource(name) : pauseSource(name)),
    onSuccess: () => {
      announce(isPaused ? `${name} goes on` : `${name} is paused`);
      askAgain("sources");
    },
  });
  return (
    <div>
      <div className={controls["buttons"]}>
        <ChangeButton
          icon={isPaused ? "play" : "pause"}
          look={isPaused ? "main" : "plain"}
          isBusy={turn.isPending}
          onClick={() => {
            turn.mutate();
          }}
        >
          {isPaused ? "Resume" : "Pause"}
        </ChangeButton>
        {isBuiltIn ? null : (
          <ChangeButton
            icon="trash"
            look="danger"
            onClick={() => {
              setAsking(true);
            }}
          >
            Remove
          </ChangeButton>
        )}
      </div>
      {turn.isError ? <ProblemNote error={turn.error} /> : null}
      <Dialog
        title={`Remove ${name}?`}
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
        }}
      >
        <RemoveQuestion
          source={source}
          onRemoved={onRemoved}
          onKeep={() => {
            setAsking(false);
          }}
        />
      </Dialog>
    </div>
  );
}

function RemoveQuestion({
  source,
  onRemoved,
  onKeep,
}: {
  readonly source: Source;
  readonly onRemoved: () => void;
  readonly onKeep: () => void;
}) {
  const remove = useMutation({ mutationFn: () => removeSource(source.name), onSuccess: onRemoved });
  const { events, logFiles } = source.figures;
  const aside = source.setAside === 0 ? "" : `, and ${countOf(source.setAside, "message")} set aside`;
  return (
    <>
      <p>
        It stops to collect. What it brought stays: {countOf(events, "event")} of {countOf(logFiles, "log file")}, and
        its lines in the ledger. What goes: its settings, its secrets, its figures{aside}. Nothing is changed in AWS.
      </p>
      {remove.isError ? <ProblemNote error={remove.error} /> : null}
      <div className={`${controls["buttons"]} ${classes["end"]}`}>
        <ChangeButton
          look="danger"
          isBusy={remove.isPending}
          onClick={() => {
            remove.mutate();
          }}
        >
          Remove it
        </ChangeButton>
        <button type="button" className={controls["button"]} data-first onClick={onKeep}>
          Keep it
        </button>
      </div>
    </>
  );
}
