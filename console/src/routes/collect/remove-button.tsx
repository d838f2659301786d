import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import controls from "../../parts/controls.module.css";
import { useAnnounce } from "../../parts/copy-text.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { ChangeButton } from "./change-button.tsx";

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
      <ChangeButton
        isSmall
        look="danger"
        isBusy={removing.isPending}
        onClick={() => {
          removing.mutate();
        }}
      >
        {yes}
      </ChangeButton>
      <button
        type="button"
        className={`${controls["button"]} ${controls["small"]}`}
        autoFocus
        onClick={() => {
          setAsking(false);
        }}
      >
        Keep
      </button>
      {removing.isError ? <ProblemNote error={removing.error} /> : null}
    </span>
  );
}
