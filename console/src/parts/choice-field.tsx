import type { ReactNode } from "react";
import controls from "./controls.module.css";

export interface ChoiceFieldProps<Key extends string> {
  readonly title: string;
  readonly value: Key;
  readonly options: readonly (readonly [key: Key, title: string])[];
  /** What the choice means. */
  readonly note?: ReactNode;
  readonly onPick: (key: Key) => void;
}

/** One of a few, as a field of a form. */
export function ChoiceField<Key extends string>({ title, value, options, note, onPick }: ChoiceFieldProps<Key>) {
  return (
    <label>
      {title}
      <select
        className={controls["input"]}
        value={value}
        onChange={(event) => {
          onPick(options.find(([key]) => key === event.target.value)?.[0] ?? value);
        }}
      >
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      {note === undefined ? null : <small>{note}</small>}
    </label>
  );
}
