import type { MouseEvent, ReactNode } from "react";
import { ChangeButton } from "./change-button.tsx";
import controls from "./controls.module.css";
import classes from "./dialog-form.module.css";
import { Dialog } from "./dialog.tsx";
import { ProblemNote } from "./problem-note.tsx";

export interface AskFormProps {
  /** What the button that sends it says. */
  readonly yes: string;
  /** It changes nothing on the server, so that nobody needs a token for it. */
  readonly isOwn?: boolean;
  /** It only asks whether to do something: leaving it is nearer at hand. */
  readonly isQuestion?: boolean;
  /** Something is lacking, so that it cannot be sent yet. */
  readonly isLacking?: boolean;
  /** What became of sending it. */
  readonly sending?: { readonly isPending: boolean; readonly error: unknown };
  readonly onSend: () => void;
  readonly children: ReactNode;
}

/** A form that stands in a dialog, with the two ways out of it. */
export function AskForm(props: AskFormProps) {
  const { yes, isOwn = false, isQuestion = false, isLacking = false, sending, onSend, children } = props;
  const error = sending?.error ?? undefined;
  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isLacking) onSend();
      }}
    >
      {children}
      {error === undefined ? null : <ProblemNote error={error} />}
      <div className={`${controls["buttons"]} ${classes["end"]}`}>
        {isOwn ? (
          <button type="submit" className={`${controls["button"]} ${controls["main"]}`} disabled={isLacking}>
            {yes}
          </button>
        ) : (
          <ChangeButton look="main" isBusy={sending?.isPending === true || isLacking}>
            {yes}
          </ChangeButton>
        )}
        <button type="button" className={controls["button"]} data-first={isQuestion || undefined} onClick={closeAround}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** As Escape does it, so that the focus goes back to where it was before. */
function closeAround(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest("dialog")?.close();
}

export interface DialogFormProps extends AskFormProps {
  readonly title: string;
  readonly onClose: () => void;
  /** What stands above the form. */
  readonly above?: ReactNode;
}

/** A form in front of the page that changes one thing. */
export function DialogForm({ title, onClose, above, ...form }: DialogFormProps) {
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {above}
      <AskForm {...form} />
    </Dialog>
  );
}
