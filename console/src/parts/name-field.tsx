import { TextField } from "./text-field.tsx";

export interface NameFieldProps {
  readonly name: string;
  readonly problem: string | undefined;
  readonly placeholder?: string;
  /** What is said while nothing is written. */
  readonly note?: string;
  readonly onName: (name: string) => void;
}

/** The name of something new; what is wrong with it is told once something is written. */
export function NameField({ name, problem, note, placeholder, onName }: NameFieldProps) {
  return (
    <TextField
      title="Name"
      text={name}
      note={name === "" ? note : undefined}
      problem={name === "" ? undefined : problem}
      autoFocus
      autoComplete="off"
      maxLength={63}
      {...(placeholder === undefined ? {} : { placeholder })}
      onText={onName}
    />
  );
}
