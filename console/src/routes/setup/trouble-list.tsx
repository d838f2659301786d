import { Icon } from "../../parts/icon.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import shared from "./setup.module.css";

export interface Trouble {
  /** Where sentences may be alike. */
  readonly id?: string;
  readonly sentence: string;
  /** Empty where there is nothing to do. */
  readonly help: string;
}

/** What is not well, each with what to do about it. */
export function TroubleList({
  troubles,
  look,
}: {
  readonly troubles: readonly Trouble[];
  readonly look: "bad" | "warn";
}) {
  return (
    <ul className={shared["words"]} data-look={look}>
      {troubles.map(({ sentence, help, id = sentence }) => (
        <li key={id}>
          <Icon name="warning" />
          <div>
            <VisibleText text={sentence} />
            <ToDo help={help} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What to do, in the server's words; nothing where there is nothing to do. */
export function ToDo({ help }: { readonly help: string }) {
  if (help === "") return null;
  return (
    <div>
      <strong>To do:</strong> <VisibleText text={help} />
    </div>
  );
}
