import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { agreeOn } from "../../../setup-api.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { checkKey, useAskAgain } from "../use-setup.ts";

export interface AgreeButtonProps {
  readonly name: string;
  /** How many there are now, which are none afterwards. */
  readonly drifts: number;
  readonly isBusy: boolean;
}

/** Says that the way is right as it is, after asking once. */
export function AgreeButton({ name, drifts, isBusy }: AgreeButtonProps) {
  const queries = useQueryClient();
  const askAgain = useAskAgain();
  const announce = useAnnounce();
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  const agree = useMutation({
    mutationFn: () => agreeOn(name),
    onSuccess: (result) => {
      queries.setQueryData(checkKey(name), result);
      close();
      announce("Agreed on as it is");
      askAgain(name);
    },
  });
  return (
    <>
      <ChangeButton
        icon="check"
        isBusy={isBusy}
        onClick={() => {
          agree.reset();
          setAsking(true);
        }}
      >
        It is right as it is…
      </ChangeButton>
      <Dialog title="Agree on the way as it is?" isOpen={isAsking} onClose={close}>
        <p>
          Nothing is changed in AWS. From now on drift is what differs from how things are at this moment.
          {drifts === 0
            ? ""
            : ` The ${countOf(drifts, "drift")} that ${drifts === 1 ? "is" : "are"} there now will be none.`}
        </p>
        {agree.isError ? <ProblemNote error={agree.error} /> : null}
        <div className={controls["buttons"]}>
          <ChangeButton
            look="main"
            isBusy={agree.isPending}
            onClick={() => {
              agree.mutate();
            }}
          >
            {agree.isPending ? "Looking into the account…" : "Agree"}
          </ChangeButton>
          <button type="button" className={controls["button"]} data-first onClick={close}>
            Not now
          </button>
        </div>
      </Dialog>
    </>
  );
}
