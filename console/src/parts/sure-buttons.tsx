import { ChangeButton } from "./change-button.tsx";
import controls from "./controls.module.css";

export interface SureButtonsProps {
  /** What the button that does it says. */
  readonly yes: string;
  readonly isBusy: boolean;
  readonly onYes: () => void;
  readonly onKeep: () => void;
}

/** Asks whether to do away with something; keeping it is nearer at hand. */
export function SureButtons({ yes, isBusy, onYes, onKeep }: SureButtonsProps) {
  return (
    <>
      <ChangeButton isSmall look="danger" isBusy={isBusy} onClick={onYes}>
        {yes}
      </ChangeButton>
      <button type="button" className={`${controls["button"]} ${controls["small"]}`} autoFocus onClick={onKeep}>
        Keep
      </button>
    </>
  );
}
