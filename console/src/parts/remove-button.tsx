import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import controls from "./controls.module.css";
import { useAnnounce } from "./copy-text.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { ChangeButton } from "./change-button.tsx";
import { SureButtons } from "./sure-buttons.tsx";

export interface RemoveButtonProps {
  readonly name: string;
  /** What the second button says. */
  readonly yes?: string;
  readonly remove: () => Promise<unknown>;
  /** Asks again for what is there. */
  readonly onRemoved: () => void;
}

/** Removes something, after asking once. */
export function RemoveButton({ name, yes = "Remove it", remove, onRemoved }: RemoveButtonProps) {
  const announce = useAnnounce();
  const [isAsking, setAsking] = useState(false);
  const removing = useMutation({
    mutationFn: remove,
    onSuccess: () => {
      announce(`${name} is removed`);
    },
    onSettled: onRemoved,
  });
  if (!isAsking) {
    return (
      <ChangeButton
        isSmall
        label={`Remove ${name}`}
        onClick={() => {
          setAsking(true);
        }}
      >
        Remove…
      </ChangeButton>
    );
  }
  return (
    <span className={controls["buttons"]}>
      <SureButtons
        yes={yes}
        isBusy={removing.isPending}
        onYes={() => {
          removing.mutate();
        }}
        onKeep={() => {
          setAsking(false);
        }}
      />
      {removing.isError ? <ProblemNote error={removing.error} /> : null}
    </span>
  );
}
