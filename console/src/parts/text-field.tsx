import type { ChangeEvent, ComponentProps, ReactNode } from "react";
import controls from "./controls.module.css";

interface FieldProps {
  readonly title: string;
  readonly text: string;
  /** What it is for. */
  readonly note?: ReactNode;
  /** What is wrong with it. */
  readonly problem?: string | undefined;
  readonly onText: (text: string) => void;
}

type LineAttribute = "type" | "min" | "max" | "maxLength" | "required" | "placeholder" | "autoFocus" | "autoComplete";

export interface TextFieldProps extends FieldProps, Pick<ComponentProps<"input">, LineAttribute> {}

/** A line of a form, of text or another type. */
export function TextField({ title, text, note, problem, onText, ...more }: TextFieldProps) {
  return (
    <Named {...{ title, note, problem }}>
      <input {...more} {...writing({ text, problem, onText })} />
    </Named>
  );
}

export interface LinesFieldProps extends FieldProps, Pick<ComponentProps<"textarea">, "maxLength" | "spellCheck"> {
  readonly rows: number;
}

/** Several lines of a form. */
export function LinesField({ title, text, note, problem, onText, ...more }: LinesFieldProps) {
  return (
    <Named {...{ title, note, problem }}>
      <textarea {...more} {...writing({ text, problem, onText })} />
    </Named>
  );
}

function writing({ text, problem, onText }: Pick<FieldProps, "text" | "problem" | "onText">) {
  return {
    className: controls["input"],
    value: text,
    "aria-invalid": problem !== undefined,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      onText(event.target.value);
    },
  };
}

function Named(props: Pick<FieldProps, "title" | "note" | "problem"> & { readonly children: ReactNode }) {
  const { title, note, problem, children } = props;
  return (
    <label>
      {title}
      {children}
      {problem !== undefined ? (
        <small role="alert">{problem}</small>
      ) : note === undefined ? null : (
        <small>{note}</small>
      )}
    </label>
  );
}
