import controls from "./controls.module.css";

export interface RangeChoiceProps<Key extends string> {
  readonly ranges: Readonly<Record<Key, { readonly title: string }>>;
  readonly usual: NoInfer<Key>;
  readonly range: NoInfer<Key>;
  /** Nothing for the usual one, which no address says. */
  readonly onPick: (range: Key | undefined) => void;
  readonly width?: number;
}

/** How far back is looked. */
export function RangeChoice<Key extends string>({ ranges, usual, range, onPick, width }: RangeChoiceProps<Key>) {
  return (
    <select
      aria-label="Time"
      className={controls["input"]}
      style={{ width }}
      value={range}
      onChange={(event) => {
        const picked = event.target.value as Key;
        onPick(picked === usual ? undefined : picked);
      }}
    >
      {Object.entries<{ readonly title: string }>(ranges).map(([key, { title }]) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
    </select>
  );
}
