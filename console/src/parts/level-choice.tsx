import { ChoiceField } from "./choice-field.tsx";
import { levels, levelWords, type Level } from "./levels.ts";

const options = levels.map((level) => [level, levelWords[level]] as const);

export interface LevelChoiceProps {
  readonly title?: string;
  readonly level: Level;
  readonly onPick: (level: Level) => void;
}

/** One of the severities. */
export function LevelChoice({ title = "Severity", level, onPick }: LevelChoiceProps) {
  return <ChoiceField title={title} value={level} options={options} onPick={onPick} />;
}
