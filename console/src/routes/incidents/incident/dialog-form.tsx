import type { ReactNode } from "react";
import controls from "../../../parts/controls.module.css";
import { Dialog } from "../../../parts/dialog.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import type { IncidentDetails } from "../../../incidents-api.ts";
import { ChangeButton } from "../../collect/change-button.tsx";
import classes from "./dialog-form.module.css";

export interface IncidentDialogProps {
  readonly incident: IncidentDetails;
  readonly onClose: () => void;
}

export interface DialogFormProps {
  readonly title: string;
  /** What the button that sends it says. */
  readonly yes: string;
  readonly isBusy: boolean;
  /** Something is lacking, so that it cannot be sent yet. */
  readonly isLacking?: boolean;
  readonly error: unknown;
  readonly onSend: () => void;
  readonly onClose: () => void;
  /** What stands above the form. */
  readonly above?: ReactNode;
  readonly children: ReactNode;
}

/** A form in front of the page that changes one thing. */
export function DialogForm(props: DialogFormProps) {
  const { title, yes, isBusy, isLacking = false, error, onSend, onClose, above, children } = props;
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {above}
      <form
        className={classes["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isLacking) onSend();
        }}
      >
        {children}
        {error === null || error === undefined ? null : <ProblemNote error={error} />}
        <div className={`${controls["buttons"]} ${classes["end"]}`}>
          <ChangeButton look="main" isBusy={isBusy || isLacking}>
            {yes}
          </ChangeButton>
          <button type="button" className={controls["button"]} onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export interface ChoiceListProps {
  readonly legend: string;
  readonly kind: "radio" | "checkbox";
  /** What a radio button belongs to. */
  readonly name: string;
  readonly options: readonly { readonly key: string; readonly title: ReactNode; readonly note?: ReactNode }[];
  readonly chosen: readonly string[];
  readonly onPick: (key: string) => void;
}

/** Choices one below the other, each with what it means. */
export function ChoiceList({ legend, kind, name, options, chosen, onPick }: ChoiceListProps) {
  return (
    <fieldset className={classes["choices"]}>
      <legend>{legend}</legend>
      {options.map(({ key, title, note }) => (
        <label key={key}>
          <input
            type={kind}
            name={name}
            checked={chosen.includes(key)}
            onChange={() => {
              onPick(key);
            }}
          />
          <span>
            {title}
            {note === undefined ? null : <small>{note}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A list with something more in it, or without it where it was. */
export function toggled(list: readonly string[], key: string): readonly string[] {
  return list.includes(key) ? list.filter((each) => each !== key) : [...list, key];
}
